/* The card on a marker: what the list says of a site, or the sites of a group. Shown while pointed at or focused, kept
   open when asked for; it can be pointed at itself, and Escape puts it away. */

import { told } from "./sites.js";

const LEAVING = 220; // ms in which the pointer may cross from the marker to the card
const GAP = 18; // px between the middle of a marker and its card
const EDGE = 8; // px kept free around the card
const FEW = 6; // sites named before the card is asked to stay

export class Cards {
  #away = 0;

  constructor(view, frame, markers, { parts, words }) {
    Object.assign(this, { view, frame, markers, words, marker: null, stays: false });
    this.element = parts.take("card");
    this.content = this.element.querySelector("[data-content]");
    this.button = this.element.querySelector("button");
    frame.append(this.element);
    this.button.addEventListener("click", () => this.close({ focus: true }));
    this.element.addEventListener("pointerleave", () => this.leave());
    this.element.addEventListener("focusout", () => this.leave());
    view.on("moved", () => this.#follow());
    view.on("settled", () => this.#follow());
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.marker) return;
      this.close({ focus: this.frame.contains(document.activeElement) });
      event.preventDefault();
    });
  }

  show(marker, { stay = false } = {}) {
    clearTimeout(this.#away);
    this.marker?.element.classList.remove("is-open");
    Object.assign(this, { marker, stays: stay });
    marker.element.classList.add("is-open");
    this.content.replaceChildren(...(marker.sites.length > 1 ? this.#group(marker) : this.#site(marker.sites[0])));
    this.button.hidden = !stay;
    this.element.hidden = false;
    if (stay) this.#makeRoom();
    this.#place();
  }

  /** Shows a card that stays, and moves the focus into it. */
  open(marker) {
    this.show(marker, { stay: true });
    this.content.querySelector("a").focus({ preventScroll: true });
  }

  close({ focus = false } = {}) {
    if (!this.marker) return;
    const { element } = this.marker;
    Object.assign(this, { marker: null, stays: false });
    element.classList.remove("is-open");
    this.element.hidden = true;
    if (focus && element.isConnected) element.focus({ preventScroll: true });
  }

  /** The pointer or the focus has gone: a card that need not stay goes too, unless it is pointed at. */
  leave() {
    clearTimeout(this.#away);
    this.#away = setTimeout(() => {
      const held = this.element.matches(":hover, :focus-within") || this.marker?.element.matches(":hover, :focus-visible");
      if (!this.stays && !held) this.close();
    }, LEAVING);
  }

  #site(site) {
    const copy = (selector) => site.element.querySelector(selector)?.cloneNode(true);
    const kind = made("p", "eyebrow", copy(".kind"), site.kindWord);
    const name = made("h3", "", copy("a"));
    const local = copy(".local");
    const states = site.stateNames && made("p", "small soft", site.stateNames);
    const when = copy(".when");
    return [kind, name, local && made("p", "", local), states, when && made("p", "small soft", when)].filter(Boolean);
  }

  #group({ sites }) {
    const named = this.stays ? sites : sites.slice(0, FEW);
    const entries = named.map((site) =>
      made("li", "", site.element.querySelector(".kind").cloneNode(true), site.element.querySelector("a").cloneNode(true)),
    );
    const rest = sites.length - named.length;
    if (rest) entries.push(made("li", "soft", told(this.words.more, { sites: rest })));
    return [made("h3", "", told(this.words.groupTitle, { sites: sites.length })), made("ul", "", ...entries)];
  }

  /** A narrow map has its cards at its foot: the marker is moved above it. */
  #makeRoom() {
    const { view, marker } = this;
    const [, top] = view.toPixels(marker.x, marker.y);
    const room = view.height - this.element.offsetHeight - 2 * EDGE - GAP;
    if (this.isAtFoot && top > room) view.moveBy(0, top - Math.max(room / 2, GAP));
  }

  get isAtFoot() {
    return getComputedStyle(this.element).getPropertyValue("--at-foot").trim() === "1";
  }

  #follow() {
    if (!this.marker) return;
    if (this.marker.element.isConnected && !this.marker.outside) this.#place();
    else this.close();
  }

  #place() {
    const { view, element, marker } = this;
    if (this.isAtFoot) {
      element.style.removeProperty("transform");
      return;
    }
    const [left, top] = view.toPixels(marker.x, marker.y);
    const [width, height] = [element.offsetWidth, element.offsetHeight];
    const gap = GAP + (marker.sites.length > 1 ? marker.element.offsetWidth / 2 - EDGE : 0);
    const above = top - height - gap;
    const x = Math.max(EDGE, Math.min(view.width - width - EDGE, left - width / 2));
    const y = above > EDGE ? above : Math.min(view.height - height - EDGE, top + gap);
    element.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  }
}

function made(tag, classes, ...content) {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  element.append(...content.filter(Boolean));
  return element;
}

/* Markers as buttons: one tab stop for all of them, the arrow keys walk from one to the next. Elements are kept from one
   clustering to the next, since an element that is taken out and put back loses the focus. */

import { clustered, manners } from "./clusters.js";
import { countOf, told } from "./sites.js";

const OUTSIDE = 30; // px beyond the frame at which a marker is no longer drawn

export class Markers {
  #shown = new Map(); // key: marker
  #clusteredAt = null;
  #rest = null;

  /** `parts` are the templates of the page, `words` its sentences. */
  constructor(view, frame, sites, { parts, words }) {
    Object.assign(this, { view, sites, parts, words, current: null });
    this.layer = parts.take("markers");
    this.live = parts.take("live");
    frame.append(this.layer, this.live);
    view.on("moved", () => this.#follow());
    view.on("settled", () => this.#settle());
  }

  get all() {
    return [...this.#shown.values()];
  }

  get inView() {
    return this.all.filter((marker) => !marker.outside);
  }

  /** The marker a site is in, alone or with others. */
  holding(site) {
    return this.all.find((marker) => marker.sites.includes(site));
  }

  /** The marker of a button or of anything inside it. */
  of(element) {
    const button = element instanceof Element && element.closest(".map-marker");
    return button ? this.all.find((marker) => marker.element === button) : undefined;
  }

  /** Makes a marker the one that the tab key stops at. */
  stopAt(marker) {
    if (this.current) this.current.element.tabIndex = -1;
    this.current = marker ?? null;
    if (marker) marker.element.tabIndex = 0;
  }

  focus(marker) {
    this.stopAt(marker);
    marker.element.focus({ preventScroll: true });
  }

  #follow() {
    const { view } = this;
    if (view.scale !== this.#rest.scale) {
      this.layer.style.transform = "none";
      this.all.forEach((marker) => this.#place(marker));
      return;
    }
    const right = (this.#rest.x - view.x) * view.scale; // a shift moves one element instead of all
    const down = (this.#rest.y - view.y) * view.scale;
    this.layer.style.transform = `translate(${right}px, ${down}px)`;
  }

  #settle() {
    const { view } = this;
    this.#rest = { x: view.x, y: view.y, scale: view.scale };
    this.layer.style.transform = "none";
    const clusteredAt = `${view.scale} ${view.width}`;
    if (clusteredAt === this.#clusteredAt) this.all.forEach((marker) => this.#place(marker));
    else this.#cluster();
    this.#clusteredAt = clusteredAt;
    this.#tell();
  }

  #cluster() {
    const focused = this.of(document.activeElement);
    const before = this.#shown;
    this.#shown = new Map();
    for (const group of clustered(this.sites, this.view.scale, this.view.width)) {
      const key = group.sites.map((site) => site.place).join();
      this.#shown.set(key, before.get(key) ?? this.#made(group));
    }
    for (const [key, marker] of before) if (!this.#shown.has(key)) marker.element.remove();
    this.#inOrder();
    this.all.forEach((marker) => this.#place(marker));
    const heir = focused && this.holding(focused.sites[0]);
    this.stopAt(heir ?? (this.all.includes(this.current) ? this.current : this.inView[0] ?? this.all[0]));
    if (heir) this.focus(heir);
  }

  /** The elements in the order of the list, moving none that already stands right. */
  #inOrder() {
    let next = null;
    for (const marker of this.all.reverse()) {
      if (!marker.element.isConnected || marker.element.nextSibling !== next) {
        this.layer.insertBefore(marker.element, next);
      }
      next = marker.element;
    }
  }

  #made(group) {
    const [site] = group.sites;
    if (group.sites.length === 1) {
      const element = this.parts.take(site.kind);
      element.setAttribute("aria-label", [site.name, site.kindWord, site.stateNames].filter(Boolean).join(", "));
      return { ...group, element };
    }
    const element = this.parts.take("cluster");
    const number = group.sites.length;
    const geoparks = countOf("geopark", group.sites);
    const counts = { sites: number, reserves: number - geoparks, geoparks };
    element.setAttribute("aria-label", told(this.words.group, counts));
    element.style.setProperty("--size", `${manners(this.view.width).size(number)}px`);
    const share = (100 * geoparks) / number;
    element.querySelector(".ring-geoparks").setAttribute("stroke-dasharray", `${share} ${100 - share}`);
    element.querySelector("[data-number]").textContent = number;
    return { ...group, element };
  }

  #place(marker) {
    const { view } = this;
    const [left, top] = view.toPixels(marker.x, marker.y);
    marker.element.style.transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px)`;
    marker.outside = left < -OUTSIDE || top < -OUTSIDE || left > view.width + OUTSIDE || top > view.height + OUTSIDE;
    marker.element.classList.toggle("is-outside", marker.outside);
  }

  #tell() {
    const markers = this.inView;
    const sites = markers.reduce((sum, marker) => sum + marker.sites.length, 0);
    const sentence = told(this.words.inView, { sites, markers: markers.length });
    if (this.live.textContent !== sentence) this.live.textContent = sentence;
  }
}

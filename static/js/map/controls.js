/* What stands around the map: zoom buttons, the way to a member state's sites, the scale, and the list beside it. */

import { told } from "./sites.js";

const ZOOM = 1.8;
const MARGIN = 56; // px around the sites of a state
const CLOSEST = 0.8; // px per km: a state with one site is not shown larger
const NEAR = 0.5; // px per km at which a site of the list is shown
const STEPS = [5, 2, 1];

export function connectButtons(view, controls) {
  const [closer, wider, all] = controls.querySelectorAll("button");
  const zoom = (factor) => view.zoomAround(factor, view.width / 2, view.height / 2, { smooth: true });
  closer.addEventListener("click", () => zoom(ZOOM));
  wider.addEventListener("click", () => zoom(1 / ZOOM));
  all.addEventListener("click", () => view.flyTo(view.homeView));
  view.on("settled", () => {
    closer.setAttribute("aria-disabled", String(!view.canGrow)); // disabled would lose the focus
    wider.setAttribute("aria-disabled", String(!view.canShrink));
  });
}

/** The box of the state's sites, never its territory. */
export function connectStates(view, select, sites, cards) {
  const ofState = (code) => sites.filter((site) => site.states.includes(code));
  for (const option of select.options) option.disabled = option.value !== "" && !ofState(option.value).length;
  select.addEventListener("change", () => {
    cards.close();
    const wanted = ofState(select.value);
    view.flyTo(wanted.length ? view.around(wanted, MARGIN, CLOSEST) : view.homeView);
  });
}

/** A length that is a round number of kilometres and fits. */
export function drawScale(view, scale) {
  const [bar, label] = scale.children;
  view.on("settled", () => {
    const fits = Number.parseFloat(getComputedStyle(scale).getPropertyValue("--longest")) / view.scale;
    const ten = 10 ** Math.floor(Math.log10(fits));
    const length = ten * STEPS.find((step) => step * ten <= fits);
    bar.style.width = `${length * view.scale}px`;
    label.textContent = told(label.dataset.words, { number: length });
  });
}

/** Each entry gets a button that shows its site; an entry pointed at or focused shows which marker is its own. */
export function connectList(view, list, sites, { markers, cards, parts, frame }) {
  const siteOf = new Map(sites.map((site) => [site.element, site]));
  for (const site of sites) {
    const button = parts.take("show");
    button.setAttribute("aria-label", told(button.getAttribute("aria-label"), { name: site.name }));
    button.addEventListener("click", () => show(site));
    site.element.append(button);
  }
  const point = (event) => {
    const site = siteOf.get(event.target.closest("li"));
    for (const marker of markers.all) marker.element.classList.toggle("is-pointed-at", marker.sites.includes(site));
  };
  for (const event of ["pointerover", "pointerleave", "focusin"]) list.addEventListener(event, point);

  function show(site) {
    frame.scrollIntoView({ block: "nearest" });
    view.once("settled", () => cards.open(markers.holding(site)));
    view.flyTo({ x: site.x, y: site.y, scale: Math.max(view.scale, NEAR) });
  }
}

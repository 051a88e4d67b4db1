/* The map of the sites. The server has drawn it; this makes it movable, from the pictures, the words and the list that the
   page holds. Without it the page is complete. */

import { Cards } from "./cards.js";
import { connectButtons, connectList, connectStates, drawScale } from "./controls.js";
import { listenToPointers } from "./gestures.js";
import { listenToKeys } from "./keyboard.js";
import { Layers } from "./layers.js";
import { Markers } from "./markers.js";
import { readSites } from "./sites.js";
import { mercatorTiles, ownTiles } from "./tiles.js";
import { View } from "./view.js";

const PARTABLE = 30; // px that must lie between sites at the largest scale for a group to be worth zooming into
const CLOSER = 1.25; // a zoom by less would seem to do nothing
const MARGIN = 80; // px around the sites of a group
const LARGEST_FOR_GROUP = 1; // px per km

const frame = document.querySelector("#map");
const list = document.querySelector("#map-list");
const numbers = (name) => frame.dataset[name].split(" ").map(Number);

/** The ready-made elements of the page's template, by name. */
const template = document.querySelector("#map-parts");
const parts = {
  take: (name) => template.content.querySelector(`[data-part="${name}"]`).cloneNode(true),
};
const words = template.dataset;

function source() {
  const { tiles, base, largestZoom } = frame.dataset;
  return tiles ? mercatorTiles(tiles, Number(largestZoom), numbers("grid")) : ownTiles(base, numbers("box"));
}

function start() {
  const view = new View(numbers("window"), numbers("box"), {
    calm: matchMedia("(prefers-reduced-motion: reduce)").matches,
  });
  const goTo = parts.take("goto");
  const stateNames = new Map([...goTo.querySelectorAll("option")].map((option) => [option.value, option.label]));
  const sites = readSites(list, stateNames);
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", words.label);
  frame.tabIndex = 0;
  frame.classList.add("is-live");

  const pictures = [...frame.querySelectorAll("img")];
  const svg = frame.querySelector(":scope > svg"); // faint markers, and the chosen tiles as the server drew them
  const layers = new Layers(view, frame, {
    drawn: [...pictures.map((picture) => [picture, numbers("box")]), [svg, numbers("window")]],
    coarse: pictures[1] ?? svg.querySelector(":scope > g:not(.faded)"),
    source: source(),
  });
  const markers = new Markers(view, frame, sites, { parts, words });
  const cards = new Cards(view, frame, markers, { parts, words });
  const controls = parts.take("controls");
  const hints = { touch: parts.take("touch-hint"), wheel: parts.take("wheel-hint") };
  frame.append(goTo, controls, hints.touch, hints.wheel);
  connectButtons(view, controls);
  connectStates(view, goTo.querySelector("select"), sites, cards);
  if (!frame.dataset.tiles) {
    const scale = parts.take("scale"); // Mercator has no single scale
    frame.append(scale);
    drawScale(view, scale);
  }
  connectMarkers(view, markers, cards);
  connectList(view, list, sites, { markers, cards, parts, frame });
  listenToKeys(view, frame, markers, cards);
  listenToPointers(view, frame, cards, { hints });
  new ResizeObserver(() => view.resize(frame.clientWidth, frame.clientHeight)).observe(frame);
  view.resize(frame.clientWidth, frame.clientHeight);
  if (frame.dataset.tiles) layers.allowTiles(); // they are the map itself
  else if (!navigator.connection?.saveData) whenIdle(() => layers.allowTiles());
}

function connectMarkers(view, markers, cards) {
  const { layer } = markers;
  layer.addEventListener("pointerover", (event) => {
    const marker = markers.of(event.target);
    if (marker && event.pointerType === "mouse" && !cards.stays) cards.show(marker);
  });
  layer.addEventListener("pointerout", () => cards.leave());
  layer.addEventListener("focusin", (event) => {
    const marker = markers.of(event.target);
    markers.stopAt(marker);
    if (!cards.stays && marker.element.matches(":focus-visible")) cards.show(marker);
  });
  layer.addEventListener("focusout", () => cards.leave());
  layer.addEventListener("click", (event) => {
    const marker = markers.of(event.target);
    if (marker) act(view, marker, cards);
    else cards.close();
  });
}

/** A group is parted by coming closer; one that cannot be parted lists its members. */
function act(view, marker, cards) {
  const closer = view.around(marker.sites, MARGIN, LARGEST_FOR_GROUP);
  const apart = Math.max(...marker.sites.map((site) => Math.hypot(site.x - marker.x, site.y - marker.y)));
  if (apart * view.largest < PARTABLE || closer.scale < view.scale * CLOSER) return cards.open(marker);
  cards.close();
  return view.flyTo(closer);
}

function whenIdle(act) {
  const idle = window.requestIdleCallback ?? ((later) => setTimeout(later, 300));
  const settled = () => idle(act);
  if (document.readyState === "complete") settled();
  else addEventListener("load", settled, { once: true });
}

if (frame && list && template) start();

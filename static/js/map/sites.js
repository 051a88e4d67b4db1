/* The sites, read from the list beside the map: the list is the data, so the two cannot differ. */

/** All entries of the list that have a point. `element` is the entry itself, from which cards are made. */
export function readSites(list, stateNames) {
  return [...list.querySelectorAll("li[data-x]")].map((element, place) => ({
    place,
    element,
    x: Number(element.dataset.x),
    y: Number(element.dataset.y),
    kind: element.dataset.kind,
    states: element.dataset.states.split(" ").filter(Boolean),
    name: element.querySelector("a").textContent,
    kindWord: element.querySelector("[data-kind-word]").textContent,
    get stateNames() {
      return this.states.map((code) => stateNames.get(code)).filter(Boolean).join(", ");
    },
  }));
}

export const countOf = (kind, sites) => sites.filter((site) => site.kind === kind).length;

/** A sentence of the page with its numbers and names: `{sites}` is filled in. */
export function told(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);
}

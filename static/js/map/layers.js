/* The pictures under the markers. While the view moves, one element is transformed; once it rests, every picture gets its
   true size again, so that lines stay hair-thin and nothing is blurred by a stale scale. */

export class Layers {
  #rest = null;
  #tiles = new Map(); // address: image
  #allowed = false;

  /** `drawn` are the pictures of the server: [element, place], place as [x, y, width, height] in the plane; `coarse` is the
   * one that finer tiles take the place of. */
  constructor(view, frame, { drawn, coarse, source }) {
    Object.assign(this, { view, frame, drawn, coarse, source });
    this.world = document.createElement("div");
    this.world.className = "map-world";
    this.world.append(...drawn.map(([element]) => element));
    frame.prepend(this.world);
    view.on("moved", () => this.#follow());
    view.on("settled", () => this.#settle());
  }

  /** From now on finer pictures may be fetched: the page is idle and the reader does not save data. */
  allowTiles() {
    this.#allowed = true;
    this.#settle();
  }

  #follow() {
    const { view } = this;
    const [left, top] = view.toPixels(this.#rest.x, this.#rest.y);
    this.world.style.transform = `translate(${left}px, ${top}px) scale(${view.scale / this.#rest.scale})`;
    this.frame.classList.add("is-moving");
  }

  /** Sizes count from what now stands at the top left: far from it a number would grow beyond what a browser draws. */
  #settle() {
    const { view } = this;
    this.#fetch();
    const [left, top] = view.edges;
    this.#rest = { x: left, y: top, scale: view.scale };
    for (const [element, place] of this.drawn) this.#size(element, place, (value) => value);
    for (const { image, place } of this.#tiles.values()) this.#size(image, place, Math.round);
    this.world.style.transform = "none";
    this.frame.style.setProperty("--zoom", view.scale / view.smallest);
    this.frame.classList.remove("is-moving");
  }

  /** Tiles stand on whole pixels: both sides of a seam round to the same one. */
  #size(element, [x, y, width, height], rounded) {
    const { scale, x: fromX, y: fromY } = this.#rest;
    const [left, top] = [rounded((x - fromX) * scale), rounded((y - fromY) * scale)];
    element.style.left = `${left}px`;
    element.style.top = `${top}px`;
    element.style.width = `${rounded((x + width - fromX) * scale) - left}px`;
    element.style.height = `${rounded((y + height - fromY) * scale) - top}px`;
  }

  #fetch() {
    if (!this.#allowed) return;
    const wanted = new Map(this.source.wanted(this.view).map((tile) => [tile.address, tile]));
    for (const [address, tile] of this.#tiles) tile.stale = !wanted.has(address);
    for (const [address, tile] of wanted) {
      if (!this.#tiles.has(address)) this.#tiles.set(address, { ...tile, image: this.#image(tile), stale: false });
    }
    this.#tidy();
  }

  /** What is no longer wanted goes when all that is wanted has come: the map is never bare in between. */
  #tidy() {
    const current = [...this.#tiles.values()].filter((tile) => !tile.stale);
    if (!current.every((tile) => tile.image.complete)) return;
    for (const [address, tile] of this.#tiles) {
      if (!tile.stale) continue;
      tile.image.remove();
      this.#tiles.delete(address);
    }
    this.coarse?.classList.toggle("is-replaced", this.source.replacesDrawn(this.view));
  }

  #image({ address, layer }) {
    const image = new Image();
    image.alt = "";
    image.decoding = "async";
    image.draggable = false;
    image.className = "map-tile";
    image.style.zIndex = layer;
    image.addEventListener("load", () => {
      image.classList.add("is-loaded");
      this.#tidy();
    });
    image.addEventListener("error", () => this.#tidy());
    image.src = address;
    this.world.append(image);
    return image;
  }
}

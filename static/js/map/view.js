/* The view: a centre in the plane of the map, and a scale in pixels per kilometre. It knows no element of the page. */

const LARGEST_SCALE = 2; // beyond it the relief is only a wash, and the coast is off by more than it shows
const REST = 140; // ms without a move after which a view counts as settled
const FLIGHT = 420; // ms

export class View {
  #listeners = { moved: [], settled: [] };
  #frame = 0;
  #flight = 0;
  #resting = 0;

  /** `home` is the window the server drew, `box` all there is of the plane: both [x, y, width, height], y down. */
  constructor(home, box, { calm }) {
    Object.assign(this, { home, box, calm, width: 0, height: 0, x: 0, y: 0, scale: 0 });
  }

  on(event, listener) {
    this.#listeners[event].push(listener);
  }

  once(event, listener) {
    const listeners = this.#listeners[event];
    const only = () => {
      listeners.splice(listeners.indexOf(only), 1);
      listener();
    };
    listeners.push(only);
  }

  /** The frame has another size: what was in its middle stays there; a view that was at home stays at home. */
  resize(width, height) {
    if (width === this.width && height === this.height) return;
    const wasHome = !this.width || this.isHome;
    Object.assign(this, { width, height });
    if (wasHome) Object.assign(this, this.homeView);
    this.#limit();
    this.settle();
  }

  get homeView() {
    const [x, y, width, height] = this.home;
    return { x: x + width / 2, y: y + height / 2, scale: this.smallest };
  }

  get isHome() {
    const home = this.homeView;
    return Math.abs(this.x - home.x) < 1 && Math.abs(this.y - home.y) < 1 && !this.canShrink;
  }

  get largest() {
    return LARGEST_SCALE;
  }

  get smallest() {
    const [, , width, height] = this.home;
    return Math.min(this.width / width, this.height / height);
  }

  get canGrow() {
    return this.scale < LARGEST_SCALE * 0.999;
  }

  get canShrink() {
    return this.scale > this.smallest * 1.001;
  }

  /** Kilometres of the plane to pixels of the frame. */
  toPixels(x, y) {
    return [(x - this.x) * this.scale + this.width / 2, (y - this.y) * this.scale + this.height / 2];
  }

  /** What the frame shows: left, top, right, bottom in the plane. */
  get edges() {
    const across = this.width / 2 / this.scale;
    const down = this.height / 2 / this.scale;
    return [this.x - across, this.y - down, this.x + across, this.y + down];
  }

  moveBy(pixelsRight, pixelsDown) {
    this.#halt();
    this.#set({ x: this.x + pixelsRight / this.scale, y: this.y + pixelsDown / this.scale });
  }

  /** The same place stays under the pixel (left, top). */
  zoomAround(factor, left, top, { smooth = false } = {}) {
    const target = this.#around(factor, left, top);
    if (smooth) return this.flyTo(target);
    this.#halt();
    return this.#set(target);
  }

  #around(factor, left, top) {
    const scale = this.#allowed(this.scale * factor);
    const away = 1 / this.scale - 1 / scale;
    return { x: this.x + (left - this.width / 2) * away, y: this.y + (top - this.height / 2) * away, scale };
  }

  /** The view that shows all of these places with a margin in pixels, no closer than `largest`. */
  around(places, margin, largest) {
    const across = places.map((place) => place.x);
    const down = places.map((place) => place.y);
    const [left, right, top, bottom] = [Math.min(...across), Math.max(...across), Math.min(...down), Math.max(...down)];
    const fits = Math.min(
      (this.width - 2 * margin) / Math.max(right - left, 1),
      (this.height - 2 * margin) / Math.max(bottom - top, 1),
    );
    return { x: (left + right) / 2, y: (top + bottom) / 2, scale: this.#allowed(Math.min(fits, largest)) };
  }

  flyTo(target) {
    this.#halt();
    const from = { x: this.x, y: this.y, scale: this.scale };
    const to = { ...from, ...target };
    to.scale = this.#allowed(to.scale);
    if (this.calm) {
      this.#set(to);
      return this.settle();
    }
    const began = performance.now();
    const step = (now) => {
      const passed = Math.min(1, Math.max(0, (now - began) / FLIGHT));
      this.#set(between(from, to, 1 - (1 - passed) ** 3));
      if (passed < 1) this.#flight = requestAnimationFrame(step);
      else this.settle();
    };
    this.#flight = requestAnimationFrame(step);
    return undefined;
  }

  settle() {
    clearTimeout(this.#resting);
    for (const listener of [...this.#listeners.settled]) listener();
  }

  #halt() {
    cancelAnimationFrame(this.#flight);
  }

  #allowed(scale) {
    return Math.min(LARGEST_SCALE, Math.max(this.smallest, scale));
  }

  #set(target) {
    Object.assign(this, target);
    this.#limit();
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.settle(), REST);
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      for (const listener of this.#listeners.moved) listener();
    });
  }

  /** The frame never shows what lies outside the box; a box smaller than the frame stands in its middle. */
  #limit() {
    this.scale = this.#allowed(this.scale);
    const [left, top, width, height] = this.box;
    this.x = held(this.x, left, width, this.width / this.scale);
    this.y = held(this.y, top, height, this.height / this.scale);
  }
}

function held(centre, start, length, shown) {
  if (length <= shown) return start + length / 2;
  return Math.min(start + length - shown / 2, Math.max(start + shown / 2, centre));
}

/** A point of the way between two views. The target moves on a straight line over the screen while the scale changes. */
function between(from, to, part) {
  const scale = from.scale * (to.scale / from.scale) ** part;
  const same = Math.abs(to.scale - from.scale) < 1e-9;
  const way = same ? part : (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale);
  return { x: from.x + (to.x - from.x) * way, y: from.y + (to.y - from.y) * way, scale };
}

/* The map by pointer: a mouse drags, two fingers move and pinch, one finger scrolls the page. The wheel zooms with a
   modifier key, or once the map has the focus; otherwise it scrolls the page, as everywhere. */

const CLICK = 4; // px a pointer may move and still be a click
const HINT = 1100; // ms a hint stays
const LINE = 16; // px of a wheel that counts in lines
const NOT_THE_MAP = ".map-card, .map-controls, .map-goto";

export function listenToPointers(view, frame, cards, { hints }) {
  const pointers = new Map(); // id: [x, y] in the window
  const state = { dragging: false, moved: false };

  const inside = (event) => {
    const box = frame.getBoundingClientRect();
    return [event.clientX - box.left - frame.clientLeft, event.clientY - box.top - frame.clientTop];
  };

  frame.addEventListener("pointerdown", (event) => {
    if (event.button || event.target.closest(NOT_THE_MAP)) return;
    state.moved = false;
    pointers.set(event.pointerId, inside(event));
    state.dragging = event.pointerType !== "touch" && pointers.size === 1;
  });

  addEventListener("pointermove", (event) => {
    if (!pointers.has(event.pointerId)) return;
    if (pointers.size === 2) pinch(event);
    else if (state.dragging) drag(event);
  });

  const release = (event) => {
    if (!pointers.delete(event.pointerId)) return;
    state.dragging = false;
    frame.classList.remove("is-dragged");
  };
  addEventListener("pointerup", release);
  addEventListener("pointercancel", release);

  // a drag that ends on a marker is no click on it
  frame.addEventListener("click", (event) => state.moved && event.stopPropagation(), { capture: true });

  function drag(event) {
    const [fromX, fromY] = pointers.get(event.pointerId);
    const [x, y] = inside(event);
    if (!state.moved && Math.hypot(x - fromX, y - fromY) < CLICK) return;
    if (!state.moved) {
      state.moved = true;
      frame.setPointerCapture(event.pointerId);
      frame.classList.add("is-dragged");
      cards.close();
    }
    view.moveBy(fromX - x, fromY - y);
    pointers.set(event.pointerId, [x, y]);
  }

  function pinch(event) {
    const [before, spread] = middleOf(pointers);
    pointers.set(event.pointerId, inside(event));
    const [after, wider] = middleOf(pointers);
    state.moved = true;
    view.moveBy(before[0] - after[0], before[1] - after[1]);
    if (spread > 0) view.zoomAround(wider / spread, ...after);
  }

  listenToTouch(frame, hints.touch);
  listenToWheel(view, frame, inside, hints.wheel);
  frame.addEventListener("dblclick", (event) => {
    if (event.target.closest(`${NOT_THE_MAP}, .map-marker`)) return;
    view.zoomAround(2, ...inside(event), { smooth: true });
  });
}

function middleOf(pointers) {
  const [[x1, y1], [x2, y2]] = [...pointers.values()];
  return [[(x1 + x2) / 2, (y1 + y2) / 2], Math.hypot(x1 - x2, y1 - y2)];
}

/** Two fingers are ours, one is the page's; who tries with one is told. */
function listenToTouch(frame, hint) {
  const follow = (event) => {
    if (event.touches.length === 1) return flash(hint);
    hint.classList.remove("is-shown");
    return event.cancelable && event.preventDefault(); // a scroll that has begun goes on
  };
  frame.addEventListener("touchmove", follow, { passive: false });
}

function listenToWheel(view, frame, inside, hint) {
  const turn = (event) => {
    if (event.target.closest(".map-card")) return;
    const meant = event.ctrlKey || event.metaKey || frame.contains(document.activeElement);
    if (!meant) return void flash(hint);
    if (event.deltaY > 0 ? !view.canShrink : !view.canGrow) return; // at the end of the scale the page scrolls on
    event.preventDefault();
    const turned = event.deltaMode ? event.deltaY * LINE : event.deltaY;
    view.zoomAround(Math.exp(-turned * (event.ctrlKey ? 0.01 : 0.0022)), ...inside(event));
  };
  frame.addEventListener("wheel", turn, { passive: false });
}

const flashes = new WeakMap();

function flash(hint) {
  clearTimeout(flashes.get(hint));
  hint.classList.add("is-shown");
  flashes.set(hint, setTimeout(() => hint.classList.remove("is-shown"), HINT));
}

/* The map by keyboard. Arrow keys on a marker go to the nearest one in that direction, on the map itself they move it;
   + and - zoom around the marker that has the focus, so that it stays in view; 0 shows everything. */

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP = 90; // px
const ZOOM = 1.6;
const ASIDE = 2.2; // how much a way to the side counts beside the way ahead
const BRIM = 50; // px: a marker this close to the edge is brought to the middle

export function listenToKeys(view, frame, markers, cards) {
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || cards.element.contains(event.target)) return;
    if (event.target.matches("select, input")) return;
    const marker = markers.of(event.target);
    if (pressed(event.key, marker, event.target === frame)) event.preventDefault();
  });

  function pressed(key, marker, onMap) {
    const arrow = ARROWS[key];
    if (arrow && marker) walk(marker, arrow);
    else if (arrow && onMap) view.flyTo({ x: view.x + (arrow[0] * STEP) / view.scale, y: view.y + (arrow[1] * STEP) / view.scale });
    else if (key === "+" || key === "=") zoom(ZOOM, marker);
    else if (key === "-") zoom(1 / ZOOM, marker);
    else if (key === "0") view.flyTo(view.homeView);
    else return false;
    return true;
  }

  function zoom(factor, marker) {
    const middle = marker ? view.toPixels(marker.x, marker.y) : [view.width / 2, view.height / 2];
    view.zoomAround(factor, ...middle, { smooth: true });
  }

  function walk(marker, direction) {
    const next = nearest(view, markers.all, marker, direction);
    if (!next) return;
    const [left, top] = view.toPixels(next.x, next.y);
    if (left < BRIM || top < BRIM || left > view.width - BRIM || top > view.height - BRIM) {
      view.moveBy(left - view.width / 2, top - view.height / 2);
      view.settle(); // a marker outside the frame cannot take the focus
    }
    markers.focus(next);
  }
}

/** The marker ahead for which way ahead and way aside together are least; none when nothing lies ahead. */
export function nearest(view, markers, from, [right, down]) {
  const [startX, startY] = view.toPixels(from.x, from.y);
  let best;
  let least = Infinity;
  for (const marker of markers) {
    const [x, y] = view.toPixels(marker.x, marker.y);
    const ahead = (x - startX) * right + (y - startY) * down;
    const aside = Math.abs((x - startX) * down) + Math.abs((y - startY) * right);
    const way = ahead + ASIDE * aside;
    if (marker === from || ahead <= 1 || way >= least) continue;
    [best, least] = [marker, way];
  }
  return best;
}

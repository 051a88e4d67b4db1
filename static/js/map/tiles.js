/* Which finer pictures a view needs. Two sources: our own pyramid in the plane of the map, or tiles z/x/y in Web Mercator. */

const LEVELS = [
  // [folder, ending, tiles across, wanted from so many device pixels per km, layer]
  { folder: "r1", ending: "webp", across: 4, from: 0.2, layer: 1 },
  { folder: "r2", ending: "webp", across: 8, from: 0.4, layer: 2 },
];
const LINES = { folder: "d", ending: "svg", across: 8, from: 0.3, layer: 4 }; // per pixel of the page: lines have no grain
const SHARPEST = 2; // device pixels that are worth a finer picture
const TILE = 256; // px

export const sharpness = () => Math.min(devicePixelRatio || 1, SHARPEST);

/** Our own pictures: squares of equal size from the top left of the box. */
export function ownTiles(base, box) {
  return {
    replacesDrawn: (view) => view.scale > LINES.from,
    wanted(view) {
      const finer = LEVELS.filter((level) => view.scale * sharpness() > level.from);
      const levels = this.replacesDrawn(view) ? [...finer, LINES] : finer;
      return levels.flatMap((level) => tilesOf(level, view, base, box));
    },
  };
}

function tilesOf({ folder, ending, across, layer }, view, base, [left, top, width, height]) {
  const side = width / across;
  const rows = Math.round(height / side);
  return inView(view.edges, left, top, side)
    .filter(({ column, row }) => column >= 0 && row >= 0 && column < across && row < rows)
    .map(({ column, row, place }) => ({
      address: `${base}${folder}/${column}-${row}.${ending}`,
      place,
      layer,
    }));
}

/** Tiles of a map that staff have chosen. `grid` is the whole world: left, top, side, in the plane of the page. */
export function mercatorTiles(template, largestZoom, [left, top, side]) {
  return {
    replacesDrawn: () => true,
    wanted(view) {
      const ideal = Math.round(Math.log2((side * view.scale * sharpness()) / TILE));
      const zoom = Math.max(0, Math.min(largestZoom, ideal));
      const across = 2 ** zoom;
      return inView(view.edges, left, top, side / across)
        .filter(({ row }) => row >= 0 && row < across)
        .map(({ column, row, place }) => ({
          address: template
            .replace("{z}", zoom)
            .replace("{x}", ((column % across) + across) % across) // the world goes round
            .replace("{y}", row),
          place,
          layer: zoom,
        }));
    },
  };
}

/** The squares of a grid that a frame shows, each with its place [x, y, width, height]. */
function inView([west, north, east, south], left, top, side) {
  const squares = [];
  for (let row = Math.floor((north - top) / side); row <= Math.floor((south - top) / side); row += 1) {
    for (let column = Math.floor((west - left) / side); column <= Math.floor((east - left) / side); column += 1) {
      squares.push({ column, row, place: [left + column * side, top + row * side, side, side] });
    }
  }
  return squares;
}

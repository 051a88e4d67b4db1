/* Markers that would lie on each other become one. Pure functions: places in kilometres, sizes in pixels. */

const NARROW = 600; // px of the frame: a phone
const LONE_RADIUS = 9; // px, of a marker with one site

/** How near markers may come, how large groups are drawn. A phone has room for less. */
export function manners(frameWidth) {
  const narrow = frameWidth < NARROW;
  return { reach: narrow ? 21 : 30, overlap: narrow ? 0.74 : 0.84, size: (number) => groupSize(number, narrow) };
}

function groupSize(number, narrow) {
  return (narrow ? 28 : 32) + Math.min(16, Math.round(Math.sqrt(number) * (narrow ? 1.6 : 2.6)));
}

const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

/** Groups of sites: {sites, x, y}, in the order of the list. A group of one is a lone marker. */
export function clustered(sites, scale, frameWidth) {
  const { reach, overlap, size } = manners(frameWidth);
  const groups = gathered(sites, reach / scale);
  const radius = (group) => (group.sites.length > 1 ? size(group.sites.length) / 2 : LONE_RADIUS);
  const touch = (a, b) =>
    a.sites.length + b.sites.length > 2 && distance(a, b) * scale < (radius(a) + radius(b)) * overlap;
  return merged(groups, touch).sort((a, b) => a.sites[0].place - b.sites[0].place);
}

/** The site with most neighbours takes them first, so that crowds become one group and not three. */
function gathered(sites, reach) {
  const neighbours = new Map(
    sites.map((site) => [site, sites.filter((other) => distance(site, other) < reach)]),
  );
  const crowdedFirst = [...sites].sort(
    (a, b) => neighbours.get(b).length - neighbours.get(a).length || a.place - b.place,
  );
  const taken = new Set();
  const groups = [];
  for (const site of crowdedFirst) {
    if (taken.has(site)) continue;
    const members = neighbours.get(site).filter((other) => !taken.has(other));
    members.forEach((member) => taken.add(member));
    groups.push(groupOf(members));
  }
  return groups;
}

function groupOf(members) {
  const sites = [...members].sort((a, b) => a.place - b.place);
  const middle = (axis) => sites.reduce((sum, site) => sum + site[axis], 0) / sites.length;
  return { sites, x: middle("x"), y: middle("y") };
}

/** Discs that still overlap become one, until none do. */
function merged(groups, touch) {
  const left = [...groups];
  for (let first = 0; first < left.length; first += 1) {
    const second = left.findIndex((group, place) => place > first && touch(left[first], group));
    if (second < 0) continue;
    left[first] = groupOf([...left[first].sites, ...left[second].sites]);
    left.splice(second, 1);
    first = -1; // the larger disc may touch one that was free before
  }
  return left;
}

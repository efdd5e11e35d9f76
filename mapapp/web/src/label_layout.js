/* Label placement without overlaps. Pure: no DOM, no Leaflet. */

/** @import { PlaceItem } from "./payload.d.ts" */
/** @import { PixelBox, Point } from "./types.d.ts" */

import { areaHolds, overlap } from "./geometry.js";

const EDGE = 2; // pixels between a label and the edge of the map
const SURROUNDED = 3; // an anchor needs more than this many visible cells around it, its own included
const TURNING = 2; // a place with as many background facts is one that the story turns on
const MOST_FACTS = 4; // more of them count no further
const EARLIER = 0.5; // zoom levels before its own from which such a place is named
const RANKS = 2; // how many ranks a fact is worth
const BESIDE = 4; // pixels between two badges
// where a badge may go, in multiples of its size, nearest first
/** @type {Point[]} */
const MOVES = [
  [0, 0],
  [0, -1],
  [1, 0],
  [-1, 0],
  [0, -1.5],
  [1.5, 0],
  [-1.5, 0],
  [1, -1],
  [-1, -1],
  [0, -2],
  [1, -2],
  [-1, -2],
  [0, -3],
];

/**
 * A label to be placed.
 * @typedef {object} Candidate
 * @property {string} id
 * @property {string} name
 * @property {boolean} shared whether other places have the same name, which is then written only once
 * @property {boolean} counted whether it has a number of statements; if it finds no room, it must be listed
 * @property {boolean} sought whether it should rather cover the mark of another place than be left out
 * @property {number} width
 * @property {number} height
 * @property {Point[]} near possible positions, best first
 * @property {() => Point[]} far further positions for counted and sought labels; slow to compute
 */

/**
 * Whether the story turns on a place: several background facts are about it.
 * @param {number} facts about the place
 */
export const isTurning = (facts) => facts >= TURNING;

/**
 * Whether a place should have a label at this zoom.
 * @param {PlaceItem} place
 * @param {number} zoom
 * @param {number} statements
 * @param {boolean} lit
 * @param {number} facts background about the place
 */
export function isWanted(place, zoom, statements, lit, facts) {
  if (place.at === null) return false;
  const [low, high] = place.zoom;
  return lit || statements > 0 || (zoom >= (isTurning(facts) ? low - EARLIER : low) && zoom <= high);
}

/**
 * Sorts places by label priority: highlighted places, then by number of statements, then by rank, which background
 * facts about a place improve.
 * @param {PlaceItem[]} places
 * @param {Map<string, number>} counts statements by place
 * @param {Set<string>} lit
 * @param {(id: string) => number} factsOf how many background facts are about a place
 */
export function byWorth(places, counts, lit, factsOf) {
  /** @param {PlaceItem} place */
  const worth = ({ id, rank }) => [
    Number(!lit.has(id)),
    -(counts.get(id) ?? 0),
    rank - RANKS * Math.min(factsOf(id), MOST_FACTS),
  ];
  return places
    .map((place) => ({ place, worth: worth(place) }))
    .sort((a, b) => a.worth.map((value, i) => value - Number(b.worth[i])).find((gap) => gap !== 0) ?? 0)
    .map(({ place }) => place);
}

/**
 * Places labels in the given order.
 * @param {Candidate[]} candidates
 * @param {PixelBox[]} taken boxes that no label may cover
 * @param {PixelBox[]} marks boxes that only the label of a counted place may cover, if it fits nowhere else
 * @param {Point} size of the map
 * @param {Set<string>} written names already on the map, which are not repeated if shared
 * @returns {{ placed: Map<string, Point>, left: string[] }} label positions; counted places without room
 */
export function layOut(candidates, taken, marks, [width, height], written) {
  const covered = [...taken];
  const done = new Set(written);
  /** @type {Map<string, Point>} */
  const placed = new Map();
  /** @type {string[]} */
  const left = [];
  for (const { id, name, shared, counted, sought, far, near, ...own } of candidates) {
    if (shared && done.has(name)) continue;
    /**
     * @param {PixelBox[]} boxes
     * @param {Point} at
     */
    const isFree = (boxes, [x, y]) =>
      x >= EDGE &&
      y >= EDGE &&
      x + own.width <= width - EDGE &&
      y + own.height <= height - EDGE &&
      !boxes.some((box) => box[4] !== id && overlap(box, [x, y, x + own.width, y + own.height, id]));
    /** @param {Point} at */
    const isBare = (at) => isFree(covered, at);
    /** @param {Point} at */
    const isClear = (at) => isBare(at) && isFree(marks, at);
    const spot =
      near.find(isClear) ??
      (counted || sought ? (far().find(isClear) ?? near.find(isBare) ?? far().find(isBare)) : undefined);
    if (shared && (spot || counted)) done.add(name);
    if (spot) {
      placed.set(id, spot);
      covered.push([spot[0], spot[1], spot[0] + own.width, spot[1] + own.height, ""]);
    } else if (counted) left.push(id);
  }
  return { placed, left };
}

/**
 * The possible positions of a label, best first: beside a point or its badge, or in the middle of an area or line.
 * @param {Point} at
 * @param {{ width: number, height: number }} name
 * @param {{ point: boolean, badge: number | null }} of whether the place is a point, and the width of its badge
 * @returns {Point[]}
 */
export function spotsFor([x, y], { width, height }, { point, badge }) {
  const middle = x - width / 2;
  if (!point) return [0, height / 2 + 6.5, -height / 2 - 6.5].map((down) => [middle, y - height / 2 + down]);
  const gap = badge === null ? 9 : badge / 2 + 2;
  const levels = badge === null ? [y - height / 2] : [y - height / 2, y - 15 - height / 2];
  /** @type {Point[]} */
  const sides = levels.flatMap((level) => [[x + gap, level], [x - gap - width, level]]); // biome-ignore format: pairs
  return [
    ...sides,
    [middle, y + 8],
    [middle, y - height - (badge === null ? 8 : 29)],
    [x + 4, y + 6],
    [x - width - 4, y + 6],
  ];
}

/**
 * Moves badges apart that would cover each other: where each goes, from its own position; those of most worth stay.
 * @param {{ id: string, box: PixelBox }[]} badges best first, with the box of each at its own position
 * @param {Point} size of the map
 * @returns {{ moved: Map<string, Point>, left: string[] }} the move of each badge that has room; badges without
 */
export function spreadBadges(badges, [width, height]) {
  /** @type {PixelBox[]} */
  const taken = [];
  /** @type {Map<string, Point>} */
  const moved = new Map();
  /** @type {string[]} */
  const left = [];
  for (const { id, box } of badges) {
    const [west, north, east, south] = box;
    const [across, down] = [east - west + BESIDE, south - north + BESIDE];
    const moves = MOVES.map(([x, y]) => /** @type {Point} */ ([x * across, y * down]));
    const move = moves.find(([x, y]) => {
      const there = /** @type {PixelBox} */ ([west + x, north + y, east + x, south + y, id]);
      const isInside = there[0] >= 0 && there[1] >= 0 && there[2] <= width && there[3] <= height;
      return isInside && !taken.some((other) => overlap(other, there));
    });
    if (!move) {
      left.push(id);
      continue;
    }
    moved.set(id, move);
    taken.push([west + move[0], north + move[1], east + move[0], south + move[1], id]);
  }
  return { moved, left };
}

/**
 * A label position for a large area whose own is off the map: the middle of its visible part.
 * @param {PlaceItem} place
 * @param {{ box: [number, number, number, number], rows: number, middles: Point[] }} sight
 *   the frame as west, south, east, north; and the middles (lon, lat) of its cells, column after column
 * @returns {Point | null} (lon, lat); null if none is needed or too little is visible
 */
export function anchorOf(place, { box: [west, south, east, north], rows, middles }) {
  if (!place.at) return null;
  const [lon, lat] = place.at;
  if (lon >= west && lon <= east && lat >= south && lat <= north) return null;
  const [w, s, e, n] = place.box;
  if (w > east || e < west || s > north || n < south) return null;
  const hits = new Set([...middles.keys()].filter((cell) => holds(place, middles[cell])));
  let best = null;
  let most = SURROUNDED;
  for (const cell of hits) {
    const around = neighbours(cell, rows).filter((near) => hits.has(near)).length;
    if (around > most) [best, most] = [cell, around];
  }
  return best === null ? null : (middles[best] ?? null);
}

/**
 * @param {PlaceItem} place
 * @param {Point | undefined} at
 */
const holds = (place, at) => at !== undefined && areaHolds(place, at[0], at[1]);

/**
 * A cell and its neighbours in a grid whose cells are numbered column by column.
 * @param {number} cell
 * @param {number} rows
 */
function neighbours(cell, rows) {
  const row = cell % rows;
  const levels = [-1, 0, 1].filter((step) => row + step >= 0 && row + step < rows);
  return [-rows, 0, rows].flatMap((across) => levels.map((step) => cell + across + step));
}

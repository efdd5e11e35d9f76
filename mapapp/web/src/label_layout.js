/* Label placement without overlaps. Pure: no DOM, no Leaflet. */

/** @import { PlaceItem } from "./payload.d.ts" */
/** @import { PixelBox, Point } from "./types.d.ts" */

import { areaHolds, overlap } from "./geometry.js";

const EDGE = 2; // pixels between a label and the edge of the map
const SURROUNDED = 3; // an anchor needs more than this many visible cells around it, its own included

/**
 * A label to be placed.
 * @typedef {object} Candidate
 * @property {string} id
 * @property {string} name
 * @property {boolean} shared whether other places have the same name, which is then written only once
 * @property {boolean} counted whether it has a number of statements; if it finds no room, it must be listed
 * @property {number} width
 * @property {number} height
 * @property {Point[]} near possible positions, best first
 * @property {() => Point[]} far further positions for counted labels; slow to compute
 */

/**
 * Whether a place should have a label at this zoom.
 * @param {PlaceItem} place
 * @param {number} zoom
 * @param {number} statements
 * @param {boolean} lit
 */
export const isWanted = (place, zoom, statements, lit) =>
  place.at !== null && (lit || statements > 0 || (zoom >= place.zoom[0] && zoom <= place.zoom[1]));

/**
 * Sorts places by label priority: highlighted places, then by number of statements, then by rank.
 * @param {PlaceItem[]} places
 * @param {Map<string, number>} counts statements by place
 * @param {Set<string>} lit
 */
export function byWorth(places, counts, lit) {
  /** @param {PlaceItem} place */
  const worth = ({ id, rank }) => [Number(!lit.has(id)), -(counts.get(id) ?? 0), rank];
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
  for (const { id, name, shared, counted, far, near, ...own } of candidates) {
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
      near.find(isClear) ?? (counted ? (far().find(isClear) ?? near.find(isBare) ?? far().find(isBare)) : undefined);
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

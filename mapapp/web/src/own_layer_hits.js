/* Which features of the reader's own layers are at a point of the map. Pure, in pixels. */

/** @import { Point } from "./types.d.ts" */

import { goesRound } from "./geometry.js";

const NEAR = 6; // pixels around a line
const NEAR_POINT = 9; // pixels around the middle of a point

/**
 * How a shape lies to a point: 1 a point there, 2 a line or an edge there, 3 an area that holds it; null if elsewhere.
 * @param {{ type: string, coordinates: any }} shape in pixels
 * @param {Point} at
 * @returns {1 | 2 | 3 | null}
 */
export function touch({ type, coordinates }, at) {
  if (type === "Point") return Math.hypot(coordinates[0] - at[0], coordinates[1] - at[1]) <= NEAR_POINT ? 1 : null;
  /** @type {Point[][]} */
  const lines = type === "LineString" ? [coordinates] : coordinates;
  if (lines.some((line) => gapTo(line, at) <= NEAR)) return 2;
  return type === "Polygon" && lines.reduce((inside, ring) => inside !== goesRound(ring, ...at), false) ? 3 : null;
}

/**
 * The distance from a point to a line.
 * @param {Point[]} line
 * @param {Point} at
 */
function gapTo(line, [x, y]) {
  let gap = Infinity;
  for (let i = 1; i < line.length; i++) {
    const [ax, ay] = /** @type {Point} */ (line[i - 1]);
    const [bx, by] = /** @type {Point} */ (line[i]);
    const square = (bx - ax) ** 2 + (by - ay) ** 2;
    const along = square ? Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square)) : 0;
    gap = Math.min(gap, Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)));
  }
  return gap;
}

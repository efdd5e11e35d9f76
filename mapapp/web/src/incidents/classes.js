/* Count classes for squares and circles, the same at every zoom and time. */

export const CELL = 12; // pixels: side of a cell of the density grid
const LOWER_ENDS = [1, 3, 10, 30, 100, 300, 1000, 3000, 10000];
const SIDES = [3, 4, 5, 6, 7, 8, 9, 10, 11]; // pixels: side of a cell's square
const RADII = [3, 4.5, 6, 7.5, 9, 10.5, 12, 13.5, 15]; // pixels: radius of a point
/** Radius of the largest point, in pixels. */
export const LARGEST = RADII[RADII.length - 1];

/** @param {number} n */
export function classOf(n) {
  let at = 0;
  while (at < LOWER_ENDS.length - 1 && n >= LOWER_ENDS[at + 1]) at++;
  return at;
}
/** @param {number} at */
export const sideOf = (at) => SIDES[at];
/** @param {number} at */
export const radiusOf = (at) => RADII[at];

/**
 * The range of counts of a class: 1–2, 3–9, … 10,000+.
 * @param {number} at
 * @param {(n: number) => string} numberWords
 */
export function classWords(at, numberWords) {
  const [low, next] = [Number(LOWER_ENDS[at]), LOWER_ENDS[at + 1]];
  if (next === undefined) return `${numberWords(low)}+`;
  return next - 1 === low ? numberWords(low) : `${numberWords(low)}–${numberWords(next - 1)}`;
}

/* Which part of the incidents' canvas a change draws anew: the smaller it is, the sooner a time step is seen. Pure. */

// Pixels. Edges at multiples of it lie between the dots of the screen if each pixel has 1, 1.25, 1.5, 1.75 or 2.
const UNIT = 4;

/**
 * A square or circle: its middle and how far it reaches from there, in pixels of the canvas; the class of its count;
 * its cell or point.
 * @typedef {{ x: number, y: number, reach: number, step: number, place: number }} Mark
 * @typedef {[left: number, top: number, right: number, bottom: number]} Box
 */

/**
 * Whether the edges of `boxAround` lie between the dots of the screen; else half-drawn dots would be left there.
 * @param {number} dots of the screen to a pixel
 */
export const isEven = (dots) => Number.isInteger(dots * UNIT);

/**
 * The box around marks; null if there are none.
 * @param {Mark[]} marks
 * @returns {Box | null}
 */
export function boxAround(marks) {
  if (!marks.length) return null;
  const boxes = marks.map(({ x, y, reach }) => [x - reach, y - reach, x + reach, y + reach]);
  /** @param {number} i */
  const least = (i) => Math.floor(boxes.reduce((low, box) => Math.min(low, box[i]), Infinity) / UNIT) * UNIT;
  /** @param {number} i */
  const most = (i) => Math.ceil(boxes.reduce((high, box) => Math.max(high, box[i]), -Infinity) / UNIT) * UNIT;
  return [least(0), least(1), most(2), most(3)];
}

/**
 * Sorts marks as they are drawn, the largest first. By class and not by count: what a step does not draw anew must keep
 * its place above or below the others.
 * @param {Mark[]} marks
 */
export const inOrder = (marks) => marks.sort((a, b) => b.step - a.step || a.place - b.place);

/**
 * Whether any part of a mark is within a box.
 * @param {Mark} mark
 * @param {Box} box
 */
export const isWithin = ({ x, y, reach }, [left, top, right, bottom]) =>
  x + reach > left && x - reach < right && y + reach > top && y - reach < bottom;

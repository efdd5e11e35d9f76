/* Which part of the incidents' canvas a change draws anew: the smaller it is, the sooner a time step is seen. Pure. */

// Pixels. Edges at multiples of it lie between the dots of the screen if each pixel has 1, 1.25, 1.5, 1.75 or 2.
const UNIT = 4;

/**
 * A square or circle: its middle and how far it reaches from there, in pixels of the canvas; the class of its count.
 * @typedef {{ x: number, y: number, reach: number, step: number }} Mark
 * @typedef {[left: number, top: number, right: number, bottom: number]} Box
 */

/**
 * Whether the edges of `changedBox` lie between the dots of the screen; else half-drawn dots would be left there.
 * @param {number} dots of the screen to a pixel
 */
export const isEven = (dots) => Number.isInteger(dots * UNIT);

/**
 * The box around all marks that differ between two drawings; null if none does.
 * @param {Map<number, Mark>} before by place on the canvas
 * @param {Map<number, Mark>} after
 * @returns {Box | null}
 */
export function changedBox(before, after) {
  /** @type {Mark[]} */
  const changed = [];
  for (const [key, mark] of after) {
    const old = before.get(key);
    if (old?.step !== mark.step) changed.push(mark, ...(old ? [old] : []));
  }
  for (const [key, old] of before) if (!after.has(key)) changed.push(old);
  if (!changed.length) return null;
  /** @param {Mark} mark */
  const ends = ({ x, y, reach }) => [x - reach, y - reach, x + reach, y + reach];
  const boxes = changed.map(ends);
  /** @param {number} i */
  const least = (i) => Math.floor(boxes.reduce((low, box) => Math.min(low, box[i]), Infinity) / UNIT) * UNIT;
  /** @param {number} i */
  const most = (i) => Math.ceil(boxes.reduce((high, box) => Math.max(high, box[i]), -Infinity) / UNIT) * UNIT;
  return [least(0), least(1), most(2), most(3)];
}

/**
 * Whether any part of a mark is within a box.
 * @param {Mark} mark
 * @param {Box} box
 */
export const isWithin = ({ x, y, reach }, [left, top, right, bottom]) =>
  x + reach > left && x - reach < right && y + reach > top && y - reach < bottom;

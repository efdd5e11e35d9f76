/* Days: whole numbers since 1970-01-01, UTC, and ISO texts. */

export const DAY = 86400000; // milliseconds
export const ISO = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

/** @param {number} day */
export const toIso = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/**
 * Parses an ISO date; null if it is not valid. Years start at 0001, as in Python.
 * @param {string} iso
 */
export function fromIso(iso) {
  if (!ISO.test(iso) || iso.startsWith("0000")) return null;
  const day = Date.parse(`${iso}T00:00:00Z`) / DAY;
  return Number.isInteger(day) && toIso(day) === iso ? day : null;
}

/**
 * Parses an ISO date written by Python.
 * @param {string} iso
 */
export function dayOf(iso) {
  const day = fromIso(iso);
  if (day === null) throw new RangeError(`days: not a day (got ${iso})`);
  return day;
}

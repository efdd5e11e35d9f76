/* Words for a period of days on incident cards and charts. */

/** @import { IncidentHost } from "../types.d.ts" */

/**
 * A formatted period; a single day if both ends are the same.
 * @param {number} first
 * @param {number} last
 * @param {Pick<IncidentHost, "dayWords">} host
 */
export const daysOf = (first, last, { dayWords }) =>
  first === last ? dayWords(first) : `${dayWords(first)} – ${dayWords(last)}`;

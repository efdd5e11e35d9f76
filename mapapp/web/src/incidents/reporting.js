/* What is still to be reported of recent days: the same as in mapapp/incidents/reporting_lag.py. Pure. */

/** @import { ReportingLag } from "../types.d.ts" */

import { negativeBinomial } from "./tails.js";

const LEAST_SHARE = 0.1; // of a week that must be known before anything is said about the rest
const FULL = 0.95; // share of a week from which on it no longer counts as filling

/**
 * What is known of a week: incidents, the share that is known with its standard deviation, the relative variance.
 * @typedef {{ known: number, share: number, error: number, spread: number }} Week
 */

/**
 * What is known of each week of some days that is not complete; null if it is too early to say anything.
 * @param {ReportingLag} lag
 * @param {Iterable<[day: number, n: number]>} counts each day with its incidents, days without any included
 * @returns {Week[] | null}
 */
export function weeksOf({ seen, share, error, day_share: dayShare, day_error: dayError, spread }, counts) {
  /** @type {Map<number, [age: number, n: number][]>} */
  const known = new Map();
  for (const [day, n] of counts) {
    const week = Math.floor((seen - day) / 7);
    if (week < 0) return null;
    if (week < share.length - 1) known.set(week, [...(known.get(week) ?? []), [seen - day, n]]);
  }
  const weeks = [...known]
    .sort(([a], [b]) => a - b)
    .map(([week, days]) => {
      const ages = days.map(([age]) => age).filter((age) => age < dayShare.length);
      /** @param {number[]} values */
      const mean = (values) => ages.reduce((sum, age) => sum + values[age], 0) / ages.length;
      return {
        known: days.reduce((sum, [, n]) => sum + n, 0),
        share: ages.length ? mean(dayShare) : share[week],
        error: ages.length ? mean(dayError) : error[week],
        spread: spread[week],
      };
    });
  return weeks.some((week) => week.share < LEAST_SHARE) ? null : weeks;
}

/**
 * The interval of the number of incidents still to be reported; 90 %.
 * @param {Week[]} weeks
 * @returns {[low: number, high: number]}
 */
export function stillToCome(weeks) {
  let [mean, variance, error] = [0, 0, 0];
  for (const { known, share, error: off, spread } of weeks) {
    const expected = ((known + 0.5) * (1 - share)) / share;
    mean += expected;
    variance += expected / share + spread * expected ** 2;
    error += ((known + 0.5) * off) / share ** 2; // the same error in all weeks: they share the estimate
  }
  return mean > 0 ? negativeBinomial(mean, variance + error ** 2) : [0, 0];
}

/**
 * The first day of which reports are still coming in.
 * @param {ReportingLag} lag
 */
export const firstFilling = ({ seen, share }) => seen - 7 * share.findIndex((known) => known >= FULL) + 1;

/**
 * Whether reports of any of these weeks are still coming in.
 * @param {Week[] | null} weeks
 */
export const isFilling = (weeks) => weeks === null || weeks.some(({ share }) => share < FULL);

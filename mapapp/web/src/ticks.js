/* Time axis calculations: ticks, and stacking of overlapping marks. Pure: no DOM, no Leaflet. */

/** @import { Dated } from "./payload.d.ts" */
/** @import { Axis } from "./types.d.ts" */

import { DAY } from "./days.js";

const WEEKS = [1, 8, 15, 22]; // days of a month with week ticks; there is none so late that labels would overlap

/** @typedef {"day" | "week" | "month" | "quarter" | "year"} Unit */

/**
 * The interval between ticks.
 * @param {number} perDay pixels per day
 * @returns {Unit}
 */
export function unitFor(perDay) {
  if (perDay > 34) return "day";
  if (perDay > 9) return "week";
  if (perDay > 1.6) return "month";
  return perDay > 0.5 ? "quarter" : "year";
}

/**
 * @param {number} year
 * @param {number} month from 0; 12 is January of the next year
 * @param {number} [dayOfMonth]
 */
const dayOf = (year, month, dayOfMonth = 1) => Date.UTC(year, month, dayOfMonth) / DAY;

/**
 * The days of a month that have ticks.
 * @param {Unit} unit
 * @param {number} year
 * @param {number} month
 */
function ticksOfMonth(unit, year, month) {
  if (unit === "day") return Array.from({ length: dayOf(year, month + 1) - dayOf(year, month) }, (_, i) => i + 1);
  if (unit === "week") return WEEKS;
  return month % { month: 1, quarter: 3, year: 12 }[unit] === 0 ? [1] : [];
}

/**
 * Ticks and their labels. The first label has the year; others only at the beginning of a year.
 * @param {Axis} axis the visible days
 * @param {Unit} unit
 * @param {(day: number, parts: string) => string} dayWords formats a day: "d" day of the month, "m" month, "y" year
 * @returns {[day: number, label: string][]}
 */
export function ticks(axis, unit, dayWords) {
  const start = new Date(axis.first * DAY);
  /** @type {[number, string][]} */
  const found = [];
  for (let month = start.getUTCMonth() % 12; ; month++) {
    const year = start.getUTCFullYear() + Math.floor(month / 12);
    if (dayOf(year, month % 12) > axis.last) return found;
    for (const dayOfMonth of ticksOfMonth(unit, year, month % 12)) {
      const day = dayOf(year, month % 12, dayOfMonth);
      if (day < axis.first || day > axis.last) continue;
      const opens = found.length === 0 || (month % 12 === 0 && dayOfMonth === 1);
      found.push([day, dayWords(day, partsOf(unit, opens, dayOfMonth === 1))]);
    }
  }
}

/**
 * @param {Unit} unit
 * @param {boolean} opens whether the tick is the first of the axis or of a year
 * @param {boolean} firstOfMonth
 */
function partsOf(unit, opens, firstOfMonth) {
  if (unit === "year") return "y";
  if (unit === "month" || unit === "quarter") return opens ? "m y" : "m";
  return opens ? "d m y" : firstOfMonth ? "d m" : "d";
}

/**
 * Stacks overlapping items into columns, from left to right.
 * @template T
 * @param {T[]} items
 * @param {number} width of a column in pixels
 * @param {(item: T) => number} leftOf
 */
export function heaps(items, width, leftOf) {
  /** @type {{ left: number, list: T[] }[]} */
  const found = [];
  for (const item of [...items].sort((a, b) => leftOf(a) - leftOf(b))) {
    const left = Math.max(0, leftOf(item));
    const last = found.at(-1);
    if (last && left < last.left + width) last.list.push(item);
    else found.push({ left, list: [item] });
  }
  return found;
}

/**
 * The first possible day of something, or else the last; null if neither is known.
 * @param {Dated} item
 */
export const startOf = (item) => item.earliest ?? item.latest;

/**
 * Whether something is certain on any of the visible days.
 * @param {Dated} item
 * @param {Axis} axis
 */
export function certainWithin(item, axis) {
  const from = item.certainFrom ?? -Infinity;
  const to = item.certainTo ?? Infinity;
  return item.throughout && !item.uncertain && from <= to && from <= axis.last && to >= axis.first;
}

/**
 * The axis after a zoom: within the span, and never shorter than ten days.
 * @param {Axis} axis
 * @param {number} factor below 1 to zoom in
 * @param {number} around the day that stays in place
 * @param {readonly [number, number]} span first and last day of the whole axis
 * @returns {Axis}
 */
export function zoomed(axis, factor, around, [low, high]) {
  const now = axis.last - axis.first + 1;
  const length = Math.min(Math.max(now * factor, 10), high - low + 1);
  const wanted = Math.round(around - ((around - axis.first) / now) * length);
  const first = Math.min(Math.max(wanted, low), Math.max(low, high - Math.round(length) + 1));
  return { first, last: Math.min(high, first + Math.round(length) - 1) };
}

/**
 * The axis for a window, with half the window's length added on either side.
 * @param {number} first
 * @param {number} last
 * @param {readonly [number, number]} span
 * @returns {Axis}
 */
export function axisAround(first, last, [low, high]) {
  const pad = Math.max(8, Math.round((last - first + 1) * 0.5));
  return {
    first: Math.min(Math.max(first - pad, low), high - 16),
    last: Math.min(Math.max(last + pad, low + 16), high),
  };
}

/**
 * The axis for a window: the present one if it is as long as `axisAround` makes it and has at least half the usual
 * days on either side of the window, so that marks stay where they are from one step to the next; else one around
 * the window.
 * @param {Axis} axis the present one
 * @param {number} first
 * @param {number} last
 * @param {[number, number]} span first and last day of all
 * @returns {Axis}
 */
export function axisFor(axis, first, last, span) {
  const around = axisAround(first, last, span);
  const slack = (around.last - around.first - (last - first)) / 4;
  const isAsLong = axis.last - axis.first === around.last - around.first;
  return isAsLong && first - axis.first >= slack && axis.last - last >= slack ? axis : around;
}

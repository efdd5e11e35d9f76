/* Weekly chart of a place's incidents, with the article's statements of clashes below it. */

/** @import { EventItem } from "../payload.d.ts" */
/** @import { IncidentHost } from "../types.d.ts" */
/** @import { Incomplete } from "./counts.js" */

import { DAY } from "../days.js";
import { svg } from "../dom.js";
import { startOf } from "../ticks.js";
import { lastKnown } from "./columns.js";
import { daysOf } from "./days_words.js";

const WIDTH = 336;
const BASE = 46; // pixels from the top: baseline of the bars
const HEIGHT = 74;
const MOST_CLAIMS = 4;

/**
 * @typedef {[first: number, n: number]} Week
 * @typedef {{ first: number, last: number }} Days
 * @typedef {{ x: (day: number) => number, first: number, end: number }} Scale
 * @typedef {Map<number, Incomplete | null>} Filling
 */

/**
 * @param {Week[]} weeks
 * @param {Filling} filling what is still to be reported of each week, by its first day
 * @param {Days} covered
 * @param {string} id
 * @param {IncidentHost} host
 */
export function weekChart(weeks, filling, covered, id, host) {
  const { words, view } = host;
  const first = weeks[0]?.[0] ?? 0;
  const end = first + 7 * weeks.length;
  /** @param {number} day */
  const x = (day) => ((day - first) / (end - first)) * WIDTH;
  const known = lastKnown(view(), Infinity);
  const most = Math.max(1, ...weeks.map(([week, n]) => n + (filling.get(week)?.more?.[1] ?? 0)));
  const days = daysOf(first, Math.min(known, end - 1), host);
  const article = x(host.day());
  return svg(
    "svg",
    {
      class: "record-chart",
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      role: "img",
      "aria-label": words("incidents-chart", { most, days }),
    },
    windowBox(x, host),
    ...weeks.map((week) => weekBar(week, filling.get(week[0]) ?? null, { x, most }, { ...covered, known }, host)),
    svg("line", { class: "axis-line", x1: 0, x2: WIDTH, y1: BASE + 0.5, y2: BASE + 0.5 }),
    svg("line", { class: "article-day", x1: article, x2: article, y1: 0, y2: BASE }),
    svg("text", { class: "record-text", x: 0, y: 9 }, words("incidents-per-week", { n: most })),
    ...claimBars(host.claims(id), { x, first, end }, host),
    ...monthNames(weeks, x, host),
  );
}

/**
 * @param {Scale["x"]} x
 * @param {IncidentHost} host
 */
function windowBox(x, { view }) {
  const { first, last } = view();
  const [from, to] = [Math.max(0, x(first)), Math.min(WIDTH, x(last + 1))];
  if (to <= from) return null;
  return svg("rect", { class: "record-window", x: from, y: 0, width: Math.max(1.5, to - from), height: BASE });
}

/**
 * @param {Week} week
 * @param {Incomplete | null} filling
 * @param {{ x: Scale["x"], most: number }} scale
 * @param {Days & { known: number }} covered
 * @param {IncidentHost} host
 */
function weekBar([first, n], filling, { x, most }, covered, host) {
  const { words } = host;
  const [unknown, beyond] = [first > covered.known, first > covered.last || first + 6 < covered.first];
  const [from, to] = [Math.max(first, covered.first), Math.min(first + 6, covered.last, covered.known)];
  const part = to - from < 6;
  /** @param {number} number */
  const height = (number) => (number / most) * (BASE - 12);
  const [left, wide, tall] = [x(first), x(first + 7) - x(first), height(n)];
  const counted = () => words(part ? "incidents-week-part" : "incidents-week", { n, days: daysOf(from, to, host) });
  const known = unknown ? words("incidents-week-unknown") : beyond ? words("incidents-week-beyond") : counted();
  const open = unknown || beyond ? null : filling;
  const title = open ? `${known}; ${likelyWords(n, open, host)}` : known;
  const [low, high] = (open?.more ?? [0, 0]).map((more) => height(n + more));
  const middle = left + wide / 2;
  const name = open ? "record-filling" : part ? "record-part" : null;
  return svg(
    "g",
    { class: name },
    svg("title", {}, title),
    svg("rect", { class: "record-hit", x: left, y: 0, width: wide, height: BASE }),
    unknown || beyond
      ? svg("rect", { class: "record-gap", x: left, y: BASE - 3, width: wide, height: 3 })
      : svg("rect", { class: "record-bar", x: left + 0.5, y: BASE - tall, width: wide - 1, height: tall }),
    open?.more
      ? svg("path", {
          class: "record-likely",
          d: `M${middle - 2} ${BASE - high}h4m-2 0V${BASE - low}m-2 0h4`,
        })
      : null,
  );
}

/**
 * @param {number} n
 * @param {Incomplete} filling
 * @param {IncidentHost} host
 */
function likelyWords(n, { more }, { words }) {
  if (!more) return words("incidents-week-early");
  return words("incidents-week-likely", { low: n + more[0], high: n + more[1] });
}

/**
 * The times for which the article reports clashes.
 * @param {EventItem[]} claims
 * @param {Scale} scale
 * @param {IncidentHost} host
 */
function claimBars(claims, { x, first, end }, { inLanguage }) {
  const inSight = claims
    .map((event) => ({ event, start: startOf(event) ?? Infinity }))
    .filter(({ event, start }) => start < end && (event.latest ?? Infinity) >= first);
  return inSight.slice(0, MOST_CLAIMS).map(({ event, start }, i) => {
    const from = Math.max(0, x(start));
    const width = Math.max(2.5, Math.min(WIDTH, event.latest === null ? WIDTH : x(event.latest + 1)) - from);
    const bar = svg("rect", { class: "record-claim", x: from, y: BASE + 3 + i * 3.5, width, height: 2.5 });
    return svg("g", {}, svg("title", {}, inLanguage(event.title)), bar);
  });
}

/**
 * Month labels below the weeks in which months begin, where there is room.
 * @param {Week[]} weeks
 * @param {Scale["x"]} x
 * @param {IncidentHost} host
 */
function monthNames(weeks, x, { dayWords }) {
  const names = [];
  let free = -100;
  for (const [first] of weeks) {
    const [start, end] = [new Date(first * DAY), new Date((first + 6) * DAY)];
    if (start.getUTCMonth() === end.getUTCMonth() && start.getUTCDate() !== 1) continue;
    const month = Date.UTC(end.getUTCFullYear(), end.getUTCMonth(), 1) / DAY;
    const at = x(month);
    if (at < free || at > WIDTH - 30) continue;
    const withYear = end.getUTCMonth() === 0 || free < 0;
    names.push(svg("text", { class: "record-text", x: at, y: HEIGHT - 3 }, dayWords(month, withYear ? "m y" : "m")));
    free = at + (withYear ? 44 : 26);
  }
  return names;
}

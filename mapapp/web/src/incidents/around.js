/* Rates of incidents before and after what the article says of a place. */

/** @import { PlaceItem } from "../payload.d.ts" */
/** @import { IncidentHost } from "../types.d.ts" */
/** @import { Columns } from "./columns.js" */
/** @import { Counts } from "./counts.js" */

import { make } from "../dom.js";
import { lastKnown } from "./columns.js";
import { daysOf } from "./days_words.js";
import { rateInterval, ratioInterval } from "./tails.js";

const DAYS = 28; // compared on either side
const FEWEST_DAYS = 7; // of these that the data must cover
const MOST = 8; // statements

/**
 * Incidents by their first day, from `first` to `last`, which the data covers.
 * @typedef {{ n: number, days: number, first: number, last: number, isFilling: boolean }} Counted
 */

/**
 * A table of the weekly rates before and after each statement about clashes at a place; null if there is none.
 * @param {PlaceItem} place
 * @param {Columns} columns
 * @param {IncidentHost} host
 * @param {Counts} counts
 */
export function aroundClaims({ id }, columns, host, counts) {
  const { words, inLanguage } = host;
  const { covered } = columns;
  if (!covered) return null;
  const seen = Math.max(covered.last, ...columns.about.lags.map((lag) => lag.seen)); // also days without incidents
  const end = lastKnown(host.view(), seen);
  /** @param {number} from @param {number} to @returns {Counted | null} */
  const counted = (from, to) => {
    const [first, last] = [Math.max(from, covered.first), Math.min(to, end)];
    const days = last - first + 1;
    if (days < FEWEST_DAYS) return null;
    const isFilling = counts.incomplete(id, first, last) !== null;
    return { n: counts.begun(id, first, last), days, first, last, isFilling };
  };
  const rows = host
    .claims(id)
    .flatMap((event) => {
      const { earliest, latest } = event;
      if (earliest === null || latest === null) return []; // without both ends, nothing is surely before or after
      const [before, after] = [counted(earliest - DAYS, earliest - 1), counted(latest + 1, latest + DAYS)];
      return before || after ? [{ event, before, after }] : [];
    })
    .slice(0, MOST);
  if (!rows.length) return null;
  const heads = ["incidents-around-before", "incidents-around-after", "incidents-around-ratio"];
  const head = heads.map((key) => make("th", { scope: "col" }, words(key)));
  const body = rows.flatMap(({ event, before, after }) => [
    make("tr", {}, make("th", { scope: "rowgroup", colspan: heads.length }, inLanguage(event.title))),
    make(
      "tr",
      {},
      make("td", {}, ...(before ? weekly(before, host) : [words("incidents-around-short")])),
      make("td", {}, ...(after ? weekly(after, host) : [words("incidents-around-short")])),
      make("td", {}, before && after ? ratio(before, after, host) : "–"),
    ),
  ]);
  return make(
    "details",
    { class: "record-kinds record-around" },
    make("summary", {}, words("incidents-around")),
    make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body)),
    make("p", { class: "note" }, words("incidents-around-method")),
  );
}

/**
 * A rate a week with its interval, the days and the count behind it. While reports are still coming in it has no
 * interval, which would leave out what is to come.
 * @param {Counted} counted
 * @param {IncidentHost} host
 */
function weekly({ n, days, first, last, isFilling }, host) {
  const { words } = host;
  const [low, high] = rateInterval(n, days).map((rate) => rounded(7 * rate));
  const rate = rounded((7 * n) / days);
  const text = isFilling
    ? words("incidents-around-least", { rate })
    : words("incidents-around-rate", { rate, low, high });
  const parts = [words("incidents-around-count", { n, days }), daysOf(first, last, host)];
  return [make("b", {}, text), ...parts.flatMap((part) => [make("br", {}), part])];
}

/**
 * @param {Counted} before
 * @param {Counted} after
 * @param {IncidentHost} host
 */
function ratio(before, after, { words }) {
  if (before.isFilling || after.isFilling) return words("incidents-around-early"); // it would look like a fall
  if (!before.n) return words("incidents-around-no-ratio"); // nothing to compare with
  const [low, high] = ratioInterval(before, after).map(rounded);
  return words("incidents-around-rate", { rate: rounded(after.n / after.days / (before.n / before.days)), low, high });
}

/**
 * A number as precise as such intervals are.
 * @param {number} number
 */
const rounded = (number) => (number < 10 ? Number(number.toPrecision(2)) : Math.round(number));

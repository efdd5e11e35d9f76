/* Histogram of incidents behind the time axis. */

/** @import { Axis, IncidentHost } from "../types.d.ts" */
/** @import { Columns } from "./columns.js" */

import { svg } from "../dom.js";
import { firstFilling } from "./reporting.js";

const NARROWEST = 4; // pixels: width of a bar

/**
 * @param {Axis} axis
 * @param {(day: number) => number} x where a day begins
 * @param {number} height of the lane
 * @param {Columns} columns
 * @param {IncidentHost} host
 */
export function timeBars(axis, x, height, columns, host) {
  const view = host.view();
  if (view.hidden.has("incidents") || !columns.covered) return [];
  const days = Math.max(1, Math.ceil(NARROWEST / (x(axis.first + 1) - x(axis.first))));
  const counts = countBy(days, axis, columns, host);
  const most = counts.reduce((one, other) => Math.max(one, other), 0);
  if (!most) return [];
  const filling = Math.min(...columns.about.lags.map(firstFilling)); // infinite without any
  let [complete, open] = ["", ""];
  counts.forEach((n, slot) => {
    if (!n) return;
    const next = axis.first + (slot + 1) * days;
    const [from, to] = [x(next - days), x(next) - 0.5];
    const up = (-(n / most) * height * 0.9).toFixed(1);
    const bar = `M${from.toFixed(1)} ${height}v${up}H${to.toFixed(1)}V${height}Z`;
    if (next > filling) open += bar;
    else complete += bar;
  });
  const title = host.words(days === 1 ? "incidents-axis-day" : "incidents-axis", {
    days,
    most,
  });
  const opened = `${title}. ${host.words("incidents-axis-filling")}`;
  return [
    svg("path", { class: "record-bars", d: complete }, svg("title", {}, title)),
    open ? svg("path", { class: "record-bars record-open", d: open }, svg("title", {}, opened)) : null,
  ].filter((path) => path !== null);
}

/**
 * Incidents on the visible axis, counted per bar of `days` days.
 * @param {number} days
 * @param {Axis} axis
 * @param {Columns} columns
 * @param {IncidentHost} host
 */
function countBy(days, axis, columns, host) {
  const view = host.view();
  const scope = host.scope();
  const within = columns.scopeOrAll(scope === null ? undefined : host.place(scope));
  const counts = new Float64Array(Math.ceil((axis.last - axis.first + 1) / days));
  columns.eachIn(view, { ...axis, within, kinds: view.kinds }, (row) => {
    const slot = Math.floor((columns.firstDay(row) - axis.first) / days);
    if (slot >= 0 && slot < counts.length) counts[slot]++;
  });
  return counts;
}

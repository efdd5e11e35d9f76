/* User's incident data, in a separate script loaded after the map.
 *
 * `mapappIncidents(source, host)` fetches the description and the columns that mapapp/incidents/browser_columns.py
 * writes, and resolves to an IncidentLayer. The rows are in typed arrays, ordered by their first day: a window is a
 * slice and a filter is one table look-up per row, so changing the window never needs the server.
 */

/** @import { IncidentHost, IncidentLayer, IncidentsAbout } from "./types.d.ts" */

import { besidePlace, caption } from "./incidents/beside.js";
import { Columns } from "./incidents/columns.js";
import { Counts } from "./incidents/counts.js";
import { IncidentCards } from "./incidents/incident_cards.js";
import { Legend } from "./incidents/incident_legend.js";
import { Sheet } from "./incidents/sheet.js";
import { timeBars } from "./incidents/time_bars.js";

window.mapappIncidents = async (source, host) => {
  const [about, rows] = await Promise.all([fetch(source.about), fetch(source.rows)]);
  for (const answer of [about, rows]) if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  if (!rows.body) throw new Error(`${rows.url}: empty response`);
  const unpacked = new Response(rows.body.pipeThrough(new DecompressionStream("gzip")));
  return incidentLayer(await about.json(), await unpacked.arrayBuffer(), host);
};

/**
 * @param {IncidentsAbout} about
 * @param {ArrayBuffer} buffer
 * @param {IncidentHost} host
 * @returns {IncidentLayer}
 */
function incidentLayer(about, buffer, host) {
  const columns = new Columns(about, buffer);
  const sheet = new Sheet(columns, host, () => key.paint());
  const key = new Legend(columns, host, sheet);
  const counts = new Counts(columns, host, sheet);
  const cards = new IncidentCards(columns, host);
  return {
    kinds: about.kinds,
    records: about.records,
    caption: (record) => caption(record, host),
    label: () => key.label(),
    key: () => key.credit(),
    at: (latlng) => sheet.at(latlng),
    restyle: () => sheet.restyle(),
    cards: (rows) => cards.of(rows),
    tell: (card) => cards.tell(card),
    section: (id) => besidePlace(id, columns, host, counts),
    bars: (axis, x, height) => timeBars(axis, x, height, columns, host),
    paint: () => sheet.paint(),
    paintKey: () => key.paint(),
    /** The rows visible and counted for a place; null for a place in which nothing can be counted. */
    status(id) {
      const place = id ? host.place(id) : undefined;
      if (id && (!place || !columns.scope(place))) return null;
      const { total, mode } = sheet.shown;
      return { rows: about.rows, shown: total, drawn: mode, ...(id ? counts.of(id) : {}) };
    },
  };
}

/* Draws the badges: number and kinds of statements at a point. */

/** @import { Badge } from "./badge_rules.js" */
/** @import { PixelBox } from "./types.d.ts" */

import { badgesFor } from "./badge_rules.js";
import { make, symbol } from "./dom.js";
import { selectAt } from "./hits.js";
import { hover } from "./map.js";
import { placeOf, state } from "./state.js";
import { nameOf, words } from "./words.js";

const MOST_SYMBOLS = 3;

/**
 * The badges on the map, by place id.
 * @typedef {{ marker: L.Marker, width: number, statements: number, key: string }} BadgeOnMap
 * @type {Map<string, BadgeOnMap>}
 */
export const badges = new Map();

export function paintBadges() {
  const wanted = !state.view.hidden.has("events")
    ? badgesFor(state.shown.events, state.events, state.places, state.layers)
    : new Map();
  for (const [id, { marker }] of badges) {
    if (wanted.has(id)) continue;
    marker.remove();
    badges.delete(id);
  }
  for (const [id, badge] of wanted) {
    const key = badge.key + state.view.names;
    const old = badges.get(id);
    if (old?.key === key) continue;
    old?.marker.remove();
    badges.set(id, { ...drawBadge(id, badge), statements: badge.statements, key });
  }
}

/**
 * @param {string} id
 * @param {Badge} badge
 */
function drawBadge(id, { statements, kinds, possible }) {
  const symbols = kinds.slice(0, MOST_SYMBOLS);
  const html = make(
    "span",
    { class: possible ? "badge possible" : "badge", "data-of": id },
    ...symbols.map((kind) => symbol(kind)),
    statements > 1 ? make("b", {}, String(statements)) : null,
  );
  const place = placeOf(id);
  const [lon, lat] = place.geometry.coordinates;
  const width = 8 + symbols.length * 17 + (statements > 1 ? 12 : 0);
  const marker = L.marker([lat, lon], {
    icon: L.divIcon({ html, className: "mark", iconSize: [width, 22], iconAnchor: [width / 2, 27] }),
    alt: words("badge", { place: nameOf(id), n: statements }),
    zIndexOffset: 1000,
    bubblingMouseEvents: false,
  });
  marker.on("click", (event) => selectAt(event.latlng, id));
  hover(marker, place);
  marker.addTo(state.map);
  return { marker, width };
}

/**
 * The position and size of a badge on the map.
 * @param {string} id
 * @returns {PixelBox}
 */
export function badgeBox(id) {
  const { marker, width } = /** @type {BadgeOnMap} */ (badges.get(id));
  const at = state.map.latLngToContainerPoint(marker.getLatLng());
  return [at.x - width / 2, at.y - 27, at.x + width / 2, at.y - 4, id];
}

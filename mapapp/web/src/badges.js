/* Draws the badges: number and kinds of statements at a point. */

/** @import { Badge } from "./badge_rules.js" */
/** @import { PixelBox, Point } from "./types.d.ts" */

import { badgesFor } from "./badge_rules.js";
import { make, symbol } from "./dom.js";
import { selectAt } from "./hits.js";
import { hover } from "./map.js";
import { placeOf, state } from "./state.js";
import { numberWords } from "./words.js";

const MOST_SYMBOLS = 3;

/**
 * The badges on the map, by place id.
 * @typedef {{ marker: L.Marker, symbols: string[], width: number, statements: number, key: string, move: Point }}
 * BadgeOnMap
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
    badges.set(id, { ...drawBadge(id, badge), statements: badge.statements, key, move: [0, 0] });
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
    statements > 1 ? make("b", {}, numberWords(statements)) : null,
  );
  const place = placeOf(id);
  const [lon, lat] = place.geometry.coordinates;
  const width = 8 + symbols.length * 17 + (statements > 1 ? 12 : 0);
  const marker = L.marker([lat, lon], {
    icon: L.divIcon({ html, className: "mark", iconSize: [width, 22], iconAnchor: [width / 2, 27] }),
    keyboard: false, // the mark of the place has the same name and does the same
    zIndexOffset: 1000,
    bubblingMouseEvents: false,
  });
  marker.on("click", (event) => selectAt(event.latlng, id));
  hover(marker, place);
  marker.addTo(state.map);
  marker.getElement()?.setAttribute("aria-hidden", "true");
  return { marker, symbols, width };
}

/**
 * The position and size of a badge on the map, where it is if it does not have to make way.
 * @param {string} id
 * @returns {PixelBox}
 */
export function ownBox(id) {
  const { marker, width } = /** @type {BadgeOnMap} */ (badges.get(id));
  const at = state.map.latLngToContainerPoint(marker.getLatLng());
  return [at.x - width / 2, at.y - 27, at.x + width / 2, at.y - 4, id];
}

/**
 * The position and size of a badge where it is.
 * @param {string} id
 * @returns {PixelBox}
 */
export function badgeBox(id) {
  const [left, top, right, bottom] = ownBox(id);
  const [x, y] = moveOf(id);
  return [left + x, top + y, right + x, bottom + y, id];
}

/**
 * How far a badge is from its own position, in pixels.
 * @param {string} id
 * @returns {Point}
 */
export const moveOf = (id) => badges.get(id)?.move ?? [0, 0];

/**
 * Moves a badge away from its own position, and draws a line from it to its point.
 * @param {string} id
 * @param {Point} move in pixels
 */
export function moveBadge(id, move) {
  const badge = /** @type {BadgeOnMap} */ (badges.get(id));
  const [x, y] = move;
  if (badge.move[0] === x && badge.move[1] === y) return;
  badge.move = move;
  const element = badge.marker.getElement();
  if (!element) return;
  element.style.translate = `${x}px ${y}px`;
  element.querySelector(".badge-leader")?.remove();
  if (x === 0 && y === 0) return;
  const leader = make("span", { class: "badge-leader", "aria-hidden": "true" });
  // from the middle of the badge, 16 pixels above its point, to the point
  leader.style.width = `${Math.hypot(x, y - 16)}px`;
  leader.style.rotate = `${Math.atan2(16 - y, -x)}rad`;
  element.prepend(leader);
}

/* Computes the badges for the visible statements. Pure. */

/** @import { EventItem, LayerItem, PlaceItem } from "./payload.d.ts" */

import { isPoint } from "./geometry.js";

/**
 * The content of a badge. Its edge is dashed if all of its statements are only possibly in the window.
 * @typedef {{ statements: number, kinds: string[], possible: boolean, key: string }} Badge
 */

/**
 * The badges by place id. Only points have badges, except those of layers without.
 * @param {Map<string, number>} shown ids of the visible statements, with their certainty: 1 possible, 2 certain
 * @param {Map<string, EventItem>} events
 * @param {Map<string, PlaceItem>} places
 * @param {Map<string, LayerItem>} layers
 * @returns {Map<string, Badge>}
 */
export function badgesFor(shown, events, places, layers) {
  /** @type {Map<string, Badge>} */
  const badges = new Map();
  for (const [id, certainty] of shown) {
    const event = events.get(id);
    for (const at of new Set(event?.places.map(([place]) => place))) {
      const place = places.get(at);
      if (!event || !place || !isPoint(place) || layers.get(place.layer)?.badges === false) continue;
      const badge = badges.get(at) ?? { statements: 0, kinds: [], possible: true, key: "" };
      badge.statements += 1;
      if (!badge.kinds.includes(event.kind)) badge.kinds.push(event.kind);
      badge.possible &&= certainty === 1;
      badge.key += `${id}${certainty} `;
      badges.set(at, badge);
    }
  }
  return badges;
}

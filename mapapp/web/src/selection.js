/* The selection, and the places and statements it highlights. */

/** @import { OwnHit } from "./types.d.ts" */

import { changed, eventOf, factOf, state } from "./state.js";

/**
 * The statement or fact with this id.
 * @param {string} id
 */
const statementOf = (id) => (state.events.has(id) ? eventOf(id) : factOf(id));

/**
 * Whether there is a place, statement or fact with this id.
 * @param {string} id
 */
export const isKnown = (id) => state.places.has(id) || state.events.has(id) || state.facts.has(id);

/**
 * The highlighted places: the selected one, or those of the selected statement or fact.
 * @returns {Set<string>}
 */
export function litPlaces() {
  const { id } = state.chosen;
  if (!id) return new Set();
  if (state.places.has(id)) return new Set([id]);
  return new Set(
    statementOf(id)
      .places.map(([place]) => place)
      .filter((place) => state.places.has(place)),
  );
}

/** The places of the selected statement or fact that the map zooms to: its subjects, else its sites, and so on. */
export function mainPlaces() {
  if (!state.chosen.id) return [];
  const links = statementOf(state.chosen.id).places.filter(([id]) => state.places.has(id));
  for (const roles of [["subject"], ["site"], ["part", "about"], ["seat"]]) {
    const found = links.filter(([, role]) => roles.includes(role)).map(([id]) => id);
    if (found.length) return found;
  }
  return [];
}

/** The places that must be visible for the selection. */
export function chosenPlaces() {
  const { id } = state.chosen;
  return id && state.places.has(id) ? [id] : mainPlaces();
}

/**
 * The ids of the statements whose passages are highlighted.
 * @returns {string[]}
 */
export function litEvents() {
  const { id } = state.chosen;
  if (!id) return [];
  if (state.events.has(id)) return [id];
  if (state.facts.has(id)) return factOf(id).explains;
  return (state.atlas.related[id] || []).map(([event]) => event);
}

/**
 * Selects a place, statement or fact; null clears the selection. Returns false if the id is unknown.
 * @param {string | null} id
 * @param {{ here: string[], words?: boolean }} [click] the items at the clicked point, and whether it was a passage
 *   of the article; without a click, the map moves to the place
 */
export function select(id, click) {
  if (id !== null && !isKnown(id)) return false;
  state.chosen = { id, here: click?.here ?? [], words: click?.words ?? false, stay: click !== undefined };
  state.view.selected = id;
  changed("selection");
  return true;
}

/**
 * Selects incidents instead.
 * @param {number[]} incidents rows of the columns
 */
export function openIncidents(incidents) {
  state.chosen = { id: null, here: [], incidents };
  state.view.selected = null;
  changed("incidents");
}

/**
 * Selects a feature of the reader's own layers instead.
 * @param {OwnHit} own
 */
export function openOwn(own) {
  state.chosen = { id: null, here: [], own };
  state.view.selected = null;
  changed("own-card");
}

/** The place to which the incident layer is limited: the selected area or point. */
export function incidentScope() {
  const { id } = state.chosen;
  const place = id === null ? undefined : state.places.get(id);
  return place && !place.geometry.type.includes("Line") ? place.id : null;
}

/* The selection, and the places and statements it highlights. */

import { changed, eventOf, factOf, state } from "./state.js";

/**
 * What lies behind the id that is open, if it is a statement or a fact.
 * @param {string} id
 */
const statementOf = (id) => (state.events.has(id) ? eventOf(id) : factOf(id));

/**
 * Whether an id is that of a place, statement or fact.
 * @param {string} id
 */
export const isKnown = (id) => state.places.has(id) || state.events.has(id) || state.facts.has(id);

/**
 * Places that are lit: the open one, or those of the open statement.
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

/** Where a statement takes the reader: its subjects, then its sites, the wider area, the seats of the parties. */
export function mainPlaces() {
  if (!state.chosen.id) return [];
  const links = statementOf(state.chosen.id).places.filter(([id]) => state.places.has(id));
  for (const roles of [["subject"], ["site"], ["part", "about"], ["seat"]]) {
    const found = links.filter(([, role]) => roles.includes(role)).map(([id]) => id);
    if (found.length) return found;
  }
  return [];
}

/** Places to bring into sight for what is open. */
export function chosenPlaces() {
  const { id } = state.chosen;
  return id && state.places.has(id) ? [id] : mainPlaces();
}

/**
 * Ids of the statements whose passages are lit.
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
 * Opens a place, statement or fact; null closes. False where the id is unknown.
 * @param {string | null} id
 * @param {{ here: string[], words?: boolean }} [click] what lies where the reader clicked, and whether it was on
 *   words of the article; without it, the map goes to the place
 */
export function select(id, click) {
  if (id !== null && !isKnown(id)) return false;
  state.chosen = { id, here: click?.here ?? [], words: click?.words ?? false, stay: click !== undefined };
  state.view.selected = id;
  changed("selection");
  return true;
}

/**
 * Opens incidents instead.
 * @param {number[]} incidents rows of the columns
 */
export function openIncidents(incidents) {
  state.chosen = { id: null, here: [], incidents };
  state.view.selected = null;
  changed("incidents");
}

/** The place that the layer of incidents keeps to: a chosen area or point. */
export function incidentScope() {
  const { id } = state.chosen;
  const place = id === null ? undefined : state.places.get(id);
  return place && !place.geometry.type.includes("Line") ? place.id : null;
}

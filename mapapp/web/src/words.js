/* UI text, formatted dates and localised names. */

/** @import { PlaceItem } from "./payload.d.ts" */

import { DAY } from "./days.js";
import { all } from "./dom.js";
import { layerOf, state } from "./state.js";

/** @type {Intl.PluralRules | undefined} */
let pluralRules;

/** @param {unknown} value */
const filled = (value) => (typeof value === "number" ? value.toLocaleString(state.atlas.locale) : String(value ?? ""));

/**
 * The message for a key, with values filled in and the plural form for the number n. See mapapp/text/messages.py.
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 */
export function words(key, values = {}) {
  const forms = state.atlas.words[key] ?? key;
  if (typeof forms === "string") return forms.replace(/\{(\w+)\}/g, (_, name) => filled(values[name]));
  pluralRules ??= new Intl.PluralRules(state.atlas.locale);
  const message = forms[pluralRules.select(Number(values.n))] ?? key;
  return message.replace(/\{(\w+)\}/g, (_, name) => filled(values[name]));
}

/**
 * A formatted day: d day of the month, m month, y year. The browser's Intl is not used: it takes 15 ms to load.
 * @param {number} day
 * @param {string} [parts]
 */
export function dayWords(day, parts = "d m y") {
  const date = new Date(day * DAY);
  const { months } = state.atlas;
  return parts.replace(/[dmy]/g, (part) =>
    part === "d"
      ? String(date.getUTCDate())
      : part === "m"
        ? months[date.getUTCMonth()]
        : String(date.getUTCFullYear()),
  );
}

/**
 * A formatted period; a single day if both ends are the same.
 * @param {number} first
 * @param {number} last
 */
export function daysWords(first, last) {
  return first === last ? dayWords(first) : `${dayWords(first)} – ${dayWords(last)}`;
}

/**
 * The name of a place or an actor; for any other id, the id itself.
 * @param {string} id
 * @returns {string}
 */
export function nameOf(id) {
  const names = namesOf(id);
  return names[languageIn(names)] ?? id;
}

/**
 * The names of a place on the last day of the window, or of an actor; none for any other id.
 * @param {string} id
 */
function namesOf(id) {
  const place = state.places.get(id);
  const { last } = state.view;
  if (!place) return state.atlas.actors[id] ?? {};
  const dated = place.namesWhen.find(([from, to]) => (from === null || from <= last) && (to === null || to >= last));
  return dated ? dated[2] : place.names;
}

/**
 * The language in which names are shown: the reader's, the same without region or script, or else the first.
 * @param {Record<string, string>} names
 */
function languageIn(names) {
  const wanted = state.view.names;
  const found = [wanted, wanted.split("-")[0] ?? ""].find((tag) => tag in names);
  return found ?? Object.keys(names)[0] ?? "";
}

/**
 * The language in which the name of a place or an actor is shown.
 * @param {string} id
 */
export const languageOf = (id) => languageIn(namesOf(id));

/**
 * Updates names.
 * @param {ParentNode} within
 */
export function renameAll(within) {
  for (const node of all(within, "[data-name]")) {
    const id = node.dataset.name ?? "";
    node.textContent = nameOf(id);
    node.lang = languageOf(id);
  }
}

/**
 * The name on the map; in some layers without what follows its first comma or bracket.
 * @param {PlaceItem} place
 * @param {boolean} whole
 */
export const labelOf = (place, whole) =>
  layerOf(place).short && !whole ? /** @type {string} */ (nameOf(place.id).split(/\s*[,،(]/)[0]) : nameOf(place.id);

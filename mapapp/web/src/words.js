/* UI text, formatted dates and localised names. */

/** @import { PlaceItem } from "./payload.d.ts" */

import { DAY } from "./days.js";
import { all } from "./dom.js";
import { state } from "./state.js";

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
  const place = state.places.get(id);
  const { names: lang, last } = state.view;
  if (!place) return state.atlas.actors[id]?.[lang] ?? id;
  const dated = place.namesWhen.find(([from, to]) => (from === null || from <= last) && (to === null || to >= last));
  return (dated ? dated[2] : place.names)[lang] ?? id;
}

/**
 * Updates names.
 * @param {ParentNode} within
 */
export function renameAll(within) {
  for (const node of all(within, "[data-name]")) {
    node.textContent = nameOf(node.dataset.name ?? "");
    node.lang = state.view.names;
  }
}

/** @param {string} kind */
export const kindWords = (kind) =>
  `place-kind-${kind}` in state.atlas.words ? words(`place-kind-${kind}`) : kind.replaceAll("-", " ");

/**
 * The name on the map: a zone drawn in two depths has one name, without the depth.
 * @param {PlaceItem} place
 * @param {boolean} whole
 */
export const labelOf = (place, whole) =>
  ["dmz", "control"].includes(place.layer) && !whole
    ? /** @type {string} */ (nameOf(place.id).split(/\s*[,،(]/)[0])
    : nameOf(place.id);

/* UI text, formatted dates and localised names. */

/** @import { EventItem, PlaceItem } from "./payload.d.ts" */

import { DAY } from "./days.js";
import { all, make } from "./dom.js";
import { formatted, withDigits } from "./numbers.js";
import { layerOf, state } from "./state.js";

/** A letter of no script that runs from right to left. */
const LEFT_TO_RIGHT = /(?![\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])\p{L}/u;
/** A text that is one isolate already. */
const ISOLATED = /^[\u2066-\u2068][^\u2069]*\u2069$/;
/** @type {Intl.PluralRules | undefined} */
let pluralRules;

/**
 * A number as the language writes it.
 * @param {number} number
 */
export const numberWords = (number) => formatted(number, state.atlas.numbers);

/**
 * A number of a statement, a year or a day: its digits are those of the language, but not grouped.
 * @param {string | number} text
 */
export const digits = (text) => withDigits(String(text), state.atlas.numbers);

/**
 * A value as it is filled in. Between words that run from right to left, others are isolated.
 * @param {unknown} value
 */
function filled(value) {
  if (typeof value === "number") return numberWords(value);
  const text = String(value ?? "");
  return state.atlas.dir === "rtl" && LEFT_TO_RIGHT.test(text) && !ISOLATED.test(text) ? `\u2068${text}\u2069` : text;
}

/**
 * The message for a key, with values filled in and the plural form for the number n. See mapapp/text/messages.py.
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 */
export function words(key, values = {}) {
  const forms = state.atlas.words[key] ?? key;
  if (typeof forms === "string") return forms.replace(/\{(\w+)\}/g, (_, name) => filled(values[name]));
  pluralRules ??= new Intl.PluralRules(state.atlas.language);
  const message = forms[pluralRules.select(Number(values.n))] ?? forms.other ?? key;
  return message.replace(/\{(\w+)\}/g, (_, name) => filled(values[name]));
}

/**
 * A formatted day: d day of the month, m month, y year. The browser's Intl is not used: it takes 15 ms to load.
 * @param {number} day
 * @param {string} [parts]
 */
export function dayWords(day, parts = "d m y") {
  const date = new Date(day * DAY);
  const { months, monthsAfterDay } = state.atlas;
  const names = parts.includes("d") ? monthsAfterDay : months;
  return parts.replace(/[dmy]/g, (part) =>
    part === "m"
      ? /** @type {string} */ (names[date.getUTCMonth()])
      : digits(part === "d" ? date.getUTCDate() : date.getUTCFullYear()),
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
 * A text of the data in the language of the interface, or in the one that stands in for it; empty if there is none.
 * @param {Record<string, string>} texts
 */
export const inLanguage = (texts) => texts[state.atlas.language] ?? Object.values(texts)[0] ?? "";

/**
 * The language of what `inLanguage` returns.
 * @param {Record<string, string>} texts
 */
export const languageOfText = (texts) =>
  state.atlas.language in texts ? state.atlas.language : (Object.keys(texts)[0] ?? "");

/**
 * The title of a statement, marked with its language.
 * @param {EventItem} event
 */
export const statementTitle = ({ title }) => make("span", { lang: languageOfText(title) }, inLanguage(title));

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
  layerOf(place).short && !whole ? /** @type {string} */ (nameOf(place.id).split(/\s*[,،(]/)[0]) : titleOf(place.id);

/** The names that several places have, for each language of names. @type {Map<string, Set<string>>} */
const shared = new Map();

/**
 * The name of a place where it stands alone; that of an area or line has its kind where other places are called the
 * same.
 * @param {string} id
 */
export function titleOf(id) {
  const place = state.places.get(id);
  const name = nameOf(id);
  if (!place || place.geometry.type === "Point" || !isShared(name)) return name;
  return words("name-of-kind", { name, kind: withinSentence(words(`place-kind-${place.kind}`)) });
}

/**
 * A label with a small first letter.
 * @param {string} label
 */
const withinSentence = (label) => label.charAt(0).toLocaleLowerCase(state.atlas.language) + label.slice(1);

/** @param {string} name */
function isShared(name) {
  const { names } = state.view;
  let found = shared.get(names);
  if (!found) {
    const seen = new Set();
    found = new Set();
    for (const id of state.places.keys()) (seen.has(nameOf(id)) ? found : seen).add(nameOf(id));
    shared.set(names, found);
  }
  return found.has(name);
}

/**
 * The name of a speaker: an actor, or the article itself.
 * @param {string} id
 */
export const speakerName = (id) => (id === "article" ? words("the-article") : nameOf(id));

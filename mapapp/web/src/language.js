/* The language of the interface: which one, the choice of another, and its texts in a standalone page.
 *
 * In the app the server sends the texts of one language, and those of another when the address asks for it. A
 * standalone page has the texts of all languages, compressed; it unpacks those of another language before it draws.
 */

/** @import { Opening } from "./payload.d.ts" */

import { asksForNames, link, viewOfAddress, writeView } from "./address_bar.js";
import { inApp } from "./app_requests.js";
import { fragment, make, on } from "./dom.js";
import { state } from "./state.js";
import { words } from "./words.js";

/**
 * The language a standalone page opens in: that of the address, that it was exported in, or the reader's own.
 * @param {Opening} exported
 */
export function languageOfPage(exported) {
  const { interface: known, language } = state.atlas;
  const asked = viewOfAddress().language ?? exported.language;
  if (asked !== null) return asked;
  const preferred = navigator.languages.map((tag) => tag.split("-")[0]);
  return preferred.find((tag) => known.some(([other]) => other === tag)) ?? language;
}

/**
 * Takes over the texts of another language from a standalone page.
 * @param {string} tag
 */
export async function speak(tag) {
  const packed = JSON.parse(document.getElementById("mapapp-languages")?.textContent ?? "{}")[tag];
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const { head, texts } = await new Response(unpacked).json();
  document.querySelector(".page-head")?.replaceWith(fragment(head));
  takeTexts(texts);
  document.title = state.atlas.title;
}

/**
 * What differs from the texts of the page: see mapapp/web/texts.py.
 * @param {Record<string, any>} changes
 */
function takeTexts(changes) {
  const atlas = /** @type {Record<string, any>} */ (state.atlas);
  for (const [key, change] of Object.entries(changes)) {
    const table = atlas[key];
    if (typeof table !== "object" || Array.isArray(table)) atlas[key] = change;
    else for (const [name, text] of Object.entries(change)) table[name] = changed(table[name], text);
  }
}

/**
 * @param {any} own
 * @param {any} change a text, or pieces of HTML with their numbers
 */
function changed(own, change) {
  if (!Array.isArray(change)) return change;
  const pieces = own.split(/(<[^>]*>)/);
  for (const [number, text] of change) pieces[number] = text;
  return pieces.join("");
}

/** Sets the language and the direction of the document. */
export function markDocument() {
  const { language, dir } = state.atlas;
  Object.assign(document.documentElement, { lang: language, dir });
  if (inApp()) window.parent.document.documentElement.lang = language; // whose direction its style sheet sets
}

/** The choice of the language of the interface. */
export function languageChoice() {
  const { interface: known, language } = state.atlas;
  const options = known.map(([tag, name]) =>
    make("option", { value: tag, lang: tag, selected: tag === language }, name),
  );
  const select = make("select", { "data-language": "", "aria-label": words("language") }, ...options);
  return on(select, { change: () => change(select.value) });
}

/**
 * The language of names for a reader of another language: the same, if the map has names in it.
 * @param {string} tag
 */
const namesIn = (tag) => (state.atlas.languages.some(([known]) => known === tag) ? tag : state.view.names);

/** Shows names in the language that the browser prefers, unless the address or the export asks for a language. */
export function followBrowser() {
  const { view, atlas } = state;
  const [[source]] = /** @type {[[string, string]]} */ (atlas.interface);
  if (view.language === null && atlas.language !== source && !asksForNames()) view.names = namesIn(atlas.language);
}

/** @param {string} tag */
function change(tag) {
  Object.assign(state.view, { language: tag, names: namesIn(tag) });
  writeView();
  link(); // writes the address at once
  if (!inApp()) location.reload();
}

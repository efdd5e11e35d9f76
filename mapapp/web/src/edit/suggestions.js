/* The suggestions for the articles, as the server finds them, without those that the author dropped. */

/** @import { ArticleSuggestions, Draft, Mention, Stretch, Suggestions, What } from "./types.d.ts" */

import { desk, placeOfPassage } from "./desk.js";
import { ask, send } from "./server.js";

/** @type {Suggestions & { loaded: boolean }} */
export const suggestions = { articles: {}, dropped: [], without: "", loaded: false };

/** @type {ArticleSuggestions} */
const NONE = { times: [], places: [], speakers: [], kinds: [] };

/** @type {Set<() => void>} */
const listeners = new Set();
/**
 * Registers what is called once the suggestions are there, and whenever they change.
 * @param {() => void} listener
 */
export const whenSuggested = (listener) => listeners.add(listener);

const tell = () => {
  for (const listener of listeners) listener();
};

/** Asks for the suggestions, which take a moment; the panel works before they are there. */
export async function loadSuggestions() {
  Object.assign(suggestions, await ask("suggestions"), { loaded: true });
  document.documentElement.dataset.suggested = "1";
  tell();
}

/**
 * What was not dropped of the suggestions for an article.
 * @param {string} article
 * @returns {ArticleSuggestions}
 */
export function suggestionsFor(article) {
  const found = suggestions.articles[article] ?? NONE;
  /** @type {<M extends Mention>(what: What, mentions: M[]) => M[]} */
  const left = (what, mentions) => mentions.filter((one) => !isDropped(article, what, one));
  return {
    times: left("time", found.times),
    places: left("place", found.places),
    speakers: left("speaker", found.speakers),
    kinds: found.kinds,
  };
}

/**
 * @param {string} article
 * @param {What} what
 * @param {Mention} mention
 */
const isDropped = (article, what, { start, words }) =>
  suggestions.dropped.some(
    (one) => one.article === article && one.what === what && one.start === start && one.words === words,
  );

/**
 * Drops a suggestion for good.
 * @param {string} article
 * @param {What} what
 * @param {Mention} mention
 */
export async function dropSuggestion(article, what, { start, words }) {
  const suggestion = { article, what, start, words };
  suggestions.dropped.push(suggestion);
  await send("drop", { suggestion });
}

/** Suggests again what was dropped. */
export async function restoreDropped() {
  await send("drop", { suggestion: null });
  suggestions.dropped = [];
  tell();
}

/**
 * Where the passages of a statement are.
 * @param {Draft} draft
 * @returns {Stretch[]}
 */
export const stretchesOf = ({ article = "", entry }) =>
  (entry.passages ?? []).flatMap((/** @type {any} */ one) => placeOfPassage(article, one) ?? []);

/** How somebody other than the article says something. */
export const speaking = () => desk.page.speaking;

/* Says in one sentence what has changed, to screen readers, once the reader has made no change for a moment. */

/** @import { Change } from "./types.d.ts" */

import { countWords } from "./article.js";
import { renewPassageStop } from "./article_focus.js";
import { refreshMarks } from "./map_focus.js";
import { $, state } from "./state.js";
import { nameTimeMarks } from "./time_focus.js";
import { daysWords, inLanguage, nameOf, words } from "./words.js";

const SETTLED = 500; // milliseconds without a change

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;
/** What has changed since the last announcement. @type {Set<Change>} */
const changes = new Set();
/** The layers hidden at the last announcement. @type {string[]} */
let hidden = [];

/** Notes what is hidden at the start, which is no change. */
export function beginAnnouncing() {
  hidden = [...state.view.hidden];
  settled();
}

/**
 * Notes a change; what it leads to is named and announced when no further one follows.
 * @param {Change} change
 */
export function announce(change) {
  changes.add(change);
  if (change === "days") changes.delete("step"); // the last step of a drag, or of playing
  noteMove();
}

/** Notes that the map has moved, so that another mark may have to be the tab stop. */
export function noteMove() {
  clearTimeout(waiting);
  waiting = setTimeout(settled, SETTLED);
}

function settled() {
  if (changes.has("step")) return; // the last step is still to come
  refreshMarks();
  nameTimeMarks();
  renewPassageStop();
  const said = [...changes].map(sentenceOf).filter((sentence) => sentence !== null);
  changes.clear();
  // the steps of a story say themselves what they show
  if (said.length && state.view.step === null) $(".announcement").textContent = [...new Set(said)].join(" ");
}

/**
 * @param {Change} change
 * @returns {string | null}
 */
function sentenceOf(change) {
  const { view } = state;
  if (change === "days" || change === "nudge")
    return words("announce-window", { days: daysWords(view.first, view.last), count: countWords() });
  if (["filter", "setting", "reset"].includes(change)) return words("announce-count", { count: countWords() });
  if (change === "layer") return layerSentence();
  if (change === "selection") return selectionSentence();
  return null;
}

/** Which layers were hidden or shown since the last announcement. */
function layerSentence() {
  const before = hidden;
  hidden = [...state.view.hidden];
  const gone = hidden
    .filter((id) => !before.includes(id))
    .map((id) => words("announce-hidden", { layer: layerWords(id) }));
  const back = before
    .filter((id) => !hidden.includes(id))
    .map((id) => words("announce-shown", { layer: layerWords(id) }));
  return [...gone, ...back].join(" ");
}

/** @param {string} id */
const layerWords = (id) => words(`layer-${id}`);

/** What is selected; the cards are not read out, for they may be long. */
function selectionSentence() {
  const { chosen } = state;
  if (chosen.id === null) return words("announce-closed");
  const event = state.events.get(chosen.id);
  const what = event ? inLanguage(event.title) : state.facts.get(chosen.id)?.title;
  return words("announce-selected", { what: what ?? nameOf(chosen.id) });
}

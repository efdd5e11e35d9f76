/* The suggestions that no statement has used yet: underlined in the articles, and listed in the panel, where each is
 * accepted, changed or dropped.
 */

/** @import { Draft, Mention, PlaceSuggestion, SpeakerSuggestion, Stretch, TimeSuggestion, What } from "./types.d.ts" */

import { button, make, on } from "../dom.js";
import { highlight, showStretch } from "./articles.js";
import { desk, entries, entryOf, nameOf, say } from "./desk.js";
import { openForm } from "./form.js";
import { candidateNote } from "./gazetteer.js";
import { shortened } from "./marking.js";
import { newStatement } from "./new_drafts.js";
import { articleLook } from "./passages_field.js";
import { inside, isUsed, placeKey, usePlace, useSpeaker, useTime } from "./prefill.js";
import { fillIn } from "./suggested_fields.js";
import { dropSuggestion, restoreDropped, speaking, stretchesOf, suggestions, suggestionsFor } from "./suggestions.js";

/** @type {What[]} */
const KINDS = ["time", "place", "speaker"];
const PATHS = { time: "when", place: "places", speaker: "said_by" };

/**
 * A suggestion that no statement has used.
 * @typedef {{ what: What, mention: Mention, article: string, sentence: Stretch }} Unused
 */

/** All of them, in the order of the text. @returns {Unused[]} */
function unused() {
  return Object.keys(desk.page.articles).flatMap((article) => {
    const found = suggestionsFor(article);
    const statements = entries("event").filter((raw) => raw.article === article);
    const placed = statements.map((raw) => ({ entry: raw.entry, stretches: stretchesOf({ kind: "event", ...raw }) }));
    const lists = { time: found.times, place: found.places, speaker: found.speakers };
    return (desk.state.coverage[article] ?? []).flatMap(([start, end]) => {
      const sentence = { article, start, end };
      const here = KINDS.flatMap((what) =>
        inside(/** @type {Mention[]} */ (lists[what]), [sentence]).map((mention) => ({
          what,
          mention,
          article,
          sentence,
        })),
      );
      return here
        .filter(
          ({ what, mention }) =>
            !placed.some((one) => covers(one.stretches, mention) && isUsed(what, mention, one.entry)),
        )
        .sort((a, b) => a.mention.start - b.mention.start);
    });
  });
}

/** @param {Stretch[]} stretches @param {Mention} mention */
const covers = (stretches, mention) => inside([mention], stretches).length > 0;

/** Underlines in the articles what no statement has used. */
export function markUnused() {
  const all = unused();
  for (const what of KINDS)
    highlight(
      `edit-suggested-${what}`,
      all
        .filter((one) => one.what === what)
        .map(({ article, mention }) => ({ article, start: mention.start, end: mention.end })),
    );
}

/** The list, in a part that can be closed; nothing if there is nothing to suggest. */
export function suggestionList() {
  const all = unused();
  const { dropped, without, loaded } = suggestions;
  if (!loaded) return [];
  const note = without ? [make("p", { class: "edit-help" }, say("without-gazetteer", { reason: without }))] : [];
  if (!all.length && !dropped.length) return note;
  const rows = make("ul", { class: "edit-list edit-suggestion-list" }, ...all.map(row));
  on(rows, { keydown: onKey, focusout: () => highlight("edit-current", []) });
  const list = make(
    "details",
    { class: "edit-suggestions" },
    make("summary", {}, say("suggestions"), " ", make("span", { class: "n" }, String(all.length))),
    make("p", { class: "edit-help" }, say("suggestions-underlined"), ...KINDS.flatMap((what) => [" ", keyOf(what)])),
    rows,
    dropped.length
      ? button({ class: "edit-add" }, () => restoreDropped(), say("restore-dropped", { n: dropped.length }))
      : null,
  );
  return [...note, list];
}

/** @param {What} what */
const keyOf = (what) => make("span", { class: `edit-key key-${what}` }, say(`key-${what}`));

/** @param {Unused} one */
function row(one) {
  const { what, mention, article } = one;
  const { language, dir } = articleLook(article);
  const words = shortened(mention.words);
  /** @param {string} text @param {() => void} click */
  const act = (text, click) =>
    button(
      { class: "edit-small", "aria-label": say(`${text}-named`, { words }), "data-act": text },
      click,
      say(`${text}-it`),
    );
  const node = make(
    "li",
    {},
    make("span", { class: `edit-key key-${what}`, lang: language, dir }, words),
    make("span", { class: "edit-note" }, `${say(`key-${what}`)}: ${meaning(one)}`),
    make(
      "span",
      { class: "edit-row" },
      act("take", () => openFor(one, true)),
      act("change", () => openFor(one, false)),
      act("drop", () => drop(one, node)),
    ),
  );
  return on(node, {
    focusin: () => {
      const stretch = { article, start: mention.start, end: mention.end };
      highlight("edit-current", [stretch]);
      showStretch(stretch);
    },
  });
}

/** What a suggestion says. @param {Unused} one */
function meaning({ what, mention }) {
  if (what === "time") return /** @type {TimeSuggestion} */ (mention).reading;
  if (what === "speaker") {
    const [actor] = /** @type {SpeakerSuggestion} */ (mention).actors;
    const raw = actor ? entryOf("actor", actor) : null;
    return raw ? nameOf(raw.entry) : say("not-in-folder");
  }
  const { candidates, all } = /** @type {PlaceSuggestion} */ (mention);
  const [likely] = candidates;
  if (all) return say("all-of-them", { n: candidates.length });
  if (!likely) return "";
  const raw = likely.own ? entryOf("place", likely.id) : null;
  return raw ? nameOf(raw.entry) : `${likely.name} (${candidateNote(likely)})`;
}

/**
 * Opens the statement that a suggestion belongs in, or a new one of its sentence.
 * @param {Unused} one
 * @param {boolean} isAccepted whether it is taken as it is
 */
function openFor({ what, mention, article, sentence }, isAccepted) {
  const raw = entries("event").find(
    (other) => other.article === article && covers(stretchesOf({ kind: "event", ...other }), mention),
  );
  /** @type {Draft} */
  const draft = raw
    ? structuredClone({ kind: /** @type {const} */ ("event"), was: raw.entry.id, ...raw })
    : newStatement(sentence);
  fillIn(draft);
  const key = use(draft, what, mention);
  if (isAccepted && key) delete draft.suggested?.[key];
  openForm(draft);
  const part = desk.panel.querySelector(`[data-path="${PATHS[what]}"]`);
  const control = key && !isAccepted ? part?.querySelector(`[data-suggested="${CSS.escape(key)}"] button`) : null;
  /** @type {HTMLElement | null | undefined} */ (
    control ?? part?.querySelector(".edit-offers button, input, select")
  )?.focus();
}

/**
 * Puts a suggestion into a statement where it replaces nothing and is not one of several; returns its key if it is in.
 * @param {Draft} draft
 * @param {What} what
 * @param {Mention} mention
 */
function use(draft, what, mention) {
  const { entry } = draft;
  if (what === "time") {
    const time = /** @type {TimeSuggestion} */ (mention);
    if (!entry.when?.edtf) useTime(draft, time);
    return entry.when?.edtf === time.edtf && entry.when?.text === time.words ? "when" : null;
  }
  if (what === "speaker") {
    const [actor] = /** @type {SpeakerSuggestion} */ (mention).actors;
    if (actor && (entry.said_by ?? "article") === "article") useSpeaker(draft, mention, actor, speaking());
    return actor && entry.said_by === actor ? "said_by" : null;
  }
  const { candidates, all } = /** @type {PlaceSuggestion} */ (mention);
  const [likely] = candidates;
  if (!likely?.own || all) return null;
  usePlace(draft, mention, likely.id, likely.class);
  return placeKey(likely.id);
}

/**
 * @param {Unused} one
 * @param {HTMLElement} node
 */
function drop({ what, mention, article }, node) {
  const next = node.nextElementSibling ?? node.previousElementSibling;
  dropSuggestion(article, what, mention);
  node.remove();
  markUnused();
  const count = desk.panel.querySelector(".edit-suggestions .n");
  if (count) count.textContent = String(unused().length);
  /** @type {HTMLElement | null | undefined} */ (
    next?.querySelector("[data-act='drop']") ?? desk.panel.querySelector(".edit-suggestions summary")
  )?.focus();
}

/** Arrow keys go from row to row; Delete drops. @param {KeyboardEvent} event */
function onKey(event) {
  const { key, target } = event;
  const node = /** @type {HTMLElement} */ (target);
  const here = node.closest("li");
  if (key === "Delete")
    /** @type {HTMLElement | null | undefined} */ (here?.querySelector("[data-act='drop']"))?.click();
  else if (key === "ArrowDown" || key === "ArrowUp") {
    const next = key === "ArrowDown" ? here?.nextElementSibling : here?.previousElementSibling;
    /** @type {HTMLElement | null | undefined} */ (next?.querySelector(`[data-act="${node.dataset.act}"]`))?.focus();
  } else return;
  event.preventDefault();
}

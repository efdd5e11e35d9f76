/* Suggestions in the form of a statement: which values were suggested, and what else is found in its words. */

/** @import { Slot } from "./slots.js" */
/** @import { Draft, Mention, PlaceSuggestion, SpeakerSuggestion, TimeSuggestion, What } from "./types.d.ts" */

import { button, make } from "../dom.js";
import { entryOf, nameOf, say } from "./desk.js";
import { candidateButtons } from "./gazetteer.js";
import { shortened } from "./marking.js";
import { newActor, newPlace } from "./new_drafts.js";
import { signButton } from "./pick.js";
import { forgets, inside, isUsed, prefill, recognise, unuse, usePlace, useSpeaker, useTime } from "./prefill.js";
import { dropSuggestion, speaking, stretchesOf, suggestions, suggestionsFor } from "./suggestions.js";

/**
 * Fills a new statement with what is suggested for its first words, once; of a draft, notes what was suggested.
 * @param {Draft} draft
 */
export function fillIn(draft) {
  const stretches = stretchesOf(draft);
  if (draft.kind !== "event" || !suggestions.loaded || draft.suggested || !stretches.length) return;
  const found = suggestionsFor(draft.article ?? "");
  if (!draft.was) prefill(draft, found, stretches, speaking());
  else if (draft.entry.draft) recognise(draft, found, stretches);
}

/**
 * Says that a value was suggested, with buttons to accept and to drop it; null if it was not.
 * @param {Slot} slot
 * @param {string} key
 */
export function suggestedNote({ draft, change, redraw }, key) {
  const note = draft.suggested?.[key];
  if (!note) return null;
  const { words, start, what, rule } = note;
  const accept = () => {
    delete draft.suggested?.[key];
    change();
    redraw();
  };
  const drop = () => {
    unuse(draft, key);
    if (what && start !== undefined) dropSuggestion(draft.article ?? "", what, { start, end: start, words });
    change();
    redraw();
  };
  return make(
    "p",
    { class: "edit-suggested", "data-suggested": key, title: rule },
    make("span", {}, words ? say("suggested-from", { words: shortened(words) }) : say("suggested")),
    signButton("✓", say("accept-suggestion", { words }), accept),
    signButton("×", say("drop-suggestion", { words }), drop),
  );
}

/**
 * Forgets that values were suggested which the author has changed.
 * @param {Draft} draft
 * @param {HTMLElement} form
 */
export function forgetChanged(draft, form) {
  for (const key of forgets(draft)) form.querySelector(`[data-suggested="${CSS.escape(key)}"]`)?.remove();
}

/**
 * What else is suggested for the words of a statement, each with buttons to use and to drop it; null if nothing is.
 * @param {Slot} slot
 * @param {What} what
 */
export function offers(slot, what) {
  const { draft, change, redraw } = slot;
  if (draft.kind !== "event") return null;
  const found = suggestionsFor(draft.article ?? "");
  const mentions = inside(/** @type {Mention[]} */ (found[LISTS[what]]), stretchesOf(draft));
  const unused = mentions.filter((one) => !isUsed(what, one, draft.entry));
  if (!unused.length) return null;
  /** @param {() => void} use */
  const using = (use) => () => {
    use();
    change();
    redraw();
  };
  const rows = unused.map((one) =>
    make(
      "li",
      {},
      make("span", { class: "edit-offered" }, `“${shortened(one.words)}”`),
      ...ways[what](slot, /** @type {any} */ (one), using),
      signButton(
        "×",
        say("drop-suggestion", { words: one.words }),
        using(() => dropSuggestion(draft.article ?? "", what, one)),
      ),
    ),
  );
  return make("ul", { class: "edit-offers", "aria-label": say(`offered-${what}`) }, ...rows);
}

const LISTS = /** @type {const} */ ({ time: "times", place: "places", speaker: "speakers" });

/** The ways to use a suggestion of each kind, as buttons. */
const ways = {
  /** @param {Slot} slot @param {TimeSuggestion} one @param {(use: () => void) => () => void} using */
  time: ({ draft }, one, using) => [
    useButton(
      one.words,
      one.reading,
      using(() => take(draft, "when", () => useTime(draft, one))),
    ),
  ],
  /** @param {Slot} slot @param {SpeakerSuggestion} one @param {(use: () => void) => () => void} using */
  speaker: ({ draft, open }, one, using) =>
    one.actors.length
      ? one.actors.map((id) =>
          useButton(
            one.words,
            nameIn("actor", id),
            using(() => take(draft, "said_by", () => useSpeaker(draft, one, id, speaking()))),
          ),
        )
      : [button({ class: "edit-small" }, () => open(newActor(one.words, draft, one)), say("make-actor"))],
  /** @param {Slot} slot @param {PlaceSuggestion} one @param {(use: () => void) => () => void} using */
  place: (slot, one, using) => placeWays(slot, one, using),
};

/** @param {Slot} slot @param {PlaceSuggestion} one @param {(use: () => void) => () => void} using */
function placeWays({ draft, open }, one, using) {
  const done = using(() => {});
  const own = one.candidates.filter((candidate) => candidate.own);
  if (one.all)
    return [
      useButton(
        one.words,
        say("all-of-them", { n: own.length }),
        using(() => {
          for (const { id } of own) take(draft, `place ${id}`, () => usePlace(draft, one, id, ""));
        }),
      ),
    ];
  return [
    ...own.map((candidate) =>
      useButton(
        one.words,
        nameIn("place", candidate.id),
        using(() => take(draft, `place ${candidate.id}`, () => usePlace(draft, one, candidate.id, candidate.class))),
      ),
    ),
    ...(own.length ? [] : candidateButtons(draft, one, one.candidates, open, done)),
    ...(own.length ? [] : [button({ class: "edit-small" }, () => open(newPlace(one.words, draft)), say("make-place"))]),
  ];
}

/**
 * Uses a suggestion that the author chose: it is no longer one.
 * @param {Draft} draft
 * @param {string} key
 * @param {() => void} use
 */
function take(draft, key, use) {
  use();
  delete draft.suggested?.[key];
}

/** @param {"place" | "actor"} kind @param {string} id */
function nameIn(kind, id) {
  const raw = entryOf(kind, id);
  return raw ? nameOf(raw.entry) : id;
}

/** @param {string} words @param {string} value @param {() => void} use */
const useButton = (words, value, use) =>
  button({ class: "edit-small", dir: "auto", "aria-label": say("use-suggestion", { words, value }) }, use, value);

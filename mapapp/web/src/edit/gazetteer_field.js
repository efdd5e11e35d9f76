/* The search of the form of a new place: first among the folder's own places, then in the gazetteer. */

/** @import { Draft } from "./types.d.ts" */
/** @import { Option } from "./pick.js" */

import { make } from "../dom.js";
import { announce } from "./announce.js";
import { desk, entryOf, nameOf, say } from "./desk.js";
import { candidateNote, readyPlace, sourceOperation } from "./gazetteer.js";
import { stopDrawing } from "./geometry_field.js";
import { matching, pick, plain } from "./pick.js";
import { usePlace } from "./prefill.js";
import { ask } from "./server.js";
import { optionsFor } from "./slots.js";
import { suggestions } from "./suggestions.js";

const MOST_OWN = 5;

/**
 * @param {Draft} draft
 * @param {(draft: Draft) => void} open opens the form of another entry
 * @param {() => void} changed
 */
export function gazetteerField(draft, open, changed) {
  if (suggestions.without)
    return make("p", { class: "edit-help" }, say("without-gazetteer", { reason: suggestions.without }));
  const label = say("find-in-gazetteer");
  return make(
    "div",
    { class: "edit-field edit-gazetteer" },
    make("p", { class: "edit-label", "aria-hidden": "true" }, label),
    pick({ label, options: (text) => options(text, draft, open, changed), choose: () => {} }),
    make("p", { class: "edit-help" }, say("help-gazetteer")),
  );
}

/**
 * @param {string} text
 * @param {Draft} draft
 * @param {(draft: Draft) => void} open
 * @param {() => void} changed
 * @returns {Option[] | Promise<Option[]>}
 */
function options(text, draft, open, changed) {
  const wanted = text.trim();
  if (!wanted) return [];
  const begins = (/** @type {Option} */ { label }) => Number(plain(label).startsWith(plain(wanted)));
  const own = matching(optionsFor("place"), wanted)
    .sort((a, b) => begins(b) - begins(a))
    .slice(0, MOST_OWN)
    .map((option) => ({
      ...option,
      note: say("own-place", { layer: option.note }),
      take: () => takeOwn(option.value, draft, open),
    }));
  return found(wanted, draft, changed).then((others) => [...own, ...others]);
}

/**
 * @param {string} text
 * @param {Draft} draft
 * @param {() => void} changed
 * @returns {Promise<Option[]>}
 */
async function found(text, draft, changed) {
  const answer = await ask("gazetteer", { text });
  return answer.found.map((/** @type {import("./types.d.ts").Candidate} */ candidate) => ({
    value: candidate.id,
    label: candidate.name,
    note: candidateNote(candidate),
    take: async () => {
      const ready = await readyPlace(candidate).catch(() => null);
      if (!ready) return announce(say("failed"));
      stopDrawing();
      const { layer, entry, geometry } = ready;
      Object.assign(draft, { layer, geometry, entry: { ...draft.entry, ...entry }, needs: [sourceOperation(ready)] });
      desk.map.setView([candidate.lat ?? 0, candidate.lon ?? 0], Math.max(desk.map.getZoom(), 8), { animate: false });
      changed();
    },
  }));
}

/**
 * Takes a place of the folder: into the statement that the new one was for, or its own form.
 * @param {string} id
 * @param {Draft} draft
 * @param {(draft: Draft) => void} open
 */
function takeOwn(id, { back }, open) {
  const raw = entryOf("place", id);
  if (!raw) return;
  if (!back) return open(structuredClone({ kind: "place", was: id, ...raw }));
  usePlace(back.draft, { start: 0, end: 0, words: back.words ?? nameOf(raw.entry) }, id, "");
  delete back.draft.suggested?.[`place ${id}`];
  open(back.draft);
}

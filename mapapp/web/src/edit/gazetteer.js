/* Places of the gazetteer: how they are listed, and what becomes of one that the author chooses. */

/** @import { Candidate, Draft, Entry, Mention, ReadyPlace } from "./types.d.ts" */

import { button, make } from "../dom.js";
import { announce } from "./announce.js";
import { entryOf, idFrom, nameOf, say } from "./desk.js";
import { newPlace } from "./new_drafts.js";
import { usePlace } from "./prefill.js";
import { ask } from "./server.js";

const MOST = 5; // candidates that are listed

/** What tells a place from others of its name. @param {Candidate} candidate */
export function candidateNote({ class: featureClass, country, population, km, source }) {
  const parts = [
    say(`class-${featureClass || "L"}`),
    country,
    population ? say("people", { n: population.toLocaleString("en") }) : "",
    km === null ? "" : say("km-away", { n: Math.round(km).toLocaleString("en") }),
    source,
  ];
  return parts.filter(Boolean).join(" · ");
}

/**
 * A place of the gazetteer as the folder would have it.
 * @param {Candidate} candidate
 * @returns {Promise<ReadyPlace>}
 */
export const readyPlace = ({ id, name }) => ask("gazetteer-place", { id, name });

/** What writes the source of a place. @param {ReadyPlace} ready */
export const sourceOperation = ({ source }) => ({ do: "put", kind: "source", entry: source });

/**
 * Buttons that make a place of a candidate, and put it into a statement; both are saved together with it.
 * @param {Draft} draft
 * @param {Mention} mention
 * @param {Candidate[]} candidates
 * @param {(place: Draft) => void} open opens the form of a place of which something is not known
 * @param {() => void} done
 */
export function candidateButtons(draft, mention, candidates, open, done) {
  return candidates.slice(0, MOST).map((candidate) => {
    const take = async () => {
      const ready = await readyPlace(candidate).catch(() => null);
      if (!ready) return announce(say("failed"));
      if (!ready.isComplete) return open(placeFrom(ready, mention.words, draft));
      usePlace(draft, mention, addNeeded(draft, ready), candidate.class);
      done();
    };
    const note = candidateNote(candidate);
    return button(
      {
        class: "edit-candidate",
        dir: "auto",
        "aria-label": `${say("use-suggestion", { words: mention.words, value: candidate.name })}, ${note}`,
      },
      take,
      candidate.name,
      make("span", { class: "edit-note" }, note),
    );
  });
}

/**
 * The draft of a place that is filled in as far as the gazetteer knows it.
 * @param {ReadyPlace} ready
 * @param {string} words
 * @param {Draft} [statement]
 * @returns {Draft}
 */
function placeFrom(ready, words, statement) {
  const { layer, entry, geometry } = ready;
  const draft = newPlace(words, statement);
  return { ...draft, layer, geometry, entry: { ...draft.entry, ...entry }, needs: [sourceOperation(ready)] };
}

/**
 * Notes in a statement that a place is made with it, and returns the id of the place.
 * @param {Draft} draft
 * @param {ReadyPlace} ready
 */
function addNeeded(draft, ready) {
  const { layer, entry, geometry } = ready;
  const taken = neededPlaces(draft).map((one) => one.id);
  const same = neededPlaces(draft).find((one) => one.geonames && one.geonames === entry.geonames);
  if (same) return same.id;
  const stem = idFrom(nameOf({ id: "", names: entry.names }), "place");
  let id = stem;
  for (let number = 2; taken.includes(id); number++) id = `${stem}-${number}`;
  const properties = { id, ...entry };
  draft.needs = [
    ...(draft.needs ?? []),
    sourceOperation(ready),
    { do: "put", kind: "place", layer, entry: { type: "Feature", id, properties, geometry } },
  ];
  return id;
}

/** The places that are saved with a statement. @param {Draft} draft @returns {Entry[]} */
export const neededPlaces = ({ needs }) =>
  (needs ?? []).filter(({ kind }) => kind === "place").map(({ entry }) => entry.properties);

/**
 * Notes in a statement that a draft place is accepted with it.
 * @param {Draft} draft
 * @param {string} id
 */
export function acceptPlace(draft, id) {
  const raw = entryOf("place", id);
  if (!raw) return;
  const { draft: _draft, ...properties } = raw.entry;
  const entry = { type: "Feature", id, properties, geometry: raw.geometry };
  draft.needs = [...(draft.needs ?? []), { do: "put", kind: "place", layer: raw.layer, entry }];
}

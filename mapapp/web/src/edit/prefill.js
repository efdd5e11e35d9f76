/* What the rules suggest for the words of a statement: values for the fields of its form, and which of them a person
 * has not used yet. A value that is filled in is noted in the draft as suggested, until it is accepted or changed.
 */

/** @import { ArticleSuggestions, Draft, Entry, Mention, PlaceSuggestion, SpeakerSuggestion, Stretch, TimeSuggestion,
 *   What } from "./types.d.ts"
 */

import { desk } from "./desk.js";

/** What a suggestion is for: the key under which it is noted in a draft. @param {string} id */
export const placeKey = (id) => `place ${id}`;

/**
 * The suggestions in some stretches of an article.
 * @template {Mention} M
 * @param {M[]} mentions
 * @param {Stretch[]} stretches
 */
export const inside = (mentions, stretches) =>
  mentions.filter((one) => stretches.some(({ start, end }) => start <= one.start && one.end <= end));

/** @param {string | undefined} one @param {string} other */
const alike = (one, other) => (one ? one.includes(other) || other.includes(one) : false);

/**
 * Whether a statement says already what a suggestion within its passages says.
 * @param {What} what
 * @param {any} mention
 * @param {Entry} entry
 */
export function isUsed(what, mention, entry) {
  if (what === "time") return [entry.when?.text, entry.said?.text].some((text) => alike(text, mention.words));
  if (what === "place") {
    const own = /** @type {PlaceSuggestion} */ (mention).candidates.filter((one) => one.own).map(({ id }) => id);
    return (entry.places ?? []).some(
      (/** @type {Entry} */ link) => alike(link.words, mention.words) || own.includes(link.id),
    );
  }
  const { actors } = /** @type {SpeakerSuggestion} */ (mention);
  if (!actors.length) return (entry.said_by ?? "article") !== "article";
  return actors.some((id) => [entry.said_by, entry.via, ...(entry.actors ?? [])].includes(id));
}

/**
 * Fills the empty fields of a new statement with what is suggested for its words, and notes what was filled in.
 * @param {Draft} draft
 * @param {ArticleSuggestions} found without what was dropped
 * @param {Stretch[]} stretches those of its passages
 * @param {string[]} speaking how somebody other than the article says something
 */
export function prefill(draft, found, stretches, speaking) {
  const { entry } = draft;
  draft.suggested ??= {};
  fillTime(draft, inside(found.times, stretches));
  fillSpeaker(draft, inside(found.speakers, stretches), speaking);
  if (!entry.places?.length) for (const one of inside(found.places, stretches)) fillPlace(draft, one);
  const kinds = new Set(
    inside(/** @type {any[]} */ (found.kinds), [...wide(stretches, found)]).map(({ kind }) => kind),
  );
  const [kind] = kinds;
  if (!entry.kind && kinds.size === 1 && kind) {
    entry.kind = kind;
    draft.suggested.kind = { words: "", value: kind };
  }
}

/**
 * The sentences that some stretches are in, of which a kind may be suggested.
 * @param {Stretch[]} stretches
 * @param {ArticleSuggestions} found
 * @returns {Stretch[]}
 */
const wide = (stretches, { kinds }) =>
  kinds
    .filter((one) => stretches.some(({ start, end }) => start < one.end && one.start < end))
    .map(({ start, end }) => ({ article: "", start, end }));

/**
 * @param {Draft} draft
 * @param {TimeSuggestion[]} times
 */
function fillTime(draft, times) {
  const { entry } = draft;
  const [time] = times;
  if (time && !entry.when?.edtf && !entry.when?.text) useTime(draft, time);
}

/**
 * Gives a statement a suggested time. One that was read needs a note, which is why it was read so.
 * @param {Draft} draft
 * @param {TimeSuggestion} time
 */
export function useTime(draft, time) {
  const { entry } = draft;
  draft.suggested ??= {};
  entry.when = { edtf: time.edtf, text: time.words, ...(time.basis === "words" ? {} : { basis: time.basis }) };
  draft.suggested.when = { words: time.words, value: time.edtf, start: time.start, what: "time", rule: time.rule };
  if (time.basis !== "read" || entry.note) return;
  entry.note = time.rule;
  draft.suggested.note = { words: time.words, value: time.rule };
}

/**
 * @param {Draft} draft
 * @param {SpeakerSuggestion[]} speakers
 * @param {string[]} speaking
 */
function fillSpeaker(draft, speakers, speaking) {
  const known = speakers.find(({ actors }) => actors.length);
  if (known && (draft.entry.said_by ?? "article") === "article")
    useSpeaker(draft, known, known.actors[0] ?? "", speaking);
}

/**
 * @param {Draft} draft
 * @param {Mention} mention
 * @param {string} actor
 * @param {string[]} speaking
 */
export function useSpeaker(draft, mention, actor, speaking) {
  const { entry } = draft;
  draft.suggested ??= {};
  const before = { said_by: entry.said_by ?? "article", modality: entry.modality };
  entry.said_by = actor;
  if (!speaking.includes(entry.modality)) entry.modality = speaking[0] ?? entry.modality;
  if (!(entry.actors ?? []).includes(actor)) entry.actors = [...(entry.actors ?? []), actor];
  draft.suggested.said_by = { words: mention.words, value: actor, start: mention.start, what: "speaker", before };
}

/**
 * Links the likeliest place, if it is one of the folder.
 * @param {Draft} draft
 * @param {PlaceSuggestion} mention
 */
function fillPlace(draft, mention) {
  const [likely] = mention.candidates;
  if (likely?.own && !mention.all) usePlace(draft, mention, likely.id, likely.class ?? "");
}

/** Whether a link only says that no place has been chosen yet. @param {Entry} link */
const isPlaceholder = ({ words, note }) => !words && note !== undefined && note === desk.page?.noPlace;

/**
 * Links a place in the words of a suggestion; the first settlement is where it happened.
 * @param {Draft} draft
 * @param {Mention} mention
 * @param {string} id
 * @param {string} featureClass
 */
export function usePlace(draft, mention, id, featureClass) {
  const { entry } = draft;
  const links = /** @type {Entry[]} */ (entry.places ?? []).filter((link) => !isPlaceholder(link));
  if (links.some((link) => link.id === id)) return;
  draft.suggested ??= {};
  const role = featureClass === "P" && !links.some((link) => link.role === "site") ? "site" : "about";
  entry.places = [...links, { id, role, words: mention.words }];
  draft.suggested[placeKey(id)] = { words: mention.words, value: id, start: mention.start, what: "place" };
}

/**
 * Takes a suggested value out again.
 * @param {Draft} draft
 * @param {string} key
 */
export function unuse(draft, key) {
  const { entry, suggested } = draft;
  const note = suggested?.[key];
  if (!note) return;
  delete suggested[key];
  if (key === "when") entry.when = {};
  else if (key === "said_by") {
    Object.assign(entry, note.before);
    entry.actors = (entry.actors ?? []).filter((/** @type {string} */ id) => id !== note.value);
  } else if (key.startsWith("place "))
    entry.places = (entry.places ?? []).filter((/** @type {Entry} */ link) => link.id !== note.value);
  else entry[key] = "";
}

/**
 * Notes what the draft of a program holds as it is suggested, so that the form can say so.
 * @param {Draft} draft
 * @param {ArticleSuggestions} found
 * @param {Stretch[]} stretches
 */
export function recognise(draft, found, stretches) {
  const { entry } = draft;
  draft.suggested = {};
  const { edtf, text } = entry.when ?? {};
  const time = inside(found.times, stretches).find((one) => one.edtf === edtf && one.words === text);
  if (time) draft.suggested.when = { words: text, value: edtf, start: time.start, what: "time", rule: time.rule };
  for (const link of /** @type {Entry[]} */ (entry.places ?? [])) {
    const mention = inside(found.places, stretches).find(({ words }) => words === link.words);
    if (mention)
      draft.suggested[placeKey(link.id)] = {
        words: mention.words,
        value: link.id,
        start: mention.start,
        what: "place",
      };
  }
}

/**
 * Forgets that values were suggested which are no longer the same, and returns their keys.
 * @param {Draft} draft
 */
export function forgets({ suggested, entry }) {
  const changed = Object.entries(suggested ?? {}).flatMap(([key, { value }]) =>
    isStill(entry, key, value) ? [] : [key],
  );
  for (const key of changed) delete suggested?.[key];
  return changed;
}

/**
 * @param {Entry} entry
 * @param {string} key
 * @param {any} value
 */
function isStill(entry, key, value) {
  if (key === "when") return entry.when?.edtf === value;
  if (key.startsWith("place ")) return (entry.places ?? []).some((/** @type {Entry} */ link) => link.id === value);
  return entry[key] === value;
}

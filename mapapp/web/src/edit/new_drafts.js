/* Drafts of new entries, with what is already known about them. */

/** @import { Draft, Kind, Mention, Stretch } from "./types.d.ts" */

import { byParagraph, passageOf } from "./articles.js";
import { desk, freeSlot, marked } from "./desk.js";

/**
 * @param {Stretch | null} stretch the words it begins with
 * @returns {Draft}
 */
export function newStatement(stretch) {
  const article = stretch?.article ?? Object.keys(desk.page.articles)[0] ?? "";
  const passages = stretch ? byParagraph(stretch).map(passageOf) : [];
  const [modality] = Object.keys(desk.page.vocabularies.modalities ?? {});
  return {
    kind: "event",
    slot: freeSlot(),
    article,
    entry: { id: "", title: "", said_by: "article", modality, when: {}, passages, places: [] },
  };
}

/**
 * @param {string} name
 * @param {Draft} [statement] the statement it is for, which is written again afterwards
 * @returns {Draft}
 */
export function newPlace(name, statement) {
  const first = desk.page.languages[0] ?? "";
  const layer = desk.page.layers.find(({ shapes, group }) => shapes.includes("point") && group !== "base");
  return {
    kind: "place",
    slot: freeSlot(),
    layer: layer?.id ?? desk.page.layers[0]?.id ?? "",
    entry: { id: "", names: { [first]: name }, valid: "../..", note: "" },
    ...(statement ? { back: { draft: statement, words: name || undefined } } : {}),
  };
}

/**
 * @param {string} name
 * @param {Draft} statement the one that it speaks in, which is written again afterwards
 * @param {Mention} mention the words that name it
 * @returns {Draft}
 */
export function newActor(name, statement, mention) {
  const first = desk.page.languages[0] ?? "";
  return {
    kind: "actor",
    entry: { id: "", names: { [first]: name } },
    back: { draft: statement, words: name, mention },
  };
}

/**
 * @param {Kind} kind
 * @returns {Draft}
 */
export function newDraft(kind) {
  if (kind === "event") return newStatement(marked.stretch);
  if (kind === "place") return newPlace("");
  if (kind === "background") return { kind, slot: freeSlot(), entry: { id: "", text: "", when: {}, sources: [] } };
  if (kind === "actor") return { kind, slot: freeSlot(), entry: { id: "", names: {} } };
  return { kind, slot: freeSlot(), entry: { id: "", title: "", date: "", leaning: "" } };
}

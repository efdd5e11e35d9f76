/* Two versions of one entry: that on disk, which was changed since its form was opened, and that in the form. */

/** @import { Draft, Entry, Field, Raw } from "./types.d.ts" */

import { button, make } from "../dom.js";
import { cleaned, desk, ownWords, say } from "./desk.js";
import { languageName } from "./names_field.js";
import { labelOf, optionsOf } from "./slots.js";

/**
 * One value of an entry, and the object of a version that holds it.
 * @typedef {{ field: Field, holder: (raw: Raw) => Entry }} Part
 */
/**
 * The version on disk; null if the entry is no longer there.
 * @typedef {{ theirs: Raw | null }} Conflict
 */

/** @param {string} name @returns {Field} */
const plainField = (name) => ({
  ...{ name, kind: "text", many: false, required: false, blank: false, refers: "", choices: [], fields: [] },
});

/**
 * A value whose keys are in one order, without what is empty.
 * @param {any} value
 * @returns {any}
 */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

/** @param {unknown} one @param {unknown} other */
const same = (one, other) =>
  JSON.stringify(sorted(cleaned({ _: one }))) === JSON.stringify(sorted(cleaned({ _: other })));

/**
 * The values in which versions of an entry can differ.
 * @param {Draft} draft
 * @param {Raw[]} versions
 * @returns {Part[]}
 */
function partsOf({ kind }, versions) {
  const known = desk.page.forms[kind];
  const others = new Set(versions.flatMap(({ entry }) => Object.keys(entry)));
  for (const { name } of known) others.delete(name);
  const sourceKeys = [...new Set(versions.flatMap(({ source }) => Object.keys(source ?? {})))];
  /** @type {(field: Field) => Part} */
  const ofEntry = (field) => ({ field, holder: (raw) => raw.entry });
  /** @type {(name: string) => Part} */
  const ofPlace = (name) => ({ field: plainField(name), holder: (raw) => /** @type {Entry} */ (raw) });
  return [
    ...known.map(ofEntry),
    ...(kind === "place" ? ["layer", "geometry"].map(ofPlace) : []),
    ...[...others].map(plainField).map(ofEntry),
    ...sourceKeys.map((name) => ({ field: plainField(name), holder: (/** @type {Raw} */ raw) => raw.source ?? {} })),
  ];
}

/** @param {Part} part @param {Raw} one @param {Raw} other */
const sameIn = ({ field, holder }, one, other) => same(holder(one)[field.name], holder(other)[field.name]);

/**
 * Whether a draft is what its entry was when the form was opened, and nothing was put aside in it.
 * @param {Draft} draft
 */
export function isUnchanged(draft) {
  const { base, aside } = draft;
  if (!base || aside) return false;
  return partsOf(draft, [base, draft]).every((part) => sameIn(part, base, draft));
}

/**
 * Whether an entry is another on disk than when its form was opened, and than the form has it.
 * @param {Draft} draft
 * @param {Raw[]} onDisk the entries of its kind
 * @returns {Conflict | null}
 */
export function conflictOf(draft, onDisk) {
  const { was, base } = draft;
  if (!was || !base || isUnchanged(draft)) return null;
  const theirs = onDisk.find(({ entry }) => entry.id === was) ?? null;
  if (!theirs) return { theirs };
  const parts = partsOf(draft, [base, draft, theirs]);
  /** @param {Raw} raw */
  const isTheirs = (raw) => parts.every((part) => sameIn(part, raw, theirs));
  return isTheirs(base) || isTheirs(draft) ? null : { theirs };
}

/**
 * The version on disk as a draft; what was in the form is put aside in it.
 * @param {Draft} draft
 * @param {Raw} theirs
 * @returns {Draft}
 */
export function theirDraft(draft, theirs) {
  const { kind, was, back } = draft;
  return { kind, was, back, ...structuredClone(theirs), base: theirs, aside: draft };
}

/**
 * The version on disk with everything that was changed in the form.
 * @param {Draft} draft
 * @param {Raw} theirs
 * @returns {Draft}
 */
export function mergedDraft(draft, theirs) {
  const base = /** @type {Raw} */ (draft.base);
  const merged = { ...draft, ...structuredClone(theirs), base: theirs };
  for (const part of partsOf(draft, [base, draft, theirs])) {
    if (sameIn(part, base, draft)) continue;
    const { name } = part.field;
    const mine = part.holder(draft)[name];
    if (mine === undefined) delete part.holder(merged)[name];
    else part.holder(merged)[name] = structuredClone(mine);
  }
  return merged;
}

/**
 * Both versions beside each other, and what can be done.
 * @param {Draft} draft
 * @param {Conflict} conflict
 * @param {{ take: () => void, keep: () => void, goOn: () => void }} choices
 */
export function comparison(draft, { theirs }, { take, keep, goOn }) {
  const body = theirs ? versions(draft, theirs) : make("p", {}, say("compare-gone"));
  return make(
    "section",
    { class: "edit-compare", "aria-labelledby": "edit-compare" },
    make("h3", { id: "edit-compare", tabindex: -1 }, say(theirs ? "compare" : "compare-removed")),
    body,
    make(
      "div",
      { class: "edit-row" },
      button({}, take, say(theirs ? "take-disk" : "take-removal")),
      button({}, keep, say(theirs ? "keep-mine" : "keep-as-new")),
      button({}, goOn, say("go-on")),
    ),
    theirs ? make("p", { class: "edit-help" }, say("compare-help")) : null,
  );
}

/**
 * A table of the values that differ, with whose change each is in words.
 * @param {Draft} draft
 * @param {Raw} theirs
 */
function versions(draft, theirs) {
  const base = /** @type {Raw} */ (draft.base);
  const parts = partsOf(draft, [base, draft, theirs]);
  const changed = parts.filter((part) => !sameIn(part, base, theirs) || !sameIn(part, base, draft));
  const bodies = changed.map((part) => {
    const { field } = part;
    const [onDisk, here] = [!sameIn(part, base, theirs), !sameIn(part, base, draft)];
    const by = onDisk && here ? (sameIn(part, theirs, draft) ? "same" : "both") : onDisk ? "disk" : "form";
    const cells = [theirs, draft].map((raw) =>
      make(
        "td",
        {},
        ...linesOf(field, part.holder(raw)[field.name], draft).map((line) => make("p", ownWords(raw), line)),
      ),
    );
    const head = make(
      "th",
      { scope: "rowgroup", colspan: 2 },
      labelOf({ field, draft }),
      " – ",
      say(`changed-by-${by}`),
    );
    return make("tbody", { class: `changed-${by}` }, make("tr", {}, head), make("tr", {}, ...cells));
  });
  const columns = ["on-disk", "in-form"].map((key) => make("th", { scope: "col" }, say(key)));
  return make(
    "table",
    {},
    make("caption", {}, say("compare-rest")),
    make("thead", {}, make("tr", {}, ...columns)),
    ...bodies,
  );
}

/**
 * A value in words, line by line.
 * @param {Field} field
 * @param {any} value
 * @param {Draft} draft
 * @returns {string[]}
 */
function linesOf(field, value, draft) {
  if (same(value, undefined)) return [say("empty")];
  if (field.name === "geometry") return [shapeWords(value)];
  if (Array.isArray(value) && field.kind !== "group")
    return value.map((one) => linesOf({ ...field, many: false }, one, draft)[0] ?? "");
  if (field.kind === "names") return Object.entries(value).map(([tag, name]) => `${languageName(tag)}: ${name}`);
  if (field.kind === "choice") return [optionsOf({ field, draft }).find((one) => one.value === value)?.label ?? value];
  if (field.kind === "flag") return [say("yes")];
  if (field.kind === "group") return [value].flat().map((item) => groupWords(field, item, draft));
  return [typeof value === "object" ? JSON.stringify(value) : String(value)];
}

/**
 * @param {Field} field
 * @param {Entry} item
 * @param {Draft} draft
 */
function groupWords({ fields }, item, draft) {
  const filled = fields.filter(({ name }) => !same(item[name], undefined));
  if (filled.length === 1 && filled[0]) return linesOf(filled[0], item[filled[0].name], draft).join(", ");
  return filled
    .map((field) => `${labelOf({ field, draft })}: ${linesOf(field, item[field.name], draft).join(", ")}`)
    .join("; ");
}

/** @param {import("../payload.d.ts").Geometry} geometry */
function shapeWords({ type, coordinates }) {
  const numbers = /** @type {number[]} */ ([coordinates].flat(Infinity));
  if (type === "Point") return say("shape-at", { lat: numbers[1], lon: numbers[0] });
  return say("shape-of", { n: numbers.length / 2 });
}

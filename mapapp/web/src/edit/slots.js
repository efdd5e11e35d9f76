/* What the controls of a form's fields have in common. */

/** @import { Draft, Entry, Field, Kind } from "./types.d.ts" */
/** @import { Option } from "./pick.js" */

import { button, make, on } from "../dom.js";
import { desk, entries, KINDS, nameOf, say } from "./desk.js";

/**
 * What a control needs: its field, the object that holds the value, the path of the value in the entry, and what is
 * called after each change. `inner` makes a field within, `open` opens the form of another entry.
 * @typedef {{ field: Field, holder: Entry, path: string, draft: Draft, change: () => void, redraw: () => void,
 *   inner: (slot: Slot) => HTMLElement, open: (draft: Draft) => void }} Slot
 */

let made = 0;
export const newId = () => `edit-field-${++made}`;

/** @param {Pick<Slot, "field" | "draft">} slot */
export const labelOf = ({ field, draft }) =>
  desk.page.texts[`label-${draft.kind}-${field.name}`] ?? say(`label-${field.name}`);

/** @param {Slot} slot */
export function textControl({ field, holder, change, draft }) {
  const { kind, name } = field;
  const value = holder[name] ?? "";
  const isLong = kind === "long";
  const input = isLong
    ? make("textarea", { rows: 2, dir: "auto" })
    : make("input", {
        type: kind === "day" ? "date" : "text",
        inputmode: kind === "number" ? "decimal" : null,
        dir: kind === "id" || kind === "number" ? "ltr" : "auto",
        autocomplete: "off",
      });
  input.value = String(value);
  return on(input, {
    input: () => {
      const text = input.value;
      holder[name] = kind === "number" ? numberOf(text) : text;
      if (kind === "id") draft.named = true;
      change();
    },
  });
}

/**
 * A number, or the text itself if it is none: the check then says so.
 * @param {string} text
 */
const numberOf = (text) => (text.trim() && Number.isFinite(Number(text)) ? Number(text) : text.trim());

/**
 * What may be chosen for a field: words of the profile, or ids of entries.
 * @param {Pick<Slot, "field" | "draft">} slot
 * @returns {Option[]}
 */
export function optionsOf({ field, draft }) {
  const { refers, choices } = field;
  if (!refers) return choices.map((value) => ({ value, label: desk.page.texts[`choice-${value}`] ?? value }));
  if (refers === "speaker") return [{ value: "article", label: say("the-article") }, ...optionsFor("actor")];
  if (/** @type {string[]} */ (KINDS).includes(refers)) return optionsFor(/** @type {Kind} */ (refers));
  const table = desk.page.vocabularies[refers] ?? {};
  const allowed = refers === "place_kinds" ? desk.page.layers.find(({ id }) => id === draft.layer)?.kinds : null;
  return Object.entries(table)
    .filter(([value]) => !allowed?.length || allowed.includes(value))
    .map(([value, label]) => ({ value, label: label.replaceAll("{who}", "…") }));
}

/**
 * @param {Kind} kind
 * @returns {Option[]}
 */
export const optionsFor = (kind) =>
  entries(kind).map(({ entry, layer }) => ({
    value: entry.id,
    label: nameOf(entry),
    note: layer ? (desk.page.layers.find(({ id }) => id === layer)?.label ?? layer) : undefined,
  }));

/**
 * One group of a list of groups: its fields, and a button that removes it.
 * @param {Slot} slot
 * @param {number} at its index
 * @param {Field[]} fields
 * @param {{ head: (HTMLElement | null)[], remove: string }} words its legend with notes, and the name of the button
 */
export function groupItem(slot, at, fields, { head, remove }) {
  const { holder, field, path, change, redraw, inner } = slot;
  /** @type {Entry[]} */
  const items = holder[field.name];
  const taken = () => {
    items.splice(at, 1);
    change();
    redraw();
  };
  return make(
    "fieldset",
    { class: "edit-item" },
    ...head,
    ...fields.map((one) => inner({ ...slot, field: one, holder: items[at] ?? {}, path: `${path}[${at}].${one.name}` })),
    button({ class: "edit-add" }, taken, remove),
  );
}

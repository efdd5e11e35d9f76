/* The controls of a form's fields, made from their descriptions. Each writes what it holds into the entry at once. */

/** @import { Slot } from "./slots.js" */
/** @import { Entry } from "./types.d.ts" */

import { button, make, on } from "../dom.js";
import { desk, say } from "./desk.js";
import { namesField } from "./names_field.js";
import { passagesField } from "./passages_field.js";
import { matching, pick, signButton } from "./pick.js";
import { placesField } from "./places_field.js";
import { groupItem, labelOf, newId, optionsOf, textControl } from "./slots.js";
import { offers, suggestedNote } from "./suggested_fields.js";
import { whenField, wordsField } from "./when_field.js";

/** @param {Slot} slot */
const helpOf = ({ field, draft }) =>
  desk.page.texts[`help-${draft.kind}-${field.name}`] ?? desk.page.texts[`help-${field.name}`];

/**
 * A field with its label, help, and room for its faults.
 * @param {Slot} slot
 * @returns {HTMLElement}
 */
export function fieldNode(slot) {
  const { field, path } = slot;
  const control = special(slot) ?? (field.many ? listControl(slot) : control1(slot));
  const faults = make("div", { class: "edit-faults", id: `edit-faults-${path}` });
  const help = helpOf(slot);
  if (control instanceof HTMLFieldSetElement) {
    control.dataset.path = path;
    control.append(...suggestedHere(slot), faults);
    return control;
  }
  const target = /** @type {HTMLElement | null} */ (
    control.matches("input, select, textarea") ? control : control.querySelector("input, select, textarea")
  );
  const id = newId();
  if (target && !target.id) target.id = id;
  target?.setAttribute("aria-describedby", `${help ? `${id}-help ` : ""}${faults.id}`);
  if (field.required && !field.blank) target?.setAttribute("aria-required", "true");
  return make(
    "div",
    { class: `edit-field edit-${field.kind}`, "data-path": path },
    make(
      "label",
      { for: target?.id ?? id },
      labelOf(slot),
      field.required && !field.blank ? "" : make("span", { class: "edit-note" }, say("optional")),
    ),
    help ? make("p", { class: "edit-help", id: `${id}-help` }, help) : null,
    control,
    ...suggestedHere(slot),
    faults,
  );
}

/** What is suggested for a field of a statement. @param {Slot} slot */
function suggestedHere(slot) {
  const { path, draft } = slot;
  if (draft.kind !== "event") return [];
  const what = /** @type {Record<string, import("./types.d.ts").What>} */ ({ when: "time", said_by: "speaker" })[path];
  return [suggestedNote(slot, path), what ? offers(slot, what) : null].filter((node) => node !== null);
}

/**
 * The controls of fields that have one of their own.
 * @param {Slot} slot
 */
function special(slot) {
  const { field, draft } = slot;
  if (field.name === "passages") return passagesField(slot);
  if (draft.kind === "event" && field.name === "places") return placesField(slot);
  return null;
}

/**
 * @param {Slot} slot
 * @returns {HTMLElement}
 */
function control1(slot) {
  const { field } = slot;
  if (field.kind === "group") return groupControl(slot);
  if (field.kind === "flag") return flagControl(slot);
  if (field.kind === "names") return namesField(slot);
  if (field.kind === "choice") return choiceControl(slot);
  if (field.kind === "edtf") return whenField(slot);
  if (field.kind === "words") return wordsField(slot);
  return textControl(slot);
}

/** @param {Slot} slot */
function flagControl({ field, holder, change }) {
  const input = make("input", { type: "checkbox", checked: Boolean(holder[field.name]) });
  return on(input, {
    change: () => {
      holder[field.name] = input.checked;
      change();
    },
  });
}

/** @param {Slot} slot */
export function choiceControl(slot) {
  const { field, holder, change, redraw, draft } = slot;
  const now = holder[field.name] ?? "";
  const options = optionsOf(slot);
  if (now && !options.some(({ value }) => value === now)) options.push({ value: now, label: now });
  const select = make(
    "select",
    {},
    make("option", { value: "" }, say(field.required ? "choose" : "none")),
    ...options.map(({ value, label }) => make("option", { value, selected: value === now }, label)),
  );
  return on(select, {
    change: () => {
      holder[field.name] = select.value;
      if (field.name === "said_by") countAmongActors(draft.entry, select.value);
      change();
      if (field.name === "said_by") redraw();
    },
  });
}

/**
 * Counts a speaker among the actors of a statement, as the check wants it.
 * @param {Entry} entry
 * @param {string} speaker
 */
function countAmongActors(entry, speaker) {
  const isOther = speaker && speaker !== "article";
  if (isOther && !entry.actors?.includes(speaker)) entry.actors = [...(entry.actors ?? []), speaker];
}

/** @param {Slot} slot */
function listControl(slot) {
  return slot.field.kind === "group" ? groupsControl(slot) : chosenControl(slot);
}

/** Several ids: those chosen, each with a button that removes it, and a field that finds others. @param {Slot} slot */
function chosenControl(slot) {
  const { field, holder, change, redraw } = slot;
  /** @type {string[]} */
  const now = holder[field.name] ?? [];
  const options = optionsOf(slot);
  /** @param {string[]} next */
  const take = (next) => {
    holder[field.name] = next;
    change();
    redraw();
  };
  const chips = now.map((id) => {
    const label = options.find(({ value }) => value === id)?.label ?? id;
    return make(
      "li",
      { dir: "auto" },
      label,
      signButton("×", say("remove-named", { name: label }), () => take(now.filter((one) => one !== id))),
    );
  });
  return make(
    "div",
    { class: "edit-chosen" },
    chips.length ? make("ul", {}, ...chips) : null,
    pick({
      label: labelOf(slot),
      options: (text) =>
        matching(
          options.filter(({ value }) => !now.includes(value)),
          text,
        ),
      choose: ({ value }) => take([...now, value]),
    }),
  );
}

/**
 * A group of fields.
 * @param {Slot} slot
 */
function groupControl(slot) {
  const { field, holder, path, redraw, change } = slot;
  if (!field.required && !holder[field.name])
    return make(
      "fieldset",
      {},
      make("legend", {}, labelOf(slot)),
      button(
        { class: "edit-add" },
        () => {
          holder[field.name] = {};
          redraw();
        },
        say("add-named", { name: labelOf(slot) }),
      ),
    );
  holder[field.name] ??= {};
  const inner = field.fields.map((one) =>
    fieldNode({ ...slot, field: one, holder: holder[field.name], path: `${path}.${one.name}` }),
  );
  const remove = field.required
    ? null
    : button(
        { class: "edit-add" },
        () => {
          delete holder[field.name];
          change();
          redraw();
        },
        say("remove-named", { name: labelOf(slot) }),
      );
  return make("fieldset", {}, make("legend", {}, labelOf(slot)), ...inner, remove);
}

/** Several groups of fields. @param {Slot} slot */
function groupsControl(slot) {
  const { field, holder, redraw } = slot;
  /** @type {Entry[]} */
  const now = holder[field.name] ?? [];
  const items = now.map((_, i) =>
    groupItem(slot, i, field.fields, {
      head: [make("legend", {}, `${labelOf(slot)} ${i + 1}`)],
      remove: say("remove-number", { name: labelOf(slot), n: i + 1 }),
    }),
  );
  const add = button(
    { class: "edit-add" },
    () => {
      holder[field.name] = [...now, {}];
      redraw();
    },
    say("add-named", { name: labelOf(slot) }),
  );
  return make("fieldset", {}, make("legend", {}, labelOf(slot)), ...items, add);
}

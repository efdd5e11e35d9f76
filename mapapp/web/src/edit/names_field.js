/* Names in several languages: one field for each language of the map. */

/** @import { Slot } from "./slots.js" */

import { make, on } from "../dom.js";
import { desk, say } from "./desk.js";
import { labelOf, newId } from "./slots.js";

/** @param {string} tag */
export function languageName(tag) {
  const known = desk.page.payload.languages.find(([one]) => one === tag)?.[1];
  return known ?? tag;
}

/** @param {Slot} slot */
export function namesField(slot) {
  const { field, holder, change, path } = slot;
  holder[field.name] ??= {};
  const names = holder[field.name];
  const tags = [...new Set([...desk.page.languages, ...Object.keys(names)])];
  const rows = tags.map((tag, i) => {
    const id = newId();
    const input = make("input", {
      ...{ type: "text", id, lang: tag, dir: "auto", autocomplete: "off" },
      ...(i === 0 ? { "aria-required": "true" } : {}),
      "aria-describedby": `edit-faults-${path}`,
    });
    input.value = names[tag] ?? "";
    on(input, {
      input: () => {
        names[tag] = input.value;
        change();
      },
    });
    const label = make(
      "label",
      { for: id },
      languageName(tag),
      i ? make("span", { class: "edit-note" }, say("optional")) : "",
    );
    return make("div", { class: "edit-field edit-name" }, label, input);
  });
  return make("fieldset", {}, make("legend", {}, labelOf(slot)), ...rows);
}

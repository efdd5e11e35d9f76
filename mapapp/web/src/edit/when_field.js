/* Times: EDTF with its reading in words, and the words of the article they come from. */

/** @import { Slot } from "./slots.js" */

import { make } from "../dom.js";
import { wordsOf } from "./articles.js";
import { marked, say } from "./desk.js";
import { useMarked } from "./marking.js";
import { send } from "./server.js";
import { textControl } from "./slots.js";

const PAUSE = 250; // milliseconds without a key after which a time is read

/** EDTF text, and below it what it means. @param {Slot} slot */
export function whenField(slot) {
  const reading = make("output", { class: "edit-reading" });
  const { field, holder } = slot;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  const read = async () => {
    const text = String(holder[field.name] ?? "");
    if (!text) return reading.replaceChildren();
    const { words, fault } = await send("when", { text });
    if (text !== holder[field.name]) return; // changed meanwhile
    reading.textContent = fault ?? words;
    reading.classList.toggle("edit-fault", Boolean(fault));
  };
  const input = textControl({
    ...slot,
    change: () => {
      slot.change();
      clearTimeout(waiting);
      waiting = setTimeout(read, PAUSE);
    },
  });
  input.setAttribute("dir", "ltr");
  read();
  return make("div", {}, input, reading);
}

/** Words copied from the article. @param {Slot} slot */
export function wordsField(slot) {
  const input = /** @type {HTMLInputElement} */ (textControl(slot));
  const take = useMarked(say("use-marked"), () => {
    if (!marked.stretch) return;
    input.value = wordsOf(marked.stretch);
    slot.holder[slot.field.name] = input.value;
    slot.change();
  });
  return make("div", { class: "edit-with-button" }, input, take);
}

/* What the form of an article holds of its source: who published it, and whether its text may be published again. */

/** @import { Slot } from "./slots.js" */

import { make } from "../dom.js";
import { desk, say } from "./desk.js";
import { send } from "./server.js";

const NAMES = ["publisher", "licence"];
const PAUSE = 250; // milliseconds without a key after which a licence is read

/**
 * @param {Omit<Slot, "field" | "path">} slot
 * @returns {HTMLElement[]}
 */
export function sourceFields(slot) {
  const { source } = slot.draft;
  if (slot.draft.kind !== "article" || !source) return [];
  const verdict = make("p", { class: "edit-verdict", role: "status" });
  const read = async () => {
    const text = String(source.licence ?? "");
    const { allowed } = await send("licence", { text });
    if (text === String(source.licence ?? "")) verdict.textContent = say(allowed ? "text-allowed" : "text-forbidden");
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  const change = () => {
    slot.change();
    clearTimeout(waiting);
    waiting = setTimeout(read, PAUSE);
  };
  read();
  const fields = desk.page.forms.source.filter(({ name }) => NAMES.includes(name));
  const nodes = fields.map((field) =>
    slot.inner({ ...slot, field, holder: source, path: `source.${field.name}`, change }),
  );
  const label = say("source-of-article", { name: source.title });
  return [make("fieldset", {}, make("legend", {}, label), ...nodes, verdict)];
}

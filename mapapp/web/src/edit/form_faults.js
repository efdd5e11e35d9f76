/* What is wrong with a form, beside the fields. */

/** @import { Draft, Fault } from "./types.d.ts" */

import { make } from "../dom.js";
import { entryOf, found, nameOf, say } from "./desk.js";

/**
 * The fault of a new entry that has the id of another: saving it would replace that.
 * @param {Draft} draft
 * @returns {Fault[]}
 */
export function takenId({ kind, was, entry }) {
  if (was === entry.id || !entryOf(kind, entry.id)) return [];
  return [{ item: entry.id, path: "id", text: say("id-taken"), file: "", missing: false }];
}

/**
 * Writes each fault beside the field it is about.
 * @param {HTMLElement} node the form
 * @param {Draft} draft
 * @param {Fault[]} faults
 */
export function showFaults(node, draft, faults) {
  const rooms = new Map([...node.querySelectorAll(".edit-faults")].map((room) => [room.id.slice(12), room]));
  for (const room of rooms.values()) room.replaceChildren();
  for (const input of node.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  for (const fault of faults) {
    const path = pathOf(fault, draft);
    const own = [...rooms.keys()].filter(
      (key) => key && (path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`)),
    );
    const room = rooms.get(own.sort((a, b) => b.length - a.length)[0] ?? "");
    room?.append(make("p", { class: "edit-fault" }, wordsOf(fault, draft)));
    if (own[0]) room?.parentElement?.querySelector("input, select, textarea")?.setAttribute("aria-invalid", "true");
  }
}

/** @param {Fault} fault @param {Draft} draft */
function wordsOf({ item, text, missing }, { entry, source }) {
  if (missing) return say("fill-in");
  return item && item !== entry.id && item !== source?.id ? `${nameOfId(item)}: ${text}` : text;
}

/**
 * The path in the entry that a fault is about; empty if it is about something else.
 * @param {Fault} fault
 * @param {Draft} draft
 */
function pathOf({ item, path }, { entry, source }) {
  if (source && item === source.id) return `source.${path}`;
  if (source && !item) return path.replace(/^article\.?/, "");
  if (item !== entry.id) return item ? "" : path.replace(/^(events|features)?\[\d+\]\.?/, "");
  return path || "id";
}

/** @param {string} id */
const nameOfId = (id) => {
  const of = found(id);
  return of ? nameOf(of.raw.entry) : id;
};

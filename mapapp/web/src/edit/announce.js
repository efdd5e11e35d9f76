/* Says what happened: seen in the head of the panel, and announced. */

import { make } from "../dom.js";
import { desk } from "./desk.js";

/** @param {string} text */
export function announce(text) {
  const node = desk.panel.querySelector(".edit-said");
  if (node) node.textContent = text;
  const seen = desk.panel.querySelector(".edit-notice") ?? make("p", { class: "edit-notice" });
  seen.textContent = text;
  desk.panel.querySelector(".edit-head")?.append(seen);
}

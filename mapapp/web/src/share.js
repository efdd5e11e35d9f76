/* Copies text for the reader: the link of the view, and coordinates. */

import { link } from "./address_bar.js";
import { button, make, on } from "./dom.js";
import { notice } from "./notice.js";
import { $, state } from "./state.js";
import { tool } from "./tools.js";
import { words } from "./words.js";

const LOOPBACK = /^(localhost|127\.[0-9.]+|\[::1\])$/;

export const linkTool = () => tool("link", copyLink);

/** Copies the address of the view, and says where it works. */
function copyLink() {
  const address = link();
  const { protocol, hostname } = new URL(address);
  const where =
    protocol === "file:" ? "link-copied-file" : LOOPBACK.test(hostname) ? "link-copied-here" : "link-copied";
  copy(address, words(where), words("link-field"));
}

/**
 * Copies a text; where the browser does not allow that, shows it selected, for the reader to copy.
 * @param {string} text
 * @param {string} done what to announce
 * @param {string} label of the field with the text
 */
export async function copy(text, done, label) {
  const opener = /** @type {HTMLElement | null} */ (document.activeElement);
  try {
    await navigator.clipboard.writeText(text);
    notice(done);
  } catch {
    showField(text, label, opener);
  }
}

/**
 * @param {string} text
 * @param {string} label
 * @param {HTMLElement | null} opener where the focus goes when the field is closed
 */
function showField(text, label, opener) {
  state.root.querySelector(".copy-field")?.remove();
  const input = make("input", { type: "text", readonly: true, value: text });
  const box = make("div", { class: "copy-field" }, make("label", {}, make("span", {}, label), input));
  const close = () => {
    box.remove();
    opener?.focus();
  };
  box.append(button({ class: "quiet", title: words("close"), "aria-label": words("close") }, close, "×"));
  on(box, {
    keydown: (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close();
    },
  });
  $(".stage").append(box);
  input.focus();
  input.select();
}

/* The button that takes back filters, hidden layers and other limits of what is shown. */

import { read, write } from "./address.js";
import { button, make } from "./dom.js";
import { notice } from "./notice.js";
import { sent, taken } from "./rules.js";
import { $, set, state } from "./state.js";
import { words } from "./words.js";

/** The parameters of the view that limit what is shown; the window is not one of them. */
const LIMITS = /** @type {const} */ (["certain", "as_of", "said_by", "kinds", "hidden", "article", "background"]);

export const resetRow = () => make("div", { class: "reset", hidden: true }, button({}, reset));

/** The view without any limit, by default. */
const usual = () => read({}, state.atlas.address).view;

/** How many limits differ from the default; each layer counts. */
function differences() {
  const now = write(sent(state.view), state.atlas.address);
  let count = 0;
  for (const name of LIMITS) {
    if (!Object.hasOwn(now, name)) continue;
    count += name === "hidden" ? layersChanged(state.view.hidden, new Set(usual().hidden)) : 1;
  }
  return count;
}

/**
 * @param {Set<string>} hidden
 * @param {Set<string>} usually
 */
const layersChanged = (hidden, usually) =>
  [...hidden].filter((id) => !usually.has(id)).length + [...usually].filter((id) => !hidden.has(id)).length;

export function paintReset() {
  const row = $(".reset");
  const n = differences();
  row.hidden = n === 0;
  if (n) /** @type {HTMLElement} */ (row.firstElementChild).textContent = words("reset", { n });
}

function reset() {
  const all = taken(usual());
  set("reset", Object.fromEntries(LIMITS.map((name) => [name, all[name]])));
  notice(words("reset-done"));
  $(".panel").focus({ preventScroll: true }); // the button is gone
}

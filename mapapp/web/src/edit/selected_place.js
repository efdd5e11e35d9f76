/* What is selected on the page, as its cards say: a place to take into a form, and a button in each card to edit it. */

/** @import { Kind, Raw } from "./types.d.ts" */

import { all, button } from "../dom.js";
import { desk, found, nameOf, PANEL_LANGUAGE, say } from "./desk.js";

/** @type {Map<Element, (id: string | null) => void>} */
const waiting = new Map();

/** The id of what is selected; null if nothing is. */
export const selectedPlace = () =>
  /** @type {HTMLElement | null} */ (desk.root.querySelector(".cards .place-card"))?.dataset.card ?? null;

/**
 * Follows the cards.
 * @param {(kind: Kind, raw: Raw) => void} edit opens the form of an entry
 */
export function followCards(edit) {
  const cards = /** @type {HTMLElement} */ (desk.root.querySelector(".cards"));
  const follow = () => {
    for (const [node, paint] of waiting) node.isConnected ? paint(selectedPlace()) : waiting.delete(node);
    for (const card of all(cards, "[data-card]")) addButton(card, edit);
  };
  new MutationObserver(follow).observe(cards, { childList: true, subtree: true });
  follow();
}

/**
 * @param {HTMLElement} card
 * @param {(kind: Kind, raw: Raw) => void} edit
 */
function addButton(card, edit) {
  const of = found(card.dataset.card ?? "");
  if (!of || card.querySelector(".edit-card")) return;
  const label = say("edit-named", { name: nameOf(of.raw.entry) });
  card.append(
    button(
      { class: "edit-card", "aria-label": label, ...PANEL_LANGUAGE },
      () => edit(of.kind, of.raw),
      say("edit-this"),
    ),
  );
}

/**
 * Paints an element now, and whenever something else is selected, as long as it is on the page.
 * @param {Element} node
 * @param {(id: string | null) => void} paint
 */
export function whenSelected(node, paint) {
  waiting.set(node, paint);
  paint(selectedPlace());
}

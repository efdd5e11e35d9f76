/* Links to the parts of the page, first in the order of tab stops and visible while they have the focus. */

import { inApp } from "./app_requests.js";
import { goToAccount } from "./describe.js";
import { make, on } from "./dom.js";
import { $, $$, state } from "./state.js";
import { words } from "./words.js";

/** @type {HTMLElement[]} */
const bars = [];

/** Puts the links at the beginning of the document, and in the app also of the page around the map's frame. */
export function makeSkipLinks() {
  addTo(document, state.root);
  const { frameElement } = window;
  if (!inApp() || !frameElement) return;
  frameElement.ownerDocument.querySelector(".mapapp-skip")?.remove(); // of a frame that was there before
  addTo(frameElement.ownerDocument, frameElement);
}

/**
 * @param {Document} page
 * @param {Element} target where the links lead without script
 */
function addTo(page, target) {
  /**
   * @param {string} key
   * @param {() => void} go
   */
  const link = (key, go) =>
    on(make("a", { href: `#${target.id}` }, words(key)), {
      click: (event) => {
        event.preventDefault(); // what follows # is the view
        go();
      },
    });
  const bar = make(
    "div",
    { class: "mapapp-skip" },
    link("skip-to-article", goToArticle),
    link("skip-to-account", readAccount),
    link("skip-to-map", () => state.map.getContainer().focus()),
    link("skip-to-time", () => $(".time").focus()),
  );
  bars.push(bar);
  page.body.prepend(bar);
}

function readAccount() {
  showTab("article");
  goToAccount();
}

function goToArticle() {
  showTab("article");
  $(".article").focus();
}

/**
 * On a narrow screen, shows the article or the layers.
 * @param {string} name
 */
export function showTab(name) {
  state.root.dataset.tab = name;
  for (const button of $$("button[data-tab]")) button.setAttribute("aria-pressed", String(button.dataset.tab === name));
}

/** Hides the links while there is nothing but the map to go to. */
export function paintSkipLinks() {
  for (const made of bars) made.hidden = state.view.screenshot;
}

/* Entry point of the author's panel, which only `mapapp edit` loads: starts the map with what the server sends, then
 * puts the panel beside it.
 */

/** @import { Kind, PageData } from "./types.d.ts" */

import { make } from "../dom.js";
import { announce } from "./announce.js";
import { desk, found, say } from "./desk.js";
import { openForm } from "./form.js";
import { followSelection } from "./marking.js";
import { showMend } from "./mend.js";
import { newStatement } from "./new_drafts.js";
import { editEntry, makePanel, showList } from "./panel.js";
import { followDisk, lookOutside } from "./saving.js";
import { followCards } from "./selected_place.js";
import { ask, takeToken } from "./server.js";
import { remembered, restore } from "./stay.js";
import { loadSuggestions } from "./suggestions.js";

/** The language of the interface: that of the address, or the first that the browser prefers. */
function wantedLanguage() {
  const asked = new URLSearchParams(location.hash.slice(1)).get("language");
  return asked ?? navigator.language.split("-")[0] ?? "";
}

async function start() {
  const note = document.getElementById("edit-start");
  if (!takeToken()) return void note?.replaceChildren("Open the address that mapapp edit has printed: it holds a key.");
  try {
    /** @type {PageData} */
    const page = await ask("page", { language: wantedLanguage() });
    desk.page = page;
    desk.state = page.state;
    if (!page.payload) return showMend(page);
    note?.remove();
    startMap(page);
  } catch (error) {
    note?.replaceChildren(error instanceof Error ? error.message : String(error));
  }
}

/** @param {PageData} page */
function startMap(page) {
  document.head.append(make("style", {}, page.style));
  document.title = page.title;
  const opening = make("script", { type: "application/json", id: "mapapp-opening" }, JSON.stringify(page.opening));
  const container = make("div", { class: "folium-map", id: "edit-map" });
  document.body.append(opening, pageHead(page), container);
  window.mapappAtlas = page.payload;
  desk.map = L.map(container, { ...page.options, center: [0, 0] });
  window.mapapp.start?.(desk.map, null);
  desk.root = /** @type {HTMLElement} */ (document.getElementById("mapapp"));
  startPanel();
}

/** @param {PageData} page */
const pageHead = ({ title, titleLanguage, lead }) =>
  make("header", { class: "page-head" }, make("h1", { lang: titleLanguage, dir: "auto" }, title), make("p", {}, lead));

function startPanel() {
  const place = remembered();
  makePanel();
  followCards(editEntry);
  followSelection((stretch) => openForm(newStatement(stretch)));
  const selected = place.edit ?? place.select; // the entry that is edited next, with its words and place
  if (selected && desk.page.payload) window.mapapp.select?.(selected);
  const kept = place.form ? desk.state.forms[place.form] : null;
  showList(/** @type {Kind} */ (place.list ?? "event"));
  if (kept) openForm(kept);
  const next = place.edit ? found(place.edit) : null;
  if (next) editEntry(next.kind, next.raw);
  restore(place);
  if (place.tab) desk.root.dataset.tab = place.tab;
  if (place.said) announce(place.said);
  followDisk();
  if (desk.state.changedOutside.length) lookOutside();
  window.mapappEdit = { map: desk.map, ask };
  document.documentElement.dataset.editing = "1";
  loadSuggestions();
}

window.addEventListener("unhandledrejection", ({ reason }) => {
  if (desk.panel) announce(reason instanceof Error ? reason.message : say("failed"));
});
start();

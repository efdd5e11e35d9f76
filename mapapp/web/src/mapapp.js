/* Entry point: filters, draws and updates the map without a server.
 *
 * `mapapp.start(map)` is called once with a Leaflet map. The initial view is in the page's head, everything
 * else in `window.mapappAtlas`, which web/payload.py writes. `screen.js` says what a change repaints, `state.js` holds
 * what all modules share. mapapp/web/README.md, "Script interface", describes what else `window.mapapp` offers.
 */

/** @import { Opening } from "./payload.d.ts" */
/** @import { IncidentCard } from "./types.d.ts" */

import { followAddress, openingView, push, served, viewOfAddress, writeView } from "./address_bar.js";
import { beginAnnouncing, noteMove } from "./announce.js";
import { answered, inApp, incidentsAtHand, letAppStart } from "./app_requests.js";
import { scrollToPassage } from "./article.js";
import { fitHome, isSteering, moveTo, steer } from "./camera.js";
import { paintCards } from "./cards.js";
import { compared } from "./compare_numbers.js";
import { paintCredit } from "./credit.js";
import { fromIso, toIso } from "./days.js";
import { restoreLayout } from "./divider.js";
import { button, make, symbol } from "./dom.js";
import { makeFrame } from "./frame.js";
import { fullScreenTool } from "./full_screen.js";
import { selectAt } from "./hits.js";
import { paintHowToReadSoon } from "./how_to_read.js";
import { fetchIncidents, loadIncidents } from "./incident_loader.js";
import { forgetControls, paintLabels, placeAnchors } from "./labels.js";
import { followBrowser, languageChoice, languageOfPage, markDocument, speak } from "./language.js";
import { paintLegend } from "./legend.js";
import { makePanes, paintBase } from "./map.js";
import { makeMapKeys } from "./map_focus.js";
import { addMeasure, measureTool } from "./measure_tool.js";
import { openView, takeView } from "./open_view.js";
import { listenForDrops, restoreOwn, restyleOwn } from "./own_layer.js";
import { buildPanel, syncPanel } from "./panel.js";
import { addPosition } from "./position.js";
import { afterPrint, beforePrint } from "./print.js";
import { answer, paint, paintNow } from "./screen.js";
import { listenForSearch, searchBox } from "./search.js";
import { select } from "./selection.js";
import { linkTool } from "./share.js";
import { $, onChange, state } from "./state.js";
import { buildStory, goToStep, noteBefore } from "./story.js";
import { measureAxis, zoomAxisTo } from "./time_axis.js";
import { buildTimeBar, goToDays, stopPlaying } from "./time_bar.js";
import { paintTolerance } from "./tolerance.js";
import { addTools, corner } from "./tools.js";
import { digits, renameAll, words } from "./words.js";

/** @param {L.Map} leaflet */
function start(leaflet) {
  onChange(answer);
  const incidents = incidentsAtHand();
  if (incidents) fetchIncidents(incidents); // on their way while the map is drawn
  takeAtlas(leaflet);
  const tag = inApp() ? state.atlas.language : languageOfPage(exportedView());
  if (tag === state.atlas.language) return draw();
  speak(tag)
    .catch(console.error) // the page is then in its own language
    .finally(draw);
}

/**
 * The view that the page was made with.
 * @returns {Opening}
 */
const exportedView = () => JSON.parse(document.getElementById("mapapp-opening")?.textContent ?? "");

function draw() {
  markDocument();
  for (const event of state.atlas.events) event.number = digits(event.number);
  if (!document.documentElement.dataset.theme) followSystem();
  const opening = openingView(exportedView());
  takeView(opening);
  followBrowser();
  if (inApp()) nameFrame();
  makeFrame();
  buildTimeBar();
  $(".stage").prepend(state.map.getContainer());
  state.root.prepend(searchBox());
  document.body.append(state.root);
  restoreLayout();
  buildStory();
  zoomAxisTo(state.view.first, state.view.last);
  measureAxis(); // sizes are asked for while there is little to lay out
  makeMapKeys();
  state.map.invalidateSize({ animate: false });
  buildPanel();
  syncPanel();
  paintBase();
  renameAll(state.root);
  makePanes();
  moveTo(opening.camera);
  addControls();
  scaleMarks();
  placeAnchors();
  paint();
  if (state.chosen.id) {
    paintCards();
    scrollToPassage();
  }
  listen();
  listenForSearch();
  listenForDrops();
  restoreOwn();
  followAddress(takeOver, exportedView());
  if (!inApp()) document.querySelector(".page-head")?.append(languageChoice());
  beginAnnouncing();
  useOwnFonts();
  if (inApp()) drawAtHand();
}

/** Draws the incidents that came with the page, once the map is on the screen; then Streamlit may start. */
async function drawAtHand() {
  const incidents = incidentsAtHand();
  await new Promise(requestAnimationFrame);
  if (incidents) await loadIncidents(incidents);
  letAppStart();
}

/** Lays out labels anew once the page's own fonts are there; until then text is in the system's. */
async function useOwnFonts() {
  const again = () => {
    measureAxis();
    forgetControls();
    paint();
    paintLabels();
  };
  const own = [400, 600, 700].map((weight) => `${weight} 12px ${state.atlas.font}`);
  if (!own.every((font) => document.fonts.check(font))) {
    await Promise.allSettled(own.map((font) => document.fonts.load(font)));
    again();
  }
  document.fonts.addEventListener("loadingdone", again);
  document.documentElement.dataset.ready = "1";
}

/** @param {L.Map} leaflet */
function takeAtlas(leaflet) {
  const atlas = window.mapappAtlas;
  // looked up by id: an id such as "constructor" must find nothing of Object's
  for (const table of Object.values(atlas))
    if (table && Object.getPrototypeOf(table) === Object.prototype) Object.setPrototypeOf(table, null);
  state.map = leaflet;
  document.body.classList.toggle("all-land", !atlas.sea);
  state.atlas = atlas;
  for (const place of atlas.places) state.places.set(place.id, place);
  for (const event of atlas.events) state.events.set(event.id, event);
  for (const fact of atlas.facts) state.facts.set(fact.id, fact);
  for (const layer of atlas.layers) state.layers.set(layer.id, layer);
}

/** Streamlit calls the map's frame, and the document in it, by names that mean nothing to a reader. */
function nameFrame() {
  document.title = state.atlas.title;
  window.frameElement?.setAttribute("aria-label", words("frame"));
}

/** Outside Streamlit the system says whether the page is light or dark. */
function followSystem() {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    if (state.printing) return;
    document.documentElement.dataset.theme = dark.matches ? "dark" : "light";
    restyleOwn();
  };
  follow();
  if (!inApp()) dark.addEventListener("change", follow);
}

function addControls() {
  const { map, atlas } = state;
  const rtl = atlas.dir === "rtl";
  map.zoomControl.setPosition(corner());
  for (const way of ["in", "out"]) {
    const name = words(`zoom-${way}`);
    $(`.leaflet-control-zoom-${way}`).title = name;
    $(`.leaflet-control-zoom-${way}`).setAttribute("aria-label", name);
  }
  map.attributionControl.setPosition(rtl ? "bottomleft" : "bottomright");
  map.attributionControl.setPrefix("Leaflet");
  map.attributionControl.addAttribution(atlas.attribution);
  const home = new L.Control({ position: corner() });
  home.onAdd = () => {
    const label = words("home");
    const node = button({ class: "home", title: label, "aria-label": label }, goHome, symbol("home"));
    node.addEventListener("click", L.DomEvent.stop);
    return make("div", { class: "leaflet-bar" }, node);
  };
  home.addTo(map);
  addTools([fullScreenTool(), measureTool(), linkTool()]);
  scaleBar(rtl ? "bottomright" : "bottomleft").addTo(map);
  addPosition();
  addMeasure();
}

/**
 * The scale bar, in the words of the language.
 * @param {L.ControlPosition} position
 */
function scaleBar(position) {
  const bar = L.control.scale({ imperial: false, maxWidth: 120, position });
  /** @type {any} */ (bar)._updateMetric = function (/** @type {number} */ most) {
    const metres = this._getRoundNum(most);
    const text = metres < 1000 ? words("scale-m", { n: metres }) : words("scale-km", { n: metres / 1000 });
    this._updateScale(this._mScale, text, metres / most);
  };
  return bar;
}

/** Brings the map back to where the page opens; what is selected stays, so the address then says where the map is. */
function goHome() {
  steer(fitHome);
  state.view.moved = state.chosen.id !== null;
  writeView();
}

/** Marks shrink with the map, so that they do not bury it. */
function scaleMarks() {
  const zoom = state.map.getZoom();
  state.root.classList.toggle("far", zoom < 8.75);
  state.root.classList.toggle("distant", zoom < 6.75);
}

function listen() {
  const { map } = state;
  const resize = () => steer(() => map.invalidateSize({ animate: false }));
  new ResizeObserver(resize).observe(map.getContainer());
  map.on("zoomend", scaleMarks);
  map.on("zoomstart zoomend", ({ type }) => state.root.classList.toggle("zooming", type === "zoomstart"));
  map.on("moveend", () => {
    // also fired after a zoom or a change of size
    placeAnchors();
    paintTolerance();
    paintLegend();
    paintHowToReadSoon();
    paintCredit();
    paintLabels();
    noteMove();
  });
  map.on("moveend", () => {
    if (isSteering()) return;
    state.view.moved = true;
    writeView();
  });
  map.on("click", ({ latlng }) => selectAt(latlng));
  window.addEventListener("beforeprint", () => {
    paintNow();
    beforePrint();
  });
  window.addEventListener("afterprint", afterPrint);
}

/**
 * Changes to another view without mounting the map anew; in another language, the page is loaded again.
 * @param {Opening} next
 */
function takeOver(next) {
  if (next.step !== null) noteBefore();
  if (!inApp() && languageOfPage(exportedView()) !== state.atlas.language) return location.reload();
  openView(next);
}

/** The last file whose view was opened. */
let lastFile = "";

/**
 * Opens the view of a file that the reader has dropped on the page.
 * @param {{ file: string, address: Record<string, string> }} view the file's id, and the parameters of its view
 */
function reopen({ file, address }) {
  if (file === lastFile) return; // Python sends it again with every run
  lastFile = file;
  push(address);
  takeOver(viewOfAddress());
}

/**
 * Takes the card of an incident that was asked for.
 * @param {IncidentCard} card
 */
function tell(card) {
  state.incidents?.tell(card);
  answered(card.name);
}

/**
 * Takes over what Streamlit says with each run of the page.
 * @param {{ theme?: { base: string }, disabled: boolean }} rendered
 */
function follow({ theme, disabled }) {
  const { dataset } = document.documentElement;
  const now = theme?.base === "dark" ? "dark" : "light";
  if (theme && !state.printing && dataset.theme !== now) {
    dataset.theme = now;
    state.incidents?.restyle(); // a canvas takes no colour from a style sheet
    restyleOwn();
  }
  served(!disabled);
}

window.mapapp = {
  start,
  compared,
  reopen,
  tell,
  follow,
  incidents: loadIncidents,
  /** Sorted ids of the places and events visible now. */
  shown: () => [...state.shown.places, ...state.shown.events.keys()].sort(),
  /** The window as {first, last}, ISO days, ends included. */
  window: () => ({ first: toIso(state.view.first), last: toIso(state.view.last) }),
  /** Sets the window; throws RangeError if not two ISO days in order and within the axis. */
  setWindow: (/** @type {string} */ first, /** @type {string} */ last) => {
    const [low, high] = state.atlas.span;
    const [a, b] = [fromIso(first), fromIso(last)];
    const got = `(got ${first}, ${last})`;
    if (a === null || b === null || a > b)
      throw new RangeError(`setWindow: expected two ISO days with first ≤ last ${got}`);
    if (a < low || b > high)
      throw new RangeError(`setWindow: expected days from ${toIso(low)} to ${toIso(high)} ${got}`);
    stopPlaying();
    goToDays(a, b);
  },
  /** Selects a place, event or fact; null clears. Returns false if the id is unknown. */
  select: (/** @type {string | null} */ id) => select(id),
  /** Goes to a step of the story, from 1; null leaves it. Returns false if there is no such step. */
  step: (/** @type {number | null} */ number) => goToStep(number),
  /** The id of the status of a visible place, or null. */
  status: (/** @type {string} */ id) => state.shown.standing.get(id) || null,
  /** How many of the user's incidents are visible, and the counts of a place; null without incident data. */
  record: (/** @type {string} */ id) => state.incidents?.status(id) ?? null,
};

try {
  if (window.parent !== window) window.parent.mapapp = window.mapapp;
} catch {
  // another host holds the frame: the frame's own interface stays
}

/* Keeps the address bar and the view in step. In the app the bar belongs to the page around the map's frame; the
 * standalone page keeps its view after #. Only this module writes the address, so it can never be out of date:
 * Streamlit's server reads it from there. Each settled change is an entry of the browser's history.
 */

/** @import { Opening } from "./payload.d.ts" */
/** @import { Query } from "./address.js" */

import { read, write } from "./address.js";
import { askAgain, inApp } from "./app_requests.js";
import { isComparable } from "./comparison.js";
import { toIso } from "./days.js";
import { make } from "./dom.js";
import { sent } from "./rules.js";
import { state } from "./state.js";
import { words } from "./words.js";

const AROUND = ["screenshot", "language"]; // parameters that change the page around the frame
const SETTLED = 120; // milliseconds without a change after which the view is written

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;
/** Whether Streamlit is not there yet, or has lost its server. */
let away = true;
/** Whether the address has changed since Streamlit last read it. */
let untold = false;
/** What follows # in a standalone page, as last written or read. */
let hash = "";
/** Whether a standalone page was exported with the default view, so that it needs no parameter. */
let opensOnDefault = false;

/** All spellings of the parameters of a view. */
const spellings = () =>
  new Set(Object.entries(state.atlas.address.parameters).flatMap(([name, { alias }]) => [name, alias]));

/** The address that holds the view: what follows # (or ?) in a standalone page. */
function query() {
  if (inApp()) return window.parent.location.search;
  return location.hash.length > 1 ? location.hash.slice(1) : location.search;
}

/** What the address asks for, with remarks on what in it cannot be used. */
function readQuery() {
  const { view, remarks } = read(Object.fromEntries(new URLSearchParams(query())), state.atlas.address);
  if (view.compare === null || isComparable(state.atlas)) return { view, remarks };
  const remark = { key: "compare", code: "compare-impossible", got: `"${view.compare}"`, values: {} };
  return { view: { ...view, compare: null }, remarks: [...remarks, remark] };
}

/** Whether the address says in which language names are. */
export function asksForNames() {
  const asked = new URLSearchParams(query());
  return asked.has("names") || asked.has(state.atlas.address.parameters.names?.alias ?? "names");
}

/** The view that the address asks for. */
export const viewOfAddress = () => readQuery().view;

/** @param {[string, string][]} parameters */
const written = (parameters) => String(new URLSearchParams(parameters)).replaceAll("%2C", ",");

/** Writes the view to the address bar once the reader has made no change for a moment. */
export function writeView() {
  if (state.playing) return;
  clearTimeout(waiting);
  waiting = setTimeout(writeNow, SETTLED);
}

/** Writes the view to the address bar at once. */
export function writeNow() {
  clearTimeout(waiting);
  waiting = undefined;
  const { view, map, atlas } = state;
  const { lat, lng } = map.getCenter();
  /** @type {[number, number, number] | null} */
  const camera = view.moved ? [lat, lng, map.getZoom()] : null;
  const parameters = write({ ...sent(view), camera }, atlas.address);
  if (inApp()) return push(parameters);
  const isPlain = Object.keys(parameters).length === 0;
  if (isPlain && opensOnDefault && !location.search) return pushHash("");
  // without any parameter, the page opens on the view it was exported with
  const days = { first: toIso(view.first), last: toIso(view.last) };
  pushHash(`#${written(Object.entries(isPlain ? days : parameters))}`);
}

/** The address of the view as it is now. */
export function link() {
  if (waiting !== undefined) writeNow();
  return (inApp() ? window.parent : window).location.href;
}

/**
 * Adds a standalone page's address to the browser's history.
 * @param {string} next with #; empty for none
 */
function pushHash(next) {
  if (next === location.hash) return;
  hash = next;
  // in a frame of somebody else's page, Back belongs to that page
  const address = next || location.pathname;
  if (window.parent === window) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

/**
 * Adds an address to the browser's history; parameters that are not ours stay in it.
 * @param {Query} parameters
 */
export function push(parameters) {
  const { location, history } = window.parent;
  const ours = spellings();
  const others = [...new URLSearchParams(location.search)].filter(([name]) => !ours.has(name));
  const text = written([...others, ...Object.entries(parameters)]);
  const search = text ? `?${text}` : "";
  if (search === location.search) return;
  const before = new URLSearchParams(location.search);
  history.pushState({}, "", `${location.pathname}${search}${location.hash}`);
  untold = true;
  const after = new URLSearchParams(search);
  if (isSpokenOf() || AROUND.some((name) => before.get(name) !== after.get(name))) announce();
}

/** Whether the page around the frame shows something about the view: an open panel, or remarks on the address. */
const isSpokenOf = () =>
  Boolean(window.parent.document.querySelector('[data-testid="stPopoverBody"], [data-testid="stAlert"]'));

/** Makes Streamlit read the address and run its script, as it does when the reader goes back, if it has changed. */
function announce() {
  if (away || !untold) return;
  untold = false;
  window.parent.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

/**
 * Returns the view to open on. In a standalone page, that is the exported view unless the address asks for another.
 * @param {Opening} exported
 */
export function openingView(exported) {
  const { view, remarks } = readQuery();
  if (inApp()) return view; // the page around the frame shows the remarks
  hash = location.hash;
  opensOnDefault = Object.keys(write(exported, state.atlas.address)).length === 0;
  document.querySelector(".page-head .remarks")?.remove();
  const ours = spellings();
  if (![...new URLSearchParams(query()).keys()].some((name) => ours.has(name))) return exported;
  const said = remarks.map(({ key, code, got, values }) => words("remark", { key, what: words(code, values), got }));
  if (said.length) {
    const note = make("p", { class: "remarks", role: "status" }, `${words("bad-address")} ${said.join(" ")}`);
    document.querySelector(".page-head > p")?.after(note);
  }
  return view;
}

/**
 * Calls `take` with the view of the address whenever the reader goes back or forward in the browser's history, or
 * types another address into a standalone page.
 * @param {(view: Opening) => void} take
 * @param {Opening} exported the view that a standalone page was exported with
 */
export function followAddress(take, exported) {
  if (!inApp()) {
    const follow = () => {
      if (location.hash === hash) return; // browsers report a typed address once or twice
      clearTimeout(waiting);
      waiting = undefined;
      take(openingView(exported));
    };
    window.addEventListener("popstate", follow);
    window.addEventListener("hashchange", follow);
    return;
  }
  const closed = new AbortController();
  const follow = (/** @type {Event} */ event) => {
    if (!event.isTrusted) return; // from `announce`
    clearTimeout(waiting);
    waiting = undefined;
    untold = false;
    take(viewOfAddress());
  };
  window.parent.addEventListener("popstate", follow, { signal: closed.signal });
  // Running the script for each change would cost the server as much as a new page; the page around the frame needs
  // the address only when the reader turns to it.
  for (const type of ["pointerdown", "focusin"])
    window.parent.document.addEventListener(type, announceLatest, { capture: true, signal: closed.signal });
  window.addEventListener("pagehide", ({ persisted }) => persisted || closed.abort());
}

/**
 * Announces the address as it is now when the reader turns to the page around the map's frame.
 * @param {Event} event
 */
function announceLatest({ target }) {
  if (target === window.frameElement) return;
  if (waiting !== undefined) writeNow();
  announce();
}

/**
 * Notes whether the server is there. When it is again, it gets the latest address and what was asked for meanwhile.
 * @param {boolean} isServed
 */
export function served(isServed) {
  const isBack = away && isServed;
  away = !isServed;
  if (!isBack) return;
  announce();
  askAgain();
}

/* Keeps the address bar and the view in step. In the app the bar belongs to the page around the map's frame; the
 * standalone page keeps its view after #. Only this module writes the address, so it can never be out of date:
 * Streamlit's server reads it from there.
 */

/** @import { Opening } from "./payload.d.ts" */
/** @import { Query } from "./address.js" */

import { read, write } from "./address.js";
import { toIso } from "./days.js";
import { make } from "./dom.js";
import { askAgain } from "./incident_requests.js";
import { sent } from "./rules.js";
import { state } from "./state.js";
import { words } from "./words.js";

const SETTLED = 120; // milliseconds without a change after which the view is written

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;
/** Whether Streamlit has lost its server. */
let away = false;
/** Whether the address has changed since then. */
let changedMeanwhile = false;

/** All spellings of the parameters of a view. */
const spellings = () =>
  new Set(Object.entries(state.atlas.address.parameters).flatMap(([name, { alias }]) => [name, alias]));

/** The address that holds the view: what follows # (or ?) in a standalone page. */
function query() {
  if (window.Streamlit) return window.parent.location.search;
  return location.hash.length > 1 ? location.hash.slice(1) : location.search;
}

/** What the address asks for, with remarks on what in it cannot be used. */
const readQuery = () => read(Object.fromEntries(new URLSearchParams(query())), state.atlas.address);

/** The view that the address asks for. */
export const viewOfAddress = () => readQuery().view;

/** @param {[string, string][]} parameters */
const written = (parameters) => String(new URLSearchParams(parameters)).replaceAll("%2C", ",");

/** Writes the view to the address bar once the reader has made no change for a moment. */
export function writeView() {
  if (state.playing) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const { view, map, atlas } = state;
    const { lat, lng } = map.getCenter();
    /** @type {[number, number, number] | null} */
    const camera = view.moved ? [lat, lng, map.getZoom()] : null;
    const parameters = write({ ...sent(view), camera }, atlas.address);
    if (window.Streamlit) return push(parameters);
    // without any parameter, a standalone page opens on the view it was exported with
    const days = { first: toIso(view.first), last: toIso(view.last) };
    history.replaceState(null, "", `#${written(Object.entries(Object.keys(parameters).length ? parameters : days))}`);
  }, SETTLED);
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
  history.pushState({}, "", `${location.pathname}${search}${location.hash}`);
  if (away) changedMeanwhile = true;
  else announce();
}

/** Makes Streamlit read the address and run its script, as it does when the reader goes back. */
const announce = () => window.parent.dispatchEvent(new PopStateEvent("popstate", { state: {} }));

/**
 * Returns the view to open on. In a standalone page, that is the exported view unless the address asks for another.
 * @param {Opening} exported
 */
export function openingView(exported) {
  const { view, remarks } = readQuery();
  if (window.Streamlit) return view; // the page around the frame shows the remarks
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
 * Calls `take` with the view of the address whenever the reader goes back or forward in the browser's history.
 * @param {(view: Opening) => void} take
 */
export function followAddress(take) {
  if (!window.Streamlit) {
    window.addEventListener("hashchange", () => location.reload()); // typed in by the reader
    return;
  }
  const closed = new AbortController();
  const follow = (/** @type {Event} */ event) => {
    if (!event.isTrusted) return; // from `announce`
    clearTimeout(waiting);
    take(viewOfAddress());
  };
  window.parent.addEventListener("popstate", follow, { signal: closed.signal });
  window.addEventListener("pagehide", ({ persisted }) => persisted || closed.abort());
  window.addEventListener("message", onMessage);
}

/**
 * Streamlit disables its widgets while the server is unreachable. When the server is back, it gets the latest address.
 * @param {MessageEvent} message
 */
function onMessage({ source, data }) {
  if (source !== window.parent || data?.type !== "streamlit:render") return;
  const isBack = away && !data.disabled;
  away = Boolean(data.disabled);
  if (!isBack) return;
  if (changedMeanwhile) announce();
  changedMeanwhile = false;
  askAgain();
}

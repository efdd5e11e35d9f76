/* Reports to Python: the current view as an address, and the incidents whose cards to load. */

/** @import { Opening } from "./payload.d.ts" */

import { read, write } from "./address.js";
import { toIso } from "./days.js";
import { make } from "./dom.js";
import { sent } from "./rules.js";
import { state } from "./state.js";
import { words } from "./words.js";

const SETTLED = 120; // milliseconds without a change after which a view is reported

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;
/** Whether the reader did anything since the last view was taken over from Python. */
let acted = false;
/** The last view taken over from Python. @type {number | null} */
let turn = null;
/** Whether Streamlit has lost its server. */
let away = false;
/** Whether something was reported meanwhile. */
let unheard = false;
/** Incidents whose cards Python is to make, one by one, as "record/number". @type {string[]} */
let asked = [];

/** The number of the last view taken over. */
export const lastTurn = () => turn;
/**
 * Notes that a view was taken over from Python.
 * @param {number | null} number
 */
export function tookOver(number) {
  turn = number;
  acted = false;
}

/** The parameters of the address that ask for the view; the window alone where all else is at its default. */
function address() {
  const { view, map, atlas } = state;
  const centre = map.getCenter();
  /** @type {[number, number, number] | null} */
  const camera = view.moved ? [centre.lat, centre.lng, map.getZoom()] : null;
  const written = write({ ...sent(view), camera }, atlas.address);
  return Object.keys(written).length ? written : { first: toIso(view.first), last: toIso(view.last) };
}

/** Reports what the reader did, once the view is settled. */
export function report() {
  acted = true;
  reportIn(SETTLED);
}
/** Reports at once what the reader did not do. */
export const reportNow = () => reportIn(0);

/** @param {number} delay milliseconds */
function reportIn(delay) {
  if (state.playing) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const view = address();
    unheard ||= away;
    if (window.Streamlit)
      window.Streamlit.setComponentValue({ address: view, turn, acted, incident: asked[0] ?? null });
    else history.replaceState(null, "", `#${String(new URLSearchParams(view)).replaceAll("%2C", ",")}`);
  }, delay);
}

/**
 * Reports again what was reported in vain: Streamlit disables its widgets while it looks for its server.
 * @param {MessageEvent} message
 */
export function onMessage({ source, data }) {
  if (source !== window.parent || data?.type !== "streamlit:render") return;
  const back = away && !data.disabled;
  away = Boolean(data.disabled);
  if (!back || !unheard) return;
  unheard = false;
  reportNow();
}

/**
 * Asks Python for the card of an incident.
 * @param {string} name
 */
export function ask(name) {
  if (!asked.includes(name)) asked.push(name);
  if (asked.length === 1) reportNow();
}
/**
 * Goes on to the next card once one has come.
 * @param {string} name
 */
export function answered(name) {
  asked = asked.filter((other) => other !== name);
  if (asked.length) reportNow();
}

/**
 * In the page without a server, what follows # (or ?) in its address asks for a view.
 * @param {Opening} opening
 */
export function fromHash(opening) {
  const { atlas } = state;
  const query = (location.hash.length > 1 ? location.hash : location.search).slice(1);
  const given = Object.fromEntries(new URLSearchParams(query));
  const spellings = Object.entries(atlas.address.parameters).flatMap(([name, { alias }]) => [name, alias]);
  if (window.Streamlit || !spellings.some((spelling) => Object.hasOwn(given, spelling))) return opening;
  const { view, remarks } = read(given, atlas.address);
  const said = remarks.map(({ key, code, got, values }) => words("remark", { key, what: words(code, values), got }));
  if (said.length) {
    const note = make("p", { class: "remarks", role: "status" }, `${words("bad-address")} ${said.join(" ")}`);
    document.querySelector(".page-head > p")?.after(note);
  }
  return view;
}

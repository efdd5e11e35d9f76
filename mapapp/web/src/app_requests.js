/* The app around the map's frame: whether there is one, and what is requested from it: cards of incidents, one after
 * another, and the numbers of comparisons.
 *
 * The frame is drawn before Streamlit is there. What is requested until then is requested when `bridge.js` connects.
 */

/** @import { IncidentSource } from "./types.d.ts" */

/** Incidents whose cards have not come yet, as "record/number". @type {string[]} */
let asked = [];

/** Whether the numbers of comparisons have been asked for; every later request asks for them, too. */
let comparing = false;

/** Whether this document is the map's frame in the app, not a page of its own. */
export const inApp = () => document.documentElement.hasAttribute("data-app");

/**
 * The reader's incidents, if the app has them at hand when it sends its page (`ui/index.py`).
 * @returns {IncidentSource | null}
 */
export const incidentsAtHand = () =>
  inApp() ? JSON.parse(window.frameElement?.getAttribute("data-incidents") ?? "null") : null;

/** Lets Streamlit start, once what has been drawn is on the screen. */
export function letAppStart() {
  requestAnimationFrame(() =>
    setTimeout(() => {
      window.frameElement?.setAttribute("data-drawn", "1"); // for a page that does not listen yet
      window.parent.dispatchEvent(new CustomEvent("mapapp-drawn"));
    }),
  );
}

/** Requests again what has not come, as after the server was away. */
export function askAgain() {
  if (asked.length || comparing)
    window.parent.mapappBridge?.request({ incident: asked[0] ?? null, compare: comparing });
}

/** Requests the numbers of comparisons. */
export function askForComparison() {
  comparing = true;
  askAgain();
}

/**
 * Requests the card of an incident.
 * @param {string} name
 */
export function ask(name) {
  if (!asked.includes(name)) asked.push(name);
  if (asked.length === 1) askAgain();
}

/**
 * Goes on to the next card once one has come.
 * @param {string} name
 */
export function answered(name) {
  asked = asked.filter((other) => other !== name);
  askAgain();
}

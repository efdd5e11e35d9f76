/* Requests the cards of incidents from Python, one after another. */

/** Incidents whose cards have not come yet, as "record/number". @type {string[]} */
let asked = [];

/** Requests the first of them again, as after the server was away. */
export function askAgain() {
  if (asked.length) window.Streamlit?.setComponentValue({ incident: asked[0] });
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

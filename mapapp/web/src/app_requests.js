/* What the page requests from the app: cards of incidents, one after another, and the numbers of comparisons. */

/** Incidents whose cards have not come yet, as "record/number". @type {string[]} */
let asked = [];

/** Whether the numbers of comparisons have been asked for; every later request asks for them, too. */
let comparing = false;

/** Requests again what has not come, as after the server was away. */
export function askAgain() {
  if (asked.length || comparing)
    window.Streamlit?.setComponentValue({ incident: asked[0] ?? null, compare: comparing });
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

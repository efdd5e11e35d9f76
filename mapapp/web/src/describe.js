/* The account of the view in the reading pane: made when the reader opens it, and anew after changes meanwhile. */

/** @import { AccountParts, Entry, Section } from "./types.d.ts" */

import { account, partsOf } from "./account.js";
import { comparisonNumbers } from "./compare_numbers.js";
import { make, on } from "./dom.js";
import { $, state } from "./state.js";
import { words } from "./words.js";

const SETTLED = 300; // milliseconds without a change after which the account is made anew

/** @type {AccountParts | undefined} */
let parts;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/** The closed account, with a heading for those who look for it by headings. */
export function accountBox() {
  const box = make(
    "details",
    { class: "account-box" },
    make("summary", {}, make("h2", {}, words("account-heading"))),
    make("p", { class: "account-said", role: "status" }),
    make("div", { class: "account" }),
  );
  return on(box, { toggle: () => box.open && paintAccount() });
}

/** Opens the account and goes to it. */
export function goToAccount() {
  const box = /** @type {HTMLDetailsElement} */ ($(".account-box"));
  box.open = true;
  box.scrollIntoView({ block: "start" });
  /** @type {HTMLElement} */ (box.firstElementChild).focus();
}

/** Makes the account anew soon, if it is open. */
export function describeSoon() {
  clearTimeout(waiting);
  if (!(/** @type {HTMLDetailsElement} */ ($(".account-box")).open)) return;
  waiting = setTimeout(() => {
    paintAccount();
    const n = state.shown.events.size;
    $(".account-said").textContent = words("account-updated", { n });
  }, SETTLED);
}

function paintAccount() {
  parts ??= partsOf(state.atlas);
  const sections = account(state.atlas, state.view, state.shown, parts, comparisonNumbers());
  $(".account").replaceChildren(make("p", {}, words("account-about")), ...sections.flatMap(sectionNodes));
}

/** @param {Section} section */
const sectionNodes = ({ title, entries, groups }) => [
  ...(title ? [make("h3", {}, title)] : []),
  ...listNodes(entries),
  ...groups.flatMap(([heading, found]) => [make("h4", {}, heading), ...listNodes(found)]),
];

/** @param {Entry[]} entries */
const listNodes = (entries) => (entries.length ? [make("ul", {}, ...entries.map(entryNode))] : []);

/** @param {Entry} entry */
function entryNode({ voice, text, quote }) {
  const by = voice ? [make("b", { class: "voice" }, `${words(`account-voice-${voice}`)}:`), " "] : [];
  const said = quote ? [" ", make("q", { lang: quote.lang, dir: quote.dir }, quote.text)] : [];
  return make("li", { class: voice ? `voice-${voice}` : null }, ...by, text, ...said);
}

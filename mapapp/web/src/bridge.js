/* Runs in streamlit-folium's frame, loaded together with Leaflet. The map is drawn in a frame that the page has from
 * the beginning (`ui/index.py`), before Streamlit is there. This lays that frame over streamlit-folium's, which is
 * hidden, passes what Python says to it, and what it requests to Python.
 */

/** @import { IncidentSource } from "./types.d.ts" */

export {};

const around = window.parent;
const place = /** @type {HTMLElement} */ (window.frameElement);
let frame = /** @type {HTMLIFrameElement} */ (around.document.getElementById("mapapp-map"));
const closed = new AbortController();

/** Resolves once the map is drawn, with its functions. @type {(functions: Window["mapapp"]) => void} */
let resolve;
/** @type {Promise<Window["mapapp"]>} */
const drawn = new Promise((take) => {
  resolve = take;
});

/**
 * Calls a function of the map once it is drawn.
 * @param {string} name
 * @param {unknown} value
 */
const call = (name, value) => drawn.then((functions) => functions[name]?.(value));

/**
 * Shows a map and the reader's incidents; the map is drawn anew if another is shown.
 * @param {{ page: string, record: IncidentSource | null, failed: string }} wanted the map's address, seen from the page
 *   around; and what is said if it cannot be loaded
 */
function show({ page, record, failed }) {
  const address = new URL(page, around.document.baseURI).href;
  const shown = JSON.stringify([address, record]);
  const before = frame.dataset.shown ?? JSON.stringify([frame.src, JSON.parse(frame.dataset.incidents ?? "null")]);
  let isNew = before !== shown;
  frame.dataset.shown = shown;
  frame.hidden = false;
  const take = () => {
    const functions = functionsAt(address);
    if (!functions) return say(failed);
    if (record && isNew) functions.incidents?.(record);
    resolve(functions);
  };
  const isSame = before === shown || before === JSON.stringify([address, null]);
  if (isSame && functionsAt(address)) return take();
  const { URL: at, readyState } = frame.contentDocument ?? {};
  const isComing = at === "about:blank" || (at === address && readyState !== "complete");
  if (!frame.src) frame.src = address;
  else if (!isSame || !isComing) {
    replaceFrame(address);
    isNew = true;
  }
  frame.addEventListener("load", take, { once: true, signal: closed.signal });
}

/**
 * Puts a new frame in place of the map's: another address for the old one would be an entry of the browser's history.
 * @param {string} address
 */
function replaceFrame(address) {
  const old = frame;
  frame = /** @type {HTMLIFrameElement} */ (old.cloneNode());
  frame.src = address;
  delete frame.dataset.incidents;
  delete frame.dataset.drawn;
  old.replaceWith(frame);
}

/**
 * The functions of the map at an address, if it is drawn.
 * @param {string} address
 */
function functionsAt(address) {
  const { contentDocument, contentWindow } = frame;
  // null if the browser shows a page of its own about an error
  return contentDocument?.URL === address && contentDocument.readyState === "complete" ? contentWindow?.mapapp : null;
}

/**
 * Says something in place of the map.
 * @param {string} text
 */
function say(text) {
  frame.hidden = true;
  place.style.visibility = "visible";
  document.body.replaceChildren(Object.assign(document.createElement("p"), { textContent: text }));
}

// biome-ignore lint/security/noGlobalEval: kept for what is not ours, as the policy allows
const evaluate = window.eval;

/**
 * Stands before `eval`, which the content security policy of the app forbids. streamlit-folium evaluates the script of
 * a feature group, of which only the calls of the map's functions matter (`ui/map_component.py`).
 *
 * @param {string} script
 */
function callsIn(script) {
  const calls = [...script.matchAll(/^\s*mapapp\.(reopen|tell|compared)\((.*)\);\s*$/gm)];
  if (!calls.length && script.trim()) return evaluate(script);
  for (const [, name = "", value = ""] of calls) call(name, JSON.parse(value));
}
Object.assign(window, { eval: callsIn, mapapp: { show } });

around.mapappBridge = {
  request: (value) => window.Streamlit?.setComponentValue(value),
  makeWay: (isFilled) => {
    if (isFilled) place.scrollIntoView({ block: "nearest" });
    else around.document.querySelector('[data-testid="stMain"]')?.scrollTo({ top: 0 });
  },
};

window.addEventListener("message", ({ source, data }) => {
  if (source === around && data?.type === "streamlit:render") call("follow", data);
});

/** Lays the map's frame over this one. */
function follow() {
  const box = place.getBoundingClientRect();
  for (const side of /** @type {const} */ (["top", "left", "width", "height"]))
    frame.style.setProperty(`--${side}`, `${box[side]}px`);
}
const sizes = new around.ResizeObserver(follow);
for (let part = place; part !== around.document.body && part.parentElement; part = part.parentElement)
  sizes.observe(part);
around.document.addEventListener("scroll", follow, { capture: true, passive: true, signal: closed.signal });
window.addEventListener("pagehide", () => {
  closed.abort();
  sizes.disconnect();
});
follow();

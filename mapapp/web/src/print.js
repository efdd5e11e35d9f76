/* Print layout: map with legend and credit, the open card, the full article. */

import { inApp } from "./app_requests.js";
import { steer } from "./camera.js";
import { paintCredit } from "./credit.js";
import { all } from "./dom.js";
import { restyleOwn } from "./own_layer.js";
import { $$, state } from "./state.js";
import { bar } from "./story_bar.js";

const PAPER = "680px"; // width of the map's frame on paper

/** Restores the screen layout. @type {(() => void) | null} */
let restore = null;

export function beforePrint() {
  if (restore) return;
  const page = document.documentElement;
  const { map } = state;
  const { theme } = page.dataset;
  const closed = $$(".compare-said details:not([open])"); // the numbers of each holder
  const [centre, zoom, sight] = [map.getCenter(), map.getZoom(), map.getBounds()];
  for (const details of closed) details.setAttribute("open", "");
  state.printing = true;
  page.dataset.theme = "light";
  page.classList.add("printing");
  repaint(() => map.fitBounds(sight, { animate: false }));
  const frame = inApp() ? /** @type {HTMLElement | null} */ (window.frameElement) : null;
  const restoreFrame = frame ? layOutFrame(frame) : () => {};
  restore = () => {
    state.printing = false;
    if (theme === undefined) delete page.dataset.theme;
    else page.dataset.theme = theme;
    page.classList.remove("printing");
    restoreFrame();
    for (const details of closed) details.removeAttribute("open");
    repaint(() => map.setView(centre, zoom, { animate: false }));
  };
}

export function afterPrint() {
  restore?.();
  restore = null;
}

/**
 * Redraws what differs on paper.
 * @param {() => void} move
 */
function repaint(move) {
  state.incidents?.restyle();
  restyleOwn();
  paintCredit();
  steer(() => {
    state.map.invalidateSize({ animate: false });
    move();
  });
}

/**
 * Browsers do not split a frame between pages, so it keeps only the map; the text is moved into the page around it.
 * @param {HTMLElement} frame
 */
function layOutFrame(frame) {
  const { root } = state;
  const outside = frame.ownerDocument;
  const style = frame.style.cssText;
  const text = outside.createElement("section");
  text.className = "mapapp-print";
  for (const part of $$(`.compare-said > details, .cards-list${state.view.step === null ? ", .article" : ""}`))
    text.append(outside.importNode(part, true));
  for (const symbol of all(text, "svg.symbol")) symbol.remove();
  outside.body.append(text);
  root.classList.add("text-apart");
  frame.style.setProperty("width", PAPER, "important");
  frame.style.setProperty(
    "height",
    `${Math.ceil(bar.offsetHeight + root.getBoundingClientRect().height)}px`,
    "important",
  );
  return () => {
    root.classList.remove("text-apart");
    frame.style.cssText = style;
    text.remove();
  };
}

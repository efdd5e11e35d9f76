/* Repainting: which parts of the screen each kind of change redraws. */

/** @import { Change, Chosen } from "./types.d.ts" */

import { writeView } from "./address_bar.js";
import { paintArticle, scrollToPassage } from "./article.js";
import { paintBadges } from "./badges.js";
import { goTo, steer } from "./camera.js";
import { paintCards, recountBeside, updateCards } from "./cards.js";
import { paintCredit } from "./credit.js";
import { paintEmpty } from "./empty.js";
import { paintLabels, paintLabelsIfChanged } from "./labels.js";
import { paintLegend } from "./legend.js";
import { paintBase, paintPlaces } from "./map.js";
import { syncPanel } from "./panel.js";
import { select } from "./rules.js";
import { chosenPlaces } from "./selection.js";
import { $, state } from "./state.js";
import { followWindow, paintTime } from "./time_axis.js";
import { clearTyped } from "./time_bar.js";
import { same } from "./visible.js";
import { renameAll } from "./words.js";

/** Updates map, panel and time bar to the state of the view. */
export function paint() {
  const shown = select(state.atlas, state.view);
  paintPlaces(shown);
  const whole = state.dirty || !same(shown, state.shown);
  state.shown = shown;
  state.dirty = false;
  if (whole) {
    paintBadges();
    paintArticle();
    paintLegend();
    paintEmpty();
  }
  if (state.incidents) {
    state.incidents.paint();
    $(".record-label").replaceChildren(...state.incidents.label());
  }
  paintCredit();
  paintTime();
  paintLabelsIfChanged(); // last, because it measures the positions of the others
}

/** Redraws everything, even if the visible items are the same. */
export function paintWhole() {
  state.dirty = true;
  paint();
}

function paintWindow() {
  clearTyped();
  followWindow();
  paint();
}

/** The repainting that each change requires. @type {Record<Change, () => void>} */
const ANSWERS = {
  step: paintWindow,
  days() {
    paintWindow();
    if (state.chosen.id) {
      recountBeside();
      updateCards();
    }
    writeView();
  },
  filter() {
    paint();
    updateCards();
    writeView();
  },
  layer() {
    paintWhole();
    writeView();
  },
  setting() {
    paintWhole();
    paintCards();
    writeView();
  },
  names() {
    document.documentElement.lang = state.atlas.locale;
    renameAll(state.root);
    paintWhole();
    writeView();
  },
  base() {
    paintBase();
    writeView();
  },
  reset() {
    syncPanel();
    paintWhole();
    writeView();
  },
  clean() {
    paintCredit();
    steer(() => state.map.invalidateSize({ animate: false }));
    paintLabels();
    writeView();
  },
  loaded() {
    paint();
    if (state.chosen.id) paintCards();
  },
  selection() {
    const { chosen } = state;
    const held = paintSelection();
    if (held && !held.isConnected) moveFocus(chosen);
    if (chosen.id) {
      scrollToPassage();
      $(".cards-head").scrollIntoView({ block: "nearest" });
      if (!state.places.has(chosen.id) || !chosen.stay) goTo(chosenPlaces());
    }
    writeView();
  },
  incidents() {
    paintSelection();
    $(".cards h2").focus({ preventScroll: true });
    $(".cards-head").scrollIntoView({ block: "nearest" });
    if (state.chosen.incidents?.length === 1) $(".incident").dispatchEvent(new Event("toggle"));
    writeView();
  },
};

/**
 * Repaints after a change, and writes the view to the address bar.
 * @param {Change} change
 */
export const answer = (change) => ANSWERS[change]();

/** The element that had the focus before the cards. @type {HTMLElement | null} */
let opener = null;

/** Draws the cards of the selection; returns the element that had the focus. */
function paintSelection() {
  const held = /** @type {HTMLElement | null} */ (document.activeElement);
  if (held && held !== document.body && !held.closest(".cards, .beyond")) opener = held;
  paintCards();
  paint();
  paintArticle();
  return held;
}

/**
 * Moves the focus to the card, or back to the earlier element, because the focused element was removed.
 * @param {Chosen} chosen
 */
function moveFocus(chosen) {
  const next = chosen.id ? $(".cards h2") : opener?.isConnected ? opener : $(".article");
  next.focus({ preventScroll: true });
  if (!chosen.id) next.scrollIntoView({ block: "nearest" }); // on a low screen it may have been scrolled out of view
}

/* Repainting: which parts of the screen each kind of change redraws. */

/** @import { Change, Chosen } from "./types.d.ts" */

import { writeView } from "./address_bar.js";
import { afterFrames } from "./after_frames.js";
import { announce } from "./announce.js";
import { paintArticle, scrollToPassage } from "./article.js";
import { paintBadges } from "./badges.js";
import { goTo, steer } from "./camera.js";
import { paintCards, recountBeside, updateCards } from "./cards.js";
import { paintCompare } from "./compare.js";
import { paintCredit } from "./credit.js";
import { describeSoon } from "./describe.js";
import { paintEmpty } from "./empty.js";
import { paintHowToReadSoon } from "./how_to_read.js";
import { forgetControls, labelOnce, paintLabels, paintLabelsIfChanged } from "./labels.js";
import { paintLead } from "./lead.js";
import { paintLegend } from "./legend.js";
import { paintBase, paintPlaces } from "./map.js";
import { syncPanel } from "./panel.js";
import { paintReset } from "./reset.js";
import { select } from "./rules.js";
import { chosenPlaces } from "./selection.js";
import { $, state } from "./state.js";
import { followWindow, paintTime, paintTimeMarks } from "./time_axis.js";
import { clearTyped } from "./time_bar.js";
import { paintTolerance } from "./tolerance.js";
import { same } from "./visible.js";
import { renameAll } from "./words.js";

/** Updates map, panel and time bar to the state of the view. */
export function paint() {
  paintMap();
  paintTimeBar();
  paintAround();
  paintLabelsIfChanged(); // last, because it measures the positions of the others
}

/** Whether the visible items have changed since what stands around the map was last painted. */
let isStale = false;

/**
 * Updates the map, without labels.
 * @param {boolean} hasOnlyMoved whether only the window has changed: then the places stay if the same are visible
 */
function paintMap(hasOnlyMoved = false) {
  const shown = select(state.atlas, state.view);
  const isSame = !state.dirty && same(shown, state.shown);
  const stays = hasOnlyMoved && isSame && !state.chosen.id; // what is selected is drawn even if it is not visible
  if (!isSame) isStale = true;
  if (!stays) paintPlaces(shown);
  state.shown = shown;
  state.dirty = false;
  if (isStale) {
    paintBadges();
    paintEmpty();
  }
  state.incidents?.paint();
  if (!stays) paintTolerance();
  paintCompare();
}

function paintTimeBar() {
  if (isStale) paintTimeMarks();
  paintTime();
}

/** Updates the panel and the article. */
function paintAround() {
  if (isStale) {
    paintArticle();
    paintLegend();
    paintLead();
    paintHowToReadSoon();
  }
  isStale = false;
  if (state.incidents) {
    state.incidents.paintKey();
    $(".record-label").replaceChildren(...state.incidents.label());
  }
  paintReset();
  paintCredit();
  describeSoon();
}

/** Redraws everything, even if the visible items are the same. */
export function paintWhole() {
  state.dirty = true;
  paint();
}

/** Makes the axis follow a window that has moved. */
function followTime() {
  clearTyped();
  followWindow();
}

function paintBeside() {
  if (!state.chosen.id) return;
  recountBeside();
  updateCards();
}

const timeBar = afterFrames(1, () => {
  followTime();
  paintTimeBar();
});
const around = afterFrames(2, () => {
  timeBar.flush();
  paintAround();
});
const cards = afterFrames(2, paintBeside);

/** Paints at once what has been put off. */
export function paintNow() {
  around.flush();
  cards.flush();
}

/** Moves the window on the map, so that a step is seen soon; what surrounds the map follows a frame or two later. */
function paintWindow() {
  paintMap(true);
  timeBar.ask();
  around.ask();
  if (state.view.screenshot) around.flush(); // the credit is on the map then, and labels make way for it
  paintLabelsIfChanged();
}

/** The repainting that each change requires. @type {Record<Change, () => void>} */
const ANSWERS = {
  step() {
    paintWindow();
    timeBar.flush(); // what is dragged stays under the pointer
  },
  nudge() {
    paintWindow();
    cards.ask();
    writeView();
  },
  days() {
    followTime();
    paint();
    paintBeside();
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
    if (state.chosen.id) paintCards();
    writeView();
  },
  key() {
    forgetControls();
    paintLabels();
  },
  bands: paintHowToReadSoon,
  clean() {
    paintCredit();
    steer(() => state.map.invalidateSize({ animate: false }));
    forgetControls();
    paintLabels();
    writeView();
  },
  compared() {
    paintCompare();
    paintCredit();
    describeSoon();
  },
  loaded() {
    paint();
    if (state.chosen.id) paintCards();
  },
  selection() {
    const { chosen } = state;
    const before = state.map.getSize();
    const held = /** @type {HTMLElement | null} */ (document.activeElement);
    labelOnce(() => {
      paintSelection();
      const stays = state.places.has(chosen.id ?? "") && chosen.stay && before.equals(state.map.getSize());
      if (chosen.id && !stays) goTo(chosenPlaces());
    });
    if (held && !held.isConnected) moveFocus(chosen);
    if (chosen.id) {
      scrollToPassage();
      scrollToCard();
    }
    writeView();
  },
  incidents() {
    paintSelection();
    $(".cards h2").focus({ preventScroll: true });
    scrollToCard();
    if (state.chosen.incidents?.length === 1) $(".incident").dispatchEvent(new Event("toggle"));
    writeView();
  },
  own: paintCredit,
  "own-card"() {
    paintSelection();
    $(".cards h2").focus({ preventScroll: true });
    scrollToCard();
    writeView();
  },
};

/**
 * Repaints after a change, and writes the view to the address bar.
 * @param {Change} change
 */
export function answer(change) {
  ANSWERS[change]();
  announce(change);
}

/** The element that had the focus before the cards. @type {HTMLElement | null} */
let opener = null;

/** Shows the beginning of the card. Scrolling measures the page, so this comes after everything is drawn. */
function scrollToCard() {
  $(".cards").scrollTop = 0;
  $(".cards-head").scrollIntoView({ block: "nearest" });
}

/** Draws the cards of the selection. */
function paintSelection() {
  const held = /** @type {HTMLElement | null} */ (document.activeElement);
  if (held && held !== document.body && !held.closest(".cards, .beyond")) opener = held;
  const { classList } = state.root;
  const had = classList.contains("has-cards");
  paintCards();
  paintTimeMarks();
  // on a phone the map makes way for the card
  if (had !== classList.contains("has-cards")) steer(() => state.map.invalidateSize({ animate: false }));
  paint();
  paintArticle();
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

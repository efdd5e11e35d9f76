/* Opens another view without mounting the map anew. */

/** @import { Opening } from "./payload.d.ts" */

import { paintArticle, scrollToPassage } from "./article.js";
import { moveTo, steer } from "./camera.js";
import { paintCards } from "./cards.js";
import { paintBase } from "./map.js";
import { syncPanel } from "./panel.js";
import { taken } from "./rules.js";
import { paintWhole } from "./screen.js";
import { state } from "./state.js";
import { paintStory } from "./story_bar.js";
import { zoomAxisTo } from "./time_axis.js";
import { renameAll } from "./words.js";

/** @param {Opening} opening a view whose ids are all known */
export function takeView(opening) {
  state.view = { ...taken(opening), moved: opening.camera !== null };
  state.chosen = { id: state.view.selected, here: [] };
}

/** @param {Opening} next a view whose ids are all known */
export function openView(next) {
  takeView(next);
  paintStory(); // first, for it changes how much room the map has
  syncPanel();
  paintBase();
  zoomAxisTo(state.view.first, state.view.last);
  paintWhole();
  paintCards();
  paintArticle();
  scrollToPassage();
  renameAll(state.root);
  steer(() => moveTo(next.camera));
}

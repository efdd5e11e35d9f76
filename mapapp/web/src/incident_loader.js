/* Loads the incident layer (a separate script) after the map has been drawn. */

/** @import { IncidentHost, IncidentLayer, IncidentSource } from "./types.d.ts" */

import { ask } from "./app_requests.js";
import { paintCredit } from "./credit.js";
import { make } from "./dom.js";
import { addIncidents, filter, row, syncPanel } from "./panel.js";
import { incidentScope, openIncidents } from "./selection.js";
import { $, changed, eventOf, state } from "./state.js";
import { dayWords, inLanguage, nameOf, numberWords, words } from "./words.js";

/**
 * Has the browser fetch the reader's incidents before they are loaded.
 * @param {IncidentSource} source
 */
export function fetchIncidents({ script, about, rows }) {
  for (const [href, as] of Object.entries({ [script]: "script", [about]: "fetch", [rows]: "fetch" })) {
    const crossorigin = as === "fetch" ? "anonymous" : null; // else the browser would fetch it again
    document.head.append(make("link", { rel: "preload", href, as, crossorigin }));
  }
}

/**
 * Loads the reader's incidents, of which the app tells once it is there.
 * @param {IncidentSource} source
 */
export async function loadIncidents(source) {
  addIncidents();
  try {
    await loaded(source.script);
    takeIn(await window.mapappIncidents(source, host()));
  } catch (error) {
    failed(error);
  }
}

/**
 * Loads a script.
 * @param {string} src
 */
function loaded(src) {
  const script = make("script", { src });
  document.head.append(script);
  return new Promise((resolve, reject) => {
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
  });
}

const waitingRow = () => $('[data-row="incidents"]');

/** @param {unknown} error */
function failed(error) {
  console.warn(error);
  waitingRow().replaceChildren(make("p", { class: "none" }, words("incidents-failed")));
}

/** @returns {IncidentHost} */
function host() {
  const { map, atlas, root, places } = state;
  return {
    map,
    atlas,
    root,
    words,
    dayWords,
    numberWords,
    nameOf,
    inLanguage,
    view: () => state.view,
    day: dayOfArticle,
    place: (id) => places.get(id),
    scope: incidentScope,
    claims: (id) =>
      (atlas.related[id] || []).map(([event]) => eventOf(event)).filter((event) => atlas.counted.includes(event.kind)),
    ask,
    open: openIncidents,
    drawn: paintCredit,
  };
}

/** The day of the chosen article; of the newest if all are shown. */
const dayOfArticle = () => state.atlas.articles.find(({ id }) => id === state.view.article)?.day ?? state.atlas.day;

/** @param {IncidentLayer} layer */
function takeIn(layer) {
  const { map } = state;
  state.incidents = layer;
  const box = row("incidents", words("layer-incidents"));
  waitingRow().replaceWith(box);
  box.after(...layer.kinds.map(kindFilter));
  const sources = make("ul", { class: "sources" }, ...layer.records.map(layer.caption));
  $(".group-incidents").append(make("div", { class: "small record-sources" }, sources));
  syncPanel();
  changed("loaded");
  map.on("mousemove", ({ latlng }) =>
    map.getContainer().classList.toggle("over-incident", layer.at(latlng).length > 0),
  );
  document.documentElement.dataset.record = "1";
}

/** @param {string} kind */
function kindFilter(kind) {
  const node = filter("kinds", kind, make("span", {}, words(`incident-kind-${kind}`)));
  node.dataset.recordKind = kind;
  return node;
}

/* Draws each place once, when first visible; later changes only update its style. */

/** @import { PlaceItem } from "./payload.d.ts" */
/** @import { Shown } from "./types.d.ts" */

import { isHatched } from "./compare_marks.js";
import { make, symbol } from "./dom.js";
import { isLine, isPoint } from "./geometry.js";
import { placesAt, selectAt } from "./hits.js";
import { innerBand } from "./inner_band.js";
import { makeFocusable } from "./mark_words.js";
import { drawn, nodesOf } from "./marks.js";
import { chosenPlaces, litPlaces } from "./selection.js";
import { layerOf, placeOf, roleOf, state } from "./state.js";
import { hasBegun, isSpokenOf, spokenOf, standingOf } from "./visible.js";
import { languageOf, nameOf, words } from "./words.js";

// Zoom levels of a name up to which a mark keeps its size when the map is zoomed out, and from which it is small first.
const EARLY = 5;
const LATE = 10;

// Leaflet then moves what it draws in two dimensions: in three, browsers give each mark a layer of its own.
/** @type {any} */ (L.Browser).ie3d = true;

export function makePanes() {
  const { map } = state;
  const { drawing } = state.atlas;
  drawing.forEach((name, i) => {
    map.createPane(`m-${name}`).style.zIndex = String(210 + Math.floor((i * 180) / drawing.length));
  });
  const bands = map.createPane("m-tolerance");
  bands.style.zIndex = "395"; // above all areas and lines, of which they hide little
  const labels = map.createPane("m-labels");
  labels.style.zIndex = "640";
  labels.classList.add("labels");
  for (const { id, role } of state.layers.values())
    if (role === "land") /** @type {HTMLElement} */ (map.getPane(`m-${id}`)).style.pointerEvents = "none";
}

/** @param {PlaceItem} place */
export function classesOf(place) {
  const role = roleOf(place);
  const [low] = place.zoom;
  const size = low <= EARLY ? " early" : low >= LATE ? " late" : "";
  const unsure = place.unsure ? " unsure" : "";
  const more = `${role ? ` role-${role}` : ""}${size}${place.draft ? " draft" : ""}${unsure}`;
  return `place layer-${place.layer} kind-${place.kind} basis-${place.basis}${more}`;
}

/** @param {PlaceItem} place */
export const symbolOf = (place) => symbol(`place-${place.kind}`);

/** @param {PlaceItem} place */
function draw(place) {
  const layer = isPoint(place) ? drawPoint(place) : drawShape(place);
  if (roleOf(place) !== "land") layer.on("add", () => makeFocusable(layer, place));
  drawn.set(place.id, layer);
  return layer;
}

/** @param {PlaceItem} place */
function drawShape(place) {
  const feature = /** @type {GeoJSON.Feature} */ ({ type: "Feature", geometry: place.geometry });
  /** @param {L.PathOptions} options */
  const path = (options) => {
    const all = { pane: `m-${place.layer}`, smoothFactor: 0.8, bubblingMouseEvents: false, ...options };
    return /** @type {L.Path} */ (L.GeoJSON.geometryToLayer(feature, /** @type {L.GeoJSONOptions} */ (all)));
  };
  const line = isLine(place);
  const shape = path({
    className: `${classesOf(place)} ${line ? "line" : "area"}`,
    weight: 1,
    fill: !line,
    interactive: roleOf(place) !== "land",
  });
  // a wider invisible line receives the clicks
  const layer = line
    ? L.featureGroup([path({ className: "hit", fill: false }), shape])
    : layerOf(place).banded
      ? innerBand(place, shape, path({ className: `${classesOf(place)} band`, fill: false, interactive: false }))
      : shape;
  layer.on("click", (event) => {
    L.DomEvent.stop(event);
    selectAt(event.latlng);
  });
  if (roleOf(place) !== "land") hover(layer, place);
  return layer;
}

/** @param {PlaceItem} place */
function drawPoint(place) {
  const [lon, lat] = place.geometry.coordinates;
  const html = make("span", { class: classesOf(place) }, symbolOf(place));
  const marker = L.marker([lat, lon], {
    icon: L.divIcon({ html, className: "mark", iconSize: [18, 18] }),
    keyboard: false, // map_focus.js makes all marks together one tab stop
    bubblingMouseEvents: false,
    zIndexOffset: state.atlas.drawing.indexOf(place.layer) * 20,
  });
  marker.on("click", (event) => selectAt(event.latlng, place.id));
  hover(marker, place);
  return marker;
}

/**
 * Name, status, tolerance and number of statements of a place, for its tooltip.
 * @param {PlaceItem} place
 */
function tip(place) {
  const status = state.shown.standing.get(place.id);
  const count = spokenOf(place.id).length;
  return make(
    "span",
    {},
    make("b", { lang: languageOf(place.id) }, nameOf(place.id)),
    status ? make("span", { class: "tip-note" }, words(`status-${status}`)) : null,
    make("span", { class: "tip-note" }, words("within-km", { km: place.tolerance })),
    count ? make("span", { class: "tip-note said" }, words("statements", { n: count })) : null,
  );
}

/**
 * Shows in the tooltip what a click would select; with overlapping shapes that is not always the hovered one.
 * @param {L.Layer} layer
 * @param {PlaceItem} own
 */
export function hover(layer, own) {
  let place = own;
  const content = () => tip(place);
  layer.bindTooltip(content, { sticky: true, direction: "top", offset: [0, -8], className: "tip", opacity: 1 });
  if (isPoint(own)) return;
  layer.on("mouseover mousemove", (event) => {
    const { latlng } = /** @type {L.LeafletMouseEvent} */ (event);
    const top = placesAt(latlng).find((id) => roleOf(placeOf(id)) !== "country");
    if (!top) return void layer.closeTooltip();
    if (placeOf(top) !== place) {
      place = placeOf(top);
      layer.setTooltipContent(/** @type {any} */ (content)); // a function, as bindTooltip takes it
    }
    if (!layer.isTooltipOpen()) layer.openTooltip(latlng);
  });
}

/**
 * Updates every mark to the state of the view.
 * @param {Shown} shown
 */
export function paintPlaces(shown) {
  const { map, chosen } = state;
  const lit = litPlaces();
  const main = new Set(chosen.id ? chosenPlaces() : []);
  for (const [id, place] of state.places) {
    const visible = (shown.places.has(id) && !isHatched(id)) || (lit.has(id) && hasBegun(place));
    if (!visible && !drawn.has(id)) continue;
    const layer = drawn.get(id) || draw(place);
    if (visible !== map.hasLayer(layer)) visible ? map.addLayer(layer) : map.removeLayer(layer);
    if (!visible) continue;
    const status = standingOf(place) || "none";
    const spoken = isSpokenOf(id, shown);
    for (const node of nodesOf(layer)) {
      if (node.dataset.status !== status) node.dataset.status = status;
      node.classList.toggle("lit", lit.has(id));
      node.classList.toggle("main", main.has(id));
      node.classList.toggle("ghost", !shown.places.has(id));
      node.classList.toggle("spoken", spoken);
    }
  }
}

/** @type {L.TileLayer | null} */
let tiles = null;
/** Adds or removes the online base map. */
export function paintBase() {
  tiles?.remove();
  tiles = null;
  const base = state.atlas.basemaps.find(({ id }) => id === state.view.base_map);
  state.root.classList.toggle("online", Boolean(base));
  if (!base) return;
  const { url, attribution, maxZoom, subdomains } = base;
  tiles = L.tileLayer(url, { attribution, maxZoom, subdomains }).addTo(state.map);
}

/* How far lines and edges may be off: soft bands as wide as their error, on both sides. */

/** @import { PlaceItem } from "./payload.d.ts" */

import { isLine, isPoint } from "./geometry.js";
import { chosenPlaces } from "./selection.js";
import { changed, layerOf, placeOf, state } from "./state.js";

// Half the width of a band, in pixels, from which it is drawn: below, it is as narrow as the line itself.
const SEEN = 4;
const WIDE = 48; // for the edges of areas, which show that the map is enlarged too far
const WIDEST = 4000;
const KM = 1000; // metres
const SETTLED = 120; // milliseconds without a change

/** The bands on the map, by place id. @type {Map<string, L.Path>} */
const bands = new Map();

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/**
 * Removes the bands of what is no longer visible, and draws those of the selection, of the visible main lines, and of
 * main areas where they matter once the view has been still for a moment: wide strokes are slow to lay out.
 */
export function paintTolerance() {
  const wanted = widths();
  for (const [id, band] of bands) {
    if (wanted.has(id)) continue;
    band.remove();
    bands.delete(id);
  }
  clearTimeout(waiting);
  waiting = setTimeout(drawBands, SETTLED);
}

function drawBands() {
  const { id } = state.chosen;
  const chosen = new Set(id ? chosenPlaces() : []);
  for (const [place, half] of widths()) paintBand(placeOf(place), half, chosen.has(place));
  changed("bands"); // even if there were bands before: they may have been gone when the key was last written
}

/** Half the width of each band in pixels, by place id. */
function widths() {
  const chosen = new Set(state.chosen.id ? chosenPlaces() : []);
  const halves = [...state.shown.places].map(
    (id) => /** @type {const} */ ([id, halfWidth(placeOf(id), chosen.has(id))]),
  );
  return new Map(halves.filter(([, half]) => half > 0));
}

/** Whether any band is drawn. */
export const hasBands = () => bands.size > 0;

/**
 * Half the width of the band of a place in pixels; 0 for none.
 * @param {PlaceItem} place
 * @param {boolean} chosen
 */
function halfWidth(place, chosen) {
  if (!chosen && !layerOf(place).main) return 0;
  const half = Number(place.tolerance) * pixelsPerKm(place);
  const least = chosen || isLine(place) ? SEEN : WIDE;
  const sight = state.map.getBounds();
  const [west, south, east, north] = place.box;
  if (half < least || !sight.intersects(L.latLngBounds([south, west], [north, east]))) return 0;
  return Math.min(half, WIDEST);
}

/**
 * Pixels of the map for a kilometre at the latitude of a place.
 * @param {PlaceItem} place
 */
function pixelsPerKm({ box: [, south, , north] }) {
  const { map } = state;
  const latitude = Math.min(Math.max((south + north) / 2, -85), 85);
  const metres = (40_075_016.686 * Math.cos((latitude * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
  return KM / metres;
}

/**
 * @param {PlaceItem} place
 * @param {number} half
 * @param {boolean} chosen
 */
function paintBand(place, half, chosen) {
  const band = bands.get(place.id) ?? drawBand(place);
  const element = /** @type {SVGElement | undefined} */ (band.getElement());
  element?.style.setProperty("stroke-width", `${2 * half}px`);
  element?.classList.toggle("chosen", chosen);
}

/** @param {PlaceItem} place */
function drawBand(place) {
  const options = { pane: "m-tolerance", className: "tolerance", fill: false, interactive: false, smoothFactor: 2 };
  const feature = /** @type {GeoJSON.Feature} */ ({ type: "Feature", geometry: place.geometry });
  const [lon, lat] = place.geometry.coordinates;
  // a point: a line without length whose ends are round
  const band = isPoint(place)
    ? L.polyline([[lat, lon], [lat, lon]], options) // biome-ignore format: two positions
    : /** @type {L.Path} */ (L.GeoJSON.geometryToLayer(feature, /** @type {L.GeoJSONOptions} */ (options)));
  bands.set(place.id, band.addTo(state.map));
  return band;
}

/* Centre and zoom of the map. */

import { chosenPlaces } from "./selection.js";
import { clamp, placeOf, roleOf, state } from "./state.js";

const ABROAD = 400_000; // metres from the initial extent; places farther away are shown with their whole country

let steering = false;
/** Whether the script is moving the map. Only movements by the reader go into the address. */
export const isSteering = () => steering;

/**
 * Moves the map without treating it as the reader's action.
 * @param {() => void} move
 */
export function steer(move) {
  steering = true;
  move();
  steering = false;
}

export const fitHome = () =>
  state.map.fitBounds(/** @type {L.LatLngBoundsLiteral} */ (state.atlas.home), { animate: false });

/**
 * Sets the map to a view's camera; without one, to the initial extent and the selection.
 * @param {readonly number[] | null} camera
 */
export function moveTo(camera) {
  if (camera) {
    const [lat, lon, zoom] = /** @type {[number, number, number]} */ (camera);
    state.map.setView([lat, lon], zoom, { animate: false });
  } else {
    fitHome();
    if (state.chosen.id) goTo(chosenPlaces());
  }
}

/**
 * Moves the map so that places are visible; does nothing if they already are.
 * @param {string[]} ids
 */
export function goTo(ids) {
  const { map } = state;
  const box = L.latLngBounds([]);
  const near = ids.filter((id) => roleOf(placeOf(id)) !== "country" || ids.length === 1);
  for (const id of near.length ? near : ids) {
    const [west, south, east, north] = placeOf(id).box;
    box.extend([south, west]).extend([north, east]);
  }
  if (!box.isValid()) return;
  const tooSmall = map.getBoundsZoom(box) > map.getZoom() + 2 && box.getNorthEast().distanceTo(box.getSouthWest()) > 1;
  if (map.getBounds().contains(box) && !tooSmall) return;
  const home = L.latLngBounds(/** @type {L.LatLngBoundsLiteral} */ (state.atlas.home)).getCenter();
  const maxZoom = home.distanceTo(box.getCenter()) > ABROAD ? 5 : clamp(map.getZoom(), 10, 11);
  map.fitBounds(box, { maxZoom, padding: [30, 30], animate: false });
}

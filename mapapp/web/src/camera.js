/* Centre and zoom of the map. */

import { chosenPlaces } from "./selection.js";
import { clamp, placeOf, state } from "./state.js";

const ABROAD = 400_000; // metres from the home frame from which a place is shown with its whole country

let steering = false;
/** Whether the script moves the map: only where the reader moved it goes into the address. */
export const isSteering = () => steering;

/**
 * Moves the map without taking it for the reader's doing.
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
 * Shows what a view opens on: its camera, or home and what is chosen.
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
 * Brings places into the frame, and leaves the frame alone when they are in it already.
 * @param {string[]} ids
 */
export function goTo(ids) {
  const { map } = state;
  const box = L.latLngBounds([]);
  const near = ids.filter((id) => placeOf(id).layer !== "countries" || ids.length === 1);
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

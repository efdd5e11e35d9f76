/* Centre and zoom of the map. */

import { heightOfList, isNarrow } from "./beyond.js";
import { chosenPlaces } from "./selection.js";
import { $, clamp, placeOf, roleOf, state } from "./state.js";

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

export function fitHome() {
  const home = /** @type {L.LatLngBoundsLiteral} */ (state.atlas.home);
  state.map.fitBounds(home, { animate: false, ...padding(0) });
}

/** @type {{ key: string, width: number }} */
const covered = { key: "", width: 0 };

/** The width at the start of the map that the key covers, in pixels; 0 on small screens, where it is elsewhere. */
function coveredWidth() {
  const card = $(".how-to-read");
  if (card.hidden || isNarrow()) return 0;
  const key = String(state.map.getSize());
  if (covered.key !== key) {
    const [box, stage] = [card.getBoundingClientRect(), $(".stage").getBoundingClientRect()];
    const inMap = getComputedStyle(card).gridRowStart === "stage";
    const width = state.atlas.dir === "rtl" ? stage.right - box.left : box.right - stage.left;
    Object.assign(covered, { key, width: inMap ? width : 0 });
  }
  return covered.width;
}

/**
 * The room around what the map shows: what the key and the list of places cover, and some more.
 * @param {number} more pixels on every side
 * @returns {{ paddingTopLeft: [number, number], paddingBottomRight: [number, number] }}
 */
function padding(more) {
  const rtl = state.atlas.dir === "rtl";
  const start = coveredWidth();
  return {
    paddingTopLeft: [more + (rtl ? 0 : start), more + heightOfList()],
    paddingBottomRight: [more + (rtl ? start : 0), more],
  };
}

/** The part of the map that neither the key nor the list covers; a pixel more, because positions are rounded. */
function clearBounds() {
  const { map } = state;
  const { paddingTopLeft, paddingBottomRight } = padding(-1);
  const far = map.getSize().subtract(paddingBottomRight);
  return L.latLngBounds(map.containerPointToLatLng(paddingTopLeft), map.containerPointToLatLng(far));
}

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
 * Moves the map so that places are visible beside the key and the list; does nothing if they already are.
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
  if (clearBounds().contains(box) && !tooSmall) return;
  const home = L.latLngBounds(/** @type {L.LatLngBoundsLiteral} */ (state.atlas.home)).getCenter();
  const maxZoom = home.distanceTo(box.getCenter()) > ABROAD ? 5 : clamp(map.getZoom(), 10, 11);
  map.fitBounds(box, { maxZoom, ...padding(30), animate: false });
}

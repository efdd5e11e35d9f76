/* Calculations with areas, lines and boxes. Pure. */

/** @import { Geometry, PlaceItem } from "./payload.d.ts" */
/** @import { PixelBox } from "./types.d.ts" */

/** @param {PlaceItem} place */
export const isPoint = (place) => place.geometry.type === "Point";
/** @param {PlaceItem} place */
export const isLine = (place) => place.geometry.type.includes("Line");

/**
 * Whether a ring contains a point.
 * @param {number[][]} ring
 * @param {number} x
 * @param {number} y
 */
export function goesRound(ring, x, y) {
  let inside = false;
  let [xj, yj] = /** @type {[number, number]} */ (ring[ring.length - 1]);
  for (const [xi, yi] of /** @type {[number, number][]} */ (ring)) {
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    [xj, yj] = [xi, yi];
  }
  return inside;
}

/**
 * Whether an area contains a point.
 * @param {PlaceItem} place
 * @param {number} lon
 * @param {number} lat
 */
export function areaHolds(place, lon, lat) {
  const [west, south, east, north] = place.box;
  if (lon < west || lon > east || lat < south || lat > north) return false;
  const { type, coordinates } = place.geometry;
  /** @type {number[][][][]} */
  const polygons = type === "Polygon" ? [coordinates] : coordinates;
  return polygons.some(
    ([shell, ...holes]) => shell && goesRound(shell, lon, lat) && !holes.some((hole) => goesRound(hole, lon, lat)),
  );
}

/**
 * Where a circle of latitude runs through an area.
 * @param {Geometry} geometry a Polygon or MultiPolygon
 * @param {number} lat
 * @returns {[number, number][]} longitudes of each stretch, west and east
 */
export function spansAt({ type, coordinates }, lat) {
  /** @type {number[][][][]} */
  const polygons = type === "Polygon" ? [coordinates] : coordinates;
  return polygons.flatMap((rings) => {
    const crossings = rings.flatMap((ring) => crossingsOf(ring, lat)).sort((a, b) => a - b);
    return Array.from(
      { length: crossings.length / 2 },
      (_, i) => /** @type {[number, number]} */ ([crossings[2 * i], crossings[2 * i + 1]]),
    );
  });
}

/**
 * The longitudes at which a ring crosses a latitude.
 * @param {number[][]} ring
 * @param {number} lat
 */
function crossingsOf(ring, lat) {
  const found = [];
  let [xj, yj] = /** @type {[number, number]} */ (ring[ring.length - 1]);
  for (const [xi, yi] of /** @type {[number, number][]} */ (ring)) {
    if (yi > lat !== yj > lat) found.push(((xj - xi) * (lat - yi)) / (yj - yi) + xi);
    [xj, yj] = [xi, yi];
  }
  return found;
}

/**
 * The lines of a shape; for an area, its rings.
 * @param {Geometry} geometry
 * @returns {[number, number][][]}
 */
export function linesOf({ type, coordinates }) {
  if (type === "LineString") return [coordinates];
  return type === "MultiPolygon" ? coordinates.flat() : coordinates;
}

/**
 * Whether two boxes overlap; edges that only touch do not.
 * @param {PixelBox} one
 * @param {PixelBox} other
 */
export const overlap = ([left, top, right, bottom], [l, t, r, b]) => left < r && right > l && top < b && bottom > t;

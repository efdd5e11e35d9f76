/* GeoJSON, in longitude and latitude: a geometry, a feature or a collection of features. */

/** @import { Collector, Position, Shape } from "./collector.js" */

import { polygonOf } from "./collector.js";

const DEEPEST = 8; // geometry collections within each other

/**
 * @param {string} text
 * @param {Collector} into
 */
export function readGeojson(text, into) {
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    return into.fault("syntax");
  }
  if (!isObject(data) || typeof data.type !== "string") return into.fault("root");
  const crs = data.crs === undefined || data.crs === null ? "" : JSON.stringify(data.crs);
  if (crs && !/CRS84|EPSG:{1,2}4326/.test(crs)) return into.fault("crs", crs);
  const features =
    data.type === "FeatureCollection"
      ? data.features
      : data.type === "Feature"
        ? [data]
        : [{ type: "Feature", geometry: data }];
  if (!Array.isArray(features)) return into.fault("root");
  into.unit = "feature";
  for (const feature of features) {
    into.n += 1;
    if (!isObject(feature) || feature.type !== "Feature") into.fault("root");
    else {
      const before = into.faults.length;
      const shapes = feature.geometry == null ? [] : geojsonShapes(feature.geometry, into, 0);
      if (into.faults.length === before) into.add(shapes, geojsonProperties(feature.properties));
    }
  }
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, any>}
 */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * @param {unknown} properties
 * @returns {[string, string][]}
 */
function geojsonProperties(properties) {
  if (!isObject(properties)) return [];
  return Object.entries(properties)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]);
}

/**
 * @param {any} geometry
 * @param {Collector} into
 * @param {number} depth
 * @returns {Shape[]}
 */
function geojsonShapes(geometry, into, depth) {
  const type = isObject(geometry) ? geometry.type : undefined;
  if (type === "GeometryCollection" && Array.isArray(geometry.geometries) && depth < DEEPEST)
    return geometry.geometries.flatMap((/** @type {any} */ one) => geojsonShapes(one, into, depth + 1));
  const parts = { Point: point, LineString: line, Polygon: polygon };
  const single = typeof type === "string" ? type.replace(/^Multi/, "") : "";
  const part = Object.hasOwn(parts, single) ? parts[/** @type {keyof typeof parts} */ (single)] : undefined;
  const { coordinates } = isObject(geometry) ? geometry : { coordinates: undefined };
  if (!part || !Array.isArray(coordinates)) {
    into.fault("geometry", type ?? geometry);
    return [];
  }
  const all = type === single ? [coordinates] : coordinates;
  return all
    .map((/** @type {unknown} */ one) => part(one, into))
    .filter((/** @type {Shape | null} */ one) => one !== null);
}

/**
 * @param {unknown} place
 * @param {Collector} into
 * @returns {Position | null}
 */
function geojsonPosition(place, into) {
  if (Array.isArray(place) && place.length >= 2) return into.position(place[0], place[1]);
  into.fault("position", place);
  return null;
}

/**
 * @param {unknown} places
 * @param {Collector} into
 * @returns {(Position | null)[]}
 */
function geojsonPositions(places, into) {
  if (Array.isArray(places)) return places.map((place) => geojsonPosition(place, into));
  into.fault("geometry", places);
  return [null];
}

/**
 * @param {unknown} coordinates
 * @param {Collector} into
 * @returns {Shape | null}
 */
function point(coordinates, into) {
  const at = geojsonPosition(coordinates, into);
  return at && { type: "Point", coordinates: at };
}

/**
 * @param {unknown} coordinates
 * @param {Collector} into
 * @returns {Shape | null}
 */
function line(coordinates, into) {
  const positions = into.line(geojsonPositions(coordinates, into), 2);
  return positions && { type: "LineString", coordinates: positions };
}

/**
 * @param {unknown} coordinates
 * @param {Collector} into
 * @returns {Shape | null}
 */
function polygon(coordinates, into) {
  if (!Array.isArray(coordinates) || !coordinates.length) {
    into.fault("geometry", coordinates);
    return null;
  }
  return polygonOf(coordinates.map((ring) => into.ring(geojsonPositions(ring, into))));
}

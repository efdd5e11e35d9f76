/* GPX: waypoints, routes and tracks. */

/** @import { Collector, Shape } from "./collector.js" */

import { numberOf } from "./collector.js";
import { childrenOf, rootOf, textIn } from "./xml_elements.js";

/**
 * @param {string} text
 * @param {Collector} into
 */
export function readGpx(text, into) {
  const root = rootOf(text, "gpx", into);
  if (!root) return;
  into.unit = "element";
  for (const element of childrenOf(root, "wpt", "rte", "trk")) {
    into.n += 1;
    const before = into.faults.length;
    const shapes = gpxShapes(element, into);
    const about = childrenOf(element, "name", "desc", "cmt", "type", "time", "ele");
    /** @type {[string, string][]} */
    const properties = about.map((one) => [one.localName, textIn(one)]);
    if (into.faults.length === before) into.add(shapes, properties);
  }
}

/**
 * @param {Element} element
 * @param {Collector} into
 * @returns {Shape[]}
 */
function gpxShapes(element, into) {
  if (element.localName === "wpt") {
    const at = gpxPosition(element, into);
    return at ? [{ type: "Point", coordinates: at }] : [];
  }
  const lines =
    element.localName === "rte"
      ? [childrenOf(element, "rtept")]
      : childrenOf(element, "trkseg").map((segment) => childrenOf(segment, "trkpt"));
  return lines
    .filter((points) => points.length > 1) // a receiver that was switched on and off writes segments of one point
    .map((points) => into.line(points.map((one) => gpxPosition(one, into)), 2)) // biome-ignore format: one call
    .filter((positions) => positions !== null)
    .map((coordinates) => ({ type: "LineString", coordinates }));
}

/**
 * @param {Element} element
 * @param {Collector} into
 */
function gpxPosition(element, into) {
  const [lon, lat] = ["lon", "lat"].map((name) => element.getAttribute(name) ?? "");
  const [x, y] = [numberOf((lon ?? "").trim()), numberOf((lat ?? "").trim())];
  if (x !== null && y !== null) return into.position(x, y);
  into.fault("position", `${lon}, ${lat}`);
  return null;
}

/* KML: the placemarks with their points, lines and areas. */

/** @import { Collector, Shape } from "./collector.js" */

import { numberOf, polygonOf } from "./collector.js";
import { childrenOf, rootOf, textIn, within } from "./xml_elements.js";

/**
 * @param {string} text
 * @param {Collector} into
 */
export function readKml(text, into) {
  const root = rootOf(text, "kml", into);
  if (!root) return;
  into.unit = "placemark";
  for (const placemark of within(root, "Placemark")) {
    into.n += 1;
    const before = into.faults.length;
    const shapes = kmlShapes(placemark, into);
    if (into.faults.length === before) into.add(shapes, kmlProperties(placemark));
  }
}

/**
 * @param {Element} parent
 * @param {Collector} into
 * @returns {Shape[]}
 */
function kmlShapes(parent, into) {
  return [...parent.children].flatMap((element) => {
    const { localName } = element;
    if (localName === "MultiGeometry") return kmlShapes(element, into);
    /** @type {Shape | null} */
    let shape = null;
    if (localName === "Point") {
      const [at, ...more] = kmlPositions(element, into);
      if (at === undefined || more.length) into.fault("short", String(more.length ? more.length + 1 : 0));
      else shape = at && { type: "Point", coordinates: at };
    } else if (localName === "LineString" || localName === "LinearRing") {
      const positions = into.line(kmlPositions(element, into), 2);
      shape = positions && { type: "LineString", coordinates: positions };
    } else if (localName === "Polygon") {
      const outer = childrenOf(element, "outerBoundaryIs");
      const rings = [...outer, ...childrenOf(element, "innerBoundaryIs")].flatMap((edge) =>
        childrenOf(edge, "LinearRing"),
      );
      if (outer.length !== 1 || !rings.length) into.fault("geometry", localName);
      else shape = polygonOf(rings.map((ring) => into.ring(kmlPositions(ring, into))));
    }
    return shape ? [shape] : [];
  });
}

/**
 * @param {Element} element with an element `coordinates`
 * @param {Collector} into
 */
function kmlPositions(element, into) {
  const text = textIn(childrenOf(element, "coordinates")[0]);
  const places = text ? text.split(/[ \t\r\n]+/) : [];
  return places.map((place) => {
    const [lon, lat] = place.split(",").map(numberOf);
    if (lon === undefined || lat === undefined || lon === null || lat === null) {
      into.fault("position", place);
      return null;
    }
    return into.position(lon, lat);
  });
}

/**
 * @param {Element} placemark
 * @returns {[string, string][]}
 */
function kmlProperties(placemark) {
  /** @type {[string, string][]} */
  const own = childrenOf(placemark, "name", "description").map((one) => [one.localName, textIn(one)]);
  const data = within(placemark, "Data").map((one) => [
    one.getAttribute("name") ?? "",
    textIn(childrenOf(one, "value")[0]),
  ]);
  const simple = within(placemark, "SimpleData").map((one) => [one.getAttribute("name") ?? "", textIn(one)]);
  return [...own, .../** @type {[string, string][]} */ ([...data, ...simple])];
}

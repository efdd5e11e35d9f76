/* Collects what the readers of a reader's own file find in it, and the faults. */

const MOST_PROPERTIES = 50;
const LONGEST_TEXT = 2000; // characters of a property; the rest is cut off
const LONGEST_GOT = 60;
const NAMES = ["name", "title", "label"];
const NUMBER = /^[+-]?[0-9]+(\.[0-9]+)?$/;

/**
 * A fault: the kind of item and its number, counted from 1, or "file"; a code; and what was found there.
 * @typedef {{ unit: "file" | "feature" | "placemark" | "element" | "row", n: number, code: string, got: string }} Fault
 * @typedef {[lon: number, lat: number]} Position
 * @typedef {{ type: "Point", coordinates: Position } | { type: "LineString", coordinates: Position[] } |
 *   { type: "Polygon", coordinates: Position[][] }} Shape
 * @typedef {{ shapes: Shape[], properties: [string, string][], name: string | null }} OwnFeature
 * @typedef {{ features: OwnFeature[], faults: Fault[] }} Reading a file with any fault has no features
 */

/** Collects what is read, and the faults. */
export class Collector {
  constructor() {
    /** @type {OwnFeature[]} */
    this.features = [];
    /** @type {Fault[]} */
    this.faults = [];
    this.vertices = 0;
    /** @type {Fault["unit"]} */
    this.unit = "file";
    this.n = 0;
  }

  /**
   * @param {string} code
   * @param {unknown} [got]
   */
  fault(code, got = "") {
    const text = typeof got === "string" ? got : (JSON.stringify(got) ?? "");
    const short = [...text].length > LONGEST_GOT ? `${[...text].slice(0, LONGEST_GOT - 1).join("")}…` : text;
    this.faults.push({ unit: this.unit, n: this.n, code, got: short });
  }

  /**
   * Adds a feature; one without shapes is left out.
   * @param {Shape[]} shapes
   * @param {[string, string][]} properties
   */
  add(shapes, properties) {
    if (!shapes.length) return;
    const named = NAMES.map((name) => properties.find(([key, text]) => key.toLowerCase() === name && text)).find(
      Boolean,
    );
    const kept = properties.filter(([key, text]) => key && text).slice(0, MOST_PROPERTIES);
    this.features.push({
      shapes,
      properties: kept.map(([key, text]) => [cut(key), cut(text)]),
      name: named ? cut(named[1]) : null,
    });
  }

  /**
   * A position, if it is one.
   * @param {unknown} lon
   * @param {unknown} lat
   * @returns {Position | null}
   */
  position(lon, lat) {
    if (typeof lon !== "number" || typeof lat !== "number" || !Number.isFinite(lon) || !Number.isFinite(lat)) {
      this.fault("position", [lon, lat]);
      return null;
    }
    if (lon < -180 || lon > 180 || lat < -90 || lat > 90) {
      this.fault("range", `${lon}, ${lat}`);
      return null;
    }
    this.vertices += 1;
    return [lon, lat];
  }

  /**
   * A line of at least so many positions.
   * @param {(Position | null)[]} positions
   * @param {number} least
   * @returns {Position[] | null}
   */
  line(positions, least) {
    if (positions.includes(null)) return null; // said already
    const line = /** @type {Position[]} */ (positions);
    if (line.length >= least) return line;
    this.fault("short", String(line.length));
    return null;
  }

  /**
   * A closed ring.
   * @param {(Position | null)[]} positions
   */
  ring(positions) {
    const ring = this.line(positions, 4);
    const [first, last] = [ring?.[0], ring?.at(-1)];
    if (!first || !last || (first[0] === last[0] && first[1] === last[1])) return ring;
    this.fault("open", `${first.join(", ")} … ${last.join(", ")}`);
    return null;
  }
}

/** @param {string} text */
const cut = (text) => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text);

/**
 * @param {(Position[] | null)[]} rings
 * @returns {Shape | null}
 */
export const polygonOf = (rings) =>
  rings.includes(null) ? null : { type: "Polygon", coordinates: /** @type {Position[][]} */ (rings) };

/**
 * @param {string} text
 * @returns {number | null} null if it is no decimal number
 */
export const numberOf = (text) => (NUMBER.test(text) ? Number(text) : null);

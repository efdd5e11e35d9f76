/* Reads a reader's own file: GeoJSON, KML, GPX or CSV with points. Pure but for DOMParser. mapapp/data/own_layer.py
 * accepts and refuses the same files; tests/own_layers has cases.
 */

/** @import { Reading } from "./collector.js" */

import { Collector } from "./collector.js";
import { readCsv } from "./read_csv.js";
import { readGeojson } from "./read_geojson.js";
import { readGpx } from "./read_gpx.js";
import { readKml } from "./read_kml.js";

export const MOST_BYTES = 20_000_000;
const MOST_VERTICES = 50_000;

/**
 * Reads a file.
 * @param {string} name of the file; its ending says what it is
 * @param {Uint8Array} bytes
 * @returns {Reading}
 */
export function readOwnLayer(name, bytes) {
  const into = new Collector();
  const read = readerFor(name);
  const text = read && textOf(bytes, into);
  if (!read) into.fault("format", name.includes(".") ? `.${name.split(".").pop()}` : name);
  else if (text !== null && text !== undefined) {
    read(text, into);
    into.unit = "file";
    into.n = 0;
    if (into.vertices > MOST_VERTICES) into.fault("vertices", String(into.vertices));
    if (!into.faults.length && !into.features.length) into.fault("empty");
  }
  return { features: into.faults.length ? [] : into.features, faults: into.faults };
}

/**
 * @param {string} name
 * @returns {((text: string, into: Collector) => void) | undefined}
 */
function readerFor(name) {
  const ending = name.toLowerCase().match(/\.([a-z]+)$/)?.[1] ?? "";
  const readers = { geojson: readGeojson, json: readGeojson, kml: readKml, gpx: readGpx, csv: readCsv, tsv: readCsv };
  return Object.hasOwn(readers, ending) ? readers[/** @type {keyof typeof readers} */ (ending)] : undefined;
}

/**
 * The text of a file, which must be UTF-8; null if it is not or if it is too large.
 * @param {Uint8Array} bytes
 * @param {Collector} into
 */
function textOf(bytes, into) {
  if (bytes.length > MOST_BYTES) {
    into.fault("size", String(bytes.length));
    return null;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    into.fault("encoding");
    return null;
  }
}

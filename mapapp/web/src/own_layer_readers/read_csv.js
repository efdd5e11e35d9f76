/* CSV with points: delimited by commas, semicolons or tabs, with columns of latitude and longitude. */

/** @import { Collector } from "./collector.js" */

import { numberOf } from "./collector.js";

const LAT_COLUMNS = ["lat", "latitude", "y"];
const LON_COLUMNS = ["lon", "lng", "long", "longitude", "x"];

/**
 * @param {string} text
 * @param {Collector} into
 */
export function readCsv(text, into) {
  const [head = ""] = text.split(/\r\n|\r|\n/, 1);
  const delimiter = [",", ";", "\t"].reduce((best, one) => (countOf(head, one) > countOf(head, best) ? one : best));
  const rows = csvRows(text, delimiter);
  if (rows === null) return into.fault("syntax");
  const columns = (rows[0]?.cells ?? []).map((cell) => cell.trim());
  const lower = columns.map((name) => name.toLowerCase());
  const [lat, lon] = [LAT_COLUMNS, LON_COLUMNS].map((known) =>
    known.map((name) => lower.indexOf(name)).find((at) => at >= 0),
  );
  if (lat === undefined || lon === undefined) return into.fault("columns", columns.join(", "));
  into.unit = "row";
  for (const { line: at, cells } of rows.slice(1)) {
    into.n = at;
    if (cells.length > columns.length) {
      into.fault("cells", `${cells.length} > ${columns.length}`);
      continue;
    }
    const [x, y] = [lon, lat].map((column) => csvNumber(cells[column] ?? "", delimiter));
    if (x == null || y == null) {
      into.fault("position", `${cells[lon] ?? ""}, ${cells[lat] ?? ""}`);
      continue;
    }
    const place = into.position(x, y);
    const properties = columns.map((name, i) => /** @type {[string, string]} */ ([name, (cells[i] ?? "").trim()]));
    if (place) into.add([{ type: "Point", coordinates: place }], properties);
  }
}

/**
 * @param {string} text
 * @param {string} part
 */
const countOf = (text, part) => text.split(part).length - 1;

/**
 * A number; with a decimal comma too, unless commas delimit.
 * @param {string} cell
 * @param {string} delimiter
 */
const csvNumber = (cell, delimiter) => numberOf(delimiter === "," ? cell.trim() : cell.trim().replace(",", "."));

/**
 * The rows that are not blank, with the line on which each begins; null if a quotation mark is not closed.
 * @param {string} text
 * @param {string} delimiter
 */
function csvRows(text, delimiter) {
  /** @type {{ line: number, cells: string[] }[]} */
  const rows = [];
  let row = { line: 1, cells: [""] };
  let quoted = false;
  let lines = 1;
  const end = () => {
    if (row.cells.some((cell) => cell.trim())) rows.push(row);
    row = { line: lines, cells: [""] };
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? "";
    const last = row.cells.length - 1;
    const isBreak = letter === "\n" || (letter === "\r" && text[at + 1] !== "\n");
    if (isBreak) lines += 1;
    if (quoted) {
      if (letter !== '"') row.cells[last] += letter;
      else if (text[at + 1] === '"') {
        row.cells[last] += letter;
        at += 1;
      } else quoted = false;
    } else if (letter === '"' && row.cells[last] === "") quoted = true;
    else if (letter === delimiter) row.cells.push("");
    else if (isBreak) end();
    else if (letter !== "\r") row.cells[last] += letter;
  }
  end();
  return quoted ? null : rows;
}

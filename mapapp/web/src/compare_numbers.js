/* What changed hands between every two snapshots. Python computes it (web/comparison_table.py); it is loaded when it is
 * first needed: a page in one file carries it, the app is asked for it.
 */

/** @import { ComparisonTable } from "./comparison.js" */

import { askForComparison } from "./app_requests.js";
import { changed } from "./state.js";

/** @type {ComparisonTable | "unasked" | "loading" | "failed"} */
let table = "unasked";

/** How far loading is: "ready" once the numbers are there. */
export const numbersStatus = () => (typeof table === "string" ? table : "ready");

/** What changed hands between snapshots; null while that is loaded, or if it cannot be. */
export const comparisonNumbers = () => (typeof table === "string" ? null : table);

/**
 * What changed hands between two snapshots; null while that is loaded, and if it was not computed.
 * @param {string} key the numbers of the snapshots
 */
export function holdersOf(key) {
  if (table === "unasked") load();
  return comparisonNumbers()?.[key] ?? null;
}

/** Reads the numbers that the page carries; the app is asked for them. */
function load() {
  table = "loading";
  const packed = document.getElementById("mapapp-compared")?.textContent;
  if (packed) take(async () => new Blob([Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0))]).stream());
  else askForComparison();
}

/**
 * Takes the file of the numbers from the app.
 * @param {{ file: string }} answer its address
 */
export async function compared({ file }) {
  if (table !== "loading") return; // Python sends it again with every run
  await take(async () => {
    const { ok, status, body } = await fetch(file);
    if (!ok || !body) throw new Error(`${file}: HTTP ${status}`);
    return body;
  });
}

/** @param {() => Promise<ReadableStream>} open opens the numbers, packed with gzip */
async function take(open) {
  try {
    const stream = (await open()).pipeThrough(new DecompressionStream("gzip"));
    table = await new Response(stream).json();
  } catch (error) {
    console.error(error);
    table = "failed";
  }
  changed("compared");
}

// Makes accounts of views with the script: node account_replay.js SOURCES CASES. Prints, as JSON, the sections of each.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [sources, given] = process.argv.slice(2);
const load = (file) => import(pathToFileURL(join(sources, file)));
const [{ account, partsOf }, { select, taken }, { state }] = await Promise.all(
  ["account.js", "rules.js", "state.js"].map(load),
);
const { atlas, views, compared } = JSON.parse(readFileSync(given, "utf-8"));
state.atlas = atlas;
const parts = partsOf(atlas);
console.log(JSON.stringify(views.map(taken).map((view) => account(atlas, view, select(atlas, view), parts, compared))));

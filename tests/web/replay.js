// Replays cases that Python wrote against the scripts' rules: node replay.js SOURCES CASES, where SOURCES is the folder
// of the modules. Prints, as JSON, what comes out otherwise. CASES may name `mutants`, modules with a fault put in, as
// [name, file, text]: then it prints the names of those that no case tells from the right one.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [sources, given] = process.argv.slice(2);
const { atlases, cases, mutants } = JSON.parse(readFileSync(given, "utf-8"));
const load = (file) => import(pathToFileURL(join(sources, file)));
const right = { ...(await load("days.js")), ...(await load("rules.js")), ...(await load("address.js")) };

const replay = {
  day: (rules, { text }) => {
    try {
      return rules.toIso(rules.dayOf(text));
    } catch {
      return rules.fromIso(text); // null, where it is no day
    }
  },
  certainty: (rules, { time, first, last }) => rules.certainty(time, first, last),
  select: (rules, { atlas, view }) => {
    const { events, places, facts, standing } = rules.select(atlases[atlas], rules.taken(view));
    return { events: [...events], places: [...places].map((id) => [id, standing.get(id)]), facts: [...facts] };
  },
  read: (rules, { atlas, query }) => {
    const { view, remarks } = rules.read(Object.fromEntries(new URLSearchParams(query)), atlases[atlas].address);
    return [view, remarks.map(({ key, code, got, values }) => [key, code, got, values])];
  },
  write: (rules, { atlas, view }) => rules.write(rules.sent(rules.taken(view)), atlases[atlas].address),
};

/** The same value with the keys of its objects in order, as text; undefined is not null. */
const text = (value) =>
  JSON.stringify(value, (_, part) => {
    if (part === undefined) return "undefined";
    return part && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part;
  });

function wrong(rules, { rule, expected, ...asked }) {
  let got;
  try {
    got = replay[rule](rules, asked);
  } catch (error) {
    got = String(error);
  }
  return text(got) === text(expected) ? null : { rule, given: asked, expected, got };
}

async function isFound([, file, source], n) {
  const name = `mutant-${n}-${file}`;
  writeFileSync(join(sources, name), source);
  let faulty;
  try {
    faulty = await load(name);
  } catch {
    return true; // it cannot be read
  }
  return cases.some((one) => wrong({ ...right, ...faulty }, one));
}

if (mutants) {
  const survived = [];
  for (const [n, mutant] of mutants.entries()) if (!(await isFound(mutant, n))) survived.push(mutant[0]);
  console.log(JSON.stringify(survived));
} else
  console.log(
    JSON.stringify(
      cases
        .map((one) => wrong(right, one))
        .filter(Boolean)
        .slice(0, 20),
    ),
  );

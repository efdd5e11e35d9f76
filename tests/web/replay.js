// Replays cases that Python wrote against rules.js: node replay.js RULES CASES. Prints, as JSON, what comes out otherwise.
// CASES may name `mutants`, texts of rules.js with a fault put in: then it prints which of them no case tells from the right one.
"use strict";
const { readFileSync } = require("fs");
const { runInThisContext } = require("vm");

const { atlases, cases, mutants } = JSON.parse(readFileSync(process.argv[3], "utf-8"));
const load = (source) => runInThisContext(`(() => {${source}\nreturn mapappRules;})()`);
const text = (value) => JSON.stringify(value, (_, part) => (part === undefined ? "undefined" : part));
const same = (a, b) => text(a) === text(b);

const replay = {
  day: (rules, { text }) => { const day = rules.fromIso(text); return day === null ? null : rules.toIso(day); },
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
const ordered = (value) => (value && typeof value === "object" && !Array.isArray(value)
  ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, ordered(value[key])])) : Array.isArray(value) ? value.map(ordered) : value);
function wrong(rules, { rule, expected, ...given }) {
  let got;
  try { got = replay[rule](rules, given); } catch (error) { got = String(error); }
  return same(ordered(got), ordered(expected)) ? null : { rule, given, expected, got };
}

if (mutants) {
  const told = ([, source]) => {
    let rules;
    try { rules = load(source); } catch { return true; }
    return cases.some((one) => wrong(rules, one));
  };
  console.log(JSON.stringify(mutants.filter((mutant) => !told(mutant)).map(([name]) => name)));
} else {
  const rules = load(readFileSync(process.argv[2], "utf-8"));
  console.log(JSON.stringify(cases.map((one) => wrong(rules, one)).filter(Boolean).slice(0, 20)));
}

// What the form of a statement takes from the suggestions for its words.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { forgets, isUsed, prefill, recognise, unuse, usePlace } from "../../mapapp/web/src/edit/prefill.js";

const WORDS = "The mayor said on Monday that the bridge at Brenn was closed.";
const at = (words) => ({ start: WORDS.indexOf(words), end: WORDS.indexOf(words) + words.length, words });
const TIME = { ...at("on Monday"), edtf: "2024-05-13", basis: "words", reading: "13 May 2024", rule: "The last one." };
const BRENN = {
  ...at("Brenn"),
  all: false,
  candidates: [{ id: "brenn", own: true, name: "Brenn", class: "P", km: 3 }],
};
const MAYOR = { ...at("The mayor"), actors: ["mayor"] };
const FOUND = { times: [TIME], places: [BRENN], speakers: [MAYOR], kinds: [] };
const WHOLE = [{ article: "one", start: 0, end: WORDS.length }];
const statement = () => ({
  kind: "event",
  article: "one",
  entry: { id: "", title: "", said_by: "article", modality: "reported", when: {}, places: [] },
});
const filled = (found = FOUND, stretches = WHOLE, draft = statement()) => {
  prefill(draft, found, stretches, ["claimed"]);
  return draft;
};

describe("a new statement", () => {
  test("takes the time, the place and the speaker of its words, and notes that they were suggested", () => {
    const { entry, suggested } = filled();
    assert.deepEqual(entry.when, { edtf: "2024-05-13", text: "on Monday" });
    assert.deepEqual(entry.places, [{ id: "brenn", role: "site", words: "Brenn" }]);
    assert.deepEqual([entry.said_by, entry.modality, entry.actors], ["mayor", "claimed", ["mayor"]]);
    assert.deepEqual(Object.keys(suggested).sort(), ["place brenn", "said_by", "when"]);
  });
  test("takes nothing from words outside it", () => {
    const { entry, suggested } = filled(FOUND, [{ article: "one", start: 0, end: at("on Monday").start }]);
    assert.deepEqual([entry.when, entry.places], [{}, []]);
    assert.deepEqual(Object.keys(suggested), ["said_by"]);
  });
  test("keeps what the author wrote", () => {
    const draft = statement();
    draft.entry.when = { edtf: "2024-05", text: "in May" };
    assert.deepEqual(filled(FOUND, WHOLE, draft).entry.when, { edtf: "2024-05", text: "in May" });
  });
  test("says in its note why a time was read, which the check asks for", () => {
    const { entry, suggested } = filled({ ...FOUND, times: [{ ...TIME, basis: "read" }] });
    assert.equal(entry.note, "The last one.");
    assert.ok(suggested.note);
  });
  test("links no place that is not in the folder, and none of several meant together", () => {
    const outside = { ...BRENN, candidates: [{ id: "geonames:1", own: false, name: "Brenn", class: "P", km: null }] };
    assert.deepEqual(filled({ ...FOUND, places: [outside, { ...BRENN, all: true }] }).entry.places, []);
  });
  test("has one site: the first settlement", () => {
    const draft = filled();
    usePlace(draft, at("bridge"), "bridge", "P");
    assert.deepEqual(
      draft.entry.places.map(({ role }) => role),
      ["site", "about"],
    );
  });
});

describe("a suggested value", () => {
  test("leaves the statement as it was before when it is dropped", () => {
    const draft = filled();
    for (const key of Object.keys(draft.suggested)) unuse(draft, key);
    assert.deepEqual(draft.entry, { ...statement().entry, actors: [] });
    assert.deepEqual(draft.suggested, {});
  });
  test("is the author's own as soon as it is changed", () => {
    const draft = filled();
    draft.entry.when.edtf = "2024-05-12";
    assert.deepEqual(forgets(draft), ["when"]);
    assert.deepEqual(Object.keys(draft.suggested).sort(), ["place brenn", "said_by"]);
  });
  test("is recognised in a draft that a program wrote", () => {
    const draft = { ...statement(), was: "sentence-1" };
    draft.entry.when = { edtf: "2024-05-13", text: "on Monday" };
    draft.entry.places = [{ id: "land", role: "about", note: "No place has been chosen yet." }];
    recognise(draft, FOUND, WHOLE);
    assert.deepEqual(Object.keys(draft.suggested), ["when"]);
  });
});

describe("a suggestion is used", () => {
  const { entry } = filled();
  test("where the statement has its words, or its place or speaker", () => {
    assert.ok(isUsed("time", TIME, entry));
    assert.ok(isUsed("place", BRENN, { places: [{ id: "brenn" }] }));
    assert.ok(isUsed("speaker", MAYOR, { said_by: "article", actors: ["mayor"] }));
  });
  test("and not where it does not", () => {
    assert.ok(!isUsed("time", { ...TIME, words: "in June" }, entry));
    assert.ok(!isUsed("place", BRENN, { places: [{ id: "tarvik", words: "Tarvik" }] }));
    assert.ok(!isUsed("speaker", { ...MAYOR, actors: [] }, { said_by: "article" }));
  });
});

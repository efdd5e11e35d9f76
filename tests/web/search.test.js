// What a reader types is found whatever its case, marks or form of letters.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  excerpt,
  findPassages,
  findPlaces,
  findStatements,
  fold,
  foldWithPositions,
  NUMBERED,
} from "../../mapapp/web/src/search_match.js";

describe("texts are compared", () => {
  const alike = [
    ["Ma'arat al-Nu'man", "maarat al numan"],
    ["İdlib", "idlib"],
    ["Iğdır", "IGDIR"],
    ["Şanlıurfa", "sanliurfa"],
    ["Saint-Étienne", "saint etienne"],
    ["إدلب", "ادلب"],
    ["معرة النعمان", "معره النعمان"],
    ["حَلَب", "حلب"],
    ["مصطفى", "مصطفي"],
    ["مؤتة", "موته"],
    ["سـراقب", "سراقب"],
    ["Ёлкино", "елкино"],
    ["الطريق ٤", "الطريق 4"],
    ["Straße", "STRASSE"],
    ["ﻻ", "لا"],
    ["M4–M5", "m4 m5"],
  ];
  for (const [one, other] of alike)
    test(`${one} like ${other}`, () => {
      assert.equal(fold(one), fold(other));
    });

  test("but different letters stay different", () => {
    assert.notEqual(fold("حلب"), fold("حلت"));
    assert.notEqual(fold("Idlib"), fold("Idlip"));
  });

  test("with the position of each character in the text", () => {
    const text = "«Ærø—الـى» 𝟗";
    const { folded, starts } = foldWithPositions(text);
    assert.equal(folded, "aero الي 9");
    assert.equal(starts.length, folded.length + 1);
    assert.equal(text.slice(starts[0], starts[4]), "Ærø");
    assert.equal(text[starts[5]], "ا");
    assert.equal(starts.at(-1), text.length);
  });
});

const places = [
  { id: "idlib", names: ["idlib", "ادلب"], worth: 1 },
  { id: "idlib-province", names: ["idlib province"], worth: 9 },
  { id: "north-idlib", names: ["north idlib"], worth: 2 },
  { id: "midlibre", names: ["midlibre"], worth: 99 },
];
const ids = (found) => found.map(({ entry }) => entry.id);

describe("places are found", () => {
  test("by any name: equal ones first, then by how they begin, then by worth", () => {
    assert.deepEqual(ids(findPlaces(places, "idlib")), ["idlib", "idlib-province", "north-idlib", "midlibre"]);
    assert.deepEqual(ids(findPlaces(places, "ادلب")), ["idlib"]);
    assert.deepEqual(ids(findPlaces(places, "prov idl")), ["idlib-province"]);
    assert.deepEqual(findPlaces(places, "homs"), []);
  });
});

describe("statements are found", () => {
  const statements = [
    {
      id: "first",
      number: "1",
      called: "statement 1",
      title: "talks in sochi",
      quotation: "on 18 september they agreed",
    },
    { id: "second", number: "18", called: "statement 18", title: "clashes", quotation: "an uptick of clashes" },
    { id: "third", number: "b7", called: "statement b7", title: "sochi again", quotation: "" },
  ];
  test("by number and the word before it", () => {
    const [first] = findStatements(statements, "statement 18");
    assert.equal(first?.entry.id, "second");
    assert.equal(first?.rank, NUMBERED);
  });

  test("by number before all else", () => {
    assert.deepEqual(ids(findStatements(statements, "18")), ["second", "first"]);
    assert.deepEqual(ids(findStatements(statements, "b7")), ["third"]);
    assert.deepEqual(ids(findStatements(statements, "b 7")), ["third"]);
  });
  test("by title, then by what is quoted", () => {
    assert.deepEqual(ids(findStatements(statements, "sochi")), ["third", "first"]);
    assert.deepEqual(ids(findStatements(statements, "uptick clash")), ["second"]);
  });
});

describe("words in a text are found", () => {
  const text = "Clashes near Saraqib. «Sarāqib» fell, said the governor of Idlib.";
  const texts = [{ article: 0, paragraph: 0, text, ...foldWithPositions(text) }];
  test("each time they stand there, with their place in the text", () => {
    const found = findPassages(texts, "saraqib");
    assert.deepEqual(
      found.map(({ first, end }) => text.slice(first, end)),
      ["Saraqib", "Sarāqib"],
    );
    assert.deepEqual(
      findPassages(texts, "saraqib fell").map(({ first, end }) => text.slice(first, end)),
      ["Sarāqib» fell"],
    );
  });
  test("within a word only if no word begins so, and not by a single letter", () => {
    assert.deepEqual(
      findPassages(texts, "qib").map(({ first, end }) => text.slice(first, end)),
      ["qib", "qib"],
    );
    assert.deepEqual(
      findPassages(texts, "ne").map(({ first, end }) => text.slice(first, end)),
      ["ne"], // not that in "governor"
    );
    assert.deepEqual(findPassages(texts, "sarajevo"), []);
    assert.deepEqual(findPassages(texts, "s"), []);
  });
  test("with a few words around them", () => {
    const [found] = findPassages(texts, "fell");
    assert.deepEqual(excerpt(found, 14), ["…«Sarāqib» ", "fell", ", said the…"]);
    const [start] = findPassages(texts, "clashes");
    assert.deepEqual(excerpt(start, 12), ["", "Clashes", " near…"]);
  });
});

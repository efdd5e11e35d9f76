// What shows, as sentences; tests/web/test_rules.py replays thousands of cases that Python decides.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { badgesFor } from "../../mapapp/web/src/badge_rules.js";
import { dayOf } from "../../mapapp/web/src/days.js";
import { areaHolds, linesOf, overlap } from "../../mapapp/web/src/geometry.js";
import { select } from "../../mapapp/web/src/rules.js";

const time = (first, last) => ({
  earliest: dayOf(first),
  latest: dayOf(last),
  certainFrom: dayOf(first),
  certainTo: dayOf(last),
  throughout: true,
  uncertain: false,
});
const VIEW = {
  first: dayOf("2020-02-01"),
  last: dayOf("2020-02-29"),
  as_of: null,
  certain: false,
  said_by: null,
  kinds: null,
  hidden: new Set(),
  background: true,
};

describe("background", () => {
  const facts = [
    { id: "now", ...time("2020-02-10", "2020-02-12") },
    { id: "long-ago", ...time("1982-02-02", "1982-02-28") },
    { id: "later", ...time("2020-03-05", "2020-03-05") },
  ];
  const atlas = { articles: [{ id: "one", day: dayOf("2020-02-19") }], layers: [], places: [], events: [], facts };
  const shown = (view) => [...select(atlas, { ...VIEW, ...view }).facts];

  test("is shown only if it falls in the window", () => assert.deepEqual(shown({}), ["now"]));
  test("is not shown if it is switched off", () => assert.deepEqual(shown({ background: false }), []));
  test("moves with the window", () => {
    assert.deepEqual(shown({ first: dayOf("1982-01-01"), last: dayOf("1982-12-31") }), ["long-ago"]);
  });
  test("is not shown before it was known", () => {
    assert.deepEqual(shown({ last: dayOf("2020-03-31"), as_of: dayOf("2020-02-19") }), ["now"]);
  });
});

describe("a badge", () => {
  const event = (id, kind, ...places) => [id, { id, kind, places: places.map((place) => [place, "site"]) }];
  const place = (id, layer, type) => [id, { id, layer, geometry: { type } }];
  const places = new Map([
    place("town", "towns", "Point"),
    place("post", "posts", "Point"),
    place("zone", "zones", "Polygon"),
  ]);
  const layers = new Map([
    ["towns", { badges: true }],
    ["posts", { badges: false }],
    ["zones", { badges: true }],
  ]);
  const events = new Map([
    event("one", "clashes", "town", "town", "post", "zone"),
    event("two", "agreement", "town"),
    event("three", "clashes", "town"),
  ]);
  const badge = (...shown) => badgesFor(new Map(shown), events, places, layers).get("town");

  test("is dashed if its only statement is only possible", () => {
    assert.equal(badge(["one", 1]).possible, true);
  });
  test("is not dashed if its statement is certain", () => {
    assert.equal(badge(["one", 2]).possible, false);
    assert.equal(badge(["one", 2], ["two", 2]).possible, false);
  });
  test("is not dashed if any of its statements is certain", () => {
    assert.equal(badge(["one", 1], ["two", 2]).possible, false);
    assert.equal(badge(["one", 2], ["two", 1]).possible, false);
  });
  test("counts each statement once, and each kind", () => {
    const { statements, kinds } = badge(["one", 2], ["two", 2], ["three", 1]);
    assert.equal(statements, 3);
    assert.deepEqual(kinds, ["clashes", "agreement"]);
  });
  test("is only at points, and not in a layer without badges", () => {
    assert.deepEqual([...badgesFor(new Map([["one", 2]]), events, places, layers).keys()], ["town"]);
  });
});

describe("geometry", () => {
  const ring = [
    [0, 0],
    [4, 0],
    [4, 4],
    [0, 4],
    [0, 0],
  ];
  const hole = [
    [1, 1],
    [3, 1],
    [3, 3],
    [1, 3],
    [1, 1],
  ];

  test("an area does not contain its hole", () => {
    const place = { box: [0, 0, 4, 4], geometry: { type: "Polygon", coordinates: [ring, hole] } };
    assert.deepEqual(
      [
        [0.5, 0.5],
        [2, 2],
        [5, 2],
      ].map(([lon, lat]) => areaHolds(place, lon, lat)),
      [true, false, false],
    );
  });
  test("a multi-part area contains the points of each part", () => {
    const far = ring.map(([lon, lat]) => [lon + 10, lat]);
    const place = { box: [0, 0, 14, 4], geometry: { type: "MultiPolygon", coordinates: [[ring], [far]] } };
    assert.deepEqual(
      [2, 12, 7].map((lon) => areaHolds(place, lon, 2)),
      [true, true, false],
    );
  });
  test("the lines of a shape are its own lines or the edges of its parts", () => {
    assert.deepEqual(linesOf({ type: "LineString", coordinates: ring }), [ring]);
    assert.deepEqual(linesOf({ type: "MultiLineString", coordinates: [ring, hole] }), [ring, hole]);
    assert.deepEqual(linesOf({ type: "Polygon", coordinates: [ring, hole] }), [ring, hole]);
    assert.deepEqual(linesOf({ type: "MultiPolygon", coordinates: [[ring], [hole]] }), [ring, hole]);
  });
  test("boxes that only touch do not overlap", () => {
    assert.equal(overlap([0, 0, 2, 2, ""], [2, 0, 4, 2, ""]), false);
    assert.equal(overlap([0, 0, 2, 2, ""], [1, 1, 4, 2, ""]), true);
  });
});

// Which incidents count, in rows as browser_columns.py writes them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dayOf } from "../../mapapp/web/src/days.js";
import { classOf, classWords } from "../../mapapp/web/src/incidents/classes.js";
import { Columns } from "../../mapapp/web/src/incidents/columns.js";

const FIRST = dayOf("2020-01-01");
// kind, record, days from first to last, how exactly dated, how exactly located, places
const GROUPS = [
  [0, 0, 0, 0, 0, [0]],
  [1, 0, 6, 1, 0, [0, 1]],
  [0, 0, 0, 0, 2, []],
];
// longitude and latitude in 65,535ths of the box, first day, group
const ROWS = [
  [0, 0, 0, 0],
  [32768, 32768, 2, 1],
  [65535, 65535, 10, 2],
  [32768, 32768, 12, 0],
];

function columnsOf(rows) {
  const buffer = new ArrayBuffer(rows.length * 12);
  new Uint32Array(buffer, 0, rows.length).set(rows.map((_, i) => i + 1));
  for (const column of [0, 1, 2, 3])
    new Uint16Array(buffer, (4 + 2 * column) * rows.length, rows.length).set(rows.map((row) => row[column]));
  const record = { first: "2020-01-01", last: "2020-01-31", synthetic: false };
  const about = { rows: rows.length, box: [36, 35, 38, 37], first: FIRST, kinds: ["clashes", "shelling"] };
  return new Columns({ ...about, places: ["idlib", "zone"], records: [record], groups: GROUPS }, buffer);
}

const columns = columnsOf(ROWS);
const area = (id) => columns.scope({ id, geometry: { type: "Polygon" } });
function counted(first, last, { within = columns.scope(), kinds = null, certain = false, asOf = null } = {}) {
  const found = [];
  const asked = { first: FIRST + first, last: FIRST + last, within, kinds };
  columns.eachIn({ certain, as_of: asOf }, asked, (row) => found.push(row));
  return found;
}

/** Windows of all lengths, some that end before they begin. */
const WINDOWS = [-2, 0, 1, 5, 10, 12, 31].flatMap((first) => [0, 2, 8, 11, 12, 40].map((last) => [first, last]));

describe("of two windows", () => {
  for (const certain of [false, true])
    for (const within of [undefined, "idlib"])
      test(`the change counts as both do, ${certain ? "certainly" : "possibly"}, in ${within ?? "all areas"}`, () => {
        const scope = within ? area(within) : columns.scope();
        const passing = columns.passing(null, certain, scope.area);
        /** @param {number[]} window */
        const days = ([first, last]) => ({ first: FIRST + first, last: FIRST + last });
        for (const before of WINDOWS)
          for (const after of WINDOWS) {
            const rows = new Set(counted(...before, { within: scope, certain }));
            columns.eachChange(days(before), days(after), scope, passing, certain, (row, _, by) => {
              assert.equal(rows.has(row), by < 0);
              by > 0 ? rows.add(row) : rows.delete(row);
            });
            assert.deepEqual([...rows].sort(), counted(...after, { within: scope, certain }), `${before} to ${after}`);
          }
      });
});

describe("an incident counts", () => {
  test("where its days and the window meet, both ends included", () => {
    assert.deepEqual(counted(0, 31), [0, 1, 2, 3]);
    assert.deepEqual(counted(8, 10), [1, 2]);
    assert.deepEqual(counted(9, 9), []);
    assert.deepEqual(counted(12, 12), [3]);
  });
  test("if it is of a selected kind", () => {
    assert.deepEqual(counted(0, 31, { kinds: new Set(["shelling"]) }), [1]);
    assert.deepEqual(counted(0, 31, { kinds: new Set() }), []);
  });
  test("as certain only if it is dated to the day and located more precisely than to an area", () => {
    assert.deepEqual(counted(0, 31, { certain: true }), [0, 3]);
  });
  test("up to the as-of day", () => {
    assert.deepEqual(counted(0, 31, { asOf: FIRST + 10 }), [0, 1, 2]);
  });
  test("in an area that contains its group", () => {
    assert.deepEqual(counted(0, 31, { within: area("idlib") }), [0, 1, 3]);
    assert.deepEqual(counted(0, 31, { within: area("zone") }), [1]);
    assert.deepEqual(counted(0, 31, { within: area("elsewhere") }), []);
  });
  test("near a point within five kilometres of it", () => {
    const within = columns.scope({ id: "town", geometry: { type: "Point", coordinates: [37.03, 36.02] } });
    assert.deepEqual(counted(0, 31, { within }), [1, 3]);
    const far = columns.scope({ id: "far", geometry: { type: "Point", coordinates: [37.06, 36.02] } });
    assert.deepEqual(counted(0, 31, { within: far }), []);
  });
});

test("nothing is counted for lines", () => {
  assert.equal(columns.scope({ id: "road", geometry: { type: "MultiLineString" } }), null);
});

test("a class is labelled with its range of counts", () => {
  assert.deepEqual(
    [1, 2, 3, 9, 10, 9999, 10000].map((n) => classWords(classOf(n), String)),
    [...["1–2", "1–2", "3–9", "3–9", "10–29", "3000–9999", "10000+"]],
  );
});

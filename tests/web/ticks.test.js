// The ticks of the time axis, and how marks are heaped.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dayOf, toIso } from "../../mapapp/web/src/days.js";
import { axisAround, axisFor, certainWithin, heaps, ticks, unitFor, zoomed } from "../../mapapp/web/src/ticks.js";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const spell = (day, parts) => {
  const [year, month, date] = toIso(day).split("-").map(Number);
  return parts.replace(/[dmy]/g, (part) => ({ d: date, m: MONTHS[month - 1], y: year })[part]);
};
const between = (first, last) => ({ first: dayOf(first), last: dayOf(last) });
const ticksOf = (first, last, unit) =>
  ticks(between(first, last), unit, spell).map(([day, label]) => [toIso(day), label]);
const SPAN = [dayOf("2012-01-01"), dayOf("2021-12-31")];

describe("ticks", () => {
  test("by the week are on the 1st, 8th, 15th and 22nd, so that labels do not overlap at the end of a month", () => {
    assert.deepEqual(ticksOf("2020-01-20", "2020-03-10", "week"), [
      ["2020-01-22", "22 Jan 2020"],
      ["2020-02-01", "1 Feb"],
      ["2020-02-08", "8"],
      ["2020-02-15", "15"],
      ["2020-02-22", "22"],
      ["2020-03-01", "1 Mar"],
      ["2020-03-08", "8"],
    ]);
    const days = ticksOf("2017-01-01", "2020-12-31", "week").map(([day]) => Number(day.slice(8)));
    assert.ok(days.every((day) => day <= 24));
  });

  test("by the day are on every day, including the last of a month and 29 February", () => {
    assert.deepEqual(ticksOf("2020-02-28", "2020-03-02", "day"), [
      ["2020-02-28", "28 Feb 2020"],
      ["2020-02-29", "29"],
      ["2020-03-01", "1 Mar"],
      ["2020-03-02", "2"],
    ]);
  });

  test("have the year on the first label and at the beginning of each year", () => {
    assert.deepEqual(ticksOf("2019-10-15", "2020-03-01", "month"), [
      ["2019-11-01", "Nov 2019"],
      ["2019-12-01", "Dec"],
      ["2020-01-01", "Jan 2020"],
      ["2020-02-01", "Feb"],
      ["2020-03-01", "Mar"],
    ]);
    assert.deepEqual(
      ticksOf("2019-02-01", "2020-02-01", "quarter").map(([, label]) => label),
      ["Apr 2019", "Jul", "Oct", "Jan 2020"],
    );
    assert.deepEqual(ticksOf("2018-06-01", "2020-06-01", "year"), [
      ["2019-01-01", "2019"],
      ["2020-01-01", "2020"],
    ]);
  });

  test("are within the visible days, both ends included", () => {
    assert.deepEqual(
      ticksOf("2020-02-01", "2020-02-08", "week").map(([day]) => day),
      ["2020-02-01", "2020-02-08"],
    );
    assert.deepEqual(ticksOf("2020-02-02", "2020-02-07", "week"), []);
  });

  test("are further apart the fewer pixels a day has", () => {
    assert.deepEqual([35, 34, 10, 9, 2, 1.6, 0.6, 0.5].map(unitFor), [
      ...["day", "week", "week", "month", "month", "quarter", "quarter", "year"],
    ]);
  });
});

describe("the axis", () => {
  test("shows a window with half its length on either side, and at least eight days", () => {
    assert.deepEqual(axisAround(dayOf("2020-02-19"), dayOf("2020-02-19"), SPAN), between("2020-02-11", "2020-02-27"));
    assert.deepEqual(axisAround(dayOf("2018-03-01"), dayOf("2018-05-09"), SPAN), between("2018-01-25", "2018-06-13"));
  });

  test("stays where it is while the window keeps half the usual days on either side", () => {
    const axis = between("2020-02-11", "2020-02-27");
    const on = (day) => axisFor(axis, dayOf(day), dayOf(day), SPAN);
    for (const day of ["2020-02-15", "2020-02-19", "2020-02-23"]) assert.equal(on(day), axis, day);
    assert.deepEqual(on("2020-02-24"), between("2020-02-16", "2020-03-03"));
    assert.deepEqual(on("2020-02-14"), between("2020-02-06", "2020-02-22"));
    assert.deepEqual(on("2017-02-14"), between("2017-02-06", "2017-02-22"));
  });

  test("is drawn anew for a window that needs one of another length", () => {
    const axis = between("2020-02-11", "2020-02-27");
    const [first, last] = [dayOf("2020-02-01"), dayOf("2020-02-29")];
    assert.deepEqual(axisFor(axis, first, last, SPAN), axisAround(first, last, SPAN));
    const month = axisAround(first, last, SPAN);
    assert.deepEqual(
      axisFor(month, dayOf("2020-02-15"), dayOf("2020-02-15"), SPAN),
      between("2020-02-07", "2020-02-23"),
    );
  });

  test("does not extend beyond the first and last day", () => {
    assert.deepEqual(axisAround(SPAN[0], SPAN[1], SPAN), { first: SPAN[0], last: SPAN[1] });
    assert.deepEqual(zoomed({ first: SPAN[0], last: SPAN[1] }, 2, SPAN[0], SPAN), { first: SPAN[0], last: SPAN[1] });
  });

  test("keeps the day around which it is zoomed in place, and never shows fewer than ten days", () => {
    assert.deepEqual(zoomed(between("2020-01-01", "2020-04-09"), 0.5, dayOf("2020-01-01"), SPAN), {
      first: dayOf("2020-01-01"),
      last: dayOf("2020-02-19"),
    });
    const { first, last } = zoomed(between("2020-01-01", "2020-01-10"), 0.1, dayOf("2020-01-05"), SPAN);
    assert.equal(last - first + 1, 10);
  });
});

test("overlapping marks are stacked, and others stay separate", () => {
  const found = heaps([-5, 3, 7, 8, 15.9, 16], 8, (x) => x);
  assert.deepEqual(found, [
    { left: 0, list: [-5, 3, 7] },
    { left: 8, list: [8, 15.9] },
    { left: 16, list: [16] },
  ]);
});

test("items are stacked where they are, in whatever order they come", () => {
  assert.deepEqual(
    heaps([40, 3, 20], 8, (x) => x),
    [
      { left: 3, list: [3] },
      { left: 20, list: [20] },
      { left: 40, list: [40] },
    ],
  );
});

test("a bar is solid only if its statement is certain on any of the visible days", () => {
  const axis = { first: 10, last: 20 };
  const time = { throughout: true, uncertain: false, certainFrom: 5, certainTo: 10, earliest: 0, latest: 30 };
  assert.equal(certainWithin(time, axis), true);
  assert.equal(certainWithin({ ...time, certainTo: null }, axis), true);
  assert.equal(certainWithin({ ...time, certainTo: 9 }, axis), false);
  assert.equal(certainWithin({ ...time, certainFrom: 21, certainTo: 30 }, axis), false);
  assert.equal(certainWithin({ ...time, certainFrom: 15, certainTo: 12 }, axis), false);
  assert.equal(certainWithin({ ...time, uncertain: true }, axis), false);
  assert.equal(certainWithin({ ...time, throughout: false }, axis), false);
});

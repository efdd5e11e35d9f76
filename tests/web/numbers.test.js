// Numbers as the language writes them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { formatted, withDigits } from "../../mapapp/web/src/numbers.js";

const ENGLISH = { zero: "0", decimal: ".", group: "," };
const ARABIC = { zero: "٠", decimal: "٫", group: "٬" };
const RUSSIAN = { zero: "0", decimal: ",", group: "\u00a0" };

test("numbers have the separators and digits of the language", () => {
  const numbers = [0, 7, 999, 1000, 1234567, 0.5, 1234.5678, -1234];
  assert.deepEqual(
    numbers.map((n) => formatted(n, ENGLISH)),
    ["0", "7", "999", "1,000", "1,234,567", "0.5", "1,234.568", "-1,234"],
  );
  assert.deepEqual([formatted(1234.5, ARABIC), formatted(1234.5, RUSSIAN)], ["١٬٢٣٤٫٥", "1\u00a0234,5"]);
});

test("digits of a year or a number of a statement are not grouped", () => {
  assert.deepEqual([withDigits("2018", ARABIC), withDigits("B 12", ENGLISH)], ["٢٠١٨", "B 12"]);
});

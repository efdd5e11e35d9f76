/* Numbers as the language writes them. Pure. The browser's Intl is not used: it takes 15 ms to load. */

/** @import { Numbers } from "./payload.d.ts" */

/**
 * Text with the digits 0 to 9 replaced by those of the language.
 * @param {string} text
 * @param {Numbers} numbers
 */
export function withDigits(text, { zero }) {
  if (zero === "0") return text;
  const first = /** @type {number} */ (zero.codePointAt(0));
  return text.replace(/[0-9]/g, (digit) => String.fromCodePoint(first + Number(digit)));
}

/**
 * A number with the digits and separators of the language, and at most three decimals.
 * @param {number} number
 * @param {Numbers} numbers
 */
export function formatted(number, numbers) {
  const [whole = "", rest] = String(Number(number.toFixed(3))).split(".");
  const grouped = whole.replace(/\B(?=(?:[0-9]{3})+$)/g, numbers.group);
  return withDigits(rest ? `${grouped}${numbers.decimal}${rest}` : grouped, numbers);
}

/* Reads and writes view addresses like core/address.py. Pure, like rules.js. Names, defaults and allowed values come
 * from the payload; none are hard-coded.
 */

/** @import { AddressNumber, AddressParameter, AddressTable, Opening } from "./payload.d.ts" */

import { fromIso, ISO } from "./days.js";

const NUMBER = /^-?[0-9]+(\.[0-9]+)?$/;
const LONGEST_QUOTED = 58;

/**
 * A part of an address that was not used: the parameter, the message key of the reason, and the value.
 * @typedef {{ key: string, code: string, got: string, values: Record<string, string> }} Remark
 * @typedef {Record<string, string>} Query
 */

/**
 * Text as quoted in messages: short, on one line, with invisible characters escaped.
 * @param {string} text
 */
function quoted(text) {
  const letters = [...text];
  const cut = letters.length > LONGEST_QUOTED ? `${letters.slice(0, LONGEST_QUOTED - 1).join("")}…` : text;
  return [...`"${cut}"`]
    .map((letter) => (/[\p{C}\p{Z}]/u.test(letter) && letter !== " " ? escaped(letter) : letter))
    .join("");
}

/**
 * Escapes an invisible character as Python does.
 * @param {string} letter
 */
function escaped(letter) {
  if (letter === "\t") return "\\t";
  if (letter === "\n") return "\\n";
  if (letter === "\r") return "\\r";
  const code = letter.codePointAt(0) ?? 0;
  const [mark, digits] = code < 0x100 ? ["x", 2] : code < 0x10000 ? ["u", 4] : ["U", 8];
  return `\\${mark}${code.toString(16).padStart(Number(digits), "0")}`;
}

/**
 * The default of a parameter, given the value of the one that it follows.
 * @param {AddressParameter} parameter
 * @param {unknown} followed
 */
const defaultOf = ({ default: otherwise, allowed }, followed) =>
  typeof followed === "string" && allowed.includes(followed) ? followed : otherwise;

/** Reads one query and collects remarks on what was not used. */
class Reader {
  /**
   * @param {Query} query
   * @param {AddressTable} table
   */
  constructor(query, { parameters, steps, longest }) {
    this.query = query;
    this.parameters = parameters;
    /** The spelling of each parameter in the query: its name or its older name. @type {Query} */
    this.spelling = {};
    /** @type {Query} */
    this.values = {};
    /** @type {Remark[]} */
    this.remarks = [];
    for (const name of Object.keys(parameters)) this.find(name, longest);
    const { step } = this.values;
    if (parameters.step?.allowed.includes(step)) this.takeStep(steps[Number(step) - 1] ?? {});
  }

  /**
   * Takes from the step what the query does not say; the window is taken whole.
   * @param {Query} step
   */
  takeStep(step) {
    const days = ["first", "last"];
    const hasDays = days.some((name) => name in this.spelling);
    for (const [name, value] of Object.entries(step))
      if (!(name in this.spelling) && !(hasDays && days.includes(name))) this.values[name] = value;
  }

  /** @param {string} name */
  parameter(name) {
    return /** @type {AddressParameter} */ (this.parameters[name]);
  }

  /**
   * Whether a parameter is present and readable.
   * @param {string} name
   */
  has(name) {
    return name in this.values;
  }

  /**
   * The text of a parameter, which must be present.
   * @param {string} name
   */
  text(name) {
    return this.values[name];
  }

  /**
   * @param {string} name
   * @param {string} code
   * @param {Record<string, string>} [values]
   */
  remark(name, code, values = {}) {
    const key = this.spelling[name];
    this.remarks.push({ key, code, got: quoted(this.query[key]), values });
  }

  /**
   * Finds a parameter in the query, under its name or its older spelling.
   * @param {string} name
   * @param {number} longest
   */
  find(name, longest) {
    const { alias, alias_values: translated } = this.parameter(name);
    const own = Object.hasOwn(this.query, name);
    const old = alias !== "" && Object.hasOwn(this.query, alias);
    if (!own && !old) return;
    if (own && old) {
      this.spelling[name] = alias;
      this.remark(name, "remark-alias", { name });
    }
    const key = own ? name : alias;
    this.spelling[name] = key;
    const text = this.query[key];
    if ([...text].length > longest) this.remark(name, "remark-long");
    else this.values[name] = !own && Object.hasOwn(translated, text) ? translated[text] : text;
  }

  /**
   * A day; null for the word that means no limit.
   * @param {string} name
   * @param {string | null} otherwise
   */
  day(name, otherwise = this.parameter(name).default) {
    if (!this.has(name)) return otherwise;
    const text = this.text(name);
    if (this.parameter(name).allowed.includes(text)) return null;
    if (fromIso(text) !== null) return text;
    this.remark(name, ISO.test(text) ? "remark-no-day" : "remark-day");
    return otherwise;
  }

  /** @param {string} name */
  word(name) {
    const { allowed, follows } = this.parameter(name);
    const otherwise = defaultOf(this.parameter(name), this.values[follows]);
    if (!this.has(name) || (otherwise === null && this.text(name) === "")) return otherwise;
    if (allowed.includes(this.text(name))) return this.text(name);
    this.refuse(name);
    return otherwise;
  }

  /**
   * Notes a word that is not allowed; of numbers, which are.
   * @param {string} name
   */
  refuse(name) {
    const { kind, allowed } = this.parameter(name);
    if (kind === "step" && allowed.length) this.remark(name, "remark-step", { low: "1", high: String(allowed.length) });
    else this.remark(name, "remark-unknown");
  }

  /** @param {string} name */
  step(name) {
    const number = this.word(name);
    return number === null ? null : Number(number);
  }

  /** @param {string} name */
  flag(name) {
    return this.word(name) === "1";
  }

  /** @param {string} name */
  words(name) {
    const { default: otherwise, allowed } = this.parameter(name);
    const none = otherwise === null ? null : [];
    if (!this.has(name)) return none;
    const asked = new Set(this.text(name).split(",").filter(Boolean));
    const known = [...asked].filter((word) => allowed.includes(word)).sort();
    if (known.length < asked.size) this.remark(name, "remark-unknown");
    return known.length || !asked.size ? known : none;
  }

  /** @param {string} name */
  numbers(name) {
    if (!this.has(name) || this.text(name) === "") return null;
    const parts = this.text(name).split(",");
    const wanted = this.parameter(name).numbers;
    if (parts.length !== wanted.length || !parts.every((part) => NUMBER.test(part))) {
      this.remark(name, "remark-numbers");
      return null;
    }
    const found = parts.map(Number);
    const outside = wanted.filter(({ low, high }, i) => !(found[i] >= low && found[i] <= high));
    for (const { name: which, low, high } of outside)
      this.remark(name, `remark-${which}`, { low: String(low), high: String(high) });
    return outside.length ? null : found;
  }

  /** The window. A missing end is derived from the other; a reversed window is not used. */
  window() {
    const opens = this.parameter("first").default ?? "";
    const closes = this.parameter("last").default ?? "";
    const before = this.remarks.length;
    let first = this.day("first") ?? opens;
    const isGiven = this.has("first") && this.remarks.length === before;
    let last = this.day("last", this.has("first") && first > closes ? first : closes) ?? closes;
    if (first > last && !isGiven) first = last;
    if (first > last) {
      this.remark("first", "remark-reversed", { last });
      [first, last] = [opens, closes];
    }
    return { first, last };
  }
}

/**
 * Reads a query: returns the view in the form of payload.opening, and remarks on what was not used.
 * @param {Query} query
 * @param {AddressTable} table
 */
export function read(query, table) {
  const names = Object.keys(table.parameters);
  const reader = new Reader(query, table);
  /** @type {Record<string, unknown>} */
  const view = reader.window();
  for (const name of names) view[name] ??= reader[reader.parameter(name).kind](name);
  const order = names.flatMap((name) => [name, reader.parameter(name).alias]);
  const remarks = reader.remarks.sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
  return { view: /** @type {Opening} */ (/** @type {unknown} */ (view)), remarks };
}

/**
 * Clamps and rounds a number; 0 has no sign.
 * @param {number} value
 * @param {AddressNumber} number
 */
function written(value, { low, high, decimals, turn }) {
  const round = turn && (value < low || value > high) ? value - turn * Math.floor((value - low) / turn) : value;
  const text = Math.min(Math.max(round, low), high).toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

/**
 * The text of a parameter; null if it has its default and can be left out.
 * @param {any} value of the parameter's kind
 * @param {AddressParameter} parameter
 * @returns {string | null}
 */
function textOf(value, { kind, allowed, numbers }) {
  if (kind === "flag") return value ? "1" : "0";
  if (value === null) return kind === "day" ? (allowed[0] ?? null) : null;
  if (kind === "words") return [...value].sort().join(",");
  if (kind === "numbers") return numbers.map((number, i) => written(value[i], number)).join(",");
  return kind === "step" ? String(value) : value;
}

/**
 * The query parameters that describe a view, without those at their default, or as in its step.
 * @param {Opening} view
 * @param {AddressTable} table
 * @returns {Query}
 */
export function write(view, { parameters, steps }) {
  const step = steps[(view.step ?? 0) - 1] ?? {};
  const texts = Object.entries(parameters).map(([name, parameter]) => {
    return /** @type {[string, string]} */ ([name, textOf(view[/** @type {keyof Opening} */ (name)], parameter)]);
  });
  const left = texts
    .filter(([name, text]) => {
      const parameter = /** @type {AddressParameter} */ (parameters[name]);
      return text !== (step[name] ?? defaultOf(parameter, view[/** @type {keyof Opening} */ (parameter.follows)]));
    })
    .map(([name, text]) => [name, text ?? ""]);
  const window = left.some(([name]) => name === "first" || name === "last"); // each end's default depends on the other
  return Object.fromEntries([...(window ? texts.slice(0, 2) : []), ...left]);
}

/* Finds what a reader types, whatever its case, marks or form of letters. Pure: no DOM, no Leaflet. */

/** Letters that Unicode does not take apart, and forms of a letter that are written for each other. */
const SAME = new Map(
  Object.entries({
    ...{ ı: "i", ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ə: "e" },
    ...{ ى: "ي", ی: "ي", ک: "ك", ة: "ه", ۀ: "ه", ہ: "ه", ھ: "ه", ٱ: "ا" },
  }),
);
// Combining marks, the lengthening stroke (tatweel), and the signs used for apostrophes, hamza and ayn.
const DROPPED = /[\p{M}\u0640'’‘`´ʹʼʾʿˈ\p{Cf}]/gu;
const ARABIC_DIGITS = [0x660, 0x6f0];
/** The rank of a statement whose number was typed. */
export const NUMBERED = -1;
const LEAST_IN_TEXT = 2; // characters; a single one is found everywhere in a text

/**
 * One character of a text as it is compared.
 * @param {string} letter
 */
function foldLetter(letter) {
  const plain = letter.normalize("NFKD").replace(DROPPED, "").toLowerCase();
  return [...plain.normalize("NFKD").replace(DROPPED, "")].map(foldPart).join("");
}

/** @param {string} part */
function foldPart(part) {
  const code = part.codePointAt(0) ?? 0;
  const zero = ARABIC_DIGITS.find((start) => code >= start && code < start + 10);
  if (zero !== undefined) return String(code - zero);
  return /[\p{L}\p{N}]/u.test(part) ? (SAME.get(part) ?? part) : " ";
}

/**
 * A text as it is compared: letters without marks, in lower case, words separated by single spaces.
 * @param {string} text
 * @returns {{ folded: string, starts: number[] }} with the position in the text of each character of `folded`, and
 *   of its end
 */
export function foldWithPositions(text) {
  let folded = "";
  /** @type {number[]} */
  const starts = [];
  let at = 0;
  for (const letter of text) {
    for (const part of foldLetter(letter)) {
      if (part === " " && (folded === "" || folded.endsWith(" "))) continue;
      for (let unit = 0; unit < part.length; unit++) starts.push(at);
      folded += part;
    }
    at += letter.length;
  }
  if (folded.endsWith(" ")) {
    folded = folded.slice(0, -1);
    at = /** @type {number} */ (starts.pop());
  }
  starts.push(at);
  return { folded, starts };
}

/** @param {string} text */
export const fold = (text) => foldWithPositions(text).folded;

/**
 * How well a text matches: 0 equal, 1 it begins so, 2 all words begin words of it, 3 all words are in it; null if not.
 * @param {string} folded the text
 * @param {string} wanted what was typed, folded and not empty
 */
export function grade(folded, wanted) {
  if (folded === wanted) return 0;
  if (folded.startsWith(wanted)) return 1;
  const words = wanted.split(" ");
  const within = ` ${folded}`;
  if (words.every((word) => within.includes(` ${word}`))) return 2;
  return words.every((word) => folded.includes(word)) ? 3 : null;
}

/**
 * The best grade of several texts; null if none matches.
 * @param {string[]} folded
 * @param {string} wanted
 */
function best(folded, wanted) {
  const grades = folded.map((text) => grade(text, wanted)).filter((one) => one !== null);
  return grades.length ? Math.min(...grades) : null;
}

/**
 * A place that can be found, and a statement.
 * @typedef {{ id: string, names: string[], worth: number }} PlaceEntry names are folded; those of more worth come first
 * @typedef {{ id: string, number: string, called: string, title: string, quotation: string }} StatementEntry all texts
 *   are folded; `called` is "statement 7"
 * @typedef {{ article: number, paragraph: number, text: string, folded: string, starts: number[] }} TextEntry
 * @typedef {{ places: PlaceEntry[], statements: StatementEntry[], texts: TextEntry[] }} Index
 * @typedef {{ entry: TextEntry, first: number, end: number }} Passage positions in the text; the end is exclusive
 */

/**
 * The places whose names match, best first; among equals by worth, then in their order.
 * @param {PlaceEntry[]} places
 * @param {string} wanted folded
 */
export const findPlaces = (places, wanted) =>
  ranked(places, ({ names }) => best(names, wanted)).sort(
    (a, b) => a.rank - b.rank || b.entry.worth - a.entry.worth || a.at - b.at,
  );

/**
 * The statements with this number, then those whose title or quotation matches.
 * @param {StatementEntry[]} statements
 * @param {string} wanted folded
 */
export const findStatements = (statements, wanted) =>
  ranked(statements, ({ number, called, title, quotation }) => {
    if (number === wanted.replaceAll(" ", "") || called === wanted) return NUMBERED;
    const inTitle = grade(title, wanted);
    if (inTitle !== null) return inTitle;
    const quoted = wanted.length < LEAST_IN_TEXT ? null : grade(quotation, wanted);
    return quoted === null ? null : quoted + 4;
  }).sort((a, b) => a.rank - b.rank || a.at - b.at);

/**
 * @template T
 * @param {T[]} entries
 * @param {(entry: T) => number | null} rankOf null for what does not match
 */
function ranked(entries, rankOf) {
  /** @type {{ entry: T, rank: number, at: number }[]} */
  const found = [];
  entries.forEach((entry, at) => {
    const rank = rankOf(entry);
    if (rank !== null) found.push({ entry, rank, at });
  });
  return found;
}

/**
 * Where the typed words stand in the texts, in this order: every place where they begin a word; if there is none,
 * every place where they stand within one (some languages write no spaces, or join prepositions to the word).
 * @param {TextEntry[]} texts
 * @param {string} wanted folded
 * @returns {Passage[]}
 */
export function findPassages(texts, wanted) {
  if (wanted.length < LEAST_IN_TEXT) return [];
  const found = texts.flatMap((entry) => occurrences(entry, wanted, " "));
  return found.length ? found : texts.flatMap((entry) => occurrences(entry, wanted, ""));
}

/**
 * @param {TextEntry} entry
 * @param {string} wanted
 * @param {string} before what must stand before it; the start of the text counts as a space
 */
function occurrences(entry, wanted, before) {
  /** @type {Passage[]} */
  const found = [];
  const { starts, text, folded } = entry;
  const within = before + folded;
  let at = within.indexOf(before + wanted);
  for (; at >= 0; at = within.indexOf(before + wanted, at + wanted.length)) {
    const last = at + wanted.length - 1;
    const end = endOf(text, starts[last] ?? 0, starts[last + 1] ?? text.length);
    found.push({ entry, first: starts[at] ?? 0, end });
  }
  return found;
}

/**
 * The end of the character at `at`, without the spaces and signs between it and the next.
 * @param {string} text
 * @param {number} at
 * @param {number} next where the next compared character begins
 */
function endOf(text, at, next) {
  const between = text.slice(at, next);
  const letter = String.fromCodePoint(between.codePointAt(0) ?? 0);
  const marks = between.slice(letter.length).match(/^\p{M}+/u);
  return at + letter.length + (marks ? marks[0].length : 0);
}

/**
 * A passage with a few words before and after it: before, itself, after; cut between words.
 * @param {Passage} passage
 * @param {number} around how many characters at most on each side
 * @returns {[string, string, string]}
 */
export function excerpt({ entry: { text }, first, end }, around) {
  let before = text.slice(Math.max(0, first - around), first);
  let after = text.slice(end, end + around);
  if (first > around) before = `…${before.replace(/^\S*\s/, "")}`;
  if (end + around < text.length) after = `${after.replace(/\s\S*$/, "")}…`;
  return [before, text.slice(first, end), after];
}

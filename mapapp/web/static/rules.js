/* What the browser decides as Python does: what a view shows (core/select.py), and how an address is read and written
 * (core/address.py). Pure: values in, values out, no page and no map, so that tests/web/test_rules.py can run it in
 * node on the same cases as Python. Names, defaults and allowed values come in the payload; none stands here.
 *
 * A view comes in two forms. As payload.opening writes it: ISO days and lists. As it is worked with (`taken`): days as
 * whole numbers since 1970-01-01, UTC, and sets. null is an open end, or "all".
 */
var mapappRules = (function () {
  "use strict";

  const DAY = 86400000;
  const NUMBER = /^-?[0-9]+(\.[0-9]+)?$/, ISO = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

  const toIso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  /** The day an ISO text names; null where it names none. Years go from 0001, as Python's do. */
  function fromIso(iso) {
    if (!ISO.test(iso) || iso.startsWith("0000")) return null;
    const day = Date.parse(iso + "T00:00:00Z") / DAY;
    return Number.isInteger(day) && toIso(day) === iso ? day : null;
  }

  /* ---------- what a view shows ---------- */

  /** Whether a time falls in days first to last: 0 not, 1 possibly, 2 certainly. */
  function certainty(time, first, last) {
    if ((time.e !== null && time.e > last) || (time.l !== null && time.l < first)) return 0;
    if (time.unsure) return 1;
    if (!time.through) return time.e !== null && time.l !== null && time.e >= first && time.l <= last ? 2 : 1;
    const from = time.s === null ? -Infinity : time.s, to = time.t === null ? Infinity : time.t;
    return from <= to && from <= last && to >= first ? 2 : 1;
  }

  /** Whether the article was out on the last day that counts: nothing it says was known before. */
  const published = (atlas, known) => known === null || atlas.article.day <= known;
  /** Whether something had begun by the last day that counts. */
  const begun = (item, known) => known === null || item.e === null || item.e <= known;

  /** The day whose statuses hold: the window's last, or the last day that counts if that is earlier. */
  const statusDay = (view) => (view.as_of === null ? view.last : Math.min(view.last, view.as_of));
  /** The day of which there is one picture: the window's last that is known of, or its first where none is. */
  const snapshotDay = (view) => Math.max(view.first, statusDay(view));

  /** What a place was on a day: of several, the one that began last. */
  function statusOn(place, day) {
    let held = null;
    for (const status of place.statuses) {
      if ((status.e !== null && status.e > day) || (status.l !== null && status.l < day)) continue;
      if (held === null || (status.e ?? -Infinity) > (held.e ?? -Infinity)) held = status;
    }
    return held && held.status;
  }

  /** Whether a statement passes the filters of who says it and of its kind. */
  const passes = (event, view) => (!view.said_by || view.said_by.has(event.who)) && (!view.kinds || view.kinds.has(event.kind));
  /** What a view shows: ids of places with their status, of events with their certainty, of facts. */
  function select(atlas, view) {
    const shown = { places: new Set(), events: new Map(), facts: new Set(), standing: new Map() };
    const enough = view.certain ? 2 : 1;
    for (const event of published(atlas, view.as_of) ? atlas.events : []) {
      if (!passes(event, view)) continue;
      const sure = certainty(event, view.first, view.last);
      if (sure >= enough) shown.events.set(event.id, sure);
    }
    const snapshots = new Set(atlas.layers.filter((layer) => layer.snapshot).map((layer) => layer.id));
    for (const place of atlas.places) {
      if (view.hidden.has(place.layer) || !begun(place, view.as_of)) continue;
      const day = snapshotDay(view), snapshot = snapshots.has(place.layer);
      if (certainty(place, snapshot ? day : view.first, snapshot ? day : view.last) < enough) continue;
      shown.places.add(place.id);
      shown.standing.set(place.id, statusOn(place, statusDay(view)));
    }
    for (const fact of view.background ? atlas.facts : [])
      if (begun(fact, view.as_of) && certainty(fact, view.first, view.last) >= enough) shown.facts.add(fact.id);
    return shown;
  }

  /** A view as it is worked with, from one as it travels. */
  const taken = (view) => ({
    ...view, first: fromIso(view.first), last: fromIso(view.last), as_of: view.as_of === null ? null : fromIso(view.as_of),
    said_by: view.said_by && new Set(view.said_by), kinds: view.kinds && new Set(view.kinds), hidden: new Set(view.hidden),
  });
  /** A view as it travels, from one as it is worked with. */
  const sent = (view) => ({
    ...view, first: toIso(view.first), last: toIso(view.last), as_of: view.as_of === null ? null : toIso(view.as_of),
    said_by: view.said_by && [...view.said_by], kinds: view.kinds && [...view.kinds], hidden: [...view.hidden],
  });

  /* ---------- the address ---------- */

  /** A text as a message quotes it: short, on one line, nothing invisible. */
  function quoted(text) {
    const letters = [...text];
    const cut = letters.length < 59 ? text : letters.slice(0, 57).join("") + "…";
    return [...`"${cut}"`].map((letter) => (letter !== " " && /[\p{C}\p{Z}]/u.test(letter) ? escaped(letter) : letter)).join("");
  }
  function escaped(letter) {
    const code = letter.codePointAt(0), short = { 9: "\\t", 10: "\\n", 13: "\\r" }[code];
    const [mark, digits] = code < 0x100 ? ["x", 2] : code < 0x10000 ? ["u", 4] : ["U", 8];
    return short || "\\" + mark + code.toString(16).padStart(digits, "0");
  }

  /** Reads what of a query the table knows: the view, as payload.opening writes it, and remarks on what was not used. */
  function read(query, table) {
    const { parameters } = table, names = Object.keys(parameters), values = {}, spelling = {}, remarks = [];
    const order = names.flatMap((name) => [name, parameters[name].alias]);
    const remark = (name, code, more = {}) => {
      remarks.push({ key: spelling[name], code, got: quoted(query[spelling[name]]), values: more });
    };
    for (const name of names) {
      const { alias, alias_values: translated } = parameters[name], own = Object.hasOwn(query, name);
      const old = alias !== "" && Object.hasOwn(query, alias);
      if (!own && !old) continue;
      spelling[name] = own ? name : alias;
      if (own && old) remarks.push({ key: alias, code: "remark-alias", got: quoted(query[alias]), values: { name } });
      const text = query[spelling[name]];
      if ([...text].length > table.longest) remark(name, "remark-long");
      else values[name] = !own && Object.hasOwn(translated, text) ? translated[text] : text;
    }
    const day = (name, otherwise) => {
      if (!(name in values)) return otherwise;
      if (parameters[name].allowed.includes(values[name])) return null;
      if (fromIso(values[name]) !== null) return values[name];
      remark(name, ISO.test(values[name]) ? "remark-no-day" : "remark-day");
      return otherwise;
    };
    const word = (name) => {
      const { default: otherwise, allowed } = parameters[name];
      if (!(name in values)) return otherwise;
      if (allowed.includes(values[name])) return values[name];
      remark(name, "remark-unknown");
      return otherwise;
    };
    const several = (name) => {
      const { default: otherwise, allowed } = parameters[name], none = otherwise === null ? null : [];
      if (!(name in values)) return none;
      const asked = new Set(values[name].split(",").filter(Boolean));
      const known = [...asked].filter((word_) => allowed.includes(word_)).sort();
      if (known.length < asked.size) remark(name, "remark-unknown");
      return known.length || !asked.size ? known : none;
    };
    const numbers = (name) => {
      if (!(name in values)) return null;
      const parts = values[name].split(","), wanted = parameters[name].numbers;
      if (parts.length === wanted.length && parts.every((part) => NUMBER.test(part))) {
        const found = parts.map(Number);
        if (found.every((value, i) => value >= wanted[i].low && value <= wanted[i].high)) return found;
      }
      remark(name, "remark-numbers");
      return null;
    };
    const kinds = {
      day: (name) => day(name, parameters[name].default), flag: (name) => word(name) === "1", word, words: several, numbers,
    };
    const article = parameters.first.default;
    let first = day("first", article), last = day("last", "first" in values && first > article ? first : article);
    if (first > last && !("first" in values)) first = last;
    if (first > last) {
      remark("first", "remark-reversed", { last });
      first = last = article;
    }
    const view = { first, last };
    for (const name of names) view[name] ??= kinds[parameters[name].kind](name);
    return { view, remarks: remarks.sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key)) };
  }

  /** A number within its bounds, rounded, 0 without a sign. */
  function written(value, { low, high, decimals, turn }) {
    const round = turn && (value < low || value > high) ? value - turn * Math.floor((value - low) / turn) : value;
    const text = Math.min(Math.max(round, low), high).toFixed(decimals);
    return Number(text) === 0 ? text.replace("-", "") : text;
  }

  /** The text of a parameter; null where leaving it out says the same. */
  function textOf(value, { kind, allowed, numbers }) {
    if (kind === "flag") return value ? "1" : "0";
    if (value === null) return kind === "day" ? allowed[0] : null;
    if (kind === "words") return [...value].sort().join(",");
    if (kind === "numbers") return value.map((number, i) => written(number, numbers[i])).join(",");
    return value;
  }
  /** The parameters that ask for a view, without those at their default. */
  function write(view, { parameters }) {
    const texts = Object.entries(parameters).map(([name, parameter]) => [name, textOf(view[name], parameter)]);
    const left = texts.filter(([name, text]) => text !== parameters[name].default);
    const window = left.some(([name]) => name === "first" || name === "last"); // one end alone would be read otherwise
    const ends = window ? texts.slice(0, 2) : [];
    return Object.fromEntries([...ends, ...left]);
  }

  return { toIso, fromIso, certainty, published, begun, statusDay, snapshotDay, statusOn, passes, select, taken, sent, read, write };
})();

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
  const statusDay = (view) => (view.known === null ? view.last : Math.min(view.last, view.known));
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
  const passes = (event, view) => (!view.who || view.who.has(event.who)) && (!view.kinds || view.kinds.has(event.kind));
  /** What a view shows: ids of places with their status, of events with their certainty, of facts. */
  function select(atlas, view) {
    const shown = { places: new Set(), events: new Map(), facts: new Set(), standing: new Map() };
    const enough = view.sure ? 2 : 1;
    for (const event of published(atlas, view.known) ? atlas.events : []) {
      if (!passes(event, view)) continue;
      const sure = certainty(event, view.first, view.last);
      if (sure >= enough) shown.events.set(event.id, sure);
    }
    const snapshots = new Set(atlas.layers.filter((layer) => layer.snapshot).map((layer) => layer.id));
    for (const place of atlas.places) {
      if (!view.layers.has(place.layer) || !begun(place, view.known)) continue;
      const day = snapshotDay(view), snapshot = snapshots.has(place.layer);
      if (certainty(place, snapshot ? day : view.first, snapshot ? day : view.last) < enough) continue;
      shown.places.add(place.id);
      shown.standing.set(place.id, statusOn(place, statusDay(view)));
    }
    for (const fact of view.background ? atlas.facts : [])
      if (begun(fact, view.known) && certainty(fact, view.first, view.last) >= enough) shown.facts.add(fact.id);
    return shown;
  }

  /** A view as it is worked with. */
  const taken = (view) => ({
    first: fromIso(view.first), last: fromIso(view.last), sure: view.sure, known: view.known === null ? null : fromIso(view.known),
    who: view.who && new Set(view.who), kinds: view.kinds && new Set(view.kinds), layers: new Set(view.layers),
    selected: view.selected, lang: view.lang, background: view.background, base: view.base, clean: view.clean,
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

  /** Reads what of `given` the table knows: the view, as payload.opening writes it, and remarks on what was not used. */
  function read(given, table) {
    const names = Object.keys(table.parameters), left = {}, remarks = [];
    const remark = (key, code, values = {}) => { remarks.push({ key, code, got: quoted(given[key]), values }); };
    for (const name of names.filter((name) => Object.hasOwn(given, name)))
      if ([...given[name]].length > table.longest) remark(name, "remark-long");
      else left[name] = given[name];
    const day = (name, usual) => {
      if (!(name in left)) return usual;
      if (fromIso(left[name]) !== null) return left[name];
      remark(name, ISO.test(left[name]) ? "remark-no-day" : "remark-day");
      return usual;
    };
    const word = (name) => {
      const { usual, allowed } = table.parameters[name];
      if (!(name in left)) return usual;
      if (allowed.includes(left[name])) return left[name];
      remark(name, "remark-unknown");
      return usual;
    };
    const several = (name) => {
      if (!(name in left)) return null;
      const asked = new Set(left[name].split(",").filter(Boolean)), { allowed } = table.parameters[name];
      const known = [...asked].filter((word_) => allowed.includes(word_)).sort();
      if (known.length < asked.size) remark(name, "remark-unknown");
      return known.length || !asked.size ? known : null;
    };
    const numbers = (name) => {
      if (!(name in left)) return null;
      const parts = left[name].split(","), wanted = table.parameters[name].numbers;
      if (parts.length === wanted.length && parts.every((part) => NUMBER.test(part))) {
        const found = parts.map(Number);
        if (found.every((value, i) => value >= wanted[i].low && value <= wanted[i].high)) return found;
      }
      remark(name, "remark-at");
      return null;
    };
    const article = table.parameters.from.usual;
    let first = day("from", article), last = day("to", "from" in left && first > article ? first : article);
    if (first > last && !("from" in left)) first = last;
    if (first > last) {
      remark("from", "remark-reversed", { to: last });
      first = last = article;
    }
    const hidden = several("hide") || [];
    const view = {
      first, last, sure: word("sure") === "1", known: left.known === "all" ? null : day("known", article),
      who: several("who"), kinds: several("kind"),
      layers: [...table.always, ...table.parameters.hide.allowed.filter((layer) => !hidden.includes(layer))].sort(),
      selected: word("select"), lang: word("names"), background: word("background") === "1", base: word("base"),
      camera: numbers("at"), clean: word("screen") === "clean",
    };
    return { view, remarks: remarks.sort((a, b) => names.indexOf(a.key) - names.indexOf(b.key)) };
  }

  /** A number within its bounds, rounded, 0 without a sign. */
  function written(value, { low, high, decimals, turn }) {
    const round = turn && (value < low || value > high) ? value - turn * Math.floor((value - low) / turn) : value;
    const text = Math.min(Math.max(round, low), high).toFixed(decimals);
    return Number(text) === 0 ? text.replace("-", "") : text;
  }

  /** The parameters that ask for a view; what is as usual is left out. */
  function write(view, table) {
    const hidden = table.parameters.hide.allowed.filter((layer) => !view.layers.includes(layer));
    const given = {
      from: view.first, to: view.last, sure: view.sure ? "1" : "0", known: view.known ?? "all",
      who: view.who && [...view.who].sort().join(","), kind: view.kinds && [...view.kinds].sort().join(","),
      hide: hidden.sort().join(",") || null, select: view.selected, names: view.lang,
      background: view.background ? "1" : "0", base: view.base,
      at: view.camera && view.camera.map((value, i) => written(value, table.parameters.at.numbers[i])).join(","),
      screen: view.clean ? "clean" : "full",
    };
    const usual = (name) => given[name] === table.parameters[name].usual; // null where all or none is usual
    const left = (name) => (name === "from" || name === "to" ? usual("from") && usual("to") : usual(name));
    return Object.fromEntries(Object.entries(given).filter(([name]) => !left(name)));
  }

  return { toIso, fromIso, certainty, published, begun, statusDay, snapshotDay, statusOn, passes, select, taken, read, write };
})();

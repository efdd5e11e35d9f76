"use strict";
(() => {
  // mapapp/web/src/dom.js
  function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === void 0 || value === false) continue;
      node.setAttribute(name, value === true ? "" : String(value));
    }
    node.append(.../** @type {(Node | string)[]} */
    children.filter((child) => child !== null && child !== void 0));
    return node;
  }
  var make = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
  var svg = (tag, attributes = {}, ...children) => fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
  function on(node, listeners) {
    for (const [type, listener] of Object.entries(listeners))
      node.addEventListener(
        type,
        /** @type {EventListener} */
        listener
      );
    return node;
  }
  var button = (attributes, click, ...children) => on(make("button", { type: "button", ...attributes }, ...children), { click });
  var all = (within, selector) => [
    .../** @type {NodeListOf<HTMLElement>} */
    within.querySelectorAll(selector)
  ];
  function one(within, selector) {
    const found = within.querySelector(selector);
    if (!found) throw new Error(`no element matches ${selector}`);
    return (
      /** @type {HTMLElement} */
      found
    );
  }

  // mapapp/web/src/geometry.js
  var isPoint = (place) => place.geometry.type === "Point";
  var isLine = (place) => place.geometry.type.includes("Line");

  // mapapp/web/src/days.js
  var DAY = 864e5;
  var ISO = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
  var toIso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  function fromIso(iso) {
    if (!ISO.test(iso) || iso.startsWith("0000")) return null;
    const day = Date.parse(`${iso}T00:00:00Z`) / DAY;
    return Number.isInteger(day) && toIso(day) === iso ? day : null;
  }
  function dayOf(iso) {
    const day = fromIso(iso);
    if (day === null) throw new RangeError(`days: not a day (got ${iso})`);
    return day;
  }

  // mapapp/web/src/ticks.js
  var startOf = (item) => item.earliest ?? item.latest;

  // mapapp/web/src/incidents/columns.js
  var NEAR_KM = 5;
  var DATED = (
    /** @type {const} */
    ["day", "week", "month", "longer"]
  );
  var KM_PER_DEGREE_EAST = 111.32;
  var KM_PER_DEGREE_NORTH = 110.95;
  var STEPS = 65535;
  var IN_AREA = 2;
  var KEPT_SCOPES = 8;
  var groupsOf = ({ groups, kinds }) => groups.map(([kind, record, span, dated, located, places]) => ({
    kind: kinds[kind],
    record,
    span,
    dated,
    inArea: located === IN_AREA,
    certain: dated === 0 && located !== IN_AREA,
    places: new Set(places)
  }));
  function coverOf({ records }) {
    if (!records.length) return null;
    return {
      first: Math.min(...records.map(({ first }) => dayOf(first))),
      last: Math.max(...records.map(({ last }) => dayOf(last)))
    };
  }
  function readColumns(about, buffer) {
    const { rows } = about;
    const [west, south, east, north] = about.box;
    const number = new Uint32Array(buffer, 0, rows);
    const column = (at) => new Uint16Array(buffer, at * rows, rows);
    const [lonAt, latAt, dayAt, groupAt] = (
      /** @type {const} */
      [column(4), column(6), column(8), column(10)]
    );
    const groups = groupsOf(about);
    const spanOf = Uint16Array.from(groups, ({ span }) => span);
    const longest = spanOf.reduce((a, b) => Math.max(a, b), 0);
    const placeIndex = new Map(about.places.map((id, i) => [id, i]));
    const scopes = /* @__PURE__ */ new Map();
    const everywhere = { id: null, area: -1, near: null };
    const lonOf = (step) => west + step / STEPS * (east - west);
    const latOf = (step) => south + step / STEPS * (north - south);
    function rowFrom(day) {
      const wanted = day - about.first;
      let [low, high] = [0, rows];
      while (low < high) {
        const middle = low + high >> 1;
        if (dayAt[middle] < wanted) low = middle + 1;
        else high = middle;
      }
      return low;
    }
    function rowsNear({ geometry }) {
      const [lon, lat] = geometry.coordinates;
      const near = new Uint8Array(rows);
      const kmEast = KM_PER_DEGREE_EAST * Math.cos(lat * Math.PI / 180);
      for (let i = 0; i < rows; i++) {
        const dx = (lonOf(lonAt[i]) - lon) * kmEast;
        const dy = (latOf(latAt[i]) - lat) * KM_PER_DEGREE_NORTH;
        if (dx * dx + dy * dy <= NEAR_KM * NEAR_KM) near[i] = 1;
      }
      return near;
    }
    function scope(place) {
      if (!place) return everywhere;
      const { id } = place;
      let found = scopes.get(id);
      if (found === void 0) {
        if (isLine(place)) found = null;
        else if (isPoint(place)) found = { id, area: -1, near: rowsNear(place) };
        else found = { id, area: placeIndex.get(id) ?? -2, near: null };
        if (scopes.size > KEPT_SCOPES) scopes.clear();
        scopes.set(id, found);
      }
      return found;
    }
    const passing = (kinds, sure, area) => Uint8Array.from(
      groups,
      (group) => Number((!kinds || kinds.has(group.kind)) && (area === -1 || group.places.has(area)) && (!sure || group.certain))
    );
    function each(first, last, within, kinds, sure, found) {
      const { near } = within;
      const ok = passing(kinds, sure, within.area);
      const [a, b] = [first - about.first, last - about.first];
      for (let i = rowFrom(first - longest), end = rowFrom(last + 1); i < end; i++) {
        const [group, day] = [groupAt[i], dayAt[i]];
        const lastDay = day + spanOf[group];
        if (ok[group] === 0 || lastDay < a || near !== null && near[i] === 0) continue;
        if (sure && (day < a || lastDay > b)) continue;
        found(i, group);
      }
    }
    return {
      about,
      groups,
      number,
      lonAt,
      latAt,
      dayAt,
      groupAt,
      spanOf,
      longest,
      covered: coverOf(about),
      synthetic: about.records.filter((record) => record.synthetic).length,
      lonOf,
      latOf,
      rowFrom,
      everywhere,
      scope,
      passing,
      each
    };
  }
  var lastKnown = ({ as_of: asOf }, last) => asOf === null ? last : Math.min(last, asOf);

  // mapapp/web/src/incidents/days_words.js
  var daysOf = (first, last, { dayWords }) => first === last ? dayWords(first) : `${dayWords(first)} – ${dayWords(last)}`;

  // mapapp/web/src/incidents/chart.js
  var WIDTH = 336;
  var BASE = 46;
  var HEIGHT = 74;
  var MOST_CLAIMS = 4;
  function weekChart(weeks, covered, id, host) {
    const { words, view, atlas } = host;
    const first = weeks[0]?.[0] ?? 0;
    const end = first + 7 * weeks.length;
    const x = (day) => (day - first) / (end - first) * WIDTH;
    const known = lastKnown(view(), Infinity);
    const most = Math.max(1, ...weeks.map(([, n]) => n));
    const days = daysOf(first, Math.min(known, end - 1), host);
    const article = x(atlas.article.day);
    return svg(
      "svg",
      {
        class: "record-chart",
        viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
        role: "img",
        "aria-label": words("record-chart", { most, days })
      },
      windowBox(x, host),
      ...weeks.map((week) => weekBar(week, x, most, { ...covered, known }, host)),
      svg("line", { class: "axis-line", x1: 0, x2: WIDTH, y1: BASE + 0.5, y2: BASE + 0.5 }),
      svg("line", { class: "article-day", x1: article, x2: article, y1: 0, y2: BASE }),
      svg("text", { class: "record-text", x: 0, y: 9 }, words("record-most", { n: most.toLocaleString("en") })),
      ...claimBars(host.claims(id), { x, first, end }),
      ...monthNames(weeks, x, host)
    );
  }
  function windowBox(x, { view }) {
    const { first, last } = view();
    const [from, to] = [Math.max(0, x(first)), Math.min(WIDTH, x(last + 1))];
    if (to <= from) return null;
    return svg("rect", { class: "record-window", x: from, y: 0, width: Math.max(1.5, to - from), height: BASE });
  }
  function weekBar([first, n], x, most, covered, host) {
    const { words } = host;
    const [unknown, beyond] = [first > covered.known, first > covered.last || first + 6 < covered.first];
    const [from, to] = [Math.max(first, covered.first), Math.min(first + 6, covered.last, covered.known)];
    const part = to - from < 6;
    const [left, wide, tall] = [x(first), x(first + 7) - x(first), n / most * (BASE - 12)];
    const counted = () => words(part ? "record-week-part" : "record-week", { n, days: daysOf(from, to, host) });
    const title = unknown ? words("record-week-unknown") : beyond ? words("record-week-beyond") : counted();
    return svg(
      "g",
      { class: part ? "record-part" : null },
      svg("title", {}, title),
      svg("rect", { class: "record-hit", x: left, y: 0, width: wide, height: BASE }),
      unknown || beyond ? svg("rect", { class: "record-gap", x: left, y: BASE - 3, width: wide, height: 3 }) : svg("rect", { class: "record-bar", x: left + 0.5, y: BASE - tall, width: wide - 1, height: tall })
    );
  }
  function claimBars(claims, { x, first, end }) {
    const inSight = claims.map((event) => ({ event, start: startOf(event) ?? Infinity })).filter(({ event, start }) => start < end && (event.latest ?? Infinity) >= first);
    return inSight.slice(0, MOST_CLAIMS).map(({ event, start }, i) => {
      const from = Math.max(0, x(start));
      const width = Math.max(2.5, Math.min(WIDTH, event.latest === null ? WIDTH : x(event.latest + 1)) - from);
      const bar = svg("rect", { class: "record-claim", x: from, y: BASE + 3 + i * 3.5, width, height: 2.5 });
      return svg("g", {}, svg("title", {}, event.title), bar);
    });
  }
  function monthNames(weeks, x, { dayWords }) {
    const names = [];
    let free = -100;
    for (const [first] of weeks) {
      const [start, end] = [new Date(first * DAY), new Date((first + 6) * DAY)];
      if (start.getUTCMonth() === end.getUTCMonth() && start.getUTCDate() !== 1) continue;
      const month = Date.UTC(end.getUTCFullYear(), end.getUTCMonth(), 1) / DAY;
      const at = x(month);
      if (at < free || at > WIDTH - 30) continue;
      const withYear = end.getUTCMonth() === 0 || free < 0;
      names.push(svg("text", { class: "record-text", x: at, y: HEIGHT - 3 }, dayWords(month, withYear ? "m y" : "m")));
      free = at + (withYear ? 52 : 30);
    }
    return names;
  }

  // mapapp/web/src/incidents/beside.js
  function caption({ title, licence, synthetic }, { words }) {
    const note = synthetic ? make("b", { class: "synthetic" }, ` ${words("record-synthetic")}`) : null;
    return make("li", {}, title, ". ", licence, note);
  }
  function besidePlace(id, columns, host, counts) {
    const place = host.place(id);
    if (!place || !columns.scope(place) || !columns.covered) return null;
    const { words } = host;
    const { records } = columns.about;
    const made = columns.synthetic === records.length ? "record-synthetic" : "record-synthetic-some";
    return make(
      "section",
      { class: "record", "data-record": id },
      make("h3", {}, words("record-here")),
      columns.synthetic ? make("p", { class: "synthetic" }, words(made)) : null,
      inWords(place, columns, host, counts),
      coverNote(columns.covered, host),
      weekChart(counts.of(id).weeks, columns.covered, id, host),
      kindTable(id, columns, host, counts),
      notes(place, columns, host, counts),
      make("ul", { class: "sources" }, ...records.map((record) => caption(record, host)))
    );
  }
  function inWords(place, columns, host, counts) {
    const { words } = host;
    const { first, last } = host.view();
    const { day } = host.atlas.article;
    const found = counts.of(place.id);
    const bold = (n) => make("b", {}, n.toLocaleString("en"));
    return make(
      "p",
      { class: "record-words" },
      `${words("record-of", { what: kindsAsked(columns, host) })} `,
      `${words(isPoint(place) ? "record-near" : "record-in", { km: NEAR_KM })} `,
      make("bdi", { "data-name": place.id }, host.nameOf(place.id)),
      ": ",
      bold(found.before),
      ` ${words("record-before", { days: daysOf(day - 28, day - 1, host) })} `,
      bold(found.earlier),
      ` ${words("record-earlier")} `,
      bold(found.window),
      ` ${words("record-window", { days: daysOf(first, last, host) })}`
    );
  }
  function kindsAsked({ about }, { words, view }) {
    const { kinds } = view();
    if (!kinds) return words("record-incidents");
    const names = [...kinds].filter((kind) => about.kinds.includes(kind)).map((kind) => words(`incident-kind-${kind}`));
    if (!names.length) return words("record-no-kind");
    const list = names.join(", ").toLowerCase();
    return list.charAt(0).toUpperCase() + list.slice(1);
  }
  function coverNote({ first, last }, { atlas, view, words, dayWords }) {
    const { day } = atlas.article;
    const { as_of: asOf } = view();
    if (first <= day - 56 && last >= day - 1 && (asOf === null || asOf >= day - 1)) return null;
    return make("p", { class: "note" }, words("record-covers", { first: dayWords(first), last: dayWords(last) }));
  }
  function kindTable(id, { about }, { words, view }, counts) {
    const { kinds } = view();
    const { before, earlier } = counts.still(id);
    const inWindow = counts.inWindow(id);
    const rows = about.kinds.filter((kind) => !kinds || kinds.has(kind)).map((kind) => ({ kind, found: [earlier, before, inWindow].map((column) => column.get(kind) ?? 0) })).filter(({ found }) => found.some(Boolean));
    if (rows.length < 2) return null;
    const heads = ["record-kind", "record-four-earlier", "record-four", "record-in-window"];
    const head = make("tr", {}, ...heads.map((key) => make("th", { scope: "col" }, words(key))));
    const body = rows.map(
      ({ kind, found }) => make(
        "tr",
        {},
        make("th", { scope: "row" }, words(`incident-kind-${kind}`)),
        ...found.map((n) => make("td", {}, n.toLocaleString("en")))
      )
    );
    const table = make("table", {}, make("thead", {}, head), make("tbody", {}, ...body));
    return make("details", { class: "record-kinds" }, make("summary", {}, words("record-by-kind")), table);
  }
  function notes(place, { about }, { words, view }, counts) {
    const { undated, unplaced } = counts.still(place.id);
    const uncertain = [
      undated ? words("record-undated", { n: undated }) : "",
      unplaced ? words("record-unplaced", { n: unplaced }) : ""
    ];
    const text = [
      words("record-how"),
      isPoint(place) ? "" : words("record-outline", { km: place.tolerance }),
      view().certain ? words("record-sure") : uncertain.filter(Boolean).join(" "),
      about.records.some(({ format }) => format === "ucdp") ? words("record-ucdp") : ""
    ];
    const summary = make("summary", {}, words("record-counted"));
    return make("details", { class: "note record-kinds" }, summary, make("p", {}, text.filter(Boolean).join(" ")));
  }

  // mapapp/web/src/incidents/cards.js
  var LISTED = 100;
  function incidentCards(columns, host) {
    const { about, groups, groupAt, number, dayAt } = columns;
    const { words } = host;
    const known = /* @__PURE__ */ new Map();
    const groupOf = (row) => (
      /** @type {Group} */
      groups[groupAt[row]]
    );
    function when(row) {
      const { span, dated } = groupOf(row);
      const first = dayAt[row] + about.first;
      const days = daysOf(first, first + span, host);
      return dated ? `${days} (${words(`record-dated-${DATED[dated]}`)})` : days;
    }
    function cardOf(row, open) {
      const { record, kind } = groupOf(row);
      const name = `${about.records[record]?.key}/${number[row]}`;
      const summary = make("summary", {}, when(row), " · ", words(`incident-kind-${kind}`));
      const detail = make("details", { class: "card incident", "data-incident": name }, summary);
      on(detail, { toggle: () => detail.open && !known.has(name) && host.ask(name) });
      const card = known.get(name);
      if (card) fill2(detail, card, host);
      detail.open = open;
      return detail;
    }
    function cards(rows) {
      const n = rows.length.toLocaleString("en");
      const more = (rows.length - LISTED).toLocaleString("en");
      return make(
        "div",
        { class: "record" },
        make("p", { class: "here" }, words(rows.length === 1 ? "record-one-here" : "record-many-here", { n })),
        ...rows.slice(0, LISTED).map((row) => cardOf(row, rows.length === 1)),
        rows.length > LISTED ? make("p", { class: "none" }, words("record-more-here", { n: more })) : null
      );
    }
    function tell(card) {
      known.set(card.name, card);
      const detail = host.root.querySelector(`[data-incident="${CSS.escape(card.name)}"]`);
      if (detail) fill2(
        /** @type {HTMLElement} */
        detail,
        card,
        host
      );
    }
    return { cards, tell };
  }
  function fill2(detail, { synthetic, note, rows, source, broken }, { words }) {
    if (detail.dataset.filled) return;
    detail.dataset.filled = "1";
    if (!rows) {
      detail.append(make("p", { class: "none" }, words(broken ? "incident-broken" : "incident-missing")));
      return;
    }
    if (synthetic) detail.append(make("p", { class: "synthetic" }, words("record-synthetic")));
    if (note) detail.append(make("blockquote", {}, note));
    const list = rows.flatMap(([key, text]) => [make("dt", {}, words(key)), make("dd", {}, text)]);
    detail.append(make("dl", {}, ...list), make("p", { class: "sources" }, source));
  }

  // mapapp/web/src/incidents/counts.js
  var WEEKS_BEFORE = 26;
  var WEEKS_AFTER = 4;
  function counter(columns, host, sheet) {
    const { about, groups, dayAt } = columns;
    let kept = { key: "", still: (
      /** @type {ReturnType<typeof countStill> | null} */
      null
    ) };
    const scopeOf = (id) => (
      /** @type {Scope} */
      columns.scope(host.place(id))
    );
    function byKind(id, first, last) {
      const view = host.view();
      const found = new Map(about.kinds.map((kind) => [kind, 0]));
      columns.each(first, lastKnown(view, last), scopeOf(id), null, view.certain, (_, group) => {
        const kind = groups[group]?.kind ?? "";
        found.set(kind, (found.get(kind) ?? 0) + 1);
      });
      return found;
    }
    function byWeek(id) {
      const view = host.view();
      const { day } = host.atlas.article;
      const start = day - 7 * WEEKS_BEFORE;
      const weeks = new Uint32Array(WEEKS_BEFORE + WEEKS_AFTER);
      const last = lastKnown(view, day + 7 * WEEKS_AFTER - 1);
      columns.each(start, last, scopeOf(id), view.kinds, view.certain, (row) => {
        const week = Math.floor(dayAt[row] + about.first - start / 7);
        if (week >= 0) weeks[week] = (weeks[week] ?? 0) + 1;
      });
      return Array.from(weeks, (n, i) => [start + 7 * i, n]);
    }
    function countStill(id) {
      const view = host.view();
      const { day } = host.atlas.article;
      let [undated, unplaced] = [0, 0];
      columns.each(day - 56, lastKnown(view, day - 1), scopeOf(id), view.kinds, view.certain, (_, group) => {
        if (groups[group]?.dated) undated++;
        if (groups[group]?.inArea) unplaced++;
      });
      return {
        weeks: byWeek(id),
        undated,
        unplaced,
        before: byKind(id, day - 28, day - 1),
        earlier: byKind(id, day - 56, day - 29)
      };
    }
    function still(id) {
      const { kinds, certain, as_of: asOf } = host.view();
      const key = [id, kinds && [...kinds].join(), certain, asOf].join("|");
      if (kept.key !== key || !kept.still) kept = { key, still: countStill(id) };
      return (
        /** @type {ReturnType<typeof countStill>} */
        kept.still
      );
    }
    function inWindow(id) {
      const view = host.view();
      if (host.scope() === id && !view.hidden.has("incidents")) return sheet.byKind();
      return byKind(id, view.first, view.last);
    }
    function sum(found) {
      const { kinds } = host.view();
      return [...found].reduce((total, [kind, n]) => total + (!kinds || kinds.has(kind) ? n : 0), 0);
    }
    function of(id) {
      const { before, earlier, weeks } = still(id);
      return { window: sum(inWindow(id)), before: sum(before), earlier: sum(earlier), weeks };
    }
    return { of, still, inWindow };
  }

  // mapapp/web/src/incidents/classes.js
  var CELL = 12;
  var LOWER_ENDS = [1, 3, 10, 30, 100, 300, 1e3, 3e3, 1e4];
  var SIDES = [3, 4, 5, 6, 7, 8, 9, 10, 11];
  var RADII = [3, 4.5, 6, 7.5, 9, 10.5, 12, 13.5, 15];
  function classOf(n) {
    let at = 0;
    while (at < LOWER_ENDS.length - 1 && n >= LOWER_ENDS[at + 1]) at++;
    return at;
  }
  var sideOf = (at) => SIDES[at];
  var radiusOf = (at) => RADII[at];
  function classWords(at) {
    const [low, next] = [Number(LOWER_ENDS[at]), LOWER_ENDS[at + 1]];
    if (next === void 0) return `${low}+`;
    return next - 1 === low ? String(low) : `${low}–${next - 1}`;
  }

  // mapapp/web/src/incidents/key.js
  var EARTH_KM = 40075;
  function incidentKey(columns, host, sheet) {
    const { words, map, root } = host;
    let lastKey = "";
    const isOn = () => !host.view().hidden.has("incidents");
    function only() {
      const id = host.scope();
      const place = id === null ? void 0 : host.place(id);
      if (!isOn() || id === null || !place || !columns.scope(place)) return [];
      const key = isPoint(place) ? "record-only-near" : "record-only-in";
      const name = make("bdi", { lang: host.view().lang }, host.nameOf(id));
      return [make("p", { class: "none" }, words(key, { km: NEAR_KM }), " ", name)];
    }
    function outside() {
      const { first, last } = host.view();
      const { covered } = columns;
      if (!covered || first <= covered.last && last >= covered.first) return null;
      return words("record-beyond", { first: host.dayWords(covered.first), last: host.dayWords(covered.last) });
    }
    function classes() {
      const { mode, classes: steps } = sheet.shown();
      if (mode === "none") return [];
      const latitude = map.getCenter().lat * Math.PI / 180;
      const wide = CELL * EARTH_KM * Math.cos(latitude) / (256 * 2 ** map.getZoom());
      const km = wide < 10 ? wide.toPrecision(2) : Math.round(wide);
      return [
        make("p", { class: "none" }, words(mode === "cells" ? "record-cells" : "record-points", { km })),
        make("div", { class: "record-steps" }, ...[...steps].sort((a, b) => a - b).map((step) => classKey(step, mode)))
      ];
    }
    function openAll() {
      host.open([...sheet.shown().spots.values()].flat().sort((a, b) => a - b));
    }
    function paint() {
      const view = host.view();
      const { total, mode, classes: steps } = sheet.shown();
      const on2 = isOn();
      const { lang, first, last, as_of: asOf } = view;
      const key = [on2, total, mode, [...steps].join(), host.scope(), lang, first, last, asOf, map.getZoom()].join("|");
      if (key === lastKey) return;
      lastKey = key;
      const box = one(root, '[data-row="incidents"]');
      one(box, "label > .n").textContent = on2 ? total.toLocaleString("en") : "";
      box.classList.toggle("nothing", on2 && total === 0);
      one(box, ".keys").replaceChildren(
        ...only(),
        ...on2 && total === 0 ? [make("p", { class: "none" }, outside() ?? words("record-none"))] : [],
        ...on2 ? classes() : [],
        ...on2 && mode === "points" ? [button({ class: "link" }, openAll, words("record-list"))] : []
      );
      paintKinds();
    }
    function paintKinds() {
      const found = sheet.byKind();
      for (const node of all(root, "[data-record-kind]")) {
        const n = found.get(node.dataset.recordKind ?? "") ?? 0;
        one(node, ".n").textContent = n.toLocaleString("en");
        node.classList.toggle("nothing", n === 0);
      }
    }
    function label() {
      if (!isOn()) return [];
      const { synthetic, real } = sheet.origins();
      const whole = columns.synthetic === columns.about.records.length || synthetic > 0 && real === 0;
      if (!whole && synthetic === 0) return only();
      const key = whole ? "record-synthetic-map" : "record-synthetic-some";
      return [...only(), make("p", { class: "synthetic" }, words(key))];
    }
    function credit() {
      const swatch = svg(
        "svg",
        { class: "swatch record-mark", viewBox: "-13 -7 26 14", "aria-hidden": "true" },
        svg("circle", { cx: -4, r: 3 }),
        svg("rect", { x: 2, y: -4, width: 8, height: 8 })
      );
      const name = make("span", {}, words("record-key", { n: sheet.shown().total.toLocaleString("en") }));
      return make(
        "div",
        { class: "record-credit" },
        make("div", { class: "key" }, swatch, name),
        ...only(),
        ...classes()
      );
    }
    return { paint, label, credit };
  }
  function classKey(step, mode) {
    const radius = mode === "cells" ? sideOf(step) / 2 : radiusOf(step);
    const half = Math.max(7, radius + 1);
    const shape = mode === "cells" ? svg("rect", { x: -radius, y: -radius, width: 2 * radius, height: 2 * radius }) : svg("circle", { r: radius });
    const frame = { viewBox: `-16 ${-half} 32 ${2 * half}`, width: 32, height: 2 * half };
    const swatch = svg("svg", { ...frame, "aria-hidden": "true", class: "record-mark" }, shape);
    return make("span", { class: "key" }, swatch, make("span", {}, classWords(step)));
  }

  // mapapp/web/src/incidents/grid.js
  var STEPS2 = 65536;
  var TILE = 256;
  function heightOf(lat) {
    const sine = Math.sin(lat * Math.PI / 180);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  }
  function cellGrid({ lonOf, latOf }) {
    const height = Float64Array.from({ length: STEPS2 }, (_, i) => heightOf(latOf(i)));
    const [across, down] = [new Int16Array(STEPS2), new Int16Array(STEPS2)];
    const [pixelX, pixelY] = [new Float32Array(STEPS2), new Float32Array(STEPS2)];
    let cells = new Uint32Array(0);
    let [columns, lines, left, top] = [0, 0, 0, 0];
    return {
      /**
       * Works out where each step falls; only after the map has moved.
       * @param {L.Map} map
       * @param {L.Bounds} bounds
       * @param {L.Point} size
       */
      lay(map, bounds, size) {
        const world = TILE * 2 ** map.getZoom();
        const origin = map.getPixelOrigin().add(
          /** @type {L.Point} */
          bounds.min
        );
        const [firstColumn, firstLine] = [Math.floor(origin.x / CELL), Math.floor(origin.y / CELL)];
        columns = Math.ceil(size.x / CELL) + 1;
        lines = Math.ceil(size.y / CELL) + 1;
        left = firstColumn * CELL - origin.x;
        top = firstLine * CELL - origin.y;
        if (cells.length < columns * lines) cells = new Uint32Array(columns * lines);
        for (let i = 0; i < STEPS2; i++) {
          const x = (lonOf(i) + 180) / 360 * world;
          const y = height[i] * world;
          pixelX[i] = x - origin.x;
          pixelY[i] = y - origin.y;
          const column = Math.floor(x / CELL) - firstColumn;
          const line = Math.floor(y / CELL) - firstLine;
          across[i] = column >= 0 && column < columns ? column : -1;
          down[i] = line >= 0 && line < lines ? line : -1;
        }
      },
      clear: () => cells.fill(0, 0, columns * lines),
      /**
       * Counts one incident; false where it is out of sight.
       * @param {number} lon
       * @param {number} lat
       */
      add(lon, lat) {
        const [column, line] = [across[lon], down[lat]];
        if (column < 0 || line < 0) return false;
        cells[line * columns + column] = cells[line * columns + column] + 1;
        return true;
      },
      /**
       * @param {number} lon
       * @param {number} lat
       */
      inSight: (lon, lat) => Number(across[lon]) >= 0 && Number(down[lat]) >= 0,
      /**
       * Where a pair of steps falls on the sheet.
       * @param {number} lon
       * @param {number} lat
       */
      pixel: (lon, lat) => [pixelX[lon], pixelY[lat]],
      /**
       * Calls with the number in each cell that holds any, and its corner.
       * @param {(n: number, x: number, y: number) => void} found
       */
      each(found) {
        for (let line = 0, cell = 0; line < lines; line++)
          for (let column = 0; column < columns; column++, cell++) {
            const n = cells[cell];
            if (n > 0) found(n, left + column * CELL, top + line * CELL);
          }
      }
    };
  }

  // mapapp/web/src/incidents/sheet.js
  var FEW = 2e3;
  var NEAR_CLICK = 3;
  function incidentSheet(columns, host, moved) {
    const { map } = host;
    const { groups, lonAt, latAt } = columns;
    const canvas = make("canvas", { class: "record-sheet" });
    const context = (
      /** @type {CanvasRenderingContext2D} */
      canvas.getContext("2d")
    );
    const grid = cellGrid(columns);
    const tally = new Uint32Array(groups.length);
    let shown = nothing();
    let colours = null;
    let onMap = false;
    const pane = map.createPane("m-record");
    pane.style.zIndex = "450";
    pane.style.pointerEvents = "none";
    const layer = canvasLayer(
      canvas,
      (bounds, size) => grid.lay(map, bounds, size),
      () => {
        draw();
        moved();
        host.drawn();
      }
    );
    const readColours = () => {
      const style = getComputedStyle(host.root);
      const colour = (name) => style.getPropertyValue(name).trim();
      return { record: colour("--record"), halo: colour("--halo") };
    };
    function draw() {
      const { x, y } = layer.size();
      context.clearRect(0, 0, x, y);
      const scope = host.scope();
      const within = columns.scope(scope === null ? void 0 : host.place(scope)) ?? columns.everywhere;
      const { total, sight } = count(within);
      colours ??= readColours();
      context.fillStyle = colours.record;
      shown = { ...nothing(), total };
      if (sight > FEW) drawCells();
      else if (sight > 0) drawPoints(within, colours.halo);
      context.globalAlpha = 1;
    }
    function count(within) {
      const view = host.view();
      const { certain: sure } = view;
      const { about, dayAt, groupAt, spanOf } = columns;
      const { near } = within;
      const there = columns.passing(null, sure, within.area);
      const ok = columns.passing(view.kinds, sure, within.area);
      const last = lastKnown(view, view.last);
      const [a, b] = [view.first - about.first, last - about.first];
      let [total, sight] = [0, 0];
      grid.clear();
      tally.fill(0);
      for (let i = columns.rowFrom(view.first - columns.longest), end = columns.rowFrom(last + 1); i < end; i++) {
        const [group, day] = [groupAt[i], dayAt[i]];
        const lastDay = day + spanOf[group];
        if (there[group] === 0 || lastDay < a || near !== null && near[i] === 0) continue;
        if (sure && (day < a || lastDay > b)) continue;
        tally[group] = tally[group] + 1;
        if (ok[group] === 0) continue;
        total++;
        if (grid.add(lonAt[i], latAt[i])) sight++;
      }
      return { total, sight };
    }
    function drawCells() {
      shown.mode = "cells";
      context.globalAlpha = 0.72;
      grid.each((n, x, y) => {
        const step = classOf(n);
        const inset = (CELL - sideOf(step)) / 2;
        shown.classes.add(step);
        context.fillRect(Math.round(x + inset), Math.round(y + inset), sideOf(step), sideOf(step));
      });
    }
    function drawPoints(within, halo) {
      const view = host.view();
      const { spots, classes } = shown;
      shown.mode = "points";
      columns.each(view.first, lastKnown(view, view.last), within, view.kinds, view.certain, (row) => {
        const [lon, lat] = [lonAt[row], latAt[row]];
        if (!grid.inSight(lon, lat)) return;
        const key = lon * 65536 + lat;
        const rows = spots.get(key);
        rows ? rows.push(row) : spots.set(key, [row]);
      });
      context.strokeStyle = halo;
      context.globalAlpha = 0.85;
      for (const rows of [...spots.values()].sort((one2, other) => other.length - one2.length)) {
        const step = classOf(rows.length);
        const [x, y] = pixelOf(rows);
        classes.add(step);
        context.beginPath();
        context.arc(x, y, radiusOf(step), 0, 2 * Math.PI);
        context.fill();
        context.stroke();
      }
    }
    function pixelOf([row = 0]) {
      return grid.pixel(lonAt[row], latAt[row]);
    }
    function at(latlng) {
      if (host.view().hidden.has("incidents") || shown.mode !== "points") return [];
      const point = map.latLngToLayerPoint(latlng).subtract(layer.origin());
      let best = null;
      for (const rows of shown.spots.values()) {
        const [x, y] = pixelOf(rows);
        const gap = Math.hypot(x - point.x, y - point.y) - radiusOf(classOf(rows.length));
        if (gap <= NEAR_CLICK && (best === null || gap < best.gap)) best = { gap, rows };
      }
      return best?.rows ?? [];
    }
    return {
      at,
      shown: () => shown,
      /** What the last drawing counted in the window, by kind, whatever kinds are asked for. */
      byKind() {
        const found = new Map(columns.about.kinds.map((kind) => [kind, 0]));
        tally.forEach((n, group) => {
          const kind = groups[group]?.kind ?? "";
          if (n) found.set(kind, (found.get(kind) ?? 0) + n);
        });
        return found;
      },
      /** How many in the window are made up, and how many are not. */
      origins() {
        const found = { synthetic: 0, real: 0 };
        tally.forEach((n, group) => {
          const record = columns.about.records[groups[group]?.record ?? -1];
          found[record?.synthetic ? "synthetic" : "real"] += n;
        });
        return found;
      },
      /** Draws anew in another theme's colours. */
      restyle() {
        colours = null;
        if (onMap) draw();
      },
      /** Draws what the view asks for; where the layer is off, nothing. */
      paint() {
        const on2 = !host.view().hidden.has("incidents");
        if (on2 && onMap) draw();
        else if (on2) layer.addTo(map);
        else if (onMap) layer.remove();
        onMap = on2;
        if (on2) return;
        shown = nothing();
        tally.fill(0);
      }
    };
  }
  var nothing = () => ({ total: 0, mode: "none", classes: /* @__PURE__ */ new Set(), spots: /* @__PURE__ */ new Map() });
  function canvasLayer(canvas, lay, draw) {
    const base = (
      /** @type {any} */
      L.Renderer
    );
    const Sheet = base.extend({
      _initContainer() {
        this._container = canvas;
      },
      _destroyContainer() {
        this._container.remove();
        delete this._container;
      },
      _updatePaths() {
      },
      _update() {
        if (this._map._animatingZoom && this._bounds) return;
        base.prototype._update.call(this);
        const size = this._bounds.getSize();
        const dots = Math.min(window.devicePixelRatio || 1, 2);
        const where = [this._bounds.min, size, this._map.getZoom(), this._map.getPixelOrigin(), dots].join(" ");
        L.DomUtil.setPosition(canvas, this._bounds.min);
        if (canvas.dataset.where !== where) {
          canvas.dataset.where = where;
          resize(canvas, size, dots);
          lay(this._bounds, size);
        }
        draw();
      },
      size() {
        return this._bounds.getSize();
      },
      origin() {
        return this._bounds.min;
      }
    });
    return new Sheet({ pane: "m-record", padding: 0.1 });
  }
  function resize(canvas, size, dots) {
    canvas.width = Math.round(size.x * dots);
    canvas.height = Math.round(size.y * dots);
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    canvas.getContext("2d")?.setTransform(dots, 0, 0, dots, 0, 0);
  }

  // mapapp/web/src/incidents/time_bars.js
  var NARROWEST = 4;
  function timeBars(axis, x, height, columns, host) {
    const view = host.view();
    if (view.hidden.has("incidents") || !columns.covered) return [];
    const days = Math.max(1, Math.ceil(NARROWEST / (x(axis.first + 1) - x(axis.first))));
    const counts = countBy(days, axis, columns, host);
    const most = counts.reduce((one2, other) => Math.max(one2, other), 0);
    if (!most) return [];
    let path = "";
    counts.forEach((n, slot) => {
      if (!n) return;
      const [from, to] = [x(axis.first + slot * days), x(axis.first + (slot + 1) * days) - 0.5];
      const up = (-(n / most) * height * 0.9).toFixed(1);
      path += `M${from.toFixed(1)} ${height}v${up}H${to.toFixed(1)}V${height}Z`;
    });
    const title = host.words(days === 1 ? "record-axis-day" : "record-axis", { days, most: most.toLocaleString("en") });
    return [svg("path", { class: "record-bars", d: path }, svg("title", {}, title))];
  }
  function countBy(days, axis, columns, host) {
    const view = host.view();
    const scope = host.scope();
    const within = columns.scope(scope === null ? void 0 : host.place(scope)) ?? columns.everywhere;
    const counts = new Float64Array(Math.ceil((axis.last - axis.first + 1) / days));
    columns.each(axis.first, lastKnown(view, axis.last), within, view.kinds, view.certain, (row) => {
      const day = columns.dayAt[row] + columns.about.first;
      const slot = Math.floor((day - axis.first) / days);
      if (slot >= 0 && slot < counts.length) counts[slot] = counts[slot] + 1;
    });
    return counts;
  }

  // mapapp/web/src/incidents.js
  window.mapappIncidents = async (source, host) => {
    const [about, rows] = await Promise.all([fetch(source.about), fetch(source.rows)]);
    for (const answer of [about, rows]) if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
    if (!rows.body) throw new Error(`${rows.url}: nothing came`);
    const unpacked = new Response(rows.body.pipeThrough(new DecompressionStream("gzip")));
    return incidentLayer(await about.json(), await unpacked.arrayBuffer(), host);
  };
  function incidentLayer(about, buffer, host) {
    const columns = readColumns(about, buffer);
    const sheet = incidentSheet(columns, host, () => key.paint());
    const counts = counter(columns, host, sheet);
    const key = incidentKey(columns, host, sheet);
    const cards = incidentCards(columns, host);
    return {
      kinds: about.kinds,
      records: about.records,
      caption: (record) => caption(record, host),
      label: key.label,
      key: key.credit,
      at: sheet.at,
      restyle: sheet.restyle,
      ...cards,
      section: (id) => besidePlace(id, columns, host, counts),
      bars: (axis, x, height) => timeBars(axis, x, height, columns, host),
      paint() {
        sheet.paint();
        key.paint();
      },
      /** What shows, and what is counted for a place; null for what is no place to count in. */
      status(id) {
        if (id && (!host.place(id) || !columns.scope(host.place(id)))) return null;
        const { total, mode } = sheet.shown();
        return { rows: about.rows, shown: total, drawn: mode, ...id ? counts.of(id) : {} };
      }
    };
  }
})();

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
  function updateText(node, text) {
    if (node.textContent !== text) node.textContent = text;
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
  var EVERYWHERE = { id: null, area: -1, near: null };
  var NO_GROUP = -2;
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
  var Columns = class {
    /**
     * @param {IncidentsAbout} about
     * @param {ArrayBuffer} buffer
     */
    constructor(about, buffer) {
      const { rows } = about;
      this.about = about;
      this.number = new Uint32Array(buffer, 0, rows);
      this.lonAt = new Uint16Array(buffer, 4 * rows, rows);
      this.latAt = new Uint16Array(buffer, 6 * rows, rows);
      this.dayAt = new Uint16Array(buffer, 8 * rows, rows);
      this.groupAt = new Uint16Array(buffer, 10 * rows, rows);
      this.groups = groupsOf(about);
      this.spanOf = Uint16Array.from(this.groups, ({ span }) => span);
      this.longest = this.spanOf.reduce((a, b) => Math.max(a, b), 0);
      this.covered = coverOf(about);
      this.synthetic = about.records.filter((record) => record.synthetic).length;
      this.placeIndex = new Map(about.places.map((id, i) => [id, i]));
      this.scopes = /* @__PURE__ */ new Map();
    }
    /**
     * Converts a stored longitude to degrees.
     * @param {number} step
     */
    lonOf(step) {
      const [west, , east] = this.about.box;
      return west + step / STEPS * (east - west);
    }
    /**
     * Converts a stored latitude to degrees.
     * @param {number} step
     */
    latOf(step) {
      const [, south, , north] = this.about.box;
      return south + step / STEPS * (north - south);
    }
    /**
     * The first day of a row.
     * @param {number} row
     */
    firstDay(row) {
      return this.dayAt[row] + this.about.first;
    }
    /**
     * The group of a row.
     * @param {number} row
     */
    groupOf(row) {
      return this.groups[this.groupAt[row]];
    }
    /**
     * First row whose first day is `day` or later.
     * @param {number} day
     */
    rowFrom(day) {
      const wanted = day - this.about.first;
      let [low, high] = [0, this.about.rows];
      while (low < high) {
        const middle = low + high >> 1;
        if (this.dayAt[middle] < wanted) low = middle + 1;
        else high = middle;
      }
      return low;
    }
    /**
     * The scope of a place; null for a line, for which nothing is counted.
     * @param {PlaceItem | undefined} place the whole map where it is left out
     */
    scope(place) {
      if (!place) return EVERYWHERE;
      let found = this.scopes.get(place.id);
      if (found === void 0) {
        found = this.newScope(place);
        if (this.scopes.size > KEPT_SCOPES) this.scopes.clear();
        this.scopes.set(place.id, found);
      }
      return found;
    }
    /**
     * @param {PlaceItem} place
     * @returns {Scope | null}
     */
    newScope(place) {
      const { id } = place;
      if (isLine(place)) return null;
      if (isPoint(place)) return { id, area: EVERYWHERE.area, near: this.rowsNear(place.geometry.coordinates) };
      return { id, area: this.placeIndex.get(id) ?? NO_GROUP, near: null };
    }
    /**
     * Marks the rows within NEAR_KM of a point.
     * @param {[lon: number, lat: number]} point
     */
    rowsNear([lon, lat]) {
      const { rows } = this.about;
      const near = new Uint8Array(rows);
      const kmEast = KM_PER_DEGREE_EAST * Math.cos(lat * Math.PI / 180);
      for (let i = 0; i < rows; i++) {
        const dx = (this.lonOf(this.lonAt[i]) - lon) * kmEast;
        const dy = (this.latOf(this.latAt[i]) - lat) * KM_PER_DEGREE_NORTH;
        if (dx * dx + dy * dy <= NEAR_KM * NEAR_KM) near[i] = 1;
      }
      return near;
    }
    /**
     * The scope of the layer: a place, or the whole map if there is none or nothing can be counted in it.
     * @param {PlaceItem | undefined} place
     */
    scopeOrAll(place) {
      return this.scope(place) ?? EVERYWHERE;
    }
    /**
     * Which groups match kinds, certainty and area: 1 or 0 for each.
     * @param {Set<string> | null} kinds
     * @param {boolean} certain
     * @param {number} area
     */
    passing(kinds, certain, area) {
      return Uint8Array.from(this.groups, (group) => {
        const inArea = area === EVERYWHERE.area || group.places.has(area);
        return Number((!kinds || kinds.has(group.kind)) && inArea && (!certain || group.certain));
      });
    }
    /**
     * Calls `found` with each matching row from `first` to `last`, both included.
     * @param {number} first
     * @param {number} last
     * @param {Scope} within
     * @param {Uint8Array} passing 1 for each group that counts
     * @param {boolean} certain whether only those count that certainly happened then
     * @param {(row: number, group: number) => void} found
     */
    each(first, last, { near }, passing, certain, found) {
      const { dayAt, groupAt, spanOf, about } = this;
      const [a, b] = [first - about.first, last - about.first];
      for (let i = this.rowFrom(first - this.longest), end = this.rowFrom(last + 1); i < end; i++) {
        const group = groupAt[i];
        const day = dayAt[i];
        const lastDay = day + spanOf[group];
        if (passing[group] === 0 || lastDay < a || near !== null && near[i] === 0) continue;
        if (certain && (day < a || lastDay > b)) continue;
        found(i, group);
      }
    }
    /**
     * Calls `found` with each matching row that only one of two windows has, and 1 if it is the later one, otherwise -1.
     * @param {Days} before
     * @param {Days} after
     * @param {Scope} within
     * @param {Uint8Array} passing 1 for each group that counts
     * @param {boolean} certain whether only those count that certainly happened then
     * @param {(row: number, group: number, by: 1 | -1) => void} found
     */
    eachChange(before, after, { near }, passing, certain, found) {
      const { dayAt, groupAt, spanOf, about, longest } = this;
      const has = (day, lastDay, { first, last }) => certain ? day >= first && lastDay <= last : day <= last && lastDay >= first;
      const edges = [
        [before.first, after.first],
        [before.last, after.last]
      ].sort(([a, b], [c, d]) => Math.min(a, b) - Math.min(c, d));
      let done = 0;
      for (const [a, b] of edges) {
        if (a === b) continue;
        const end = this.rowFrom(Math.max(a, b) + 1);
        for (let i = Math.max(done, this.rowFrom(Math.min(a, b) - longest)); i < end; i++) {
          const group = groupAt[i];
          if (passing[group] === 0 || near !== null && near[i] === 0) continue;
          const day = dayAt[i] + about.first;
          const lastDay = day + spanOf[group];
          const is = has(day, lastDay, after);
          if (is !== has(day, lastDay, before)) found(i, group, is ? 1 : -1);
        }
        done = Math.max(done, end);
      }
    }
    /**
     * Calls `found` with each row of the given kinds in the view's window, with the certainty the view requires.
     * @param {View} view
     * @param {Asked} asked
     * @param {(row: number, group: number) => void} found
     */
    eachIn(view, { first, last, within, kinds }, found) {
      const { certain } = view;
      this.each(first, lastKnown(view, last), within, this.passing(kinds, certain, within.area), certain, found);
    }
  };
  var lastKnown = ({ as_of: asOf }, last) => asOf === null ? last : Math.min(last, asOf);

  // mapapp/web/src/incidents/days_words.js
  var daysOf = (first, last, { dayWords }) => first === last ? dayWords(first) : `${dayWords(first)} – ${dayWords(last)}`;

  // mapapp/web/src/incidents/tails.js
  var TAIL = 0.05;
  var HALVINGS = 100;
  function sum(log, first, last) {
    let total = 0;
    for (let k = first; k <= last; k++) total += Math.exp(log(k));
    return total;
  }
  function logFactorials(n) {
    const found = new Float64Array(n + 1);
    for (let k = 2; k <= n; k++) found[k] = found[k - 1] + Math.log(k);
    return found;
  }
  function reach(rising, value, low, high) {
    let [from, to] = [low, high];
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (from + to) / 2;
      if (rising(middle) < value) from = middle;
      else to = middle;
    }
    return (from + to) / 2;
  }
  function rateInterval(number, days) {
    const logs = logFactorials(number);
    const upTo = (mean, most) => sum((k) => k * Math.log(mean) - mean - logs[k], 0, most);
    const top = number + 20 + 10 * Math.sqrt(number);
    const low = number ? reach((mean) => 1 - upTo(mean, number - 1), TAIL, 0, number) : 0;
    const high = reach((mean) => -upTo(mean, number), -TAIL, number, top);
    return [low / days, high / days];
  }
  function ratioInterval(before, after) {
    const all2 = before.n + after.n;
    const logs = logFactorials(all2);
    const upTo = (share, most) => sum((k) => logs[all2] - logs[k] - logs[all2 - k] + k * Math.log(share) + (all2 - k) * Math.log1p(-share), 0, most);
    const low = after.n ? reach((share) => 1 - upTo(share, after.n - 1), TAIL, 0, 1) : 0;
    const high = before.n ? reach((share) => -upTo(share, after.n), -TAIL, 0, 1) : 1;
    const scale = before.days / after.days;
    return [low / (1 - low) * scale, high < 1 ? high / (1 - high) * scale : Infinity];
  }
  function negativeBinomial(mean, variance) {
    const [size, chance] = [mean ** 2 / (variance - mean), mean / variance];
    let [k, total, log] = [0, 0, size * Math.log(chance)];
    const quantile = (share) => {
      for (; ; ) {
        const next = total + Math.exp(log);
        if (next >= share) return k;
        total = next;
        log += Math.log((k + size) / (k + 1)) + Math.log1p(-chance);
        k++;
      }
    };
    return [quantile(TAIL), quantile(1 - TAIL)];
  }

  // mapapp/web/src/incidents/around.js
  var DAYS = 28;
  var FEWEST_DAYS = 7;
  var MOST = 8;
  function aroundClaims({ id }, columns, host, counts) {
    const { words, inLanguage } = host;
    const { covered } = columns;
    if (!covered) return null;
    const seen = Math.max(covered.last, ...columns.about.lags.map((lag) => lag.seen));
    const end = lastKnown(host.view(), seen);
    const counted = (from, to) => {
      const [first, last] = [Math.max(from, covered.first), Math.min(to, end)];
      const days = last - first + 1;
      if (days < FEWEST_DAYS) return null;
      const isFilling2 = counts.incomplete(id, first, last) !== null;
      return { n: counts.begun(id, first, last), days, first, last, isFilling: isFilling2 };
    };
    const rows = host.claims(id).flatMap((event) => {
      const { earliest, latest } = event;
      if (earliest === null || latest === null) return [];
      const [before, after] = [counted(earliest - DAYS, earliest - 1), counted(latest + 1, latest + DAYS)];
      return before || after ? [{ event, before, after }] : [];
    }).slice(0, MOST);
    if (!rows.length) return null;
    const heads = ["incidents-around-before", "incidents-around-after", "incidents-around-ratio"];
    const head = heads.map((key) => make("th", { scope: "col" }, words(key)));
    const body = rows.flatMap(({ event, before, after }) => [
      make("tr", {}, make("th", { scope: "rowgroup", colspan: heads.length }, inLanguage(event.title))),
      make(
        "tr",
        {},
        make("td", {}, ...before ? weekly(before, host) : [words("incidents-around-short")]),
        make("td", {}, ...after ? weekly(after, host) : [words("incidents-around-short")]),
        make("td", {}, before && after ? ratio(before, after, host) : "–")
      )
    ]);
    return make(
      "details",
      { class: "record-kinds record-around" },
      make("summary", {}, words("incidents-around")),
      make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body)),
      make("p", { class: "note" }, words("incidents-around-method"))
    );
  }
  function weekly({ n, days, first, last, isFilling: isFilling2 }, host) {
    const { words } = host;
    const [low, high] = rateInterval(n, days).map((rate2) => rounded(7 * rate2));
    const rate = rounded(7 * n / days);
    const text = isFilling2 ? words("incidents-around-least", { rate }) : words("incidents-around-rate", { rate, low, high });
    const parts = [words("incidents-around-count", { n, days }), daysOf(first, last, host)];
    return [make("b", {}, text), ...parts.flatMap((part) => [make("br", {}), part])];
  }
  function ratio(before, after, { words }) {
    if (before.isFilling || after.isFilling) return words("incidents-around-early");
    if (!before.n) return words("incidents-around-no-ratio");
    const [low, high] = ratioInterval(before, after).map(rounded);
    return words("incidents-around-rate", { rate: rounded(after.n / after.days / (before.n / before.days)), low, high });
  }
  var rounded = (number) => number < 10 ? Number(number.toPrecision(2)) : Math.round(number);

  // mapapp/web/src/ticks.js
  var startOf = (item) => item.earliest ?? item.latest;

  // mapapp/web/src/incidents/chart.js
  var WIDTH = 336;
  var BASE = 46;
  var HEIGHT = 74;
  var MOST_CLAIMS = 4;
  function weekChart(weeks, filling, covered, id, host) {
    const { words, view } = host;
    const first = weeks[0]?.[0] ?? 0;
    const end = first + 7 * weeks.length;
    const x = (day) => (day - first) / (end - first) * WIDTH;
    const known = lastKnown(view(), Infinity);
    const most = Math.max(1, ...weeks.map(([week, n]) => n + (filling.get(week)?.more?.[1] ?? 0)));
    const days = daysOf(first, Math.min(known, end - 1), host);
    const article = x(host.day());
    return svg(
      "svg",
      {
        class: "record-chart",
        viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
        role: "img",
        "aria-label": words("incidents-chart", { most, days })
      },
      windowBox(x, host),
      ...weeks.map((week) => weekBar(week, filling.get(week[0]) ?? null, { x, most }, { ...covered, known }, host)),
      svg("line", { class: "axis-line", x1: 0, x2: WIDTH, y1: BASE + 0.5, y2: BASE + 0.5 }),
      svg("line", { class: "article-day", x1: article, x2: article, y1: 0, y2: BASE }),
      svg("text", { class: "record-text", x: 0, y: 9 }, words("incidents-per-week", { n: most })),
      ...claimBars(host.claims(id), { x, first, end }, host),
      ...monthNames(weeks, x, host)
    );
  }
  function windowBox(x, { view }) {
    const { first, last } = view();
    const [from, to] = [Math.max(0, x(first)), Math.min(WIDTH, x(last + 1))];
    if (to <= from) return null;
    return svg("rect", { class: "record-window", x: from, y: 0, width: Math.max(1.5, to - from), height: BASE });
  }
  function weekBar([first, n], filling, { x, most }, covered, host) {
    const { words } = host;
    const [unknown, beyond] = [first > covered.known, first > covered.last || first + 6 < covered.first];
    const [from, to] = [Math.max(first, covered.first), Math.min(first + 6, covered.last, covered.known)];
    const part = to - from < 6;
    const height = (number) => number / most * (BASE - 12);
    const [left, wide, tall] = [x(first), x(first + 7) - x(first), height(n)];
    const counted = () => words(part ? "incidents-week-part" : "incidents-week", { n, days: daysOf(from, to, host) });
    const known = unknown ? words("incidents-week-unknown") : beyond ? words("incidents-week-beyond") : counted();
    const open = unknown || beyond ? null : filling;
    const title = open ? `${known}; ${likelyWords(n, open, host)}` : known;
    const [low, high] = (open?.more ?? [0, 0]).map((more) => height(n + more));
    const middle = left + wide / 2;
    const name = open ? "record-filling" : part ? "record-part" : null;
    return svg(
      "g",
      { class: name },
      svg("title", {}, title),
      svg("rect", { class: "record-hit", x: left, y: 0, width: wide, height: BASE }),
      unknown || beyond ? svg("rect", { class: "record-gap", x: left, y: BASE - 3, width: wide, height: 3 }) : svg("rect", { class: "record-bar", x: left + 0.5, y: BASE - tall, width: wide - 1, height: tall }),
      open?.more ? svg("path", {
        class: "record-likely",
        d: `M${middle - 2} ${BASE - high}h4m-2 0V${BASE - low}m-2 0h4`
      }) : null
    );
  }
  function likelyWords(n, { more }, { words }) {
    if (!more) return words("incidents-week-early");
    return words("incidents-week-likely", { low: n + more[0], high: n + more[1] });
  }
  function claimBars(claims, { x, first, end }, { inLanguage }) {
    const inSight = claims.map((event) => ({ event, start: startOf(event) ?? Infinity })).filter(({ event, start }) => start < end && (event.latest ?? Infinity) >= first);
    return inSight.slice(0, MOST_CLAIMS).map(({ event, start }, i) => {
      const from = Math.max(0, x(start));
      const width = Math.max(2.5, Math.min(WIDTH, event.latest === null ? WIDTH : x(event.latest + 1)) - from);
      const bar = svg("rect", { class: "record-claim", x: from, y: BASE + 3 + i * 3.5, width, height: 2.5 });
      return svg("g", {}, svg("title", {}, inLanguage(event.title)), bar);
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
      free = at + (withYear ? 44 : 26);
    }
    return names;
  }

  // mapapp/web/src/incidents/beside.js
  function caption({ title, licence, synthetic }, { words }) {
    const note = synthetic ? make("b", { class: "synthetic" }, ` ${words("incidents-synthetic")}`) : null;
    return make("li", {}, title, ". ", licence, note);
  }
  function besidePlace(id, columns, host, counts) {
    const place = host.place(id);
    if (!place || !columns.scope(place) || !columns.covered) return null;
    const { words } = host;
    const { records } = columns.about;
    const made = columns.synthetic === records.length ? "incidents-synthetic" : "incidents-synthetic-some";
    return make(
      "section",
      { class: "record", "data-record": id },
      make("h3", {}, words("incidents-heading")),
      columns.synthetic ? make("p", { class: "synthetic" }, words(made)) : null,
      inWords(place, columns, host, counts),
      ...incompleteNotes(id, host, counts),
      coverNote(columns.covered, host),
      weekChart(counts.of(id).weeks, counts.still(id).filling, columns.covered, id, host),
      kindTable(id, columns, host, counts),
      aroundClaims(place, columns, host, counts),
      notes(place, columns, host, counts),
      make("ul", { class: "sources" }, ...records.map((record) => caption(record, host)))
    );
  }
  function inWords(place, columns, host, counts) {
    const { words, numberWords } = host;
    const { first, last } = host.view();
    const day = host.day();
    const found = counts.of(place.id);
    const bold = (n) => make("b", {}, numberWords(n));
    return make(
      "p",
      { class: "record-words" },
      `${words("incidents-of", { what: kindsAsked(columns, host) })} `,
      `${words(isPoint(place) ? "incidents-near" : "incidents-in", { km: NEAR_KM })} `,
      make("bdi", { "data-name": place.id }, host.nameOf(place.id)),
      ": ",
      bold(found.before),
      ` ${words("incidents-before-article", { days: daysOf(day - 28, day - 1, host) })} `,
      bold(found.earlier),
      ` ${words("incidents-earlier")} `,
      bold(found.window),
      ` ${words("incidents-in-window-days", { days: daysOf(first, last, host) })}`
    );
  }
  function incompleteNotes(id, host, counts) {
    const { first, last } = host.view();
    const day = host.day();
    const { before, window: window2 } = counts.of(id);
    const still = counts.still(id).missing;
    const now = first === day - 28 && last === day - 1 ? null : counts.incomplete(id, first, last);
    return [
      still ? incompleteNote(before, still, daysOf(day - 28, day - 1, host), host) : null,
      now ? incompleteNote(window2, now, daysOf(first, last, host), host) : null
    ];
  }
  function incompleteNote(known, { more }, days, { words }) {
    const text = more ? words("incidents-incomplete", { days, known, low: known + more[0], high: known + more[1] }) : words("incidents-early", { days, known });
    return make("p", { class: "record-incomplete" }, text);
  }
  function kindsAsked({ about }, { words, view }) {
    const { kinds } = view();
    if (!kinds) return words("incidents-recorded");
    const names = [...kinds].filter((kind) => about.kinds.includes(kind)).map((kind) => words(`incident-kind-${kind}`));
    if (!names.length) return words("incidents-no-kind");
    return names.map((name, i) => i ? name.charAt(0).toLowerCase() + name.slice(1) : name).join(", ");
  }
  function coverNote({ first, last }, { day: dayOfArticle, view, words, dayWords }) {
    const day = dayOfArticle();
    const { as_of: asOf } = view();
    if (first <= day - 56 && last >= day - 1 && (asOf === null || asOf >= day - 1)) return null;
    return make("p", { class: "note" }, words("incidents-covers", { first: dayWords(first), last: dayWords(last) }));
  }
  function kindTable(id, { about }, { words, numberWords, view }, counts) {
    const { kinds } = view();
    const { before, earlier } = counts.still(id);
    const inWindow = counts.inWindow(id);
    const rows = about.kinds.filter((kind) => !kinds || kinds.has(kind)).map((kind) => ({ kind, found: [earlier, before, inWindow].map((column) => column.get(kind) ?? 0) })).filter(({ found }) => found.some(Boolean));
    if (rows.length < 2) return null;
    const heads = ["incidents-kind", "incidents-weeks-8-to-5", "incidents-weeks-4-to-1", "incidents-in-window"];
    const head = make("tr", {}, ...heads.map((key) => make("th", { scope: "col" }, words(key))));
    const body = rows.map(
      ({ kind, found }) => make(
        "tr",
        {},
        make("th", { scope: "row" }, words(`incident-kind-${kind}`)),
        ...found.map((n) => make("td", {}, numberWords(n)))
      )
    );
    const table = make("table", {}, make("thead", {}, head), make("tbody", {}, ...body));
    return make("details", { class: "record-kinds" }, make("summary", {}, words("incidents-by-kind")), table);
  }
  function notes(place, { about }, { words, view }, counts) {
    const { undated, unplaced } = counts.still(place.id);
    const uncertain = [
      undated ? words("incidents-undated", { n: undated }) : "",
      unplaced ? words("incidents-unplaced", { n: unplaced }) : ""
    ];
    const text = [
      words("incidents-basis"),
      isPoint(place) ? "" : words("incidents-outline", { km: place.tolerance }),
      view().certain ? words("incidents-certain") : uncertain.filter(Boolean).join(" "),
      about.records.some(({ format }) => format === "ucdp") ? words("incidents-ucdp") : "",
      ...about.lags.map((lag) => lagWords(lag, words))
    ];
    const summary = make("summary", {}, words("incidents-method"));
    return make("details", { class: "note record-kinds" }, summary, make("p", {}, text.filter(Boolean).join(" ")));
  }
  function lagWords({ share, number, basis }, words) {
    const known = (weeks) => Math.round(100 * (share[weeks] ?? 1));
    return [
      words("incidents-lag", { w1: known(1), w2: known(2), w4: known(4), w8: known(8), all: share.length - 1 }),
      words(`incidents-lag-${basis}`, { n: number }),
      words("incidents-lag-limits")
    ].join(" ");
  }

  // mapapp/web/src/incidents/reporting.js
  var LEAST_SHARE = 0.1;
  var FULL = 0.95;
  function weeksOf({ seen, share, error, day_share: dayShare, day_error: dayError, spread }, counts) {
    const known = /* @__PURE__ */ new Map();
    for (const [day, n] of counts) {
      const week = Math.floor((seen - day) / 7);
      if (week < 0) return null;
      if (week < share.length - 1) known.set(week, [...known.get(week) ?? [], [seen - day, n]]);
    }
    const weeks = [...known].sort(([a], [b]) => a - b).map(([week, days]) => {
      const ages = days.map(([age]) => age).filter((age) => age < dayShare.length);
      const mean = (values) => ages.reduce((sum2, age) => sum2 + values[age], 0) / ages.length;
      return {
        known: days.reduce((sum2, [, n]) => sum2 + n, 0),
        share: ages.length ? mean(dayShare) : share[week],
        error: ages.length ? mean(dayError) : error[week],
        spread: spread[week]
      };
    });
    return weeks.some((week) => week.share < LEAST_SHARE) ? null : weeks;
  }
  function stillToCome(weeks) {
    let [mean, variance, error] = [0, 0, 0];
    for (const { known, share, error: off, spread } of weeks) {
      const expected = (known + 0.5) * (1 - share) / share;
      mean += expected;
      variance += expected / share + spread * expected ** 2;
      error += (known + 0.5) * off / share ** 2;
    }
    return mean > 0 ? negativeBinomial(mean, variance + error ** 2) : [0, 0];
  }
  var firstFilling = ({ seen, share }) => seen - 7 * share.findIndex((known) => known >= FULL) + 1;
  var isFilling = (weeks) => weeks === null || weeks.some(({ share }) => share < FULL);

  // mapapp/web/src/incidents/counts.js
  var WEEKS_BEFORE = 26;
  var WEEKS_AFTER = 4;
  var Counts = class {
    /**
     * @param {Columns} columns
     * @param {IncidentHost} host
     * @param {Sheet} sheet
     */
    constructor(columns, host, sheet) {
      this.columns = columns;
      this.host = host;
      this.sheet = sheet;
      this.kept = null;
    }
    /** @param {string} id of a place that can be counted in */
    within(id) {
      return (
        /** @type {Scope} */
        this.columns.scope(this.host.place(id))
      );
    }
    /**
     * Incidents of a place from `first` to `last`, by kind.
     * @param {string} id
     * @param {number} first
     * @param {number} last
     */
    byKind(id, first, last) {
      const { columns, host } = this;
      const found = new Map(columns.about.kinds.map((kind) => [kind, 0]));
      columns.eachIn(host.view(), { first, last, within: this.within(id), kinds: null }, (_, group) => {
        const { kind } = columns.groups[group];
        found.set(kind, (found.get(kind) ?? 0) + 1);
      });
      return found;
    }
    /**
     * Incidents per week around the article's day, by the first day of the week.
     * @param {string} id
     * @returns {[number, number][]}
     */
    byWeek(id) {
      const { columns, host } = this;
      const view = host.view();
      const day = host.day();
      const first = day - 7 * WEEKS_BEFORE;
      const last = day + 7 * WEEKS_AFTER - 1;
      const weeks = new Uint32Array(WEEKS_BEFORE + WEEKS_AFTER);
      columns.eachIn(view, { first, last, within: this.within(id), kinds: view.kinds }, (row) => {
        const week = Math.floor((columns.firstDay(row) - first) / 7);
        if (week >= 0) weeks[week]++;
      });
      return Array.from(weeks, (n, i) => [first + 7 * i, n]);
    }
    /**
     * What is still to be reported of some days; null if they are complete, or if nothing says how late reports come.
     * @param {string} id
     * @param {number} first
     * @param {number} last
     * @returns {Incomplete | null}
     */
    incomplete(id, first, last) {
      const { columns, host } = this;
      const { lags, records } = columns.about;
      const view = host.view();
      const end = lastKnown(view, last);
      const complete = (lag) => lag.seen - 7 * (lag.share.length - 1);
      const open = lags.filter((lag) => lag.seen >= first && complete(lag) < end);
      if (!open.length || end < first) return null;
      const start = Math.max(first, Math.min(...open.map(complete)) + 1);
      const byDay = new Map(
        open.map((lag) => [lag, new Map(Array.from({ length: end - start + 1 }, (_, i) => [start + i, 0]))])
      );
      const asked = { first: start, last, within: this.within(id), kinds: view.kinds };
      columns.eachIn(view, asked, (row, group) => {
        const days = byDay.get(lags[records[columns.groups[group].record].lag ?? -1]);
        const day = Math.max(columns.firstDay(row), start);
        days?.set(day, (days.get(day) ?? 0) + 1);
      });
      const weeks = [];
      for (const [lag, days] of byDay) {
        const found = weeksOf(lag, days);
        if (!found) return { more: null };
        weeks.push(...found);
      }
      return isFilling(weeks) ? { more: stillToCome(weeks) } : null;
    }
    /**
     * Incidents of a place whose first day is from `first` to `last`, of the selected kinds.
     * @param {string} id
     * @param {number} first
     * @param {number} last
     */
    begun(id, first, last) {
      const { columns, host } = this;
      const view = host.view();
      let n = 0;
      columns.eachIn(view, { first, last, within: this.within(id), kinds: view.kinds }, (row) => {
        if (columns.firstDay(row) >= first) n++;
      });
      return n;
    }
    /** @param {string} id */
    countStill(id) {
      const { columns, host } = this;
      const view = host.view();
      const day = host.day();
      let [undated, unplaced] = [0, 0];
      const asked = { first: day - 56, last: day - 1, within: this.within(id), kinds: view.kinds };
      columns.eachIn(view, asked, (_, group) => {
        if (columns.groups[group].dated) undated++;
        if (columns.groups[group].inArea) unplaced++;
      });
      const [before, earlier] = [this.byKind(id, day - 28, day - 1), this.byKind(id, day - 56, day - 29)];
      const weeks = this.byWeek(id);
      const filling = new Map(weeks.map(([first]) => [first, this.incomplete(id, first, first + 6)]));
      const missing = this.incomplete(id, day - 28, day - 1);
      return { weeks, filling, missing, undated, unplaced, before, earlier };
    }
    /**
     * The counts of a place that do not depend on the window.
     * @param {string} id
     */
    still(id) {
      const { kinds, certain, as_of: asOf } = this.host.view();
      const key = [id, kinds && [...kinds].join(), certain, asOf].join("|");
      if (this.kept?.key !== key) this.kept = { key, still: this.countStill(id) };
      return this.kept.still;
    }
    /**
     * Incidents of a place in the window, by kind; reuses the last drawing's if it counted the same place and days.
     * @param {string} id
     */
    inWindow(id) {
      const view = this.host.view();
      if (this.sheet.hasCounted(this.within(id), view)) return this.sheet.byKind();
      return this.byKind(id, view.first, view.last);
    }
    /**
     * The sum over the selected kinds.
     * @param {ByKind} found
     */
    sum(found) {
      const { kinds } = this.host.view();
      return [...found].reduce((total, [kind, n]) => total + (!kinds || kinds.has(kind) ? n : 0), 0);
    }
    /**
     * Counts of a place: in the window, in the four weeks before the article's day, in the four before those, by week.
     * @param {string} id
     * @returns {IncidentCounts}
     */
    of(id) {
      const { before, earlier, weeks } = this.still(id);
      return { window: this.sum(this.inWindow(id)), before: this.sum(before), earlier: this.sum(earlier), weeks };
    }
  };

  // mapapp/web/src/incidents/incident_cards.js
  var LISTED = 100;
  var IncidentCards = class {
    /**
     * @param {Columns} columns
     * @param {IncidentHost} host
     */
    constructor(columns, host) {
      this.columns = columns;
      this.host = host;
      this.known = /* @__PURE__ */ new Map();
    }
    /**
     * The collapsed cards of some rows.
     * @param {number[]} rows
     */
    of(rows) {
      const { words } = this.host;
      return make(
        "div",
        { class: "record" },
        make("p", { class: "here" }, words("incidents-here", { n: rows.length })),
        ...rows.slice(0, LISTED).map((row) => this.card(row, rows.length === 1)),
        rows.length > LISTED ? make("p", { class: "none" }, words("incidents-more-here", { n: rows.length - LISTED })) : null
      );
    }
    /**
     * @param {number} row
     * @param {boolean} open
     */
    card(row, open) {
      const { columns, host, known } = this;
      const { record, kind } = columns.groupOf(row);
      const name = `${columns.about.records[record].key}/${columns.number[row]}`;
      const summary = make("summary", {}, this.when(row), " · ", host.words(`incident-kind-${kind}`));
      const detail = make("details", { class: "card incident", "data-incident": name }, summary);
      on(detail, { toggle: () => detail.open && !known.has(name) && host.ask(name) });
      const card = known.get(name);
      if (card) fill2(detail, card, host);
      detail.open = open;
      return detail;
    }
    /**
     * The formatted days of a row, with their precision.
     * @param {number} row
     */
    when(row) {
      const { span, dated } = this.columns.groupOf(row);
      const first = this.columns.firstDay(row);
      const days = daysOf(first, first + span, this.host);
      return dated ? `${days} (${this.host.words(`incidents-dated-${DATED[dated]}`)})` : days;
    }
    /**
     * Receives the card of an incident from Python.
     * @param {IncidentCard} card
     */
    tell(card) {
      this.known.set(card.name, card);
      const detail = this.host.root.querySelector(`[data-incident="${CSS.escape(card.name)}"]`);
      if (detail) fill2(
        /** @type {HTMLElement} */
        detail,
        card,
        this.host
      );
    }
  };
  function fill2(detail, { synthetic, note, rows, source, broken }, { words }) {
    if (detail.dataset.filled) return;
    detail.dataset.filled = "1";
    if (!rows) {
      detail.append(make("p", { class: "none" }, words(broken ? "incident-broken" : "incident-missing")));
      return;
    }
    if (synthetic) detail.append(make("p", { class: "synthetic" }, words("incidents-synthetic")));
    if (note) detail.append(make("blockquote", {}, note));
    const list = rows.flatMap(([key, text]) => [make("dt", {}, words(key)), make("dd", {}, text)]);
    detail.append(make("dl", {}, ...list), make("p", { class: "sources" }, source));
  }

  // mapapp/web/src/incidents/classes.js
  var CELL = 12;
  var LOWER_ENDS = [1, 3, 10, 30, 100, 300, 1e3, 3e3, 1e4];
  var SIDES = [3, 4, 5, 6, 7, 8, 9, 10, 11];
  var RADII = [3, 4.5, 6, 7.5, 9, 10.5, 12, 13.5, 15];
  var LARGEST = RADII[RADII.length - 1];
  function classOf(n) {
    let at = 0;
    while (at < LOWER_ENDS.length - 1 && n >= LOWER_ENDS[at + 1]) at++;
    return at;
  }
  var sideOf = (at) => SIDES[at];
  var radiusOf = (at) => RADII[at];
  function classWords(at, numberWords) {
    const [low, next] = [Number(LOWER_ENDS[at]), LOWER_ENDS[at + 1]];
    if (next === void 0) return `${numberWords(low)}+`;
    return next - 1 === low ? numberWords(low) : `${numberWords(low)}–${numberWords(next - 1)}`;
  }

  // mapapp/web/src/incidents/incident_legend.js
  var EARTH_KM = 40075;
  var Legend = class {
    /**
     * @param {Columns} columns
     * @param {IncidentHost} host
     * @param {Sheet} sheet
     */
    constructor(columns, host, sheet) {
      this.columns = columns;
      this.host = host;
      this.sheet = sheet;
      this.painted = "";
    }
    isOn() {
      return !this.host.view().hidden.has("incidents");
    }
    /** A note if only the incidents of the selected place are shown. */
    only() {
      const { host, columns } = this;
      const id = host.scope();
      const place = id === null ? void 0 : host.place(id);
      if (!this.isOn() || !place || !columns.scope(place)) return [];
      const key = isPoint(place) ? "incidents-only-near" : "incidents-only-in";
      const name = make("bdi", { lang: host.view().names }, host.nameOf(place.id));
      return [make("p", { class: "none" }, host.words(key, { km: NEAR_KM }), " ", name)];
    }
    /** A note if the data does not cover the window, so that missing data is not read as "no incidents". */
    outside() {
      const { view, words, dayWords } = this.host;
      const { first, last } = view();
      const { covered } = this.columns;
      if (!covered || first <= covered.last && last >= covered.first) return null;
      return words("incidents-outside-window", { first: dayWords(covered.first), last: dayWords(covered.last) });
    }
    /** The legend of the visible count classes. */
    classes() {
      const { map, words } = this.host;
      const { mode, classes: steps } = this.sheet.shown;
      if (mode === "none") return [];
      const latitude = map.getCenter().lat * Math.PI / 180;
      const wide = CELL * EARTH_KM * Math.cos(latitude) / (256 * 2 ** map.getZoom());
      const km = wide < 10 ? wide.toPrecision(2) : Math.round(wide);
      return [
        make("p", { class: "none" }, words(mode === "cells" ? "incidents-cells" : "incidents-points", { km })),
        make(
          "div",
          { class: "record-steps" },
          ...[...steps].sort((a, b) => a - b).map((step) => classKey(step, mode, this.host.numberWords))
        )
      ];
    }
    /** Opens all visible incidents, so that they can be reached with the keyboard. */
    openAll() {
      this.host.open([...this.sheet.shown.spots.values()].flat().sort((a, b) => a - b));
    }
    /** Redraws the layer's row in the panel if its content has changed. */
    paint() {
      const { map, view, scope, root, words } = this.host;
      const { total, mode, classes: steps } = this.sheet.shown;
      const { names, first, last, as_of: asOf } = view();
      const on2 = this.isOn();
      const key = [on2, total, mode, [...steps].join(), scope(), names, first, last, asOf, map.getZoom()].join("|");
      if (key === this.painted) return;
      this.painted = key;
      const box = one(root, '[data-row="incidents"]');
      updateText(one(box, "label > .n"), on2 ? this.host.numberWords(total) : "");
      box.classList.toggle("nothing", on2 && total === 0);
      one(box, ".keys").replaceChildren(
        ...this.only(),
        ...on2 && total === 0 ? [make("p", { class: "none" }, this.outside() ?? words("incidents-none"))] : [],
        ...on2 ? this.classes() : [],
        ...on2 && mode === "points" ? [button({ class: "link" }, () => this.openAll(), words("incidents-list"))] : []
      );
      this.paintKinds();
    }
    /** Updates the numbers next to the kinds of incident. */
    paintKinds() {
      const found = this.sheet.byKind();
      for (const node of all(this.host.root, "[data-record-kind]")) {
        const n = found.get(node.dataset.recordKind ?? "") ?? 0;
        updateText(one(node, ".n"), this.host.numberWords(n));
        node.classList.toggle("nothing", n === 0);
      }
    }
    /** The notes on the map itself: limitation to a place, and synthetic data. */
    label() {
      if (!this.isOn()) return [];
      const { synthetic, real } = this.sheet.origins();
      const whole = this.columns.synthetic === this.columns.about.records.length || synthetic > 0 && real === 0;
      if (!whole && synthetic === 0) return this.only();
      const key = whole ? "incidents-synthetic-map" : "incidents-synthetic-some";
      return [...this.only(), make("p", { class: "synthetic" }, this.host.words(key))];
    }
    /** The legend entry for the screenshot view, which has no panel. */
    credit() {
      const swatch = svg(
        "svg",
        { class: "swatch record-mark", viewBox: "-13 -7 26 14", "aria-hidden": "true" },
        svg("circle", { cx: -4, r: 3 }),
        svg("rect", { x: 2, y: -4, width: 8, height: 8 })
      );
      const n = this.sheet.shown.total;
      const entry = make("div", { class: "key" }, swatch, make("span", {}, this.host.words("incidents-legend", { n })));
      return make("div", { class: "record-credit" }, entry, ...this.only(), ...this.classes());
    }
  };
  function classKey(step, mode, numberWords) {
    const radius = mode === "cells" ? sideOf(step) / 2 : radiusOf(step);
    const half = Math.max(7, radius + 1);
    const shape = mode === "cells" ? svg("rect", { x: -radius, y: -radius, width: 2 * radius, height: 2 * radius }) : svg("circle", { r: radius });
    const frame = { viewBox: `-16 ${-half} 32 ${2 * half}`, width: 32, height: 2 * half };
    const swatch = svg("svg", { ...frame, "aria-hidden": "true", class: "record-mark" }, shape);
    return make("span", { class: "key" }, swatch, make("span", {}, classWords(step, numberWords)));
  }

  // mapapp/web/src/incidents/canvas_layer.js
  function canvasLayer(canvas, part, { moved, draw }) {
    const base = (
      /** @type {any} */
      L.Renderer
    );
    const box = make("div", {}, canvas);
    const Layer = base.extend({
      _initContainer() {
        this._container = box;
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
        const { min } = this._bounds;
        this._part = common(this._bounds, around(this._map, part));
        const size = this._part.getSize();
        const dots = Math.min(window.devicePixelRatio || 1, 2);
        const where = [this._part.min, size, this._map.getZoom(), this._map.getPixelOrigin(), dots].join(" ");
        L.DomUtil.setPosition(this._container, min);
        L.DomUtil.setPosition(canvas, this._part.min.subtract(min));
        if (canvas.dataset.where !== where) {
          canvas.dataset.where = where;
          resize(canvas, size, dots);
          moved(this._part, size);
        }
        draw();
      },
      size() {
        return this._part.getSize();
      },
      origin() {
        return this._part.min;
      }
    });
    return new Layer({ pane: part.pane, padding: 0.1 });
  }
  function around(map, { box, margin }) {
    const more = L.point(margin, margin);
    return L.bounds(
      map.latLngToLayerPoint(box.getNorthWest()).subtract(more),
      map.latLngToLayerPoint(box.getSouthEast()).add(more)
    );
  }
  function common(a, b) {
    const [start, other] = [a.getTopLeft(), b.getTopLeft()];
    const [end, otherEnd] = [a.getBottomRight(), b.getBottomRight()];
    if (!a.overlaps(b)) return L.bounds(start, start.add([1, 1]));
    return L.bounds(
      [Math.max(start.x, other.x), Math.max(start.y, other.y)],
      [Math.min(end.x, otherEnd.x), Math.min(end.y, otherEnd.y)]
    );
  }
  function resize(canvas, size, dots) {
    canvas.width = Math.round(size.x * dots);
    canvas.height = Math.round(size.y * dots);
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    canvas.getContext("2d")?.setTransform(dots, 0, 0, dots, 0, 0);
  }

  // mapapp/web/src/incidents/drawn_marks.js
  var UNIT = 4;
  var isEven = (dots) => Number.isInteger(dots * UNIT);
  function boxAround(marks) {
    if (!marks.length) return null;
    const boxes = marks.map(({ x, y, reach: reach2 }) => [x - reach2, y - reach2, x + reach2, y + reach2]);
    const least = (i) => Math.floor(boxes.reduce((low, box) => Math.min(low, box[i]), Infinity) / UNIT) * UNIT;
    const most = (i) => Math.ceil(boxes.reduce((high, box) => Math.max(high, box[i]), -Infinity) / UNIT) * UNIT;
    return [least(0), least(1), most(2), most(3)];
  }
  var inOrder = (marks) => marks.sort((a, b) => b.step - a.step || a.place - b.place);
  var isWithin = ({ x, y, reach: reach2 }, [left, top, right, bottom]) => x + reach2 > left && x - reach2 < right && y + reach2 > top && y - reach2 < bottom;

  // mapapp/web/src/incidents/grid.js
  var STEPS2 = 65536;
  var TILE = 256;
  function heightOf(lat) {
    const sine = Math.sin(lat * Math.PI / 180);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  }
  function occurring(column) {
    const isThere = new Uint8Array(STEPS2);
    for (let row = 0; row < column.length; row++) isThere[column[row]] = 1;
    const steps = new Uint16Array(Math.min(STEPS2, column.length));
    let n = 0;
    for (let step = 0; step < STEPS2; step++) if (isThere[step] === 1) steps[n++] = step;
    return steps.subarray(0, n);
  }
  var Grid = class {
    /** @param {Columns} columns */
    constructor(columns) {
      this.lons = occurring(columns.lonAt);
      this.lats = occurring(columns.latAt);
      this.across = new Float64Array(STEPS2);
      this.height = new Float64Array(STEPS2);
      for (const lon of this.lons) this.across[lon] = (columns.lonOf(lon) + 180) / 360;
      for (const lat of this.lats) this.height[lat] = heightOf(columns.latOf(lat));
      this.columnOf = new Int16Array(STEPS2);
      this.lineOf = new Int16Array(STEPS2);
      this.pixelX = new Float32Array(STEPS2);
      this.pixelY = new Float32Array(STEPS2);
      this.cells = new Uint32Array(0);
      this.columns = 0;
      this.lines = 0;
      this.left = 0;
      this.top = 0;
    }
    /**
     * Computes pixel and grid cell of each coordinate that occurs; only after the map has moved.
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
      const columns = Math.ceil(size.x / CELL) + 1;
      const lines = Math.ceil(size.y / CELL) + 1;
      for (const lon of this.lons) {
        const x = this.across[lon] * world;
        const column = Math.floor(x / CELL) - firstColumn;
        this.pixelX[lon] = x - origin.x;
        this.columnOf[lon] = column >= 0 && column < columns ? column : -1;
      }
      for (const lat of this.lats) {
        const y = this.height[lat] * world;
        const line = Math.floor(y / CELL) - firstLine;
        this.pixelY[lat] = y - origin.y;
        this.lineOf[lat] = line >= 0 && line < lines ? line : -1;
      }
      this.columns = columns;
      this.lines = lines;
      this.left = firstColumn * CELL - origin.x;
      this.top = firstLine * CELL - origin.y;
      if (this.cells.length < columns * lines) this.cells = new Uint32Array(columns * lines);
    }
    clear() {
      this.cells.fill(0, 0, this.columns * this.lines);
    }
    /**
     * Counts one incident, or takes it away; returns false if it is not visible.
     * @param {number} lon
     * @param {number} lat
     * @param {1 | -1} by
     */
    add(lon, lat, by) {
      if (!this.inSight(lon, lat)) return false;
      this.cells[this.cellOf(lon, lat)] += by;
      return true;
    }
    /**
     * @param {number} lon
     * @param {number} lat
     */
    inSight(lon, lat) {
      return this.columnOf[lon] >= 0 && this.lineOf[lat] >= 0;
    }
    /**
     * The canvas pixel of a pair of stored coordinates.
     * @param {number} lon
     * @param {number} lat
     * @returns {[x: number, y: number]}
     */
    pixel(lon, lat) {
      return [this.pixelX[lon], this.pixelY[lat]];
    }
    /**
     * The number of the cell of a pair of stored coordinates that are visible.
     * @param {number} lon
     * @param {number} lat
     */
    cellOf(lon, lat) {
      return this.lineOf[lat] * this.columns + this.columnOf[lon];
    }
    /**
     * The corner of a cell, in pixels of the canvas.
     * @param {number} cell
     * @returns {[x: number, y: number]}
     */
    corner(cell) {
      const line = Math.floor(cell / this.columns);
      return [this.left + (cell - line * this.columns) * CELL, this.top + line * CELL];
    }
    /** The numbers of the cells that are not empty. */
    filled() {
      const found = [];
      for (let cell = 0, end = this.columns * this.lines; cell < end; cell++) if (this.cells[cell] > 0) found.push(cell);
      return found;
    }
  };

  // mapapp/web/src/incidents/sheet.js
  var FEW = 2e3;
  var NEAR_CLICK = 3;
  var OUTLINE = 1;
  var MARGIN = Math.max(CELL, LARGEST + OUTLINE);
  var nothing = () => ({ total: 0, mode: "none", classes: /* @__PURE__ */ new Set(), spots: /* @__PURE__ */ new Map() });
  var Sheet = class {
    /**
     * @param {Columns} columns
     * @param {IncidentHost} host
     * @param {() => void} moved called when it has been drawn for a map that has moved
     */
    constructor(columns, host, moved) {
      this.columns = columns;
      this.host = host;
      this.grid = new Grid(columns);
      this.tally = new Uint32Array(columns.groups.length);
      this.counted = null;
      this.shown = nothing();
      this.marks = /* @__PURE__ */ new Map();
      this.marksAre = "";
      this.colours = null;
      this.onMap = false;
      const canvas = make("canvas", { class: "record-sheet" });
      this.context = /** @type {CanvasRenderingContext2D} */
      canvas.getContext("2d");
      const pane = host.map.createPane("m-record");
      pane.style.zIndex = "450";
      pane.style.pointerEvents = "none";
      const [west, south, east, north] = columns.about.box;
      const part = { pane: "m-record", box: L.latLngBounds([south, west], [north, east]), margin: MARGIN };
      this.layer = canvasLayer(canvas, part, {
        moved: (bounds, size) => {
          this.grid.lay(host.map, bounds, size);
          this.counted = null;
          this.marksAre = "";
        },
        draw: () => {
          this.draw();
          moved();
          host.drawn();
        }
      });
    }
    /** Draws the incidents of the view; nothing if the layer is hidden. */
    paint() {
      const on2 = !this.host.view().hidden.has("incidents");
      if (on2 && this.onMap) this.draw();
      else if (on2) this.layer.addTo(this.host.map);
      else if (this.onMap) this.layer.remove();
      this.onMap = on2;
      if (on2) return;
      this.shown = nothing();
      this.counted = null;
      this.tally.fill(0);
    }
    /** Redraws in the colours of another theme. */
    restyle() {
      this.colours = null;
      this.marksAre = "";
      if (this.onMap) this.draw();
    }
    /** Counts incidents per cell, and draws the cells; or points, if there are few incidents. */
    draw() {
      const { host, columns } = this;
      const scope = host.scope();
      const within = columns.scopeOrAll(scope === null ? void 0 : host.place(scope));
      const { counted, changes } = this.count(within);
      const { total, sight } = counted;
      this.counted = counted;
      const mode = sight > FEW ? "cells" : sight > 0 ? "points" : "none";
      const isPart = changes !== null && this.marksAre === mode && isEven(this.context.getTransform().a);
      const spots = isPart ? this.shown.spots : mode === "points" ? this.spots(within) : /* @__PURE__ */ new Map();
      this.shown = { ...nothing(), total, mode, spots };
      const { x, y } = this.layer.size();
      let box = [0, 0, x, y];
      if (isPart) box = boxAround(this.change(changes));
      else this.marks = this.allMarks();
      this.marksAre = mode;
      for (const { step } of this.marks.values()) this.shown.classes.add(step);
      if (box) this.drawWithin(box);
    }
    /**
     * Draws the marks within a box of the canvas anew.
     * @param {Box} box
     */
    drawWithin(box) {
      const { context, host, marks, shown } = this;
      const [left, top, right, bottom] = box;
      this.colours ??= coloursOf(host.root);
      context.save();
      context.beginPath();
      context.rect(left, top, right - left, bottom - top);
      context.clip();
      context.clearRect(left, top, right - left, bottom - top);
      context.fillStyle = this.colours.record;
      context.strokeStyle = this.colours.halo;
      context.lineWidth = OUTLINE;
      const draw = shown.mode === "cells" ? drawCell : drawPoint;
      for (const mark of inOrder([...marks.values()].filter((one2) => isWithin(one2, box)))) draw(context, mark);
      context.restore();
    }
    /**
     * Whether the last count was of a scope, in the window and with the certainty of a view.
     * @param {Scope} within
     * @param {View} view
     */
    hasCounted(within, view) {
      const { counted } = this;
      if (counted?.within !== within || counted.certain !== view.certain) return false;
      return counted.first === view.first && counted.last === lastKnown(view, view.last);
    }
    /**
     * Counts the incidents in the window, and the visible ones among them. If only the window has moved, and not far, it
     * counts what came and went.
     * @param {Scope} within
     * @returns {Recount}
     */
    count(within) {
      const { columns, grid, tally, counted } = this;
      const { lonAt, latAt } = columns;
      const view = this.host.view();
      const { kinds, certain } = view;
      const days = { first: view.first, last: lastKnown(view, view.last) };
      const every = columns.passing(null, certain, within.area);
      const ok = columns.passing(kinds, certain, within.area);
      const isSame = counted?.kinds === kinds && counted.certain === certain && counted.within === within;
      const before = isSame && isNear(counted, days) ? counted : null;
      let { total, sight } = before ?? { total: 0, sight: 0 };
      const changes = before && [];
      const add = (row, group, by) => {
        tally[group] += by;
        if (ok[group] === 0) return;
        total += by;
        if (!grid.add(lonAt[row], latAt[row], by)) return;
        sight += by;
        changes?.push([row, by]);
      };
      if (before) columns.eachChange(before, days, within, every, certain, add);
      else {
        grid.clear();
        tally.fill(0);
        columns.each(days.first, days.last, within, every, certain, (row, group) => add(row, group, 1));
      }
      return { counted: { ...days, kinds, certain, within, total, sight }, changes };
    }
    /** All cells or points. */
    allMarks() {
      const { mode, spots } = this.shown;
      const marks = /* @__PURE__ */ new Map();
      const places = mode === "cells" ? this.grid.filled() : spots.keys();
      for (const place of places) marks.set(
        place,
        /** @type {Mark} */
        this.markAt(place)
      );
      return marks;
    }
    /**
     * The square of a cell or the circle of a point; null if there is no incident.
     * @param {number} place
     * @returns {Mark | null}
     */
    markAt(place) {
      const { shown, grid } = this;
      if (shown.mode === "cells") {
        const n = grid.cells[place];
        if (n === 0) return null;
        const step2 = classOf(n);
        const reach2 = sideOf(step2) / 2;
        const [x2, y2] = grid.corner(place);
        const inset = CELL / 2 - reach2;
        return { x: Math.round(x2 + inset) + reach2, y: Math.round(y2 + inset) + reach2, reach: reach2, step: step2, place };
      }
      const rows = shown.spots.get(place);
      if (!rows) return null;
      const step = classOf(rows.length);
      const [x, y] = this.pixelOf(rows);
      return { x, y, reach: radiusOf(step) + OUTLINE, step, place };
    }
    /**
     * Updates the marks where incidents came or went; returns those that are no longer there, and the new ones.
     * @param {Change[]} changes
     */
    change(changes) {
      const { marks, shown, columns, grid } = this;
      const places = /* @__PURE__ */ new Set();
      for (const [row, by] of changes) {
        if (shown.mode === "points") places.add(this.moveSpot(row, by));
        else places.add(grid.cellOf(columns.lonAt[row], columns.latAt[row]));
      }
      const changed = [];
      for (const place of places) {
        const [old, mark] = [marks.get(place), this.markAt(place)];
        if (old?.step === mark?.step) continue;
        if (old) changed.push(old);
        if (mark) changed.push(mark);
        mark ? marks.set(place, mark) : marks.delete(place);
      }
      return changed;
    }
    /**
     * The visible rows at each point.
     * @param {Scope} within
     */
    spots(within) {
      const { columns } = this;
      const view = this.host.view();
      const spots = /* @__PURE__ */ new Map();
      columns.eachIn(view, { ...view, within }, (row) => {
        if (!this.grid.inSight(columns.lonAt[row], columns.latAt[row])) return;
        const key = this.spotOf(row);
        const rows = spots.get(key);
        rows ? rows.push(row) : spots.set(key, [row]);
      });
      return spots;
    }
    /**
     * Adds a row to its point, or removes it; returns the point.
     * @param {number} row
     * @param {1 | -1} by
     */
    moveSpot(row, by) {
      const { spots } = this.shown;
      const spot = this.spotOf(row);
      const others = (spots.get(spot) ?? []).filter((other) => other !== row);
      const rows = by > 0 ? [...others, row].sort((a, b) => a - b) : others;
      rows.length ? spots.set(spot, rows) : spots.delete(spot);
      return spot;
    }
    /**
     * A number for the point of a row.
     * @param {number} row
     */
    spotOf(row) {
      return this.columns.lonAt[row] * 65536 + this.columns.latAt[row];
    }
    /**
     * The canvas pixel of the rows at one point.
     * @param {number[]} rows
     */
    pixelOf([row]) {
      return this.grid.pixel(this.columns.lonAt[row], this.columns.latAt[row]);
    }
    /**
     * The rows at a point of the map, nearest first; only if points are drawn.
     * @param {L.LatLng} latlng
     */
    at(latlng) {
      const { map, view } = this.host;
      if (view().hidden.has("incidents") || this.shown.mode !== "points") return [];
      const point = map.latLngToLayerPoint(latlng).subtract(this.layer.origin());
      let best = null;
      for (const rows of this.shown.spots.values()) {
        const [x, y] = this.pixelOf(rows);
        const gap = Math.hypot(x - point.x, y - point.y) - radiusOf(classOf(rows.length));
        if (gap <= NEAR_CLICK && (best === null || gap < best.gap)) best = { gap, rows };
      }
      return best?.rows ?? [];
    }
    /** Incidents in the window by kind, including kinds that are filtered out. */
    byKind() {
      const found = new Map(this.columns.about.kinds.map((kind) => [kind, 0]));
      this.tally.forEach((n, group) => {
        const { kind } = this.columns.groups[group];
        if (n) found.set(kind, (found.get(kind) ?? 0) + n);
      });
      return found;
    }
    /** How many incidents in the window are synthetic, and how many are not. */
    origins() {
      const { about, groups } = this.columns;
      const found = { synthetic: 0, real: 0 };
      this.tally.forEach((n, group) => {
        found[about.records[groups[group].record].synthetic ? "synthetic" : "real"] += n;
      });
      return found;
    }
  };
  function isNear(before, after) {
    const moved = Math.abs(after.first - before.first) + Math.abs(after.last - before.last);
    return moved <= Math.min(before.last - before.first, after.last - after.first);
  }
  function drawCell(context, { x, y, reach: reach2 }) {
    context.globalAlpha = 0.72;
    context.fillRect(x - reach2, y - reach2, 2 * reach2, 2 * reach2);
  }
  function drawPoint(context, { x, y, step }) {
    context.globalAlpha = 0.85;
    context.beginPath();
    context.arc(x, y, radiusOf(step), 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
  function coloursOf(root) {
    const style = getComputedStyle(root);
    return { record: style.getPropertyValue("--record").trim(), halo: style.getPropertyValue("--halo").trim() };
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
    const filling = Math.min(...columns.about.lags.map(firstFilling));
    let [complete, open] = ["", ""];
    counts.forEach((n, slot) => {
      if (!n) return;
      const next = axis.first + (slot + 1) * days;
      const [from, to] = [x(next - days), x(next) - 0.5];
      const up = (-(n / most) * height * 0.9).toFixed(1);
      const bar = `M${from.toFixed(1)} ${height}v${up}H${to.toFixed(1)}V${height}Z`;
      if (next > filling) open += bar;
      else complete += bar;
    });
    const title = host.words(days === 1 ? "incidents-axis-day" : "incidents-axis", {
      days,
      most
    });
    const opened = `${title}. ${host.words("incidents-axis-filling")}`;
    return [
      svg("path", { class: "record-bars", d: complete }, svg("title", {}, title)),
      open ? svg("path", { class: "record-bars record-open", d: open }, svg("title", {}, opened)) : null
    ].filter((path) => path !== null);
  }
  function countBy(days, axis, columns, host) {
    const view = host.view();
    const scope = host.scope();
    const within = columns.scopeOrAll(scope === null ? void 0 : host.place(scope));
    const counts = new Float64Array(Math.ceil((axis.last - axis.first + 1) / days));
    columns.eachIn(view, { ...axis, within, kinds: view.kinds }, (row) => {
      const slot = Math.floor((columns.firstDay(row) - axis.first) / days);
      if (slot >= 0 && slot < counts.length) counts[slot]++;
    });
    return counts;
  }

  // mapapp/web/src/incidents.js
  window.mapappIncidents = async (source, host) => {
    const [about, rows] = await Promise.all([fetch(source.about), fetch(source.rows)]);
    for (const answer of [about, rows]) if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
    if (!rows.body) throw new Error(`${rows.url}: empty response`);
    const unpacked = new Response(rows.body.pipeThrough(new DecompressionStream("gzip")));
    return incidentLayer(await about.json(), await unpacked.arrayBuffer(), host);
  };
  function incidentLayer(about, buffer, host) {
    const columns = new Columns(about, buffer);
    const sheet = new Sheet(columns, host, () => key.paint());
    const key = new Legend(columns, host, sheet);
    const counts = new Counts(columns, host, sheet);
    const cards = new IncidentCards(columns, host);
    return {
      kinds: about.kinds,
      records: about.records,
      caption: (record) => caption(record, host),
      label: () => key.label(),
      key: () => key.credit(),
      at: (latlng) => sheet.at(latlng),
      restyle: () => sheet.restyle(),
      cards: (rows) => cards.of(rows),
      tell: (card) => cards.tell(card),
      section: (id) => besidePlace(id, columns, host, counts),
      bars: (axis, x, height) => timeBars(axis, x, height, columns, host),
      paint: () => sheet.paint(),
      paintKey: () => key.paint(),
      /** The rows visible and counted for a place; null for a place in which nothing can be counted. */
      status(id) {
        const place = id ? host.place(id) : void 0;
        if (id && (!place || !columns.scope(place))) return null;
        const { total, mode } = sheet.shown;
        return { rows: about.rows, shown: total, drawn: mode, ...id ? counts.of(id) : {} };
      }
    };
  }
})();

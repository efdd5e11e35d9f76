/* The reader's own records of incidents, beside the article: loaded after the map, only where there are any.
 *
 * `mapappRecord(source, host)` fetches the description and the columns that mapapp/incidents/browser_columns.py writes, and
 * resolves to what mapapp.js calls. The rows stay in typed arrays, ordered by their first day: a window is a slice, a
 * filter is one look-up in a table of groups, so that a step through time needs no server however many rows there are.
 */
(function () {
  "use strict";

  const CELL = 12; // pixels: side of a cell of the density grid
  const FEW = 2000; // so many incidents in sight are still drawn one place at a time
  const NEAR_KM = 5; // how far round a point counts as there
  const STEPS = [1, 3, 10, 30, 100, 300, 1000, 3000, 10000]; // lower ends of the classes, the same at every zoom and time
  const SIDES = [3, 4, 5, 6, 7, 8, 9, 10, 11]; // pixels: side of a cell's square, by class
  const RADII = [3, 4.5, 6, 7.5, 9, 10.5, 12, 13.5, 15]; // pixels: radius of a point, by class
  const LISTED = 100; // incidents of one place listed at once
  const BEFORE = 26, AFTER = 4; // weeks of the chart before and after the article's day
  const AREA = 2; // `located`: somewhere in an area only
  const DATED = ["day", "week", "month", "longer"];

  window.mapappRecord = async function (source, host) {
    const answers = await Promise.all([fetch(source.about), fetch(source.rows)]);
    for (const answer of answers) if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
    const rows = new Response(answers[1].body.pipeThrough(new DecompressionStream("gzip")));
    return record(await answers[0].json(), await rows.arrayBuffer(), host);
  };

  function record(about, buffer, host) {
    const { map, make, words, dayWords } = host;
    const rows = about.rows;
    const number = new Uint32Array(buffer, 0, rows);
    const [lonAt, latAt, dayAt, groupAt] = [4, 6, 8, 10].map((from) => new Uint16Array(buffer, from * rows, rows));
    const [west, south, east, north] = about.box;
    const groups = about.groups.map(([kind, of, span, dated, located, places]) => ({ kind: about.kinds[kind], of, span, dated, located, places: new Set(places) }));
    const spanOf = Uint16Array.from(groups, (group) => group.span);
    const longest = spanOf.reduce((a, b) => Math.max(a, b), 0);
    const placeIndex = new Map(about.places.map((id, i) => [id, i]));
    const covered = about.records.length ? {
      first: Math.min(...about.records.map((item) => host.fromIso(item.first))),
      last: Math.max(...about.records.map((item) => host.fromIso(item.last))),
    } : null;
    const synthetic = about.records.filter((item) => item.synthetic).length;

    const lonOf = (i) => west + (lonAt[i] / 65535) * (east - west);
    const latOf = (i) => south + (latAt[i] / 65535) * (north - south);

    /** First row whose first day is `day` or later; days since 1970-01-01. */
    function from(day) {
      const wanted = day - about.first;
      let low = 0, high = rows;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (dayAt[middle] < wanted) low = middle + 1; else high = middle;
      }
      return low;
    }

    /* ---------- which rows count ---------- */

    /** What a place asks of a row: a table over groups for an area, a mark on each row near a point; null for a line. */
    function scopeOf(id) {
      if (id === null) return { id, area: -1, near: null };
      const place = host.place(id), { type } = place.geometry;
      if (type.includes("Line")) return null;
      if (type !== "Point") return { id, area: placeIndex.has(id) ? placeIndex.get(id) : -2, near: null };
      const [lon, lat] = place.geometry.coordinates, near = new Uint8Array(rows);
      const kmEast = 111.32 * Math.cos((lat * Math.PI) / 180), reach = NEAR_KM * NEAR_KM;
      for (let i = 0; i < rows; i++) {
        const dx = (lonOf(i) - lon) * kmEast, dy = (latOf(i) - lat) * 110.95; // km per degree at 36° N
        if (dx * dx + dy * dy <= reach) near[i] = 1;
      }
      return { id, area: -1, near };
    }
    const scopes = new Map(); // the last few, for a scope of a point looks at every row
    function scope(id) {
      if (!scopes.has(id)) {
        if (scopes.size > 8) scopes.clear();
        scopes.set(id, scopeOf(id));
      }
      return scopes.get(id);
    }
    /** Which groups pass the filters of the view, and lie in an area. */
    function passing(kinds, sure, area) {
      return Uint8Array.from(groups, (group) => Number((!kinds || kinds.has(group.kind)) && (area === -1 || group.places.has(area)) &&
        (!sure || (group.dated === 0 && group.located !== AREA))));
    }
    /** Calls `found` with each row that counts from `first` to `last`, both included. */
    function each(first, last, within, kinds, found) {
      const view = host.view(), ok = passing(kinds, view.certain, within.area), near = within.near;
      const a = first - about.first, b = last - about.first;
      for (let i = from(first - longest), end = from(last + 1); i < end; i++) {
        const group = groupAt[i];
        if (ok[group] === 0 || dayAt[i] + spanOf[group] < a || (near && near[i] === 0)) continue;
        if (view.certain && (dayAt[i] < a || dayAt[i] + spanOf[group] > b)) continue;
        found(i, group);
      }
    }
    const lastKnown = (last) => { const { as_of: day } = host.view(); return day === null ? last : Math.min(last, day); };
    /** Incidents of a place from `first` to `last`, by kind. */
    function byKind(id, first, last) {
      const found = new Map(about.kinds.map((kind) => [kind, 0]));
      each(first, lastKnown(last), scope(id), null, (i, group) => { const { kind } = groups[group]; found.set(kind, found.get(kind) + 1); });
      return found;
    }
    const sum = (found, kinds) => [...found].reduce((total, [kind, n]) => total + (!kinds || kinds.has(kind) ? n : 0), 0);

    /* ---------- the layer: one canvas, drawn anew for each change ---------- */

    const height = new Float64Array(65536); // the sheet's height of each step of latitude, 0 to 1 from north to south
    for (let i = 0; i < 65536; i++) {
      const sine = Math.sin(((south + (i / 65535) * (north - south)) * Math.PI) / 180);
      height[i] = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
    }
    const across = new Int16Array(65536), down = new Int16Array(65536); // cell of each step; -1 out of sight
    const pixelX = new Float32Array(65536), pixelY = new Float32Array(65536);
    let grid = new Uint32Array(0), columns = 0, lines = 0, originX = 0, originY = 0;
    const tally = new Uint32Array(groups.length); // what lies in the window, by group, whatever kinds are asked for
    let shown = { total: 0, mode: "none", classes: new Set(), spots: new Map() };

    const sheetCanvas = make("canvas", { class: "record-sheet" });
    // Leaflet's own base of canvas layers moves and scales the canvas with the map, also while it zooms
    const Sheet = L.Renderer.extend({
      _initContainer() { this._container = sheetCanvas; },
      _destroyContainer() { this._container.remove(); delete this._container; },
      _updatePaths() {},
      _update() {
        if (this._map._animatingZoom && this._bounds) return;
        L.Renderer.prototype._update.call(this);
        const size = this._bounds.getSize(), dots = Math.min(window.devicePixelRatio || 1, 2), canvas = this._container;
        const where = [this._bounds.min, size, this._map.getZoom(), this._map.getPixelOrigin(), dots].join(" ");
        L.DomUtil.setPosition(canvas, this._bounds.min);
        if (canvas.dataset.where !== where) { // not where the layer comes back to a map that has not moved
          canvas.dataset.where = where;
          canvas.width = Math.round(size.x * dots);
          canvas.height = Math.round(size.y * dots);
          canvas.style.width = size.x + "px";
          canvas.style.height = size.y + "px";
          canvas.getContext("2d").setTransform(dots, 0, 0, dots, 0, 0);
          lay(this._bounds, size);
        }
        draw();
        legend(); // nearer to, circles take the place of squares
        host.drawn();
      },
    });
    map.createPane("m-record").style.zIndex = 450;
    map.getPane("m-record").style.pointerEvents = "none";
    const sheet = new Sheet({ pane: "m-record", padding: 0.1 });

    /** Works out where each step of longitude and latitude falls; only after the map has moved. */
    function lay(bounds, size) {
      const world = 256 * 2 ** map.getZoom(), origin = map.getPixelOrigin().add(bounds.min);
      const left = Math.floor(origin.x / CELL), top = Math.floor(origin.y / CELL); // the grid stays where it is while the map is dragged
      columns = Math.ceil(size.x / CELL) + 1;
      lines = Math.ceil(size.y / CELL) + 1;
      originX = left * CELL - origin.x;
      originY = top * CELL - origin.y;
      if (grid.length < columns * lines) grid = new Uint32Array(columns * lines);
      for (let i = 0; i < 65536; i++) {
        const x = ((west + (i / 65535) * (east - west) + 180) / 360) * world, y = height[i] * world;
        pixelX[i] = x - origin.x;
        pixelY[i] = y - origin.y;
        const column = Math.floor(x / CELL) - left, line = Math.floor(y / CELL) - top;
        across[i] = column >= 0 && column < columns ? column : -1;
        down[i] = line >= 0 && line < lines ? line : -1;
      }
    }

    function stepOf(n) {
      let step = 0;
      while (step < STEPS.length - 1 && n >= STEPS[step + 1]) step++;
      return step;
    }
    let colours = null; // of the theme; to ask for them has the browser work out all styles
    function readColours() {
      const style = getComputedStyle(host.root());
      colours = { record: style.getPropertyValue("--record").trim(), halo: style.getPropertyValue("--halo").trim() };
    }

    /** Counts what is asked for into cells, and draws the cells, or the places themselves where they are few. */
    function draw() {
      const view = host.view(), context = sheet._container.getContext("2d");
      const size = sheet._bounds.getSize();
      context.clearRect(0, 0, size.x, size.y);
      const within = scope(host.scope()) || scope(null);
      const there = passing(null, view.certain, within.area), ok = passing(view.kinds, view.certain, within.area), near = within.near, sure = view.certain;
      const last = lastKnown(view.last), a = view.first - about.first, b = last - about.first;
      grid.fill(0, 0, columns * lines);
      tally.fill(0);
      let total = 0, sight = 0;
      const start = from(view.first - longest), end = from(last + 1);
      for (let i = start; i < end; i++) {
        const group = groupAt[i], day = dayAt[i];
        if (there[group] === 0 || day + spanOf[group] < a || (near !== null && near[i] === 0)) continue;
        if (sure && (day < a || day + spanOf[group] > b)) continue;
        tally[group]++;
        if (ok[group] === 0) continue;
        total++;
        const column = across[lonAt[i]], line = down[latAt[i]];
        if (column < 0 || line < 0) continue;
        sight++;
        grid[line * columns + column]++;
      }
      const classes = new Set(), spots = new Map();
      if (colours === null) readColours();
      context.fillStyle = colours.record;
      if (sight > FEW) {
        context.globalAlpha = 0.72;
        for (let line = 0, cell = 0; line < lines; line++)
          for (let column = 0; column < columns; column++, cell++) {
            if (grid[cell] === 0) continue;
            const step = stepOf(grid[cell]), side = SIDES[step], inset = (CELL - side) / 2;
            classes.add(step);
            context.fillRect(Math.round(originX + column * CELL + inset), Math.round(originY + line * CELL + inset), side, side);
          }
      } else if (sight > 0) {
        each(view.first, last, within, view.kinds, (i) => {
          if (across[lonAt[i]] < 0 || down[latAt[i]] < 0) return;
          const key = lonAt[i] * 65536 + latAt[i];
          if (spots.has(key)) spots.get(key).push(i); else spots.set(key, [i]);
        });
        context.strokeStyle = colours.halo;
        context.globalAlpha = 0.85;
        for (const list of [...spots.values()].sort((one, other) => other.length - one.length)) {
          const step = stepOf(list.length);
          classes.add(step);
          context.beginPath();
          context.arc(pixelX[lonAt[list[0]]], pixelY[latAt[list[0]]], RADII[step], 0, 2 * Math.PI);
          context.fill();
          context.stroke();
        }
      }
      context.globalAlpha = 1;
      shown = { total, mode: sight === 0 ? "none" : sight > FEW ? "cells" : "points", classes, spots };
    }

    /** What the last drawing counted in the window, by kind, whatever kinds are asked for. */
    function drawnByKind() {
      const found = new Map(about.kinds.map((kind) => [kind, 0]));
      tally.forEach((n, group) => { if (n) found.set(groups[group].kind, found.get(groups[group].kind) + n); });
      return found;
    }

    /* ---------- the row of the panel: what shows, how it is drawn, whose it is ---------- */

    let said = "";
    function legend() {
      const view = host.view(), on = !view.hidden.has("incidents"), id = host.scope();
      const key = [on, shown.total, shown.mode, [...shown.classes].join(), id, view.lang, view.first, view.last, view.as_of, map.getZoom()].join("|");
      if (key === said) return;
      said = key;
      const box = host.root().querySelector('[data-row="incidents"]');
      box.querySelector("label > .n").textContent = on ? shown.total.toLocaleString("en") : "";
      box.classList.toggle("nothing", on && shown.total === 0);
      const lines = [only()];
      if (on && shown.total === 0) lines.push(make("p", { class: "none" }, outside() || words("record-none")));
      if (on) lines.push(...classesShown());
      if (on && shown.mode === "points") lines.push(make("button", { type: "button", class: "link", on: { click: () => host.open([...shown.spots.values()].flat().sort((one, other) => one - other)) } }, words("record-list")));
      box.querySelector(".keys").replaceChildren(...lines.filter(Boolean));
      paintFilters();
    }
    /** Says that only those of the chosen place show; null where all do. */
    function only() {
      const view = host.view(), id = host.scope();
      if (view.hidden.has("incidents") || id === null || !scope(id)) return null;
      return make("p", { class: "none" }, words(host.place(id).geometry.type === "Point" ? "record-only-near" : "record-only-in", { km: NEAR_KM }), " ", make("bdi", { lang: view.lang }, host.nameOf(id)));
    }
    /** How many a square or a circle stands for, of the classes that show. */
    function classesShown() {
      if (shown.mode === "none") return [];
      const wide = (CELL * 40075 * Math.cos((map.getCenter().lat * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
      const steps = [...shown.classes].sort((one, other) => one - other).map((step) => {
        const next = STEPS[step + 1], radius = shown.mode === "cells" ? SIDES[step] / 2 : RADII[step], half = Math.max(7, radius + 1);
        const label = next === undefined ? `${STEPS[step]}+` : next - 1 === STEPS[step] ? String(STEPS[step]) : `${STEPS[step]}–${next - 1}`;
        const swatch = make("svg", { viewBox: `-16 ${-half} 32 ${2 * half}`, width: 32, height: 2 * half, "aria-hidden": "true", class: "record-mark" });
        swatch.append(shown.mode === "cells" ? make("rect", { x: -radius, y: -radius, width: 2 * radius, height: 2 * radius }) : make("circle", { r: radius }));
        return make("span", { class: "key" }, swatch, make("span", {}, label));
      });
      return [make("p", { class: "none" }, words(shown.mode === "cells" ? "record-cells" : "record-points", { km: wide < 10 ? wide.toPrecision(2) : Math.round(wide) })),
        make("div", { class: "record-steps" }, ...steps)];
    }
    /** What must stand on the map itself: whose incidents alone show, and which are made up. */
    function label() {
      if (host.view().hidden.has("incidents")) return [];
      let invented = 0, real = 0;
      tally.forEach((n, group) => { if (about.records[groups[group].of].synthetic) invented += n; else real += n; });
      const all = synthetic === about.records.length || (invented > 0 && real === 0);
      return [only(), all || invented > 0 ? make("p", { class: "synthetic" }, words(all ? "record-synthetic-map" : "record-synthetic-some")) : null].filter(Boolean);
    }
    /** Says that the record does not reach the window, so that nothing is not taken for none. */
    function outside() {
      const view = host.view();
      if (!covered || (view.first <= covered.last && view.last >= covered.first)) return null;
      return words("record-beyond", { first: dayWords(covered.first), last: dayWords(covered.last) });
    }
    function paintFilters() {
      const found = drawnByKind();
      for (const node of host.root().querySelectorAll("[data-record-kind]")) {
        const n = found.get(node.dataset.recordKind) || 0;
        node.querySelector(".n").textContent = n.toLocaleString("en");
        node.classList.toggle("nothing", n === 0);
      }
    }

    /* ---------- the record beside a place, in words and week by week ---------- */

    const kindNames = (kinds) => [...kinds].map((kind) => words("incident-kind-" + kind)).join(", ").toLowerCase().replace(/^./, (letter) => letter.toUpperCase());
    const reach = (first, last) => (first === last ? dayWords(first) : dayWords(first) + " – " + dayWords(last));
    const caption = (item) => make("li", {}, item.title, ". ", item.licence, item.synthetic ? make("b", { class: "synthetic" }, " " + words("record-synthetic")) : null);

    let kept = { key: null }; // what a place counts whatever the window: kept while the reader steps through time
    function standingCounts(id) {
      const { kinds, certain: sure, as_of: known } = host.view(), day = host.atlas.article.day;
      const key = [id, kinds && [...kinds].join(), sure, known].join("|");
      if (kept.key === key) return kept;
      const weeks = [], start = day - 7 * BEFORE;
      for (let k = -BEFORE; k < AFTER; k++) weeks.push([day + 7 * k, 0]);
      each(start, lastKnown(day + 7 * AFTER - 1), scope(id), kinds, (i) => {
        const week = Math.floor((dayAt[i] + about.first - start) / 7); // by its first day, as it is counted
        if (week >= 0) weeks[week][1]++;
      });
      let undated = 0, unplaced = 0;
      each(day - 56, lastKnown(day - 1), scope(id), kinds, (i, group) => {
        if (groups[group].dated) undated++;
        if (groups[group].located === AREA) unplaced++;
      });
      kept = { key, weeks, undated, unplaced, before: byKind(id, day - 28, day - 1), earlier: byKind(id, day - 56, day - 29) };
      return kept;
    }
    /** Incidents of a place in the window, by kind: what is drawn has been counted already. */
    function windowCounts(id) {
      const view = host.view();
      if (host.scope() !== id || view.hidden.has("incidents")) return byKind(id, view.first, view.last);
      return drawnByKind();
    }
    /** Counts of a place: in the window, in the four weeks before the article's day, in the four before those, and by week. */
    function counts(id) {
      const { kinds } = host.view(), still = standingCounts(id);
      return { window: sum(windowCounts(id), kinds), before: sum(still.before, kinds), earlier: sum(still.earlier, kinds), weeks: still.weeks };
    }

    function section(id) {
      const within = scope(id);
      if (!within || !covered) return null;
      const view = host.view(), place = host.place(id), day = host.atlas.article.day, point = place.geometry.type === "Point";
      const found = counts(id), name = () => make("bdi", { "data-name": id }, host.nameOf(id));
      const box = make("section", { class: "record", "data-record": id }, make("h3", {}, words("record-here")));
      if (synthetic) box.append(make("p", { class: "synthetic" }, words(synthetic === about.records.length ? "record-synthetic" : "record-synthetic-some")));
      const asked = view.kinds ? kindNames([...view.kinds].filter((kind) => about.kinds.includes(kind))) || words("record-no-kind") : words("record-incidents");
      const full = covered.first <= day - 56 && covered.last >= day - 1 && (view.as_of === null || view.as_of >= day - 1);
      const inWindow = reach(view.first, view.last), before = reach(day - 28, day - 1), n = (count_) => make("b", {}, count_.toLocaleString("en"));
      box.append(make("p", { class: "record-words" }, words("record-of", { what: asked }), " ", words(point ? "record-near" : "record-in", { km: NEAR_KM }), " ", name(), ": ",
        n(found.before), " ", words("record-before", { days: before }), " ", n(found.earlier), " ", words("record-earlier"), " ",
        n(found.window), " ", words("record-window", { days: inWindow })));
      if (!full) box.append(make("p", { class: "note" }, words("record-covers", { first: dayWords(covered.first), last: dayWords(covered.last) })));
      box.append(chart(id, found.weeks), table(id), notes(id, place, point), make("ul", { class: "sources" }, ...about.records.map(caption)));
      return box;
    }

    function chart(id, weeks) {
      const day = host.atlas.article.day, known = lastKnown(Infinity), W = 336, H = 62, base = 46;
      const wide = W / weeks.length, most = Math.max(1, ...weeks.map(([, n]) => n));
      const charted = reach(weeks[0][0], Math.min(known, weeks[weeks.length - 1][0] + 6));
      const x = (at) => ((at - weeks[0][0]) / (7 * weeks.length)) * W;
      const svg = make("svg", { class: "record-chart", viewBox: `0 0 ${W} ${H + 12}`, role: "img", "aria-label": words("record-chart", { most, days: charted }) });
      const view = host.view(), a = Math.max(0, x(view.first)), b = Math.min(W, x(view.last + 1));
      if (b > a) svg.append(make("rect", { class: "record-window", x: a, y: 0, width: Math.max(1.5, b - a), height: base }));
      for (const [first, n] of weeks) {
        const tall = (n / most) * (base - 12), unknown = first > known, beyond = first > covered.last || first + 6 < covered.first;
        const from_ = Math.max(first, covered.first), to = Math.min(first + 6, covered.last, known), part = to - from_ < 6;
        svg.append(make("g", { class: part ? "record-part" : null }, make("title", {}, unknown ? words("record-week-unknown") : beyond ? words("record-week-beyond") : words(part ? "record-week-part" : "record-week", { n, days: reach(from_, to) })),
          make("rect", { class: "record-hit", x: x(first), y: 0, width: wide, height: base }),
          unknown || beyond ? make("rect", { class: "record-gap", x: x(first), y: base - 3, width: wide, height: 3 })
            : make("rect", { class: "record-bar", x: x(first) + 0.5, y: base - tall, width: wide - 1, height: tall })));
      }
      svg.append(make("line", { class: "axis-line", x1: 0, x2: W, y1: base + 0.5, y2: base + 0.5 }),
        make("line", { class: "article-day", x1: x(day), x2: x(day), y1: 0, y2: base }),
        make("text", { class: "record-text", x: 0, y: 9 }, words("record-most", { n: most.toLocaleString("en") })));
      const claims = host.claims(id).filter((event) => event.e !== null || event.l !== null);
      const rowsOf = claims.filter((event) => (event.e ?? event.l) < weeks[0][0] + 7 * weeks.length && (event.l ?? Infinity) >= weeks[0][0]);
      rowsOf.slice(0, 4).forEach((event, i) => {
        const from_ = Math.max(0, x(event.e ?? event.l)), to = Math.min(W, event.l === null ? W : x(event.l + 1));
        svg.append(make("g", {}, make("title", {}, event.title), make("rect", { class: "record-claim", x: from_, y: base + 3 + i * 3.5, width: Math.max(2.5, to - from_), height: 2.5 })));
      });
      let free = -100;
      for (const [first] of weeks) {
        const date = new Date(first * 86400000), end = new Date((first + 6) * 86400000);
        if (date.getUTCMonth() === end.getUTCMonth() && date.getUTCDate() !== 1) continue;
        const month = Date.UTC(end.getUTCFullYear(), end.getUTCMonth(), 1) / 86400000;
        if (x(month) < free || x(month) > W - 30) continue;
        svg.append(make("text", { class: "record-text", x: x(month), y: H + 9 }, dayWords(month, end.getUTCMonth() === 0 || free < 0 ? "m y" : "m")));
        free = x(month) + (end.getUTCMonth() === 0 || free < 0 ? 52 : 30);
      }
      return svg;
    }

    function table(id) {
      const { kinds } = host.view(), { before, earlier } = standingCounts(id), inWindow = windowCounts(id);
      const list = about.kinds.filter((kind) => !kinds || kinds.has(kind)).map((kind) => [kind, [earlier.get(kind), before.get(kind), inWindow.get(kind)]])
        .filter(([, found]) => found.some(Boolean));
      if (list.length < 2) return "";
      return make("details", { class: "record-kinds" }, make("summary", {}, words("record-by-kind")),
        make("table", {}, make("thead", {}, make("tr", {}, ...["record-kind", "record-four-earlier", "record-four", "record-in-window"].map((key) => make("th", { scope: "col" }, words(key))))),
          make("tbody", {}, ...list.map(([kind, found]) => make("tr", {}, make("th", { scope: "row" }, words("incident-kind-" + kind)), ...found.map((n) => make("td", {}, n.toLocaleString("en"))))))));
    }

    function notes(id, place, point) {
      const { undated, unplaced } = standingCounts(id);
      return make("details", { class: "note record-kinds" }, make("summary", {}, words("record-counted")),
        make("p", {}, words("record-how"), " ", point ? "" : words("record-outline", { km: place.tolerance }), " ",
          host.view().sure ? words("record-sure") : [undated && words("record-undated", { n: undated }), unplaced && words("record-unplaced", { n: unplaced })].filter(Boolean).join(" "),
          about.records.some((item) => item.format === "ucdp") ? " " + words("record-ucdp") : ""));
    }

    /* ---------- single incidents ---------- */

    /** Rows at a spot of the frame, where places are drawn one by one; the nearest first. */
    function at(latlng) {
      if (host.view().hidden.has("incidents") || shown.mode !== "points") return [];
      const point = map.latLngToLayerPoint(latlng).subtract(sheet._bounds.min);
      let best = null;
      for (const list of shown.spots.values()) {
        const gap = Math.hypot(pixelX[lonAt[list[0]]] - point.x, pixelY[latAt[list[0]]] - point.y) - RADII[stepOf(list.length)];
        if (gap <= 3 && (best === null || gap < best[0])) best = [gap, list];
      }
      return best === null ? [] : best[1];
    }
    const told = new Map(); // "record/number" → what Python told of it, as web/incident_card.py writes it
    const nameOfRow = (i) => `${about.records[groups[groupAt[i]].of].key}/${number[i]}`;
    function when(i) {
      const group = groups[groupAt[i]], first = dayAt[i] + about.first;
      return reach(first, first + group.span) + (group.dated ? ` (${words("record-dated-" + DATED[group.dated])})` : "");
    }
    function cards(list) {
      const box = make("div", { class: "record" });
      box.append(make("p", { class: "here" }, words("record-incidents-here", { n: list.length })));
      for (const i of list.slice(0, LISTED)) {
        const name = nameOfRow(i), group = groups[groupAt[i]];
        const detail = make("details", { class: "card incident", "data-incident": name }, make("summary", {}, when(i), " · ", words("incident-kind-" + group.kind)));
        detail.addEventListener("toggle", () => { if (detail.open && !told.has(name)) host.ask(name); });
        if (told.has(name)) fill(detail, told.get(name));
        if (list.length === 1) detail.open = true;
        box.append(detail);
      }
      if (list.length > LISTED) box.append(make("p", { class: "none" }, words("record-more-here", { n: list.length - LISTED })));
      return box;
    }
    function fill(detail, { synthetic, note, rows, source, broken }) {
      if (detail.dataset.filled) return;
      detail.dataset.filled = "1";
      if (!rows) { detail.append(make("p", { class: "none" }, words(broken ? "incident-broken" : "incident-missing"))); return; }
      if (synthetic) detail.append(make("p", { class: "synthetic" }, words("record-synthetic")));
      if (note) detail.append(make("blockquote", {}, note));
      detail.append(make("dl", {}, ...rows.flatMap(([key, text]) => [make("dt", {}, words(key)), make("dd", {}, text)])), make("p", { class: "sources" }, source));
    }
    function tell(card) {
      told.set(card.name, card);
      const detail = host.root().querySelector(`[data-incident="${CSS.escape(card.name)}"]`);
      if (detail) fill(detail, card);
    }

    /* ---------- the time bar: incidents behind the marks ---------- */

    function bars(axis, x, tall) {
      const view = host.view();
      if (view.hidden.has("incidents") || !covered) return [];
      const days = Math.max(1, Math.ceil(4 / (x(axis.first + 1) - x(axis.first)))), found = new Float64Array(Math.ceil((axis.last - axis.first + 1) / days));
      each(axis.first, lastKnown(axis.last), scope(host.scope()) || scope(null), view.kinds, (i) => {
        const slot = Math.floor((dayAt[i] + about.first - axis.first) / days);
        if (slot >= 0 && slot < found.length) found[slot]++;
      });
      const most = found.reduce((one, other) => Math.max(one, other), 0);
      if (!most) return [];
      let path = "";
      found.forEach((n, slot) => { if (n) path += `M${x(axis.first + slot * days).toFixed(1)} ${tall}v${(-(n / most) * tall * 0.9).toFixed(1)}H${(x(axis.first + (slot + 1) * days) - 0.5).toFixed(1)}V${tall}Z`; });
      return [make("path", { class: "record-bars", d: path }, make("title", {}, words(days === 1 ? "record-axis-day" : "record-axis", { days, most: most.toLocaleString("en") })))];
    }

    let standing = false;
    return {
      kinds: about.kinds,
      records: about.records,
      label, at, cards, tell, section, bars,
      /** Draws anew in another theme's colours. */
      restyle() { colours = null; if (standing) draw(); },
      paint() {
        const on = !host.view().hidden.has("incidents");
        if (on !== standing) { standing = on; on ? sheet.addTo(map) : sheet.remove(); } else if (on) draw();
        if (!on) { shown = { total: 0, mode: "none", classes: new Set(), spots: new Map() }; tally.fill(0); }
        legend();
      },
      caption,
      /** The legend's entry where there is no row for it. */
      key() {
        const swatch = make("svg", { class: "swatch record-mark", viewBox: "-13 -7 26 14", "aria-hidden": "true" }, make("circle", { cx: -4, r: 3 }), make("rect", { x: 2, y: -4, width: 8, height: 8 }));
        const count = shown.total.toLocaleString("en");
        return make("div", { class: "record-credit" }, make("div", { class: "key" }, swatch, make("span", {}, words("record-key", { n: count }))), only(), ...classesShown());
      },
      /** What shows, and what is counted for a place; for the script interface. */
      status(id) {
        if (id && (!host.place(id) || !scope(id))) return null;
        return { rows, shown: shown.total, drawn: shown.mode, ...(id ? counts(id) : {}) };
      },
    };
  }
})();

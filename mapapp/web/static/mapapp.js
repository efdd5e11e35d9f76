/* The map's one script: decides what shows, draws it once, and moves it without a server.
 *
 * `mapapp.start(map, records)` is called once with a Leaflet map; the opening view stands in the page's head, everything else in
 * `window.mapappAtlas`, which web/payload.py writes, and from record.js where the reader has records of incidents. Days are whole numbers since 1970-01-01, UTC; null is an open end.
 * Public: window.mapapp.shown(), window(), setWindow(first, last), select(id), status(id), record(id). README, "Script interface".
 */
(function () {
  "use strict";

  const DAY = 86400000;
  const { toIso, fromIso, certainty } = mapappRules; // rules.js
  const clamp = (x, low, high) => Math.min(Math.max(x, low), high);

  let atlas, map, view, root;
  const places = new Map(), events = new Map(), facts = new Map(), layers = new Map();
  const drawn = new Map(); // place id → Leaflet layer
  let lastShown = { places: new Set(), events: new Map(), facts: new Set(), standing: new Map() };
  let playing = null;

  /* ---------- small DOM helpers: text goes in as text, never as markup ---------- */

  function make(tag, attributes, ...children) {
    const svg = ["svg", "g", "path", "rect", "line", "text", "use", "circle", "title"].includes(tag);
    const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "on") for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
      else node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  }
  const $ = (selector) => root.querySelector(selector);
  let plural;
  /** The message for a key, filled in; of plural forms the one that CLDR gives the number n. See mapapp/text/messages.py. */
  function words(key, values = {}) {
    const forms = atlas.words[key] ?? key;
    const message = typeof forms === "string" ? forms : forms[(plural ??= new Intl.PluralRules(atlas.locale)).select(values.n)];
    const filled = (value) => (typeof value === "number" ? value.toLocaleString(atlas.locale) : value ?? "");
    return message.replace(/\{(\w+)\}/g, (_, name) => filled(values[name]));
  }
  /** Words a day: d its number, m its month, y its year. The browser's own Intl takes 15 ms to begin with. */
  function dayWords(day, parts = "d m y") {
    const date = new Date(day * DAY);
    return parts.replace(/[dmy]/g, (part) => (part === "d" ? date.getUTCDate() : part === "m" ? atlas.months[date.getUTCMonth()] : date.getUTCFullYear()));
  }
  const symbol = (kind, extra) => {
    const svg = make("svg", { class: "symbol " + (extra || ""), viewBox: "0 0 16 16", "aria-hidden": "true" });
    svg.append(make("use", { href: "#kind-" + kind }));
    return svg;
  };

  /* ---------- what shows: decided by rules.js, as core/select.py does ---------- */

  const toldBy = (day) => mapappRules.published(atlas, day);
  const known = (item) => mapappRules.begun(item, view.as_of);
  const standingDay = () => mapappRules.statusDay(view);
  const standing = (place) => mapappRules.statusOn(place, standingDay());
  const decide = () => mapappRules.select(atlas, view);
  const snapshotDay = () => mapappRules.snapshotDay(view);
  /** Why a statement does not show, as the end of a word's key; null where it shows. */
  function whyHidden(event) {
    if (!toldBy(view.as_of)) return "unknown";
    const sure = certainty(event, view.first, view.last);
    return sure === 0 ? "window" : !mapappRules.passes(event, view) ? "filters" : view.certain && sure === 1 ? "sure" : null;
  }

  /* ---------- names ---------- */

  function nameOf(id) {
    const place = places.get(id);
    if (!place) return atlas.actors[id] ? atlas.actors[id][view.lang] : id;
    for (const [from, to, names] of place.namesWhen)
      if ((from === null || from <= view.last) && (to === null || to >= view.last)) return names[view.lang];
    return place.names[view.lang];
  }
  function renameAll(within) {
    for (const node of within.querySelectorAll("[data-name]")) {
      node.textContent = nameOf(node.dataset.name);
      node.lang = view.lang;
    }
  }

  /* ---------- the map: each place drawn once, when it is first to be seen ---------- */

  const PANES = ["land", "countries", "governorates", "control", "rivers", "roads", "dmz", "zones", "contact-lines"];

  function makePanes() {
    PANES.forEach((name, i) => { map.createPane("m-" + name).style.zIndex = 210 + i * 10; });
    map.createPane("m-labels").style.zIndex = 640;
    map.getPane("m-labels").classList.add("labels");
    map.getPane("m-land").style.pointerEvents = "none";
  }
  function draw(place) {
    const layer = place.geometry.type === "Point" ? drawPoint(place) : drawShape(place);
    drawn.set(place.id, layer);
    return layer;
  }

  const classesOf = (place) => `place layer-${place.layer} kind-${place.kind} basis-${place.basis}`;

  function drawShape(place) {
    const line = place.geometry.type.includes("Line");
    const pane = "m-" + place.layer;
    const path = (options) => L.GeoJSON.geometryToLayer({ type: "Feature", geometry: place.geometry },
      { pane, smoothFactor: 0.8, bubblingMouseEvents: false, ...options });
    const shape = path({ className: classesOf(place) + (line ? " line" : " area"), weight: 1, fill: !line, interactive: place.layer !== "land" });
    const layer = line ? L.featureGroup([path({ className: "hit", fill: false }), shape]) : shape; // a thin line is easy to hit
    layer.on("click", (e) => { L.DomEvent.stop(e); selectAt(e.latlng); });
    if (place.layer !== "land") hover(layer, place);
    return layer;
  }

  function drawPoint(place) {
    const [lon, lat] = place.geometry.coordinates;
    const icon = make("span", { class: classesOf(place) });
    icon.append(symbolOfPlace(place));
    const marker = L.marker([lat, lon], {
      icon: L.divIcon({ html: icon, className: "mark", iconSize: [18, 18] }),
      alt: place.names[view.lang], keyboard: true, bubblingMouseEvents: false, zIndexOffset: place.layer === "posts" ? 200 : 0,
    });
    marker.on("click", (e) => selectAt(e.latlng, place.id));
    hover(marker, place);
    return marker;
  }
  // another data folder may bring kinds of its own
  const symbolOfPlace = (place) => symbol("place-" + (document.getElementById("kind-place-" + place.kind) ? place.kind : "town"));
  const kindWords = (kind) => atlas.words["place-kind-" + kind] || kind.replaceAll("-", " ");

  /** Names what a click would open: of shapes that lie over each other, not always the one the mouse is in. */
  function hover(layer, own) {
    let place = own;
    const tell = () => {
      const status = lastShown.standing.get(place.id);
      const count = spokenOf(place.id).length;
      return make("span", {}, make("b", { lang: view.lang }, nameOf(place.id)),
        status ? make("span", { class: "tip-note" }, words("status-" + status)) : null,
        make("span", { class: "tip-note" }, words("within-km", { km: place.tolerance })),
        count ? make("span", { class: "tip-note said" }, words("statements", { n: count })) : null);
    };
    layer.bindTooltip(tell, { sticky: true, direction: "top", offset: [0, -8], className: "tip", opacity: 1 });
    if (own.geometry.type === "Point") return;
    layer.on("mouseover mousemove", (e) => {
      const [top] = thingsAt(e.latlng).filter((id) => places.get(id).layer !== "countries");
      if (!top) return layer.closeTooltip();
      if (places.get(top) !== place) layer.setTooltipContent(((place = places.get(top)), tell));
      if (!layer.isTooltipOpen()) layer.openTooltip(e.latlng);
    });
  }

  /** Ids of the shown events that speak of a place itself. */
  function spokenOf(id) {
    return (atlas.related[id] || []).filter(([event, via]) => via === null && lastShown.events.has(event)).map(([event]) => event);
  }

  function inRing(ring, x, y) {
    let hit = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i], [xj, yj] = ring[j];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) hit = !hit;
    }
    return hit;
  }
  function inArea(place, lon, lat) {
    const [w, s, e, n] = place.box, { type, coordinates } = place.geometry;
    if (lon < w || lon > e || lat < s || lat > n) return false;
    return (type === "Polygon" ? [coordinates] : coordinates)
      .some(([shell, ...holes]) => inRing(shell, lon, lat) && !holes.some((hole) => inRing(hole, lon, lat)));
  }

  const NEAR = 6; // pixels by which a click may miss a line
  /** Pixels between a point of the map and the nearest of some lines, given as lists of positions. */
  function gapTo(lines, at) {
    let gap = Infinity;
    for (const line of lines) {
      let before = null;
      for (const [lon, lat] of line) {
        const here = map.latLngToContainerPoint([lat, lon]);
        if (before) gap = Math.min(gap, at.distanceTo(L.LineUtil.closestPointOnSegment(at, before, here)));
        before = here;
      }
    }
    return gap;
  }
  /** The lines of a shape: a line's own, an area's edges. */
  function linesOf({ type, coordinates }) {
    const depth = { LineString: 0, MultiLineString: 1, Polygon: 1, MultiPolygon: 2 }[type];
    return depth === 0 ? [coordinates] : coordinates.flat(depth - 1);
  }
  /** How an area looks where it has been drawn: a fill that is there in name only is not seen, nor is a hairline. */
  function looksOf(id) {
    const node = nodesOf(drawn.get(id))[0], style = node && getComputedStyle(node);
    return { filled: Boolean(style) && style.fill !== "none" && Number(style.fillOpacity) >= 0.1,
      edged: Boolean(style) && Number(style.strokeOpacity) > 0 && parseFloat(style.strokeWidth) >= 1.2 };
  }
  /** The place whose name is written at a point of the map. */
  function namedAt(latlng) {
    const { left, top } = map.getContainer().getBoundingClientRect(), at = map.latLngToContainerPoint(latlng).add([left, top]);
    const label = [...map.getPane("m-labels").children].find((node) => {
      const box = node.getBoundingClientRect();
      return at.x >= box.left && at.x <= box.right && at.y >= box.top && at.y <= box.bottom;
    });
    return label && label.dataset.place;
  }
  /** Ids of all that lies at a point of the map, as the eye meets it: names, points, lines, then areas: those that can be seen, topmost and smallest first, then the others. */
  function thingsAt(latlng) {
    const at = map.latLngToContainerPoint(latlng), reach = [NEAR, NEAR], named = namedAt(latlng), found = [];
    const around = L.latLngBounds(map.containerPointToLatLng(at.subtract(reach)), map.containerPointToLatLng(at.add(reach)));
    for (const [id, layer] of drawn) {
      const place = places.get(id), [w, south, e, n] = place.box, { type } = place.geometry;
      if (place.layer === "land" || !map.hasLayer(layer) || (type !== "Point" && !around.intersects([[south, w], [n, e]]))) continue;
      const pane = -PANES.indexOf(place.layer);
      if (id === named) found.push([id, 0]);
      else if (type === "Point") {
        const gap = at.distanceTo(map.latLngToContainerPoint([place.geometry.coordinates[1], place.geometry.coordinates[0]]));
        if (gap <= 10) found.push([id, 1, gap]);
      } else if (type.includes("Line")) {
        const gap = gapTo(linesOf(place.geometry), at);
        if (gap <= NEAR) found.push([id, 2, pane, gap]);
      } else {
        const looks = looksOf(id), base = layers.get(place.layer).group === "base";
        if (looks.edged && gapTo(linesOf(place.geometry), at) <= NEAR / 2) found.push([id, 2, pane, 0]);
        else if (inArea(place, latlng.lng, latlng.lat)) found.push([id, 3, base ? 2 : looks.filled ? 0 : 1, pane, place.area]);
      }
    }
    const order = (a, b) => { for (let i = 1; i < a.length; i++) if (a[i] !== b[i]) return a[i] - b[i]; return 0; };
    return found.sort(order).map(([id]) => id);
  }
  let clicked = null; // where the map was last clicked
  /** Opens what a click meets first (a mark that was hit itself before all else); the same spot once more, what lies below it, and so on round. */
  function selectAt(latlng, hit) {
    const again = clicked !== null && map.latLngToContainerPoint(clicked).distanceTo(map.latLngToContainerPoint(latlng)) <= 4;
    const rows = record ? record.at(latlng) : [];
    const under = thingsAt(latlng), here = hit ? [hit, ...under.filter((id) => id !== hit)] : under;
    const isPoint = (id) => places.get(id).geometry.type === "Point";
    const stack = rows.length ? [...here.filter(isPoint), null, ...here.filter((id) => !isPoint(id))] : here; // null: the incidents
    clicked = latlng;
    if (!stack.length) return;
    const now = chosen.incidents ? null : chosen.id ?? undefined;
    const next = stack[again ? (stack.indexOf(now) + 1) % stack.length : 0];
    next === null ? openIncidents(rows) : select(next, { here });
  }

  let lastLabelled = ""; // what the labels were last laid out for
  let renamed = []; // ids of places whose name changes with time
  /** Puts every mark into the state the view asks for; the only place that touches marks after drawing. */
  function paint() {
    const shown = decide();
    const lit = selectedPlaces(), main = new Set(!chosen.id || places.has(chosen.id) ? lit : mainPlaces());
    for (const [id, place] of places) {
      const visible = shown.places.has(id) || (lit.has(id) && known(place));
      if (!visible && !drawn.has(id)) continue;
      const layer = drawn.get(id) || draw(place);
      if (visible !== map.hasLayer(layer)) visible ? map.addLayer(layer) : map.removeLayer(layer);
      if (!visible) continue;
      const state = standing(place) || "none";
      const ghost = !shown.places.has(id), spoken = (atlas.related[id] || []).some(([event, via]) => via === null && shown.events.has(event));
      for (const node of nodesOf(layer)) {
        if (node.dataset.status !== state) node.dataset.status = state;
        node.classList.toggle("lit", lit.has(id));
        node.classList.toggle("main", main.has(id));
        node.classList.toggle("ghost", ghost);
        node.classList.toggle("spoken", spoken);
      }
    }
    const changed = !same(shown, lastShown);
    lastShown = shown;
    if (changed) { paintBadges(); paintArticle(); paintLegend(); paintEmpty(); }
    if (record) record.paint();
    if (record) $(".record-label").replaceChildren(...record.label());
    paintCredit();
    paintTime();
    const labelled = [...lastShown.places, "|", ...lit, view.lang, view.screenshot, ...[...badges].map(([id, badge]) => id + badge.statements), ...renamed.map(nameOf), ...[...lastShown.events].flat()].join(" ");
    if (labelled !== lastLabelled) { lastLabelled = labelled; paintLabels(); } // last: it asks where things have come to lie
  }
  const same = (a, b) =>
    a.places.size === b.places.size && a.events.size === b.events.size && a.facts.size === b.facts.size &&
    [...a.places].every((id) => b.places.has(id) && a.standing.get(id) === b.standing.get(id)) &&
    [...a.events].every(([id, sure]) => b.events.get(id) === sure) && [...a.facts].every((id) => b.facts.has(id));

  function nodesOf(layer) {
    const found = [];
    if (layer.getElement && layer.getElement()) {
      const element = layer.getElement();
      found.push(element.firstElementChild && element.classList.contains("mark") ? element.firstElementChild : element);
    }
    if (layer.eachLayer) layer.eachLayer((child) => { if (child.options.className !== "hit") found.push(...nodesOf(child)); });
    return found;
  }

  /* ---------- badges: what the article says at a point ---------- */

  const badges = new Map();
  function paintBadges() {
    const wanted = new Map();
    for (const [id, sure] of lastShown.events)
      for (const place of new Set(events.get(id).places.map(([place_]) => place_))) {
        if (!places.has(place) || places.get(place).geometry.type !== "Point" || places.get(place).layer === "posts") continue;
        if (!wanted.has(place)) wanted.set(place, []);
        wanted.get(place).push([id, sure]);
      }
    for (const [id, badge] of badges) if (!wanted.has(id) || view.hidden.has("events")) { badge.remove(); badges.delete(id); }
    if (view.hidden.has("events")) return;
    for (const [id, list] of wanted) {
      const key = list.map(([event, sure]) => event + sure).join(" ") + view.lang;
      const old = badges.get(id);
      if (old && old.key === key) continue;
      if (old) old.remove();
      const kinds = [...new Set(list.map(([event]) => events.get(event).kind))];
      const possible = list.every(([, sure]) => sure === 1);
      const pill = make("span", { class: "badge" + (possible ? " possible" : ""), "data-of": id },
        ...kinds.slice(0, 3).map((kind) => symbol(kind)), list.length > 1 ? make("b", {}, String(list.length)) : null);
      const [lon, lat] = places.get(id).geometry.coordinates;
      const width = 8 + Math.min(kinds.length, 3) * 17 + (list.length > 1 ? 12 : 0);
      const badge = L.marker([lat, lon], {
        icon: L.divIcon({ html: pill, className: "mark", iconSize: [width, 22], iconAnchor: [width / 2, 27] }),
        alt: words("badge", { place: nameOf(id), n: list.length }), zIndexOffset: 1000, bubblingMouseEvents: false,
      });
      badge.width = width;
      badge.statements = list.length;
      badge.key = key;
      badge.on("click", (e) => selectAt(e.latlng, id));
      hover(badge, places.get(id));
      badge.addTo(map);
      badges.set(id, badge);
    }
  }

  /** Lists places with statements that have no label on the map, most statements first, so that none is missed. */
  function paintBeyond(beyond) {
    unlabelled = beyond;
    const note = $(".credit-beyond");
    if (note) note.replaceWith(beyondNote());
    const box = $(".beyond"), key = beyond.map(([id, n]) => id + n).join(" ") + view.lang + view.screenshot + map.getSize() + beyond.map(([id]) => nameOf(id));
    if (box.dataset.key === key) return;
    box.dataset.key = key;
    box.hidden = beyond.length === 0;
    box.replaceChildren(make("span", {}, words("beyond")), ...beyond.map(([id, n]) =>
      make("button", { type: "button", class: "chip", "data-select": id }, make("bdi", { "data-name": id, lang: view.lang }, nameOf(id)), make("b", { class: "count" }, String(n)))));
  }
  /** Where things over the map lie on it: west, north, east and south edge in pixels, and no place's id. */
  function boxesOf(nodes) {
    const { left, top } = map.getContainer().getBoundingClientRect();
    return [...nodes].map((node) => node.getBoundingClientRect()).filter((r) => r.width)
      .map((r) => [r.left - left - 3, r.top - top - 2, r.right - left + 3, r.bottom - top + 2, ""]);
  }

  /* ---------- labels that do not collide ---------- */

  const ruler = document.createElement("canvas").getContext("2d");
  const anchors = new Map(); // where the name of a country or governorate stands while its own spot is out of sight

  /** Looks for the middle of what is in sight of each large area; only after the map has moved. */
  function placeAnchors() {
    anchors.clear();
    sights.clear();
    const size = map.getSize(), sight = map.getBounds(), columns = 9, rows = 7;
    const middles = Array.from({ length: columns * rows }, (_, cell) =>
      map.containerPointToLatLng([((Math.floor(cell / rows) + 0.5) / columns) * size.x, (((cell % rows) + 0.5) / rows) * size.y]));
    for (const place of places.values()) {
      if (!["countries", "governorates"].includes(place.layer) || !place.at || sight.contains([place.at[1], place.at[0]])) continue;
      const [w, s, e, n] = place.box;
      if (!sight.intersects([[s, w], [n, e]])) continue;
      const hits = new Set();
      middles.forEach((at, cell) => { if (inArea(place, at.lng, at.lat)) hits.add(cell); });
      let best = null;
      for (const cell of hits) {
        const i = Math.floor(cell / rows), j = cell % rows;
        let around = 0;
        for (let di = -1; di <= 1; di++) for (let dj = -1; dj <= 1; dj++) if (j + dj >= 0 && j + dj < rows && hits.has((i + di) * rows + j + dj)) around++;
        if (around > 3 && (best === null || around > best[0])) best = [around, cell];
      }
      if (best) anchors.set(place.id, [middles[best[1]].lng, middles[best[1]].lat]);
    }
  }
  const spotOf = (place) => anchors.get(place.id) || place.at;
  /** Places with statements that show, and how many: at a point its badge, elsewhere the number beside the name. */
  function spokenPlaces() {
    const counts = new Map([...badges].map(([id, badge]) => [id, badge.statements]));
    for (const id of lastShown.places) {
      const place = places.get(id), n = place.geometry.type === "Point" || !place.at ? 0 : spokenOf(id).length;
      if (n) counts.set(id, n);
    }
    return counts;
  }
  const overlap = ([x0, y0, x1, y1], [a0, b0, a1, b1]) => x0 < a1 && x1 > a0 && y0 < b1 && y1 > b0;
  /** A zone drawn in two depths has one name, without the depth. */
  const labelOf = (place, lit) => (place.layer === "dmz" && !lit.has(place.id) ? nameOf(place.id).split(/\s*[,،(]/)[0] : nameOf(place.id));

  /** Writes the names. What the article speaks of most comes first; what of it finds no room is listed instead, with
   * its number, and then shows no badge: a number never stands without its name. */
  function paintLabels() {
    const counts = spokenPlaces(), lit = selectedPlaces(), size = map.getSize(), listed = new Set();
    const worth = (id) => counts.get(id) || 0;
    const wanted = [...new Set([...lastShown.places, ...badges.keys()])].map((id) => places.get(id))
      .filter((place) => place.at && (lit.has(place.id) || worth(place.id) || (map.getZoom() >= place.zoom[0] && map.getZoom() <= place.zoom[1])))
      .sort((a, b) => lit.has(b.id) - lit.has(a.id) || worth(b.id) - worth(a.id) || a.rank - b.rank);
    for (const [id, badge] of badges) {
      const [x0, y0, x1, y1] = badgeBox(badge);
      if (x0 < 0 || y0 < 0 || x1 > size.x || y1 > size.y) listed.add(id);
    }
    let nodes, more;
    do { // the list takes room of its own: what it then covers is listed too
      paintBeyond([...counts].filter(([id]) => listed.has(id)).sort((a, b) => b[1] - a[1]));
      [nodes, more] = layLabels(wanted.filter((place) => !listed.has(place.id)), counts, lit, listed);
      more.forEach((id) => listed.add(id));
    } while (more.length);
    map.getPane("m-labels").replaceChildren(...nodes);
    for (const [id, badge] of badges) badge.getElement().hidden = listed.has(id);
  }
  let unlabelled = []; // ids of the places that are listed instead of labelled, and their numbers of statements
  /** The same list in words, for a picture of the screen. */
  const beyondNote = () => make("p", { class: "small credit-beyond", hidden: !unlabelled.length }, words("beyond") + " ",
    ...unlabelled.flatMap(([id, n], i) => [i ? ", " : "", make("bdi", { lang: view.lang }, nameOf(id)), " " + n]));
  const badgeBox = (badge) => {
    const at = map.latLngToContainerPoint(badge.getLatLng());
    return [at.x - badge.width / 2, at.y - 27, at.x + badge.width / 2, at.y - 4];
  };

  /** Lays names out so that none covers another; returns them, and the ids of places with statements left without. */
  function layLabels(wanted, counts, lit, listed) {
    const size = map.getSize(), origin = map.containerPointToLayerPoint([0, 0]);
    const covers = boxesOf([...(view.screenshot ? [$(".credit")] : $(".beyond").children), ...root.querySelectorAll(".leaflet-control-container .leaflet-control")]);
    const marks = [], taken = [...covers];
    for (const [id, badge] of badges) if (!listed.has(id)) taken.push([...badgeBox(badge), id]);
    for (const id of lastShown.places) {
      const place = places.get(id);
      if (place.geometry.type !== "Point") continue;
      const at = map.latLngToContainerPoint([place.at[1], place.at[0]]);
      marks.push([at.x - 6, at.y - 6, at.x + 6, at.y + 6, id]);
    }
    const nodes = [], more = [];
    const depths = new Set([...listed].map((id) => labelOf(places.get(id), lit))); // names that need not be written again
    for (const place of wanted) {
      const name = labelOf(place, lit), point = place.geometry.type === "Point", count = counts.get(place.id) || 0;
      if (place.layer === "dmz" && depths.has(name)) continue;
      const look = atlas.labels[place.layer] || atlas.labels.towns;
      ruler.font = `${lit.has(place.id) || place.kind === "capital" || place.kind === "city" ? 700 : look.weight} ${look.size}px ${atlas.font}`;
      const text = place.layer === "countries" ? name.toUpperCase() : name, spread = look.spread ? name.length * look.size * look.spread : 0;
      const width = ruler.measureText(text).width + spread + (count && !point ? 16 + 6 * String(count).length : 0) + 4, height = look.size + 5;
      const free = (boxes, [x, y]) => x >= 2 && y >= 2 && x + width <= size.x - 2 && y + height <= size.y - 2 &&
        !boxes.some((box) => box[4] !== place.id && overlap(box, [x, y, x + width, y + height]));
      const clear = (at) => free(taken, at) && free(marks, at), bare = (at) => free(taken, at);
      const near = seen(place, size, covers) ? spotsFor(place, width, height) : [];
      const far = () => (point ? [] : inSight(place).map(([x, y]) => [x - width / 2, y - height / 2]));
      const spot = near.find(clear) || (count ? far().find(clear) || near.find(bare) || far().find(bare) : null); // over a mark rather than nowhere
      if (place.layer === "dmz" && (spot || count)) depths.add(name);
      if (!spot) { if (count) more.push(place.id); continue; }
      taken.push([spot[0], spot[1], spot[0] + width, spot[1] + height, ""]);
      const node = make("span", { class: `label label-${place.layer} kind-${place.kind}` + (lit.has(place.id) ? " lit" : ""), "data-place": place.id, lang: view.lang, dir: "auto" }, name);
      if (count && !point) node.append(" ", make("b", { class: "count" }, String(count)));
      node.style.transform = `translate(${Math.round(spot[0] + origin.x)}px, ${Math.round(spot[1] + origin.y)}px)`;
      nodes.push(node);
    }
    return [nodes, more];
  }

  /** Whether what a name belongs to is to be seen: a point on the map and under nothing, of others some part. */
  function seen(place, size, covers) {
    if (place.geometry.type !== "Point") return map.getBounds().intersects([[place.box[1], place.box[0]], [place.box[3], place.box[2]]]);
    const { x: px, y } = map.latLngToContainerPoint([place.at[1], place.at[0]]);
    return px >= 0 && y >= 0 && px <= size.x && y <= size.y && !covers.some((box) => overlap(box, [px, y, px, y]));
  }
  /** Where a name may begin, best first: beside a point or its badge, in the middle of an area or line. */
  function spotsFor(place, width, height) {
    const [lon, lat] = spotOf(place), at = map.latLngToContainerPoint([lat, lon]);
    if (place.geometry.type !== "Point") return [0, height / 2 + 6.5, -height / 2 - 6.5].map((down) => [at.x - width / 2, at.y - height / 2 + down]);
    const badge = badges.get(place.id), gap = badge ? badge.width / 2 + 2 : 9; // beside the badge, not under it
    const sides = [at.y - height / 2, ...(badge ? [at.y - 15 - height / 2] : [])].flatMap((y) => [[at.x + gap, y], [at.x - gap - width, y]]);
    return [...sides, [at.x - width / 2, at.y + 8], [at.x - width / 2, at.y - height - (badge ? 29 : 8)], [at.x + 4, at.y + 6], [at.x - width - 4, at.y + 6]];
  }
  const sights = new Map(); // what `inSight` found since the map last moved
  /** Points of the map, in pixels, that lie in an area or on a line, those nearest to its own spot first. */
  function inSight(place) {
    if (!sights.has(place.id)) {
      const [lon, lat] = spotOf(place), at = map.latLngToContainerPoint([lat, lon]);
      sights.set(place.id, partsInSight(place).sort((a, b) => Math.hypot(a[0] - at.x, a[1] - at.y) - Math.hypot(b[0] - at.x, b[1] - at.y)));
    }
    return sights.get(place.id);
  }
  function partsInSight(place) {
    const size = map.getSize(), found = [], { type, coordinates } = place.geometry;
    if (type.includes("Line")) {
      for (const [lon, lat] of type === "LineString" ? coordinates : coordinates.flat()) {
        const { x: px, y } = map.latLngToContainerPoint([lat, lon]);
        if (px > 0 && y > 0 && px < size.x && y < size.y) found.push([px, y]);
      }
      return found;
    }
    for (let px = 20; px < size.x; px += 24)
      for (let y = 12; y < size.y; y += 16) {
        const { lat, lng } = map.containerPointToLatLng([px, y]);
        if (inArea(place, lng, lat)) found.push([px, y]);
      }
    return found;
  }

  /* ---------- the reading pane ---------- */

  let chosen = { id: null, here: [] }; // `incidents`: rows of the record instead of an id
  const selectedPlaces = () => {
    const set = new Set();
    if (!chosen.id) return set;
    if (places.has(chosen.id)) set.add(chosen.id);
    else for (const [id] of (events.get(chosen.id) || facts.get(chosen.id)).places) if (places.has(id)) set.add(id);
    return set;
  };
  /** Where a statement takes the reader: its subjects, then its sites, then the wider area, then the seats of the parties. */
  function mainPlaces() {
    const links = (events.get(chosen.id) || facts.get(chosen.id)).places.filter(([id]) => places.has(id));
    for (const roles of [["subject"], ["site"], ["part", "about"], ["seat"]]) {
      const found = links.filter(([, role]) => roles.includes(role)).map(([id]) => id);
      if (found.length) return found;
    }
    return [];
  }
  /** Events whose passages a selection lights. */
  const litEvents = () => {
    if (!chosen.id) return [];
    if (events.has(chosen.id)) return [chosen.id];
    if (facts.has(chosen.id)) return facts.get(chosen.id).explains;
    return (atlas.related[chosen.id] || []).map(([event]) => event);
  };

  let opener = null; // what had the focus before the cards took it
  function select(id, options) {
    if (id !== null && !places.has(id) && !events.has(id) && !facts.has(id)) return false;
    chosen = { id, here: (options && options.here) || [], words: Boolean(options && options.words) };
    view.selected = id;
    const held = document.activeElement;
    if (held && held !== document.body && !held.closest(".cards, .beyond")) opener = held;
    paintCards();
    paint();
    paintArticle();
    if (held && !held.isConnected) { // what held the focus is gone: it moves to the card, or back to where it came from
      const next = id ? $(".cards h2") : opener && opener.isConnected ? opener : $(".article");
      next.focus({ preventScroll: true });
      if (!id) next.scrollIntoView({ block: "nearest" }); // on a low screen the card was not beside it
    }
    if (id) {
      scrollToPassage();
      $(".cards-head").scrollIntoView({ block: "nearest" });
      if (!places.has(id)) goTo(mainPlaces());
      else if (!(options && options.here)) goTo([id]);
    }
    report();
    return true;
  }

  /** Brings places into the frame, and leaves the frame alone when they are in it already. */
  function goTo(ids) {
    const box = L.latLngBounds([]);
    const near = ids.filter((id) => places.get(id).layer !== "countries" || ids.length === 1);
    for (const id of near.length ? near : ids) {
      const [w, s, e, n] = places.get(id).box;
      box.extend([s, w]).extend([n, e]);
    }
    if (!box.isValid()) return;
    const view_ = map.getBounds();
    const fits = view_.contains(box), small = map.getBoundsZoom(box) > map.getZoom() + 2 && box.getNorthEast().distanceTo(box.getSouthWest()) > 1;
    const far = L.latLngBounds(atlas.home).getCenter().distanceTo(box.getCenter()) > 400000; // abroad: show which country
    if (!fits || small) map.fitBounds(box, { maxZoom: far ? 5 : clamp(map.getZoom(), 10, 11), padding: [30, 30], animate: false });
  }

  function scrollToPassage() {
    const lit = [...root.querySelectorAll(".article .passage.lit")];
    const own = new Set((atlas.related[chosen.id] || []).filter(([, via]) => via === null).map(([event]) => event));
    const first = lit.find((node) => node.dataset.events.split(" ").some((id) => own.has(id))) || lit[0]; // of the place itself, before places in it
    const pane = $(".article");
    if (first && pane) {
      const top = first.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
      pane.scrollTop = top - Math.min(60, pane.clientHeight / 4);
    }
  }

  function fragment(html) { // html comes escaped from text/html.py, the one door
    const holder = document.createElement("template");
    holder.innerHTML = html;
    return holder.content;
  }

  function paintCards() {
    const pane = $(".cards");
    pane.replaceChildren();
    root.classList.toggle("has-cards", chosen.id !== null || Boolean(chosen.incidents));
    if (chosen.id === null && !chosen.incidents) return;
    const head = make("div", { class: "cards-head" }, make("h2", { tabindex: -1 }, words(chosen.incidents ? "selected-incidents" : places.has(chosen.id) ? "selected-place" : facts.has(chosen.id) ? "selected-fact" : "selected-event")),
      make("button", { type: "button", class: "quiet", title: words("close"), "aria-label": words("close"), on: { click: () => select(null) } }, "×"));
    pane.append(head);
    const list = make("div", { class: "cards-list" });
    if (chosen.incidents) {
      list.append(record.cards(chosen.incidents));
      pane.append(list);
      pane.scrollTop = 0;
      return;
    }
    const others = chosen.here.filter((id) => id !== chosen.id);
    if (others.length)
      list.append(make("p", { class: "here" }, words(chosen.words ? "also-words" : "also-here") + " ",
        ...others.map((id) => make("button", { type: "button", class: "chip", "data-select": id, "data-keep": "1" },
          events.has(id) ? events.get(id).title : make("bdi", { "data-name": id }, nameOf(id))))));
    list.append(fragment(atlas.cards[chosen.id]));
    if (places.has(chosen.id)) {
      recordBeside(list, chosen.id);
      const related = (atlas.related[chosen.id] || []);
      const own = related.filter(([, via]) => via === null), inside = related.filter(([, via]) => via !== null);
      list.append(section("article-here", own.map(([id]) => id), "said"));
      if (inside.length) list.append(section("article-within", inside.map(([id]) => id), "said folded", Object.fromEntries(inside)));
      const ours = (atlas.factsOf[chosen.id] || []);
      if (ours.length) list.append(section("background-here", ours, "background"));
      const basis = make("section", { class: "background" }, make("h3", {}, words("about-mark")));
      basis.append(fragment(atlas.details[chosen.id]));
      list.append(basis);
    } else if (events.has(chosen.id)) {
      const ours = (atlas.factsOf[chosen.id] || []);
      if (ours.length) list.append(section("background-to", ours, "background"));
      if (events.get(chosen.id).kind === "clashes") recordBeside(list, mainPlaces()[0]);
    }
    pane.append(list);
    for (const node of pane.querySelectorAll("[data-known]"))
      node.hidden = view.as_of !== null && Number(node.dataset.known) > view.as_of;
    for (const node of pane.querySelectorAll(".contrast")) node.hidden = !node.querySelector("li:not([hidden])");
    for (const node of pane.querySelectorAll("section.background"))
      if (!node.querySelector(".card:not([hidden])") && !node.querySelector("details .card:not([hidden])")) node.hidden = true;
    redateCards();
    pane.scrollTop = 0;
  }

  /** Brings what the cards say of the window up to date, without making them anew. */
  function redateCards() {
    const pane = $(".cards");
    for (const card of pane.querySelectorAll("[data-card]"))
      card.classList.toggle("outside", events.has(card.dataset.card) && !lastShown.events.has(card.dataset.card));
    const now = places.has(chosen.id) ? standing(places.get(chosen.id)) : null;
    for (const node of pane.querySelectorAll(".standing-now"))
      node.textContent = now ? words("standing-now", { status: words("status-" + now), date: dayWords(standingDay()) }) : "";
    for (const card of pane.querySelectorAll(".card.said")) sayWhyHidden(card);
    for (const box of pane.querySelectorAll("[data-statements]")) regroup(box);
    for (const box of pane.querySelectorAll("section.background")) {
      const n = box.querySelector("h3 .n");
      if (n) n.textContent = String(box.querySelectorAll(".card:not([hidden])").length);
    }
    renameAll(pane);
  }
  /** Says on a card why its statement does not show on map and time bar. */
  function sayWhyHidden(card) {
    const why = whyHidden(events.get(card.dataset.card));
    let note = card.querySelector(":scope > .why-hidden");
    if (!why) return note && note.remove();
    if (!note) card.querySelector(".card-kind").after((note = make("p", { class: "why-hidden" })));
    note.textContent = words("hidden-" + why);
  }
  /** Puts statements that show first and counts them; the others follow, folded, with what hides them. */
  function regroup(box) {
    const cards = [...box.querySelectorAll(".card.said")], rest = box.querySelector(".not-shown"), reasons = new Map();
    const order = box.dataset.statements.split(" ");
    cards.sort((a, b) => order.indexOf(a.dataset.card) - order.indexOf(b.dataset.card));
    for (const card of cards) {
      const why = whyHidden(events.get(card.dataset.card)), home = why ? rest : box.querySelector(".shown-statements");
      if (why) reasons.set(why, (reasons.get(why) || 0) + 1);
      home.append(card);
    }
    const hidden = [...reasons.values()].reduce((sum, n) => sum + n, 0);
    box.querySelector("h3 .n").textContent = String(cards.length - hidden);
    rest.hidden = hidden === 0;
    if (hidden === cards.length && !box.classList.contains("folded")) rest.open = true; // there is nothing else to read
    rest.querySelector("summary").textContent = [...reasons].map(([why, n]) => words("more-" + why, { n })).join("; ");
  }
  function recountBeside() {
    const beside = $(".cards [data-record]");
    if (!beside) return;
    const anew = record.section(beside.dataset.record), open = [...beside.querySelectorAll("details")].map((node) => node.open);
    anew.querySelectorAll("details").forEach((node, i) => { node.open = Boolean(open[i]); });
    beside.replaceWith(anew);
  }

  /** What the reader's records say of a place, beside what the article says. */
  function recordBeside(list, id) {
    const beside = record && id !== undefined && !view.hidden.has("incidents") ? record.section(id) : null;
    if (beside) list.append(beside);
  }
  function openIncidents(incidents) {
    const held = document.activeElement;
    select(null);
    if (held && held.isConnected && !held.closest(".cards")) opener = held;
    chosen = { id: null, here: [], incidents };
    paintCards();
    $(".cards h2").focus({ preventScroll: true });
    $(".cards-head").scrollIntoView({ block: "nearest" });
    if (incidents.length === 1) $(".incident").dispatchEvent(new Event("toggle"));
  }

  function section(title, ids, classes, via) {
    const box = make("section", { class: classes });
    const inner = ids.map((id) => {
      const card = fragment(atlas.cards[id]);
      if (via && via[id]) card.firstElementChild.prepend(make("p", { class: "via" }, words("via") + " ", make("bdi", { "data-name": via[id] })));
      return card;
    });
    const heading = make("h3", {}, words(title) + " ", make("span", { class: "n" }, String(ids.length)));
    if (ids.length && classes.includes("said")) { // `regroup` puts each where it belongs
      box.dataset.statements = ids.join(" ");
      const lists = [make("div", { class: "shown-statements" }, ...inner), make("details", { class: "not-shown", hidden: true }, make("summary", {}))];
      classes.includes("folded") ? box.append(make("details", {}, make("summary", {}, heading), ...lists)) : box.append(heading, ...lists);
      return box;
    }
    if (!ids.length) box.append(heading, make("p", { class: "none" }, words("article-silent")));
    else box.append(heading, ...inner);
    return box;
  }

  function paintArticle() {
    const lit = new Set(litEvents());
    for (const node of root.querySelectorAll(".article .passage")) {
      const ids = node.dataset.events.split(" ");
      node.classList.toggle("lit", ids.some((id) => lit.has(id)));
      node.classList.toggle("in", ids.some((id) => lastShown.events.has(id)));
    }
    $(".reading-count").textContent = countWords();
  }

  /** Says how many statements show, and of the others what hides them. */
  function countWords() {
    const n = lastShown.events.size, all = events.size;
    if (!toldBy(view.as_of)) return words("statements-unknown", { all, date: dayWords(view.as_of) });
    const inTime = [...events.values()].filter((event) => certainty(event, view.first, view.last) > (view.certain ? 1 : 0)).length;
    const key = inTime > n ? (view.certain ? "statements-filtered-sure" : "statements-filtered") : view.certain ? "statements-shown-sure" : "statements-shown";
    return words(key, { n, all, window: inTime, hidden: inTime - n });
  }

  /* ---------- layers, legend, filters ---------- */

  function buildPanel() {
    const panel = $(".panel");
    panel.append(
      group("as-said", [row("events", words("layer-events"), words("layer-events-note")), ...atlas.layers.filter((l) => l.group === "article").map((l) => row(l.id, words("layer-" + l.id)))]),
      group("as-added", atlas.layers.filter((l) => l.group === "background").map((l) => row(l.id, words("layer-" + l.id))).concat(toggle("facts", words("layer-facts"), (on) => { view.background = on; }))),
      group("who", atlas.who.map((id) => filter("said_by", id, () => make("bdi", { "data-name": id === "article" ? null : id }, id === "article" ? words("the-article") : nameOf(id))))),
      group("kind", atlas.kinds.map((id) => filter("kinds", id, () => make("span", {}, symbol(id), " " + words("kind-" + id))))),
      group("how", [
        toggle("possible", words("also-possible"), (on) => { view.certain = !on; }),
        choice("lang", words("names-in"), atlas.languages, (value) => { view.lang = value; document.documentElement.lang = atlas.locale; renameAll(root); lastShown.events = new Map(); }),
        choice("base_map", words("base-map"), [["none", words("base-none")], ...atlas.basemaps.map((b) => [b.id, words("base-online", { name: b.name })])], setBase),
        make("button", { type: "button", class: "link", on: { click: () => setClean(true) } }, words("go-clean")),
      ]));
    panel.append(make("p", { class: "small" }, words("panel-note")));
    // the reader's records come after the map, so their row says first that they are on their way
    if (recordSource) $(".group-as-added").before(group("as-recorded", [make("div", { class: "row", "data-row": "incidents" }, make("p", { class: "none" }, words("record-loading")))]));
  }
  const group = (key, rows) => make("fieldset", { class: "group group-" + key }, make("legend", {}, words("group-" + key)), ...rows);

  function row(id, label, note) {
    const input = make("input", { type: "checkbox", "data-layer": id, on: { change: (e) => { e.target.checked ? view.hidden.delete(id) : view.hidden.add(id); if (id !== "incidents") lastShown.events = new Map(); paint(); report(); } } });
    const list = make("div", { class: "places" });
    const box = make("div", { class: "row", "data-row": id }, make("label", { title: note || null }, input, make("span", { class: "switch" }), make("span", { class: "row-name" }, label), make("span", { class: "row-swatch" }), make("span", { class: "n" })), make("div", { class: "keys" }));
    if (id !== "events" && id !== "incidents") {
      box.querySelector("label .n").remove();
      box.append(make("details", { on: { toggle: (e) => { if (e.target.open) listPlaces(e.target, shownOf(id)); } } }, make("summary", { class: "n", title: words("list-places"), "aria-label": words("list-of", { layer: label }) }), list));
    }
    return box;
  }
  function toggle(id, label, set) {
    return make("label", { class: "row toggle", "data-toggle": id }, make("input", { type: "checkbox", on: { change: (e) => { set(e.target.checked); lastShown.events = new Map(); paint(); paintCards(); report(); } } }),
      make("span", { class: "switch" }), make("span", { class: "row-name" }, label));
  }
  function choice(id, label, options, set) {
    const box = make("select", { "data-choice": id, on: { change: (e) => { set(e.target.value); paint(); report(); } } }, ...options.map(([value, text]) => make("option", { value }, text)));
    return make("label", { class: "row choice" }, make("span", { class: "row-name" }, label), box);
  }
  function filter(field, id, label) {
    return make("label", { class: "row filter" }, make("input", { type: "checkbox", "data-filter": field, value: id, on: { change: (e) => {
      const boxes = [...root.querySelectorAll(`[data-filter="${field}"]`)];
      for (const box of boxes) if (box.value === id) box.checked = e.target.checked; // clashes stand in the article and in a record
      const on = boxes.filter((box) => box.checked).map((box) => box.value);
      view[field] = on.length === boxes.length ? null : new Set(on);
      paint(); redateCards(); report();
    } } }), make("span", { class: "tick" }), label(), make("span", { class: "n" }));
  }

  function syncPanel() {
    $('[data-toggle="known"] .row-name').textContent = words("as-known", { date: dayWords(view.as_of === null ? atlas.article.day : view.as_of) });
    for (const input of root.querySelectorAll("[data-layer]")) input.checked = !view.hidden.has(input.dataset.layer);
    for (const input of root.querySelectorAll("[data-filter]")) input.checked = !view[input.dataset.filter] || view[input.dataset.filter].has(input.value);
    const state = { facts: view.background, known: view.as_of !== null, possible: !view.certain };
    for (const node of root.querySelectorAll("[data-toggle]")) node.querySelector("input").checked = state[node.dataset.toggle];
    for (const node of root.querySelectorAll("[data-choice]")) node.value = view[node.dataset.choice];
  }

  /** Lists the shown places of a layer by name, in an open list: sorting in a language is slow to begin with. */
  function listPlaces(box, here) {
    if (!box) return;
    const { compare } = new Intl.Collator(view.lang);
    box.querySelector(".places").replaceChildren(...here.slice().sort((a, b) => compare(nameOf(a.id), nameOf(b.id)))
      .map((place) => make("button", { type: "button", class: "chip", "data-select": place.id }, make("bdi", { "data-name": place.id, lang: view.lang }, nameOf(place.id)))));
  }
  const shownOf = (layer) => [...lastShown.places].map((id) => places.get(id)).filter((place) => place.layer === layer);

  /** The legend says only what shows. */
  function paintLegend() {
    const present = new Map();
    for (const id of lastShown.places) {
      const place = places.get(id);
      if (!present.has(place.layer)) present.set(place.layer, []);
      present.get(place.layer).push(place);
    }
    for (const box of root.querySelectorAll('[data-row]:not([data-row="incidents"])')) {
      const id = box.dataset.row, here = present.get(id) || [];
      const n = id === "events" ? atPoints() : here.length;
      box.querySelector(".n").textContent = !view.hidden.has(id) ? String(n) : "";
      box.classList.toggle("nothing", !view.hidden.has(id) && n === 0);
      const keys = new Map();
      for (const place of here) keys.set(keyOf(place), place);
      const one = keys.size === 1 && [...keys.keys()][0].endsWith("|"); // one look only: its swatch stands in the row
      box.querySelector(".row-swatch").replaceChildren(...(one ? [legendKey(here[0]).firstChild] : []));
      box.querySelector(".keys").replaceChildren(
        ...(one ? [] : [...keys.keys()].sort()).map((key) => legendKey(keys.get(key))),
        ...(id === "events" ? [] : n === 0 && !view.hidden.has(id) ? [make("p", { class: "none" }, words(layers.get(id) && layers.get(id).snapshot ? "no-snapshot" : "none-in-window"), " ", nearestOf(id))] : []));
      listPlaces(box.querySelector("details[open]"), here);
    }
    for (const node of root.querySelectorAll(".filter:not([data-record-kind])")) {
      const input = node.querySelector("input"), field = input.dataset.filter === "said_by" ? "who" : "kind";
      const n = [...events.values()].filter((event) => event[field] === input.value && toldBy(view.as_of) && certainty(event, view.first, view.last) > (view.certain ? 1 : 0)).length;
      node.querySelector(".n").textContent = String(n);
      node.classList.toggle("nothing", n === 0);
    }
  }
  /** How many of the statements shown have a mark at a point. */
  const atPoints = () => [...lastShown.events.keys()].filter((id) => events.get(id).places.some(([place]) => badges.has(place))).length;
  const keyOf = (place) => [place.layer, place.kind, lastShown.standing.get(place.id) || ""].join("|");
  function legendKey(place) {
    const status = lastShown.standing.get(place.id);
    const swatch = place.geometry.type === "Point"
      ? make("span", { class: "swatch mark" }, make("span", { class: classesOf(place), "data-status": status || "none" }, symbolOfPlace(place)))
      : make("svg", { class: "swatch", viewBox: "0 0 26 14", "aria-hidden": "true" },
        place.geometry.type.includes("Line") ? make("path", { d: "M1 7 H25", class: classesOf(place) + " line", "data-status": status || "none" })
          : make("rect", { x: 1.5, y: 1.5, width: 23, height: 11, class: classesOf(place) + " area", "data-status": status || "none" }));
    const name = words("legend-" + place.layer + "-" + place.kind + (status ? "-" + status : ""));
    return make("div", { class: "key" }, swatch, make("span", {}, name.startsWith("legend-") ? kindWords(place.kind) + (status ? ", " + words("status-" + status) : "") : name));
  }
  /** Offers the day nearest to the window on which something of a layer shows. */
  function nearestOf(layerId) {
    const from = layers.get(layerId).snapshot ? snapshotDay() : view.last;
    let best = null;
    for (const place of places.values()) {
      if (place.layer !== layerId || !known(place)) continue;
      const [low, high] = view.certain ? [place.s, place.t] : [place.e, place.l];
      const day = clamp(low !== null && low > from ? low : high !== null && high < view.first ? high : from, atlas.span[0], atlas.span[1]);
      if (certainty(place, day, day) > (view.certain ? 1 : 0) && (best === null || Math.abs(day - from) < Math.abs(best - from))) best = day;
    }
    return best === null ? null : make("button", { type: "button", class: "link", on: { click: () => setDays(best, best) } }, words("nearest", { date: dayWords(best) }));
  }

  /** The clean screen: what a picture of the map must carry, on the map itself. */
  function paintCredit() {
    root.classList.toggle("clean", view.screenshot);
    document.body.classList.toggle("clean-screen", view.screenshot);
    const box = $(".credit");
    box.hidden = !view.screenshot && !printing;
    if (box.hidden) return;
    const same_ = view.first === view.last;
    const keys = new Map();
    const sight = map.getBounds();
    for (const id of lastShown.places) {
      const place = places.get(id), [w, south, e, north] = place.box;
      if (place.layer !== "land" && place.layer !== "countries" && sight.intersects([[south, w], [north, e]])) keys.set(keyOf(place), place);
    }
    box.replaceChildren(
      make("button", { type: "button", class: "leave", on: { click: () => setClean(false) } }, words("leave-clean")),
      make("h2", {}, words("app-title")),
      make("p", {}, same_ ? dayWords(view.last) : dayWords(view.first) + " – " + dayWords(view.last), view.as_of === null ? ", " + words("data-known-all") : ". " + words("as-known", { date: dayWords(view.as_of) })),
      make("div", { class: "credit-keys" }, ...[...keys.keys()].sort().map((key) => legendKey(keys.get(key))), record && !view.hidden.has("incidents") ? record.key() : null),
      beyondNote(),
      make("p", { class: "small" }, words("credit", { article: atlas.article.byline })),
      ...(record && !view.hidden.has("incidents") ? [make("div", { class: "record" }, make("ul", { class: "sources" }, ...record.records.map(record.caption)))] : []));
  }
  function setClean(on) {
    view.screenshot = on;
    paintCredit();
    map.invalidateSize({ animate: false });
    paintLabels();
    report();
  }

  /* ---------- on paper: the map with what a picture of it must carry, the open card, the whole article ---------- */

  let printing = null; // how the screen was, while it is printed
  function beforePrint() {
    if (printing) return;
    const page = document.documentElement, frame = window.Streamlit && window.frameElement;
    printing = { theme: page.dataset.theme, centre: map.getCenter(), zoom: map.getZoom(), frame, style: frame && frame.style.cssText };
    const sight = map.getBounds();
    page.dataset.theme = "light";
    page.classList.add("printing");
    restyle();
    paintCredit();
    steer(() => { map.invalidateSize({ animate: false }); map.fitBounds(sight, { animate: false }); });
    if (!frame) return;
    // a frame is not parted between pages: it holds the map alone, and the text goes into the page around it
    printing.text = frame.ownerDocument.createElement("section");
    printing.text.className = "mapapp-print";
    for (const part of root.querySelectorAll(".cards-list, .article")) printing.text.append(frame.ownerDocument.importNode(part, true));
    for (const symbol_ of printing.text.querySelectorAll("svg.symbol")) symbol_.remove();
    frame.ownerDocument.body.append(printing.text);
    root.classList.add("text-apart");
    frame.style.setProperty("width", "680px", "important");
    frame.style.setProperty("height", Math.ceil(root.getBoundingClientRect().height) + "px", "important");
  }
  function afterPrint() {
    if (!printing) return;
    const { theme, centre, zoom, frame, style, text } = printing;
    printing = null;
    document.documentElement.dataset.theme = theme;
    document.documentElement.classList.remove("printing");
    root.classList.remove("text-apart");
    if (frame) { frame.style.cssText = style; text.remove(); }
    restyle();
    paintCredit();
    steer(() => { map.invalidateSize({ animate: false }); map.setView(centre, zoom, { animate: false }); });
  }

  function paintEmpty() {
    const box = $(".empty");
    const empty = lastShown.events.size === 0;
    box.hidden = !empty;
    if (!empty) return;
    let best = null;
    for (const event of events.values()) {
      if ((view.said_by && !view.said_by.has(event.who)) || (view.kinds && !view.kinds.has(event.kind))) continue;
      const e = event.e === null ? event.l : event.e, l = event.l === null ? event.e : event.l;
      if (e === null) continue;
      const gap = e > view.last ? e - view.last : l < view.first ? view.first - l : 0;
      if (best === null || gap < best[0]) best = [gap, e, Math.max(e, l), event];
    }
    const filtered = view.said_by !== null || view.kinds !== null || view.certain;
    const told = toldBy(view.as_of), beside = best && best[0] > 0;
    const silent = ![...events.values()].some((event) => certainty(event, view.first, view.last) > 0);
    const reset = (key, change) => make("button", { type: "button", on: { click: () => { change(); syncPanel(); lastShown.events = new Map([["", 0]]); paint(); report(); } } }, words(key));
    box.replaceChildren(...[make("p", {}, words(!told ? "empty-unknown" : silent ? "empty-window" : "empty-filters")),
      !told ? reset("show-known", () => { view.as_of = atlas.article.day; }) : null,
      told && filtered ? reset("show-all", () => { view.said_by = null; view.kinds = null; view.certain = false; }) : null,
      told && beside ? make("button", { type: "button", on: { click: () => setDays(best[1], Math.min(best[2], best[1] + 366)) } }, words("go-nearest", { title: best[3].title, date: best[1] === best[2] ? dayWords(best[1]) : dayWords(best[1]) + " – " + dayWords(best[2]) })) : null].filter(Boolean));
  }

  let tiles = null;
  function setBase(id) {
    view.base_map = id;
    if (tiles) { tiles.remove(); tiles = null; }
    const chosenBase = atlas.basemaps.find((b) => b.id === id);
    root.classList.toggle("online", Boolean(chosenBase));
    if (chosenBase) tiles = L.tileLayer(chosenBase.url, { attribution: chosenBase.attribution, maxZoom: chosenBase.maxZoom, subdomains: chosenBase.subdomains }).addTo(map);
  }

  /* ---------- time ---------- */

  let axis; // {first, last} days in sight
  let timeWidth = 0;
  const x = (day) => ((day - axis.first) / (axis.last + 1 - axis.first)) * timeWidth;
  const dayAt = (px) => Math.floor(axis.first + (px / timeWidth) * (axis.last + 1 - axis.first));

  function setDays(first, last, quiet) {
    [first, last] = [clamp(first, atlas.span[0], atlas.span[1]), clamp(last, atlas.span[0], atlas.span[1])];
    if (first > last) [first, last] = [last, first];
    view.first = first; view.last = last;
    for (const typed of root.querySelectorAll(".typed")) typed.removeAttribute("aria-invalid"); // what was typed wrong is past
    $(".typed-note").textContent = "";
    if (first < axis.first || last > axis.last) zoomAxisTo(first, last);
    paint();
    if (!quiet) { if (chosen.id) { recountBeside(); redateCards(); } report(); }
  }
  function zoomAxisTo(first, last) {
    const pad = Math.max(8, Math.round((last - first + 1) * 0.5));
    axis = { first: clamp(first - pad, atlas.span[0], atlas.span[1] - 16), last: clamp(last + pad, atlas.span[0] + 16, atlas.span[1]) };
    buildAxis();
  }

  function buildTime() {
    const bar = $(".time");
    const typed = (edge) => make("input", { type: "text", class: "typed", inputmode: "numeric", maxlength: 10, spellcheck: "false", title: words("day-format"), "data-edge": edge, "aria-label": words("window-" + edge), on: { change: (e) => {
      const day = fromIso(e.target.value.trim());
      const wrong = day === null ? "day-wrong" : day < atlas.span[0] || day > atlas.span[1] ? "day-beyond" : null;
      e.target.setAttribute("aria-invalid", String(wrong !== null));
      $(".typed-note").textContent = wrong ? words(wrong, { first: toIso(atlas.span[0]), last: toIso(atlas.span[1]) }) : "";
      if (wrong) return;
      edge === "first" ? setDays(day, Math.max(day, view.last)) : setDays(Math.min(day, view.first), day);
    } } });
    bar.append(
      make("div", { class: "time-head" },
        make("button", { type: "button", class: "play", title: words("play"), "aria-label": words("play"), "aria-pressed": "false", on: { click: play } }, "▶"),
        make("span", { class: "typed-pair" }, typed("first"), " – ", typed("last")),
        make("span", { class: "typed-note", role: "alert" }),
        make("span", { class: "presets", role: "group", "aria-label": words("presets") }, ...atlas.presets.map(([label, first, last]) =>
          make("button", { type: "button", "data-preset": first + "/" + last, on: { click: () => { zoomAxisTo(first, last); setDays(first, last); } } }, label))),
        toggle("known", words("as-known", { date: dayWords(atlas.article.day) }), (on) => { view.as_of = on ? atlas.article.day : null; })),
      make("div", { class: "axis" }, make("svg", { class: "axis-svg", role: "group", "aria-label": words("time-axis") }),
        make("span", { class: "zoomers" },
          make("button", { type: "button", title: words("axis-in"), "aria-label": words("axis-in"), on: { click: () => zoomAxis(1 / 1.6) } }, "+"),
          make("button", { type: "button", title: words("axis-out"), "aria-label": words("axis-out"), on: { click: () => zoomAxis(1.6) } }, "−"))));
    const svg = $(".axis-svg");
    svg.addEventListener("wheel", (e) => { e.preventDefault(); zoomAxis(e.deltaY > 0 ? 1.25 : 0.8, dayAt(e.offsetX)); }, { passive: false });
    svg.addEventListener("pointerdown", startDrag);
    new ResizeObserver(() => {
      if (timeWidth === svg.clientWidth) return;
      timeWidth = svg.clientWidth;
      buildAxis();
    }).observe(svg);
  }
  function zoomAxis(factor, around) {
    const centre = around === undefined ? (view.first + view.last) / 2 : around;
    const length = clamp((axis.last - axis.first + 1) * factor, 10, atlas.span[1] - atlas.span[0] + 1);
    const share = (centre - axis.first) / (axis.last - axis.first + 1);
    let first = Math.round(centre - share * length);
    first = clamp(first, atlas.span[0], Math.max(atlas.span[0], atlas.span[1] - Math.round(length) + 1));
    axis = { first, last: Math.min(atlas.span[1], first + Math.round(length) - 1) };
    buildAxis();
    paintTime();
  }

  const LANE = { said: 28, bars: 58, ours: 73, line: 74, grips: 90, height: 108 }; // where each lane ends, in pixels from above
  function ticks() {
    const perDay = timeWidth / (axis.last - axis.first + 1);
    const unit = perDay > 34 ? "day" : perDay > 9 ? "week" : perDay > 1.6 ? "month" : perDay > 0.5 ? "quarter" : "year";
    const found = [];
    const start = new Date(axis.first * DAY), end = axis.last;
    let d = new Date(Date.UTC(start.getUTCFullYear(), unit === "year" || unit === "quarter" ? 0 : start.getUTCMonth(), 1));
    const step = { day: [0, 1], week: [0, 7], month: [1, 0], quarter: [3, 0], year: [12, 0] }[unit];
    while (d / DAY <= end) {
      const day = d / DAY, month = d.getUTCMonth(), dom = d.getUTCDate();
      if (day >= axis.first && !(unit === "week" && dom > 24)) {
        const year = month === 0 && dom === 1;
        found.push([day, unit === "year" ? String(d.getUTCFullYear())
          : unit === "day" || unit === "week" ? (dom === 1 || found.length === 0 ? dayWords(day, year || found.length === 0 ? "d m y" : "d m") : String(dom))
            : dayWords(day, year || found.length === 0 ? "m y" : "m")]);
      }
      d = unit === "week" && dom > 21 ? new Date(Date.UTC(d.getUTCFullYear(), month + 1, 1)) : new Date(Date.UTC(d.getUTCFullYear(), month + step[0], dom + step[1]));
    }
    return found;
  }

  /** Puts what would lie over each other into one heap: given in order of time, each in a column `width` pixels wide. */
  function heaps(items, width, leftOf) {
    const found = [];
    for (const item of items) {
      const left = Math.max(0, leftOf(item)), last = found[found.length - 1];
      if (last && left < last.left + width) last.list.push(item);
      else found.push({ left, list: [item] });
    }
    return found;
  }
  const thick = (pitch) => (pitch > 3 ? pitch - 1.5 : pitch * 0.7);

  /** Axis, ticks and marks: rebuilt only when the stretch of time in sight changes. */
  function buildAxis() {
    const svg = $(".axis-svg");
    if (!svg || !timeWidth) return;
    svg.setAttribute("viewBox", `0 0 ${timeWidth} ${LANE.height}`);
    const nodes = [make("rect", { class: "axis-back", x: 0, y: 0, width: timeWidth, height: LANE.line }), make("rect", { class: "brush", y: 0, height: LANE.line })];
    let free = -Infinity;
    for (const [day, label] of ticks()) {
      nodes.push(make("line", { class: "tick-line", x1: x(day), x2: x(day), y1: 0, y2: LANE.line }));
      ruler.font = `400 11px ${atlas.font}`;
      const width = ruler.measureText(label).width;
      if (x(day) + 3 < free || x(day) + 3 + width > timeWidth) continue;
      nodes.push(make("text", { class: "tick-text", x: x(day) + 3, y: LANE.grips + 13 }, label));
      free = x(day) + width + 12;
    }
    nodes.push(make("g", { class: "record-lane" }));
    // The handles lie under the marks, so that none is covered; a lane of their own, outside the window, is where they are always gripped.
    for (const edge of ["first", "last"]) {
      const out = (from, width) => (edge === "first" ? -from - width : from);
      nodes.push(make("g", { class: "handle", "data-handle": edge, role: "slider", tabindex: 0, "aria-label": words("window-" + edge), on: { keydown: (e) => nudge(e, edge) } },
        make("rect", { class: "handle-hit", x: out(-2, 10), y: 0, width: 10, height: LANE.line }), make("rect", { class: "handle-hit", x: out(0, 24), y: LANE.line, width: 24, height: LANE.height - LANE.line }),
        make("rect", { class: "handle-bar", x: -1.5, y: 0, width: 3, height: LANE.grips }), make("rect", { class: "handle-grip", x: out(-1.5, 13), y: LANE.line + 2, width: 13, height: LANE.grips - LANE.line - 2, rx: 3 })));
    }
    const known_ = x(atlas.article.day + 0.5);
    nodes.push(make("line", { class: "article-day", x1: known_, x2: known_, y1: 0, y2: LANE.line }, make("title", {}, words("article-day"))));
    // Short marks fill the upper lane, in columns that widen with the scale; long ones run as bars below it.
    const sorted = [...events.values()].sort((a, b) => (a.e ?? -1e9) - (b.e ?? -1e9));
    const bars = [];
    const short = sorted.filter((event) => {
      const e = event.e ?? event.l, l = event.l;
      if (e === null || e > axis.last || (l !== null && l < axis.first)) return false;
      const long = event.through || l === null || x(l + 1) - x(e) > Math.max(14, x(e + 1) - x(e));
      if (long) bars.push(event);
      return !long;
    });
    const mark = (kind, item, ...shapes) => nodes.push(make("g", { class: kind, "data-mark": item.id, "data-select": item.id }, make("title", {}, item.title), ...shapes));
    for (const { left, list } of heaps(short, 8, (event) => x(event.e ?? event.l))) {
      const day = list[0].e ?? list[0].l, wide = x(day + 1) - x(day), across = Math.max(1, Math.floor((wide - 4) / 8));
      const down = Math.ceil(list.length / across), pitch = Math.min(8, LANE.said / down), from = left + (across > 1 ? 3 : 0);
      list.forEach((event, i) => mark("time-mark", event, make("rect", { x: from + (i % across) * 8, y: LANE.said - (Math.floor(i / across) + 1) * pitch + 1, width: 6, height: thick(pitch), rx: 1 })));
    }
    const pitch = Math.min(5, (LANE.bars - LANE.said - 3) / Math.max(1, bars.length));
    bars.forEach((event, i) => {
      const y = LANE.said + 3 + i * pitch, height = thick(pitch);
      const inSight = (px) => clamp(px, 0, timeWidth);
      const from = inSight(x(event.e ?? event.l)), to = event.l === null ? timeWidth : inSight(x(event.l + 1));
      const sureFrom = event.s === null ? from : inSight(x(event.s)), sureTo = event.t === null ? to : inSight(x(event.t + 1));
      const surely = event.through && !event.unsure && (event.s ?? -1e9) <= (event.t ?? 1e9) && (event.s ?? -1e9) <= axis.last && (event.t ?? 1e9) >= axis.first;
      mark("time-mark", event, make("rect", { class: "fuzzy", x: from, y, width: Math.max(4, to - from), height }),
        surely ? make("rect", { x: sureFrom, y, width: Math.max(4, sureTo - sureFrom), height }) : null);
    });
    const dated = [...facts.values()].filter((fact) => (fact.e ?? fact.l) !== null && (fact.e ?? fact.l) <= axis.last && (fact.e ?? fact.l) >= axis.first);
    for (const { left, list } of heaps(dated.sort((a, b) => (a.e ?? a.l) - (b.e ?? b.l)), 5, (fact) => x((fact.e ?? fact.l) + 0.5) - 2)) {
      const step = Math.min(9, (LANE.ours - LANE.bars - 2) / list.length);
      list.forEach((fact, i) => mark("fact-mark", fact, make("rect", { x: left, y: LANE.ours - (i + 1) * step, width: 4, height: thick(step), rx: 1 })));
    }
    const held = svg.contains(document.activeElement) ? document.activeElement.dataset.handle : null;
    svg.replaceChildren(...nodes);
    if (held) svg.querySelector(`[data-handle="${held}"]`).focus();
    paintTime();
  }

  function paintTime() {
    const svg = $(".axis-svg");
    if (!svg || !timeWidth || !svg.firstChild) return;
    const left = clamp(x(view.first), -2, timeWidth), right = clamp(x(view.last + 1), 0, timeWidth + 2);
    const brush = svg.querySelector(".brush");
    brush.setAttribute("x", left); brush.setAttribute("width", Math.max(2, right - left));
    paintRecordLane(svg);
    for (const edge of ["first", "last"]) {
      const handle = svg.querySelector(`[data-handle="${edge}"]`), day = view[edge];
      const at = edge === "first" ? left : right;
      handle.setAttribute("transform", `translate(${clamp(at, 1, timeWidth - 1)},0)`);
      handle.setAttribute("aria-valuenow", day);
      handle.setAttribute("aria-valuemin", atlas.span[0]);
      handle.setAttribute("aria-valuemax", atlas.span[1]);
      handle.setAttribute("aria-valuetext", dayWords(day));
      const typed = root.querySelector(`[data-edge="${edge}"]`);
      if (typed.value !== toIso(day) && typed.getAttribute("aria-invalid") !== "true") typed.value = toIso(day);
    }
    for (const mark of svg.querySelectorAll(".time-mark, .fact-mark")) {
      const id = mark.dataset.mark, hidden = facts.has(id) && (!view.background || !known(facts.get(id)));
      mark.classList.toggle("in", lastShown.events.has(id) || lastShown.facts.has(id));
      mark.classList.toggle("chosen", chosen.id === id);
      mark.classList.toggle("unknown", hidden);
    }
    const key = view.first + "/" + view.last;
    for (const button of root.querySelectorAll("[data-preset]")) button.setAttribute("aria-pressed", String(button.dataset.preset === key));
  }

  /** Incidents in the background of the axis: counted anew only where something other than the window has changed. */
  function paintRecordLane(svg) {
    if (!record) return;
    const lane = svg.querySelector(".record-lane"), kinds = view.kinds && [...view.kinds].join(" "), on = !view.hidden.has("incidents");
    lane.toggleAttribute("hidden", !on);
    if (!on) return;
    const key = [axis.first, axis.last, timeWidth, kinds, view.certain, view.as_of, recordScope()].join("|");
    if (lane.dataset.key === key) return;
    lane.dataset.key = key;
    lane.replaceChildren(...record.bars(axis, x, LANE.line));
  }

  function nudge(event, edge) {
    const far = atlas.span[1] - atlas.span[0];
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1, PageDown: -30, PageUp: 30, Home: -far, End: far }[event.key];
    if (!step) return;
    event.preventDefault();
    edge === "first" ? setDays(Math.min(view.first + step, view.last), view.last) : setDays(view.first, Math.max(view.last + step, view.first));
  }

  function startDrag(event) {
    const mark = event.target.closest("[data-select]");
    if (mark) return; // a mark is clicked, not dragged
    const svg = $(".axis-svg"), box = svg.getBoundingClientRect();
    const handle = event.target.closest("[data-handle]");
    const at = dayAt(event.clientX - box.left);
    const inside = event.target.classList.contains("brush");
    const start = { first: view.first, last: view.last };
    const held = handle && event.clientX - clamp(handle.dataset.handle === "first" ? x(view.first) : x(view.last + 1), 0, timeWidth);
    const edgeAt = (px) => Math.round(axis.first + ((px - held) / timeWidth) * (axis.last + 1 - axis.first)); // a handle stands between two days
    svg.setPointerCapture(event.pointerId);
    const move = (e) => {
      const day = clamp(dayAt(e.clientX - box.left), axis.first, axis.last);
      if (handle && handle.dataset.handle === "first") setDays(clamp(edgeAt(e.clientX), axis.first, view.last), view.last, true);
      else if (handle) setDays(view.first, clamp(edgeAt(e.clientX) - 1, view.first, axis.last), true);
      else if (inside) {
        const by = clamp(day - at, atlas.span[0] - start.first, atlas.span[1] - start.last);
        setDays(start.first + by, start.last + by, true);
      } else setDays(Math.min(at, day), Math.max(at, day), true);
    };
    const end = () => {
      svg.removeEventListener("pointermove", move);
      svg.removeEventListener("pointerup", end);
      svg.removeEventListener("pointercancel", end);
      setDays(view.first, view.last);
    };
    svg.addEventListener("pointermove", move);
    svg.addEventListener("pointerup", end);
    svg.addEventListener("pointercancel", end);
    if (!handle && !inside) move(event);
  }

  function play() {
    const button = $(".play");
    if (playing) { clearInterval(playing); playing = null; button.textContent = "▶"; button.setAttribute("aria-pressed", "false"); setDays(view.first, view.last); return; }
    const end = view.as_of === null ? atlas.span[1] : Math.min(atlas.span[1], Math.max(view.as_of, view.last));
    const range = end - axis.first + 1; // a window as long as the story has nowhere to go: play through it in pieces
    const days = clamp(view.last - view.first + 1, 1, Math.max(1, Math.round(range / 24)));
    const step = Math.max(1, Math.round((axis.last - axis.first) / 60));
    if (view.last >= end || days < view.last - view.first + 1) setDays(axis.first, axis.first + days - 1, true);
    button.textContent = "❚❚";
    button.setAttribute("aria-pressed", "true");
    playing = setInterval(() => {
      if (view.last >= end) { play(); return; }
      const by = Math.min(step, end - view.last);
      setDays(view.first + by, view.last + by, true);
    }, 350);
  }

  /* ---------- what goes back to Python: the settled view, nothing else ---------- */

  let waiting = null, turn = null, acted = false; // turn: the last view taken over from Python; acted: whether the reader did anything since
  let away = false, unheard = false; // away: Streamlit has lost its server; unheard: something was reported meanwhile
  let asked = []; // asked: the incidents whose cards Python is to make, one by one, as "record/number"
  /** The view in the spelling of the address bar, for ui/state.py; the window alone where all is as usual. */
  function address() {
    const centre = map.getCenter(), camera = view.moved ? [centre.lat, centre.lng, map.getZoom()] : null;
    const told = mapappRules.write({ ...mapappRules.sent(view), camera }, atlas.address);
    return Object.keys(told).length ? told : { first: toIso(view.first), last: toIso(view.last) };
  }
  function report(after = 120, act = true) {
    acted ||= act;
    if (playing) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const told = address();
      unheard ||= away;
      if (window.Streamlit) window.Streamlit.setComponentValue({ address: told, turn, acted, incident: asked[0] ?? null });
      else history.replaceState(null, "", "#" + String(new URLSearchParams(told)).replaceAll("%2C", ","));
    }, after);
  }

  /** Reports again what was reported in vain: Streamlit disables its widgets while it looks for its server. */
  function onMessage({ source, data }) {
    if (source !== window.parent || !data || data.type !== "streamlit:render") return;
    const back = away && !data.disabled;
    away = Boolean(data.disabled);
    if (!back || !unheard) return;
    unheard = false;
    report(0, false);
  }

  /** In the page without a server, what follows # (or ?) in its address asks for a view. */
  function fromHash(opening) {
    const given = Object.fromEntries(new URLSearchParams((location.hash.length > 1 ? location.hash : location.search).slice(1)));
    const spellings = Object.entries(atlas.address.parameters).flatMap(([name, { alias }]) => [name, alias]);
    if (window.Streamlit || !spellings.some((spelling) => Object.hasOwn(given, spelling))) return opening;
    const { view: next, remarks } = mapappRules.read(given, atlas.address);
    const said = remarks.map(({ key, code, got, values }) => {
      const what = words(code, values);
      return words("remark", { key, what, got });
    });
    if (said.length) document.querySelector(".page-head > p").after(make("p", { class: "remarks", role: "status" }, words("bad-address") + " " + said.join(" ")));
    return next;
  }

  /** Takes over a view (opening, or Back in the browser). Unknown ids were dropped by ui/state.py. */
  function show(next) {
    turn = next.turn ?? null;
    view = { ...mapappRules.taken(next), moved: next.camera !== null };
  }
  /** Takes the card of an incident that was asked for. */
  function tell(card) {
    asked = asked.filter((name) => name !== card.name);
    if (record) record.tell(card);
    if (asked.length) report(0, false);
  }
  function adopt(next) {
    if (next.turn === turn) return; // it comes again with whatever else Python has to tell
    show(next);
    syncPanel();
    setBase(view.base_map);
    zoomAxisTo(view.first, view.last);
    chosen = { id: view.selected, here: [] };
    lastShown.events = new Map([["", 0]]);
    paint(); paintCards(); paintArticle(); renameAll(root);
    steer(() => place(next));
    acted = false;
    report(0, false); // a server started anew must find what the map shows, not what the reader did before
  }
  /** Brings the map back to where the page opens; what is selected stays, so the address then says where the map is. */
  function goHome() {
    steer(() => map.fitBounds(atlas.home, { animate: false }));
    view.moved = chosen.id !== null;
    report();
  }
  let steering = false; // whether the map is moved by us: only where the reader moved it goes into the address
  function steer(move) {
    steering = true;
    move();
    steering = false;
  }
  function place(next) {
    if (next.camera) map.setView([next.camera[0], next.camera[1]], next.camera[2], { animate: false });
    else {
      map.fitBounds(atlas.home, { animate: false });
      if (chosen.id) goTo(places.has(chosen.id) ? [chosen.id] : mainPlaces());
    }
  }

  /* ---------- the reader's records of incidents ---------- */

  let record = null, recordSource = null;
  /** The place that the layer of incidents keeps to: a chosen area or point. */
  const recordScope = () => (chosen.id && places.has(chosen.id) && !places.get(chosen.id).geometry.type.includes("Line") ? chosen.id : null);

  function loadRecord() {
    const script = make("script", { src: recordSource.script });
    const row_ = () => $('[data-row="incidents"]');
    const failed = (error) => { console.warn(error); row_().replaceChildren(make("p", { class: "none" }, words("record-failed"))); };
    script.addEventListener("error", failed);
    script.addEventListener("load", () => window.mapappRecord(recordSource, {
      map, atlas, make, words, dayWords, fromIso, nameOf, view: () => view, root: () => root, place: (id) => places.get(id), scope: recordScope,
      claims: (id) => (atlas.related[id] || []).map(([event]) => events.get(event)).filter((event) => event.kind === "clashes"),
      ask: (name) => { if (!asked.includes(name)) asked.push(name); if (asked.length === 1) report(0, false); },
      open: openIncidents,
      drawn: paintCredit,
    }).then((loaded) => {
      record = loaded;
      const box = row("incidents", words("layer-incidents"));
      row_().replaceWith(box);
      box.after(...record.kinds.map((kind) => {
        const node = filter("kinds", kind, () => make("span", {}, words("incident-kind-" + kind)));
        node.dataset.recordKind = kind;
        return node;
      }));
      const sources = make("div", { class: "small record-sources" }, make("ul", { class: "sources" }, ...record.records.map(record.caption)));
      $(".group-as-recorded").append(sources);
      syncPanel();
      paint();
      if (chosen.id) paintCards();
      map.on("mousemove", (e) => map.getContainer().classList.toggle("over-incident", record.at(e.latlng).length > 0));
      document.documentElement.dataset.record = "1";
    }).catch(failed));
    document.head.append(script);
  }

  /* ---------- start ---------- */

  function frame() {
    root = make("main", { id: "mapapp" },
      make("aside", { class: "panel", "aria-label": words("layers-and-filters") }),
      make("div", { class: "stage" }, make("div", { class: "credit", hidden: true }), make("div", { class: "record-label" }), make("div", { class: "beyond", hidden: true }), make("div", { class: "empty", role: "status", hidden: true })),
      make("div", { class: "reading" }, make("div", { class: "cards", "aria-live": "polite" }),
        make("article", { class: "article", lang: atlas.article.lang, dir: atlas.article.dir, tabindex: 0, "aria-label": words("the-article") },
          make("header", { lang: atlas.locale, dir: "ltr" }, make("h2", {}, words("article-heading")), make("p", { class: "byline" }, atlas.article.byline), make("p", { class: "reading-count", role: "status" })))),
      make("div", { class: "time", "aria-label": words("time") }),
      make("nav", { class: "tabs" }, ...["article", "panel"].map((tab) => make("button", { type: "button", "data-tab": tab, "aria-pressed": String(tab === "article"), on: { click: () => {
        root.dataset.tab = tab;
        for (const button of root.querySelectorAll("[data-tab]")) if (button.tagName === "BUTTON") button.setAttribute("aria-pressed", String(button.dataset.tab === tab));
      } } }, words("tab-" + tab)))));
    root.dataset.tab = "article";
    document.body.append(fragment(atlas.symbols));
    root.addEventListener("click", onClick);
    root.addEventListener("wheel", (e) => { // where the page itself scrolls, the wheel scrolls it, and zooms only with Ctrl
      const scrolls = document.body.scrollHeight > document.body.clientHeight + 1;
      if (scrolls && !e.ctrlKey && e.target.closest(".stage, .axis-svg")) e.stopPropagation();
    }, { capture: true, passive: true });
    let scrolled = 0; // as the body scrolls down, the page around the frame makes way: else the text would run past a slit
    document.body.addEventListener("scroll", () => {
      const { scrollTop } = document.body;
      if (scrollTop > scrolled && window.Streamlit && window.frameElement) window.frameElement.scrollIntoView({ block: "nearest" });
      scrolled = scrollTop;
    }, { passive: true });
    root.addEventListener("keydown", (e) => {
      if (e.key === "Escape") view.screenshot ? setClean(false) : (chosen.id || chosen.incidents) && select(null);
      if ((e.key === "Enter" || e.key === " ") && e.target.classList.contains("passage")) { e.preventDefault(); e.target.click(); }
    });
  }
  function onClick(event) {
    const target = event.target.closest("[data-select], [data-window], .passage");
    if (!target) return;
    if (target.dataset.window) { const [first, last] = target.dataset.window.split("/").map(fromIso); zoomAxisTo(first, last); setDays(first, last); }
    else if (target.dataset.select) select(target.dataset.select, target.dataset.keep ? { here: chosen.here, words: chosen.words } : undefined);
    else if (!String(window.getSelection())) {
      const ids = target.dataset.events.split(" ");
      select(ids[0], { here: ids, words: true });
    }
  }

  /** Takes over the page's light or dark theme, which loader.js has set: a canvas takes no colour from a style sheet. */
  function restyle() {
    if (record) record.restyle();
  }

  /** Outside Streamlit the system says whether the page is light or dark. */
  function followSystem() {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const follow = () => { if (!printing) document.documentElement.dataset.theme = dark.matches ? "dark" : "light"; };
    follow();
    if (!window.Streamlit) dark.addEventListener("change", follow);
  }

  function start(leaflet, source) {
    map = leaflet;
    recordSource = source || null;
    atlas = window.mapappAtlas;
    for (const table of Object.values(atlas)) // looked up by id: an id such as "constructor" must find nothing of Object's
      if (table && Object.getPrototypeOf(table) === Object.prototype) Object.setPrototypeOf(table, null);
    for (const item of atlas.places) places.set(item.id, item);
    renamed = atlas.places.filter((item) => item.namesWhen.length).map((item) => item.id);
    for (const item of atlas.events) events.set(item.id, item);
    for (const item of atlas.facts) facts.set(item.id, item);
    for (const item of atlas.layers) layers.set(item.id, item);
    if (!document.documentElement.dataset.theme) followSystem();
    const opening = fromHash(JSON.parse(document.getElementById("mapapp-opening").textContent));
    show(opening);
    axis = { first: view.first, last: view.last };
    chosen = { id: view.selected, here: [] };
    frame();
    buildTime();
    $(".stage").prepend(map.getContainer());
    document.body.append(root);
    timeWidth = $(".axis-svg").clientWidth; // sizes are asked for while there is little to lay out
    map.invalidateSize({ animate: false });
    $(".article").append(...atlas.paragraphs.map(fragment));
    buildPanel();
    syncPanel();
    setBase(view.base_map);
    renameAll(root);
    makePanes();
    place(opening);
    map.attributionControl.setPrefix("Leaflet");
    map.attributionControl.addAttribution(atlas.attribution);
    const home = L.control({ position: "topleft" });
    home.onAdd = () => make("div", { class: "leaflet-bar" }, make("button", { type: "button", class: "home", title: words("home"), "aria-label": words("home"), on: { click: (e) => { L.DomEvent.stop(e); goHome(); } } }, symbol("home")));
    home.addTo(map);
    L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);
    const scale = () => { // marks shrink with the map, so that they do not bury it
      root.classList.toggle("far", map.getZoom() < 8.75);
      root.classList.toggle("distant", map.getZoom() < 6.75);
    };
    scale();
    zoomAxisTo(view.first, view.last);
    placeAnchors();
    lastShown.events = new Map([["", 0]]);
    paint();
    if (chosen.id) { paintCards(); scrollToPassage(); }
    new ResizeObserver(() => steer(() => map.invalidateSize({ animate: false }))).observe(map.getContainer());
    map.on("zoomend", scale);
    map.on("zoomend moveend resize", () => { placeAnchors(); paintCredit(); paintLabels(); });
    map.on("moveend", () => { if (!steering) { view.moved = true; report(); } });
    map.on("click", (e) => selectAt(e.latlng));
    window.addEventListener("beforeprint", beforePrint);
    window.addEventListener("afterprint", afterPrint);
    if (!window.Streamlit) window.addEventListener("hashchange", () => location.reload()); // typed in by the reader
    else window.addEventListener("message", onMessage);
    document.documentElement.dataset.ready = "1";
    if (recordSource) requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(loadRecord))); // once the map is on the screen
  }

  window.mapapp = {
    start,
    adopt,
    tell,
    restyle,
    /** Sorted ids of the places and events visible now. */
    shown: () => [...lastShown.places, ...lastShown.events.keys()].sort(),
    /** The window as {first, last}, ISO days, ends included. */
    window: () => ({ first: toIso(view.first), last: toIso(view.last) }),
    /** Sets the window; throws RangeError on anything but two ISO days in order and on the axis. */
    setWindow: (first, last) => {
      const [a, b] = [fromIso(first), fromIso(last)];
      if (a === null || b === null || a > b) throw new RangeError("setWindow: two ISO days, first not after last (got " + first + ", " + last + ")");
      if (a < atlas.span[0] || b > atlas.span[1]) throw new RangeError("setWindow: days from " + atlas.span.map(toIso).join(" to ") + " (got " + first + ", " + last + ")");
      zoomAxisTo(a, b);
      setDays(a, b);
    },
    /** Selects a place, event or fact; null clears. False where the id is unknown. */
    select: (id) => select(id),
    /** The standing of a shown place ("retaken", "surrounded", …), or null. */
    status: (id) => lastShown.standing.get(id) || null,
    /** What of the reader's records shows, and what is counted for a place; null without records. */
    record: (id) => (record ? record.status(id) : null),
  };
  try { if (window.parent !== window) window.parent.mapapp = window.mapapp; } catch { /* another origin holds the frame: the frame's own interface stays */ }
})();

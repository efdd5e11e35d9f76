"use strict";
(() => {
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

  // mapapp/web/src/address.js
  var NUMBER = /^-?[0-9]+(\.[0-9]+)?$/;
  var LONGEST_QUOTED = 58;
  function quoted(text) {
    const letters = [...text];
    const cut = letters.length > LONGEST_QUOTED ? `${letters.slice(0, LONGEST_QUOTED - 1).join("")}…` : text;
    return [...`"${cut}"`].map((letter) => /[\p{C}\p{Z}]/u.test(letter) && letter !== " " ? escaped(letter) : letter).join("");
  }
  function escaped(letter) {
    if (letter === "	") return "\\t";
    if (letter === "\n") return "\\n";
    if (letter === "\r") return "\\r";
    const code = letter.codePointAt(0) ?? 0;
    const [mark2, digits] = code < 256 ? ["x", 2] : code < 65536 ? ["u", 4] : ["U", 8];
    return `\\${mark2}${code.toString(16).padStart(Number(digits), "0")}`;
  }
  var Reader = class {
    /**
     * @param {Query} query
     * @param {AddressTable} table
     */
    constructor(query2, { parameters, longest }) {
      this.query = query2;
      this.parameters = parameters;
      this.spelling = {};
      this.values = {};
      this.remarks = [];
      for (const name of Object.keys(parameters)) this.find(name, longest);
    }
    /** @param {string} name */
    parameter(name) {
      return (
        /** @type {AddressParameter} */
        this.parameters[name]
      );
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
      const { default: otherwise, allowed } = this.parameter(name);
      if (!this.has(name)) return otherwise;
      if (allowed.includes(this.text(name))) return this.text(name);
      this.remark(name, "remark-unknown");
      return otherwise;
    }
    /** @param {string} name */
    flag(name) {
      return this.word(name) === "1";
    }
    /** @param {string} name */
    words(name) {
      const { default: otherwise, allowed } = this.parameter(name);
      const none2 = otherwise === null ? null : [];
      if (!this.has(name)) return none2;
      const asked2 = new Set(this.text(name).split(",").filter(Boolean));
      const known = [...asked2].filter((word) => allowed.includes(word)).sort();
      if (known.length < asked2.size) this.remark(name, "remark-unknown");
      return known.length || !asked2.size ? known : none2;
    }
    /** @param {string} name */
    numbers(name) {
      if (!this.has(name)) return null;
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
  };
  function read(query2, table) {
    const names = Object.keys(table.parameters);
    const reader = new Reader(query2, table);
    const view = reader.window();
    for (const name of names) view[name] ??= reader[reader.parameter(name).kind](name);
    const order = names.flatMap((name) => [name, reader.parameter(name).alias]);
    const remarks = reader.remarks.sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
    return { view: (
      /** @type {Opening} */
      /** @type {unknown} */
      view
    ), remarks };
  }
  function written(value, { low, high, decimals, turn }) {
    const round = turn && (value < low || value > high) ? value - turn * Math.floor((value - low) / turn) : value;
    const text = Math.min(Math.max(round, low), high).toFixed(decimals);
    return Number(text) === 0 ? text.replace("-", "") : text;
  }
  function textOf(value, { kind, allowed, numbers }) {
    if (kind === "flag") return value ? "1" : "0";
    if (value === null) return kind === "day" ? allowed[0] : null;
    if (kind === "words") return [...value].sort().join(",");
    if (kind === "numbers") return numbers.map((number, i) => written(value[i], number)).join(",");
    return value;
  }
  function write(view, { parameters }) {
    const texts = Object.entries(parameters).map(([name, parameter]) => {
      return (
        /** @type {[string, string]} */
        [name, textOf(view[
          /** @type {keyof Opening} */
          name
        ], parameter)]
      );
    });
    const left = texts.filter(([name, text]) => text !== parameters[name]?.default);
    const window2 = left.some(([name]) => name === "first" || name === "last");
    return Object.fromEntries([...window2 ? texts.slice(0, 2) : [], ...left]);
  }

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
  function fragment(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    return holder.content;
  }
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
  var symbol = (name) => svg("svg", { class: "symbol", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("use", { href: `#kind-${name}` }));
  var inputOf = (event) => (
    /** @type {HTMLInputElement} */
    event.target
  );

  // mapapp/web/src/incident_requests.js
  var asked = [];
  function askAgain() {
    if (asked.length) window.Streamlit?.setComponentValue({ incident: asked[0] });
  }
  function ask(name) {
    if (!asked.includes(name)) asked.push(name);
    if (asked.length === 1) askAgain();
  }
  function answered(name) {
    asked = asked.filter((other) => other !== name);
    askAgain();
  }

  // mapapp/web/src/rules.js
  function certainty(time, first, last) {
    if (time.earliest !== null && time.earliest > last || time.latest !== null && time.latest < first) return 0;
    if (time.uncertain) return 1;
    if (!time.throughout)
      return time.earliest !== null && time.latest !== null && time.earliest >= first && time.latest <= last ? 2 : 1;
    const from = time.certainFrom ?? -Infinity;
    const to = time.certainTo ?? Infinity;
    return from <= to && from <= last && to >= first ? 2 : 1;
  }
  var published = (event, atlas, asOf) => asOf === null || atlas.articles.some(({ id, day }) => id === event.article && day <= asOf);
  var begun = (item, asOf) => asOf === null || item.earliest === null || item.earliest <= asOf;
  var statusDay = (view) => view.as_of === null ? view.last : Math.min(view.last, view.as_of);
  var snapshotDay = (view) => Math.max(view.first, statusDay(view));
  function statusOn(place, day) {
    let held = null;
    for (const status of place.statuses) {
      if (status.earliest !== null && status.earliest > day) continue;
      if (status.latest !== null && status.latest < day) continue;
      if (held === null || (status.earliest ?? -Infinity) > (held.earliest ?? -Infinity)) held = status;
    }
    return held === null ? null : held.status;
  }
  var passes = (event, view) => (view.article === null || view.article === event.article) && (!view.said_by || view.said_by.has(event.said_by)) && (!view.kinds || view.kinds.has(event.kind));
  function select(atlas, view) {
    const enough2 = view.certain ? 2 : 1;
    const snapshots = new Set(atlas.layers.filter((layer) => layer.snapshot).map((layer) => layer.id));
    const places = atlas.places.filter((place) => showsPlace(place, snapshots.has(place.layer), view));
    return {
      places: new Set(places.map(({ id }) => id)),
      events: new Map(
        atlas.events.filter((event) => published(event, atlas, view.as_of) && passes(event, view)).map((event) => (
          /** @type {const} */
          [event.id, certainty(event, view.first, view.last)]
        )).filter(([, sure]) => sure >= enough2)
      ),
      facts: new Set(
        (view.background ? atlas.facts : []).filter((fact) => begun(fact, view.as_of) && certainty(fact, view.first, view.last) >= enough2).map(({ id }) => id)
      ),
      standing: new Map(places.map((place) => [place.id, statusOn(place, statusDay(view))]))
    };
  }
  function showsPlace(place, snapshot, view) {
    if (view.hidden.has(place.layer) || !begun(place, view.as_of)) return false;
    const [first, last] = snapshot ? [snapshotDay(view), snapshotDay(view)] : [view.first, view.last];
    return certainty(place, first, last) >= (view.certain ? 2 : 1);
  }
  var taken = (view) => ({
    ...view,
    first: dayOf(view.first),
    last: dayOf(view.last),
    as_of: view.as_of === null ? null : dayOf(view.as_of),
    said_by: view.said_by && new Set(view.said_by),
    kinds: view.kinds && new Set(view.kinds),
    hidden: new Set(view.hidden)
  });
  var sent = (view) => ({
    ...view,
    first: toIso(view.first),
    last: toIso(view.last),
    as_of: view.as_of === null ? null : toIso(view.as_of),
    said_by: view.said_by && [...view.said_by],
    kinds: view.kinds && [...view.kinds],
    hidden: [...view.hidden]
  });

  // mapapp/web/src/state.js
  var nothing = () => ({ places: /* @__PURE__ */ new Set(), events: /* @__PURE__ */ new Map(), facts: /* @__PURE__ */ new Set(), standing: /* @__PURE__ */ new Map() });
  var state = (
    /** @type {State} */
    /** @type {Partial<State>} */
    {
      chosen: { id: null, here: [] },
      shown: nothing(),
      dirty: true,
      playing: false,
      printing: false,
      places: /* @__PURE__ */ new Map(),
      events: /* @__PURE__ */ new Map(),
      facts: /* @__PURE__ */ new Map(),
      layers: /* @__PURE__ */ new Map(),
      incidents: null
    }
  );
  function named(table, id) {
    const found = table.get(id);
    if (found === void 0) throw new Error(`unknown id ${id}`);
    return found;
  }
  var placeOf = (id) => named(state.places, id);
  var eventOf = (id) => named(state.events, id);
  var factOf = (id) => named(state.facts, id);
  var layerOf = (place) => named(state.layers, place.layer);
  var roleOf = (place) => layerOf(place).role;
  var $ = (selector) => one(state.root, selector);
  var $$ = (selector) => all(state.root, selector);
  var answer = () => {
  };
  function onChange(listener) {
    answer = listener;
  }
  var changed = (change) => answer(change);
  function setDays(first, last, more) {
    const [low, high] = state.atlas.span;
    const days = [first, last].map((day) => clamp(day, low, high)).sort((a, b) => a - b);
    [state.view.first, state.view.last] = /** @type {[number, number]} */
    days;
    changed(more ? "step" : "days");
  }
  function set(what, settings2) {
    Object.assign(state.view, settings2);
    changed(what);
  }
  var clamp = (value, low, high) => Math.min(Math.max(value, low), high);

  // mapapp/web/src/words.js
  var pluralRules;
  var filled = (value) => typeof value === "number" ? value.toLocaleString(state.atlas.locale) : String(value ?? "");
  function words(key, values = {}) {
    const forms = state.atlas.words[key] ?? key;
    if (typeof forms === "string") return forms.replace(/\{(\w+)\}/g, (_, name) => filled(values[name]));
    pluralRules ??= new Intl.PluralRules(state.atlas.locale);
    const message = forms[pluralRules.select(Number(values.n))] ?? key;
    return message.replace(/\{(\w+)\}/g, (_, name) => filled(values[name]));
  }
  function dayWords(day, parts = "d m y") {
    const date = new Date(day * DAY);
    const { months } = state.atlas;
    return parts.replace(
      /[dmy]/g,
      (part) => part === "d" ? String(date.getUTCDate()) : part === "m" ? months[date.getUTCMonth()] : String(date.getUTCFullYear())
    );
  }
  function daysWords(first, last) {
    return first === last ? dayWords(first) : `${dayWords(first)} – ${dayWords(last)}`;
  }
  function nameOf(id) {
    const names = namesOf(id);
    return names[languageIn(names)] ?? id;
  }
  function namesOf(id) {
    const place = state.places.get(id);
    const { last } = state.view;
    if (!place) return state.atlas.actors[id] ?? {};
    const dated = place.namesWhen.find(([from, to]) => (from === null || from <= last) && (to === null || to >= last));
    return dated ? dated[2] : place.names;
  }
  function languageIn(names) {
    const wanted = state.view.names;
    const found = [wanted, wanted.split("-")[0] ?? ""].find((tag) => tag in names);
    return found ?? Object.keys(names)[0] ?? "";
  }
  var languageOf = (id) => languageIn(namesOf(id));
  function renameAll(within) {
    for (const node of all(within, "[data-name]")) {
      const id = node.dataset.name ?? "";
      node.textContent = nameOf(id);
      node.lang = languageOf(id);
    }
  }
  var labelOf = (place, whole) => layerOf(place).short && !whole ? (
    /** @type {string} */
    nameOf(place.id).split(/\s*[,،(]/)[0]
  ) : nameOf(place.id);

  // mapapp/web/src/address_bar.js
  var SETTLED = 120;
  var waiting;
  var away = false;
  var changedMeanwhile = false;
  var spellings = () => new Set(Object.entries(state.atlas.address.parameters).flatMap(([name, { alias }]) => [name, alias]));
  function query() {
    if (window.Streamlit) return window.parent.location.search;
    return location.hash.length > 1 ? location.hash.slice(1) : location.search;
  }
  var readQuery = () => read(Object.fromEntries(new URLSearchParams(query())), state.atlas.address);
  var viewOfAddress = () => readQuery().view;
  var written2 = (parameters) => String(new URLSearchParams(parameters)).replaceAll("%2C", ",");
  function writeView() {
    if (state.playing) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const { view, map, atlas } = state;
      const { lat, lng } = map.getCenter();
      const camera = view.moved ? [lat, lng, map.getZoom()] : null;
      const parameters = write({ ...sent(view), camera }, atlas.address);
      if (window.Streamlit) return push(parameters);
      const days = { first: toIso(view.first), last: toIso(view.last) };
      history.replaceState(null, "", `#${written2(Object.entries(Object.keys(parameters).length ? parameters : days))}`);
    }, SETTLED);
  }
  function push(parameters) {
    const { location: location2, history: history2 } = window.parent;
    const ours = spellings();
    const others = [...new URLSearchParams(location2.search)].filter(([name]) => !ours.has(name));
    const text = written2([...others, ...Object.entries(parameters)]);
    const search = text ? `?${text}` : "";
    if (search === location2.search) return;
    history2.pushState({}, "", `${location2.pathname}${search}${location2.hash}`);
    if (away) changedMeanwhile = true;
    else announce();
  }
  var announce = () => window.parent.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  function openingView(exported) {
    const { view, remarks } = readQuery();
    if (window.Streamlit) return view;
    const ours = spellings();
    if (![...new URLSearchParams(query()).keys()].some((name) => ours.has(name))) return exported;
    const said = remarks.map(({ key, code, got, values }) => words("remark", { key, what: words(code, values), got }));
    if (said.length) {
      const note = make("p", { class: "remarks", role: "status" }, `${words("bad-address")} ${said.join(" ")}`);
      document.querySelector(".page-head > p")?.after(note);
    }
    return view;
  }
  function followAddress(take) {
    if (!window.Streamlit) {
      window.addEventListener("hashchange", () => location.reload());
      return;
    }
    const closed = new AbortController();
    const follow = (event) => {
      if (!event.isTrusted) return;
      clearTimeout(waiting);
      take(viewOfAddress());
    };
    window.parent.addEventListener("popstate", follow, { signal: closed.signal });
    window.addEventListener("pagehide", ({ persisted }) => persisted || closed.abort());
    window.addEventListener("message", onMessage);
  }
  function onMessage({ source, data }) {
    if (source !== window.parent || data?.type !== "streamlit:render") return;
    const isBack = away && !data.disabled;
    away = Boolean(data.disabled);
    if (!isBack) return;
    if (changedMeanwhile) announce();
    changedMeanwhile = false;
    askAgain();
  }

  // mapapp/web/src/selection.js
  var statementOf = (id) => state.events.has(id) ? eventOf(id) : factOf(id);
  var isKnown = (id) => state.places.has(id) || state.events.has(id) || state.facts.has(id);
  function litPlaces() {
    const { id } = state.chosen;
    if (!id) return /* @__PURE__ */ new Set();
    if (state.places.has(id)) return /* @__PURE__ */ new Set([id]);
    return new Set(
      statementOf(id).places.map(([place]) => place).filter((place) => state.places.has(place))
    );
  }
  function mainPlaces() {
    if (!state.chosen.id) return [];
    const links = statementOf(state.chosen.id).places.filter(([id]) => state.places.has(id));
    for (const roles of [["subject"], ["site"], ["part", "about"], ["seat"]]) {
      const found = links.filter(([, role]) => roles.includes(role)).map(([id]) => id);
      if (found.length) return found;
    }
    return [];
  }
  function chosenPlaces() {
    const { id } = state.chosen;
    return id && state.places.has(id) ? [id] : mainPlaces();
  }
  function litEvents() {
    const { id } = state.chosen;
    if (!id) return [];
    if (state.events.has(id)) return [id];
    if (state.facts.has(id)) return factOf(id).explains;
    return (state.atlas.related[id] || []).map(([event]) => event);
  }
  function select2(id, click) {
    if (id !== null && !isKnown(id)) return false;
    state.chosen = { id, here: click?.here ?? [], words: click?.words ?? false, stay: click !== void 0 };
    state.view.selected = id;
    changed("selection");
    return true;
  }
  function openIncidents(incidents) {
    state.chosen = { id: null, here: [], incidents };
    state.view.selected = null;
    changed("incidents");
  }
  function incidentScope() {
    const { id } = state.chosen;
    const place = id === null ? void 0 : state.places.get(id);
    return place && !place.geometry.type.includes("Line") ? place.id : null;
  }

  // mapapp/web/src/visible.js
  var isPublished = (event) => published(event, state.atlas, state.view.as_of);
  var isOpen = (event) => isPublished(event) && (state.view.article ?? event.article) === event.article;
  var openEvents = () => [...state.events.values()].filter(isOpen);
  var eventsOfArticles = () => [...state.events.values()].filter((event) => (state.view.article ?? event.article) === event.article);
  var hasBegun = (item) => begun(item, state.view.as_of);
  var enough = () => state.view.certain ? 2 : 1;
  var certaintyOf = (item) => certainty(item, state.view.first, state.view.last);
  var inWindow = (item) => certaintyOf(item) >= enough();
  var standingDay = () => statusDay(state.view);
  var lastSnapshotDay = () => snapshotDay(state.view);
  var standingOf = (place) => statusOn(place, standingDay());
  function whyHidden(event) {
    if (!isPublished(event)) return "unknown";
    const sure = certaintyOf(event);
    if (sure === 0) return "window";
    if (!passes(event, state.view)) return "filters";
    return sure < enough() ? "sure" : null;
  }
  var spokenOf = (id) => (state.atlas.related[id] || []).filter(([event, via]) => via === null && state.shown.events.has(event)).map(([event]) => event);
  var isSpokenOf = (id, shown) => (state.atlas.related[id] || []).some(([event, via]) => via === null && shown.events.has(event));
  var same = (a, b) => a.places.size === b.places.size && a.events.size === b.events.size && a.facts.size === b.facts.size && [...a.places].every((id) => b.places.has(id) && a.standing.get(id) === b.standing.get(id)) && [...a.events].every(([id, sure]) => b.events.get(id) === sure) && [...a.facts].every((id) => b.facts.has(id));

  // mapapp/web/src/article.js
  var eventsOf = (passage) => (passage.dataset.events ?? "").split(" ");
  function paintArticle() {
    const { article } = state.view;
    for (const part of $$(".article-part")) part.hidden = article !== null && part.dataset.article !== article;
    const lit = new Set(litEvents());
    for (const node of $$(".article .passage")) {
      const ids = eventsOf(node);
      node.classList.toggle(
        "lit",
        ids.some((id) => lit.has(id))
      );
      node.classList.toggle(
        "in",
        ids.some((id) => state.shown.events.has(id))
      );
    }
    $(".reading-count").textContent = countWords();
  }
  function countWords() {
    const { shown, view } = state;
    const [n, all2] = [shown.events.size, eventsOfArticles().length];
    const open = openEvents();
    if (view.as_of !== null && !open.length) return words("statements-unknown", { all: all2, date: dayWords(view.as_of) });
    const inTime = open.filter(inWindow).length;
    const key = `statements-${inTime > n ? "filtered" : "shown"}${view.certain ? "-sure" : ""}`;
    return words(key, { n, all: all2, window: inTime, hidden: inTime - n });
  }
  function scrollToPassage() {
    const { related } = state.atlas;
    const own = (related[state.chosen.id ?? ""] || []).filter(([, via]) => via === null).map(([event]) => event);
    const lit = $$(".article .passage.lit");
    const first = lit.find((node) => eventsOf(node).some((id) => own.includes(id))) ?? lit[0];
    if (!first) return;
    const pane = $(".article");
    const top = first.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
    pane.scrollTop = top - Math.min(60, pane.clientHeight / 4);
  }

  // mapapp/web/src/camera.js
  var ABROAD = 4e5;
  var steering = false;
  var isSteering = () => steering;
  function steer(move) {
    steering = true;
    move();
    steering = false;
  }
  var fitHome = () => state.map.fitBounds(
    /** @type {L.LatLngBoundsLiteral} */
    state.atlas.home,
    { animate: false }
  );
  function moveTo(camera) {
    if (camera) {
      const [lat, lon, zoom] = (
        /** @type {[number, number, number]} */
        camera
      );
      state.map.setView([lat, lon], zoom, { animate: false });
    } else {
      fitHome();
      if (state.chosen.id) goTo(chosenPlaces());
    }
  }
  function goTo(ids) {
    const { map } = state;
    const box = L.latLngBounds([]);
    const near = ids.filter((id) => roleOf(placeOf(id)) !== "country" || ids.length === 1);
    for (const id of near.length ? near : ids) {
      const [west, south, east, north] = placeOf(id).box;
      box.extend([south, west]).extend([north, east]);
    }
    if (!box.isValid()) return;
    const tooSmall = map.getBoundsZoom(box) > map.getZoom() + 2 && box.getNorthEast().distanceTo(box.getSouthWest()) > 1;
    if (map.getBounds().contains(box) && !tooSmall) return;
    const home = L.latLngBounds(
      /** @type {L.LatLngBoundsLiteral} */
      state.atlas.home
    ).getCenter();
    const maxZoom = home.distanceTo(box.getCenter()) > ABROAD ? 5 : clamp(map.getZoom(), 10, 11);
    map.fitBounds(box, { maxZoom, padding: [30, 30], animate: false });
  }

  // mapapp/web/src/cards.js
  function paintCards() {
    const { chosen, root, incidents } = state;
    const pane = $(".cards");
    const open = chosen.id !== null || Boolean(chosen.incidents);
    root.classList.toggle("has-cards", open);
    pane.replaceChildren(...open ? [head()] : []);
    if (!open) return;
    const list = make("div", { class: "cards-list" });
    if (chosen.id !== null) list.append(...cardsOf(chosen.id));
    else if (incidents && chosen.incidents) list.append(incidents.cards(chosen.incidents));
    pane.append(list);
    if (chosen.id !== null) {
      hideWhatCameLater(pane);
      updateCards();
    }
    pane.scrollTop = 0;
  }
  function head() {
    const { chosen, places, facts } = state;
    const id = chosen.id ?? "";
    const what = chosen.incidents ? "incidents" : places.has(id) ? "place" : facts.has(id) ? "fact" : "event";
    return make(
      "div",
      { class: "cards-head" },
      make("h2", { tabindex: -1 }, words(`selected-${what}`)),
      button({ class: "quiet", title: words("close"), "aria-label": words("close") }, () => select2(null), "×")
    );
  }
  function cardsOf(id) {
    const { atlas, events, places } = state;
    const facts = atlas.factsOf[id] || [];
    const parts = [...alsoHere(id), fragment(atlas.cards[id])];
    if (places.has(id)) parts.push(...besidePlace(id, facts));
    else if (events.has(id)) {
      if (facts.length) parts.push(section("background-to", facts, "background"));
      const [place] = mainPlaces();
      if (state.atlas.counted.includes(eventOf(id).kind) && place) parts.push(...incidentsBeside(place));
    }
    return parts;
  }
  function alsoHere(id) {
    const { chosen, events } = state;
    const others = chosen.here.filter((other) => other !== id);
    if (!others.length) return [];
    const chips = others.map(
      (other) => make(
        "button",
        { type: "button", class: "chip", "data-select": other, "data-keep": "1" },
        events.get(other)?.title ?? make("bdi", { "data-name": other }, nameOf(other))
      )
    );
    return [make("p", { class: "here" }, `${words(chosen.words ? "also-words" : "also-here")} `, ...chips)];
  }
  function besidePlace(id, facts) {
    const { atlas } = state;
    const related = atlas.related[id] || [];
    const own = related.filter(([, via]) => via === null).map(([event]) => event);
    const inside = related.filter(([, via]) => via !== null);
    const parts = [...incidentsBeside(id), statements("article-here", own)];
    if (inside.length) parts.push(statementsInside(inside));
    if (facts.length) parts.push(section("background-here", facts, "background"));
    const origin = make("section", { class: "background" }, make("h3", {}, words("about-mark")));
    origin.append(fragment(atlas.details[id]));
    return [...parts, origin];
  }
  function incidentsBeside(id) {
    const beside = !state.view.hidden.has("incidents") ? state.incidents?.section(id) : null;
    return beside ? [beside] : [];
  }
  var cardOf = (id) => fragment(state.atlas.cards[id]);
  var heading = (title, n) => make("h3", {}, `${words(title)} `, make("span", { class: "n" }, String(n)));
  var section = (title, ids, classes) => make("section", { class: classes }, heading(title, ids.length), ...ids.map(cardOf));
  function statements(title, ids) {
    if (!ids.length)
      return make("section", { class: "said" }, heading(title, 0), make("p", { class: "none" }, words("article-silent")));
    const data = { class: "said", "data-statements": ids.join(" ") };
    return make("section", data, heading(title, ids.length), ...statementLists(ids.map(cardOf)));
  }
  function statementsInside(related) {
    const cards = related.map(([id, via]) => {
      const card = cardOf(id);
      const note = make("p", { class: "via" }, `${words("via")} `, make("bdi", { "data-name": via }));
      card.firstElementChild?.prepend(note);
      return card;
    });
    const summary = make("summary", {}, heading("article-within", related.length));
    return make(
      "section",
      { class: "said folded", "data-statements": related.map(([id]) => id).join(" ") },
      make("details", {}, summary, ...statementLists(cards))
    );
  }
  var statementLists = (cards) => [
    make("div", { class: "shown-statements" }, ...cards),
    make("details", { class: "not-shown", hidden: true }, make("summary", {}))
  ];
  function hideWhatCameLater(pane) {
    const { as_of: asOf } = state.view;
    for (const node of all(pane, "[data-known]")) node.hidden = asOf !== null && Number(node.dataset.known) > asOf;
    for (const node of all(pane, ".contrast")) node.hidden = !node.querySelector("li:not([hidden])");
    for (const node of all(pane, "section.background"))
      if (!node.querySelector(".card:not([hidden])")) node.hidden = true;
  }
  function updateCards() {
    const { chosen, events, places, shown } = state;
    const pane = $(".cards");
    for (const card of all(pane, "[data-card]")) {
      const id = card.dataset.card ?? "";
      card.classList.toggle("outside", events.has(id) && !shown.events.has(id));
    }
    const now = chosen.id !== null && places.has(chosen.id) ? standingOf(placeOf(chosen.id)) : null;
    const standing = now && words("status-now", { status: words(`status-${now}`), date: dayWords(standingDay()) });
    for (const node of all(pane, ".status-now")) node.textContent = standing;
    for (const card of all(pane, ".card.said")) sayWhyHidden(card);
    for (const box of all(pane, "[data-statements]")) regroup(box);
    for (const box of all(pane, "section.background")) {
      const n = box.querySelector("h3 .n");
      if (n) n.textContent = String(box.querySelectorAll(".card:not([hidden])").length);
    }
    renameAll(pane);
  }
  var whyCardHidden = (card) => whyHidden(eventOf(card.dataset.card ?? ""));
  function sayWhyHidden(card) {
    const why = whyCardHidden(card);
    let note = card.querySelector(":scope > .why-hidden");
    if (!why) return note?.remove();
    if (!note) {
      note = make("p", { class: "why-hidden" });
      one(card, ".card-kind").after(note);
    }
    note.textContent = words(`hidden-${why}`);
  }
  function regroup(box) {
    const order = (box.dataset.statements ?? "").split(" ");
    const rest = (
      /** @type {HTMLDetailsElement} */
      one(box, ".not-shown")
    );
    const place = new Map(order.map((id, i) => [id, i]));
    const cards = all(box, ".card.said").sort(
      (a, b) => (place.get(a.dataset.card ?? "") ?? 0) - (place.get(b.dataset.card ?? "") ?? 0)
    );
    const reasons = /* @__PURE__ */ new Map();
    for (const card of cards) {
      const why = whyCardHidden(card);
      if (why) reasons.set(why, (reasons.get(why) || 0) + 1);
      (why ? rest : one(box, ".shown-statements")).append(card);
    }
    const hidden = [...reasons.values()].reduce((sum, n) => sum + n, 0);
    one(box, "h3 .n").textContent = String(cards.length - hidden);
    rest.hidden = hidden === 0;
    if (hidden === cards.length && !box.classList.contains("folded")) rest.open = true;
    one(rest, "summary").textContent = [...reasons].map(([why, n]) => words(`more-${why}`, { n })).join("; ");
  }
  function recountBeside() {
    const beside = $(".cards").querySelector("[data-record]");
    if (!beside || !state.incidents) return;
    const id = (
      /** @type {HTMLElement} */
      beside.dataset.record ?? ""
    );
    const anew = state.incidents.section(id);
    if (!anew) return;
    const open = [...beside.querySelectorAll("details")].map((node) => node.open);
    anew.querySelectorAll("details").forEach((node, i) => {
      node.open = Boolean(open[i]);
    });
    beside.replaceWith(anew);
  }

  // mapapp/web/src/geometry.js
  var isPoint = (place) => place.geometry.type === "Point";
  var isLine = (place) => place.geometry.type.includes("Line");
  function goesRound(ring, x, y) {
    let inside = false;
    let [xj, yj] = (
      /** @type {[number, number]} */
      ring[ring.length - 1]
    );
    for (
      const [xi, yi] of
      /** @type {[number, number][]} */
      ring
    ) {
      if (yi > y !== yj > y && x < (xj - xi) * (y - yi) / (yj - yi) + xi) inside = !inside;
      [xj, yj] = [xi, yi];
    }
    return inside;
  }
  function areaHolds(place, lon, lat) {
    const [west, south, east, north] = place.box;
    if (lon < west || lon > east || lat < south || lat > north) return false;
    const { type, coordinates } = place.geometry;
    const polygons = type === "Polygon" ? [coordinates] : coordinates;
    return polygons.some(
      ([shell, ...holes]) => shell && goesRound(shell, lon, lat) && !holes.some((hole) => goesRound(hole, lon, lat))
    );
  }
  function linesOf({ type, coordinates }) {
    if (type === "LineString") return [coordinates];
    return type === "MultiPolygon" ? coordinates.flat() : coordinates;
  }
  var overlap = ([left, top, right, bottom], [l, t, r, b]) => left < r && right > l && top < b && bottom > t;

  // mapapp/web/src/badge_rules.js
  function badgesFor(shown, events, places, layers) {
    const badges2 = /* @__PURE__ */ new Map();
    for (const [id, certainty2] of shown) {
      const event = events.get(id);
      for (const at of new Set(event?.places.map(([place]) => place))) {
        const place = places.get(at);
        if (!event || !place || !isPoint(place) || layers.get(place.layer)?.badges === false) continue;
        const badge = badges2.get(at) ?? { statements: 0, kinds: [], possible: true, key: "" };
        badge.statements += 1;
        if (!badge.kinds.includes(event.kind)) badge.kinds.push(event.kind);
        badge.possible &&= certainty2 === 1;
        badge.key += `${id}${certainty2} `;
        badges2.set(at, badge);
      }
    }
    return badges2;
  }

  // mapapp/web/src/marks.js
  var drawn = /* @__PURE__ */ new Map();
  function nodesOf(layer) {
    const found = [];
    const element = layer.getElement?.();
    if (element) {
      const inner = element.classList.contains("mark") ? element.firstElementChild : null;
      found.push(
        /** @type {HTMLElement} */
        inner ?? element
      );
    }
    layer.eachLayer?.((child) => {
      if (
        /** @type {L.PathOptions} */
        child.options.className !== "hit"
      ) found.push(...nodesOf(child));
    });
    return found;
  }

  // mapapp/web/src/hits.js
  var NEAR = 6;
  var NEAR_POINT = 10;
  var AGAIN = 4;
  function gapTo(lines, at) {
    let gap = Infinity;
    for (const line of lines) {
      let before = null;
      for (const [lon, lat] of line) {
        const here = state.map.latLngToContainerPoint([lat, lon]);
        if (before) gap = Math.min(gap, at.distanceTo(L.LineUtil.closestPointOnSegment(at, before, here)));
        before = here;
      }
    }
    return gap;
  }
  function looksOf(id) {
    const layer = drawn.get(id);
    const node = layer && nodesOf(layer)[0];
    if (!node) return { filled: false, edged: false };
    const style = getComputedStyle(node);
    return {
      filled: style.fill !== "none" && Number(style.fillOpacity) >= 0.1,
      edged: Number(style.strokeOpacity) > 0 && Number.parseFloat(style.strokeWidth) >= 1.2
    };
  }
  function namedAt(at) {
    const { left, top } = state.map.getContainer().getBoundingClientRect();
    const pane = (
      /** @type {HTMLElement} */
      state.map.getPane("m-labels")
    );
    for (
      const node of
      /** @type {Iterable<HTMLElement>} */
      pane.children
    ) {
      const box = node.getBoundingClientRect();
      const across = at.x + left >= box.left && at.x + left <= box.right;
      if (across && at.y + top >= box.top && at.y + top <= box.bottom) return node.dataset.place;
    }
    return void 0;
  }
  function nearness(place, latlng, at) {
    const { map } = state;
    const pane = -state.atlas.drawing.indexOf(place.layer);
    if (isPoint(place)) {
      const [lon, lat] = place.geometry.coordinates;
      const gap = at.distanceTo(map.latLngToContainerPoint([lat, lon]));
      return gap <= NEAR_POINT ? [1, gap] : null;
    }
    if (isLine(place)) {
      const gap = gapTo(linesOf(place.geometry), at);
      return gap <= NEAR ? [2, pane, gap] : null;
    }
    const looks = looksOf(place.id);
    if (looks.edged && gapTo(linesOf(place.geometry), at) <= NEAR / 2) return [2, pane, 0];
    if (!areaHolds(place, latlng.lng, latlng.lat)) return null;
    const base = state.layers.get(place.layer)?.group === "base";
    return [3, base ? 2 : looks.filled ? 0 : 1, pane, place.area];
  }
  function compare(a, b) {
    const at = a.findIndex((value, i) => value !== b[i]);
    return at < 0 ? 0 : a[at] - b[at];
  }
  function placesAt(latlng) {
    const { map } = state;
    const at = map.latLngToContainerPoint(latlng);
    const named2 = namedAt(at);
    const around = L.latLngBounds(
      map.containerPointToLatLng(at.subtract([NEAR, NEAR])),
      map.containerPointToLatLng(at.add([NEAR, NEAR]))
    );
    const found = [];
    for (const [id, layer] of drawn) {
      const place = placeOf(id);
      const [west, south, east, north] = place.box;
      if (roleOf(place) === "land" || !map.hasLayer(layer)) continue;
      if (!isPoint(place) && !around.intersects([[south, west], [north, east]])) continue;
      const near = id === named2 ? [0] : nearness(place, latlng, at);
      if (near) found.push([id, near]);
    }
    return found.sort((a, b) => compare(a[1], b[1])).map(([id]) => id);
  }
  var clicked = null;
  function selectAt(latlng, hit) {
    const { map, chosen, incidents } = state;
    const at = map.latLngToContainerPoint(latlng);
    const again = clicked !== null && map.latLngToContainerPoint(clicked).distanceTo(at) <= AGAIN;
    clicked = latlng;
    const rows = incidents ? incidents.at(latlng) : [];
    const under = placesAt(latlng);
    const here = hit ? [hit, ...under.filter((id) => id !== hit)] : under;
    const points = here.filter((id) => isPoint(placeOf(id)));
    const stack = rows.length ? [...points, null, ...here.filter((id) => !points.includes(id))] : here;
    if (!stack.length) return;
    const now = chosen.incidents ? stack.indexOf(null) : stack.findIndex((id) => id !== null && id === chosen.id);
    const next = stack[again ? (now + 1) % stack.length : 0] ?? null;
    next === null ? openIncidents(rows) : select2(next, { here });
  }

  // mapapp/web/src/map.js
  var EARLY = 5;
  var LATE = 10;
  function makePanes() {
    const { map } = state;
    const { drawing } = state.atlas;
    drawing.forEach((name, i) => {
      map.createPane(`m-${name}`).style.zIndex = String(210 + Math.floor(i * 180 / drawing.length));
    });
    const labels = map.createPane("m-labels");
    labels.style.zIndex = "640";
    labels.classList.add("labels");
    for (const { id, role } of state.layers.values())
      if (role === "land") map.getPane(`m-${id}`).style.pointerEvents = "none";
  }
  function classesOf(place) {
    const role = roleOf(place);
    const [low] = place.zoom;
    const size = low <= EARLY ? " early" : low >= LATE ? " late" : "";
    const more = `${role ? ` role-${role}` : ""}${size}${place.draft ? " draft" : ""}`;
    return `place layer-${place.layer} kind-${place.kind} basis-${place.basis}${more}`;
  }
  var symbolOf = (place) => symbol(`place-${place.kind}`);
  function draw(place) {
    const layer = isPoint(place) ? drawPoint(place) : drawShape(place);
    drawn.set(place.id, layer);
    return layer;
  }
  function drawShape(place) {
    const feature = (
      /** @type {GeoJSON.Feature} */
      { type: "Feature", geometry: place.geometry }
    );
    const path = (options) => {
      const all2 = { pane: `m-${place.layer}`, smoothFactor: 0.8, bubblingMouseEvents: false, ...options };
      return L.GeoJSON.geometryToLayer(
        feature,
        /** @type {L.GeoJSONOptions} */
        all2
      );
    };
    const line = isLine(place);
    const shape = path({
      className: `${classesOf(place)} ${line ? "line" : "area"}`,
      weight: 1,
      fill: !line,
      interactive: roleOf(place) !== "land"
    });
    const layer = line ? L.featureGroup([path({ className: "hit", fill: false }), shape]) : shape;
    layer.on("click", (event) => {
      L.DomEvent.stop(event);
      selectAt(event.latlng);
    });
    if (roleOf(place) !== "land") hover(layer, place);
    return layer;
  }
  function drawPoint(place) {
    const [lon, lat] = place.geometry.coordinates;
    const html = make("span", { class: classesOf(place) }, symbolOf(place));
    const marker = L.marker([lat, lon], {
      icon: L.divIcon({ html, className: "mark", iconSize: [18, 18] }),
      alt: nameOf(place.id),
      keyboard: true,
      bubblingMouseEvents: false,
      zIndexOffset: state.atlas.drawing.indexOf(place.layer) * 20
    });
    marker.on("click", (event) => selectAt(event.latlng, place.id));
    hover(marker, place);
    return marker;
  }
  function tip(place) {
    const status = state.shown.standing.get(place.id);
    const count = spokenOf(place.id).length;
    return make(
      "span",
      {},
      make("b", { lang: languageOf(place.id) }, nameOf(place.id)),
      status ? make("span", { class: "tip-note" }, words(`status-${status}`)) : null,
      make("span", { class: "tip-note" }, words("within-km", { km: place.tolerance })),
      count ? make("span", { class: "tip-note said" }, words("statements", { n: count })) : null
    );
  }
  function hover(layer, own) {
    let place = own;
    const content = () => tip(place);
    layer.bindTooltip(content, { sticky: true, direction: "top", offset: [0, -8], className: "tip", opacity: 1 });
    if (isPoint(own)) return;
    layer.on("mouseover mousemove", (event) => {
      const { latlng } = (
        /** @type {L.LeafletMouseEvent} */
        event
      );
      const top = placesAt(latlng).find((id) => roleOf(placeOf(id)) !== "country");
      if (!top) return void layer.closeTooltip();
      if (placeOf(top) !== place) {
        place = placeOf(top);
        layer.setTooltipContent(
          /** @type {any} */
          content
        );
      }
      if (!layer.isTooltipOpen()) layer.openTooltip(latlng);
    });
  }
  function paintPlaces(shown) {
    const { map, chosen } = state;
    const lit = litPlaces();
    const main = new Set(chosen.id ? chosenPlaces() : []);
    for (const [id, place] of state.places) {
      const visible = shown.places.has(id) || lit.has(id) && hasBegun(place);
      if (!visible && !drawn.has(id)) continue;
      const layer = drawn.get(id) || draw(place);
      if (visible !== map.hasLayer(layer)) visible ? map.addLayer(layer) : map.removeLayer(layer);
      if (!visible) continue;
      const status = standingOf(place) || "none";
      const spoken = isSpokenOf(id, shown);
      for (const node of nodesOf(layer)) {
        if (node.dataset.status !== status) node.dataset.status = status;
        node.classList.toggle("lit", lit.has(id));
        node.classList.toggle("main", main.has(id));
        node.classList.toggle("ghost", !shown.places.has(id));
        node.classList.toggle("spoken", spoken);
      }
    }
  }
  var tiles = null;
  function paintBase() {
    tiles?.remove();
    tiles = null;
    const base = state.atlas.basemaps.find(({ id }) => id === state.view.base_map);
    state.root.classList.toggle("online", Boolean(base));
    if (!base) return;
    const { url, attribution, maxZoom, subdomains } = base;
    tiles = L.tileLayer(url, { attribution, maxZoom, subdomains }).addTo(state.map);
  }

  // mapapp/web/src/badges.js
  var MOST_SYMBOLS = 3;
  var badges = /* @__PURE__ */ new Map();
  function paintBadges() {
    const wanted = !state.view.hidden.has("events") ? badgesFor(state.shown.events, state.events, state.places, state.layers) : /* @__PURE__ */ new Map();
    for (const [id, { marker }] of badges) {
      if (wanted.has(id)) continue;
      marker.remove();
      badges.delete(id);
    }
    for (const [id, badge] of wanted) {
      const key = badge.key + state.view.names;
      const old = badges.get(id);
      if (old?.key === key) continue;
      old?.marker.remove();
      badges.set(id, { ...drawBadge(id, badge), statements: badge.statements, key });
    }
  }
  function drawBadge(id, { statements: statements2, kinds, possible }) {
    const symbols = kinds.slice(0, MOST_SYMBOLS);
    const html = make(
      "span",
      { class: possible ? "badge possible" : "badge", "data-of": id },
      ...symbols.map((kind) => symbol(kind)),
      statements2 > 1 ? make("b", {}, String(statements2)) : null
    );
    const place = placeOf(id);
    const [lon, lat] = place.geometry.coordinates;
    const width2 = 8 + symbols.length * 17 + (statements2 > 1 ? 12 : 0);
    const marker = L.marker([lat, lon], {
      icon: L.divIcon({ html, className: "mark", iconSize: [width2, 22], iconAnchor: [width2 / 2, 27] }),
      alt: words("badge", { place: nameOf(id), n: statements2 }),
      zIndexOffset: 1e3,
      bubblingMouseEvents: false
    });
    marker.on("click", (event) => selectAt(event.latlng, id));
    hover(marker, place);
    marker.addTo(state.map);
    return { marker, width: width2 };
  }
  function badgeBox(id) {
    const { marker, width: width2 } = (
      /** @type {BadgeOnMap} */
      badges.get(id)
    );
    const at = state.map.latLngToContainerPoint(marker.getLatLng());
    return [at.x - width2 / 2, at.y - 27, at.x + width2 / 2, at.y - 4, id];
  }

  // mapapp/web/src/label_layout.js
  var EDGE = 2;
  var SURROUNDED = 3;
  var isWanted = (place, zoom, statements2, lit) => place.at !== null && (lit || statements2 > 0 || zoom >= place.zoom[0] && zoom <= place.zoom[1]);
  function byWorth(places, counts, lit) {
    const worth = ({ id, rank }) => [Number(!lit.has(id)), -(counts.get(id) ?? 0), rank];
    return places.map((place) => ({ place, worth: worth(place) })).sort((a, b) => a.worth.map((value, i) => value - Number(b.worth[i])).find((gap) => gap !== 0) ?? 0).map(({ place }) => place);
  }
  function layOut(candidates, taken2, marks, [width2, height], written3) {
    const covered = [...taken2];
    const done = new Set(written3);
    const placed = /* @__PURE__ */ new Map();
    const left = [];
    for (const { id, name, shared, counted, far, near, ...own } of candidates) {
      if (shared && done.has(name)) continue;
      const isFree = (boxes, [x, y]) => x >= EDGE && y >= EDGE && x + own.width <= width2 - EDGE && y + own.height <= height - EDGE && !boxes.some((box) => box[4] !== id && overlap(box, [x, y, x + own.width, y + own.height, id]));
      const isBare = (at) => isFree(covered, at);
      const isClear = (at) => isBare(at) && isFree(marks, at);
      const spot = near.find(isClear) ?? (counted ? far().find(isClear) ?? near.find(isBare) ?? far().find(isBare) : void 0);
      if (shared && (spot || counted)) done.add(name);
      if (spot) {
        placed.set(id, spot);
        covered.push([spot[0], spot[1], spot[0] + own.width, spot[1] + own.height, ""]);
      } else if (counted) left.push(id);
    }
    return { placed, left };
  }
  function spotsFor([x, y], { width: width2, height }, { point, badge }) {
    const middle = x - width2 / 2;
    if (!point) return [0, height / 2 + 6.5, -height / 2 - 6.5].map((down) => [middle, y - height / 2 + down]);
    const gap = badge === null ? 9 : badge / 2 + 2;
    const levels = badge === null ? [y - height / 2] : [y - height / 2, y - 15 - height / 2];
    const sides = levels.flatMap((level) => [[x + gap, level], [x - gap - width2, level]]);
    return [
      ...sides,
      [middle, y + 8],
      [middle, y - height - (badge === null ? 8 : 29)],
      [x + 4, y + 6],
      [x - width2 - 4, y + 6]
    ];
  }
  function anchorOf(place, { box: [west, south, east, north], rows, middles }) {
    if (!place.at) return null;
    const [lon, lat] = place.at;
    if (lon >= west && lon <= east && lat >= south && lat <= north) return null;
    const [w, s, e, n] = place.box;
    if (w > east || e < west || s > north || n < south) return null;
    const hits = new Set([...middles.keys()].filter((cell) => holds(place, middles[cell])));
    let best = null;
    let most = SURROUNDED;
    for (const cell of hits) {
      const around = neighbours(cell, rows).filter((near) => hits.has(near)).length;
      if (around > most) [best, most] = [cell, around];
    }
    return best === null ? null : middles[best] ?? null;
  }
  var holds = (place, at) => at !== void 0 && areaHolds(place, at[0], at[1]);
  function neighbours(cell, rows) {
    const row2 = cell % rows;
    const levels = [-1, 0, 1].filter((step) => row2 + step >= 0 && row2 + step < rows);
    return [-rows, 0, rows].flatMap((across) => levels.map((step) => cell + across + step));
  }

  // mapapp/web/src/text_width.js
  var ruler = (
    /** @type {CanvasRenderingContext2D} */
    document.createElement("canvas").getContext("2d")
  );
  function textWidth(text, weight, size) {
    ruler.font = `${weight} ${size}px ${state.atlas.font}`;
    return ruler.measureText(text).width;
  }

  // mapapp/web/src/labels.js
  var anchors = /* @__PURE__ */ new Map();
  var sights = /* @__PURE__ */ new Map();
  var unlabelled = [];
  var lastLabelled = "";
  var renamed;
  function placeAnchors() {
    const { map } = state;
    anchors.clear();
    sights.clear();
    const { x, y } = map.getSize();
    const bounds = map.getBounds();
    const [columns, rows] = [9, 7];
    const middles = Array.from({ length: columns * rows }, (_, cell) => {
      const { lng, lat } = map.containerPointToLatLng([
        (Math.floor(cell / rows) + 0.5) / columns * x,
        (cell % rows + 0.5) / rows * y
      ]);
      return (
        /** @type {Point} */
        [lng, lat]
      );
    });
    const box = (
      /** @type {[number, number, number, number]} */
      [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
    );
    for (const place of state.places.values()) {
      const large = ["country", "province"].includes(roleOf(place) ?? "");
      const anchor = large ? anchorOf(place, { box, rows, middles }) : null;
      if (anchor) anchors.set(place.id, anchor);
    }
  }
  function spotOf(place) {
    const [lon, lat] = (
      /** @type {Point} */
      anchors.get(place.id) ?? place.at
    );
    return state.map.latLngToContainerPoint([lat, lon]);
  }
  function countStatements() {
    const counts = new Map([...badges].map(([id, { statements: statements2 }]) => [id, statements2]));
    for (const id of state.shown.places) {
      const place = placeOf(id);
      const n = isPoint(place) || !place.at ? 0 : spokenOf(id).length;
      if (n) counts.set(id, n);
    }
    return counts;
  }
  function paintLabelsIfChanged() {
    const { shown, view } = state;
    renamed ??= [...state.places.values()].filter(({ namesWhen }) => namesWhen.length).map(({ id }) => id);
    const key = [
      ...shown.places,
      "|",
      ...litPlaces(),
      view.names,
      view.screenshot,
      ...[...badges].map(([id, { statements: statements2 }]) => id + statements2),
      ...renamed.map(nameOf),
      ...[...shown.events].flat()
    ].join(" ");
    if (key === lastLabelled) return;
    lastLabelled = key;
    paintLabels();
  }
  function paintLabels() {
    const { map, shown } = state;
    const counts = countStatements();
    const lit = litPlaces();
    const candidates = [.../* @__PURE__ */ new Set([...shown.places, ...badges.keys()])].map(placeOf);
    const wanted = candidates.filter(
      (place) => isWanted(place, map.getZoom(), counts.get(place.id) ?? 0, lit.has(place.id))
    );
    const ordered = byWorth(wanted, counts, lit);
    const listed = new Set([...badges.keys()].filter((id) => isCutOff(badgeBox(id))));
    let placed;
    let left;
    do {
      paintBeyond([...counts].filter(([id]) => listed.has(id)).sort((a, b) => b[1] - a[1]));
      const covers = coversOf();
      const inMap = ordered.filter(({ id }) => !listed.has(id)).map((place) => candidateOf(place, counts, lit, covers));
      const written3 = new Set([...listed].map((id) => labelOf(placeOf(id), lit.has(id))));
      const badged = [...badges.keys()].filter((id) => !listed.has(id)).map(badgeBox);
      const { x, y } = map.getSize();
      ({ placed, left } = layOut(inMap, [...covers, ...badged], pointBoxes(), [x, y], written3));
      for (const id of left) listed.add(id);
    } while (left.length);
    const nodes = [...placed].map(([id, at]) => labelNode(placeOf(id), at, counts.get(id) ?? 0, lit.has(id)));
    map.getPane("m-labels").replaceChildren(...nodes);
    for (const [id, { marker }] of badges) {
      const element = marker.getElement();
      if (element) element.hidden = listed.has(id);
    }
  }
  function isCutOff([left, top, right, bottom]) {
    const { x, y } = state.map.getSize();
    return left < 0 || top < 0 || right > x || bottom > y;
  }
  function coversOf() {
    const { left, top } = state.map.getContainer().getBoundingClientRect();
    const over = state.view.screenshot ? [$(".credit")] : [...$(".beyond").children];
    return [...over, ...$$(".leaflet-control-container .leaflet-control")].map((node) => node.getBoundingClientRect()).filter(({ width: width2 }) => width2).map((box) => [box.left - left - 3, box.top - top - 2, box.right - left + 3, box.bottom - top + 2, ""]);
  }
  function pointBoxes() {
    return [...state.shown.places].map(placeOf).filter(isPoint).map(({ id, at }) => {
      const [lon, lat] = (
        /** @type {Point} */
        at
      );
      const { x, y } = state.map.latLngToContainerPoint([lat, lon]);
      return [x - 6, y - 6, x + 6, y + 6, id];
    });
  }
  function candidateOf(place, counts, lit, covers) {
    const { id } = place;
    const { look, once } = layerOf(place);
    const name = labelOf(place, lit.has(id));
    const count = counts.get(id) ?? 0;
    const point = isPoint(place);
    const weight = lit.has(id) || place.great ? 700 : look.weight;
    const number = count && !point ? 16 + 6 * String(count).length : 0;
    const spread = look.spread ? name.length * look.size * look.spread : 0;
    const text = look.upper ? name.toUpperCase() : name;
    const width2 = textWidth(text, weight, look.size) + spread + number + 4;
    const height = look.size + 5;
    const spot = spotOf(place);
    return {
      id,
      name,
      shared: once,
      counted: count > 0,
      width: width2,
      height,
      near: isSeen(place, covers) ? spotsFor([spot.x, spot.y], { width: width2, height }, { point, badge: badges.get(id)?.width ?? null }) : [],
      far: () => point ? [] : partsInSight(place).map(([x, y]) => [x - width2 / 2, y - height / 2])
    };
  }
  function labelNode(place, at, count, lit) {
    const { id, layer, kind } = place;
    const origin = state.map.containerPointToLayerPoint([0, 0]);
    const node = make(
      "span",
      {
        class: `label label-${layer} kind-${kind}${lit ? " lit" : ""}${place.draft ? " draft" : ""}`,
        "data-place": id,
        lang: languageOf(id),
        dir: "auto"
      },
      labelOf(place, lit)
    );
    if (count && !isPoint(place)) node.append(" ", make("b", { class: "count" }, String(count)));
    node.style.transform = `translate(${Math.round(at[0] + origin.x)}px, ${Math.round(at[1] + origin.y)}px)`;
    return node;
  }
  function isSeen(place, covers) {
    const { map } = state;
    const [west, south, east, north] = place.box;
    if (!isPoint(place)) return map.getBounds().intersects(L.latLngBounds([south, west], [north, east]));
    const [lon, lat] = (
      /** @type {Point} */
      place.at
    );
    const { x, y } = map.latLngToContainerPoint([lat, lon]);
    const size = map.getSize();
    return x >= 0 && y >= 0 && x <= size.x && y <= size.y && !covers.some((box) => overlap(box, [x, y, x, y, ""]));
  }
  function partsInSight(place) {
    let found = sights.get(place.id);
    if (!found) {
      const at = spotOf(place);
      const gap = ([x, y]) => Math.hypot(x - at.x, y - at.y);
      found = (isLine(place) ? lineParts(place) : areaParts(place)).sort((a, b) => gap(a) - gap(b));
      sights.set(place.id, found);
    }
    return found;
  }
  function lineParts(place) {
    const size = state.map.getSize();
    return linesOf(place.geometry).flat().map(([lon, lat]) => state.map.latLngToContainerPoint([lat, lon])).filter(({ x, y }) => x > 0 && y > 0 && x < size.x && y < size.y).map(({ x, y }) => [x, y]);
  }
  function areaParts(place) {
    const size = state.map.getSize();
    const found = [];
    for (let x = 20; x < size.x; x += 24)
      for (let y = 12; y < size.y; y += 16) {
        const { lat, lng } = state.map.containerPointToLatLng([x, y]);
        if (areaHolds(place, lng, lat)) found.push([x, y]);
      }
    return found;
  }
  function paintBeyond(beyond) {
    const { view, map } = state;
    unlabelled = beyond;
    state.root.querySelector(".credit-beyond")?.replaceWith(beyondNote());
    const box = $(".beyond");
    const names = beyond.map(([id]) => nameOf(id));
    const key = beyond.map(([id, n]) => id + n).join(" ") + view.names + view.screenshot + map.getSize() + names;
    if (box.dataset.key === key) return;
    box.dataset.key = key;
    box.hidden = beyond.length === 0;
    box.replaceChildren(
      make("span", {}, words("beyond")),
      ...beyond.map(
        ([id, n]) => make(
          "button",
          { type: "button", class: "chip", "data-select": id },
          make("bdi", { "data-name": id, lang: languageOf(id) }, nameOf(id)),
          make("b", { class: "count" }, String(n))
        )
      )
    );
  }
  var beyondNote = () => make(
    "p",
    { class: "small credit-beyond", hidden: !unlabelled.length },
    `${words("beyond")} `,
    ...unlabelled.flatMap(([id, n], i) => [i ? ", " : "", make("bdi", { lang: languageOf(id) }, nameOf(id)), ` ${n}`])
  );

  // mapapp/web/src/legend.js
  function shownByLayer() {
    const found = /* @__PURE__ */ new Map();
    for (const place of [...state.shown.places].map(placeOf)) {
      const list = found.get(place.layer);
      list ? list.push(place) : found.set(place.layer, [place]);
    }
    return found;
  }
  function paintLegend() {
    const shown = shownByLayer();
    for (const box of $$('[data-row]:not([data-row="incidents"])')) {
      const id = box.dataset.row ?? "";
      paintRow(box, id, shown.get(id) ?? []);
    }
    for (const node of $$(".filter:not([data-record-kind])")) paintFilter(node);
  }
  function paintRow(box, id, here) {
    const on2 = !state.view.hidden.has(id);
    const n = id === "events" ? countAtPoints() : here.length;
    one(box, ".n").textContent = on2 ? String(n) : "";
    box.classList.toggle("nothing", on2 && n === 0);
    const entries = legendEntries(here);
    const single = entries.length === 1 && here[0] && !statusOf(here[0]) ? here[0] : void 0;
    one(box, ".row-swatch").replaceChildren(...single ? [swatchOf(single)] : []);
    one(box, ".keys").replaceChildren(
      ...single ? [] : entries.map(legendEntry),
      ...state.layers.get(id)?.unmarked && here.length ? [notShown(id)] : [],
      ...id !== "events" && on2 && n === 0 ? [nothingShows(id)] : []
    );
    const open = (
      /** @type {HTMLElement | null} */
      box.querySelector("details[open]")
    );
    if (open) listPlaces(open, id);
  }
  function notShown(id) {
    const land = svg("rect", { x: 1.5, y: 1.5, width: 23, height: 11, class: "unmarked-land" });
    const swatch = svg("svg", { class: "swatch", viewBox: "0 0 26 14", "aria-hidden": "true" }, land);
    return make("div", { class: "key" }, swatch, make("span", {}, words(`unmarked-${id}`)));
  }
  function nothingShows(id) {
    const key = state.layers.get(id)?.snapshot ? "no-snapshot" : "none-in-window";
    const day = nearestDay(id);
    const link = day === null ? null : button({ class: "link" }, () => setDays(day, day), words("nearest", { date: dayWords(day) }));
    return make("p", { class: "none" }, words(key), " ", link);
  }
  function paintFilter(node) {
    const input = (
      /** @type {HTMLInputElement} */
      one(node, "input")
    );
    const field = input.dataset.filter === "said_by" ? "said_by" : "kind";
    const theirs = [...state.events.values()].filter((event) => event[field] === input.value);
    const n = theirs.filter((event) => isOpen(event) && inWindow(event)).length;
    one(node, ".n").textContent = String(n);
    node.classList.toggle("nothing", n === 0);
  }
  var countAtPoints = () => [...state.shown.events.keys()].filter((id) => eventOf(id).places.some(([place]) => badges.has(place))).length;
  function listPlaces(box, layer) {
    const { names: lang } = state.view;
    const { compare: compare2 } = new Intl.Collator(lang);
    const here = (shownByLayer().get(layer) ?? []).sort((a, b) => compare2(nameOf(a.id), nameOf(b.id)));
    one(box, ".places").replaceChildren(
      ...here.map(
        ({ id }) => make(
          "button",
          { type: "button", class: "chip", "data-select": id },
          make("bdi", { "data-name": id, lang: languageOf(id) }, nameOf(id))
        )
      )
    );
  }
  function legendEntries(places) {
    const looks = new Map(
      places.map((place) => [`${place.layer}|${place.kind}|${statusOf(place) || ""}|${place.draft}`, place])
    );
    return [...looks.keys()].sort().map((look) => (
      /** @type {PlaceItem} */
      looks.get(look)
    ));
  }
  var statusOf = (place) => state.shown.standing.get(place.id);
  function swatchOf(place) {
    const status = { "data-status": statusOf(place) || "none" };
    if (isPoint(place))
      return make(
        "span",
        { class: "swatch mark" },
        make("span", { class: classesOf(place), ...status }, symbolOf(place))
      );
    const shape = isLine(place) ? svg("path", { d: "M1 7 H25", class: `${classesOf(place)} line`, ...status }) : svg("rect", { x: 1.5, y: 1.5, width: 23, height: 11, class: `${classesOf(place)} area`, ...status });
    return svg("svg", { class: "swatch", viewBox: "0 0 26 14", "aria-hidden": "true" }, shape);
  }
  function legendEntry(place) {
    const status = statusOf(place);
    const key = `key-${place.kind}${status ? `-${status}` : ""}`;
    const own = words(`place-kind-${place.kind}`) + (status ? `, ${words(`status-${status}`)}` : "");
    const said = key in state.atlas.words ? words(key) : own;
    const name = place.draft ? `${said} (${words("draft")})` : said;
    return make("div", { class: "key" }, swatchOf(place), make("span", {}, name));
  }
  function nearestDay(id) {
    const { view, atlas, layers, places } = state;
    const from = layers.get(id)?.snapshot ? lastSnapshotDay() : view.last;
    let best = null;
    for (const place of places.values()) {
      if (place.layer !== id || !hasBegun(place)) continue;
      const [low, high] = view.certain ? [place.certainFrom, place.certainTo] : [place.earliest, place.latest];
      const wanted = low !== null && low > from ? low : high !== null && high < view.first ? high : from;
      const day = clamp(wanted, atlas.span[0], atlas.span[1]);
      if (certainty(place, day, day) < enough()) continue;
      if (best === null || Math.abs(day - from) < Math.abs(best - from)) best = day;
    }
    return best;
  }

  // mapapp/web/src/credit.js
  function paintCredit() {
    const { view, root, atlas, incidents } = state;
    root.classList.toggle("clean", view.screenshot);
    document.body.classList.toggle("clean-screen", view.screenshot);
    const box = $(".credit");
    box.hidden = !view.screenshot && !state.printing;
    if (box.hidden) return;
    const known = view.as_of === null ? null : words("as-known", { date: dayWords(view.as_of) });
    const recorded = incidents && !view.hidden.has("incidents") ? incidents : null;
    const sources = recorded && make("ul", { class: "sources" }, ...recorded.records.map(recorded.caption));
    box.replaceChildren(
      button({ class: "leave" }, () => set("clean", { screenshot: false }), words("leave-clean")),
      make("h2", {}, state.atlas.title),
      make("p", {}, daysWords(view.first, view.last), known === null ? `, ${words("data-known-all")}` : `. ${known}`),
      make("div", { class: "credit-keys" }, ...legendEntries(placesInSight()).map(legendEntry), recorded?.key()),
      beyondNote(),
      make("p", { class: "small" }, words("credit", { article: shownArticles().join("; "), credit: atlas.attribution })),
      ...sources ? [make("div", { class: "record" }, sources)] : []
    );
  }
  var shownArticles = () => state.atlas.articles.filter(({ id }) => (state.view.article ?? id) === id).map(({ byline }) => byline);
  function placesInSight() {
    const sight = state.map.getBounds();
    return [...state.shown.places].map(placeOf).filter(({ layer, box: [west, south, east, north] }) => {
      const named2 = state.layers.get(layer)?.group !== "base";
      return named2 && sight.intersects(L.latLngBounds([south, west], [north, east]));
    });
  }

  // mapapp/web/src/panel.js
  function buildPanel(withIncidents) {
    const { atlas } = state;
    const layersOf = (group2) => atlas.layers.filter((layer) => layer.group === group2).map(layerRow);
    const waiting2 = make("div", { class: "row", "data-row": "incidents" }, none("incidents-loading"));
    const groups = [
      group("as-said", [row("events", words("layer-events"), words("layer-events-note")), ...layersOf("article")]),
      withIncidents ? group("incidents", [waiting2]) : null,
      group("as-added", [
        ...layersOf("background"),
        toggle("facts", words("layer-facts"), (checked) => set("setting", { background: checked }))
      ]),
      group(
        "who",
        atlas.speakers.map((id) => filter("said_by", id, speaker(id)))
      ),
      group(
        "kind",
        atlas.kinds.map((id) => filter("kinds", id, make("span", {}, symbol(id), ` ${words(`kind-${id}`)}`)))
      ),
      group("how", settings())
    ];
    for (const part of groups) if (part) $(".panel").append(part);
    const drafts = countDrafts();
    if (drafts) $(".panel").append(make("p", { class: "small drafts" }, words("drafts-here", { n: drafts })));
    $(".panel").append(make("p", { class: "small" }, words("panel-note")));
  }
  function countDrafts() {
    const { events, places, facts } = state.atlas;
    return [...events, ...places, ...facts].filter(({ draft }) => draft).length;
  }
  var none = (key) => make("p", { class: "none" }, words(key));
  var group = (key, rows) => make("fieldset", { class: `group group-${key}` }, make("legend", {}, words(`group-${key}`)), ...rows);
  var layerRow = ({ id }) => row(id, words(`layer-${id}`));
  var speaker = (id) => id === "article" ? make("bdi", {}, words("said-by-article")) : make("bdi", { "data-name": id }, nameOf(id));
  function settings() {
    const { languages, basemaps } = state.atlas;
    const bases = basemaps.map(({ id, name }) => [id, words("base-online", { name })]);
    return [
      toggle("possible", words("also-possible"), (checked) => set("setting", { certain: !checked })),
      choice("names", words("names-in"), languages, (names) => set("names", { names })),
      make("p", { class: "small names-missing", hidden: true }),
      choice(
        "base_map",
        words("base-map"),
        [["none", words("base-none")], ...bases],
        (base) => set("base", { base_map: base })
      ),
      button({ class: "link" }, () => set("clean", { screenshot: true }), words("go-clean"))
    ];
  }
  function row(id, label, note) {
    const input = on(make("input", { type: "checkbox", "data-layer": id }), {
      change: () => {
        const { hidden } = state.view;
        input.checked ? hidden.delete(id) : hidden.add(id);
        changed("layer");
      }
    });
    const number = make("span", { class: "n" });
    const listed = id !== "events" && id !== "incidents";
    return make(
      "div",
      { class: "row", "data-row": id },
      make(
        "label",
        { title: note },
        input,
        make("span", { class: "switch" }),
        make("span", { class: "row-name" }, label),
        make("span", { class: "row-swatch" }),
        listed ? null : number
      ),
      make("div", { class: "keys" }),
      listed ? placeList(id, label) : null
    );
  }
  function placeList(id, label) {
    const summary = make("summary", {
      class: "n",
      title: words("list-places"),
      "aria-label": words("list-of", { layer: label })
    });
    const details = make("details", {}, summary, make("div", { class: "places" }));
    return on(details, { toggle: () => details.open && listPlaces(details, id) });
  }
  function toggle(id, label, take) {
    const input = on(make("input", { type: "checkbox" }), { change: () => take(input.checked) });
    const name = make("span", { class: "row-name" }, label);
    return make("label", { class: "row toggle", "data-toggle": id }, input, make("span", { class: "switch" }), name);
  }
  function choice(id, label, options, take) {
    const nodes = options.map(([value, text]) => make("option", { value }, text));
    const select3 = on(make("select", { "data-choice": id }, ...nodes), { change: () => take(select3.value) });
    return make("label", { class: "row choice" }, make("span", { class: "row-name" }, label), select3);
  }
  function filter(field, value, label) {
    const input = make("input", { type: "checkbox", "data-filter": field, value });
    on(input, { change: () => applyFilter(field, input) });
    return make(
      "label",
      { class: "row filter" },
      input,
      make("span", { class: "tick" }),
      label,
      make("span", { class: "n" })
    );
  }
  function applyFilter(field, input) {
    const boxes = (
      /** @type {HTMLInputElement[]} */
      $$(`[data-filter="${field}"]`)
    );
    for (const box of boxes) if (box.value === input.value) box.checked = input.checked;
    const values = boxes.filter((box) => box.checked).map((box) => box.value);
    set("filter", { [field]: values.length === boxes.length ? null : new Set(values) });
  }
  function sayMissingNames() {
    const { languages, places } = state.atlas;
    const wanted = state.view.names;
    const others = places.map(({ id }) => languageOf(id)).filter((tag) => tag !== wanted);
    const tags = [...new Set(others)].map((tag) => languages.find(([known]) => known === tag)?.[1] ?? tag);
    const note = $(".names-missing");
    note.hidden = others.length === 0;
    note.textContent = words("names-missing", { n: others.length, all: places.length, languages: tags.join(", ") });
  }
  function syncPanel() {
    sayMissingNames();
    const { view, atlas, root } = state;
    const known = words("as-known", { date: dayWords(view.as_of === null ? atlas.day : view.as_of) });
    $('[data-toggle="known"] .row-name').textContent = known;
    for (
      const input of
      /** @type {HTMLInputElement[]} */
      $$("[data-layer]")
    )
      input.checked = !view.hidden.has(input.dataset.layer ?? "");
    for (
      const input of
      /** @type {HTMLInputElement[]} */
      $$("[data-filter]")
    ) {
      const values = view[
        /** @type {"said_by" | "kinds"} */
        input.dataset.filter
      ];
      input.checked = !values || values.has(input.value);
    }
    const settings2 = { facts: view.background, known: view.as_of !== null, possible: !view.certain };
    for (const node of $$("[data-toggle]")) {
      const input = (
        /** @type {HTMLInputElement} */
        one(node, "input")
      );
      input.checked = settings2[
        /** @type {keyof typeof settings} */
        node.dataset.toggle
      ];
    }
    for (
      const select3 of
      /** @type {HTMLSelectElement[]} */
      all(root, "[data-choice]")
    )
      select3.value = view[
        /** @type {"names" | "base_map" | "article"} */
        select3.dataset.choice
      ] ?? "";
  }

  // mapapp/web/src/ticks.js
  var WEEKS = [1, 8, 15, 22];
  function unitFor(perDay) {
    if (perDay > 34) return "day";
    if (perDay > 9) return "week";
    if (perDay > 1.6) return "month";
    return perDay > 0.5 ? "quarter" : "year";
  }
  var dayOf2 = (year, month, dayOfMonth = 1) => Date.UTC(year, month, dayOfMonth) / DAY;
  function ticksOfMonth(unit, year, month) {
    if (unit === "day") return Array.from({ length: dayOf2(year, month + 1) - dayOf2(year, month) }, (_, i) => i + 1);
    if (unit === "week") return WEEKS;
    return month % { month: 1, quarter: 3, year: 12 }[unit] === 0 ? [1] : [];
  }
  function ticks(axis2, unit, dayWords2) {
    const start2 = new Date(axis2.first * DAY);
    const found = [];
    for (let month = start2.getUTCMonth() % 12; ; month++) {
      const year = start2.getUTCFullYear() + Math.floor(month / 12);
      if (dayOf2(year, month % 12) > axis2.last) return found;
      for (const dayOfMonth of ticksOfMonth(unit, year, month % 12)) {
        const day = dayOf2(year, month % 12, dayOfMonth);
        if (day < axis2.first || day > axis2.last) continue;
        const opens = found.length === 0 || month % 12 === 0 && dayOfMonth === 1;
        found.push([day, dayWords2(day, partsOf(unit, opens, dayOfMonth === 1))]);
      }
    }
  }
  function partsOf(unit, opens, firstOfMonth) {
    if (unit === "year") return "y";
    if (unit === "month" || unit === "quarter") return opens ? "m y" : "m";
    return opens ? "d m y" : firstOfMonth ? "d m" : "d";
  }
  function heaps(items, width2, leftOf) {
    const found = [];
    for (const item of items) {
      const left = Math.max(0, leftOf(item));
      const last = found.at(-1);
      if (last && left < last.left + width2) last.list.push(item);
      else found.push({ left, list: [item] });
    }
    return found;
  }
  var startOf = (item) => item.earliest ?? item.latest;
  function certainWithin(item, axis2) {
    const from = item.certainFrom ?? -Infinity;
    const to = item.certainTo ?? Infinity;
    return item.throughout && !item.uncertain && from <= to && from <= axis2.last && to >= axis2.first;
  }
  function zoomed(axis2, factor, around, [low, high]) {
    const now = axis2.last - axis2.first + 1;
    const length = Math.min(Math.max(now * factor, 10), high - low + 1);
    const wanted = Math.round(around - (around - axis2.first) / now * length);
    const first = Math.min(Math.max(wanted, low), Math.max(low, high - Math.round(length) + 1));
    return { first, last: Math.min(high, first + Math.round(length) - 1) };
  }
  function axisAround(first, last, [low, high]) {
    const pad = Math.max(8, Math.round((last - first + 1) * 0.5));
    return {
      first: Math.min(Math.max(first - pad, low), high - 16),
      last: Math.min(Math.max(last + pad, low + 16), high)
    };
  }

  // mapapp/web/src/time_axis.js
  var LANE = { said: 28, bars: 58, ours: 73, line: 74, grips: 90, height: 108 };
  var COLUMN = 8;
  var EDGES = (
    /** @type {const} */
    ["first", "last"]
  );
  var axis = { first: 0, last: 0 };
  var width = 0;
  var axisInSight = () => axis;
  var xOf = (day) => (day - axis.first) / (axis.last + 1 - axis.first) * width;
  var timeAt = (px) => axis.first + px / width * (axis.last + 1 - axis.first);
  var inSight = (px) => clamp(px, 0, width);
  function measureAxis() {
    const now = $(".axis-svg").clientWidth;
    if (now === width) return;
    width = now;
    buildAxis();
  }
  function zoomAxisTo(first, last) {
    axis = axisAround(first, last, state.atlas.span);
    buildAxis();
  }
  function followWindow() {
    const { first, last } = state.view;
    if (first < axis.first || last > axis.last) zoomAxisTo(first, last);
  }
  function zoomAxis(factor, around = (state.view.first + state.view.last) / 2) {
    axis = zoomed(axis, factor, around, state.atlas.span);
    buildAxis();
  }
  function buildAxis() {
    if (!width) return;
    const box = $(".axis-svg");
    const focused = document.activeElement;
    const held = focused && box.contains(focused) ? (
      /** @type {SVGElement} */
      focused.dataset.handle
    ) : void 0;
    box.setAttribute("viewBox", `0 0 ${width} ${LANE.height}`);
    box.replaceChildren(
      svg("rect", { class: "axis-back", x: 0, y: 0, width, height: LANE.line }),
      svg("rect", { class: "brush", y: 0, height: LANE.line }),
      ...tickNodes(),
      svg("g", { class: "record-lane" }),
      ...EDGES.map(handle),
      ...articleDays(),
      ...statementMarks(),
      ...factMarks()
    );
    if (held) $(`[data-handle="${held}"]`).focus();
    paintTime();
  }
  function tickNodes() {
    const nodes = [];
    let free = -Infinity;
    for (const [day, label] of ticks(axis, unitFor(width / (axis.last - axis.first + 1)), dayWords)) {
      const x = xOf(day);
      nodes.push(svg("line", { class: "tick-line", x1: x, x2: x, y1: 0, y2: LANE.line }));
      const wide = textWidth(label, 400, 11);
      if (x + 3 < free || x + 3 + wide > width) continue;
      nodes.push(svg("text", { class: "tick-text", x: x + 3, y: LANE.grips + 13 }, label));
      free = x + wide + 12;
    }
    return nodes;
  }
  var articleDays = () => state.atlas.articles.map(({ day, letter }) => {
    const x = xOf(day + 0.5);
    const title = svg("title", {}, letter ? words("preset-article-day-of", { letter }) : words("article-day"));
    return svg("line", { class: "article-day", x1: x, x2: x, y1: 0, y2: LANE.line }, title);
  });
  function handle(edge) {
    const out = (from, wide) => edge === "first" ? -from - wide : from;
    const { line, grips, height } = LANE;
    return on(
      svg(
        "g",
        { class: "handle", "data-handle": edge, role: "slider", tabindex: 0, "aria-label": words(`window-${edge}`) },
        svg("rect", { class: "handle-hit", x: out(-2, 10), y: 0, width: 10, height: line }),
        svg("rect", { class: "handle-hit", x: out(0, 24), y: line, width: 24, height: height - line }),
        svg("rect", { class: "handle-bar", x: -1.5, y: 0, width: 3, height: grips }),
        svg("rect", { class: "handle-grip", x: out(-1.5, 13), y: line + 2, width: 13, height: grips - line - 2, rx: 3 })
      ),
      { keydown: (event) => nudge(event, edge) }
    );
  }
  function nudge(event, edge) {
    const { view, atlas } = state;
    const far = atlas.span[1] - atlas.span[0];
    const steps = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowDown: -1,
      ArrowUp: 1,
      PageDown: -30,
      PageUp: 30,
      Home: -far,
      End: far
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    if (edge === "first") setDays(Math.min(view.first + step, view.last), view.last);
    else setDays(view.first, Math.max(view.last + step, view.first));
  }
  var thick = (pitch) => pitch > 3 ? pitch - 1.5 : pitch * 0.7;
  var mark = (kind, item, ...shapes) => svg(
    "g",
    { class: `${kind}${item.draft ? " draft" : ""}`, "data-mark": item.id, "data-select": item.id },
    svg("title", {}, item.title),
    ...shapes
  );
  function isLong(event, start2) {
    if (event.throughout || event.latest === null) return true;
    return xOf(event.latest + 1) - xOf(start2) > Math.max(14, xOf(start2 + 1) - xOf(start2));
  }
  function statementMarks() {
    const short = [];
    const long = [];
    const sorted = [...state.events.values()].sort((a, b) => (a.earliest ?? -1e9) - (b.earliest ?? -1e9));
    for (const event of sorted) {
      const start2 = startOf(event);
      if (start2 === null || start2 > axis.last || event.latest !== null && event.latest < axis.first) continue;
      (isLong(event, start2) ? long : short).push({ event, start: start2 });
    }
    const pitch = Math.min(5, (LANE.bars - LANE.said - 3) / Math.max(1, long.length));
    return [
      ...heaps(short, COLUMN, ({ start: start2 }) => xOf(start2)).flatMap(({ left, list }) => heapOfStatements(left, list)),
      ...long.map(({ event, start: start2 }, i) => bar(event, start2, LANE.said + 3 + i * pitch, thick(pitch)))
    ];
  }
  function heapOfStatements(left, list) {
    const start2 = list[0]?.start ?? 0;
    const across = Math.max(1, Math.floor((xOf(start2 + 1) - xOf(start2) - 4) / COLUMN));
    const pitch = Math.min(8, LANE.said / Math.ceil(list.length / across));
    const from = left + (across > 1 ? 3 : 0);
    return list.map(({ event }, i) => {
      const x = from + i % across * COLUMN;
      const y = LANE.said - (Math.floor(i / across) + 1) * pitch + 1;
      return mark("time-mark", event, svg("rect", { x, y, width: 6, height: thick(pitch), rx: 1 }));
    });
  }
  function bar(event, start2, y, height) {
    const from = inSight(xOf(start2));
    const to = event.latest === null ? width : inSight(xOf(event.latest + 1));
    const certainFrom = event.certainFrom === null ? from : inSight(xOf(event.certainFrom));
    const certainTo = event.certainTo === null ? to : inSight(xOf(event.certainTo + 1));
    return mark(
      "time-mark",
      event,
      svg("rect", { class: "fuzzy", x: from, y, width: Math.max(4, to - from), height }),
      certainWithin(event, axis) ? svg("rect", { x: certainFrom, y, width: Math.max(4, certainTo - certainFrom), height }) : null
    );
  }
  function factMarks() {
    const dated = [...state.facts.values()].map((fact) => ({ fact, start: startOf(fact) ?? -Infinity })).filter(({ start: start2 }) => start2 >= axis.first && start2 <= axis.last).sort((a, b) => a.start - b.start);
    return heaps(dated, 5, ({ start: start2 }) => xOf(start2 + 0.5) - 2).flatMap(({ left, list }) => {
      const step = Math.min(9, (LANE.ours - LANE.bars - 2) / list.length);
      return list.map(({ fact }, i) => {
        const y = LANE.ours - (i + 1) * step;
        return mark("fact-mark", fact, svg("rect", { x: left, y, width: 4, height: thick(step), rx: 1 }));
      });
    });
  }
  function paintTime() {
    if (!width) return;
    const { view, shown, chosen, facts } = state;
    const left = clamp(xOf(view.first), -2, width);
    const right = clamp(xOf(view.last + 1), 0, width + 2);
    const brush = $(".brush");
    brush.setAttribute("x", String(left));
    brush.setAttribute("width", String(Math.max(2, right - left)));
    paintIncidentLane();
    paintEdge("first", left);
    paintEdge("last", right);
    for (const node of $$(".time-mark, .fact-mark")) {
      const id = node.dataset.mark ?? "";
      const fact = facts.get(id);
      node.classList.toggle("in", shown.events.has(id) || shown.facts.has(id));
      node.classList.toggle("chosen", chosen.id === id);
      node.classList.toggle("unknown", fact !== void 0 && (!view.background || !hasBegun(fact)));
    }
    const key = `${view.first}/${view.last}`;
    for (const button2 of $$("[data-preset]")) button2.setAttribute("aria-pressed", String(button2.dataset.preset === key));
  }
  function paintEdge(edge, at) {
    const day = state.view[edge];
    const [low, high] = state.atlas.span;
    const grip = $(`[data-handle="${edge}"]`);
    grip.setAttribute("transform", `translate(${clamp(at, 1, width - 1)},0)`);
    grip.setAttribute("aria-valuenow", String(day));
    grip.setAttribute("aria-valuemin", String(low));
    grip.setAttribute("aria-valuemax", String(high));
    grip.setAttribute("aria-valuetext", dayWords(day));
    const typed = (
      /** @type {HTMLInputElement} */
      $(`[data-edge="${edge}"]`)
    );
    if (typed.value !== toIso(day) && typed.getAttribute("aria-invalid") !== "true") typed.value = toIso(day);
  }
  function paintIncidentLane() {
    const { incidents, view } = state;
    if (!incidents) return;
    const lane = $(".record-lane");
    const shows = !view.hidden.has("incidents");
    lane.toggleAttribute("hidden", !shows);
    if (!shows) return;
    const kinds = view.kinds && [...view.kinds].join(" ");
    const key = [axis.first, axis.last, width, kinds, view.certain, view.as_of, incidentScope()].join("|");
    if (lane.dataset.key === key) return;
    lane.dataset.key = key;
    lane.replaceChildren(...incidents.bars(axis, xOf, LANE.line));
  }

  // mapapp/web/src/time_bar.js
  var PLAY_STEP = 350;
  var PLAY_PIECES = 24;
  function playButton() {
    const label = words("play");
    return button({ class: "play", title: label, "aria-label": label, "aria-pressed": "false" }, play, "▶");
  }
  function buildTimeBar() {
    const { atlas } = state;
    const presets = atlas.presets.map(
      ([label, first, last]) => button({ "data-preset": `${first}/${last}` }, () => goToDays(first, last), label)
    );
    const knownToggle = toggle(
      "known",
      words("as-known", { date: dayWords(atlas.day) }),
      (checked) => set("setting", { as_of: checked ? atlas.day : null })
    );
    $(".time").append(
      make(
        "div",
        { class: "time-head" },
        playButton(),
        make("span", { class: "typed-pair" }, typedDay("first"), " – ", typedDay("last")),
        make("span", { class: "typed-note", role: "alert" }),
        make("span", { class: "presets", role: "group", "aria-label": words("presets") }, ...presets),
        knownToggle
      ),
      make(
        "div",
        { class: "axis" },
        svg("svg", { class: "axis-svg", role: "group", "aria-label": words("time-axis") }),
        make(
          "span",
          { class: "zoomers" },
          button({ title: words("axis-in"), "aria-label": words("axis-in") }, () => zoomAxis(1 / 1.6), "+"),
          button({ title: words("axis-out"), "aria-label": words("axis-out") }, () => zoomAxis(1.6), "−")
        )
      )
    );
    const axis2 = $(".axis-svg");
    axis2.addEventListener("wheel", zoomByWheel, { passive: false });
    axis2.addEventListener("pointerdown", startDrag);
    new ResizeObserver(measureAxis).observe(axis2);
  }
  function goToDays(first, last) {
    zoomAxisTo(first, last);
    setDays(first, last);
  }
  function zoomByWheel(event) {
    event.preventDefault();
    zoomAxis(event.deltaY > 0 ? 1.25 : 0.8, Math.floor(timeAt(event.offsetX)));
  }
  function typedDay(edge) {
    const attributes = {
      type: "text",
      class: "typed",
      inputmode: "numeric",
      maxlength: 10,
      spellcheck: "false",
      title: words("day-format"),
      "data-edge": edge,
      "aria-label": words(`window-${edge}`)
    };
    return on(make("input", attributes), { change: (event) => takeTyped(inputOf(event), edge) });
  }
  function takeTyped(input, edge) {
    const { view, atlas } = state;
    const [low, high] = atlas.span;
    const day = fromIso(input.value.trim());
    const wrong = day === null ? "day-wrong" : day < low || day > high ? "day-beyond" : null;
    input.setAttribute("aria-invalid", String(wrong !== null));
    $(".typed-note").textContent = wrong ? words(wrong, { first: toIso(low), last: toIso(high) }) : "";
    if (wrong || day === null) return;
    if (edge === "first") setDays(day, Math.max(day, view.last));
    else setDays(Math.min(day, view.first), day);
  }
  function clearTyped() {
    for (const typed of $$(".typed")) typed.removeAttribute("aria-invalid");
    $(".typed-note").textContent = "";
  }
  function startDrag(event) {
    const target = (
      /** @type {Element} */
      event.target
    );
    if (target.closest("[data-select]")) return;
    const axis2 = $(".axis-svg");
    const move = moveOf(target, event.clientX, axis2.getBoundingClientRect().left);
    const end = () => {
      axis2.removeEventListener("pointermove", move);
      axis2.removeEventListener("pointerup", end);
      axis2.removeEventListener("pointercancel", end);
      setDays(state.view.first, state.view.last);
    };
    axis2.setPointerCapture(event.pointerId);
    axis2.addEventListener("pointermove", move);
    axis2.addEventListener("pointerup", end);
    axis2.addEventListener("pointercancel", end);
    if (!target.closest("[data-handle], .brush")) move(event);
  }
  function moveOf(target, gripped, left) {
    const edge = (
      /** @type {SVGElement | null} */
      target.closest("[data-handle]")?.dataset.handle
    );
    if (edge) return moveEdge(edge, gripped);
    const { first, last } = axisInSight();
    const from = Math.floor(timeAt(gripped - left));
    const dayUnder = ({ clientX }) => clamp(Math.floor(timeAt(clientX - left)), first, last);
    if (target.classList.contains("brush")) return moveWindow((event) => dayUnder(event) - from);
    return (event) => setDays(from, dayUnder(event), true);
  }
  function moveEdge(edge, gripped) {
    const held = gripped - inSight(edge === "first" ? xOf(state.view.first) : xOf(state.view.last + 1));
    return ({ clientX }) => {
      const { view } = state;
      const { first, last } = axisInSight();
      const day = Math.round(timeAt(clientX - held));
      if (edge === "first") setDays(clamp(day, first, view.last), view.last, true);
      else setDays(view.first, clamp(day - 1, view.first, last), true);
    };
  }
  function moveWindow(daysMoved) {
    const { first, last } = state.view;
    const [low, high] = state.atlas.span;
    return (event) => {
      const by = clamp(daysMoved(event), low - first, high - last);
      setDays(first + by, last + by, true);
    };
  }
  var timer;
  function play() {
    const { view, atlas } = state;
    if (state.playing) return stopPlaying();
    const { first, last } = axisInSight();
    const end = view.as_of === null ? atlas.span[1] : Math.min(atlas.span[1], Math.max(view.as_of, view.last));
    const longest = Math.max(1, Math.round((end - first + 1) / PLAY_PIECES));
    const days = clamp(view.last - view.first + 1, 1, longest);
    const step = Math.max(1, Math.round((last - first) / 60));
    if (view.last >= end || days < view.last - view.first + 1) setDays(first, first + days - 1, true);
    showPlaying(true);
    timer = setInterval(() => {
      const now = state.view;
      if (now.last >= end) return stopPlaying();
      const by = Math.min(step, end - now.last);
      setDays(now.first + by, now.last + by, true);
    }, PLAY_STEP);
  }
  function stopPlaying() {
    clearInterval(timer);
    showPlaying(false);
    setDays(state.view.first, state.view.last);
  }
  function showPlaying(playing) {
    state.playing = playing;
    const node = $(".play");
    node.textContent = playing ? "❚❚" : "▶";
    node.setAttribute("aria-pressed", String(playing));
  }

  // mapapp/web/src/frame.js
  function makeFrame() {
    const { atlas } = state;
    state.root = make(
      "main",
      { id: "mapapp", "data-tab": "article" },
      make("aside", { class: "panel", "aria-label": words("layers-and-filters") }),
      make(
        "div",
        { class: "stage" },
        make("div", { class: "credit", hidden: true }),
        make("div", { class: "record-label" }),
        make("div", { class: "beyond", hidden: true }),
        make("div", { class: "empty", role: "status", hidden: true })
      ),
      make("div", { class: "reading" }, make("div", { class: "cards", "aria-live": "polite" }), articlePane()),
      make("div", { class: "time", "aria-label": words("time") }),
      make("nav", { class: "tabs" }, tab("article", true), tab("panel", false))
    );
    document.body.append(fragment(atlas.symbols));
    on(state.root, { click: onClick, keydown: onKey });
    state.root.addEventListener("wheel", leaveWheelToPage, { capture: true, passive: true });
    makeWayWhileScrolling();
  }
  function articlePane() {
    const { articles } = state.atlas;
    const several = articles.length > 1;
    return make(
      "article",
      { class: "article", tabindex: 0, "aria-label": words("the-article") },
      make(
        "header",
        {},
        make("h2", {}, words(several ? "articles-heading" : "article-heading")),
        several ? articleChoice() : make("p", { class: "byline" }, articles[0]?.byline ?? ""),
        make("p", { class: "reading-count", role: "status" })
      ),
      ...articles.map((article) => articleText(article, several))
    );
  }
  function articleChoice() {
    const options = state.atlas.articles.map(
      ({ id, letter, title }) => make("option", { value: id }, `${letter} ${title}`)
    );
    const select3 = make(
      "select",
      { "data-choice": "article" },
      make("option", { value: "" }, words("all-articles")),
      ...options
    );
    on(select3, { change: () => set("filter", { article: select3.value || null }) });
    return make("label", { class: "article-choice" }, make("span", {}, words("article-choice")), " ", select3);
  }
  function articleText(article, several) {
    const head2 = several ? [
      make("h3", { class: "article-title", dir: "auto" }, `${article.letter} ${article.title}`),
      make("p", { class: "byline" }, article.byline)
    ] : [];
    return make(
      "div",
      { class: "article-part", "data-article": article.id },
      ...head2,
      make("div", { class: "article-text", lang: article.lang, dir: article.dir }, ...article.paragraphs.map(fragment))
    );
  }
  function tab(name, pressed) {
    const attributes = { type: "button", "data-tab": name, "aria-pressed": String(pressed) };
    return on(make("button", attributes, words(`tab-${name}`)), {
      click: () => {
        state.root.dataset.tab = name;
        for (const button2 of $$("button[data-tab]"))
          button2.setAttribute("aria-pressed", String(button2.dataset.tab === name));
      }
    });
  }
  function onClick(event) {
    const element = (
      /** @type {Element} */
      event.target
    );
    const target = (
      /** @type {HTMLElement | null} */
      element.closest("[data-select], [data-window], .passage")
    );
    if (!target) return;
    const { select: id, keep, window: days, events } = target.dataset;
    const { here, words: clickedWords } = state.chosen;
    if (days) {
      const [first, last] = days.split("/").map(fromIso);
      if (first != null && last != null) goToDays(first, last);
    } else if (id) select2(id, keep ? { here, words: clickedWords } : void 0);
    else if (!String(window.getSelection())) {
      const ids = (events ?? "").split(" ");
      select2(ids[0] ?? null, { here: ids, words: true });
    }
  }
  function onKey(event) {
    const { view, chosen } = state;
    const target = inputOf(event);
    if (event.key === "Escape") {
      if (view.screenshot) set("clean", { screenshot: false });
      else if (chosen.id || chosen.incidents) select2(null);
    }
    if ((event.key === "Enter" || event.key === " ") && target.classList.contains("passage")) {
      event.preventDefault();
      target.click();
    }
  }
  function leaveWheelToPage(event) {
    const scrolls = document.body.scrollHeight > document.body.clientHeight + 1;
    const target = (
      /** @type {Element} */
      event.target
    );
    if (scrolls && !event.ctrlKey && target.closest(".stage, .axis-svg")) event.stopPropagation();
  }
  function makeWayWhileScrolling() {
    let scrolled = 0;
    const follow = () => {
      const { scrollTop } = document.body;
      if (scrollTop > scrolled && window.Streamlit) window.frameElement?.scrollIntoView({ block: "nearest" });
      scrolled = scrollTop;
    };
    document.body.addEventListener("scroll", follow, { passive: true });
  }

  // mapapp/web/src/incident_loader.js
  function loadIncidents(source) {
    const script = make("script", { src: source.script });
    script.addEventListener("error", failed);
    script.addEventListener("load", () => window.mapappIncidents(source, host()).then(takeIn).catch(failed));
    document.head.append(script);
  }
  var waitingRow = () => $('[data-row="incidents"]');
  function failed(error) {
    console.warn(error);
    waitingRow().replaceChildren(make("p", { class: "none" }, words("incidents-failed")));
  }
  function host() {
    const { map, atlas, root, places } = state;
    return {
      map,
      atlas,
      root,
      words,
      dayWords,
      nameOf,
      view: () => state.view,
      day: dayOfArticle,
      place: (id) => places.get(id),
      scope: incidentScope,
      claims: (id) => (atlas.related[id] || []).map(([event]) => eventOf(event)).filter((event) => atlas.counted.includes(event.kind)),
      ask,
      open: openIncidents,
      drawn: paintCredit
    };
  }
  var dayOfArticle = () => state.atlas.articles.find(({ id }) => id === state.view.article)?.day ?? state.atlas.day;
  function takeIn(layer) {
    const { map } = state;
    state.incidents = layer;
    const box = row("incidents", words("layer-incidents"));
    waitingRow().replaceWith(box);
    box.after(...layer.kinds.map(kindFilter));
    const sources = make("ul", { class: "sources" }, ...layer.records.map(layer.caption));
    $(".group-incidents").append(make("div", { class: "small record-sources" }, sources));
    syncPanel();
    changed("loaded");
    map.on(
      "mousemove",
      ({ latlng }) => map.getContainer().classList.toggle("over-incident", layer.at(latlng).length > 0)
    );
    document.documentElement.dataset.record = "1";
  }
  function kindFilter(kind) {
    const node = filter("kinds", kind, make("span", {}, words(`incident-kind-${kind}`)));
    node.dataset.recordKind = kind;
    return node;
  }

  // mapapp/web/src/print.js
  var PAPER = "680px";
  var restore = null;
  function beforePrint() {
    if (restore) return;
    const page = document.documentElement;
    const { map } = state;
    const { theme } = page.dataset;
    const [centre, zoom, sight] = [map.getCenter(), map.getZoom(), map.getBounds()];
    state.printing = true;
    page.dataset.theme = "light";
    page.classList.add("printing");
    repaint(() => map.fitBounds(sight, { animate: false }));
    const frame = window.Streamlit ? (
      /** @type {HTMLElement | null} */
      window.frameElement
    ) : null;
    const restoreFrame = frame ? layOutFrame(frame) : () => {
    };
    restore = () => {
      state.printing = false;
      if (theme === void 0) delete page.dataset.theme;
      else page.dataset.theme = theme;
      page.classList.remove("printing");
      restoreFrame();
      repaint(() => map.setView(centre, zoom, { animate: false }));
    };
  }
  function afterPrint() {
    restore?.();
    restore = null;
  }
  function repaint(move) {
    state.incidents?.restyle();
    paintCredit();
    steer(() => {
      state.map.invalidateSize({ animate: false });
      move();
    });
  }
  function layOutFrame(frame) {
    const { root } = state;
    const outside = frame.ownerDocument;
    const style = frame.style.cssText;
    const text = outside.createElement("section");
    text.className = "mapapp-print";
    for (const part of $$(".cards-list, .article")) text.append(outside.importNode(part, true));
    for (const symbol2 of all(text, "svg.symbol")) symbol2.remove();
    outside.body.append(text);
    root.classList.add("text-apart");
    frame.style.setProperty("width", PAPER, "important");
    frame.style.setProperty("height", `${Math.ceil(root.getBoundingClientRect().height)}px`, "important");
    return () => {
      root.classList.remove("text-apart");
      frame.style.cssText = style;
      text.remove();
    };
  }

  // mapapp/web/src/empty.js
  var LONGEST = 366;
  function paintEmpty() {
    const { shown, atlas } = state;
    const box = $(".empty");
    box.hidden = shown.events.size > 0;
    if (box.hidden) return;
    if (!openEvents().length) {
      const show = () => set("reset", { as_of: atlas.day });
      return box.replaceChildren(make("p", {}, words("empty-unknown")), button({}, show, words("show-known")));
    }
    const silent = !eventsOfArticles().some((event) => certaintyOf(event) > 0);
    const said = make("p", {}, words(silent ? "empty-window" : "empty-filters"));
    box.replaceChildren(said, ...showAll(), ...goToNearest());
  }
  function showAll() {
    const { said_by: saidBy, kinds, certain } = state.view;
    if (saidBy === null && kinds === null && !certain) return [];
    return [button({}, () => set("reset", { said_by: null, kinds: null, certain: false }), words("show-all"))];
  }
  function goToNearest() {
    const { view } = state;
    let best = null;
    for (const event of openEvents()) {
      const first2 = startOf(event);
      if (first2 === null || !passes(event, view)) continue;
      const last2 = event.latest ?? first2;
      const gap = first2 > view.last ? first2 - view.last : last2 < view.first ? view.first - last2 : 0;
      if (best === null || gap < best.gap) best = { gap, first: first2, last: Math.max(first2, last2), title: event.title };
    }
    if (best === null || best.gap === 0) return [];
    const { first, last, title } = best;
    const go = () => setDays(first, Math.min(last, first + LONGEST));
    return [button({}, go, words("go-nearest", { title, date: daysWords(first, last) }))];
  }

  // mapapp/web/src/screen.js
  function paint() {
    const shown = select(state.atlas, state.view);
    paintPlaces(shown);
    const whole = state.dirty || !same(shown, state.shown);
    state.shown = shown;
    state.dirty = false;
    if (whole) {
      paintBadges();
      paintArticle();
      paintLegend();
      paintEmpty();
    }
    if (state.incidents) {
      state.incidents.paint();
      $(".record-label").replaceChildren(...state.incidents.label());
    }
    paintCredit();
    paintTime();
    paintLabelsIfChanged();
  }
  function paintWhole() {
    state.dirty = true;
    paint();
  }
  function paintWindow() {
    clearTyped();
    followWindow();
    paint();
  }
  var ANSWERS = {
    step: paintWindow,
    days() {
      paintWindow();
      if (state.chosen.id) {
        recountBeside();
        updateCards();
      }
      writeView();
    },
    filter() {
      paint();
      updateCards();
      writeView();
    },
    layer() {
      paintWhole();
      writeView();
    },
    setting() {
      paintWhole();
      paintCards();
      writeView();
    },
    names() {
      document.documentElement.lang = state.atlas.locale;
      renameAll(state.root);
      paintWhole();
      writeView();
    },
    base() {
      paintBase();
      writeView();
    },
    reset() {
      syncPanel();
      paintWhole();
      writeView();
    },
    clean() {
      paintCredit();
      steer(() => state.map.invalidateSize({ animate: false }));
      paintLabels();
      writeView();
    },
    loaded() {
      paint();
      if (state.chosen.id) paintCards();
    },
    selection() {
      const { chosen } = state;
      const held = paintSelection();
      if (held && !held.isConnected) moveFocus(chosen);
      if (chosen.id) {
        scrollToPassage();
        $(".cards-head").scrollIntoView({ block: "nearest" });
        if (!state.places.has(chosen.id) || !chosen.stay) goTo(chosenPlaces());
      }
      writeView();
    },
    incidents() {
      paintSelection();
      $(".cards h2").focus({ preventScroll: true });
      $(".cards-head").scrollIntoView({ block: "nearest" });
      if (state.chosen.incidents?.length === 1) $(".incident").dispatchEvent(new Event("toggle"));
      writeView();
    }
  };
  var answer2 = (change) => ANSWERS[change]();
  var opener = null;
  function paintSelection() {
    const held = (
      /** @type {HTMLElement | null} */
      document.activeElement
    );
    if (held && held !== document.body && !held.closest(".cards, .beyond")) opener = held;
    paintCards();
    paint();
    paintArticle();
    return held;
  }
  function moveFocus(chosen) {
    const next = chosen.id ? $(".cards h2") : opener?.isConnected ? opener : $(".article");
    next.focus({ preventScroll: true });
    if (!chosen.id) next.scrollIntoView({ block: "nearest" });
  }

  // mapapp/web/src/mapapp.js
  function start(leaflet, source) {
    onChange(answer2);
    takeAtlas(leaflet);
    if (!document.documentElement.dataset.theme) followSystem();
    const opening = openingView(JSON.parse(document.getElementById("mapapp-opening")?.textContent ?? ""));
    takeView(opening);
    makeFrame();
    buildTimeBar();
    $(".stage").prepend(state.map.getContainer());
    document.body.append(state.root);
    zoomAxisTo(state.view.first, state.view.last);
    measureAxis();
    state.map.invalidateSize({ animate: false });
    buildPanel(source !== null);
    syncPanel();
    paintBase();
    renameAll(state.root);
    makePanes();
    moveTo(opening.camera);
    addControls();
    scaleMarks();
    placeAnchors();
    paint();
    if (state.chosen.id) {
      paintCards();
      scrollToPassage();
    }
    listen();
    useOwnFonts();
    if (source) requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => loadIncidents(source))));
  }
  async function useOwnFonts() {
    const again = () => {
      measureAxis();
      paint();
      paintLabels();
    };
    const weights = [400, 600, 700];
    await Promise.allSettled(weights.map((weight) => document.fonts.load(`${weight} 12px ${state.atlas.font}`)));
    again();
    document.fonts.addEventListener("loadingdone", again);
    document.documentElement.dataset.ready = "1";
  }
  function takeAtlas(leaflet) {
    const atlas = window.mapappAtlas;
    for (const table of Object.values(atlas))
      if (table && Object.getPrototypeOf(table) === Object.prototype) Object.setPrototypeOf(table, null);
    state.map = leaflet;
    document.body.classList.toggle("all-land", !atlas.sea);
    state.atlas = atlas;
    for (const place of atlas.places) state.places.set(place.id, place);
    for (const event of atlas.events) state.events.set(event.id, event);
    for (const fact of atlas.facts) state.facts.set(fact.id, fact);
    for (const layer of atlas.layers) state.layers.set(layer.id, layer);
  }
  function takeView(opening) {
    state.view = { ...taken(opening), moved: opening.camera !== null };
    state.chosen = { id: state.view.selected, here: [] };
  }
  function followSystem() {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const follow = () => {
      if (!state.printing) document.documentElement.dataset.theme = dark.matches ? "dark" : "light";
    };
    follow();
    if (!window.Streamlit) dark.addEventListener("change", follow);
  }
  function addControls() {
    const { map, atlas } = state;
    map.attributionControl.setPrefix("Leaflet");
    map.attributionControl.addAttribution(atlas.attribution);
    const home = new L.Control({ position: "topleft" });
    home.onAdd = () => {
      const label = words("home");
      const node = button({ class: "home", title: label, "aria-label": label }, goHome, symbol("home"));
      node.addEventListener("click", L.DomEvent.stop);
      return make("div", { class: "leaflet-bar" }, node);
    };
    home.addTo(map);
    L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);
  }
  function goHome() {
    steer(fitHome);
    state.view.moved = state.chosen.id !== null;
    writeView();
  }
  function scaleMarks() {
    const zoom = state.map.getZoom();
    state.root.classList.toggle("far", zoom < 8.75);
    state.root.classList.toggle("distant", zoom < 6.75);
  }
  function listen() {
    const { map } = state;
    const resize = () => steer(() => map.invalidateSize({ animate: false }));
    new ResizeObserver(resize).observe(map.getContainer());
    map.on("zoomend", scaleMarks);
    map.on("zoomend moveend resize", () => {
      placeAnchors();
      paintCredit();
      paintLabels();
    });
    map.on("moveend", () => {
      if (isSteering()) return;
      state.view.moved = true;
      writeView();
    });
    map.on("click", ({ latlng }) => selectAt(latlng));
    window.addEventListener("beforeprint", beforePrint);
    window.addEventListener("afterprint", afterPrint);
    followAddress(takeOver);
  }
  function takeOver(next) {
    takeView(next);
    syncPanel();
    paintBase();
    zoomAxisTo(state.view.first, state.view.last);
    paintWhole();
    paintCards();
    paintArticle();
    renameAll(state.root);
    steer(() => moveTo(next.camera));
  }
  var lastFile = "";
  function reopen({ file, address }) {
    if (file === lastFile) return;
    lastFile = file;
    push(address);
    takeOver(viewOfAddress());
  }
  function tell(card) {
    state.incidents?.tell(card);
    answered(card.name);
  }
  function restyle() {
    state.incidents?.restyle();
  }
  window.mapapp = {
    start,
    reopen,
    tell,
    restyle,
    /** Sorted ids of the places and events visible now. */
    shown: () => [...state.shown.places, ...state.shown.events.keys()].sort(),
    /** The window as {first, last}, ISO days, ends included. */
    window: () => ({ first: toIso(state.view.first), last: toIso(state.view.last) }),
    /** Sets the window; throws RangeError if not two ISO days in order and within the axis. */
    setWindow: (first, last) => {
      const [low, high] = state.atlas.span;
      const [a, b] = [fromIso(first), fromIso(last)];
      const got = `(got ${first}, ${last})`;
      if (a === null || b === null || a > b)
        throw new RangeError(`setWindow: expected two ISO days with first ≤ last ${got}`);
      if (a < low || b > high)
        throw new RangeError(`setWindow: expected days from ${toIso(low)} to ${toIso(high)} ${got}`);
      goToDays(a, b);
    },
    /** Selects a place, event or fact; null clears. Returns false if the id is unknown. */
    select: (id) => select2(id),
    /** The id of the status of a visible place, or null. */
    status: (id) => state.shown.standing.get(id) || null,
    /** How many of the user's incidents are visible, and the counts of a place; null without incident data. */
    record: (id) => state.incidents?.status(id) ?? null
  };
  try {
    if (window.parent !== window) window.parent.mapapp = window.mapapp;
  } catch {
  }
})();

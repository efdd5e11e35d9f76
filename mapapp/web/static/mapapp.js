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
    const cut2 = letters.length > LONGEST_QUOTED ? `${letters.slice(0, LONGEST_QUOTED - 1).join("")}…` : text;
    return [...`"${cut2}"`].map((letter) => /[\p{C}\p{Z}]/u.test(letter) && letter !== " " ? escaped(letter) : letter).join("");
  }
  function escaped(letter) {
    if (letter === "	") return "\\t";
    if (letter === "\n") return "\\n";
    if (letter === "\r") return "\\r";
    const code = letter.codePointAt(0) ?? 0;
    const [mark2, digits2] = code < 256 ? ["x", 2] : code < 65536 ? ["u", 4] : ["U", 8];
    return `\\${mark2}${code.toString(16).padStart(Number(digits2), "0")}`;
  }
  var defaultOf = ({ default: otherwise, allowed }, followed) => typeof followed === "string" && allowed.includes(followed) ? followed : otherwise;
  var Reader = class {
    /**
     * @param {Query} query
     * @param {AddressTable} table
     */
    constructor(query2, { parameters, steps, longest }) {
      this.query = query2;
      this.parameters = parameters;
      this.spelling = {};
      this.values = {};
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
      const { allowed, follows } = this.parameter(name);
      const otherwise = defaultOf(this.parameter(name), this.values[follows]);
      if (!this.has(name) || otherwise === null && this.text(name) === "") return otherwise;
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
      const none2 = otherwise === null ? null : [];
      if (!this.has(name)) return none2;
      const asked2 = new Set(this.text(name).split(",").filter(Boolean));
      const known = [...asked2].filter((word) => allowed.includes(word)).sort();
      if (known.length < asked2.size) this.remark(name, "remark-unknown");
      return known.length || !asked2.size ? known : none2;
    }
    /** @param {string} name */
    numbers(name) {
      if (!this.has(name) || this.text(name) === "") return null;
      const parts2 = this.text(name).split(",");
      const wanted = this.parameter(name).numbers;
      if (parts2.length !== wanted.length || !parts2.every((part) => NUMBER.test(part))) {
        this.remark(name, "remark-numbers");
        return null;
      }
      const found = parts2.map(Number);
      const outside = wanted.filter(({ low, high }, i) => !(found[i] >= low && found[i] <= high));
      for (const { name: which, low, high } of outside)
        this.remark(name, `remark-${which}`, { low: String(low), high: String(high) });
      return outside.length ? null : found;
    }
    /** The window. A missing end is derived from the other; a reversed window is not used. */
    window() {
      const opens = this.parameter("first").default ?? "";
      const closes = this.parameter("last").default ?? "";
      const before2 = this.remarks.length;
      let first = this.day("first") ?? opens;
      const isGiven = this.has("first") && this.remarks.length === before2;
      let last = this.day("last", this.has("first") && first > closes ? first : closes) ?? closes;
      if (first > last && !isGiven) first = last;
      if (first > last) {
        this.remark("first", "remark-reversed", { last });
        [first, last] = [opens, closes];
      }
      return { first, last };
    }
  };
  function read(query2, table2) {
    const names = Object.keys(table2.parameters);
    const reader = new Reader(query2, table2);
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
  function written(value, { low, high, decimals, turn: turn2 }) {
    const round = turn2 && (value < low || value > high) ? value - turn2 * Math.floor((value - low) / turn2) : value;
    const text = Math.min(Math.max(round, low), high).toFixed(decimals);
    return Number(text) === 0 ? text.replace("-", "") : text;
  }
  function textOf(value, { kind, allowed, numbers: numbers2 }) {
    if (kind === "flag") return value ? "1" : "0";
    if (value === null) return kind === "day" ? allowed[0] ?? null : null;
    if (kind === "words") return [...value].sort().join(",");
    if (kind === "numbers") return numbers2.map((number, i) => written(value[i], number)).join(",");
    return kind === "step" ? String(value) : value;
  }
  function write(view, { parameters, steps }) {
    const step = steps[(view.step ?? 0) - 1] ?? {};
    const texts = Object.entries(parameters).map(([name, parameter]) => {
      return (
        /** @type {[string, string]} */
        [name, textOf(view[
          /** @type {keyof Opening} */
          name
        ], parameter)]
      );
    });
    const left = texts.filter(([name, text]) => {
      const parameter = (
        /** @type {AddressParameter} */
        parameters[name]
      );
      return text !== (step[name] ?? defaultOf(parameter, view[
        /** @type {keyof Opening} */
        parameter.follows
      ]));
    }).map(([name, text]) => [name, text ?? ""]);
    const window2 = left.some(([name]) => name === "first" || name === "last");
    return Object.fromEntries([...window2 ? texts.slice(0, 2) : [], ...left]);
  }

  // mapapp/web/src/app_requests.js
  var asked = [];
  var comparing = false;
  var inApp = () => document.documentElement.hasAttribute("data-app");
  var incidentsAtHand = () => inApp() ? JSON.parse(window.frameElement?.getAttribute("data-incidents") ?? "null") : null;
  function letAppStart() {
    requestAnimationFrame(
      () => setTimeout(() => {
        window.frameElement?.setAttribute("data-drawn", "1");
        window.parent.dispatchEvent(new CustomEvent("mapapp-drawn"));
      })
    );
  }
  function askAgain() {
    if (asked.length || comparing)
      window.parent.mapappBridge?.request({ incident: asked[0] ?? null, compare: comparing });
  }
  function askForComparison() {
    comparing = true;
    askAgain();
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
  function statusOn(place2, day) {
    let held = null;
    for (const status of place2.statuses) {
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
    const places = atlas.places.filter((place2) => showsPlace(place2, snapshots.has(place2.layer), view));
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
      standing: new Map(places.map((place2) => [place2.id, statusOn(place2, statusDay(view))]))
    };
  }
  function showsPlace(place2, snapshot, view) {
    if (view.hidden.has(place2.layer) || !begun(place2, view.as_of)) return false;
    const [first, last] = snapshot ? [snapshotDay(view), snapshotDay(view)] : [view.first, view.last];
    return certainty(place2, first, last) >= (view.certain ? 2 : 1);
  }
  var taken = (view) => ({
    ...view,
    first: dayOf(view.first),
    last: dayOf(view.last),
    as_of: view.as_of === null ? null : dayOf(view.as_of),
    compare: view.compare === null ? null : dayOf(view.compare),
    said_by: view.said_by && new Set(view.said_by),
    kinds: view.kinds && new Set(view.kinds),
    hidden: new Set(view.hidden)
  });
  var sent = (view) => ({
    ...view,
    first: toIso(view.first),
    last: toIso(view.last),
    as_of: view.as_of === null ? null : toIso(view.as_of),
    compare: view.compare === null ? null : toIso(view.compare),
    said_by: view.said_by && [...view.said_by],
    kinds: view.kinds && [...view.kinds],
    hidden: [...view.hidden]
  });

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
  function update(node, attributes) {
    for (const [name, value] of Object.entries(attributes))
      if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
  }
  function updateText(node, text) {
    if (node.textContent !== text) node.textContent = text;
  }
  var button = (attributes, click, ...children) => on(make("button", { type: "button", ...attributes }, ...children), { click });
  function fragment(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    return holder.content;
  }
  function setChildren(parent, children) {
    const kept = new Set(children);
    for (const child of [...parent.children]) if (!kept.has(child)) child.remove();
    let next = parent.firstElementChild;
    for (const child of children)
      if (child === next) next = next.nextElementSibling;
      else parent.insertBefore(child, next);
  }
  var all = (within2, selector) => [
    .../** @type {NodeListOf<HTMLElement>} */
    within2.querySelectorAll(selector)
  ];
  function one(within2, selector) {
    const found = within2.querySelector(selector);
    if (!found) throw new Error(`no element matches ${selector}`);
    return (
      /** @type {HTMLElement} */
      found
    );
  }
  var drawing = (...shapes) => svg("svg", { viewBox: "0 0 34 16", width: 34, height: 16, "aria-hidden": "true" }, ...shapes);
  var symbol = (name) => svg("svg", { class: "symbol", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("use", { href: `#kind-${name}` }));
  var inputOf = (event) => (
    /** @type {HTMLInputElement} */
    event.target
  );

  // mapapp/web/src/numbers.js
  function withDigits(text, { zero }) {
    if (zero === "0") return text;
    const first = (
      /** @type {number} */
      zero.codePointAt(0)
    );
    return text.replace(/[0-9]/g, (digit) => String.fromCodePoint(first + Number(digit)));
  }
  function formatted(number, numbers2) {
    const [whole = "", rest] = String(Number(number.toFixed(3))).split(".");
    const grouped2 = whole.replace(/\B(?=(?:[0-9]{3})+$)/g, numbers2.group);
    return withDigits(rest ? `${grouped2}${numbers2.decimal}${rest}` : grouped2, numbers2);
  }

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
  function named(table2, id) {
    const found = table2.get(id);
    if (found === void 0) throw new Error(`unknown id ${id}`);
    return found;
  }
  var placeOf = (id) => named(state.places, id);
  var eventOf = (id) => named(state.events, id);
  var factOf = (id) => named(state.facts, id);
  var layerOf = (place2) => named(state.layers, place2.layer);
  var roleOf = (place2) => layerOf(place2).role;
  var $ = (selector) => one(state.root, selector);
  var $$ = (selector) => all(state.root, selector);
  var answer = () => {
  };
  function onChange(listener) {
    answer = listener;
  }
  var changed = (change2) => answer(change2);
  function setDays(first, last, change2 = "days") {
    const [low, high] = state.atlas.span;
    const days = [first, last].map((day) => clamp(day, low, high)).sort((a, b) => a - b);
    [state.view.first, state.view.last] = /** @type {[number, number]} */
    days;
    changed(change2);
  }
  function set(what, settings3) {
    Object.assign(state.view, settings3);
    changed(what);
  }
  var clamp = (value, low, high) => Math.min(Math.max(value, low), high);

  // mapapp/web/src/words.js
  var LEFT_TO_RIGHT = /(?![\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])\p{L}/u;
  var ISOLATED = /^[\u2066-\u2068][^\u2069]*\u2069$/;
  var pluralRules;
  var numberWords = (number) => formatted(number, state.atlas.numbers);
  var digits = (text) => withDigits(String(text), state.atlas.numbers);
  function filled(value) {
    if (typeof value === "number") return numberWords(value);
    const text = String(value ?? "");
    return state.atlas.dir === "rtl" && LEFT_TO_RIGHT.test(text) && !ISOLATED.test(text) ? `⁨${text}⁩` : text;
  }
  function words(key, values = {}) {
    const forms = state.atlas.words[key] ?? key;
    if (typeof forms === "string") return forms.replace(/\{(\w+)\}/g, (_, name) => filled(values[name]));
    pluralRules ??= new Intl.PluralRules(state.atlas.language);
    const message = forms[pluralRules.select(Number(values.n))] ?? forms.other ?? key;
    return message.replace(/\{(\w+)\}/g, (_, name) => filled(values[name]));
  }
  function dayWords(day, parts2 = "d m y") {
    const date = new Date(day * DAY);
    const { months, monthsAfterDay } = state.atlas;
    const names = parts2.includes("d") ? monthsAfterDay : months;
    return parts2.replace(
      /[dmy]/g,
      (part) => part === "m" ? (
        /** @type {string} */
        names[date.getUTCMonth()]
      ) : digits(part === "d" ? date.getUTCDate() : date.getUTCFullYear())
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
    const place2 = state.places.get(id);
    const { last } = state.view;
    if (!place2) return state.atlas.actors[id] ?? {};
    const dated = place2.namesWhen.find(([from, to]) => (from === null || from <= last) && (to === null || to >= last));
    return dated ? dated[2] : place2.names;
  }
  function languageIn(names) {
    const wanted = state.view.names;
    const found = [wanted, wanted.split("-")[0] ?? ""].find((tag) => tag in names);
    return found ?? Object.keys(names)[0] ?? "";
  }
  var inLanguage = (texts) => texts[state.atlas.language] ?? Object.values(texts)[0] ?? "";
  var languageOfText = (texts) => state.atlas.language in texts ? state.atlas.language : Object.keys(texts)[0] ?? "";
  var statementTitle = ({ title }) => make("span", { lang: languageOfText(title) }, inLanguage(title));
  var languageOf = (id) => languageIn(namesOf(id));
  function renameAll(within2) {
    for (const node of all(within2, "[data-name]")) {
      const id = node.dataset.name ?? "";
      node.textContent = nameOf(id);
      node.lang = languageOf(id);
    }
  }
  var labelOf = (place2, whole) => layerOf(place2).short && !whole ? (
    /** @type {string} */
    nameOf(place2.id).split(/\s*[,،(]/)[0]
  ) : titleOf(place2.id);
  var shared = /* @__PURE__ */ new Map();
  function titleOf(id) {
    const place2 = state.places.get(id);
    const name = nameOf(id);
    if (!place2 || place2.geometry.type === "Point" || !isShared(name)) return name;
    return words("name-of-kind", { name, kind: withinSentence(words(`place-kind-${place2.kind}`)) });
  }
  var withinSentence = (label) => label.charAt(0).toLocaleLowerCase(state.atlas.language) + label.slice(1);
  function isShared(name) {
    const { names } = state.view;
    let found = shared.get(names);
    if (!found) {
      const seen = /* @__PURE__ */ new Set();
      found = /* @__PURE__ */ new Set();
      for (const id of state.places.keys()) (seen.has(nameOf(id)) ? found : seen).add(nameOf(id));
      shared.set(names, found);
    }
    return found.has(name);
  }
  var speakerName = (id) => id === "article" ? words("the-article") : nameOf(id);

  // mapapp/web/src/comparison.js
  function knownSnapshots(atlas, view) {
    const known = new Set(atlas.places.filter((place2) => begun(place2, view.as_of)).map(({ id }) => id));
    return atlas.snapshots[view.certain ? "certain" : "possible"].filter(
      ([, , number]) => (atlas.snapshots.areas[number] ?? []).every((id) => known.has(id))
    );
  }
  var isComparable = (atlas) => atlas.snapshots.areas.length > 1;
  function comparisonOf(atlas, view) {
    if (view.compare === null || !isComparable(atlas)) return null;
    const known = knownSnapshots(atlas, view);
    const days = (
      /** @type {[number, number]} */
      [view.compare, snapshotDay(view)].sort((a, b) => a - b)
    );
    const at = days.map((day) => known.find(([first, last]) => first <= day && day <= last));
    const [before2, after] = at.map((one2) => one2?.[2] ?? null);
    return {
      first: days[0],
      last: days[1],
      gaps: [...new Set(days.filter((_, i) => !at[i]))],
      same: before2 === after,
      key: `${before2}-${after}`,
      known
    };
  }
  function comparisonWords(holders, days) {
    const changes2 = holders.filter(({ contested }) => !contested).flatMap((holder) => [
      { size: holder.gained[1], text: sentence("compare-gained", holder, holder.gained, days) },
      { size: holder.lost[1], text: sentence("compare-lost", holder, holder.lost, days) }
    ]).filter(({ size }) => size).sort((a, b) => b.size - a.size);
    return changes2.length ? changes2.map(({ text }) => text) : [words("compare-no-change", days)];
  }
  function sentence(key, { kind }, [least, best2, most2], days) {
    const who = words(`holder-${kind}`);
    const named2 = who !== `holder-${kind}`;
    const ending = (named2 ? "" : "-kind") + (least === best2 && best2 === most2 ? "-exactly" : "");
    const subject = named2 ? { holder: who } : { kind: words(`place-kind-${kind}`) };
    return words(key + ending, { least, best: best2, most: most2, ...subject, ...days });
  }
  var sizeWords = ([least, best2, most2]) => least === best2 && best2 === most2 ? words("compare-exactly", { n: best2 }) : words("quantity-between", { least, best: best2, most: most2 });
  function holderRows({ earlier, later, gained, lost, net, contested }, { first, last }) {
    const on2 = contested ? "compare-was-on" : "compare-held-on";
    const changed3 = (
      /** @type {[string, Size][]} */
      [
        [contested ? "compare-new-head" : "compare-gained-head", gained],
        [contested ? "compare-ended-head" : "compare-lost-head", lost],
        ["compare-net-head", net]
      ]
    );
    return [
      { label: words(on2, { day: first }), size: sizeWords(earlier) },
      { label: words(on2, { day: last }), size: sizeWords(later) },
      ...changed3.filter(([, [, best2]]) => best2).map(([key, size]) => ({ label: words(key), size: sizeWords(size) }))
    ];
  }

  // mapapp/web/src/address_bar.js
  var AROUND = ["screenshot", "language"];
  var SETTLED = 120;
  var waiting;
  var away = true;
  var untold = false;
  var hash = "";
  var opensOnDefault = false;
  var spellings = () => new Set(Object.entries(state.atlas.address.parameters).flatMap(([name, { alias }]) => [name, alias]));
  function query() {
    if (inApp()) return window.parent.location.search;
    return location.hash.length > 1 ? location.hash.slice(1) : location.search;
  }
  function readQuery() {
    const { view, remarks } = read(Object.fromEntries(new URLSearchParams(query())), state.atlas.address);
    if (view.compare === null || isComparable(state.atlas)) return { view, remarks };
    const remark = { key: "compare", code: "compare-impossible", got: `"${view.compare}"`, values: {} };
    return { view: { ...view, compare: null }, remarks: [...remarks, remark] };
  }
  function asksForNames() {
    const asked2 = new URLSearchParams(query());
    return asked2.has("names") || asked2.has(state.atlas.address.parameters.names?.alias ?? "names");
  }
  var viewOfAddress = () => readQuery().view;
  var written2 = (parameters) => String(new URLSearchParams(parameters)).replaceAll("%2C", ",");
  function writeView() {
    if (state.playing) return;
    clearTimeout(waiting);
    waiting = setTimeout(writeNow, SETTLED);
  }
  function writeNow() {
    clearTimeout(waiting);
    waiting = void 0;
    const { view, map, atlas } = state;
    const { lat, lng } = map.getCenter();
    const camera = view.moved ? [lat, lng, map.getZoom()] : null;
    const parameters = write({ ...sent(view), camera }, atlas.address);
    if (inApp()) return push(parameters);
    const isPlain = Object.keys(parameters).length === 0;
    if (isPlain && opensOnDefault && !location.search) return pushHash("");
    const days = { first: toIso(view.first), last: toIso(view.last) };
    pushHash(`#${written2(Object.entries(isPlain ? days : parameters))}`);
  }
  function link() {
    if (waiting !== void 0) writeNow();
    return (inApp() ? window.parent : window).location.href;
  }
  function pushHash(next) {
    if (next === location.hash) return;
    hash = next;
    const address = next || location.pathname;
    if (window.parent === window) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }
  function push(parameters) {
    const { location: location2, history: history2 } = window.parent;
    const ours = spellings();
    const others = [...new URLSearchParams(location2.search)].filter(([name]) => !ours.has(name));
    const text = written2([...others, ...Object.entries(parameters)]);
    const search2 = text ? `?${text}` : "";
    if (search2 === location2.search) return;
    const before2 = new URLSearchParams(location2.search);
    history2.pushState({}, "", `${location2.pathname}${search2}${location2.hash}`);
    untold = true;
    const after = new URLSearchParams(search2);
    if (isSpokenOf() || AROUND.some((name) => before2.get(name) !== after.get(name))) announce();
  }
  var isSpokenOf = () => Boolean(window.parent.document.querySelector('[data-testid="stPopoverBody"], [data-testid="stAlert"]'));
  function announce() {
    if (away || !untold) return;
    untold = false;
    window.parent.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  }
  function openingView(exported) {
    const { view, remarks } = readQuery();
    if (inApp()) return view;
    hash = location.hash;
    opensOnDefault = Object.keys(write(exported, state.atlas.address)).length === 0;
    document.querySelector(".page-head .remarks")?.remove();
    const ours = spellings();
    if (![...new URLSearchParams(query()).keys()].some((name) => ours.has(name))) return exported;
    const said2 = remarks.map(({ key, code, got, values }) => words("remark", { key, what: words(code, values), got }));
    if (said2.length) {
      const note = make("p", { class: "remarks", role: "status" }, `${words("bad-address")} ${said2.join(" ")}`);
      document.querySelector(".page-head > p")?.after(note);
    }
    return view;
  }
  function followAddress(take4, exported) {
    if (!inApp()) {
      const follow3 = () => {
        if (location.hash === hash) return;
        clearTimeout(waiting);
        waiting = void 0;
        take4(openingView(exported));
      };
      window.addEventListener("popstate", follow3);
      window.addEventListener("hashchange", follow3);
      return;
    }
    const closed = new AbortController();
    const follow2 = (event) => {
      if (!event.isTrusted) return;
      clearTimeout(waiting);
      waiting = void 0;
      untold = false;
      take4(viewOfAddress());
    };
    window.parent.addEventListener("popstate", follow2, { signal: closed.signal });
    for (const type of ["pointerdown", "focusin"])
      window.parent.document.addEventListener(type, announceLatest, { capture: true, signal: closed.signal });
    window.addEventListener("pagehide", ({ persisted }) => persisted || closed.abort());
  }
  function announceLatest({ target }) {
    if (target === window.frameElement) return;
    if (waiting !== void 0) writeNow();
    announce();
  }
  function served(isServed) {
    const isBack = away && isServed;
    away = !isServed;
    if (!isBack) return;
    announce();
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
      statementOf(id).places.map(([place2]) => place2).filter((place2) => state.places.has(place2))
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
  function openOwn(own) {
    state.chosen = { id: null, here: [], own };
    state.view.selected = null;
    changed("own-card");
  }
  function incidentScope() {
    const { id } = state.chosen;
    const place2 = id === null ? void 0 : state.places.get(id);
    return place2 && !place2.geometry.type.includes("Line") ? place2.id : null;
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
  var standingOf = (place2) => statusOn(place2, standingDay());
  function whyHidden(event) {
    if (!isPublished(event)) return "unknown";
    const sure = certaintyOf(event);
    if (sure === 0) return "window";
    if (!passes(event, state.view)) return "filters";
    return sure < enough() ? "sure" : null;
  }
  var spokenOf = (id) => (state.atlas.related[id] || []).filter(([event, via]) => via === null && state.shown.events.has(event)).map(([event]) => event);
  var isSpokenOf2 = (id, shown) => (state.atlas.related[id] || []).some(([event, via]) => via === null && shown.events.has(event));
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
    state.root.classList.toggle("words-lit", $$(".article-part:not([hidden]) .passage.lit").length > 0);
    updateText($(".reading-count"), countWords());
  }
  function countWords() {
    const { shown, view } = state;
    const [n, all2] = [shown.events.size, eventsOfArticles().length];
    const open3 = openEvents();
    if (view.as_of !== null && !open3.length) return words("statements-unknown", { all: all2, date: dayWords(view.as_of) });
    const inTime = open3.filter(inWindow).length;
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

  // mapapp/web/src/roving.js
  var DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  var SIDEWAYS = 2;
  var directionOf = (key) => Object.hasOwn(DIRECTIONS, key) ? DIRECTIONS[key] ?? null : null;
  function inOrder(key, at, count, mirrored = false) {
    const [forth, back] = mirrored ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
    const targets = {
      [forth]: at + 1,
      [back]: at - 1,
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + 1,
      PageUp: at - 1,
      Home: 0,
      End: count - 1
    };
    const to = Object.hasOwn(targets, key) ? targets[key] : void 0;
    return to === void 0 || to < 0 || to >= count || to === at ? null : to;
  }
  function inDirection([right, down], from, spots) {
    let best2 = null;
    let least = Infinity;
    spots.forEach((spot, i) => {
      if (!spot) return;
      const [x, y] = [spot[0] - from[0], spot[1] - from[1]];
      const ahead = x * right + y * down;
      const cost = ahead + SIDEWAYS * Math.abs(x * down + y * right);
      if (ahead <= 0 || cost >= least) return;
      [best2, least] = [i, cost];
    });
    return best2;
  }
  function rove(box, items, move3) {
    let stop2 = null;
    const setStop = (item) => {
      if (stop2 === item) return;
      if (stop2) stop2.tabIndex = -1;
      stop2 = item;
      if (stop2) stop2.tabIndex = 0;
    };
    box.addEventListener("focusin", ({ target }) => {
      const item = items().find((one2) => one2 === target);
      if (item) setStop(item);
    });
    box.addEventListener("keydown", (event) => {
      const { ctrlKey, altKey, metaKey, target } = (
        /** @type {KeyboardEvent} */
        event
      );
      if (ctrlKey || altKey || metaKey) return;
      const list = items();
      const at = list.indexOf(
        /** @type {Item} */
        target
      );
      if (at < 0) return;
      const to = move3(
        /** @type {KeyboardEvent} */
        event,
        at,
        list
      );
      if (to === null) return;
      event.preventDefault();
      list[to]?.focus();
    });
    return { setStop, stop: () => stop2 };
  }

  // mapapp/web/src/article_focus.js
  var group = null;
  var passages = () => $$(".article-part:not([hidden]) .passage");
  function makeArticleKeys() {
    group = rove($(".article"), passages, ({ key }, at, list) => {
      const mirrored = list[at]?.closest("[dir]")?.getAttribute("dir") === "rtl";
      return inOrder(key, at, list.length, mirrored);
    });
    renewPassageStop();
  }
  function renewPassageStop() {
    if (!group) return;
    const list = passages();
    const before2 = group.stop();
    const stays = before2 && /** @type {Element[]} */
    list.includes(before2) ? before2 : null;
    group.setStop(stays ?? list.find((node) => node.classList.contains("lit")) ?? list[0] ?? null);
    $(".article").tabIndex = group.stop() ? -1 : 0;
  }

  // mapapp/web/src/geometry.js
  var isPoint = (place2) => place2.geometry.type === "Point";
  var isLine = (place2) => place2.geometry.type.includes("Line");
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
  function areaHolds(place2, lon, lat) {
    const [west, south, east, north] = place2.box;
    if (lon < west || lon > east || lat < south || lat > north) return false;
    const { type, coordinates } = place2.geometry;
    const polygons = type === "Polygon" ? [coordinates] : coordinates;
    return polygons.some(
      ([shell, ...holes]) => shell && goesRound(shell, lon, lat) && !holes.some((hole) => goesRound(hole, lon, lat))
    );
  }
  function spansAt({ type, coordinates }, lat) {
    const polygons = type === "Polygon" ? [coordinates] : coordinates;
    return polygons.flatMap((rings) => {
      const crossings = rings.flatMap((ring) => crossingsOf(ring, lat)).sort((a, b) => a - b);
      return Array.from(
        { length: crossings.length / 2 },
        (_, i) => (
          /** @type {[number, number]} */
          [crossings[2 * i], crossings[2 * i + 1]]
        )
      );
    });
  }
  function crossingsOf(ring, lat) {
    const found = [];
    let [xj, yj] = (
      /** @type {[number, number]} */
      ring[ring.length - 1]
    );
    for (
      const [xi, yi] of
      /** @type {[number, number][]} */
      ring
    ) {
      if (yi > lat !== yj > lat) found.push((xj - xi) * (lat - yi) / (yj - yi) + xi);
      [xj, yj] = [xi, yi];
    }
    return found;
  }
  function linesOf({ type, coordinates }) {
    if (type === "LineString") return [coordinates];
    return type === "MultiPolygon" ? coordinates.flat() : coordinates;
  }
  var overlap = ([left, top, right, bottom], [l, t, r, b]) => left < r && right > l && top < b && bottom > t;

  // mapapp/web/src/badge_rules.js
  function badgesFor(shown, events, places, layers2) {
    const badges2 = /* @__PURE__ */ new Map();
    for (const [id, certainty2] of shown) {
      const event = events.get(id);
      for (const at of new Set(event?.places.map(([place2]) => place2))) {
        const place2 = places.get(at);
        if (!event || !place2 || !isPoint(place2) || layers2.get(place2.layer)?.badges === false) continue;
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
  function focusOf(layer) {
    const [node] = nodesOf(layer);
    return (
      /** @type {HTMLElement | SVGElement | null} */
      node?.closest(".leaflet-marker-icon") ?? node ?? null
    );
  }

  // mapapp/web/src/notice.js
  var SHOWN = 6e3;
  var hiding;
  function notice(text) {
    const box = $(".notice");
    clearTimeout(hiding);
    box.textContent = text;
    hiding = setTimeout(() => {
      box.textContent = "";
    }, SHOWN);
  }

  // mapapp/web/src/own_layer_hits.js
  var NEAR = 6;
  var NEAR_POINT = 9;
  function touch({ type, coordinates }, at) {
    if (type === "Point") return Math.hypot(coordinates[0] - at[0], coordinates[1] - at[1]) <= NEAR_POINT ? 1 : null;
    const lines = type === "LineString" ? [coordinates] : coordinates;
    if (lines.some((line3) => gapTo(line3, at) <= NEAR)) return 2;
    return type === "Polygon" && lines.reduce((inside, ring) => inside !== goesRound(ring, ...at), false) ? 3 : null;
  }
  function gapTo(line3, [x, y]) {
    let gap2 = Infinity;
    for (let i = 1; i < line3.length; i++) {
      const [ax, ay] = (
        /** @type {Point} */
        line3[i - 1]
      );
      const [bx, by] = (
        /** @type {Point} */
        line3[i]
      );
      const square = (bx - ax) ** 2 + (by - ay) ** 2;
      const along = square ? Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square)) : 0;
      gap2 = Math.min(gap2, Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)));
    }
    return gap2;
  }

  // mapapp/web/src/own_layer_readers/collector.js
  var MOST_PROPERTIES = 50;
  var LONGEST_TEXT = 2e3;
  var LONGEST_GOT = 60;
  var NAMES = ["name", "title", "label"];
  var NUMBER2 = /^[+-]?[0-9]+(\.[0-9]+)?$/;
  var Collector = class {
    constructor() {
      this.features = [];
      this.faults = [];
      this.vertices = 0;
      this.unit = "file";
      this.n = 0;
    }
    /**
     * @param {string} code
     * @param {unknown} [got]
     */
    fault(code, got = "") {
      const text = typeof got === "string" ? got : JSON.stringify(got) ?? "";
      const short = [...text].length > LONGEST_GOT ? `${[...text].slice(0, LONGEST_GOT - 1).join("")}…` : text;
      this.faults.push({ unit: this.unit, n: this.n, code, got: short });
    }
    /**
     * Adds a feature; one without shapes is left out.
     * @param {Shape[]} shapes
     * @param {[string, string][]} properties
     */
    add(shapes, properties) {
      if (!shapes.length) return;
      const named2 = NAMES.map((name) => properties.find(([key, text]) => key.toLowerCase() === name && text)).find(
        Boolean
      );
      const kept = properties.filter(([key, text]) => key && text).slice(0, MOST_PROPERTIES);
      this.features.push({
        shapes,
        properties: kept.map(([key, text]) => [cut(key), cut(text)]),
        name: named2 ? cut(named2[1]) : null
      });
    }
    /**
     * A position, if it is one.
     * @param {unknown} lon
     * @param {unknown} lat
     * @returns {Position | null}
     */
    position(lon, lat) {
      if (typeof lon !== "number" || typeof lat !== "number" || !Number.isFinite(lon) || !Number.isFinite(lat)) {
        this.fault("position", [lon, lat]);
        return null;
      }
      if (lon < -180 || lon > 180 || lat < -90 || lat > 90) {
        this.fault("range", `${lon}, ${lat}`);
        return null;
      }
      this.vertices += 1;
      return [lon, lat];
    }
    /**
     * A line of at least so many positions.
     * @param {(Position | null)[]} positions
     * @param {number} least
     * @returns {Position[] | null}
     */
    line(positions, least) {
      if (positions.includes(null)) return null;
      const line3 = (
        /** @type {Position[]} */
        positions
      );
      if (line3.length >= least) return line3;
      this.fault("short", String(line3.length));
      return null;
    }
    /**
     * A closed ring.
     * @param {(Position | null)[]} positions
     */
    ring(positions) {
      const ring = this.line(positions, 4);
      const [first, last] = [ring?.[0], ring?.at(-1)];
      if (!first || !last || first[0] === last[0] && first[1] === last[1]) return ring;
      this.fault("open", `${first.join(", ")} … ${last.join(", ")}`);
      return null;
    }
  };
  var cut = (text) => text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
  var polygonOf = (rings) => rings.includes(null) ? null : { type: "Polygon", coordinates: (
    /** @type {Position[][]} */
    rings
  ) };
  var numberOf = (text) => NUMBER2.test(text) ? Number(text) : null;

  // mapapp/web/src/own_layer_readers/read_csv.js
  var LAT_COLUMNS = ["lat", "latitude", "y"];
  var LON_COLUMNS = ["lon", "lng", "long", "longitude", "x"];
  function readCsv(text, into) {
    const [head2 = ""] = text.split(/\r\n|\r|\n/, 1);
    const delimiter = [",", ";", "	"].reduce((best2, one2) => countOf(head2, one2) > countOf(head2, best2) ? one2 : best2);
    const rows = csvRows(text, delimiter);
    if (rows === null) return into.fault("syntax");
    const columns = (rows[0]?.cells ?? []).map((cell) => cell.trim());
    const lower = columns.map((name) => name.toLowerCase());
    const [lat, lon] = [LAT_COLUMNS, LON_COLUMNS].map(
      (known) => known.map((name) => lower.indexOf(name)).find((at) => at >= 0)
    );
    if (lat === void 0 || lon === void 0) return into.fault("columns", columns.join(", "));
    into.unit = "row";
    for (const { line: at, cells } of rows.slice(1)) {
      into.n = at;
      if (cells.length > columns.length) {
        into.fault("cells", `${cells.length} > ${columns.length}`);
        continue;
      }
      const [x, y] = [lon, lat].map((column) => csvNumber(cells[column] ?? "", delimiter));
      if (x == null || y == null) {
        into.fault("position", `${cells[lon] ?? ""}, ${cells[lat] ?? ""}`);
        continue;
      }
      const place2 = into.position(x, y);
      const properties = columns.map((name, i) => (
        /** @type {[string, string]} */
        [name, (cells[i] ?? "").trim()]
      ));
      if (place2) into.add([{ type: "Point", coordinates: place2 }], properties);
    }
  }
  var countOf = (text, part) => text.split(part).length - 1;
  var csvNumber = (cell, delimiter) => numberOf(delimiter === "," ? cell.trim() : cell.trim().replace(",", "."));
  function csvRows(text, delimiter) {
    const rows = [];
    let row3 = { line: 1, cells: [""] };
    let quoted2 = false;
    let lines = 1;
    const end = () => {
      if (row3.cells.some((cell) => cell.trim())) rows.push(row3);
      row3 = { line: lines, cells: [""] };
    };
    for (let at = 0; at < text.length; at++) {
      const letter = text[at] ?? "";
      const last = row3.cells.length - 1;
      const isBreak = letter === "\n" || letter === "\r" && text[at + 1] !== "\n";
      if (isBreak) lines += 1;
      if (quoted2) {
        if (letter !== '"') row3.cells[last] += letter;
        else if (text[at + 1] === '"') {
          row3.cells[last] += letter;
          at += 1;
        } else quoted2 = false;
      } else if (letter === '"' && row3.cells[last] === "") quoted2 = true;
      else if (letter === delimiter) row3.cells.push("");
      else if (isBreak) end();
      else if (letter !== "\r") row3.cells[last] += letter;
    }
    end();
    return quoted2 ? null : rows;
  }

  // mapapp/web/src/own_layer_readers/read_geojson.js
  var DEEPEST = 8;
  function readGeojson(text, into) {
    let data;
    try {
      data = JSON.parse(text);
    } catch {
      return into.fault("syntax");
    }
    if (!isObject(data) || typeof data.type !== "string") return into.fault("root");
    const crs = data.crs === void 0 || data.crs === null ? "" : JSON.stringify(data.crs);
    if (crs && !/CRS84|EPSG:{1,2}4326/.test(crs)) return into.fault("crs", crs);
    const features = data.type === "FeatureCollection" ? data.features : data.type === "Feature" ? [data] : [{ type: "Feature", geometry: data }];
    if (!Array.isArray(features)) return into.fault("root");
    into.unit = "feature";
    for (const feature of features) {
      into.n += 1;
      if (!isObject(feature) || feature.type !== "Feature") into.fault("root");
      else {
        const before2 = into.faults.length;
        const shapes = feature.geometry == null ? [] : geojsonShapes(feature.geometry, into, 0);
        if (into.faults.length === before2) into.add(shapes, geojsonProperties(feature.properties));
      }
    }
  }
  var isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  function geojsonProperties(properties) {
    if (!isObject(properties)) return [];
    return Object.entries(properties).filter(([, value]) => value !== null).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]);
  }
  function geojsonShapes(geometry, into, depth) {
    const type = isObject(geometry) ? geometry.type : void 0;
    if (type === "GeometryCollection" && Array.isArray(geometry.geometries) && depth < DEEPEST)
      return geometry.geometries.flatMap((one2) => geojsonShapes(one2, into, depth + 1));
    const parts2 = { Point: point, LineString: line, Polygon: polygon };
    const single = typeof type === "string" ? type.replace(/^Multi/, "") : "";
    const part = Object.hasOwn(parts2, single) ? parts2[
      /** @type {keyof typeof parts} */
      single
    ] : void 0;
    const { coordinates } = isObject(geometry) ? geometry : { coordinates: void 0 };
    if (!part || !Array.isArray(coordinates)) {
      into.fault("geometry", type ?? geometry);
      return [];
    }
    const all2 = type === single ? [coordinates] : coordinates;
    return all2.map((one2) => part(one2, into)).filter((one2) => one2 !== null);
  }
  function geojsonPosition(place2, into) {
    if (Array.isArray(place2) && place2.length >= 2) return into.position(place2[0], place2[1]);
    into.fault("position", place2);
    return null;
  }
  function geojsonPositions(places, into) {
    if (Array.isArray(places)) return places.map((place2) => geojsonPosition(place2, into));
    into.fault("geometry", places);
    return [null];
  }
  function point(coordinates, into) {
    const at = geojsonPosition(coordinates, into);
    return at && { type: "Point", coordinates: at };
  }
  function line(coordinates, into) {
    const positions = into.line(geojsonPositions(coordinates, into), 2);
    return positions && { type: "LineString", coordinates: positions };
  }
  function polygon(coordinates, into) {
    if (!Array.isArray(coordinates) || !coordinates.length) {
      into.fault("geometry", coordinates);
      return null;
    }
    return polygonOf(coordinates.map((ring) => into.ring(geojsonPositions(ring, into))));
  }

  // mapapp/web/src/own_layer_readers/xml_elements.js
  function rootOf(text, name, into) {
    if (/<!(DOCTYPE|ENTITY)/i.test(text)) into.fault("doctype");
    else {
      const { documentElement: root } = new DOMParser().parseFromString(text, "application/xml");
      if (!root || root.getElementsByTagName("parsererror").length || root.localName === "parsererror")
        into.fault("syntax");
      else if (root.localName !== name) into.fault("root", root.localName);
      else return root;
    }
    return null;
  }
  var childrenOf = (element, ...names) => [...element.children].filter(({ localName }) => names.includes(localName));
  var within = (element, name) => [...element.getElementsByTagNameNS("*", name)];
  var textIn = (element) => element?.textContent?.trim() ?? "";

  // mapapp/web/src/own_layer_readers/read_gpx.js
  function readGpx(text, into) {
    const root = rootOf(text, "gpx", into);
    if (!root) return;
    into.unit = "element";
    for (const element of childrenOf(root, "wpt", "rte", "trk")) {
      into.n += 1;
      const before2 = into.faults.length;
      const shapes = gpxShapes(element, into);
      const about = childrenOf(element, "name", "desc", "cmt", "type", "time", "ele");
      const properties = about.map((one2) => [one2.localName, textIn(one2)]);
      if (into.faults.length === before2) into.add(shapes, properties);
    }
  }
  function gpxShapes(element, into) {
    if (element.localName === "wpt") {
      const at = gpxPosition(element, into);
      return at ? [{ type: "Point", coordinates: at }] : [];
    }
    const lines = element.localName === "rte" ? [childrenOf(element, "rtept")] : childrenOf(element, "trkseg").map((segment) => childrenOf(segment, "trkpt"));
    return lines.filter((points2) => points2.length > 1).map((points2) => into.line(points2.map((one2) => gpxPosition(one2, into)), 2)).filter((positions) => positions !== null).map((coordinates) => ({ type: "LineString", coordinates }));
  }
  function gpxPosition(element, into) {
    const [lon, lat] = ["lon", "lat"].map((name) => element.getAttribute(name) ?? "");
    const [x, y] = [numberOf((lon ?? "").trim()), numberOf((lat ?? "").trim())];
    if (x !== null && y !== null) return into.position(x, y);
    into.fault("position", `${lon}, ${lat}`);
    return null;
  }

  // mapapp/web/src/own_layer_readers/read_kml.js
  function readKml(text, into) {
    const root = rootOf(text, "kml", into);
    if (!root) return;
    into.unit = "placemark";
    for (const placemark of within(root, "Placemark")) {
      into.n += 1;
      const before2 = into.faults.length;
      const shapes = kmlShapes(placemark, into);
      if (into.faults.length === before2) into.add(shapes, kmlProperties(placemark));
    }
  }
  function kmlShapes(parent, into) {
    return [...parent.children].flatMap((element) => {
      const { localName } = element;
      if (localName === "MultiGeometry") return kmlShapes(element, into);
      let shape = null;
      if (localName === "Point") {
        const [at, ...more] = kmlPositions(element, into);
        if (at === void 0 || more.length) into.fault("short", String(more.length ? more.length + 1 : 0));
        else shape = at && { type: "Point", coordinates: at };
      } else if (localName === "LineString" || localName === "LinearRing") {
        const positions = into.line(kmlPositions(element, into), 2);
        shape = positions && { type: "LineString", coordinates: positions };
      } else if (localName === "Polygon") {
        const outer = childrenOf(element, "outerBoundaryIs");
        const rings = [...outer, ...childrenOf(element, "innerBoundaryIs")].flatMap(
          (edge) => childrenOf(edge, "LinearRing")
        );
        if (outer.length !== 1 || !rings.length) into.fault("geometry", localName);
        else shape = polygonOf(rings.map((ring) => into.ring(kmlPositions(ring, into))));
      }
      return shape ? [shape] : [];
    });
  }
  function kmlPositions(element, into) {
    const text = textIn(childrenOf(element, "coordinates")[0]);
    const places = text ? text.split(/[ \t\r\n]+/) : [];
    return places.map((place2) => {
      const [lon, lat] = place2.split(",").map(numberOf);
      if (lon === void 0 || lat === void 0 || lon === null || lat === null) {
        into.fault("position", place2);
        return null;
      }
      return into.position(lon, lat);
    });
  }
  function kmlProperties(placemark) {
    const own = childrenOf(placemark, "name", "description").map((one2) => [one2.localName, textIn(one2)]);
    const data = within(placemark, "Data").map((one2) => [
      one2.getAttribute("name") ?? "",
      textIn(childrenOf(one2, "value")[0])
    ]);
    const simple = within(placemark, "SimpleData").map((one2) => [one2.getAttribute("name") ?? "", textIn(one2)]);
    return [...own, .../** @type {[string, string][]} */
    [...data, ...simple]];
  }

  // mapapp/web/src/own_layer_readers/reader.js
  var MOST_BYTES = 2e7;
  var MOST_VERTICES = 5e4;
  function readOwnLayer(name, bytes) {
    const into = new Collector();
    const read2 = readerFor(name);
    const text = read2 && textOf2(bytes, into);
    if (!read2) into.fault("format", name.includes(".") ? `.${name.split(".").pop()}` : name);
    else if (text !== null && text !== void 0) {
      read2(text, into);
      into.unit = "file";
      into.n = 0;
      if (into.vertices > MOST_VERTICES) into.fault("vertices", String(into.vertices));
      if (!into.faults.length && !into.features.length) into.fault("empty");
    }
    return { features: into.faults.length ? [] : into.features, faults: into.faults };
  }
  function readerFor(name) {
    const ending = name.toLowerCase().match(/\.([a-z]+)$/)?.[1] ?? "";
    const readers = { geojson: readGeojson, json: readGeojson, kml: readKml, gpx: readGpx, csv: readCsv, tsv: readCsv };
    return Object.hasOwn(readers, ending) ? readers[
      /** @type {keyof typeof readers} */
      ending
    ] : void 0;
  }
  function textOf2(bytes, into) {
    if (bytes.length > MOST_BYTES) {
      into.fault("size", String(bytes.length));
      return null;
    }
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      into.fault("encoding");
      return null;
    }
  }

  // mapapp/web/src/tab_memory.js
  var keyOf = (name) => `mapapp-${name} ${location.pathname}`;
  function recall(name) {
    try {
      return sessionStorage.getItem(keyOf(name));
    } catch {
      return null;
    }
  }
  function remember(name, value) {
    try {
      sessionStorage.removeItem(keyOf(name));
      if (value !== null) sessionStorage.setItem(keyOf(name), value);
      return true;
    } catch {
      return false;
    }
  }

  // mapapp/web/src/own_layer.js
  var MOST_LISTED = 20;
  var MOST_CHIPS = 300;
  var KEPT = "own-layers";
  var MOST_KEPT = 4e6;
  var PIECE = 3e4;
  var ACCEPTED = ".geojson,.json,.kml,.gpx,.csv,.tsv";
  var layers = [];
  var canvas;
  function ownGroup() {
    const input = make("input", { type: "file", accept: ACCEPTED, multiple: true, hidden: true, "data-own-file": "" });
    on(input, {
      change: async () => {
        await addFiles([...input.files ?? []]);
        input.value = "";
      }
    });
    return make(
      "fieldset",
      { class: "group group-own" },
      make("legend", {}, words("group-own")),
      make("div", { class: "own-rows" }),
      make("div", { class: "own-faults", role: "alert" }),
      input,
      button({ class: "own-add" }, () => input.click(), words("own-add")),
      make("p", { class: "small" }, words("own-note"))
    );
  }
  function listenForDrops() {
    const pane = state.map.createPane("m-own");
    pane.style.zIndex = "450";
    pane.style.pointerEvents = "none";
    const holdsFiles = (event) => [...event.dataTransfer?.types ?? []].includes("Files");
    const mark2 = (over) => state.root.classList.toggle("dropping", over);
    document.addEventListener("dragover", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      mark2(true);
    });
    document.addEventListener("dragleave", (event) => event.relatedTarget === null && mark2(false));
    document.addEventListener("drop", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      mark2(false);
      addFiles([...event.dataTransfer?.files ?? []]);
    });
  }
  async function addFiles(files) {
    $(".own-faults").replaceChildren();
    for (const file of files) {
      const { features, faults, bytes } = await readFile(file);
      if (faults.length) showFaults(file.name, faults);
      else addLayer(file.name, features, bytes);
    }
  }
  async function readFile(file) {
    const tooLarge = file.size > MOST_BYTES;
    const bytes = tooLarge ? new Uint8Array(MOST_BYTES + 1) : new Uint8Array(await file.arrayBuffer());
    return { ...readOwnLayer(file.name, bytes), bytes };
  }
  function keep() {
    let room = MOST_KEPT;
    const kept = layers.filter(({ bytes }) => {
      const size = Math.ceil(bytes.length / 3) * 4;
      if (size > room) return false;
      room -= size;
      return true;
    });
    const written3 = kept.map(({ file, bytes, visible }) => ({ file, visible, data: inLetters(bytes) }));
    return remember(KEPT, kept.length ? JSON.stringify(written3) : null) && kept.length === layers.length;
  }
  function inLetters(bytes) {
    const pieces = [];
    for (let at = 0; at < bytes.length; at += PIECE) pieces.push(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
    return btoa(pieces.join(""));
  }
  function restoreOwn() {
    try {
      for (const { file, visible, data } of JSON.parse(recall(KEPT) ?? "[]")) {
        const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
        const { features, faults } = readOwnLayer(String(file), bytes);
        if (!faults.length)
          layers.push({ file: String(file), bytes, features, drawing: draw(features), visible: !!visible });
      }
    } catch {
      remember(KEPT, null);
    }
    for (const { drawing: drawing3, visible } of layers) if (visible) drawing3.addTo(state.map);
    paintRows();
  }
  function showFaults(file, faults) {
    const lines = faults.slice(0, MOST_LISTED).map((fault) => make("li", {}, faultWords(file, fault)));
    const more = faults.length - lines.length;
    if (more) lines.push(make("li", {}, words("own-more-faults", { n: more })));
    $(".own-faults").append(
      make("p", {}, make("b", {}, words("own-refused", { file, n: faults.length }))),
      make("ul", {}, ...lines)
    );
    $(".own-faults").scrollIntoView({ block: "nearest" });
    notice(words("own-refused", { file, n: faults.length }));
  }
  function faultWords(file, { unit, n, code, got }) {
    const where = words(`own-at-${unit}`, { file, number: n });
    const what = words(`own-fault-${code}`);
    return words(got ? "own-fault-got" : "own-fault", { where, what, got, fix: words(`own-fix-${code}`) });
  }
  function addLayer(file, features, bytes) {
    const layer = { file, bytes, features, drawing: draw(features), visible: true };
    layers = [...layers, layer];
    layer.drawing.addTo(state.map);
    paintRows();
    const box = boxOf(features);
    if (!state.map.getBounds().intersects(box)) state.map.fitBounds(box, { maxZoom: 12, animate: false });
    const added2 = words("own-added", { file, n: features.length });
    notice(keep() ? added2 : `${added2}. ${words("own-not-kept")}`);
    changed("own");
  }
  function positionsOf({ type, coordinates }) {
    const all2 = type === "Point" ? [coordinates] : type === "LineString" ? coordinates : coordinates.flat();
    return all2.map(([lon, lat]) => [lat, lon]);
  }
  function draw(features) {
    const pane = "m-own";
    canvas ??= L.canvas({ pane, padding: 0.3 });
    const style = getComputedStyle(document.documentElement);
    const [color, halo] = ["--own", "--halo"].map((name) => style.getPropertyValue(name).trim());
    const common = { pane, renderer: canvas, interactive: false };
    const parts2 = (shape) => {
      const at = positionsOf(shape);
      if (shape.type === "Point") {
        const [place2] = (
          /** @type {[[number, number]]} */
          at
        );
        return [
          L.circleMarker(place2, { ...common, radius: 6.5, color: halo, weight: 2, fillColor: color, fillOpacity: 1 }),
          L.circleMarker(place2, { ...common, radius: 2, stroke: false, fillColor: halo, fillOpacity: 1 })
        ];
      }
      const lines = shape.type === "LineString" ? [at] : shape.coordinates.map((ring) => ring.map(([x, y]) => [y, x]));
      const rings = (
        /** @type {[number, number][][]} */
        lines
      );
      return [
        ...shape.type === "Polygon" ? [L.polygon(rings, { ...common, stroke: false, fillColor: color, fillOpacity: 0.14 })] : [],
        L.polyline(rings, { ...common, color: halo, weight: 6, opacity: 0.9 }),
        L.polyline(rings, { ...common, color, weight: 3, opacity: 1 })
      ];
    };
    return L.layerGroup(features.flatMap(({ shapes }) => shapes.flatMap(parts2)));
  }
  var swatch = () => svg(
    "svg",
    { class: "swatch own-swatch", viewBox: "0 0 26 14", "aria-hidden": "true" },
    svg("path", { d: "M1 7H25", class: "own-line" }),
    svg("circle", { cx: 13, cy: 7, r: 4.5, class: "own-point" }),
    svg("circle", { cx: 13, cy: 7, r: 1.5, class: "own-dot" })
  );
  function paintRows() {
    $(".own-rows").replaceChildren(...layers.map(row));
  }
  function row(layer) {
    const input = on(make("input", { type: "checkbox" }), { change: (event) => show(layer, inputOf(event).checked) });
    input.checked = layer.visible;
    const name = words("own-layer", { file: layer.file });
    const label = words("own-remove", { file: layer.file });
    return make(
      "div",
      { class: "row own-row" },
      make(
        "label",
        {},
        input,
        make("span", { class: "switch" }),
        make("span", { class: "row-name" }, name),
        make("span", { class: "row-swatch" }, swatch())
      ),
      button({ class: "quiet", title: label, "aria-label": label }, () => remove(layer), "×"),
      featureList(layer)
    );
  }
  function featureList(layer) {
    const { features, file } = layer;
    const summary = make("summary", { title: words("list-places") }, words("own-features", { n: features.length }));
    const box = make("div", { class: "places" });
    const fill2 = () => {
      const chips = features.slice(0, MOST_CHIPS).map((own, i) => {
        const name = own.name ?? words("own-feature", { number: i + 1 });
        return button({ class: "chip", dir: "auto" }, () => goToFeature({ own, file, number: i + 1 }), name);
      });
      box.replaceChildren(...chips);
    };
    const details = make("details", {}, summary, box);
    return on(details, { toggle: () => details.open && fill2() });
  }
  function goToFeature(hit) {
    const box = boxOf([hit.own]);
    if (!state.map.getBounds().contains(box)) state.map.fitBounds(box, { maxZoom: 12, animate: false });
    openOwn(hit);
  }
  function boxOf(features) {
    const box = L.latLngBounds([]);
    for (const { shapes } of features) for (const shape of shapes) for (const at of positionsOf(shape)) box.extend(at);
    return box;
  }
  function show(layer, visible) {
    layer.visible = visible;
    if (visible) layer.drawing.addTo(state.map);
    else layer.drawing.remove();
    keep();
    closeCardOf(layer);
    changed("own");
  }
  function remove(layer) {
    layer.drawing.remove();
    layers = layers.filter((one2) => one2 !== layer);
    keep();
    closeCardOf(layer);
    paintRows();
    notice(words("own-removed", { file: layer.file }));
    $(".own-add").focus();
    changed("own");
  }
  function closeCardOf(layer) {
    const { own } = state.chosen;
    if (own && layer.features.includes(own.own)) select2(null);
  }
  function restyleOwn() {
    for (const layer of layers) {
      layer.drawing.remove();
      layer.drawing = draw(layer.features);
      if (layer.visible) layer.drawing.addTo(state.map);
    }
  }
  var ownKeys = () => layers.filter(({ visible }) => visible).map(({ file }) => make("div", { class: "key" }, swatch(), make("span", {}, words("own-layer", { file }))));
  function ownAt(latlng) {
    const { map } = state;
    const pixels = ([lon, lat]) => {
      const { x, y } = map.latLngToContainerPoint([lat, lon]);
      return (
        /** @type {Point} */
        [x, y]
      );
    };
    const at = pixels([latlng.lng, latlng.lat]);
    const found = [];
    for (const { file, features, visible } of [...layers].reverse()) {
      if (!visible) continue;
      features.forEach((feature, i) => {
        const touches = feature.shapes.map((shape) => touch(inPixels(shape, pixels), at)).filter((one2) => one2 !== null);
        if (touches.length) found.push({ hit: { own: feature, file, number: i + 1 }, touched: Math.min(...touches) });
      });
    }
    return found.sort((a, b) => a.touched - b.touched).map(({ hit, touched }) => ({ ...hit, area: touched === 3 }));
  }
  function inPixels({ type, coordinates }, pixels) {
    if (type === "Point") return { type, coordinates: pixels(coordinates) };
    if (type === "LineString") return { type, coordinates: coordinates.map(pixels) };
    return { type, coordinates: coordinates.map((ring) => ring.map(pixels)) };
  }
  function ownCard({ own: { name, properties }, file, number }) {
    const rows = properties.flatMap(([key, text]) => [
      make("dt", { dir: "auto" }, key),
      make("dd", { dir: "auto" }, text)
    ]);
    return make(
      "section",
      { class: "card own-card" },
      make("p", { class: "card-kind" }, words("own-layer", { file })),
      make("h4", { dir: "auto" }, name ?? words("own-feature", { number })),
      rows.length ? make("dl", {}, ...rows) : null,
      make("p", { class: "note" }, words("own-whose"))
    );
  }

  // mapapp/web/src/hits.js
  var NEAR2 = 6;
  var NEAR_POINT2 = 10;
  var AGAIN = 4;
  function gapTo2(lines, at) {
    let gap2 = Infinity;
    for (const line3 of lines) {
      let before2 = null;
      for (const [lon, lat] of line3) {
        const here2 = state.map.latLngToContainerPoint([lat, lon]);
        if (before2) gap2 = Math.min(gap2, at.distanceTo(L.LineUtil.closestPointOnSegment(at, before2, here2)));
        before2 = here2;
      }
    }
    return gap2;
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
  function nearness(place2, latlng, at) {
    const { map } = state;
    const pane = -state.atlas.drawing.indexOf(place2.layer);
    if (isPoint(place2)) {
      const [lon, lat] = place2.geometry.coordinates;
      const gap2 = at.distanceTo(map.latLngToContainerPoint([lat, lon]));
      return gap2 <= NEAR_POINT2 ? [1, gap2] : null;
    }
    if (isLine(place2)) {
      const gap2 = gapTo2(linesOf(place2.geometry), at);
      return gap2 <= NEAR2 ? [2, pane, gap2] : null;
    }
    const looks = looksOf(place2.id);
    if (looks.edged && gapTo2(linesOf(place2.geometry), at) <= NEAR2 / 2) return [2, pane, 0];
    if (!areaHolds(place2, latlng.lng, latlng.lat)) return null;
    const base = state.layers.get(place2.layer)?.group === "base";
    return [3, base ? 2 : looks.filled ? 0 : 1, pane, place2.area];
  }
  function compare(a, b) {
    const at = a.findIndex((value, i) => value !== b[i]);
    return at < 0 ? 0 : a[at] - b[at];
  }
  function placesAt(latlng) {
    const { map } = state;
    const at = map.latLngToContainerPoint(latlng);
    const named2 = namedAt(at);
    const around2 = L.latLngBounds(
      map.containerPointToLatLng(at.subtract([NEAR2, NEAR2])),
      map.containerPointToLatLng(at.add([NEAR2, NEAR2]))
    );
    const found = [];
    for (const [id, layer] of drawn) {
      const place2 = placeOf(id);
      const [west, south, east, north] = place2.box;
      if (roleOf(place2) === "land" || !map.hasLayer(layer)) continue;
      if (!isPoint(place2) && !around2.intersects([[south, west], [north, east]])) continue;
      const near = id === named2 ? [0] : nearness(place2, latlng, at);
      if (near) found.push([id, near]);
    }
    return found.sort((a, b) => compare(a[1], b[1])).map(([id]) => id);
  }
  var clicked = null;
  var taker = null;
  function takeClicks(take4) {
    taker = take4;
  }
  function selectAt(latlng, hit) {
    if (taker) return taker(latlng);
    const { map, chosen: chosen2, incidents } = state;
    const at = map.latLngToContainerPoint(latlng);
    const again = clicked !== null && map.latLngToContainerPoint(clicked).distanceTo(at) <= AGAIN;
    clicked = latlng;
    const rows = incidents ? incidents.at(latlng) : [];
    const under = placesAt(latlng);
    const here2 = hit ? [hit, ...under.filter((id) => id !== hit)] : under;
    const stack = stackOf(here2, here2[0] !== void 0 && here2[0] === namedAt(at), rows, ownAt(latlng));
    if (!stack.length) return;
    const now = stack.findIndex((item) => isChosen(item, chosen2));
    const next = stack[again ? (now + 1) % stack.length : 0];
    if (next?.own) openOwn(next.own);
    else if (next?.rows) openIncidents(next.rows);
    else if (next?.id) select2(next.id, { here: here2 });
  }
  function stackOf(here2, named2, rows, own) {
    const top = here2.filter((id, i) => isPoint(placeOf(id)) || named2 && i === 0);
    const places = (ids) => ids.map((id) => ({ id }));
    return [
      ...places(top),
      ...own.filter(({ area }) => !area).map((hit) => ({ own: hit })),
      ...rows.length ? [{ rows }] : [],
      ...places(here2.filter((id) => !top.includes(id))),
      ...own.filter(({ area }) => area).map((hit) => ({ own: hit }))
    ];
  }
  function isChosen({ id, rows, own }, chosen2) {
    if (own) return chosen2.own?.own === own.own;
    if (rows) return chosen2.incidents !== void 0;
    return id !== void 0 && id === chosen2.id;
  }

  // mapapp/web/src/compare_marks.js
  var PANE = "m-compare";
  var ANGLES = [45, 135, 0, 90];
  var marks = { layers: (
    /** @type {L.Layer[]} */
    []
  ), key: "", places: /* @__PURE__ */ new Set(
    /** @type {string[]} */
    []
  ) };
  var isHatched = (id) => marks.places.has(id);
  var hatched = (found) => found.flatMap((holder, at) => [
    ...holder.land ? [{ holder, left: false, at, shape: holder.land }] : [],
    ...holder.left ? [{ holder, left: true, at, shape: holder.left }] : []
  ]);
  var classOf = ({ layer, kind }, left) => `compared layer-${layer} kind-${kind}${left ? " left" : ""}`;
  var comparedKey = (found) => [
    ...hatched(found).map(({ holder, left }) => keyRow(holder, left)),
    ...lineRows()
  ];
  function lineRows() {
    const day = dayWords(state.view.compare ?? 0);
    const layers2 = new Map(otherLines().map((place2) => [place2.layer, place2]));
    return [...layers2.values()].map((place2) => {
      const path = svg("path", { d: "M1 7 H25", class: lineClass(place2) });
      const swatch2 = svg("svg", { class: "swatch", viewBox: "0 0 26 14", "aria-hidden": "true" }, path);
      const text = words("compare-key-line", { layer: words(`layer-${place2.layer}`), day });
      return make("div", { class: "key" }, swatch2, make("span", {}, text));
    });
  }
  function keyRow(holder, left) {
    const box = svg("rect", {
      x: 1,
      y: 1,
      width: 24,
      height: 12,
      class: classOf(holder, left),
      style: fillOf(holder, left)
    });
    const swatch2 = svg("svg", { class: "swatch", viewBox: "0 0 26 14", "aria-hidden": "true" }, box);
    const kind = words(`place-kind-${holder.kind}`);
    return make(
      "div",
      { class: "key" },
      swatch2,
      make("span", {}, words(left ? "compare-key-left" : "compare-key-gained", { kind }))
    );
  }
  var hatchOf = ({ kind }, left) => `compared-${kind}${left ? "-left" : ""}`;
  function hatches(found) {
    const patterns = hatched(found).map(({ holder, left, at }) => {
      const style = `stroke-width:2px;stroke-opacity:1;stroke-dasharray:${left ? "2 3" : "none"}`;
      const attributes = {
        id: hatchOf(holder, left),
        width: 7,
        height: 7,
        patternUnits: "userSpaceOnUse",
        patternTransform: `rotate(${ANGLES[at % ANGLES.length]})`
      };
      return svg(
        "pattern",
        attributes,
        svg("path", { d: "M0 0V7", class: `layer-${holder.layer} kind-${holder.kind}`, style })
      );
    });
    return svg(
      "svg",
      { class: "defs compare-hatches", width: 0, height: 0, "aria-hidden": "true" },
      svg("defs", {}, ...patterns)
    );
  }
  var fillOf = (holder, left) => `fill:url(#${hatchOf(holder, left)})`;
  function drawCompared(key, found) {
    if (marks.key === key) return false;
    const before2 = [...marks.places].join();
    marks.places = new Set(found.filter(({ contested }) => !contested).flatMap(({ places }) => places));
    drawMarks(key, found);
    return before2 !== [...marks.places].join();
  }
  function drawMarks(key, found) {
    marks.key = key;
    for (const layer of marks.layers) layer.remove();
    marks.layers = [];
    state.root.querySelector(".compare-hatches")?.remove();
    if (!key) return;
    if (!state.map.getPane(PANE)) {
      const pane = state.map.createPane(PANE);
      pane.style.zIndex = "395";
      pane.style.pointerEvents = "none";
    }
    state.root.append(hatches(found));
    const areas = hatched(found).map(
      ({ holder, left, shape }) => shapeOf(shape, classOf(holder, left), fillOf(holder, left))
    );
    marks.layers = [...areas, ...otherLines().map((place2) => shapeOf(place2.geometry, lineClass(place2)))];
  }
  var lineClass = (place2) => `compared-line layer-${place2.layer} kind-${place2.kind}`;
  function otherLines() {
    const day = state.view.compare ?? 0;
    const dated = new Set(state.atlas.layers.filter(({ snapshot }) => snapshot).map(({ id }) => id));
    return [...state.places.values()].filter(
      (place2) => dated.has(place2.layer) && isLine(place2) && hasBegun(place2) && !state.shown.places.has(place2.id) && !state.view.hidden.has(place2.layer) && certainty(place2, day, day) >= enough()
    );
  }
  function shapeOf(geometry, className, style) {
    const feature = (
      /** @type {GeoJSON.Feature} */
      { type: "Feature", geometry }
    );
    const options = { pane: PANE, className, interactive: false, smoothFactor: 0.8, weight: 1, fill: Boolean(style) };
    const layer = L.GeoJSON.geometryToLayer(
      feature,
      /** @type {L.GeoJSONOptions} */
      /** @type {unknown} */
      options
    );
    layer.addTo(state.map);
    const node = (
      /** @type {L.Path} */
      layer.getElement?.()
    );
    if (node && style) node.setAttribute("style", style);
    return layer;
  }

  // mapapp/web/src/inner_band.js
  function innerBand({ id }, shape, band) {
    const defs = state.root.parentElement?.querySelector("svg.defs defs");
    defs?.append(svg("clipPath", { id: `inside-${id}` }, svg("use", { href: `#shape-${id}` })));
    shape.on("add", () => shape.getElement()?.setAttribute("id", `shape-${id}`));
    band.on("add", () => band.getElement()?.setAttribute("clip-path", `url(#inside-${id})`));
    return L.featureGroup([shape, band]);
  }

  // mapapp/web/src/mark_words.js
  function markWords({ id, kind }, status = state.shown.standing.get(id)) {
    const [place2, what] = [nameOf(id), words(`place-kind-${kind}`)];
    const mark2 = status ? words("mark-with-status", { place: place2, kind: what, status: words(`status-${status}`) }) : words("mark", { place: place2, kind: what });
    const n = spokenOf(id).length;
    return n ? words("mark-with-statements", { mark: mark2, n }) : mark2;
  }
  function nameMark(node, place2) {
    update(node, { "aria-label": markWords(place2) });
    if (state.chosen.id === place2.id) node.setAttribute("aria-current", "true");
    else node.removeAttribute("aria-current");
  }
  function makeFocusable(layer, place2) {
    const node = focusOf(layer);
    if (!node) return;
    node.setAttribute("role", "button");
    node.setAttribute("aria-label", markWords(place2, standingOf(place2)));
    node.tabIndex = -1;
  }
  function timeWords({ earliest, latest }) {
    if (earliest === null)
      return latest === null ? words("date-always") : words("date-until", { date: dayWords(latest) });
    return latest === null ? words("date-from", { date: dayWords(earliest) }) : daysWords(earliest, latest);
  }
  function timeMarkWords(id) {
    const event = state.events.get(id);
    if (!event) {
      const fact = (
        /** @type {FactItem} */
        state.facts.get(id)
      );
      return words("time-mark-background", { title: fact.title.replace(/\.$/, ""), when: timeWords(fact) });
    }
    const name = words("time-mark", { number: event.number, title: inLanguage(event.title), when: timeWords(event) });
    const why = state.shown.events.get(id) === 1 ? "sure" : whyHidden(event);
    return why ? `${name} ${words(`hidden-${why}`)}` : name;
  }

  // mapapp/web/src/map.js
  var EARLY = 5;
  var LATE = 10;
  L.Browser.ie3d = true;
  function makePanes() {
    const { map } = state;
    const { drawing: drawing3 } = state.atlas;
    drawing3.forEach((name, i) => {
      map.createPane(`m-${name}`).style.zIndex = String(210 + Math.floor(i * 180 / drawing3.length));
    });
    const bands2 = map.createPane("m-tolerance");
    bands2.style.zIndex = "395";
    const labels = map.createPane("m-labels");
    labels.style.zIndex = "640";
    labels.classList.add("labels");
    for (const { id, role } of state.layers.values())
      if (role === "land") map.getPane(`m-${id}`).style.pointerEvents = "none";
  }
  function classesOf(place2) {
    const role = roleOf(place2);
    const [low] = place2.zoom;
    const size = low <= EARLY ? " early" : low >= LATE ? " late" : "";
    const unsure = place2.unsure ? " unsure" : "";
    const more = `${role ? ` role-${role}` : ""}${size}${place2.draft ? " draft" : ""}${unsure}`;
    return `place layer-${place2.layer} kind-${place2.kind} basis-${place2.basis}${more}`;
  }
  var symbolOf = (place2) => symbol(`place-${place2.kind}`);
  function draw2(place2) {
    const layer = isPoint(place2) ? drawPoint(place2) : drawShape(place2);
    if (roleOf(place2) !== "land") layer.on("add", () => makeFocusable(layer, place2));
    drawn.set(place2.id, layer);
    return layer;
  }
  function drawShape(place2) {
    const feature = (
      /** @type {GeoJSON.Feature} */
      { type: "Feature", geometry: place2.geometry }
    );
    const path = (options) => {
      const all2 = { pane: `m-${place2.layer}`, smoothFactor: 0.8, bubblingMouseEvents: false, ...options };
      return (
        /** @type {L.Path} */
        L.GeoJSON.geometryToLayer(
          feature,
          /** @type {L.GeoJSONOptions} */
          all2
        )
      );
    };
    const line3 = isLine(place2);
    const shape = path({
      className: `${classesOf(place2)} ${line3 ? "line" : "area"}`,
      weight: 1,
      fill: !line3,
      interactive: roleOf(place2) !== "land"
    });
    const layer = line3 ? L.featureGroup([path({ className: "hit", fill: false }), shape]) : layerOf(place2).banded ? innerBand(place2, shape, path({ className: `${classesOf(place2)} band`, fill: false, interactive: false })) : shape;
    layer.on("click", (event) => {
      L.DomEvent.stop(event);
      selectAt(event.latlng);
    });
    if (roleOf(place2) !== "land") hover(layer, place2);
    return layer;
  }
  function drawPoint(place2) {
    const [lon, lat] = place2.geometry.coordinates;
    const html = make("span", { class: classesOf(place2) }, symbolOf(place2));
    const marker = L.marker([lat, lon], {
      icon: L.divIcon({ html, className: "mark", iconSize: [18, 18] }),
      keyboard: false,
      // map_focus.js makes all marks together one tab stop
      bubblingMouseEvents: false,
      zIndexOffset: state.atlas.drawing.indexOf(place2.layer) * 20
    });
    marker.on("click", (event) => selectAt(event.latlng, place2.id));
    hover(marker, place2);
    return marker;
  }
  function tip(place2) {
    const status = state.shown.standing.get(place2.id);
    const count = spokenOf(place2.id).length;
    return make(
      "span",
      {},
      make("b", { lang: languageOf(place2.id) }, nameOf(place2.id)),
      status ? make("span", { class: "tip-note" }, words(`status-${status}`)) : null,
      make("span", { class: "tip-note" }, words("within-km", { km: place2.tolerance })),
      count ? make("span", { class: "tip-note said" }, words("statements", { n: count })) : null
    );
  }
  function hover(layer, own) {
    let place2 = own;
    const content = () => tip(place2);
    layer.bindTooltip(content, { sticky: true, direction: "top", offset: [0, -8], className: "tip", opacity: 1 });
    if (isPoint(own)) return;
    layer.on("mouseover mousemove", (event) => {
      const { latlng } = (
        /** @type {L.LeafletMouseEvent} */
        event
      );
      const top = placesAt(latlng).find((id) => roleOf(placeOf(id)) !== "country");
      if (!top) return void layer.closeTooltip();
      if (placeOf(top) !== place2) {
        place2 = placeOf(top);
        layer.setTooltipContent(
          /** @type {any} */
          content
        );
      }
      if (!layer.isTooltipOpen()) layer.openTooltip(latlng);
    });
  }
  function paintPlaces(shown) {
    const { map, chosen: chosen2 } = state;
    const lit = litPlaces();
    const main = new Set(chosen2.id ? chosenPlaces() : []);
    for (const [id, place2] of state.places) {
      const visible = shown.places.has(id) && !isHatched(id) || lit.has(id) && hasBegun(place2);
      if (!visible && !drawn.has(id)) continue;
      const layer = drawn.get(id) || draw2(place2);
      if (visible !== map.hasLayer(layer)) visible ? map.addLayer(layer) : map.removeLayer(layer);
      if (!visible) continue;
      const status = standingOf(place2) || "none";
      const spoken = isSpokenOf2(id, shown);
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
      badges.set(id, { ...drawBadge(id, badge), statements: badge.statements, key, move: [0, 0] });
    }
  }
  function drawBadge(id, { statements: statements2, kinds, possible }) {
    const symbols = kinds.slice(0, MOST_SYMBOLS);
    const html = make(
      "span",
      { class: possible ? "badge possible" : "badge", "data-of": id },
      ...symbols.map((kind) => symbol(kind)),
      statements2 > 1 ? make("b", {}, numberWords(statements2)) : null
    );
    const place2 = placeOf(id);
    const [lon, lat] = place2.geometry.coordinates;
    const width2 = 8 + symbols.length * 17 + (statements2 > 1 ? 12 : 0);
    const marker = L.marker([lat, lon], {
      icon: L.divIcon({ html, className: "mark", iconSize: [width2, 22], iconAnchor: [width2 / 2, 27] }),
      keyboard: false,
      // the mark of the place has the same name and does the same
      zIndexOffset: 1e3,
      bubblingMouseEvents: false
    });
    marker.on("click", (event) => selectAt(event.latlng, id));
    hover(marker, place2);
    marker.addTo(state.map);
    marker.getElement()?.setAttribute("aria-hidden", "true");
    return { marker, symbols, width: width2 };
  }
  function ownBox(id) {
    const { marker, width: width2 } = (
      /** @type {BadgeOnMap} */
      badges.get(id)
    );
    const at = state.map.latLngToContainerPoint(marker.getLatLng());
    return [at.x - width2 / 2, at.y - 27, at.x + width2 / 2, at.y - 4, id];
  }
  function badgeBox(id) {
    const [left, top, right, bottom] = ownBox(id);
    const [x, y] = moveOf(id);
    return [left + x, top + y, right + x, bottom + y, id];
  }
  var moveOf = (id) => badges.get(id)?.move ?? [0, 0];
  function moveBadge(id, move3) {
    const badge = (
      /** @type {BadgeOnMap} */
      badges.get(id)
    );
    const [x, y] = move3;
    if (badge.move[0] === x && badge.move[1] === y) return;
    badge.move = move3;
    const element = badge.marker.getElement();
    if (!element) return;
    element.style.translate = `${x}px ${y}px`;
    element.querySelector(".badge-leader")?.remove();
    if (x === 0 && y === 0) return;
    const leader = make("span", { class: "badge-leader", "aria-hidden": "true" });
    leader.style.width = `${Math.hypot(x, y - 16)}px`;
    leader.style.rotate = `${Math.atan2(16 - y, -x)}rad`;
    element.prepend(leader);
  }

  // mapapp/web/src/cards.js
  function paintCards() {
    const { chosen: chosen2, root, incidents } = state;
    const pane = $(".cards");
    const open3 = chosen2.id !== null || Boolean(chosen2.incidents ?? chosen2.own);
    root.classList.toggle("has-cards", open3);
    pane.replaceChildren(...open3 ? [head()] : []);
    if (!open3) return;
    const list = make("div", { class: "cards-list" });
    if (chosen2.id !== null) list.append(...cardsOf(chosen2.id));
    else if (chosen2.own) list.append(ownCard(chosen2.own));
    else if (incidents && chosen2.incidents) list.append(incidents.cards(chosen2.incidents));
    pane.append(list);
    if (chosen2.id !== null) {
      hideWhatCameLater(pane);
      updateCards();
    }
  }
  function head() {
    const { chosen: chosen2, places, facts } = state;
    const id = chosen2.id ?? "";
    const what = chosen2.own ? "own" : chosen2.incidents ? "incidents" : places.has(id) ? "place" : facts.has(id) ? "fact" : "event";
    return make(
      "div",
      { class: "cards-head" },
      make("h2", { tabindex: -1 }, words(`selected-${what}`)),
      button({ class: "quiet", title: words("close"), "aria-label": words("close") }, () => select2(null), "×")
    );
  }
  var focusCard = () => (
    /** @type {HTMLElement | null} */
    $(".cards").querySelector("h2")?.focus({ preventScroll: true })
  );
  function cardsOf(id) {
    const { atlas, events, places } = state;
    const facts = atlas.factsOf[id] || [];
    const parts2 = [...alsoHere(id), firstCard(id)];
    if (places.has(id)) parts2.push(...besidePlace(id, facts));
    else if (events.has(id)) {
      if (facts.length) parts2.push(section("background-to", facts, "background"));
      const [place2] = mainPlaces();
      if (state.atlas.counted.includes(eventOf(id).kind) && place2) parts2.push(...incidentsBeside(place2));
    }
    return parts2;
  }
  function firstCard(id) {
    const card = cardOf(id);
    for (const node of all(card, "h4, h5")) node.setAttribute("aria-level", node.tagName === "H4" ? "3" : "4");
    return card;
  }
  function alsoHere(id) {
    const { chosen: chosen2, events } = state;
    const others = chosen2.here.filter((other) => other !== id);
    if (!others.length) return [];
    const chips = others.map(
      (other) => make(
        "button",
        { type: "button", class: "chip", "data-select": other, "data-keep": "1" },
        events.has(other) ? statementTitle(eventOf(other)) : make("bdi", { "data-name": other }, nameOf(other))
      )
    );
    return [make("p", { class: "here" }, `${words(chosen2.words ? "also-words" : "also-here")} `, ...chips)];
  }
  function besidePlace(id, facts) {
    const { atlas } = state;
    const related = atlas.related[id] || [];
    const own = related.filter(([, via]) => via === null).map(([event]) => event);
    const inside = related.filter(([, via]) => via !== null);
    const parts2 = [...incidentsBeside(id), statements("article-here", own)];
    if (inside.length) parts2.push(statementsInside(inside));
    if (facts.length) parts2.push(section("background-here", facts, "background"));
    const origin = make("section", { class: "background" }, make("h3", {}, words("about-mark")));
    origin.append(fragment(atlas.details[id]));
    return [...parts2, origin];
  }
  function incidentsBeside(id) {
    const beside = !state.view.hidden.has("incidents") ? state.incidents?.section(id) : null;
    return beside ? [beside] : [];
  }
  var cardOf = (id) => fragment(state.atlas.cards[id]);
  var heading = (title, n) => make("h3", {}, `${words(title)} `, make("span", { class: "n" }, numberWords(n)));
  var section = (title, ids, classes) => make("section", { class: classes }, heading(title, ids.length), ...ids.map(cardOf));
  function statements(title, ids) {
    if (!ids.length)
      return make("section", { class: "said" }, heading(title, 0), make("p", { class: "none" }, words("article-silent")));
    const data = { class: "said", "data-statements": ids.join(" ") };
    return make("section", data, heading(title, ids.length), ...statementLists(ids.map(cardOf)));
  }
  function statementsInside(related) {
    const cards2 = related.map(([id, via]) => {
      const card = cardOf(id);
      const note = make("p", { class: "via" }, `${words("via")} `, make("bdi", { "data-name": via }));
      card.firstElementChild?.prepend(note);
      return card;
    });
    const summary = make("summary", {}, heading("article-within", related.length));
    return make(
      "section",
      { class: "said folded", "data-statements": related.map(([id]) => id).join(" ") },
      make("details", {}, summary, ...statementLists(cards2))
    );
  }
  var statementLists = (cards2) => [
    make("div", { class: "shown-statements" }, ...cards2),
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
    const { chosen: chosen2, events, places, shown } = state;
    const pane = $(".cards");
    for (const card of all(pane, "[data-card]")) {
      const id = card.dataset.card ?? "";
      card.classList.toggle("outside", events.has(id) && !shown.events.has(id));
    }
    const now = chosen2.id !== null && places.has(chosen2.id) ? standingOf(placeOf(chosen2.id)) : null;
    const standing = now && words("status-now", { status: words(`status-${now}`), date: dayWords(standingDay()) });
    for (const node of all(pane, ".status-now")) node.textContent = standing;
    for (const card of all(pane, ".card.said")) sayWhyHidden(card);
    for (const box of all(pane, "[data-statements]")) regroup(box);
    for (const box of all(pane, "section.background")) {
      const n = box.querySelector("h3 .n");
      if (n) n.textContent = numberWords(box.querySelectorAll(".card:not([hidden])").length);
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
    const place2 = new Map(order.map((id, i) => [id, i]));
    const cards2 = all(box, ".card.said").sort(
      (a, b) => (place2.get(a.dataset.card ?? "") ?? 0) - (place2.get(b.dataset.card ?? "") ?? 0)
    );
    const reasons = /* @__PURE__ */ new Map();
    for (const card of cards2) {
      const why = whyCardHidden(card);
      if (why) reasons.set(why, (reasons.get(why) || 0) + 1);
      (why ? rest : one(box, ".shown-statements")).append(card);
    }
    const hidden2 = [...reasons.values()].reduce((sum, n) => sum + n, 0);
    one(box, "h3 .n").textContent = numberWords(cards2.length - hidden2);
    rest.hidden = hidden2 === 0;
    if (hidden2 === cards2.length && !box.classList.contains("folded")) rest.open = true;
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
    const open3 = [...beside.querySelectorAll("details")].map((node) => node.open);
    anew.querySelectorAll("details").forEach((node, i) => {
      node.open = Boolean(open3[i]);
    });
    beside.replaceWith(anew);
  }

  // mapapp/web/src/beyond.js
  var NARROW = 560;
  var LOW = 360;
  var TOP = 10;
  var ROW = 29;
  var GAP = 4;
  var unlabelled = [];
  var isNarrow = () => state.map.getSize().x < NARROW;
  var rowsOfMap = () => isNarrow() || state.map.getSize().y < LOW ? 1 : 2;
  var reachesOut;
  function heightOfList() {
    reachesOut ??= [...state.events.values()].some(({ places }) => places.some(([id]) => isAbroad(id)));
    return reachesOut ? TOP + rowsOfMap() * ROW : 0;
  }
  function isAbroad(id) {
    const [west, south, east, north] = placeOf(id).box;
    const home = L.latLngBounds(
      /** @type {L.LatLngBoundsLiteral} */
      state.atlas.home
    );
    return !home.intersects(L.latLngBounds([south, west], [north, east]));
  }
  function paintBeyond(beyond) {
    const { view, map, root } = state;
    unlabelled = beyond;
    root.querySelector(".credit-beyond")?.replaceWith(beyondNote());
    root.classList.toggle("narrow-map", isNarrow());
    const box = $(".beyond");
    const names = beyond.map(([id]) => nameOf(id));
    const key = [
      ...beyond.flat(),
      view.names,
      view.screenshot,
      map.getSize(),
      names,
      $(".how-to-read").hidden,
      document.fonts.status
    ].join(" ");
    if (box.dataset.key === key) return false;
    box.dataset.key = key;
    const held = document.activeElement?.matches(".beyond-more");
    box.hidden = beyond.length === 0;
    box.classList.remove("open");
    box.replaceChildren(make("span", {}, words("beyond")), ...beyond.map(chip));
    limitRows(box);
    if (held) box.querySelector(".beyond-more")?.focus({ preventScroll: true });
    return true;
  }
  var chip = ([id, n]) => make(
    "button",
    { type: "button", class: "chip", "data-select": id },
    make("bdi", { "data-title": id, lang: languageOf(id) }, titleOf(id)),
    make("b", { class: "count" }, numberWords(n))
  );
  function limitRows(box) {
    const items = (
      /** @type {HTMLElement[]} */
      [...box.children]
    );
    const most2 = rowsOfMap();
    const wide = box.clientWidth;
    const widths2 = items.map((item) => item.getBoundingClientRect().width);
    if (!wide || rowsFor(widths2, wide) <= most2) return;
    const attributes = { class: "beyond-more", "aria-expanded": "false" };
    const more = button(attributes, () => open(box, !box.classList.contains("open")));
    box.append(more);
    const own = Math.max(
      ...[words("beyond-fewer"), words("beyond-more", { n: items.length })].map((text) => {
        more.textContent = text;
        return more.getBoundingClientRect().width;
      })
    );
    more.style.minWidth = `${own}px`;
    let fit = items.length - 1;
    while (fit > 1 && rowsFor([...widths2.slice(0, fit), own], wide) > most2) fit -= 1;
    const rest = items.slice(fit);
    for (const item of rest) item.hidden = true;
    more.dataset.rest = String(rest.length);
    more.textContent = words("beyond-more", { n: rest.length });
    rest[0]?.before(more);
  }
  function rowsFor(widths2, wide) {
    let rows = 0;
    let used = Infinity;
    for (const width2 of widths2.filter((one2) => one2 > 0)) {
      used += GAP + width2;
      if (used <= wide) continue;
      rows += 1;
      used = width2;
    }
    return rows;
  }
  function open(box, whole) {
    const more = one(box, ".beyond-more");
    box.classList.toggle("open", whole);
    more.setAttribute("aria-expanded", String(whole));
    more.textContent = whole ? words("beyond-fewer") : words("beyond-more", { n: Number(more.dataset.rest) });
    for (let item = more.nextElementSibling; item; item = item.nextElementSibling) item.toggleAttribute("hidden", !whole);
  }
  var beyondList = () => on(make("div", { class: "beyond", hidden: true }), {
    click: ({ target, currentTarget }) => {
      const box = (
        /** @type {HTMLElement} */
        currentTarget
      );
      const chosen2 = (
        /** @type {Element} */
        target.closest("[data-select]")
      );
      if (chosen2 && box.classList.contains("open")) open(box, false);
    },
    keydown: (event) => {
      const box = (
        /** @type {HTMLElement} */
        event.currentTarget
      );
      if (event.key !== "Escape" || !box.classList.contains("open")) return;
      event.stopPropagation();
      open(box, false);
      one(box, ".beyond-more").focus();
    }
  });
  var beyondNote = () => make(
    "p",
    { class: "small credit-beyond", hidden: !unlabelled.length },
    `${words("beyond")} `,
    ...unlabelled.flatMap(([id, n], i) => [i ? ", " : "", make("bdi", { lang: languageOf(id) }, titleOf(id)), ` ${n}`])
  );

  // mapapp/web/src/label_layout.js
  var EDGE = 2;
  var SURROUNDED = 3;
  var TURNING = 2;
  var MOST_FACTS = 4;
  var EARLIER = 0.5;
  var RANKS = 2;
  var BESIDE = 4;
  var MOVES = [
    [0, 0],
    [0, -1],
    [1, 0],
    [-1, 0],
    [0, -1.5],
    [1.5, 0],
    [-1.5, 0],
    [1, -1],
    [-1, -1],
    [0, -2],
    [1, -2],
    [-1, -2],
    [0, -3]
  ];
  var isTurning = (facts) => facts >= TURNING;
  function isWanted(place2, zoom, statements2, lit, facts) {
    if (place2.at === null) return false;
    const [low, high] = place2.zoom;
    return lit || statements2 > 0 || zoom >= (isTurning(facts) ? low - EARLIER : low) && zoom <= high;
  }
  function byWorth(places, counts, lit, factsOf) {
    const worth = ({ id, rank }) => [
      Number(!lit.has(id)),
      -(counts.get(id) ?? 0),
      rank - RANKS * Math.min(factsOf(id), MOST_FACTS)
    ];
    return places.map((place2) => ({ place: place2, worth: worth(place2) })).sort((a, b) => a.worth.map((value, i) => value - Number(b.worth[i])).find((gap2) => gap2 !== 0) ?? 0).map(({ place: place2 }) => place2);
  }
  function layOut(candidates, taken2, marks4, [width2, height], written3) {
    const covered2 = [...taken2];
    const done = new Set(written3);
    const placed = /* @__PURE__ */ new Map();
    const left = [];
    for (const { id, name, shared: shared2, counted: counted3, sought, far, near, ...own } of candidates) {
      if (shared2 && done.has(name)) continue;
      const isFree = (boxes, [x, y]) => x >= EDGE && y >= EDGE && x + own.width <= width2 - EDGE && y + own.height <= height - EDGE && !boxes.some((box) => box[4] !== id && overlap(box, [x, y, x + own.width, y + own.height, id]));
      const isBare = (at) => isFree(covered2, at);
      const isClear = (at) => isBare(at) && isFree(marks4, at);
      const spot = near.find(isClear) ?? (counted3 || sought ? far().find(isClear) ?? near.find(isBare) ?? far().find(isBare) : void 0);
      if (shared2 && (spot || counted3)) done.add(name);
      if (spot) {
        placed.set(id, spot);
        covered2.push([spot[0], spot[1], spot[0] + own.width, spot[1] + own.height, ""]);
      } else if (counted3) left.push(id);
    }
    return { placed, left };
  }
  function spotsFor([x, y], { width: width2, height }, { point: point2, badge }) {
    const middle = x - width2 / 2;
    if (!point2) return [0, height / 2 + 6.5, -height / 2 - 6.5].map((down) => [middle, y - height / 2 + down]);
    const gap2 = badge === null ? 9 : badge / 2 + 2;
    const levels = badge === null ? [y - height / 2] : [y - height / 2, y - 15 - height / 2];
    const sides = levels.flatMap((level) => [[x + gap2, level], [x - gap2 - width2, level]]);
    return [
      ...sides,
      [middle, y + 8],
      [middle, y - height - (badge === null ? 8 : 29)],
      [x + 4, y + 6],
      [x - width2 - 4, y + 6]
    ];
  }
  function spreadBadges(badges2, [width2, height]) {
    const taken2 = [];
    const moved = /* @__PURE__ */ new Map();
    const left = [];
    for (const { id, box } of badges2) {
      const [west, north, east, south] = box;
      const [across, down] = [east - west + BESIDE, south - north + BESIDE];
      const moves = MOVES.map(([x, y]) => (
        /** @type {Point} */
        [x * across, y * down]
      ));
      const move3 = moves.find(([x, y]) => {
        const there = (
          /** @type {PixelBox} */
          [west + x, north + y, east + x, south + y, id]
        );
        const isInside = there[0] >= 0 && there[1] >= 0 && there[2] <= width2 && there[3] <= height;
        return isInside && !taken2.some((other) => overlap(other, there));
      });
      if (!move3) {
        left.push(id);
        continue;
      }
      moved.set(id, move3);
      taken2.push([west + move3[0], north + move3[1], east + move3[0], south + move3[1], id]);
    }
    return { moved, left };
  }
  function anchorOf(place2, { box: [west, south, east, north], rows, middles }) {
    if (!place2.at) return null;
    const [lon, lat] = place2.at;
    if (lon >= west && lon <= east && lat >= south && lat <= north) return null;
    const [w, s, e, n] = place2.box;
    if (w > east || e < west || s > north || n < south) return null;
    const hits = new Set([...middles.keys()].filter((cell) => holds(place2, middles[cell])));
    let best2 = null;
    let most2 = SURROUNDED;
    for (const cell of hits) {
      const around2 = neighbours(cell, rows).filter((near) => hits.has(near)).length;
      if (around2 > most2) [best2, most2] = [cell, around2];
    }
    return best2 === null ? null : middles[best2] ?? null;
  }
  var holds = (place2, at) => at !== void 0 && areaHolds(place2, at[0], at[1]);
  function neighbours(cell, rows) {
    const row3 = cell % rows;
    const levels = [-1, 0, 1].filter((step) => row3 + step >= 0 && row3 + step < rows);
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
  var lastLabelled = "";
  var renamed;
  function placeAnchors() {
    const { map } = state;
    anchors.clear();
    sights.clear();
    forgetControls();
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
    for (const place2 of state.places.values()) {
      const large = ["country", "province"].includes(roleOf(place2) ?? "");
      const anchor = large ? anchorOf(place2, { box, rows, middles }) : null;
      if (anchor) anchors.set(place2.id, anchor);
    }
  }
  function spotOf(place2) {
    const [west, south, east, north] = place2.box;
    const [lon, lat] = anchors.get(place2.id) ?? place2.at ?? [(west + east) / 2, (south + north) / 2];
    return state.map.latLngToContainerPoint([lat, lon]);
  }
  function countStatements() {
    const counts = new Map([...badges].map(([id, { statements: statements2 }]) => [id, statements2]));
    for (const id of state.shown.places) {
      const place2 = placeOf(id);
      const n = isPoint(place2) || !place2.at ? 0 : spokenOf(id).length;
      if (n) counts.set(id, n);
    }
    return counts;
  }
  var waiting2 = false;
  var wanting = false;
  function labelOnce(change2) {
    waiting2 = true;
    wanting = false;
    change2();
    waiting2 = false;
    if (wanting) paintLabels();
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
    wanting = waiting2;
    if (waiting2) return;
    const { map, shown } = state;
    const counts = countStatements();
    const lit = litPlaces();
    const candidates = [.../* @__PURE__ */ new Set([...shown.places, ...badges.keys()])].map(placeOf);
    const wanted = candidates.filter(
      (place2) => isWanted(place2, map.getZoom(), counts.get(place2.id) ?? 0, lit.has(place2.id), factCount(place2.id))
    );
    const ordered = byWorth(wanted, counts, lit, factCount);
    const listed2 = new Set(spread(ordered.map(({ id }) => id)));
    let placed;
    let left;
    do {
      const beyond = [...counts].filter(([id]) => listed2.has(id)).sort((a, b) => b[1] - a[1]);
      if (paintBeyond(beyond)) delete measured.listed;
      const covers = coversOf();
      const inMap = ordered.filter(({ id }) => !listed2.has(id)).map((place2) => candidateOf(place2, counts, lit, covers));
      const written3 = new Set([...listed2].map((id) => labelOf(placeOf(id), lit.has(id))));
      const badged = [...badges.keys()].filter((id) => !listed2.has(id)).map(badgeBox);
      const { x, y } = map.getSize();
      ({ placed, left } = layOut(inMap, [...covers, ...badged], pointBoxes(), [x, y], written3));
      for (const id of left) listed2.add(id);
    } while (left.length);
    setChildren(
      /** @type {HTMLElement} */
      map.getPane("m-labels"),
      [...placed].map(([id, at]) => labelFor(placeOf(id), at, counts.get(id) ?? 0, lit.has(id)))
    );
    for (const [id, { marker }] of badges) {
      const element = marker.getElement();
      if (element) element.hidden = listed2.has(id);
    }
  }
  function factCount(id) {
    const place2 = placeOf(id);
    const named2 = !isPoint(place2) || roleOf(place2) === "settlement";
    return named2 ? state.atlas.factsOf[id]?.length ?? 0 : 0;
  }
  function spread(order) {
    const { x, y } = state.map.getSize();
    const own = order.filter((id) => badges.has(id)).map((id) => ({ id, box: ownBox(id) }));
    const { moved, left } = spreadBadges(own, [x, y]);
    for (const [id, move3] of moved) moveBadge(id, move3);
    return left;
  }
  var measured = {};
  function forgetControls() {
    delete measured.controls;
  }
  function coversOf() {
    if (state.view.screenshot) return [...boxesOf([$(".credit")]), ...boxesOf(mapControls())];
    measured.listed ??= boxesOf([...$(".beyond").children]);
    measured.controls ??= boxesOf([$(".search"), $(".panel-toggle"), $(".how-to-read"), ...mapControls()]);
    return [...measured.listed, ...measured.controls];
  }
  var mapControls = () => $$(".leaflet-control-container .leaflet-control");
  function boxesOf(nodes) {
    const { left, top } = state.map.getContainer().getBoundingClientRect();
    return nodes.map((node) => node.getBoundingClientRect()).filter(({ width: width2 }) => width2).map((box) => [box.left - left - 3, box.top - top - 2, box.right - left + 3, box.bottom - top + 2, ""]);
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
  function candidateOf(place2, counts, lit, covers) {
    const { id } = place2;
    const { look, once } = layerOf(place2);
    const name = labelOf(place2, lit.has(id));
    const count = counts.get(id) ?? 0;
    const point2 = isPoint(place2);
    const weight = lit.has(id) || place2.great ? 700 : look.weight;
    const number = count && !point2 ? 16 + 6 * String(count).length : 0;
    const spread2 = look.spread ? name.length * look.size * look.spread : 0;
    const text = look.upper ? name.toUpperCase() : name;
    const width2 = textWidth(text, weight, look.size) + spread2 + number + 4;
    const height = look.size + 5;
    const spot = spotOf(place2);
    const [right, down] = moveOf(id);
    return {
      id,
      name,
      shared: once,
      counted: count > 0,
      sought: isTurning(factCount(id)),
      width: width2,
      height,
      near: isSeen(place2, covers) ? spotsFor([spot.x + right, spot.y + down], { width: width2, height }, { point: point2, badge: badges.get(id)?.width ?? null }) : [],
      far: () => point2 ? [] : partsInSight(place2).map(([x, y]) => [x - width2 / 2, y - height / 2])
    };
  }
  var drawn2 = /* @__PURE__ */ new Map();
  function labelFor(place2, at, count, lit) {
    const { id } = place2;
    const number = isPoint(place2) ? 0 : count;
    const look = [labelOf(place2, lit), languageOf(id), number, lit].join("|");
    const before2 = drawn2.get(id);
    const label = before2?.look === look ? before2 : { look, node: labelNode(place2, number, lit) };
    drawn2.set(id, label);
    const origin = state.map.containerPointToLayerPoint([0, 0]);
    const move3 = `translate(${Math.round(at[0] + origin.x)}px, ${Math.round(at[1] + origin.y)}px)`;
    if (label.node.style.transform !== move3) label.node.style.transform = move3;
    return label.node;
  }
  function labelNode(place2, number, lit) {
    const { id, layer, kind } = place2;
    const node = make(
      "span",
      {
        class: `label label-${layer} kind-${kind}${lit ? " lit" : ""}${place2.draft ? " draft" : ""}`,
        "data-place": id,
        lang: languageOf(id),
        dir: "auto"
      },
      labelOf(place2, lit)
    );
    if (number) node.append(" ", make("b", { class: "count" }, numberWords(number)));
    return node;
  }
  function isSeen(place2, covers) {
    const { map } = state;
    const [west, south, east, north] = place2.box;
    if (!isPoint(place2)) return map.getBounds().intersects(L.latLngBounds([south, west], [north, east]));
    const [lon, lat] = (
      /** @type {Point} */
      place2.at
    );
    const { x, y } = map.latLngToContainerPoint([lat, lon]);
    const size = map.getSize();
    return x >= 0 && y >= 0 && x <= size.x && y <= size.y && !covers.some((box) => overlap(box, [x, y, x, y, ""]));
  }
  function partsInSight(place2) {
    let found = sights.get(place2.id);
    if (!found) {
      const at = spotOf(place2);
      const gap2 = ([x, y]) => Math.hypot(x - at.x, y - at.y);
      found = (isLine(place2) ? lineParts(place2) : areaParts(place2)).sort((a, b) => gap2(a) - gap2(b));
      sights.set(place2.id, found);
    }
    return found;
  }
  function lineParts(place2) {
    const size = state.map.getSize();
    return linesOf(place2.geometry).flat().map(([lon, lat]) => state.map.latLngToContainerPoint([lat, lon])).filter(({ x, y }) => x > 0 && y > 0 && x < size.x && y < size.y).map(({ x, y }) => [x, y]);
  }
  function areaParts({ geometry }) {
    const { map } = state;
    const { x: width2, y: height } = map.getSize();
    const found = [];
    for (let y = 12; y < height; y += 16) {
      const { lat } = map.containerPointToLatLng([0, y]);
      const spans = spansAt(geometry, lat).map((lons) => lons.map((lon) => map.latLngToContainerPoint([lat, lon]).x));
      for (let x = 20; x < width2; x += 24) if (spans.some(([from, to]) => x > from && x <= to)) found.push([x, y]);
    }
    return found;
  }

  // mapapp/web/src/map_focus.js
  var STEP = 80;
  var group2 = null;
  function makeMapKeys() {
    const box = state.map.getContainer();
    box.tabIndex = -1;
    box.setAttribute("role", "application");
    box.setAttribute("aria-label", words("map-marks"));
    box.setAttribute("aria-describedby", "map-keys");
    $(".stage").prepend(make("p", { id: "map-keys", hidden: true }, words("map-keys")));
    for (const pane of ["m-labels", "tooltipPane"]) state.map.getPane(pane)?.setAttribute("aria-hidden", "true");
    box.addEventListener("keydown", onKey);
    box.addEventListener("focusin", ({ target }) => (
      /** @type {Element} */
      target.removeAttribute("aria-describedby")
    ));
    group2 = rove(box, () => [...marks2().keys()], move);
  }
  function marks2() {
    const found = /* @__PURE__ */ new Map();
    const marked = /* @__PURE__ */ new Set();
    for (const [id, layer] of drawn) {
      const node = state.map.hasLayer(layer) && roleOf(placeOf(id)) !== "land" ? focusOf(layer) : null;
      if (!node) continue;
      found.set(node, id);
      marked.add(id);
    }
    for (const [id, { marker }] of badges) {
      const node = marker.getElement();
      if (!node) continue;
      if (marked.has(id)) node.setAttribute("aria-hidden", "true");
      else {
        node.removeAttribute("aria-hidden");
        node.setAttribute("role", "button");
        if (!node.hidden) found.set(node, id);
      }
    }
    return found;
  }
  function spotInSight(id) {
    const { map } = state;
    const place2 = placeOf(id);
    const size = map.getSize();
    if (place2.at) {
      const { x, y } = spotOf(place2);
      if (x >= 0 && y >= 0 && x <= size.x && y <= size.y) return [x, y];
    }
    const [west, south, east, north] = place2.box;
    if (isPoint(place2) || !map.getBounds().intersects(L.latLngBounds([south, west], [north, east]))) return null;
    return partsInSight(place2)[0] ?? null;
  }
  function move({ key, shiftKey }, at, list) {
    const direction = directionOf(key);
    if (shiftKey) return null;
    const ids = marks2();
    if (!direction) {
      const seen = list.map((node, i) => ({ i, id: ids.get(node) ?? "" })).filter(({ id }) => spotInSight(id));
      const to = inOrder(
        key,
        seen.findIndex(({ i }) => i === at),
        seen.length
      );
      return to === null ? null : seen[to]?.i ?? null;
    }
    const spots = list.map((node) => spotInSight(ids.get(node) ?? ""));
    const { x, y } = state.map.getSize();
    return inDirection(direction, spots[at] ?? [x / 2, y / 2], spots);
  }
  function onKey(event) {
    const { key, shiftKey, target, ctrlKey, altKey, metaKey } = event;
    const { map, chosen: chosen2 } = state;
    const box = map.getContainer();
    if (ctrlKey || altKey || metaKey) return;
    if (target === box) {
      if (key !== "Enter") return;
      group2?.stop()?.focus();
      return event.preventDefault();
    }
    const id = marks2().get(
      /** @type {Item} */
      target
    );
    if (id === void 0) return;
    const direction = directionOf(key);
    if (direction && shiftKey) map.panBy([direction[0] * STEP, direction[1] * STEP], { animate: false });
    else if (key === "+" || key === "=") map.zoomIn();
    else if (key === "-" || key === "_") map.zoomOut();
    else if (key === "Enter" || key === " ") {
      select2(id, { here: [id] });
      focusCard();
    } else if (key === "Escape" && !chosen2.id && !chosen2.incidents) box.focus();
    else return;
    event.preventDefault();
  }
  function refreshMarks() {
    const ids = marks2();
    for (const [node, id] of ids) nameMark(node, placeOf(id));
    if (!group2) return;
    const now = group2.stop();
    if (now && now === document.activeElement) return;
    const isSeen2 = (node) => node !== null && ids.has(node) && spotInSight(ids.get(node) ?? "") !== null;
    const chosen2 = [...ids.keys()].find((node) => ids.get(node) === state.chosen.id) ?? null;
    const stop2 = [chosen2, now].find(isSeen2) ?? [...ids.keys()].sort(byStatements(ids)).find(isSeen2) ?? null;
    group2.setStop(stop2);
    state.map.getContainer().tabIndex = stop2 ? -1 : 0;
  }
  function byStatements(ids) {
    const counts = new Map([...ids].map(([node, id]) => [node, spokenOf(id).length]));
    return (one2, other) => (counts.get(other) ?? 0) - (counts.get(one2) ?? 0);
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
    const start3 = new Date(axis2.first * DAY);
    const found = [];
    for (let month = start3.getUTCMonth() % 12; ; month++) {
      const year = start3.getUTCFullYear() + Math.floor(month / 12);
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
    for (const item of [...items].sort((a, b) => leftOf(a) - leftOf(b))) {
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
  function zoomed(axis2, factor, around2, [low, high]) {
    const now = axis2.last - axis2.first + 1;
    const length = Math.min(Math.max(now * factor, 10), high - low + 1);
    const wanted = Math.round(around2 - (around2 - axis2.first) / now * length);
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
  function axisFor(axis2, first, last, span) {
    const around2 = axisAround(first, last, span);
    const slack = (around2.last - around2.first - (last - first)) / 4;
    const isAsLong = axis2.last - axis2.first === around2.last - around2.first;
    return isAsLong && first - axis2.first >= slack && axis2.last - last >= slack ? axis2 : around2;
  }

  // mapapp/web/src/time_focus.js
  var group3 = null;
  function makeTimeKeys() {
    group3 = rove($(".axis-svg"), marks3, ({ key }, at, list) => inOrder(key, at, list.length));
    renewTimeStop();
  }
  var idOf = (node) => node.dataset.mark ?? "";
  function marks3() {
    const begin2 = (node) => {
      const item = state.events.get(idOf(node)) ?? state.facts.get(idOf(node));
      return (item && startOf(item)) ?? -Infinity;
    };
    return all($(".axis-svg"), "[data-mark]:not(.unknown)").map((node, i) => ({ node, begin: begin2(node), i })).sort((a, b) => a.begin === b.begin ? a.i - b.i : a.begin - b.begin).map(({ node }) => node);
  }
  function renewTimeStop() {
    if (!group3) return;
    const before2 = group3.stop();
    const list = marks3();
    const find = (id) => list.find((node) => idOf(node) === id);
    group3.setStop(find(before2 && idOf(before2)) ?? find(state.chosen.id) ?? list.find(isShown) ?? list[0] ?? null);
  }
  var isShown = (node) => state.shown.events.has(idOf(node));
  function nameTimeMarks() {
    for (const node of all($(".axis-svg"), "[data-mark]")) update(node, { "aria-label": timeMarkWords(idOf(node)) });
    renewTimeStop();
  }

  // mapapp/web/src/announce.js
  var SETTLED2 = 500;
  var waiting3;
  var changes = /* @__PURE__ */ new Set();
  var hidden = [];
  function beginAnnouncing() {
    hidden = [...state.view.hidden];
    settled();
  }
  function announce2(change2) {
    changes.add(change2);
    if (change2 === "days") changes.delete("step");
    noteMove();
  }
  function noteMove() {
    clearTimeout(waiting3);
    waiting3 = setTimeout(settled, SETTLED2);
  }
  function settled() {
    if (changes.has("step")) return;
    refreshMarks();
    nameTimeMarks();
    renewPassageStop();
    const said2 = [...changes].map(sentenceOf).filter((sentence2) => sentence2 !== null);
    changes.clear();
    if (said2.length && state.view.step === null) $(".announcement").textContent = [...new Set(said2)].join(" ");
  }
  function sentenceOf(change2) {
    const { view } = state;
    if (change2 === "days" || change2 === "nudge")
      return words("announce-window", { days: daysWords(view.first, view.last), count: countWords() });
    if (["filter", "setting", "reset"].includes(change2)) return words("announce-count", { count: countWords() });
    if (change2 === "layer") return layerSentence();
    if (change2 === "selection") return selectionSentence();
    return null;
  }
  function layerSentence() {
    const before2 = hidden;
    hidden = [...state.view.hidden];
    const gone = hidden.filter((id) => !before2.includes(id)).map((id) => words("announce-hidden", { layer: layerWords(id) }));
    const back = before2.filter((id) => !hidden.includes(id)).map((id) => words("announce-shown", { layer: layerWords(id) }));
    return [...gone, ...back].join(" ");
  }
  var layerWords = (id) => words(`layer-${id}`);
  function selectionSentence() {
    const { chosen: chosen2 } = state;
    if (chosen2.id === null) return words("announce-closed");
    const event = state.events.get(chosen2.id);
    const what = event ? inLanguage(event.title) : state.facts.get(chosen2.id)?.title;
    return words("announce-selected", { what: what ?? nameOf(chosen2.id) });
  }

  // mapapp/web/src/camera.js
  var ABROAD = 4e5;
  var steering = false;
  var isSteering = () => steering;
  function steer(move3) {
    steering = true;
    move3();
    steering = false;
  }
  function fitHome() {
    const home = (
      /** @type {L.LatLngBoundsLiteral} */
      state.atlas.home
    );
    state.map.fitBounds(home, { animate: false, ...padding(0) });
  }
  var covered = { key: "", width: 0 };
  function coveredWidth() {
    const card = $(".how-to-read");
    if (card.hidden || isNarrow()) return 0;
    const key = String(state.map.getSize());
    if (covered.key !== key) {
      const [box, stage] = [card.getBoundingClientRect(), $(".stage").getBoundingClientRect()];
      const inMap = getComputedStyle(card).gridRowStart === "stage";
      const width2 = state.atlas.dir === "rtl" ? stage.right - box.left : box.right - stage.left;
      Object.assign(covered, { key, width: inMap ? width2 : 0 });
    }
    return covered.width;
  }
  function padding(more) {
    const rtl = state.atlas.dir === "rtl";
    const start3 = coveredWidth();
    return {
      paddingTopLeft: [more + (rtl ? 0 : start3), more + heightOfList()],
      paddingBottomRight: [more + (rtl ? start3 : 0), more]
    };
  }
  function clearBounds() {
    const { map } = state;
    const { paddingTopLeft, paddingBottomRight } = padding(-1);
    const far = map.getSize().subtract(paddingBottomRight);
    return L.latLngBounds(map.containerPointToLatLng(paddingTopLeft), map.containerPointToLatLng(far));
  }
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
    if (clearBounds().contains(box) && !tooSmall) return;
    const home = L.latLngBounds(
      /** @type {L.LatLngBoundsLiteral} */
      state.atlas.home
    ).getCenter();
    const maxZoom = home.distanceTo(box.getCenter()) > ABROAD ? 5 : clamp(map.getZoom(), 10, 11);
    map.fitBounds(box, { maxZoom, ...padding(30), animate: false });
  }

  // mapapp/web/src/compare_numbers.js
  var table = "unasked";
  var numbersStatus = () => typeof table === "string" ? table : "ready";
  var comparisonNumbers = () => typeof table === "string" ? null : table;
  function holdersOf(key) {
    if (table === "unasked") load();
    return comparisonNumbers()?.[key] ?? null;
  }
  function load() {
    table = "loading";
    const packed = document.getElementById("mapapp-compared")?.textContent;
    if (packed) take(async () => new Blob([Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0))]).stream());
    else askForComparison();
  }
  async function compared({ file }) {
    if (table !== "loading") return;
    await take(async () => {
      const { ok, status, body } = await fetch(file);
      if (!ok || !body) throw new Error(`${file}: HTTP ${status}`);
      return body;
    });
  }
  async function take(open3) {
    try {
      const stream = (await open3()).pipeThrough(new DecompressionStream("gzip"));
      table = await new Response(stream).json();
    } catch (error) {
      console.error(error);
      table = "failed";
    }
    changed("compared");
  }

  // mapapp/web/src/legend.js
  function shownByLayer() {
    const found = /* @__PURE__ */ new Map();
    for (const place2 of [...state.shown.places].map(placeOf)) {
      const list = found.get(place2.layer);
      list ? list.push(place2) : found.set(place2.layer, [place2]);
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
  function paintRow(box, id, here2) {
    const on2 = !state.view.hidden.has(id);
    const n = id === "events" ? state.shown.events.size : here2.length;
    updateText(one(box, ".n"), on2 ? numberWords(n) : "");
    box.classList.toggle("nothing", on2 && n === 0);
    const sight = state.map.getBounds();
    const near = here2.filter((place2) => isInSight(place2, sight));
    const entries = legendEntries(near.filter((place2) => !isHatched(place2.id)));
    const none2 = near.some((place2) => isHatched(place2.id)) ? "none-but-hatched" : "none-in-sight";
    const looks = [on2, n > 0, none2, ...entries.map(lookOf)].join(" ");
    if (id === "events" || n === 0 || looks !== painted.get(box)) paintKeys(box, id, n, entries, none2);
    painted.set(box, looks);
    const open3 = (
      /** @type {HTMLElement | null} */
      box.querySelector("details[open]")
    );
    if (open3) listPlaces(open3, id);
  }
  var painted = /* @__PURE__ */ new WeakMap();
  function paintKeys(box, id, n, entries, none2) {
    const on2 = !state.view.hidden.has(id);
    const isEvents = id === "events";
    const single = entries.length === 1 && entries[0] && !statusOf(entries[0]) ? entries[0] : void 0;
    one(box, ".row-swatch").replaceChildren(...single ? [swatchOf(single)] : []);
    one(box, ".keys").replaceChildren(
      ...single ? [] : entries.map(legendEntry),
      ...isEvents && on2 && n ? [atPoints()] : [],
      ...!isEvents && n && !entries.length ? [make("p", { class: "none" }, words(none2))] : [],
      ...!isEvents && n && state.layers.get(id)?.unmarked ? [notShown(id)] : [],
      ...!isEvents && on2 && n === 0 ? [nothingShows(id)] : []
    );
  }
  function notShown(id) {
    const land = svg("rect", { x: 1.5, y: 1.5, width: 23, height: 11, class: "unmarked-land" });
    const swatch2 = svg("svg", { class: "swatch", viewBox: "0 0 26 14", "aria-hidden": "true" }, land);
    return make("div", { class: "key" }, swatch2, make("span", {}, words(`unmarked-${id}`)));
  }
  function nothingShows(id) {
    const key = state.layers.get(id)?.snapshot ? "no-snapshot" : "none-in-window";
    const day = nearestDay(id);
    const link2 = day === null ? null : button({ class: "link" }, () => setDays(day, day), words("nearest", { date: dayWords(day) }));
    return make("p", { class: "none" }, words(key), " ", link2);
  }
  function paintFilter(node) {
    const input = (
      /** @type {HTMLInputElement} */
      one(node, "input")
    );
    const field2 = input.dataset.filter === "said_by" ? "said_by" : "kind";
    const theirs = [...state.events.values()].filter((event) => event[field2] === input.value);
    const n = theirs.filter((event) => isOpen(event) && inWindow(event)).length;
    updateText(one(node, ".n"), numberWords(n));
    node.classList.toggle("nothing", n === 0);
  }
  function atPoints() {
    const n = [...state.shown.events.keys()].filter(
      (id) => eventOf(id).places.some(([place2]) => badges.has(place2))
    ).length;
    return make("p", { class: "none" }, words("events-at-points", { n }));
  }
  var isInSight = ({ box: [west, south, east, north] }, sight) => sight.intersects(L.latLngBounds([south, west], [north, east]));
  function listPlaces(box, layer) {
    const { names: lang } = state.view;
    const { compare: compare2 } = new Intl.Collator(lang);
    const here2 = (shownByLayer().get(layer) ?? []).sort((a, b) => compare2(nameOf(a.id), nameOf(b.id)));
    one(box, ".places").replaceChildren(
      ...here2.map(
        ({ id }) => make(
          "button",
          { type: "button", class: "chip", "data-select": id },
          make("bdi", { "data-name": id, lang: languageOf(id) }, nameOf(id))
        )
      )
    );
  }
  var lookOf = (place2) => `${place2.layer}|${place2.kind}|${statusOf(place2) || ""}|${place2.draft}`;
  function legendEntries(places) {
    const looks = new Map(places.map((place2) => [lookOf(place2), place2]));
    return [...looks.keys()].sort().map((look) => (
      /** @type {PlaceItem} */
      looks.get(look)
    ));
  }
  var statusOf = (place2) => state.shown.standing.get(place2.id);
  function swatchOf(place2) {
    const status = { "data-status": statusOf(place2) || "none" };
    if (isPoint(place2))
      return make(
        "span",
        { class: "swatch mark" },
        make("span", { class: classesOf(place2), ...status }, symbolOf(place2))
      );
    const shape = isLine(place2) ? svg("path", { d: "M1 7 H25", class: `${classesOf(place2)} line`, ...status }) : svg("rect", { x: 1.5, y: 1.5, width: 23, height: 11, class: `${classesOf(place2)} area`, ...status });
    const inside = { x: 3.5, y: 3.5, width: 19, height: 7, class: `${classesOf(place2)} band`, ...status };
    const band = layerOf(place2).banded && !isLine(place2) ? [svg("rect", inside)] : [];
    return svg("svg", { class: "swatch", viewBox: "0 0 26 14", "aria-hidden": "true" }, shape, ...band);
  }
  function legendEntry(place2) {
    const status = statusOf(place2);
    const key = `key-${place2.kind}${status ? `-${status}` : ""}`;
    const kind = words(`place-kind-${place2.kind}`);
    const own = status ? words("in-a-row", { one: kind, other: words(`status-${status}`) }) : kind;
    const said2 = key in state.atlas.words ? words(key) : own;
    const name = place2.draft ? `${said2} (${words("draft")})` : said2;
    return make("div", { class: "key" }, swatchOf(place2), make("span", {}, name));
  }
  function nearestDay(id) {
    const { view, atlas, layers: layers2, places } = state;
    const from = layers2.get(id)?.snapshot ? lastSnapshotDay() : view.last;
    let best2 = null;
    for (const place2 of places.values()) {
      if (place2.layer !== id || !hasBegun(place2)) continue;
      const [low, high] = view.certain ? [place2.certainFrom, place2.certainTo] : [place2.earliest, place2.latest];
      const wanted = low !== null && low > from ? low : high !== null && high < view.first ? high : from;
      const day = clamp(wanted, atlas.span[0], atlas.span[1]);
      if (certainty(place2, day, day) < enough()) continue;
      if (best2 === null || Math.abs(day - from) < Math.abs(best2 - from)) best2 = day;
    }
    return best2;
  }

  // mapapp/web/src/account.js
  var MOST = 40;
  var HEADING = 3;
  var LEAST_PRECISE = 5;
  function partsOf2(atlas) {
    const [relations, parts2] = [JSON.parse(atlas.lies), JSON.parse(atlas.account)];
    for (const table2 of ["places", "events"])
      for (const [id, item] of Object.entries(parts2[table2])) Object.assign(item, relations[table2][id]);
    for (const table2 of Object.values(parts2))
      if (Object.getPrototypeOf(table2) === Object.prototype) Object.setPrototypeOf(table2, null);
    return parts2;
  }
  function listed(names) {
    const [first = "", ...rest] = names;
    const last = rest.pop();
    if (last === void 0) return first;
    const text = rest.reduce((before2, next) => words("account-list-more", { first: before2, next }), first);
    return words(rest.length ? "account-list-last" : "account-list-pair", { first: text, last });
  }
  function entriesListed(entries) {
    const [start3 = "", ...others] = entries.slice(0, MOST);
    const text = others.reduce((first, next) => words("account-list-entries", { first, next }), start3);
    const more = entries.length - MOST;
    return more > 0 ? words("account-list-rest", { first: text, n: more }) : text;
  }
  function grouped(values, keyOf2) {
    const groups = /* @__PURE__ */ new Map();
    for (const value of values) {
      const key = keyOf2(value);
      const group6 = groups.get(key);
      group6 ? group6.push(value) : groups.set(key, [value]);
    }
    return groups;
  }
  var byKey = ([a], [b]) => a < b ? -1 : a > b ? 1 : 0;
  var sorted = (values) => [...values].sort();
  var counted = (text) => ({ voice: "", text, quote: null });
  var added = (text) => ({ voice: "added", text, quote: null });
  var account = (atlas, view, shown, parts2, table2) => new Account(atlas, view, shown, parts2, table2).sections();
  var Account = class {
    /**
     * @param {Payload} atlas
     * @param {View} view
     * @param {Shown} shown
     * @param {AccountParts} parts
     * @param {ComparisonTable | null} table
     */
    constructor(atlas, view, shown, parts2, table2) {
      this.atlas = atlas;
      this.view = view;
      this.shown = shown;
      this.parts = parts2;
      this.table = table2;
      this.comparison = comparisonOf(atlas, view);
      this.day = snapshotDay(view);
      this.places = atlas.places.filter(({ id }) => shown.places.has(id) && id in parts2.places);
      this.layerOf = new Map(atlas.places.map(({ id, layer }) => [id, layer]));
      this.events = atlas.events.filter(({ id }) => shown.events.has(id));
      this.numberOf = new Map(this.events.map(({ id, number }) => [id, digits(number)]));
      this.spoken = /* @__PURE__ */ new Map();
      for (const { number, places } of this.events)
        for (const [id] of places) this.spoken.set(id, [...this.spoken.get(id) ?? [], digits(number)]);
    }
    /** @returns {Section[]} */
    sections() {
      const others = this.layers(false).map((layer) => this.layerSection(layer));
      return [
        { title: "", entries: this.lead(), groups: [] },
        { title: words("account-setting"), entries: this.parts.setting.map(added), groups: [] },
        ...this.layers(true).map((layer) => this.snapshotSection(layer)),
        ...this.compared(),
        ...others.filter(({ entries }) => entries.length),
        this.statements(),
        this.background(),
        { title: words("account-sure"), entries: this.sure(), groups: [] }
      ];
    }
    lead() {
      const { atlas, view, parts: parts2 } = this;
      const articles = atlas.articles.filter(({ id }) => view.article === null || view.article === id);
      const [first, last] = [this.dayWords(view.first), this.dayWords(view.last)];
      const when = first === last ? first : words("date-range", { first, last });
      const texts = [words("account-title", { title: parts2.title, when })];
      texts.push(...articles.map(({ id }) => parts2.articles[id]?.[1] ?? ""));
      const published2 = articles.some((article) => view.as_of === null || article.day <= view.as_of);
      if (!published2 && view.as_of !== null)
        texts.push(words("account-unpublished", { date: this.dayWords(view.as_of) }));
      else texts.push(...this.counts(articles.map(({ id }) => id)));
      const known = view.as_of === null ? "account-known-all" : "account-known";
      texts.push(words(known, { date: this.dayWords(view.as_of ?? view.last) }));
      return [...texts, ...this.filters()].map(counted);
    }
    /** @param {string[]} articles */
    counts(articles) {
      const { atlas, view } = this;
      const n = this.events.length;
      const all2 = atlas.events.filter(({ article }) => articles.includes(article)).length;
      const inTime = select(atlas, { ...view, said_by: null, kinds: null }).events.size;
      const texts = [words(view.certain ? "account-count-certain" : "account-count", { n, all: all2 })];
      if (inTime > n) texts.push(words("account-filtered", { n: inTime - n }));
      return texts;
    }
    filters() {
      const { atlas, view, parts: parts2 } = this;
      const texts = [];
      if (view.article !== null && atlas.articles.length > 1)
        texts.push(words("account-only-article", { title: parts2.articles[view.article]?.[0] }));
      if (view.said_by) {
        const speakers = sorted(view.said_by).map((id) => parts2.speakers[id] ?? id);
        texts.push(speakers.length ? words("account-only-who", { who: listed(speakers) }) : words("account-no-speaker"));
      }
      if (view.kinds) {
        const kinds = sorted(view.kinds).flatMap((id) => parts2.kinds[id] ?? []);
        texts.push(kinds.length ? words("account-only-kinds", { kinds: listed(kinds) }) : words("account-no-kind"));
      }
      const hidden2 = sorted(view.hidden).flatMap((id) => parts2.layers[id] ?? []);
      if (hidden2.length) texts.push(words("account-hidden", { layers: listed(hidden2) }));
      if (!view.background) texts.push(words("account-no-background"));
      if (this.comparison && !this.comparison.gaps.length)
        texts.push(words("account-compared", this.comparedDays(this.comparison)));
      for (const day of this.comparison?.gaps ?? []) texts.push(words("compare-gap", { day: this.dayWords(day) }));
      const what = view.selected === null ? "" : this.selected(view.selected);
      if (what) texts.push(words("account-selected", { what }));
      return texts;
    }
    /** @param {string} id */
    selected(id) {
      if (this.numberOf.has(id)) return words("account-number", { number: this.numberOf.get(id) });
      return this.shown.places.has(id) && id in this.parts.places ? this.nameOf(id) : "";
    }
    /** @param {boolean} snapshot */
    layers(snapshot) {
      const { hidden: hidden2 } = this.view;
      const own = this.atlas.layers.filter(({ id, group: group6 }) => group6 !== "base" && !hidden2.has(id));
      return own.filter((layer) => layer.snapshot === snapshot).map(({ id }) => id);
    }
    /** @param {string} layer */
    here(layer) {
      return this.places.filter((place2) => place2.layer === layer);
    }
    /** @param {string} id @returns {Section} */
    snapshotSection(id) {
      const layer = this.parts.layers[id];
      const title = words("account-snapshot", { layer, date: this.dayWords(this.day) });
      const found = this.here(id);
      const entries = found.length ? this.entriesOf(found) : [counted(words("account-none", { layer }))];
      return { title, entries, groups: [] };
    }
    /** @param {Record<"first" | "last", number>} days */
    comparedDays({ first, last }) {
      return { first: this.dayWords(first), last: this.dayWords(last) };
    }
    /**
     * The section on what changed hands between two days, if any are compared.
     * @returns {Section[]}
     */
    compared() {
      const found = this.comparison;
      if (!found || found.gaps.length) return [];
      const days = this.comparedDays(found);
      const title = words("compare-title", days);
      if (found.same) return [{ title, entries: [added(words("compare-same", days))], groups: [] }];
      const holders = this.table?.[found.key];
      const missing = this.table ? "compare-no-numbers" : "compare-loading";
      if (!holders) return [{ title, entries: [counted(words(missing))], groups: [] }];
      return [
        {
          title,
          entries: [...comparisonWords(holders, days), words("compare-method")].map(added),
          groups: holders.map((holder) => [
            words(`place-kind-${holder.kind}`),
            holderRows(holder, days).map((row3) => counted(words("account-size", row3)))
          ])
        }
      ];
    }
    /** @param {string} id @returns {Section} */
    layerSection(id) {
      const found = this.here(id);
      const title = words("account-layer", { layer: this.parts.layers[id], n: found.length });
      return { title, entries: this.entriesOf(found), groups: [] };
    }
    /** @param {PlaceItem[]} found the places of one layer */
    entriesOf(found) {
      const near = found.filter(({ id }) => !this.partsOfPlace(id).beyond);
      const points2 = near.filter(({ id }) => this.partsOfPlace(id).shape === "point");
      const texts = this.classCounts(found);
      for (const place2 of near) if (!points2.includes(place2)) texts.push(this.placeText(place2));
      for (const [name, ofClass] of [...grouped(points2, (place2) => this.classId(place2))].sort(byKey)) {
        const places = entriesListed(ofClass.map(({ id }) => this.pointOf(id)));
        texts.push(words("account-class-places", { kind: this.parts.classes[name], places }));
      }
      const far = found.filter((place2) => !near.includes(place2)).map(({ id }) => this.pointOf(id));
      if (far.length) texts.push(words("account-beyond", { places: entriesListed(far) }));
      return texts.map(added);
    }
    /** @param {PlaceItem[]} found */
    classCounts(found) {
      const classes = [...grouped(found, (place2) => this.classId(place2))].sort(byKey);
      if (classes.length < 2 || classes.length === found.length) return [];
      const counts = classes.map(
        ([name, { length: n }]) => words("account-class", { n, kind: this.parts.classes[name] })
      );
      return [words("account-classes", { classes: entriesListed(counts) })];
    }
    /** @param {PlaceItem} place */
    placeText(place2) {
      const { id } = place2;
      const { parts: parts2, shown } = this;
      const own = this.partsOfPlace(id);
      const [name, kind] = [this.nameOf(id), parts2.classes[this.classId(place2)]];
      const texts = [words(kind === name ? "account-place-only" : "account-place", { name, kind })];
      const status = parts2.statuses[shown.standing.get(id) ?? ""];
      if (status) texts.push(words("account-status", { date: this.dayWords(this.day), status }));
      texts.push(own.about, ...this.related("account-inside", own.inside), ...this.related("account-edge", own.edge));
      const through = own.through.filter(([area]) => shown.places.has(area)).map(([area, km]) => words("account-through-one", { name: this.nameOf(area), km }));
      if (through.length) texts.push(words("account-through", { places: entriesListed(through) }));
      const beside = own.beside.filter((other) => shown.places.has(other)).map((other) => this.nameOf(other));
      if (beside.length) texts.push(words("account-beside", { places: entriesListed(beside) }));
      const numbers2 = this.spoken.get(id);
      if (numbers2) texts.push(words("account-place-statements", { n: numbers2.length, numbers: listed(numbers2) }));
      return texts.join(" ");
    }
    /** @param {string} key @param {string[]} ids */
    related(key, ids) {
      const visible = ids.filter((id) => this.shown.places.has(id));
      return [...grouped(visible, (id) => this.layerOf.get(id) ?? "")].map(([layer, points2]) => {
        const places = entriesListed(points2.map((id) => this.nameOf(id)));
        return words(key, { layer: this.parts.layers[layer], places });
      });
    }
    /** @returns {Section} */
    statements() {
      const title = words("account-article");
      if (!this.events.length) return { title, entries: [counted(words("account-silent"))], groups: [] };
      const groups = [...grouped(this.events, ({ id }) => (this.parts.events[id]?.places ?? []).join(" "))];
      groups.sort(([, a], [, b]) => b.length - a.length);
      return {
        title,
        entries: this.seats(),
        groups: groups.map(([ids, found]) => [
          this.heading(ids.split(" "), found.length),
          found.map((event) => this.statement(event))
        ])
      };
    }
    /** @param {EventItem} event @returns {Entry} */
    statement({ id }) {
      const { text, quote } = (
        /** @type {AccountParts["events"][string]} */
        this.parts.events[id]
      );
      const sure = this.shown.events.get(id) === 2;
      return { voice: "article", text: sure ? text : `${text} ${words("account-possible")}`, quote };
    }
    /** @param {string[]} ids @param {number} n */
    heading(ids, n) {
      const more = ids.length - HEADING;
      const names = listed(ids.slice(0, HEADING).map((id) => this.placed(id)));
      const place2 = more > 0 ? words("account-more-places", { places: names, n: more }) : names;
      return words("account-statements-here", { place: place2, n });
    }
    seats() {
      const pairs = this.events.flatMap(
        ({ id, number }) => (this.parts.events[id]?.seats ?? []).map((seat) => ({ seat, number: digits(number) }))
      );
      const texts = [...grouped(pairs, ({ seat }) => seat)].map(([seat, found]) => {
        const numbers2 = listed(found.map(({ number }) => number));
        return words("account-seat", { place: this.pointOf(seat), n: found.length, numbers: numbers2 });
      });
      return texts.length ? [added(words("account-seats", { places: entriesListed(texts) }))] : [];
    }
    facts() {
      return this.atlas.facts.filter(({ id }) => this.shown.facts.has(id));
    }
    /** @returns {Section} */
    background() {
      const texts = this.facts().map(({ id }) => this.parts.facts[id] ?? "");
      const entries = texts.length ? texts.map(added) : [counted(words("account-no-background-here"))];
      return { title: words("account-background"), entries, groups: [] };
    }
    sure() {
      const { events, places, shown } = this;
      const texts = [];
      const near = places.filter(({ id }) => !this.partsOfPlace(id).beyond);
      if (near.length) {
        const least = [...near].sort((a, b) => b.tolerance - a.tolerance).slice(0, LEAST_PRECISE);
        const errors = least.map(({ id, tolerance: km }) => words("account-error", { name: this.nameOf(id), km }));
        texts.push(words("account-least", { places: entriesListed(errors) }));
        const n = near.filter(({ id }) => this.partsOfPlace(id).low).length;
        texts.push(words("account-low", { n, all: near.length }));
      }
      const may = events.filter(({ id }) => shown.events.get(id) === 1).length;
      if (may) texts.push(words("account-may", { n: may }));
      else if (events.length) texts.push(words("account-all-certain"));
      const drafts = [...events, ...places, ...this.facts()].filter(({ draft }) => draft).length;
      if (drafts) texts.push(words("account-drafts", { n: drafts }));
      return [...texts, words("account-no-opinion")].map(counted);
    }
    /** @param {number} when */
    dayWords(when) {
      const date = new Date(when * DAY);
      const month = this.parts.months[date.getUTCMonth()];
      return `${digits(date.getUTCDate())} ${month} ${digits(date.getUTCFullYear())}`;
    }
    /** @param {string} id @returns {PlaceParts} */
    partsOfPlace(id) {
      return (
        /** @type {PlaceParts} */
        this.parts.places[id]
      );
    }
    /** @param {string} id */
    named(id) {
      return this.parts.places[id] ?? /** @type {NamedParts} */
      this.parts.base[id];
    }
    /** @param {string} id */
    nameOf(id) {
      const { last } = this.view;
      const { names } = this.named(id);
      return names.find(([from, to]) => (from === null || from <= last) && (to === null || last <= to))?.[2] ?? "";
    }
    /** @param {string} id */
    pointOf(id) {
      const [name, where] = [this.nameOf(id), this.parts.places[id]?.off];
      return where ? words("account-point", { name, where }) : name;
    }
    /** @param {string} id */
    placed(id) {
      const [name, where, { kind }] = [this.nameOf(id), this.parts.places[id]?.off, this.named(id)];
      return where ? words("account-placed", { name, kind, where }) : words("account-placed-kind", { name, kind });
    }
    /** @param {PlaceItem} place */
    classId({ id, layer, kind }) {
      return [layer, kind, this.shown.standing.get(id) ?? ""].join("|");
    }
  };

  // mapapp/web/src/describe.js
  var SETTLED3 = 300;
  var parts;
  var waiting4;
  function accountBox() {
    const box = make(
      "details",
      { class: "account-box" },
      make("summary", {}, make("h2", {}, words("account-heading"))),
      make("p", { class: "account-said", role: "status" }),
      make("div", { class: "account" })
    );
    return on(box, { toggle: () => box.open && paintAccount() });
  }
  function goToAccount() {
    const box = (
      /** @type {HTMLDetailsElement} */
      $(".account-box")
    );
    box.open = true;
    box.scrollIntoView({ block: "start" });
    box.firstElementChild.focus();
  }
  function describeSoon() {
    clearTimeout(waiting4);
    if (!/** @type {HTMLDetailsElement} */
    $(".account-box").open) return;
    waiting4 = setTimeout(() => {
      paintAccount();
      const n = state.shown.events.size;
      $(".account-said").textContent = words("account-updated", { n });
    }, SETTLED3);
  }
  function paintAccount() {
    parts ??= partsOf2(state.atlas);
    const sections = account(state.atlas, state.view, state.shown, parts, comparisonNumbers());
    $(".account").replaceChildren(make("p", {}, words("account-about")), ...sections.flatMap(sectionNodes));
  }
  var sectionNodes = ({ title, entries, groups }) => [
    ...title ? [make("h3", {}, title)] : [],
    ...listNodes(entries),
    ...groups.flatMap(([heading2, found]) => [make("h4", {}, heading2), ...listNodes(found)])
  ];
  var listNodes = (entries) => entries.length ? [make("ul", {}, ...entries.map(entryNode))] : [];
  function entryNode({ voice, text, quote }) {
    const by = voice ? [make("b", { class: "voice" }, `${words(`account-voice-${voice}`)}:`), " "] : [];
    const said2 = quote ? [" ", make("q", { lang: quote.lang, dir: quote.dir }, quote.text)] : [];
    return make("li", { class: voice ? `voice-${voice}` : null }, ...by, text, ...said2);
  }

  // mapapp/web/src/skip_links.js
  var bars = [];
  function makeSkipLinks() {
    addTo(document, state.root);
    const { frameElement } = window;
    if (!inApp() || !frameElement) return;
    frameElement.ownerDocument.querySelector(".mapapp-skip")?.remove();
    addTo(frameElement.ownerDocument, frameElement);
  }
  function addTo(page, target) {
    const link2 = (key, go) => on(make("a", { href: `#${target.id}` }, words(key)), {
      click: (event) => {
        event.preventDefault();
        go();
      }
    });
    const bar3 = make(
      "div",
      { class: "mapapp-skip" },
      link2("skip-to-article", goToArticle),
      link2("skip-to-account", readAccount),
      link2("skip-to-map", () => state.map.getContainer().focus()),
      link2("skip-to-time", () => $(".time").focus())
    );
    bars.push(bar3);
    page.body.prepend(bar3);
  }
  function readAccount() {
    showTab("article");
    goToAccount();
  }
  function goToArticle() {
    showTab("article");
    $(".article").focus();
  }
  function showTab(name) {
    state.root.dataset.tab = name;
    for (const button2 of $$("button[data-tab]")) button2.setAttribute("aria-pressed", String(button2.dataset.tab === name));
  }
  function paintSkipLinks() {
    for (const made of bars) made.hidden = state.view.screenshot;
  }

  // mapapp/web/src/credit.js
  function paintCredit() {
    const { view, root, atlas, incidents } = state;
    paintSkipLinks();
    root.classList.toggle("clean", view.screenshot);
    document.body.classList.toggle("clean-screen", view.screenshot);
    const box = $(".credit");
    box.hidden = !view.screenshot && !state.printing;
    if (box.hidden) return;
    const known = view.as_of === null ? null : words("as-known", { date: dayWords(view.as_of) });
    const recorded = incidents && !view.hidden.has("incidents") ? incidents : null;
    const sources = recorded && make("ul", { class: "sources" }, ...recorded.records.map(recorded.caption));
    box.classList.remove("wide");
    box.replaceChildren(
      button({ class: "leave" }, () => set("clean", { screenshot: false }), words("leave-clean")),
      make("h2", {}, state.atlas.title),
      make("p", {}, daysWords(view.first, view.last), known === null ? `, ${words("known-all")}` : `. ${known}`),
      ...state.printing ? [] : compared2(),
      make(
        "div",
        { class: "credit-keys" },
        ...legendEntries(placesInSight()).map(legendEntry),
        recorded?.key(),
        ...ownKeys()
      ),
      beyondNote(),
      make("p", { class: "small" }, words("credit", { article: shownArticles().join("; "), credit: atlas.attribution })),
      ...sources ? [make("div", { class: "record" }, sources)] : []
    );
    box.classList.toggle("wide", box.scrollHeight > box.clientHeight);
  }
  function compared2() {
    const brief = $(".compare-brief");
    if (brief.hidden) return [];
    const said2 = [...brief.children].filter((node) => !node.querySelector("button"));
    return [make("div", { class: "credit-compared" }, ...said2.map((node) => node.cloneNode(true)))];
  }
  var shownArticles = () => state.atlas.articles.filter(({ id }) => (state.view.article ?? id) === id).map(({ id }) => state.atlas.articleSources[id]);
  function placesInSight() {
    const sight = state.map.getBounds();
    return [...state.shown.places].map(placeOf).filter((place2) => layerOf(place2).group !== "base" && isInSight(place2, sight));
  }

  // mapapp/web/src/divider.js
  var LEAST = 260;
  var LEAST_MAP = 320;
  var STEP2 = 24;
  var WIDTH = "mapapp-text-width";
  var PANEL = "mapapp-panel";
  var chosen = null;
  function divider() {
    const label = words("divider");
    const node = make("div", {
      ...{ class: "divider", role: "separator", tabindex: 0, "aria-orientation": "vertical", "aria-label": label },
      ...{ "aria-controls": "reading", title: words("divider-hint") }
    });
    return on(node, { pointerdown: drag, keydown: onKey2, dblclick: () => take2(null) });
  }
  var panelToggle = () => button(
    { class: "panel-toggle", "aria-controls": "panel" },
    () => showPanel(state.root.classList.contains("panel-away"))
  );
  function restoreLayout() {
    const width2 = Number(recall2(WIDTH));
    take2(Number.isFinite(width2) && width2 > 0 ? width2 : null);
    showPanel(recall2(PANEL) !== "hidden");
    new ResizeObserver(say).observe($(".reading"));
    window.addEventListener("resize", () => chosen !== null && place(chosen));
  }
  function recall2(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  }
  function remember2(name, value) {
    try {
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, value);
    } catch {
    }
  }
  var isMirrored = () => getComputedStyle(state.root).direction === "rtl";
  function most() {
    const panel = $(".panel").getBoundingClientRect().width;
    return Math.max(LEAST, state.root.clientWidth - panel - LEAST_MAP);
  }
  function take2(width2) {
    chosen = width2 === null ? null : Math.round(clamp(width2, LEAST, most()));
    place(chosen);
    remember2(WIDTH, chosen === null ? null : String(chosen));
  }
  function place(width2) {
    if (width2 === null) state.root.style.removeProperty("--reading-width");
    else state.root.style.setProperty("--reading-width", `${Math.round(clamp(width2, LEAST, most()))}px`);
    say();
  }
  function say() {
    const node = $(".divider");
    const width2 = Math.round($(".reading").getBoundingClientRect().width);
    node.setAttribute("aria-valuemin", String(LEAST));
    node.setAttribute("aria-valuemax", String(Math.max(width2, most())));
    node.setAttribute("aria-valuenow", String(width2));
    node.setAttribute("aria-valuetext", words("divider-now", { n: width2 }));
  }
  function drag(event) {
    if (event.button !== 0) return;
    const node = $(".divider");
    const box = $(".reading").getBoundingClientRect();
    const held = isMirrored() ? event.clientX - box.right : event.clientX - box.left;
    const move3 = ({ clientX }) => place(isMirrored() ? clientX - held - box.left : box.right - (clientX - held));
    const end = () => {
      node.removeEventListener("pointermove", move3);
      node.removeEventListener("lostpointercapture", end);
      const now = $(".reading").getBoundingClientRect().width;
      if (Math.round(now) !== Math.round(box.width)) take2(now);
    };
    node.setPointerCapture(event.pointerId);
    node.addEventListener("pointermove", move3);
    node.addEventListener("lostpointercapture", end);
  }
  function onKey2(event) {
    const { key } = event;
    if (key === "Home") take2(null);
    else if (key === "ArrowLeft" || key === "ArrowRight") {
      const grows = key === "ArrowLeft" !== isMirrored();
      take2($(".reading").getBoundingClientRect().width + (grows ? STEP2 : -STEP2));
    } else return;
    event.preventDefault();
  }
  function showPanel(visible) {
    state.root.classList.toggle("panel-away", !visible);
    remember2(PANEL, visible ? null : "hidden");
    const node = $(".panel-toggle");
    const label = words(visible ? "panel-hide" : "panel-show");
    node.setAttribute("aria-expanded", String(visible));
    node.setAttribute("aria-label", label);
    node.title = label;
    if (chosen !== null) place(chosen);
    say();
  }

  // mapapp/web/src/compare.js
  var WITHOUT_NUMBERS = {
    unasked: "compare-loading",
    loading: "compare-loading",
    failed: "compare-failed",
    ready: "compare-no-numbers"
  };
  var said = "";
  var canCompare = () => isComparable(state.atlas);
  function compareButton() {
    if (!canCompare()) return null;
    const attributes = { class: "compare-open", "aria-expanded": "false", "aria-controls": "compare" };
    return button(attributes, () => openCard($(".compare").hidden !== false), words("compare-open"));
  }
  var compareCard = () => make(
    "section",
    { class: "compare", id: "compare", "aria-label": words("compare-open"), hidden: true },
    make("div", { class: "compare-form" }),
    make("div", { class: "compare-said", "aria-live": "polite" })
  );
  var compareBrief = () => make("div", { class: "compare-brief", hidden: true });
  function openCard(open3) {
    $(".compare").hidden = !open3;
    $(".compare-open").setAttribute("aria-expanded", String(open3));
    if (open3) {
      buildForm();
      paintCompare();
      $(".compare-day").focus();
    } else if (state.view.compare !== null) set("days", { compare: null });
  }
  function buildForm() {
    const day = state.view.compare;
    const input = make("input", {
      type: "text",
      class: "typed compare-day",
      inputmode: "numeric",
      maxlength: 10,
      spellcheck: "false",
      title: words("day-format"),
      value: day === null ? "" : toIso(day),
      "aria-label": words("compare-day")
    });
    const options = knownSnapshots(state.atlas, state.view).map(
      ([first, last]) => make("option", { value: toIso(first) }, daysWords(first, last))
    );
    const choice2 = make(
      "select",
      { class: "compare-days", "aria-label": words("compare-snapshots") },
      make("option", { value: "" }, words("compare-snapshots")),
      ...options
    );
    on(choice2, { change: () => choice2.value && take3(choice2.value) });
    on(input, { change: (event) => take3(inputOf(event).value.trim()) });
    $(".compare-form").replaceChildren(
      make("h2", {}, words("compare-open")),
      make("label", {}, words("compare-day"), " ", input),
      button({ class: "compare-go" }, () => take3(input.value.trim()), words("compare-go")),
      choice2,
      button({ class: "compare-close" }, () => openCard(false), words("compare-clear"))
    );
  }
  function take3(iso) {
    const day = fromIso(iso);
    const input = (
      /** @type {HTMLInputElement} */
      $(".compare-day")
    );
    input.setAttribute("aria-invalid", String(day === null));
    if (day === null) {
      said = "";
      $(".compare-said").replaceChildren(make("p", { class: "compare-wrong" }, words("day-format")));
    } else set("days", { compare: day });
  }
  function draw3(key, found) {
    if (!drawCompared(key, found)) return;
    paintPlaces(state.shown);
    paintLegend();
  }
  function paintCompare() {
    const { compare: compare2 } = state.view;
    if (!canCompare()) return;
    const card = $(".compare");
    if (compare2 === null) {
      draw3("", []);
      say2("", () => []);
      return;
    }
    if (card.hidden) {
      card.hidden = false;
      $(".compare-open").setAttribute("aria-expanded", "true");
      buildForm();
    }
    const input = (
      /** @type {HTMLInputElement} */
      $(".compare-day")
    );
    if (document.activeElement !== input) input.value = toIso(compare2);
    const asked2 = (
      /** @type {Compared} */
      comparisonOf(state.atlas, state.view)
    );
    const { first, last, gaps, key } = asked2;
    if (gaps.length) {
      draw3("", []);
      const missing = gaps.includes(compare2) ? compare2 : first;
      say2(`gap ${missing} ${state.view.as_of}`, () => gap(missing, asked2.known));
      return;
    }
    const found = asked2.same ? [] : holdersOf(key);
    draw3(`${key} ${compare2} ${found ? 1 : 0}`, found ?? []);
    const days = { first: dayWords(first), last: dayWords(last) };
    say2(`${key} ${first} ${last} ${numbersStatus()} ${state.view.language}`, () => sentences(asked2.same, found, days));
  }
  function say2(key, content) {
    if (key === said) return;
    said = key;
    $(".compare-said").replaceChildren(...content());
    const first = content().filter((node) => node.matches("p:not(.small), .key") && node.childNodes.length);
    for (const node of first) node.classList.remove("compare-sentence");
    const brief = $(".compare-brief");
    brief.hidden = !first.length;
    brief.replaceChildren(...first);
  }
  function gap(day, known) {
    const before2 = known.filter(([, last]) => last < day).at(-1)?.[1];
    const after = known.find(([first]) => first > day)?.[0];
    const nearest = [before2, after].filter((one2) => one2 !== void 0);
    const offered = nearest.map((one2) => button({ class: "link" }, () => set("days", { compare: one2 }), dayWords(one2)));
    const isCompared = day === state.view.compare;
    return [
      make("p", {}, words("compare-gap", { day: dayWords(day) })),
      isCompared && nearest.length ? make("p", {}, words("compare-nearest"), " ", ...spaced(offered)) : make("p", {})
    ];
  }
  var spaced = (nodes) => nodes.flatMap((node, i) => i ? [" ", node] : [node]);
  function sentences(same2, found, days) {
    if (same2) return [make("p", {}, words("compare-same", days))];
    if (found === null) return [make("p", {}, words(WITHOUT_NUMBERS[numbersStatus()]))];
    const texts = comparisonWords(found, days);
    if (!found.some(({ gained, lost, contested }) => !contested && (gained[1] || lost[1])))
      return texts.map((text) => make("p", {}, text));
    return [
      ...texts.map((text) => make("p", { class: "compare-sentence" }, text)),
      ...comparedKey(found),
      make("details", {}, make("summary", {}, words("compare-title", days)), numbers(found, days)),
      make("p", { class: "small" }, words("compare-method"))
    ];
  }
  function numbers(found, days) {
    return make(
      "dl",
      {},
      ...found.flatMap((holder) => [
        make("dt", {}, words(`place-kind-${holder.kind}`)),
        ...holderRows(holder, days).map(
          ({ label, size }) => make("dd", {}, make("span", {}, label), make("span", {}, size))
        )
      ])
    );
  }

  // mapapp/web/src/time_key.js
  var ROWS = [
    {
      text: "axis-key-day",
      marks: ".time-mark.short",
      sign: () => drawing(svg("rect", { class: "key-said", x: 12.5, y: 3.5, width: 9, height: 9, rx: 1 }))
    },
    {
      text: "axis-key-long",
      marks: ".time-mark.long",
      sign: () => drawing(
        svg("rect", { class: "key-said", x: 0, y: 6, width: 20, height: 4 }),
        svg("rect", { class: "key-said pale", x: 20, y: 6, width: 14, height: 4 })
      )
    },
    {
      text: "axis-key-fact",
      marks: ".fact-mark:not(.unknown)",
      sign: () => drawing(svg("rect", { class: "key-fact", x: 15, y: 2, width: 4, height: 12, rx: 1 }))
    },
    {
      text: "axis-key-window",
      marks: ".brush",
      sign: () => drawing(
        svg("rect", { class: "key-window", x: 6, y: 0.5, width: 22, height: 15 }),
        svg("path", { class: "key-edge", d: "M6 0V16M28 0V16" })
      )
    }
  ];
  var timeKeyRows = () => ROWS.filter(({ marks: marks4 }) => $$(marks4).length).map(({ text, sign }) => ({ text, sign }));
  var timeKey = () => make("ul", { class: "time-key", "aria-label": words("axis-key") });
  function paintTimeKey() {
    const box = $(".time-key");
    const rows = timeKeyRows();
    const key = rows.map(({ text }) => text).join(" ");
    if (box.dataset.key === key) return;
    box.dataset.key = key;
    box.replaceChildren(...rows.map(({ text, sign }) => make("li", {}, sign(), make("span", {}, words(text)))));
  }

  // mapapp/web/src/tolerance.js
  var SEEN = 4;
  var WIDE = 48;
  var WIDEST = 4e3;
  var KM = 1e3;
  var SETTLED4 = 120;
  var bands = /* @__PURE__ */ new Map();
  var waiting5;
  function paintTolerance() {
    const wanted = widths();
    for (const [id, band] of bands) {
      if (wanted.has(id)) continue;
      band.remove();
      bands.delete(id);
    }
    clearTimeout(waiting5);
    waiting5 = setTimeout(drawBands, SETTLED4);
  }
  function drawBands() {
    const { id } = state.chosen;
    const chosen2 = new Set(id ? chosenPlaces() : []);
    for (const [place2, half] of widths()) paintBand(placeOf(place2), half, chosen2.has(place2));
    changed("bands");
  }
  function widths() {
    const chosen2 = new Set(state.chosen.id ? chosenPlaces() : []);
    const halves = [...state.shown.places].map(
      (id) => (
        /** @type {const} */
        [id, halfWidth(placeOf(id), chosen2.has(id))]
      )
    );
    return new Map(halves.filter(([, half]) => half > 0));
  }
  var hasBands = () => bands.size > 0;
  function halfWidth(place2, chosen2) {
    if (!chosen2 && !layerOf(place2).main) return 0;
    const half = Number(place2.tolerance) * pixelsPerKm(place2);
    const least = chosen2 || isLine(place2) ? SEEN : WIDE;
    const sight = state.map.getBounds();
    const [west, south, east, north] = place2.box;
    if (half < least || !sight.intersects(L.latLngBounds([south, west], [north, east]))) return 0;
    return Math.min(half, WIDEST);
  }
  function pixelsPerKm({ box: [, south, , north] }) {
    const { map } = state;
    const latitude = Math.min(Math.max((south + north) / 2, -85), 85);
    const metres = 40075016686e-3 * Math.cos(latitude * Math.PI / 180) / (256 * 2 ** map.getZoom());
    return KM / metres;
  }
  function paintBand(place2, half, chosen2) {
    const band = bands.get(place2.id) ?? drawBand(place2);
    const element = (
      /** @type {SVGElement | undefined} */
      band.getElement()
    );
    element?.style.setProperty("stroke-width", `${2 * half}px`);
    element?.classList.toggle("chosen", chosen2);
  }
  function drawBand(place2) {
    const options = { pane: "m-tolerance", className: "tolerance", fill: false, interactive: false, smoothFactor: 2 };
    const feature = (
      /** @type {GeoJSON.Feature} */
      { type: "Feature", geometry: place2.geometry }
    );
    const [lon, lat] = place2.geometry.coordinates;
    const band = isPoint(place2) ? L.polyline([[lat, lon], [lat, lon]], options) : (
      /** @type {L.Path} */
      L.GeoJSON.geometryToLayer(
        feature,
        /** @type {L.GeoJSONOptions} */
        options
      )
    );
    bands.set(place2.id, band.addTo(state.map));
    return band;
  }

  // mapapp/web/src/how_to_read.js
  var CLOSED = "mapapp-key-closed";
  var SETTLED5 = 150;
  function wasClosed() {
    try {
      return localStorage.getItem(CLOSED) !== null;
    } catch {
      return false;
    }
  }
  function rememberClosed() {
    try {
      localStorage.setItem(CLOSED, "1");
    } catch {
    }
  }
  function howToRead() {
    const card = make(
      "section",
      { class: "how-to-read", id: "how-to-read", "aria-labelledby": "how-to-read-title", hidden: wasClosed() },
      make(
        "div",
        { class: "how-head" },
        make("h2", { id: "how-to-read-title", tabindex: -1 }, words("how-to-read")),
        button({ class: "quiet", title: words("close"), "aria-label": words("close") }, close, "×")
      ),
      make("dl", { class: "how-rows" })
    );
    return on(card, { keydown: closeByKey });
  }
  function howToReadButton() {
    const attributes = { class: "how-button", "aria-expanded": "false", "aria-controls": "how-to-read" };
    return on(button(attributes, turn, words("how-to-read")), { keydown: closeByKey });
  }
  function closeByKey(event) {
    if (event.key !== "Escape" || $(".how-to-read").hidden) return;
    event.stopPropagation();
    close();
  }
  function turn() {
    const card = $(".how-to-read");
    if (!card.hidden) return close();
    showCard(true);
    makeRoom();
    paintHowToRead();
    one(card, "h2").focus();
  }
  function showCard(open3) {
    $(".how-to-read").hidden = !open3;
    state.root.classList.toggle("key-open", open3);
  }
  function close() {
    showCard(false);
    rememberClosed();
    makeRoom();
    $(".how-button").setAttribute("aria-expanded", "false");
    $(".how-button").focus();
  }
  function makeRoom() {
    if (!state.view.moved && !state.chosen.id) steer(fitHome);
    changed("key");
  }
  var waiting6;
  function paintHowToReadSoon() {
    clearTimeout(waiting6);
    if (!$(".how-to-read").hidden) waiting6 = setTimeout(paintHowToRead, SETTLED5);
  }
  function paintHowToRead() {
    const card = $(".how-to-read");
    $(".how-button").setAttribute("aria-expanded", String(!card.hidden));
    if (card.hidden) return;
    const rows = ROWS2.filter(({ isInSight: isInSight2 }) => isInSight2());
    const axis2 = timeKeyRows();
    const kinds = kindsInSight();
    const key = [...rows, ...axis2].map(({ text }) => text).join(" ") + kinds;
    const list = one(card, ".how-rows");
    if (list.dataset.key === key) return;
    list.dataset.key = key;
    const node = ({ text, sign }, of) => make("div", { class: of }, make("dt", { "aria-hidden": "true" }, sign()), make("dd", {}, words(text)));
    list.replaceChildren(
      ...rows.map((row3) => node(row3)),
      ...kinds.length ? [kindsRow(kinds)] : [],
      ...axis2.map((row3) => node(row3, "how-axis"))
    );
    forgetControls();
  }
  function kindsInSight() {
    const sight = state.map.getBounds();
    const seen = [...badges.values()].filter(
      ({ marker }) => !marker.getElement()?.hidden && sight.contains(marker.getLatLng())
    );
    const kinds = new Set(seen.flatMap((badge) => badge.symbols));
    return state.atlas.kinds.filter((kind) => kinds.has(kind));
  }
  function kindsRow(kinds) {
    const [first = ""] = kinds;
    return make(
      "div",
      {},
      make("dt", { "aria-hidden": "true" }, make("span", { class: "badge" }, symbol(first))),
      make(
        "dd",
        {},
        words("how-kinds"),
        make(
          "span",
          { class: "how-kinds" },
          ...kinds.map((kind) => make("span", {}, symbol(kind), ` ${words(`kind-${kind}`)}`))
        )
      )
    );
  }
  var line2 = (name) => drawing(svg("path", { class: name, d: "M1 8H33" }));
  var isDrawn = (selector) => $$(selector).length > 0;
  function isStroked(path) {
    const [map, box] = [$(".stage").getBoundingClientRect(), path.getBoundingClientRect()];
    const isInside = box.right > map.left && box.left < map.right && box.bottom > map.top && box.top < map.bottom;
    return isInside && Number(getComputedStyle(path).strokeOpacity) > 0;
  }
  var anyPlace = (test) => [...state.shown.places].some(test);
  var ROWS2 = [
    {
      text: "how-badge",
      isInSight: () => state.shown.events.size > 0,
      sign: () => make("b", { class: "count" }, numberWords(7))
    },
    {
      text: "how-passage",
      isInSight: () => isDrawn(".passage.in"),
      sign: () => make("span", { class: "how-passage", "data-number": numberWords(7) }, words("how-words"))
    },
    {
      text: "how-unmarked",
      isInSight: () => anyPlace((id) => layerOf(placeOf(id)).unmarked),
      sign: () => drawing(
        svg("rect", { class: "how-land", x: 0.5, y: 1.5, width: 16, height: 13 }),
        svg("rect", { class: "how-tint", x: 0.5, y: 1.5, width: 10, height: 13 }),
        svg("rect", { class: "unmarked-land", x: 17.5, y: 1.5, width: 16, height: 13 })
      )
    },
    {
      text: "how-tolerance",
      isInSight: hasBands,
      sign: () => drawing(
        svg("rect", { class: "how-band", x: 0, y: 1, width: 34, height: 14 }),
        svg("path", { class: "how-line", d: "M0 8H34" })
      )
    },
    {
      text: "how-dash",
      isInSight: () => $$("path.unsure:not(.band)").some(isStroked) || isDrawn(".mark:not([hidden]) > .badge.possible"),
      sign: () => line2("how-dash")
    },
    {
      text: "how-draft",
      isInSight: () => isDrawn(".draft"),
      sign: () => line2("how-draft")
    }
  ];

  // mapapp/web/src/icons.js
  var LINES = {
    previous: "M10 3 5 8l5 5",
    next: "M6 3l5 5-5 5",
    play: "M5 3v10l8-5z",
    pause: "M5.5 3v10M10.5 3v10",
    "full-screen": "M2.5 6V2.5H6M10 2.5H13.5V6M13.5 10V13.5H10M6 13.5H2.5V10",
    link: "M6.5 9.5l3-3M7.5 4.5l1.6-1.6a2.8 2.8 0 0 1 4 4L11.5 8.5M8.5 11.5l-1.6 1.6a2.8 2.8 0 0 1-4-4L4.5 7.5",
    distance: "M1.8 11.2 11.2 1.8 14.2 4.8 4.8 14.2zM4.3 8.7l1.6 1.6M6.4 6.6l1.1 1.1M8.5 4.5l1.6 1.6",
    search: "M6.8 11.6a4.8 4.8 0 1 0 0-9.6 4.8 4.8 0 0 0 0 9.6zM10.3 10.3 14 14"
  };
  var icon = (name) => svg(
    "svg",
    { class: "symbol icon", viewBox: "0 0 16 16", "aria-hidden": "true" },
    svg("path", {
      d: LINES[name],
      fill: "none",
      stroke: "currentColor",
      "stroke-width": 1.6,
      "stroke-linejoin": "round",
      "stroke-linecap": "round"
    })
  );

  // mapapp/web/src/language.js
  function languageOfPage(exported) {
    const { interface: known, language } = state.atlas;
    const asked2 = viewOfAddress().language ?? exported.language;
    if (asked2 !== null) return asked2;
    const preferred = navigator.languages.map((tag) => tag.split("-")[0]);
    return preferred.find((tag) => known.some(([other]) => other === tag)) ?? language;
  }
  async function speak(tag) {
    const packed = JSON.parse(document.getElementById("mapapp-languages")?.textContent ?? "{}")[tag];
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const { head: head2, texts } = await new Response(unpacked).json();
    document.querySelector(".page-head")?.replaceWith(fragment(head2));
    takeTexts(texts);
    document.title = state.atlas.title;
  }
  function takeTexts(changes2) {
    const atlas = (
      /** @type {Record<string, any>} */
      state.atlas
    );
    for (const [key, change2] of Object.entries(changes2)) {
      const table2 = atlas[key];
      if (typeof table2 !== "object" || Array.isArray(table2)) atlas[key] = change2;
      else for (const [name, text] of Object.entries(change2)) table2[name] = changed2(table2[name], text);
    }
  }
  function changed2(own, change2) {
    if (!Array.isArray(change2)) return change2;
    const pieces = own.split(/(<[^>]*>)/);
    for (const [number, text] of change2) pieces[number] = text;
    return pieces.join("");
  }
  function markDocument() {
    const { language, dir } = state.atlas;
    Object.assign(document.documentElement, { lang: language, dir });
    if (inApp()) window.parent.document.documentElement.lang = language;
  }
  function languageChoice() {
    const { interface: known, language } = state.atlas;
    const options = known.map(
      ([tag, name]) => make("option", { value: tag, lang: tag, selected: tag === language }, name)
    );
    const select3 = make("select", { "data-language": "", "aria-label": words("language") }, ...options);
    return on(select3, { change: () => change(select3.value) });
  }
  var namesIn = (tag) => state.atlas.languages.some(([known]) => known === tag) ? tag : state.view.names;
  function followBrowser() {
    const { view, atlas } = state;
    const [[source]] = (
      /** @type {[[string, string]]} */
      atlas.interface
    );
    if (view.language === null && atlas.language !== source && !asksForNames()) view.names = namesIn(atlas.language);
  }
  function change(tag) {
    Object.assign(state.view, { language: tag, names: namesIn(tag) });
    writeView();
    link();
    if (!inApp()) location.reload();
  }

  // mapapp/web/src/reset.js
  var LIMITS = (
    /** @type {const} */
    ["certain", "as_of", "said_by", "kinds", "hidden", "article", "background"]
  );
  var resetRow = () => make("div", { class: "reset", hidden: true }, button({}, reset));
  var usual = () => read({}, state.atlas.address).view;
  function differences() {
    const now = write(sent(state.view), state.atlas.address);
    let count = 0;
    for (const name of LIMITS) {
      if (!Object.hasOwn(now, name)) continue;
      count += name === "hidden" ? layersChanged(state.view.hidden, new Set(usual().hidden)) : 1;
    }
    return count;
  }
  var layersChanged = (hidden2, usually) => [...hidden2].filter((id) => !usually.has(id)).length + [...usually].filter((id) => !hidden2.has(id)).length;
  function paintReset() {
    const row3 = $(".reset");
    const n = differences();
    row3.hidden = n === 0;
    if (n) row3.firstElementChild.textContent = words("reset", { n });
  }
  function reset() {
    const all2 = taken(usual());
    set("reset", Object.fromEntries(LIMITS.map((name) => [name, all2[name]])));
    notice(words("reset-done"));
    $(".panel").focus({ preventScroll: true });
  }

  // mapapp/web/src/panel.js
  function buildPanel() {
    const { atlas } = state;
    const layersOf = (group6) => atlas.layers.filter((layer) => layer.group === group6).map(layerRow);
    $(".panel").append(resetRow());
    const groups = [
      group4("as-said", [row2("events", words("row-events"), words("layer-events-note")), ...layersOf("article")]),
      group4("as-added", [
        ...layersOf("background"),
        toggle("facts", words("layer-facts"), (checked) => set("setting", { background: checked }))
      ]),
      group4(
        "who",
        atlas.speakers.map((id) => filter("said_by", id, speaker(id)))
      ),
      group4(
        "kind",
        atlas.kinds.map((id) => filter("kinds", id, make("span", {}, symbol(id), ` ${words(`kind-${id}`)}`)))
      ),
      ownGroup(),
      group4("how", settings())
    ];
    $(".panel").append(howToReadButton());
    $(".panel").append(...groups);
    const drafts = countDrafts();
    if (drafts) $(".panel").append(make("p", { class: "small drafts" }, words("drafts-here", { n: drafts })));
    $(".panel").append(make("p", { class: "small" }, words("panel-note")));
  }
  function addIncidents() {
    const waiting7 = make("div", { class: "row", "data-row": "incidents" }, none("incidents-loading"));
    $(".group-as-said").after(group4("incidents", [waiting7]));
  }
  function countDrafts() {
    const { events, places, facts } = state.atlas;
    return [...events, ...places, ...facts].filter(({ draft }) => draft).length;
  }
  var none = (key) => make("p", { class: "none" }, words(key));
  var group4 = (key, rows) => make("fieldset", { class: `group group-${key}` }, make("legend", {}, words(`group-${key}`)), ...rows);
  var layerRow = ({ id }) => row2(id, words(`layer-${id}`));
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
      make("label", { class: "row choice" }, make("span", { class: "row-name" }, words("language")), languageChoice()),
      button({ class: "link" }, () => set("clean", { screenshot: true }), words("go-clean"))
    ];
  }
  function row2(id, label, note) {
    const input = on(make("input", { type: "checkbox", "data-layer": id }), {
      change: () => {
        const { hidden: hidden2 } = state.view;
        input.checked ? hidden2.delete(id) : hidden2.add(id);
        changed("layer");
      }
    });
    const number = make("span", { class: "n" });
    const listed2 = id !== "events" && id !== "incidents";
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
        listed2 ? null : number
      ),
      make("div", { class: "keys" }),
      listed2 ? placeList(id, label) : null
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
  function toggle(id, label, take4) {
    const input = on(make("input", { type: "checkbox" }), { change: () => take4(input.checked) });
    const name = make("span", { class: "row-name" }, label);
    return make("label", { class: "row toggle", "data-toggle": id }, input, make("span", { class: "switch" }), name);
  }
  function choice(id, label, options, take4) {
    const nodes = options.map(([value, text]) => make("option", { value }, text));
    const select3 = on(make("select", { "data-choice": id }, ...nodes), { change: () => take4(select3.value) });
    return make("label", { class: "row choice" }, make("span", { class: "row-name" }, label), select3);
  }
  function filter(field2, value, label) {
    const input = make("input", { type: "checkbox", "data-filter": field2, value });
    on(input, { change: () => applyFilter(field2, input) });
    return make(
      "label",
      { class: "row filter" },
      input,
      make("span", { class: "tick" }),
      label,
      make("span", { class: "n" })
    );
  }
  function applyFilter(field2, input) {
    const boxes = (
      /** @type {HTMLInputElement[]} */
      $$(`[data-filter="${field2}"]`)
    );
    for (const box of boxes) if (box.value === input.value) box.checked = input.checked;
    const values = boxes.filter((box) => box.checked).map((box) => box.value);
    set("filter", { [field2]: values.length === boxes.length ? null : new Set(values) });
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
    const settings3 = { facts: view.background, known: view.as_of !== null, possible: !view.certain };
    for (const node of $$("[data-toggle]")) {
      const input = (
        /** @type {HTMLInputElement} */
        one(node, "input")
      );
      input.checked = settings3[
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

  // mapapp/web/src/after_frames.js
  function afterFrames(frames, what) {
    let isAsked = false;
    const flush = () => {
      if (!isAsked) return;
      isAsked = false;
      what();
    };
    const wait = (left) => {
      if (left < 0) flush();
      else requestAnimationFrame(() => wait(left - 1));
    };
    const ask2 = () => {
      if (!isAsked) wait(frames);
      isAsked = true;
    };
    return { ask: ask2, flush };
  }

  // mapapp/web/src/empty.js
  var LONGEST = 366;
  function paintEmpty() {
    const { shown, atlas } = state;
    const box = $(".empty");
    box.hidden = shown.events.size > 0;
    if (box.hidden) return;
    if (!openEvents().length) {
      const show3 = () => set("reset", { as_of: atlas.day });
      return box.replaceChildren(make("p", {}, words("empty-unknown")), button({}, show3, words("show-known")));
    }
    const silent = !eventsOfArticles().some((event) => certaintyOf(event) > 0);
    const said2 = make("p", {}, words(silent ? "empty-window" : "empty-filters"));
    box.replaceChildren(said2, ...showAll(), ...goToNearest());
  }
  function showAll() {
    const { said_by: saidBy, kinds, certain } = state.view;
    if (saidBy === null && kinds === null && !certain) return [];
    return [button({}, () => set("reset", { said_by: null, kinds: null, certain: false }), words("show-all"))];
  }
  function goToNearest() {
    const { view } = state;
    let best2 = null;
    for (const event of openEvents()) {
      const first2 = startOf(event);
      if (first2 === null || !passes(event, view)) continue;
      const last2 = event.latest ?? first2;
      const gap2 = first2 > view.last ? first2 - view.last : last2 < view.first ? view.first - last2 : 0;
      if (best2 === null || gap2 < best2.gap)
        best2 = { gap: gap2, first: first2, last: Math.max(first2, last2), title: inLanguage(event.title) };
    }
    if (best2 === null || best2.gap === 0) return [];
    const { first, last, title } = best2;
    const go = () => setDays(first, Math.min(last, first + LONGEST));
    return [button({}, go, words("go-nearest", { title, date: daysWords(first, last) }))];
  }

  // mapapp/web/src/lead.js
  var MOST2 = 3;
  function paintLead() {
    const { events, shown, atlas } = state;
    const visible = [...shown.events.keys()].map((id) => events.get(id)).filter((event) => event !== void 0);
    const places = counted2(visible.flatMap((event) => [...new Set(event.places.map(([id]) => id))]));
    const speakers = counted2(visible.map(({ said_by: by }) => by));
    const list = new Intl.ListFormat(atlas.language);
    const sentence2 = (key, rest, rows, nameOfRow) => {
      if (!rows.length) return [];
      const named2 = rows.slice(0, MOST2).map(([id, n]) => words("lead-part", { name: nameOfRow(id), n }));
      const more = rows.length - MOST2;
      return [words(key, { list: list.format(more > 0 ? [...named2, words(rest, { n: more })] : named2) })];
    };
    $(".lead").textContent = [
      ...sentence2(
        "lead-places",
        "lead-places-more",
        places.filter(([id]) => state.places.has(id)),
        titleOf
      ),
      ...sentence2("lead-speakers", "lead-speakers-more", speakers, speakerName)
    ].join(" ");
  }
  function counted2(ids) {
    const counts = /* @__PURE__ */ new Map();
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]);
  }

  // mapapp/web/src/time_axis.js
  var LANE = { said: 36, bars: 66, ours: 81, line: 82, grips: 98, height: 116 };
  var COLUMN = 11;
  var SQUARE = 9;
  var PIECE2 = 64;
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
    const wanted = axisFor(axis, first, last, state.atlas.span);
    if (wanted === axis) return;
    axis = wanted;
    buildAxis();
  }
  function followWindow() {
    const { first, last } = state.view;
    if (first < axis.first || last > axis.last) zoomAxisTo(first, last);
  }
  function zoomAxis(factor, around2 = (state.view.first + state.view.last) / 2) {
    axis = zoomed(axis, factor, around2, state.atlas.span);
    buildAxis();
  }
  function buildAxis() {
    if (!width) return;
    const box = $(".axis-svg");
    const focused = document.activeElement;
    const { handle: edge, mark: id } = focused && box.contains(focused) ? (
      /** @type {SVGElement} */
      focused.dataset
    ) : {};
    box.setAttribute("viewBox", `0 0 ${width} ${LANE.height}`);
    box.replaceChildren(
      svg("rect", { class: "axis-back", x: 0, y: 0, width, height: LANE.line }),
      svg("g", { class: "brush" }, ...[0, 1, 2].map(() => svg("rect", { y: 0, height: LANE.line }))),
      ...tickNodes(),
      svg("g", { class: "record-lane" }),
      ...EDGES.map(handle),
      ...articleDays(),
      ...statementMarks(),
      ...factMarks()
    );
    paintTime();
    paintTimeMarks();
    paintTimeKey();
    renewTimeStop();
    if (edge) $(`[data-handle="${edge}"]`).focus();
    if (id)
      $$("[data-mark]").find((node) => node.dataset.mark === id)?.focus();
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
  var isOnAxis = ({ day }) => day >= axis.first && day <= axis.last;
  var articleDays = () => state.atlas.articles.filter(isOnAxis).map(({ day, letter }) => {
    const x = xOf(day + 0.5);
    const title = svg("title", {}, letter ? words("preset-article-day-of", { letter }) : words("article-day"));
    return svg("line", { class: "article-day", x1: x, x2: x, y1: 0, y2: LANE.line }, title);
  });
  function handleShapes(edge) {
    const { line: line3, grips, height } = LANE;
    const out = (from, wide) => edge === "first" ? -from - wide : from;
    return [
      { class: "handle-hit", x: out(-2, 10), y: 0, width: 10, height: line3 },
      { class: "handle-hit", x: out(0, 24), y: line3, width: 24, height: height - line3 },
      { class: "handle-bar", x: -1.5, y: 0, width: 3, height: grips },
      { class: "handle-grip", x: out(-1.5, 13), y: line3 + 2, width: 13, height: grips - line3 - 2, rx: 3 }
    ];
  }
  var handle = (edge) => on(
    svg(
      "g",
      { class: "handle", "data-handle": edge, role: "slider", tabindex: 0, "aria-label": words(`window-${edge}`) },
      ...handleShapes(edge).map((shape) => svg("rect", shape))
    ),
    { keydown: (event) => nudge(event, edge) }
  );
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
    if (edge === "first") setDays(Math.min(view.first + step, view.last), view.last, "nudge");
    else setDays(view.first, Math.max(view.last + step, view.first), "nudge");
  }
  var thick = (pitch) => pitch > 3 ? pitch - 1.5 : pitch * 0.7;
  var mark = (kind, item, ...shapes) => svg(
    "g",
    {
      class: `${kind}${item.draft ? " draft" : ""}`,
      "data-mark": item.id,
      "data-select": item.id,
      role: "button",
      tabindex: -1,
      "aria-label": timeMarkWords(item.id)
    },
    svg(
      "title",
      {},
      "number" in item ? words("numbered", { number: item.number, title: inLanguage(item.title) }) : item.title
    ),
    ...shapes
  );
  function isLong(event, start3) {
    if (event.throughout || event.latest === null) return true;
    return xOf(event.latest + 1) - xOf(start3) > Math.max(14, xOf(start3 + 1) - xOf(start3));
  }
  function statementMarks() {
    const short = [];
    const long = [];
    for (const event of state.events.values()) {
      const start3 = startOf(event);
      if (start3 === null || start3 > axis.last || event.latest !== null && event.latest < axis.first) continue;
      (isLong(event, start3) ? long : short).push({ event, start: start3 });
    }
    long.sort((a, b) => a.start - b.start);
    const pitch = Math.min(5, (LANE.bars - LANE.said - 3) / Math.max(1, long.length));
    return [
      ...heaps(short, COLUMN, ({ start: start3 }) => xOf(start3)).flatMap(({ left, list }) => heapOfStatements(left, list)),
      ...long.map(({ event, start: start3 }, i) => bar(event, start3, LANE.said + 3 + i * pitch, thick(pitch)))
    ];
  }
  function heapOfStatements(left, list) {
    const start3 = list[0]?.start ?? 0;
    const across = Math.max(1, Math.floor((xOf(start3 + 1) - xOf(start3) - 4) / COLUMN));
    const pitch = Math.min(COLUMN, LANE.said / Math.ceil(list.length / across));
    const from = left + (across > 1 ? 3 : 0);
    return list.map(({ event }, i) => {
      const x = from + i % across * COLUMN;
      const y = LANE.said - (Math.floor(i / across) + 1) * pitch + 1;
      return mark("time-mark short", event, svg("rect", { x, y, width: SQUARE, height: thick(pitch), rx: 1 }));
    });
  }
  function bar(event, start3, y, height) {
    const from = inSight(xOf(start3));
    const to = event.latest === null ? width : inSight(xOf(event.latest + 1));
    const certainFrom = event.certainFrom === null ? from : inSight(xOf(event.certainFrom));
    const certainTo = event.certainTo === null ? to : inSight(xOf(event.certainTo + 1));
    return mark(
      "time-mark long",
      event,
      svg("rect", { class: "fuzzy", x: from, y, width: Math.max(4, to - from), height }),
      certainWithin(event, axis) ? svg("rect", { x: certainFrom, y, width: Math.max(4, certainTo - certainFrom), height }) : null
    );
  }
  function factMarks() {
    const dated = [...state.facts.values()].map((fact) => ({ fact, start: startOf(fact) ?? -Infinity })).filter(({ start: start3 }) => start3 >= axis.first && start3 <= axis.last);
    return heaps(dated, 5, ({ start: start3 }) => xOf(start3 + 0.5) - 2).flatMap(({ left, list }) => {
      const step = Math.min(9, (LANE.ours - LANE.bars - 2) / list.length);
      return list.map(({ fact }, i) => {
        const y = LANE.ours - (i + 1) * step;
        return mark("fact-mark", fact, svg("rect", { x: left, y, width: 4, height: thick(step), rx: 1 }));
      });
    });
  }
  function windowPieces(left, right) {
    const [from, to] = [Math.ceil(left / PIECE2) * PIECE2, Math.floor(right / PIECE2) * PIECE2];
    if (from >= to) return [[left, right], [right, right], [right, right]];
    return [[left, from], [from, to], [to, right]];
  }
  function paintTime() {
    if (!width) return;
    const { view } = state;
    const left = clamp(xOf(view.first), -2, width);
    const right = clamp(xOf(view.last + 1), 0, width + 2);
    windowPieces(left, Math.max(left + 2, right)).forEach(([from, to], i) => {
      update(
        /** @type {Element} */
        $(".brush").children[i],
        { x: from, width: to - from }
      );
    });
    paintIncidentLane();
    paintEdge("first", left);
    paintEdge("last", right);
    const key = `${view.first}/${view.last}`;
    for (const button2 of $$("[data-preset]")) update(button2, { "aria-pressed": String(button2.dataset.preset === key) });
  }
  function paintTimeMarks() {
    const { view, shown, chosen: chosen2, facts } = state;
    for (const node of $$(".time-mark, .fact-mark")) {
      const id = node.dataset.mark ?? "";
      const fact = facts.get(id);
      node.classList.toggle("in", shown.events.has(id) || shown.facts.has(id));
      node.classList.toggle("chosen", chosen2.id === id);
      node.classList.toggle("unknown", fact !== void 0 && (!view.background || !hasBegun(fact)));
    }
  }
  function paintEdge(edge, at) {
    const day = state.view[edge];
    const [low, high] = state.atlas.span;
    const grip = $(`[data-handle="${edge}"]`);
    update(grip, {
      "aria-valuenow": day,
      "aria-valuemin": low,
      "aria-valuemax": high,
      "aria-valuetext": dayWords(day)
    });
    handleShapes(edge).forEach(({ x }, i) => {
      update(
        /** @type {Element} */
        grip.children[i],
        { x: clamp(at, 1, width - 1) + x }
      );
    });
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
  var REACH = 12;
  var STILL = 4;
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
        make("span", { class: "typed-note", id: "typed-note", role: "alert" }),
        make("span", { class: "presets", role: "group", "aria-label": words("presets") }, ...presets),
        knownToggle,
        compareButton()
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
      ),
      timeKey()
    );
    const axis2 = $(".axis-svg");
    axis2.addEventListener("wheel", zoomByWheel, { passive: false });
    axis2.addEventListener("pointerdown", startDrag);
    new ResizeObserver(measureAxis).observe(axis2);
    makeTimeKeys();
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
      "aria-label": words(`window-${edge}`),
      "aria-describedby": "typed-note"
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
    const move3 = moveOf2(target, event.clientX, axis2.getBoundingClientRect().left);
    const near = target.closest(".handle-grip") ? null : markNear(event);
    let dragged = near === null;
    const drag2 = (moved) => {
      dragged ||= Math.hypot(moved.clientX - event.clientX, moved.clientY - event.clientY) > STILL;
      if (dragged) move3(moved);
    };
    const end = () => {
      axis2.removeEventListener("pointermove", drag2);
      axis2.removeEventListener("pointerup", end);
      axis2.removeEventListener("pointercancel", end);
      if (dragged) setDays(state.view.first, state.view.last);
      else select2(near);
    };
    axis2.setPointerCapture(event.pointerId);
    axis2.addEventListener("pointermove", drag2);
    axis2.addEventListener("pointerup", end);
    axis2.addEventListener("pointercancel", end);
    if (dragged && !target.closest("[data-handle], .brush")) move3(event);
  }
  function markNear({ clientX, clientY }) {
    let best2 = null;
    for (const node of $$(".time-mark, .fact-mark:not(.unknown)")) {
      const { left, right, top, bottom } = node.getBoundingClientRect();
      const gap2 = Math.hypot(Math.max(left - clientX, clientX - right, 0), Math.max(top - clientY, clientY - bottom, 0));
      if (gap2 <= REACH && (best2 === null || gap2 < best2.gap)) best2 = { gap: gap2, id: node.dataset.select ?? null };
    }
    return best2?.id ?? null;
  }
  function moveOf2(target, gripped, left) {
    const edge = (
      /** @type {SVGElement | null} */
      target.closest("[data-handle]")?.dataset.handle
    );
    if (edge) return moveEdge(edge, gripped);
    const { first, last } = axisInSight();
    const from = Math.floor(timeAt(gripped - left));
    const dayUnder = ({ clientX }) => clamp(Math.floor(timeAt(clientX - left)), first, last);
    if (target.closest(".brush")) return moveWindow((event) => dayUnder(event) - from);
    return (event) => setDays(from, dayUnder(event), "step");
  }
  function moveEdge(edge, gripped) {
    const held = gripped - inSight(edge === "first" ? xOf(state.view.first) : xOf(state.view.last + 1));
    return ({ clientX }) => {
      const { view } = state;
      const { first, last } = axisInSight();
      const day = Math.round(timeAt(clientX - held));
      if (edge === "first") setDays(clamp(day, first, view.last), view.last, "step");
      else setDays(view.first, clamp(day - 1, view.first, last), "step");
    };
  }
  function moveWindow(daysMoved) {
    const { first, last } = state.view;
    const [low, high] = state.atlas.span;
    return (event) => {
      const by = clamp(daysMoved(event), low - first, high - last);
      setDays(first + by, last + by, "step");
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
    if (view.last >= end || days < view.last - view.first + 1) setDays(first, first + days - 1, "step");
    showPlaying(true);
    timer = setInterval(() => {
      const now = state.view;
      if (now.last >= end) return stopPlaying();
      const by = Math.min(step, end - now.last);
      setDays(now.first + by, now.last + by, "step");
    }, PLAY_STEP);
  }
  function stopPlaying() {
    if (!state.playing) return;
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

  // mapapp/web/src/screen.js
  function paint() {
    paintMap();
    paintTimeBar();
    paintAround();
    paintLabelsIfChanged();
  }
  var isStale = false;
  function paintMap(hasOnlyMoved = false) {
    const shown = select(state.atlas, state.view);
    const isSame = !state.dirty && same(shown, state.shown);
    const stays = hasOnlyMoved && isSame && !state.chosen.id;
    if (!isSame) isStale = true;
    if (!stays) paintPlaces(shown);
    state.shown = shown;
    state.dirty = false;
    if (isStale) {
      paintBadges();
      paintEmpty();
    }
    state.incidents?.paint();
    if (!stays) paintTolerance();
    paintCompare();
  }
  function paintTimeBar() {
    if (isStale) paintTimeMarks();
    paintTime();
  }
  function paintAround() {
    if (isStale) {
      paintArticle();
      paintLegend();
      paintLead();
      paintHowToReadSoon();
    }
    isStale = false;
    if (state.incidents) {
      state.incidents.paintKey();
      $(".record-label").replaceChildren(...state.incidents.label());
    }
    paintReset();
    paintCredit();
    describeSoon();
  }
  function paintWhole() {
    state.dirty = true;
    paint();
  }
  function followTime() {
    clearTyped();
    followWindow();
  }
  function paintBeside() {
    if (!state.chosen.id) return;
    recountBeside();
    updateCards();
  }
  var timeBar = afterFrames(1, () => {
    followTime();
    paintTimeBar();
  });
  var around = afterFrames(2, () => {
    timeBar.flush();
    paintAround();
  });
  var cards = afterFrames(2, paintBeside);
  function paintNow() {
    around.flush();
    cards.flush();
  }
  function paintWindow() {
    paintMap(true);
    timeBar.ask();
    around.ask();
    if (state.view.screenshot) around.flush();
    paintLabelsIfChanged();
  }
  var ANSWERS = {
    step() {
      paintWindow();
      timeBar.flush();
    },
    nudge() {
      paintWindow();
      cards.ask();
      writeView();
    },
    days() {
      followTime();
      paint();
      paintBeside();
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
      if (state.chosen.id) paintCards();
      writeView();
    },
    key() {
      forgetControls();
      paintLabels();
    },
    bands: paintHowToReadSoon,
    clean() {
      paintCredit();
      steer(() => state.map.invalidateSize({ animate: false }));
      forgetControls();
      paintLabels();
      writeView();
    },
    compared() {
      paintCompare();
      paintCredit();
      describeSoon();
    },
    loaded() {
      paint();
      if (state.chosen.id) paintCards();
    },
    selection() {
      const { chosen: chosen2 } = state;
      const before2 = state.map.getSize();
      const held = (
        /** @type {HTMLElement | null} */
        document.activeElement
      );
      labelOnce(() => {
        paintSelection();
        const stays = state.places.has(chosen2.id ?? "") && chosen2.stay && before2.equals(state.map.getSize());
        if (chosen2.id && !stays) goTo(chosenPlaces());
      });
      if (held && !held.isConnected) moveFocus(chosen2);
      if (chosen2.id) {
        scrollToPassage();
        scrollToCard();
      }
      writeView();
    },
    incidents() {
      paintSelection();
      $(".cards h2").focus({ preventScroll: true });
      scrollToCard();
      if (state.chosen.incidents?.length === 1) $(".incident").dispatchEvent(new Event("toggle"));
      writeView();
    },
    own: paintCredit,
    "own-card"() {
      paintSelection();
      $(".cards h2").focus({ preventScroll: true });
      scrollToCard();
      writeView();
    }
  };
  function answer2(change2) {
    ANSWERS[change2]();
    announce2(change2);
  }
  var opener = null;
  function scrollToCard() {
    $(".cards").scrollTop = 0;
    $(".cards-head").scrollIntoView({ block: "nearest" });
  }
  function paintSelection() {
    const held = (
      /** @type {HTMLElement | null} */
      document.activeElement
    );
    if (held && held !== document.body && !held.closest(".cards, .beyond")) opener = held;
    const { classList } = state.root;
    const had = classList.contains("has-cards");
    paintCards();
    paintTimeMarks();
    if (had !== classList.contains("has-cards")) steer(() => state.map.invalidateSize({ animate: false }));
    paint();
    paintArticle();
  }
  function moveFocus(chosen2) {
    const next = chosen2.id ? $(".cards h2") : opener?.isConnected ? opener : $(".article");
    next.focus({ preventScroll: true });
    if (!chosen2.id) next.scrollIntoView({ block: "nearest" });
  }

  // mapapp/web/src/story_bar.js
  var bar2 = make("section", { class: "story", hidden: true });
  function paintStory() {
    const { step: number } = state.view;
    const { story } = state.atlas;
    const step = number === null ? void 0 : story[number - 1];
    const opened = bar2.hidden === (step !== void 0);
    bar2.hidden = step === void 0;
    document.body.classList.toggle("in-story", step !== void 0);
    if (opened && step) showCard(false);
    if (step) paintStep(step, number ?? 0, story.length);
    if (opened || step) steer(() => state.map.invalidateSize({ animate: false }));
  }
  function paintStep(step, number, count) {
    one(bar2, ".story-step").textContent = words("story-step", { step: number, all: count });
    one(bar2, ".story-title").replaceChildren(...titleOf2(step));
    one(bar2, ".story-text").textContent = step.own ? inLanguage(step.own.text) : "";
    one(bar2, ".story-own").hidden = !step.own;
    one(bar2, ".story-previous").setAttribute("aria-disabled", String(number === 1));
    one(bar2, ".story-next").setAttribute("aria-disabled", String(number === count));
    for (const item of all(bar2, "[data-step]")) {
      if (Number(item.dataset.step) === number) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    }
  }
  function titleOf2({ number, shows, own }) {
    if (own) return [inLanguage(own.title)];
    const title = shows === null ? "" : statementTitle(eventOf(shows));
    return [make("b", { class: "count" }, digits(number)), " ", title];
  }

  // mapapp/web/src/open_view.js
  function takeView(opening) {
    state.view = { ...taken(opening), moved: opening.camera !== null };
    state.chosen = { id: state.view.selected, here: [] };
  }
  function openView(next) {
    takeView(next);
    paintStory();
    syncPanel();
    paintBase();
    zoomAxisTo(state.view.first, state.view.last);
    paintWhole();
    paintCards();
    paintArticle();
    scrollToPassage();
    renameAll(state.root);
    steer(() => moveTo(next.camera));
  }

  // mapapp/web/src/story.js
  var SPEEDS = [4, 8, 15];
  var USUAL_SPEED = 8;
  var SWIPE = 48;
  var BEFORE = "before-story";
  var timer2;
  function buildStory() {
    const { story } = state.atlas;
    const title = make("p", { class: "story-title", dir: "auto" });
    bar2.setAttribute("aria-label", words("story"));
    bar2.append(
      make(
        "div",
        { class: "story-buttons" },
        control("previous", () => move2(-1)),
        control("play", togglePlaying),
        control("next", () => move2(1))
      ),
      make(
        "div",
        { class: "story-words", role: "status", "aria-atomic": "true" },
        make("h2", { class: "story-step" }),
        title,
        make("p", { class: "story-text", dir: "auto" }),
        make("p", { class: "story-own", hidden: true }, words("story-own"))
      ),
      make(
        "div",
        { class: "story-more" },
        speeds(),
        button(
          { class: "story-all", "aria-expanded": "false", "aria-controls": "story-list" },
          toggleList,
          words("story-list")
        ),
        button(
          { class: "quiet story-leave", title: words("story-leave"), "aria-label": words("story-leave") },
          () => leaveStory(),
          "×"
        )
      ),
      make(
        "ol",
        { class: "story-list", id: "story-list", hidden: true },
        ...story.map(
          (step, i) => make(
            "li",
            {},
            button({ "data-step": i + 1, dir: "auto" }, () => choose(i + 1), ...titleOf2(step))
          )
        )
      )
    );
    on(bar2, { keydown: onKey3 });
    state.root.before(bar2);
    followSwipes(bar2);
    followSwipes($(".cards"));
    state.root.addEventListener("pointerdown", pause, { capture: true });
    for (const start3 of all(state.root, ".story-start")) start3.hidden = story.length === 0;
    paintStory();
  }
  var storyStart = () => make("p", { class: "story-offer" }, button({ class: "story-start", hidden: true }, begin, words("story-start")));
  function control(name, click) {
    const label = words(`story-${name}`);
    return button({ class: `story-${name}`, title: label, "aria-label": label }, click, icon(name));
  }
  function speeds() {
    const options = SPEEDS.map(
      (n) => make("option", { value: n, selected: n === USUAL_SPEED }, words("story-seconds", { n }))
    );
    const select3 = on(make("select", { class: "story-speed", "aria-label": words("story-speed") }, ...options), {
      change: () => timer2 !== void 0 && schedule()
    });
    select3.title = words("story-speed");
    return select3;
  }
  var present = () => state.view.step ?? 0;
  function begin() {
    goToStep(1);
    one(bar2, ".story-next").focus({ preventScroll: true });
  }
  function goToStep(number) {
    if (number === null) {
      leaveStory();
      return true;
    }
    if (!Number.isInteger(number) || !state.atlas.story[number - 1]) return false;
    stopPlaying();
    noteBefore();
    openView({ ...read({ step: String(number) }, state.atlas.address).view, ...settings2() });
    writeNow();
    if (timer2 !== void 0) schedule();
    return true;
  }
  function settings2() {
    const { names, language, base_map } = state.view;
    return { names, language, base_map };
  }
  function here() {
    const { view, map } = state;
    const { lat, lng } = map.getCenter();
    return { ...sent(view), camera: view.moved ? [lat, lng, map.getZoom()] : null };
  }
  function noteBefore() {
    if (state.view.step === null) remember(BEFORE, JSON.stringify(write(here(), state.atlas.address)));
  }
  function before() {
    try {
      const query2 = JSON.parse(recall(BEFORE) ?? "null");
      return query2 && read(Object.fromEntries(new URLSearchParams(query2)), state.atlas.address).view;
    } catch {
      return null;
    }
  }
  function leaveStory() {
    if (state.view.step === null) return;
    pause();
    closeList();
    const held = bar2.contains(document.activeElement);
    openView({ ...before() ?? read({}, state.atlas.address).view, ...settings2(), step: null });
    remember(BEFORE, null);
    writeNow();
    if (held) $(".story-start").focus();
  }
  var move2 = (by) => goToStep(clamp(present() + by, 1, state.atlas.story.length));
  function choose(number) {
    closeList();
    one(bar2, ".story-all").focus();
    goToStep(number);
  }
  function togglePlaying() {
    if (timer2 !== void 0) return pause();
    if (present() === state.atlas.story.length) goToStep(1);
    schedule();
    showPlaying2("pause");
  }
  function schedule() {
    clearTimeout(timer2);
    const speed = (
      /** @type {HTMLSelectElement} */
      one(bar2, ".story-speed")
    );
    timer2 = window.setTimeout(() => {
      if (present() === 0 || present() >= state.atlas.story.length) return pause();
      move2(1);
    }, Number(speed.value) * 1e3);
  }
  function pause() {
    if (timer2 === void 0) return;
    clearTimeout(timer2);
    timer2 = void 0;
    showPlaying2("play");
  }
  function showPlaying2(name) {
    const node = one(bar2, ".story-play");
    node.replaceChildren(icon(name));
    node.title = words(`story-${name}`);
    node.setAttribute("aria-label", words(`story-${name}`));
  }
  function toggleList() {
    const list = one(bar2, ".story-list");
    list.hidden = !list.hidden;
    one(bar2, ".story-all").setAttribute("aria-expanded", String(!list.hidden));
    if (!list.hidden) one(list, "[aria-current]").focus();
  }
  function closeList() {
    if (!one(bar2, ".story-list").hidden) toggleList();
  }
  var turned = () => getComputedStyle(bar2).direction === "rtl";
  function onKey3(event) {
    const target = (
      /** @type {Element} */
      event.target
    );
    if (event.key === "Escape") {
      event.stopPropagation();
      if (one(bar2, ".story-list").hidden) return leaveStory();
      closeList();
      return one(bar2, ".story-all").focus();
    }
    if (event.altKey || event.ctrlKey || event.metaKey || target.closest("select, .story-list")) return;
    const [back, on_] = turned() ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];
    const to = { [back]: present() - 1, [on_]: present() + 1, Home: 1, End: state.atlas.story.length }[event.key];
    if (to === void 0) return;
    event.preventDefault();
    goToStep(clamp(to, 1, state.atlas.story.length));
  }
  function followSwipes(node) {
    let start3 = null;
    on(node, {
      pointerdown: (event) => {
        start3 = event.pointerType === "mouse" ? null : event;
      },
      pointerup: (event) => {
        if (!start3 || present() === 0 || start3.pointerId !== event.pointerId) return;
        const [x, y] = [event.clientX - start3.clientX, event.clientY - start3.clientY];
        start3 = null;
        if (Math.abs(x) >= SWIPE && Math.abs(x) > 2 * Math.abs(y)) move2(x < 0 === !turned() ? 1 : -1);
      },
      pointercancel: () => {
        start3 = null;
      }
    });
  }

  // mapapp/web/src/frame.js
  function makeFrame() {
    const { atlas } = state;
    state.root = make(
      inApp() ? "section" : "main",
      { id: "mapapp", "data-tab": "article", "aria-label": inApp() ? words("frame") : null },
      make("aside", { class: "panel", id: "panel", tabindex: -1, "aria-label": words("layers-and-filters") }),
      make(
        "section",
        { class: "stage", "aria-label": words("map") },
        make("div", { class: "credit", hidden: true }),
        make("div", { class: "record-label" }),
        beyondList(),
        make("div", { class: "empty", hidden: true }),
        make("div", { class: "notice", role: "status" }),
        panelToggle(),
        make("div", { class: "drop-hint", "aria-hidden": "true" }, words("own-drop"))
      ),
      compareBrief(),
      make(
        "div",
        { class: "reading", id: "reading" },
        compareCard(),
        make("section", { class: "cards", "aria-label": words("selection") }),
        articlePane()
      ),
      divider(),
      howToRead(),
      make("section", { class: "time", tabindex: -1, "aria-label": words("time") }),
      make("nav", { class: "tabs", "aria-label": words("below-the-map") }, tab("article", true), tab("panel", false)),
      make("p", { class: "announcement unseen", role: "status" })
    );
    showCard(!one(state.root, ".how-to-read").hidden);
    document.body.append(fragment(atlas.symbols));
    on(state.root, { click: onClick, keydown: onKey4 });
    state.root.addEventListener("wheel", leaveWheelToPage, { capture: true, passive: true });
    makeWayWhileScrolling();
    makeArticleKeys();
    makeSkipLinks();
  }
  function articlePane() {
    const { articles } = state.atlas;
    const several = articles.length > 1;
    return make(
      "article",
      { class: "article", tabindex: -1, "aria-label": words("the-article") },
      make(
        "header",
        {},
        make("h2", {}, words(several ? "articles-heading" : "article-heading")),
        several ? articleChoice() : make("p", { class: "byline" }, state.atlas.bylines[articles[0]?.id ?? ""] ?? ""),
        storyStart(),
        make("p", { class: "reading-count" }),
        make("p", { class: "lead" })
      ),
      accountBox(),
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
      make("p", { class: "byline" }, state.atlas.bylines[article.id])
    ] : [];
    const text = { class: "article-text", lang: article.lang, dir: article.dir };
    const part = make(
      "div",
      { class: "article-part", "data-article": article.id },
      ...head2,
      make("div", text, ...article.paragraphs.map(fragment))
    );
    for (const { dataset } of all(part, "[data-number]")) dataset.number = digits(dataset.number ?? "");
    for (const passage of all(part, "[data-events]"))
      passage.title = (passage.dataset.events ?? "").split(" ").map((id) => inLanguage(eventOf(id).title)).join(" · ");
    return part;
  }
  function tab(name, pressed) {
    const attributes = { type: "button", "data-tab": name, "aria-pressed": String(pressed) };
    return on(make("button", attributes, words(`tab-${name}`)), { click: () => showTab(name) });
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
    const { select: id, keep: keep2, window: days, events } = target.dataset;
    const { here: here2, words: clickedWords } = state.chosen;
    if (days) {
      const [first, last] = days.split("/").map(fromIso);
      if (first != null && last != null) goToDays(first, last);
    } else if (id) select2(id, keep2 ? { here: here2, words: clickedWords } : void 0);
    else if (!String(window.getSelection())) {
      const ids = (events ?? "").split(" ");
      select2(ids[0] ?? null, { here: ids, words: true });
    }
  }
  function onKey4(event) {
    const { view, chosen: chosen2 } = state;
    const target = inputOf(event);
    if (event.key === "Escape") {
      if (view.screenshot) set("clean", { screenshot: false });
      else if (view.step !== null) leaveStory();
      else if (chosen2.id || chosen2.incidents || chosen2.own) select2(null);
    }
    if ((event.key === "Enter" || event.key === " ") && target.matches(".passage, [data-mark]")) {
      event.preventDefault();
      target.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      focusCard();
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
    const follow2 = () => {
      const { scrollTop } = document.body;
      if (inApp() && (scrollTop > scrolled || scrollTop === 0)) window.parent.mapappBridge?.makeWay(scrollTop > 0);
      scrolled = scrollTop;
    };
    document.body.addEventListener("scroll", follow2, { passive: true });
  }

  // mapapp/web/src/tools.js
  function tool(name, click) {
    const label = words(name);
    const node = button({ class: `tool ${name}`, title: label, "aria-label": label }, click, icon(name));
    node.addEventListener("click", L.DomEvent.stop);
    node.addEventListener("dblclick", L.DomEvent.stop);
    return node;
  }
  var corner = () => state.atlas.dir === "rtl" ? "topright" : "topleft";
  function addTools(buttons) {
    const control2 = new L.Control({ position: corner() });
    control2.onAdd = () => make("div", { class: "leaflet-bar tools" }, ...buttons);
    control2.addTo(state.map);
  }

  // mapapp/web/src/full_screen.js
  function fullScreenTool() {
    if (!document.fullscreenEnabled) return null;
    const node = tool("full-screen", toggle2);
    const say3 = () => node.setAttribute("aria-pressed", String(document.fullscreenElement !== null));
    document.addEventListener("fullscreenchange", say3);
    say3();
    return node;
  }
  async function toggle2() {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  }

  // mapapp/web/src/incident_loader.js
  function fetchIncidents({ script, about, rows }) {
    for (const [href, as] of Object.entries({ [script]: "script", [about]: "fetch", [rows]: "fetch" })) {
      const crossorigin = as === "fetch" ? "anonymous" : null;
      document.head.append(make("link", { rel: "preload", href, as, crossorigin }));
    }
  }
  async function loadIncidents(source) {
    addIncidents();
    try {
      await loaded(source.script);
      takeIn(await window.mapappIncidents(source, host()));
    } catch (error) {
      failed(error);
    }
  }
  function loaded(src) {
    const script = make("script", { src });
    document.head.append(script);
    return new Promise((resolve, reject) => {
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
    });
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
      numberWords,
      nameOf,
      inLanguage,
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
    const box = row2("incidents", words("layer-incidents"));
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

  // mapapp/web/src/geodesic.js
  var MAJOR = 6378137;
  var FLATTENING = 1 / 298.257223563;
  var MINOR = MAJOR * (1 - FLATTENING);
  var MEAN_RADIUS = (2 * MAJOR + MINOR) / 3;
  var ITERATIONS = 200;
  var ENOUGH = 1e-12;
  var METRES_PER_PIXEL = 156543.034;
  var METRES_PER_DEGREE = 111320;
  var radians = (degrees) => degrees * Math.PI / 180;
  function distance([lon1, lat1], [lon2, lat2]) {
    const apart = radians(turned2(lon2 - lon1));
    const reduced = [lat1, lat2].map((lat) => Math.atan((1 - FLATTENING) * Math.tan(radians(lat))));
    const [u1, u2] = (
      /** @type {[number, number]} */
      reduced
    );
    const [sin1, cos1, sin2, cos2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
    let lambda = apart;
    for (let round = 0; round < ITERATIONS; round++) {
      const cosLambda = Math.cos(lambda);
      const sinSigma = Math.hypot(cos2 * Math.sin(lambda), cos1 * sin2 - sin1 * cos2 * cosLambda);
      if (sinSigma === 0) return cosLambda > 0 ? 0 : onSphere(lat1, lat2, apart);
      const cosSigma = sin1 * sin2 + cos1 * cos2 * cosLambda;
      const sigma = Math.atan2(sinSigma, cosSigma);
      const sinAlpha = cos1 * cos2 * Math.sin(lambda) / sinSigma;
      const cosSqAlpha = 1 - sinAlpha ** 2;
      const cosMiddle = cosSqAlpha === 0 ? 0 : cosSigma - 2 * sin1 * sin2 / cosSqAlpha;
      const c = FLATTENING / 16 * cosSqAlpha * (4 + FLATTENING * (4 - 3 * cosSqAlpha));
      const more = sigma + c * sinSigma * (cosMiddle + c * cosSigma * (2 * cosMiddle ** 2 - 1));
      const before2 = lambda;
      lambda = apart + (1 - c) * FLATTENING * sinAlpha * more;
      if (Math.abs(lambda) > Math.PI) break;
      if (Math.abs(lambda - before2) < ENOUGH) return lengthOf({ sigma, sinSigma, cosSigma, cosMiddle, cosSqAlpha });
    }
    return onSphere(lat1, lat2, apart);
  }
  function lengthOf({ sigma, sinSigma, cosSigma, cosMiddle, cosSqAlpha }) {
    const square = cosSqAlpha * (MAJOR ** 2 - MINOR ** 2) / MINOR ** 2;
    const a = 1 + square / 16384 * (4096 + square * (-768 + square * (320 - 175 * square)));
    const b = square / 1024 * (256 + square * (-128 + square * (74 - 47 * square)));
    const inner = cosSigma * (2 * cosMiddle ** 2 - 1);
    const outer = b / 6 * cosMiddle * (4 * sinSigma ** 2 - 3) * (4 * cosMiddle ** 2 - 3);
    return MINOR * a * (sigma - b * sinSigma * (cosMiddle + b / 4 * (inner - outer)));
  }
  function onSphere(lat1, lat2, apart) {
    const [a, b] = [radians(lat1), radians(lat2)];
    const square = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(apart / 2) ** 2;
    return 2 * MEAN_RADIUS * Math.asin(Math.min(1, Math.sqrt(square)));
  }
  var turned2 = (lon) => lon - 360 * Math.floor((lon + 180) / 360);
  function decimalsFor(zoom) {
    const degrees = METRES_PER_PIXEL / METRES_PER_DEGREE / 2 ** zoom;
    return Math.min(6, Math.max(2, Math.ceil(-Math.log10(degrees))));
  }
  var positionText = (lat, lon, decimals) => [lat, turned2(lon)].map((degrees) => degrees.toFixed(decimals).replace(/^-(0\.0*)$/, "$1")).join(", ");
  function lengthParts(metres) {
    if (metres < 999.5) return { unit: "m", value: Math.round(metres), decimals: 0 };
    const km = metres / 1e3;
    const decimals = km < 9.995 ? 2 : km < 999.95 ? 1 : 0;
    return { unit: "km", value: km, decimals };
  }

  // mapapp/web/src/measure_tool.js
  var points = [];
  var drawing2 = null;
  var measuring = false;
  var measureTool = () => {
    const node = tool("distance", () => measuring ? stop() : start());
    node.setAttribute("aria-pressed", "false");
    return node;
  };
  function addMeasure() {
    const pane = state.map.createPane("m-measure");
    pane.style.zIndex = "650";
    pane.style.pointerEvents = "none";
    $(".stage").append(
      make("div", { class: "crosshair", "aria-hidden": "true" }),
      make("section", { class: "measure", "aria-label": words("distance"), hidden: true })
    );
    state.root.addEventListener("keydown", onKey5, { capture: true });
  }
  function start() {
    measuring = true;
    takeClicks(add);
    state.map.doubleClickZoom.disable();
    state.map.getContainer().focus({ preventScroll: true });
    paint2();
  }
  function stop() {
    measuring = false;
    takeClicks(null);
    state.map.doubleClickZoom.enable();
    points = [];
    paint2();
  }
  function add(latlng) {
    points.push(latlng);
    paint2();
  }
  function undo() {
    points.pop();
    paint2();
  }
  function clear() {
    points = [];
    paint2();
  }
  function onKey5(event) {
    if (!measuring) return;
    const target = (
      /** @type {Element} */
      event.target
    );
    if (target.closest("input, select, .copy-field")) return;
    const onMap = target === state.map.getContainer();
    if (event.key === "Escape") points.length ? clear() : stop();
    else if (onMap && event.key === "Enter") add(state.map.getCenter());
    else if (onMap && event.key === "Backspace") undo();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  function lengthWords(metres) {
    const { unit, value, decimals } = lengthParts(metres);
    return words(`length-${unit}`, { length: Number(value.toFixed(decimals)) });
  }
  var legs = () => points.slice(1).map(({ lng, lat }, i) => {
    const from = (
      /** @type {L.LatLng} */
      points[i]
    );
    return distance([turned2(from.lng), from.lat], [turned2(lng), lat]);
  });
  function paint2() {
    $(".tool.distance").setAttribute("aria-pressed", String(measuring));
    state.root.classList.toggle("measuring", measuring);
    drawing2?.remove();
    drawing2 = measuring ? drawPoints().addTo(state.map) : null;
    const box = $(".measure");
    box.hidden = !measuring;
    if (!measuring) return box.replaceChildren();
    const lengths = legs();
    const total = lengths.reduce((sum, length) => sum + length, 0);
    let said2 = box.querySelector(".measure-total");
    if (!said2) {
      said2 = make("p", { class: "measure-total", role: "status" });
      box.append(said2);
    }
    said2.textContent = lengths.length ? words("measure-total", { length: lengthWords(total) }) : words(points.length ? "measure-next" : "measure-first");
    for (const node of [...box.children]) if (node !== said2) node.remove();
    if (lengths.length > 1)
      said2.before(make("ol", { class: "measure-legs" }, ...lengths.map((length) => make("li", {}, lengthWords(length)))));
    box.append(
      make("p", { class: "measure-note" }, words("measure-note")),
      ...points.length ? [button({}, undo, words("measure-undo")), button({}, clear, words("measure-clear"))] : [],
      button({}, stop, words("measure-end"))
    );
  }
  function drawPoints() {
    const pane = "m-measure";
    const line3 = { pane, interactive: false, className: "measure-line", fill: false };
    return L.layerGroup([
      L.polyline(points, { ...line3, className: "measure-halo" }),
      L.polyline(points, line3),
      ...points.map((at) => L.circleMarker(at, { pane, interactive: false, className: "measure-point", radius: 4 }))
    ]);
  }

  // mapapp/web/src/share.js
  var LOOPBACK = /^(localhost|127\.[0-9.]+|\[::1\])$/;
  var linkTool = () => tool("link", copyLink);
  function copyLink() {
    const address = link();
    const { protocol, hostname } = new URL(address);
    const where = protocol === "file:" ? "link-copied-file" : LOOPBACK.test(hostname) ? "link-copied-here" : "link-copied";
    copy(address, words(where), words("link-field"));
  }
  async function copy(text, done, label) {
    const opener2 = (
      /** @type {HTMLElement | null} */
      document.activeElement
    );
    try {
      await navigator.clipboard.writeText(text);
      notice(done);
    } catch {
      showField(text, label, opener2);
    }
  }
  function showField(text, label, opener2) {
    state.root.querySelector(".copy-field")?.remove();
    const input = make("input", { type: "text", readonly: true, value: text });
    const box = make("div", { class: "copy-field" }, make("label", {}, make("span", {}, label), input));
    const close3 = () => {
      box.remove();
      opener2?.focus();
    };
    box.append(button({ class: "quiet", title: words("close"), "aria-label": words("close") }, close3, "×"));
    on(box, {
      keydown: (event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        close3();
      }
    });
    $(".stage").append(box);
    input.focus();
    input.select();
  }

  // mapapp/web/src/position.js
  var pointer = null;
  function addPosition() {
    const { map } = state;
    const control2 = new L.Control({ position: state.atlas.dir === "rtl" ? "bottomright" : "bottomleft" });
    control2.onAdd = () => {
      const node = make(
        "div",
        { class: "position" },
        make("span", { class: "position-text" }),
        button({ class: "position-copy", "aria-keyshortcuts": "C" }, copyCentre, words("position-copy"))
      );
      L.DomEvent.disableClickPropagation(node);
      return node;
    };
    control2.addTo(map);
    map.on("mousemove", ({ latlng, originalEvent }) => show2(isOnMap(originalEvent) ? latlng : null));
    map.on("mouseout", () => show2(null));
    map.on("move zoomend", () => show2(pointer));
    map.getContainer().addEventListener("keydown", onKey6);
    show2(null);
  }
  var isOnMap = (event) => !/** @type {Element} */
  event.target.closest(".leaflet-control");
  var textOf3 = ({ lat, lng }) => positionText(lat, lng, decimalsFor(state.map.getZoom()));
  function show2(latlng) {
    pointer = latlng;
    const position = isolated(textOf3(latlng ?? state.map.getCenter()));
    $(".position-text").textContent = words(latlng ? "position-pointer" : "position-centre", { position });
  }
  var isolated = (position) => state.atlas.dir === "rtl" ? `⁦${position}⁩` : position;
  var copyCentre = () => copyText(textOf3(state.map.getCenter()));
  var copyText = (position) => copy(position, words("position-copied", { position: isolated(position) }), words("position-field"));
  function onKey6(event) {
    if (event.target !== state.map.getContainer() || event.key.toLowerCase() !== "c") return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    copyText(textOf3(pointer ?? state.map.getCenter()));
  }

  // mapapp/web/src/print.js
  var PAPER = "680px";
  var restore = null;
  function beforePrint() {
    if (restore) return;
    const page = document.documentElement;
    const { map } = state;
    const { theme } = page.dataset;
    const closed = $$(".compare-said details:not([open])");
    const [centre, zoom, sight] = [map.getCenter(), map.getZoom(), map.getBounds()];
    for (const details of closed) details.setAttribute("open", "");
    state.printing = true;
    page.dataset.theme = "light";
    page.classList.add("printing");
    repaint(() => map.fitBounds(sight, { animate: false }));
    const frame = inApp() ? (
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
      for (const details of closed) details.removeAttribute("open");
      repaint(() => map.setView(centre, zoom, { animate: false }));
    };
  }
  function afterPrint() {
    restore?.();
    restore = null;
  }
  function repaint(move3) {
    state.incidents?.restyle();
    restyleOwn();
    paintCredit();
    steer(() => {
      state.map.invalidateSize({ animate: false });
      move3();
    });
  }
  function layOutFrame(frame) {
    const { root } = state;
    const outside = frame.ownerDocument;
    const style = frame.style.cssText;
    const text = outside.createElement("section");
    text.className = "mapapp-print";
    for (const part of $$(`.compare-said > details, .cards-list${state.view.step === null ? ", .article" : ""}`))
      text.append(outside.importNode(part, true));
    for (const symbol2 of all(text, "svg.symbol")) symbol2.remove();
    outside.body.append(text);
    root.classList.add("text-apart");
    frame.style.setProperty("width", PAPER, "important");
    frame.style.setProperty(
      "height",
      `${Math.ceil(bar2.offsetHeight + root.getBoundingClientRect().height)}px`,
      "important"
    );
    return () => {
      root.classList.remove("text-apart");
      frame.style.cssText = style;
      text.remove();
    };
  }

  // mapapp/web/src/reveal.js
  var LONGEST2 = 366;
  function whyPlaceHidden(place2) {
    const { view, shown } = state;
    if (shown.places.has(place2.id)) return null;
    if (view.hidden.has(place2.layer)) return "layer";
    if (!begun(place2, view.as_of)) return "later";
    return placeCertainty(place2, view) ? "sure" : "window";
  }
  function placeCertainty(place2, view) {
    const day = state.layers.get(place2.layer)?.snapshot ? snapshotDay(view) : null;
    return certainty(place2, day ?? view.first, day ?? view.last);
  }
  function whyHiddenNow(id) {
    const place2 = state.places.get(id);
    const event = state.events.get(id);
    return place2 ? whyPlaceHidden(place2) : event ? whyHidden(event) : null;
  }
  function reveal(id) {
    if (whyHiddenNow(id) === null) return;
    const place2 = state.places.get(id);
    const event = state.events.get(id);
    const days = place2 ? revealPlace(place2) : event ? revealEvent(event) : null;
    if (days) goToDays(...days);
  }
  function revealPlace(place2) {
    const { view, atlas } = state;
    const hidden2 = new Set(view.hidden);
    hidden2.delete(place2.layer);
    const asOf = begun(place2, view.as_of) ? view.as_of : null;
    set("reset", { hidden: hidden2, as_of: asOf, certain: view.certain && placeCertainty(place2, view) === 2 });
    if (placeCertainty(place2, state.view)) return null;
    const [low, high] = [place2.earliest ?? atlas.span[0], place2.latest ?? atlas.span[1]];
    const day = clamp(clamp(view.last, low, high), atlas.span[0], atlas.span[1]);
    return [day, day];
  }
  function revealEvent(event) {
    const { view, atlas } = state;
    const { said_by: saidBy, kinds, article } = view;
    const sure = certainty(event, view.first, view.last);
    set("reset", {
      as_of: published(event, atlas, view.as_of) ? view.as_of : null,
      said_by: saidBy?.has(event.said_by) ? saidBy : null,
      kinds: kinds?.has(event.kind) ? kinds : null,
      article: article === event.article ? article : null,
      certain: view.certain && sure === 2
    });
    if (sure) return null;
    const first = startOf(event) ?? event.latest ?? atlas.day;
    const last = event.latest ?? first;
    return [first, clamp(last, first, first + LONGEST2)];
  }

  // mapapp/web/src/search_match.js
  var SAME = new Map(
    Object.entries({
      ...{ ı: "i", ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ə: "e" },
      ...{ ى: "ي", ی: "ي", ک: "ك", ة: "ه", ۀ: "ه", ہ: "ه", ھ: "ه", ٱ: "ا" }
    })
  );
  var DROPPED = /[\p{M}\u0640'’‘`´ʹʼʾʿˈ\p{Cf}]/gu;
  var ARABIC_DIGITS = [1632, 1776];
  var NUMBERED = -1;
  var LEAST_IN_TEXT = 2;
  function foldLetter(letter) {
    const plain = letter.normalize("NFKD").replace(DROPPED, "").toLowerCase();
    return [...plain.normalize("NFKD").replace(DROPPED, "")].map(foldPart).join("");
  }
  function foldPart(part) {
    const code = part.codePointAt(0) ?? 0;
    const zero = ARABIC_DIGITS.find((start3) => code >= start3 && code < start3 + 10);
    if (zero !== void 0) return String(code - zero);
    return /[\p{L}\p{N}]/u.test(part) ? SAME.get(part) ?? part : " ";
  }
  function foldWithPositions(text) {
    let folded = "";
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
      at = /** @type {number} */
      starts.pop();
    }
    starts.push(at);
    return { folded, starts };
  }
  var fold = (text) => foldWithPositions(text).folded;
  function grade(folded, wanted) {
    if (folded === wanted) return 0;
    if (folded.startsWith(wanted)) return 1;
    const words2 = wanted.split(" ");
    const within2 = ` ${folded}`;
    if (words2.every((word) => within2.includes(` ${word}`))) return 2;
    return words2.every((word) => folded.includes(word)) ? 3 : null;
  }
  function best(folded, wanted) {
    const grades = folded.map((text) => grade(text, wanted)).filter((one2) => one2 !== null);
    return grades.length ? Math.min(...grades) : null;
  }
  var findPlaces = (places, wanted) => ranked(places, ({ names }) => best(names, wanted)).sort(
    (a, b) => a.rank - b.rank || b.entry.worth - a.entry.worth || a.at - b.at
  );
  var findStatements = (statements2, wanted) => ranked(statements2, ({ number, called, title, quotation }) => {
    if (number === wanted.replaceAll(" ", "") || called === wanted) return NUMBERED;
    const inTitle = grade(title, wanted);
    if (inTitle !== null) return inTitle;
    const quoted2 = wanted.length < LEAST_IN_TEXT ? null : grade(quotation, wanted);
    return quoted2 === null ? null : quoted2 + 4;
  }).sort((a, b) => a.rank - b.rank || a.at - b.at);
  function ranked(entries, rankOf) {
    const found = [];
    entries.forEach((entry, at) => {
      const rank = rankOf(entry);
      if (rank !== null) found.push({ entry, rank, at });
    });
    return found;
  }
  function findPassages(texts, wanted) {
    if (wanted.length < LEAST_IN_TEXT) return [];
    const found = texts.flatMap((entry) => occurrences(entry, wanted, " "));
    return found.length ? found : texts.flatMap((entry) => occurrences(entry, wanted, ""));
  }
  function occurrences(entry, wanted, before2) {
    const found = [];
    const { starts, text, folded } = entry;
    const within2 = before2 + folded;
    let at = within2.indexOf(before2 + wanted);
    for (; at >= 0; at = within2.indexOf(before2 + wanted, at + wanted.length)) {
      const last = at + wanted.length - 1;
      const end = endOf(text, starts[last] ?? 0, starts[last + 1] ?? text.length);
      found.push({ entry, first: starts[at] ?? 0, end });
    }
    return found;
  }
  function endOf(text, at, next) {
    const between = text.slice(at, next);
    const letter = String.fromCodePoint(between.codePointAt(0) ?? 0);
    const marks4 = between.slice(letter.length).match(/^\p{M}+/u);
    return at + letter.length + (marks4 ? marks4[0].length : 0);
  }
  function excerpt({ entry: { text }, first, end }, around2) {
    let before2 = text.slice(Math.max(0, first - around2), first);
    let after = text.slice(end, end + around2);
    if (first > around2) before2 = `…${before2.replace(/^\S*\s/, "")}`;
    if (end + around2 < text.length) after = `${after.replace(/\s\S*$/, "")}…`;
    return [before2, text.slice(first, end), after];
  }

  // mapapp/web/src/search.js
  var MOST3 = 6;
  var AROUND2 = 45;
  var index;
  var results = [];
  var active = -1;
  function searchBox() {
    const input = make("input", {
      ...{ type: "text", id: "search", role: "combobox", autocomplete: "off", spellcheck: "false", maxlength: 100 },
      ...{ "aria-expanded": "false", "aria-controls": "search-results", "aria-autocomplete": "list" },
      ...{ "aria-label": words("search"), "aria-keyshortcuts": "Control+K", placeholder: words("search-hint") }
    });
    on(input, { input: search, click: search, keydown: onKey7, blur: close2 });
    const list = make("div", {
      ...{ id: "search-results", class: "search-results", role: "listbox", "aria-label": words("search-results") },
      hidden: true
    });
    on(list, { pointerdown: keepFocus, click: choose2 });
    const status = make("p", { class: "search-status", role: "status" });
    return make("search", { class: "search" }, icon("search"), input, list, status);
  }
  function listenForSearch() {
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      if (state.view.screenshot) return;
      event.preventDefault();
      field().focus();
      field().select();
    });
  }
  var field = () => (
    /** @type {HTMLInputElement} */
    $("#search")
  );
  function build() {
    const { atlas } = state;
    const places = [...state.places.values()].filter((place2) => Object.keys(place2.names).length).map((place2) => ({
      id: place2.id,
      names: [
        ...new Set([place2.names, ...place2.namesWhen.map(([, , names]) => names)].flatMap(Object.values).map(fold))
      ],
      worth: (atlas.related[place2.id] ?? []).filter(([, via]) => via === null).length
    }));
    const passages2 = $$(".article-part .passage");
    const quotation = (id) => passages2.filter(({ dataset }) => dataset.events?.split(" ").includes(id)).map((node) => node.textContent).join(" ");
    const statements2 = atlas.events.map(({ id, number, title }) => ({
      ...{ id, number: fold(number).replaceAll(" ", ""), title: fold(inLanguage(title)) },
      called: fold(words("account-number", { number })),
      quotation: fold(quotation(id))
    }));
    const texts = $$(".article-text").flatMap(
      (part, article) => [...part.children].map((node, paragraph) => {
        const text = node.textContent ?? "";
        return { article, paragraph, text, ...foldWithPositions(text) };
      })
    );
    return { places, statements: statements2, texts };
  }
  function search() {
    index ??= build();
    const wanted = fold(field().value);
    results = [];
    active = -1;
    const groups = wanted ? groupsFor(index, wanted) : [];
    const list = $(".search-results");
    list.replaceChildren(...groups);
    results.forEach(({ node }, i) => {
      node.id = `search-result-${i}`;
    });
    const none2 = { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" };
    if (wanted && !results.length) list.append(make("p", none2, words("search-none")));
    list.hidden = !wanted;
    field().setAttribute("aria-expanded", String(results.length > 0));
    field().removeAttribute("aria-activedescendant");
    $(".search-status").textContent = wanted ? words("search-count", { n: results.length }) : "";
  }
  function groupsFor({ places, statements: statements2, texts }, wanted) {
    const found = findStatements(statements2, wanted);
    const groups = [
      group5("places", findPlaces(places, wanted), ({ entry }) => placeResult(entry.id)),
      group5("statements", found, ({ entry }) => statementResult(entry.id)),
      group5("texts", findPassages(texts, wanted), textResult)
    ];
    if (found[0]?.rank === NUMBERED) groups.unshift(...groups.splice(1, 1));
    return groups.filter((one2) => one2 !== null);
  }
  function group5(name, found, resultOf) {
    if (!found.length) return null;
    const mine = found.slice(0, MOST3).map(resultOf);
    results.push(...mine);
    const id = `search-${name}`;
    return make(
      "div",
      { role: "group", "aria-labelledby": id },
      make("p", { class: "search-group", role: "presentation", id }, words(id)),
      ...mine.map(({ node }) => node),
      found.length > MOST3 ? make("p", { class: "search-more", role: "presentation" }, words("search-more", { n: found.length - MOST3 })) : null
    );
  }
  var option = (title, note, why) => make(
    "div",
    { role: "option", "aria-selected": "false" },
    make("span", { class: "search-title" }, ...title),
    note ? make("span", { class: "search-note" }, note) : null,
    why ? make("span", { class: "search-hidden" }, words(`search-hidden-${why}`)) : null
  );
  function placeResult(id) {
    const place2 = placeOf(id);
    const name = make("bdi", { lang: languageOf(id) }, nameOf(id));
    const note = words(`place-kind-${place2.kind}`);
    return { node: option([name], note, whyHiddenNow(id)), open: () => openItem(id) };
  }
  function statementResult(id) {
    const { number, title, kind } = eventOf(id);
    const name = make("bdi", { lang: languageOfText(title) }, inLanguage(title));
    const note = words(`kind-${kind}`);
    return { node: option([`${number} `, name], note, whyHiddenNow(id)), open: () => openItem(id) };
  }
  function openItem(id) {
    reveal(id);
    select2(id);
    $(".cards h2").focus({ preventScroll: true });
  }
  function textResult(passage) {
    const { articles } = state.atlas;
    const article = articles[passage.entry.article];
    const [before2, found, after] = excerpt(passage, AROUND2);
    const text = make("bdi", { lang: article?.lang, dir: article?.dir }, before2, make("mark", {}, found), after);
    const note = articles.length > 1 && article ? `${article.letter} ${article.title}` : "";
    return { node: option([text], note, null), open: () => showPassage(passage) };
  }
  function showPassage({ entry, first, end }) {
    const { view, atlas } = state;
    if (view.article !== null && view.article !== atlas.articles[entry.article]?.id) set("filter", { article: null });
    showTab("article");
    const node = $$(".article-text")[entry.article]?.children[entry.paragraph];
    if (!node) return;
    const range = rangeIn(node, first, end);
    CSS.highlights?.set("mapapp-found", new Highlight(range));
    node.scrollIntoView({ block: "center" });
    $(".article").focus({ preventScroll: true });
  }
  function rangeIn(node, first, end) {
    const range = document.createRange();
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    let at = 0;
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const length = text.nodeValue?.length ?? 0;
      if (first >= at && first < at + length) range.setStart(text, first - at);
      if (end > at && end <= at + length) range.setEnd(text, end - at);
      at += length;
    }
    return range;
  }
  function onKey7(event) {
    const { key } = event;
    if (event.isComposing) return;
    if (key === "Escape") return leave(event);
    if (key === "Enter" && active >= 0) {
      event.preventDefault();
      open2(active);
    }
    if (key !== "ArrowDown" && key !== "ArrowUp") return;
    event.preventDefault();
    if ($(".search-results").hidden) return search();
    if (!results.length) return;
    const step = key === "ArrowDown" ? 1 : -1;
    activate(active < 0 && step < 0 ? results.length - 1 : (active + step + results.length) % results.length);
  }
  function leave(event) {
    const isOpen2 = !$(".search-results").hidden;
    if (!isOpen2 && !field().value) return;
    event.stopPropagation();
    if (isOpen2) close2();
    else field().value = "";
  }
  function activate(at) {
    active = at;
    results.forEach(({ node: node2 }, i) => {
      node2.setAttribute("aria-selected", String(i === at));
    });
    const { node } = (
      /** @type {Result} */
      results[at]
    );
    field().setAttribute("aria-activedescendant", node.id);
    node.scrollIntoView({ block: "nearest" });
  }
  function open2(at) {
    const result = results[at];
    close2();
    result?.open();
  }
  function close2() {
    $(".search-results").hidden = true;
    field().setAttribute("aria-expanded", "false");
    field().removeAttribute("aria-activedescendant");
    $(".search-status").textContent = "";
  }
  var keepFocus = (event) => event.preventDefault();
  function choose2(event) {
    const node = (
      /** @type {Element} */
      event.target.closest("[role='option']")
    );
    const at = all($(".search-results"), "[role='option']").indexOf(
      /** @type {HTMLElement} */
      node
    );
    if (at >= 0) open2(at);
  }

  // mapapp/web/src/mapapp.js
  function start2(leaflet) {
    onChange(answer2);
    const incidents = incidentsAtHand();
    if (incidents) fetchIncidents(incidents);
    takeAtlas(leaflet);
    const tag = inApp() ? state.atlas.language : languageOfPage(exportedView());
    if (tag === state.atlas.language) return draw4();
    speak(tag).catch(console.error).finally(draw4);
  }
  var exportedView = () => JSON.parse(document.getElementById("mapapp-opening")?.textContent ?? "");
  function draw4() {
    markDocument();
    for (const event of state.atlas.events) event.number = digits(event.number);
    if (!document.documentElement.dataset.theme) followSystem();
    const opening = openingView(exportedView());
    takeView(opening);
    followBrowser();
    if (inApp()) nameFrame();
    makeFrame();
    buildTimeBar();
    $(".stage").prepend(state.map.getContainer());
    state.root.prepend(searchBox());
    document.body.append(state.root);
    restoreLayout();
    buildStory();
    zoomAxisTo(state.view.first, state.view.last);
    measureAxis();
    makeMapKeys();
    state.map.invalidateSize({ animate: false });
    buildPanel();
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
    listenForSearch();
    listenForDrops();
    restoreOwn();
    followAddress(takeOver, exportedView());
    if (!inApp()) document.querySelector(".page-head")?.append(languageChoice());
    beginAnnouncing();
    useOwnFonts();
    if (inApp()) drawAtHand();
  }
  async function drawAtHand() {
    const incidents = incidentsAtHand();
    await new Promise(requestAnimationFrame);
    if (incidents) await loadIncidents(incidents);
    letAppStart();
  }
  async function useOwnFonts() {
    const again = () => {
      measureAxis();
      forgetControls();
      paint();
      paintLabels();
    };
    const own = [400, 600, 700].map((weight) => `${weight} 12px ${state.atlas.font}`);
    if (!own.every((font) => document.fonts.check(font))) {
      await Promise.allSettled(own.map((font) => document.fonts.load(font)));
      again();
    }
    document.fonts.addEventListener("loadingdone", again);
    document.documentElement.dataset.ready = "1";
  }
  function takeAtlas(leaflet) {
    const atlas = window.mapappAtlas;
    for (const table2 of Object.values(atlas))
      if (table2 && Object.getPrototypeOf(table2) === Object.prototype) Object.setPrototypeOf(table2, null);
    state.map = leaflet;
    document.body.classList.toggle("all-land", !atlas.sea);
    state.atlas = atlas;
    for (const place2 of atlas.places) state.places.set(place2.id, place2);
    for (const event of atlas.events) state.events.set(event.id, event);
    for (const fact of atlas.facts) state.facts.set(fact.id, fact);
    for (const layer of atlas.layers) state.layers.set(layer.id, layer);
  }
  function nameFrame() {
    document.title = state.atlas.title;
    window.frameElement?.setAttribute("aria-label", words("frame"));
  }
  function followSystem() {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const follow2 = () => {
      if (state.printing) return;
      document.documentElement.dataset.theme = dark.matches ? "dark" : "light";
      restyleOwn();
    };
    follow2();
    if (!inApp()) dark.addEventListener("change", follow2);
  }
  function addControls() {
    const { map, atlas } = state;
    const rtl = atlas.dir === "rtl";
    map.zoomControl.setPosition(corner());
    for (const way of ["in", "out"]) {
      const name = words(`zoom-${way}`);
      $(`.leaflet-control-zoom-${way}`).title = name;
      $(`.leaflet-control-zoom-${way}`).setAttribute("aria-label", name);
    }
    map.attributionControl.setPosition(rtl ? "bottomleft" : "bottomright");
    map.attributionControl.setPrefix("Leaflet");
    map.attributionControl.addAttribution(atlas.attribution);
    const home = new L.Control({ position: corner() });
    home.onAdd = () => {
      const label = words("home");
      const node = button({ class: "home", title: label, "aria-label": label }, goHome, symbol("home"));
      node.addEventListener("click", L.DomEvent.stop);
      return make("div", { class: "leaflet-bar" }, node);
    };
    home.addTo(map);
    addTools([fullScreenTool(), measureTool(), linkTool()]);
    scaleBar(rtl ? "bottomright" : "bottomleft").addTo(map);
    addPosition();
    addMeasure();
  }
  function scaleBar(position) {
    const bar3 = L.control.scale({ imperial: false, maxWidth: 120, position });
    bar3._updateMetric = function(most2) {
      const metres = this._getRoundNum(most2);
      const text = metres < 1e3 ? words("scale-m", { n: metres }) : words("scale-km", { n: metres / 1e3 });
      this._updateScale(this._mScale, text, metres / most2);
    };
    return bar3;
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
    map.on("zoomstart zoomend", ({ type }) => state.root.classList.toggle("zooming", type === "zoomstart"));
    map.on("moveend", () => {
      placeAnchors();
      paintTolerance();
      paintLegend();
      paintHowToReadSoon();
      paintCredit();
      paintLabels();
      noteMove();
    });
    map.on("moveend", () => {
      if (isSteering()) return;
      state.view.moved = true;
      writeView();
    });
    map.on("click", ({ latlng }) => selectAt(latlng));
    window.addEventListener("beforeprint", () => {
      paintNow();
      beforePrint();
    });
    window.addEventListener("afterprint", afterPrint);
  }
  function takeOver(next) {
    if (next.step !== null) noteBefore();
    if (!inApp() && languageOfPage(exportedView()) !== state.atlas.language) return location.reload();
    openView(next);
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
  function follow({ theme, disabled }) {
    const { dataset } = document.documentElement;
    const now = theme?.base === "dark" ? "dark" : "light";
    if (theme && !state.printing && dataset.theme !== now) {
      dataset.theme = now;
      state.incidents?.restyle();
      restyleOwn();
    }
    served(!disabled);
  }
  window.mapapp = {
    start: start2,
    compared,
    reopen,
    tell,
    follow,
    incidents: loadIncidents,
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
      stopPlaying();
      goToDays(a, b);
    },
    /** Selects a place, event or fact; null clears. Returns false if the id is unknown. */
    select: (id) => select2(id),
    /** Goes to a step of the story, from 1; null leaves it. Returns false if there is no such step. */
    step: (number) => goToStep(number),
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

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
  function on(node, listeners2) {
    for (const [type, listener] of Object.entries(listeners2))
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

  // mapapp/web/src/edit/desk.js
  var desk = (
    /** @type {any} */
    {}
  );
  var PANEL_LANGUAGE = { lang: "en", dir: "ltr" };
  var KINDS = ["event", "place", "background", "actor", "source", "article"];
  function say(key, values = {}) {
    const text = desk.page.texts[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  }
  var textOf = (article) => desk.page.articles[article] ?? "";
  function placeOfPassage(article, { exact = "", prefix = "", suffix = "" }) {
    const at = exact ? textOf(article).indexOf(prefix + exact + suffix) : -1;
    if (at < 0) return null;
    return { article, start: at + prefix.length, end: at + prefix.length + exact.length };
  }
  var marked = { stretch: null };
  var entries = (kind) => desk.state.entries[kind];
  var entryOf = (kind, id) => entries(kind).find(({ entry }) => entry.id === id);
  function found(id) {
    for (const kind of KINDS) {
      const raw = entryOf(kind, id);
      if (raw) return { kind, raw };
    }
    return null;
  }
  function ownWords({ entry, article }) {
    const own = desk.page.languages[0] ?? "";
    const of = desk.page.payload.articles.find(({ id }) => id === (article ?? entry.id))?.lang;
    const named = entry.names && !entry.names[own] ? Object.keys(entry.names)[0] : null;
    return { lang: named ?? of ?? own, dir: "auto" };
  }
  function nameOf(entry) {
    if (entry.title) return String(entry.title);
    if (entry.names)
      return String(entry.names[desk.page.languages[0] ?? ""] ?? Object.values(entry.names)[0] ?? entry.id);
    return String(entry.text ?? entry.id);
  }
  var freeSlot = () => 1 + Math.max(0, ...Object.values(desk.state.forms).map(({ slot }) => slot ?? 0));
  function operationOf(draft) {
    const { kind, article, source, layer, geometry, was } = draft;
    const entry = wholeOf(kind, draft.entry);
    const { id } = entry;
    if (kind === "article") {
      const parts = [
        { do: "put", kind, entry },
        ...source ? [{ do: "put", kind: "source", entry: wholeOf("source", source) }] : []
      ];
      return { do: "many", operations: parts };
    }
    const whole = kind === "place" ? { type: "Feature", id, properties: entry, geometry: geometry ?? null } : entry;
    const own = {
      ...{ do: "put", kind, entry: whole },
      ...kind === "event" ? { article, ...was ? {} : { after: before(draft) } } : {},
      ...kind === "place" ? { layer } : {},
      ...was && was !== id ? { was } : {}
    };
    const needs = [...mapped(draft), ...needed(draft)];
    return needs.length ? { do: "many", operations: [...needs, own] } : own;
  }
  var unmappedOf = (article) => entryOf("article", article)?.unmapped ?? [];
  function mapped({ kind, article = "", entry }) {
    const own = kind === "event" ? (entry.passages ?? []).flatMap((one) => placeOfPassage(article, one) ?? []) : [];
    const listed = unmappedOf(article);
    const left = listed.filter((one) => {
      const place2 = placeOfPassage(article, one);
      return !place2 || !own.some(({ start: start2, end }) => start2 < place2.end && place2.start < end);
    });
    return left.length < listed.length ? [{ do: "unmap", article, passages: left }] : [];
  }
  function needed({ kind, entry, needs = [] }) {
    const linked = new Set((entry.places ?? []).map((link) => link.id));
    const places = kind === "event" ? needs.filter((one) => one.kind === "place" && linked.has(one.entry.id)) : [];
    const sources = new Set([entry, ...places.map((one) => one.entry.properties)].flatMap((one) => one.sources ?? []));
    const own = new Map(needs.filter((one) => one.kind === "source").map((one) => [one.entry.id, one]));
    const missing = [...own].filter(([id]) => sources.has(id) && !entryOf("source", id)).map(([, one]) => one);
    return [...missing, ...places];
  }
  function wholeOf(kind, entry) {
    const fields = desk.page.forms[kind];
    const blank = Object.fromEntries(fields.filter((one) => one.required && one.blank).map(({ name }) => [name, ""]));
    return ordered({ ...blank, ...cleaned(entry) }, fields);
  }
  function before({ article = "", entry }) {
    const start2 = startOf(article, entry);
    const earlier = entries("event").filter((raw) => raw.article === article && startOf(article, raw.entry) <= start2);
    return earlier.at(-1)?.entry.id ?? "";
  }
  function startOf(article, { passages }) {
    const places = (passages ?? []).map((one) => placeOfPassage(article, one)?.start);
    return Math.min(...places.map((start2) => start2 ?? Infinity), Infinity);
  }
  function ordered(entry, fields) {
    const known = fields.filter(({ name }) => name in entry);
    const sorted2 = known.map(({ name, kind, fields: inner }) => {
      const value = entry[name];
      if (kind !== "group") return [name, value];
      return [name, Array.isArray(value) ? value.map((item) => ordered(item, inner)) : ordered(value, inner)];
    });
    return { ...Object.fromEntries(sorted2), ...entry, ...Object.fromEntries(sorted2) };
  }
  function cleaned(value) {
    if (Array.isArray(value)) return value.map(cleaned).filter((item) => !isEmpty(item));
    if (value === null || typeof value !== "object") return value;
    const kept = {};
    for (const [key, item] of Object.entries(value)) {
      const clean = cleaned(item);
      if (!isEmpty(clean)) kept[key] = clean;
    }
    return kept;
  }
  var isEmpty = (value) => value === null || value === void 0 || value === "" || value === false || typeof value === "object" && Object.keys(value).length === 0;
  function idFrom(name, kind) {
    const plain2 = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const slug = plain2.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 48).replace(/-[^-]*$/, (end) => plain2.length > 48 ? "" : end);
    const stem = slug || say(`id-${kind}`);
    const taken = new Set(KINDS.flatMap((one) => entries(one).map(({ entry }) => entry.id)).concat(["article"]));
    if (!taken.has(stem)) return stem;
    for (let number = 2; ; number++) if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
  }

  // mapapp/web/src/edit/announce.js
  function announce(text) {
    const node = desk.panel.querySelector(".edit-said");
    if (node) node.textContent = text;
    const seen = desk.panel.querySelector(".edit-notice") ?? make("p", { class: "edit-notice" });
    seen.textContent = text;
    desk.panel.querySelector(".edit-head")?.append(seen);
  }

  // mapapp/web/src/edit/articles.js
  var beginnings = (article) => [...textOf(article).matchAll(/[^\n]+/g)].map((match) => match.index);
  var wordsOf = ({ article, start: start2, end }) => textOf(article).slice(start2, end);
  var partOf = (node) => (
    /** @type {HTMLElement | null} */
    (node instanceof Element ? node : node?.parentElement)?.closest(".article-part") ?? null
  );
  function offsetOf(part, node, offset) {
    const paragraphs = all(part, ".article-text > *");
    const number = paragraphs.findIndex((paragraph2) => paragraph2.contains(node));
    const paragraph = paragraphs[number];
    if (!paragraph) return null;
    const before2 = document.createRange();
    before2.setStart(paragraph, 0);
    before2.setEnd(node, offset);
    return (beginnings(part.dataset.article ?? "")[number] ?? 0) + before2.toString().length;
  }
  function selectedStretch() {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const part = partOf(range.startContainer);
    if (!part || partOf(range.endContainer) !== part) return null;
    const start2 = offsetOf(part, range.startContainer, range.startOffset);
    const end = offsetOf(part, range.endContainer, range.endOffset);
    if (start2 === null || end === null) return null;
    return trimmed({ article: part.dataset.article ?? "", start: start2, end });
  }
  function trimmed(stretch) {
    const words = wordsOf(stretch);
    const start2 = stretch.start + words.length - words.trimStart().length;
    const end = start2 + words.trim().length;
    return end > start2 ? { article: stretch.article, start: start2, end } : null;
  }
  function byParagraph(stretch) {
    const { article, start: start2 } = stretch;
    return [...wordsOf(stretch).matchAll(/[^\n]+/g)].flatMap(({ index, 0: line }) => {
      const one = trimmed({ article, start: start2 + index, end: start2 + index + line.length });
      return one ? [one] : [];
    });
  }
  function passageOf(stretch) {
    const text = textOf(stretch.article);
    const exact = wordsOf(stretch);
    const count = (words) => text.split(words).length - 1;
    if (count(exact) === 1) return { exact };
    const line = text.lastIndexOf("\n", stretch.start - 1) + 1;
    for (let from = stretch.start; from > line; ) {
      from = Math.max(line, text.lastIndexOf(" ", from - 2) + 1);
      const prefix = text.slice(from, stretch.start);
      if (count(prefix + exact) === 1) return { exact, prefix };
    }
    const next = text.indexOf("\n", stretch.end);
    const stop = next < 0 ? text.length : next;
    for (let to = stretch.end; to < stop; ) {
      const space = text.indexOf(" ", to + 1);
      to = space < 0 || space > stop ? stop : space;
      const suffix = text.slice(stretch.end, to);
      if (count(exact + suffix) === 1) return { exact, suffix };
    }
    return { exact, prefix: text.slice(line, stretch.start), suffix: text.slice(stretch.end, stop) };
  }
  var WORD = /\S+/g;
  function byWord(stretch, edge, step) {
    const { article, start: start2, end } = stretch;
    const text = textOf(article);
    const line = [text.lastIndexOf("\n", start2 - 1) + 1, (text.indexOf("\n", end) + 1 || text.length + 1) - 1];
    const edges = [...text.slice(line[0], line[1]).matchAll(WORD)].map(({ index, 0: word }) => {
      const from = (line[0] ?? 0) + index;
      return edge === "start" ? from : from + word.length;
    });
    const forwards = edge === "end" === (step === 1);
    const now = edge === "start" ? start2 : end;
    const next = forwards ? edges.find((at) => at > now) : edges.filter((at) => at < now).at(-1);
    if (next === void 0) return stretch;
    const changed2 = { article, start: start2, end, [edge]: next };
    return changed2.start < changed2.end ? changed2 : stretch;
  }
  function rangeOf({ article, start: start2, end }) {
    const part = all(desk.root, ".article-part").find((one) => one.dataset.article === article);
    if (!part) return null;
    const from = pointAt(part, article, start2, false);
    const to = pointAt(part, article, end, true);
    if (!from || !to) return null;
    const range = document.createRange();
    range.setStart(from.node, from.offset);
    range.setEnd(to.node, to.offset);
    return range;
  }
  function pointAt(part, article, at, isEnd) {
    const starts = beginnings(article);
    const number = starts.filter((start2) => isEnd ? start2 < at : start2 <= at).length - 1;
    const paragraph = all(part, ".article-text > *")[number];
    if (!paragraph) return null;
    let left = at - (starts[number] ?? 0);
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.textContent?.length ?? 0;
      if (left < length || isEnd && left === length) return { node, offset: left };
      left -= length;
    }
    return null;
  }
  function highlight(name, stretches) {
    if (!("highlights" in CSS)) return;
    const ranges = stretches.map(rangeOf).filter((range) => range !== null);
    if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
    else CSS.highlights.delete(name);
  }
  function mark(stretch) {
    marked.stretch = stretch;
    highlight("edit-marked", stretch ? [stretch] : []);
  }
  function showStretch(stretch) {
    rangeOf(stretch)?.startContainer.parentElement?.scrollIntoView({ block: "center", behavior: "instant" });
  }

  // mapapp/web/src/edit/slots.js
  var made = 0;
  var newId = () => `edit-field-${++made}`;
  var labelOf = ({ field, draft }) => desk.page.texts[`label-${draft.kind}-${field.name}`] ?? say(`label-${field.name}`);
  function textControl({ field, holder, change, draft }) {
    const { kind, name } = field;
    const value = holder[name] ?? "";
    const isLong = kind === "long";
    const input = isLong ? make("textarea", { rows: 2, dir: "auto" }) : make("input", {
      type: kind === "day" ? "date" : "text",
      inputmode: kind === "number" ? "decimal" : null,
      dir: kind === "id" || kind === "number" ? "ltr" : "auto",
      autocomplete: "off"
    });
    input.value = String(value);
    return on(input, {
      input: () => {
        const text = input.value;
        holder[name] = kind === "number" ? numberOf(text) : text;
        if (kind === "id") draft.named = true;
        change();
      }
    });
  }
  var numberOf = (text) => text.trim() && Number.isFinite(Number(text)) ? Number(text) : text.trim();
  function optionsOf({ field, draft }) {
    const { refers, choices } = field;
    if (!refers) return choices.map((value) => ({ value, label: desk.page.texts[`choice-${value}`] ?? value }));
    if (refers === "speaker") return [{ value: "article", label: say("the-article") }, ...optionsFor("actor")];
    if (
      /** @type {string[]} */
      KINDS.includes(refers)
    ) return optionsFor(
      /** @type {Kind} */
      refers
    );
    const table = desk.page.vocabularies[refers] ?? {};
    const allowed = refers === "place_kinds" ? desk.page.layers.find(({ id }) => id === draft.layer)?.kinds : null;
    return Object.entries(table).filter(([value]) => !allowed?.length || allowed.includes(value)).map(([value, label]) => ({ value, label: label.replaceAll("{who}", "…") }));
  }
  var optionsFor = (kind) => entries(kind).map(({ entry, layer }) => ({
    value: entry.id,
    label: nameOf(entry),
    note: layer ? desk.page.layers.find(({ id }) => id === layer)?.label ?? layer : void 0
  }));
  function groupItem(slot, at, fields, { head, remove: remove2 }) {
    const { holder, field, path, change, redraw, inner } = slot;
    const items = holder[field.name];
    const taken = () => {
      items.splice(at, 1);
      change();
      redraw();
    };
    return make(
      "fieldset",
      { class: "edit-item" },
      ...head,
      ...fields.map((one) => inner({ ...slot, field: one, holder: items[at] ?? {}, path: `${path}[${at}].${one.name}` })),
      button({ class: "edit-add" }, taken, remove2)
    );
  }

  // mapapp/web/src/edit/names_field.js
  function languageName(tag) {
    const known = desk.page.payload.languages.find(([one]) => one === tag)?.[1];
    return known ?? tag;
  }
  function namesField(slot) {
    const { field, holder, change, path } = slot;
    holder[field.name] ??= {};
    const names = holder[field.name];
    const tags = [.../* @__PURE__ */ new Set([...desk.page.languages, ...Object.keys(names)])];
    const rows = tags.map((tag, i) => {
      const id = newId();
      const input = make("input", {
        ...{ type: "text", id, lang: tag, dir: "auto", autocomplete: "off" },
        ...i === 0 ? { "aria-required": "true" } : {},
        "aria-describedby": `edit-faults-${path}`
      });
      input.value = names[tag] ?? "";
      on(input, {
        input: () => {
          names[tag] = input.value;
          change();
        }
      });
      const label = make(
        "label",
        { for: id },
        languageName(tag),
        i ? make("span", { class: "edit-note" }, say("optional")) : ""
      );
      return make("div", { class: "edit-field edit-name" }, label, input);
    });
    return make("fieldset", {}, make("legend", {}, labelOf(slot)), ...rows);
  }

  // mapapp/web/src/edit/compare.js
  var plainField = (name) => ({
    ...{ name, kind: "text", many: false, required: false, blank: false, refers: "", choices: [], fields: [] }
  });
  function sorted(value) {
    if (Array.isArray(value)) return value.map(sorted);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.keys(value).sort().map((key) => [key, sorted(value[key])])
    );
  }
  var same = (one, other) => JSON.stringify(sorted(cleaned({ _: one }))) === JSON.stringify(sorted(cleaned({ _: other })));
  function partsOf({ kind }, versions2) {
    const known = desk.page.forms[kind];
    const others = new Set(versions2.flatMap(({ entry }) => Object.keys(entry)));
    for (const { name } of known) others.delete(name);
    const sourceKeys = [...new Set(versions2.flatMap(({ source }) => Object.keys(source ?? {})))];
    const ofEntry = (field) => ({ field, holder: (raw) => raw.entry });
    const ofPlace = (name) => ({ field: plainField(name), holder: (raw) => (
      /** @type {Entry} */
      raw
    ) });
    return [
      ...known.map(ofEntry),
      ...kind === "place" ? ["layer", "geometry"].map(ofPlace) : [],
      ...[...others].map(plainField).map(ofEntry),
      ...sourceKeys.map((name) => ({ field: plainField(name), holder: (raw) => raw.source ?? {} }))
    ];
  }
  var sameIn = ({ field, holder }, one, other) => same(holder(one)[field.name], holder(other)[field.name]);
  function isUnchanged(draft) {
    const { base, aside } = draft;
    if (!base || aside) return false;
    return partsOf(draft, [base, draft]).every((part) => sameIn(part, base, draft));
  }
  function conflictOf(draft, onDisk) {
    const { was, base } = draft;
    if (!was || !base || isUnchanged(draft)) return null;
    const theirs = onDisk.find(({ entry }) => entry.id === was) ?? null;
    if (!theirs) return { theirs };
    const parts = partsOf(draft, [base, draft, theirs]);
    const isTheirs = (raw) => parts.every((part) => sameIn(part, raw, theirs));
    return isTheirs(base) || isTheirs(draft) ? null : { theirs };
  }
  function theirDraft(draft, theirs) {
    const { kind, was, back } = draft;
    return { kind, was, back, ...structuredClone(theirs), base: theirs, aside: draft };
  }
  function mergedDraft(draft, theirs) {
    const base = (
      /** @type {Raw} */
      draft.base
    );
    const merged = { ...draft, ...structuredClone(theirs), base: theirs };
    for (const part of partsOf(draft, [base, draft, theirs])) {
      if (sameIn(part, base, draft)) continue;
      const { name } = part.field;
      const mine = part.holder(draft)[name];
      if (mine === void 0) delete part.holder(merged)[name];
      else part.holder(merged)[name] = structuredClone(mine);
    }
    return merged;
  }
  function comparison(draft, { theirs }, { take: take3, keep: keep2, goOn }) {
    const body = theirs ? versions(draft, theirs) : make("p", {}, say("compare-gone"));
    return make(
      "section",
      { class: "edit-compare", "aria-labelledby": "edit-compare" },
      make("h3", { id: "edit-compare", tabindex: -1 }, say(theirs ? "compare" : "compare-removed")),
      body,
      make(
        "div",
        { class: "edit-row" },
        button({}, take3, say(theirs ? "take-disk" : "take-removal")),
        button({}, keep2, say(theirs ? "keep-mine" : "keep-as-new")),
        button({}, goOn, say("go-on"))
      ),
      theirs ? make("p", { class: "edit-help" }, say("compare-help")) : null
    );
  }
  function versions(draft, theirs) {
    const base = (
      /** @type {Raw} */
      draft.base
    );
    const parts = partsOf(draft, [base, draft, theirs]);
    const changed2 = parts.filter((part) => !sameIn(part, base, theirs) || !sameIn(part, base, draft));
    const bodies = changed2.map((part) => {
      const { field } = part;
      const [onDisk, here] = [!sameIn(part, base, theirs), !sameIn(part, base, draft)];
      const by = onDisk && here ? sameIn(part, theirs, draft) ? "same" : "both" : onDisk ? "disk" : "form";
      const cells = [theirs, draft].map(
        (raw) => make(
          "td",
          {},
          ...linesOf(field, part.holder(raw)[field.name], draft).map((line) => make("p", ownWords(raw), line))
        )
      );
      const head = make(
        "th",
        { scope: "rowgroup", colspan: 2 },
        labelOf({ field, draft }),
        " – ",
        say(`changed-by-${by}`)
      );
      return make("tbody", { class: `changed-${by}` }, make("tr", {}, head), make("tr", {}, ...cells));
    });
    const columns = ["on-disk", "in-form"].map((key) => make("th", { scope: "col" }, say(key)));
    return make(
      "table",
      {},
      make("caption", {}, say("compare-rest")),
      make("thead", {}, make("tr", {}, ...columns)),
      ...bodies
    );
  }
  function linesOf(field, value, draft) {
    if (same(value, void 0)) return [say("empty")];
    if (field.name === "geometry") return [shapeWords(value)];
    if (Array.isArray(value) && field.kind !== "group")
      return value.map((one) => linesOf({ ...field, many: false }, one, draft)[0] ?? "");
    if (field.kind === "names") return Object.entries(value).map(([tag, name]) => `${languageName(tag)}: ${name}`);
    if (field.kind === "choice") return [optionsOf({ field, draft }).find((one) => one.value === value)?.label ?? value];
    if (field.kind === "flag") return [say("yes")];
    if (field.kind === "group") return [value].flat().map((item) => groupWords(field, item, draft));
    return [typeof value === "object" ? JSON.stringify(value) : String(value)];
  }
  function groupWords({ fields }, item, draft) {
    const filled2 = fields.filter(({ name }) => !same(item[name], void 0));
    if (filled2.length === 1 && filled2[0]) return linesOf(filled2[0], item[filled2[0].name], draft).join(", ");
    return filled2.map((field) => `${labelOf({ field, draft })}: ${linesOf(field, item[field.name], draft).join(", ")}`).join("; ");
  }
  function shapeWords({ type, coordinates: coordinates2 }) {
    const numbers = (
      /** @type {number[]} */
      [coordinates2].flat(Infinity)
    );
    if (type === "Point") return say("shape-at", { lat: numbers[1], lon: numbers[0] });
    return say("shape-of", { n: numbers.length / 2 });
  }

  // mapapp/web/src/edit/marking.js
  var LONGEST = 60;
  var waiting = /* @__PURE__ */ new Set();
  function useMarked(label, click) {
    const node = button({ class: "edit-add edit-use" }, click, label);
    waiting.add(node);
    paintButton(node);
    return node;
  }
  function paintButton(node) {
    node.disabled = !marked.stretch;
    node.title = marked.stretch ? shortened(wordsOf(marked.stretch)) : say("mark-first");
  }
  var shortened = (text) => text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
  function followSelection(begin) {
    const bar = make(
      "div",
      { class: "edit-marking", role: "toolbar", "aria-label": say("marked-words"), hidden: true, ...PANEL_LANGUAGE },
      button({}, () => take3(), say("new-statement"))
    );
    const take3 = () => {
      const { stretch } = marked;
      if (!stretch) return;
      getSelection()?.removeAllRanges();
      bar.hidden = true;
      begin(stretch);
    };
    on(bar, { mousedown: (event) => event.preventDefault() });
    document.body.append(bar);
    document.addEventListener("selectionchange", () => {
      const stretch = selectedStretch();
      if (!stretch && !inArticle()) return;
      mark(stretch);
      for (const node of waiting) node.isConnected ? paintButton(node) : waiting.delete(node);
      place(bar, stretch);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.ctrlKey || bar.hidden || !marked.stretch || !selectedStretch()) return;
      if (!(event.target instanceof Element) || event.target.closest("button, input, textarea, select, .edit")) return;
      event.preventDefault();
      take3();
    });
    desk.root.addEventListener("pointerdown", letMark, { capture: true });
    desk.root.addEventListener("scroll", () => place(bar, selectedStretch()), { capture: true, passive: true });
  }
  function letMark(event) {
    const text = (
      /** @type {Element} */
      event.target.closest(".article-text")
    );
    if (!text) return;
    const focusable = all(text, "[tabindex]").map((node) => (
      /** @type {const} */
      [node, node.tabIndex]
    ));
    for (const [node] of focusable) node.removeAttribute("tabindex");
    const restore2 = () => {
      for (const [node, index] of focusable) if (!node.hasAttribute("tabindex")) node.tabIndex = index;
    };
    for (const type of ["pointerup", "pointercancel"]) window.addEventListener(type, restore2, { once: true });
  }
  function inArticle() {
    const node = getSelection()?.anchorNode;
    const element = node instanceof Element ? node : node?.parentElement;
    return Boolean(element?.closest(".article-text"));
  }
  function place(bar, stretch) {
    const box = stretch && rangeOf(stretch)?.getBoundingClientRect();
    bar.hidden = !box;
    if (!box) return;
    const left = Math.min(Math.max(4, box.left), innerWidth - bar.offsetWidth - 4);
    bar.style.left = `${left}px`;
    bar.style.top = `${Math.min(box.bottom + 4, innerHeight - bar.offsetHeight - 4)}px`;
  }

  // mapapp/web/src/edit/pick.js
  var MOST = 40;
  var made2 = 0;
  var plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  function matching(options2, text) {
    const wanted = plain(text).split(/\s+/).filter(Boolean);
    return options2.filter(({ label, value, note: note2 }) => {
      const own = plain(`${label} ${value} ${note2 ?? ""}`);
      return wanted.every((word) => own.includes(word));
    });
  }
  function pick({ label, options: options2, choose }) {
    const id = `edit-pick-${++made2}`;
    const list = make("div", { class: "edit-options", role: "listbox", id, "aria-label": label, hidden: true });
    const input = make("input", {
      ...{ type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", placeholder: say("search") },
      ...{ "aria-label": label, "aria-controls": id, "aria-expanded": "false", "aria-autocomplete": "list", dir: "auto" }
    });
    let found3 = [];
    let at = -1;
    let asked2 = 0;
    const close2 = () => {
      asked2++;
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
      at = -1;
    };
    const take3 = (option) => {
      if (!option) return;
      input.value = "";
      close2();
      if (option.take) option.take();
      else choose(option);
    };
    const point = () => {
      for (const [i, node] of [...list.children].entries()) {
        node.setAttribute("aria-selected", String(i === at));
        if (i === at) node.scrollIntoView({ block: "nearest" });
      }
      if (at >= 0) input.setAttribute("aria-activedescendant", `${id}-${at}`);
      else input.removeAttribute("aria-activedescendant");
    };
    const open2 = async () => {
      const mine = ++asked2;
      const answer = options2(input.value);
      const all2 = Array.isArray(answer) ? answer : await answer;
      if (mine !== asked2) return;
      found3 = all2.slice(0, MOST);
      list.replaceChildren(...found3.map((option, i) => optionNode(option, `${id}-${i}`, () => take3(option))));
      if (!found3.length) list.append(make("p", {}, say("nothing-found")));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      at = input.value && found3.length ? 0 : -1;
      point();
    };
    const onKey3 = (event) => {
      const { key } = event;
      if (key === "ArrowDown" || key === "ArrowUp") {
        if (list.hidden) open2();
        else at = (at + (key === "ArrowDown" ? 1 : -1) + found3.length) % (found3.length || 1);
        point();
      } else if (key === "Enter" && !list.hidden && at >= 0) take3(found3[at]);
      else if (key === "Escape" && !list.hidden) close2();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    on(input, { input: open2, click: open2, keydown: onKey3, blur: () => setTimeout(close2, 150) });
    return make("div", { class: "edit-pick" }, input, list);
  }
  function optionNode({ label, note: note2 }, id, take3) {
    const node = make(
      "div",
      { role: "option", id, "aria-selected": "false" },
      make("span", { dir: "auto" }, label),
      note2 ? make("span", { class: "edit-note" }, note2) : null
    );
    return on(node, {
      mousedown: (event) => {
        event.preventDefault();
        take3();
      }
    });
  }
  var signButton = (sign, label, click) => button(
    { class: "edit-sign", "aria-label": label, title: label },
    click,
    make("span", { "aria-hidden": "true" }, sign)
  );

  // mapapp/web/src/edit/passages_field.js
  function passagesField(slot) {
    const { holder, draft, change, redraw } = slot;
    const article = draft.article ?? "";
    const now = holder.passages ?? [];
    const take3 = (next) => {
      holder.passages = next;
      change();
      redraw();
    };
    highlight(
      "edit-passage",
      now.flatMap((one) => placeOfPassage(article, one) ?? [])
    );
    const items = now.map((passage, i) => {
      const replace = (other) => take3(now.flatMap((one, j) => j === i ? other ?? [] : one));
      return passageNode(article, passage, i, replace);
    });
    const add = useMarked(say("add-passage"), () => {
      if (marked.stretch) take3([...now, ...byParagraph(marked.stretch).map(passageOf)]);
    });
    return make(
      "fieldset",
      { class: "edit-passages" },
      make("legend", {}, labelOf(slot)),
      make("ol", {}, ...items),
      add,
      sentencePick(article, (stretch) => take3([...now, passageOf(stretch)]))
    );
  }
  function passageNode(article, passage, i, replace) {
    const stretch = placeOfPassage(article, passage);
    const n = i + 1;
    const move = (edge, step, sign) => signButton(sign, say(`${edge}-${step === 1 ? "longer" : "shorter"}`, { n }), () => {
      if (stretch) replace(passageOf(byWord(stretch, edge, step)));
    });
    const { language, dir } = articleLook(article);
    return make(
      "li",
      {},
      make("blockquote", { lang: language, dir }, passage.exact ?? ""),
      make(
        "div",
        { class: "edit-row" },
        ...stretch ? [move("start", 1, "⇤"), move("start", -1, "⇥"), move("end", -1, "⇠"), move("end", 1, "⇢")] : [make("span", { class: "edit-fault" }, say("passage-missing"))],
        stretch ? button({ class: "edit-small" }, () => showStretch(stretch), say("show-in-article")) : null,
        button({ class: "edit-small", "aria-label": say("remove-passage", { n }) }, () => replace(null), say("remove"))
      )
    );
  }
  function articleLook(article) {
    const found3 = desk.page.payload.articles.find(({ id }) => id === article);
    return { language: found3?.lang ?? null, dir: found3?.dir ?? null };
  }
  function sentencePick(article, take3) {
    const sentences = desk.state.coverage[article] ?? [];
    const options2 = sentences.map(([start2, end, covered], i) => ({
      value: String(i),
      label: wordsOf({ article, start: start2, end }),
      note: say(`covered-${covered}`)
    }));
    return pick({
      label: say("find-sentence"),
      options: (text) => matching(options2, text),
      choose: ({ value }) => {
        const [start2, end] = sentences[Number(value)] ?? [0, 0];
        take3({ article, start: start2, end });
      }
    });
  }

  // mapapp/web/src/edit/server.js
  var KEY = "mapapp-edit-token";
  var token = "";
  function takeToken() {
    const after = new URLSearchParams(location.hash.slice(1));
    const given = after.get("token");
    if (given) {
      sessionStorage.setItem(KEY, given);
      after.delete("token");
      history.replaceState(history.state, "", `${location.pathname}${after.size ? `#${after}` : ""}`);
    }
    token = sessionStorage.getItem(KEY) ?? "";
    return token !== "";
  }
  var RefusedError = class extends Error {
    /**
     * @param {number} status
     * @param {import("./types.d.ts").Refusal} content
     */
    constructor(status, content) {
      super(content.error ?? String(status));
      this.status = status;
      this.content = content;
    }
  };
  async function asked(path, options2) {
    const headers = { ...options2.headers, "X-Mapapp-Token": token };
    const answer = await fetch(`/api/${path}`, { ...options2, headers, credentials: "omit" });
    const isJson = answer.headers.get("content-type")?.startsWith("application/json");
    const content = isJson ? await answer.json() : { error: (await answer.text()).trim() };
    if (!answer.ok) throw new RefusedError(answer.status, content);
    return content;
  }
  var ask = (name, query = {}) => asked(`${name}?${new URLSearchParams(query)}`, { method: "GET" });
  var send = (name, content = {}) => asked(name, {
    method: "POST",
    keepalive: name === "keep",
    // even if the page is being closed
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(content)
  });

  // mapapp/web/src/edit/stay.js
  var KEY2 = "mapapp-edit-place";
  var SCROLLED = [".article", ".cards", ".panel", ".edit-body", ".reading"];
  function leave(next) {
    remember(next);
    location.reload();
  }
  function remember(next) {
    const { lat, lng } = desk.map.getCenter();
    const scrolled = Object.fromEntries(SCROLLED.map((one) => [one, desk.root.querySelector(one)?.scrollTop ?? 0]));
    const place2 = {
      camera: [lat, lng, desk.map.getZoom()],
      scrolled,
      tab: desk.root.dataset.tab,
      list: desk.panel.dataset.list,
      ...next
    };
    sessionStorage.setItem(KEY2, JSON.stringify(place2));
  }
  function remembered() {
    const text = sessionStorage.getItem(KEY2);
    sessionStorage.removeItem(KEY2);
    return text ? JSON.parse(text) : {};
  }
  function restore({ camera, scrolled, edit }) {
    if (camera) desk.map.setView([camera[0], camera[1]], camera[2], { animate: false });
    for (const [selector, top] of Object.entries(scrolled ?? {})) {
      const node = desk.root.querySelector(selector);
      if (node && !(edit && selector === ".edit-body")) node.scrollTop = top;
    }
  }

  // mapapp/web/src/edit/saving.js
  async function changeFolder(what, content, said, next, done) {
    desk.panel.setAttribute("aria-busy", "true");
    try {
      await send(what, { ...content, revision: desk.state.revision });
      await done?.();
      leave({ ...next, said });
    } catch (error) {
      desk.panel.removeAttribute("aria-busy");
      const isOutdated = error instanceof RefusedError && error.status === 409;
      announce(isOutdated ? say("not-overwritten") : error instanceof Error ? error.message : say("failed"));
      if (isOutdated) await lookOutside(true);
    }
  }
  var form = { keep: async () => ({}), compare: () => {
  } };
  function onOutside(listeners2) {
    form = listeners2;
  }
  var take = async () => changeFolder("take", {}, say("taken"), await form.keep());
  var PAUSE = 2e3;
  var putOff = "";
  var waiting2;
  function followDisk() {
    window.addEventListener("focus", () => lookOutside());
  }
  async function lookOutside(again = false) {
    clearTimeout(waiting2);
    const isBusy = () => desk.panel.getAttribute("aria-busy") === "true";
    if (isBusy()) return;
    const disk = await ask("disk", { revision: desk.state.revision });
    if (isBusy()) return;
    if (!disk.changed) return void desk.panel.querySelector(".edit-outside")?.remove();
    if (disk.revision === putOff && !again) return;
    showOutside(disk);
    if (disk.unreadable.length) waiting2 = setTimeout(lookOutside, PAUSE);
    else form.compare(disk);
  }
  function showOutside({ files, unreadable, revision }) {
    const old = (
      /** @type {HTMLElement | null} */
      desk.panel.querySelector(".edit-outside")
    );
    if (old?.dataset.revision === revision) return;
    const words = unreadable.length ? "unreadable" : files.length ? "changed-files" : "changed-outside";
    const later = () => {
      putOff = revision;
      note2.remove();
    };
    const note2 = make(
      "div",
      { class: "edit-outside", role: "alert", "data-revision": revision },
      make("p", {}, say(words, { files: files.join(", ") })),
      unreadable.length ? make("ul", {}, ...unreadable.map(({ file, text }) => make("li", {}, `${file}: ${text}`))) : null,
      unreadable.length ? null : button({ class: "edit-primary" }, take, say("take-in")),
      button({}, later, say("not-now"))
    );
    old?.remove();
    desk.panel.querySelector(".edit-head")?.append(note2);
  }

  // mapapp/web/src/edit/coverage.js
  function coverageBar() {
    const sentences = Object.values(desk.state.coverage).flat();
    const count = { statement: 0, draft: 0, unmapped: 0, open: 0 };
    for (const [, , covered] of sentences) count[covered] = (count[covered] ?? 0) + 1;
    const parts = sentences.map(
      ([start2, end, covered]) => make("span", { class: `covered-${covered}`, style: `flex-grow:${end - start2}` })
    );
    const text = say(count.unmapped ? "coverage-unmapped" : "coverage", { ...count, n: sentences.length });
    return make(
      "div",
      { class: "edit-coverage" },
      make("div", { class: "edit-bar", "aria-hidden": "true" }, ...parts),
      make("p", { class: "edit-note" }, text)
    );
  }
  function openSentences(begin) {
    const items = Object.entries(desk.state.coverage).flatMap(
      ([article, sentences]) => sentences.filter(([, , covered]) => covered === "open").map(([start2, end]) => {
        const stretch = { article, start: start2, end };
        const { language, dir } = articleLook(article);
        const words = wordsOf(stretch);
        const label = `${say("begin-statement")}: ${words}`;
        return make(
          "li",
          {},
          make("span", { lang: language, dir }, words),
          make(
            "span",
            { class: "edit-row" },
            button({ class: "edit-small", "aria-label": label }, () => begin(stretch), say("begin-statement")),
            button(
              { class: "edit-small", "aria-label": `${say("unmap")}: ${words}` },
              () => unmap(article, [stretch]),
              say("unmap")
            )
          )
        );
      })
    );
    if (!items.length) return [];
    const list = make(
      "details",
      { class: "edit-open-sentences" },
      make("summary", {}, say("open-sentences"), " ", make("span", { class: "n" }, String(items.length))),
      make("ul", { class: "edit-list" }, ...items)
    );
    return [list];
  }
  function unmap(article, stretches, before2 = [], edit = null) {
    const passages = [...unmappedOf(article), ...stretches.flatMap(byParagraph).map(passageOf)];
    const operation = { do: "many", operations: [...before2, { do: "unmap", article, passages }] };
    return changeFolder("apply", { operation }, say("unmapped-said"), { list: "event", edit });
  }
  function unmappedList() {
    const items = entries("article").flatMap(
      ({ entry: { id: article }, unmapped = [] }) => unmapped.map((passage) => {
        const { language, dir } = articleLook(article);
        const words = passage.exact ?? "";
        const left = unmapped.filter((one) => one !== passage);
        const operation = { do: "unmap", article, passages: left };
        const back = () => changeFolder("apply", { operation }, say("mapped-said"), { list: "event" });
        return make(
          "li",
          {},
          make("span", { lang: language, dir }, words),
          button({ class: "edit-small", "aria-label": `${say("map-again")}: ${words}` }, back, say("map-again"))
        );
      })
    );
    if (!items.length) return [];
    const count = make("span", { class: "n" }, String(items.length));
    const list = make(
      "details",
      { class: "edit-open-sentences" },
      make("summary", {}, say("unmapped"), " ", count),
      make("ul", { class: "edit-list" }, ...items)
    );
    return [list];
  }

  // mapapp/web/src/edit/new_drafts.js
  function newStatement(stretch) {
    const article = stretch?.article ?? Object.keys(desk.page.articles)[0] ?? "";
    const passages = stretch ? byParagraph(stretch).map(passageOf) : [];
    const [modality] = Object.keys(desk.page.vocabularies.modalities ?? {});
    return {
      kind: "event",
      slot: freeSlot(),
      article,
      entry: { id: "", title: "", said_by: "article", modality, when: {}, passages, places: [] }
    };
  }
  function newPlace(name, statement) {
    const first = desk.page.languages[0] ?? "";
    const layer = desk.page.layers.find(({ shapes, group }) => shapes.includes("point") && group !== "base");
    return {
      kind: "place",
      slot: freeSlot(),
      layer: layer?.id ?? desk.page.layers[0]?.id ?? "",
      entry: { id: "", names: { [first]: name }, valid: "../..", note: "" },
      ...statement ? { back: { draft: statement, words: name || void 0 } } : {}
    };
  }
  function newActor(name, statement, mention) {
    const first = desk.page.languages[0] ?? "";
    return {
      kind: "actor",
      entry: { id: "", names: { [first]: name } },
      back: { draft: statement, words: name, mention }
    };
  }
  function newDraft(kind) {
    if (kind === "event") return newStatement(marked.stretch);
    if (kind === "place") return newPlace("");
    if (kind === "background") return { kind, slot: freeSlot(), entry: { id: "", text: "", when: {}, sources: [] } };
    if (kind === "actor") return { kind, slot: freeSlot(), entry: { id: "", names: {} } };
    return { kind, slot: freeSlot(), entry: { id: "", title: "", date: "", leaning: "" } };
  }

  // mapapp/web/src/edit/prefill.js
  var placeKey = (id) => `place ${id}`;
  var inside = (mentions, stretches) => mentions.filter((one) => stretches.some(({ start: start2, end }) => start2 <= one.start && one.end <= end));
  var alike = (one, other) => one ? one.includes(other) || other.includes(one) : false;
  function isUsed(what, mention, entry) {
    if (what === "time") return [entry.when?.text, entry.said?.text].some((text) => alike(text, mention.words));
    if (what === "place") {
      const own = (
        /** @type {PlaceSuggestion} */
        mention.candidates.filter((one) => one.own).map(({ id }) => id)
      );
      return (entry.places ?? []).some(
        (link) => alike(link.words, mention.words) || own.includes(link.id)
      );
    }
    const { actors } = (
      /** @type {SpeakerSuggestion} */
      mention
    );
    if (!actors.length) return (entry.said_by ?? "article") !== "article";
    return actors.some((id) => [entry.said_by, entry.via, ...entry.actors ?? []].includes(id));
  }
  function prefill(draft, found3, stretches, speaking2) {
    const { entry } = draft;
    draft.suggested ??= {};
    fillTime(draft, inside(found3.times, stretches));
    fillSpeaker(draft, inside(found3.speakers, stretches), speaking2);
    if (!entry.places?.length) for (const one of inside(found3.places, stretches)) fillPlace(draft, one);
    const kinds = new Set(
      inside(
        /** @type {any[]} */
        found3.kinds,
        [...wide(stretches, found3)]
      ).map(({ kind: kind2 }) => kind2)
    );
    const [kind] = kinds;
    if (!entry.kind && kinds.size === 1 && kind) {
      entry.kind = kind;
      draft.suggested.kind = { words: "", value: kind };
    }
  }
  var wide = (stretches, { kinds }) => kinds.filter((one) => stretches.some(({ start: start2, end }) => start2 < one.end && one.start < end)).map(({ start: start2, end }) => ({ article: "", start: start2, end }));
  function fillTime(draft, times) {
    const { entry } = draft;
    const [time] = times;
    if (time && !entry.when?.edtf && !entry.when?.text) useTime(draft, time);
  }
  function useTime(draft, time) {
    const { entry } = draft;
    draft.suggested ??= {};
    entry.when = { edtf: time.edtf, text: time.words, ...time.basis === "words" ? {} : { basis: time.basis } };
    draft.suggested.when = { words: time.words, value: time.edtf, start: time.start, what: "time", rule: time.rule };
    if (time.basis !== "read" || entry.note) return;
    entry.note = time.rule;
    draft.suggested.note = { words: time.words, value: time.rule };
  }
  function fillSpeaker(draft, speakers, speaking2) {
    const known = speakers.find(({ actors }) => actors.length);
    if (known && (draft.entry.said_by ?? "article") === "article")
      useSpeaker(draft, known, known.actors[0] ?? "", speaking2);
  }
  function useSpeaker(draft, mention, actor, speaking2) {
    const { entry } = draft;
    draft.suggested ??= {};
    const before2 = { said_by: entry.said_by ?? "article", modality: entry.modality };
    entry.said_by = actor;
    if (!speaking2.includes(entry.modality)) entry.modality = speaking2[0] ?? entry.modality;
    if (!(entry.actors ?? []).includes(actor)) entry.actors = [...entry.actors ?? [], actor];
    draft.suggested.said_by = { words: mention.words, value: actor, start: mention.start, what: "speaker", before: before2 };
  }
  function fillPlace(draft, mention) {
    const [likely] = mention.candidates;
    if (likely?.own && !mention.all) usePlace(draft, mention, likely.id, likely.class ?? "");
  }
  var isPlaceholder = ({ words, note: note2 }) => !words && note2 !== void 0 && note2 === desk.page?.noPlace;
  function usePlace(draft, mention, id, featureClass) {
    const { entry } = draft;
    const links = (
      /** @type {Entry[]} */
      (entry.places ?? []).filter((link) => !isPlaceholder(link))
    );
    if (links.some((link) => link.id === id)) return;
    draft.suggested ??= {};
    const role = featureClass === "P" && !links.some((link) => link.role === "site") ? "site" : "about";
    entry.places = [...links, { id, role, words: mention.words }];
    draft.suggested[placeKey(id)] = { words: mention.words, value: id, start: mention.start, what: "place" };
  }
  function unuse(draft, key) {
    const { entry, suggested } = draft;
    const note2 = suggested?.[key];
    if (!note2) return;
    delete suggested[key];
    if (key === "when") entry.when = {};
    else if (key === "said_by") {
      Object.assign(entry, note2.before);
      entry.actors = (entry.actors ?? []).filter((id) => id !== note2.value);
    } else if (key.startsWith("place "))
      entry.places = (entry.places ?? []).filter((link) => link.id !== note2.value);
    else entry[key] = "";
  }
  function recognise(draft, found3, stretches) {
    const { entry } = draft;
    draft.suggested = {};
    const { edtf, text } = entry.when ?? {};
    const time = inside(found3.times, stretches).find((one) => one.edtf === edtf && one.words === text);
    if (time) draft.suggested.when = { words: text, value: edtf, start: time.start, what: "time", rule: time.rule };
    for (
      const link of
      /** @type {Entry[]} */
      entry.places ?? []
    ) {
      const mention = inside(found3.places, stretches).find(({ words }) => words === link.words);
      if (mention)
        draft.suggested[placeKey(link.id)] = {
          words: mention.words,
          value: link.id,
          start: mention.start,
          what: "place"
        };
    }
  }
  function forgets({ suggested, entry }) {
    const changed2 = Object.entries(suggested ?? {}).flatMap(
      ([key, { value }]) => isStill(entry, key, value) ? [] : [key]
    );
    for (const key of changed2) delete suggested?.[key];
    return changed2;
  }
  function isStill(entry, key, value) {
    if (key === "when") return entry.when?.edtf === value;
    if (key.startsWith("place ")) return (entry.places ?? []).some((link) => link.id === value);
    return entry[key] === value;
  }

  // mapapp/web/src/edit/gazetteer.js
  var MOST2 = 5;
  function candidateNote({ class: featureClass, country, population, km, source }) {
    const parts = [
      say(`class-${featureClass || "L"}`),
      country,
      population ? say("people", { n: population.toLocaleString("en") }) : "",
      km === null ? "" : say("km-away", { n: Math.round(km).toLocaleString("en") }),
      source
    ];
    return parts.filter(Boolean).join(" · ");
  }
  var readyPlace = ({ id, name }) => ask("gazetteer-place", { id, name });
  var sourceOperation = ({ source }) => ({ do: "put", kind: "source", entry: source });
  function candidateButtons(draft, mention, candidates, open2, done) {
    return candidates.slice(0, MOST2).map((candidate) => {
      const take3 = async () => {
        const ready = await readyPlace(candidate).catch(() => null);
        if (!ready) return announce(say("failed"));
        if (!ready.isComplete) return open2(placeFrom(ready, mention.words, draft));
        usePlace(draft, mention, addNeeded(draft, ready), candidate.class);
        done();
      };
      const note2 = candidateNote(candidate);
      return button(
        {
          class: "edit-candidate",
          dir: "auto",
          "aria-label": `${say("use-suggestion", { words: mention.words, value: candidate.name })}, ${note2}`
        },
        take3,
        candidate.name,
        make("span", { class: "edit-note" }, note2)
      );
    });
  }
  function placeFrom(ready, words, statement) {
    const { layer, entry, geometry } = ready;
    const draft = newPlace(words, statement);
    return { ...draft, layer, geometry, entry: { ...draft.entry, ...entry }, needs: [sourceOperation(ready)] };
  }
  function addNeeded(draft, ready) {
    const { layer, entry, geometry } = ready;
    const taken = neededPlaces(draft).map((one) => one.id);
    const same3 = neededPlaces(draft).find((one) => one.geonames && one.geonames === entry.geonames);
    if (same3) return same3.id;
    const stem = idFrom(nameOf({ id: "", names: entry.names }), "place");
    let id = stem;
    for (let number = 2; taken.includes(id); number++) id = `${stem}-${number}`;
    const properties = { id, ...entry };
    draft.needs = [
      ...draft.needs ?? [],
      sourceOperation(ready),
      { do: "put", kind: "place", layer, entry: { type: "Feature", id, properties, geometry } }
    ];
    return id;
  }
  var neededPlaces = ({ needs }) => (needs ?? []).filter(({ kind }) => kind === "place").map(({ entry }) => entry.properties);
  function acceptPlace(draft, id) {
    const raw = entryOf("place", id);
    if (!raw) return;
    const { draft: _draft, ...properties } = raw.entry;
    const entry = { type: "Feature", id, properties, geometry: raw.geometry };
    draft.needs = [...draft.needs ?? [], { do: "put", kind: "place", layer: raw.layer, entry }];
  }

  // mapapp/web/src/edit/selected_place.js
  var waiting3 = /* @__PURE__ */ new Map();
  var selectedPlace = () => (
    /** @type {HTMLElement | null} */
    desk.root.querySelector(".cards .place-card")?.dataset.card ?? null
  );
  function followCards(edit) {
    const cards = (
      /** @type {HTMLElement} */
      desk.root.querySelector(".cards")
    );
    const follow = () => {
      for (const [node, paint2] of waiting3) node.isConnected ? paint2(selectedPlace()) : waiting3.delete(node);
      for (const card of all(cards, "[data-card]")) addButton(card, edit);
    };
    new MutationObserver(follow).observe(cards, { childList: true, subtree: true });
    follow();
  }
  function addButton(card, edit) {
    const of = found(card.dataset.card ?? "");
    if (!of || card.querySelector(".edit-card")) return;
    const label = say("edit-named", { name: nameOf(of.raw.entry) });
    card.append(
      button(
        { class: "edit-card", "aria-label": label, ...PANEL_LANGUAGE },
        () => edit(of.kind, of.raw),
        say("edit-this")
      )
    );
  }
  function whenSelected(node, paint2) {
    waiting3.set(node, paint2);
    paint2(selectedPlace());
  }

  // mapapp/web/src/edit/suggestions.js
  var suggestions = { articles: {}, dropped: [], without: "", loaded: false };
  var NONE = { times: [], places: [], speakers: [], kinds: [] };
  var listeners = /* @__PURE__ */ new Set();
  var whenSuggested = (listener) => listeners.add(listener);
  var tell = () => {
    for (const listener of listeners) listener();
  };
  async function loadSuggestions() {
    Object.assign(suggestions, await ask("suggestions"), { loaded: true });
    document.documentElement.dataset.suggested = "1";
    tell();
  }
  function suggestionsFor(article) {
    const found3 = suggestions.articles[article] ?? NONE;
    const left = (what, mentions) => mentions.filter((one) => !isDropped(article, what, one));
    return {
      times: left("time", found3.times),
      places: left("place", found3.places),
      speakers: left("speaker", found3.speakers),
      kinds: found3.kinds
    };
  }
  var isDropped = (article, what, { start: start2, words }) => suggestions.dropped.some(
    (one) => one.article === article && one.what === what && one.start === start2 && one.words === words
  );
  async function dropSuggestion(article, what, { start: start2, words }) {
    const suggestion = { article, what, start: start2, words };
    suggestions.dropped.push(suggestion);
    await send("drop", { suggestion });
  }
  async function restoreDropped() {
    await send("drop", { suggestion: null });
    suggestions.dropped = [];
    tell();
  }
  var stretchesOf = ({ article = "", entry }) => (entry.passages ?? []).flatMap((one) => placeOfPassage(article, one) ?? []);
  var speaking = () => desk.page.speaking;

  // mapapp/web/src/edit/suggested_fields.js
  function fillIn(draft) {
    const stretches = stretchesOf(draft);
    if (draft.kind !== "event" || !suggestions.loaded || draft.suggested || !stretches.length) return;
    const found3 = suggestionsFor(draft.article ?? "");
    if (!draft.was) prefill(draft, found3, stretches, speaking());
    else if (draft.entry.draft) recognise(draft, found3, stretches);
  }
  function suggestedNote({ draft, change, redraw }, key) {
    const note2 = draft.suggested?.[key];
    if (!note2) return null;
    const { words, start: start2, what, rule } = note2;
    const accept = () => {
      delete draft.suggested?.[key];
      change();
      redraw();
    };
    const drop2 = () => {
      unuse(draft, key);
      if (what && start2 !== void 0) dropSuggestion(draft.article ?? "", what, { start: start2, end: start2, words });
      change();
      redraw();
    };
    return make(
      "p",
      { class: "edit-suggested", "data-suggested": key, title: rule },
      make("span", {}, words ? say("suggested-from", { words: shortened(words) }) : say("suggested")),
      signButton("✓", say("accept-suggestion", { words }), accept),
      signButton("×", say("drop-suggestion", { words }), drop2)
    );
  }
  function forgetChanged(draft, form2) {
    for (const key of forgets(draft)) form2.querySelector(`[data-suggested="${CSS.escape(key)}"]`)?.remove();
  }
  function offers(slot, what) {
    const { draft, change, redraw } = slot;
    if (draft.kind !== "event") return null;
    const found3 = suggestionsFor(draft.article ?? "");
    const mentions = inside(
      /** @type {Mention[]} */
      found3[LISTS[what]],
      stretchesOf(draft)
    );
    const unused2 = mentions.filter((one) => !isUsed(what, one, draft.entry));
    if (!unused2.length) return null;
    const using = (use2) => () => {
      use2();
      change();
      redraw();
    };
    const rows = unused2.map(
      (one) => make(
        "li",
        {},
        make("span", { class: "edit-offered" }, `“${shortened(one.words)}”`),
        ...ways[what](
          slot,
          /** @type {any} */
          one,
          using
        ),
        signButton(
          "×",
          say("drop-suggestion", { words: one.words }),
          using(() => dropSuggestion(draft.article ?? "", what, one))
        )
      )
    );
    return make("ul", { class: "edit-offers", "aria-label": say(`offered-${what}`) }, ...rows);
  }
  var LISTS = (
    /** @type {const} */
    { time: "times", place: "places", speaker: "speakers" }
  );
  var ways = {
    /** @param {Slot} slot @param {TimeSuggestion} one @param {(use: () => void) => () => void} using */
    time: ({ draft }, one, using) => [
      useButton(
        one.words,
        one.reading,
        using(() => take2(draft, "when", () => useTime(draft, one)))
      )
    ],
    /** @param {Slot} slot @param {SpeakerSuggestion} one @param {(use: () => void) => () => void} using */
    speaker: ({ draft, open: open2 }, one, using) => one.actors.length ? one.actors.map(
      (id) => useButton(
        one.words,
        nameIn("actor", id),
        using(() => take2(draft, "said_by", () => useSpeaker(draft, one, id, speaking())))
      )
    ) : [button({ class: "edit-small" }, () => open2(newActor(one.words, draft, one)), say("make-actor"))],
    /** @param {Slot} slot @param {PlaceSuggestion} one @param {(use: () => void) => () => void} using */
    place: (slot, one, using) => placeWays(slot, one, using)
  };
  function placeWays({ draft, open: open2 }, one, using) {
    const done = using(() => {
    });
    const own = one.candidates.filter((candidate) => candidate.own);
    if (one.all)
      return [
        useButton(
          one.words,
          say("all-of-them", { n: own.length }),
          using(() => {
            for (const { id } of own) take2(draft, `place ${id}`, () => usePlace(draft, one, id, ""));
          })
        )
      ];
    return [
      ...own.map(
        (candidate) => useButton(
          one.words,
          nameIn("place", candidate.id),
          using(() => take2(draft, `place ${candidate.id}`, () => usePlace(draft, one, candidate.id, candidate.class)))
        )
      ),
      ...own.length ? [] : candidateButtons(draft, one, one.candidates, open2, done),
      ...own.length ? [] : [button({ class: "edit-small" }, () => open2(newPlace(one.words, draft)), say("make-place"))]
    ];
  }
  function take2(draft, key, use2) {
    use2();
    delete draft.suggested?.[key];
  }
  function nameIn(kind, id) {
    const raw = entryOf(kind, id);
    return raw ? nameOf(raw.entry) : id;
  }
  var useButton = (words, value, use2) => button({ class: "edit-small", dir: "auto", "aria-label": say("use-suggestion", { words, value }) }, use2, value);

  // mapapp/web/src/edit/places_field.js
  function placesField(slot) {
    const { holder, draft, change, redraw, field } = slot;
    const now = holder.places ?? [];
    const add = (id) => {
      const words = now.length || !marked.stretch ? void 0 : shortWords();
      holder.places = [...now, { id, role: now.length ? "about" : "site", ...words ? { words } : {} }];
      change();
      redraw();
    };
    const items = now.map(({ id }, i) => {
      const made3 = neededPlaces(draft).find((one) => one.id === id);
      const place2 = made3 ?? entryOf("place", id)?.entry;
      const name = place2 ? nameOf(place2) : id;
      const inner = field.fields.filter((one) => one.name !== "id");
      const legend = make("legend", { dir: "auto" }, name);
      return groupItem(slot, i, inner, {
        head: [legend, suggestedNote(slot, placeKey(id)), placeNote(slot, id, Boolean(made3))],
        remove: say("remove-named", { name })
      });
    });
    const options2 = optionsFor("place");
    const anew = (text) => ({
      value: "",
      label: say(text ? "new-place-named" : "new-place", { name: text }),
      take: () => slot.open(newPlace(text, draft))
    });
    return make(
      "fieldset",
      {},
      make("legend", {}, labelOf(slot)),
      ...items,
      offers(slot, "place"),
      pick({
        label: say("find-place"),
        options: (text) => [
          ...matching(options2, text).filter(({ value }) => !now.some(({ id }) => id === value)),
          anew(text.trim())
        ],
        choose: ({ value }) => add(value)
      }),
      fromMap(add)
    );
  }
  function placeNote({ draft, change, redraw }, id, isMade) {
    if (isMade) return make("p", { class: "edit-note" }, say("saved-with"));
    if (!entryOf("place", id)?.entry.draft) return null;
    const accept = () => {
      acceptPlace(draft, id);
      change();
      redraw();
    };
    return make(
      "p",
      { class: "edit-note" },
      say("draft-place"),
      " ",
      button({ class: "edit-small" }, accept, say("accept-place"))
    );
  }
  function shortWords() {
    const words = marked.stretch ? wordsOf(marked.stretch) : "";
    return words.length <= 40 ? words : void 0;
  }
  function fromMap(add) {
    const node = button({ class: "edit-add" }, () => {
      const id = selectedPlace();
      if (id) add(id);
    });
    whenSelected(node, (id) => {
      const raw = id ? entryOf("place", id) : null;
      node.disabled = !raw;
      node.textContent = raw ? say("take-selected", { name: nameOf(raw.entry) }) : say("select-on-map");
    });
    return node;
  }

  // mapapp/web/src/edit/when_field.js
  var PAUSE2 = 250;
  function whenField(slot) {
    const reading = make("output", { class: "edit-reading" });
    const { field, holder } = slot;
    let waiting4;
    const read = async () => {
      const text = String(holder[field.name] ?? "");
      if (!text) return reading.replaceChildren();
      const { words, fault } = await send("when", { text });
      if (text !== holder[field.name]) return;
      reading.textContent = fault ?? words;
      reading.classList.toggle("edit-fault", Boolean(fault));
    };
    const input = textControl({
      ...slot,
      change: () => {
        slot.change();
        clearTimeout(waiting4);
        waiting4 = setTimeout(read, PAUSE2);
      }
    });
    input.setAttribute("dir", "ltr");
    read();
    return make("div", {}, input, reading);
  }
  function wordsField(slot) {
    const input = (
      /** @type {HTMLInputElement} */
      textControl(slot)
    );
    const take3 = useMarked(say("use-marked"), () => {
      if (!marked.stretch) return;
      input.value = wordsOf(marked.stretch);
      slot.holder[slot.field.name] = input.value;
      slot.change();
    });
    return make("div", { class: "edit-with-button" }, input, take3);
  }

  // mapapp/web/src/edit/fields.js
  var helpOf = ({ field, draft }) => desk.page.texts[`help-${draft.kind}-${field.name}`] ?? desk.page.texts[`help-${field.name}`];
  function fieldNode(slot) {
    const { field, path } = slot;
    const control = special(slot) ?? (field.many ? listControl(slot) : control1(slot));
    const faults2 = make("div", { class: "edit-faults", id: `edit-faults-${path}` });
    const help = helpOf(slot);
    if (control instanceof HTMLFieldSetElement) {
      control.dataset.path = path;
      control.append(...suggestedHere(slot), faults2);
      return control;
    }
    const target = (
      /** @type {HTMLElement | null} */
      control.matches("input, select, textarea") ? control : control.querySelector("input, select, textarea")
    );
    const id = newId();
    if (target && !target.id) target.id = id;
    target?.setAttribute("aria-describedby", `${help ? `${id}-help ` : ""}${faults2.id}`);
    if (field.required && !field.blank) target?.setAttribute("aria-required", "true");
    return make(
      "div",
      { class: `edit-field edit-${field.kind}`, "data-path": path },
      make(
        "label",
        { for: target?.id ?? id },
        labelOf(slot),
        field.required && !field.blank ? "" : make("span", { class: "edit-note" }, say("optional"))
      ),
      help ? make("p", { class: "edit-help", id: `${id}-help` }, help) : null,
      control,
      ...suggestedHere(slot),
      faults2
    );
  }
  function suggestedHere(slot) {
    const { path, draft } = slot;
    if (draft.kind !== "event") return [];
    const what = (
      /** @type {Record<string, import("./types.d.ts").What>} */
      { when: "time", said_by: "speaker" }[path]
    );
    return [suggestedNote(slot, path), what ? offers(slot, what) : null].filter((node) => node !== null);
  }
  function special(slot) {
    const { field, draft } = slot;
    if (field.name === "passages") return passagesField(slot);
    if (draft.kind === "event" && field.name === "places") return placesField(slot);
    return null;
  }
  function control1(slot) {
    const { field } = slot;
    if (field.kind === "group") return groupControl(slot);
    if (field.kind === "flag") return flagControl(slot);
    if (field.kind === "names") return namesField(slot);
    if (field.kind === "choice") return choiceControl(slot);
    if (field.kind === "edtf") return whenField(slot);
    if (field.kind === "words") return wordsField(slot);
    return textControl(slot);
  }
  function flagControl({ field, holder, change }) {
    const input = make("input", { type: "checkbox", checked: Boolean(holder[field.name]) });
    return on(input, {
      change: () => {
        holder[field.name] = input.checked;
        change();
      }
    });
  }
  function choiceControl(slot) {
    const { field, holder, change, redraw, draft } = slot;
    const now = holder[field.name] ?? "";
    const options2 = optionsOf(slot);
    if (now && !options2.some(({ value }) => value === now)) options2.push({ value: now, label: now });
    const select = make(
      "select",
      {},
      make("option", { value: "" }, say(field.required ? "choose" : "none")),
      ...options2.map(({ value, label }) => make("option", { value, selected: value === now }, label))
    );
    return on(select, {
      change: () => {
        holder[field.name] = select.value;
        if (field.name === "said_by") countAmongActors(draft.entry, select.value);
        change();
        if (field.name === "said_by") redraw();
      }
    });
  }
  function countAmongActors(entry, speaker) {
    const isOther = speaker && speaker !== "article";
    if (isOther && !entry.actors?.includes(speaker)) entry.actors = [...entry.actors ?? [], speaker];
  }
  function listControl(slot) {
    return slot.field.kind === "group" ? groupsControl(slot) : chosenControl(slot);
  }
  function chosenControl(slot) {
    const { field, holder, change, redraw } = slot;
    const now = holder[field.name] ?? [];
    const options2 = optionsOf(slot);
    const take3 = (next) => {
      holder[field.name] = next;
      change();
      redraw();
    };
    const chips = now.map((id) => {
      const label = options2.find(({ value }) => value === id)?.label ?? id;
      return make(
        "li",
        { dir: "auto" },
        label,
        signButton("×", say("remove-named", { name: label }), () => take3(now.filter((one) => one !== id)))
      );
    });
    return make(
      "div",
      { class: "edit-chosen" },
      chips.length ? make("ul", {}, ...chips) : null,
      pick({
        label: labelOf(slot),
        options: (text) => matching(
          options2.filter(({ value }) => !now.includes(value)),
          text
        ),
        choose: ({ value }) => take3([...now, value])
      })
    );
  }
  function groupControl(slot) {
    const { field, holder, path, redraw, change } = slot;
    if (!field.required && !holder[field.name])
      return make(
        "fieldset",
        {},
        make("legend", {}, labelOf(slot)),
        button(
          { class: "edit-add" },
          () => {
            holder[field.name] = {};
            redraw();
          },
          say("add-named", { name: labelOf(slot) })
        )
      );
    holder[field.name] ??= {};
    const inner = field.fields.map(
      (one) => fieldNode({ ...slot, field: one, holder: holder[field.name], path: `${path}.${one.name}` })
    );
    const remove2 = field.required ? null : button(
      { class: "edit-add" },
      () => {
        delete holder[field.name];
        change();
        redraw();
      },
      say("remove-named", { name: labelOf(slot) })
    );
    return make("fieldset", {}, make("legend", {}, labelOf(slot)), ...inner, remove2);
  }
  function groupsControl(slot) {
    const { field, holder, redraw } = slot;
    const now = holder[field.name] ?? [];
    const items = now.map(
      (_, i) => groupItem(slot, i, field.fields, {
        head: [make("legend", {}, `${labelOf(slot)} ${i + 1}`)],
        remove: say("remove-number", { name: labelOf(slot), n: i + 1 })
      })
    );
    const add = button(
      { class: "edit-add" },
      () => {
        holder[field.name] = [...now, {}];
        redraw();
      },
      say("add-named", { name: labelOf(slot) })
    );
    return make("fieldset", {}, make("legend", {}, labelOf(slot)), ...items, add);
  }

  // mapapp/web/src/edit/form_faults.js
  function takenId({ kind, was, entry }) {
    if (was === entry.id || !entryOf(kind, entry.id)) return [];
    return [{ item: entry.id, path: "id", text: say("id-taken"), file: "", missing: false }];
  }
  function showFaults(node, draft, faults2) {
    const rooms = new Map([...node.querySelectorAll(".edit-faults")].map((room) => [room.id.slice(12), room]));
    for (const room of rooms.values()) room.replaceChildren();
    for (const input of node.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
    for (const fault of faults2) {
      const path = pathOf(fault, draft);
      const own = [...rooms.keys()].filter(
        (key) => key && (path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`))
      );
      const room = rooms.get(own.sort((a, b) => b.length - a.length)[0] ?? "");
      room?.append(make("p", { class: "edit-fault" }, wordsOf2(fault, draft)));
      if (own[0]) room?.parentElement?.querySelector("input, select, textarea")?.setAttribute("aria-invalid", "true");
    }
  }
  function wordsOf2({ item, text, missing }, { entry, source }) {
    if (missing) return say("fill-in");
    return item && item !== entry.id && item !== source?.id ? `${nameOfId(item)}: ${text}` : text;
  }
  function pathOf({ item, path }, { entry, source }) {
    if (source && item === source.id) return `source.${path}`;
    if (source && !item) return path.replace(/^article\.?/, "");
    if (item !== entry.id) return item ? "" : path.replace(/^(events|features)?\[\d+\]\.?/, "");
    return path || "id";
  }
  var nameOfId = (id) => {
    const of = found(id);
    return of ? nameOf(of.raw.entry) : id;
  };

  // mapapp/web/src/edit/shape.js
  var emptyShape = (kind) => ({ kind, parts: [] });
  var opened = (ring) => ring.slice(0, -1);
  function shapeOf(geometry, kind) {
    const { type, coordinates: coordinates2 } = geometry ?? {};
    if (type === "Point") return { kind: "point", parts: [[[coordinates2]]] };
    if (type === "LineString") return { kind: "line", parts: [[coordinates2]] };
    if (type === "MultiLineString") return { kind: "line", parts: coordinates2.map((line) => [line]) };
    if (type === "Polygon") return { kind: "area", parts: [coordinates2.map(opened)] };
    if (type === "MultiPolygon")
      return { kind: "area", parts: coordinates2.map((rings) => rings.map(opened)) };
    return emptyShape(kind);
  }
  var LEAST = { point: 1, line: 2, area: 3 };
  function geometryOf({ kind, parts }) {
    const filled2 = parts.filter((paths) => paths.length);
    if (!filled2.length || filled2.some((paths) => paths.some((path) => path.length < LEAST[kind]))) return void 0;
    if (kind === "point") return { type: "Point", coordinates: filled2[0]?.[0]?.[0] };
    if (kind === "line") {
      const lines = filled2.map(([line]) => line);
      return lines.length === 1 ? { type: "LineString", coordinates: lines[0] } : { type: "MultiLineString", coordinates: lines };
    }
    const areas = filled2.map((rings) => rings.map((ring) => [...ring, ring[0]]));
    return areas.length === 1 ? { type: "Polygon", coordinates: areas[0] } : { type: "MultiPolygon", coordinates: areas };
  }
  function withPath({ kind, parts }, part, path, positions) {
    const paths = [...parts[part] ?? []];
    paths[path] = positions;
    const kept = paths[0]?.length ? paths.filter((one) => one.length) : [];
    const next = [...parts];
    next[part] = kept;
    return { kind, parts: next.filter((one) => one.length) };
  }
  var pathOf2 = ({ parts }, { part, path }) => parts[part]?.[path] ?? [];
  var moved = (shape, at, position) => withPath(shape, at.part, at.path, pathOf2(shape, at).with(at.index, position));
  var inserted = (shape, at, position) => withPath(shape, at.part, at.path, pathOf2(shape, at).toSpliced(at.index, 0, position));
  var removed = (shape, at) => withPath(shape, at.part, at.path, pathOf2(shape, at).toSpliced(at.index, 1));
  var verticesOf = ({ parts }) => parts.flatMap((paths, part) => paths.flatMap((line, path) => line.map((_, index) => ({ part, path, index }))));
  function halfway(shape, at) {
    const line = pathOf2(shape, at);
    const [here, next] = [line[at.index], line[at.index + 1] ?? (shape.kind === "area" ? line[0] : void 0)];
    if (!here || !next || line.length < 2) return null;
    return rounded([(here[0] + next[0]) / 2, (here[1] + next[1]) / 2]);
  }
  var rounded = ([lon, lat]) => [Number(lon.toFixed(5)), Number(lat.toFixed(5))];

  // mapapp/web/src/edit/snap.js
  var NEAR = 9;
  var gap = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
  function nearestOnEdge(at, a, b) {
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const length = dx * dx + dy * dy;
    const t = length ? Math.min(1, Math.max(0, ((at.x - a.x) * dx + (at.y - a.y) * dy) / length)) : 0;
    return { x: a.x + t * dx, y: a.y + t * dy };
  }
  function snapped(position, paths, projection, near = NEAR) {
    const at = projection.toPixel(position);
    let vertex = null;
    let edge = null;
    for (const path of paths) {
      let before2 = null;
      for (const one of path) {
        const here = projection.toPixel(one);
        const far = gap(here, at);
        if (far <= near && (!vertex || far < vertex.far)) vertex = { far, position: one };
        if (before2) {
          const pixel = nearestOnEdge(at, before2, here);
          const beside = gap(pixel, at);
          if (beside <= near && (!edge || beside < edge.far)) edge = { far: beside, pixel };
        }
        before2 = here;
      }
    }
    if (vertex) return { position: vertex.position, to: "vertex" };
    return edge ? { position: projection.toPosition(edge.pixel), to: "edge" } : null;
  }

  // mapapp/web/src/edit/shape_editor.js
  var STEP = 1;
  var SAME = 5;
  var MOST3 = 250;
  var ShapeEditor = class {
    /**
     * @param {Geometry | undefined} geometry
     * @param {ShapeKind} kind
     * @param {string} own id of the place, to whose own border nothing snaps
     * @param {() => void} changed called after each change
     */
    constructor(geometry, kind, own, changed2) {
      this.shape = shapeOf(geometry, kind);
      this.own = own;
      this.changed = changed2;
      this.at = verticesOf(this.shape)[0] ?? null;
      this.adding = !this.at;
      this.past = [];
      this.map = desk.map;
      if (!this.map.getPane("edit")) this.map.createPane("edit").style.zIndex = "660";
      this.drawing = L.layerGroup().addTo(this.map);
      this.pressed = null;
      const box = this.map.getContainer();
      this.ending = new AbortController();
      const options2 = { capture: true, signal: this.ending.signal };
      box.addEventListener("pointerdown", (event) => this.pressed = event, options2);
      box.addEventListener("click", (event) => this.click(event), options2);
      box.addEventListener("dblclick", (event) => this.adding && event.stopPropagation(), options2);
      desk.root.addEventListener("keydown", (event) => this.key(event), options2);
      this.repaint = () => this.paint();
      this.map.on("moveend", this.repaint);
      this.map.doubleClickZoom.disable();
      box.classList.add("edit-drawing");
      this.paint();
    }
    /** Ends the editing. */
    stop() {
      this.ending.abort();
      this.map.off("moveend", this.repaint);
      this.map.doubleClickZoom.enable();
      this.map.getContainer().classList.remove("edit-drawing", "edit-adding");
      this.drawing.remove();
    }
    get geometry() {
      return geometryOf(this.shape);
    }
    /**
     * @param {Shape} shape
     * @param {Vertex | null} at
     */
    take(shape, at) {
      this.past.push(this.shape);
      this.shape = shape;
      this.go(at);
      this.changed();
    }
    /** Makes a vertex the current one. @param {Vertex | null} at */
    go(at) {
      this.at = at;
      this.paint();
    }
    undo() {
      const before2 = this.past.pop();
      if (!before2) return;
      this.shape = before2;
      const all2 = verticesOf(before2);
      this.at = all2.find((one) => same2(one, this.at)) ?? all2.at(-1) ?? null;
      if (!all2.length) this.adding = true;
      this.paint();
      this.changed();
    }
    /** Begins another part. */
    another() {
      this.adding = true;
      this.at = null;
      this.paint();
      this.changed();
    }
    /** Goes on with the current path, or stops that. */
    toggleAdding() {
      this.adding = !this.adding;
      this.paint();
      this.changed();
    }
    /** The vertex some steps away, around the shape. @param {number} steps */
    beside(steps) {
      const all2 = verticesOf(this.shape);
      const now = all2.findIndex((one) => same2(one, this.at));
      return all2.length ? all2[(now + steps + all2.length) % all2.length] ?? null : null;
    }
    /** Adds a position after the current vertex, or as the first of a new part. @param {Position} position */
    add(position) {
      const { shape, at } = this;
      if (shape.kind === "point") {
        const only = { part: 0, path: 0, index: 0 };
        this.adding = false;
        return this.take(verticesOf(shape).length ? moved(shape, only, position) : inserted(shape, only, position), only);
      }
      const next = at ? { ...at, index: at.index + 1 } : { part: shape.parts.length, path: 0, index: 0 };
      this.take(inserted(shape, next, position), next);
    }
    /** Removes the current vertex. */
    remove() {
      if (!this.at) return;
      const before2 = this.at;
      const shape = removed(this.shape, before2);
      const all2 = verticesOf(shape);
      const near = all2.find((one) => same2(one, { ...before2, index: Math.max(0, before2.index - 1) }));
      if (!all2.length) this.adding = true;
      this.take(shape, near ?? all2.at(-1) ?? null);
    }
    /** Adds a vertex halfway to the next one. */
    split() {
      const position = this.at && halfway(this.shape, this.at);
      if (position) this.add(position);
    }
    /**
     * Moves the current vertex.
     * @param {Position} position
     */
    move(position) {
      if (this.at) this.take(moved(this.shape, this.at, position), this.at);
    }
    /** Moves the current vertex to the border or vertex that is near. */
    snapNow() {
      const here = this.at && pathOf2(this.shape, this.at)[this.at.index];
      const found3 = here && this.snap(here, 24);
      if (found3) this.move(found3.position);
    }
    /**
     * @param {Position} position
     * @param {number} [near]
     */
    snap(position, near) {
      const { map } = this;
      return snapped(
        position,
        this.around(),
        {
          toPixel: ([lon, lat]) => map.latLngToContainerPoint([lat, lon]),
          toPosition: ({ x, y }) => positionOf(map.containerPointToLatLng([x, y]))
        },
        near
      );
    }
    /** Lines and outlines of other places in sight. @returns {Path[]} */
    around() {
      const bounds = this.map.getBounds().pad(0.1);
      const visible = new Set(window.mapapp.shown?.());
      return desk.page.payload.places.filter(({ id, box: [west, south, east, north] }) => {
        const box = L.latLngBounds([south, west], [north, east]);
        return id !== this.own && visible.has(id) && bounds.intersects(box);
      }).flatMap(({ geometry: { type, coordinates: coordinates2 } }) => {
        if (type === "Point") return [[coordinates2]];
        if (type === "LineString") return [coordinates2];
        return type === "MultiPolygon" ? coordinates2.flat() : coordinates2;
      });
    }
    /** @param {MouseEvent} event */
    click(event) {
      const target = (
        /** @type {Element} */
        event.target
      );
      if (target.closest(".leaflet-control, .edit-vertex, .edit-middle") || !this.adding) return;
      event.stopPropagation();
      event.preventDefault();
      const { clientX, clientY } = this.pressed ?? event;
      if (Math.hypot(clientX - event.clientX, clientY - event.clientY) > SAME) return;
      const position = positionOf(this.map.mouseEventToLatLng(event));
      this.add(this.snap(position)?.position ?? position);
    }
    /** @param {KeyboardEvent} event */
    key(event) {
      const target = (
        /** @type {HTMLElement} */
        event.target
      );
      const onVertex = target.classList.contains("edit-vertex");
      if (!onVertex && target !== this.map.getContainer()) return;
      if (!this.answer(event, onVertex)) return;
      event.preventDefault();
      event.stopPropagation();
      if (onVertex) this.focus();
    }
    /**
     * @param {KeyboardEvent} event
     * @param {boolean} onVertex
     */
    answer({ key, shiftKey, ctrlKey, metaKey }, onVertex) {
      if ((ctrlKey || metaKey) && key.toLowerCase() === "z") this.undo();
      else if (key === "Escape" && this.adding) this.toggleAdding();
      else if (key === "Enter" && !onVertex && this.adding) this.addAtCentre();
      else if (!onVertex) return false;
      else if (key in ARROWS) this.nudge(ARROWS[key], shiftKey ? 10 * STEP : STEP);
      else if (key === "Delete" || key === "Backspace") this.remove();
      else if (key === "Enter") this.split();
      else if (key === "PageDown" || key === "PageUp") this.go(this.beside(key === "PageDown" ? 1 : -1));
      else if (key === "s") this.snapNow();
      else return false;
      return true;
    }
    addAtCentre() {
      const position = positionOf(this.map.getCenter());
      this.add(this.snap(position)?.position ?? position);
    }
    /**
     * @param {[number, number] | undefined} way
     * @param {number} pixels
     */
    nudge(way, pixels) {
      const here = this.at && pathOf2(this.shape, this.at)[this.at.index];
      if (!here || !way) return;
      const point = this.map.latLngToContainerPoint([here[1], here[0]]);
      const next = L.point(point.x + way[0] * pixels, point.y + way[1] * pixels);
      this.move(positionOf(this.map.containerPointToLatLng(next)));
    }
    /** Puts the focus on the current vertex. */
    focus() {
      this.map.getPane("edit")?.querySelector(".edit-vertex.now")?.focus({
        preventScroll: true
      });
    }
    paint() {
      const { map, shape } = this;
      const held = document.activeElement?.classList.contains("edit-vertex");
      this.drawing.clearLayers();
      map.getContainer().classList.toggle("edit-adding", this.adding);
      for (const paths of shape.parts) this.drawing.addLayer(pathLayer(shape.kind, paths));
      const bounds = map.getBounds().pad(0.05);
      const all2 = verticesOf(shape);
      const near = all2.filter((at) => bounds.contains(latLngOf(pathOf2(shape, at)[at.index] ?? [0, 0]))).slice(0, MOST3);
      if (this.at && !near.some((one) => same2(one, this.at))) near.push(this.at);
      for (const at of near)
        this.drawing.addLayer(this.vertexMarker(at, all2.findIndex((one) => same2(one, at)) + 1, all2.length));
      for (const at of near) this.addMiddle(at);
      if (held) this.focus();
    }
    /**
     * @param {Vertex} at
     * @param {number} n
     * @param {number} of
     */
    vertexMarker(at, n, of) {
      const position = pathOf2(this.shape, at)[at.index] ?? [0, 0];
      const isNow = same2(at, this.at);
      const marker = L.marker(latLngOf(position), {
        icon: L.divIcon({ className: `edit-vertex${isNow ? " now" : ""}`, html: make("span"), iconSize: [24, 24] }),
        ...{
          pane: "edit",
          draggable: true,
          keyboard: false,
          bubblingMouseEvents: false,
          zIndexOffset: isNow ? 200 : 100
        }
      });
      marker.on("add", () => {
        const node = (
          /** @type {HTMLElement} */
          marker.getElement()
        );
        node.tabIndex = isNow ? 0 : -1;
        node.setAttribute("role", "button");
        node.setAttribute("aria-label", say("vertex", { n, of, lat: position[1], lon: position[0] }));
      });
      marker.on("click", () => {
        if (this.adding && isNow && this.geometry) this.toggleAdding();
        else this.go(at);
        this.focus();
      });
      marker.on("dragstart", () => this.follow(marker, at));
      return marker;
    }
    /**
     * Follows a vertex that is dragged.
     * @param {L.Marker} marker
     * @param {Vertex} at
     */
    follow(marker, at) {
      this.at = at;
      let position = positionOf(marker.getLatLng());
      const before2 = this.shape;
      marker.on("drag", () => {
        const raw = positionOf(marker.getLatLng());
        const found3 = this.snap(raw);
        position = found3?.position ?? raw;
        marker.getElement()?.classList.toggle("edit-snapped", Boolean(found3));
        this.sketch(moved(before2, at, position));
      });
      marker.on("dragend", () => this.move(position));
    }
    /** Draws the outline of a shape that is being dragged. @param {Shape} shape */
    sketch(shape) {
      this.drawing.eachLayer((layer) => layer instanceof L.Path && this.drawing.removeLayer(layer));
      for (const paths of shape.parts) this.drawing.addLayer(pathLayer(shape.kind, paths));
    }
    /** A mark halfway to the next vertex, which becomes one when it is pressed. @param {Vertex} at */
    addMiddle(at) {
      const position = halfway(this.shape, at);
      if (!position || this.adding) return;
      const line = pathOf2(this.shape, at);
      const [a, b] = [line[at.index], line[at.index + 1] ?? line[0]].map(
        (one) => this.map.latLngToContainerPoint(latLngOf(one ?? [0, 0]))
      );
      if (a && b && a.distanceTo(b) < 40) return;
      const icon = L.divIcon({ className: "edit-middle", html: make("span"), iconSize: [24, 24] });
      const marker = L.marker(latLngOf(position), { icon, pane: "edit", keyboard: false, bubblingMouseEvents: false });
      marker.on("click", () => {
        this.at = at;
        this.add(position);
        this.focus();
      });
      this.drawing.addLayer(marker);
    }
  };
  var ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  var same2 = (one, other) => other !== null && one.part === other.part && one.path === other.path && one.index === other.index;
  var latLngOf = ([lon, lat]) => [lat, lon];
  var positionOf = ({ lat, lng }) => rounded([lng, lat]);
  function pathLayer(kind, paths) {
    const lines = paths.map((path) => path.map(latLngOf));
    const options2 = { pane: "edit", interactive: false, className: `edit-shape ${kind}` };
    return kind === "area" ? L.polygon(lines, options2) : L.polyline(lines, { ...options2, fill: false });
  }

  // mapapp/web/src/edit/geometry_field.js
  var active = null;
  function stopDrawing() {
    active?.editor.stop();
    active = null;
  }
  var layerOf = (draft) => desk.page.layers.find(({ id }) => id === draft.layer) ?? desk.page.layers[0];
  function geometryField(draft, change, redraw) {
    const shapes = layerOf(draft)?.shapes ?? ["point"];
    const kind = active?.draft === draft && shapes.includes(active.kind) ? active.kind : kindOf(draft, shapes);
    const room = make("div", { class: "edit-vertices" });
    const paint2 = () => room.replaceChildren(...controls());
    if (!active || active.draft !== draft || active.kind !== kind) {
      stopDrawing();
      const geometry = kind === kindOf(draft, shapes) ? draft.geometry : void 0;
      active = { draft, kind, editor: new ShapeEditor(geometry, kind, draft.was ?? "", () => {
      }) };
      desk.map.getContainer().scrollIntoView?.({ block: "nearest" });
    }
    active.editor.changed = () => {
      draft.geometry = active?.editor.geometry;
      change();
      paint2();
    };
    paint2();
    return make(
      "fieldset",
      { class: "edit-geometry" },
      make("legend", {}, say("shape")),
      layerChoice(draft, change, redraw),
      ...shapes.length > 1 ? [kindChoice(shapes, kind, redraw)] : [],
      room,
      make("div", { class: "edit-faults", id: "edit-faults-geometry" })
    );
  }
  function kindOf({ geometry }, shapes) {
    const type = geometry?.type ?? "";
    const now = type.endsWith("Point") ? "point" : type.endsWith("LineString") ? "line" : type ? "area" : null;
    return now && shapes.includes(now) ? now : shapes[0] ?? "point";
  }
  function layerChoice(draft, change, redraw) {
    const select = make(
      "select",
      { id: "edit-layer", disabled: Boolean(draft.was) },
      ...desk.page.layers.map(({ id, label }) => make("option", { value: id, selected: id === draft.layer }, label))
    );
    on(select, {
      change: () => {
        draft.layer = select.value;
        draft.entry.kind = "";
        change();
        redraw();
      }
    });
    return make("div", { class: "edit-field" }, make("label", { for: "edit-layer" }, say("label-layer")), select);
  }
  function kindChoice(shapes, kind, redraw) {
    const options2 = shapes.map((one) => make("option", { value: one, selected: one === kind }, say(`shape-${one}`)));
    const select = make("select", { id: "edit-shape-kind" }, ...options2);
    on(select, {
      change: () => {
        if (active) active.kind = /** @type {ShapeKind} */
        select.value;
        if (active) active.draft.geometry = void 0;
        const draft = active?.draft;
        stopDrawing();
        if (draft)
          active = {
            draft,
            kind: (
              /** @type {ShapeKind} */
              select.value
            ),
            editor: new ShapeEditor(
              void 0,
              /** @type {ShapeKind} */
              select.value,
              draft.was ?? "",
              () => {
              }
            )
          };
        redraw();
      }
    });
    return make("div", { class: "edit-field" }, make("label", { for: "edit-shape-kind" }, say("drawn-as")), select);
  }
  function controls() {
    if (!active) return [];
    const { editor, kind } = active;
    const all2 = verticesOf(editor.shape);
    const isPoint = kind === "point";
    const hint = editor.adding ? `draw-${kind}` : all2.length ? `drawn-${kind}` : `draw-${kind}`;
    const small = { class: "edit-small" };
    return [
      make("p", { class: "edit-help", role: "status" }, say(hint)),
      coordinates(editor),
      make(
        "div",
        { class: "edit-row" },
        ...isPoint ? [
          button(
            { ...small, "aria-pressed": String(editor.adding) },
            () => editor.toggleAdding(),
            say("place-on-map")
          )
        ] : [
          button(
            { ...small, "aria-pressed": String(editor.adding), disabled: !editor.at && !editor.adding },
            () => editor.toggleAdding(),
            say("add-vertices")
          ),
          button({ ...small, disabled: !all2.length || editor.adding }, () => editor.another(), say("another-part"))
        ],
        button({ ...small, disabled: !editor.past.length }, () => editor.undo(), say("undo-vertex"))
      )
    ];
  }
  function coordinates(editor) {
    const { at, shape } = editor;
    const all2 = verticesOf(shape);
    const here = at && pathOf2(shape, at)[at.index];
    const isPoint = shape.kind === "point";
    const number = all2.findIndex((one) => one.part === at?.part && one.path === at.path && one.index === at.index) + 1;
    const lat = numberInput("edit-lat", here?.[1]);
    const lon = numberInput("edit-lon", here?.[0]);
    const take3 = () => {
      const position = (
        /** @type {Position} */
        [Number(lon.value), Number(lat.value)]
      );
      const isValid = lon.value.trim() && lat.value.trim() && position.every(Number.isFinite) && Math.abs(position[1]) <= 90 && Math.abs(position[0]) <= 180;
      for (const input of [lat, lon]) input.toggleAttribute("aria-invalid", false);
      if (!isValid) return void (lat.value.trim() && lon.value.trim() && lat.setAttribute("aria-invalid", "true"));
      if (isPoint || editor.adding || !here) editor.add(position);
      else editor.move(position);
      desk.map.panInside([position[1], position[0]], { padding: [40, 40], animate: false });
    };
    const small = { class: "edit-small" };
    return make(
      "div",
      { class: "edit-coordinates" },
      ...isPoint || !all2.length ? [] : [make("p", { class: "edit-note" }, say("vertex-of", { n: number || "–", of: all2.length }))],
      make("label", { for: "edit-lat" }, say("latitude")),
      lat,
      make("label", { for: "edit-lon" }, say("longitude")),
      lon,
      button(small, take3, say(isPoint || here && !editor.adding ? "put-here" : "add-here")),
      ...isPoint || !all2.length ? [] : [
        button(small, () => editor.go(editor.beside(-1)) ?? editor.changed(), say("previous")),
        button(small, () => editor.go(editor.beside(1)) ?? editor.changed(), say("next")),
        button(small, () => editor.split(), say("split")),
        button(small, () => editor.snapNow(), say("snap")),
        button(small, () => editor.remove(), say("remove-vertex"))
      ]
    );
  }
  function numberInput(id, value) {
    const input = make("input", { type: "text", inputmode: "decimal", id, dir: "ltr", autocomplete: "off" });
    input.value = value === void 0 ? "" : String(value);
    return input;
  }

  // mapapp/web/src/edit/gazetteer_field.js
  var MOST_OWN = 5;
  function gazetteerField(draft, open2, changed2) {
    if (suggestions.without)
      return make("p", { class: "edit-help" }, say("without-gazetteer", { reason: suggestions.without }));
    const label = say("find-in-gazetteer");
    return make(
      "div",
      { class: "edit-field edit-gazetteer" },
      make("p", { class: "edit-label", "aria-hidden": "true" }, label),
      pick({ label, options: (text) => options(text, draft, open2, changed2), choose: () => {
      } }),
      make("p", { class: "edit-help" }, say("help-gazetteer"))
    );
  }
  function options(text, draft, open2, changed2) {
    const wanted = text.trim();
    if (!wanted) return [];
    const begins = ({ label }) => Number(plain(label).startsWith(plain(wanted)));
    const own = matching(optionsFor("place"), wanted).sort((a, b) => begins(b) - begins(a)).slice(0, MOST_OWN).map((option) => ({
      ...option,
      note: say("own-place", { layer: option.note }),
      take: () => takeOwn(option.value, draft, open2)
    }));
    return found2(wanted, draft, changed2).then((others) => [...own, ...others]);
  }
  async function found2(text, draft, changed2) {
    const answer = await ask("gazetteer", { text });
    return answer.found.map((candidate) => ({
      value: candidate.id,
      label: candidate.name,
      note: candidateNote(candidate),
      take: async () => {
        const ready = await readyPlace(candidate).catch(() => null);
        if (!ready) return announce(say("failed"));
        stopDrawing();
        const { layer, entry, geometry } = ready;
        Object.assign(draft, { layer, geometry, entry: { ...draft.entry, ...entry }, needs: [sourceOperation(ready)] });
        desk.map.setView([candidate.lat ?? 0, candidate.lon ?? 0], Math.max(desk.map.getZoom(), 8), { animate: false });
        changed2();
      }
    }));
  }
  function takeOwn(id, { back }, open2) {
    const raw = entryOf("place", id);
    if (!raw) return;
    if (!back) return open2(structuredClone({ kind: "place", was: id, ...raw }));
    usePlace(back.draft, { start: 0, end: 0, words: back.words ?? nameOf(raw.entry) }, id, "");
    delete back.draft.suggested?.[`place ${id}`];
    open2(back.draft);
  }

  // mapapp/web/src/edit/source_fields.js
  var NAMES = ["publisher", "licence"];
  var PAUSE3 = 250;
  function sourceFields(slot) {
    const { source } = slot.draft;
    if (slot.draft.kind !== "article" || !source) return [];
    const verdict = make("p", { class: "edit-verdict", role: "status" });
    const read = async () => {
      const text = String(source.licence ?? "");
      const { allowed } = await send("licence", { text });
      if (text === String(source.licence ?? "")) verdict.textContent = say(allowed ? "text-allowed" : "text-forbidden");
    };
    let waiting4;
    const change = () => {
      slot.change();
      clearTimeout(waiting4);
      waiting4 = setTimeout(read, PAUSE3);
    };
    read();
    const fields = desk.page.forms.source.filter(({ name }) => NAMES.includes(name));
    const nodes = fields.map(
      (field) => slot.inner({ ...slot, field, holder: source, path: `source.${field.name}`, change })
    );
    const label = say("source-of-article", { name: source.title });
    return [make("fieldset", {}, make("legend", {}, label), ...nodes, verdict)];
  }

  // mapapp/web/src/edit/form.js
  var PAUSE4 = 400;
  var MAIN = {
    event: ["title", "kind", "modality", "said_by", "passages", "when", "places", "actors", "note"],
    place: ["names", "kind", "basis", "tolerance_km", "confidence", "sources", "valid", "note", "within"],
    background: ["text", "when", "sources", "confidence", "places", "explains", "differs", "note"],
    actor: ["names", "kind", "of", "note"],
    source: ["title", "publisher", "date", "licence", "leaning", "url", "no_url", "note"],
    article: ["title", "author", "date", "language", "url"]
  };
  var open = null;
  var closed = () => {
  };
  function whenClosed(listener) {
    closed = listener;
  }
  var keyOf = ({ kind, was, slot }) => `${kind} ${was ?? (slot ? `#${slot}` : "")}`;
  function openForm(draft) {
    close();
    const node = make("form", { class: "edit-form", novalidate: true, "aria-label": headingOf(draft) });
    if (!draft.was && !draft.named && entryOf(draft.kind, draft.entry.id))
      draft.entry.id = idFrom(nameFor(draft), draft.kind);
    const conflict = conflictOf(draft, entries(draft.kind));
    open = { draft, node, tried: Boolean(draft.was), conflict, isCompared: Boolean(conflict), isOutdated: false };
    on(node, {
      submit: (event) => {
        event.preventDefault();
        save();
      },
      keydown: (event) => {
        if (event.key === "Enter" && event.ctrlKey) save();
        if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
      }
    });
    draw();
    const body = (
      /** @type {HTMLElement} */
      desk.panel.querySelector(".edit-body")
    );
    body.replaceChildren(node);
    body.scrollTop = 0;
    desk.root.dataset.tab = "author";
    node.querySelector("h2")?.focus();
    check();
  }
  var headingOf = ({ kind, was, entry }) => was ? say("edit-named", { name: nameOf(entry) || was }) : say(`new-${kind}-heading`);
  function draw() {
    if (!open) return;
    const { draft, node } = open;
    fillIn(draft);
    const active2 = document.activeElement;
    const focused = active2 instanceof Element && node.contains(active2) ? active2.closest("[data-path]") : null;
    const path = (
      /** @type {HTMLElement | null} */
      focused?.dataset.path
    );
    const fields = desk.page.forms[draft.kind];
    const main = MAIN[draft.kind].flatMap((name) => fields.find((field) => field.name === name) ?? []);
    const more = fields.filter((field) => !main.includes(field));
    const slot = { holder: draft.entry, draft, change: changed, redraw: draw, inner: fieldNode, open: openForm };
    const wasOpen = Boolean(node.querySelector("details[open]"));
    node.replaceChildren(
      make("h2", { tabindex: -1 }, headingOf(draft)),
      ...versionsNote(open),
      make("div", { class: "edit-faults", role: "alert", id: "edit-faults-" }),
      ...draft.kind === "place" && !draft.was ? [gazetteerField(draft, openForm, filled)] : [],
      ...draft.kind === "place" ? [geometryField(draft, changed, draw)] : [],
      ...main.map((field) => fieldNode({ ...slot, field, path: field.name })),
      ...sourceFields(slot),
      more.length ? make(
        "details",
        { class: "edit-more", open: wasOpen },
        make("summary", {}, say("more-fields")),
        ...more.map((field) => fieldNode({ ...slot, field, path: field.name }))
      ) : "",
      actions(draft)
    );
    if (path) {
      const again = node.querySelector(`[data-path="${CSS.escape(path)}"]`);
      again?.querySelector("input, select, textarea, button")?.focus();
    }
    paintFaults();
  }
  function versionsNote({ draft, conflict, isCompared }) {
    const { aside } = draft;
    if (conflict && isCompared)
      return [comparison(draft, conflict, { take: takeTheirs, keep: keepMine, goOn: () => showVersions(false) })];
    if (conflict)
      return [
        note(
          "differs-on-disk",
          button({ class: "edit-small" }, () => showVersions(true), say("show-both"))
        )
      ];
    if (aside)
      return [
        note(
          "put-aside",
          button({ class: "edit-small" }, () => replaceBy(aside), say("bring-back"))
        )
      ];
    return [];
  }
  var note = (key, action) => make("div", { class: "edit-versions edit-notice" }, make("p", {}, say(key)), action);
  function showVersions(are) {
    if (!open) return;
    open.isCompared = are;
    draw();
    open.node.querySelector(are ? ".edit-compare h3" : "h2")?.focus();
  }
  function takeTheirs() {
    if (!open?.conflict) return;
    const { draft, conflict } = open;
    return conflict.theirs ? replaceBy(theirDraft(draft, conflict.theirs)) : becomeNew({ isOpen: false });
  }
  function keepMine() {
    if (!open?.conflict) return;
    const { draft, conflict } = open;
    return conflict.theirs ? replaceBy(mergedDraft(draft, conflict.theirs)) : becomeNew({ isOpen: true });
  }
  async function becomeNew({ isOpen }) {
    if (!open) return;
    const { was: _was, base: _base, ...rest } = open.draft;
    const fresh = { ...rest, named: true, slot: freeSlot() };
    await keep(fresh);
    await forget(open.draft);
    forgotten = null;
    await replaceBy(fresh, isOpen);
  }
  async function replaceBy(next, isOpen = true) {
    if (!open) return;
    const { isOutdated } = open;
    clearTimeout(open.waiting);
    Object.assign(open, { draft: next, conflict: null, waiting: void 0, isBeingChecked: false });
    await keep(next);
    if (isOutdated) await changeFolder("take", {}, say("taken"), { form: isOpen ? keyOf(next) : null, list: next.kind });
    else if (isOpen) openForm(next);
    else closed(next.kind);
  }
  function compare(disk) {
    if (!open) return;
    open.conflict = conflictOf(open.draft, disk.entries[open.draft.kind]);
    open.isOutdated = true;
    if (open.conflict) showVersions(true);
  }
  function actions(draft) {
    return make(
      "div",
      { class: "edit-actions" },
      make("button", { type: "submit", class: "edit-primary" }, say(draft.entry.draft ? "accept" : "save")),
      draft.entry.draft && draft.was ? button({}, () => save(true), say("save-as-draft")) : null,
      draft.entry.passages?.length && (draft.entry.draft || !draft.was) ? button({}, () => leaveOut(draft), say("unmap")) : null,
      button({}, cancel, say("cancel")),
      draft.was && draft.kind !== "article" ? button({ class: "edit-remove" }, () => remove(draft), say(draft.entry.draft ? "drop" : "delete")) : null
    );
  }
  function changed() {
    if (!open) return;
    const { draft } = open;
    if (!draft.was && !draft.named) draft.entry.id = idFrom(nameFor(draft), draft.kind);
    forgetChanged(draft, open.node);
    clearTimeout(open.waiting);
    open.waiting = setTimeout(check, PAUSE4);
  }
  function filled() {
    changed();
    draw();
  }
  whenSuggested(() => {
    if (open?.draft.kind === "event" || open?.draft.kind === "place") filled();
  });
  function nameFor({ entry }) {
    const { id: _id, ...rest } = entry;
    const name = nameOf({ ...rest, id: "" });
    return name === "undefined" ? "" : name;
  }
  var faults = [];
  var asks = 0;
  async function check() {
    if (!open) return;
    const { draft } = open;
    open.waiting = void 0;
    if (!draft.entry.id && !draft.named) draft.entry.id = idFrom(nameFor(draft), draft.kind);
    const mine = ++asks;
    const isUnwritten = !draft.was && !nameFor(draft) && !draft.entry.passages?.length && !draft.geometry;
    open.isBeingChecked = !isUnwritten;
    const asked2 = isUnwritten ? { faults: [] } : await send("preview", { operation: operationOf(draft) }).catch(refused);
    if (mine !== asks || open?.draft !== draft) return;
    faults = [...asked2.faults, ...takenId(draft)];
    paintFaults();
    open.isBeingChecked = false;
    if (!isUnwritten) await keepChanges(draft).catch(() => announce(say("not-kept")));
  }
  var forgotten = null;
  window.addEventListener("pagehide", () => {
    if ((open?.waiting || open?.isBeingChecked) && open.draft !== forgotten) keepChanges(open.draft).catch(() => {
    });
  });
  async function keep(draft) {
    forgotten = null;
    desk.state.forms[keyOf(draft)] = draft;
    await send("keep", { name: keyOf(draft), value: draft });
  }
  async function keepChanges(draft) {
    if (!isUnchanged(draft)) return keep(draft);
    if (!(keyOf(draft) in desk.state.forms)) return;
    delete desk.state.forms[keyOf(draft)];
    await send("keep", { name: keyOf(draft) });
  }
  async function forget(draft) {
    forgotten = draft;
    delete desk.state.forms[keyOf(draft)];
    await send("keep", { name: keyOf(draft) });
  }
  async function keepOpen() {
    if (!open) return {};
    const { draft } = open;
    if (isUnchanged(draft)) return { edit: draft.was };
    await keep(draft);
    return { form: keyOf(draft) };
  }
  onOutside({ keep: keepOpen, compare });
  var refused = (error) => ({ faults: [{ item: "", path: "", text: error.message, file: "", missing: false }] });
  function paintFaults() {
    if (open) showFaults(open.node, open.draft, open.tried ? faults : faults.filter(({ missing }) => !missing));
  }
  async function save(asDraft = false) {
    if (!open) return;
    const { draft, node, conflict } = open;
    if (conflict) {
      announce(say("compare-first"));
      return showVersions(true);
    }
    clearTimeout(open.waiting);
    open.tried = true;
    const entry = asDraft ? draft.entry : { ...draft.entry, note: acceptedNote(draft) };
    const own = { ...draft, entry: { ...entry, draft: asDraft } };
    const operation = operationOf(own);
    asks++;
    faults = [];
    paintFaults();
    const checked = await send("preview", { operation }).catch(refused);
    faults = [...checked.faults, ...takenId(draft)];
    paintFaults();
    if (faults.length) {
      announce(say("not-saved", { n: faults.length }));
      node.querySelector("[aria-invalid]")?.focus();
      return;
    }
    await keep(draft);
    const back = draft.back ? await backTo(draft) : null;
    const next = draft.entry.draft && !asDraft ? nextDraft(draft) : null;
    const then = {
      select: draft.kind === "event" || draft.kind === "place" ? draft.entry.id : null,
      form: back,
      edit: next,
      list: draft.kind
    };
    await changeFolder("apply", { operation }, say("saved", { name: nameOf(own.entry) }), then, () => forget(draft));
  }
  function acceptedNote({ entry, base }) {
    const { draftNote } = desk.page;
    const note2 = String(entry.note ?? "");
    if (!entry.draft || !note2.startsWith(draftNote)) return entry.note;
    return note2 === base?.entry.note ? "" : note2.slice(draftNote.length).trim();
  }
  async function backTo(draft) {
    const { draft: statement, words, mention } = (
      /** @type {Required<Draft>["back"]} */
      draft.back
    );
    if (mention) {
      useSpeaker(statement, mention, draft.entry.id, speaking());
      delete statement.suggested?.said_by;
      await keep(statement);
      return keyOf(statement);
    }
    const places = statement.entry.places ?? [];
    if (places.some(({ id }) => id === draft.entry.id)) return keyOf(statement);
    const link = { id: draft.entry.id, role: places.length ? "about" : "site", ...words ? { words } : {} };
    statement.entry.places = [...places, link];
    await keep(statement);
    return keyOf(statement);
  }
  function nextDraft({ kind, was }) {
    const drafts = entries(kind).filter(({ entry }) => entry.draft);
    const at = drafts.findIndex(({ entry }) => entry.id === was);
    return drafts[at + 1]?.entry.id ?? null;
  }
  async function leaveOut(draft) {
    const { kind, was, article = "" } = draft;
    await forget(draft);
    const removal = was ? [{ do: "remove", kind, id: was }] : [];
    await unmap(article, stretchesOf(draft), removal, was ? nextDraft(draft) : null);
  }
  async function cancel() {
    if (!open) return;
    const { draft } = open;
    clearTimeout(open.waiting);
    Object.assign(open, { waiting: void 0, isBeingChecked: false });
    close();
    await forget(draft).catch(() => announce(say("not-kept")));
    if (draft.back) openForm(draft.back.draft);
    else closed(draft.kind);
  }
  async function remove(draft) {
    const { kind, was } = draft;
    const operation = { do: "remove", kind, id: was };
    const then = { list: kind, edit: draft.entry.draft ? nextDraft(draft) : null };
    await changeFolder("apply", { operation }, say("removed", { name: nameOf(draft.entry) }), then, () => forget(draft));
  }
  function close() {
    if (!open) return;
    clearTimeout(open.waiting);
    if (open.waiting || open.isBeingChecked) keepChanges(open.draft).catch(() => announce(say("not-kept")));
    highlight("edit-passage", []);
    stopDrawing();
    open.node.remove();
    open = null;
    faults = [];
  }

  // mapapp/web/src/edit/mend.js
  var PAUSE5 = 2e3;
  var STYLE = `
  :root { color-scheme: light dark; }
  .edit-mend { max-width: 76ch; margin: 0 auto; padding: 24px 16px; font: 16px/1.5 system-ui, sans-serif; }
  .edit-mend h1 { font-size: 22px; line-height: 1.3; }
  .edit-mend li { margin-block-end: 10px; overflow-wrap: anywhere; }
  .edit-mend b { display: block; }
`;
  function showMend(page) {
    document.head.append(make("style", {}, STYLE));
    document.title = say("mend");
    const list = make("ul", {});
    document.body.replaceChildren(
      make(
        "main",
        { class: "edit-mend", ...PANEL_LANGUAGE },
        make("h1", {}, say("mend")),
        make("p", {}, say("mend-why")),
        list,
        make("p", {}, say("mend-how")),
        make("p", { role: "status" }, say("mend-waits"))
      )
    );
    paint(list, page);
    document.documentElement.dataset.mending = "1";
    wait(list);
  }
  function paint(list, page) {
    desk.page = page;
    desk.state = page.state;
    const items = page.state.faults.map(({ file, line, item, path, text }) => {
      const where = [file, line ? say("line", { line }) : ""].filter(Boolean).join(", ");
      return make("li", {}, make("b", {}, where), [item, path].filter(Boolean).join(" "), item || path ? ": " : "", text);
    });
    list.replaceChildren(...items);
  }
  function wait(list) {
    setTimeout(async () => {
      const disk = await ask("disk", { revision: desk.state.revision }).catch(() => ({ changed: false }));
      if (disk.changed) {
        await send("take", { revision: desk.state.revision });
        const page = await ask("page");
        if (page.payload) return location.reload();
        paint(list, page);
      }
      wait(list);
    }, PAUSE5);
  }

  // mapapp/web/src/edit/review.js
  var REVIEWED = ["event", "place", "background"];
  var unreviewed = (kind) => entries(kind).filter(({ entry, layer }) => {
    const group = desk.page.layers.find(({ id }) => id === layer)?.group;
    return !entry.draft && !entry.reviewed && (kind !== "place" || group !== void 0 && group !== "base");
  });
  var lastReviewer = () => REVIEWED.flatMap((kind) => entries(kind)).map(({ entry }) => entry.reviewed).filter(Boolean).at(-1)?.by ?? "";
  function today() {
    const now = /* @__PURE__ */ new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  }
  function reviewPart(kind) {
    const left = REVIEWED.includes(kind) ? unreviewed(kind) : [];
    if (!left.length) return [];
    const by = make("input", { type: "text", id: "edit-reviewer", autocomplete: "name", dir: "auto" });
    by.value = lastReviewer();
    const mark2 = () => {
      if (!by.value.trim()) return by.focus();
      const reviewed = { by: by.value.trim(), on: today() };
      const operations = left.map((raw) => reviewOperation(kind, raw, reviewed));
      return changeFolder("apply", { operation: { do: "many", operations } }, say("reviewed-said", { n: left.length }), {
        list: kind
      });
    };
    const part = make(
      "details",
      { class: "edit-suggestions edit-review" },
      make("summary", {}, say("unreviewed"), " ", make("span", { class: "n" }, String(left.length))),
      make("p", { class: "edit-help" }, say("help-review")),
      make("div", { class: "edit-field" }, make("label", { for: by.id }, say("label-by")), by),
      button({ class: "edit-add" }, mark2, say("review-all", { n: left.length }))
    );
    return [part];
  }
  function reviewOperation(kind, { entry, layer, article, geometry }, reviewed) {
    const changed2 = { ...entry, reviewed };
    if (kind !== "place") return { do: "put", kind, entry: changed2, ...article ? { article } : {} };
    return { do: "put", kind, layer, entry: { type: "Feature", id: entry.id, properties: changed2, geometry } };
  }

  // mapapp/web/src/edit/suggestion_list.js
  var KINDS2 = ["time", "place", "speaker"];
  var PATHS = { time: "when", place: "places", speaker: "said_by" };
  function unused() {
    return Object.keys(desk.page.articles).flatMap((article) => {
      const found3 = suggestionsFor(article);
      const statements = entries("event").filter((raw) => raw.article === article);
      const placed = statements.map((raw) => ({ entry: raw.entry, stretches: stretchesOf({ kind: "event", ...raw }) }));
      const lists = { time: found3.times, place: found3.places, speaker: found3.speakers };
      return (desk.state.coverage[article] ?? []).flatMap(([start2, end]) => {
        const sentence = { article, start: start2, end };
        const here = KINDS2.flatMap(
          (what) => inside(
            /** @type {Mention[]} */
            lists[what],
            [sentence]
          ).map((mention) => ({
            what,
            mention,
            article,
            sentence
          }))
        );
        return here.filter(
          ({ what, mention }) => !placed.some((one) => covers(one.stretches, mention) && isUsed(what, mention, one.entry))
        ).sort((a, b) => a.mention.start - b.mention.start);
      });
    });
  }
  var covers = (stretches, mention) => inside([mention], stretches).length > 0;
  function markUnused() {
    const all2 = unused();
    for (const what of KINDS2)
      highlight(
        `edit-suggested-${what}`,
        all2.filter((one) => one.what === what).map(({ article, mention }) => ({ article, start: mention.start, end: mention.end }))
      );
  }
  function suggestionList() {
    const all2 = unused();
    const { dropped, without, loaded } = suggestions;
    if (!loaded) return [];
    const note2 = without ? [make("p", { class: "edit-help" }, say("without-gazetteer", { reason: without }))] : [];
    if (!all2.length && !dropped.length) return note2;
    const rows = make("ul", { class: "edit-list edit-suggestion-list" }, ...all2.map(row));
    on(rows, { keydown: onKey, focusout: () => highlight("edit-current", []) });
    const list = make(
      "details",
      { class: "edit-suggestions" },
      make("summary", {}, say("suggestions"), " ", make("span", { class: "n" }, String(all2.length))),
      make("p", { class: "edit-help" }, say("suggestions-underlined"), ...KINDS2.flatMap((what) => [" ", keyOf2(what)])),
      rows,
      dropped.length ? button({ class: "edit-add" }, () => restoreDropped(), say("restore-dropped", { n: dropped.length })) : null
    );
    return [...note2, list];
  }
  var keyOf2 = (what) => make("span", { class: `edit-key key-${what}` }, say(`key-${what}`));
  function row(one) {
    const { what, mention, article } = one;
    const { language, dir } = articleLook(article);
    const words = shortened(mention.words);
    const act = (text, click) => button(
      { class: "edit-small", "aria-label": say(`${text}-named`, { words }), "data-act": text },
      click,
      say(`${text}-it`)
    );
    const node = make(
      "li",
      {},
      make("span", { class: `edit-key key-${what}`, lang: language, dir }, words),
      make("span", { class: "edit-note" }, `${say(`key-${what}`)}: ${meaning(one)}`),
      make(
        "span",
        { class: "edit-row" },
        act("take", () => openFor(one, true)),
        act("change", () => openFor(one, false)),
        act("drop", () => drop(one, node))
      )
    );
    return on(node, {
      focusin: () => {
        const stretch = { article, start: mention.start, end: mention.end };
        highlight("edit-current", [stretch]);
        showStretch(stretch);
      }
    });
  }
  function meaning({ what, mention }) {
    if (what === "time") return (
      /** @type {TimeSuggestion} */
      mention.reading
    );
    if (what === "speaker") {
      const [actor] = (
        /** @type {SpeakerSuggestion} */
        mention.actors
      );
      const raw2 = actor ? entryOf("actor", actor) : null;
      return raw2 ? nameOf(raw2.entry) : say("not-in-folder");
    }
    const { candidates, all: all2 } = (
      /** @type {PlaceSuggestion} */
      mention
    );
    const [likely] = candidates;
    if (all2) return say("all-of-them", { n: candidates.length });
    if (!likely) return "";
    const raw = likely.own ? entryOf("place", likely.id) : null;
    return raw ? nameOf(raw.entry) : `${likely.name} (${candidateNote(likely)})`;
  }
  function openFor({ what, mention, article, sentence }, isAccepted) {
    const raw = entries("event").find(
      (other) => other.article === article && covers(stretchesOf({ kind: "event", ...other }), mention)
    );
    const draft = raw ? structuredClone({ kind: (
      /** @type {const} */
      "event"
    ), was: raw.entry.id, ...raw }) : newStatement(sentence);
    fillIn(draft);
    const key = use(draft, what, mention);
    if (isAccepted && key) delete draft.suggested?.[key];
    openForm(draft);
    const part = desk.panel.querySelector(`[data-path="${PATHS[what]}"]`);
    const control = key && !isAccepted ? part?.querySelector(`[data-suggested="${CSS.escape(key)}"] button`) : null;
    (control ?? part?.querySelector(".edit-offers button, input, select"))?.focus();
  }
  function use(draft, what, mention) {
    const { entry } = draft;
    if (what === "time") {
      const time = (
        /** @type {TimeSuggestion} */
        mention
      );
      if (!entry.when?.edtf) useTime(draft, time);
      return entry.when?.edtf === time.edtf && entry.when?.text === time.words ? "when" : null;
    }
    if (what === "speaker") {
      const [actor] = (
        /** @type {SpeakerSuggestion} */
        mention.actors
      );
      if (actor && (entry.said_by ?? "article") === "article") useSpeaker(draft, mention, actor, speaking());
      return actor && entry.said_by === actor ? "said_by" : null;
    }
    const { candidates, all: all2 } = (
      /** @type {PlaceSuggestion} */
      mention
    );
    const [likely] = candidates;
    if (!likely?.own || all2) return null;
    usePlace(draft, mention, likely.id, likely.class);
    return placeKey(likely.id);
  }
  function drop({ what, mention, article }, node) {
    const next = node.nextElementSibling ?? node.previousElementSibling;
    dropSuggestion(article, what, mention);
    node.remove();
    markUnused();
    const count = desk.panel.querySelector(".edit-suggestions .n");
    if (count) count.textContent = String(unused().length);
    (next?.querySelector("[data-act='drop']") ?? desk.panel.querySelector(".edit-suggestions summary"))?.focus();
  }
  function onKey(event) {
    const { key, target } = event;
    const node = (
      /** @type {HTMLElement} */
      target
    );
    const here = node.closest("li");
    if (key === "Delete")
      here?.querySelector("[data-act='drop']")?.click();
    else if (key === "ArrowDown" || key === "ArrowUp") {
      const next = key === "ArrowDown" ? here?.nextElementSibling : here?.previousElementSibling;
      next?.querySelector(`[data-act="${node.dataset.act}"]`)?.focus();
    } else return;
    event.preventDefault();
  }

  // mapapp/web/src/edit/panel.js
  function makePanel() {
    const nav = make(
      "nav",
      { class: "edit-lists", "aria-label": say("what-to-edit") },
      ...KINDS.map(
        (kind) => button(
          { "data-kind": kind, "aria-pressed": "false" },
          () => showList(kind),
          say(`list-${kind}`),
          " ",
          make("span", { class: "n" }, String(entries(kind).length))
        )
      )
    );
    desk.panel = make(
      "aside",
      { class: "edit", id: "edit", tabindex: -1, "aria-label": say("panel"), ...PANEL_LANGUAGE },
      make("div", { class: "edit-head" }, history2(), coverageBar(), nav),
      make("div", { class: "edit-body" }),
      make("p", { class: "unseen edit-said", role: "status" })
    );
    on(desk.panel, { keydown: (event) => event.stopPropagation() });
    desk.root.querySelector(".panel")?.after(desk.panel);
    desk.root.classList.add("editing");
    makeTab();
    whenClosed(showList);
    document.addEventListener("keydown", onKey2, { capture: true });
    whenSuggested(() => {
      markUnused();
      const room = desk.panel.dataset.list === "event" ? desk.panel.querySelector(".edit-suggestions-here") : null;
      if (!room) return;
      const hasFocus = room.contains(document.activeElement);
      const wasOpen = room.querySelector("details")?.open ?? false;
      room.replaceChildren(...suggestionList());
      const list = room.querySelector("details");
      if (list) list.open = wasOpen;
      if (hasFocus) list?.querySelector("summary")?.focus();
    });
  }
  function makeTab() {
    const tabs = (
      /** @type {HTMLElement} */
      desk.root.querySelector(".tabs")
    );
    const own = button(
      { "data-tab": "author", "aria-pressed": "false", lang: PANEL_LANGUAGE.lang },
      () => showTab("author"),
      say("tab")
    );
    tabs.prepend(own);
    new MutationObserver(() => {
      for (const one of tabs.querySelectorAll("button"))
        one.setAttribute("aria-pressed", String(one.dataset.tab === desk.root.dataset.tab));
    }).observe(desk.root, { attributeFilter: ["data-tab"] });
    const layers = button(
      { class: "edit-layers", "aria-pressed": "false", lang: PANEL_LANGUAGE.lang },
      () => {
        const shown = desk.root.classList.toggle("edit-away");
        layers.setAttribute("aria-pressed", String(shown));
        layers.textContent = say(shown ? "show-panel" : "show-layers");
      },
      say("show-layers")
    );
    desk.root.append(layers);
  }
  function showTab(name) {
    desk.root.dataset.tab = name;
  }
  function history2() {
    const { canUndo, canRedo } = desk.state;
    return make(
      "div",
      { class: "edit-history", role: "group", "aria-label": say("history") },
      button({ disabled: !canUndo, title: "Ctrl+Z" }, undo, say("undo")),
      button({ disabled: !canRedo, title: "Ctrl+Shift+Z" }, redo, say("redo")),
      faultsNote()
    );
  }
  function faultsNote() {
    const { faults: faults2 } = desk.state;
    if (!faults2.length) return make("span", { class: "edit-note edit-fine" }, say("no-faults"));
    const items = faults2.map(({ item, path, text, file }) => {
      const of = found(item);
      const line = [of ? nameOf(of.raw.entry) : file, path, text].filter(Boolean).join(": ");
      return make("li", {}, of ? button({ class: "link" }, () => editEntry(of.kind, of.raw), line) : line);
    });
    return make(
      "details",
      { class: "edit-all-faults" },
      make("summary", {}, say(faults2.length === 1 ? "one-fault" : "faults", { n: faults2.length })),
      make("ul", {}, ...items)
    );
  }
  var undo = () => desk.state.canUndo && changeFolder("undo", {}, say("undone"), {});
  var redo = () => desk.state.canRedo && changeFolder("redo", {}, say("redone"), {});
  function onKey2(event) {
    const { key, ctrlKey, metaKey, shiftKey, target } = event;
    if (!(ctrlKey || metaKey) || key.toLowerCase() !== "z") return;
    const hasOwn = "input, textarea, .edit-vertex, .edit-drawing";
    if (target instanceof Element && target.closest(hasOwn)) return;
    event.preventDefault();
    event.stopPropagation();
    shiftKey ? redo() : undo();
  }
  function editEntry(kind, raw) {
    const kept = desk.state.forms[keyOf({ kind, was: raw.entry.id, entry: {} })];
    openForm(kept ?? { kind, was: raw.entry.id, ...structuredClone(raw), base: raw });
  }
  function showList(kind) {
    close();
    desk.panel.dataset.list = kind;
    for (const node of desk.panel.querySelectorAll(".edit-lists button"))
      node.setAttribute("aria-pressed", String(node instanceof HTMLElement && node.dataset.kind === kind));
    const unsaved = Object.values(desk.state.forms).filter((draft) => draft.kind === kind && !draft.was);
    const body = (
      /** @type {HTMLElement} */
      desk.panel.querySelector(".edit-body")
    );
    body.replaceChildren(
      make("h2", { tabindex: -1 }, say(`list-${kind}`)),
      kind === "article" ? "" : button({ class: "edit-add" }, () => openForm(newDraft(kind)), say(`new-${kind}`)),
      ...kind === "event" ? [make("p", { class: "edit-help" }, say("how-to-begin"))] : [],
      ...kind === "event" ? openSentences((stretch) => openForm(newStatement(stretch))) : [],
      ...kind === "event" ? unmappedList() : [],
      make("div", { class: "edit-suggestions-here" }, ...kind === "event" ? suggestionList() : []),
      ...reviewPart(kind),
      make("ul", { class: "edit-list" }, ...unsaved.map(unsavedRow), ...entries(kind).map((raw) => row2(kind, raw)))
    );
  }
  var unsavedRow = (draft) => make(
    "li",
    { class: "edit-unsaved" },
    button(
      { class: "edit-entry" },
      () => openForm(draft),
      nameOf(draft.entry) ? make("span", ownWords(draft), nameOf(draft.entry)) : say("untitled"),
      make("span", { class: "edit-note" }, say("unsaved"))
    )
  );
  function row2(kind, raw) {
    const { entry, layer } = raw;
    const isUnsaved = keyOf({ kind, was: entry.id, entry: {} }) in desk.state.forms;
    const count = desk.state.faults.filter(({ item }) => item === entry.id).length;
    const notes = [
      ...layer ? [desk.page.layers.find(({ id }) => id === layer)?.label ?? layer] : [],
      ...entry.draft ? [say("draft")] : [],
      ...isUnsaved ? [say("unsaved")] : [],
      ...count ? [say(count === 1 ? "one-fault" : "faults", { n: count })] : []
    ];
    const open2 = button(
      { class: "edit-entry", "data-entry": entry.id },
      () => editEntry(kind, raw),
      make("span", { class: "edit-own", ...ownWords(raw) }, nameOf(entry)),
      notes.length ? make("span", { class: "edit-note" }, notes.join(" · ")) : null
    );
    return make("li", { class: entry.draft ? "edit-draft" : null }, open2);
  }

  // mapapp/web/src/edit/edit.js
  function wantedLanguage() {
    const asked2 = new URLSearchParams(location.hash.slice(1)).get("language");
    return asked2 ?? navigator.language.split("-")[0] ?? "";
  }
  async function start() {
    const note2 = document.getElementById("edit-start");
    if (!takeToken()) return void note2?.replaceChildren("Open the address that mapapp edit has printed: it holds a key.");
    try {
      const page = await ask("page", { language: wantedLanguage() });
      desk.page = page;
      desk.state = page.state;
      if (!page.payload) return showMend(page);
      note2?.remove();
      startMap(page);
    } catch (error) {
      note2?.replaceChildren(error instanceof Error ? error.message : String(error));
    }
  }
  function startMap(page) {
    document.head.append(make("style", {}, page.style));
    document.title = page.title;
    const opening = make("script", { type: "application/json", id: "mapapp-opening" }, JSON.stringify(page.opening));
    const container = make("div", { class: "folium-map", id: "edit-map" });
    document.body.append(opening, pageHead(page), container);
    window.mapappAtlas = page.payload;
    desk.map = L.map(container, { ...page.options, center: [0, 0] });
    window.mapapp.start?.(desk.map, null);
    desk.root = /** @type {HTMLElement} */
    document.getElementById("mapapp");
    startPanel();
  }
  var pageHead = ({ title, titleLanguage, lead }) => make("header", { class: "page-head" }, make("h1", { lang: titleLanguage, dir: "auto" }, title), make("p", {}, lead));
  function startPanel() {
    const place2 = remembered();
    makePanel();
    followCards(editEntry);
    followSelection((stretch) => openForm(newStatement(stretch)));
    const selected = place2.edit ?? place2.select;
    if (selected && desk.page.payload) window.mapapp.select?.(selected);
    const kept = place2.form ? desk.state.forms[place2.form] : null;
    showList(
      /** @type {Kind} */
      place2.list ?? "event"
    );
    if (kept) openForm(kept);
    const next = place2.edit ? found(place2.edit) : null;
    if (next) editEntry(next.kind, next.raw);
    restore(place2);
    if (place2.tab) desk.root.dataset.tab = place2.tab;
    if (place2.said) announce(place2.said);
    followDisk();
    if (desk.state.changedOutside.length) lookOutside();
    window.mapappEdit = { map: desk.map, ask };
    document.documentElement.dataset.editing = "1";
    loadSuggestions();
  }
  window.addEventListener("unhandledrejection", ({ reason }) => {
    if (desk.panel) announce(reason instanceof Error ? reason.message : say("failed"));
  });
  start();
})();

/* The author's panel: its head with undo and redo, the lists of entries, and room for a form. */

/** @import { Draft, Kind, Raw } from "./types.d.ts" */

import { button, make, on } from "../dom.js";
import { coverageBar, openSentences, unmappedList } from "./coverage.js";
import { desk, entries, found, KINDS, nameOf, ownWords, PANEL_LANGUAGE, say } from "./desk.js";
import { close, keyOf, openForm, whenClosed } from "./form.js";
import { newDraft, newStatement } from "./new_drafts.js";
import { reviewPart } from "./review.js";
import { changeFolder } from "./saving.js";
import { markUnused, suggestionList } from "./suggestion_list.js";
import { whenSuggested } from "./suggestions.js";

/** Makes the panel, beside the map. */
export function makePanel() {
  const nav = make(
    "nav",
    { class: "edit-lists", "aria-label": say("what-to-edit") },
    ...KINDS.map((kind) =>
      button(
        { "data-kind": kind, "aria-pressed": "false" },
        () => showList(kind),
        say(`list-${kind}`),
        " ",
        make("span", { class: "n" }, String(entries(kind).length)),
      ),
    ),
  );
  desk.panel = make(
    "aside",
    { class: "edit", id: "edit", tabindex: -1, "aria-label": say("panel"), ...PANEL_LANGUAGE },
    make("div", { class: "edit-head" }, history(), coverageBar(), nav),
    make("div", { class: "edit-body" }),
    make("p", { class: "unseen edit-said", role: "status" }),
  );
  on(desk.panel, { keydown: (event) => event.stopPropagation() }); // the page has keys of its own
  desk.root.querySelector(".panel")?.after(desk.panel);
  desk.root.classList.add("editing");
  makeTab();
  whenClosed(showList);
  document.addEventListener("keydown", onKey, { capture: true });
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

/** On narrow screens the panel has a tab of its own, beside those of article and layers. */
function makeTab() {
  const tabs = /** @type {HTMLElement} */ (desk.root.querySelector(".tabs"));
  const own = button(
    { "data-tab": "author", "aria-pressed": "false", lang: PANEL_LANGUAGE.lang },
    () => showTab("author"),
    say("tab"),
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
    say("show-layers"),
  );
  desk.root.append(layers);
}

/** @param {string} name */
export function showTab(name) {
  desk.root.dataset.tab = name;
}

function history() {
  const { canUndo, canRedo } = desk.state;
  return make(
    "div",
    { class: "edit-history", role: "group", "aria-label": say("history") },
    button({ disabled: !canUndo, title: "Ctrl+Z" }, undo, say("undo")),
    button({ disabled: !canRedo, title: "Ctrl+Shift+Z" }, redo, say("redo")),
    faultsNote(),
  );
}

/** How many faults the folder has, and each of them. */
function faultsNote() {
  const { faults } = desk.state;
  if (!faults.length) return make("span", { class: "edit-note edit-fine" }, say("no-faults"));
  const items = faults.map(({ item, path, text, file }) => {
    const of = found(item);
    const line = [of ? nameOf(of.raw.entry) : file, path, text].filter(Boolean).join(": ");
    return make("li", {}, of ? button({ class: "link" }, () => editEntry(of.kind, of.raw), line) : line);
  });
  return make(
    "details",
    { class: "edit-all-faults" },
    make("summary", {}, say(faults.length === 1 ? "one-fault" : "faults", { n: faults.length })),
    make("ul", {}, ...items),
  );
}

const undo = () => desk.state.canUndo && changeFolder("undo", {}, say("undone"), {});
const redo = () => desk.state.canRedo && changeFolder("redo", {}, say("redone"), {});

/** @param {KeyboardEvent} event */
function onKey(event) {
  const { key, ctrlKey, metaKey, shiftKey, target } = event;
  if (!(ctrlKey || metaKey) || key.toLowerCase() !== "z") return;
  const hasOwn = "input, textarea, .edit-vertex, .edit-drawing";
  if (target instanceof Element && target.closest(hasOwn)) return;
  event.preventDefault();
  event.stopPropagation();
  shiftKey ? redo() : undo();
}

/**
 * @param {Kind} kind
 * @param {Raw} raw
 */
export function editEntry(kind, raw) {
  const kept = desk.state.forms[keyOf({ kind, was: raw.entry.id, entry: {} })];
  openForm(kept ?? { kind, was: raw.entry.id, ...structuredClone(raw), base: raw });
}

/**
 * Shows the entries of a kind.
 * @param {Kind} kind
 */
export function showList(kind) {
  close();
  desk.panel.dataset.list = kind;
  for (const node of desk.panel.querySelectorAll(".edit-lists button"))
    node.setAttribute("aria-pressed", String(node instanceof HTMLElement && node.dataset.kind === kind));
  const unsaved = Object.values(desk.state.forms).filter((draft) => draft.kind === kind && !draft.was);
  const body = /** @type {HTMLElement} */ (desk.panel.querySelector(".edit-body"));
  body.replaceChildren(
    make("h2", { tabindex: -1 }, say(`list-${kind}`)),
    kind === "article" ? "" : button({ class: "edit-add" }, () => openForm(newDraft(kind)), say(`new-${kind}`)),
    ...(kind === "event" ? [make("p", { class: "edit-help" }, say("how-to-begin"))] : []),
    ...(kind === "event" ? openSentences((stretch) => openForm(newStatement(stretch))) : []),
    ...(kind === "event" ? unmappedList() : []),
    make("div", { class: "edit-suggestions-here" }, ...(kind === "event" ? suggestionList() : [])),
    ...reviewPart(kind),
    make("ul", { class: "edit-list" }, ...unsaved.map(unsavedRow), ...entries(kind).map((raw) => row(kind, raw))),
  );
}

/** @param {Draft} draft */
const unsavedRow = (draft) =>
  make(
    "li",
    { class: "edit-unsaved" },
    button(
      { class: "edit-entry" },
      () => openForm(draft),
      nameOf(draft.entry) ? make("span", ownWords(draft), nameOf(draft.entry)) : say("untitled"),
      make("span", { class: "edit-note" }, say("unsaved")),
    ),
  );

/**
 * @param {Kind} kind
 * @param {Raw} raw
 */
function row(kind, raw) {
  const { entry, layer } = raw;
  const isUnsaved = keyOf({ kind, was: entry.id, entry: {} }) in desk.state.forms;
  const count = desk.state.faults.filter(({ item }) => item === entry.id).length;
  const notes = [
    ...(layer ? [desk.page.layers.find(({ id }) => id === layer)?.label ?? layer] : []),
    ...(entry.draft ? [say("draft")] : []),
    ...(isUnsaved ? [say("unsaved")] : []),
    ...(count ? [say(count === 1 ? "one-fault" : "faults", { n: count })] : []),
  ];
  const open = button(
    { class: "edit-entry", "data-entry": entry.id },
    () => editEntry(kind, raw),
    make("span", { class: "edit-own", ...ownWords(raw) }, nameOf(entry)),
    notes.length ? make("span", { class: "edit-note" }, notes.join(" · ")) : null,
  );
  return make("li", { class: entry.draft ? "edit-draft" : null }, open);
}

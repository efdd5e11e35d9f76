/* The form of one entry. What is wrong with it stands beside the fields while it is written; what is not saved is kept
 * by the server, so that nothing is lost when the page is closed.
 */

/** @import { Conflict } from "./compare.js" */
/** @import { Draft, Fault, Kind, OnDisk } from "./types.d.ts" */

import { button, make, on } from "../dom.js";
import { announce } from "./announce.js";
import { highlight } from "./articles.js";
import { comparison, conflictOf, isUnchanged, mergedDraft, theirDraft } from "./compare.js";
import { unmap } from "./coverage.js";
import { desk, entries, entryOf, freeSlot, idFrom, nameOf, operationOf, say } from "./desk.js";
import { fieldNode } from "./fields.js";
import { showFaults, takenId } from "./form_faults.js";
import { gazetteerField } from "./gazetteer_field.js";
import { geometryField, stopDrawing } from "./geometry_field.js";
import { useSpeaker } from "./prefill.js";
import { changeFolder, onOutside } from "./saving.js";
import { send } from "./server.js";
import { sourceFields } from "./source_fields.js";
import { fillIn, forgetChanged } from "./suggested_fields.js";
import { speaking, stretchesOf, whenSuggested } from "./suggestions.js";

const PAUSE = 400; // milliseconds without a change after which a form is checked and kept
const MAIN = {
  event: ["title", "kind", "modality", "said_by", "passages", "when", "places", "actors", "note"],
  place: ["names", "kind", "basis", "tolerance_km", "confidence", "sources", "valid", "note", "within"],
  background: ["text", "when", "sources", "confidence", "places", "explains", "differs", "note"],
  actor: ["names", "kind", "of", "note"],
  source: ["title", "publisher", "date", "licence", "leaning", "url", "no_url", "note"],
  article: ["title", "author", "date", "language", "url"],
};

/**
 * A form, and whether the author has tried to save it. `conflict` is there if its entry was changed on disk since;
 * `isCompared` whether both versions are shown, and `isOutdated` whether the page does not have that on disk yet.
 * @typedef {object} Open
 * @property {Draft} draft
 * @property {HTMLElement} node
 * @property {boolean} tried
 * @property {Conflict | null} conflict
 * @property {boolean} isCompared
 * @property {boolean} isOutdated
 * @property {ReturnType<typeof setTimeout>} [waiting] until the form is checked
 * @property {boolean} [isBeingChecked] whether it is being checked, after which it is kept
 */
/** The form that is open. @type {Open | null} */
let open = null;

/** The draft that is being written; null if no form is open. */
export const openDraft = () => open?.draft ?? null;

/** @type {(kind: Kind) => void} */
let closed = () => {};
/**
 * Registers what is shown once a form is closed; the panel, which does that, imports this module.
 * @param {typeof closed} listener
 */
export function whenClosed(listener) {
  closed = listener;
}

/** The name under which a draft is kept. @param {Draft} draft */
export const keyOf = ({ kind, was, slot }) => `${kind} ${was ?? (slot ? `#${slot}` : "")}`;

/**
 * Opens the form of a draft.
 * @param {Draft} draft
 */
export function openForm(draft) {
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
    },
  });
  draw();
  const body = /** @type {HTMLElement} */ (desk.panel.querySelector(".edit-body"));
  body.replaceChildren(node);
  body.scrollTop = 0;
  desk.root.dataset.tab = "author";
  node.querySelector("h2")?.focus();
  check();
}

/** @param {Draft} draft */
const headingOf = ({ kind, was, entry }) =>
  was ? say("edit-named", { name: nameOf(entry) || was }) : say(`new-${kind}-heading`);

/** Draws all fields of the open form, and leaves the focus where it was. */
function draw() {
  if (!open) return;
  const { draft, node } = open;
  fillIn(draft);
  const active = document.activeElement;
  const focused = active instanceof Element && node.contains(active) ? active.closest("[data-path]") : null;
  const path = /** @type {HTMLElement | null} */ (focused)?.dataset.path;
  const fields = desk.page.forms[draft.kind];
  const main = MAIN[draft.kind].flatMap((name) => fields.find((field) => field.name === name) ?? []);
  const more = fields.filter((field) => !main.includes(field));
  const slot = { holder: draft.entry, draft, change: changed, redraw: draw, inner: fieldNode, open: openForm };
  const wasOpen = Boolean(node.querySelector("details[open]"));
  node.replaceChildren(
    make("h2", { tabindex: -1 }, headingOf(draft)),
    ...versionsNote(open),
    make("div", { class: "edit-faults", role: "alert", id: "edit-faults-" }),
    ...(draft.kind === "place" && !draft.was ? [gazetteerField(draft, openForm, filled)] : []),
    ...(draft.kind === "place" ? [geometryField(draft, changed, draw)] : []),
    ...main.map((field) => fieldNode({ ...slot, field, path: field.name })),
    ...sourceFields(slot),
    more.length
      ? make(
          "details",
          { class: "edit-more", open: wasOpen },
          make("summary", {}, say("more-fields")),
          ...more.map((field) => fieldNode({ ...slot, field, path: field.name })),
        )
      : "",
    actions(draft),
  );
  if (path) {
    const again = node.querySelector(`[data-path="${CSS.escape(path)}"]`);
    /** @type {HTMLElement | null | undefined} */ (again?.querySelector("input, select, textarea, button"))?.focus();
  }
  paintFaults();
}

/**
 * What is to be said of other versions of the entry: that on disk, and what was put aside for it.
 * @param {Open} of
 */
function versionsNote({ draft, conflict, isCompared }) {
  const { aside } = draft;
  if (conflict && isCompared)
    return [comparison(draft, conflict, { take: takeTheirs, keep: keepMine, goOn: () => showVersions(false) })];
  if (conflict)
    return [
      note(
        "differs-on-disk",
        button({ class: "edit-small" }, () => showVersions(true), say("show-both")),
      ),
    ];
  if (aside)
    return [
      note(
        "put-aside",
        button({ class: "edit-small" }, () => replaceBy(aside), say("bring-back")),
      ),
    ];
  return [];
}

/** @param {string} key @param {HTMLElement} action */
const note = (key, action) => make("div", { class: "edit-versions edit-notice" }, make("p", {}, say(key)), action);

/** @param {boolean} are */
function showVersions(are) {
  if (!open) return;
  open.isCompared = are;
  draw();
  /** @type {HTMLElement | null} */ (open.node.querySelector(are ? ".edit-compare h3" : "h2"))?.focus();
}

/** Takes the version on disk; what was in the form is put aside. */
function takeTheirs() {
  if (!open?.conflict) return;
  const { draft, conflict } = open;
  return conflict.theirs ? replaceBy(theirDraft(draft, conflict.theirs)) : becomeNew({ isOpen: false });
}

/** Puts what was changed in the form on top of the version on disk. */
function keepMine() {
  if (!open?.conflict) return;
  const { draft, conflict } = open;
  return conflict.theirs ? replaceBy(mergedDraft(draft, conflict.theirs)) : becomeNew({ isOpen: true });
}

/**
 * Turns the open entry, which is no longer on disk, into a new one that is not saved yet.
 * @param {{ isOpen: boolean }} how
 */
async function becomeNew({ isOpen }) {
  if (!open) return;
  const { was: _was, base: _base, ...rest } = open.draft;
  const fresh = { ...rest, named: true, slot: freeSlot() };
  await keep(fresh);
  await forget(open.draft);
  forgotten = null;
  await replaceBy(fresh, isOpen);
}

/**
 * Opens another version of the entry, and reads the folder again if the page is not up to date.
 * @param {Draft} next
 * @param {boolean} [isOpen] whether its form is to be open then
 */
async function replaceBy(next, isOpen = true) {
  if (!open) return;
  const { isOutdated } = open;
  clearTimeout(open.waiting);
  // leaving the page must not keep the other
  Object.assign(open, { draft: next, conflict: null, waiting: undefined, isBeingChecked: false });
  await keep(next);
  if (isOutdated) await changeFolder("take", {}, say("taken"), { form: isOpen ? keyOf(next) : null, list: next.kind });
  else if (isOpen) openForm(next);
  else closed(next.kind);
}

/**
 * Shows both versions if the open entry was changed on disk since its form was opened.
 * @param {OnDisk} disk
 */
function compare(disk) {
  if (!open) return;
  open.conflict = conflictOf(open.draft, disk.entries[open.draft.kind]);
  open.isOutdated = true;
  if (open.conflict) showVersions(true);
}

/** @param {Draft} draft */
function actions(draft) {
  return make(
    "div",
    { class: "edit-actions" },
    make("button", { type: "submit", class: "edit-primary" }, say(draft.entry.draft ? "accept" : "save")),
    draft.entry.draft && draft.was ? button({}, () => save(true), say("save-as-draft")) : null,
    draft.entry.passages?.length && (draft.entry.draft || !draft.was)
      ? button({}, () => leaveOut(draft), say("unmap"))
      : null,
    button({}, cancel, say("cancel")),
    draft.was && draft.kind !== "article"
      ? button({ class: "edit-remove" }, () => remove(draft), say(draft.entry.draft ? "drop" : "delete"))
      : null,
  );
}

/** Follows a change: the id follows the title of a new entry; then the form is checked and kept. */
function changed() {
  if (!open) return;
  const { draft } = open;
  if (!draft.was && !draft.named) draft.entry.id = idFrom(nameFor(draft), draft.kind);
  forgetChanged(draft, open.node);
  clearTimeout(open.waiting);
  open.waiting = setTimeout(check, PAUSE);
}

/** Draws the form again after several of its fields were filled in at once. */
function filled() {
  changed();
  draw();
}
whenSuggested(() => {
  if (open?.draft.kind === "event" || open?.draft.kind === "place") filled();
});

/** @param {Draft} draft */
function nameFor({ entry }) {
  const { id: _id, ...rest } = entry;
  const name = nameOf({ ...rest, id: "" });
  return name === "undefined" ? "" : name;
}

/** @type {Fault[]} */
let faults = [];
/** How often it was asked what is wrong: an answer counts only until it is asked again. */
let asks = 0;

/** Asks what is wrong with the form, and keeps it. */
async function check() {
  if (!open) return;
  const { draft } = open;
  open.waiting = undefined;
  if (!draft.entry.id && !draft.named) draft.entry.id = idFrom(nameFor(draft), draft.kind);
  const mine = ++asks;
  const isUnwritten = !draft.was && !nameFor(draft) && !draft.entry.passages?.length && !draft.geometry;
  open.isBeingChecked = !isUnwritten;
  const asked = isUnwritten ? { faults: [] } : await send("preview", { operation: operationOf(draft) }).catch(refused);
  if (mine !== asks || open?.draft !== draft) return; // asked again since, or another form is open
  faults = [...asked.faults, ...takenId(draft)];
  paintFaults();
  open.isBeingChecked = false;
  if (!isUnwritten) await keepChanges(draft).catch(() => announce(say("not-kept")));
}

/** The draft that was forgotten last: it is saved, or no longer wanted. @type {Draft | null} */
let forgotten = null;
window.addEventListener("pagehide", () => {
  if ((open?.waiting || open?.isBeingChecked) && open.draft !== forgotten) keepChanges(open.draft).catch(() => {});
});

/** Keeps a draft, so that nothing is lost when the page is closed. @param {Draft} draft */
async function keep(draft) {
  forgotten = null;
  desk.state.forms[keyOf(draft)] = draft;
  await send("keep", { name: keyOf(draft), value: draft });
}

/** Keeps a draft if there is anything to lose. @param {Draft} draft */
async function keepChanges(draft) {
  if (!isUnchanged(draft)) return keep(draft);
  if (!(keyOf(draft) in desk.state.forms)) return;
  delete desk.state.forms[keyOf(draft)];
  await send("keep", { name: keyOf(draft) });
}

/** @param {Draft} draft */
async function forget(draft) {
  forgotten = draft;
  delete desk.state.forms[keyOf(draft)];
  await send("keep", { name: keyOf(draft) });
}

/** Keeps what is written in the open form, and returns how it is opened again. */
async function keepOpen() {
  if (!open) return {};
  const { draft } = open;
  if (isUnchanged(draft)) return { edit: draft.was };
  await keep(draft);
  return { form: keyOf(draft) };
}
onOutside({ keep: keepOpen, compare });

/** @param {Error} error */
const refused = (error) => ({ faults: [{ item: "", path: "", text: error.message, file: "", missing: false }] });

/** Writes each fault beside the field it is about. */
function paintFaults() {
  if (open) showFaults(open.node, open.draft, open.tried ? faults : faults.filter(({ missing }) => !missing));
}

/**
 * Saves the open form.
 * @param {boolean} [asDraft]
 */
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
    /** @type {HTMLElement | null} */ (node.querySelector("[aria-invalid]"))?.focus();
    return;
  }
  await keep(draft);
  const back = draft.back ? await backTo(draft) : null;
  const next = draft.entry.draft && !asDraft ? nextDraft(draft) : null;
  const then = {
    select: draft.kind === "event" || draft.kind === "place" ? draft.entry.id : null,
    form: back,
    edit: next,
    list: draft.kind,
  };
  await changeFolder("apply", { operation }, say("saved", { name: nameOf(own.entry) }), then, () => forget(draft));
}

/**
 * The note of an entry without what only its draft said.
 * @param {Draft} draft
 */
function acceptedNote({ entry, base }) {
  const { draftNote } = desk.page;
  const note = String(entry.note ?? "");
  if (!entry.draft || !note.startsWith(draftNote)) return entry.note;
  return note === base?.entry.note ? "" : note.slice(draftNote.length).trim();
}

/**
 * Keeps the statement that a place or actor was made for, with it, and returns the name under which it is kept.
 * @param {Draft} draft
 */
async function backTo(draft) {
  const { draft: statement, words, mention } = /** @type {Required<Draft>["back"]} */ (draft.back);
  if (mention) {
    useSpeaker(statement, mention, draft.entry.id, speaking());
    delete statement.suggested?.said_by;
    await keep(statement);
    return keyOf(statement);
  }
  const places = statement.entry.places ?? [];
  if (places.some((/** @type {{ id: string }} */ { id }) => id === draft.entry.id)) return keyOf(statement);
  const link = { id: draft.entry.id, role: places.length ? "about" : "site", ...(words ? { words } : {}) };
  statement.entry.places = [...places, link];
  await keep(statement);
  return keyOf(statement);
}

/**
 * The id of the draft after another in the list, which is written next; null if there is none.
 * @param {Draft} draft
 */
function nextDraft({ kind, was }) {
  const drafts = entries(kind).filter(({ entry }) => entry.draft);
  const at = drafts.findIndex(({ entry }) => entry.id === was);
  return drafts[at + 1]?.entry.id ?? null;
}

/**
 * Lists the words of a draft as saying nothing for the map, in its place.
 * @param {Draft} draft
 */
async function leaveOut(draft) {
  const { kind, was, article = "" } = draft;
  await forget(draft);
  const removal = was ? [{ do: "remove", kind, id: was }] : [];
  await unmap(article, stretchesOf(draft), removal, was ? nextDraft(draft) : null);
}

/** Closes the form and forgets what was written. */
async function cancel() {
  if (!open) return;
  const { draft } = open;
  clearTimeout(open.waiting);
  Object.assign(open, { waiting: undefined, isBeingChecked: false });
  close();
  await forget(draft).catch(() => announce(say("not-kept")));
  if (draft.back) openForm(draft.back.draft);
  else closed(draft.kind);
}

/** @param {Draft} draft */
async function remove(draft) {
  const { kind, was } = draft;
  const operation = { do: "remove", kind, id: was };
  const then = { list: kind, edit: draft.entry.draft ? nextDraft(draft) : null };
  await changeFolder("apply", { operation }, say("removed", { name: nameOf(draft.entry) }), then, () => forget(draft));
}

/** Closes the form; what was written stays kept. */
export function close() {
  if (!open) return;
  clearTimeout(open.waiting);
  if (open.waiting || open.isBeingChecked) keepChanges(open.draft).catch(() => announce(say("not-kept")));
  highlight("edit-passage", []);
  stopDrawing();
  open.node.remove();
  open = null;
  faults = [];
}

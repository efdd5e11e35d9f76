/* Changes the folder, and loads the page again with everything where it was. What other programs have changed meanwhile
 * is shown, and taken in once the author wants it.
 */

/** @import { OnDisk } from "./types.d.ts" */

import { button, make } from "../dom.js";
import { announce } from "./announce.js";
import { desk, say } from "./desk.js";
import { ask, RefusedError, send } from "./server.js";
import { leave } from "./stay.js";

/**
 * What the page shows after it was loaded again.
 * @typedef {{ select?: string | null, form?: string | null, edit?: string | null, list?: string, said?: string }} Next
 */

/**
 * @param {"apply" | "undo" | "redo" | "take"} what
 * @param {object} content
 * @param {string} said what is announced afterwards
 * @param {Next} next
 * @param {() => Promise<unknown>} [done] what is left to do once it is written
 */
export async function changeFolder(what, content, said, next, done) {
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

/**
 * What the module of forms, which imports this one, does: keep the form that is open, and return how it is opened
 * again; and compare it with what is on disk.
 * @type {{ keep: () => Promise<Next>, compare: (disk: OnDisk) => void }}
 */
let form = { keep: async () => ({}), compare: () => {} };
/** @param {typeof form} listeners */
export function onOutside(listeners) {
  form = listeners;
}

/** Reads the folder again; the form that is open is then opened again, as it was. */
const take = async () => changeFolder("take", {}, say("taken"), await form.keep());

const PAUSE = 2000; // milliseconds after which files that cannot be read are looked at again
/** The revision on disk that the author does not want to see now. */
let putOff = "";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/** Looks at the files whenever the author comes back to the page. */
export function followDisk() {
  window.addEventListener("focus", () => lookOutside());
}

/**
 * Shows what other programs have changed on disk, if they have.
 * @param {boolean} [again] even if the author did not want to see it
 */
export async function lookOutside(again = false) {
  clearTimeout(waiting);
  const isBusy = () => desk.panel.getAttribute("aria-busy") === "true";
  if (isBusy()) return;
  /** @type {OnDisk | { changed: false }} */
  const disk = await ask("disk", { revision: desk.state.revision });
  if (isBusy()) return; // a change of this page's own
  if (!disk.changed) return void desk.panel.querySelector(".edit-outside")?.remove();
  if (disk.revision === putOff && !again) return;
  showOutside(disk);
  if (disk.unreadable.length) waiting = setTimeout(lookOutside, PAUSE);
  else form.compare(disk);
}

/**
 * Says that files were changed outside, and offers to take them in if they can be read.
 * @param {OnDisk} disk
 */
function showOutside({ files, unreadable, revision }) {
  const old = /** @type {HTMLElement | null} */ (desk.panel.querySelector(".edit-outside"));
  if (old?.dataset.revision === revision) return;
  const words = unreadable.length ? "unreadable" : files.length ? "changed-files" : "changed-outside";
  const later = () => {
    putOff = revision;
    note.remove();
  };
  const note = make(
    "div",
    { class: "edit-outside", role: "alert", "data-revision": revision },
    make("p", {}, say(words, { files: files.join(", ") })),
    unreadable.length
      ? make("ul", {}, ...unreadable.map(({ file, text }) => make("li", {}, `${file}: ${text}`)))
      : null,
    unreadable.length ? null : button({ class: "edit-primary" }, take, say("take-in")),
    button({}, later, say("not-now")),
  );
  old?.remove();
  desk.panel.querySelector(".edit-head")?.append(note);
}

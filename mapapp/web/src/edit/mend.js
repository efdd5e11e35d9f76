/* A folder that cannot be shown: what is wrong with it, file by file and line by line, until it is mended. */

/** @import { PageData } from "./types.d.ts" */

import { make } from "../dom.js";
import { desk, PANEL_LANGUAGE, say } from "./desk.js";
import { ask, send } from "./server.js";

const PAUSE = 2000; // milliseconds after which the files are looked at again
const STYLE = `
  :root { color-scheme: light dark; }
  .edit-mend { max-width: 76ch; margin: 0 auto; padding: 24px 16px; font: 16px/1.5 system-ui, sans-serif; }
  .edit-mend h1 { font-size: 22px; line-height: 1.3; }
  .edit-mend li { margin-block-end: 10px; overflow-wrap: anywhere; }
  .edit-mend b { display: block; }
`;

/**
 * Shows the faults, and loads the page again once there are none.
 * @param {PageData} page
 */
export function showMend(page) {
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
      make("p", { role: "status" }, say("mend-waits")),
    ),
  );
  paint(list, page);
  document.documentElement.dataset.mending = "1";
  wait(list);
}

/** @param {HTMLElement} list @param {PageData} page */
function paint(list, page) {
  desk.page = page;
  desk.state = page.state;
  const items = page.state.faults.map(({ file, line, item, path, text }) => {
    const where = [file, line ? say("line", { line }) : ""].filter(Boolean).join(", ");
    return make("li", {}, make("b", {}, where), [item, path].filter(Boolean).join(" "), item || path ? ": " : "", text);
  });
  list.replaceChildren(...items);
}

/** @param {HTMLElement} list */
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
  }, PAUSE);
}

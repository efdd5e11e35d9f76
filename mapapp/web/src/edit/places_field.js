/* The places of a statement: found by name, taken from the map, or made anew. */

/** @import { Slot } from "./slots.js" */
/** @import { Entry } from "./types.d.ts" */

import { button, make } from "../dom.js";
import { wordsOf } from "./articles.js";
import { entryOf, marked, nameOf, say } from "./desk.js";
import { acceptPlace, neededPlaces } from "./gazetteer.js";
import { newPlace } from "./new_drafts.js";
import { matching, pick } from "./pick.js";
import { placeKey } from "./prefill.js";
import { selectedPlace, whenSelected } from "./selected_place.js";
import { groupItem, labelOf, optionsFor } from "./slots.js";
import { offers, suggestedNote } from "./suggested_fields.js";

/** @param {Slot} slot */
export function placesField(slot) {
  const { holder, draft, change, redraw, field } = slot;
  /** @type {Entry[]} */
  const now = holder.places ?? [];
  /** @param {string} id */
  const add = (id) => {
    const words = now.length || !marked.stretch ? undefined : shortWords();
    holder.places = [...now, { id, role: now.length ? "about" : "site", ...(words ? { words } : {}) }];
    change();
    redraw();
  };
  const items = now.map(({ id }, i) => {
    const made = neededPlaces(draft).find((one) => one.id === id);
    const place = made ?? entryOf("place", id)?.entry;
    const name = place ? nameOf(place) : id;
    const inner = field.fields.filter((one) => one.name !== "id");
    const legend = make("legend", { dir: "auto" }, name);
    return groupItem(slot, i, inner, {
      head: [legend, suggestedNote(slot, placeKey(id)), placeNote(slot, id, Boolean(made))],
      remove: say("remove-named", { name }),
    });
  });
  const options = optionsFor("place");
  /** @param {string} text */
  const anew = (text) => ({
    value: "",
    label: say(text ? "new-place-named" : "new-place", { name: text }),
    take: () => slot.open(newPlace(text, draft)),
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
        ...matching(options, text).filter(({ value }) => !now.some(({ id }) => id === value)),
        anew(text.trim()),
      ],
      choose: ({ value }) => add(value),
    }),
    fromMap(add),
  );
}

/**
 * Says that a place is saved with the statement; of a draft, offers it.
 * @param {Slot} slot
 * @param {string} id
 * @param {boolean} isMade
 */
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
    button({ class: "edit-small" }, accept, say("accept-place")),
  );
}

/** The marked words, where they may name a place. */
function shortWords() {
  const words = marked.stretch ? wordsOf(marked.stretch) : "";
  return words.length <= 40 ? words : undefined;
}

/**
 * A button that takes the place selected on the map.
 * @param {(id: string) => void} add
 */
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

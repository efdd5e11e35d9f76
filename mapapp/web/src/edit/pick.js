/* A field in which one of many is found by its first letters: a combobox with a list below it. */

import { button, make, on } from "../dom.js";
import { say } from "./desk.js";

/**
 * @typedef {{ value: string, label: string, note?: string, take?: () => void }} Option
 * @typedef {Option[] | Promise<Option[]>} Options
 * @typedef {{ label: string, options: (text: string) => Options, choose: (option: Option) => void }} Picking
 */

const MOST = 40; // options in the list
let made = 0;

/** @param {string} text */
export const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * The options that have all words of a text in their label, id or note.
 * @param {Option[]} options
 * @param {string} text
 */
export function matching(options, text) {
  const wanted = plain(text).split(/\s+/).filter(Boolean);
  return options.filter(({ label, value, note }) => {
    const own = plain(`${label} ${value} ${note ?? ""}`);
    return wanted.every((word) => own.includes(word));
  });
}

/**
 * @param {Picking} picking
 * @returns {HTMLElement}
 */
export function pick({ label, options, choose }) {
  const id = `edit-pick-${++made}`;
  const list = make("div", { class: "edit-options", role: "listbox", id, "aria-label": label, hidden: true });
  const input = make("input", {
    ...{ type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", placeholder: say("search") },
    ...{ "aria-label": label, "aria-controls": id, "aria-expanded": "false", "aria-autocomplete": "list", dir: "auto" },
  });
  /** @type {Option[]} */
  let found = [];
  let at = -1;
  let asked = 0; // an answer counts only until it is asked again
  const close = () => {
    asked++;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    at = -1;
  };
  /** @param {Option | undefined} option */
  const take = (option) => {
    if (!option) return;
    input.value = "";
    close();
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
  const open = async () => {
    const mine = ++asked;
    const answer = options(input.value);
    const all = Array.isArray(answer) ? answer : await answer;
    if (mine !== asked) return;
    found = all.slice(0, MOST);
    list.replaceChildren(...found.map((option, i) => optionNode(option, `${id}-${i}`, () => take(option))));
    if (!found.length) list.append(make("p", {}, say("nothing-found")));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    at = input.value && found.length ? 0 : -1;
    point();
  };
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (list.hidden) open();
      else at = (at + (key === "ArrowDown" ? 1 : -1) + found.length) % (found.length || 1);
      point();
    } else if (key === "Enter" && !list.hidden && at >= 0) take(found[at]);
    else if (key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  on(input, { input: open, click: open, keydown: onKey, blur: () => setTimeout(close, 150) });
  return make("div", { class: "edit-pick" }, input, list);
}

/**
 * @param {Option} option
 * @param {string} id
 * @param {() => void} take
 */
function optionNode({ label, note }, id, take) {
  const node = make(
    "div",
    { role: "option", id, "aria-selected": "false" },
    make("span", { dir: "auto" }, label),
    note ? make("span", { class: "edit-note" }, note) : null,
  );
  // before the field loses the focus
  return on(node, {
    mousedown: (event) => {
      event.preventDefault();
      take();
    },
  });
}

/**
 * A small button with a name for those who do not see its sign.
 * @param {string} sign
 * @param {string} label
 * @param {() => void} click
 */
export const signButton = (sign, label, click) =>
  button(
    { class: "edit-sign", "aria-label": label, title: label },
    click,
    make("span", { "aria-hidden": "true" }, sign),
  );

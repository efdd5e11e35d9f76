/* Incident legend, in the layer panel and in the screenshot view. */

/** @import { IncidentHost } from "../types.d.ts" */
/** @import { Columns } from "./columns.js" */
/** @import { Sheet } from "./sheet.js" */

import { all, button, make, one, svg, updateText } from "../dom.js";
import { isPoint } from "../geometry.js";
import { CELL, classWords, radiusOf, sideOf } from "./classes.js";
import { NEAR_KM } from "./columns.js";

const EARTH_KM = 40075; // circumference at the equator

export class Legend {
  /**
   * @param {Columns} columns
   * @param {IncidentHost} host
   * @param {Sheet} sheet
   */
  constructor(columns, host, sheet) {
    this.columns = columns;
    this.host = host;
    this.sheet = sheet;
    this.painted = "";
  }

  isOn() {
    return !this.host.view().hidden.has("incidents");
  }

  /** A note if only the incidents of the selected place are shown. */
  only() {
    const { host, columns } = this;
    const id = host.scope();
    const place = id === null ? undefined : host.place(id);
    if (!this.isOn() || !place || !columns.scope(place)) return [];
    const key = isPoint(place) ? "incidents-only-near" : "incidents-only-in";
    const name = make("bdi", { lang: host.view().names }, host.nameOf(place.id));
    return [make("p", { class: "none" }, host.words(key, { km: NEAR_KM }), " ", name)];
  }

  /** A note if the data does not cover the window, so that missing data is not read as "no incidents". */
  outside() {
    const { view, words, dayWords } = this.host;
    const { first, last } = view();
    const { covered } = this.columns;
    if (!covered || (first <= covered.last && last >= covered.first)) return null;
    return words("incidents-outside-window", { first: dayWords(covered.first), last: dayWords(covered.last) });
  }

  /** The legend of the visible count classes. */
  classes() {
    const { map, words } = this.host;
    const { mode, classes: steps } = this.sheet.shown;
    if (mode === "none") return [];
    const latitude = (map.getCenter().lat * Math.PI) / 180;
    const wide = (CELL * EARTH_KM * Math.cos(latitude)) / (256 * 2 ** map.getZoom());
    const km = wide < 10 ? wide.toPrecision(2) : Math.round(wide);
    return [
      make("p", { class: "none" }, words(mode === "cells" ? "incidents-cells" : "incidents-points", { km })),
      make(
        "div",
        { class: "record-steps" },
        ...[...steps].sort((a, b) => a - b).map((step) => classKey(step, mode, this.host.numberWords)),
      ),
    ];
  }

  /** Opens all visible incidents, so that they can be reached with the keyboard. */
  openAll() {
    this.host.open([...this.sheet.shown.spots.values()].flat().sort((a, b) => a - b));
  }

  /** Redraws the layer's row in the panel if its content has changed. */
  paint() {
    const { map, view, scope, root, words } = this.host;
    const { total, mode, classes: steps } = this.sheet.shown;
    const { names, first, last, as_of: asOf } = view();
    const on = this.isOn();
    const key = [on, total, mode, [...steps].join(), scope(), names, first, last, asOf, map.getZoom()].join("|");
    if (key === this.painted) return;
    this.painted = key;
    const box = one(root, '[data-row="incidents"]');
    updateText(one(box, "label > .n"), on ? this.host.numberWords(total) : "");
    box.classList.toggle("nothing", on && total === 0);
    one(box, ".keys").replaceChildren(
      ...this.only(),
      ...(on && total === 0 ? [make("p", { class: "none" }, this.outside() ?? words("incidents-none"))] : []),
      ...(on ? this.classes() : []),
      ...(on && mode === "points" ? [button({ class: "link" }, () => this.openAll(), words("incidents-list"))] : []),
    );
    this.paintKinds();
  }

  /** Updates the numbers next to the kinds of incident. */
  paintKinds() {
    const found = this.sheet.byKind();
    for (const node of all(this.host.root, "[data-record-kind]")) {
      const n = found.get(node.dataset.recordKind ?? "") ?? 0;
      updateText(one(node, ".n"), this.host.numberWords(n));
      node.classList.toggle("nothing", n === 0);
    }
  }

  /** The notes on the map itself: limitation to a place, and synthetic data. */
  label() {
    if (!this.isOn()) return [];
    const { synthetic, real } = this.sheet.origins();
    const whole = this.columns.synthetic === this.columns.about.records.length || (synthetic > 0 && real === 0);
    if (!whole && synthetic === 0) return this.only();
    const key = whole ? "incidents-synthetic-map" : "incidents-synthetic-some";
    return [...this.only(), make("p", { class: "synthetic" }, this.host.words(key))];
  }

  /** The legend entry for the screenshot view, which has no panel. */
  credit() {
    const swatch = svg(
      "svg",
      { class: "swatch record-mark", viewBox: "-13 -7 26 14", "aria-hidden": "true" },
      svg("circle", { cx: -4, r: 3 }),
      svg("rect", { x: 2, y: -4, width: 8, height: 8 }),
    );
    const n = this.sheet.shown.total;
    const entry = make("div", { class: "key" }, swatch, make("span", {}, this.host.words("incidents-legend", { n })));
    return make("div", { class: "record-credit" }, entry, ...this.only(), ...this.classes());
  }
}

/**
 * @param {number} step
 * @param {"cells" | "points"} mode
 * @param {IncidentHost["numberWords"]} numberWords
 */
function classKey(step, mode, numberWords) {
  const radius = mode === "cells" ? sideOf(step) / 2 : radiusOf(step);
  const half = Math.max(7, radius + 1);
  const shape =
    mode === "cells"
      ? svg("rect", { x: -radius, y: -radius, width: 2 * radius, height: 2 * radius })
      : svg("circle", { r: radius });
  const frame = { viewBox: `-16 ${-half} 32 ${2 * half}`, width: 32, height: 2 * half };
  const swatch = svg("svg", { ...frame, "aria-hidden": "true", class: "record-mark" }, shape);
  return make("span", { class: "key" }, swatch, make("span", {}, classWords(step, numberWords)));
}

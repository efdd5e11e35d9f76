"""Colours, lines and symbols, shared by screen and print.

Hues are from Paul Tol's and Okabe and Ito's colour-blind-safe sets, darkened or lightened until their
contrast against the land is at least 3:1. No distinction depends on hue alone: classes also differ by dash, hatch or
shape, and plain fills by at least 15 of 255 greys. No colour is that of a party's flag. ``article`` is used only for what the article says, ``record`` only for the
reader's incident data.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

LIGHT = {
    "paper": "#ffffff",
    "panel": "#faf9f6",
    "ink": "#22252a",
    "soft": "#5c6068",
    "rule": "#d9d6cd",
    "water": "#e3ecf1",
    "land": "#fbfaf6",
    "country": "#fbfaf6",
    "border": "#8b8678",
    "inner": "#aaa493",
    "river": "#5f8aa6",
    "road": "#8a6d4b",
    "town": "#3a3d43",
    "zone": "#332288",
    "dmz": "#7a5c00",
    "held": "#117a72",
    "government": "#6f5c78",
    "turkish-held": "#9c4a24",
    "shared": "#56691b",
    "line": "#22252a",
    "post": "#22252a",
    "halo": "#ffffff",
    "record": "#0a5f9e",
    "article": "#a3195b",
    "article-wash": "#f9e4ee",
}
DARK = {
    "paper": "#15181d",
    "panel": "#1b1f25",
    "ink": "#e8e6e1",
    "soft": "#a6a9ae",
    "rule": "#363b44",
    "water": "#12202a",
    "land": "#2b2f35",
    "country": "#2b2f35",
    "border": "#8d8a82",
    "inner": "#62646a",
    "river": "#5d8fb0",
    "road": "#b08f63",
    "town": "#d8d6d0",
    "zone": "#a99cf0",
    "dmz": "#e0b94a",
    "held": "#4fc0b5",
    "government": "#d59cc8",
    "turkish-held": "#e59b76",
    "shared": "#b3c26a",
    "line": "#f2f0ea",
    "post": "#f2f0ea",
    "halo": "#15181d",
    "record": "#74b8ee",
    "article": "#ff8abb",
    "article-wash": "#43202f",
}
FONT = '"IBM Plex Sans", "IBM Plex Sans Arabic", "Source Sans 3", "Noto Sans", "Noto Sans Arabic", Arial, sans-serif'


@dataclass(frozen=True)
class Style:
    """The style of a class of places. Colours are palette names; widths and dashes are in screen pixels.

    ``dash`` is an SVG dash array, ``None`` a solid line; ``fill`` ``None`` leaves an area empty; ``hatch`` fills
    it with lines at that angle in degrees, clockwise from the vertical.
    """

    stroke: str
    width: float
    dash: str | None = None
    fill: str | None = None
    opacity: float = 1.0
    hatch: int | None = None


# (layer, kind or None for any, status or None for any): the most specific entry wins; if several are, the last.
STYLES: dict[tuple[str, str | None, str | None], Style] = {
    ("land", None, None): Style("land", 0, fill="land"),
    ("countries", None, None): Style("border", 0.8, fill="country"),
    ("countries", "disputed-area", None): Style("border", 0.8, "3 3", fill="land", hatch=45),
    ("governorates", None, None): Style("inner", 0.8, "6 2 1 2", fill="country", opacity=0.01),
    ("control", None, None): Style("held", 0, fill="held", opacity=0.2),
    ("control", "government-held", None): Style("government", 0, fill="government", opacity=0.32),
    ("control", "turkish-held", None): Style("turkish-held", 0, fill="turkish-held", opacity=0.5, hatch=90),
    ("control", "kurdish-and-army-held", None): Style("shared", 0, fill="shared", opacity=0.5, hatch=0),
    ("control", "contested", None): Style("line", 0.8, "2 2", fill="line", opacity=0.5, hatch=135),
    ("advance", None, None): Style("government", 1, "1 2", fill="government", opacity=0.3),
    ("advance", "to-opposition", None): Style("held", 1, "4 2", fill="held", opacity=0.5),
    ("corridor", None, None): Style("soft", 1.2, "10 3 2 3"),
    ("zones", None, None): Style("zone", 2, "9 4", fill="zone", opacity=0.02),
    ("zones", None, "agreed"): Style("zone", 1.6, "2 4", fill="zone", opacity=0.02),
    ("zones", None, "in-force"): Style("zone", 2.2, "9 4", fill="zone", opacity=0.02),
    ("zones", None, "partly-government"): Style("zone", 2.2, "9 4 2 4", fill="zone", opacity=0.02),
    ("zones", None, "government"): Style("zone", 1.4, "1 4", fill="zone", opacity=0.55, hatch=135),
    ("dmz", None, None): Style("dmz", 1.3, "5 4", fill="dmz", opacity=0.55, hatch=45),
    ("contact-lines", None, None): Style("line", 2.4, "7 3"),
    ("contact-lines", "control-limit", None): Style("line", 1.2, "2 3"),
    ("lakes", None, None): Style("river", 0.8, fill="water"),
    ("rivers", None, None): Style("river", 1.2),
    ("roads", None, None): Style("road", 1.8),
    ("roads", "road", None): Style("road", 1.1, "7 1.5"),
    ("posts", None, None): Style("post", 1.6, fill="paper"),
    ("posts", "military-point", None): Style("post", 1.6, "2 1.4", fill="paper"),  # status unknown
    ("posts", None, "open"): Style("post", 1.6, fill="paper"),
    ("posts", None, "surrounded"): Style("post", 1.6, fill="post"),
    ("posts", None, "left"): Style("soft", 1.2, fill="paper"),
    ("relief", None, None): Style("soft", 0.8, fill="soft"),
    ("towns", None, None): Style("town", 1.2, fill="paper"),
    ("towns", "city", None): Style("town", 1.2, fill="town"),
    ("towns", "capital", None): Style("town", 1.4, fill="town"),
}


@cache
def style_of(layer: str, kind: str, status: str | None) -> Style:
    """Return the style of a class of places: the last of the most specific entries of `STYLES`."""
    fits = [
        (bool(key[1]) + bool(key[2]), number, style)
        for number, (key, style) in enumerate(STYLES.items())
        if key[0] == layer and key[1] in (None, kind) and key[2] in (None, status)
    ]
    return max(fits, key=lambda fit: fit[:2])[2] if fits else Style("ink", 1)


# Size in pixels, weight and letter spacing (em) of names on the map, by layer.
LABELS: dict[str, dict[str, float]] = {
    "countries": {"size": 13, "weight": 600, "spread": 0.16},
    "governorates": {"size": 12, "weight": 500, "spread": 0.08},
    "zones": {"size": 13, "weight": 700, "spread": 0},
    "dmz": {"size": 11, "weight": 600, "spread": 0},
    "control": {"size": 11, "weight": 600, "spread": 0},
    "advance": {"size": 10, "weight": 600, "spread": 0},
    "corridor": {"size": 10, "weight": 600, "spread": 0},
    "lakes": {"size": 11, "weight": 400, "spread": 0},
    "relief": {"size": 11, "weight": 400, "spread": 0.08},
    "contact-lines": {"size": 11, "weight": 600, "spread": 0},
    "rivers": {"size": 11, "weight": 400, "spread": 0},
    "roads": {"size": 10, "weight": 700, "spread": 0},
    "posts": {"size": 11, "weight": 500, "spread": 0},
    "towns": {"size": 12, "weight": 500, "spread": 0},
}

# Symbols on a 16 by 16 grid, drawn with currentColor; `.hollow` parts take the colour of the paper or of the status.
SYMBOLS: dict[str, str] = {
    "kind-agreement": '<path d="M2 9 6 5l3 2 2-2 3 4-5 4z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/>',
    "kind-talks": '<path d="M2 3h12v8H8l-3 3v-3H2z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/>',
    "kind-clashes": '<path d="M3 3l10 10M13 3 3 13" fill="none" stroke="currentColor" stroke-width="2"/>',
    "kind-statement": '<path d="M3 4h4v4l-2 4H3l1-4H3zM9 4h4v4l-2 4H9l1-4H9z" fill="currentColor"/>',
    "kind-demand": '<path d="M7 2h2l-.4 8H7.4zM7 12h2v2H7z" fill="currentColor" stroke="currentColor"/>',
    "kind-threat": '<path d="M8 2 14.5 13.5h-13z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/><path d="M8 6.5v3.6M8 11.2v1.2" stroke="currentColor" stroke-width="1.4"/>',
    "kind-plan": '<path d="M2 8h9M8 4l4 4-4 4" fill="none" stroke="currentColor" stroke-width="1.8" stroke-dasharray="2.4 1.4"/>',
    "kind-control": '<path d="M3 2.5h10v6c0 3-2.5 4.5-5 5.5-2.5-1-5-2.5-5-5.5z" fill="none" stroke="currentColor" stroke-width="1.6"/>',
    "kind-home": '<path d="M2 8 8 2.5 14 8M4 7v6.5h3V10h2v3.5h3V7" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/>',
    "kind-place-russian-observation-post": '<path class="body" d="M8 14 14 2.5H2z"/>',
    "kind-place-observation-post": '<path class="body" d="M8 2 14 13.5H2z"/>',
    "kind-place-military-point": '<rect class="body" x="4" y="4" width="8" height="8"/>',
    "kind-place-capital": '<path class="body" d="M8 2.2l1.7 3.9 4.2.4-3.2 2.8 1 4.1L8 11.2l-3.7 2.2 1-4.1L2.1 6.5l4.2-.4z"/>',
    "kind-place-city": '<circle class="body" cx="8" cy="8" r="3.4"/>',
    "kind-place-town": '<circle class="body" cx="8" cy="8" r="2.7"/>',
    "kind-place-village": '<circle class="body" cx="8" cy="8" r="1.9"/>',
    "kind-place-air-base": '<path class="body" d="M7 3h2v4h4v2H9v4H7V9H3V7h4z"/>',
    "kind-place-mountains": '<path class="body" d="M2.5 11 6 4l2.5 4 1.8-2.2 3.2 5.2z"/>',
    "kind-place-plain": '<path class="body" d="M3 7.2h10v1.6H3z"/>',
    "kind-place-border-crossing": '<path class="body" d="M8 4.2 11.8 8 8 11.8 4.2 8z"/>',
}


def css() -> str:
    """Return CSS: both palettes as variables, and one rule for each entry of `STYLES`."""
    rules = [
        ":root{" + "".join(f"--{name}:{value};" for name, value in LIGHT.items()) + f"--font:{FONT}}}",
        '[data-theme="dark"]{' + "".join(f"--{name}:{value};" for name, value in DARK.items()) + "}",
    ]
    for (layer, kind, status), style in STYLES.items():
        selector = (
            f".layer-{layer}"
            + (f".kind-{kind}" if kind else "")
            + (f'[data-status="{status}"]' if status else "")
        )
        fill = (
            f"url(#{_hatch(layer, kind, status)})"
            if style.hatch is not None
            else f"var(--{style.fill})"
            if style.fill
            else "none"
        )
        rules.append(
            f"{selector}{{color:var(--{style.stroke});stroke:var(--{style.stroke});stroke-width:{style.width}px;"
            f"stroke-dasharray:{style.dash or 'none'};stroke-opacity:{1 if style.width else 0};fill:{fill};"
            f"fill-opacity:{style.opacity}}}"
        )
    return "\n".join(rules)


def _hatch(layer: str, kind: str | None, status: str | None) -> str:
    """Return the id of the hatch of an entry of `STYLES`."""
    return "-".join(("hatch", layer, *filter(None, (kind, status))))


def symbols() -> str:
    """Return a hidden SVG with all symbols and hatches, to be inserted into the page once."""
    parts = [f'<symbol id="{name}" viewBox="0 0 16 16">{shape}</symbol>' for name, shape in SYMBOLS.items()]
    parts += [
        f'<pattern id="{_hatch(*key)}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({style.hatch})"><path d="M0 0V6" stroke="var(--{style.stroke})" '
        f'stroke-width="1.1"/></pattern>'
        for key, style in STYLES.items()
        if style.hatch is not None
    ]
    return (
        '<svg class="defs" width="0" height="0" aria-hidden="true"><defs>' + "".join(parts) + "</defs></svg>"
    )

"""Colours and symbols, shared by screen and print. Which of them a layer has is said in the profile.

Hues are from Paul Tol's and Okabe and Ito's colour-blind-safe sets, darkened or lightened until their
contrast against the land is at least 3:1. No distinction depends on hue alone: classes also differ by dash, hatch or
shape, and plain fills by at least 15 of 255 greys. No colour is that of a party's flag. ``article`` is used only for what the article says, ``record`` only for the
reader's incident data, ``own`` only for layers of the reader's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapapp.core.profile import UNSURE

if TYPE_CHECKING:
    from mapapp.core.profile import Drawn, EventSymbol, NameLook, PlaceSymbol, Profile, Style

HATCH = 0.6  # strength of the lines of a hatch
BAND = 0.3  # strength of the band along the inside of an edge
_GREAT = 700  # weight of the names of great kinds of place

LIGHT = {
    "paper": "#ffffff",
    "panel": "#faf9f6",
    "ink": "#22252a",
    "soft": "#5c6068",
    "rule": "#d9d6cd",
    "water": "#e3ecf1",
    "land": "#fbfaf6",
    "country": "#fbfaf6",
    "stone": "#8b8678",
    "sand": "#aaa493",
    "blue": "#477592",
    "brown": "#8a6d4b",
    "slate": "#3a3d43",
    "violet": "#332288",
    "ochre": "#7a5c00",
    "teal": "#117a72",
    "mauve": "#6f5c78",
    "rust": "#9c4a24",
    "olive": "#56691b",
    "strong": "#22252a",
    "halo": "#ffffff",
    "record": "#0a5f9e",
    "own": "#cc5200",
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
    "stone": "#8d8a82",
    "sand": "#62646a",
    "blue": "#6fa1c1",
    "brown": "#b59466",
    "slate": "#d8d6d0",
    "violet": "#a99cf0",
    "ochre": "#e0b94a",
    "teal": "#4fc0b5",
    "mauve": "#d59cc8",
    "rust": "#e59b76",
    "olive": "#b3c26a",
    "strong": "#f2f0ea",
    "halo": "#15181d",
    "record": "#74b8ee",
    "own": "#ff9e5e",
    "article": "#ff8abb",
    "article-wash": "#43202f",
}
FONT = '"IBM Plex Sans", "IBM Plex Sans Arabic", "Source Sans 3", "Noto Sans", "Noto Sans Arabic", Arial, sans-serif'


# Symbols on a 16 by 16 grid, drawn with currentColor; `.hollow` parts take the colour of the paper or of the status.
HOME = '<path d="M2 8 8 2.5 14 8M4 7v6.5h3V10h2v3.5h3V7" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/>'
EVENT_SYMBOLS: dict[EventSymbol, str] = {
    "handshake": '<path d="M2 9 6 5l3 2 2-2 3 4-5 4z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/>',
    "speech": '<path d="M2 3h12v8H8l-3 3v-3H2z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/>',
    "crossed": '<path d="M3 3l10 10M13 3 3 13" fill="none" stroke="currentColor" stroke-width="2"/>',
    "quotation": '<path d="M3 4h4v4l-2 4H3l1-4H3zM9 4h4v4l-2 4H9l1-4H9z" fill="currentColor"/>',
    "exclamation": '<path d="M7 2h2l-.4 8H7.4zM7 12h2v2H7z" fill="currentColor" stroke="currentColor"/>',
    "warning": '<path d="M8 2 14.5 13.5h-13z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/><path d="M8 6.5v3.6M8 11.2v1.2" stroke="currentColor" stroke-width="1.4"/>',
    "arrow": '<path d="M2 8h9M8 4l4 4-4 4" fill="none" stroke="currentColor" stroke-width="1.8" stroke-dasharray="2.4 1.4"/>',
    "shield": '<path d="M3 2.5h10v6c0 3-2.5 4.5-5 5.5-2.5-1-5-2.5-5-5.5z" fill="none" stroke="currentColor" stroke-width="1.6"/>',
    "drop": '<path d="M8 2c2.6 3.4 4.2 5.4 4.2 7.8c0 2.5-1.9 4.2-4.2 4.2c-2.3 0-4.2-1.7-4.2-4.2c0-2.4 1.6-4.4 4.2-7.8z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/>',
    "people": '<circle cx="5.2" cy="4.6" r="2" fill="currentColor"/><circle cx="11" cy="5.6" r="1.7" fill="currentColor"/><path d="M1.8 13.5V11L4 8.4H6.4L8.6 11V13.5zM9.6 13.5V10L10 9H12L14.2 11V13.5z" fill="currentColor"/>',
    "house": '<path d="M2.5 8 8 3 13.5 8M4 7.5V13.5H12V7.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/>',
    "road": '<path d="M5.5 2 2.5 14M10.5 2 13.5 14" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M8 2V14" fill="none" stroke="currentColor" stroke-width="1.4" stroke-dasharray="2.6 1.8"/>',
    "measure": '<path d="M2 13.5H14" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M3 8h2.4v4H3zM6.8 5h2.4v7H6.8zM10.6 2.5H13v9.5h-2.4z" fill="currentColor"/>',
    "cross": '<path d="M6.2 2h3.6v4.2H14v3.6H9.8V14H6.2V9.8H2V6.2H6.2z" fill="none" stroke="currentColor" stroke-width="1.5"/>',
    "box": '<path d="M2 5.5 8 2.5 14 5.5V11.5L8 14 2 11.5zM2 5.5 8 8.5 14 5.5M8 8.5V14" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/>',
    "dot": '<circle cx="8" cy="8" r="3.6" fill="currentColor"/>',
}
PLACE_SYMBOLS: dict[PlaceSymbol, str] = {
    "triangle-down": '<path class="body" d="M8 14 14 2.5H2z"/>',
    "triangle": '<path class="body" d="M8 2 14 13.5H2z"/>',
    "square": '<rect class="body" x="4" y="4" width="8" height="8"/>',
    "star": '<path class="body" d="M8 2.2l1.7 3.9 4.2.4-3.2 2.8 1 4.1L8 11.2l-3.7 2.2 1-4.1L2.1 6.5l4.2-.4z"/>',
    "circle": '<circle class="body" cx="8" cy="8" r="3.4"/>',
    "circle-medium": '<circle class="body" cx="8" cy="8" r="2.7"/>',
    "circle-small": '<circle class="body" cx="8" cy="8" r="1.9"/>',
    "plus": '<path class="body" d="M7 3h2v4h4v2H9v4H7V9H3V7h4z"/>',
    "peaks": '<path class="body" d="M2.5 11 6 4l2.5 4 1.8-2.2 3.2 5.2z"/>',
    "bar": '<path class="body" d="M3 7.2h10v1.6H3z"/>',
    "diamond": '<path class="body" d="M8 4.2 11.8 8 8 11.8 4.2 8z"/>',
    "tent": '<path class="body" d="M8 3 14 13.5H10L8 9.5 6 13.5H2z"/>',
}


def css(profile: Profile) -> str:
    """Return CSS: both palettes as variables, and rules for the places and names of each layer."""
    dark = "".join(f"--{name}:{value};" for name, value in DARK.items())
    rules = [
        ":root{" + "".join(f"--{name}:{value};" for name, value in LIGHT.items()) + f"--font:{FONT}}}",
        f'[data-theme="dark"]{{{dark}}}',
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme]){{color-scheme:dark;{dark}}}}}",
    ]
    rules += (_place_rule(drawn, style) for drawn, style in profile.styles.items())
    banded = {layer.id for layer in profile.layers.values() if layer.banded}
    rules += (
        f"{_selector(drawn)}.band{{stroke-width:{2 * style.band:g}px;stroke-opacity:{BAND}}}"
        for drawn, style in profile.styles.items()
        if drawn[0] in banded
    )
    rules.append(f":is(path,rect).unsure:not(.band){{stroke-dasharray:{UNSURE} !important}}")
    rules += (_name_rule(layer.id, layer.look) for layer in profile.layers.values())
    rules += (
        f".label.kind-{kind}{{font-weight:{_GREAT}}}"
        for kind, entry in profile.place_kinds.items()
        if entry.great
    )
    return "\n".join(rules)


def _selector(drawn: Drawn) -> str:
    layer, kind, status = drawn
    return (
        f".layer-{layer}"
        + (f".kind-{kind}" if kind else "")
        + (f'[data-status="{status}"]' if status else "")
    )


def _place_rule(drawn: Drawn, style: Style) -> str:
    fill = (
        f"url(#{_hatch_id(drawn)})"
        if style.hatch is not None
        else f"var(--{style.fill})"
        if style.fill
        else "none"
    )
    opacity = 1 if style.hatch is not None else style.opacity  # a hatch has the fill's own
    return (
        f"{_selector(drawn)}{{color:var(--{style.stroke});stroke:var(--{style.stroke});stroke-width:{style.width}px;"
        f"stroke-dasharray:{style.dash or 'none'};stroke-opacity:{1 if style.width else 0};fill:{fill};"
        f"fill-opacity:{opacity}}}"
    )


def _name_rule(layer: str, look: NameLook) -> str:
    more = (";font-style:italic" if look.italic else "") + (";text-transform:uppercase" if look.upper else "")
    spread = f";letter-spacing:{look.spread:g}em" if look.spread else ""
    return (
        f".label.label-{layer}{{font-size:{look.size:g}px;font-weight:{look.weight};color:var(--{look.color})"
        f"{spread}{more}}}"
    )


def _hatch_id(drawn: Drawn) -> str:
    """Return the id of the hatch of a style."""
    return "-".join(("hatch", *filter(None, drawn)))


def symbols(profile: Profile) -> str:
    """Return a hidden SVG with all symbols and hatches, to be inserted into the page once."""
    shapes = {
        "home": HOME,
        **{kind: EVENT_SYMBOLS[entry.symbol] for kind, entry in profile.event_kinds.items()},
        **{f"place-{kind}": PLACE_SYMBOLS[entry.symbol] for kind, entry in profile.place_kinds.items()},
    }
    parts = [
        f'<symbol id="kind-{name}" viewBox="0 0 16 16">{shape}</symbol>' for name, shape in shapes.items()
    ]
    parts += [
        f'<pattern id="{_hatch_id(drawn)}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({style.hatch})"><rect width="6" height="6" fill="var(--{style.fill or "land"})" '
        f'fill-opacity="{style.opacity if style.fill else 0}"/><path d="M0 0V6" stroke="var(--{style.stroke})" '
        f'stroke-width="1.1" stroke-opacity="{HATCH}"/></pattern>'
        for drawn, style in profile.styles.items()
        if style.hatch is not None
    ]
    return (
        '<svg class="defs" width="0" height="0" aria-hidden="true"><defs>' + "".join(parts) + "</defs></svg>"
    )

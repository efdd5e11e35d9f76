"""The styles QGIS applies to the layers of a GeoPackage: our colours, dashes, hatches and symbols as QML.

QGIS reads them from the table ``layer_styles``, which has one row per layer and columns defined by QGIS.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pandas as pd

from mapapp import theme
from mapapp.core.profile import Style
from mapapp.text.labels import event_kind_words, kind_words, layer_words, status_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mapapp.core.profile import Profile

TABLE = "layer_styles"
GEOMETRY = "geom"  # GDAL's default name of the column
_NAME = "mapapp"
_DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_HATCH_PIXELS, _HATCH_WIDTH = 6, 1.1  # as the screen draws it
_SYMBOL_PIXELS = 16
_SHAPES = {"Point": "marker", "LineString": "line", "Polygon": "fill"}

Rule = tuple[str, str | None]  # kind, status


def styles(profile: Profile, qml: dict[str, str], changed: date) -> pd.DataFrame:
    """Return the table of styles.

    Parameters
    ----------
    qml
        The style of each layer, from `places_qml` or `statements_qml`.
    changed
        Date of the last change; it is written to the file, so it must not be the current day.
    """
    return pd.DataFrame(
        [
            {
                "f_table_catalog": "",
                "f_table_schema": "",
                "f_table_name": layer,
                "f_geometry_column": GEOMETRY,
                "styleName": _NAME,
                "styleQML": style,
                "styleSLD": "",
                "useAsDefault": True,
                "description": layer_words(profile, "events" if layer == "event-points" else layer),
                "owner": "",
                "ui": "",
                "update_time": pd.Timestamp(changed),
            }
            for layer, style in qml.items()
        ]
    )


def places_qml(profile: Profile, layer: str, geometry: str, rules: Iterable[Rule]) -> str:
    """Return the style of a layer of places: a rule for each kind and status.

    Parameters
    ----------
    geometry
        ``Point``, ``LineString`` or ``Polygon``, or the multi-geometry of one of them.
    rules
        The kinds and statuses that occur; ``None`` for no status.
    """
    shape = geometry.removeprefix("Multi")
    return _qml(
        (
            _where(kind=kind, status=status),
            _label(profile, kind, status),
            _symbol(shape, profile.style(layer, kind, status), theme.PLACE_SYMBOLS[profile.symbol(kind)]),
        )
        for kind, status in rules
    )


def statements_qml(profile: Profile, kinds: Iterable[str]) -> str:
    """Return the style of the layer of statements at points: a rule for each kind."""
    look = Style("article", 1.6, fill="paper")
    return _qml(
        (
            _where(kind=kind),
            event_kind_words(profile, kind),
            _symbol("Point", look, theme.EVENT_SYMBOLS[profile.event_kinds[kind].symbol]),
        )
        for kind in kinds
    )


def _qml(rules: Iterable[tuple[str, str, ET.Element]]) -> str:
    root = ET.Element("qgis", version="3.28", styleCategories="Symbology")
    renderer = ET.SubElement(root, "renderer-v2", type="RuleRenderer", symbollevels="0")
    tree = ET.SubElement(renderer, "rules", key="all")
    symbols = ET.SubElement(renderer, "symbols")
    for number, (where, label, symbol) in enumerate(rules):
        ET.SubElement(tree, "rule", key=f"rule-{number}", symbol=f"{number}", filter=where, label=label)
        symbol.set("name", f"{number}")
        symbols.append(symbol)
    return _DOCTYPE + ET.tostring(root, encoding="unicode")


def _where(**values: str | None) -> str:
    """Return an SQL filter, with quotes doubled."""
    return " AND ".join(
        f'"{name}" IS NULL' if value is None else f"\"{name}\" = '{value.replace(chr(39), chr(39) * 2)}'"
        for name, value in values.items()
    )


def _label(profile: Profile, kind: str, status: str | None) -> str:
    return ", ".join(
        [kind_words(profile, kind), *([status_words(profile, status)] if status is not None else [])]
    )


def _symbol(shape: str, look: Style, drawing: str) -> ET.Element:
    """Return a symbol; its name is set when it is inserted."""
    symbol = ET.Element("symbol", type=_SHAPES[shape], alpha="1")
    if shape == "Point":
        _marker(symbol, look, drawing)
        return symbol
    if shape == "Polygon" and look.fill:
        _layer(
            symbol, "SimpleFill", color=_colour(look.fill, look.opacity), style="solid", outline_style="no"
        )
    if shape == "Polygon" and look.hatch is not None:
        hatch = _layer(
            symbol,
            "LinePatternFill",
            angle=f"{90 - look.hatch}",  # QGIS measures it from the horizontal
            distance=f"{_HATCH_PIXELS}",
            distance_unit="Pixel",
        )
        stripe = ET.SubElement(hatch, "symbol", type="line", name="@0@0", alpha="1")
        _line(stripe, Style(look.stroke, _HATCH_WIDTH), theme.HATCH)
    if look.width:
        _line(symbol, look)
    return symbol


def _line(symbol: ET.Element, look: Style, opacity: float = 1) -> None:
    _layer(
        symbol,
        "SimpleLine",
        line_color=_colour(look.stroke, opacity),
        line_width=f"{look.width:g}",
        line_width_unit="Pixel",
        use_custom_dash="1" if look.dash else "0",
        customdash=(look.dash or "").replace(" ", ";"),
        customdash_unit="Pixel",
        capstyle="flat",
        joinstyle="round",
    )


def _marker(symbol: ET.Element, look: Style, drawing: str) -> None:
    stroke, fill = theme.LIGHT[look.stroke], theme.LIGHT[look.fill or "paper"]
    dash = f' stroke-dasharray="{look.dash}"' if look.dash else ""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">'
        f'<g fill="{fill}" stroke="{stroke}" stroke-width="{look.width:g}"{dash}>'
        f"{drawing.replace('currentColor', stroke)}</g></svg>"
    )
    _layer(
        symbol,
        "SvgMarker",
        name="base64:" + base64.b64encode(svg.encode()).decode(),
        size=f"{_SYMBOL_PIXELS}",
        size_unit="Pixel",
    )


def _layer(symbol: ET.Element, kind: str, **options: str) -> ET.Element:
    layer = ET.SubElement(symbol, "layer", {"class": kind, "enabled": "1", "pass": "0", "locked": "0"})
    values = ET.SubElement(layer, "Option", type="Map")
    for name, value in options.items():
        ET.SubElement(values, "Option", name=name, value=value, type="QString")
    return layer


def _colour(name: str, opacity: float) -> str:
    """Return a colour of the palette as red, green, blue and opacity, each from 0 to 255."""
    parts = [int(theme.LIGHT[name][at : at + 2], 16) for at in (1, 3, 5)]
    return ",".join(map(str, [*parts, round(opacity * 255)]))

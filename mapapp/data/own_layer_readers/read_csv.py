"""Reads CSV with points: delimited by commas, semicolons or tabs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shapely.geometry import Point

from mapapp.data.own_layer_readers.collector import SPACES, number

if TYPE_CHECKING:
    from mapapp.data.own_layer_readers.collector import Collector

_LAT_COLUMNS = ("lat", "latitude", "y")
_LON_COLUMNS = ("lon", "lng", "long", "longitude", "x")
_BREAK = re.compile("\r\n|\r|\n")


def read_csv(text: str, into: Collector) -> None:
    """Add a point for each row, whose number in a fault is that of the line it begins on."""
    head = _BREAK.split(text, maxsplit=1)[0]
    delimiter = max(",;\t", key=head.count)
    rows = _csv_rows(text, delimiter)
    if rows is None:
        return into.fault("syntax")
    columns = [cell.strip(SPACES) for cell in rows[0][1]] if rows else []
    lower = [name.lower() for name in columns]
    lat, lon = (
        next((lower.index(name) for name in known if name in lower), None)
        for known in (_LAT_COLUMNS, _LON_COLUMNS)
    )
    if lat is None or lon is None:
        return into.fault("columns", ", ".join(columns))
    into.unit = "row"
    for line, cells in rows[1:]:
        into.n = line
        if len(cells) > len(columns):
            into.fault("cells", f"{len(cells)} > {len(columns)}")
            continue
        x, y = (_csv_number(cells[column] if column < len(cells) else "", delimiter) for column in (lon, lat))
        if x is None or y is None:
            into.fault("position", ", ".join(cells[at] if at < len(cells) else "" for at in (lon, lat)))
            continue
        at = into.position(x, y)
        if at:
            into.shapes.append(Point(at))
    return None


def _csv_number(cell: str, delimiter: str) -> float | None:
    """Return a number; with a decimal comma too, unless commas delimit."""
    text = cell.strip(SPACES)
    return number(text if delimiter == "," else text.replace(",", ".", 1))


def _csv_rows(text: str, delimiter: str) -> list[tuple[int, list[str]]] | None:
    """Return the rows that are not blank, with the line on which each begins.

    ``None`` if a quotation mark is not closed. Python's csv module reads some files in other ways than the
    browser does.
    """
    plain = _BREAK.sub("\n", text)
    one = re.compile(rf'(?:"((?:[^"]|"")*)("?))?([^{delimiter}\n]*)({delimiter}|\n|\Z)')
    rows: list[tuple[int, list[str]]] = []
    cells: list[str] = []
    at, first, lines = 0, 1, 1
    while at <= len(plain):
        found = one.match(plain, at)
        if found is None or found[2] == "":  # the pattern fits everywhere; a quotation is closed by a mark
            return None
        cells.append((found[1] or "").replace('""', '"') + found[3])
        lines += found[0].count("\n")
        if found[4] != delimiter:
            if any(cell.strip(SPACES) for cell in cells):
                rows.append((first, cells))
            cells, first = [], lines
        at = found.end() + (found[4] == "")
    return rows

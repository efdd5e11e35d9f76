"""Read a layer of the reader's own: GeoJSON, KML, GPX or CSV with points.

`mapapp/web/src/own_layer_readers` reads the same in the browser, and accepts and refuses the same;
``tests/own_layers`` holds cases for both. The file is not trusted: its texts are plain text, and it does not
say how it is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from shapely.geometry.base import BaseGeometry

from mapapp.data.own_layer_readers.collector import Collector, Fault
from mapapp.errors import DataError, Issues

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_BYTES = 20_000_000
MOST_VERTICES = 50_000
_READERS = MappingProxyType(
    {"geojson": "geojson", "json": "geojson", "kml": "kml", "gpx": "gpx", "csv": "csv", "tsv": "csv"}
)
ENDINGS = tuple(_READERS)


@dataclass(frozen=True)
class OwnLayer:
    """A layer of the reader's own: the name of its file, and its shapes in WGS 84 (lon, lat)."""

    file: str
    shapes: tuple[BaseGeometry, ...]


def read_own_layer(file: str, content: bytes) -> OwnLayer:
    """Read a file of the reader's own.

    Parameters
    ----------
    file
        Its name, which says what it is and names it in errors.

    Raises
    ------
    DataError
        If anything in the file cannot be drawn; every fault is listed.
    """
    shapes, faults = examine(file, content)
    if faults:
        issues = Issues()
        for fault in faults:
            issues.add(fault.issue(file))
        raise DataError(issues.all())
    return OwnLayer(file, tuple(shapes))


def examine(file: str, content: bytes) -> tuple[list[BaseGeometry], list[Fault]]:
    """Return the shapes in a file, and its faults."""
    into = Collector()
    read = _reader_for(file)
    if read is None:
        into.fault("format", file)
    elif (text := _text_of(content, into)) is not None:
        read(text, into)
        into.unit, into.n = "file", 0
        if into.vertices > MOST_VERTICES:
            into.fault("vertices", str(into.vertices))
        if not into.faults and not into.shapes:
            into.fault("empty")
    return ([] if into.faults else into.shapes), into.faults


def _reader_for(file: str) -> Callable[[str, Collector], None] | None:
    ending = file.lower().rpartition(".")[2] if "." in file else ""
    if (form := _READERS.get(ending)) is None:
        return None
    reader = f"read_{form}"  # loaded only for such a file: the XML parser alone takes 20 ms
    read: Callable[[str, Collector], None] = getattr(
        import_module(f"mapapp.data.own_layer_readers.{reader}"), reader
    )
    return read


def _text_of(content: bytes, into: Collector) -> str | None:
    if len(content) > MOST_BYTES:
        into.fault("size", str(len(content)))
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        into.fault("encoding")
        return None

"""Figures for tests, drawn once in a process for all tests that only look at them."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from mapapp.core.model import Atlas
from mapapp.core.view import View
from mapapp.figure import draw
from mapapp.figure.drawing import Map
from mapapp.figure.extras import Extras
from mapapp.figure.map_sheet import draw_map_sheet
from mapapp.figure.notes import Notes
from mapapp.figure.page import head_of, map_size, page_data
from mapapp.figure.sizes import SIZES
from mapapp.view_address import read_address

DAY = "as_of=2020-02-19"
STORY = "first=2017-01-01&last=2020-02-19"
QUERIES = {
    "the article's day": DAY,
    "2017": "first=2017-01-01&last=2017-12-31",
    "September 2018": "first=2018-09-01&last=2018-09-30",
    "the whole story": STORY,
    "Arabic names": f"{STORY}&lang=ar",
    "Syria": f"{STORY}&camera=35,38,6.5&lang=ru&selected=zone-ghouta",
    "half the world": f"{STORY}&camera=48,45,3.2",
    "a selected zone": "first=2017-01-01&last=2017-12-31&selected=zone-homs",
    "an empty window": "first=2019-06-01&last=2019-06-02&certain=1&hidden=zones,posts",
}
_DRAWN: dict[tuple[object, ...], tuple[Atlas, Any]] = {}  # with the atlas, so that no other gets its id


def view_of(atlas: Atlas, query: str) -> View:
    """Return the view of an address that is right."""
    view, remarks = read_address(dict(parse_qsl(query)), atlas)
    assert not remarks
    return view


def figure(atlas: Atlas, query: str, form: str, size: str = "a4-landscape", **options: Any) -> bytes:
    """Return a figure as a file; ``options`` are those of `draw`."""
    key = ("figure", id(atlas), query, form, size, *sorted(options.items()))
    if key not in _DRAWN:
        given = {"address": f"?{query}", "dpi": 100, **options}
        drawn = draw(atlas, view_of(atlas, query), form, size=size, **given)  # type: ignore[arg-type]
        _DRAWN[key] = atlas, drawn
    done: bytes = _DRAWN[key][1]
    return done


def map_of(atlas: Atlas, query: str, size: str = "a4-landscape") -> Map:
    """Return the map of a figure."""
    key = ("map", id(atlas), query, size)
    if key not in _DRAWN:
        notes, page = Notes(atlas, view_of(atlas, query)), SIZES[size]
        drawn = draw_map_sheet(notes, page, *map_size(page, head_of(notes, page, Extras())))
        _DRAWN[key] = atlas, drawn
    done: Map = _DRAWN[key][1]
    return done


def page_of(
    atlas: Atlas, query: str, size: str = "a4-landscape", *, address: str | None = None, pages: bool = True
) -> dict[str, Any]:
    """Return the pages of a figure as data, before they are set."""
    drawing, page, extras = map_of(atlas, query, size), SIZES[size], Extras()
    head = head_of(drawing.notes, page, extras)
    where = f"?{query}" if address is None else address
    return page_data(drawing, head, page, where, extras, files=(), pages=pages, only_map=False)


def said_on_map(atlas: Atlas, query: str, size: str = "a4-landscape") -> str:
    """Return the texts of the map, its key and its source line."""
    return " ".join(text.text for text in map_of(atlas, query, size).sheet.texts())


def said_first(data: dict[str, Any]) -> str:
    """Return the texts beside the map on the first page; all short notes, whether there is room or not."""
    notes = [part for note in data["notes"] for part in (note["number"], *_texts(note["parts"]))]
    return " ".join([data["title"], data["lead"], *notes, data["empty"], data["more"], *_texts(data["foot"])])


def said_after(data: dict[str, Any], title: str = "") -> str:
    """Return the texts of the pages that follow, or of the section with a title."""
    said = []
    for section in data["sections"]:
        if title in ("", section["title"]):
            said.append(section["title"])
            for item in section["items"]:
                said += [item["number"], *_texts(item["parts"]), (item["quote"] or {"text": ""})["text"]]
    return " ".join(said)


def _texts(parts: list[dict[str, Any]]) -> list[str]:
    return [part["text"] for part in parts]

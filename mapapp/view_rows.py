"""The items a view shows, as rows of plain values: what frames and files are made from.

`mapapp.frames` describes the columns. Texts are single lines, except quoted passages; a missing value and an
empty text are ``None``. A list may be empty. Days are `datetime.date`, both ends included; ``None`` is an
open end. Shapes are WGS 84 (EPSG:4326), longitude first. The base map's land is not included.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from pyproj import Geod

from mapapp.core.location import areas_around, location, positions
from mapapp.core.model import LANGUAGES
from mapapp.core.relations import places_of
from mapapp.core.sanitize import clean
from mapapp.core.statuses import spans
from mapapp.text.dates import when_words
from mapapp.text.names import in_lang, speaker
from mapapp.text.quotation import quotation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from mapapp.core.edtf import When
    from mapapp.core.location import Location
    from mapapp.core.model import Atlas, Event, Place
    from mapapp.core.select import Selection
    from mapapp.core.view import Certainty, View

Value = str | bool | int | float | date | list[str] | None
Row = dict[str, Value]

DAYS = ("earliest", "latest")
_WHEN = ("when", "when_words", *DAYS)
_STATEMENT = (
    "number", "event", "title", "kind", "modality", "said_by", "said_by_name", "via", "via_name", "actors",
    "actor_names", *_WHEN, "when_basis", "said", "certainty", "quotation", "passages", "note",
)  # fmt: skip
_EVENTS = (*_STATEMENT, "place", "place_name", "layer", "role", "words", "tolerance_km")
_STATEMENTS = (
    *_STATEMENT, "location", "location_ids", "location_role", "other_locations", "countries", "iso3",
    "admin1", "admin1_pcodes", "latitude", "longitude", "point_basis", "geo_precision", "radius_km",
    "tolerance_km",
)  # fmt: skip
PLACE_COLUMNS = (
    "place", "layer", "kind", *(f"name_{lang}" for lang in LANGUAGES), "in_article", "valid", *DAYS,
    "certainty", "status", "status_when", "basis", "tolerance_km", "confidence", "within", "sources", "note",
)  # fmt: skip
_STATUSES = ("place", "status", "when", *DAYS, "sources", "note")
_BACKGROUND = (
    "fact", "text", *_WHEN, "certainty", "confidence", "places", "explains", "differs", "sources", "note",
)  # fmt: skip
_SOURCES = ("source", "title", "publisher", "date", "licence", "leaning", "url", "locator", "no_url", "note")
_EARTH = Geod(ellps="WGS84")


class Table(NamedTuple):
    """Rows that all have the same columns, in the same order; an empty table still has its columns.

    ``shapes`` has the geometry of each row, ``None`` where it has none; it is empty if the table has no
    geometry.
    """

    columns: tuple[str, ...]
    rows: list[Row]
    shapes: Sequence[BaseGeometry | None] = ()


def event_rows(atlas: Atlas, selection: Selection, lang: str = "en") -> Table:
    """Return the rows of `mapapp.frames.event_frame`, with the geometries of their places."""
    rows: list[Row] = []
    shapes: list[BaseGeometry | None] = []
    for event, statement in _statements(atlas, selection, lang):
        for place, link in places_of(atlas, event):
            rows.append(
                {
                    **statement,
                    "place": place.id,
                    "place_name": in_lang(place.names, lang),
                    "layer": place.layer,
                    "role": link.role,
                    "words": link.words,
                    "tolerance_km": float(place.tolerance_km),
                }
            )
            shapes.append(place.geometry)
    return _table(_EVENTS, rows, shapes)


def statement_rows(atlas: Atlas, selection: Selection, lang: str = "en") -> Table:
    """Return the rows of `mapapp.frames.statement_frame`, with the true positions of the statements."""
    rows: list[Row] = []
    shapes: list[BaseGeometry | None] = []
    for event, statement in _statements(atlas, selection, lang):
        found = location(atlas, event)
        located = {place.id for place in found.places}
        countries = areas_around(atlas, found.places, "countries")
        provinces = areas_around(atlas, found.places, "governorates")
        rows.append(
            {
                **statement,
                "location": [in_lang(place.names, lang) for place in found.places],
                "location_ids": [place.id for place in found.places],
                "location_role": found.role,
                "other_locations": [
                    in_lang(place.names, lang)
                    for place, link in places_of(atlas, event)
                    if place.id not in located
                ],
                "countries": [in_lang(area.names, lang) for area in countries],
                "iso3": _codes(countries, "iso3"),
                "admin1": [in_lang(area.names, lang) for area in provinces],
                "admin1_pcodes": _codes(provinces, "pcode"),
                "latitude": found.point.y,
                "longitude": found.point.x,
                "point_basis": found.basis,
                "geo_precision": found.precision,
                "radius_km": _radius(found),
                "tolerance_km": float(max(place.tolerance_km for place in found.places)),
            }
        )
        own = positions(atlas, event)
        shapes.append(shapely.MultiPoint(own) if own else None)
    return _table(_STATEMENTS, rows, shapes)


def place_rows(atlas: Atlas, selection: Selection) -> Table:
    """Return the rows of `mapapp.frames.place_frame`, with the geometries of the places."""
    named = {link.id for event in atlas.events for link in event.places if link.words}
    shown = [item for item in selection.places if item[0].layer != "land"]
    rows: list[Row] = [
        {
            "place": place.id,
            "layer": place.layer,
            "kind": place.kind,
            **{f"name_{lang}": getattr(place.names, lang) for lang in LANGUAGES},
            "in_article": place.id in named,
            "valid": place.valid.edtf,
            **_bounds(place.valid),
            "certainty": certainty,
            "status": status.status if status else None,
            "status_when": status.when.edtf if status else None,
            "basis": place.basis,
            "tolerance_km": float(place.tolerance_km),
            "confidence": place.confidence,
            "within": list(place.within),
            "sources": list(place.sources),
            "note": place.note,
            **dict(place.facts),
        }
        for place, certainty, status in shown
    ]
    further = sorted({key for row in rows for key in row} - {*PLACE_COLUMNS})
    table = _table((*PLACE_COLUMNS, *further), rows, [place.geometry for place, *_ in shown])
    for column in further:
        _unify(table.rows, column)
    return table


def status_rows(selection: Selection, view: View) -> Table:
    """Return the rows of `mapapp.frames.status_frame`."""
    rows: list[Row] = [
        {
            "place": place.id,
            "status": status.status,
            "when": status.when.edtf,
            "earliest": first,
            "latest": last,
            "sources": list(status.sources),
            "note": status.note,
        }
        for place, *_ in selection.places
        for status, first, last in spans(place, view)
        if status
    ]
    return _table(_STATUSES, rows)


def background_rows(selection: Selection) -> Table:
    """Return the rows of `mapapp.frames.background_frame`."""
    rows: list[Row] = [
        {
            "fact": fact.id,
            "text": fact.text,
            **_when(fact.when),
            "certainty": certainty,
            "confidence": fact.confidence,
            "places": list(fact.places),
            "explains": list(fact.explains),
            "differs": list(fact.differs),
            "sources": list(fact.sources),
            "note": fact.note,
        }
        for fact, certainty in selection.facts
    ]
    return _table(_BACKGROUND, rows)


def source_rows(atlas: Atlas, ids: Iterable[str]) -> Table:
    """Return the rows of `mapapp.frames.source_frame`."""
    found = [atlas.source[item] for item in ids]
    rows: list[Row] = [
        {**vars(source), "source": source.id, "date": source.date.edtf if source.date else None}
        for source in found
    ]
    return _table(_SOURCES, rows)


def _statements(atlas: Atlas, selection: Selection, lang: str) -> Iterable[tuple[Event, Row]]:
    """Return each statement with the columns that are the same for all its places."""
    numbers = {event.id: number for number, event in enumerate(atlas.events, start=1)}
    for event, certainty in selection.events:
        yield event, _statement(atlas, event, numbers[event.id], certainty, lang)


def _statement(atlas: Atlas, event: Event, number: int, certainty: Certainty, lang: str) -> Row:
    return {
        "number": number,
        "event": event.id,
        "title": event.title,
        "kind": event.kind,
        "modality": event.modality,
        "said_by": event.said_by,
        "said_by_name": speaker(atlas, event.said_by, lang),
        "via": event.via,
        "via_name": speaker(atlas, event.via, lang) if event.via else None,
        "actors": list(event.actors),
        "actor_names": [speaker(atlas, actor, lang) for actor in event.actors],
        **_when(event.when),
        "when_basis": event.when.basis,
        "said": event.said.edtf if event.said else None,
        "certainty": certainty,
        "quotation": quotation(atlas.article, event).text,
        "passages": [passage.exact for passage in event.passages],
        "note": event.note,
    }


def _when(when: When) -> Row:
    return {"when": when.edtf, "when_words": when_words(when), **_bounds(when)}


def _bounds(when: When) -> Row:
    return {"earliest": when.earliest, "latest": when.latest}


def _unify(rows: Iterable[Row], column: str) -> None:
    """Give the numbers of a column one type: integers if all are whole, otherwise floats."""
    present = [row for row in rows if row[column] is not None]
    numbers = [value for row in present if isinstance(value := row[column], int | float)]
    if len(numbers) < len(present):  # it has texts
        return
    number_type = int if all(number == int(number) for number in numbers) else float
    for row, number in zip(present, numbers, strict=True):
        row[column] = number_type(number)


def _codes(areas: Iterable[Place], fact: str) -> list[str]:
    return [str(code) for area in areas if (code := dict(area.facts).get(fact))]


def _radius(found: Location) -> float:
    """Return the distance in km from the point within which the whole location lies, rounded up."""
    farthest = 0.0
    for place in found.places:
        lon, lat = shapely.get_coordinates(place.geometry).T
        _, _, metres = _EARTH.inv(
            np.full(lon.shape, found.point.x), np.full(lat.shape, found.point.y), lon, lat
        )
        farthest = max(farthest, float(metres.max()) / 1000 + place.tolerance_km)
    return float(np.ceil(farthest))


def _table(columns: Sequence[str], rows: Iterable[Row], shapes: Sequence[BaseGeometry | None] = ()) -> Table:
    clean_rows = [{column: _clean(column, row.get(column)) for column in columns} for row in rows]
    return Table(tuple(columns), clean_rows, shapes)


def _clean(column: str, value: Value) -> Value:
    """Return a text as one sanitised line, missing if empty; quoted passages are returned unchanged."""
    if column in ("passages", "words"):
        return value
    if isinstance(value, str):
        return clean(value) or None
    return [clean(item) for item in value] if isinstance(value, list) else value

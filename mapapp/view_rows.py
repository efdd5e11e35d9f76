"""The items a view shows, as rows of plain values: what frames and files are made from.

`mapapp.frames` describes the columns. Texts are single lines, except quoted passages; a missing value and an
empty text are ``None``. A list may be empty. Days are `datetime.date`, both ends included; ``None`` is an
open end. Shapes are WGS 84 (EPSG:4326), longitude first. The base map's land is not included.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from mapapp.core.compare import comparison
from mapapp.core.drafts import has_drafts
from mapapp.core.geodesy import geod
from mapapp.core.location import areas_around, location, positions
from mapapp.core.relations import places_of
from mapapp.core.sanitize import clean
from mapapp.core.statuses import spans
from mapapp.text.authored import event_note, event_title, publisher_words
from mapapp.text.dates import when_words
from mapapp.text.labels import article_title, in_lang, kind_words, speaker
from mapapp.text.locales import current_language, local
from mapapp.text.quotation import quotation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from mapapp.core.edtf import When
    from mapapp.core.location import Location
    from mapapp.core.model import Atlas, Event, Place, Quantity
    from mapapp.core.select import Selection
    from mapapp.core.view import Certainty, View

Value = str | bool | int | float | date | list[str] | None
Row = dict[str, Value]

_BOUNDS = ("earliest", "latest")
DAYS = (*_BOUNDS, "article_date", "first", "last")
_WHEN = ("when", "when_words", *_BOUNDS)
_STATEMENT = (
    "number", "number_shown", "event", "title", "kind", "modality", "said_by", "said_by_name", "via",
    "via_name", "actors", "actor_names", *_WHEN, "when_basis", "said", "certainty", "quotation", "passages",
    "note",
)  # fmt: skip
_ARTICLE = (
    "article", "article_title", "article_publisher", "article_date", "article_url", "article_sha256",
)  # fmt: skip
_EVENTS = (*_STATEMENT, "place", "place_name", "layer", "role", "words", "tolerance_km")
_STATEMENTS = (
    *_STATEMENT, "location", "location_ids", "location_role", "other_locations", "countries", "iso3",
    "admin1", "admin1_pcodes", "latitude", "longitude", "point_basis", "geo_precision", "radius_km",
    "tolerance_km",
)  # fmt: skip
_PLACE_NAMES = ("place", "layer", "kind")
_PLACES = (
    "in_article", "articles", "valid", *_BOUNDS, "certainty", "status", "status_when", "basis",
    "tolerance_km", "confidence", "within", "sources", "note",
)  # fmt: skip
_STATUSES = ("place", "status", "when", *_BOUNDS, "sources", "note")
_BACKGROUND = (
    "fact", "text", *_WHEN, "certainty", "confidence", "places", "explains", "differs", "sources", "note",
)  # fmt: skip
_SOURCES = ("source", "title", "publisher", "date", "licence", "leaning", "url", "locator", "no_url", "note")
_QUANTITIES = (
    "number_shown",
    "event",
    "article",
    "kind",
    "label",
    "min",
    "best",
    "max",
    "unit",
    "as_said",
    "note",
)
_CHANGES = (
    "change", "kind", "label", "layer", "from", "to", "first", "last", "km2_min", "km2_best", "km2_max",
    "rounded_min", "rounded_best", "rounded_max",
)  # fmt: skip


class Table(NamedTuple):
    """Rows that all have the same columns, in the same order; an empty table still has its columns.

    ``shapes`` has the geometry of each row, ``None`` where it has none; it is empty if the table has no
    geometry.
    """

    columns: tuple[str, ...]
    rows: list[Row]
    shapes: Sequence[BaseGeometry | None] = ()


def place_columns(atlas: Atlas) -> tuple[str, ...]:
    """Return the columns that every table of places has, in order."""
    names = (f"name_{lang}" for lang in atlas.profile.languages)
    return (*_PLACE_NAMES, *names, *_PLACES, *_draft_columns(atlas))


def quantity_columns(atlas: Atlas) -> dict[str, str]:
    """Return the columns of quantities, with their HXL tags, for the kinds used in the data folder.

    A kind has several sets of columns if a statement of the folder has several quantities of that kind; the
    names of the second set end in ``_2``, and so on. Empty without quantities.
    """
    most: dict[str, int] = {}
    for event in atlas.events:
        for kind, found in _by_kind(event).items():
            most[kind] = max(most.get(kind, 0), len(found))
    columns: dict[str, str] = {}
    for kind in (kind for kind in atlas.profile.quantities if kind in most):
        tag = atlas.profile.quantities[kind].hxl
        for order in range(most[kind]):
            names = _quantity_names(kind, order)
            tags = (f"{tag}+min", tag, f"{tag}+max", f"{tag}+unit", f"{tag}+as_said")
            columns |= dict(zip(names, tags, strict=True))
    return columns


def event_rows(atlas: Atlas, selection: Selection, lang: str = "") -> Table:
    """Return the rows of `mapapp.frames.event_frame`, with the geometries of their places."""
    further = (*_ARTICLE, *quantity_columns(atlas), *_draft_columns(atlas))
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
    return _whole(_table((*_EVENTS, *further), rows, shapes), quantity_columns(atlas))


def statement_rows(atlas: Atlas, selection: Selection, lang: str = "") -> Table:
    """Return the rows of `mapapp.frames.statement_frame`, with the true positions of the statements."""
    further = (*_ARTICLE, *quantity_columns(atlas), *_draft_columns(atlas))
    rows: list[Row] = []
    shapes: list[BaseGeometry | None] = []
    for event, statement in _statements(atlas, selection, lang):
        found = location(atlas, event)
        located = {place.id for place in found.places}
        countries = areas_around(atlas, found.places, "country")
        provinces = areas_around(atlas, found.places, "province")
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
    return _whole(_table((*_STATEMENTS, *further), rows, shapes), quantity_columns(atlas))


def change_rows(atlas: Atlas, view: View) -> Table:
    """Return the rows of `mapapp.frames.change_frame`, with the land that was gained or lost."""
    found = comparison(atlas, view)
    rows: list[Row] = []
    shapes = []
    for holder in found.kinds if found else ():
        for change, land in (("gained", holder.gained), ("lost", holder.lost)):
            if found is None or not land.km2.best:
                continue
            parts = [
                one.before if change == "gained" else one.after
                for one in found.transfers
                if holder.kind == (one.after if change == "gained" else one.before)
            ]
            others, own = [part or "" for part in parts], [holder.kind]
            exact, rounded = land.km2, land.km2.rounded
            rows.append(
                {
                    "change": change,
                    "kind": holder.kind,
                    "label": kind_words(atlas.profile, holder.kind),
                    "layer": holder.layer,
                    "from": others if change == "gained" else own,
                    "to": own if change == "gained" else others,
                    "first": found.first,
                    "last": found.last,
                    "km2_min": round(exact.least, 2),
                    "km2_best": round(exact.best, 2),
                    "km2_max": round(exact.most, 2),
                    "rounded_min": rounded.least,
                    "rounded_best": rounded.best,
                    "rounded_max": rounded.most,
                }
            )
            shapes.append(land.geometry)
    return Table(_CHANGES, rows, shapes)


def place_rows(atlas: Atlas, selection: Selection) -> Table:
    """Return the rows of `mapapp.frames.place_frame`, with the geometries of the places."""
    columns, land = place_columns(atlas), atlas.profile.having("land")
    named: dict[str, dict[str, None]] = {}  # the articles that name each place, in order
    for event in atlas.events:
        for link in event.places:
            if link.words:
                named.setdefault(link.id, {})[event.article] = None
    shown = [item for item in selection.places if item[0].layer not in land]
    rows: list[Row] = [
        {
            "place": place.id,
            "layer": place.layer,
            "kind": place.kind,
            **{f"name_{lang}": place.names.texts.get(lang) for lang in atlas.profile.languages},
            "in_article": place.id in named,
            "articles": [*named.get(place.id, ())],
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
            "draft": place.draft,
            **{f"fact_{key}" if key in columns else key: value for key, value in place.facts},
        }
        for place, certainty, status in shown
    ]
    further = sorted({key for row in rows for key in row} - {*columns, "draft"})
    return _whole(_table((*columns, *further), rows, [place.geometry for place, *_ in shown]), further)


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


def background_rows(atlas: Atlas, selection: Selection) -> Table:
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
            "draft": fact.draft,
        }
        for fact, certainty in selection.facts
    ]
    return _table((*_BACKGROUND, *_draft_columns(atlas)), rows)


def source_rows(atlas: Atlas, ids: Iterable[str]) -> Table:
    """Return the rows of `mapapp.frames.source_frame`."""
    found = [atlas.source[item] for item in ids]
    rows: list[Row] = [
        {**vars(source), "source": source.id, "date": source.date.edtf if source.date else None}
        for source in found
    ]
    return _table(_SOURCES, rows)


def quantity_rows(atlas: Atlas, selection: Selection) -> Table:
    """Return the rows of `mapapp.frames.quantity_frame`."""
    kinds = atlas.profile.quantities
    rows: list[Row] = [
        {
            "number_shown": atlas.numbers[event.id],
            "event": event.id,
            "article": event.article,
            "kind": one.kind,
            "label": local(kinds[one.kind].labels),
            "min": one.least,
            "best": one.best,
            "max": one.most,
            "unit": kinds[one.kind].unit_in(current_language()),
            "as_said": one.words,
            "note": one.note,
        }
        for event, _ in selection.events
        for one in event.quantities
    ]
    return _table(_QUANTITIES, rows)


def _statements(atlas: Atlas, selection: Selection, lang: str) -> Iterable[tuple[Event, Row]]:
    """Return each statement with the columns that are the same for all its places."""
    for event, certainty in selection.events:
        yield event, _statement(atlas, event, certainty, lang)


def _statement(atlas: Atlas, event: Event, certainty: Certainty, lang: str) -> Row:
    article = atlas.article[event.article]
    return {
        "number": event.number,
        "number_shown": atlas.numbers[event.id],
        "event": event.id,
        "title": event_title(event),
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
        "quotation": quotation(article, event).text,
        "passages": [passage.exact for passage in event.passages],
        "note": event_note(event),
        "article": article.id,
        "article_title": article_title(atlas, article),
        "article_publisher": publisher_words(atlas.source[article.source]),
        "article_date": article.date,
        "article_url": article.url or atlas.source[article.source].url,
        "article_sha256": article.sha256,
        "draft": event.draft,
        **_quantities(atlas, event),
    }


def _quantities(atlas: Atlas, event: Event) -> Row:
    """Return the quantities of a statement: a set of columns for each, so that none is lost or summed."""
    row: Row = {}
    for kind, found in _by_kind(event).items():
        unit = atlas.profile.quantities[kind].unit_in(current_language())
        for order, one in enumerate(found):
            values = (one.least, one.best, one.most, unit, one.words)
            row |= dict(zip(_quantity_names(kind, order), values, strict=True))
    return row


def _quantity_names(kind: str, order: int) -> tuple[str, ...]:
    name, end = kind.replace("-", "_"), f"_{order + 1}" if order else ""
    return tuple(f"{name}_{part}{end}" for part in ("min", "best", "max", "unit", "as_said"))


def _by_kind(event: Event) -> Mapping[str, Sequence[Quantity]]:
    found: dict[str, list[Quantity]] = {}
    for quantity in event.quantities:
        found.setdefault(quantity.kind, []).append(quantity)
    return found


def _draft_columns(atlas: Atlas) -> tuple[str, ...]:
    return ("draft",) if has_drafts(atlas) else ()


def _whole(table: Table, columns: Iterable[str]) -> Table:
    for column in columns:
        _unify(table.rows, column)
    return table


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
        _, _, metres = geod().inv(
            np.full(lon.shape, found.point.x), np.full(lat.shape, found.point.y), lon, lat
        )
        farthest = max(farthest, float(metres.max()) / 1000 + place.tolerance_km)
    return float(np.ceil(farthest))


def _table(columns: Sequence[str], rows: Iterable[Row], shapes: Sequence[BaseGeometry | None] = ()) -> Table:
    clean_rows = [{column: _clean(column, row.get(column)) for column in columns} for row in rows]
    return Table(tuple(columns), clean_rows, shapes)


def _clean(column: str, value: Value) -> Value:
    """Return a text as one sanitised line, missing if empty; quoted passages are returned unchanged."""
    if column in ("passages", "words") or re.search(r"(^|_)as_said(_\d+)?$", column):
        return value
    if isinstance(value, str):
        return clean(value) or None
    return [clean(item) for item in value] if isinstance(value, list) else value

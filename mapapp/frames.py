"""The items a view shows, as GeoDataFrames, with the columns of notebooks and of all exported files.

Geometries are WGS 84 (EPSG:4326), longitude first. Days are ``datetime64``, both ends included; ``NaT`` is an
open end. Texts are single lines, except quoted passages; empty texts are missing values. An empty frame
still has its columns and CRS. The base map's land is not included.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
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
    from datetime import date

    from mapapp.core.edtf import When
    from mapapp.core.location import Location
    from mapapp.core.model import Atlas, Event, Place
    from mapapp.core.select import Selection
    from mapapp.core.view import Certainty, View

CRS = "EPSG:4326"
DAYS = ("earliest", "latest")
LISTS = frozenset(
    {
        *("actors", "actor_names", "passages", "location", "location_ids", "other_locations", "countries"),
        *("iso3", "admin1", "admin1_pcodes", "within", "sources", "places", "explains", "differs"),
    }
)
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


def event_frame(atlas: Atlas, selection: Selection, lang: str = "en") -> gpd.GeoDataFrame:
    """Return the statements shown: a row for each statement and each place it is linked to.

    Parameters
    ----------
    atlas
        The atlas the selection was made from.
    selection
        The items a view shows, from `mapapp.core.select.select`.
    lang
        Language of names.

    Returns
    -------
    geopandas.GeoDataFrame
        ``number`` is the statement's number in the order of the article, from 1; ``when`` is EDTF;
        ``earliest`` and ``latest`` are the first and last possible day, included; ``when_basis`` says whether
        the article's words give the time; ``said`` is when the statement was made, in EDTF; ``certainty``
        says whether it falls in the window certainly or only possibly; ``quotation`` is the article's words
        on one line, in quotation marks; ``passages`` lists them as substrings of the article's text; ``role``
        is the role of the place in the statement, and ``words`` are the words that name it (missing if the
        article does not name it). The geometry is that of the place, accurate to ``tolerance_km``.
    """
    rows, shapes = [], []
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
    return _geo(rows, _EVENTS, shapes)


def statement_frame(atlas: Atlas, selection: Selection, lang: str = "en") -> gpd.GeoDataFrame:
    """Return the statements shown, a row each.

    Parameters
    ----------
    atlas, selection, lang
        As for `event_frame`.

    Returns
    -------
    geopandas.GeoDataFrame
        The columns of a statement as in `event_frame`. ``location`` has the names of the places where it is
        located, ``location_role`` their role, ``other_locations`` the names of its other places, and
        ``countries`` and ``admin1`` the countries and governorates of the location.

        Every row has ``latitude`` and ``longitude``, but they are not always where the event happened:
        ``point_basis`` says what the point represents (see `mapapp.core.location.Location`),
        ``geo_precision`` is ACLED's code from 1 (a position) to 3 (a governorate, a country, several places),
        and the whole location lies within ``radius_km`` of the point. ``radius_km`` includes
        ``tolerance_km``, the error of the geometry.

        The geometry is a MultiPoint of true positions only: those of places that the article names as site or
        subject of the statement. It is missing if there are none.
    """
    rows, shapes = [], []
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
    return _geo(rows, _STATEMENTS, shapes)


def place_frame(atlas: Atlas, selection: Selection) -> gpd.GeoDataFrame:
    """Return the places shown, a row each, with their status on the last day shown.

    ``in_article`` is whether the article names the place. Distances are in kilometres. Further values stated
    for places, such as ``area_km2`` or ``iso3``, have their own columns between the others and the geometry.
    """
    named = {link.id for event in atlas.events for link in event.places if link.words}
    shown = [item for item in selection.places if item[0].layer != "land"]
    rows = [
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
    frame = _geo(rows, (*PLACE_COLUMNS, *further), [place.geometry for place, *_ in shown])
    for column in further:  # keeps integers as integers despite missing values
        frame[column] = frame[column].convert_dtypes()
    return frame


def status_frame(selection: Selection, view: View) -> pd.DataFrame:
    """Return the statuses of the places shown, as known on the view's as-of day: a row each, oldest first.

    ``when`` is EDTF, as stated. ``earliest`` and ``latest`` are the first and last day of the status; a
    status without an end ends on the day before the next one begins.
    """
    rows = [
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
    return _frame(rows, _STATUSES)


def background_frame(selection: Selection) -> pd.DataFrame:
    """Return the background facts shown, a row each; none of them is from the article."""
    rows = [
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
    return _frame(rows, _BACKGROUND)


def source_frame(atlas: Atlas, ids: Iterable[str]) -> pd.DataFrame:
    """Return sources, a row each, with their date in EDTF, their licence and their leaning."""
    found = [atlas.source[item] for item in ids]
    rows = [
        {**vars(source), "source": source.id, "date": source.date.edtf if source.date else None}
        for source in found
    ]
    return _frame(rows, _SOURCES)


def _statements(atlas: Atlas, selection: Selection, lang: str) -> Iterable[tuple[Event, dict[str, Any]]]:
    """Return each statement with the columns that are the same for all its places."""
    numbers = {event.id: number for number, event in enumerate(atlas.events, start=1)}
    for event, certainty in selection.events:
        yield event, _statement(atlas, event, numbers[event.id], certainty, lang)


def _statement(atlas: Atlas, event: Event, number: int, certainty: Certainty, lang: str) -> dict[str, Any]:
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


def _when(when: When) -> dict[str, Any]:
    return {"when": when.edtf, "when_words": when_words(when), **_bounds(when)}


def _bounds(when: When) -> dict[str, date | None]:
    return {"earliest": when.earliest, "latest": when.latest}


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


def _geo(rows: Sequence[dict[str, Any]], columns: Sequence[str], shapes: Sequence[Any]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(_frame(rows, columns), geometry=gpd.GeoSeries(list(shapes), crs=CRS), crs=CRS)


def _frame(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    clean_rows = [{key: _clean(key, value) for key, value in row.items()} for row in rows]
    frame = pd.DataFrame(clean_rows, columns=list(columns))
    for column in DAYS:
        if column in frame:
            frame[column] = pd.to_datetime(frame[column]).astype("datetime64[ms]")
    return frame


def _clean(key: str, value: Any) -> Any:  # noqa: ANN401 - a cell is of any type
    """Return a text as one sanitised line, missing if empty; quoted passages are returned unchanged."""
    if key in ("passages", "words"):
        return value
    if isinstance(value, str):
        return clean(value) or None
    return [clean(item) for item in value] if isinstance(value, list) else value

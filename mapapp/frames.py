"""What a view shows, as frames: one row for each statement and place, each place, each background fact.

Geometries are WGS 84 (EPSG:4326), longitude first. Days are ``datetime64``; ``NaT`` is an open end. A frame
without rows has its columns and its CRS, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from mapapp.core.model import LANGUAGES
from mapapp.core.relations import places_of
from mapapp.text.dates import when_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mapapp.core.edtf import When
    from mapapp.core.model import Atlas
    from mapapp.core.select import Selection

CRS = "EPSG:4326"
_DAYS = ("earliest", "latest")
_EVENTS = (
    "number", "event", "title", "kind", "modality", "said_by", "via", "when", "when_words", "earliest",
    "latest", "certainty", "passages", "note", "place", "place_name", "layer", "role", "words",
    "tolerance_km",
)  # fmt: skip
_PLACES = (
    "place", "layer", "kind", *(f"name_{lang}" for lang in LANGUAGES), "valid", "earliest", "latest",
    "certainty", "status", "status_when", "basis", "tolerance_km", "confidence", "within", "sources", "note",
)  # fmt: skip
_BACKGROUND = (
    "fact", "text", "when", "when_words", "earliest", "latest", "certainty", "confidence", "places",
    "explains", "differs", "sources", "note",
)  # fmt: skip


def event_frame(atlas: Atlas, selection: Selection) -> gpd.GeoDataFrame:
    """Return the statements shown: a row for each statement and each place it touches.

    Parameters
    ----------
    atlas
        What the selection was made from.
    selection
        What a view shows, from `mapapp.core.select.select`.

    Returns
    -------
    geopandas.GeoDataFrame
        ``number`` counts the article's statements in its order, from 1; ``when`` is EDTF; ``earliest`` and
        ``latest`` are its first and last possible day, included; ``certainty`` is whether it falls in the
        window for certain or only possibly; ``passages`` holds the article's words, each a substring of its
        text; ``role`` says how the statement touches the place, and ``words`` are the words that name it
        (``None`` where the article does not). The geometry is the place's, drawn to within ``tolerance_km``.
    """
    numbers = {event.id: number for number, event in enumerate(atlas.events, start=1)}
    rows, shapes = [], []
    for event, certainty in selection.events:
        for place, link in places_of(atlas, event):
            rows.append(
                {
                    "number": numbers[event.id],
                    "event": event.id,
                    "title": event.title,
                    "kind": event.kind,
                    "modality": event.modality,
                    "said_by": event.said_by,
                    "via": event.via,
                    **_when(event.when),
                    "certainty": certainty,
                    "passages": [passage.exact for passage in event.passages],
                    "note": event.note,
                    "place": place.id,
                    "place_name": place.names.en,
                    "layer": place.layer,
                    "role": link.role,
                    "words": link.words,
                    "tolerance_km": place.tolerance_km,
                }
            )
            shapes.append(place.geometry)
    return _geo(rows, _EVENTS, shapes)


def place_frame(selection: Selection) -> gpd.GeoDataFrame:
    """Return the places shown, a row each, with their status on the last day shown.

    Further figures stated of a place, such as ``area_km2`` or ``iso3``, have columns of their own, after the
    others and before the geometry.
    """
    rows = [
        {
            "place": place.id,
            "layer": place.layer,
            "kind": place.kind,
            **{f"name_{lang}": getattr(place.names, lang, None) for lang in LANGUAGES},
            "valid": place.valid.edtf,
            "earliest": place.valid.earliest,
            "latest": place.valid.latest,
            "certainty": certainty,
            "status": status.status if status else None,
            "status_when": status.when.edtf if status else None,
            "basis": place.basis,
            "tolerance_km": place.tolerance_km,
            "confidence": place.confidence,
            "within": list(place.within),
            "sources": list(place.sources),
            "note": place.note,
            **dict(place.facts),
        }
        for place, certainty, status in selection.places
    ]
    further = sorted({key for row in rows for key in row} - {*_PLACES})
    return _geo(rows, (*_PLACES, *further), [place.geometry for place, *_ in selection.places])


def background_frame(selection: Selection) -> pd.DataFrame:
    """Return the background facts shown, a row each: ours, never the article's."""
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
    return _dated(pd.DataFrame(rows, columns=list(_BACKGROUND)))


def _when(when: When) -> dict[str, str | date | None]:
    return {
        "when": when.edtf,
        "when_words": when_words(when),
        "earliest": when.earliest,
        "latest": when.latest,
    }


def _geo(rows: Sequence[dict[str, Any]], columns: Sequence[str], shapes: Sequence[Any]) -> gpd.GeoDataFrame:
    frame = _dated(pd.DataFrame(list(rows), columns=list(columns)))
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(list(shapes), crs=CRS), crs=CRS)


def _dated(frame: pd.DataFrame) -> pd.DataFrame:
    for column in _DAYS:
        frame[column] = pd.to_datetime(frame[column])
    return frame

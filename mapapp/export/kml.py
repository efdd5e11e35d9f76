"""KML for Google Earth: a folder for each layer, each placemark with its time span."""

from __future__ import annotations

import math
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from fastkml import (
    KML,
    Data,
    Document,
    ExtendedData,
    Folder,
    IconStyle,
    LabelStyle,
    LineStyle,
    Placemark,
    PolyStyle,
    Style,
    StyleUrl,
    TimeSpan,
)
from fastkml.enums import AltitudeMode
from fastkml.geometry import create_kml_geometry
from fastkml.links import Icon
from fastkml.times import KmlDateTime
from fastkml.views import LookAt
from pygeoif import shape
from shapely.geometry import mapping

from mapapp import theme
from mapapp.core.layers import GROUPS
from mapapp.core.statuses import spans
from mapapp.core.story_frame import home
from mapapp.export import rows
from mapapp.export.columns import records
from mapapp.frames import place_frame, statement_frame
from mapapp.text.dates import when_words
from mapapp.text.html import html, join
from mapapp.text.messages import LANG, words
from mapapp.text.quotation import quotation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Atlas, Fact, Place
    from mapapp.core.select import Selection
    from mapapp.core.view import Certainty, View
    from mapapp.export.columns import Value

    Row = dict[str, Value]

_EVENT = "event"  # the style of statements
_HATCHED = 0.3  # opacity that stands for a hatch, which KML has not
_PIN, _STATEMENT_PIN = 0.5, 0.8  # size of an icon
# Google Earth's own icons, by the address under which every copy of it has them. They are white, so that they
# take the colour of the style. The second value turns them, in degrees.
_ICONS = "https://maps.google.com/mapfiles/kml/shapes/"
_SHAPES = {
    "observation-post": ("triangle", 0),
    "russian-observation-post": ("triangle", 180),
    "military-point": ("square", 0),
    "capital": ("star", 0),
    "border-crossing": ("open-diamond", 0),
}
_CIRCLE, _STATEMENT_SHAPE = ("placemark_circle", 0), ("donut", 0)
_METRES_A_DEGREE = 111_320


def earth(atlas: Atlas, view: View, selection: Selection, address: str) -> bytes:
    """Return the view as KML 2.2.

    A place with dated statuses is one mark for each, so that Google Earth's time slider shows what it was.
    Statements without a point of their own are in a folder of their own, without a mark, and every statement
    is named by the places it is about. It opens on the frame of the story. The icons are Google Earth's own;
    nothing else in the file is fetched from anywhere. The land under the map is left out, for Earth has its
    own. Descriptions are HTML there, so every text in them is escaped.
    """
    styles: dict[str, Style] = {
        _EVENT: _style(_EVENT, theme.Style("article", 2), _STATEMENT_SHAPE, _STATEMENT_PIN)
    }
    folders = []
    for layer, own in groupby(records(place_frame(atlas, selection)), key=lambda row: row["layer"]):
        marks = [mark for row in own for mark in _places(atlas, view, selection, row, styles)]
        folders.append(Folder(id=f"layer-{layer}", name=words(f"layer-{layer}"), features=marks))
    said = [_event(atlas, view, row) for row in records(statement_frame(atlas, selection, view.lang))]
    parts = {
        "events-at-points": ("layer-events", [mark for mark in said if mark.kml_geometry]),
        "events-without-point": ("data-kml-pointless", [mark for mark in said if not mark.kml_geometry]),
    }
    inner = [Folder(id=key, name=words(name), features=mine) for key, (name, mine) in parts.items() if mine]
    folders.append(Folder(id="events", name=words("article-heading"), features=inner))
    if selection.facts:
        ours = [_fact(atlas, *item) for item in selection.facts]
        folders.append(Folder(id="background", name=words("layer-facts"), features=ours))
    about = rows.about(atlas, view, address)
    document = Document(
        id="view",
        name=about["title"],
        description=_paragraphs([about["credit"], about["disclaimer"]]),
        view=_look_at(atlas),
        extended_data=_data(dict(about)),
        styles=list(styles.values()),
        features=folders,
    )
    written = KML(features=[document]).to_string(prettyprint=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}'.encode()


def _look_at(atlas: Atlas) -> LookAt:
    """Return a look straight down at the frame of the story, from so high that it fills the window."""
    (south, west), (north, east) = home(atlas)
    middle = (south + north) / 2
    wide = (east - west) * math.cos(math.radians(middle))
    return LookAt(
        longitude=round((west + east) / 2, 3),
        latitude=round(middle, 3),
        altitude=0,
        heading=0,
        tilt=0,
        range=round(max(north - south, wide) * _METRES_A_DEGREE),
        altitude_mode=AltitudeMode.clamp_to_ground,
    )


def _said(selection: Selection, place: Place) -> list[str]:
    """Return the statements shown that are about a place itself."""
    return [event.title for event, _ in selection.events if any(link.id == place.id for link in event.places)]


def _places(
    atlas: Atlas, view: View, selection: Selection, row: Row, styles: dict[str, Style]
) -> Iterable[Placemark]:
    place = atlas.place[str(row["place"])]
    said = _said(selection, place)
    name = rows.in_lang(place.names, view.lang)
    for number, (status, first, last) in enumerate(spans(place, view), start=1):
        key = "-".join((place.layer, place.kind, *((status.status,) if status else ())))
        look = theme.style_of(place.layer, place.kind, status.status if status else None)
        icon = _SHAPES.get(place.kind, _CIRCLE)
        styles.setdefault(key, _style(key, look, icon, filled=GROUPS[place.layer] != "base"))
        sources = (*place.sources, *(status.sources if status else ()))
        lines = [
            rows.worded("place-kind", place.kind),
            f"{rows.worded('status', status.status)}: {when_words(status.when)}" if status else "",
            status.note if status else "",
            place.note,
            f"{words('article-here')}: {'; '.join(said)}" if said else "",
            words(
                "precision",
                km=f"{place.tolerance_km:g}",
                confidence=words(f"confidence-{place.confidence}"),
            ),
            *(rows.source_text(atlas, source) for source in dict.fromkeys(sources)),
        ]
        yield Placemark(
            id=f"{place.id}.{number}",
            name=name,
            description=_paragraphs(lines),
            times=_span(first, last),
            style_url=StyleUrl(url=f"#{key}"),
            extended_data=_data(
                row
                | {
                    "status": status.status if status else None,
                    "status_when": status.when.edtf if status else None,
                }
            ),
            kml_geometry=_geometry(place.geometry),
        )


def _event(atlas: Atlas, view: View, row: Row) -> Placemark:
    event = atlas.event[str(row["event"])]
    spot = rows.spot(atlas, event, view)
    place_names = (rows.in_lang(atlas.place[link.id].names, LANG) for link in event.places)
    lines = [
        rows.worded("kind", event.kind),
        f"{words('group-who')}: {rows.speaker(atlas, event.said_by, LANG)}",
        when_words(event.when),
        quotation(atlas.article, event).text,
        f"{words('where-label')}: {'; '.join(place_names)}",
        f"{words('reading-label')}: {event.note}" if event.note else "",
        rows.source_text(atlas, atlas.article.source),
    ]
    return Placemark(
        id=event.id,
        name=rows.clean(event.title),
        description=_paragraphs(lines),
        times=_span(event.when.earliest, event.when.latest),
        style_url=StyleUrl(url=f"#{_EVENT}"),
        extended_data=_data(row),
        kml_geometry=_geometry(spot) if spot else None,
    )


def _fact(atlas: Atlas, fact: Fact, certainty: Certainty) -> Placemark:
    sources = (rows.source_text(atlas, source) for source in fact.sources)
    return Placemark(
        id=fact.id,
        name=rows.clean(fact.text),
        description=_paragraphs([when_words(fact.when), fact.note, *sources]),
        times=_span(fact.when.earliest, fact.when.latest),
        extended_data=_data({"when": fact.when.edtf, "in_window": certainty, "confidence": fact.confidence}),
    )


def _geometry(drawn: BaseGeometry) -> Any:  # noqa: ANN401 - any of KML's geometries
    interface: Any = mapping(drawn)
    return create_kml_geometry(shape(interface), tessellate=drawn.geom_type.endswith("LineString") or None)


def _span(first: date | None, last: date | None) -> TimeSpan | None:
    """Return the days, both included; ``None`` for always."""
    if first is None and last is None:
        return None
    begin, end = (KmlDateTime(day) if day else None for day in (first, last))
    return TimeSpan(begin=begin, end=end)


def _paragraphs(lines: Iterable[str]) -> str:
    return str(join(html("<p>{line}</p>", line=rows.clean(line)) for line in lines if line))


def _data(row: Row) -> ExtendedData:
    values = {key: _text(value) for key, value in row.items() if value is not None}
    return ExtendedData(elements=[Data(name=key, value=value) for key, value in values.items()])


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else rows.clean(f"{value}")


def _style(
    key: str, look: theme.Style, icon: tuple[str, int], size: float = _PIN, *, filled: bool = True
) -> Style:
    """Return a look as KML has it; what the map itself is drawn on stays unfilled, for Earth has its own."""
    opacity = _HATCHED if look.hatch is not None else look.opacity if filled else 0
    return Style(
        id=key,
        styles=[
            IconStyle(
                color=_colour(look.stroke),
                scale=size,
                heading=icon[1],
                icon=Icon(href=f"{_ICONS}{icon[0]}.png"),
            ),
            LabelStyle(color=_colour(look.stroke), scale=0.8),
            LineStyle(color=_colour(look.stroke, 1 if look.width else 0), width=look.width),
            PolyStyle(color=_colour(look.fill or look.stroke, opacity if look.fill else 0)),
        ],
    )


def _colour(name: str, opacity: float = 1) -> str:
    """Return a colour of the palette as KML writes it: opacity, blue, green, red."""
    red, green, blue = (theme.LIGHT[name][at : at + 2] for at in (1, 3, 5))
    return f"{round(opacity * 255):02x}{blue}{green}{red}"

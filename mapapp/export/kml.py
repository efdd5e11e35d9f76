"""KML for Google Earth: a folder for each layer, every mark with the time it stood for."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

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
from fastkml.geometry import create_kml_geometry
from fastkml.times import KmlDateTime
from pygeoif import shape
from shapely.geometry import mapping

from mapapp import theme
from mapapp.core.layers import GROUPS
from mapapp.export import rows
from mapapp.text.dates import when_words
from mapapp.text.html import html, join
from mapapp.text.messages import LANG, words
from mapapp.text.quotation import quotation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Atlas, Event, Fact, Place
    from mapapp.core.select import Selection
    from mapapp.core.view import Certainty, View
    from mapapp.export.rows import Row, Value

_EVENT = "event"  # the style of statements
_HATCHED = 0.3  # opacity that stands for a hatch, which KML has not
_PIN, _STATEMENT_PIN = 0.5, 0.8  # size of the viewer's own mark: one without an address needs no network


class _Pin(IconStyle):
    """The viewer's own mark, in a colour and a size; the library would leave out one without an address."""

    def __bool__(self) -> bool:
        """Return that there is something to write."""
        return True

    @classmethod
    def get_tag_name(cls) -> str:
        """Return the element's name."""
        return "IconStyle"


def earth(atlas: Atlas, view: View, selection: Selection, address: str) -> bytes:
    """Return the view as KML 2.2.

    A place with dated statuses is one mark for each, so that Google Earth's time slider shows what it was.
    Statements without a point of their own are in a folder of their own, without a mark, and every statement
    is named by the places it is about. Nothing in the file is fetched from anywhere. Descriptions are HTML
    there, so every text in them is escaped.
    """
    styles: dict[str, Style] = {_EVENT: _style(_EVENT, theme.Style("article", 2), _STATEMENT_PIN)}
    folders = []
    for layer, items in groupby(selection.places, key=lambda item: item[0].layer):
        marks = [
            mark
            for place, certainty, _ in items
            for mark in _places(atlas, view, place, _Told(certainty, _said(selection, place)), styles)
        ]
        folders.append(Folder(id=f"layer-{layer}", name=words(f"layer-{layer}"), features=marks))
    said = [_event(atlas, view, *item) for item in selection.events]
    parts = {
        "events-at-points": ("layer-events", [mark for mark in said if mark.kml_geometry]),
        "events-without-point": ("data-kml-pointless", [mark for mark in said if not mark.kml_geometry]),
    }
    inner = [Folder(id=key, name=words(name), features=mine) for key, (name, mine) in parts.items() if mine]
    folders.append(Folder(id="events", name=words("article-heading"), features=inner))
    if selection.facts:
        ours = [_fact(atlas, *item) for item in selection.facts]
        folders.append(Folder(id="background", name=words("layer-facts"), features=ours))
    about = rows.about_rows(atlas, view, address)
    document = Document(
        id="view",
        name=rows.title(atlas, view),
        description=_paragraphs(str(row["value"]) for row in about if row["key"] in ("credit", "disclaimer")),
        extended_data=_data({str(row["key"]): row["value"] for row in about}),
        styles=list(styles.values()),
        features=folders,
    )
    written = KML(features=[document]).to_string(prettyprint=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}'.encode()


class _Told(NamedTuple):
    """What the view tells of a place: whether it surely falls in the window, and what is said of it."""

    certainty: Certainty
    said: list[str]


def _said(selection: Selection, place: Place) -> list[str]:
    """Return the statements shown that are about a place itself."""
    return [event.title for event, _ in selection.events if any(link.id == place.id for link in event.places)]


def _places(
    atlas: Atlas, view: View, place: Place, told: _Told, styles: dict[str, Style]
) -> Iterable[Placemark]:
    name = rows.in_lang(place.names, view.lang)
    for number, (status, first, last) in enumerate(rows.spans(place, view), start=1):
        key = "-".join((place.layer, place.kind, *((status.status,) if status else ())))
        look = theme.style_of(place.layer, place.kind, status.status if status else None)
        styles.setdefault(key, _style(key, look, filled=GROUPS[place.layer] != "base"))
        sources = (*place.sources, *(status.sources if status else ()))
        lines = [
            rows.worded("place-kind", place.kind),
            f"{rows.worded('status', status.status)}: {when_words(status.when)}" if status else "",
            status.note if status else "",
            place.note,
            f"{words('article-here')}: {'; '.join(told.said)}" if told.said else "",
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
            extended_data=_data(rows.place_row(atlas, place, told.certainty, status)),
            kml_geometry=_geometry(place.geometry),
        )


def _event(atlas: Atlas, view: View, event: Event, certainty: Certainty) -> Placemark:
    spot = rows.spot(atlas, event, view)
    place_names = (rows.in_lang(atlas.place[link.id].names, LANG) for link in event.places)
    lines = [
        rows.worded("kind", event.kind),
        f"{words('group-who')}: {rows.who(atlas, event.said_by, LANG)}",
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
        extended_data=_data(rows.event_row(atlas, event, certainty, view)),
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


def _style(key: str, look: theme.Style, pin: float = _PIN, *, filled: bool = True) -> Style:
    """Return a look as KML has it; what the map itself is drawn on stays unfilled, for Earth has its own."""
    opacity = _HATCHED if look.hatch is not None else look.opacity if filled else 0
    return Style(
        id=key,
        styles=[
            _Pin(color=_colour(look.stroke), scale=pin),
            LabelStyle(color=_colour(look.stroke), scale=0.8),
            LineStyle(color=_colour(look.stroke, 1 if look.width else 0), width=look.width),
            PolyStyle(color=_colour(look.fill or look.stroke, opacity if look.fill else 0)),
        ],
    )


def _colour(name: str, opacity: float = 1) -> str:
    """Return a colour of the palette as KML writes it: opacity, blue, green, red."""
    red, green, blue = (theme.LIGHT[name][at : at + 2] for at in (1, 3, 5))
    return f"{round(opacity * 255):02x}{blue}{green}{red}"

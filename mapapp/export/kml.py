"""KML and KMZ for Google Earth: a folder for each layer, each placemark with its time span."""

from __future__ import annotations

import math
from datetime import date
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import shapely
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
from fastkml import geometry as shapes
from fastkml.enums import AltitudeMode, Units
from fastkml.links import Icon
from fastkml.styles import HotSpot
from fastkml.times import KmlDateTime
from fastkml.views import LookAt

from mapapp import theme
from mapapp.core.compare import Estimate
from mapapp.core.profile import Style as PlaceStyle
from mapapp.core.statuses import spans
from mapapp.core.story_frame import home
from mapapp.export import icons, rows
from mapapp.export.archive import zipped
from mapapp.text.authored import event_note, event_title
from mapapp.text.comparison import rounded_words
from mapapp.text.dates import day_words, when_words
from mapapp.text.html import html, join
from mapapp.text.labels import event_kind_words, kind_words, layer_words, status_words
from mapapp.text.locales import current_language
from mapapp.text.messages import words
from mapapp.text.quantities import quantity_words
from mapapp.text.quotation import quotation
from mapapp.view_rows import change_rows, place_rows, statement_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Atlas, Fact, Place
    from mapapp.core.select import Selection
    from mapapp.core.view import Certainty, View
    from mapapp.export.rows import Cell

    Row = dict[str, Cell]

_HATCHED = 0.3  # opacity used instead of hatches, which KML does not support
_SIZE, _STATEMENT_SIZE = 0.75, 1.0  # of an icon; 1 is 32 pixels in Google Earth
_SAID = PlaceStyle("article", 2)
_TIP = HotSpot(x=0.5, y=0, xunits=Units.fraction, yunits=Units.fraction)  # of a statement's pin
_METRES_A_DEGREE = 111_320


class _Class(NamedTuple):
    """A class of marks with the same style; ``icon`` returns its picture, ``None`` for lines and areas."""

    look: PlaceStyle
    icon: Callable[[], bytes] | None = None
    size: float = _SIZE
    hot_spot: HotSpot | None = None
    filled: bool = True


def kml(atlas: Atlas, view: View, selection: Selection, address: str) -> bytes:
    """Return the view as KML 2.2, in one file without references to other files.

    Points are Google Earth's pins in the colour of their class. A place with dated statuses has one placemark
    for each status, so that Google Earth's time slider shows the right one. Statements without a point have a
    folder of their own and no mark; every place lists the statements about it. Land gained and lost between
    two days has one, too, with the columns of `mapapp.frames.change_frame`. The file opens at the initial
    extent of the map. The ``land`` layer is left out, because Google Earth has its own. Descriptions are
    HTML, so all text in them is escaped.
    """
    return _document(atlas, view, selection, address, with_icons=False)[0]


def kmz(atlas: Atlas, view: View, selection: Selection, address: str) -> bytes:
    """Return the same document as KMZ, with an icon for each class of points."""
    document, classes = _document(atlas, view, selection, address, with_icons=True)
    pictures = {_file(key): marks.icon() for key, marks in classes.items() if marks.icon}
    return zipped({"doc.kml": document, **pictures})


def _file(key: str) -> str:
    return f"icons/{key}.png"


def _document(
    atlas: Atlas, view: View, selection: Selection, address: str, *, with_icons: bool
) -> tuple[bytes, dict[str, _Class]]:
    """Return the document, and the classes of marks by style id."""
    classes: dict[str, _Class] = {}
    folders = []
    places = map(rows.joined, place_rows(atlas, selection).rows)
    for layer, own in groupby(places, key=lambda row: row["layer"]):
        marks = [mark for row in own for mark in _places(atlas, view, selection, row, classes)]
        folders.append(
            Folder(id=f"layer-{layer}", name=layer_words(atlas.profile, str(layer)), features=marks)
        )
    statements = map(rows.joined, statement_rows(atlas, selection, view.names).rows)
    said = [_event(atlas, view, row, classes) for row in statements]
    parts = {
        "events-at-points": ("layer-events", [mark for mark in said if mark.kml_geometry]),
        "events-without-point": ("data-kml-pointless", [mark for mark in said if not mark.kml_geometry]),
    }
    inner = [Folder(id=key, name=words(name), features=mine) for key, (name, mine) in parts.items() if mine]
    folders.append(
        Folder(
            id="events",
            name=words("articles-heading" if len(atlas.articles) > 1 else "article-heading"),
            features=inner,
        )
    )
    if changes := [*_changes(atlas, view, classes)]:
        folders.append(Folder(id="changes", name=words("data-table-changes"), features=changes))
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
        styles=[_style(key, marks, with_icon=with_icons) for key, marks in classes.items()],
        features=folders,
    )
    written = KML(features=[document]).to_string(prettyprint=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}'.encode(), classes


def _look_at(atlas: Atlas) -> LookAt:
    """Return a vertical view of the initial extent, from a height at which it fills the window."""
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
    """Return the visible statements about a place, without those about places within it."""
    return [
        event_title(event)
        for event, _ in selection.events
        if any(link.id == place.id for link in event.places)
    ]


def _places(
    atlas: Atlas, view: View, selection: Selection, row: Row, classes: dict[str, _Class]
) -> Iterable[Placemark]:
    place, profile = atlas.place[str(row["place"])], atlas.profile
    said = _said(selection, place)
    name = rows.in_lang(place.names, view.names)
    for number, (status, first, last) in enumerate(spans(place, view), start=1):
        key = "-".join((place.layer, place.kind, *((status.status,) if status else ())))
        look = profile.style(place.layer, place.kind, status.status if status else None)
        icon = (
            partial(icons.place_icon, profile.symbol(place.kind), look)
            if place.geometry.geom_type == "Point"
            else None
        )
        classes.setdefault(key, _Class(look, icon, filled=profile.layers[place.layer].group != "base"))
        sources = (*place.sources, *(status.sources if status else ()))
        lines = [
            kind_words(profile, place.kind),
            f"{status_words(profile, status.status)}: {when_words(status.when)}" if status else "",
            status.note if status else "",
            place.note,
            f"{words('article-here')}: {'; '.join(said)}" if said else "",
            words(
                "precision",
                km=place.tolerance_km,
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


def _event(atlas: Atlas, view: View, row: Row, classes: dict[str, _Class]) -> Placemark:
    event, profile = atlas.event[str(row["event"])], atlas.profile
    article = atlas.article[event.article]
    key = f"event-{event.kind}"
    icon = partial(icons.statement_icon, profile.event_kinds[event.kind].symbol)
    classes.setdefault(key, _Class(_SAID, icon, _STATEMENT_SIZE, _TIP))
    spot = rows.spot(atlas, event, view)
    place_names = (rows.in_lang(atlas.place[link.id].names, current_language()) for link in event.places)
    lines = [
        event_kind_words(profile, event.kind),
        f"{words('group-who')}: {rows.speaker(atlas, event.said_by, current_language())}",
        when_words(event.when),
        quotation(article, event).text,
        *(quantity_words(atlas, article, one) for one in event.quantities),
        f"{words('where-label')}: {'; '.join(place_names)}",
        f"{words('reading-label')}: {event_note(event)}" if event.note else "",
        rows.article_source(atlas, article),
    ]
    return Placemark(
        id=event.id,
        name=rows.clean(event_title(event)),
        description=_paragraphs(lines),
        times=_span(event.when.earliest, event.when.latest),
        style_url=StyleUrl(url=f"#{key}"),
        extended_data=_data(row),
        kml_geometry=_geometry(spot),
    )


def _changes(atlas: Atlas, view: View, classes: dict[str, _Class]) -> Iterable[Placemark]:
    """Yield the land that each holder gained and lost between the two days compared."""
    table = change_rows(atlas, view)
    for row, land in zip(map(rows.joined, table.rows), table.shapes, strict=True):
        layer, kind, change = (str(row[name]) for name in ("layer", "kind", "change"))
        key = f"change-{layer}-{kind}"
        classes.setdefault(key, _Class(atlas.profile.style(layer, kind, None)))
        size = Estimate(*(cast("float", row[f"rounded_{bound}"]) for bound in ("min", "best", "max")))
        first, last = (cast("date", row[name]) for name in ("first", "last"))
        label = words(f"compare-{change}-head")
        yield Placemark(
            id=f"{change}-{layer}-{kind}",
            name=f"{label}: {row['label']}",
            description=_paragraphs(
                [
                    words("account-size", label=label, size=rounded_words(size)),
                    words("compare-title", first=day_words(first), last=day_words(last)),
                    words("compare-method"),
                ]
            ),
            times=_span(first, last),
            style_url=StyleUrl(url=f"#{key}"),
            extended_data=_data(row),
            kml_geometry=_geometry(land),
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


class _Drawn:
    """A geometry that has coordinates; the library would make an object of each to find that out."""

    def __bool__(self) -> bool:
        """Return true, so that the element is written."""
        return True


# elements are named after their classes
class Point(_Drawn, shapes.Point):
    """A point."""


class LineString(_Drawn, shapes.LineString):
    """A line."""


class LinearRing(_Drawn, shapes.LinearRing):
    """An outline."""


class OuterBoundaryIs(_Drawn, shapes.OuterBoundaryIs):
    """The outline of an area."""


class InnerBoundaryIs(_Drawn, shapes.InnerBoundaryIs):
    """The outline of a hole."""


class Polygon(_Drawn, shapes.Polygon):
    """An area."""


class MultiGeometry(_Drawn, shapes.MultiGeometry):
    """Several geometries."""


def _geometry(drawn: BaseGeometry | None) -> Any:  # noqa: ANN401 - one of KML's geometry types
    # not by fastkml's own conversion, which makes an object of each coordinate three times
    if drawn is None or drawn.is_empty:
        return None
    if hasattr(drawn, "geoms"):
        return MultiGeometry(kml_geometries=[*map(_geometry, drawn.geoms)])
    if isinstance(drawn, shapely.Polygon):
        return Polygon(
            outer_boundary=OuterBoundaryIs(kml_geometry=_ring(drawn.exterior)),
            inner_boundaries=[InnerBoundaryIs(kml_geometry=_ring(hole)) for hole in drawn.interiors],
        )
    if isinstance(drawn, shapely.LineString):
        return LineString(kml_coordinates=_coordinates(drawn), tessellate=True)
    return Point(kml_coordinates=_coordinates(drawn))


def _ring(drawn: BaseGeometry) -> LinearRing:
    return LinearRing(kml_coordinates=_coordinates(drawn))


def _coordinates(drawn: BaseGeometry) -> shapes.Coordinates:
    return shapes.Coordinates(coords=[*drawn.coords])


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


def _text(value: Cell) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else rows.clean(f"{value}")


class _Pin(IconStyle):
    """An IconStyle for Google Earth's default pin, which has no URL; the library would leave it out."""

    def __bool__(self) -> bool:
        """Return true, so that the element is written."""
        return True

    @classmethod
    def get_tag_name(cls) -> str:
        """Return the element's name."""
        return "IconStyle"


def _style(key: str, marks: _Class, *, with_icon: bool) -> Style:
    """Return a style in KML; base-map areas are not filled, because Google Earth has its own imagery."""
    look = marks.look
    opacity = max(_HATCHED, look.opacity) if look.hatch is not None else look.opacity if marks.filled else 0
    styles: list[IconStyle | LabelStyle | LineStyle | PolyStyle] = [
        LabelStyle(color=_colour(look.stroke), scale=0.8),
        LineStyle(color=_colour(look.stroke, 1 if look.width else 0), width=look.width),
        PolyStyle(color=_colour(look.fill or look.stroke, opacity if look.fill else 0)),
    ]
    if marks.icon and with_icon:
        styles.insert(0, IconStyle(scale=marks.size, icon=Icon(href=_file(key)), hot_spot=marks.hot_spot))
    elif marks.icon:
        styles.insert(0, _Pin(color=_colour(look.stroke), scale=marks.size))
    return Style(id=key, styles=styles)


def _colour(name: str, opacity: float = 1) -> str:
    """Return a colour of the palette as KML writes it: opacity, blue, green, red."""
    red, green, blue = (theme.LIGHT[name][at : at + 2] for at in (1, 3, 5))
    return f"{round(opacity * 255):02x}{blue}{green}{red}"

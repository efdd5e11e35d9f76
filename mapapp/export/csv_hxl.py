"""CSV of statements: columns named as conflict event tables name them, a second row of HXL tags.

No cell is more precise than the article. ``event_date`` holds a day only where the article's words give it
(of an interval: its first day); ``date_earliest`` and ``date_latest`` always hold the bounds, which are our
reading where ``when_basis`` is ``article-date``, for there the article gives no date. ``latitude`` and
``longitude`` hold the position only where the location is one point that the article names: no point stands
for an area, and none of several for all. A seat of government is never the location, only among the
``other_locations``.

``time_precision`` is 1 for a day, 2 for a week, 3 for anything longer or for no date given. ``geo_precision``
is 1 for a position, 2 for one area or line below the size of a governorate, 3 for anything wider: a
governorate or a country, several places, or a place without a position.

``source_url`` is a whole address or nothing; what else is known of where the source is, such as a part of its
address, is the ``source_locator``.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

from mapapp.core.relations import places_of
from mapapp.export import rows
from mapapp.text.quotation import quotation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapapp.core.model import Atlas, Event, Place, PlaceLink
    from mapapp.core.select import Selection
    from mapapp.core.view import Certainty, View
    from mapapp.export.rows import Row

COLUMNS = {
    "event_id_cnty": "#event+code",
    "event_date": "#date+occurred",
    "date_earliest": "#date+start",
    "date_latest": "#date+end",
    "date_edtf": "#date+edtf",
    "when_basis": "#date+basis",
    "time_precision": "#date+precision+code",
    "said": "#date+said+edtf",
    "in_window": "#event+certainty",
    "event_type": "#event+type",
    "sub_event_type": "#event+type+modality",
    "title": "#event+name",
    "said_by": "#group+name+speaker",
    "via": "#group+name+outlet",
    "actor1": "#group+name+first",
    "actor2": "#group+name+second",
    "assoc_actors": "#group+name+others",
    "country": "#country+name",
    "iso3": "#country+code",
    "admin1": "#adm1+name",
    "admin1_pcode": "#adm1+code",
    "location": "#loc+name",
    "location_id": "#loc+code",
    "location_role": "#loc+role",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "geo_precision": "#geo+precision+code",
    "other_locations": "#loc+name+others",
    "source": "#meta+source",
    "source_url": "#meta+url",
    "source_locator": "#meta+source+locator",
    "quotation": "#description+quotation",
    "notes": "#description+notes",
    "article_sha256": "#meta+hash",
    "data_version": "#meta+version",
}
_ROLES = ("site", "subject", "part", "about")  # the location is the event's places of the first of these
_WEEK = 7
_LARGE = frozenset({"governorates", "countries", "land"})


def table(atlas: Atlas, view: View, selection: Selection) -> bytes:
    """Return the statements shown as CSV: in UTF-8 with its mark, which spreadsheets need."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(COLUMNS), lineterminator="\r\n")
    writer.writeheader()
    writer.writerow(COLUMNS)
    for event, certainty in selection.events:
        writer.writerow({key: _cell(value) for key, value in _row(atlas, event, certainty, view).items()})
    return out.getvalue().encode("utf-8-sig")


def _cell(value: rows.Value) -> str:
    if isinstance(value, str):
        return rows.neutral(value)
    return "" if value is None else value.isoformat() if isinstance(value, date) else f"{value}"


def _row(atlas: Atlas, event: Event, certainty: Certainty, view: View) -> Row:
    links = tuple(places_of(atlas, event))
    located = _located(links)
    places = [place for place, _ in located]
    point = rows.point(*located[0]) if len(located) == 1 else None
    actors = [rows.who(atlas, actor, view.lang) for actor in event.actors]
    given = event.when.basis == "words"
    first, last = rows.begun(event.when) if given else (None, None)
    provinces, countries = _around(atlas, places, "governorates"), _around(atlas, places, "countries")
    source = atlas.source[atlas.article.source]
    return {
        "event_id_cnty": event.id,
        "event_date": first if first == last else None,
        "date_earliest": event.when.earliest,
        "date_latest": event.when.latest,
        "date_edtf": event.when.edtf,
        "when_basis": event.when.basis,
        "time_precision": _time_precision(first, last),
        "said": event.said.edtf if event.said else None,
        "in_window": certainty,
        "event_type": rows.worded("kind", event.kind),
        "sub_event_type": event.modality,
        "title": event.title,
        "said_by": rows.who(atlas, event.said_by, view.lang),
        "via": rows.who(atlas, event.via, view.lang) if event.via else None,
        "actor1": actors[0] if actors else None,
        "actor2": actors[1] if len(actors) > 1 else None,
        "assoc_actors": _list(actors[2:]),
        "country": _list(rows.in_lang(area.names, view.lang) for area in countries),
        "iso3": _list(str(code) for area in countries if (code := dict(area.facts).get("iso3"))),
        "admin1": _list(rows.in_lang(area.names, view.lang) for area in provinces),
        "admin1_pcode": _list(str(code) for area in provinces if (code := dict(area.facts).get("pcode"))),
        "location": _list(rows.in_lang(place.names, view.lang) for place in places),
        "location_id": _list(place.id for place in places),
        "location_role": located[0][1].role if located else None,
        "latitude": point.y if point else None,
        "longitude": point.x if point else None,
        "geo_precision": 1 if point else _geo_precision(places),
        "other_locations": _list(
            rows.in_lang(other.names, view.lang) for other, link in links if (other, link) not in located
        ),
        "source": rows.source_text(atlas, source.id),
        "source_url": source.url,
        "source_locator": source.locator,
        "quotation": quotation(atlas.article, event).text,
        "notes": event.note,
        "article_sha256": atlas.article.sha256,
        "data_version": rows.version(atlas),
    }


def _located(links: Iterable[tuple[Place, PlaceLink]]) -> list[tuple[Place, PlaceLink]]:
    """Return the places that are an event's location: all of one role, for none stands for the others."""
    by_role = ([pair for pair in links if pair[1].role == role] for role in _ROLES)
    return next(filter(None, by_role), [])


def _time_precision(first: date | None, last: date | None) -> int:
    if first is None or last is None:
        return 3
    days = (last - first).days + 1
    return 1 if days == 1 else 2 if days <= _WEEK else 3


def _geo_precision(places: list[Place]) -> int:
    """Return how wide a location without a position is."""
    small = len(places) == 1 and places[0].layer not in _LARGE and places[0].geometry.geom_type != "Point"
    return 2 if small else 3


def _around(atlas: Atlas, places: Iterable[Place], layer: str) -> list[Place]:
    """Return the areas of a layer that places are, or lie in wholly or partly; each once."""
    ids = dict.fromkeys(item for place in places for item in (place.id, *place.within))
    return [area for item in ids if (area := atlas.place[item]).layer == layer]


def _list(items: Iterable[str]) -> str:
    return "; ".join(items)

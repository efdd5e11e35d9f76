"""Everything the browser draws, as one plain value written once. It holds no view: that travels apart."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
import shapely
import xyzservices.providers as xyz
from shapely.geometry import mapping

from mapapp.core import address
from mapapp.core.model import LANGUAGES, Kind
from mapapp.core.relations import events_of, facts_of
from mapapp.core.select import SNAPSHOTS
from mapapp.incidents.vocabulary import KINDS as INCIDENT_KINDS
from mapapp.render import cards, text, theme

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from mapapp.core.edtf import When
    from mapapp.core.model import Atlas, Event, Fact, Names, Place
    from mapapp.core.select import View

# Which side of the panel a layer stands on. Land and countries are the base map and always drawn.
GROUPS = {
    "zones": "article",
    "dmz": "article",
    "governorates": "article",
    "control": "background",
    "contact-lines": "background",
    "posts": "background",
    "towns": "background",
    "roads": "background",
    "rivers": "background",
    "land": "base",
    "countries": "base",
}
LAYERS = ("events", *GROUPS)
SCREEN_LAYERS = (*LAYERS, "incidents")  # the reader's own records are on the screen alone
SWITCHABLE = tuple(layer for layer in SCREEN_LAYERS if GROUPS.get(layer) != "base")

# Label rank (lower wins) and first and last zoom, by kind of place.
RANKS: dict[str, tuple[int, float, float]] = {
    "capital": (1, 3, 20),
    "city": (2, 7, 20),
    "country": (3, 3, 10.5),
    "de-escalation-area": (4, 7, 11.4),
    "governorate": (5, 7, 10.4),
    "town": (6, 8.5, 20),
    "demilitarised-zone": (7, 9, 12),
    "motorway": (7, 8, 20),
    "observation-post": (8, 9.5, 20),
    "russian-observation-post": (8, 9.5, 20),
    "border-crossing": (9, 10, 20),
    "village": (10, 10.5, 20),
    "river": (11, 8.5, 20),
    "military-point": (12, 11, 20),
}
# What bears no name on the map: it would only repeat that of what it belongs to.
UNNAMED = frozenset({"land", "disputed-area", "opposition-held", "contact-line", "control-limit"})
# A kind of another data folder is named like one of ours on the same layer.
_LIKE = {
    "countries": "country",
    "governorates": "governorate",
    "zones": "de-escalation-area",
    "control": "de-escalation-area",
    "dmz": "demilitarised-zone",
    "posts": "observation-post",
    "towns": "town",
    "roads": "motorway",
    "contact-lines": "motorway",
    "rivers": "river",
    "land": "country",
}
_LEAST_DEGREES = 0.5  # of a frame about points alone
BASE_MAPS = {"osm": xyz.OpenStreetMap.Mapnik, "topo": xyz.OpenTopoMap}


def payload(atlas: Atlas) -> dict[str, Any]:
    """Return all that the browser draws from ``atlas``.

    Plain values for JSON; positions as (lon, lat), days counted since 1970-01-01, ``None`` for an open end.
    """
    places = [place for layer in atlas.layers for place in layer.places]
    return {
        "article": {
            "day": text.day_number(atlas.article.date),
            "byline": cards.byline(atlas),
            "lang": atlas.article.language,
            "dir": atlas.article.direction,
        },
        "paragraphs": cards.article_paragraphs(atlas.article, atlas.events),
        "address": asdict(address_table(atlas)),
        "layers": [
            {"id": layer, "group": group, "snapshot": layer in SNAPSHOTS}
            for layer, group in GROUPS.items()
            if any(item.id == layer and item.places for item in atlas.layers)
        ],
        "places": [_place(place) for place in places],
        "events": [
            _item(event, event.when)
            | {
                "kind": event.kind,
                "who": event.said_by,
                "title": event.title,
                "places": [[link.id, link.role] for link in event.places],
            }
            for event in atlas.events
        ],
        "facts": [
            _item(fact, fact.when)
            | {
                "title": fact.text,
                "places": [[place, "about"] for place in fact.places],
                "explains": [*fact.explains, *fact.differs],
            }
            for fact in atlas.facts
        ],
        "cards": {place.id: cards.place_card(place) for place in places}
        | {event.id: cards.event_card(atlas, event) for event in atlas.events}
        | {fact.id: cards.fact_card(atlas, fact) for fact in atlas.facts},
        "details": {place.id: cards.place_details(atlas, place) for place in places},
        "related": {
            place.id: found
            for place in places
            if (found := [[event.id, via] for event, via, _ in events_of(atlas, place.id)])
        },
        "factsOf": {
            item_id: ours
            for item_id in (*atlas.place, *atlas.event)
            if (ours := [fact.id for fact in facts_of(atlas, item_id)])
        },
        "actors": {actor.id: _names(actor.names) for actor in atlas.actors},
        "who": list(dict.fromkeys(event.said_by for event in atlas.events)),
        "kinds": list(dict.fromkeys(event.kind for event in atlas.events)),
        "presets": _presets(atlas),
        "span": [text.day_number(day) for day in span(atlas)],
        "home": home(atlas),
        "labels": theme.LABELS,
        "font": theme.FONT,
        "symbols": theme.symbols(),
        "words": text.catalogue(),
        "locale": "en-GB",
        "months": text.months(),
        "languages": [[lang, text.words(f"lang-{lang}")] for lang in LANGUAGES],
        "attribution": text.words("attribution-short"),
        "basemaps": [
            {
                "id": key,
                "name": str(tiles["name"]).replace(".", " "),
                "url": tiles.build_url(scale_factor="", fill_subdomain=False),
                "attribution": tiles["html_attribution"],
                "maxZoom": tiles.get("max_zoom", 18),
                "subdomains": tiles.get("subdomains", "abc"),
            }
            for key, tiles in BASE_MAPS.items()
        ],
    }


def address_table(atlas: Atlas) -> address.Table:
    """Return what the address of a view of ``atlas`` may hold."""
    return address.table(
        atlas.article.date,
        [layer for layer in SCREEN_LAYERS if layer not in SWITCHABLE],
        {
            "who": (event.said_by for event in atlas.events),
            "kind": (*get_args(Kind), *INCIDENT_KINDS),
            "hide": SWITCHABLE,
            "select": (*atlas.place, *atlas.event, *atlas.fact),
            "base": ("none", *BASE_MAPS),
        },
    )


def opening(view: View) -> dict[str, Any]:
    """Return ``view`` as the browser's script takes it over."""
    return {
        "first": str(view.window.first),
        "last": str(view.window.last),
        "sure": view.certainty == "certain",
        "known": None if view.known is None else str(view.known),
        "who": None if view.said_by is None else sorted(view.said_by),
        "kinds": None if view.kinds is None else sorted(view.kinds),
        "layers": sorted(SCREEN_LAYERS if view.layers is None else view.layers),
        "selected": view.selected,
        "lang": view.lang,
        "background": view.background,
        "base": view.base,
        "camera": view.camera,
        "clean": view.clean,
    }


def script(atlas: Atlas) -> str:
    """Return `payload` as a script that sets ``window.mapappAtlas``; safe inside HTML too.

    As text for the browser's JSON parser, which is faster than that for scripts.
    """
    quoted = json.dumps(safe_json(payload(atlas)), ensure_ascii=False)
    return f"window.mapappAtlas=JSON.parse({quoted});\n"


def safe_json(value: object) -> str:
    """Return JSON that stays data inside a script, an HTML page and a Jinja template alike."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for char in "<>&\u2028\u2029":
        body = body.replace(char, f"\\u{ord(char):04x}")
    if any(opener in body for opener in ("{{", "{%", "{#")):  # in a string: JSON itself has none of them
        body = re.sub(r'"(?:[^"\\]|\\.)*"', lambda text: text.group().replace("{", "\\u007b"), body)
    return body


def _names(names: Names) -> dict[str, str]:
    return {lang: getattr(names, lang) for lang in LANGUAGES}


def _item(item: Event | Fact | Place, when: When) -> dict[str, Any]:
    return {
        "id": item.id,
        "e": text.day_number(when.earliest),
        "l": text.day_number(when.latest),
        "s": text.day_number(when.sure_from),
        "t": text.day_number(when.sure_to),
        "through": when.throughout,
        "unsure": when.uncertain,
    }


def _place(place: Place) -> dict[str, Any]:
    shape = place.geometry
    labelled = rank_of(place)
    at = None
    if labelled or shape.geom_type == "Point":
        point = label_point(shape).centroid
        at = [round(point.x, 4), round(point.y, 4)]
    rank, low, high = labelled or (99, 99, 99)
    return _item(place, place.valid) | {
        "layer": place.layer,
        "kind": place.kind,
        "basis": place.basis,
        "names": _names(place.names),
        "namesWhen": [
            [text.day_number(dated.when.earliest), text.day_number(dated.when.latest), _names(dated.names)]
            for dated in place.names_when
        ],
        "statuses": [
            {
                "status": status.status,
                "e": text.day_number(status.when.earliest),
                # one dated by its beginning alone goes on until the next
                "l": text.day_number(status.when.latest) if status.when.throughout else None,
            }
            for status in sorted(place.statuses, key=lambda status: str(status.when.earliest or ""))
        ],
        "tolerance": f"{place.tolerance_km:g}",
        "area": round(shape.area, 5),
        "box": [round(edge, 4) for edge in shape.bounds],
        "at": at,
        "rank": rank,
        "zoom": [low, high],
        "geometry": mapping(shape),
    }


def rank_of(place: Place) -> tuple[int, float, float] | None:
    """Return a place's label rank and first and last zoom; ``None`` where it bears no name on the map."""
    if place.kind in UNNAMED:
        return None
    return RANKS.get(place.kind) or RANKS[_LIKE[place.layer]]


def label_point(shape: BaseGeometry) -> BaseGeometry:
    """Return where a name sits best: along the longest line, or where an area is farthest from its edge."""
    if shape.geom_type in ("Point", "MultiPoint"):
        return shapely.get_parts(shape)[0]  # type: ignore[no-any-return] # an array of shapes
    if shape.geom_type in ("LineString", "MultiLineString"):
        longest = max(shapely.get_parts(shape), key=lambda part: part.length)
        return longest.interpolate(0.4, normalized=True)  # type: ignore[no-any-return] # as above
    largest = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
    radius: BaseGeometry = shapely.maximum_inscribed_circle(largest.simplify(0.01), tolerance=0.02)
    return radius.interpolate(0)


def _presets(atlas: Atlas) -> list[list[object]]:
    """Offer the months and years the article names, its own month and day, and the whole."""
    own = atlas.article.date
    named: dict[tuple[date, date], str] = {}
    for event in atlas.events:
        when = event.when
        if (
            when.earliest
            and when.latest
            and not when.throughout
            and when.latest > when.earliest
            and not {*when.edtf} & {*"~?%[X"}
        ):
            named[when.earliest, when.latest] = text.when_words(when)
    ours = text.edtf_words(f"{own:%Y-%m}")
    month = date(own.year, own.month, 1)
    following = date(own.year + own.month // 12, own.month % 12 + 1, 1)
    named[month, date.fromordinal(following.toordinal() - 1)] = ours
    rows: list[list[object]] = [
        [label, text.day_number(first), text.day_number(last)]
        for (first, last), label in sorted(named.items())
    ]
    rows.append([text.words("preset-article-day"), text.day_number(own), text.day_number(own)])
    rows.append([text.words("preset-all"), rows[0][1], text.day_number(own)])
    return rows


def span(atlas: Atlas) -> tuple[date, date]:
    """Return the first and last day of the time axis: whole years around everything dated."""
    days = [
        day
        for when in (
            *(e.when for e in atlas.events),
            *(f.when for f in atlas.facts),
            *(p.valid for p in atlas.place.values() if GROUPS.get(p.layer) != "base"),
        )
        for day in (when.earliest, when.latest)
        if day
    ]
    days.append(atlas.article.date)
    return date(min(days).year, 1, 1), date(max(days).year, 12, 31)


def home_of(atlas: Atlas) -> str | None:
    """Return the area most statements are about; ``None`` where they are about none."""
    counts: dict[str, int] = {}
    for event in atlas.events:
        for link in event.places:
            if (
                atlas.place[link.id].geometry.geom_type.endswith("Polygon")
                and atlas.place[link.id].layer != "countries"
            ):
                counts[link.id] = counts.get(link.id, 0) + 1
    return max(counts, key=lambda place: counts[place], default=None)


def home(atlas: Atlas) -> list[list[float]]:
    """Return the opening frame, as Leaflet's (lat, lon) corners: the area most statements are about.

    Without one, the places that statements name; without those, all places but the base map's.
    """
    area = home_of(atlas)
    if area is not None:
        shown = [atlas.place[area].geometry]
    else:
        told = [atlas.place[link.id] for event in atlas.events for link in event.places]
        near = [place for place in told if place.layer != "countries"] or told
        own = [place for place in atlas.place.values() if GROUPS[place.layer] != "base"]
        shown = [place.geometry for place in near or own or atlas.place.values()]
    if not shown:
        return [[-60, -180], [75, 180]]
    west, south, east, north = shapely.total_bounds(shown)
    if area is None:  # points have no size of their own
        add_x, add_y = (max(0.0, _LEAST_DEGREES - size) / 2 for size in (east - west, north - south))
        west, south, east, north = west - add_x, south - add_y, east + add_x, north + add_y
    pad_x, pad_y = (east - west) * 0.12, (north - south) * 0.08
    corners = [[south - pad_y, west - pad_x], [north + pad_y, east + pad_x]]
    return [[float(np.clip(lat, -85, 85)), float(np.clip(lon, -180, 180))] for lat, lon in corners]

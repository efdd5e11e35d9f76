"""The data sent to the browser, as plain values, serialised once. The view is sent separately."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from shapely.geometry import mapping

from mapapp import theme
from mapapp.base_maps import BASE_MAPS, tiles
from mapapp.core.label_point import label_point
from mapapp.core.profile import NameRank
from mapapp.core.relations import events_of, facts_of
from mapapp.core.story import steps
from mapapp.core.story_frame import has_land, home, span
from mapapp.text.authored import authored_language
from mapapp.text.dates import day_number
from mapapp.text.html import safe_json
from mapapp.text.labels import article_title, language_names
from mapapp.text.locales import (
    LANGUAGES,
)
from mapapp.view_address import address_table
from mapapp.web import cards
from mapapp.web.account import account_relations
from mapapp.web.comparison_table import snapshot_items
from mapapp.web.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapapp.core import address
    from mapapp.core.edtf import When
    from mapapp.core.model import Article, Atlas, Event, Fact, Place
    from mapapp.core.names import Names
    from mapapp.core.story import Step
    from mapapp.core.view import View
    from mapapp.web.payload_types import (
        AddressParameter,
        AddressTable,
        ArticleItem,
        BaseMap,
        Dated,
        EventItem,
        FactItem,
        Geometry,
        LayerItem,
        NamesByLanguage,
        Opening,
        Payload,
        PlaceItem,
        StepItem,
    )


def payload(atlas: Atlas) -> Payload:
    """Return everything the browser needs to draw ``atlas``.

    Plain values for JSON; positions as (lon, lat), days counted since 1970-01-01, ``None`` for an open end.
    """
    places = [place for layer in atlas.layers for place in layer.places]
    first, last = (day_number(day) for day in span(atlas))
    return {
        **texts(atlas),
        "articles": [_article(atlas, article) for article in atlas.articles],
        "day": day_number(atlas.day),
        "sea": has_land(atlas),
        "address": _address(address_table(atlas)),
        "layers": _layers(atlas),
        "drawing": [*atlas.profile.layers],
        "places": [_place(atlas, place) for place in places],
        "events": [_event(atlas, event) for event in atlas.events],
        "facts": [_fact(fact) for fact in atlas.facts],
        "related": _related_events(atlas, places),
        "factsOf": _related_facts(atlas),
        "actors": {actor.id: _names(actor.names) for actor in atlas.actors},
        "speakers": list(dict.fromkeys(event.said_by for event in atlas.events)),
        "kinds": list(dict.fromkeys(event.kind for event in atlas.events)),
        "story": [_step(atlas, step) for step in steps(atlas)],
        "snapshots": snapshot_items(atlas),
        "span": (first, last),
        "home": home(atlas),
        "counted": [kind for kind, entry in atlas.profile.event_kinds.items() if entry.incidents],
        "font": theme.FONT,
        "symbols": theme.symbols(atlas.profile),
        "interface": language_names(LANGUAGES),
        "languages": language_names(atlas.profile.languages),
        "basemaps": _base_maps(),
        "lies": account_relations(atlas),
    }


def _article(atlas: Atlas, article: Article) -> ArticleItem:
    return {
        "id": article.id,
        "letter": atlas.letters[article.id],
        "day": day_number(article.date),
        "title": article_title(atlas, article),
        "lang": article.language,
        "dir": article.direction,
        "paragraphs": cards.article_paragraphs(atlas, article),
    }


def _layers(atlas: Atlas) -> list[LayerItem]:
    """Return the layers that have a place, in the order of the panel."""
    filled = {layer.id for layer in atlas.layers if layer.places}
    layers = (atlas.profile.layers[name] for name in atlas.profile.listed if name in filled)
    return [
        {
            "id": layer.id,
            "group": layer.group,
            "role": layer.role,
            "snapshot": layer.snapshot,
            "badges": layer.badges,
            "short": layer.short,
            "once": layer.once,
            "unmarked": layer.unmarked is not None,
            "main": layer.main,
            "banded": layer.banded,
            "look": {
                "size": layer.look.size,
                "weight": layer.look.weight,
                "spread": layer.look.spread,
                "upper": layer.look.upper,
            },
        }
        for layer in layers
    ]


def _related_events(atlas: Atlas, places: Iterable[Place]) -> dict[str, list[tuple[str, str | None]]]:
    """Return the statements about each place that has any: their ids, and how they are related."""
    return {
        place.id: found
        for place in places
        if (found := [(event.id, via) for event, via, _ in events_of(atlas, place.id)])
    }


def _related_facts(atlas: Atlas) -> dict[str, list[str]]:
    """Return the ids of the background facts about each place and statement that has any."""
    return {
        item_id: ours
        for item_id in (*atlas.place, *atlas.event)
        if (ours := [fact.id for fact in facts_of(atlas, item_id)])
    }


def _base_maps() -> list[BaseMap]:
    return [
        {
            "id": key,
            "name": str(provider["name"]).replace(".", " "),
            "url": provider.build_url(scale_factor="", fill_subdomain=False),
            "attribution": provider["html_attribution"],
            "maxZoom": provider.get("max_zoom", 18),
            "subdomains": provider.get("subdomains", "abc"),
        }
        for key, provider in ((key, tiles(key)) for key in BASE_MAPS)
    ]


def _address(table: address.Table) -> AddressTable:
    """Return what the script needs to read and write addresses, without texts for documentation."""
    return {
        "parameters": {name: _parameter(parameter) for name, parameter in table.parameters.items()},
        "steps": table.steps,
        "longest": table.longest,
    }


def _parameter(parameter: address.Parameter) -> AddressParameter:
    return {
        "kind": parameter.kind,
        "default": parameter.default,
        "allowed": parameter.allowed,
        "numbers": [
            {
                "name": number.name,
                "low": number.low,
                "high": number.high,
                "decimals": number.decimals,
                "turn": number.turn,
            }
            for number in parameter.numbers
        ],
        "follows": parameter.follows,
        "alias": parameter.alias,
        "alias_values": parameter.alias_values,
    }


def opening(view: View) -> Opening:
    """Return ``view`` for the script, as JSON values named after the address parameters."""
    return {
        "first": str(view.window.first),
        "last": str(view.window.last),
        "certain": view.certain,
        "as_of": None if view.as_of is None else str(view.as_of),
        "said_by": None if view.said_by is None else sorted(view.said_by),
        "kinds": None if view.kinds is None else sorted(view.kinds),
        "hidden": sorted(view.hidden),
        "selected": view.selected,
        "article": view.article,
        "names": view.names,
        "language": view.language,
        "background": view.background,
        "base_map": view.base_map,
        "camera": view.camera,
        "screenshot": view.screenshot,
        "step": view.step,
        "compare": None if view.compare is None else str(view.compare),
    }


def script(data: Payload) -> str:
    """Return a `payload` as a script that sets ``window.mapappAtlas``; safe inside HTML too.

    The data is a string for ``JSON.parse``, which is faster than parsing an object literal.
    """
    quoted = json.dumps(safe_json(data), ensure_ascii=False)
    return f"window.mapappAtlas=JSON.parse({quoted});\n"


def _names(names: Names) -> NamesByLanguage:
    return dict(names.texts)


def _dated(item: Event | Fact | Place, when: When) -> Dated:
    return {
        "id": item.id,
        "earliest": day_number(when.earliest),
        "latest": day_number(when.latest),
        "certainFrom": day_number(when.certain_from),
        "certainTo": day_number(when.certain_to),
        "throughout": when.throughout,
        "uncertain": when.uncertain,
    }


def _event(atlas: Atlas, event: Event) -> EventItem:
    return {
        **_dated(event, event.when),
        "article": event.article,
        "number": atlas.numbers[event.id],
        "draft": event.draft,
        "kind": event.kind,
        "said_by": event.said_by,
        "title": {authored_language(atlas): event.title, **event.titles},
        "places": [(link.id, link.role) for link in event.places],
    }


def _fact(fact: Fact) -> FactItem:
    return {
        **_dated(fact, fact.when),
        "draft": fact.draft,
        "title": fact.text,
        "places": [(place, "about") for place in fact.places],
        "explains": [*fact.explains, *fact.differs],
    }


def _place(atlas: Atlas, place: Place) -> PlaceItem:
    shape = place.geometry
    labelled = atlas.profile.rank(place.layer, place.kind)
    at = None
    if labelled or shape.geom_type == "Point":
        point = label_point(shape).centroid
        at = (round(point.x, 4), round(point.y, 4))
    rank = labelled or NameRank(99, 99, 99)
    west, south, east, north = (round(edge, 4) for edge in shape.bounds)
    return {
        **_dated(place, place.valid),
        "layer": place.layer,
        "kind": place.kind,
        "basis": place.basis,
        "names": _names(place.names),
        "namesWhen": [
            (day_number(dated.when.earliest), day_number(dated.when.latest), _names(dated.names))
            for dated in place.names_when
        ],
        "statuses": [
            {
                "status": status.status,
                "earliest": day_number(status.when.earliest),
                # a status without an end lasts until the next
                "latest": day_number(status.when.latest) if status.when.throughout else None,
            }
            for status in sorted(place.statuses, key=lambda status: str(status.when.earliest or ""))
        ],
        "tolerance": place.tolerance_km,
        "area": round(shape.area, 5),
        "box": (west, south, east, north),
        "at": at,
        "rank": rank.rank,
        "zoom": (rank.low, rank.high),
        "great": atlas.profile.is_great(place.kind),
        "draft": place.draft,
        "unsure": place.unsure,
        "geometry": cast("Geometry", mapping(shape)),
    }


def _step(atlas: Atlas, step: Step) -> StepItem:
    own = step.own
    return {
        "number": atlas.numbers.get(step.shown or "", ""),
        "shows": step.shown if step.shown in atlas.event else None,
        "own": {"title": _names(own.title), "text": _names(own.text) if own.text else {}} if own else None,
    }

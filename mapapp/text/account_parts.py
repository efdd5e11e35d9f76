"""What a text account of a map is put together from: sentences and relations that no view changes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypedDict

import shapely
from babel.dates import get_month_names

from mapapp.core.description import lies_of
from mapapp.core.location import location
from mapapp.text.authored import event_title, publisher_words
from mapapp.text.dates import day_number, when_words
from mapapp.text.direction import isolated
from mapapp.text.labels import (
    article_title,
    basis_words,
    byline,
    class_words,
    event_kind_words,
    in_lang,
    kind_words,
    layer_words,
    map_title,
    speaker,
    who_says,
)
from mapapp.text.locales import LANGUAGES, cldr, current_language, digits, local, number_words
from mapapp.text.messages import catalogue, words
from mapapp.text.quantities import quantity_words
from mapapp.text.quotation import quotation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapapp.core.description import Lie, Lies, Offset
    from mapapp.core.model import Atlas, Event, Fact, Place

_REST = re.compile(r"\s*[,،(]")
_MOST = 40  # names in a list; of more, their number is given
_RELATIONS = ("shape", "inside", "edge", "beside", "beyond", "low", "places", "seats")
_SOURCES = 4  # publishers named of each place


class NamedParts(TypedDict):
    """The kind and the names of a place: (first day, last day, name); the last has no days."""

    kind: str
    names: list[tuple[int | None, int | None, str]]


class PlaceParts(NamedParts):
    """What does not change of a place."""

    about: str
    off: str
    shape: str
    inside: Sequence[str]
    edge: Sequence[str]
    beside: Sequence[str]
    through: Sequence[tuple[str, str]]
    beyond: bool
    low: bool


class EventParts(TypedDict):
    """What does not change of a statement.

    ``places`` are its location, ``seats`` those of speakers and parties.
    """

    text: str
    quote: dict[str, str]
    places: list[str]
    seats: list[str]


class Parts(TypedDict):
    """What an account is put together from, in words, for one atlas. Everything is by id."""

    title: str
    articles: dict[str, tuple[str, str]]
    setting: list[str]
    layers: dict[str, str]
    classes: dict[str, str]
    statuses: dict[str, str]
    speakers: dict[str, str]
    kinds: dict[str, str]
    months: list[str]
    places: dict[str, PlaceParts]
    base: dict[str, NamedParts]
    events: dict[str, EventParts]
    facts: dict[str, str]


def parts(atlas: Atlas) -> Parts:
    """Return the sentences and relations that do not depend on the view, as plain values for JSON."""
    return _parts(atlas, current_language())


@lru_cache(maxsize=len(LANGUAGES))  # a page needs them three times in its own language
def _parts(atlas: Atlas, _tag: str) -> Parts:
    lies = lies_of(atlas)
    profile = atlas.profile
    months = get_month_names("wide", "format", cldr(current_language()))
    shown = [place for place in atlas.place.values() if place.id in lies.places]
    return {
        "title": isolated(map_title(atlas)),
        "articles": {
            article.id: (isolated(article_title(atlas, article)), _article_words(atlas, article.id))
            for article in atlas.articles
        },
        "setting": _setting(atlas, lies),
        "layers": {
            layer: isolated(layer_words(profile, layer))
            for layer in (*profile.listed, "events", "facts", "incidents")
        },
        "classes": {
            class_id(place, status): isolated(class_words(profile, place, status))
            for place in shown
            for status in (None, *(one.status for one in place.statuses))
        },
        "speakers": {
            item: isolated(speaker(atlas, item, current_language()))
            if item in atlas.actor
            else own_words(atlas, "the-article")
            for item in dict.fromkeys(event.said_by for event in atlas.events)
        },
        "kinds": {kind: isolated(event_kind_words(profile, kind)) for kind in profile.event_kinds},
        "months": [months[month] for month in range(1, 13)],
        "statuses": {status: isolated(local(text)) for status, text in profile.statuses.items()},
        "places": {place.id: _place_parts(atlas, lies, place) for place in shown},
        "base": {
            link.id: _named(atlas, atlas.place[link.id])
            for event in atlas.events
            for link in event.places
            if link.id not in lies.places
        },
        "events": {event.id: _event_parts(atlas, event) for event in atlas.events},
        "facts": {fact.id: _fact_words(atlas, fact) for fact in atlas.facts},
    }


def split(made: Parts) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the parts in two: the relations, and the texts, which depend on the language of the interface.

    Both are as `parts` but for what the other has of places and statements.
    """
    relations: dict[str, Any] = {}
    texts: dict[str, Any] = dict(made)
    for table in ("places", "events"):
        items: dict[str, dict[str, Any]] = texts[table]
        relations[table] = {
            item: {key: value for key, value in own.items() if key in _RELATIONS}
            for item, own in items.items()
        }
        texts[table] = {
            item: {key: value for key, value in own.items() if key not in _RELATIONS}
            for item, own in items.items()
        }
    return relations, texts


def class_id(place: Place, status: str | None) -> str:
    """Return what names a class of places: its layer, kind and status."""
    return "|".join((place.layer, place.kind, status or ""))


def own_words(atlas: Atlas, key: str) -> str:
    """Return a message as it is worded for the number of articles."""
    several = f"{key}-several"
    return words(several if len(atlas.articles) > 1 and several in catalogue() else key)


def listed(names: Iterable[str]) -> str:
    """Return names as a list within a sentence, such as "A, B and C"."""
    *first, last = names
    if not first:
        return last
    text = first[0]
    for name in first[1:]:
        text = words("account-list-more", first=text, next=name)
    return words("account-list-last" if len(first) > 1 else "account-list-pair", first=text, last=last)


def entries_listed(entries: Sequence[str], most: int = _MOST) -> str:
    """Return entries that may have commas as a list; of more than ``most``, how many more there are."""
    text = entries[0]
    for entry in entries[1:most]:
        text = words("account-list-entries", first=text, next=entry)
    more = len(entries) - most
    return words("account-list-rest", first=text, n=more) if more > 0 else text


def _article_words(atlas: Atlas, item: str) -> str:
    article = atlas.article[item]
    key = "figure-lead-letter" if atlas.letters[item] else "figure-lead-article"
    title = isolated(article_title(atlas, article))
    return words(key, letter=atlas.letters[item], title=title, byline=byline(atlas, article))


def _setting(atlas: Atlas, lies: Lies) -> list[str]:
    wide, high = map(number_words, lies.extent)
    countries = [isolated(in_lang(atlas.place[item].names, current_language())) for item in lies.countries]
    texts = [
        words("account-extent", wide=wide, high=high, countries=listed(countries))
        if countries
        else words("account-extent-anywhere", wide=wide, high=high)
    ]
    if provinces := [
        isolated(in_lang(atlas.place[item].names, current_language())) for item in lies.provinces
    ]:
        texts.append(words("account-parts", places=listed(provinces)))
    if lies.main is None:
        texts.append(words("account-main-middle"))
    else:
        texts.append(words("account-main", place=_main(atlas, lies)))
    return texts


def _main(atlas: Atlas, lies: Lies) -> str:
    if lies.main is None:
        return words("account-middle")
    return isolated(in_lang(atlas.place[lies.main].names, current_language()))


def _place_parts(atlas: Atlas, lies: Lies, place: Place) -> PlaceParts:
    lie = lies.places[place.id]
    main = _main(atlas, lies)
    dimensions = int(shapely.get_dimensions(place.geometry))
    texts = {0: _point_words, 1: _line_words, 2: _area_words}[dimensions](atlas, lie, main, place)
    if any(link.id == place.id and link.words for event in atlas.events for link in event.places):
        texts.append(own_words(atlas, "account-mentioned"))
    texts.append(words("account-basis", basis=basis_words(place)))
    confidence = words(f"confidence-{place.confidence}")
    texts.append(words("precision", km=place.tolerance_km, confidence=confidence))
    texts.append(_source_words(atlas, place.sources))
    return {
        **_named(atlas, place),
        "about": " ".join(filter(None, texts)),
        "off": _off(lies, place, lie),
        "shape": ("point", "line", "area")[dimensions],
        "inside": lie.inside,
        "edge": lie.edge,
        "beside": lie.beside,
        "through": [(item, number_words(km)) for item, km in lie.through],
        "beyond": lie.beyond,
        "low": place.confidence == "low",
    }


def _named(atlas: Atlas, place: Place) -> NamedParts:
    dated = [
        (day_number(one.when.earliest), day_number(one.when.latest), one.names) for one in place.names_when
    ]
    layer = atlas.profile.layers[place.layer]
    short = layer.snapshot and layer.short  # of one day, which the section says
    return {
        "kind": isolated(kind_words(atlas.profile, place.kind)),
        "names": [
            (
                first,
                last,
                isolated(
                    _shortened(in_lang(names, current_language()))
                    if short
                    else in_lang(names, current_language())
                ),
            )
            for first, last, names in (*dated, (None, None, place.names))
        ],
    }


def _shortened(name: str) -> str:
    """Return a name without what follows its first comma or bracket, as it is on the map."""
    return _REST.split(name, maxsplit=1)[0] or name


def _off(lies: Lies, place: Place, lie: Lie) -> str:
    """Return the distance and direction of a place in brackets; empty for a line."""
    if place.id == lies.main:
        return words("account-off-main")
    if lie.offset is None:
        return ""
    return _at("account-off", lie.offset)


def _at(key: str, offset: Offset, **values: str) -> str:
    """Return a message with a distance and a direction, or that it is too close to tell."""
    km = number_words(offset.km)
    if offset.compass is None:
        return words(f"{key}-near", km=km, **values)
    return words(key, km=km, direction=words(f"direction-{offset.compass}"), **values)


def _point_words(_atlas: Atlas, lie: Lie, main: str, _place: Place) -> list[str]:
    return [_at("account-at", lie.offset, place=main)] if lie.offset else []


def _line_words(atlas: Atlas, lie: Lie, main: str, _place: Place) -> list[str]:
    texts = [words("account-length", km=number_words(lie.size or 0))]
    if lie.ends:
        texts.append(_at("account-end-at", lie.ends[0], place=main))
        texts.append(_at("account-other-end-at", lie.ends[1], place=main))
    if lie.course:
        names = [isolated(in_lang(atlas.place[item].names, current_language())) for item in lie.course]
        texts.append(words("account-course", places=listed(names[:_MOST])))
    return texts


def _area_words(_atlas: Atlas, lie: Lie, main: str, _place: Place) -> list[str]:
    texts = []
    if lie.across:
        wide, high = map(number_words, lie.across)
        texts.append(words("account-area", km2=number_words(lie.size or 0), wide=wide, high=high))
    few = 2  # directions that the middle says, too
    if len(lie.sides) <= few and lie.offset:
        texts.append(_at("account-middle-at", lie.offset, place=main))
    elif len(lie.sides) > few:
        sides = listed(words(f"side-{side}") for side in lie.sides)
        every = 8
        texts.append(
            words("account-sides-all", place=main)
            if len(lie.sides) == every
            else words("account-sides", place=main, sides=sides)
        )
    return texts


def _source_words(atlas: Atlas, ids: Iterable[str]) -> str:
    publishers = dict.fromkeys(isolated(publisher_words(atlas.source[item])) for item in ids)
    if not publishers:
        return ""
    return words("account-sources", sources=entries_listed([*publishers], _SOURCES))


def _event_parts(atlas: Atlas, event: Event) -> EventParts:
    article = atlas.article[event.article]
    key = "account-statement-draft" if event.draft else "account-statement"
    texts = [
        words(key, number=digits(atlas.numbers[event.id]), title=isolated(event_title(event).rstrip("."))),
        who_says(atlas, event, stop="."),
        *(f"{quantity_words(atlas, article, one)}." for one in event.quantities),
        words("account-when", when=when_words(event.when)),
    ]
    if event.said is not None and event.said.edtf != event.when.edtf:
        texts.append(words("account-said", when=when_words(event.said)))
    found = location(atlas, event)
    at = [place.id for place in found.places]
    return {
        "text": " ".join(texts),
        "quote": {
            "text": quotation(article, event).text,
            "lang": article.language,
            "dir": article.direction,
        },
        "places": at,
        "seats": [link.id for link in event.places if link.role == "seat" and link.id not in at],
    }


def _fact_words(atlas: Atlas, fact: Fact) -> str:
    texts = [isolated(fact.text), words("account-when", when=when_words(fact.when))]
    for key, ids in (("account-differs", fact.differs), ("account-explains", fact.explains)):
        numbers = [
            words("account-number", number=digits(atlas.numbers[item]))
            for item in ids
            if item in atlas.numbers
        ]
        if numbers:
            texts.append(words(key, numbers=listed(numbers)))
    texts.append(words("account-confidence", confidence=words(f"confidence-{fact.confidence}")))
    texts.append(_source_words(atlas, fact.sources))
    return " ".join(filter(None, texts))

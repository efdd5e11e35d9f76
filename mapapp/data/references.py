"""Checks that every id an entry refers to exists."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mapapp.core.model import ARTICLE
from mapapp.data import entries
from mapapp.errors import Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapapp.core.model import Actor, Article, Event, Fact, Layer
    from mapapp.data.entries import Entries

    Reference = tuple[str, str, Iterable[str]]  # path in the entry, kind of entry referred to, ids


def check_references(  # noqa: PLR0913 - one for each kind of entry
    read: Entries,
    *,
    articles: Iterable[Article],
    events: Iterable[Event],
    facts: Iterable[Fact],
    actors: Iterable[Actor],
    layers: Iterable[Layer],
) -> None:
    """Report ids that do not exist or are given twice in one list."""
    for article in articles:
        file = read.file_of[f"article {article.id}"]
        _check(read, file, "article", [("source", entries.SOURCES, [article.source])])
    for event in events:
        _check(read, read.file_of[event.id], event.id, _of_event(event))
    for fact in facts:
        _check(read, read.file_of[fact.id], fact.id, _of_fact(fact))
    for actor in actors:
        above = [actor.of] if actor.of else []
        _check(read, read.file_of[actor.id], actor.id, [("of", entries.ACTORS, above)])
    for place in (place for layer in layers for place in layer.places):
        statuses = [
            (f"statuses[{number}].sources", entries.SOURCES, status.sources)
            for number, status in enumerate(place.statuses)
        ]
        own = [("sources", entries.SOURCES, place.sources), ("within", entries.PLACES, place.within)]
        _check(read, read.file_of[place.id], place.id, [*own, *statuses])


def _of_event(event: Event) -> Iterator[Reference]:
    yield "actors", entries.ACTORS, event.actors
    if event.said_by != ARTICLE:
        yield "said_by", entries.ACTORS, [event.said_by]
    yield "via", entries.ACTORS, [event.via] if event.via else []
    yield "places", entries.PLACES, [link.id for link in event.places]


def _of_fact(fact: Fact) -> Iterator[Reference]:
    yield "sources", entries.SOURCES, fact.sources
    yield "places", entries.PLACES, fact.places
    yield "explains", entries.EVENTS, fact.explains
    yield "differs", entries.EVENTS, fact.differs


def _check(read: Entries, file: str, name: str, references: Iterable[Reference]) -> None:
    for path, kind, ids in references:
        for other, count in sorted(Counter(ids).items()):
            got = short_repr(other)
            if count > 1:
                issue = Issue("the id is listed twice", got, "list it once", where=path)
                read.files.report(issue.at(name, file))
            if kind not in read.unread and other not in read.ids[kind]:
                what = f"there is no such {kind.removesuffix('s')}"
                issue = Issue(what, got, f"correct the id, or add it to the {kind}", where=path)
                read.files.report(issue.at(name, file))

"""What every format tells of a view: the same records, in the same words, whatever the file."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING

from shapely import MultiPoint, Point

from mapapp.core.relations import places_of
from mapapp.core.sanitize import clean as clean  # noqa: PLC0414 - all formats take both from here
from mapapp.core.sanitize import neutral as neutral  # noqa: PLC0414
from mapapp.text.dates import day_words, edtf_words
from mapapp.text.messages import LANG, words, words_or
from mapapp.text.quotation import quotation
from mapapp.text.titles import view_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapapp.core.edtf import When
    from mapapp.core.model import Atlas, Event, Names, Place, PlaceLink, Status
    from mapapp.core.select import Selection
    from mapapp.core.view import Certainty, View

Value = str | bool | int | float | date | None
Bounds = tuple[date | None, date | None]
Row = dict[str, Value]

_LOCATED = frozenset({"site", "subject"})  # a seat stands for a government: nothing happened there
_SHORT = 12  # characters of a fingerprint that are told


def urn(kind: str, item_id: str) -> str:
    """Name an item for the world outside, as in ``urn:mapapp:place:road-m5``."""
    return f"urn:mapapp:{kind}:{item_id}"


def article_urn(atlas: Atlas) -> str:
    """Name the article by its bytes."""
    return f"urn:sha256:{atlas.article.sha256}"


def version(atlas: Atlas) -> str:
    """Return the data's version: the beginning of its fingerprint."""
    return atlas.fingerprint[:_SHORT]


def in_lang(names: Names, lang: str) -> str:
    """Return a name in the reader's language, else in English."""
    return clean(getattr(names, lang) or names.en)


def title(atlas: Atlas, view: View) -> str:
    """Say in one line what is shown: as the figure does, and as known when."""
    known = words("data-known", date=day_words(view.known)) if view.known else words("data-known-all")
    if view.window.first == view.window.last == view.known:
        known = words("data-known-then")
    what = selected(atlas, view)
    shown = f"{view_title(atlas, view)}, {known}"
    return clean(words("data-selected", shown=shown, what=what) if what else shown)


def selected(atlas: Atlas, view: View) -> str:
    """Name what is selected; empty for nothing."""
    if view.selected in atlas.place:
        return in_lang(atlas.place[view.selected].names, LANG)
    if view.selected in atlas.event:
        return clean(atlas.event[view.selected].title)
    return clean(atlas.fact[view.selected].text) if view.selected in atlas.fact else ""


def source_text(atlas: Atlas, source_id: str) -> str:
    """Word one source as plain text."""
    source = atlas.source[source_id]
    when = edtf_words(source.date)
    key = "source-line" if when else "source-line-undated"
    return clean(words(key, title=source.title, publisher=source.publisher, date=when))


def article_text(atlas: Atlas) -> str:
    """Word the article as a source, with the hash of its bytes."""
    source = atlas.source[atlas.article.source]
    return clean(
        words(
            "about-article",
            title=source.title,
            publisher=source.publisher,
            date=day_words(atlas.article.date),
            sha=atlas.article.sha256,
        )
    )


def who(atlas: Atlas, actor_id: str, lang: str) -> str:
    """Name who speaks; the article itself is one of them."""
    actor = atlas.actor.get(actor_id)
    return in_lang(actor.names, lang) if actor else words("the-article")


def worded(prefix: str, value: str) -> str:
    """Word a value of a vocabulary, or give it as it is where the catalogue has no words for it."""
    return words_or(f"{prefix}-{value}", value)


def drawn(layer: str, view: View) -> bool:
    """Return whether a layer is switched on."""
    return view.layers is None or layer in view.layers


def point(place: Place, link: PlaceLink) -> Point | None:
    """Return the position an event has by one of its places; ``None`` where it would be more than is said.

    The place must be a point itself, be where it happened or what it is about, and be named by the article.
    """
    shape = place.geometry
    return shape if isinstance(shape, Point) and link.role in _LOCATED and link.words else None


def points(atlas: Atlas, event: Event) -> list[Point]:
    """Return the positions an event has: no point stands for an area, none for a government."""
    return [shape for place, link in places_of(atlas, event) if (shape := point(place, link))]


def in_article(atlas: Atlas, place: Place) -> bool:
    """Return whether some statement is linked to a place by words of the article."""
    return any(link.words for event in atlas.events for link in event.places if link.id == place.id)


def begun(when: When) -> Bounds:
    """Return the first and last day on which it can have happened or, of an interval, begun: by its end."""
    if not when.throughout:
        return when.earliest, when.latest
    last = when.sure_from
    if when.earliest is None:  # a beginning not known is bounded by the end
        last = when.sure_to or when.latest
    return when.earliest, min((day for day in (last, when.latest) if day), default=None)


def ended(when: When) -> Bounds:
    """Return the first and last day on which it can have happened or, of an interval, ended: not sooner."""
    if not when.throughout:
        return when.earliest, when.latest
    return max((day for day in (when.earliest, when.sure_to) if day), default=None), when.latest


def spot(atlas: Atlas, event: Event, view: View) -> Point | MultiPoint | None:
    """Return where a statement is marked; ``None`` without a point of its own, or with marks switched off."""
    at = points(atlas, event) if drawn("events", view) else []
    return at[0] if len(at) == 1 else MultiPoint(at) if at else None


def known_statuses(place: Place, view: View) -> tuple[Status, ...]:
    """Return the statuses of a place that had begun by the day that counts, in order of time."""
    known = [
        status
        for status in place.statuses
        if view.known is None or status.when.earliest is None or status.when.earliest <= view.known
    ]
    return tuple(sorted(known, key=lambda status: status.when.earliest or date.min))


def spans(place: Place, view: View) -> tuple[tuple[Status | None, date | None, date | None], ...]:
    """Cut the time a place is drawn for into its statuses: each with its first and last day.

    Without a status for the time before the first one; a day is ``None`` where the end is open. A status goes
    on until its own end or the day before the next one begins.
    """
    statuses = known_statuses(place, view)
    starts = [status.when.earliest for status in statuses]
    first, last = place.valid.earliest, place.valid.latest
    cut: list[tuple[Status | None, date | None, date | None]] = []
    if not statuses or (starts[0] is not None and (first is None or first < starts[0])):
        cut.append((None, first, _before(starts[0]) if statuses else last))
    for status, following in zip_longest(statuses, starts[1:]):
        own = status.when.latest if status.when.throughout else None
        ends = [day for day in (own, _before(following), last) if day]
        cut.append((status, status.when.earliest, min(ends, default=None)))
    return tuple(cut)


def _before(day: date | None) -> date | None:
    return None if day is None else day - timedelta(days=1)


def place_row(atlas: Atlas, place: Place, certainty: Certainty, status: Status | None) -> Row:
    """Return what is told of a place: its names, time, standing, precision and sources. Distances in km.

    ``in_article`` tells whether the article's words name it; the others are there for orientation.
    """
    row: Row = {
        "id": place.id,
        "layer": place.layer,
        "kind": place.kind,
        "name_en": place.names.en,
        "name_ar": place.names.ar,
        "name_tr": place.names.tr,
        "name_ru": place.names.ru,
        "in_article": in_article(atlas, place),
        "valid": place.valid.edtf,
        "earliest": place.valid.earliest,
        "latest": place.valid.latest,
        "in_window": certainty,
        "status": status.status if status else None,
        "status_when": status.when.edtf if status else None,
        "basis": place.basis,
        "tolerance_km": float(place.tolerance_km),
        "confidence": place.confidence,
        "within": _list(place.within),
        "sources": _list(place.sources),
        "note": place.note,
    }
    return tidy(row | dict(place.facts))


def status_rows(selection: Selection, view: View) -> list[Row]:
    """Return every status, known by then, of the places shown."""
    return [
        tidy(
            {
                "place": place.id,
                "status": status.status,
                "when": status.when.edtf,
                "earliest": status.when.earliest,
                "latest": status.when.latest,
                "sources": _list(status.sources),
                "note": status.note,
            }
        )
        for place, _, _ in selection.places
        for status in known_statuses(place, view)
    ]


def event_row(atlas: Atlas, event: Event, certainty: Certainty, view: View) -> Row:
    """Return what is told of an event: who says it, when, in which words of the article, and where."""
    row: Row = {
        "id": event.id,
        "title": event.title,
        "kind": event.kind,
        "modality": event.modality,
        "said_by": event.said_by,
        "said_by_name": who(atlas, event.said_by, view.lang),
        "via": event.via,
        "actors": _list(event.actors),
        "when": event.when.edtf,
        "earliest": event.when.earliest,
        "latest": event.when.latest,
        "when_in_words": event.when.text,
        "when_basis": event.when.basis,
        "said": event.said.edtf if event.said else None,
        "in_window": certainty,
        "places": _list(f"{link.id} ({link.role})" for link in event.places),
        "quotation": quotation(atlas.article, event).text,
        "note": event.note,
        "article_sha256": atlas.article.sha256,
    }
    return tidy(row)


def fact_rows(selection: Selection) -> list[Row]:
    """Return the background: ours, never the article's."""
    return [
        tidy(
            {
                "id": fact.id,
                "text": fact.text,
                "when": fact.when.edtf,
                "earliest": fact.when.earliest,
                "latest": fact.when.latest,
                "in_window": certainty,
                "confidence": fact.confidence,
                "places": _list(fact.places),
                "explains": _list(fact.explains),
                "differs": _list(fact.differs),
                "sources": _list(fact.sources),
                "note": fact.note,
            }
        )
        for fact, certainty in selection.facts
    ]


def sources_used(atlas: Atlas, selection: Selection, view: View) -> list[str]:
    """Return the ids of all sources that what is shown rests on, the article's among them, in order."""
    used = {atlas.article.source}
    for place, _, _ in selection.places:
        used.update(place.sources)
        for status in known_statuses(place, view):
            used.update(status.sources)
    for fact, _ in selection.facts:
        used.update(fact.sources)
    return [source.id for source in atlas.sources if source.id in used]


def source_rows(atlas: Atlas, selection: Selection, view: View) -> list[Row]:
    """Return the sources used, each with its licence and whose voice it is."""
    return [tidy(dict(vars(atlas.source[source]))) for source in sources_used(atlas, selection, view)]


def about_rows(atlas: Atlas, view: View, address: str) -> list[Row]:
    """Return what a reader needs to find the view again and to know what it rests on."""
    told = {
        "title": title(atlas, view),
        "view": address,
        "data_version": atlas.fingerprint,
        "data_date": atlas.issued.isoformat() if atlas.issued else "",
        "article": article_text(atlas),
        "article_sha256": atlas.article.sha256,
        "credit": words("about-attribution"),
        "disclaimer": words("about-shapes"),
    }
    return [tidy({"key": key, "value": value}) for key, value in told.items()]


def tidy(row: Row) -> Row:
    """Return a record whose texts are one clean line each, and ``None`` where there is none."""
    return {key: (clean(value) or None) if isinstance(value, str) else value for key, value in row.items()}


def _list(items: Iterable[str]) -> str:
    return "; ".join(items)

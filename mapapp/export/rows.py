"""Shared by all formats: public identifiers, titles and sources as text, time bounds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from shapely import MultiPoint

from mapapp.core.location import positions
from mapapp.core.sanitize import clean as clean  # noqa: PLC0414 - all formats take these four from here
from mapapp.core.sanitize import neutral as neutral  # noqa: PLC0414
from mapapp.core.statuses import known_statuses
from mapapp.text.dates import day_words, when_words
from mapapp.text.messages import LANG, words, words_or
from mapapp.text.names import in_lang as in_lang  # noqa: PLC0414
from mapapp.text.names import speaker as speaker  # noqa: PLC0414
from mapapp.text.titles import view_title

if TYPE_CHECKING:
    from shapely import Point

    from mapapp.core.edtf import When
    from mapapp.core.model import Atlas, Event
    from mapapp.core.select import Selection
    from mapapp.core.view import View

Bounds = tuple[date | None, date | None]

_SHORT = 12  # characters of a fingerprint that are given


def urn(kind: str, item_id: str) -> str:
    """Return the public identifier of an item, such as ``urn:mapapp:place:road-m5``."""
    return f"urn:mapapp:{kind}:{item_id}"


def article_urn(atlas: Atlas) -> str:
    """Name the article by its bytes."""
    return f"urn:sha256:{atlas.article.sha256}"


def version(atlas: Atlas) -> str:
    """Return the data's version: the beginning of its fingerprint."""
    return atlas.fingerprint[:_SHORT]


def title(atlas: Atlas, view: View) -> str:
    """Say in one line what is shown: as the figure does, and as known when."""
    known = words("data-known", date=day_words(view.as_of)) if view.as_of else words("data-known-all")
    if view.window.first == view.window.last == view.as_of:
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
    when = when_words(source.date)
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


def worded(prefix: str, value: str) -> str:
    """Word a value of a vocabulary, or give it as it is where the catalogue has no words for it."""
    return words_or(f"{prefix}-{value}", value)


def drawn(layer: str, view: View) -> bool:
    """Return whether a layer is switched on."""
    return layer not in view.hidden


def begun(when: When) -> Bounds:
    """Return the first and last day on which it can have happened or, of an interval, begun: by its end."""
    if not when.throughout:
        return when.earliest, when.latest
    last = when.certain_from
    if when.earliest is None:  # a beginning not known is bounded by the end
        last = when.certain_to or when.latest
    return when.earliest, min((day for day in (last, when.latest) if day), default=None)


def ended(when: When) -> Bounds:
    """Return the first and last day on which it can have happened or, of an interval, ended: not sooner."""
    if not when.throughout:
        return when.earliest, when.latest
    return max((day for day in (when.earliest, when.certain_to) if day), default=None), when.latest


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


def about(atlas: Atlas, view: View, address: str) -> dict[str, str]:
    """Return what a reader needs to find the view again and to know what it rests on."""
    found = {
        "title": title(atlas, view),
        "view": address,
        "data_version": atlas.fingerprint,
        "data_date": atlas.issued.isoformat() if atlas.issued else "",
        "article": article_text(atlas),
        "article_sha256": atlas.article.sha256,
        "credit": words("about-attribution"),
        "disclaimer": words("about-shapes"),
    }
    return {key: clean(value) for key, value in found.items()}


def spot(atlas: Atlas, event: Event, view: View) -> Point | MultiPoint | None:
    """Return where a statement is marked; ``None`` without a position, or with marks switched off."""
    at = positions(atlas, event) if drawn("events", view) else []
    return at[0] if len(at) == 1 else MultiPoint(at) if at else None

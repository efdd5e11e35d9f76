"""Shared by all formats: public identifiers, titles and sources as text, time bounds, values of rows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from shapely import MultiPoint

from mapapp.core.location import positions
from mapapp.core.sanitize import clean as clean  # noqa: PLC0414 - all formats take these four from here
from mapapp.core.sanitize import neutral as neutral  # noqa: PLC0414
from mapapp.core.snapshots import compared_areas
from mapapp.core.statuses import known_statuses
from mapapp.text.authored import event_title, publisher_words
from mapapp.text.dates import day_words, when_words
from mapapp.text.labels import article_title, articles_shown, credit
from mapapp.text.labels import in_lang as in_lang  # noqa: PLC0414
from mapapp.text.labels import speaker as speaker  # noqa: PLC0414
from mapapp.text.locales import current_language
from mapapp.text.messages import words
from mapapp.text.titles import view_title

if TYPE_CHECKING:
    from shapely import Point

    from mapapp.core.edtf import When
    from mapapp.core.model import Article, Atlas, Event
    from mapapp.core.select import Selection
    from mapapp.core.view import View
    from mapapp.view_rows import Row, Value

Bounds = tuple[date | None, date | None]
Cell = str | bool | int | float | date | None

_SHORT = 12  # characters of the fingerprint in a version


def urn(kind: str, item_id: str) -> str:
    """Return the public identifier of an item, such as ``urn:mapapp:place:ID``."""
    return f"urn:mapapp:{kind}:{item_id}"


def article_urn(article: Article) -> str:
    """Return the identifier of an article, made from its SHA-256."""
    return f"urn:sha256:{article.sha256}"


def version(atlas: Atlas) -> str:
    """Return the data's version: the beginning of its fingerprint."""
    return atlas.fingerprint[:_SHORT]


def title(atlas: Atlas, view: View) -> str:
    """Return the title of the view on one line, with its as-of day."""
    known = words("data-known", date=day_words(view.as_of)) if view.as_of else words("known-all")
    if view.window.first == view.window.last == view.as_of:
        known = words("data-known-then")
    what = selected(atlas, view)
    shown = words("in-a-row", one=view_title(atlas, view), other=known)
    return clean(words("data-selected", shown=shown, what=what) if what else shown)


def selected(atlas: Atlas, view: View) -> str:
    """Return the name of the selected item; empty if nothing is selected."""
    if view.selected in atlas.place:
        return in_lang(atlas.place[view.selected].names, current_language())
    if view.selected in atlas.event:
        return clean(event_title(atlas.event[view.selected]))
    return clean(atlas.fact[view.selected].text) if view.selected in atlas.fact else ""


def source_text(atlas: Atlas, source_id: str) -> str:
    """Return a source as plain text."""
    source = atlas.source[source_id]
    when = when_words(source.date)
    key = "source-line" if when else "source-line-undated"
    return clean(words(key, title=source.title, publisher=publisher_words(source), date=when))


def article_text(atlas: Atlas, article: Article) -> str:
    """Return an article as a source, with its hash."""
    return clean(
        words(
            "about-article",
            title=article_title(atlas, article),
            publisher=publisher_words(atlas.source[article.source]),
            date=day_words(article.date),
            sha=article.sha256,
        )
    )


def article_source(atlas: Atlas, article: Article) -> str:
    """Return an article as a source, as `source_text` does, with its own title and date."""
    return clean(
        words(
            "source-line",
            title=article_title(atlas, article),
            publisher=publisher_words(atlas.source[article.source]),
            date=day_words(article.date),
        )
    )


def article_url(atlas: Atlas, article: Article) -> str | None:
    """Return the address of an article: its own, else that of its source; ``None`` if neither is known."""
    return article.url or atlas.source[article.source].url


def drawn(layer: str, view: View) -> bool:
    """Return whether a layer is switched on."""
    return layer not in view.hidden


def begun(when: When) -> Bounds:
    """Return the bounds of a time's start: the first and last day on which it may have begun or happened."""
    if not when.throughout:
        return when.earliest, when.latest
    last = when.certain_from
    if when.earliest is None:  # an unknown start is at most the end
        last = when.certain_to or when.latest
    return when.earliest, min((day for day in (last, when.latest) if day), default=None)


def ended(when: When) -> Bounds:
    """Return the bounds of a time's end: the first and last day on which it may have ended or happened."""
    if not when.throughout:
        return when.earliest, when.latest
    return max((day for day in (when.earliest, when.certain_to) if day), default=None), when.latest


def sources_used(atlas: Atlas, selection: Selection, view: View) -> list[str]:
    """Return the ids of all sources of what is shown, including the articles', in order."""
    used = {article.source for article in articles_shown(atlas, view)}
    for place, _, _ in selection.places:
        used.update(place.sources)
        for status in known_statuses(place, view):
            used.update(status.sources)
    for fact, _ in selection.facts:
        used.update(fact.sources)
    for place in compared_areas(atlas, view):
        used.update(place.sources)
    return [source.id for source in atlas.sources if source.id in used]


def about(atlas: Atlas, view: View, address: str) -> dict[str, str]:
    """Return the metadata of the view: title, address, data version, articles and credit.

    Several articles are on one line, as are their hashes, in the same order.
    """
    articles = articles_shown(atlas, view)
    found = {
        "title": title(atlas, view),
        "view": address,
        "data_version": atlas.fingerprint,
        "data_date": atlas.issued.isoformat() if atlas.issued else "",
        "article": " ".join(article_text(atlas, article) for article in articles),
        "article_sha256": " ".join(article.sha256 for article in articles),
        "credit": words("about-credit", credit=credit(atlas)),
        "disclaimer": words("about-shapes"),
    }
    return {key: clean(value) for key, value in found.items()}


def spot(atlas: Atlas, event: Event, view: View) -> Point | MultiPoint | None:
    """Return the position of a statement's mark; ``None`` if it has none or the layer is hidden."""
    at = positions(atlas, event) if drawn("events", view) else []
    return at[0] if len(at) == 1 else MultiPoint(at) if at else None


def joined(row: Row) -> dict[str, Cell]:
    """Return a row for a table: lists joined with semicolons, texts on one line, ``None`` if empty."""
    return {key: _cell(value) for key, value in row.items()}


def jsonable(row: Row) -> dict[str, Any]:
    """Return a row for JSON: days as ISO 8601 text, without missing values and empty lists."""
    return {key: found for key, value in row.items() if (found := _json_value(value)) is not None}


def _cell(value: Value) -> Cell:
    if isinstance(value, list):
        value = "; ".join(value)
    return clean(value) or None if isinstance(value, str) else value


def _json_value(value: Value) -> Any:  # noqa: ANN401 - whatever JSON can hold
    if isinstance(value, list):
        return [clean(item) for item in value] or None
    cell = _cell(value)
    return cell.isoformat() if isinstance(cell, date) else cell

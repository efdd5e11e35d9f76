"""The texts that the author of a map wrote: titles, notes, background facts and sources.

They are in the first of the profile's languages. Titles and notes of statements may be translated; all
other texts, and those without a translation, are shown as they are and marked with their language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapapp.text.locales import current_language, nearest_locale
from mapapp.text.messages import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapapp.core.model import Atlas, Event, Fact, Place, Source


def event_title(event: Event) -> str:
    """Return the title of a statement in the language of the interface, or as it was written."""
    return event.titles.get(current_language(), event.title)


def event_note(event: Event) -> str:
    """Return our note on a statement in the language of the interface, or as it was written."""
    return event.notes.get(current_language(), event.note)


def publisher_words(source: Source) -> str:
    """Return the publisher of a source; one that the source does not name is said to be our finding."""
    if source.publisher_inferred:
        return words("publisher-inferred", publisher=source.publisher)
    return source.publisher


def authored_language(atlas: Atlas) -> str:
    """Return the language that the author's texts are in."""
    return atlas.profile.languages[0]


def title_language(atlas: Atlas, event: Event) -> str:
    """Return the language of what `event_title` returns."""
    return current_language() if current_language() in event.titles else authored_language(atlas)


def note_language(atlas: Atlas, event: Event) -> str:
    """Return the language of what `event_note` returns."""
    return current_language() if current_language() in event.notes else authored_language(atlas)


def untranslated_words(
    atlas: Atlas,
    events: Iterable[Event],
    facts: Iterable[Fact],
    places: Iterable[Place],
    sources: Iterable[Source],
) -> str:
    """Return how many of the texts of these are not in the language of the interface; empty if none."""
    if authored_language(atlas) == current_language():
        return ""
    texts = [*_texts(events, facts, places, sources)]
    missing = len(texts) - sum(texts)
    name = nearest_locale(authored_language(atlas)).get_display_name(current_language()) or authored_language(
        atlas
    )
    return words("texts-missing", n=missing, all=len(texts), language=name) if missing else ""


def _texts(
    events: Iterable[Event], facts: Iterable[Fact], places: Iterable[Place], sources: Iterable[Source]
) -> Iterator[bool]:
    """Yield for each text whether it is translated into the language of the interface."""
    tag = current_language()
    for event in events:
        yield tag in event.titles
        if event.note:
            yield tag in event.notes
        yield from _never(link.note for link in event.places)
        yield from _never(quantity.note for quantity in event.quantities)
    for fact in facts:
        yield from _never((fact.text, fact.note))
    for place in places:
        yield from _never((place.note, *(status.note for status in place.statuses)))
    for source in sources:
        yield from _never((source.title, source.leaning, source.note, source.no_url))


def _never(texts: Iterable[str | None]) -> Iterator[bool]:
    """Yield that it is not translated for each text that is there."""
    yield from (False for text in texts if text)

"""How much of an article its statements cover, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from mapapp.authoring.browser_offsets import browser_offset
from mapapp.core.sentences import sentences

if TYPE_CHECKING:
    from mapapp.core.model import Article, Atlas

Covered = Literal["statement", "draft", "unmapped", "open"]


class Sentence(NamedTuple):
    """A sentence from ``start`` to ``end``, excluded, as a browser counts, and what covers it."""

    start: int
    end: int
    covered: Covered


def coverage(atlas: Atlas, article: Article) -> list[Sentence]:
    """Return the sentences of an article."""
    events = [event for event in atlas.events if event.article == article.id]
    spans = [(passage.start, passage.end, event.draft) for event in events for passage in event.passages]
    found = []
    for start, end in sentences(article.text, article.language):
        drafts = {draft for first, last, draft in spans if first < end and last > start}
        is_unmapped = any(one.start < end and one.end > start for one in article.unmapped)
        none: Covered = "unmapped" if is_unmapped else "open"
        covered: Covered = "statement" if False in drafts else "draft" if drafts else none
        found.append(
            Sentence(browser_offset(article.text, start), browser_offset(article.text, end), covered)
        )
    return found

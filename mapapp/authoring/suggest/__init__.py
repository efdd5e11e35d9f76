"""Suggests what an article says: sentences, times, places, who speaks, and drafts of statements from them.

All of it is found by rules and lists of words, without a network; see the modules. Suggestions are never more
than drafts: a person accepts, changes or drops each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapapp.authoring.suggest.model import Suggestions
from mapapp.authoring.suggest.own_places import own_places
from mapapp.authoring.suggest.places import place_mentions
from mapapp.authoring.suggest.sentences import sentences_and_headings
from mapapp.authoring.suggest.speakers import quotations, speaker_mentions
from mapapp.authoring.suggest.statements import draft_statements
from mapapp.authoring.suggest.times import time_mentions

if TYPE_CHECKING:
    from mapapp.authoring.gazetteer import Gazetteer
    from mapapp.core.model import Article, Atlas

__all__ = ["Suggestions", "suggest"]


def suggest(article: Article, atlas: Atlas | None, gazetteer: Gazetteer | None) -> Suggestions:
    """Return suggestions for an article.

    Parameters
    ----------
    article
        The article, which need not be one of the folder's yet.
    atlas
        The folder, whose own places, actors and kinds are looked for first; ``None`` if there is none yet.
    gazetteer
        Where other places are looked up; ``None`` for the folder's own places only.
    """
    text, language = article.text, article.language
    sentences = sentences_and_headings(text, language)
    times = time_mentions(sentences, article.date, language)
    quoted = quotations(text)
    places = place_mentions(
        sentences, language, own_places(atlas, language), gazetteer, [(one.start, one.end) for one in times]
    )
    speakers = speaker_mentions(sentences, quoted, times, language, atlas)
    statements = draft_statements(sentences, times, places, speakers, quoted, language, atlas)
    return Suggestions(
        article.id, language, gazetteer is not None, sentences, times, places, quoted, speakers, statements
    )

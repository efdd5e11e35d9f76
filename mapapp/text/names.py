"""Names of places and speakers in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapapp.core.sanitize import clean
from mapapp.text.messages import words

if TYPE_CHECKING:
    from mapapp.core.model import Atlas, Names


def in_lang(names: Names, lang: str) -> str:
    """Return a name in the reader's language, else in English."""
    return clean(getattr(names, lang) or names.en)


def speaker(atlas: Atlas, actor_id: str, lang: str) -> str:
    """Return the name of an actor; the article itself is one of them."""
    actor = atlas.actor.get(actor_id)
    return in_lang(actor.names, lang) if actor else words("the-article")

"""What a document holds, and why one cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mapapp.errors import MapappError


class ExtractError(MapappError):
    """A document that cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Extracted:
    """The text of a document, and what the document says of it.

    Attributes
    ----------
    text
        Paragraphs with an empty line between them; see `mapapp.authoring.extract.paragraphs`.
    title, author, publisher, url
        Empty if the document does not say.
    published
        The day of publication; ``None`` if the document does not say.
    remarks
        What was left out or changed, a sentence each.
    """

    text: str
    title: str = ""
    author: str = ""
    publisher: str = ""
    url: str = ""
    published: date | None = None
    remarks: tuple[str, ...] = ()

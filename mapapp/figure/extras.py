"""What the person who makes a figure puts on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Attachment:
    """A file inside the PDF: the data of the view. ``kind`` is its media type, ``about`` what it holds."""

    name: str
    kind: str
    text: str
    about: str


@dataclass(frozen=True)
class Extras:
    """What the person who makes a figure puts on it; what is ``None`` or empty is computed or left out.

    Attributes
    ----------
    title, subtitle
        Instead of the computed ones.
    credit
        Who made the figure, beside the credit of the data.
    logo
        An SVG or PNG file.
    produced
        The day on which the figure is made; without it, the same view and data always give the same bytes.
    attachments
        Files to attach to a PDF.
    """

    title: str | None = None
    subtitle: str | None = None
    credit: str = ""
    logo: bytes | None = None
    produced: date | None = None
    attachments: tuple[Attachment, ...] = ()

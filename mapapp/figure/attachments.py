"""The data of a view as files inside a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mapapp.export import write
from mapapp.text.file_names import file_name
from mapapp.text.messages import words

if TYPE_CHECKING:
    from mapapp.core.model import Atlas
    from mapapp.core.view import View

_MEDIA_TYPES: dict[Literal["geojson", "csv"], str] = {"geojson": "application/geo+json", "csv": "text/csv"}


@dataclass(frozen=True)
class Attachment:
    """A file inside a PDF: ``kind`` is its media type, ``about`` what it holds."""

    name: str
    kind: str
    text: str
    about: str


def data_of(atlas: Atlas, view: View, address: str) -> tuple[Attachment, ...]:
    """Return the GeoJSON and the CSV of a view; ``address`` is the view's."""
    name = file_name(atlas, view)
    return tuple(
        Attachment(
            f"{name}.{form}",
            kind,
            write(atlas, view, form, address).decode(),
            words(f"figure-attachment-{form}"),
        )
        for form, kind in _MEDIA_TYPES.items()
    )

"""A figure as a file: drawn, with the data of the view inside a PDF."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from mapapp.export import write
from mapapp.figure import USUAL_SIZE, Attachment, Extras, Form, draw
from mapapp.text.file_names import file_name
from mapapp.text.messages import words

if TYPE_CHECKING:
    from mapapp.core.model import Atlas
    from mapapp.core.view import View

_MEDIA_TYPES: dict[Literal["geojson", "csv"], str] = {"geojson": "application/geo+json", "csv": "text/csv"}


def figure_file(  # noqa: PLR0913 - a view, a form, a size
    atlas: Atlas,
    view: View,
    form: Form,
    *,
    size: str = USUAL_SIZE,
    dpi: int = 300,
    address: str,
    map_only: bool = False,
    text_as_paths: bool = False,
    extras: Extras | None = None,
) -> bytes:
    """Return a figure as `mapapp.figure.draw` does; a PDF has the view's GeoJSON and CSV attached."""
    extras = extras or Extras()
    if form == "pdf":
        extras = replace(extras, attachments=_attachments(atlas, view, address))
    return draw(
        atlas,
        view,
        form,
        size=size,
        dpi=dpi,
        address=address,
        map_only=map_only,
        text_as_paths=text_as_paths,
        extras=extras,
    )


def _attachments(atlas: Atlas, view: View, address: str) -> tuple[Attachment, ...]:
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

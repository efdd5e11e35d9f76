"""The export panel: figure, page, data, citation and evidence pack, and reopening the view of a figure."""

from __future__ import annotations

from contextvars import copy_context
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, get_args
from urllib.parse import parse_qsl

import streamlit as st

from mapapp.core.address import SPELLINGS
from mapapp.core.drafts import has_drafts, without_drafts
from mapapp.core.model import Atlas
from mapapp.core.story import steps
from mapapp.core.view import View
from mapapp.data.own_layer import ENDINGS, read_own_layer
from mapapp.errors import DataError, MapappError
from mapapp.evidence_pack import pack
from mapapp.export import FORMS, comparison_note, write
from mapapp.export.citation import Style, cite
from mapapp.exported_page import exported_page
from mapapp.figure import Extras, draw, read_view
from mapapp.figure.figure_errors import refuse_beyond
from mapapp.figure.sizes import SIZES, USUAL_SIZE
from mapapp.server.freed_memory import give_back
from mapapp.text.file_names import file_name
from mapapp.text.labels import map_title
from mapapp.text.messages import words
from mapapp.view_address import default_view
from mapapp.web.embed import embed_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapapp.data.own_layer import OwnLayer

Made = TypeVar("Made")

_PREVIEW_DPI = 110
_FIGURES = {"pdf": "application/pdf", "svg": "image/svg+xml", "png": "image/png"}


@dataclass(frozen=True)
class PageState:
    """What the page shows: data, its folder, the view, its address, and whether there is incident data."""

    atlas: Atlas
    root: Path
    view: View
    address: str
    recorded: bool = False


def panel(state: PageState) -> None:
    """Draw the export panel. Files are made only on download."""
    try:
        refuse_beyond(state.atlas, state.view)
    except MapappError as error:
        st.warning(str(error))
    else:
        _offers(state)
    dropped = st.file_uploader(
        words("export-reopen"), type=list(_FIGURES)
    )  # as large as server.maxUploadSize
    if dropped is not None and dropped.file_id != st.session_state.get("reopened"):
        st.session_state.reopened = dropped.file_id
        _reopen(dropped.file_id, dropped.getvalue())


def _offers(state: PageState) -> None:
    atlas, view, address = state.atlas, state.view, state.address
    packable = True
    if has_drafts(atlas) and not st.checkbox(words("export-drafts")):
        atlas, packable = without_drafts(atlas), False  # a pack has the folder's own files, drafts and all
        if view.selected not in (*atlas.place, *atlas.event, *atlas.fact):
            view = replace(view, selected=None)
    name = file_name(atlas, view)
    if state.recorded:
        st.caption(words("export-no-incidents"))
    st.markdown(f"**{words('export-figure')}**")
    left, right = st.columns(2)
    form = left.selectbox(words("export-form"), list(_FIGURES), format_func=str.upper)
    sizes = list(SIZES)
    size = right.selectbox(
        words("export-size"),
        sizes,
        index=sizes.index(USUAL_SIZE),
        format_func=lambda size: words(f"size-{size}"),
    )
    extras = Extras(own_layers=_own_layers())
    figure = partial(draw, atlas, view, size=size, address=address, extras=extras)
    if st.button(words("export-preview"), width="stretch"):
        with st.spinner(words("export-drawing")):
            try:
                st.image(_made(partial(figure, "png", dpi=_PREVIEW_DPI, warn=st.warning)))
            except MapappError as error:
                st.warning(str(error))
    _offer(words("export-figure-get"), partial(figure, form), f"{name}.{form}", _FIGURES[form])

    st.markdown(f"**{words('export-rest')}**")
    _offer(words("export-page"), partial(exported_page, atlas, view), f"{name}.html", "text/html")
    if steps(atlas):
        _offer(
            words("export-story"),
            partial(_handout, atlas, view, address.partition("?")[0] or None),
            f"{file_name(atlas, default_view(atlas))}-story.pdf",
            _FIGURES["pdf"],
        )
    with st.expander(words("embed")):
        st.caption(words("embed-label"))
        st.code(embed_code(map_title(atlas), f"{name}.html"), language="html", wrap_lines=True)
        st.caption(words("embed-placeholder", file=f"{name}.html"))
    left, right = st.columns(2, vertical_alignment="bottom")
    data = left.selectbox(words("export-data"), FORMS, format_func=lambda form: words(f"data-form-{form}"))
    with right:
        made = partial(write, atlas, view, data, address)
        _offer(words("export-data-get"), made, f"{name}.{data}", "application/octet-stream")
    if note := comparison_note(atlas, view, data):
        st.caption(note)
    if packable:
        _offer(
            words("export-pack"),
            partial(pack, atlas, view, state.root, address=address),
            f"{name}.zip",
            "application/zip",
        )
    else:
        st.caption(words("export-no-pack"))

    st.markdown(f"**{words('export-cite')}**")
    style = st.selectbox(
        words("export-style"), get_args(Style), format_func=lambda style: words(f"cite-style-{style}")
    )
    today = datetime.now(UTC).date()
    st.code(cite(atlas, view, style, address=address, accessed=today), language=None, wrap_lines=True)


def _handout(atlas: Atlas, view: View, address: str | None) -> bytes:
    from mapapp.figure.handout import handout  # noqa: PLC0415 - slow to load

    return handout(atlas, view, address=address)


def _own_layers() -> tuple[OwnLayer, ...]:
    """Offer to draw files of the reader's own in the figure; return those that can be drawn."""
    uploads = st.file_uploader(
        words("export-own"), type=list(ENDINGS), accept_multiple_files=True, help=words("export-own-help")
    )
    layers = []
    for upload in uploads:
        try:
            layers.append(read_own_layer(upload.name, upload.getvalue()))
        except DataError as error:
            st.code(str(error), language=None, wrap_lines=True)
    return tuple(layers)


def _offer(label: str, make: Callable[[], str | bytes], name: str, mime: str) -> None:
    """Draw a download button; the file is made on click, in another thread, in the current language."""
    made = partial(copy_context().run, _made, make)
    st.download_button(label, made, name, mime, on_click="ignore", width="stretch")


def _made(make: Callable[[], Made]) -> Made:
    """Make a file, and give back the memory that it took."""
    try:
        return make()
    finally:
        give_back()


def _reopen(file: str, content: bytes) -> None:
    """Open the view that an exported figure shows; ``file`` is the id of the upload."""
    address = read_view(content) or ""
    query = address.partition("#")[0].partition("?")[2]
    view_parameters = {
        name: value for name, value in parse_qsl(query, keep_blank_values=True) if name in SPELLINGS
    }
    if not view_parameters:
        st.warning(words("export-no-view"))
        return
    st.session_state.reopen = {"file": file, "address": view_parameters}  # for the map's next run
    st.rerun()

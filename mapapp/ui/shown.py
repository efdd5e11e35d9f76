"""What is shown of the data as it is on the disk now: loaded, drawn and compared once for all sessions."""

from __future__ import annotations

import gc
import os
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from mapapp.core.licences import FULL_TEXT, for_publication
from mapapp.data import kept
from mapapp.data.folders import data_entries, default_root
from mapapp.server import map_files
from mapapp.text.locales import LANGUAGES, current_language, language, preferred
from mapapp.ui import drawn

if TYPE_CHECKING:
    from pathlib import Path

    from mapapp.core.model import Atlas

Stamp = tuple[tuple[str, int, int], ...]  # path, date and size of each file
_latest: dict[str, tuple[Path, Stamp]] = {}  # of which data the map was last drawn, by language


def stamp(root: Path) -> Stamp:
    """Return what changes when a file of the data does."""
    return tuple(map(_stamp, data_entries(root)))


def _stamp(path: Path) -> tuple[str, int, int]:
    """Return path, date and size; of a link, those of what it leads to, if it is there."""
    try:
        status = path.stat()
    except OSError:
        status = path.lstat()
    return str(path), status.st_mtime_ns, status.st_size


def language_of(asked: str | None, accepted: str) -> str:
    """Return the language of an address, or else the first that the browser asks for and we have.

    Parameters
    ----------
    asked
        The parameter ``language``; ``None`` if there is none.
    accepted
        The header ``Accept-Language``.
    """
    return asked if asked in LANGUAGES else preferred(accepted)


@st.cache_resource(show_spinner=False, max_entries=2)
def atlas(root: Path, stamp: Stamp) -> Atlas:
    """Load the data once for all sessions; ``stamp`` changes when a file does.

    To serve the app is to publish what it shows, so it has no more of an article than may be published. Where
    a visitor comes from would be no safe sign of the author's own machine: behind a proxy all come from it.

    Raises
    ------
    mapapp.errors.DataError
        If the data is not valid.
    """
    from mapapp.data.load import load  # noqa: PLC0415 - slow to import, and not needed for what is kept

    del stamp
    loaded = load(root)
    return loaded if os.environ.get(FULL_TEXT) else for_publication(loaded)


def drawn_map(root: Path, stamp: Stamp) -> drawn.Drawn:
    """Return what the page shows in the current language; draw it if that is not kept.

    Raises
    ------
    mapapp.errors.DataError
        If the data is not valid.
    """
    tag = current_language()
    made = _drawn(root, stamp, tag)
    _latest[tag] = root, stamp
    return made


def map_at_hand(tag: str) -> drawn.Drawn | None:
    """Return what the page shows in a language if it need not be drawn first; ``None`` if it must."""
    root = default_root()
    now = stamp(root)
    if _latest.get(tag) != (root, now) and not drawn.is_kept(_key(root, tag)):
        return None
    with language(tag):
        return drawn_map(root, now)


def _key(root: Path, tag: str) -> str:
    return kept.key(data_entries(root), str(root), tag, os.environ.get(FULL_TEXT, ""))


@st.cache_resource(show_spinner=False, max_entries=2 * len(LANGUAGES))
def _drawn(root: Path, stamp: Stamp, tag: str) -> drawn.Drawn:
    """Write what the browser draws once for all sessions, in each language that is asked for."""

    def make() -> drawn.Drawn:
        from mapapp.ui import drawing  # noqa: PLC0415 - as above

        return drawing.drawn(atlas(root, stamp))

    with language(tag):
        made = drawn.kept(partial(_key, root, tag), map_files.folder(), make)
    # Streamlit collects garbage after every run. What is there now stays: searching it for every reader's run
    # would take most of the run's time.
    gc.collect()
    gc.freeze()
    return made


@st.cache_resource(show_spinner=False, max_entries=2)
def compared(_atlas: Atlas, stamp: Stamp) -> dict[str, object]:
    """Compare the snapshots once for all sessions."""
    from mapapp.ui import drawing  # noqa: PLC0415 - as above

    del stamp
    return drawing.written_comparison(_atlas)

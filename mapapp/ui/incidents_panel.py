"""Loads the user's incident data, sends it to the browser and serves single rows."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

import streamlit as st

from mapapp.errors import MapappError
from mapapp.incidents.browser_copy import browser_copy, is_cached
from mapapp.incidents.store import Store, open_store
from mapapp.server import map_files
from mapapp.text.messages import words
from mapapp.web import scripts

if TYPE_CHECKING:
    from mapapp.incidents.query import Queries


def opened() -> tuple[Store | None, tuple[str, ...]]:
    """Return the store and warnings about it; ``None`` if nothing is stored or it cannot be read."""
    try:
        return open_store(), ()
    except MapappError as error:
        return None, (words("incidents-broken", what=error),)


def files(store: Store, areas: str) -> tuple[dict[str, str] | None, tuple[str, ...]]:
    """Return the file names that `mapapp.ui.map_component.draw` needs, and warnings about ``store``.

    ``areas`` is the stamp of the areas that incidents are counted in (`mapapp.ui.drawn.Drawn`). The names are
    ``None`` if the files of the store cannot be read.
    """
    try:
        names = _files(store, store.stamp)
    except MapappError as error:
        return None, (words("incidents-broken", what=error),)
    old = [record.title for record in store.datasets if record.areas != areas]
    return names, tuple(words("incidents-stale", title=title) for title in old)


def files_at_hand() -> dict[str, str] | None:
    """Return what `files` names if it need not be made first; ``None`` if it must, or there is nothing."""
    store, _ = opened()
    if store is None or not is_cached(store):
        return None
    with suppress(MapappError):  # the page's script says it
        return _files(store, store.stamp)
    return None


@st.cache_resource(show_spinner=False, max_entries=2)
def _files(_store: Store, stamp: str) -> dict[str, str]:
    del stamp
    about = browser_copy(_store, map_files.folder())
    return {
        "script": map_files.write(scripts.own("incidents").encode(), "js"),
        "about": map_files.write(
            json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode(), "json"
        ),
        "rows": str(about["file"]),
    }


def card(store: Store, name: str) -> dict[str, object]:
    """Return the card of one incident for the browser's script.

    Parameters
    ----------
    name
        ``dataset key/number``, as requested by the script.

    Returns
    -------
    dict
        The ``name`` and the card of `mapapp.web.incident_card`; the ``name`` alone if there is no such
        incident; with ``broken`` if the store cannot be read.
    """
    from mapapp.incidents.query import UnknownIncidentError  # noqa: PLC0415 - slow to import; only needed if there are incidents
    from mapapp.web import incident_card  # noqa: PLC0415 - as above

    key, _, number = name.rpartition("/")
    of = next((record for record in store.datasets if record.key == key), None)
    if of is None or not (number.isascii() and number.isdigit()):
        return {"name": name}
    try:
        row = _queries(store, store.stamp).incident(key, int(number))
    except UnknownIncidentError:
        return {"name": name}
    except MapappError:
        return {"name": name, "broken": True}
    return {"name": name, **incident_card.card(of, row)}


@st.cache_resource(show_spinner=False, max_entries=2)
def _queries(_store: Store, stamp: str) -> Queries:
    del stamp
    from mapapp.incidents.query import Queries  # noqa: PLC0415 - as above

    return Queries(_store)

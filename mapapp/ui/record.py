"""The reader's own records on the page: found, copied to where the browser reads them, told one by one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import streamlit as st

from mapapp.core.errors import MapappError
from mapapp.incidents.store import Store, open_store
from mapapp.render import incident
from mapapp.render.text import words
from mapapp.ui import frame

if TYPE_CHECKING:
    from mapapp.incidents.query import Queries


def opened() -> tuple[Store | None, tuple[str, ...]]:
    """Return the store, or ``None`` where nothing is stored, and what there is to say of it."""
    try:
        return open_store(), ()
    except MapappError as error:
        return None, (words("record-broken", what=error),)


def files(store: Store) -> dict[str, str]:
    """Return the names of ``script``, ``about`` and ``rows`` in `mapapp.ui.frame.WRITTEN`, written once."""
    return _files(store, store.stamp)


@st.cache_resource(show_spinner=False, max_entries=2)
def _files(_store: Store, stamp: str) -> dict[str, str]:
    del stamp
    from mapapp.incidents.columns import write_columns  # noqa: PLC0415 - slow to load, and only for those with records

    about = write_columns(_store, frame.WRITTEN)
    return {
        "script": frame.write((frame.STATIC / "record.js").read_text(encoding="utf-8"), "js"),
        "about": frame.write(json.dumps(about, ensure_ascii=False, separators=(",", ":")), "json"),
        "rows": str(about["file"]),
    }


def card(store: Store, name: str) -> dict[str, object]:
    """Return one incident's card for the browser's script; ``name`` is ``record/number``, as it asked."""
    key, _, number = name.rpartition("/")
    of = next((record for record in store.records if record.key == key), None)
    if of is None or not (number.isascii() and number.isdigit()):
        return {"name": name, "html": incident.missing()}
    try:
        row = _queries(store, store.stamp).incident(key, int(number))
    except MapappError:
        return {"name": name, "html": incident.missing()}
    return {"name": name, "html": incident.card(of, row)}


@st.cache_resource(show_spinner=False, max_entries=2)
def _queries(_store: Store, stamp: str) -> Queries:
    del stamp
    from mapapp.incidents.query import Queries  # noqa: PLC0415 - as above

    return Queries(_store)

"""What happens when the server starts."""

from __future__ import annotations

import threading
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING

import streamlit as st
from streamlit import cli_util
from streamlit.web.server import server_util

from mapapp.server.freed_memory import share_arenas

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


# what the first session would load; Streamlit itself needs pyarrow for any component
_NEEDED_FIRST = (
    "pyarrow",
    "mapapp.ui.shown",
    "mapapp.text.remarks",
    "mapapp.incidents.browser_copy",
    "mapapp.web.frame_arguments",
)


def _prepare() -> None:
    """Load what the page needs, while the first reader's browser loads Streamlit's scripts."""
    with suppress(ImportError):  # the page says it
        for name in _NEEDED_FIRST:
            import_module(name)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Open the map in the browser, which Streamlit does for a script alone; not with ``server.headless``."""
    share_arenas()
    threading.Thread(target=_prepare, daemon=True).start()
    if not st.get_option("server.headless"):
        cli_util.open_browser(server_util.get_url(st.get_option("browser.serverAddress")))
    yield

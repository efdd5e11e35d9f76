"""The icon of the page, in place of Streamlit's.

Streamlit would take it from the page's script, for which it loads numpy.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import streamlit as st
from starlette.responses import Response
from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.requests import Request


async def _icon(_request: Request) -> Response:
    content = (files("mapapp.web") / "static" / "icon.svg").read_bytes()
    return Response(content, media_type="image/svg+xml", headers={"cache-control": "no-cache"})


def route() -> Route:
    """Return the route of the icon that Streamlit's page asks for."""
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    return Route(f"/{base}/favicon.png" if base else "/favicon.png", _icon)

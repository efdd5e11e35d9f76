"""The headers of every answer of the app, and what of Streamlit's server is closed.

Streamlit sends no security headers. Its page sets styles in scripts, so that inline styles must be allowed;
its inline script, and ours (`mapapp.ui.index`), are allowed by their hashes. The map's frame allows no inline
script. streamlit-folium puts folium's script into its own frame as an inline script: that frame, which is
hidden, allows these, but never ``eval`` (`web/src/bridge.js`).
"""

from __future__ import annotations

import os
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse

from mapapp import base_maps
from mapapp.core.content_policy import script_hashes
from mapapp.core.embedding import EMBED_ON, origins
from mapapp.server.map_files import PLACE
from mapapp.web import scripts

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}
_COMPONENT_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'"
)
# routes of Streamlit that the page does not need: figures of the server, and ways in for programs and logins
_CLOSED = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/", "/auth/", "/oauth2callback")


class Headers:
    """Adds the headers to each answer, also to an error's, and answers 404 where Streamlit is closed.

    Parameters
    ----------
    embed_on
        Origins whose pages may show the app in a frame.
    """

    def __init__(self, app: ASGIApp, embed_on: tuple[str, ...]) -> None:
        self._app = app
        self._ancestors = " ".join(("frame-ancestors 'self'", *embed_on))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = below_base(scope["path"])
        started = False

        async def with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers.update(_ALWAYS)
                headers["content-security-policy"] = f"{_policy(path)}; {self._ancestors}"
                cookies = headers.getlist("set-cookie")
                del headers["set-cookie"]
                for cookie in cookies:
                    headers.append("set-cookie", _strict(cookie, secure=scope["scheme"] == "https"))
            await send(message)

        if path.startswith(_CLOSED):
            await PlainTextResponse("not found\n", 404)(scope, receive, with_headers)
            return
        try:
            await self._app(scope, receive, with_headers)
        except Exception:
            if not started:  # Starlette's own answer would have no headers
                await PlainTextResponse("internal error\n", 500)(scope, receive, with_headers)
            raise


def below_base(path: str) -> str:
    """Return the path below ``server.baseUrlPath``, with a slash at its beginning."""
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    return "/" + (path.removeprefix(f"/{base}") if base else path).lstrip("/")


def _policy(path: str) -> str:
    """Return the content security policy of what is at a path, without who may frame it."""
    if path.startswith(f"/{PLACE}/"):
        return _map_policy()
    if path.startswith("/component/"):
        return _COMPONENT_POLICY
    return "default-src 'none'; sandbox" if path.startswith(("/media/", "/_stcore/")) else _page_policy()


@cache
def _page_policy() -> str:
    html = (files("streamlit") / "static" / "index.html").read_text(encoding="utf-8")
    html += f"<script>{scripts.own('page')}</script>"
    return (
        f"default-src 'none'; script-src 'self' {script_hashes(html)}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; media-src 'self' blob:; "
        "frame-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'self'"
    )


@cache
def _map_policy() -> str:
    return (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob: {base_maps.hosts()}; font-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    )


def _strict(cookie: str, *, secure: bool) -> str:
    """Return a cookie that no other site's request carries, and over HTTPS no other one."""
    kept = [
        part.strip()
        for part in cookie.split(";")
        if not part.strip().lower().startswith(("samesite", "secure"))
    ]
    return "; ".join((*kept, "SameSite=Strict", *(("Secure",) if secure else ())))


MIDDLEWARE = (Middleware(Headers, embed_on=origins(os.environ.get(EMBED_ON, "").split())),)

"""The files that the map's frame loads: written into a temporary folder, served below ``/map/``."""

from __future__ import annotations

import atexit
import hashlib
import re
from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from mapapp.data import atomic_write
from mapapp.data.temporary_folder import temporary_folder

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

PLACE = "map"  # the folder's name in addresses
_NAME = re.compile(r"[\w-]+(\.\w+)+", re.ASCII)
_TYPES = {"css": "text/css", "html": "text/html", "js": "text/javascript", "ttf": "font/ttf"}
_at_exit = ExitStack()  # what a killed server leaves, the next one removes
atexit.register(_at_exit.close)


@cache
def folder() -> Path:
    """Return the folder, which is made at first and removed when the server ends.

    Raises
    ------
    mapapp.data.atomic_write.WriteError
        If none can be made.
    """
    return _at_exit.enter_context(temporary_folder()).resolve()


def named(content: bytes, ending: str) -> str:
    """Return the name of a file for the browser, made of the hash of its content."""
    return f"{hashlib.sha256(content).hexdigest()[:16]}.{ending}"


def write(content: bytes, ending: str) -> str:
    """Write a file to be served, named after the hash of its content; return that name."""
    target = folder() / named(content, ending)
    if not target.exists():
        atomic_write.write(target, content)
    return target.name


def _serve(request: Request) -> Response:
    name = request.path_params["name"]
    path = folder() / name
    if not _NAME.fullmatch(name) or not path.is_file() or path.is_symlink():
        return PlainTextResponse("not found\n", 404)
    kind = _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    return FileResponse(path, media_type=kind, headers={"cache-control": "no-cache"})


def route() -> Route:
    """Return the route that serves the files."""
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    return Route(f"/{base}/{PLACE}/{{name}}" if base else f"/{PLACE}/{{name}}", _serve)

"""Exports of the shipped article, made once for all tests that only read them."""

from __future__ import annotations

from collections.abc import Callable

from mapapp.core.view import View
from mapapp.export import Form

Written = Callable[[View, Form], bytes]
ADDRESS = "?first=2020-02-19&last=2020-02-19"

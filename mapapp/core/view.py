"""The question a reader asks of an atlas: window, filters, selection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mapapp.core.edtf import Window

Certainty = Literal["certain", "possible"]


@dataclass(frozen=True)
class View:
    """The reader's question.

    ``said_by``, ``kinds`` and ``layers`` are ``None`` for all; ``known`` is the last day that counts,
    ``None`` for all; ``selected`` is the id of a place or event; ``camera`` is (latitude, longitude,
    zoom); ``base`` is the base map; ``clean`` leaves the controls away, for a picture of the screen.
    """

    window: Window
    certainty: Certainty = "possible"
    said_by: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    layers: frozenset[str] | None = None
    known: date | None = None
    selected: str | None = None
    lang: Literal["en", "ar", "tr", "ru"] = "en"
    background: bool = True
    camera: tuple[float, float, float] | None = None
    base: str = "none"
    clean: bool = False

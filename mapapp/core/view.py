"""A view: time window, filters and selection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mapapp.core.edtf import Window

Certainty = Literal["certain", "possible"]


@dataclass(frozen=True)
class View:
    """A view of an atlas. The fields have the names of the address's parameters.

    Attributes
    ----------
    window
        First and last day, both included.
    certain
        Keep only what certainly falls in the window; otherwise, also what may fall in it.
    as_of
        Hide items that began after this day; ``None`` hides nothing.
    said_by, kinds
        Actors (or ``article``), and kinds of statement and of incident; ``None`` for all.
    hidden
        Hidden layers.
    selected
        Id of the selected place, statement or background fact.
    article
        The article whose statements are shown; ``None`` for all.
    names
        Language of place names, as a BCP 47 tag; empty for the first of the map's.
    language
        Language of the interface, as a BCP 47 tag; ``None`` for the reader's on the screen, and for that of
        the messages' source elsewhere.
    background
        Whether to show background: information that is not from the article.
    base_map
        Base map from the network, or ``none``.
    camera
        Latitude, longitude and zoom of the map's centre; ``None`` to fit the map to the data.
    screenshot
        Whether the page hides its controls.
    step
        Number of the step of the story the view belongs to, from 1; ``None`` outside the story.
    compare
        A day to compare the last day of the window with; ``None`` to compare nothing.
    """

    window: Window
    certain: bool = False
    as_of: date | None = None
    said_by: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    hidden: frozenset[str] = frozenset()
    selected: str | None = None
    article: str | None = None
    names: str = ""
    language: str | None = None
    background: bool = True
    base_map: str = "none"
    camera: tuple[float, float, float] | None = None
    screenshot: bool = False
    step: int | None = None
    compare: date | None = None

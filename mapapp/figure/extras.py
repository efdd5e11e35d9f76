"""What the person who makes a figure puts on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mapapp.data.own_layer import OwnLayer
from mapapp.figure.figure_errors import FigureError

_LONGEST_WORD = 40  # characters; words are not hyphenated
_LONGEST = {"title": 160, "subtitle": 400, "credit": 160}  # characters


@dataclass(frozen=True)
class Extras:
    """What the person who makes a figure puts on it; what is ``None`` or empty is computed or left out.

    Attributes
    ----------
    title, subtitle
        Instead of the computed ones.
    credit
        Who made the figure, beside the credit of the data.
    logo
        An SVG or PNG file.
    produced
        The day on which the figure is made; without it, the same view and data always give the same bytes.
    own_layers
        Layers of the maker's own, drawn over the map and named as such.
    """

    title: str | None = None
    subtitle: str | None = None
    credit: str = ""
    logo: bytes | None = None
    produced: date | None = None
    own_layers: tuple[OwnLayer, ...] = ()

    def __post_init__(self) -> None:
        """Refuse texts that would leave the map no room."""
        for name, most in _LONGEST.items():
            text = getattr(self, name)
            longest = max(map(len, text.split()), default=0) if text else 0
            if longest > _LONGEST_WORD:
                raise FigureError(
                    f"{name}: a word longer than {_LONGEST_WORD} characters (got {longest}); break it up"
                )
            if text is not None and len(text) > most:
                raise FigureError(f"{name}: longer than {most} characters (got {len(text)}); shorten it")

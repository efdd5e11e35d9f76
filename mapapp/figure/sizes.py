"""The page sizes of the figure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """A page.

    Attributes
    ----------
    wide, high, margin
        In millimetres.
    title, notes, label
        Sizes of text in points: of the title, of notes, and of the smallest text, on the map and in its key.
    key
        Width in millimetres of a column of the map's key.
    beside
        Width in millimetres of the notes beside the map; 0 if they are below it.
    below
        Height in millimetres of the notes below the map; 0 if they are beside it.
    columns
        Columns of the notes below the map, and of the pages that follow.
    most
        Most short notes on the first page.
    """

    wide: float
    high: float
    margin: float
    title: float
    notes: float
    label: float
    key: float
    beside: float = 0
    below: float = 0
    columns: int = 3
    most: int = 12


SIZES: dict[str, Size] = {
    "a4": Size(210, 297, 11, 17, 8.5, 8, 52, below=62),
    "a4-landscape": Size(297, 210, 10, 17, 9, 8, 54, beside=62),
    "letter": Size(215.9, 279.4, 11, 17, 8.5, 8, 52, below=56),
    "half-page": Size(170, 128, 5, 12, 8, 7.5, 44, below=8, columns=2, most=0),
    "square": Size(180, 180, 7, 14, 8, 7.5, 44, below=26),
    "slide": Size(338.7, 190.5, 6.5, 22, 14, 14, 95, below=12.5, columns=2, most=0),
}


# A picture of 1,200 by 630 pixels at 96 dots per inch, as sites show for a shared link; not for print.
SHARED_DPI = 96
SHARED = Size(317.5, 166.6875, 4, 20, 11, 10.5, 68, columns=2, most=0)

USUAL_SIZE = "a4-landscape"  # if none is chosen
HANDOUT_SIZES = ("a4-landscape", "a4", "letter")  # with room for the text of a step

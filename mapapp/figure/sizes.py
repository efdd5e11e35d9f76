"""The page sizes of the figure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """A page: ``wide``, ``high`` and ``margin`` in millimetres, ``body`` and ``title`` in points.

    ``map_wide`` is the map's share of the width; ``map_high`` its share of the height between header and
    footer; if that is less than all, the notes continue below the map. ``columns`` is the number of columns
    of the notes beside it.
    ``legend`` is the number of columns of the legend, ``legend_below`` whether it is below the map.
    """

    wide: float
    high: float
    margin: float
    title: float
    body: float
    map_wide: float
    map_high: float = 1
    columns: int = 1
    legend: int = 1
    legend_below: bool = False


SIZES: dict[str, Size] = {
    "a4": Size(210, 297, 11, 15, 7, 0.62, 0.43),
    "a4-landscape": Size(297, 210, 9, 15, 7, 0.46, columns=2, legend=3, legend_below=True),
    "half-page": Size(170, 128, 5, 11, 7, 0.495, legend=2),
    "slide": Size(338.7, 190.5, 10, 19, 8.5, 0.47, columns=2, legend=3, legend_below=True),
    "square": Size(180, 180, 7, 12.5, 7, 0.55, legend=2, legend_below=True),
}


USUAL_SIZE = "a4-landscape"  # if none is chosen

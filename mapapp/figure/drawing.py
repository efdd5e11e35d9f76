"""Drawing state of a map: shapes placed on the page and their note numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from shapely.geometry.base import BaseGeometry

from mapapp.figure.canvas import Look, Sheet
from mapapp.figure.notes import Notes
from mapapp.figure.projection import MapProjection

if TYPE_CHECKING:
    from mapapp.core.model import Place, Status


DrawnPlace = tuple["Place", "Status | None"]


@dataclass
class Map:
    """A map while it is drawn.

    ``shapes`` are the places on the sheet by id, in millimetres; ``drawn`` those drawn, for the legend;
    ``numbers`` the statements by the place that bears their numbers, ``borne`` the places it does so for,
    ``marked`` all whose numbers are on the map or in its legend; ``grouped`` are the statements that speak of
    all points of a kind alike, whose number the legend has once; ``blots`` are places too small to draw,
    ``crowded`` how many of each layer.
    """

    sheet: Sheet
    projection: MapProjection
    notes: Notes
    look: Look
    shapes: dict[str, BaseGeometry] = field(default_factory=dict)
    drawn: list[DrawnPlace] = field(default_factory=list)
    numbers: dict[str, set[int]] = field(default_factory=dict)
    borne: dict[str, set[str]] = field(default_factory=dict)
    marked: set[str] = field(default_factory=set)
    grouped: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    blots: set[str] = field(default_factory=set)
    crowded: dict[str, int] = field(default_factory=dict)
    bands: bool = False
    selected: bool = False

    @property
    def points(self) -> list[DrawnPlace]:
        """The places drawn as symbols."""
        return [shown for shown in self.drawn if self.shapes[shown[0].id].geom_type == "Point"]

"""Drawing state of a map: shapes placed on the sheet and their note numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from shapely.geometry.base import BaseGeometry

from mapapp.figure.notes import Notes
from mapapp.figure.projection import Box, MapProjection
from mapapp.figure.sheet import Look, Sheet

if TYPE_CHECKING:
    from mapapp.core.model import Place, Status
    from mapapp.core.profile import Profile


DrawnPlace = tuple["Place", "Status | None"]


@dataclass
class Map:
    """The state of a map while it is drawn.

    Attributes
    ----------
    shapes
        The places on the sheet by id, in millimetres.
    drawn
        The places drawn, for the key.
    numbers
        The numbers of the statements next to each place.
    borne
        The places whose statements are numbered there, by the same id.
    marked
        Ids of the places whose numbers are on the map or in the key.
    grouped
        Numbers of the statements about all points of a kind and status, which the key has once.
    blots
        Ids of the places too small to draw.
    crowded
        How many of them there are in each layer.
    named
        Ids of the places whose names are on the map.
    key, scale_bar
        Where the key is on the sheet, and the scale bar with the north arrow: left, bottom, right and top in
        millimetres.
    bands, dashed, selected
        Whether the uncertainty of a line, a line of low confidence, or the selection is on the map.
    """

    sheet: Sheet
    projection: MapProjection
    notes: Notes
    look: Look
    shapes: dict[str, BaseGeometry] = field(default_factory=dict)
    drawn: list[DrawnPlace] = field(default_factory=list)
    numbers: dict[str, set[str]] = field(default_factory=dict)
    borne: dict[str, set[str]] = field(default_factory=dict)
    marked: set[str] = field(default_factory=set)
    grouped: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    blots: set[str] = field(default_factory=set)
    crowded: dict[str, int] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    key: Box = (0, 0, 0, 0)
    scale_bar: Box = (0, 0, 0, 0)
    bands: bool = False
    dashed: bool = False
    selected: bool = False

    @property
    def profile(self) -> Profile:
        """The profile of the map."""
        return self.notes.atlas.profile

    @property
    def points(self) -> list[DrawnPlace]:
        """The places drawn as symbols."""
        return [shown for shown in self.drawn if self.shapes[shown[0].id].geom_type == "Point"]

"""Layout of the figure: header, map, legend, notes and footer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import segno
import shapely
from matplotlib.path import Path
from pyproj import Geod

from mapapp.core.story_frame import home, home_of
from mapapp.figure.canvas import Look, Run, Sheet, width, wrap
from mapapp.figure.fit_notes import FittedNotes
from mapapp.figure.following_pages import FollowingPages
from mapapp.figure.legend import draw_legend, legend_rows
from mapapp.figure.map_drawing import draw_map
from mapapp.figure.projection import MapProjection, fit_projection, frame_of
from mapapp.figure.text_columns import GAP, Flow, columns
from mapapp.text.dates import day_words, number_words
from mapapp.text.messages import words
from mapapp.text.printed_address import printed, public

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapapp.core.model import Place, Status
    from mapapp.core.view import Certainty
    from mapapp.figure.notes import Notes
    from mapapp.figure.sizes import Size

_TICKS = 4.0  # millimetres left of and below the map for the labels of the graticule
_CODE = (14.0, 25.0)  # millimetres: smallest and largest side of the QR code
_MODULE = 0.38  # least millimetres of one module of the QR code
_QUIET = 3  # modules of quiet zone around it
_MOSTLY, _PAD = 0.6, 0.02  # share of a zone inside the frame; share of the frame left free around it
# As on the screen when something is selected: the share of the story's frame below which it is small, the
# distance in metres from which it is abroad, the most zoom there and here, and the share left free around it.
_SMALL, _FAR, _ABROAD, _CLOSE, _AROUND = 0.25, 400_000, 5, 10, 0.05
_GEOD = Geod(ellps="WGS84")
_SHRINK = 0.75  # least share of its size to which a title shrinks to fit one line


Corners = tuple[tuple[float, float], tuple[float, float]]  # south-west and north-east, (lat, lon)


class Page:
    """One view laid out on a page of one size."""

    def __init__(self, notes: Notes, size: Size, address: str, *, pages: bool = False) -> None:
        self.notes, self.size, self.address = notes, size, address
        self.pages = pages  # whether further pages follow
        self.sheet = Sheet(size.wide, size.high)
        self.look = Look(size.body)
        self.read = Look(size.body, serif=True)
        self.quiet = replace(self.read, color="soft")

    def draw(self) -> list[Sheet]:
        """Draw everything and return the sheet with the map and the pages that follow it."""
        size = self.size
        top = self._head(size.high - size.margin)
        qr = self.code()
        projection = self._fit_projection(top, size.margin + 20)  # a first guess at the footer, for its words
        if not self.notes.beyond and self._beyond(projection):
            self.notes, self.sheet = replace(self.notes, beyond=True), Sheet(size.wide, size.high)
            return self.draw()
        bottom = self._foot(projection, qr, draw=False)
        projection = self._fit_projection(top, bottom + 2)
        drawing = draw_map(self.sheet, projection, self.notes, self.look)
        self._foot(projection, qr, draw=True)
        fit = FittedNotes(self.notes, drawing, size.body, self.address)
        self._beside(projection, fit, top, bottom + 2)
        return [self.sheet, *(FollowingPages(fit, size, self.address).draw() if self.pages else ())]

    def _fit_projection(self, top: float, bottom: float) -> MapProjection:
        size = self.size
        left = size.margin + _TICKS
        right = size.margin + (size.wide - 2 * size.margin) * size.map_wide
        low = top - (top - bottom) * size.map_high

        def laid(legend: float) -> MapProjection:
            at = (left, low + legend + _TICKS, right, top)
            return fit_projection(self.notes.view.camera, self._frame(), at)

        if not size.legend_below:
            return laid(0)
        shown = self.notes.selection.places
        most = self._legend_height(right - left, shown)
        # visible places are known only after drawing: take those in the largest possible frame
        seen = shapely.union_all([shapely.box(*laid(key).seen) for key in (0, most)])
        near = [item for item in shown if item[0].geometry.intersects(seen)]
        return laid(self._legend_height(right - left, near) + 1.5)

    def _beyond(self, projection: MapProjection) -> bool:
        """Return whether everything selected that the view shows is outside the frame."""
        highlighted = [
            place for place, *_ in self.notes.selection.places if place.id in self.notes.highlighted
        ]
        return bool(highlighted) and all(projection.cut(place.geometry).is_empty for place in highlighted)

    def _frame(self) -> Corners:
        """Return the frame around the selection, as on the screen, or the story's frame.

        What is selected and lies in the story's frame leaves that frame alone, unless it is small.
        """
        story = self._story()
        shapes = [self.notes.atlas.place[item].geometry for item in self.notes.main]
        if not shapes:
            return story
        (south, west), (north, east) = story
        left, bottom, right, top = map(float, shapely.total_bounds(shapes))
        wide, high = right - left, top - bottom
        inside = west <= left and right <= east and south <= bottom and top <= north
        small = max(wide, high) > 0 and max(wide / (east - west), high / (north - south)) < _SMALL
        if inside and not small:
            return story
        lon, lat = (left + right) / 2, (bottom + top) / 2
        away = _GEOD.inv((west + east) / 2, (south + north) / 2, lon, lat)[2]
        least_high, least_wide = frame_of((lat, lon, _ABROAD if away > _FAR else _CLOSE))
        half_high = max(high * (1 + 2 * _AROUND), least_high) / 2
        half_wide = max(wide * (1 + 2 * _AROUND), least_wide) / 2
        return (lat - half_high, lon - half_wide), (lat + half_high, lon + half_wide)

    def _story(self) -> Corners:
        """Return the story's frame; one that cuts no zone that lies in it for the most part.

        With such a zone it is drawn closer around both: a figure has less room than a screen.
        """
        atlas = self.notes.atlas
        (south, west), (north, east) = home(atlas)
        frame, area = shapely.box(west, south, east, north), home_of(atlas)
        shapes = [
            place.geometry
            for place, _, _ in self.notes.selection.places
            if (place.layer == "zones" or place.id in self.notes.highlighted)
            and shapely.intersection(place.geometry, frame).area > _MOSTLY * place.geometry.area
        ]
        if area is None or all(frame.contains(shape) for shape in shapes):
            return (south, west), (north, east)
        west, south, east, north = shapely.total_bounds([atlas.place[area].geometry, *shapes])
        pad_x, pad_y = _PAD * (east - west), _PAD * (north - south)
        return (south - pad_y, west - pad_x), (north + pad_y, east + pad_x)

    def _head(self, top: float) -> float:
        size, sheet = self.size, self.sheet
        room = size.wide - 2 * size.margin
        look = Look(size.title, bold=True)
        look = replace(look, size=size.title * max(_SHRINK, min(1, room / width(self.notes.title, look))))
        title = wrap([(self.notes.title, look)], room)
        top = sheet.lines_of(size.margin, top, title)
        lead = [
            (part + ("" if part.endswith(".") else "."), replace(self.look, color="soft"))
            for part in self.notes.lead
        ]
        top = sheet.lines_of(size.margin, top - 0.4, wrap(lead, room))
        return top - 2.2

    def code(self) -> tuple[list[tuple[int, ...]], float] | None:
        """Return the modules of the address's QR code and its side in millimetres; ``None`` if too large.

        Also ``None`` if the address is not public.
        """
        if not public(self.address):
            return None
        try:
            squares = [tuple(row) for row in segno.make(self.address, error="m", micro=False).matrix]
        except segno.DataOverflowError:
            return None
        count = len(squares) + 2 * _QUIET
        side = max(_CODE[0], count * _MODULE)
        return (squares, side) if side <= _CODE[1] else None

    def _foot(
        self, projection: MapProjection, code: tuple[list[tuple[int, ...]], float] | None, *, draw: bool
    ) -> float:
        """Draw the footer, or only measure it; return its upper edge."""
        size, sheet = self.size, self.sheet
        side = code[1] if code else 0
        left, right = size.margin, size.wide - size.margin
        room = right - left - (side + GAP if code else 0)
        columns = 2 if room > 150 else 1  # noqa: PLR2004 - two columns where there is room
        column = (room - (columns - 1) * GAP) / columns
        runs: list[Run] = [
            (words("about-attribution"), self.quiet),
            (words("figure-shapes"), self.quiet),
            (self._projection_words(projection), self.quiet),
            (
                words(
                    "figure-data",
                    data=self.notes.atlas.fingerprint[:12],
                    article=self.notes.atlas.article.sha256[:12],
                ),
                self.quiet,
            ),
            (words("figure-address"), self.read),
            (printed(self.address), self.read),
            *([] if self.address.strip("?") else [(words("figure-address-default"), self.quiet)]),
        ]
        if not public(self.address):
            runs.append((words("figure-no-address"), self.quiet))
        elif not code:
            runs.append((words("figure-no-code"), self.quiet))
        lines = wrap(runs, column)
        first = -(-len(lines) // columns)
        high = first * self.quiet.line
        top = size.margin + max(high, side)
        if draw:
            sheet.stroke(shapely.LineString([(left, top + 1.6), (right, top + 1.6)]), "border", 0.4)
            for number in range(columns):
                part = lines[number * first : (number + 1) * first]
                sheet.lines_of(left + number * (column + GAP), top, part)
            if code:
                self._squares(code[0], right - side, top - side, side)
        return top + 2.4

    def _squares(self, squares: Sequence[tuple[int, ...]], x: float, y: float, side: float) -> None:
        """Draw the QR code as one path, a rectangle for each run of dark modules."""
        step = side / (len(squares) + 2 * _QUIET)
        points: list[tuple[float, float]] = []
        codes: list[Any] = []
        for number, row in enumerate(squares):
            top = y + side - (number + _QUIET) * step
            start = None
            for at, dark in enumerate((*row, 0)):
                if dark and start is None:
                    start = at
                if not dark and start is not None:
                    one, other = x + (start + _QUIET) * step, x + (at + _QUIET) * step
                    points += [
                        (one, top - step),
                        (other, top - step),
                        (other, top),
                        (one, top),
                        (one, top - step),
                    ]
                    codes += [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
                    start = None
        self.sheet.path(Path(points, codes), "ink")

    def _projection_words(self, projection: MapProjection) -> str:
        scale = projection.true * 1000
        round_to = 10 ** (len(str(int(scale))) - 2)
        said = number_words(round(scale / round_to) * round_to)
        if projection.name == "world":
            return words("figure-projection-world", scale=said)
        lon, lat = projection.middle
        if projection.name == "equidistant":
            return words(
                "figure-projection-equidistant",
                scale=said,
                lat=f"{abs(lat):.0f}°{'N' if lat >= 0 else 'S'}",
                lon=f"{abs(lon):.0f}°{'E' if lon >= 0 else 'W'}",
            )
        return words("figure-projection-utm", scale=said, name=projection.name)

    def _beside(self, projection: MapProjection, fit: FittedNotes, top: float, bottom: float) -> None:
        """Draw legend and notes beside the map, continued below a map that ends above the footer."""
        size = self.size
        left, right = projection.at[2] + GAP, size.wide - size.margin
        under = projection.at[1] - _TICKS
        low = under if size.map_high < 1 else bottom
        if size.legend_below:
            into = columns(projection.at[0], projection.at[2], under - 1.5, bottom, size.legend)
        else:
            into = columns(left, right, top, low, size.legend)
        rows = legend_rows(fit.drawing.drawn, fit.drawing, day_words(self.notes.day))
        end = draw_legend(self.sheet, rows, into, size.body, draw=True)
        into = columns(left, right, top if size.legend_below else end, low, size.columns)
        if size.map_high < 1:
            into += columns(size.margin, right, under - 2, bottom, 2)
        flow = Flow(into, size.body)
        flow.draw(fit.fitting(flow), [self.sheet])

    def _legend_height(self, wide: float, shown: Sequence[tuple[Place, Certainty, Status | None]]) -> float:
        """Return the most height that the legend may need below a map."""
        places = [(place, status) for place, _, status in shown]
        into = columns(0, wide, 0, -1000, self.size.legend)
        rows = legend_rows(places, None, day_words(self.notes.day))
        return -draw_legend(self.sheet, rows, into, self.size.body, draw=False)

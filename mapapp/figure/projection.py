"""Where on Earth the figure looks, and how the round Earth is laid on the sheet."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import CRS, Geod, Transformer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

_UTM_SPAN = 6.0  # degrees of longitude up to which one UTM zone serves
_HALF_WORLD = 140.0  # degrees up to which a flat sheet around the middle serves
_SCREEN = (900, 640)  # pixels of a usual screen's map, to show on paper what is seen there
_EQUATOR = 156543.034  # metres a pixel at zoom 0
_PIXEL = 0.2  # millimetres of paper that stand for a screen's pixel
_GEOD = Geod(ellps="WGS84")

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class MapProjection:
    """A map on the sheet.

    ``crs`` is the projection, in metres; ``frame`` is (west, south, east, north) in it; ``at`` is the map's
    rectangle on the sheet in millimetres: left, bottom, right, top. Both have the same shape.
    """

    crs: CRS
    name: str
    frame: Box
    at: Box

    @cached_property
    def _to(self) -> Transformer:
        return Transformer.from_crs("EPSG:4326", self.crs, always_xy=True)

    @property
    def metres(self) -> float:
        """Metres of the projection in a millimetre of the sheet."""
        return (self.frame[2] - self.frame[0]) / (self.at[2] - self.at[0])

    @cached_property
    def middle(self) -> tuple[float, float]:
        """Longitude and latitude of the middle."""
        west, south, east, north = self.frame
        lon, lat = self._to.transform((west + east) / 2, (south + north) / 2, direction="INVERSE")
        return float(lon), float(lat)

    @cached_property
    def true(self) -> float:
        """True metres on the ground for a millimetre along the middle row of the map."""
        west, south, east, north = self.frame
        row, step = (south + north) / 2, (east - west) / 20
        x = (west + east) / 2
        lon, lat = self._to.transform([x - step, x + step], [row, row], direction="INVERSE")
        far = _GEOD.inv(lon[0], lat[0], lon[1], lat[1])[2]
        return float(far) / (2 * step) * self.metres

    @property
    def zoom(self) -> float:
        """The zoom at which a screen shows the map about as large."""
        return math.log2(_EQUATOR * math.cos(math.radians(self.middle[1])) / (self.metres * _PIXEL))

    @cached_property
    def sheet(self) -> BaseGeometry:
        """The map's rectangle on the sheet."""
        return shapely.box(*self.at)

    @cached_property
    def seen(self) -> Box:
        """Bounds in degrees of what the frame shows, and a little more."""
        west, south, east, north = self.frame
        xs, ys = np.linspace(west, east, 25), np.linspace(south, north, 25)
        edge_x = np.concatenate([xs, xs, np.full(25, west), np.full(25, east)])
        edge_y = np.concatenate([np.full(25, south), np.full(25, north), ys, ys])
        lon, lat = self._to.transform(edge_x, edge_y, direction="INVERSE")
        good = np.isfinite(lon) & np.isfinite(lat)
        if not good.all() or self.name == "world":
            return -180.0, -89.0, 180.0, 89.0
        pad = 0.02 * float(np.ptp(lat))
        for pole in (-90, 90):
            x, y = self._to.transform(0, pole)
            if west < x < east and south < y < north:
                return (
                    -180.0,
                    float(lat.min()) if pole > 0 else -90.0,
                    180.0,
                    90.0 if pole > 0 else float(lat.max()),
                )
        return (
            float(lon.min()) - pad, max(-89.0, float(lat.min()) - pad),
            float(lon.max()) + pad, min(89.0, float(lat.max()) + pad),
        )  # fmt: skip

    def lay(self, shape: BaseGeometry) -> BaseGeometry:
        """Lay a shape (lon, lat) on the sheet, without cutting it."""
        west, south, _, _ = self.frame
        left, bottom, _, _ = self.at

        def move(points: np.ndarray) -> np.ndarray:
            x, y = self._to.transform(points[:, 0], points[:, 1])
            moved = np.column_stack([x, y])
            return (moved - (west, south)) / self.metres + (left, bottom)

        laid: BaseGeometry = shapely.transform(shape, move)
        return laid

    def back(self, x: Sequence[float], y: Sequence[float]) -> tuple[list[float], list[float]]:
        """Return longitudes and latitudes of points of the projection."""
        lon, lat = self._to.transform(x, y, direction="INVERSE")
        return list(lon), list(lat)

    def cut(self, shape: BaseGeometry) -> BaseGeometry:
        """Lay what of a shape the frame shows on the sheet; empty where it shows none."""
        near = shapely.box(*self.seen)
        if not shape.intersects(near):
            return shapely.Point()
        if not near.contains(shape):
            shape = shapely.intersection(shape, near)
        span = self.seen[2] - self.seen[0]
        if span > _UTM_SPAN:
            shape = shapely.segmentize(shape, span / 60)
        laid = self.lay(shape)
        return shapely.intersection(shapely.make_valid(laid), self.sheet)

    def edge(self, shape: BaseGeometry) -> BaseGeometry:
        """Lay an area's edge on the sheet, without the frame's own edge."""
        return self.cut(shape.boundary if shape.geom_type.endswith("Polygon") else shape)

    def north(self) -> float:
        """Return how many degrees true north is turned from up, clockwise, in the middle of the map."""
        lon, lat = self.middle
        x, y = self._to.transform([lon, lon], [lat - 0.01, lat + 0.01])
        return math.degrees(math.atan2(x[1] - x[0], y[1] - y[0]))


def fit_projection(
    camera: tuple[float, float, float] | None, home: Sequence[Sequence[float]], at: Box
) -> MapProjection:
    """Return the map for a rectangle of the sheet.

    Parameters
    ----------
    camera
        Latitude, longitude and zoom of the middle of a screen's map.
    home
        Corners (lat, lon) of the frame shown where there is no camera.
    at
        Left, bottom, right and top in millimetres.
    """
    if camera is None:
        (south, west), (north, east) = home
    else:
        lat, lon, _ = camera
        high, wide = frame_of(camera)
        south, north = max(-85.0, lat - high / 2), min(85.0, lat + high / 2)
        west, east = lon - wide / 2, lon + wide / 2
    crs, name = _crs_for(west, south, east, north)
    to = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    if name == "world":
        west, east = max(west, -180), min(east, 180)
    xs, ys = np.linspace(west, east, 21), np.linspace(south, north, 21)
    lons, lats = np.meshgrid(xs, ys)
    x, y = to.transform(lons.ravel(), lats.ravel())
    good = np.isfinite(x) & np.isfinite(y)
    box = (float(x[good].min()), float(y[good].min()), float(x[good].max()), float(y[good].max()))
    if camera is not None and name != "world":  # what the camera looks at stays in the middle
        x0, y0 = to.transform(camera[1], camera[0])
        half_x, half_y = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
        box = (x0 - half_x, y0 - half_y, x0 + half_x, y0 + half_y)
    return MapProjection(crs, name, _shaped(box, at), at)


def frame_of(camera: tuple[float, float, float]) -> tuple[float, float]:
    """Return how high and wide a usual screen's map is, in degrees, around a latitude, longitude and zoom."""
    lat, _, zoom = camera
    pixel = _EQUATOR * math.cos(math.radians(lat)) / 2**zoom
    high, wide = (pixel * side / 111_320 for side in reversed(_SCREEN))
    return high, min(wide / math.cos(math.radians(lat)), 360)


def _crs_for(west: float, south: float, east: float, north: float) -> tuple[CRS, str]:
    lon, lat = (west + east) / 2, (south + north) / 2
    span = max(east - west, north - south)
    if span <= _UTM_SPAN:
        zone = int((lon + 180) // 6 % 60) + 1
        return CRS.from_epsg((32600 if lat >= 0 else 32700) + zone), f"UTM {zone}{'N' if lat >= 0 else 'S'}"
    if span <= _HALF_WORLD:
        flat = f"+proj=aeqd +lat_0={lat:.3f} +lon_0={lon:.3f} +datum=WGS84 +units=m"
        return CRS.from_proj4(flat), "equidistant"
    return CRS.from_proj4("+proj=eqearth +lon_0=0 +datum=WGS84 +units=m"), "world"


def _shaped(box: Box, at: Box) -> Box:
    """Widen a box until it has the shape of another."""
    wide, high = box[2] - box[0], box[3] - box[1]
    shape = (at[2] - at[0]) / (at[3] - at[1])
    more_x, more_y = max(0.0, high * shape - wide) / 2, max(0.0, wide / shape - high) / 2
    return box[0] - more_x, box[1] - more_y, box[2] + more_x, box[3] + more_y

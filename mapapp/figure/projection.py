"""Map projection and extent of the figure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import CRS, Geod, Transformer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

_UTM_SPAN = 6.0  # degrees; extents up to this size use one UTM zone
_HALF_WORLD = 140.0  # degrees; extents up to this size use an equidistant projection
_SCREEN = (900, 640)  # pixels of a typical map on the screen, whose extent the figure shows
_EQUATOR = 156543.034  # metres per pixel at zoom 0, on the equator (Web Mercator)
_PIXEL = 0.2  # millimetres on paper for a pixel on the screen
_ROUNDING = 0.01  # millimetres
_GEOD = Geod(ellps="WGS84")

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class MapProjection:
    """A projected map extent and its place on the sheet.

    ``crs`` is the projection, in metres; ``frame`` is (west, south, east, north) in it; ``at`` is the map's
    rectangle on the sheet in millimetres: left, bottom, right, top. Both have the same shape.
    """

    crs: CRS
    name: str
    frame: Box
    at: Box

    @cached_property
    def _to(self) -> Transformer:
        return _onto(self.crs)

    @property
    def metres(self) -> float:
        """Projected metres per millimetre of the sheet."""
        return (self.frame[2] - self.frame[0]) / (self.at[2] - self.at[0])

    @cached_property
    def middle(self) -> tuple[float, float]:
        """Longitude and latitude of the centre."""
        west, south, east, north = self.frame
        lon, lat = self._to.transform((west + east) / 2, (south + north) / 2, direction="INVERSE")
        return float(lon), float(lat)

    @cached_property
    def true(self) -> float:
        """Geodesic metres per millimetre of the sheet, along the middle row of the map."""
        west, south, east, north = self.frame
        row, step = (south + north) / 2, (east - west) / 20
        x = (west + east) / 2
        lon, lat = self._to.transform([x - step, x + step], [row, row], direction="INVERSE")
        far = _GEOD.inv(lon[0], lat[0], lon[1], lat[1])[2]
        return float(far) / (2 * step) * self.metres

    @property
    def zoom(self) -> float:
        """The zoom level at which a screen shows the map at about this scale."""
        return math.log2(_EQUATOR * math.cos(math.radians(self.middle[1])) / (self.metres * _PIXEL))

    @cached_property
    def sheet(self) -> BaseGeometry:
        """The map's rectangle on the sheet."""
        return shapely.box(*self.at)

    @cached_property
    def seen(self) -> Box:
        """Bounds of the frame in degrees (west, south, east, north), slightly enlarged."""
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
        """Project a shape (lon, lat) to millimetres of the sheet, without clipping."""
        west, south, _, _ = self.frame
        left, bottom, _, _ = self.at

        def move(points: np.ndarray) -> np.ndarray:
            x, y = self._to.transform(points[:, 0], points[:, 1])
            moved = np.column_stack([x, y])
            return (moved - (west, south)) / self.metres + (left, bottom)

        laid: BaseGeometry = shapely.transform(shape, move)
        return laid

    def back(self, x: Sequence[float], y: Sequence[float]) -> tuple[list[float], list[float]]:
        """Return longitudes and latitudes of projected points in metres."""
        lon, lat = self._to.transform(x, y, direction="INVERSE")
        return list(lon), list(lat)

    def cut(self, shape: BaseGeometry) -> BaseGeometry:
        """Project a shape (lon, lat) and clip it to the frame; empty if it is outside."""
        near = self._near
        if not near.intersects(shape):
            return shapely.Point()
        if not near.contains(shape):
            shape = shapely.intersection(shape, near)
        span = self.seen[2] - self.seen[0]
        if span > _UTM_SPAN:
            shape = shapely.segmentize(shape, span / 60)
        laid = self.lay(shape)
        return shapely.intersection(shapely.make_valid(laid), self.sheet)

    def shows(self, shape: BaseGeometry) -> bool:
        """Return whether a shape (lon, lat) may be in the frame: it is not far outside it."""
        return bool(self._near.intersects(shape))

    def holds(self, shape: BaseGeometry) -> bool:
        """Return whether a shape (lon, lat) lies wholly in the frame."""
        return bool(self._near.contains(shape) and self.sheet.buffer(_ROUNDING).contains(self.lay(shape)))

    @cached_property
    def _near(self) -> BaseGeometry:
        """The frame in degrees, slightly enlarged."""
        near = shapely.box(*self.seen)
        shapely.prepare(near)
        return near

    def edge(self, shape: BaseGeometry) -> BaseGeometry:
        """Project the boundary of an area and clip it, without the edges of the frame."""
        return self.cut(shape.boundary if shape.geom_type.endswith("Polygon") else shape)

    def north(self) -> float:
        """Return the direction of true north at the centre, in degrees clockwise from up."""
        lon, lat = self.middle
        x, y = self._to.transform([lon, lon], [lat - 0.01, lat + 0.01])
        return math.degrees(math.atan2(x[1] - x[0], y[1] - y[0]))


def fit_projection(
    camera: tuple[float, float, float] | None,
    home: Sequence[Sequence[float]],
    at: Box,
    clear: Box | None = None,
) -> MapProjection:
    """Choose projection and extent for a rectangle of the sheet.

    Parameters
    ----------
    camera
        Latitude, longitude and zoom of the centre of the screen's map; ``None`` for ``home``.
    home
        South-west and north-east corner, (lat, lon), used if there is no camera.
    at
        The map's rectangle: left, bottom, right and top in millimetres.
    clear
        The part of it to fit the extent into, because something else covers the rest; ``None`` for all of it.
    """
    if camera is None:
        (south, west), (north, east) = home
    else:
        lat, lon, _ = camera
        high, wide = frame_of(camera)
        south, north = max(-85.0, lat - high / 2), min(85.0, lat + high / 2)
        west, east = lon - wide / 2, lon + wide / 2
    crs, name = _crs_for(west, south, east, north)
    to = _onto(crs)
    if name == "world":
        west, east = max(west, -180), min(east, 180)
    xs, ys = np.linspace(west, east, 21), np.linspace(south, north, 21)
    lons, lats = np.meshgrid(xs, ys)
    x, y = to.transform(lons.ravel(), lats.ravel())
    good = np.isfinite(x) & np.isfinite(y)
    box = (float(x[good].min()), float(y[good].min()), float(x[good].max()), float(y[good].max()))
    if camera is not None and name != "world":  # the camera's centre stays in the centre
        x0, y0 = to.transform(camera[1], camera[0])
        half_x, half_y = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
        box = (x0 - half_x, y0 - half_y, x0 + half_x, y0 + half_y)
    part = _shaped(box, clear or at)
    return MapProjection(crs, name, _extended(part, clear, at) if clear else part, at)


def frame_of(camera: tuple[float, float, float]) -> tuple[float, float]:
    """Return height and width in degrees of a typical map on the screen at (latitude, longitude, zoom)."""
    lat, _, zoom = camera
    pixel = _EQUATOR * math.cos(math.radians(lat)) / 2**zoom
    high, wide = (pixel * side / 111_320 for side in reversed(_SCREEN))
    return high, min(wide / math.cos(math.radians(lat)), 360)


@lru_cache(maxsize=16)  # a map is fitted several times, mostly in the same projection
def _onto(crs: CRS) -> Transformer:
    """Return the transformation of (lon, lat) into a projection."""
    return Transformer.from_crs("EPSG:4326", crs, always_xy=True)


@lru_cache(maxsize=16)
def _crs(flat: str) -> CRS:
    return CRS.from_proj4(flat)


def _crs_for(west: float, south: float, east: float, north: float) -> tuple[CRS, str]:
    lon, lat = (west + east) / 2, (south + north) / 2
    span = max(east - west, north - south)
    if span <= _UTM_SPAN:
        zone = int((lon + 180) // 6 % 60) + 1
        flat = f"+proj=utm +zone={zone} {'+south' if lat < 0 else ''} +datum=WGS84 +units=m"
        return _crs(flat), f"UTM {zone}{'N' if lat >= 0 else 'S'}"
    if span <= _HALF_WORLD:
        flat = f"+proj=aeqd +lat_0={lat:.3f} +lon_0={lon:.3f} +datum=WGS84 +units=m"
        return _crs(flat), "equidistant"
    return _crs("+proj=eqearth +lon_0=0 +datum=WGS84 +units=m"), "world"


def _extended(part: Box, clear: Box, at: Box) -> Box:
    """Return the extent of ``at``, of which ``clear`` has the extent ``part``."""
    metres = (part[2] - part[0]) / (clear[2] - clear[0])
    west, south, east, north = (
        edge + (outer - inner) * metres for edge, outer, inner in zip(part, at, clear, strict=True)
    )
    return west, south, east, north


def _shaped(box: Box, at: Box) -> Box:
    """Widen a box to the aspect ratio of another."""
    wide, high = box[2] - box[0], box[3] - box[1]
    shape = (at[2] - at[0]) / (at[3] - at[1])
    more_x, more_y = max(0.0, high * shape - wide) / 2, max(0.0, wide / shape - high) / 2
    return box[0] - more_x, box[1] - more_y, box[2] + more_x, box[3] + more_y

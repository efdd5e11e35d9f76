"""Finds which areas of the atlas contain a point. WGS 84, (lon, lat) in degrees; borders are inclusive."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Atlas

_CELL = 0.05  # degrees; size of a grid cell
_FEW = 2000  # points; up to this many are tested one by one
_EPSILON = 1e-9  # degrees; cells are enlarged by this against rounding
_PAIR = 16  # bytes of longitude and latitude
_BITS = 62  # areas in one integer


class Areas(NamedTuple):
    """The areas, by layer in the order of the panel. ``stamp`` changes if any shape does."""

    ids: tuple[str, ...]
    shapes: tuple[BaseGeometry, ...]
    stamp: str


def areas_of(atlas: Atlas) -> Areas:
    """Return the areas of an atlas in which incidents are counted.

    Those are all areas but the ground itself, what is drawn as on any map, such as lakes, and what is
    computed from other areas.
    """
    places_of = {layer.id: layer.places for layer in atlas.layers}
    places = [
        place
        for layer in (atlas.profile.layers[name] for name in atlas.profile.listed)
        if not (layer.role == "land" or layer.reference or layer.changes)
        for place in places_of.get(layer.id, ())
        if shapely.get_dimensions(place.geometry) == 2  # noqa: PLR2004 - an area, not the edge of one
    ]
    digest = hashlib.sha256()
    for place in places:
        digest.update(place.id.encode() + b"\0" + shapely.to_wkb(place.geometry, byte_order=1))
    shapes = tuple(place.geometry for place in places)
    for shape in shapes:
        shapely.prepare(shape)
    return Areas(tuple(place.id for place in places), shapes, digest.hexdigest())


def within(
    areas: Areas, lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.int64], list[tuple[str, ...]]]:
    """Return the areas that contain each point.

    Parameters
    ----------
    areas
        The areas.
    lon, lat
        Degrees, WGS 84.

    Returns
    -------
    tuple
        For each point an index into the list, and the list of distinct sets of areas, as ids in the order of
        ``areas``.
    """
    # finding the distinct points by hash is much faster than sorting them
    pairs = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(_PAIR), lon.size, [None, pa.py_buffer(np.column_stack([lon, lat]))]
    ).dictionary_encode()
    points = np.frombuffer(pairs.dictionary.buffers()[1], np.float64, 2 * len(pairs.dictionary))
    lon, lat = points.reshape(-1, 2).T.copy()
    code = np.zeros(lon.size, np.int64)
    for start in range(0, len(areas.ids), _BITS):
        bits = np.zeros(lon.size, np.int64)
        for bit, shape in enumerate(areas.shapes[start : start + _BITS]):
            bits |= _holds(shape, lon, lat).astype(np.int64) << bit
        _, bits = np.unique(bits, return_inverse=True)
        code = code * (bits.max(initial=0) + 1) + bits
    _, sample, code = np.unique(code, return_index=True, return_inverse=True)
    sets = [
        tuple(
            name
            for name, shape in zip(areas.ids, areas.shapes, strict=True)
            if shapely.intersects_xy(shape, lon[at], lat[at])
        )
        for at in sample
    ]
    return code[pairs.indices.to_numpy()], sets


def _holds(shape: BaseGeometry, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which points are in an area; only those in grid cells on its border are tested one by one."""
    west, south, east, north = shape.bounds
    near = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
    inside = np.zeros(lon.size, bool)
    if near.size > _FEW:
        column, row = (np.floor(axis[near] / _CELL).astype(np.int64) for axis in (lon, lat))
        cells, cell = np.unique(column * 100_000 + row, return_inverse=True)
        left, low = np.divmod(cells + 50_000, 100_000)
        low = low - 50_000
        boxes = shapely.box(
            left * _CELL - _EPSILON,
            low * _CELL - _EPSILON,
            (left + 1) * _CELL + _EPSILON,
            (low + 1) * _CELL + _EPSILON,
        )
        whole = shapely.contains(shape, boxes)
        crossed = ~whole & shapely.intersects(shape, boxes)
        inside[near[whole[cell]]] = True
        near = near[crossed[cell]]
    inside[near] = shapely.intersects_xy(shape, lon[near], lat[near])
    return inside

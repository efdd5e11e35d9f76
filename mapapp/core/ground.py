"""Whether the geography hangs together: places in the areas they name, areas without slivers or gaps.

Distances and areas are measured in UTM zone 37N (EPSG:32637), in metres; all rules apply as far as the data
has the places they speak of, so that a smaller folder can pass too.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import shapely
from pyproj import Transformer
from shapely import STRtree

from mapapp.core.errors import Fault
from mapapp.core.shapes import SWAPPED

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Atlas, Place

HOME = "syria"  # the country the region's layers lie in
POST_AREA = "zone-idlib"  # where the guarantors' observation posts stand
_AT_HOME = {"governorates", "zones", "dmz", "control", "contact-lines", "posts"}
_SLIVER_KM2 = 1.0
_WHOLE = 0.9  # share of the country that governorates must fill before gaps are looked for
_EDGE_DEGREES = 0.25
_COAST_KM = 1.0  # what a coastline may be off beside a point's own tolerance


class _Gap(NamedTuple):
    """How far a place lies from an area, in kilometres, as written and with lat and lon swapped."""

    written: float
    swapped: float


class Ground:
    """The shapes of an atlas in metres, made as they are needed."""

    def __init__(self, atlas: Atlas) -> None:
        self.places = atlas.place
        self._metric: dict[str, BaseGeometry] = {}

    @cached_property
    def _project(self) -> Transformer:
        return Transformer.from_crs(4326, 32637, always_xy=True)

    def metres(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a shape given in degrees as one in metres."""

        def transform(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
            east, north = self._project.transform(degrees[:, 0], degrees[:, 1])
            return shapely.get_coordinates(shapely.points(east, north))

        # an edge straight in degrees is not straight in metres: long ones are cut first
        return shapely.transform(shapely.segmentize(geometry, _EDGE_DEGREES), transform)

    def metric(self, place: Place) -> BaseGeometry:
        """Return a place's shape in metres."""
        if place.id not in self._metric:
            self._metric[place.id] = self.metres(place.geometry)
        return self._metric[place.id]

    def gap(self, place: Place, area: Place) -> _Gap:
        """Return how far a place lies from an area."""
        if place.geometry.intersects(area.geometry):
            return _Gap(0.0, 0.0)
        near = self.metric(area)
        swapped = shapely.transform(place.geometry, lambda degrees: degrees[:, ::-1])
        turned = 0.0 if swapped.intersects(area.geometry) else float("inf")
        return _Gap(self.metric(place).distance(near) / 1000, turned)


def ground_faults(atlas: Atlas, file_of: dict[str, str]) -> Iterator[Fault]:
    """Yield what is wrong with how the places lie to each other."""
    ground = Ground(atlas)
    for rule in (_within, _posts, _at_home, _on_land, _governorates):
        for place, path, what, got, fix in rule(ground):
            yield Fault(file_of.get(place, "data/geo"), f"{place}.{path}", what, got, fix)


Finding = tuple[str, str, str, str, str]  # place, path, what, got, fix


def _within(ground: Ground) -> Iterator[Finding]:
    """Check that places lie in the areas they name, and that no area lies in itself."""
    for place in ground.places.values():
        for name in place.within:
            area = ground.places.get(name)
            if area is None:
                continue
            if area.geometry.geom_type not in ("Polygon", "MultiPolygon"):
                yield place.id, "within", "a place cannot lie in what is not an area", name, "name an area"
            elif place.id in _above(ground, area):
                yield place.id, "within", "the place lies in itself", name, "take one of the two out"
            else:
                yield from _outside(ground, place, area, "within")


def _above(ground: Ground, place: Place) -> set[str]:
    """Return the ids of a place and of all areas its chain of ``within`` reaches."""
    found: set[str] = set()
    edge = {place.id}
    while edge:
        found |= edge
        edge = {up for name in edge if name in ground.places for up in ground.places[name].within} - found
    return found


def _outside(ground: Ground, place: Place, area: Place, path: str) -> Iterator[Finding]:
    allowed = place.tolerance_km + area.tolerance_km
    gap = ground.gap(place, area)
    if gap.written <= allowed:
        return
    if gap.swapped <= allowed:
        yield place.id, "geometry", SWAPPED[0], f"{gap.written:.0f} km from {area.id}", SWAPPED[2]
        return
    got = f"{gap.written:.1f} km away, tolerance {allowed:g} km"
    yield (
        place.id,
        path,
        f"the place does not lie in {area.id}",
        got,
        "correct the geometry, within or tolerance_km",
    )


def _posts(ground: Ground) -> Iterator[Finding]:
    """Check that Turkish observation posts stand in the Idlib zone."""
    area = ground.places.get(POST_AREA)
    for place in ground.places.values():
        if (
            area
            and place.kind == "observation-post"
            and place.layer == "posts"
            and area.id not in place.within
        ):
            yield from _outside(ground, place, area, "geometry")


def _at_home(ground: Ground) -> Iterator[Finding]:
    """Check that the region's places lie in the country; what fits only the other way round is swapped."""
    home = ground.places.get(HOME)
    for place in ground.places.values():
        if home is None or place.layer not in _AT_HOME or home.id in place.within:
            continue
        if _share(place.geometry, home.geometry) >= 0.5 or place.geometry.geom_type == "Point":  # noqa: PLR2004
            if place.geometry.geom_type == "Point":
                yield from _outside(ground, place, home, "geometry")
            continue
        swapped = shapely.transform(place.geometry, lambda degrees: degrees[:, ::-1])
        if _share(swapped, home.geometry) > _WHOLE:
            yield place.id, "geometry", SWAPPED[0], f"mostly outside {home.id}", SWAPPED[2]
        else:
            what = f"the place lies mostly outside {home.id}"
            yield (
                place.id,
                "geometry",
                what,
                f"{_share(place.geometry, home.geometry):.0%} in it",
                "correct the geometry",
            )


def _share(geometry: BaseGeometry, area: BaseGeometry) -> float:
    """Return the share of an area or line that lies in an area, measured in degrees."""
    whole = geometry.area or geometry.length
    inner = geometry.intersection(area)
    return (inner.area if geometry.area else inner.length) / whole if whole else 0.0


def _on_land(ground: Ground) -> Iterator[Finding]:
    """Check that towns and posts stand on land, and countries too."""
    ground_areas = [place for place in ground.places.values() if place.layer in ("land", "countries")]
    if not any(place.layer == "land" for place in ground_areas):
        return
    tree = STRtree([place.geometry for place in ground_areas])
    for place in ground.places.values():
        if place.layer not in ("towns", "posts") or len(tree.query(place.geometry, predicate="intersects")):
            continue
        near = ground_areas[int(tree.nearest(place.geometry))]
        sea, allowed = ground.gap(place, near).written, place.tolerance_km + _COAST_KM
        if sea > allowed:
            got = f"{sea:.1f} km off the coast, tolerance {allowed:g} km"
            yield (
                place.id,
                "geometry",
                "the place is not on land",
                got,
                "move it; check that lon comes before lat",
            )


def _governorates(ground: Ground) -> Iterator[Finding]:
    """Check that governorates do not overlap; where they make up the country, nor leave gaps or stick out."""
    areas = [place for place in ground.places.values() if place.layer == "governorates"]
    fix = "let neighbours share their vertices"
    for number, place in enumerate(areas):
        for other in areas[number + 1 :]:
            if place.geometry.intersects(other.geometry):
                common = ground.metric(place).intersection(ground.metric(other))
                if common.area / 1e6 > _SLIVER_KM2:
                    got = f"{common.area / 1e6:.1f} km2 {_near(place.geometry.intersection(other.geometry))}"
                    yield place.id, "geometry", f"the governorate overlaps {other.id}", got, fix
    home = ground.places.get(HOME)
    if home is None or not areas:
        return
    whole = shapely.union_all([place.geometry for place in areas])
    if whole.intersection(home.geometry).area < _WHOLE * home.geometry.area:
        return
    for what, rest in (
        ("the governorates leave a gap in the country", home.geometry.difference(whole)),
        ("the governorates stick out of the country", whole.difference(home.geometry)),
    ):
        for part in getattr(rest, "geoms", [rest]):
            if (size := ground.metres(part).area / 1e6) > _SLIVER_KM2:
                yield home.id, "geometry", what, f"{size:.1f} km2 {_near(part)}", fix


def _near(part: BaseGeometry) -> str:
    point = part.representative_point()
    return f"near {point.x:.2f}, {point.y:.2f}"

"""Whether the geography hangs together: places in the areas they name, areas without slivers or gaps.

Distances and areas are measured in UTM zone 37N (EPSG:32637), in metres; all rules apply as far as the data
has the places they speak of, so that a smaller folder can pass too.
"""

from __future__ import annotations

from collections import Counter
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
_AT_HOME = {"governorates", "zones", "dmz", "control", "contact-lines", "posts", "roads", "rivers"}
_HALF = 0.5
_SLIVER_KM2 = 1.0
_WHOLE = 0.9  # share of the country that governorates must fill before gaps are looked for
_EDGE_DEGREES = 0.25
_COAST_KM = 1.0  # what a coastline may be off beside a point's own tolerance


class _Bond(NamedTuple):
    """What ties a place to an area it should lie in: whether it does, and if not, whether it would if turned.

    To turn is to swap latitude and longitude.
    """

    place: str
    area: str
    path: str
    holds: bool
    turned: bool = False
    what: str = ""
    got: str = ""


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

    def gap_km(self, geometry: BaseGeometry, area: Place) -> float:
        """Return how far a shape given in degrees lies from an area; 0 if they touch."""
        if geometry.intersects(area.geometry):
            return 0.0
        return float(self.metres(geometry).distance(self.metric(area))) / 1000


Finding = tuple[str, str, str, str, str]  # place, path, what, got, fix


def ground_faults(atlas: Atlas, file_of: dict[str, str]) -> Iterator[Fault]:
    """Yield what is wrong with how the places lie to each other."""
    ground = Ground(atlas)
    bonds = [*_bonds_to_areas(ground), *_bonds_to_home(ground)]
    swapped = _swapped(bonds)
    found: list[Finding] = [
        (place, "geometry", SWAPPED[0], got, SWAPPED[2]) for place, got in swapped.items()
    ]
    fix = "correct the geometry, within or tolerance_km"
    found += [
        (bond.place, bond.path, bond.what, bond.got, fix)
        for bond in bonds
        if not bond.holds and not {bond.place, bond.area} & swapped.keys()
    ]
    found += _rings_of_areas(ground)
    found += (finding for finding in _on_land(ground) if finding[0] not in swapped)
    found += _governorates(ground)
    for place, path, what, got, fix in found:
        yield Fault(file_of.get(place, "data/geo"), f"{place}.{path}", what, got, fix)


def _swapped(bonds: list[_Bond]) -> dict[str, str]:
    """Return the places whose latitude and longitude look swapped, each with what tells so.

    A town and its governorate may fit only with one of them turned: the one with more failed bonds is blamed.
    """
    blamed: dict[str, str] = {}
    while any(bond.turned for bond in bonds):
        every = Counter(end for bond in bonds for end in (bond.place, bond.area))
        failed = Counter(end for bond in bonds if bond.turned for end in (bond.place, bond.area))
        worst = max(failed, key=lambda end: (failed[end] / every[end], failed[end]))
        case = next(bond for bond in bonds if bond.turned and worst in (bond.place, bond.area))
        other = case.area if worst == case.place else case.place
        blamed[worst] = f"fits {other} only the other way round"
        bonds = [bond for bond in bonds if worst not in (bond.place, bond.area)]
    return blamed


def _bonds_to_areas(ground: Ground) -> Iterator[_Bond]:
    """Tie places to the areas they name, and observation posts to the zone they stand in."""
    for place in ground.places.values():
        names = list(place.within)
        if place.kind == "observation-post" and place.layer == "posts" and POST_AREA not in names:
            names.append(POST_AREA)
        for name in names:
            area = ground.places.get(name)
            if area is not None and _is_area(area):
                yield _bond(ground, place, area, "within" if name in place.within else "geometry")


def _bonds_to_home(ground: Ground) -> Iterator[_Bond]:
    """Tie the region's places to the country: most of each lies in it, but rivers may come from afar."""
    home = ground.places.get(HOME)
    for place in ground.places.values():
        if home is None or place.layer not in _AT_HOME:
            continue
        if place.geometry.geom_type == "Point":
            yield _bond(ground, place, home, "geometry")
            continue
        share = _share(place.geometry, home.geometry)
        turned = share < _HALF and _share(_turned(place.geometry), home.geometry) > share + _HALF
        what, got = f"the place lies mostly outside {home.id}", f"{share:.0%} in it"
        holds = share >= _HALF or (place.layer == "rivers" and not turned)
        yield _Bond(place.id, home.id, "geometry", holds, turned, what, got)


def _bond(ground: Ground, place: Place, area: Place, path: str) -> _Bond:
    allowed = place.tolerance_km + area.tolerance_km
    gap = ground.gap_km(place.geometry, area)
    turned = gap > allowed and ground.gap_km(_turned(place.geometry), area) <= allowed
    what, got = f"the place does not lie in {area.id}", f"{gap:.1f} km away, tolerance {allowed:g} km"
    return _Bond(place.id, area.id, path, gap <= allowed, turned, what, got)


def _rings_of_areas(ground: Ground) -> Iterator[Finding]:
    """Check that what places lie in are areas, and that none lies in itself."""
    for place in ground.places.values():
        for name in place.within:
            area = ground.places.get(name)
            if area is not None and not _is_area(area):
                yield place.id, "within", "a place cannot lie in what is not an area", name, "name an area"
            elif area is not None and place.id in _above(ground, area):
                yield place.id, "within", "the place lies in itself", name, "take one of the two out"


def _above(ground: Ground, place: Place) -> set[str]:
    """Return the ids of a place and of all areas its chain of ``within`` reaches."""
    found: set[str] = set()
    edge = {place.id}
    while edge:
        found |= edge
        edge = {up for name in edge if name in ground.places for up in ground.places[name].within} - found
    return found


def _is_area(place: Place) -> bool:
    return place.geometry.geom_type in ("Polygon", "MultiPolygon")


def _turned(geometry: BaseGeometry) -> BaseGeometry:
    """Return a shape with latitude and longitude swapped."""
    return shapely.transform(geometry, lambda degrees: degrees[:, ::-1])


def _share(geometry: BaseGeometry, area: BaseGeometry) -> float:
    """Return the share of an area or line that lies in an area, measured in degrees."""
    whole = geometry.area or geometry.length
    inner = geometry.intersection(area)
    return (inner.area if geometry.area else inner.length) / whole if whole else 0.0


def _on_land(ground: Ground) -> Iterator[Finding]:
    """Check that towns and posts stand on land."""
    ground_areas = [place for place in ground.places.values() if place.layer in ("land", "countries")]
    if not any(place.layer == "land" for place in ground_areas):
        return
    tree = STRtree([place.geometry for place in ground_areas])
    for place in ground.places.values():
        if place.layer not in ("towns", "posts") or len(tree.query(place.geometry, predicate="intersects")):
            continue
        near = ground_areas[int(tree.nearest(place.geometry))]
        sea, allowed = ground.gap_km(place.geometry, near), place.tolerance_km + _COAST_KM
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
    """Check that governorates do not overlap and, if they make up the country, leave no gap nor stick out."""
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

"""Where the places lie that an article names without doubt, and what is near them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mapapp.authoring.suggest.model import Candidate
from mapapp.core.geodesy import geod

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapapp.authoring.gazetteer import Entry
    from mapapp.authoring.suggest.own_places import OwnPlace

_NEAR_KM, _FAR_KM, _SAME_KM = 250.0, 2000.0, 25.0
_WELL_KNOWN = 7.0  # rank of the gazetteer
_MOST_CANDIDATES = 8


@dataclass
class Surroundings:
    """The positions (lon, lat) of places named without doubt, and the ISO codes of their countries."""

    anchors: list[tuple[float, float]] = field(default_factory=list)
    countries: set[str] = field(default_factory=set)
    _nearest: dict[tuple[float, float], float | None] = field(default_factory=dict, repr=False)

    def add(self, own: Sequence[OwnPlace], entries: Sequence[Entry]) -> None:
        """Note what a name means: places of the folder, or the first of the gazetteer."""
        positions = [place.position for place in own]
        for entry in entries[:1]:
            point = entry.lon, entry.lat
            if entry.country and (not own or any(_km(one, point) < _NEAR_KM for one in positions)):
                self.countries.add(entry.country)
            if not own and not entry.is_country:
                positions.append(point)
        self.anchors = [*dict.fromkeys([*self.anchors, *positions])]
        self._nearest.clear()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is named without doubt."""
        return not self.anchors and not self.countries

    def is_near(self, entry: Entry) -> bool:
        """Return whether a place is in a country named, or near another place named."""
        if entry.country in self.countries or (entry.lon, entry.lat) in self.anchors:
            return True
        distance = self.distance_km(entry.lon, entry.lat)
        return distance is not None and distance < _NEAR_KM

    def distance_km(self, lon: float, lat: float) -> float | None:
        """Return the distance to the nearest other place named; ``None`` if there is none."""
        point = lon, lat
        if point not in self._nearest:
            others = [km for anchor in self.anchors if (km := _km(anchor, point)) > 1]
            self._nearest[point] = round(min(others), 1) if others else None
        return self._nearest[point]

    def score(self, entry: Entry, *, wants_region: bool = False) -> float:
        """Return how likely a name means a place: how well it is known, and how near it is to others."""
        score = entry.rank + (2 if entry.country in self.countries else 0)
        distance = self.distance_km(entry.lon, entry.lat)
        if distance is not None and not entry.is_country:
            score += 1 if distance < _NEAR_KM else -1 if distance > _FAR_KM else 0
        return score + (3 if wants_region and entry.feature_class != "P" else 0)

    def candidates(
        self, own: Sequence[OwnPlace], entries: Sequence[Entry], language: str, *, wants_region: bool
    ) -> tuple[Candidate, ...]:
        """Return the places that a name may mean, the likeliest first, the folder's own before all others.

        Of two places of the folder the larger comes first, as it contains the other, unless the name is a
        capital's.
        """
        seat = not wants_region and any(entry.is_capital for entry in entries)
        found = [
            self.own_candidate(place, language) for place in sorted(own, key=lambda one: one.is_area == seat)
        ]
        ordered = sorted(entries, key=lambda entry: -self.score(entry, wants_region=wants_region))
        for entry in ordered:
            elsewhere = entry is not ordered[0] and entry.rank < _WELL_KNOWN and not self.is_near(entry)
            if elsewhere and (not entry.main or ordered[0].is_country):
                continue  # a far place that is also called so
            if any(_km(place.position, (entry.lon, entry.lat)) < _SAME_KM for place in own):
                continue
            found.append(
                Candidate(
                    id=entry.id, own=False, name=entry.name, names=entry.names, lon=entry.lon, lat=entry.lat,
                    feature_class=entry.feature_class, population=entry.population or None,
                    country=entry.country, distance_km=self.distance_km(entry.lon, entry.lat),
                )
            )  # fmt: skip
        return tuple(found[:_MOST_CANDIDATES])

    def own_candidate(self, place: OwnPlace, language: str) -> Candidate:
        """Return a place of the folder as a candidate."""
        lon, lat = place.position
        return Candidate(
            id=place.id, own=True, name=place.name_in(language), names=place.names, lon=lon, lat=lat,
            feature_class=place.feature_class, population=None, country="",
            distance_km=self.distance_km(lon, lat),
        )  # fmt: skip


def _km(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(geod().inv(*one, *other)[2]) / 1000

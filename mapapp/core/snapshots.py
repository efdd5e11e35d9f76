"""Which areas hold on a day, in layers whose areas are of single days (``time: snapshot`` in the profile).

Decided as on the map, by `mapapp.core.select.snapshot`; between two snapshots nothing is interpolated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mapapp.core.select import snapshot, snapshot_day

if TYPE_CHECKING:
    from mapapp.core.model import Atlas, Layer, Place
    from mapapp.core.view import View


@dataclass(frozen=True)
class Gap:
    """A day on which no area holds, and the nearest days before and after it on which some do."""

    day: date
    nearest: tuple[date, ...]


@dataclass(frozen=True)
class Snapshot:
    """Areas that hold together, and the first and last day on which they do."""

    first: date
    last: date
    areas: frozenset[str]


def dated_layers(atlas: Atlas) -> tuple[Layer, ...]:
    """Return the layers that can be compared: those whose areas are of single days."""
    dated = (layer for layer in atlas.layers if atlas.profile.layers[layer.id].snapshot)
    return tuple(layer for layer in dated if any(map(_is_area, layer.places)))


def gaps(atlas: Atlas, view: View) -> tuple[Gap, ...]:
    """Return the days of a comparison on which no area holds; empty if nothing is to be compared."""
    if view.compare is None:
        return ()
    return tuple(
        Gap(day, _nearest(atlas, view, day))
        for day in sorted({view.compare, snapshot_day(view)})
        if not any(areas_on(atlas, view, day))
    )


def snapshots(atlas: Atlas, view: View) -> tuple[Snapshot, ...]:
    """Return the snapshots a view may compare, in the order of their days; days without any are between."""
    seen: list[Snapshot] = []
    days = _changing(atlas)
    ends = [*(following - timedelta(days=1) for following in days[1:]), date.max]
    for day, last in zip(days, ends, strict=True):
        areas = frozenset(place.id for places in areas_on(atlas, view, day) for place in places)
        if seen and seen[-1].areas == areas:
            seen[-1] = replace(seen[-1], last=last)
        else:
            seen.append(Snapshot(day, last, areas))
    return tuple(one for one in seen if one.areas)


def _changing(atlas: Atlas) -> list[date]:
    """Return the days on which areas may begin or cease to hold, and the first of all days."""
    days = {date.min}
    for place in (place for layer in dated_layers(atlas) for place in layer.places):
        when = place.valid
        ends = (last for last in (when.latest, when.certain_to) if last)
        days |= {first for first in (when.earliest, when.certain_from) if first}
        days |= {last + timedelta(days=1) for last in ends if last < date.max}
    return sorted(days)


def areas_on(atlas: Atlas, view: View, day: date) -> list[tuple[Place, ...]]:
    """Return the areas of each layer that hold on a day, as known on the as-of day of the view."""
    return [tuple(filter(_is_area, snapshot(layer, day, view))) for layer in dated_layers(atlas)]


def compared_areas(atlas: Atlas, view: View) -> tuple[Place, ...]:
    """Return the areas of the day that a view compares its last day with; none if it compares nothing."""
    if view.compare is None:
        return ()
    return tuple(place for places in areas_on(atlas, view, view.compare) for place in places)


def _nearest(atlas: Atlas, view: View, day: date) -> tuple[date, ...]:
    """Return the last day before, and the first day after, on which areas hold."""
    known = snapshots(atlas, view)
    before = max((one.last for one in known if one.last < day), default=None)
    after = min((one.first for one in known if one.first > day), default=None)
    return tuple(one for one in (before, after) if one)


def _is_area(place: Place) -> bool:
    return "Polygon" in place.geometry.geom_type

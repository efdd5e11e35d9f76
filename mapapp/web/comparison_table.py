"""What changed hands between any two snapshots, for the browser: numbers, and outlines to hatch.

Computing it takes a second or two, so it is no part of the payload: the standalone page carries it apart, and
the app's page asks for it when the reader first compares two days. It is kept in the user's cache folder.
"""

from __future__ import annotations

import json
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, cast

import shapely
from shapely.geometry import mapping

from mapapp.core.compare import Comparison
from mapapp.core.edtf import Window
from mapapp.core.snapshots import areas_on, dated_layers, snapshots
from mapapp.core.view import View
from mapapp.data import kept
from mapapp.text.dates import day_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from mapapp.core.compare import Estimate
    from mapapp.core.model import Atlas, Place
    from mapapp.core.snapshots import Snapshot
    from mapapp.web.payload_types import ChangedHolder, Geometry, Range, SnapshotItem, Snapshots

_KIND, _NAME, _KEPT = "compared", "table.json", 16  # of some 70 kB each
_MOST = 12  # snapshots up to which all pairs are computed
_GRID = 1e-4  # degrees, 11 m
_FIRST, _LAST = date.min, date.max


def snapshot_items(atlas: Atlas) -> Snapshots:
    """Return the snapshots by whether they hold possibly or certainly, in the order of their days."""
    states = [*_states(atlas)]
    return {
        "areas": [sorted(areas) for areas in states],
        "possible": [_item(one, states) for one in snapshots(atlas, _view(certain=False))],
        "certain": [_item(one, states) for one in snapshots(atlas, _view(certain=True))],
    }


def comparison_json(atlas: Atlas) -> str:
    """Return `comparison_table` as JSON; what was computed before is read from the cache folder."""
    if not dated_layers(atlas):
        return "{}"
    # the fingerprint is that of the whole folder, of which drafts may have been left out
    areas = (
        f"{place.id} {place.kind} {place.tolerance_km} {place.valid.edtf} {place.geometry.wkb_hex}"
        for layer in atlas.layers
        for place in layer.places
    )
    name = kept.key((), atlas.fingerprint, *areas)
    found = kept.read(_KIND, name) or {}
    if _NAME not in found:
        found = {_NAME: json.dumps(comparison_table(atlas), separators=(",", ":")).encode()}
        kept.keep(_KIND, name, found, _KEPT)
    return found[_NAME].decode()


def comparison_table(atlas: Atlas) -> dict[str, list[ChangedHolder]]:
    """Return what each kind of area gained and lost, by the numbers of two snapshots, such as ``0-3``.

    Of up to 12 snapshots all pairs are there; of more, each with the next, the first and the last.
    """
    states = [*_states(atlas)]
    layers = (layer for layer in atlas.layers if atlas.profile.layers[layer.id].changes is not None)
    computed = [place for layer in layers for place in layer.places]
    found: dict[str, list[ChangedHolder]] = {}
    for certain in (False, True):
        listed = snapshots(atlas, _view(certain=certain))
        for (at, one), (after, other) in combinations(enumerate(listed), 2):
            name = f"{states.index(one.areas)}-{states.index(other.areas)}"
            near = after - at == 1 or at == 0 or after == len(listed) - 1
            if name not in found and (len(listed) <= _MOST or near):
                view = _view(certain=certain)
                days = (one.first, other.first)
                compared = Comparison(atlas, days, [areas_on(atlas, view, day) for day in days])
                found[name] = [*_holders(compared, computed)]
    return found


def _view(*, certain: bool) -> View:
    return View(Window(_FIRST, _LAST), certain=certain)


def _states(atlas: Atlas) -> list[frozenset[str]]:
    both = (one for certain in (False, True) for one in snapshots(atlas, _view(certain=certain)))
    return [*dict.fromkeys(one.areas for one in both)]


def _item(one: Snapshot, states: Sequence[frozenset[str]]) -> SnapshotItem:
    return day_number(one.first), day_number(one.last), states.index(one.areas)


def _holders(compared: Comparison, computed: Sequence[Place]) -> Iterator[ChangedHolder]:
    for holder in compared.kinds:
        yield {
            "layer": holder.layer,
            "kind": holder.kind,
            "contested": holder.contested,
            "earlier": _range(holder.earlier),
            "later": _range(holder.later),
            "gained": _range(holder.gained.km2),
            "lost": _range(holder.lost.km2),
            "net": _range(holder.net),
            "places": [place.id for place in compared.drawn_again(holder, computed)],
            "land": None if holder.contested else _outline(holder.gained.geometry),
            "left": None if holder.contested else _outline(compared.left_by(holder)),
        }


def _range(km2: Estimate) -> Range:
    rounded = km2.rounded
    return rounded.least, rounded.best, rounded.most


def _outline(land: BaseGeometry) -> Geometry | None:
    """Return an outline with its coordinates rounded; ``None`` if there is none."""
    outline = shapely.set_precision(land, _GRID)
    if outline.is_empty:
        return None
    return cast("Geometry", mapping(shapely.transform(outline, lambda points: points.round(4))))

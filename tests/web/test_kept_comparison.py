"""The comparison of snapshots is kept in the cache folder, and used only for the same areas."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import shapely

from mapapp.core.model import Atlas
from mapapp.web import comparison_table
from mapapp.web.comparison_table import comparison_json


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty cache folder, which is used."""
    monkeypatch.setenv("MAPAPP_CACHE", str(tmp_path))
    return tmp_path


def test_a_comparison_is_computed_once(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    made = comparison_json(atlas)
    monkeypatch.delattr(comparison_table, "comparison_table")
    assert comparison_json(atlas) == made
    assert len(json.loads(made)) > 1


def test_a_kept_comparison_is_not_used_for_other_areas(atlas: Atlas) -> None:
    made = comparison_json(atlas)
    layers = tuple(
        replace(
            layer,
            places=tuple(
                replace(place, geometry=shapely.transform(place.geometry, lambda points: points * 0.99))
                for place in layer.places
            ),
        )
        for layer in atlas.layers
    )
    assert comparison_json(replace(atlas, layers=layers)) != made


def test_a_damaged_comparison_is_computed_again(atlas: Atlas, cache: Path) -> None:
    made = comparison_json(atlas)
    (kept,) = cache.glob("compared-*.zip")
    kept.write_bytes(kept.read_bytes().replace(b'"layer"', b'"lager"', 1))
    assert comparison_json(atlas) == made


def test_nothing_is_kept_of_a_map_without_snapshots(tiny_atlas: Atlas, cache: Path) -> None:
    without = tuple(layer for layer in tiny_atlas.layers if not tiny_atlas.profile.layers[layer.id].snapshot)
    assert comparison_json(replace(tiny_atlas, layers=without)) == "{}"
    assert not [*cache.glob("compared-*")]

"""A layer of the reader's own is read, or refused with every fault named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mapapp.data.own_layer import MOST_BYTES, MOST_VERTICES, examine, read_own_layer
from mapapp.errors import DataError

CASES = Path(__file__).resolve().parents[1] / "own_layers"
EXPECTED: dict[str, Any] = json.loads((CASES / "expected.json").read_text(encoding="utf-8"))


def test_every_file_is_a_case() -> None:
    assert {path.name for path in CASES.iterdir()} == {"expected.json", *EXPECTED}
    assert len(EXPECTED) > 40


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_is_read_or_refused_as_expected(name: str) -> None:
    shapes, faults = examine(name, (CASES / name).read_bytes())
    assert [shape.geom_type for shape in shapes] == EXPECTED[name]["shapes"]
    assert [[fault.unit, fault.n, fault.code] for fault in faults] == EXPECTED[name]["faults"]
    assert name.startswith("bad-") == bool(faults)


def test_every_fault_is_listed_with_where_and_how_to_fix_it() -> None:
    with pytest.raises(DataError) as caught:
        read_own_layer("bad-rows.csv", (CASES / "bad-rows.csv").read_bytes())
    lines = str(caught.value).splitlines()
    assert [line.partition(" (got")[0] for line in lines] == [
        "bad-rows.csv: row 3: not a position",
        "bad-rows.csv: row 4: not a position",
        "bad-rows.csv: row 5: longitude or latitude is out of range",
        "bad-rows.csv: row 6: the row has more cells than the first row",
    ]
    assert lines[3].endswith('(got "4 > 3"); put cells that contain a delimiter in quotes')


def test_a_file_that_is_too_large_is_not_read() -> None:
    _, faults = examine("large.csv", b"lat,lon\n" + b" " * MOST_BYTES)
    assert [fault.code for fault in faults] == ["size"]
    rows = "".join(f"{number / MOST_VERTICES:.5f},36\n" for number in range(MOST_VERTICES + 1))
    _, faults = examine("many.csv", f"lat,lon\n{rows}".encode())
    assert [(fault.code, fault.got) for fault in faults] == [("vertices", str(MOST_VERTICES + 1))]


def test_hostile_nesting_is_refused_not_followed() -> None:
    deep = '{"type":"GeometryCollection","geometries":[' * 20 + "]}" * 20
    _, faults = examine("deep.geojson", deep.encode())
    assert [fault.code for fault in faults] == ["geometry"]
    _, faults = examine("deeper.geojson", b"[" * 200_000)
    assert [fault.code for fault in faults] == ["syntax"]

"""Distances in the browser are those of pyproj on the WGS 84 ellipsoid."""

from __future__ import annotations

import json
import random
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest
from pyproj import Geod
from test_rules import node

MODULE = Path(str(files("mapapp.web"))) / "src" / "geodesic.js"
GEOD = Geod(ellps="WGS84")
EDGES = [
    (0, 0, 0, 0),
    (36.6, 35.9, 36.6, 35.9),
    (0, 0, 1, 0),
    (0, 90, 0, -90),
    (10, 90, 200, 90),
    (179.5, 10, -179.5, 10),
    (-180, 5, 180, 5),
    (37, 36, 397, 36),
    (0, 0, 179, 0.5),
    (5, -35, 5.00001, -35.00001),
]


def ask(expression: str, cases: object) -> list[object]:
    """Run an expression of ``cases`` in node."""
    code = (
        f"import * as g from {json.dumps(MODULE.as_uri())};import {{ readFileSync }} from 'node:fs';"
        f"const cases = JSON.parse(readFileSync(0, 'utf8'));console.log(JSON.stringify({expression}));"
    )
    run = subprocess.run(  # noqa: S603 - our own code
        [node(), "--input-type=module", "-e", code],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[object] = json.loads(run.stdout)
    return found


def pairs() -> list[tuple[float, float, float, float]]:
    """Return pairs of positions: near, far, across the date line and at the poles."""
    chance = random.Random(14)  # noqa: S311 - no secret
    world = [
        (
            chance.uniform(-180, 180),
            chance.uniform(-90, 90),
            chance.uniform(-180, 180),
            chance.uniform(-90, 90),
        )
        for _ in range(1500)
    ]
    near = [
        (lon, lat, lon + chance.uniform(-0.5, 0.5), max(-90, min(90, lat + chance.uniform(-0.5, 0.5))))
        for lon, lat, _, _ in world
    ]
    return [*EDGES, *near, *world]


def test_distances_are_those_on_the_ellipsoid() -> None:
    cases = pairs()
    found = ask("cases.map(([a, b, c, d]) => g.distance([a, b], [c, d]))", cases)
    for case, metres in zip(cases, found, strict=True):
        expected = GEOD.inv(*case)[2]
        if expected > 19_900_000:  # nearly opposite points
            assert metres == pytest.approx(expected, rel=0.006), case
        else:
            assert metres == pytest.approx(expected, abs=0.001), case


def test_nearly_opposite_points_are_measured_on_a_sphere() -> None:
    cases = [(0, 0, 179.7, 0.1), (0, 0, 180, 0), (10, 30, -170, -30), (10, 30, -170.2, -29.9)]
    found = ask("cases.map(([a, b, c, d]) => g.distance([a, b], [c, d]))", cases)
    for case, metres in zip(cases, found, strict=True):
        assert metres == pytest.approx(GEOD.inv(*case)[2], rel=0.006), case


def test_a_position_has_the_precision_of_the_zoom() -> None:
    zooms = [2, 7, 9, 12, 15, 19]
    assert ask("cases.map((zoom) => g.decimalsFor(zoom))", zooms) == [2, 2, 3, 4, 5, 6]
    positions = [[35.93, 36.641, 2], [-0.001, -0.001, 2], [35.5, 397.25, 3], [-35, -190, 1]]
    assert ask("cases.map(([lat, lon, n]) => g.positionText(lat, lon, n))", positions) == [
        "35.93, 36.64",
        "0.00, 0.00",
        "35.500, 37.250",
        "-35.0, 170.0",
    ]


def test_a_length_is_given_in_metres_or_kilometres() -> None:
    lengths = [0, 999.4, 999.6, 9994, 9996, 123_456, 1_234_567]
    assert ask("cases.map((m) => { const p = g.lengthParts(m);"
               " return p.value.toFixed(p.decimals) + ' ' + p.unit; })", lengths) == [
        "0 m", "999 m", "1.00 km", "9.99 km", "10.0 km", "123.5 km", "1235 km",
    ]  # fmt: skip

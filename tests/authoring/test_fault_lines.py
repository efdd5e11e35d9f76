"""Faults name the line of the file that they are about."""

from __future__ import annotations

import pytest

from mapapp.authoring.lines import line_of

EVENTS = b"""# statements
article:
  file: a.txt
  date: 2024-05-14
events:
- id: first
  when: {edtf: "2024"}
- title: Without an id
- id: second
  when:
    edtf: 2024-13
  places:
  - id: here
  - {id: there}
"""
LAYER = b"""{"type": "FeatureCollection", "features": [
{"type": "Feature", "id": "one", "properties": {"id": "one"}, "geometry": null},
{"type": "Feature", "properties": {"id": "one-more"}, "geometry": null}
]}
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("article.date", 4),
        ("article.language", 2),  # the key is missing: the line of what should hold it
        ("first.when.edtf", 7),
        ("[1].kind", 8),
        ("second.when.edtf", 11),
        ("second.places[1].id", 14),
        ("second.places[7].id", 12),
        ("nowhere", None),
        ("", None),
    ],
)
def test_a_value_of_a_yaml_file_has_a_line(path: str, line: int | None) -> None:
    assert line_of("data/events/a.yaml", EVENTS, path) == line


@pytest.mark.parametrize(
    ("path", "line"), [("one.kind", 2), ("one-more", 3), ("[1].kind", None), ("two", None)]
)
def test_a_feature_has_a_line(path: str, line: int | None) -> None:
    assert line_of("data/geo/a.geojson", LAYER, path) == line


@pytest.mark.parametrize("data", [b"", b"\xff", b"a: [", b"- a\n- b\n", b"5", b'{"features": 5}'])
@pytest.mark.parametrize("file", ["a.yaml", "a.geojson", "a.txt"])
def test_what_cannot_be_read_has_no_line(file: str, data: bytes) -> None:
    assert line_of(file, data, "a.b") is None

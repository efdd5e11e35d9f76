"""data/README.md explains every key of the profile, and its examples are valid."""

from __future__ import annotations

import re
import shutil
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest
import yaml
from tiny import PROFILE

from mapapp.core.model import Role as LinkRole
from mapapp.core.profile import COLORS, EventSymbol, Group, PlaceSymbol, Role
from mapapp.data.files import Files
from mapapp.data.json_schema import FILES
from mapapp.data.load import load
from mapapp.data.parse import parse
from mapapp.data.profile import read_profile
from mapapp.data.profile_schema import (
    KindNameEntry,
    LayerEntry,
    LayerNamesEntry,
    PlaceKindEntry,
    ProfileEntry,
    StyleEntry,
)
from mapapp.data.schema import ReviewEntry, StepEntry
from mapapp.data.story import STORY

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "data/README.md").read_text("utf-8")
PART = README.split("## The profile of the map")[1].split("\n## Several articles")[0]


def test_the_example_profile_is_valid(tmp_path: Path) -> None:
    (example,) = re.findall(r"<!-- profile example -->\n```yaml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "data").mkdir()
    (tmp_path / PROFILE).write_text(example, "utf-8")
    files = Files(tmp_path)
    profile = read_profile(files)
    assert list(map(str, files.issues)) == []
    assert profile is not None
    assert profile.languages == ("en", "fr")


def test_the_example_of_an_article_is_the_shipped_one() -> None:
    (example,) = re.findall(r"<!-- article example -->\n```yaml\n(.*?)```", README, re.DOTALL)
    shipped = yaml.safe_load((ROOT / "data/events/idlib-2020-02-19.yaml").read_text("utf-8"))
    assert yaml.safe_load(example) == {"article": shipped["article"]}


def test_the_example_of_a_story_is_valid_in_the_shipped_folder(tmp_path: Path) -> None:
    (example,) = re.findall(r"<!-- story example -->\n```yaml\n(.*?)```", README, re.DOTALL)
    for folder in ("data", "seeds"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / STORY).write_text(example, "utf-8")
    assert [step.show for step in load(tmp_path).story] == ["sochi-demilitarised-zone", "line-of-19-february"]
    written = set(re.findall(r"`([a-z_]+)`", README.split("## The story")[1].split("\n## ")[0]))
    assert {field.name for field in fields(StepEntry)} - written == set()


@pytest.mark.parametrize(
    "entry", [ProfileEntry, LayerEntry, StyleEntry, LayerNamesEntry, PlaceKindEntry, KindNameEntry]
)
def test_every_key_is_explained(entry: type) -> None:
    written = set(re.findall(r"`\{?([a-z_]+)", PART))
    assert {field.name for field in fields(entry)} - written == set()


@pytest.mark.parametrize(
    "words", [COLORS, get_args(PlaceSymbol), get_args(EventSymbol), get_args(Role), get_args(Group)]
)
def test_every_word_to_choose_from_is_listed(words: tuple[str, ...]) -> None:
    assert [word for word in words if f"`{word}`" not in PART] == []


@pytest.mark.parametrize("name", FILES)
def test_every_schema_is_mentioned(name: str) -> None:
    assert f"`{name}`" in README or f"schema {name}" in README


def test_every_template_is_mentioned() -> None:
    for path in (ROOT / "mapapp/templates").iterdir():
        assert path.name in README


@pytest.mark.parametrize("role", get_args(LinkRole))
def test_every_role_of_a_place_in_a_statement_is_explained(role: str) -> None:
    assert f"\n| `{role}` | " in README


def test_the_example_of_a_review_is_valid(tmp_path: Path) -> None:
    (example,) = re.findall(r"`(reviewed:\s\{.*?\})`", README)
    (tmp_path / "a.yaml").write_text(" ".join(example.split()), "utf-8")
    read = Files(tmp_path).yaml("a.yaml")["reviewed"]
    assert vars(parse(ReviewEntry, read)) == {"by": "A. Editor", "on": "2026-11-01"}

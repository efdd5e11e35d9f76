"""Loading a data folder, and how it is chosen."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tiny import ARTICLE, Tiny, names

from mapapp.core.edtf import Window, certainly, possibly, read_when
from mapapp.core.model import Atlas
from mapapp.data.files import Files
from mapapp.data.folders import default_root
from mapapp.data.load import load
from mapapp.errors import DataError


def test_the_article_is_kept_as_written_with_its_date(tiny_atlas: Atlas) -> None:
    (article,) = tiny_atlas.articles
    assert (article.id, article.text, article.date) == ("northland-2020-02-19", ARTICLE, date(2020, 2, 19))
    assert article.source == "paper"


def test_every_passage_is_at_its_offsets(tiny_atlas: Atlas) -> None:
    for event in tiny_atlas.events:
        for passage in event.passages:
            assert tiny_atlas.articles[0].text[passage.start : passage.end] == passage.exact


def test_prefix_and_suffix_distinguish_identical_passages(tiny_atlas: Atlas) -> None:
    passage = tiny_atlas.event["zone-guarded"].passages[1]
    assert passage.start == ARTICLE.rindex("the zone")


def test_yaml_dates_are_read_as_text(tiny_atlas: Atlas, tiny: Tiny, tmp_path: Path) -> None:
    tiny.instead["data/sources.yaml"] = (
        b"- {id: paper, title: T, publisher: P, date: 2020-02-19, licence: L, leaning: '', url: 'https://example.org/x'}\n"
        b"- {id: map, title: T, publisher: P, date: '', licence: L, leaning: ''}\n"
    )
    assert load(tiny.write(tmp_path)).source["paper"].date == read_when("2020-02-19")
    assert load(tmp_path).source["map"].date is None
    assert tiny_atlas.event["quiet-zone"].when.text == "In September 2018"


def test_keys_are_read_as_they_are_written(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "{on: on, off: no, yes: 1, y: 2, n: 3, no: Norsk, null: ~, 1: a, 1.50: b, 2020-02-19: c, true: true}"
    )
    assert Files(tmp_path).yaml("a.yaml") == {
        "on": True, "off": False, "yes": 1, "y": 2, "n": 3, "no": "Norsk", "null": None, "1": "a",
        "1.50": "b", "2020-02-19": "c", "true": True,
    }  # fmt: skip


def test_what_has_happened_ends_with_the_articles_date(tiny: Tiny, tmp_path: Path) -> None:
    tiny.event("quiet-zone")["when"] = {"edtf": "2020-02~", "text": "In September 2018"}
    tiny.event("soldiers-leave")["when"]["edtf"] = "2020-02-19/2020-02-29"
    tiny.event("zone-guarded")["when"]["edtf"] = "2020-02-19/.."
    atlas = load(tiny.write(tmp_path))
    assert atlas.event["quiet-zone"].when.latest == date(2020, 2, 19)
    assert atlas.event["soldiers-leave"].when.latest == date(2020, 2, 29)
    assert atlas.event["zone-guarded"].when.latest is None


def test_nothing_after_the_articles_date_is_certain(tiny: Tiny, tmp_path: Path) -> None:
    tiny.event("war-threatened")["when"]["edtf"] = "2020-03/2020-04"
    tiny.event("zone-guarded")["when"]["edtf"] = "../2020-02-10"
    tiny.event("truce-broken").update(kind="plan", when={"edtf": "2020-03", "text": "says"})
    atlas = load(tiny.write(tmp_path))
    late = Window(date(2020, 2, 20), date(2100, 12, 31))
    assert not any(certainly(event.when, late) for event in atlas.events)
    assert {event.id for event in atlas.events if possibly(event.when, late)} == {
        "truce-broken",
        "war-threatened",
        "soldiers-leave",
    }
    assert atlas.event["soldiers-leave"].when.certain_to == date(2020, 2, 19)
    assert certainly(atlas.event["soldiers-leave"].when, Window(date(2020, 2, 19), date(2020, 3, 1)))
    assert atlas.event["zone-guarded"].when.certain_to == date(2020, 2, 10)
    assert atlas.place["zone-idlib"].valid.certain_to is None  # places are not the article's word


def test_layers_are_in_drawing_order(tiny_atlas: Atlas) -> None:
    drawn = [layer.id for layer in tiny_atlas.layers]
    assert drawn == ["land", "countries", "governorates", "control", "roads", "zones", "towns", "posts"]


def test_places_keep_their_facts_statuses_and_names(tiny: Tiny, tmp_path: Path) -> None:
    tiny.place("rivertown")["properties"]["names_when"] = [{"when": "../2019", "names": names("Oldtown")}]
    atlas = load(tiny.write(tmp_path))
    town = atlas.place["rivertown"]
    assert town.facts == (("geonames", 42),)
    assert town.names_when[0].names.texts["tr"] == "Oldtown"
    assert (town.geometry.x, town.geometry.y) == (37.2, 35.6)
    assert [status.status for status in atlas.place["post-one"].statuses] == ["open", "surrounded"]


def test_the_fingerprint_changes_with_any_file(tiny: Tiny, tmp_path: Path) -> None:
    before = load(tiny.write(tmp_path / "a")).fingerprint
    assert load(tiny.write(tmp_path / "b")).fingerprint == before
    tiny.facts[0]["note"] = "new"
    assert load(tiny.write(tmp_path / "c")).fingerprint != before


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        (b"# Changes\n\n## 2026-11-22\n\n- New.\n\n## 2025-01-01\n", date(2026, 11, 22)),
        (b"# Changes\n\nNone yet.\n", None),
        (None, None),
    ],
)
def test_the_data_has_the_date_of_its_newest_change(
    tiny: Tiny, tmp_path: Path, changes: bytes | None, day: date | None
) -> None:
    tiny.instead["data/CHANGELOG.md"] = changes
    assert load(tiny.write(tmp_path)).issued == day


def test_a_changelog_whose_newest_entry_has_no_date_is_a_fault(tiny: Tiny, tmp_path: Path) -> None:
    tiny.instead["data/CHANGELOG.md"] = b"## next week\n\n## 2026-11-22\n"
    with pytest.raises(DataError, match="the newest entry: not a valid day"):
        load(tiny.write(tmp_path))


def test_the_environment_variable_names_the_folder(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPAPP_DATA", str(tiny.write(tmp_path)))
    assert default_root() == tmp_path
    assert load().articles[0].id == "northland-2020-02-19"


def test_without_it_the_shipped_folder_is_used(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAPAPP_DATA", raising=False)
    assert default_root() in (root, root / "mapapp" / "shipped")


def test_loading_imports_none_of_the_slow_packages() -> None:
    slow = {"pandas", "geopandas", "pyproj", "typst"}
    code = f"import sys, mapapp.data.load; print(sorted({slow} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "[]\n"

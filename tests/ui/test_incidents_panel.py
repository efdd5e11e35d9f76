"""The reader's incident data on the page, with the map's frame replaced."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from frame_double import PAGE, Frame
from streamlit.testing.v1 import AppTest

from mapapp.core.model import Atlas
from mapapp.incidents.importer import import_file
from mapapp.incidents.store import open_store

ROWS = (
    "id,date,latitude,longitude,kind,notes\n"
    "a1,2020-02-18,35.93,36.63,clashes,<img src=x onerror=alert(1)>\n"
    "a2,2020-02-19,35.93,36.63,shelling,{{7*7}}\n"
)


@pytest.fixture
def stored(tmp_path: Path, atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Store two incidents and point the page at them."""
    export = tmp_path / "own.csv"
    export.write_text(ROWS, encoding="utf-8")
    folder = tmp_path / "store"
    import_file(export, atlas, folder)
    monkeypatch.setenv("MAPAPP_INCIDENTS", str(folder))
    return folder


def opened() -> AppTest:
    """Return the page after its first run."""
    return AppTest.from_file(PAGE, default_timeout=60).run()


def said(page: AppTest) -> str:
    """Return all that the page warns of."""
    return "\n".join(str(item.value) for item in page.warning)


def asked(page: AppTest, drawn: Frame, incident: str) -> str:
    """Ask for the card of an incident as the script does, and return the call sent to the map."""
    page.session_state[drawn.last.key] = {"incident": incident}
    page.run()
    assert not page.exception
    return drawn.last.feature_group


@pytest.mark.usefixtures("stored")
def test_incident_data_is_passed_to_the_map(drawn: Frame) -> None:
    page = opened()
    assert not page.exception
    assert '"rows":"incidents-' in drawn.last.html
    assert said(page) == ""


def test_a_remounted_map_is_not_sent_the_file_opened_before(stored: Path, drawn: Frame) -> None:
    page = opened()
    before = drawn.last.key
    page.session_state["reopen"] = {"file": "1", "address": {"first": "2018-01-01", "last": "2018-12-31"}}
    page.run()
    assert drawn.last.feature_group.startswith("mapapp.reopen({")
    manifest = stored / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"title": "', '"title": "Other '))
    page.run()
    assert not page.exception
    assert drawn.last.key != before
    assert drawn.last.feature_group is None


def test_without_incident_data_the_map_gets_none(drawn: Frame) -> None:
    opened()
    assert '"record":null' in drawn.last.html


def test_a_card_has_the_texts_of_the_dataset_escaped(stored: Path, drawn: Frame) -> None:
    page = opened()
    store = open_store(stored)
    assert store is not None
    told = asked(page, drawn, f"{store.datasets[0].key}/0")
    card = json.loads(told.removeprefix("mapapp.tell(").removesuffix(");\n"))
    assert card["name"] == f"{store.datasets[0].key}/0"
    assert "<img src=x onerror=alert(1)>" in card["note"]
    assert ["incident-when", "18 February 2020"] in card["rows"]
    assert "<img" not in told
    second = asked(page, drawn, f"{store.datasets[0].key}/1")
    assert "{{" not in second
    assert "49" not in second


@pytest.mark.parametrize(
    "name", ["", "/", "own/9", "own/-1", "own/²", "../own/0", "none/0", "x" * 3000, "own/1e9"]
)
@pytest.mark.usefixtures("stored")
def test_a_missing_incident_is_reported_or_not_queried(drawn: Frame, name: str) -> None:
    page = opened()
    page.session_state[drawn.last.key] = {"address": {}, "incident": name}
    page.run()
    assert not page.exception
    told = drawn.last.feature_group or ""
    assert told == "" or json.loads(told.removeprefix("mapapp.tell(").removesuffix(");\n")) == {"name": name}


def test_a_broken_store_is_reported_next_to_the_map(stored: Path, drawn: Frame) -> None:
    (stored / "manifest.json").write_text("{", encoding="utf-8")
    page = opened()
    assert not page.exception
    assert '"record":null' in drawn.last.html
    assert "Your incident data is not shown" in said(page)


def test_missing_rows_are_reported_next_to_the_map(stored: Path, drawn: Frame) -> None:
    for file in stored.rglob("*.parquet"):
        file.unlink()
    page = opened()
    assert not page.exception
    assert '"record":null' in drawn.last.html
    assert "Your incident data is not shown" in said(page)


def test_a_warning_says_that_outlines_have_changed(stored: Path, drawn: Frame) -> None:
    manifest = json.loads((stored / "manifest.json").read_text("utf-8"))
    manifest["records"][0]["areas"] = "0" * 64
    (stored / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    page = opened()
    assert "incidents place" in said(page).replace("\\", "")
    assert '"rows"' in drawn.last.html

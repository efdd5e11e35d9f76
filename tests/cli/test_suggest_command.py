"""The command ``suggest``."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from tiny import Tiny

from mapapp.authoring import gazetteer
from mapapp.cli.main import main


def test_own_places_are_suggested_without_the_extra_and_nothing_is_written(
    tiny: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tiny.write(tmp_path)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    monkeypatch.setattr(gazetteer, "version", _missing)
    assert main(["suggest", str(root), "--own-places"]) == 0
    shown = capsys.readouterr().out
    assert "place: Northland: northland (high)" in shown
    assert "time: In September 2018: 2018-09" in shown
    assert "statements could be drafted" in shown
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_the_missing_extra_is_said_in_one_line(
    tiny: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gazetteer, "version", _missing)
    assert main(["suggest", str(tiny.write(tmp_path))]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert "author extra" in shown.err
    assert "--own-places" in shown.err


def test_json_has_the_suggestions_of_the_article_asked_for(
    tiny: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tiny.write(tmp_path)
    assert (
        main(["suggest", str(root), "--own-places", "--format", "json", "--article", "northland-2020-02-19"])
        == 0
    )
    (found,) = json.loads(capsys.readouterr().out)
    text = (root / "seeds/northland-2020-02-19.txt").read_text("utf-8")
    for one in (*found["sentences"], *found["times"], *found["places"], *found["speakers"]):
        assert one["words"] == text[one["start"] : one["end"]]
    assert found["places"][0]["candidates"][0]["id"] == "northland"
    assert all(one["draft"] for one in found["statements"])


def test_an_unknown_article_or_folder_is_refused(
    tiny: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tiny.write(tmp_path)
    assert main(["suggest", str(root), "--own-places", "--article", "none"]) == 2
    assert 'no such article (got "none"); choose from northland-2020-02-19' in capsys.readouterr().err
    assert main(["suggest", str(root / "none")]) == 2
    assert "no such folder" in capsys.readouterr().err


def _missing(name: str) -> str:
    raise PackageNotFoundError(name)

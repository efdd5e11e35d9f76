"""The command ``describe``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny import Tiny

from mapapp.cli.main import main
from mapapp.text.locales import language
from mapapp.text.messages import words


@pytest.fixture
def folder(tiny: Tiny, tmp_path: Path) -> str:
    return str(tiny.write(tmp_path))


def test_the_view_is_described_as_text(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", "--data", folder]) == 0
    text = capsys.readouterr().out
    assert "Where this is" in text
    assert "How sure this is" in text


def test_the_text_is_in_the_language_that_is_asked_for(
    folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["describe", "--data", folder, "--language", "ar"]) == 0
    text = capsys.readouterr().out
    assert "Added by us" not in text
    with language("ar"):
        assert f"- {words('account-voice-added')}: " in text
        assert words("account-number", number="1") in text  # the numbers of statements, too


def test_json_has_the_sentences_and_the_relations_as_values(
    folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(["describe", "--data", folder, "--format", "json", "--base-url", "https://example.org/map"]) == 0
    )
    found = json.loads(capsys.readouterr().out)
    assert found["address"].startswith("https://example.org/map?first=")
    places = {place["id"]: place for place in found["places"]}
    assert found["main_place"] == "rivertown"
    assert places["faraway"]["offset"] == {"km": 425, "compass": "nw"}
    assert places["faraway"]["beyond"] is True
    assert "post-one" in places["zone-idlib"]["inside"]
    assert {entry["voice"] for section in found["sections"] for entry in section["entries"]} >= {"", "added"}


def test_html_is_a_section_to_paste_into_a_page(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", "--data", folder, "--format", "html"]) == 0
    made = capsys.readouterr().out
    assert made.startswith('<section class="account"')
    assert made.rstrip().endswith("</section>")


def test_drafts_are_left_out_unless_asked_for(
    tiny: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny.event("soldiers-leave")["draft"] = True
    folder = str(tiny.write(tmp_path))
    for drafts in ([], ["--drafts"]):
        assert main(["describe", "--data", folder, "--as-of", "all", "--last", "2020-03-31", *drafts]) == 0
        assert ("Draft, not reviewed." in capsys.readouterr().out) == bool(drafts)


def test_a_wrong_value_is_refused_with_how_to_mend_it(
    folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["describe", "--data", folder, "--first", "yesterday"]) == 2
    assert "--first: not a valid day" in capsys.readouterr().err

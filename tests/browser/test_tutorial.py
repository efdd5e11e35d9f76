"""The tutorial can be followed to the end, and its pictures show what it describes."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image
from playwright.sync_api import Browser
from tutorial import OWN, ROOT, TUTORIAL, Walk, commands, pictures

from mapapp.data.load import load

LARGEST = 150_000  # bytes of a picture
MOST = 6  # pictures


@pytest.mark.slow
def test_following_the_tutorial_leads_to_a_published_map_and_to_its_pictures(
    browser: Browser, tmp_path: Path
) -> None:
    folder, shown = tmp_path / "work", tmp_path / "pictures"
    folder.mkdir()
    shown.mkdir()
    walk = Walk(browser, folder, shown)
    walk.go()
    assert {file.stem for file in shown.iterdir()} == {Path(name).stem for name in pictures()}
    for file in shown.iterdir():
        with Image.open(file) as new, Image.open(OWN / file.name) as old:
            assert new.size == old.size, f"{file.name}: take the pictures anew: python tests/tutorial.py"
    atlas = load(folder / "storm")
    assert len(atlas.events) == 5
    assert not any(entry.draft for entry in atlas.events)
    assert [entry.note for entry in atlas.events if "Drafted by rules" in entry.note] == []
    assert "Stone Ford" in (folder / "storm.html").read_text("utf-8")
    assert (folder / "storm.png").stat().st_size > 10_000
    assert "manifest.json" in ZipFile(folder / "storm.zip").namelist()
    (cited,) = [said for command, said in walk.said.items() if " cite " in command]
    assert "Storm floods roads in the south of Iceland" in cited
    assert "Writer" in cited
    (checked,) = [said for command, said in walk.said.items() if " check " in command]
    assert checked == "No faults found.\n"


def test_every_picture_is_there_small_and_shown_once() -> None:
    shown = pictures()
    assert 0 < len(shown) <= MOST
    assert sorted(shown) == sorted(set(shown)) == sorted(file.name for file in OWN.glob("*.png"))
    assert [name for name in shown if (OWN / name).stat().st_size >= LARGEST] == []


def test_every_command_of_the_tutorial_is_in_a_block_that_is_run() -> None:
    text = TUTORIAL.read_text("utf-8")
    assert re.findall(r"^python -m mapapp .*$", text, re.MULTILINE) == commands()
    named = {command.split()[3] for command in commands()}
    assert named == {"new", "edit", "check", "page", "figure", "pack", "cite"}


def test_the_tutorial_is_reached_from_the_readme_and_names_what_is_there() -> None:
    assert "`docs/tutorial.md`" in (ROOT / "README.md").read_text("utf-8")
    text = TUTORIAL.read_text("utf-8")
    named = re.findall(r"`((?:docs|data|mapapp|tests)/[\w./-]*\w)`", text)
    assert [path for path in named if not (ROOT / path).exists()] == []

"""The walk of an author: from a text of twelve sentences to a checked map, by the panel alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from editing import INDEX, editing
from flood import DAY, TEXT
from playwright.sync_api import Browser, expect
from test_author_panel import Desk
from visit import visiting

from mapapp.cli.main import main

STATEMENTS = 8  # the first sentences; the other four say nothing for the map


class Author(Desk):
    """Somebody who writes in the panel."""

    def draft(self, number: int) -> None:
        """Be in the form of the draft of a sentence; it opens by itself after the one before."""
        expect(self.find(".edit-passages blockquote")).to_have_text(SENTENCES[number - 1])

    def open_draft(self, number: int) -> None:
        """Open the draft of a sentence from the list."""
        self.find(f'[data-entry="sentence-{number}"]').click()
        self.draft(number)

    def names_the_speaker(self, kind: str) -> None:
        """Make an actor of the words that name who speaks, and come back to the statement."""
        self.find(".edit-offers").get_by_role("button", name="New actor …").click()
        self.field("Kind").select_option(kind)
        self.button("Save").click()
        expect(self.find(".edit-form h2")).to_contain_text("Edit")
        self.ready()

    def chooses_the_town(self, name: str) -> None:
        """Choose a town of the gazetteer for words that the folder has no place for."""
        self.find(".edit-offers").get_by_role("button", name=re.compile(f"^Use for “{name}”: .*town")).click()
        expect(self.find(".edit-form")).to_contain_text("Saved together with this statement.")

    def accepts(self, kind: str = "damage") -> None:
        """Accept the draft that is open, with the places in it."""
        self.field("Kind").select_option(kind)
        self.field("Note").last.fill("")
        more = self.button("Accept it with the statement")
        while more.count():
            more.first.click()
        title = self.field("What is said").input_value()
        self.button("Accept and save").click()
        self.saved(f"“{title}” was saved.")

    def leaves_out(self, left_out: int) -> None:
        """Say that the words of the draft that is open say nothing for the map, as so many then do."""
        self.find(".edit-actions").get_by_role("button", name="Nothing for the map").click()
        self.covers(f"{left_out} say nothing for the map")
        self.saved("These words are listed as saying nothing for the map.")

    def reviews(self, kind: str) -> None:
        """Compare all entries of a kind with their sources, and sign."""
        self.find(".edit-lists").get_by_role("button", name=kind).click()
        self.find(".edit-review summary").click()
        self.find("#edit-reviewer").fill("A. Author")
        self.find(".edit-review").get_by_role("button", name=re.compile("Mark all")).click()
        expect(self.find(".edit-review")).to_have_count(0)
        self.ready()

    def covers(self, words: str) -> None:
        """Read the words below the coverage bar."""
        expect(self.find(".edit-coverage p")).to_contain_text(words)

    def statements(self) -> dict[str, dict[str, Any]]:
        """Return the statements as the file has them, by id."""
        (file,) = (self.folder / "data" / "events").glob("*.yaml")
        return {one["id"]: one for one in yaml.safe_load(file.read_text("utf-8"))["events"]}


SENTENCES = [one.strip() for one in re.split(r"(?<=\.)\s+", TEXT.partition("\n\n")[2].strip())]


@pytest.fixture
def author(
    request: pytest.FixtureRequest, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Author]:
    """Make a folder of the text with the command, and open it in the panel."""
    monkeypatch.setenv("MAPAPP_CACHE", str(INDEX))
    folder, document = tmp_path / "story", tmp_path / "floods.txt"
    document.write_text(TEXT, encoding="utf-8")
    asked = ["--date", f"{DAY}", "--language", "en", "--licence", "CC BY 4.0", "--template", "disaster"]
    assert main(["new", str(folder), "--article", str(document), *asked]) == 0
    with editing(folder) as address, visiting(request, partial(Author, browser, address, folder)) as start:
        yield start()


def test_twelve_sentences_become_a_checked_map_by_the_panel_alone(
    author: Author, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(SENTENCES) == 12
    author.covers("0 of 12 sentences have a statement, 12 only a draft; 0 are open.")

    author.open_draft(1)
    expect(author.find('[data-suggested="when"]')).to_contain_text("suggested from: “on 3 October 2023”")
    author.accepts()
    author.draft(2)
    author.accepts()

    author.button("Undo").click()
    author.saved("The last change was undone.")
    author.open_draft(2)
    author.page.reload()
    author.ready()
    author.open_draft(2)
    author.accepts()

    author.draft(3)
    author.accepts()
    author.draft(4)
    author.names_the_speaker("person")
    author.accepts()
    for number in range(5, STATEMENTS):
        author.draft(number)
        author.accepts()
    author.draft(STATEMENTS)
    author.chooses_the_town("Radeče")
    author.accepts()
    for number in range(STATEMENTS + 1, len(SENTENCES) + 1):
        author.draft(number)
        author.leaves_out(number - STATEMENTS)
    author.covers(
        "8 of 12 sentences have a statement, 0 only a draft; 4 say nothing for the map; 0 are open."
    )

    author.reviews("Statements")
    author.reviews("Places")

    made = author.statements().values()
    assert len(made) == STATEMENTS
    assert all(one["when"]["edtf"] not in {"../..", f"[..{DAY}]"} for one in made)
    assert all(any(link.get("words") for link in one["places"]) for one in made)
    assert not any("draft" in one or "Drafted by rules" in one.get("note", "") for one in made)
    capsys.readouterr()
    assert main(["check", "--strict", "--data", str(author.folder)]) == 0, capsys.readouterr().out

"""What of an article says nothing for the map is listed, so that nothing is left out without notice."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny import EVENTS, Tiny

from mapapp.data.checks.article import check
from mapapp.data.load import load


def write(tiny: Tiny, folder: Path, *passages: str, without: int | None = 3) -> Path:
    """Write the folder without one of its statements, and with passages under ``unmapped``."""
    if without is not None:
        tiny.events.pop(without)
    root = tiny.write(folder)
    with (root / EVENTS).open("a", encoding="utf-8") as file:
        file.write("unmapped:\n" + "".join(f"- exact: {one}\n" for one in passages))
    return root


@pytest.fixture
def sentence(tiny: Tiny) -> str:
    """Return the sentence of the statement that is left out."""
    words: str = tiny.events[3]["passages"][0]["exact"]
    return words


def test_a_sentence_listed_as_unmapped_needs_no_statement(tiny: Tiny, tmp_path: Path, sentence: str) -> None:
    tiny.facts = []
    root = write(tiny, tmp_path, sentence)
    assert [issue for issue in check(root) if "covered" in issue.what] == []
    (passage,) = load(root).articles[0].unmapped
    assert load(root).articles[0].text[passage.start : passage.end] == sentence == passage.exact


def test_a_part_of_a_sentence_does_not_cover_the_rest(tiny: Tiny, tmp_path: Path, sentence: str) -> None:
    first, _, _ = sentence.partition(" ")
    issues = check(write(tiny, tmp_path, sentence[len(first) + 1 :]))
    assert any("only partly covered" in issue.what for issue in issues)


def test_words_cannot_be_unmapped_and_in_a_statement(tiny: Tiny, tmp_path: Path, sentence: str) -> None:
    (issue,) = check(write(tiny, tmp_path, sentence, without=None))
    assert (issue.where, sentence.startswith(issue.got.strip('"…'))) == ("unmapped[0]", True)
    assert "has words of it" in issue.what


@pytest.mark.parametrize(
    ("written", "said"),
    [("of another article", "not in the article"), ("", "text"), ("the", "more than once")],
)
def test_an_unmapped_passage_must_be_in_the_article_once(
    tiny: Tiny, tmp_path: Path, written: str, said: str
) -> None:
    issues = check(write(tiny, tmp_path, written, without=None))
    assert any(issue.where.startswith("unmapped") and said in f"{issue}" for issue in issues), issues


def test_unmapped_must_be_a_list(tiny: Tiny, tmp_path: Path) -> None:
    root = tiny.write(tmp_path)
    with (root / EVENTS).open("a", encoding="utf-8") as file:
        file.write("unmapped: none\n")
    assert any(issue.where == "unmapped" for issue in check(root))

"""The parts of checking that stand alone: how an article falls into sentences."""

from __future__ import annotations

import pytest

from mapapp.core.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" date 2020-02-19 One. Two!", ["One.", "Two!"]),
        ("One.\n\nA heading\n\nTwo.", ["One.", "Two."]),
        (
            "It could begin \"at any moment\". 'At night.' So he said.",
            ['It could begin "at any moment".', "'At night.'", "So he said."],
        ),
        ("Gen. A. Smith went to St. Paul. He left.", ["Gen. A. Smith went to St. Paul.", "He left."]),
        ("It cost 3.5 million. Why?", ["It cost 3.5 million.", "Why?"]),
        ("One.\r\nTwo.\r\n", ["One.", "Two."]),
        ("One. And two\n\nThree.", ["One.", "And two", "Three."]),
        ("They had a plan B. \nThree.", ["They had a plan B.", "Three."]),
        ("Only a heading", []),
        ("", []),
    ],
)
def test_an_article_falls_into_these_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected

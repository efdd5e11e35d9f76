"""The article's words for a time, and readings that say more than they do."""

from __future__ import annotations

from datetime import date

import pytest

from mapapp.core.dates import DateBasis, read_when
from mapapp.core.words import against_words, is_guess, read_words

ARTICLE_DAY = date(2020, 2, 19)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("on Wednesday", "day"),
        ("by the end of February", "day"),
        ("17 September 2018", "day"),
        ("September 17th", "day"),
        ("the 3rd of May", "day"),
        ("today", "day"),
        ("2018-09-17", "day"),
        ("In September 2018", "month"),
        ("in September", "month"),
        ("In 2017", "year"),
        ("previously", None),
        ("had discussed", None),
        ("at any moment", None),
        ("the march on the city may begin", None),
        ("in 300 days", None),
    ],
)
def test_words_are_as_precise_as_this(text: str, precision: str | None) -> None:
    assert read_words(text).precision == precision


FITTING: list[tuple[str, str, DateBasis]] = [
    ("2018-09", "In September 2018", "words"),
    ("2018", "In September 2018", "words"),
    ("2018-09-17~", "In September 2018", "words"),
    ("2017", "In 2017", "words"),
    ("2020-02-19", "on Wednesday", "words"),
    ("2020-02-19", "today", "words"),
    ("2020-02-18", "yesterday", "words"),
    ("2020-02~", "had discussed", "words"),
    ("2020-02-10?", "previously", "words"),
    ("[..2020-02-19]", "previously", "words"),
    ("2020-02-19/..", "at any moment", "words"),
    ("2020-02-19/2020-02-29", "by the end of February", "article-date"),
    ("2020-02-29", "by the end of February", "words"),
    ("2020-02-19", "maintains", "article-date"),
    ("2020-02~/2020-02-19", "has suffered", "article-date"),
    ("2020-02-19/..", "at any moment", "article-date"),
]


@pytest.mark.parametrize(("edtf", "text", "basis"), FITTING)
def test_a_reading_that_its_words_bear_is_fine(edtf: str, text: str, basis: DateBasis) -> None:
    assert list(against_words(read_when(edtf, text, basis), ARTICLE_DAY)) == []


WRONG: list[tuple[str, str, DateBasis, str]] = [
    ("2018-09-17", "In September 2018", "words", "more precise"),
    ("2018-09", "In 2018", "words", "more precise"),
    ("2018-09-17/..", "In September 2018", "words", "more precise"),
    ("2020-02-19", "maintains", "words", "more precise"),
    ("2020-02-15", "had discussed", "words", "more precise"),
    ("2020", "previously", "words", "more precise"),
    ("2020-02-10", "maintains", "article-date", "does not hold the article's date"),
    ("2020-02-19/2020-03-10", "at any moment", "article-date", "more precise"),
    ("2018-09~", "maintains", "article-date", "does not hold the article's date"),
    ("2018-08", "In September 2018", "words", "not of the month"),
    ("2017-09", "In September 2018", "words", "not of the year"),
    ("2020-02-18", "on Wednesday", "words", "not of the weekday"),
    ("2018-09-19", "on Wednesday", "words", "not of the week"),
    ("2020-02-19", "on Thursday", "article-date", "not of the weekday"),
    ("2020-02-28", "by the end of February", "words", "not of the end of the month"),
    ("2020-02-19/2020-03-31", "by the end of February", "article-date", "not of the month"),
    ("2022-02-28", "by the end of February", "words", "not of the year"),
    ("2018-09-18", "17 September 2018", "words", "not of the day"),
    ("2020-02-19", "yesterday", "words", "not of the day"),
]


@pytest.mark.parametrize(("edtf", "text", "basis", "words"), WRONG)
def test_a_reading_that_says_more_or_else_than_its_words_is_told(
    edtf: str, text: str, basis: DateBasis, words: str
) -> None:
    problems = list(against_words(read_when(edtf, text, basis), ARTICLE_DAY))
    assert len(problems) == 1
    assert words in problems[0][0]


@pytest.mark.parametrize(
    ("edtf", "text", "guess"),
    [
        ("2020-02~", "had discussed", True),
        ("2020-02~/2020-02-19", "has suffered", True),
        ("2020-02?", "previously", True),
        ("[..2020-02-19]", "previously", False),
        ("2020-02-19/..", "at any moment", False),
        ("2018-09-17~", "In September 2018", False),
        ("2017~", None, False),
    ],
)
def test_about_without_a_date_in_the_words_is_a_guess(edtf: str, text: str | None, guess: bool) -> None:
    assert is_guess(read_when(edtf, text)) is guess


def test_a_time_without_words_is_not_held_against_any() -> None:
    assert list(against_words(read_when("2018-09-17"), ARTICLE_DAY)) == []

"""Time expressions, and dates that claim more than their words say."""

from __future__ import annotations

from datetime import date

import pytest

from mapapp.core.edtf import DateBasis, read_when
from mapapp.core.time_expressions import compare_with_words, is_guess, read_words

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
def test_time_expressions_have_this_precision(text: str, precision: str | None) -> None:
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
def test_a_date_supported_by_its_words_has_no_issue(edtf: str, text: str, basis: DateBasis) -> None:
    assert list(compare_with_words(read_when(edtf, text, basis), ARTICLE_DAY)) == []


WRONG: list[tuple[str, str, DateBasis, str]] = [
    ("2018-09-17", "In September 2018", "words", "more precise"),
    ("2018-09", "In 2018", "words", "more precise"),
    ("2018-09-17/..", "In September 2018", "words", "more precise"),
    ("2020-02-19", "maintains", "words", "more precise"),
    ("2020-02-15", "had discussed", "words", "more precise"),
    ("2020", "previously", "words", "more precise"),
    ("2020-02-10", "maintains", "article-date", "does not include the article's date"),
    ("2020-02-19/2020-03-10", "at any moment", "article-date", "more precise"),
    ("2018-09~", "maintains", "article-date", "does not include the article's date"),
    ("2018-08", "In September 2018", "words", "not match the month"),
    ("2017-09", "In September 2018", "words", "not match the year"),
    ("2020-02-18", "on Wednesday", "words", "not match the weekday"),
    ("2018-09-19", "on Wednesday", "words", "not match the week"),
    ("2020-02-19", "on Thursday", "article-date", "not match the weekday"),
    ("2020-02-28", "by the end of February", "words", "not match the end of the month"),
    ("2020-02-19/2020-03-31", "by the end of February", "article-date", "not match the month"),
    ("2022-02-28", "by the end of February", "words", "not match the year"),
    ("2018-09-18", "17 September 2018", "words", "not match the day"),
    ("2020-02-19", "yesterday", "words", "not match the day"),
]


@pytest.mark.parametrize(("edtf", "text", "basis", "words"), WRONG)
def test_a_date_that_exceeds_or_contradicts_its_words_is_an_issue(
    edtf: str, text: str, basis: DateBasis, words: str
) -> None:
    issues = list(compare_with_words(read_when(edtf, text, basis), ARTICLE_DAY))
    assert len(issues) == 1
    assert words in issues[0].what


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
def test_an_approximate_date_without_a_date_in_the_words_is_a_guess(
    edtf: str, text: str | None, guess: bool
) -> None:
    assert is_guess(read_when(edtf, text)) is guess


def test_a_time_without_words_is_not_compared() -> None:
    assert list(compare_with_words(read_when("2018-09-17"), ARTICLE_DAY)) == []


READ = [
    ("en", "In Sept. 2018", "2018-09", "2018-03"),
    ("en", "on 17 Sep 2018", "2018-09-17", "2018-09-18"),
    ("en", "Two weeks ago", "2020-02-05", "2020-02-12"),
    ("en", "a month ago", "2020-01", "2020-02"),
    ("en", "last year", "2019", "2018"),
    ("en", "last week", "2020-02-12", "2020-02-19"),
    ("en", "the day before yesterday", "2020-02-17", "2020-02-18"),
    ("en", "17–19 September 2018", "2018-09-17/2018-09-19", "2018-09-20/2018-09-21"),
    ("ru", "В сентябре 2018 года", "2018-09", "2018-03"),
    ("ru", "17 сентября 2018 г.", "2018-09-17", "2018-09-16"),
    ("ru", "17 сент. 2018 г.", "2018-09-17", "2018-09-16"),
    ("ru", "17.09.2018", "2018-09-17", "2018-09-16"),
    ("ru", "в среду", "2020-02-19", "2020-02-18"),
    ("ru", "в мае 2019 г.", "2019-05", "2019-03"),
    ("ru", "вчера", "2020-02-18", "2020-02-19"),
    ("ru", "две недели назад", "2020-02-05", "2020-02-12"),
    ("ru", "в прошлом году", "2019", "2018"),
    ("tr", "Eylül 2018'de", "2018-09", "2018-10"),
    ("tr", "17 Eylül’de", "2019-09-17", "2019-09-16"),
    ("tr", "KASIM 2018", "2018-11", "2018-10"),
    ("tr", "Çarşamba günü", "2020-02-19", "2020-02-18"),
    ("tr", "dün", "2020-02-18", "2020-02-19"),
    ("tr", "iki hafta önce", "2020-02-05", "2020-02-12"),
    ("tr", "Şubat sonuna kadar", "2020-02-29", "2020-02-28"),
    ("ar", "يوم الأحد 10 سبتمبر 2023", "2023-09-10", "2023-09-11"),
    ("ar", "في أيلول 2018", "2018-09", "2018-10"),
    ("ar", "شباط/فبراير 2020", "2020-02", "2020-03"),
    ("ar", "وفي آذار 2019", "2019-03", "2019-04"),
    ("ar", "١٧ سبتمبر ٢٠١٨", "2018-09-17", "2018-09-16"),
    ("ar", "فجر الأربعاء", "2020-02-19", "2020-02-18"),
    ("ar", "أمس", "2020-02-18", "2020-02-19"),
    ("ar", "قبل أسبوعين", "2020-02-05", "2020-02-12"),
    ("ar", "قبل ثلاثة أيام", "2020-02-16", "2020-02-15"),
    ("ar", "العام الماضي", "2019", "2018"),
]


@pytest.mark.parametrize(("language", "text", "right", "wrong"), READ)
def test_words_of_four_languages_support_the_right_date_only(
    language: str, text: str, right: str, wrong: str
) -> None:
    assert list(compare_with_words(read_when(right, text), ARTICLE_DAY, language)) == []
    (issue,) = compare_with_words(read_when(wrong, text), ARTICLE_DAY, language)
    assert "does not match the" in issue.what


def test_words_in_another_script_are_read_in_the_language_of_that_script() -> None:
    (issue,) = compare_with_words(read_when("2018-03~", "В сентябре 2018 года"), ARTICLE_DAY, "en")
    assert issue.what == "the date does not match the month in its words"


def test_words_of_an_unsupported_language_can_be_read_by_a_person() -> None:
    words = "au mois de septembre 2018"
    (issue,) = compare_with_words(read_when("2018-09", words), ARTICLE_DAY, "fr")
    assert "basis: read" in issue.fix or "~" in issue.fix
    assert list(compare_with_words(read_when("2018-09", words, "read"), ARTICLE_DAY, "fr")) == []
    (issue,) = compare_with_words(read_when("2019-09", words, "read"), ARTICLE_DAY, "fr")
    assert "not match the year" in issue.what


# the words, and a day that the end of a greater number, or a table's reading of one word, would make of them
UNREAD = [
    ("en", "twenty-one days ago", "2020-01-29", "2020-02-18"),
    ("en", "thirty-five years ago", "1985", "2015"),
    ("en", "two days earlier", "2018-03-01", "2020-02-17"),
    ("tr", "on beş gün önce", "2020-02-04", "2020-02-14"),
    ("tr", "yirmi iki yıl önce", "1998", "2018"),
    ("ru", "двадцать два года назад", "1998", "2018"),
    ("ru", "двадцать один день назад", "2020-01-29", "2020-02-18"),
]


@pytest.mark.parametrize(("language", "text", "right", "wrong"), UNREAD)
def test_unknown_numbers_are_not_read_by_their_last_part(
    language: str, text: str, right: str, wrong: str
) -> None:
    (issue,) = compare_with_words(read_when(wrong, text), ARTICLE_DAY, language)
    assert issue.what == "the date is more precise than its words"
    assert list(compare_with_words(read_when(right, text, "read"), ARTICLE_DAY, language)) == []


@pytest.mark.parametrize(
    ("language", "text", "right"),
    [
        ("en", "March last year", "2019-03"),
        ("ru", "в марте прошлого года", "2019-03"),
        ("en", "Friday two weeks ago", "2020-02-07"),
        ("ar", "أمس الأول", "2020-02-17"),
        ("tr", "on iki gün önce", "2020-02-07"),
    ],
)
def test_units_named_together_are_read_together(language: str, text: str, right: str) -> None:
    assert list(compare_with_words(read_when(right, text), ARTICLE_DAY, language)) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [("last March", "2019-03"), ("on 3 and 5 March", "2020-03-03"), ("on Tuesday", "2020-01-07")],
)
def test_a_person_may_read_words_differently_from_the_parser(text: str, right: str) -> None:
    assert list(compare_with_words(read_when(right, text, "read"), ARTICLE_DAY)) == []

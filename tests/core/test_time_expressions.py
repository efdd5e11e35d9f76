"""Time expressions, and dates that claim more than their words say."""

from __future__ import annotations

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from mapapp.core.dated_words import compare_with_words, is_guess
from mapapp.core.edtf import DateBasis, read_when
from mapapp.core.time_expressions import read_words

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
    words = "12 Thermidor, an 2018"
    (issue,) = compare_with_words(read_when("2018-09", words), ARTICLE_DAY, "und-Latn")
    assert issue.fix.startswith("write only the year")
    assert list(compare_with_words(read_when("2018-09", words, "read"), ARTICLE_DAY, "und-Latn")) == []
    (issue,) = compare_with_words(read_when("2019-09", words, "read"), ARTICLE_DAY, "und-Latn")
    assert "not match the year" in issue.what


@pytest.mark.parametrize(
    ("language", "text", "fix"),
    [
        ("en", "previously", "the words name no date: "),
        ("ru", "ранее", "the words name no date: "),
        ("fr", "avant-hier", "relative time expressions in fr are not supported: "),
        ("hi", "कल", "relative time expressions in hi are not supported: "),
        ("tlh", "wa'Hu'", "time expressions in tlh are not supported: "),
        ("und-Arab", "دوێنێ", "time expressions in und-Arab are not supported: "),
    ],
)
def test_a_refused_date_says_what_of_its_language_is_not_read(language: str, text: str, fix: str) -> None:
    (issue,) = compare_with_words(read_when("2020-02-17", text), ARTICLE_DAY, language)
    assert issue.what == "the date is more precise than its words"
    assert issue.fix.startswith(fix)
    assert "basis: read" in issue.fix
    assert list(compare_with_words(read_when("2020-02-17", text, "read"), ARTICLE_DAY, language)) == []


WITHOUT_TABLE = [
    ("fr", "le 12 mars 2024"),
    ("fr", "MARDI 12 MARS 2024"),
    ("fr-CA", "le mardi 12 mars 2024"),
    ("es", "el 12 de marzo de 2024"),
    ("es", "12 mar. 2024"),
    ("pt-BR", "em 12 de março de 2024"),
    ("de", "am 12. März 2024"),
    ("hu", "2024. március 12-én"),
    ("uk", "12 березня 2024 року"),
    ("el", "12 Μαρτίου 2024"),
    ("fa", "۱۲ مارس ۲۰۲۴"),
    ("ur", "12 مارچ 2024ء"),
    ("he", "ב-12 במרץ 2024"),
    ("hi", "१२ मार्च २०२४ को"),
    ("bn", "১২ মার্চ ২০২৪"),
    ("am", "12 ማርች 2024"),
    ("zh", "2024年3月12日星期二"),
    ("zh-TW", "2024/3/12"),
    ("ja", "2024年3月12日に"),
    ("ko", "2024년 3월 12일에"),
    ("sr-Latn", "12. mart 2024."),
]


@pytest.mark.parametrize(("language", "text"), WITHOUT_TABLE)
def test_dates_of_a_language_without_a_table_are_read(language: str, text: str) -> None:
    assert list(compare_with_words(read_when("2024-03-12", text), ARTICLE_DAY, language)) == []
    for wrong, unit in (("2024-04-12", "month"), ("2024-03-13", "day"), ("2023-03-12", "year")):
        (issue,) = compare_with_words(read_when(wrong, text), ARTICLE_DAY, language)
        assert issue.what == f"the date does not match the {unit} in its words"


CLDR_LANGUAGES = """
af am ar az bg bn ca cs cy da de el en es et fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lo lt lv mk
ml mr ms my nb ne nl pa pl ps pt ro ru si sk sl so sq sr sv sw ta te th ti tr uk ur uz vi zh zu
"""


@pytest.mark.parametrize("language", CLDR_LANGUAGES.split())
def test_every_month_is_read_as_cldr_writes_dates(language: str) -> None:
    for month in range(1, 13):
        named = read_words(format_date(date(2024, month, 12), "long", language), language)
        assert (named.years, named.months, named.days) == ({2024}, {month}, {12})


@pytest.mark.parametrize(
    ("language", "text", "right", "wrong"),
    [
        ("zh", "十一月", "2019-11", "2020-01"),
        ("ja", "3月", "2020-03", "2020-02"),
        ("fr", "en septembre 2018", "2018-09", "2018-03"),
        ("fr", "mercredi", "2020-02-19", "2020-02-18"),
        ("uk", "вересень 2018", "2018-09", "2018-03"),
    ],
)
def test_months_and_weekdays_of_a_language_without_a_table_are_read(
    language: str, text: str, right: str, wrong: str
) -> None:
    assert list(compare_with_words(read_when(right, text), ARTICLE_DAY, language)) == []
    (issue,) = compare_with_words(read_when(wrong, text), ARTICLE_DAY, language)
    assert "does not match the" in issue.what


@pytest.mark.parametrize(
    ("language", "text", "precision"),
    [
        ("ro", "nu mai sunt", None),  # mai is also "more", luni "months"
        ("ro", "de două luni", None),
        ("ro", "12 mai 2024", "day"),
        ("id", "dua minggu lalu", None),  # minggu is a week and Sunday
        ("id", "hari Senin", "day"),
        ("fa", "در مه غلیظ", None),
        ("en", "the march of the armies", None),
        ("en", "many of the years", None),
        ("en", "the last week of the siege", None),
        ("en", "the day before the attack", None),
        ("en", "the day of the month of mourning", None),
        ("tr", "son iki gün içinde", "day"),
    ],
)
def test_common_words_are_not_read_as_times(language: str, text: str, precision: str | None) -> None:
    assert read_words(text, language).precision == precision


def test_a_year_named_with_its_part_is_not_the_articles() -> None:
    for language, text in (("en", "by the end of the year 2018"), ("ar", "بحلول نهاية العام 2018")):
        assert list(compare_with_words(read_when("2018", text), ARTICLE_DAY, language)) == []


def test_late_on_a_day_is_not_late_in_its_month() -> None:
    assert list(compare_with_words(read_when("2020-03-05", "late March 5"), ARTICLE_DAY)) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "fell within days"), ("ru", "бои шли в течение нескольких дней"), ("tr", "birkaç gün içinde")],
)
def test_a_short_while_may_be_before_or_after_the_article(language: str, text: str) -> None:
    for edtf in ("2020-02-10~", "2020-02-28~"):
        assert list(compare_with_words(read_when(edtf, text), ARTICLE_DAY, language)) == []


@pytest.mark.parametrize(
    ("language", "text", "precision"),
    [
        ("en", "on 03/04/2024", "year"),
        ("en", "on 13/04/2024", "day"),
        ("fr", "le 03/04/2024", "day"),
        ("zh", "03/04/2024", "year"),
        ("tlh", "03/04/2024", "year"),
        ("tlh", "2024/04/03", "day"),
    ],
)
def test_numeric_dates_are_read_unless_the_month_may_come_first(
    language: str, text: str, precision: str
) -> None:
    assert read_words(text, language).precision == precision


# part of a month, an interval it may be, and one it is not
PARTS = [
    ("en", "in early March", "2020-03-01/2020-03-10", "2020-03-01/2020-03-20"),
    ("en", "early to mid-March", "2020-03-03/2020-03-20", "2020-03-03/2020-03-25"),
    ("en", "in mid-March", "2020-03-10/2020-03-20", "2020-03-01/2020-03-05"),
    ("en", "LATE MARCH", "2020-03-20/2020-03-31", "2020-03-10/2020-03-15"),
    ("en", "at the beginning of March", "2020-03-01/2020-03-05", "2020-03-15/2020-03-20"),
    ("en", "in the middle of March", "2020-03-12/2020-03-18", "2020-03-01/2020-03-07"),
    ("en", "at the end of March", "2020-03-25/2020-03-31", "2020-03-05/2020-03-31"),
    ("en", "in the first week of March", "2020-03-01/2020-03-07", "2020-03-01/2020-03-14"),
    ("en", "in the first week of March", "2020-03-02/2020-03-08", "2020-03-09/2020-03-15"),
    ("en", "in the last week of March", "2020-03-30/2020-04-05", "2020-03-10/2020-03-16"),
    ("en", "in the second half of March", "2020-03-16/2020-03-31", "2020-03-15/2020-03-31"),
    ("en", "in the first half of March", "2020-03-01/2020-03-15", "2020-03-01/2020-03-16"),
    ("en", "late last month", "2020-01-20/2020-01-31", "2020-01-01/2020-01-10"),
    ("en", "from early January to mid-February", "2020-01-05/2020-02-15", "2020-01-05/2020-02-28"),
    ("en", "from early January to February", "2020-01-05/2020-02-28", "2020-01-25/2020-02-28"),
    ("ar", "في أوائل آذار", "2020-03-01/2020-03-10", "2020-03-01/2020-03-20"),
    ("ar", "مطلع شهر مارس", "2020-03-01/2020-03-05", "2020-03-15/2020-03-20"),
    ("ar", "منتصف مارس", "2020-03-10/2020-03-20", "2020-03-01/2020-03-05"),
    ("ar", "في أواخر مارس/آذار", "2020-03-20/2020-03-31", "2020-03-05/2020-03-10"),
    ("ar", "في الأسبوع الأول من مارس", "2020-03-01/2020-03-07", "2020-03-10/2020-03-20"),
    ("ar", "النصف الثاني من مارس", "2020-03-16/2020-03-31", "2020-03-10/2020-03-31"),
    ("tr", "mart başında", "2020-03-01/2020-03-10", "2020-03-01/2020-03-20"),
    ("tr", "Mart ayının ortalarında", "2020-03-10/2020-03-20", "2020-03-01/2020-03-05"),
    ("tr", "MART SONUNDA", "2020-03-20/2020-03-31", "2020-03-05/2020-03-10"),
    ("tr", "Mart'ın ilk haftasında", "2020-03-01/2020-03-07", "2020-03-10/2020-03-20"),
    ("tr", "Mart'ın son haftasında", "2020-03-25/2020-03-31", "2020-03-10/2020-03-20"),
    ("tr", "martın ikinci yarısında", "2020-03-16/2020-03-31", "2020-03-10/2020-03-31"),
    ("ru", "в начале марта", "2020-03-01/2020-03-10", "2020-03-01/2020-03-20"),
    ("ru", "в середине марта", "2020-03-10/2020-03-20", "2020-03-01/2020-03-05"),
    ("ru", "в конце марта", "2020-03-20/2020-03-31", "2020-03-05/2020-03-10"),
    ("ru", "на первой неделе марта", "2020-03-01/2020-03-07", "2020-03-10/2020-03-20"),
    ("ru", "на последней неделе марта", "2020-03-25/2020-03-31", "2020-03-10/2020-03-20"),
    ("ru", "во второй половине марта", "2020-03-16/2020-03-31", "2020-03-10/2020-03-31"),
    ("ru", "во второй декаде марта", "2020-03-11/2020-03-20", "2020-03-10/2020-03-20"),
    ("ru", "в конце прошлого месяца", "2020-01-20/2020-01-31", "2020-01-01/2020-01-10"),
]


@pytest.mark.parametrize(("language", "text", "right", "wrong"), PARTS)
def test_part_of_a_month_may_be_an_interval_of_its_days(
    language: str, text: str, right: str, wrong: str
) -> None:
    assert list(compare_with_words(read_when(right, text), ARTICLE_DAY, language)) == []
    (issue,) = compare_with_words(read_when(wrong, text), ARTICLE_DAY, language)
    assert issue.what.startswith("the date does not match the part of the month in its words")


FLOOD: list[tuple[str, str, DateBasis, str]] = [
    ("2022-08-28", "late on Sunday", "words", "2022-08-27"),
    ("2022-06-14/2022-08-29", "since June 14", "words", "2022-06-15/2022-08-29"),
    ("2022-08-28", "on August 28", "words", "2022-08-27"),
    ("2022-09", "in the first week of September", "words", "2022-08"),
    ("2022-09-01/2022-09-07", "in the first week of September", "words", "2022-09-12/2022-09-18"),
    ("2022-08-26", "on Friday", "words", "2022-08-25"),
    ("2022-08-30", "on Tuesday", "words", "2022-08-29"),
    ("2022-08-29/2022-09~", "within days", "article-date", "2022-08-29/2022-11~"),
]


@pytest.mark.parametrize(("right", "text", "basis", "wrong"), FLOOD)
def test_words_of_a_news_report_support_the_right_date_only(
    right: str, text: str, basis: DateBasis, wrong: str
) -> None:
    day = date(2022, 8, 29)  # a Monday
    assert list(compare_with_words(read_when(right, text, basis), day)) == []
    (issue,) = compare_with_words(read_when(wrong, text, basis), day)
    assert "does not match the" in issue.what


@given(st.text(), st.sampled_from(["en", "ar", "tr", "ru", "fr", "he", "ja", "und", "", "x-y"]))
def test_any_words_can_be_read_in_any_language(text: str, language: str) -> None:
    for words in (text, f"12 {text} 2024", f"in early March {text}"):
        assert read_words(words, language).precision in {None, "year", "month", "day"}
        assert len(list(compare_with_words(read_when("2020", words), ARTICLE_DAY, language))) <= 1


def test_part_of_a_month_is_a_month_but_no_single_day() -> None:
    assert list(compare_with_words(read_when("2020-03", "in early March"), ARTICLE_DAY)) == []
    assert list(compare_with_words(read_when("2020-03-05~", "in early March"), ARTICLE_DAY)) == []
    (issue,) = compare_with_words(read_when("2020-03-05", "in early March"), ARTICLE_DAY)
    assert issue.what == "the date is more precise than its words"
    assert issue.fix.startswith("write only the month, an interval of days in it")
    (issue,) = compare_with_words(read_when("2020-04", "in early March"), ARTICLE_DAY)
    assert issue.what == "the date does not match the month in its words"
    within = read_when("2020-02-19/2020-03-10", "by early March", "article-date")
    assert list(compare_with_words(within, ARTICLE_DAY)) == []


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


RELATIVE = [
    ("en", "overnight", "2020-02-18/2020-02-19", "2020-02-17"),
    ("en", "late on Sunday", "2020-02-16", "2020-02-17"),
    ("en", "since Tuesday", "2020-02-18/..", "2020-02-17/.."),
    ("en", "the previous day", "2020-02-18", "2020-02-19"),
    ("en", "a day earlier", "2020-02-18", "2020-02-19"),
    ("en", "hours ago", "2020-02-19", "2020-02-17"),
    ("en", "earlier this week", "2020-02-17", "2020-02-20"),
    ("en", "later this week", "2020-02-21", "2020-02-18"),
    ("en", "last month", "2020-01", "2020-02"),
    ("en", "over the past two weeks", "2020-02-05/2020-02-19", "2020-01-01/2020-01-31"),
    ("en", "over the weekend", "2020-02-15/2020-02-16", "2020-01-25/2020-01-26"),
    ("en", "within days", "2020-02-25~", "2020-04~"),
    ("en", "in the coming weeks", "2020-03~", "2020-06~"),
    ("en", "in recent days", "2020-02-15~", "2019-12~"),
    ("en", "by the end of the month", "2020-02-29", "2020-02-28"),
    ("en", "by the end of next month", "2020-03-31", "2020-02-29"),
    ("ar", "أول أمس", "2020-02-17", "2020-02-18"),
    ("ar", "بالأمس", "2020-02-18", "2020-02-17"),
    ("ar", "مساء أمس الثلاثاء", "2020-02-18", "2020-02-17"),
    ("ar", "منذ يومين", "2020-02-17", "2020-02-18"),
    ("ar", "الليلة الماضية", "2020-02-18/2020-02-19", "2020-02-16"),
    ("ar", "الأسبوع الماضي", "2020-02-12", "2020-02-19"),
    ("ar", "الشهر الماضي", "2020-01", "2020-02"),
    ("ar", "قبل ساعات", "2020-02-19", "2020-02-17"),
    ("ar", "في اليوم السابق", "2020-02-18", "2020-02-19"),
    ("ar", "خلال الأيام المقبلة", "2020-02-25~", "2020-04~"),
    ("ar", "في الأسابيع القادمة", "2020-03~", "2020-06~"),
    ("ar", "في الأيام الأخيرة", "2020-02-15~", "2019-12~"),
    ("ar", "حتى نهاية الشهر الجاري", "2020-02-29", "2020-02-28"),
    ("tr", "dün gece", "2020-02-18/2020-02-19", "2020-02-17"),
    ("tr", "önceki gün", "2020-02-17", "2020-02-19"),
    ("tr", "geçen ay", "2020-01", "2020-02"),
    ("tr", "geçtiğimiz hafta", "2020-02-12", "2020-02-19"),
    ("tr", "saatler önce", "2020-02-19", "2020-02-17"),
    ("tr", "Salı gününden bu yana", "2020-02-18/..", "2020-02-17/.."),
    ("tr", "önümüzdeki günlerde", "2020-02-25~", "2020-04~"),
    ("tr", "önümüzdeki haftalarda", "2020-03~", "2020-06~"),
    ("tr", "son günlerde", "2020-02-15~", "2019-12~"),
    ("tr", "geçtiğimiz günlerde", "2020-02-15~", "2019-12~"),
    ("tr", "ilerleyen günlerde", "2020-02-25~", "2020-04~"),
    ("tr", "son iki haftada", "2020-02-05/2020-02-19", "2020-01-01/2020-01-31"),
    ("tr", "ay sonuna kadar", "2020-02-29", "2020-02-28"),
    ("ru", "минувшей ночью", "2020-02-18/2020-02-19", "2020-02-17"),
    ("ru", "накануне", "2020-02-18", "2020-02-19"),
    ("ru", "со вторника", "2020-02-18/..", "2020-02-17/.."),
    ("ru", "несколько часов назад", "2020-02-19", "2020-02-17"),
    ("ru", "в прошлом месяце", "2020-01", "2020-02"),
    ("ru", "ранее на этой неделе", "2020-02-17", "2020-02-20"),
    ("ru", "в ближайшие дни", "2020-02-25~", "2020-04~"),
    ("ru", "в ближайшие недели", "2020-03~", "2020-06~"),
    ("ru", "в последние дни", "2020-02-15~", "2019-12~"),
    ("ru", "за последние две недели", "2020-02-05/2020-02-19", "2020-01-01/2020-01-31"),
    ("ru", "до конца месяца", "2020-02-29", "2020-02-28"),
]


@pytest.mark.parametrize(("language", "text", "right", "wrong"), RELATIVE)
def test_relative_words_support_the_right_date_only(language: str, text: str, right: str, wrong: str) -> None:
    assert list(compare_with_words(read_when(right, text), ARTICLE_DAY, language)) == []
    (issue,) = compare_with_words(read_when(wrong, text), ARTICLE_DAY, language)
    assert "does not match the" in issue.what


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "within days"),
        ("ar", "خلال أيام"),
        ("tr", "birkaç gün içinde"),
        ("ru", "в течение нескольких дней"),
    ],
)
def test_words_that_only_limit_a_time_support_no_exact_day(language: str, text: str) -> None:
    (issue,) = compare_with_words(read_when("2020-02-21", text), ARTICLE_DAY, language)
    assert issue.what == "the date is more precise than its words"
    due = read_when("2020-02-19/2020-02-25~", text, "article-date")
    assert list(compare_with_words(due, ARTICLE_DAY, language)) == []


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

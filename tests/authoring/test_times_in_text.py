"""Time expressions in running text: which are found, and how they are read."""

from __future__ import annotations

from datetime import date

import pytest

from mapapp.authoring.suggest.sentences import sentences_and_headings
from mapapp.authoring.suggest.times import time_mentions

DAY = date(2020, 2, 19)  # a Wednesday


def _read(text: str, language: str) -> list[tuple[str, str | None]]:
    found = time_mentions(sentences_and_headings(text, language), DAY, language)
    return [(one.words, one.edtf) for one in found]


@pytest.mark.parametrize(
    ("language", "text", "words", "edtf"),
    [
        ("en", "She left on Wednesday, 12 February 2020.", "on Wednesday, 12 February 2020", "2020-02-12"),
        ("en", "It began in September 2018.", "in September 2018", "2018-09"),
        ("en", "It has lasted since December.", "since December", "2019-12/.."),
        ("en", "It ends by the end of February.", "by the end of February", "2020-02-19/2020-02-29"),
        (
            "en",
            "They fought from 17 to 19 September 2018.",
            "from 17 to 19 September 2018",
            "2018-09-17/2018-09-19",
        ),
        (
            "en",
            "They met on 17 and 19 September 2018.",
            "17 and 19 September 2018",
            "[2018-09-17, 2018-09-19]",
        ),
        ("ru", "Это крупнейшее наводнение за последние 80 лет.", "за последние 80 лет", "[1940..2020]"),
        ("ru", "Бои шли с 3 по 5 мая 2019 года.", "с 3 по 5 мая 2019 года", "2019-05-03/2019-05-05"),
        ("en", "They fought between May and July 2018.", "between May and July 2018", "2018-05/2018-07"),
        ("en", "It stood there until 2016.", "until 2016", "../2016"),
        ("en", "They will meet on Friday.", "on Friday", "2020-02-21"),
        ("en", "They will stay, he said in Cairo on Tuesday.", "on Tuesday", "2020-02-18"),
        ("en", "They will stay, he said on Wednesday.", "on Wednesday", "2020-02-19"),
        ("en", "He said talks would be held on Friday.", "on Friday", "2020-02-21"),
        ("en", "He said they will meet on Friday.", "on Friday", "2020-02-21"),
        ("en", "They met last Wednesday.", "last Wednesday", "2020-02-12"),
        ("en", "It rained in the past 48 hours.", "in the past 48 hours", "[2020-02-17..2020-02-19]"),
        ("en", "It fell in early 2018.", "in early 2018", "2018"),
        ("en", "It fell in the 1990s.", "in the 1990s", "199X"),
        ("en", "It fell in 1812.", "in 1812", None),
        ("en", "It may start at any moment.", "at any moment", "2020-02-19/.."),
        ("tr", "Çarşamba günü geldi.", "Çarşamba günü", "2020-02-19"),
        ("tr", "Aralık ayından bu yana sürüyor.", "Aralık ayından bu yana", "2019-12/.."),
        ("tr", "17 Eylül 2018'de imzalandı.", "17 Eylül 2018'de", "2018-09-17"),
        ("tr", "1998 yılındaki sel büyüktü.", "1998 yılındaki", "1998"),
        ("ru", "Она приехала в среду, 12 февраля 2020 года.", "в среду, 12 февраля 2020 года", "2020-02-12"),
        ("ru", "Это длится с декабря.", "с декабря", "2019-12/.."),
        ("ru", "Выплаты обещаны до конца мая.", "до конца мая", "2020-02-19/2020-05-31"),
        ("ru", "Дом построен в 1956 году.", "в 1956 году", "1956"),
        ("ar", "وصل يوم الأحد إلى هناك.", "يوم الأحد", "2020-02-16"),
        ("ar", "الطرق مقطوعة منذ يوم السبت.", "منذ يوم السبت", "2020-02-15/.."),
        ("ar", "كانت مخزنة منذ عام 2014.", "منذ عام 2014", "2014/.."),
        ("ar", "جرى ذلك بين 6 و8 يناير.", "بين 6 و8 يناير", "2020-01-06/2020-01-08"),
        ("ar", "خرجوا بعد احتجاجات 2019.", "2019", "2019"),
        ("en", "They fled between 9 and 14 January.", "between 9 and 14 January", "2020-01-09/2020-01-14"),
        ("en", "They signed it on 1 July.", "on 1 July", "2019-07-01"),
        ("en", "It will open on 1 July.", "on 1 July", "2020-07-01"),
        ("tr", "2019 başından beri sürüyor.", "2019 başından beri", "2019/.."),
        ("en", "Its 2015 accord is on life support.", "2015", "2015"),
        ("en", "He died in the early hours of Monday.", "in the early hours of Monday", "2020-02-17"),
        ("ar", "وقع في أغسطس/آب 2019.", "في أغسطس/آب 2019", "2019-08"),
        ("ar", "حدث هذا في تسعينيات القرن الماضي.", "في تسعينيات القرن الماضي", "199X"),
    ],
)
def test_a_time_is_found_with_its_preposition_and_read(
    language: str, text: str, words: str, edtf: str | None
) -> None:
    assert (words, edtf) in _read(text, language) or (edtf is None and words in dict(_read(text, language)))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "May Chan spoke to 2000 people on behalf of April Jones."),
        ("en", "March winds spared the house, and they march on."),
        ("en", "The bridge is 1950 metres long."),
        ("tr", "Yolda 2000 kişi vardı."),
        ("ru", "На дороге было 2000 человек."),
        ("ar", "فتح باب البيت."),
    ],
)
def test_other_numbers_and_names_are_no_times(language: str, text: str) -> None:
    assert _read(text, language) == []


def test_what_is_counted_from_an_earlier_time_is_marked_for_a_person() -> None:
    sentences = sentences_and_headings("They met on 3 May 2019. Two days later he died.", "en")
    _, later = time_mentions(sentences, DAY, "en")
    assert (later.words, later.edtf, later.basis, later.certainty) == (
        "Two days later",
        "2019-05-05",
        "read",
        "low",
    )


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "They have watched for the past eighteen months.", "for the past eighteen months"),
        ("en", "It will be decided in the autumn.", "in the autumn"),
        ("en", "Flows dropped this summer.", "this summer"),
        ("en", "Fighting raged for a second week.", "for a second week"),
        ("ru", "Канал обмелеет к концу лета.", "к концу лета"),
        ("ru", "Обещают с весны.", "с весны"),
        ("ru", "Погибли тысячи за шесть недель.", "за шесть недель"),
        ("ar", "وقع الانفجار قبيل الظهر.", "قبيل الظهر"),
        ("ar", "وصلت الفرق خلال اليومين الماضيين.", "خلال اليومين الماضيين"),
        ("tr", "Siviller iki haftadır elektriksiz.", "iki haftadır"),
        ("tr", "Kapı otuz yıl sonra açıldı.", "otuz yıl sonra"),
    ],
)
def test_words_for_a_time_without_a_date_are_found_for_a_person(language: str, text: str, words: str) -> None:
    assert _read(text, language) == [(words, None)]


def test_what_is_counted_from_nothing_has_no_date() -> None:
    assert _read("Two days later he died.", "en") == [("Two days later", None)]

"""Messages, and dates formatted no more precisely than they are known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from markupsafe import Markup

from mapapp.core.edtf import read_when
from mapapp.text.dates import day_number, month_words, when_words
from mapapp.text.html import html, join
from mapapp.text.locales import number_words
from mapapp.text.messages import words


@pytest.mark.parametrize(
    ("edtf", "worded"),
    [
        ("2020-02-19", "19 February 2020"),
        ("2018-09", "September 2018"),
        ("2017", "2017"),
        ("2020-02-19~", "about 19 February 2020"),
        ("2020-02~", "about February 2020"),
        ("2017~", "about 2017"),
        ("2020-02-19?", "19 February 2020, uncertain"),
        ("2018-09?", "September 2018, uncertain"),
        ("2020-02-19%", "about 19 February 2020, uncertain"),
        ("2018-09-17/2019-05-05", "17 September 2018 to 5 May 2019"),
        ("2018-09/2019", "September 2018 to 2019"),
        ("2020-02~/2020-02-19", "about February 2020 to 19 February 2020"),
        ("2020-02-19/2020-02-19", "19 February 2020"),
        ("2017-09-15/..", "from 15 September 2017 onwards"),
        ("2019-08~/..", "from about August 2019 onwards"),
        ("../2018-05-16", "until 16 May 2018"),
        ("../..", "always"),
        ("[..2020-02-19]", "on or before 19 February 2020"),
        ("[2018-09-17..2018-09-20]", "on a day between 17 September 2018 and 20 September 2018"),
        ("2018-XX", "2018"),
        ("2018-09-XX", "September 2018"),
    ],
)
def test_a_date_is_formatted_no_more_precisely_than_it_is_known(edtf: str, worded: str) -> None:
    assert when_words(read_when(edtf)) == worded


@pytest.mark.parametrize("edtf", ["201X", "20XX"])
def test_a_decade_or_century_is_not_formatted_as_its_first_year(edtf: str) -> None:
    said = when_words(read_when(edtf))
    assert said not in ("2010", "2000")


def test_a_set_open_at_its_end_says_since_when() -> None:
    assert "19 February 2020" in when_words(read_when("[2020-02-19..]"))


def test_no_date_has_no_words() -> None:
    assert when_words(None) == ""


def test_formatting_does_not_parse_a_date_again() -> None:
    when = replace(read_when("2018-09/2018-10~"), edtf="no longer EDTF")
    assert when_words(when) == "September 2018 to about October 2018"


def test_a_month_is_formatted_with_its_year() -> None:
    assert month_words(date(2020, 2, 19)) == "February 2020"


def test_days_are_counted_from_1970() -> None:
    assert day_number(date(1970, 1, 1)) == 0
    assert day_number(date(2020, 2, 19)) == 18311
    assert day_number(None) is None


def test_numbers_are_formatted_with_separators() -> None:
    assert number_words(9549) == "9,549"


def test_an_unknown_key_is_an_error_and_not_a_word() -> None:
    with pytest.raises(KeyError):
        words("no-such-key")


def test_words_are_filled_in_whatever_their_names_are_called() -> None:
    assert (
        words("remark", key="from", what="not a valid day", got='"x"') == 'from: not a valid day (got "x").'
    )


def test_html_escapes_its_values_and_nothing_else() -> None:
    made = html("<p>{given}{made}</p>", given="<b>\"'&", made=Markup("<i>"))
    assert made == "<p>&lt;b&gt;&#34;&#39;&amp;<i></p>"
    assert join([made, "<b>"], between="<hr>").endswith("<hr>&lt;b&gt;")  # type: ignore[list-item]  # on purpose

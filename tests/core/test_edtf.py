"""Dates: what is accepted, their bounds in days, and whether they fall in a window."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import given, settings
from hypothesis import strategies as st

from mapapp.core.edtf import When, Window, certainly, possibly, read_day, read_when
from mapapp.core.model import Atlas
from mapapp.errors import DateError, WindowError


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


# as written; first and last possible day; last possible start and first possible end, of an interval
TAKEN = [
    ("2018-09-17", "2018-09-17", "2018-09-17", None, None),
    ("2018-09", "2018-09-01", "2018-09-30", None, None),
    ("2020-02", "2020-02-01", "2020-02-29", None, None),
    ("2017", "2017-01-01", "2017-12-31", None, None),
    ("201X", "2010-01-01", "2019-12-31", None, None),
    ("20XX", "2000-01-01", "2099-12-31", None, None),
    ("2018-XX", "2018-01-01", "2018-12-31", None, None),
    ("2018-09-XX", "2018-09-01", "2018-09-30", None, None),
    ("2018-XX-XX", "2018-01-01", "2018-12-31", None, None),
    ("2020-02-29~", "2020-02-26", "2020-03-03", None, None),
    ("2018-01-02~", "2017-12-30", "2018-01-05", None, None),
    ("2020-02~", "2020-01-01", "2020-03-31", None, None),
    ("2020-01~", "2019-12-01", "2020-02-29", None, None),
    ("2018-12~", "2018-11-01", "2019-01-31", None, None),
    ("2017~", "2016-01-01", "2018-12-31", None, None),
    ("2018-09-17?", "2018-09-17", "2018-09-17", None, None),
    ("2018-09-17%", "2018-09-14", "2018-09-20", None, None),
    ("2018-09/2018-11", "2018-09-01", "2018-11-30", "2018-09-30", "2018-11-01"),
    ("2018-09-17/2018-09-17", "2018-09-17", "2018-09-17", "2018-09-17", "2018-09-17"),
    ("2017-05-04/..", "2017-05-04", None, "2017-05-04", None),
    ("../2018", None, "2018-12-31", None, "2018-01-01"),
    ("../..", None, None, None, None),
    ("2020-02~/2020-02-19", "2020-01-01", "2020-02-19", "2020-03-31", "2020-02-19"),
    ("2018-09-17/2018-09", "2018-09-17", "2018-09-30", "2018-09-17", "2018-09-01"),
    ("[2018-09-17, 2018-09-19]", "2018-09-17", "2018-09-19", None, None),
    ("[2019,2017]", "2017-01-01", "2019-12-31", None, None),
    ("[2018-09-17..2018-09-20]", "2018-09-17", "2018-09-20", None, None),
    ("[..2020-02-19]", None, "2020-02-19", None, None),
    ("[2020-02-19..]", "2020-02-19", None, None, None),
]


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "certain_from", "certain_to"), TAKEN, ids=[row[0] for row in TAKEN]
)
def test_a_date_has_these_bounds(
    edtf: str, earliest: str | None, latest: str | None, certain_from: str | None, certain_to: str | None
) -> None:
    when = read_when(edtf)
    assert (when.earliest, when.latest) == (day(earliest), day(latest))
    assert (when.certain_from, when.certain_to) == (day(certain_from), day(certain_to))
    assert when.throughout == ("/" in edtf)
    assert when.uncertain == ("?" in edtf or "%" in edtf)
    assert when.edtf == edtf


def test_a_time_keeps_its_dates_as_read() -> None:
    first, last = read_when("2018-09~/..").ends
    assert first is not None
    assert (first.lower, first.upper) == (day("2018-09-01"), day("2018-09-30"))
    assert (first.precision, first.mark) == ("month", "~")
    assert last is None
    assert len(read_when("[2018-09-17, 2018-09-19]").ends) == 2


REFUSED = {
    "": "not a date",
    " 2018": "not a date",
    "2018 ": "not a date",
    "2018-9": "not a date",
    "17.9.2018": "not a date",
    "2018-09-17\n": "not a date",
    "٢٠١٨": "not a date",
    "2018-09-17~?": "not a date",
    "~2018": "not a date",
    "2018?-09": "not a date",
    "autumn": "not a date",
    "unknown": "not a date",
    "[]": "not a date",
    "[2018,]": "not a date",
    "2018-13": "the month does not exist",
    "2018-00": "the month does not exist",
    "2018-02-30": "the date does not exist",
    "2019-02-29": "the date does not exist",
    "2018-09-31": "the date does not exist",
    "2018-09-00": "the date does not exist",
    "2018-09-32": "the date does not exist",
    "2018-21": "seasons",
    "2018-09-17T10:00": "times of day",
    "Y20180": "long and negative years",
    "Y2E5": "long and negative years",
    "-2018": "long and negative years",
    "1899": "outside 1900 to 2100",
    "2101-01-01": "outside 1900 to 2100",
    "18XX": "outside 1900 to 2100",
    "0000": "outside 1900 to 2100",
    "2018-XX-17": "only trailing components",
    "201X-09": "only trailing components",
    "..": "only allowed in an interval",
    "/2020": "write .. for an open end",
    "2020/": "write .. for an open end",
    "/": "write .. for an open end",
    "2018/2019/2020": "two ends",
    "2019/2018": "ends before it begins",
    "2018-09-17/2018-09-16": "ends before it begins",
    "[2019..2018]": "ends before it begins",
    "{2018,2019}": '"all of" sets',
    "[2018~,2019]": "qualifiers are not supported inside a set",
    "[2018,..2019]": "only the outer ends",
    "[..]": "only the outer ends",
    "2018" * 50: "too long",
    "{{2018}}": '"all of" sets',
}


@pytest.mark.parametrize(("edtf", "words"), REFUSED.items(), ids=[repr(edtf)[:30] for edtf in REFUSED])
def test_invalid_dates_are_refused_with_the_reason(edtf: str, words: str) -> None:
    with pytest.raises(DateError) as raised:
        read_when(edtf)
    assert words in str(raised.value)
    assert str(raised.value).isprintable()


@pytest.mark.parametrize(
    "text", ["2018-9-17", "20180917", "2018-W38-1", "2018-02-30", "", "2018-09-17 ", "٢٠١٨-٠٩-١٧"]
)
def test_only_a_full_iso_date_is_a_day(text: str) -> None:
    with pytest.raises(DateError):
        read_day(text)


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(WindowError, match="put the earlier day first"):
        Window(date(2020, 1, 2), date(2020, 1, 1))


def window(first: str, last: str) -> Window:
    return Window(date.fromisoformat(first), date.fromisoformat(last))


# as written; window; possibly, certainly
FALLS = [
    ("2018-09", ("2018-09-01", "2018-09-30"), True, True),
    ("2018-09", ("2018-09-02", "2018-09-30"), True, False),
    ("2018-09", ("2018-09-30", "2018-12-31"), True, False),
    ("2018-09", ("2018-10-01", "2018-12-31"), False, False),
    ("2018-09-17", ("2018-09-17", "2018-09-17"), True, True),
    ("2018-09-17?", ("2018-01-01", "2018-12-31"), True, False),
    ("2018-09-17~", ("2018-09-17", "2018-09-17"), True, False),
    ("2018-09-17~", ("2018-09-14", "2018-09-20"), True, True),
    ("2017-05-04/..", ("2020-02-19", "2020-02-19"), True, True),
    ("2017-05-04/..", ("2017-05-03", "2017-05-03"), False, False),
    ("2017-05/..", ("2017-05-10", "2017-05-10"), True, False),
    ("2017-05?/..", ("2020-01-01", "2020-01-01"), True, False),
    ("../..", ("1900-01-01", "1900-01-01"), True, True),
    ("../2018", ("2018-06-01", "2018-06-01"), True, False),
    ("../2018", ("2017-06-01", "2017-06-01"), True, True),
    ("2018-09/2018-09", ("2018-09-01", "2018-09-30"), True, False),
    ("2018-09/2018-11", ("2018-10-10", "2018-10-10"), True, True),
    ("[2018-09-17, 2018-09-19]", ("2018-09-18", "2018-09-18"), True, False),
    ("[..2020-02-19]", ("2000-01-01", "2020-02-19"), True, False),
]


@pytest.mark.parametrize(
    ("edtf", "days", "may", "must"), FALLS, ids=[f"{row[0]} in {row[1]}" for row in FALLS]
)
def test_a_time_falls_in_a_window_possibly_or_certainly(
    edtf: str, days: tuple[str, str], may: bool, must: bool
) -> None:
    assert possibly(read_when(edtf), window(*days)) is may
    assert certainly(read_when(edtf), window(*days)) is must


days = st.dates(date(1990, 1, 1), date(2040, 12, 31))
marks = st.sampled_from(["", "~", "?", "%"])
singles = st.one_of(
    st.builds(lambda at, mark: at.isoformat() + mark, days, marks),
    st.builds(lambda at, mark: at.isoformat()[:7] + mark, days, marks),
    st.builds(lambda at, mark: at.isoformat()[:4] + mark, days, marks),
    st.builds(lambda at: at.isoformat()[:7] + "-XX", days),
    st.builds(lambda at: at.isoformat()[:3] + "X", days),
)


@st.composite
def times(draw: st.DrawFn) -> When:
    """Draw any time that can be written: a date, a set or an interval, open or not."""
    form = draw(st.sampled_from(["date", "set", "interval"]))
    if form == "date":
        return read_when(draw(singles))
    if form == "set":
        return read_when(
            f"[{', '.join(at.isoformat() for at in draw(st.lists(days, min_size=1, max_size=3)))}]"
        )
    first, last = sorted((draw(days), draw(days)))
    ends = [
        draw(st.sampled_from([at.isoformat(), at.isoformat()[:7], "..", f"{at}~", f"{at}?"]))
        for at in (first, last)
    ]
    return read_when("/".join(ends))


windows = st.builds(lambda a, b: Window(min(a, b), max(a, b)), days, days)


@given(times())
def test_the_earliest_day_is_never_after_the_latest(when: When) -> None:
    assert when.earliest is None or when.latest is None or when.earliest <= when.latest
    assert when.certain_from is None or when.earliest is None or when.earliest <= when.certain_from
    assert when.certain_to is None or when.latest is None or when.certain_to <= when.latest


@given(times(), windows)
def test_what_is_certain_is_possible(when: When, in_window: Window) -> None:
    assert possibly(when, in_window) or not certainly(when, in_window)


@given(times(), windows, st.integers(0, 400), st.integers(0, 400))
def test_a_wider_window_includes_no_less(when: When, narrow: Window, before: int, after: int) -> None:
    wide = Window(narrow.first - timedelta(before), narrow.last + timedelta(after))
    assert possibly(when, wide) >= possibly(when, narrow)
    assert certainly(when, wide) >= certainly(when, narrow)


# any date in digits, whether or not it exists, and with parts that are not specified
numbers = st.integers(0, 40).map("{:02}".format)
dates_in_digits = st.builds(
    lambda year, rest, mark: "-".join([year, *rest]) + mark,
    st.one_of(st.integers(1900, 2100).map(str), st.sampled_from(["190X", "201X", "209X", "19XX", "20XX"])),
    st.one_of(
        st.tuples(),
        st.tuples(numbers),
        st.tuples(numbers, numbers),
        st.tuples(numbers, st.just("XX")),
        st.sampled_from([("XX",), ("XX", "XX")]),
    ),
    marks,
)


def bounds_by_the_library(edtf: str) -> tuple[date, ...]:
    """Return the first and last day of a single date as python-edtf computes them, without padding."""
    parsed = parse_edtf(edtf)
    return tuple(date(*bound[:3]) for bound in (parsed.lower_strict(), parsed.upper_strict()))


@settings(max_examples=300, deadline=None)  # the library's first date takes longer
@given(dates_in_digits)
def test_the_days_of_a_date_are_those_of_python_edtf(edtf: str) -> None:
    try:
        (end,) = read_when(edtf).ends
    except DateError as error:
        seasons = "seasons" in str(error)
        trailing = "only trailing" in str(error)  # 201X-05
        assert seasons or trailing or not parses(edtf)
    else:
        assert end is not None
        assert (end.lower, end.upper) == bounds_by_the_library(edtf)


def parses(edtf: str) -> bool:
    try:
        bounds_by_the_library(edtf)
    except (EDTFParseException, ValueError):
        return False
    return True


def test_the_days_of_all_shipped_dates_are_those_of_python_edtf(atlas: Atlas) -> None:
    places = [place for layer in atlas.layers for place in layer.places]
    times = [
        *(event.when for event in atlas.events),
        *(event.said for event in atlas.events if event.said),
        *(fact.when for fact in atlas.facts),
        *(source.date for source in atlas.sources if source.date),
        *(place.valid for place in places),
        *(status.when for place in places for status in place.statuses),
        *(dated.when for place in places for dated in place.names_when),
    ]
    singles = {
        edtf: end
        for when in times
        if not when.edtf.startswith("[")
        for edtf, end in zip(when.edtf.split("/"), when.ends, strict=True)
        if end
    }
    assert len(singles) > 50
    for edtf, end in singles.items():
        assert (end.lower, end.upper) == bounds_by_the_library(edtf)


@given(days)
def test_an_iso_day_round_trips(at: date) -> None:
    assert read_day(at.isoformat()) == at
    when = read_when(at.isoformat())
    assert (when.earliest, when.latest) == (at, at)
    assert certainly(when, Window(at, at))


@given(st.text(max_size=120))
def test_any_text_is_either_parsed_or_refused(text: str) -> None:
    try:
        read_when(text)
    except DateError as error:
        assert str(error).isprintable()  # noqa: PT017 - most texts are refused, and how is the point

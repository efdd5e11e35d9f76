"""Messages: one printable line each, whatever the data held."""

from __future__ import annotations

import pytest

from mapapp.errors import DataError, Fault, shown


def test_a_fault_reads_as_where_what_found_and_how_to_mend() -> None:
    fault = Fault("data/a.yaml", "x.when", "there is no such day", '"2018-02-30"', "check the day")
    assert str(fault) == 'data/a.yaml: x.when: there is no such day (got "2018-02-30"); check the day'


def test_what_is_not_known_is_left_out() -> None:
    assert str(Fault("data/a.yaml", "", "the file is missing")) == "data/a.yaml: the file is missing"


def test_a_data_error_holds_each_fault_once_and_in_order() -> None:
    first, second = Fault("a", "", "x"), Fault("b", "", "x")
    error = DataError([second, first, second])
    assert error.faults == (first, second)
    assert str(error) == "a: x\nb: x"


@pytest.mark.parametrize(
    "value", ["\x1b[31mred", "a\nb", "\u202eabc", "\ud800", "x" * 500, ["\x07"], {"a": "\0"}, 10**60]
)
def test_what_was_found_is_shown_short_and_printable(value: object) -> None:
    assert shown(value).isprintable()
    assert len(shown(value)) <= 80
    assert str(Fault(str(value), str(value), "wrong", str(value))).isprintable()


@pytest.mark.parametrize(
    ("value", "text"),
    [("a", '"a"'), (3, "3"), ({"a": 1}, "a mapping"), ([1, 2], "[1, 2]"), ([[1], [2]], "a list of 2")],
)
def test_small_values_are_shown_as_written(value: object, text: str) -> None:
    assert shown(value) == text

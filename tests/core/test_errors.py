"""Messages: one printable line each, whatever the data contains."""

from __future__ import annotations

import pytest

from mapapp.errors import DataError, Issue, Issues, short_repr


def test_an_issue_reads_as_where_what_got_and_how_to_fix() -> None:
    issue = Issue("the date does not exist", '"2018-02-30"', "check the day", "x.when", "data/a.yaml")
    assert str(issue) == 'data/a.yaml: x.when: the date does not exist (got "2018-02-30"); check the day'


def test_unknown_parts_are_left_out() -> None:
    assert str(Issue("the file is missing", file="data/a.yaml")) == "data/a.yaml: the file is missing"
    assert (
        str(Issue("the interval ends before it begins", "1/0"))
        == "the interval ends before it begins (got 1/0)"
    )


def test_the_path_of_an_issue_is_extended_at_the_front() -> None:
    issue = Issue("wrong", where="edtf").at("when").at("x", "data/a.yaml")
    assert (issue.where, issue.file) == ("x.when.edtf", "data/a.yaml")
    assert Issue("wrong").at("x").where == "x"


def test_a_data_error_lists_each_fault_once_sorted_by_file_and_place() -> None:
    first, second, third = Issue("y", file="a"), Issue("x", where="b", file="a"), Issue("x", file="b")
    error = DataError([third, second, first, third])
    assert error.faults == (first, second, third)
    assert str(error) == "a: y\na: b: x\nb: x"


def test_of_many_issues_of_one_kind_all_are_counted() -> None:
    issues = Issues()
    for number in range(25):
        issues.add(Issue(f"sentence {number} has no event", file="a"))
    issues.add(Issue("another kind", file="a"))
    *listed, more = issues.all()
    assert len(listed) == 11
    assert more.more == 15
    assert str(more) == "a: sentence … has no event: and 15 more of this kind"


@pytest.mark.parametrize(
    "value", ["\x1b[31mred", "a\nb", "\u202eabc", "\ud800", "x" * 500, ["\x07"], {"a": "\0"}, 10**60]
)
def test_values_in_messages_are_short_and_printable(value: object) -> None:
    assert short_repr(value).isprintable()
    assert len(short_repr(value)) <= 80
    assert str(Issue("wrong", str(value), where=str(value), file=str(value))).isprintable()


@pytest.mark.parametrize(
    ("value", "text"),
    [("a", '"a"'), (3, "3"), ({"a": 1}, "a mapping"), ([1, 2], "[1, 2]"), ([[1], [2]], "a list of 2")],
)
def test_small_values_are_quoted_as_written(value: object, text: str) -> None:
    assert short_repr(value) == text

"""What is wrong with a folder, each fault with the entry it is about."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapapp.authoring.operations import OperationError
from mapapp.errors import DataError, MapappError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapapp.errors import Issue

_DETAILS = re.compile(r'"[^"]*"|\d+')  # in which issues of a kind differ
_Key = tuple[str, str, str]


@dataclass(frozen=True)
class Fault:
    """Something wrong, and the entry it is about.

    Attributes
    ----------
    item
        Id of the statement, place, source, actor or background fact; empty if it is about none.
    path
        Path in the entry, such as ``when.edtf`` or ``places[2].id``; in the file, if it is about no entry.
    message
        What is wrong, with the value found.
    fix
        How to fix it; may be empty.
    file
        The file, relative to the data folder; empty if there is none.
    """

    item: str
    path: str
    message: str
    fix: str
    file: str

    def __str__(self) -> str:
        """Return ``file: path: what (got …); how to fix``."""
        where = ".".join(part for part in (self.item, self.path) if part).replace(".[", "[")
        fix = f"; {self.fix}" if self.fix else ""
        return ": ".join(part for part in (self.file, where, f"{self.message}{fix}") if part)


def to_fault(issue: Issue, known: Iterable[str] = ()) -> Fault:
    """Return an issue as a fault; ``known`` are the ids that its path may begin with."""
    item, path = "", issue.where
    first = re.split(r"[.\[]", issue.where, maxsplit=1)[0]
    if first in known:
        item, path = first, issue.where[len(first) :].removeprefix(".")
    if issue.more:
        return Fault("", "", f"{issue.what}: and {issue.more} more of this kind", issue.fix, issue.file)
    got = f" (got {issue.got})" if issue.got else ""
    return Fault(item, path, f"{issue.what}{got}", issue.fix, issue.file)


def faults_of(error: MapappError) -> tuple[Fault, ...]:
    """Return why an operation cannot be applied."""
    if isinstance(error, DataError):
        return tuple(map(to_fault, error.faults))
    if isinstance(error, OperationError):
        issue = error.issue
        got = f" (got {issue.got})" if issue.got else ""
        return (Fault(error.item, issue.where, f"{issue.what}{got}", issue.fix, ""),)
    return (Fault("", "", str(error), "", ""),)


def added(before: Iterable[Issue], after: Iterable[Issue], renamed: Mapping[str, str]) -> frozenset[Issue]:
    """Return the issues of which there are more than before; each kind of each entry counts by itself.

    Parameters
    ----------
    renamed
        Old ids of entries, each with the new one.
    """
    before, after = tuple(before), tuple(after)
    long = {_kind(issue) for issue in (*before, *after) if issue.more}
    had = _counted(before, long, renamed)
    has = _counted(after, long, {})
    keys = {issue: _counted_as(issue, long, {}) for issue in after}
    return frozenset(issue for issue, key in keys.items() if has[key] > had[key])


def _kind(issue: Issue) -> tuple[str, str]:
    return issue.file, _DETAILS.sub("…", issue.what)


def _counted_as(issue: Issue, long: set[tuple[str, str]], renamed: Mapping[str, str]) -> _Key:
    """Return what makes issues alike: file, path without numbers and kind; no path if not all are listed."""
    file, what = _kind(issue)
    if (file, what) in long:
        return file, "", what
    first = re.split(r"[.\[]", issue.where, maxsplit=1)[0]
    where = renamed.get(first, first) + issue.where[len(first) :]
    return file, re.sub(r"\[\d+\]", "[]", where), what


def _counted(
    issues: Iterable[Issue], long: set[tuple[str, str]], renamed: Mapping[str, str]
) -> Counter[_Key]:
    count: Counter[_Key] = Counter()
    for issue in issues:
        count[_counted_as(issue, long, renamed)] += issue.more or 1
    return count

"""Issues and exceptions that are shown to users.

Every `Issue` is worded in the same way, on one line: ``where: what (got …); how to fix``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_VALUE = 60  # characters of a value that a message repeats
_LONGEST_PART = 400  # characters of any other part of a message
_MOST_OF_A_KIND = 10  # issues of one kind in one file that are listed one by one
_DETAILS = re.compile(r'"[^"]*"|\d+')  # what differs between issues of the same kind


def plain(text: str, length: int = _LONGEST_PART) -> str:
    """Return text that is safe to print on any terminal, on one line.

    Parameters
    ----------
    text
        Any text, including text from untrusted files.
    length
        Longer text is cut to this many characters, the last of which is then an ellipsis. Non-printable
        characters are escaped after that, which can make the result longer.
    """
    cut = text if len(text) <= length else text[: length - 1] + "…"
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii") for letter in cut
    )


def short_repr(value: object) -> str:
    """Return a value as messages quote it: on one line, printable and at most about 60 characters long."""
    if isinstance(value, str):
        return plain(f'"{value}"' if len(value) < _LONGEST_VALUE - 1 else f'"{value[: _LONGEST_VALUE - 3]}…"')
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple) and any(isinstance(item, list | tuple | dict) for item in value[:1]):
        return f"a list of {len(value)}"
    return plain(repr(value), _LONGEST_VALUE)


@dataclass(frozen=True)
class Issue:
    """One problem. An issue shown to the user is called a fault.

    Parameters
    ----------
    what
        What is wrong.
    got
        The value found, as `short_repr` gives it; empty where it would not help.
    fix
        How to fix it.
    where
        Path to the value inside the file, such as ``north-district.valid``; empty for the whole file.
    file
        Path of the file relative to the data folder; empty where the issue is not about a file.
    more
        If not 0, the issue stands for this many further issues of its kind in the file.
    """

    what: str
    got: str = ""
    fix: str = ""
    where: str = ""
    file: str = ""
    more: int = 0

    def __post_init__(self) -> None:
        """Escape what could break a terminal or a log: every part may contain text from an untrusted file."""
        object.__setattr__(self, "got", plain(self.got, 2 * _LONGEST_VALUE))
        for part in ("what", "fix", "where", "file"):
            object.__setattr__(self, part, plain(getattr(self, part)))

    def __str__(self) -> str:
        """Return ``file: path.in.file: what (got …); how to fix``."""
        if self.more:
            return f"{self.file}: {self.what}: and {self.more} more of this kind"
        got = f" (got {self.got})" if self.got else ""
        fix = f"; {self.fix}" if self.fix else ""
        return ": ".join(part for part in (self.file, self.where, f"{self.what}{got}{fix}") if part)

    def __lt__(self, other: Issue) -> bool:
        """Sort by file, then by path in the file."""
        return self._sort_key < other._sort_key

    @property
    def _sort_key(self) -> tuple[str, str, str, str, str, int]:
        return self.file, self.where, self.what, self.got, self.fix, self.more

    def at(self, where: str, file: str = "") -> Issue:
        """Return the issue with its path continued upwards by ``where``, and in ``file`` if one is given."""
        path = ".".join(part for part in (where, self.where) if part).replace(".[", "[")
        return replace(self, where=path, file=file or self.file)


class Issues:
    """Collects issues. Of each kind in a file the first ten are kept; the rest are only counted."""

    def __init__(self) -> None:
        self._kept: list[Issue] = []
        self._count: dict[tuple[str, str], int] = {}

    def add(self, issue: Issue) -> None:
        """Add one issue."""
        kind = issue.file, _DETAILS.sub("…", issue.what)
        self._count[kind] = count = self._count.get(kind, 0) + 1
        if count <= _MOST_OF_A_KIND:
            self._kept.append(issue)

    def all(self) -> tuple[Issue, ...]:
        """Return the issues kept, then one for each kind with its number of further issues."""
        more = (
            (kind, count - _MOST_OF_A_KIND) for kind, count in self._count.items() if count > _MOST_OF_A_KIND
        )
        return (
            *self._kept,
            *(Issue(what, where="…", file=file, more=count) for (file, what), count in more),
        )


class MapappError(Exception):
    """Base class of errors that are shown to users: the message is complete and needs no traceback."""


class DataError(MapappError):
    """The data cannot be used. ``faults`` lists every issue found, sorted; there is at least one."""

    def __init__(self, faults: Iterable[Issue]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


class DateError(MapappError):
    """A date or window that is not valid; ``issue`` says why.

    Parameters
    ----------
    what
        What is wrong.
    got
        The text found, not yet shortened.
    fix
        How to fix it.
    """

    def __init__(self, what: str, got: str, fix: str) -> None:
        self.issue = Issue(what, short_repr(got), fix)
        super().__init__(str(self.issue))


class WindowError(DateError):
    """The first day of a window is after its last."""


class UnknownIdError(MapappError):
    """There is no place, event or actor with this id."""

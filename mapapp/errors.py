"""What can go wrong, as values: a fault in the data, and the errors that carry faults or a bad question."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHORT = 60  # characters of what was found that a message repeats
_TOLD = 10  # faults of one kind in one file that are told one by one
_NAMED = re.compile(r'"[^"]*"|\d+')  # what tells faults of one kind apart
_LONG = 400  # characters any other part of a message may have


def plain(text: str, length: int = _LONG) -> str:
    """Return ``text`` safe for any terminal: invisible characters escaped, at most ``length`` long."""
    cut = text if len(text) <= length else text[: length - 1] + "…"
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii") for letter in cut
    )


def shown(value: object) -> str:
    """Return ``value`` as a message quotes it: one short printable line."""
    if isinstance(value, str):
        return plain(f'"{value}"' if len(value) < _SHORT - 1 else f'"{value[: _SHORT - 3]}…"')
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple) and any(isinstance(item, list | tuple | dict) for item in value[:1]):
        return f"a list of {len(value)}"
    return plain(repr(value), _SHORT)


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong with the data: where it is, what it is, what was found and how to mend it.

    ``file`` is relative to the data folder; ``item`` is the path inside it (``id.path``), empty for the whole
    file; ``got`` is what was found, short, or empty. ``more`` counts further faults of one kind that are not
    told one by one.
    """

    file: str
    item: str
    what: str
    got: str = ""
    fix: str = ""
    more: int = 0

    def __post_init__(self) -> None:
        """Escape what could break a terminal or a log: every part may hold text from a hostile file."""
        for part in fields(self)[:-1]:
            limit = _SHORT * 2 if part.name == "got" else _LONG
            object.__setattr__(self, part.name, plain(getattr(self, part.name), limit))

    def __str__(self) -> str:
        """Return ``file: id.path: what (got …); how to fix``."""
        if self.more:
            return f"{self.file}: {self.what}: and {self.more} more of this kind"
        where = f"{self.file}: {self.item}" if self.item else self.file
        got = f" (got {self.got})" if self.got else ""
        fix = f"; {self.fix}" if self.fix else ""
        return f"{where}: {self.what}{got}{fix}"


class Faults:
    """Faults as they are found: the first few of a kind in a file are kept, the others are only counted."""

    def __init__(self) -> None:
        self._kept: list[Fault] = []
        self._count: dict[tuple[str, str], int] = {}

    def add(self, file: str, item: str, what: str, got: str = "", fix: str = "") -> None:
        """Note one fault."""
        kind = file, _NAMED.sub("…", what)
        self._count[kind] = count = self._count.get(kind, 0) + 1
        if count <= _TOLD:
            self._kept.append(Fault(file, item, what, got, fix))

    def all(self) -> tuple[Fault, ...]:
        """Return the faults kept, and one for each kind of which there are more."""
        more = ((kind, count - _TOLD) for kind, count in self._count.items() if count > _TOLD)
        return (*self._kept, *(Fault(file, "…", what, more=count) for (file, what), count in more))


class MapappError(Exception):
    """Any error meant for a reader: its text is complete, and no traceback is needed."""


class DataError(MapappError):
    """The data cannot be used. ``faults`` holds everything found, sorted and never empty."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


class DateError(MapappError):
    """A date or window that cannot be meant: ``what`` is wrong, ``got`` was found, ``fix`` mends it."""

    def __init__(self, what: str, got: str, fix: str) -> None:
        self.what, self.got, self.fix = what, shown(got), fix
        super().__init__(f"{what} (got {self.got}); {fix}")


class WindowError(DateError):
    """A window whose first day is after its last."""


class UnknownIdError(MapappError):
    """A question about a place, event or actor that does not exist."""

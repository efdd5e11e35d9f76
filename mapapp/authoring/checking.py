"""Loads and checks a folder as it is, or as it would be after a change."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from mapapp.authoring.faults import Fault, to_fault
from mapapp.core.model import Atlas
from mapapp.data.checks.article import coverage_issues, issues_between_places, issues_of
from mapapp.data.load import GEO, Found, gather
from mapapp.data.profile import FILE as PROFILE
from mapapp.errors import Issue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_REMEMBERED = 4  # versions of the layers


@dataclass(frozen=True)
class Checked:
    """What was found in a folder, or would be after a change.

    Attributes
    ----------
    loads
        Whether it can be loaded.
    faults
        Every issue but for what no statement covers yet, with the fault that shows it.
    uncovered
        What of the articles no statement covers yet.
    """

    atlas: Atlas | None
    loads: bool
    faults: dict[Issue, Fault]
    uncovered: tuple[Fault, ...]


class Checker:
    """Checks versions of one folder, and remembers what most changes do not touch.

    Parameters
    ----------
    root
        The data folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._between_places: dict[str, tuple[tuple[str, Issue], ...]] = {}

    def check(self, files: Mapping[str, bytes | None]) -> Checked:
        """Load and check the folder with other files than those on disk; ``None`` for one that is removed."""
        found = gather(self._root, files)
        issues = issues_of(found, coverage=False, geography=self._between(found, files))
        faults = {issue: to_fault(issue, found.file_of) for issue in issues}
        uncovered = tuple(to_fault(issue, found.file_of) for issue in coverage_issues(found))
        return Checked(found.atlas, not found.issues and found.atlas is not None, faults, uncovered)

    def _between(self, found: Found, files: Mapping[str, bytes | None]) -> tuple[tuple[str, Issue], ...]:
        key = digest_of(
            {name: data for name, data in files.items() if name.startswith(f"{GEO}/") or name == PROFILE}
        )
        if key not in self._between_places:
            newest = [*self._between_places.items()][1 - _REMEMBERED :]
            self._between_places = {**dict(newest), key: issues_between_places(found)}
        return self._between_places[key]


def digest_of(files: Mapping[str, bytes | None]) -> str:
    """Return what changes when a file does."""
    made = sha256()
    for name, data in sorted(files.items()):
        if data is not None:
            made.update(name.encode(errors="surrogateescape") + b"\0" + sha256(data).digest())
    return made.hexdigest()

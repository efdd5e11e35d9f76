"""What an editor has done to a data folder, so that it can be undone and done again, even after a restart.

A step holds of each file only the stretch that changed, and the digests of the whole file before and after.
It can be undone while the files are still as it left them.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from mapapp.authoring.save import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_STEPS = 200
_MOST_CHARACTERS = 5_000_000  # of all steps together


@dataclass(frozen=True)
class FileChange:
    """What a step changed in a file.

    Attributes
    ----------
    before, after
        SHA-256 of the whole file; ``None`` where there is no file.
    start
        Offset of the stretch that changed, in characters.
    old, new
        The stretch before and after.
    """

    name: str
    before: str | None
    after: str | None
    start: int
    old: str
    new: str

    def applied(self, data: bytes | None) -> bytes | None:
        """Return the file's content after the change."""
        if self.after is None:
            return None
        text = "" if data is None else data.decode()
        return (text[: self.start] + self.new + text[self.start + len(self.old) :]).encode()

    @property
    def reverse(self) -> FileChange:
        """The change that undoes this one."""
        return replace(self, before=self.after, after=self.before, old=self.new, new=self.old)


Step = tuple[FileChange, ...]


@dataclass(frozen=True)
class History:
    """Steps that can be undone, the newest last, and steps that can be done again, the next one last."""

    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()

    def with_step(self, step: Step) -> History:
        """Return the history with one more step; what was undone cannot be done again."""
        kept: list[Step] = []
        size = 0
        for one in reversed((*self.done, step)):
            size += sum(len(change.old) + len(change.new) for change in one)
            if kept and (size > _MOST_CHARACTERS or len(kept) == MOST_STEPS):
                break
            kept.append(one)
        return History(tuple(reversed(kept)))

    def undo(self) -> tuple[Step, History]:
        """Return the step that undoes the newest, and the history after it."""
        step = self.done[-1]
        return reverse(step), History(self.done[:-1], (*self.undone, step))

    def redo(self) -> tuple[Step, History]:
        """Return the step to do again, and the history after it."""
        step = self.undone[-1]
        return step, History((*self.done, step), self.undone[:-1])

    def to_json(self) -> bytes:
        """Return the history as it is kept."""
        return json.dumps(
            {
                name: [[asdict(change) for change in step] for step in steps]
                for name, steps in vars(self).items()
            },
            ensure_ascii=False,
        ).encode()


def read_history(data: bytes | None) -> History:
    """Return a history that was kept; an empty one if there is none, or if it cannot be read."""
    try:
        value: Any = json.loads(data or b"{}")
        done, undone = (
            tuple(tuple(FileChange(**change) for change in step) for step in value.get(name, ()))
            for name in ("done", "undone")
        )
    except (ValueError, TypeError, AttributeError):  # written by another version, or by hand
        return History()
    return History(done, undone)


def step_of(changes: Mapping[str, bytes | None], before: Mapping[str, bytes | None]) -> Step:
    """Return the step that gives files other content."""
    return tuple(_change(name, before.get(name), after) for name, after in changes.items())


def reverse(step: Step) -> Step:
    """Return the step that undoes another."""
    return tuple(change.reverse for change in step)


def fits(step: Step, files: Mapping[str, bytes]) -> bool:
    """Return whether all files are as a step expects them."""
    return all(digest(files.get(change.name)) == change.before for change in step)


def _change(name: str, before: bytes | None, after: bytes | None) -> FileChange:
    old, new = (before or b"").decode(), (after or b"").decode()
    start = _common(old, new)
    end = min(_common(old[::-1], new[::-1]), min(len(old), len(new)) - start)
    return FileChange(
        name, digest(before), digest(after), start, old[start : len(old) - end], new[start : len(new) - end]
    )


def _common(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low

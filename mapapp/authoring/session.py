"""One editor's work on a data folder: what it holds, what is wrong with it, and how it is changed.

Nothing is written that would add a fault. Every change is written completely or not at all, can be undone,
and never overwrites what another program has written.
"""

from __future__ import annotations

import errno
import json
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING, Any, Self

from mapapp.authoring.apply import applied
from mapapp.authoring.checking import Checker, digest_of
from mapapp.authoring.documents import EditError
from mapapp.authoring.faults import Fault, added, faults_of, to_fault
from mapapp.authoring.history import History, fits, read_history, reverse, step_of
from mapapp.authoring.lines import line_of
from mapapp.authoring.lock import Lock
from mapapp.authoring.operations import Operation, OperationError, ids_of, renamings
from mapapp.authoring.raw_entries import raw_entries
from mapapp.authoring.save import OWN, explained, read_bytes, recover, save
from mapapp.core.model import Atlas
from mapapp.data.atomic_write import named, write
from mapapp.data.files import Files
from mapapp.errors import DataError, Issue, MapappError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from mapapp.authoring.checking import Checked
    from mapapp.authoring.history import Step

_HISTORY, _FORMS = f"{OWN}/history.json", f"{OWN}/forms.json"
_FILES = ("seeds/*.txt", "data/*", "data/events/*", "data/geo/*")


class OutdatedError(MapappError):
    """The folder has changed since the revision that a change was made for."""

    def __init__(self) -> None:
        super().__init__("the folder has been changed since this page showed it; load it again")


class RefusedError(MapappError):
    """A change that would add faults, and was not written. ``faults`` lists those it would add."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True)
class State:
    """A data folder as an editor sees it.

    Attributes
    ----------
    revision
        Changes whenever a file of the folder does.
    atlas
        The newest one that could be loaded; ``None`` if there has been none.
    atlas_is_current
        Whether that is what the files hold now.
    faults
        Everything wrong with the files, but for what of the articles no statement covers yet.
    uncovered
        That, one fault for each sentence.
    can_undo, can_redo
        Whether there is a step, and the files are as it left them.
    changed_outside
        The files that another program has changed since they were read, by name.
    """

    revision: str
    atlas: Atlas | None
    atlas_is_current: bool
    faults: tuple[Fault, ...]
    uncovered: tuple[Fault, ...]
    can_undo: bool
    can_redo: bool
    changed_outside: tuple[str, ...]


@dataclass(frozen=True)
class OnDisk:
    """A data folder as other programs have left it, which need not be as the session has read it.

    Attributes
    ----------
    revision
        That of a session which reads it.
    entries
        The entries of each kind; see `raw_entries`.
    unreadable
        Why files cannot be read at all: their entries are missing.
    changed_outside
        The files that differ from those that the session has read, by name.
    """

    revision: str
    entries: dict[str, list[dict[str, Any]]]
    unreadable: tuple[Fault, ...]
    changed_outside: tuple[str, ...]


class Session:
    """An editor's work on a data folder. Use `open`; methods may be called from several threads."""

    def __init__(self, root: Path, lock: Lock) -> None:
        self._root = root
        self._lock = lock
        self._busy = RLock()
        self._files: dict[str, bytes] = {}
        self._atlas: Atlas | None = None
        self._checked: Checked | None = None
        self._history = History()
        self._checker = Checker(root)

    @classmethod
    def open(cls, root: Path) -> Self:
        """Open a data folder for editing, and finish or undo what a killed editor had begun to write.

        Parameters
        ----------
        root
            Folder that holds ``seeds/`` and ``data/``. The editor keeps its own files in ``.mapapp/`` in it.

        Raises
        ------
        LockedError
            If another editor has it open.
        SaveError
            If the folder is missing, or cannot be written.
        """
        root = root.resolve()
        with explained(root):
            if not (root / "data").is_dir():
                what, fix = "the folder has no data/", "choose another, or make one with mapapp new"
                raise DataError([Issue(what, named(root), fix)])
            own = root / OWN
            own.mkdir(exist_ok=True)
            lock = Lock(root, own)
            try:
                if not (own / ".gitignore").exists():
                    write(own / ".gitignore", b"*\n")
                recover(root)
                session = cls(root, lock)
                session.take_from_disk()
            except BaseException:
                lock.release()
                raise
        return session

    def close(self) -> None:
        """Let others open the folder."""
        self._lock.release()

    def state(self) -> State:
        """Return the folder as it was read last, and which files another program has changed since."""
        with self._guarded():
            return self._state(self._changed_outside())

    def entries(self) -> dict[str, list[dict[str, Any]]]:
        """Return the entries of each kind as they were read last; see `raw_entries`."""
        with self._guarded():
            return raw_entries(Files(self._root, self._files))

    def on_disk(self) -> OnDisk:
        """Return the folder as it is on disk; nothing of it is taken in."""
        with self._guarded():
            now = _read(self._root)
            files = Files(self._root, now)
            entries = raw_entries(files)
            unreadable = tuple(to_fault(issue) for issue in files.issues)
            return OnDisk(_revision_of(now), entries, unreadable, self._differing(now))

    def line_of(self, fault: Fault) -> int | None:
        """Return the line of its file that a fault is about; ``None`` if it is about no value of it."""
        data = self._files.get(fault.file)
        path = ".".join(part for part in (fault.item, fault.path) if part)
        return None if data is None else line_of(fault.file, data, path)

    def take_from_disk(self) -> State:
        """Read all files again, with what other programs have changed."""
        with self._guarded():
            self._files = _read(self._root)
            self._history = read_history(read_bytes(self._root / _HISTORY))
            self._checked = None
            return self._state(())

    def preview(self, operation: Operation) -> tuple[Fault, ...]:
        """Return what would be wrong after an operation: what it would add, and all about its own entries.

        Nothing is written.
        """
        with self._guarded():
            try:
                changes = applied(operation, self._files)
            except (OperationError, EditError, DataError) as error:
                return faults_of(error)
            after = self._checker.check({**self._files, **changes})
            new = self._added(after, operation)
            own = ids_of(operation)
            return tuple(fault for fault in after.faults.values() if fault in new or fault.item in own)

    def apply(self, operation: Operation, revision: str) -> State:
        """Make a change, and write it.

        Parameters
        ----------
        revision
            The revision that the change was made for.

        Raises
        ------
        OutdatedError
            If the folder has been changed since.
        RefusedError
            If it would add faults, or cannot be made.
        ChangedOutsideError
            If another program has changed a file that it would write.
        SaveError
            If it cannot be written.
        """
        with self._guarded():
            if revision != self._revision():
                raise OutdatedError
            try:
                changes = applied(operation, self._files)
            except (OperationError, EditError, DataError) as error:
                raise RefusedError(faults_of(error)) from None
            if not changes:
                return self.state()
            after = self._checker.check({**self._files, **changes})
            if new := self._added(after, operation):
                raise RefusedError(new)
            before = {name: self._files.get(name) for name in changes}
            step = step_of(changes, before)
            return self._write(step, changes, self._history.with_step(step), after)

    def undo(self) -> State:
        """Undo the newest step; raises as `apply` does, if there is none or another program is in its way."""
        return self._travel(undo=True)

    def redo(self) -> State:
        """Make the step again that was undone last; raises as `undo` does."""
        return self._travel(undo=False)

    def forms(self) -> dict[str, Any]:
        """Return the values of forms that were kept, by the name of the form."""
        with self._guarded():
            data = read_bytes(self._root / _FORMS)
            if data is None:
                return {}
            with suppress(ValueError):
                value = json.loads(data)
                if isinstance(value, dict):
                    return value
            (self._root / _FORMS).replace(self._root / f"{_FORMS}.unreadable")  # nothing is lost
            return {}

    def keep_form(self, name: str, values: object) -> None:
        """Keep the values of a form that is not finished; ``None`` forgets them.

        Raises
        ------
        SaveError
            If they cannot be written. What was kept before is still there.
        """
        with self._guarded():
            forms = self.forms()
            forms.pop(name, None)
            if values is not None:
                forms[name] = values
            write(self._root / _FORMS, json.dumps(forms).encode())

    # ------------------------------------------------------------------

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Work on the folder alone, if it is there, and explain errors of the operating system."""
        with self._busy, explained(self._root):
            if not (self._root / "data").is_dir():
                raise FileNotFoundError(errno.ENOENT, "missing")
            yield

    def _travel(self, *, undo: bool) -> State:
        with self._guarded():
            steps = self._history.done if undo else self._history.undone
            word = "undo" if undo else "redo"
            if not steps:
                raise RefusedError([Fault("", "", f"there is nothing to {word}", "", "")])
            step, history = self._history.undo() if undo else self._history.redo()
            if not fits(step, self._files):
                what = "the files have been changed by another program since that step"
                raise RefusedError([Fault("", "", what, "edit the entry instead", step[0].name)])
            changes = {change.name: change.applied(self._files.get(change.name)) for change in step}
            after = self._checker.check({**self._files, **changes})
            return self._write(step, changes, history, after)

    def _write(
        self, step: Step, changes: Mapping[str, bytes | None], history: History, after: Checked
    ) -> State:
        """Write files and the history together, and return the state, which nothing can prevent any more."""
        outside = self._changed_outside()
        recover(self._root)  # what a failed attempt may have left
        own = read_bytes(self._root / _HISTORY)
        before: dict[str, bytes | None] = {change.name: self._files.get(change.name) for change in step}
        save(self._root, {**changes, _HISTORY: history.to_json()}, {**before, _HISTORY: own})
        self._history = history
        for name, data in changes.items():
            if data is None:
                self._files.pop(name, None)
            else:
                self._files[name] = data
        self._checked = after
        return self._state(tuple(name for name in outside if name not in changes))

    def _changed_outside(self) -> tuple[str, ...]:
        return self._differing(_read(self._root))

    def _differing(self, now: Mapping[str, bytes]) -> tuple[str, ...]:
        return tuple(sorted(name for name in {*now, *self._files} if now.get(name) != self._files.get(name)))

    def _revision(self) -> str:
        return _revision_of(self._files)

    def _current(self) -> Checked:
        if self._checked is None:
            self._checked = self._checker.check(self._files)
        return self._checked

    def _added(self, after: Checked, operation: Operation) -> tuple[Fault, ...]:
        new = added(self._current().faults, after.faults, renamings(operation))
        return tuple(fault for issue, fault in after.faults.items() if issue in new)

    def _state(self, changed_outside: tuple[str, ...]) -> State:
        checked = self._current()
        if checked.loads:
            self._atlas = checked.atlas
        history = self._history
        return State(
            self._revision(),
            self._atlas,
            checked.loads,
            tuple(checked.faults.values()),
            checked.uncovered,
            bool(history.done) and fits(reverse(history.done[-1]), self._files),
            bool(history.undone) and fits(history.undone[-1], self._files),
            changed_outside,
        )


def _revision_of(files: Mapping[str, bytes]) -> str:
    return digest_of(files)[:20]


def _read(root: Path) -> dict[str, bytes]:
    """Return the content of all files of a data folder, by name."""
    files = {}
    for path in (path for pattern in _FILES for path in root.glob(pattern)):
        if not path.name.startswith(".") and path.is_file():
            data = read_bytes(path)
            if data is not None:  # it may have gone just now
                files[path.relative_to(root).as_posix()] = data
    return files

"""Reads lists of entries one by one, and remembers their ids until references are checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from mapapp.data.named import with_unknown_words
from mapapp.data.parse import parse
from mapapp.errors import Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapapp.data.files import Files

SOURCES, ACTORS, PLACES, EVENTS, FACTS = "sources", "actors", "places", "events", "facts"
PROFILE = "profile"  # its words, too, can be lost
_ONE_NAMESPACE = (PLACES, EVENTS, FACTS)  # their ids are selected by the same parameter of an address

T = TypeVar("T")


class Entries:
    """What has been read of a data folder so far, by kind of entry.

    Parameters
    ----------
    files
        The data folder.

    Attributes
    ----------
    file_of
        The file of each entry, by id.
    ids
        All ids found, by kind. Ids of invalid entries count too: a reference to one is not itself wrong.
    complete
        Kinds of which every entry was read.
    unread
        Kinds of which a whole file could not be read, so that missing ids say nothing.
    """

    def __init__(self, files: Files) -> None:
        self.files = files
        self.file_of: dict[str, str] = {}
        self.complete = {SOURCES, ACTORS, PLACES, EVENTS, FACTS, PROFILE}
        self.ids: dict[str, set[str]] = {kind: set() for kind in self.complete}
        self.unread: set[str] = set()

    def read_list(
        self,
        file: str,
        value: Any,
        entry: type[T],
        kind: str,
        words: Mapping[str, Iterable[str]] | None = None,
    ) -> list[T]:
        """Return the valid entries of a list, and report the issues of the others.

        Parameters
        ----------
        file
            The file's name, for issues.
        value
            What the file holds; ``None`` if it could not be read, which has been reported then.
        entry
            The dataclass of `schema` each item is parsed as.
        kind
            The kind of entry: ``sources``, ``actors``, ``events`` or ``facts``.
        words
            The vocabularies of some keys, for entries that are not valid: the caller checks the valid ones.
        """
        if not isinstance(value, list):
            if value is not None:
                fix = "begin each item with a hyphen"
                self.files.report(Issue("not a list", short_repr(value), fix, file=file))
            self.lose(kind, unread=True)
            return []
        if file in self.files.cut:
            self.lose(kind, unread=True)
        read = []
        for number, item in enumerate(value):
            name = self.register(file, item, kind) or f"[{number}]"
            made = parse(entry, item)
            if isinstance(made, list):
                self.reject(file, name, with_unknown_words(made, item, words or {}), kind)
            else:
                read.append(made)
        return read

    def reject(self, file: str, name: str, issues: Iterable[Issue], kind: str) -> None:
        """Report the issues of one entry."""
        self.lose(kind)
        for issue in issues:
            self.files.report(issue.at(name, file))

    def lose(self, kind: str, *, unread: bool = False) -> None:
        """Note that an entry of a kind is missing; ``unread``: an unknown number of them."""
        self.complete.discard(kind)
        if unread:
            self.unread.add(kind)

    def register(self, file: str, item: object, kind: str) -> str:
        """Remember an entry's id and return it; empty if it has none."""
        name = item.get("id") if isinstance(item, dict) else None
        if not isinstance(name, str) or not name:
            return ""
        namespace = _ONE_NAMESPACE if kind in _ONE_NAMESPACE else (kind,)
        if any(name in self.ids[other] for other in namespace):
            got = f"also in {self.file_of.get(name, file)}"
            self.files.report(
                Issue("the id is used twice", got, "give one of them another id", where=name, file=file)
            )
        self.ids[kind].add(name)
        self.file_of[name] = file
        return name

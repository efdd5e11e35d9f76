"""The entries of a data folder while operations are applied to them; nothing here touches the files."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from mapapp.authoring.documents import edited_geojson, edited_yaml, feature_id, new_geojson, read_text
from mapapp.data.files import read_json
from mapapp.data.load import ACTORS, BACKGROUND, EVENTS, GEO, SOURCES
from mapapp.errors import DataError, Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapapp.authoring.operations import Kind

FILES: dict[Kind, str] = {"source": SOURCES, "actor": ACTORS, "background": BACKGROUND}


class Contents:
    """The texts of a data folder, and the entries in them.

    Parameters
    ----------
    files
        The bytes of all files, by name relative to the folder, with ``/`` between folders.

    Attributes
    ----------
    changed
        The new content of each file that has been changed; ``None`` for one that is removed.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self.changed: dict[str, bytes | None] = {}
        self._values: dict[str, Any] = {}

    def names(self, folder: str, suffix: str) -> list[str]:
        """Return the files of a folder with a suffix, sorted."""
        return sorted(
            name
            for name in {*self._files, *self.changed}
            if name.rpartition("/")[0] == folder and name.endswith(suffix) and self.has(name)
        )

    def has(self, name: str) -> bool:
        """Return whether there is such a file."""
        return self._bytes(name) is not None

    def value(self, name: str) -> Any:
        """Return what a file holds; it must not be changed in place.

        Raises
        ------
        DataError
            If it cannot be read.
        """
        if name not in self._values:
            read = read_json if name.endswith(".geojson") else read_text
            try:
                self._values[name] = read(self._text(name).removeprefix("\ufeff"))
            except DataError as error:
                raise DataError(issue.at("", name) for issue in error.faults) from None
        return self._values[name]

    def put_yaml(self, name: str, value: Any, renamed: Mapping[str, str] | None = None) -> None:
        """Give a YAML file another value."""
        text = self._text(name) if self.has(name) else ""
        self._put(name, edited_yaml(text, value, renamed))

    def file_with(self, kind: Kind, name: str) -> str | None:
        """Return the file that holds an entry; ``None`` if none does."""
        return next((file for file in self._files_of(kind) if name in self._ids(kind, file)), None)

    def entries(self, kind: Kind, file: str) -> list[Any]:
        """Return the entries of a file; a file that does not exist has none."""
        value = self.value(file) if self.has(file) else None
        if kind == "article":
            head = value.get("article") if isinstance(value, dict) else None
            return [{"id": article_of(value), **head}] if isinstance(head, dict) else []
        if kind in ("event", "place") and isinstance(value, dict):
            value = value.get("events" if kind == "event" else "features")
        if value is None:
            return []
        if not isinstance(value, list):
            fix = "see data/README.md for the structure of the file"
            raise DataError([Issue("not a list of entries", short_repr(value), fix, file=file)])
        return value

    def put_entries(
        self, kind: Kind, file: str, entries: list[Any], renamed: Mapping[str, str] | None = None
    ) -> None:
        """Give a file other entries. A layer without any has no file."""
        if kind == "article":
            (head,) = entries
            rest = {key: part for key, part in head.items() if key != "id"}
            self.put_yaml(file, {**self.value(file), "article": rest}, renamed)
        elif kind == "event":
            self.put_yaml(file, {**self.value(file), "events": entries}, renamed)
        elif kind != "place":
            self.put_yaml(file, entries, renamed)
        elif not entries:
            self._put(file, None)
        elif self.entries(kind, file):
            self._put(file, edited_geojson(self._text(file), entries, renamed))
        else:
            self._put(file, new_geojson(PurePosixPath(file).stem, entries))

    def _files_of(self, kind: Kind) -> list[str]:
        if kind in ("event", "article"):
            return self.names(EVENTS, ".yaml")
        if kind == "place":
            return self.names(GEO, ".geojson")
        return [FILES[kind]]

    def _ids(self, kind: Kind, file: str) -> set[str]:
        return {id_of(kind, item) for item in self.entries(kind, file)}

    def _bytes(self, name: str) -> bytes | None:
        return self.changed[name] if name in self.changed else self._files.get(name)

    def _text(self, name: str) -> str:
        data = self._bytes(name)
        if data is None:
            raise DataError([Issue("the file is missing", fix="add the file", file=name)])
        try:
            return data.decode()
        except UnicodeDecodeError:
            raise DataError([Issue("the file is not UTF-8", fix="save it as UTF-8", file=name)]) from None

    def _put(self, name: str, text: str | None) -> None:
        self._values.pop(name, None)
        self.changed[name] = None if text is None else text.encode()
        if self.changed[name] == self._files.get(name):
            del self.changed[name]


def id_of(kind: Kind, item: Any) -> str:
    """Return the id of an entry as its file holds it; empty if it has none."""
    if kind == "place":
        return feature_id(item)
    name = item.get("id") if isinstance(item, dict) else None
    return name if isinstance(name, str) else ""


def article_of(value: Any) -> str:
    """Return the id of the article that a file of statements is of; empty if it names none."""
    head = value.get("article") if isinstance(value, dict) else None
    file = head.get("file") if isinstance(head, dict) else None
    return PurePosixPath(file).stem if isinstance(file, str) else ""

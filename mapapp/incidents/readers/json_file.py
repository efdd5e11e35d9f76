"""Reads JSON that is a list of objects, or has one, as the answers of publishers' servers do."""

from __future__ import annotations

import json
from json import JSONDecodeError
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mapapp.errors import plain, short_repr
from mapapp.incidents.mapping_file import IncidentFileError
from mapapp.incidents.readers.cell_texts import as_table, sample_of
from mapapp.incidents.readers.pages import page_note
from mapapp.incidents.readers.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

_CHUNK = 1 << 20
_LONGEST = 1 << 24  # characters of one object
_BATCH = 20_000
_DECODER = json.JSONDecoder()
_MOST_COLUMNS = 1000


def open_json(path: Path) -> Table:
    """Read the keys of all objects of a file: a list of them, one on each line, or a list under a key.

    Raises
    ------
    IncidentFileError
        If it is not JSON, or has no list of objects.
    """
    name = plain(path.name)
    header: dict[str, None] = {}
    before: dict[str, Any] = {}
    rows = 0
    try:
        for record in _records(path, before):
            rows += 1
            header.update(dict.fromkeys(record))
            if len(header) > _MOST_COLUMNS:
                raise IncidentFileError(f"{name}: the objects have more than {_MOST_COLUMNS} different keys")
    except _NoListError as error:
        raise IncidentFileError(
            f"{name}: this is JSON but has no list of objects{error.has}; export a table"
        ) from None
    except (ValueError, RecursionError) as error:
        raise IncidentFileError(
            f"{name}: this looks like JSON but is damaged ({plain(str(error), 150)}); export it again"
        ) from None
    if not header:
        raise IncidentFileError(f"{name}: this is JSON but its list has no objects; export it again")
    table = Table(path, "json", tuple(header), header_line=0, notes=page_note(before, rows))
    return sample_of(table, json_batches(table))


def json_batches(table: Table) -> Iterator[pa.Table]:
    """Yield the objects as tables of text."""
    rows: list[dict[str, Any]] = []
    for record in _records(table.path):
        rows.append(record)
        if len(rows) == _BATCH:
            yield _as_table(rows, table.header)
            rows = []
    if rows:
        yield _as_table(rows, table.header)


def _as_table(rows: list[dict[str, Any]], header: tuple[str, ...]) -> pa.Table:
    return as_table([pa.array([_text(row.get(key)) for row in rows], pa.string()) for key in header])


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value.encode("utf-8", "replace").decode() if value else None  # lone surrogates are no text
    return json.dumps(value, ensure_ascii=False)


class _NoListError(ValueError):
    """The file has no list of objects; ``has`` says what it has."""

    def __init__(self, has: str = "") -> None:
        self.has = has
        super().__init__(has)


class _Text:
    """Text of a file of which only a stretch is in memory."""

    def __init__(self, file: TextIO) -> None:
        self._file, self._text, self._at = file, "", 0

    def peek(self) -> str:
        """Return the next character that is not a space; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in " \t\r\n\ufeff":
                self._at += 1
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def skip(self) -> None:
        """Skip one character."""
        self._at += 1

    def value(self) -> Any:  # noqa: ANN401 - JSON
        """Return the value that begins here."""
        self.peek()
        while True:
            try:
                found, end = _DECODER.raw_decode(self._text, self._at)
            except JSONDecodeError:
                if len(self._text) - self._at > _LONGEST or not self._more():
                    raise
            else:  # a number may go on in the next stretch
                if end < len(self._text) or not self._more():
                    self._at = end
                    return found

    def _more(self) -> bool:
        # twice as much each time, so that a long value is not read again and again
        data = self._file.read(max(_CHUNK, len(self._text) - self._at))
        self._text, self._at = self._text[self._at :] + data, 0
        return bool(data)


def _records(path: Path, before: dict[str, Any] | None = None) -> Iterator[dict[str, Any]]:
    """Yield the objects; ``before`` gets the keys and values that precede the list under a key."""
    read: dict[str, Any] = {}
    with path.open(encoding="utf-8-sig") as file:
        text = _Text(file)
        if text.peek() == "[":
            text.skip()
        elif not _finds_list(text, read):
            yield read  # one object on each line
            while text.peek():
                yield _object(text.value())
            return
        if before is not None:
            before.update(read)
        yield from map(_object, _values(text))


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _NoListError(f" (got {short_repr(value)})")
    return value


def _finds_list(text: _Text, read: dict[str, Any]) -> bool:
    """Read an object up to the first list of objects; return ``False`` if it has none and others follow."""
    text.skip()
    while text.peek() not in {"}", ""}:
        key = text.value()
        if not isinstance(key, str):
            raise ValueError("a key is not a text")  # noqa: TRY004 - the file's, not the program's
        if text.peek() != ":":
            raise ValueError("a colon is missing")
        text.skip()
        if text.peek() == "[":
            text.skip()
            if text.peek() == "{":
                return True  # with the text inside of the list
            read[key] = [*_values(text)]
        else:
            read[key] = text.value()
        if text.peek() == ",":
            text.skip()
    text.skip()
    if not text.peek():
        keys = ", ".join(short_repr(str(key)) for key in list(read)[:5])
        if empty := [key for key, value in read.items() if value == []]:
            raise _NoListError(f", as {short_repr(str(empty[0]))} is empty")
        raise _NoListError(f", only {keys}" if keys else "")
    return False


def _values(text: _Text) -> Iterator[Any]:
    """Yield the values of a list up to its end."""
    while (char := text.peek()) != "]":
        if char == ",":
            text.skip()
        else:
            yield text.value()
    text.skip()

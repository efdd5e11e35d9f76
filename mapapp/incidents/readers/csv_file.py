"""Reads CSV files in any encoding, with any common delimiter, and finds their broken lines."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from mapapp.errors import plain, short_repr
from mapapp.incidents.column_mapping import recognised
from mapapp.incidents.mapping_file import IncidentFileError
from mapapp.incidents.readers.header import find_header, known_names, skipped_note
from mapapp.incidents.readers.table import Table

if TYPE_CHECKING:
    from pathlib import Path

    from mapapp.incidents.mapping_file import MappingSettings

HEAD = 1 << 20  # bytes examined to recognise a file
_CHUNK = 1 << 22
_NEAR = 1 << 14  # bytes; most lines are shorter
_SAMPLE = 1000  # lines
_EXAMPLES = 20  # rows kept to show examples
_FEW = 0.1  # share of them with a delimiter; cells may contain line breaks, so not all need one
_MOST_COLUMNS = 1000
MOST_BROKEN = 100_000  # lines that are not valid rows; a file with more is not a table
LONGEST = 2_000_000  # bytes of a line; the database cannot read longer ones
BROKEN_LINES = "store_rejects = true"


def open_csv(path: Path, head: bytes, settings: MappingSettings) -> Table:
    """Recognise encoding, delimiter and header of a CSV file.

    Parameters
    ----------
    path
        The file.
    head
        Its first `HEAD` bytes.
    settings
        The mapping file.

    Raises
    ------
    IncidentFileError
        If it is not a CSV file.
    """
    name = plain(path.name)
    encoding, note = _encoding(name, head, settings)
    cut = head if len(head) < HEAD else head[: max(head.rfind(b"\n"), head.rfind(b"\r"))]
    if len(head) == HEAD and cut == head[:-1] and b"\n" not in head:
        raise IncidentFileError(f"{name}: there is no line break in its first megabyte, so it is not a table")
    text = cut.decode(encoding, errors="replace").removeprefix("\ufeff")
    found = _header(text, settings)
    header, delimiter = found.names, found.delimiter
    lines = text.splitlines()[found.line : found.line + _SAMPLE]
    if len(header) > 1 and len(lines) > 1 and sum(delimiter in line for line in lines) < len(lines) * _FEW:
        raise IncidentFileError(f"{name}: its first lines do not have {len(header)} columns; check the file")
    if len(header) == 1 and settings.delimiter is None and recognised(header) == 0:
        raise IncidentFileError(
            f"{name}: the file has only one column, {short_repr(header[0])}; columns are delimited by comma, "
            "semicolon, pipe or tab: check the file, or set the delimiter in a mapping file (--mapping)"
        )
    if len(header) > _MOST_COLUMNS:
        raise IncidentFileError(
            f"{name}: the file has {len(header)} columns; at most {_MOST_COLUMNS} are supported"
        )
    return Table(
        path,
        "csv",
        tuple(header),
        encoding,
        delimiter,
        (*([note] if note else []), *skipped_note(found.rows_above - found.empty)),
        header_line=found.line,
        rows_above=found.rows_above,
        sample=found.sample,
    )


class _Header(NamedTuple):
    """The header of a CSV file.

    Attributes
    ----------
    names
        The names of the columns.
    delimiter
        What is between them.
    line
        The number of the line they are in, from 1.
    rows_above
        How many rows are above; a row may have several lines.
    empty
        How many lines above are empty.
    sample
        The rows below.
    """

    names: list[str]
    delimiter: str
    line: int
    rows_above: int
    empty: int
    sample: tuple[tuple[str, ...], ...]


def _encoding(name: str, head: bytes, settings: MappingSettings) -> tuple[str, str]:
    """Return a CSV file's encoding, from the mapping file or its byte-order mark, else UTF-8; and a note."""
    if settings.encoding:
        return settings.encoding, f"read as {settings.encoding}, as the mapping file says"
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise IncidentFileError(f"{name}: the file is UTF-32; save it as UTF-8")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", "read as UTF-16"
    if b"\0" in head:
        raise IncidentFileError(f"{name}: the file is not text; use CSV (UTF-8), Parquet or GeoPackage")
    return "utf-8", ""


def _header(text: str, settings: MappingSettings) -> _Header:
    """Return the header for the delimiter that gives the most known names, then the most names."""
    own = list(settings.columns.values())
    told = re.match(r'"?sep=([,;\t|])"?\s*[\r\n]', text)
    chosen = settings.delimiter or (told[1] if told else "")
    found = [
        _with_delimiter(text, delimiter, own)
        for delimiter in ((chosen,) if chosen else (",", ";", "\t", "|"))
    ]
    return max(found, key=lambda header: (known_names(header.names, own), len(header.names)))


def _with_delimiter(text: str, delimiter: str, own: list[str]) -> _Header:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    ends: list[int] = []  # the number of the last line of each row
    try:
        for row in islice(reader, _SAMPLE):
            rows.append([cell.strip() for cell in row])
            ends.append(reader.line_num)
    except csv.Error:  # a cell of 128 KiB and more
        pass
    if not rows:
        return _Header([""], delimiter, 1, 0, 0, ())
    at = find_header(rows, own)
    line = 1 + (ends[at - 1] if at else 0)
    empty = sum(not any(row) for row in rows[:at])
    below = tuple(tuple(row) for row in rows[at + 1 : at + _EXAMPLES] if any(row))
    return _Header(rows[at] or [""], delimiter, line, at, empty, below)


def has_utf8(path: Path) -> bool:
    """Return whether at least half of the lines beyond ASCII are UTF-8; if not, the encoding is another.

    A few lines of another encoding can be valid by chance, or were copied from a file that was read wrongly.
    """
    with path.open("rb") as file:
        lines = Counter(_is_utf8(line) for line in file if not line.isascii())
    return lines[True] >= max(lines[False], 1)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def recoded(table: Table, temporary: Path) -> Path:
    """Write a copy of a CSV file as UTF-8 to a temporary folder, and return its path.

    Raises
    ------
    IncidentFileError
        If the file is not in the encoding it is said to have.
    """
    target = temporary / "recoded.csv"
    try:
        with (
            table.path.open("r", encoding=table.encoding, errors="strict", newline="") as source,
            target.open("w", encoding="utf-8", newline="") as copy,
        ):
            while text := source.read(_CHUNK):
                copy.write(text)
    except (UnicodeError, LookupError) as error:
        raise IncidentFileError(
            f"{table.name}: the file is not valid {table.encoding} ({plain(str(error), 150)}); "
            "save it as UTF-8"
        ) from None
    return target


def with_plain_ends(path: Path, temporary: Path) -> Path:
    """Write a copy of a file with uniform line ends to a temporary folder, and return its path.

    Raises
    ------
    IncidentFileError
        If it is not text.
    """
    target = temporary / "mended.csv"
    with path.open("rb") as source, target.open("wb") as copy:
        while data := source.read(_CHUNK):
            if b"\0" in data:
                raise IncidentFileError(f"{plain(path.name)}: the file is not text; export it again")
            if data.endswith(b"\r"):  # it may be the first half of a CRLF
                data += source.read(1)
            copy.write(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    return target


def long_lines(path: Path) -> list[tuple[int, int]]:
    """Return the lines of more than `LONGEST` bytes: their number, from 1, and their byte offset."""
    piece = LONGEST // 2  # a longer line covers at least one such piece completely
    found, line, start, at = [], 1, 0, 0
    with path.open("rb") as file:
        mark = b"\n" if b"\n" in file.read(HEAD) else b"\r"
        starts = range(0, path.stat().st_size - piece + 1, piece)
        # most pieces have a line break near their beginning, so that the rest need not be read
        if all(_has(file, mark, at, _NEAR) or _has(file, mark, at, piece) for at in starts):
            return []
        file.seek(0)
        while data := file.read(_CHUNK):
            *ended, rest = data.split(mark)
            for part in ended:
                at += len(part) + 1
                if at - start > LONGEST:
                    found.append((line, start))
                line, start = line + 1, at
            at += len(rest)
    return [*found, (line, start)] if at - start > LONGEST else found


def _has(file: BinaryIO, mark: bytes, start: int, size: int) -> bool:
    file.seek(start)
    return mark in file.read(size)


def csv_source(table: Table) -> str:
    """Return the SQL expression that reads a CSV file; its path is the parameter ``$file``.

    Lines that are not valid rows go to the table ``reject_errors``.
    """
    columns = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(table.header)))
    delimiter = {",": ",", ";": ";", "\t": "\t", "|": "|"}[table.delimiter]
    return (
        f"read_csv($file, columns = {{{columns}}}, auto_detect = false, header = true, delim = "
        f"'{delimiter}', "
        """quote = '"', escape = '"', null_padding = false, """
        f"skip = {table.rows_above}, "
        f"{BROKEN_LINES}, rejects_limit = {MOST_BROKEN})"
    )

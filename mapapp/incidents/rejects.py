"""Writes the file of rejected rows: each with its reason, its line if known, and its original cells."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

from mapapp.core.sanitize import neutral
from mapapp.incidents.engine import second_connection
from mapapp.incidents.readers.csv_file import BROKEN_LINES, LONGEST, long_lines
from mapapp.incidents.validate import SKIPPED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import duckdb
    from numpy.typing import NDArray

    from mapapp.incidents.readers.table import Table

    Found = tuple[int, str, str, int]  # line number, DuckDB's error type, text and byte offset
    Bad = tuple[int, str, list[str | None]]  # number of the row, what is wrong with it, its cells

_BATCH = 10_000
_CHUNK = 1 << 22
_FEW = 3  # broken lines of a kind that are counted one by one
_CUT = 9_990  # characters; of longer broken lines the database keeps about this many
_LONG = "the line is too long"
_OTHER_TABLES = "rejects_table = 'again_errors', rejects_scan = 'again_scans'"
_OPEN = "unclosed quotation mark"
_STRUCTURE = {
    "MISSING COLUMNS": "the line has too few columns",
    "TOO MANY COLUMNS": "the line has too many columns",
    "UNQUOTED VALUE": "unclosed quotation mark, or text after a closing one",
    "LINE SIZE OVER MAXIMUM": _LONG,
    "INVALID ENCODING": "the line is not UTF-8",
    "INVALID STATE": "unclosed quotation mark, or text after a closing one",
}

_COLUMNS = {_STRUCTURE["MISSING COLUMNS"], _STRUCTURE["TOO MANY COLUMNS"]}


class _Broken(NamedTuple):
    """A line that is not a valid row.

    Attributes
    ----------
    line
        Its number, from 1.
    reason
        What is wrong, in general.
    detail
        What is wrong, with line numbers.
    text
        The line.
    """

    line: int
    reason: str
    detail: str
    text: str


class Source(NamedTuple):
    """Where the rows come from: the file, the SQL expression that reads it as text, and its parameters."""

    table: Table
    sql: str
    parameters: dict[str, Any]

    @property
    def again(self) -> str:
        """The SQL expression that reads the same rows once more; broken lines go to other tables.

        With ``ignore_errors`` the database would skip other lines. It finds a line invalid only if it reads
        the cell with the error, so all columns must be read for the same rows.
        """
        return self.sql.replace(BROKEN_LINES, f"{BROKEN_LINES}, {_OTHER_TABLES}")


def write(
    file: Path, connection: duckdb.DuckDBPyConnection, source: Source, late: dict[str, NDArray[np.int64]]
) -> Counter[str]:
    """Write the reject file, and count the rows in it by reason.

    Cells are neutralised so that no spreadsheet executes them.

    Parameters
    ----------
    file
        The file to write, CSV.
    connection
        The database with the table ``raw``, whose rows with a reason in ``bad`` are rejected.
    source
        Where the rows came from.
    late
        Rows rejected because of other rows, such as duplicates, by reason.
    """
    broken = _broken(connection, source) if source.table.form == "csv" else []
    reasons: Counter[str] = Counter()
    with file.open("w", encoding="utf-8", newline="") as out:
        sheet = csv.writer(out)
        sheet.writerow(["line", "row", "reason", *map(neutral, source.table.header)])
        alike = Counter(one.reason for one in broken)
        for one in broken:
            reasons[one.detail if alike[one.reason] <= _FEW else one.reason] += 1
            sheet.writerow([one.line, "", one.detail, _cell(one.text)])
        line_of: Callable[[int], int | str] | None = None
        for row, why, cells in chain(_bad(connection), _late(connection, source, late)):
            line_of = line_of or _lines(connection, source, [one.line for one in broken])
            reasons[why] += 1
            sheet.writerow([line_of(row), row + 1, why, *map(_cell, cells)])
    return reasons


def _cell(text: str | None) -> str:
    if text is None or text.isalnum():  # most cells are, and `neutral` is slow
        return text or ""
    return neutral(text)


def _broken(connection: duckdb.DuckDBPyConnection, source: Source) -> list[_Broken]:
    """Return the lines that are not valid rows, in order; invalid bytes are written as escapes."""
    found: list[Found] = connection.execute(
        "SELECT line, CAST(first(error_type ORDER BY byte_position) AS VARCHAR), first(csv_line), "
        "first(line_byte_position) FROM reject_errors GROUP BY line ORDER BY line"
    ).fetchall()
    path = Path(source.parameters["file"])
    found = _numbered(path, found)
    cut = [line for line, kind, text, _ in found if len(text) >= _CUT and "\n" in text]
    unread = _unread(connection, source, found) if len(cut) == 1 else 0
    lines = []
    with path.open("rb") as file:
        for line, kind, text, start in found:
            if kind == "INVALID ENCODING":  # the database replaces them with question marks
                file.seek(start)
                text = file.readline(_CHUNK).decode("utf-8", errors="backslashreplace").strip("\r\n")  # noqa: PLW2901
            why = _STRUCTURE.get(kind, f"the line is not a valid row ({kind.lower()})")
            more = unread if line in cut else text.count("\n")
            lines.append(_Broken(line, *_swallowed(line, why, more, cut=line in cut), text))
    known = {one.line for one in lines}
    # the database does not report some lines that are longer than its buffer
    for line, start in long_lines(path):
        if line not in known and not any(at == start for *_, at in found):
            lines.append(_Broken(line, _LONG, _too_long(line), ""))
    return sorted(lines)


def _numbered(path: Path, found: list[Found]) -> list[Found]:
    """Return the lines numbered as in an editor; the database ignores line breaks inside cells."""
    passed, at, numbered = 1, 0, []
    with path.open("rb") as file:
        for line, kind, text, start in found:
            while at < start and (data := file.read(min(_CHUNK, start - at))):
                passed += data.count(b"\n")
                at += len(data)
            # next to a line longer than its buffer the database gives an offset that is too small
            numbered.append((max(line, passed), kind, text.strip("\r\n"), start))
    return numbered


def _swallowed(line: int, why: str, more: int, *, cut: bool) -> tuple[str, str]:
    """Return what is wrong with a line, in general and with the number of further lines it includes."""
    if more <= 0 and not cut:
        return why, _too_long(line) if why == _LONG else why
    if why in _COLUMNS:  # cells may contain line breaks, so a missing quotation mark is only likely
        end = f" to {line + more:,}" if more > 0 else " and following"
        mark = "check for an unclosed quotation mark"
        return f"{why}, and spans several lines; {mark}", f"{why}: it spans lines {line:,}{end}; {mark}"
    taken = "1 line" if more == 1 else f"{more:,} lines" if more > 0 else "many lines"
    were = "was" if more == 1 else "were"
    return (
        f"{_OPEN}; lines after it were not read",
        f"{_OPEN} on line {line:,}; {taken} after it {were} not read",
    )


def _too_long(line: int) -> str:
    return f"line {line:,} is too long, over {LONGEST:,} bytes"


def _unread(connection: duckdb.DuckDBPyConnection, source: Source, found: list[Found]) -> int:
    """Return how many lines are in no valid row and in no broken line known in full.

    These are the lines after an unclosed quotation mark of which the database keeps only the beginning.
    """
    cells = ", ".join(f"c{at}" for at in range(len(source.table.header)))
    both = f"concat({cells})"
    rows, inside = connection.execute(
        f"SELECT count(*), coalesce(sum(length({both}) - length(replace({both}, chr(10), ''))), 0) "  # noqa: S608
        f"FROM {source.again}",
        source.parameters,
    ).fetchall()[0]
    whole = sum(1 + text.count("\n") for _, _, text, _ in found if len(text) < _CUT)
    cut = sum(len(text) >= _CUT for _, _, text, _ in found)
    lines = _line_count(Path(source.parameters["file"])) - source.table.header_line
    return lines - int(rows) - int(inside) - whole - cut


def _line_count(path: Path) -> int:
    ends, last = 0, b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            ends += chunk.count(b"\n")
            last = chunk[-1:]
    return ends + (last != b"\n")


def _bad(connection: duckdb.DuckDBPyConnection) -> Iterator[Bad]:
    cursor = second_connection(connection)
    cursor.execute(
        "SELECT rowid, bad, cells FROM raw WHERE NOT list_contains($skipped, bad) ORDER BY rowid",
        {"skipped": [*SKIPPED]},
    )
    while rows := cursor.fetchmany(_BATCH):
        yield from rows


def _late(
    connection: duckdb.DuckDBPyConnection, source: Source, late: dict[str, NDArray[np.int64]]
) -> Iterator[Bad]:
    """Read again, unchanged, the rows that were rejected because of other rows."""
    if not late:
        return
    why = np.repeat(np.arange(len(late)), [rows.size for rows in late.values()])
    cursor = second_connection(connection)
    cursor.register("wanted", pa.table({"row": np.concatenate(list(late.values())), "why": why}))
    cells = ", ".join(f"c{at}" for at in range(len(source.table.header)))
    cursor.execute(
        f"""
        SELECT row, why, cells
        FROM (SELECT row_number() OVER () - 1 AS row, [{cells}] AS cells FROM {source.again})
             JOIN wanted USING (row)
        ORDER BY row
        """,  # noqa: S608 - columns by number
        source.parameters,
    )
    names = list(late)
    while rows := cursor.fetchmany(_BATCH):
        for row, at, found in rows:
            yield row, names[at], found


def _lines(
    connection: duckdb.DuckDBPyConnection, source: Source, broken: list[int]
) -> Callable[[int], int | str]:
    """Return a function from row number to line number; it returns ``None`` if cells contain line breaks."""

    def unknown(_row: int) -> str:
        return ""

    start = source.table.header_line
    if source.table.form != "csv":
        return (lambda row: row + start + 1) if start else unknown
    path = Path(source.parameters["file"])
    whole = connection.execute("SELECT count(*) FROM raw").fetchall()[0][0]
    lines, apart = _line_count(path), broken
    if lines != whole + len(apart) + start:
        apart = sorted({*broken, *_blank_lines(path, start)})
    if lines != whole + len(apart) + start:
        return unknown
    # how many rows come before each line that is not a row
    before = np.array(apart, np.int64) - start - 1 - np.arange(len(apart))
    return lambda row: row + start + 1 + int(np.searchsorted(before, row, side="right"))


def _blank_lines(path: Path, start: int) -> list[int]:
    """Return the numbers of the empty lines after the header's; the database skips them."""
    with path.open("rb") as file:
        return [number for number, line in enumerate(file, 1) if number > start and line in {b"\n", b"\r\n"}]

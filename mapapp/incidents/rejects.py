"""The file of rows that could not be taken: each with its reason, its line where known, and as it stood."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

from mapapp.core.sanitize import neutral
from mapapp.incidents.engine import beside
from mapapp.incidents.readers import BROKEN_LINES, LONGEST, MOST_BROKEN, long_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import duckdb
    from numpy.typing import NDArray

    from mapapp.incidents.readers import Table

    Found = tuple[int, str, str, int]  # line, what the database calls it, its text and where it begins
    Bad = tuple[int, str, list[str | None]]  # number of the row, what is wrong with it, its cells

_BATCH = 10_000
_CHUNK = 1 << 22
_FEW = 3  # broken lines of a sort that are told one by one
_CUT = 9_990  # letters of a broken line; of a longer one the database keeps no more than some such number
_LONG = "the line is too long"
_OPEN = "a quotation mark is not closed"
_STRUCTURE = {
    "MISSING COLUMNS": "the line has too few columns",
    "TOO MANY COLUMNS": "the line has too many columns",
    "UNQUOTED VALUE": "a quotation mark is not closed, or text follows it",
    "LINE SIZE OVER MAXIMUM": _LONG,
    "INVALID ENCODING": "the line is not UTF-8",
    "INVALID STATE": "a quotation mark is not closed, or text follows it",
}

_COLUMNS = {_STRUCTURE["MISSING COLUMNS"], _STRUCTURE["TOO MANY COLUMNS"]}


class _Broken(NamedTuple):
    """A line that is no row: what is wrong with it, in general and with numbers."""

    line: int
    why: str
    told: str
    text: str


class Source(NamedTuple):
    """Where the rows come from: the file, the SQL that reads it as text, and that SQL's parameters."""

    table: Table
    sql: str
    given: dict[str, Any]


def write(
    file: Path, connection: duckdb.DuckDBPyConnection, source: Source, late: dict[str, NDArray[np.int64]]
) -> Counter[str]:
    """Write the bad rows of the table ``raw``, those of ``late`` and the broken lines; count them by reason.

    Cells are written so that no spreadsheet runs them.
    """
    broken = _broken(connection, source) if source.table.form == "csv" else []
    reasons: Counter[str] = Counter()
    with file.open("w", encoding="utf-8", newline="") as out:
        sheet = csv.writer(out)
        sheet.writerow(["line", "row", "reason", *map(neutral, source.table.header)])
        alike = Counter(one.why for one in broken)
        for one in broken:
            reasons[one.told if alike[one.why] <= _FEW else one.why] += 1
            sheet.writerow([one.line, "", one.told, _cell(one.text)])
        line_of: Callable[[int], int | str] | None = None
        for row, why, cells in chain(_bad(connection), _late(connection, source, late)):
            line_of = line_of or _lines(connection, source, [one.line for one in broken])
            reasons[why] += 1
            sheet.writerow([line_of(row), row + 1, why, *map(_cell, cells)])
    return reasons


def _cell(text: str | None) -> str:
    if text is None or text.isalnum():  # most are, and making neutral is slow
        return text or ""
    return neutral(text)


def _broken(connection: duckdb.DuckDBPyConnection, source: Source) -> list[_Broken]:
    """Return the lines that are no rows, in their order; odd bytes of their text are spelled out."""
    found: list[Found] = connection.execute(
        "SELECT line, CAST(first(error_type ORDER BY byte_position) AS VARCHAR), first(csv_line), "
        "first(line_byte_position) FROM reject_errors GROUP BY line ORDER BY line"
    ).fetchall()
    path = Path(source.given["file"])
    found = _numbered(path, found)
    cut = [line for line, kind, text, _ in found if len(text) >= _CUT and "\n" in text]
    unread = _unread(connection, source, found) if len(cut) == 1 else 0
    lines = []
    with path.open("rb") as file:
        for line, kind, text, start in found:
            if kind == "INVALID ENCODING":  # the database has put question marks there
                file.seek(start)
                text = file.readline(_CHUNK).decode("utf-8", errors="backslashreplace").strip("\r\n")  # noqa: PLW2901
            why = _STRUCTURE.get(kind, f"the line is no row ({kind.lower()})")
            more = unread if line in cut else text.count("\n")
            lines.append(_Broken(line, *_swallowed(line, why, more, cut=line in cut), text))
    known = {one.line for one in lines}
    # of some lines that are longer than its buffer the database says nothing at all
    for line, start in long_lines(path):
        if line not in known and not any(at == start for *_, at in found):
            lines.append(_Broken(line, _LONG, _told_long(line), ""))
    return sorted(lines)


def _numbered(path: Path, found: list[Found]) -> list[Found]:
    """Count lines as an editor does; the database takes a row of several lines for one."""
    passed, at, numbered = 1, 0, []
    with path.open("rb") as file:
        for line, kind, text, start in found:
            while at < start and (data := file.read(min(_CHUNK, start - at))):
                passed += data.count(b"\n")
                at += len(data)
            # beside a line longer than its buffer the database names a place too early
            numbered.append((max(line, passed), kind, text.strip("\r\n"), start))
    return numbered


def _swallowed(line: int, why: str, more: int, *, cut: bool) -> tuple[str, str]:
    """Return what is wrong with a line, in general and with how many lines it took with it."""
    if more <= 0 and not cut:
        return why, _told_long(line) if why == _LONG else why
    if why in _COLUMNS:  # cells may go over several lines; that this one should not is only likely
        end = f" to {line + more:,}" if more > 0 else " and following"
        mark = "see whether a quotation mark is not closed"
        return f"{why}, and goes over several; {mark}", f"{why}: it goes over lines {line:,}{end}; {mark}"
    taken = "1 line" if more == 1 else f"{more:,} lines" if more > 0 else "many lines"
    were = "was" if more == 1 else "were"
    return (
        f"{_OPEN}; lines after it were not read",
        f"{_OPEN} that opens on line {line:,}; {taken} after it {were} not read",
    )


def _told_long(line: int) -> str:
    return f"line {line:,} is too long, over {LONGEST:,} bytes"


def _unread(connection: duckdb.DuckDBPyConnection, source: Source, found: list[Found]) -> int:
    """Return how many lines are in no row and in no broken line whose text is known whole.

    That is what one quotation mark took with it of which the database keeps only the beginning.
    """
    cells = ", ".join(f"c{at}" for at in range(len(source.table.header)))
    both = f"concat({cells})"
    rows, inside = connection.execute(
        f"SELECT count(*), coalesce(sum(length({both}) - length(replace({both}, chr(10), ''))), 0) "  # noqa: S608
        f"FROM {_again(source)}",
        source.given,
    ).fetchall()[0]
    whole = sum(1 + text.count("\n") for _, _, text, _ in found if len(text) < _CUT)
    cut = sum(len(text) >= _CUT for _, _, text, _ in found)
    return _line_count(Path(source.given["file"])) - 1 - int(rows) - int(inside) - whole - cut


def _again(source: Source) -> str:
    """Return what reads the good rows of a CSV file once more, passing over the broken ones."""
    return source.sql.replace(f"{BROKEN_LINES}, rejects_limit = {MOST_BROKEN}", "ignore_errors = true")


def _line_count(path: Path) -> int:
    ends, last = 0, b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            ends += chunk.count(b"\n")
            last = chunk[-1:]
    return ends + (last != b"\n")


def _bad(connection: duckdb.DuckDBPyConnection) -> Iterator[Bad]:
    cursor = beside(connection)
    cursor.execute("SELECT rowid, bad, cells FROM raw WHERE bad IS NOT NULL ORDER BY rowid")
    while rows := cursor.fetchmany(_BATCH):
        yield from rows


def _late(
    connection: duckdb.DuckDBPyConnection, source: Source, late: dict[str, NDArray[np.int64]]
) -> Iterator[Bad]:
    """Read again, as they stood, the rows that turned out bad only beside others."""
    if not late:
        return
    why = np.repeat(np.arange(len(late)), [rows.size for rows in late.values()])
    cursor = beside(connection)
    cursor.register("wanted", pa.table({"row": np.concatenate(list(late.values())), "why": why}))
    cells = ", ".join(f"c{at}" for at in range(len(source.table.header)))
    cursor.execute(
        f"""
        SELECT row, why, cells
        FROM (SELECT row_number() OVER () - 1 AS row, [{cells}] AS cells FROM {_again(source)})
             JOIN wanted USING (row)
        ORDER BY row
        """,  # noqa: S608 - columns by number
        source.given,
    )
    names = list(late)
    while rows := cursor.fetchmany(_BATCH):
        for row, at, found in rows:
            yield row, names[at], found


def _lines(
    connection: duckdb.DuckDBPyConnection, source: Source, broken: list[int]
) -> Callable[[int], int | str]:
    """Return what tells a row's line; where a cell goes over several lines none can be told."""

    def untold(_row: int) -> str:
        return ""

    if source.table.form != "csv":
        return untold
    whole = connection.execute("SELECT count(*) FROM raw").fetchall()[0][0]
    if _line_count(Path(source.given["file"])) != whole + len(broken) + 1:
        return untold
    # how many rows come before each broken line
    before = np.array(broken, np.int64) - 2 - np.arange(len(broken))
    return lambda row: row + 2 + int(np.searchsorted(before, row, side="right"))

"""The file of rows that could not be taken: each with its reason, its line where known, and as it stood."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

from mapapp.core.cells import neutral
from mapapp.incidents.engine import beside
from mapapp.incidents.read import BROKEN_LINES, MOST_BROKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import duckdb
    from numpy.typing import NDArray

    from mapapp.incidents.read import Table

    Bad = tuple[int, str, list[str | None]]  # number of the row, what is wrong with it, its cells

_BATCH = 10_000
_CHUNK = 1 << 22
_STRUCTURE = {
    "MISSING COLUMNS": "the line has too few columns",
    "TOO MANY COLUMNS": "the line has too many columns",
    "UNQUOTED VALUE": "a quotation mark is not closed, or text follows it",
    "LINE SIZE OVER MAXIMUM": "the line is too long",
    "INVALID ENCODING": "the line is not UTF-8",
    "INVALID STATE": "a quotation mark is not closed, or text follows it",
}


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
        for line, why, text in broken:
            reasons[why] += 1
            sheet.writerow([line, "", why, _cell(text)])
        line_of: Callable[[int], int | str] | None = None
        for row, why, cells in chain(_bad(connection), _late(connection, source, late)):
            line_of = line_of or _lines(connection, source, [line for line, *_ in broken])
            reasons[why] += 1
            sheet.writerow([line_of(row), row + 1, why, *map(_cell, cells)])
    return reasons


def _cell(text: str | None) -> str:
    if text is None or text.isalnum():  # most are, and making neutral is slow
        return text or ""
    return neutral(text)


def _broken(connection: duckdb.DuckDBPyConnection, source: Source) -> list[tuple[int, str, str]]:
    """Return the lines that are no rows: number, what is wrong, and the text, odd bytes spelled out."""
    found = connection.execute(
        "SELECT line, CAST(first(error_type ORDER BY byte_position) AS VARCHAR), first(csv_line), "
        "first(line_byte_position) FROM reject_errors GROUP BY line ORDER BY line"
    ).fetchall()
    lines = []
    with Path(source.given["file"]).open("rb") as file:
        for line, kind, text, start in found:
            if kind == "INVALID ENCODING":  # the database has put question marks there
                file.seek(start)
                text = file.readline(_CHUNK).decode("utf-8", errors="backslashreplace")  # noqa: PLW2901
            lines.append(
                (line, _STRUCTURE.get(kind, f"the line is no row ({kind.lower()})"), text.strip("\r\n"))
            )
    return lines


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
    again = source.sql.replace(f"{BROKEN_LINES}, rejects_limit = {MOST_BROKEN}", "ignore_errors = true")
    cursor.execute(
        f"""
        SELECT row, why, cells
        FROM (SELECT row_number() OVER () - 1 AS row, [{cells}] AS cells FROM {again}) JOIN wanted USING (row)
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
    ends, last = 0, b""
    with Path(source.given["file"]).open("rb") as file:
        while chunk := file.read(_CHUNK):
            ends += chunk.count(b"\n")
            last = chunk[-1:]
    whole = connection.execute("SELECT count(*) FROM raw").fetchall()[0][0]
    if ends + (last != b"\n") != whole + len(broken) + 1:
        return untold
    # how many rows come before each broken line
    before = np.array(broken, np.int64) - 2 - np.arange(len(broken))
    return lambda row: row + 2 + int(np.searchsorted(before, row, side="right"))

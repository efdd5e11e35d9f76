"""Opens DuckDB: in memory, without extensions from the network, with a memory limit.

Text from files never becomes part of a query: values are passed as parameters, columns of files are addressed
by number.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from mapapp.errors import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_INTERRUPTED = "Query interrupted"  # DuckDB's message of a RuntimeError after Ctrl-C


def connect(memory: str | None = None, spill: str | None = None) -> duckdb.DuckDBPyConnection:
    """Open a database in memory.

    Parameters
    ----------
    memory
        Memory limit, such as ``400MB``; what exceeds it is written to ``spill``. ``None`` for DuckDB's
        default.
    spill
        Folder for data that does not fit in memory; with ``None`` nothing is ever written to disk.
    """
    settings = dict(_SETTINGS)
    settings["temp_directory"] = spill or ""
    if memory:
        settings["memory_limit"] = memory
    connection = duckdb.connect(":memory:", config=settings)
    if spill:  # the rows are long, repetitive texts: compressed, they mostly fit in memory
        connection.execute("ATTACH ':memory:' AS packed (COMPRESS); USE packed")
    connection.execute("SET enable_geoparquet_conversion = false")  # geometries stay WKB
    return connection


def second_connection(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Return a second connection to the tables of a database that was opened with ``spill``."""
    cursor = connection.cursor()
    cursor.execute("USE packed")
    return cursor


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise `KeyboardInterrupt` for the errors that DuckDB raises after Ctrl-C."""
    try:
        yield
    except duckdb.InterruptException:
        raise KeyboardInterrupt from None
    except RuntimeError as error:
        if str(error) != _INTERRUPTED:
            raise
        raise KeyboardInterrupt from None


def reason(error: duckdb.Error) -> str:
    """Return the first line of DuckDB's message, short and safe to print."""
    return plain(str(error).splitlines()[0], 150)

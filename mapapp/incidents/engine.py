"""The one way to DuckDB: in memory, without extensions from the network, with a bound on memory.

Text from files never enters SQL: values go in as parameters, columns of files are named by number.
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
_INTERRUPTED = "Query interrupted"  # what the database's own code says of Ctrl-C, as a RuntimeError


def connect(memory: str | None = None, spill: str | None = None) -> duckdb.DuckDBPyConnection:
    """Open a database in memory.

    Parameters
    ----------
    memory
        The most it may hold, such as ``400MB``; what goes beyond is written to ``spill``.
    spill
        A folder for what does not fit; without it, nothing is ever written.
    """
    settings = dict(_SETTINGS)
    settings["temp_directory"] = spill or ""
    if memory:
        settings["memory_limit"] = memory
    connection = duckdb.connect(":memory:", config=settings)
    if spill:  # what is to be held is long texts, much alike: packed they mostly fit
        connection.execute("ATTACH ':memory:' AS packed (COMPRESS); USE packed")
    connection.execute("SET enable_geoparquet_conversion = false")  # a geometry stays its bytes
    return connection


def beside(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Return a second connection to a database that was opened with ``spill``, at the same tables."""
    cursor = connection.cursor()
    cursor.execute("USE packed")
    return cursor


@contextmanager
def stoppable() -> Iterator[None]:
    """Let an interrupt be one wherever it falls: the database turns some into errors of its own."""
    try:
        yield
    except duckdb.InterruptException:
        raise KeyboardInterrupt from None
    except RuntimeError as error:
        if str(error) != _INTERRUPTED:
            raise
        raise KeyboardInterrupt from None


def reason(error: duckdb.Error) -> str:
    """Return the first line of what the database says, short and safe to print."""
    return plain(str(error).splitlines()[0], 150)

"""Questions to the store: how many incidents, week by week, and one of them in full.

An incident counts in a window when any day of it does: ``first <= window's last`` and ``last >= window's
first``. *Sure* are those dated to the day, placed better than an area, and wholly in the window.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from threading import Lock
from typing import TYPE_CHECKING

import duckdb

from mapapp.core.edtf import Window
from mapapp.errors import MapappError, plain
from mapapp.incidents.engine import connect, reason
from mapapp.incidents.store import StoreError

if TYPE_CHECKING:
    from typing import Any

    from mapapp.incidents.store import Store

_WEEK = 7


class UnknownIncidentError(MapappError):
    """A question about an incident or record that is not stored."""


class Queries:
    """A store, open for questions; one may be shared by threads.

    Parameters
    ----------
    store
        What is asked. A store that changes later is to be opened anew: `Store.stamp` tells.

    Notes
    -----
    Every question raises `StoreError` where the files cannot be read.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._connection = connect()
        self._loading = Lock()
        self._loaded = False

    def _load(self) -> None:
        """Bring what counts need into memory, with the first count; one incident is read from its file."""
        with self._loading:
            if not self._loaded:
                self._fill()
                self._loaded = True

    def _fill(self) -> None:
        self._connection.execute(
            "CREATE OR REPLACE TABLE incidents "
            "(record USMALLINT, first DATE, last DATE, kind VARCHAR, sure BOOLEAN, within VARCHAR[])"
        )
        for index, record in enumerate(self.store.records):
            try:
                self._connection.execute(
                    """
                    INSERT INTO incidents
                    SELECT $index, first, last, kind, dated = 'day' AND located <> 'area', within
                    FROM read_parquet($files, hive_partitioning = false)
                    """,
                    {"index": index, "files": self.store.files(record)},
                )
            except duckdb.Error as error:
                raise _unreadable(record.key, error) from None

    def count(
        self,
        place: str | None,
        first: date,
        last: date,
        kinds: frozenset[str] | None = None,
        sure: bool = False,  # noqa: FBT001, FBT002 - the contract
    ) -> int:
        """Count incidents.

        Parameters
        ----------
        place
            Id of an area that holds them; everywhere where ``None``.
        first, last
            The window's days, both included.
        kinds
            The kinds that count; all where ``None``.
        sure
            Only what is surely in the window.
        """
        return sum(number for _, number in self.by_kind(place, first, last, kinds, sure))

    def by_kind(
        self,
        place: str | None,
        first: date,
        last: date,
        kinds: frozenset[str] | None = None,
        sure: bool = False,  # noqa: FBT001, FBT002 - the contract
    ) -> list[tuple[str, int]]:
        """Count incidents of each kind that occurs, as `count` does; most first."""
        query, given = _asked("kind, count(*)", place, Window(first, last), kinds, sure=sure)
        return self._rows(f"{query} GROUP BY kind ORDER BY 2 DESC, 1", given)

    def weekly(
        self,
        place: str | None,
        first: date,
        last: date,
        kinds: frozenset[str] | None = None,
        sure: bool = False,  # noqa: FBT001, FBT002 - the contract
    ) -> list[tuple[date, int]]:
        """Count incidents week by week, each in the week of its first day.

        Returns
        -------
        list of (date, int)
            Every week from ``first`` on, by its first day, with its count, zeros included. Seven days each;
            the last may end after ``last``, but counts only to it. What began before ``first`` is in no week.
        """
        query, given = _asked("first, count(*)", place, Window(first, last), kinds, sure=sure)
        counts: Counter[int] = Counter()
        for day, number in self._rows(f"{query} AND first >= $first GROUP BY first", given):
            counts[(day - first).days // _WEEK] += number
        weeks = (last - first).days // _WEEK + 1
        return [(first + timedelta(days=_WEEK * week), counts[week]) for week in range(weeks)]

    def incident(self, record_key: str, n: int) -> dict[str, object]:
        """Return one incident in full.

        Returns
        -------
        dict
            ``record``, ``n``, ``id``, ``first``, ``last``, ``kind``, ``dated``, ``located``, ``within`` (a
            list of ids), ``lon``, ``lat``, and as text or ``None`` the record's own ``type``, ``admin1``,
            ``place``, ``actor1``, ``actor2``, ``fatalities``, ``notes``, ``source``.

        Raises
        ------
        UnknownIncidentError
            If there is no such record, or no such row in it.
        """
        import shapely  # noqa: PLC0415 - for one point

        record = next((record for record in self.store.records if record.key == record_key), None)
        cursor = self._connection.cursor()
        if record is None or not 0 <= n < record.rows:
            raise UnknownIncidentError(f"there is no incident {n} of the record {plain(record_key)!r}")
        try:
            cursor.execute(
                "SELECT * FROM read_parquet($files, hive_partitioning = false) WHERE n = $n",
                {"files": self.store.files(record), "n": n},
            )
            names = [column[0] for column in cursor.description or ()]
            row = cursor.fetchone()
        except duckdb.Error as error:
            raise _unreadable(record.key, error) from None
        if row is None:
            raise UnknownIncidentError(f"there is no incident {n} of the record {plain(record_key)!r}")
        found = dict(zip(names, row, strict=True))
        point = shapely.from_wkb(found.pop("geometry"))
        return {"record": record.key, **found, "lon": point.x, "lat": point.y}

    def _rows(self, query: str, given: dict[str, Any]) -> list[Any]:
        self._load()
        return self._connection.cursor().execute(query, given).fetchall()


def _asked(
    what: str, place: str | None, window: Window, kinds: frozenset[str] | None, *, sure: bool
) -> tuple[str, dict[str, Any]]:
    """Return the question in SQL with its parameters: nothing asked enters the text."""
    given: dict[str, Any] = {"first": window.first, "last": window.last}
    parts = ["first <= $last AND last >= $first"]
    if sure:
        parts = ["sure AND first >= $first AND last <= $last"]
    if place is not None:
        parts.append("list_contains(within, $place)")
        given["place"] = place
    if kinds is not None:
        parts.append("list_contains($kinds::VARCHAR[], kind)")
        given["kinds"] = sorted(kinds)
    return f"SELECT {what} FROM incidents WHERE {' AND '.join(parts)}", given  # noqa: S608 - see above


def _unreadable(key: str, error: duckdb.Error) -> StoreError:
    return StoreError(
        f"the rows of the record {plain(key)} cannot be read ({reason(error)}); "
        "if another command has just changed the store, open it again, else import the file again"
    )

"""Queries the store: number of incidents, by week, and single incidents.

An incident is in a window if any of its days is: ``first <= window's last`` and ``last >= window's first``.
It is *certainly* in it if it is dated to the day, located more precisely than an area, and entirely in
the window.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import duckdb

from mapapp.core.edtf import Window
from mapapp.errors import MapappError, plain
from mapapp.incidents.engine import connect
from mapapp.incidents.store import unreadable_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from mapapp.incidents.known_since import PublisherLag
    from mapapp.incidents.store import Dataset, Store

_WEEK = 7
_MOST = 2**31 - 1  # highest number of a row


class Asked(NamedTuple):
    """What is counted: parameters as of `Queries.count`."""

    place: str | None
    first: date
    last: date
    kinds: frozenset[str] | None = None
    certain: bool = False


class UnknownIncidentError(MapappError):
    """A query for an incident or dataset that is not stored."""


class Queries:
    """A store opened for queries; can be shared between threads.

    Parameters
    ----------
    store
        The store. If it changes (see `Store.stamp`), make a new object.

    Notes
    -----
    Every method raises `StoreError` if the files cannot be read.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._connection = connect()
        self._loading = Lock()
        self._loaded = False

    @cached_property
    def lags(self) -> list[PublisherLag]:
        """The reporting lag of each publisher of whom enough is known."""
        from mapapp.incidents.known_since import reporting_lags  # noqa: PLC0415 - only needed here

        return reporting_lags(self.store)

    def _load(self) -> None:
        """Load the columns needed for counting, before the first count."""
        with self._loading:
            if not self._loaded:
                self._fill()
                self._loaded = True

    def _fill(self) -> None:
        self._connection.execute(
            "CREATE OR REPLACE TABLE incidents "
            "(dataset USMALLINT, first DATE, last DATE, kind VARCHAR, certain BOOLEAN, within VARCHAR[])"
        )
        for index, dataset in enumerate(self.store.datasets):
            if not dataset.rows:  # all were replaced
                continue
            try:
                self._connection.execute(
                    """
                    INSERT INTO incidents
                    SELECT $index, first, last, kind, dated = 'day' AND located <> 'area', within
                    FROM read_parquet($files, hive_partitioning = false)
                    """,
                    {"index": index, "files": self.store.files(dataset)},
                )
            except duckdb.Error as error:
                raise unreadable_rows(dataset.key, error) from None

    def count(
        self,
        place: str | None,
        first: date,
        last: date,
        kinds: frozenset[str] | None = None,
        certain: bool = False,  # noqa: FBT001, FBT002 - part of the interface
    ) -> int:
        """Count incidents.

        Parameters
        ----------
        place
            Id of an area that contains them; ``None`` for everywhere.
        first, last
            Days of the window, both included.
        kinds
            Kinds to count; ``None`` for all.
        certain
            Whether to count only incidents that are certainly in the window.
        """
        return sum(number for _, number in self.by_kind(place, first, last, kinds, certain))

    def by_kind(
        self,
        place: str | None,
        first: date,
        last: date,
        kinds: frozenset[str] | None = None,
        certain: bool = False,  # noqa: FBT001, FBT002 - part of the interface
    ) -> list[tuple[str, int]]:
        """Count incidents by kind, most frequent first; parameters as for `count`."""
        query, parameters = _statement("kind, count(*)", place, Window(first, last), kinds, certain=certain)
        return self._rows(f"{query} GROUP BY kind ORDER BY 2 DESC, 1", parameters)

    def weekly(
        self,
        place: str | None,
        first: date,
        last: date,
        kinds: frozenset[str] | None = None,
        certain: bool = False,  # noqa: FBT001, FBT002 - part of the interface
    ) -> list[tuple[date, int]]:
        """Count incidents by week, each in the week of its first day; parameters as for `count`.

        Returns
        -------
        list of (date, int)
            The first day and the count of every week from ``first`` on, zeros included. Weeks have seven
            days; the last one may end after ``last``, but counts only up to it. Incidents that began before
            ``first`` are in no week.
        """
        query, parameters = _statement("first, count(*)", place, Window(first, last), kinds, certain=certain)
        counts: Counter[int] = Counter()
        for day, number in self._rows(f"{query} AND first >= $first GROUP BY first", parameters):
            counts[(day - first).days // _WEEK] += number
        weeks = (last - first).days // _WEEK + 1
        return [(first + timedelta(days=_WEEK * week), counts[week]) for week in range(weeks)]

    def by_day(self, asked: Asked, datasets: Sequence[Dataset] | None = None) -> list[tuple[date, int]]:
        """Count incidents by their first day, which may be before the window.

        Parameters
        ----------
        asked
            The window, and what is counted in it.
        datasets
            Datasets of the store to count in; ``None`` for all.
        """
        query, parameters = _statement(
            "first, count(*)",
            asked.place,
            Window(asked.first, asked.last),
            asked.kinds,
            certain=asked.certain,
        )
        if datasets is not None:
            query += " AND list_contains($datasets::USMALLINT[], dataset)"
            parameters["datasets"] = [self.store.datasets.index(dataset) for dataset in datasets]
        return self._rows(f"{query} GROUP BY first ORDER BY first", parameters)

    def incident(self, dataset_key: str, n: int) -> dict[str, object]:
        """Return one incident.

        Parameters
        ----------
        dataset_key
            Key of its dataset.
        n
            Its number in the dataset, from 0. Numbers of replaced rows are not used again.

        Returns
        -------
        dict
            ``dataset``, ``n``, ``id``, ``first``, ``last``, ``kind``, ``dated``, ``located``, ``within`` (a
            list of ids), ``lon`` and ``lat`` (degrees, WGS 84), and as text or ``None`` the file's own
            ``type``, ``admin1``, ``place``, ``actor1``, ``actor2``, ``fatalities``, ``notes`` and ``source``;
            ``published``, when the publisher last changed it, UTC without a zone, or ``None``.

        Raises
        ------
        UnknownIncidentError
            If there is no such dataset, or no such row in it.
        """
        import shapely  # noqa: PLC0415 - only needed here

        dataset = next((dataset for dataset in self.store.datasets if dataset.key == dataset_key), None)
        cursor = self._connection.cursor()
        if dataset is None or not dataset.rows or not 0 <= n <= _MOST:
            raise UnknownIncidentError(f"there is no incident {n} in the dataset {plain(dataset_key)!r}")
        try:
            cursor.execute(
                "SELECT * FROM read_parquet($files, hive_partitioning = false) WHERE n = $n",
                {"files": self.store.files(dataset), "n": n},
            )
            names = [column[0] for column in cursor.description or ()]
            row = cursor.fetchone()
        except duckdb.Error as error:
            raise unreadable_rows(dataset.key, error) from None
        if row is None:
            raise UnknownIncidentError(f"there is no incident {n} in the dataset {plain(dataset_key)!r}")
        found = dict(zip(names, row, strict=True))
        point = shapely.from_wkb(found.pop("geometry"))
        return {"dataset": dataset.key, "published": None, **found, "lon": point.x, "lat": point.y}

    def _rows(self, query: str, parameters: dict[str, Any]) -> list[Any]:
        self._load()
        return self._connection.cursor().execute(query, parameters).fetchall()


def _statement(
    what: str, place: str | None, window: Window, kinds: frozenset[str] | None, *, certain: bool
) -> tuple[str, dict[str, Any]]:
    """Return the SQL statement with its parameters; values never become part of its text."""
    parameters: dict[str, Any] = {"first": window.first, "last": window.last}
    parts = ["first <= $last AND last >= $first"]
    if certain:
        parts = ["certain AND first >= $first AND last <= $last"]
    if place is not None:
        parts.append("list_contains(within, $place)")
        parameters["place"] = place
    if kinds is not None:
        parts.append("list_contains($kinds::VARCHAR[], kind)")
        parameters["kinds"] = sorted(kinds)
    return f"SELECT {what} FROM incidents WHERE {' AND '.join(parts)}", parameters  # noqa: S608 - no text from users

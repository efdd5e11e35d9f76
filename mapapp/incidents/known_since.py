"""When the incidents of a store became known, by publisher: what the reporting lag is estimated from.

An incident is known since the earliest of the publisher's times of its versions, or else since the day of
the first export that contains it. Without such times, nothing says since when those in the first export were
known.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import duckdb
import numpy as np

from mapapp.incidents.engine import connect
from mapapp.incidents.reporting_lag import Basis, Delays, ReportingLag, estimate
from mapapp.incidents.store import Dataset, unreadable_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapapp.incidents.store import Store

_EPOCH = date(1970, 1, 1)
_WEEK = 8  # days; exports are not always made on the same day of the week
_NONE = "SELECT NULL::VARCHAR AS id, NULL::DATE AS known, NULL::DATE AS exported WHERE false"


class PublisherLag(NamedTuple):
    """The reporting lag of a publisher, and the datasets from it."""

    datasets: tuple[Dataset, ...]
    lag: ReportingLag


def publishers(store: Store) -> list[tuple[Dataset, ...]]:
    """Return the datasets by publisher: those of ACLED, those of UCDP, and each other table by itself."""
    found: dict[str, list[Dataset]] = {}
    for dataset in store.datasets:
        own = dataset.key if dataset.format == "csv" else ""
        found.setdefault(f"{dataset.format}/{own}", []).append(dataset)
    return [tuple(datasets) for datasets in found.values()]


def reporting_lags(store: Store) -> list[PublisherLag]:
    """Estimate the reporting lag of each publisher of whom enough is known.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    lags = [(datasets, _lag(store, datasets)) for datasets in publishers(store)]
    return [PublisherLag(datasets, lag) for datasets, lag in lags if lag is not None]


def is_weekly(exports: Sequence[date]) -> bool:
    """Return whether exports, in order, are at most about a week apart.

    If they are further apart, they do not show when in between an incident became known.
    """
    return all((later - earlier).days <= _WEEK for earlier, later in pairwise(exports))


def _lag(store: Store, datasets: Sequence[Dataset]) -> ReportingLag | None:
    days = sorted({dataset.exported for dataset in datasets if dataset.exported})
    held = [dataset for dataset in datasets if dataset.rows]  # of the others, all rows were replaced
    if not days or not held:
        return None
    seen = (days[-1] - _EPOCH).days
    with connect() as connection:
        found = [_delays(connection, store, dataset, datasets, days) for dataset in held]
    basis: Basis = "exports" if len(days) > 1 else "changes"
    return estimate(Delays(*map(np.concatenate, zip(*found, strict=True))), seen, basis)


def _delays(
    connection: duckdb.DuckDBPyConnection,
    store: Store,
    dataset: Dataset,
    all_of: Sequence[Dataset],
    exports: Sequence[date],
) -> Delays:
    """Count the incidents of a dataset that are dated to the day, by week and delay."""
    rows = "read_parquet($files, hive_partitioning = false, union_by_name = true)"
    earlier, parameters = _earlier(store, all_of)
    try:
        found = connection.execute(
            f"""
            WITH earlier AS (
                SELECT id, min(known) AS known, min(exported) AS exported FROM ({earlier}) GROUP BY id
            ),
            dated AS (
                SELECT first, least(published::DATE, earlier.known) AS changed,
                       least($exported::DATE, earlier.exported) AS in_export
                FROM {rows} AS now LEFT JOIN earlier USING (id)
                WHERE dated = 'day' AND first <= $seen
            ),
            placed AS (
                SELECT ($seen - first) // 7 AS week, ($seen - first) % 7 AS day,
                       ($seen - least(coalesce(changed, in_export), $seen)) // 7 AS since,
                       changed IS NULL AND in_export = $oldest AS before
                FROM dated
                WHERE coalesce(changed, in_export) IS NOT NULL AND (changed IS NOT NULL OR $weekly)
            )
            SELECT week, day, greatest(week - since, 0) AS delay, before, count(*) AS number
            FROM placed
            GROUP BY ALL
            ORDER BY ALL
            """,  # noqa: S608 - no text from files
            {
                "files": store.files(dataset),
                "exported": dataset.exported,
                "oldest": exports[0],
                "seen": exports[-1],
                "weekly": is_weekly(exports),
                **parameters,
            },
        ).fetchnumpy()
    except duckdb.Error as error:
        raise unreadable_rows(dataset.key, error) from None
    return Delays(
        np.asarray(found["week"], np.int64),
        np.asarray(found["day"], np.int64),
        np.asarray(found["delay"], np.int64),
        np.asarray(found["before"], bool),
        np.asarray(found["number"], np.int64),
    )


def _earlier(store: Store, datasets: Sequence[Dataset]) -> tuple[str, dict[str, object]]:
    """Return the SQL query for the versions that have been replaced, with its parameters."""
    parts = [_NONE]
    parameters: dict[str, object] = {}
    for at, dataset in enumerate(datasets):
        file = store.history_file(dataset)
        if file is None:
            continue
        parts.append(
            f"SELECT id, coalesce(published::DATE, $exported{at}::DATE), $exported{at}::DATE "  # noqa: S608
            f"FROM read_parquet($history{at})"
        )
        parameters |= {f"history{at}": str(file), f"exported{at}": dataset.exported}
    return " UNION ALL ".join(parts), parameters

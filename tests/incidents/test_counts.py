"""Counts equal those that pandas makes independently from the export."""

from __future__ import annotations

import gzip
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from exports import imported, text
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapapp.core.model import Atlas
from mapapp.incidents.browser_columns import write_columns
from mapapp.incidents.importer import import_file
from mapapp.incidents.query import Queries, UnknownIncidentError
from mapapp.incidents.store import Store, open_store
from mapapp.incidents.synthetic import write_synthetic
from mapapp.incidents.synthetic_values import Like

KIND_OF = {1: "clashes", 2: "clashes", 3: "civilians"}
WINDOWS = [
    (date(2020, 1, 22), date(2020, 2, 18)),
    (date(2019, 12, 25), date(2020, 1, 21)),
    (date(2017, 1, 1), date(2020, 12, 31)),
    (date(2020, 2, 19), date(2020, 2, 19)),
]


@pytest.fixture(scope="module", params=["acled", "ucdp"])
def stored(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, root: Path
) -> tuple[Store, pd.DataFrame, Atlas]:
    """Return a store of one synthetic export, and the export as pandas reads it."""
    from mapapp.data.load import load  # noqa: PLC0415

    folder, like = tmp_path_factory.mktemp("counts"), request.param
    atlas = load(root)
    write_synthetic(folder / "export.csv", atlas, 4000, like, seed=7)
    import_file(folder / "export.csv", atlas, folder / "store")
    store = open_store(folder / "store")
    assert store is not None
    return store, table(folder / "export.csv", like), atlas


def table(file: Path, like: Like) -> pd.DataFrame:
    """Read an export with pandas alone, by the codebook."""
    raw = pd.read_csv(file)
    if like == "ucdp":
        first, last = pd.to_datetime(raw["date_start"]), pd.to_datetime(raw["date_end"])
        kind = raw["type_of_violence"].map(KIND_OF)
        day, area = raw["date_prec"] == 1, raw["where_prec"] >= 4
    else:
        first = last = pd.to_datetime(raw["event_date"])
        kind = raw["event_type"].map(
            {
                "Battles": "clashes",
                "Explosions/Remote violence": "explosions",
                "Violence against civilians": "civilians",
                "Protests": "protests",
                "Riots": "riots",
                "Strategic developments": "other",
            }
        )
        kind = kind.mask(raw["sub_event_type"] == "Air/drone strike", "air-strikes")
        kind = kind.mask(raw["sub_event_type"] == "Shelling/artillery/missile attack", "shelling")
        day, area = raw["time_precision"] == 1, raw["geo_precision"] == 3
    return pd.DataFrame(
        {
            "first": first.dt.date,
            "last": last.dt.date,
            "kind": kind,
            "certain": day & ~area,
            "lon": raw["longitude"],
            "lat": raw["latitude"],
        }
    )


def in_window(rows: pd.DataFrame, first: date, last: date, *, certain: bool) -> pd.DataFrame:
    """Return the rows that count, by the words of the contract."""
    if certain:
        return rows[rows["certain"] & (rows["first"] >= first) & (rows["last"] <= last)]
    return rows[(rows["first"] <= last) & (rows["last"] >= first)]


@pytest.mark.parametrize("place", [None, "governorate-idlib", "zone-idlib", "syria"])
@pytest.mark.parametrize("kinds", [None, frozenset({"clashes"}), frozenset({"civilians", "air-strikes"})])
def test_counts_equal_those_of_pandas(
    place: str | None, kinds: frozenset[str] | None, stored: tuple[Store, pd.DataFrame, Atlas]
) -> None:
    store, everything, atlas = stored
    queries = Queries(store)
    if place:
        points = shapely.points(everything["lon"], everything["lat"])
        everything = everything[shapely.covers(atlas.place[place].geometry, points)]
    if kinds:
        everything = everything[everything["kind"].isin(kinds)]
    for first, last in WINDOWS:
        for certain in (False, True):
            rows = in_window(everything, first, last, certain=certain)
            assert queries.count(place, first, last, kinds, certain) == len(rows)
            weeks = queries.weekly(place, first, last, kinds, certain)
            begun = rows[rows["first"] >= first]["first"].to_numpy("datetime64[D]")
            for start, number in weeks:
                week = np.datetime64(start), np.datetime64(start + timedelta(days=7))
                assert number == int(((begun >= week[0]) & (begun < week[1])).sum())
            assert sum(number for _, number in weeks) == len(begun)
            assert weeks[0][0] == first


DAYS = st.dates(date(2019, 12, 1), date(2020, 3, 31))
ROWS = st.lists(
    st.tuples(
        DAYS,
        st.integers(0, 20),
        st.sampled_from("123"),
        st.sampled_from("1234567"),
        st.sampled_from("12345"),
        st.floats(35.6, 37.2),
        st.floats(36.0, 37.5),
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, window=st.tuples(DAYS, DAYS).map(sorted), certain=st.booleans())
def test_counts_and_columns_of_any_rows_equal_those_of_pandas(
    rows: list[tuple[date, int, str, str, str, float, float]],
    window: list[date],
    certain: bool,
    tmp_path_factory: pytest.TempPathFactory,
    atlas: Atlas,
) -> None:
    folder = tmp_path_factory.mktemp("any")
    sheet = [
        {
            "id": str(at),
            "date_start": str(day),
            "date_end": str(day + timedelta(days=span)),
            "type_of_violence": kind,
            "where_prec": where,
            "date_prec": when,
            "latitude": repr(lat),
            "longitude": repr(lon),
        }
        for at, (day, span, kind, where, when, lat, lon) in enumerate(rows)
    ]
    imported(folder, text(sheet).encode())
    store = open_store(folder / "store")
    assert store is not None
    found = table(folder / "export.csv", "ucdp")
    wanted = in_window(found, *window, certain=certain)
    assert Queries(store).count(None, window[0], window[1], None, certain) == len(wanted)
    idlib = atlas.place["governorate-idlib"].geometry
    inside = shapely.covers(idlib, shapely.points(wanted["lon"], wanted["lat"])).sum()
    assert Queries(store).count("governorate-idlib", window[0], window[1], None, certain) == inside
    columns_equal(store, found, folder)


def test_the_browsers_copy_equals_what_pandas_reads(
    stored: tuple[Store, pd.DataFrame, Atlas], tmp_path: Path
) -> None:
    store, rows, _ = stored
    columns_equal(store, rows, tmp_path)


def columns_equal(store: Store, rows: pd.DataFrame, folder: Path) -> None:
    """Take the browser's file apart, and hold it against the rows."""
    told = write_columns(store, folder)
    rows = rows.sort_values("first", kind="stable")
    data, size = gzip.decompress((folder / str(told["file"])).read_bytes()), len(rows)
    assert told["rows"] == size
    assert len(data) == 12 * size
    n = np.frombuffer(data, "<u4", size)
    x, y, day, group = np.frombuffer(data, "<u2", offset=4 * size).reshape(4, size)
    west, south, east, north = told["box"]  # type: ignore[misc] - four numbers
    assert list(n) == list(range(size))
    for axis, low, high, name in ((x, west, east, "lon"), (y, south, north, "lat")):
        assert np.abs(low + axis / 65535 * (high - low) - rows[name]).max() <= (high - low) / 65535
    start = np.array(list(rows["first"]), "datetime64[D]")
    assert (np.datetime64("1970-01-01") + told["first"] + day.astype(int) == start).all()
    groups = [told["groups"][at] for at in group]  # type: ignore[index] - a list
    assert [told["kinds"][made[0]] for made in groups] == list(rows["kind"])  # type: ignore[index] - a list
    spans = [(last - first).days for first, last in zip(rows["first"], rows["last"], strict=True)]
    assert [made[2] for made in groups] == spans
    assert [made[3] == 0 and made[4] != 2 for made in groups] == list(rows["certain"])
    within = Queries(store).incident(store.datasets[0].key, 0)["within"]
    assert sorted(told["places"][at] for at in groups[0][5]) == sorted(within)  # type: ignore[index, type-var]


def test_an_unknown_incident_raises_an_error(stored: tuple[Store, pd.DataFrame, Atlas]) -> None:
    for key, n in (("nothing", 0), ("export", 4000), ("export", -1)):
        with pytest.raises(UnknownIncidentError, match="there is no incident"):
            Queries(stored[0]).incident(key, n)

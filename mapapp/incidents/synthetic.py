"""Synthetic exports in the formats of real ones; every row says that it is synthetic.

These events never happened. Their distribution roughly resembles Syria from 2017 to 2020: most are near towns
of the north-west, fewer over time, more again in the months before February 2020.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from mapapp.data.atomic_write import writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

Like = Literal["acled", "ucdp", "csv"]
MARK = "SYNTHETIC-"  # prefix of every id
WARNING = "SYNTHETIC: test data, these events never happened."
MOST = 20_000_000  # rows of one file
_BATCH = 100_000
_FIRST, _LAST = np.datetime64("2017-01-01"), np.datetime64("2020-06-30")
# name, longitude, latitude, spread in degrees, share of the rows, increase in the last winter
_AREAS = (
    ("Idlib", 36.63, 35.75, 0.22, 0.26, 3.0),
    ("Aleppo", 37.1, 36.15, 0.3, 0.2, 2.0),
    ("Hama", 36.6, 35.4, 0.25, 0.13, 1.5),
    ("Rural Damascus", 36.4, 33.55, 0.2, 0.11, 0.0),
    ("Deir-ez-Zor", 40.4, 35.1, 0.45, 0.1, 0.0),
    ("Dar'a", 36.15, 32.75, 0.15, 0.07, 0.2),
    ("Homs", 37.2, 34.6, 0.5, 0.05, 0.1),
    ("Lattakia", 36.1, 35.65, 0.1, 0.04, 1.0),
    ("Al-Hasakeh", 40.7, 36.6, 0.4, 0.04, 0.3),
)
_DEADLY = 0.3  # share of the rows
_VILLAGES = 150  # of each area
_FORCES = (
    "Military Forces of A (synthetic)",
    "Opposition Group B (synthetic)",
    "Opposition Group C (synthetic)",
    "Military Forces of D (synthetic)",
    "Unidentified Armed Group (synthetic)",
)
# event_type, sub_event_type, disorder_type, share
_ACLED = (
    ("Battles", "Armed clash", "Political violence", 0.3),
    ("Battles", "Government regains territory", "Political violence", 0.02),
    ("Explosions/Remote violence", "Shelling/artillery/missile attack", "Political violence", 0.3),
    ("Explosions/Remote violence", "Air/drone strike", "Political violence", 0.2),
    ("Explosions/Remote violence", "Remote explosive/landmine/IED", "Political violence", 0.07),
    ("Violence against civilians", "Attack", "Political violence", 0.05),
    ("Protests", "Peaceful protest", "Demonstrations", 0.03),
    ("Riots", "Mob violence", "Political violence", 0.01),
    ("Strategic developments", "Agreement", "Strategic developments", 0.02),
)
_PLAIN = ("clashes", "shelling", "air strike", "explosion", "protest", "kidnapping")
_PLAIN_SHARES = (0.4, 0.3, 0.18, 0.08, 0.03, 0.01)


class _Drawn(NamedTuple):
    """The random values of every row, as numbers, newest first."""

    day: NDArray[np.datetime64]
    area: NDArray[np.int64]
    village: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    kind: NDArray[np.int64]
    dated: NDArray[np.int64]
    located: NDArray[np.int64]
    side: NDArray[np.int64]
    dead: NDArray[np.int64]


class _Numbered(NamedTuple):
    """What the ids of a batch are made from: the seed, and the number of rows before it."""

    seed: int
    start: int


def write_synthetic(out: Path, rows: int, like: Like, seed: int = 1) -> None:
    """Write a synthetic export: Parquet if the name ends in ``.parquet``, else CSV.

    Parameters
    ----------
    out
        The file; written atomically.
    rows
        Number of rows, from 1 to `MOST`.
    like
        The format: ``acled`` (31 columns, notes of 300 to 500 characters), ``ucdp`` (GED 23.1, 49 columns) or
        ``csv`` (a plain table with seven columns).
    seed
        From 0. The same seed gives the same bytes; each seed gives different rows and ids.
    """
    drawn = _draw(rows, like, np.random.default_rng(seed))
    shape = {"acled": _acled, "ucdp": _ucdp, "csv": _sheet}[like]
    batches = (shape(_cut(drawn, start), _Numbered(seed, start)) for start in range(0, rows, _BATCH))
    with writing(out) as temporary:
        _write(temporary, batches, parquet=out.suffix.lower() == ".parquet")


def _write(path: Path, batches: Iterator[pa.Table], *, parquet: bool) -> None:
    first = next(batches)
    if parquet:
        with pq.ParquetWriter(path, first.schema) as file:
            for batch in (first, *batches):
                file.write_table(batch)
    else:
        with pcsv.CSVWriter(path, first.schema) as sheet:
            sheet.write_table(first)
            for batch in batches:
                sheet.write_table(batch)


def _cut(drawn: _Drawn, start: int) -> _Drawn:
    return _Drawn._make(column[start : start + _BATCH] for column in drawn)


def _draw(rows: int, like: Like, rng: np.random.Generator) -> _Drawn:
    days = np.arange(_FIRST, _LAST + 1)
    ago = np.linspace(1.6, 0.6, days.size)
    winter = ((days >= np.datetime64("2019-12-15")) & (days <= np.datetime64("2020-03-05"))).astype(float)
    summer = ((days >= np.datetime64("2019-04-28")) & (days <= np.datetime64("2019-08-31"))).astype(float)
    shares = np.array([share for *_, share, _ in _AREAS])
    more = np.array([rise for *_, rise in _AREAS])
    weight = shares[:, None] * (ago + more[:, None] * (winter + 0.5 * summer))
    cell = rng.choice(weight.size, rows, p=(weight / weight.sum()).ravel())
    area, day = np.divmod(cell, days.size)
    order = np.argsort(-day, kind="stable")
    area, day = area[order], day[order]
    village = np.minimum(rng.geometric(0.02, rows) - 1, _VILLAGES - 1)
    lon, lat = _villages(rng)
    kinds = {"acled": [share for *_, share in _ACLED], "ucdp": [0.7, 0.1, 0.2], "csv": list(_PLAIN_SHARES)}[
        like
    ]
    return _Drawn(
        day=days[day],
        area=area,
        village=village,
        lon=lon[area, village],
        lat=lat[area, village],
        kind=rng.choice(len(kinds), rows, p=np.array(kinds) / sum(kinds)),
        dated=rng.choice(3, rows, p=[0.93, 0.05, 0.02]),
        located=rng.choice(3, rows, p=[0.8, 0.17, 0.03]),
        side=rng.integers(0, len(_FORCES), rows),
        dead=np.where(rng.random(rows) < _DEADLY, rng.geometric(0.3, rows), 0),
    )


def _villages(rng: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return longitudes and latitudes of the villages of each area, from the centre outwards."""
    lon, lat = np.empty((2, len(_AREAS), _VILLAGES))
    for index, (_, east, north, spread, *_rest) in enumerate(_AREAS):
        away = rng.normal(0, spread, (2, _VILLAGES))
        away = away[:, np.argsort(np.hypot(*away), kind="stable")]
        lon[index] = np.clip(east + away[0], 35.8, 42.2).round(4)
        lat[index] = np.clip(north + away[1], 32.4, 37.1).round(4)
    return lon, lat


def _taken(values: Iterable[object], index: NDArray[np.int64]) -> pa.Array:
    return pa.array(list(values)).take(pa.array(index))


def _joined(*parts: object) -> pa.Array:
    """Concatenate texts row by row; numbers become text."""
    texts = [part if isinstance(part, str) else pc.cast(part, pa.string()) for part in parts]
    return pc.binary_join_element_wise(*texts, "")


def _ids(drawn: _Drawn, numbered: _Numbered) -> pa.Array:
    """Return the ids; those of two seeds differ, so that both can be stored."""
    numbers = pc.cast(_numbers(drawn, numbered), pa.string())
    return _joined(MARK, f"{numbered.seed}-", pc.utf8_lpad(numbers, 8, "0"))


def _numbers(drawn: _Drawn, numbered: _Numbered) -> pa.Array:
    return pa.array(np.arange(drawn.day.size) + numbered.start + 1)


def _day_texts(days: NDArray[np.datetime64]) -> pa.Array:
    return pc.cast(pa.array(days.astype("datetime64[D]")), pa.string())


def _places(drawn: _Drawn) -> tuple[pa.Array, pa.Array]:
    area = _taken([name for name, *_ in _AREAS], drawn.area)
    number = pa.array(drawn.village + 1)
    return area, _joined("Village ", number, " of ", area)


def _same(text: str, drawn: _Drawn) -> pa.Array:
    return pa.repeat(pa.scalar(text), drawn.day.size)


def _acled(drawn: _Drawn, numbered: _Numbered) -> pa.Table:
    area, place = _places(drawn)
    kind, under, disorder = (_taken(column, drawn.kind) for column in list(zip(*_ACLED, strict=True))[:3])
    one = _taken(_FORCES, drawn.side)
    two = _taken(_FORCES, (drawn.side + 1) % len(_FORCES))
    day = _day_texts(drawn.day)
    longer = _taken(
        (
            "The exchange lasted several hours and moved between the village and the hills beside it. ",
            "Rockets and artillery shells fell on the outskirts and on the road that leads out of it. ",
            "Accounts of the fighting differ, and the number of the wounded is not known. ",
        ),
        drawn.village % 3,
    )
    notes = _joined(
        WARNING,
        " On ",
        day,
        ", ",
        one,
        " and ",
        two,
        " were in conflict at ",
        place,
        " (",
        under,
        "). ",
        longer,
        "Both sides are invented, as are the place, the day and everything else in this note, which is only "
        "as long as such notes usually are. ",
        "Fatalities: ",
        pa.array(drawn.dead),
        ".",
    )
    year = pa.array(drawn.day.astype("datetime64[Y]").astype(np.int64) + 1970)
    empty = _same("", drawn)
    return pa.table(
        {
            "event_id_cnty": _ids(drawn, numbered),
            "event_date": day,
            "year": year,
            "time_precision": pa.array(drawn.dated + 1),
            "disorder_type": disorder,
            "event_type": kind,
            "sub_event_type": under,
            "actor1": one,
            "assoc_actor_1": empty,
            "inter1": _same("State forces", drawn),
            "actor2": two,
            "assoc_actor_2": empty,
            "inter2": _same("Rebel group", drawn),
            "interaction": _same("State forces-Rebel group", drawn),
            "civilian_targeting": empty,
            "iso": _same("760", drawn),
            "region": _same("Middle East", drawn),
            "country": _same("Syria", drawn),
            "admin1": area,
            "admin2": area,
            "admin3": place,
            "location": place,
            "latitude": pa.array(drawn.lat),
            "longitude": pa.array(drawn.lon),
            "geo_precision": pa.array(drawn.located + 1),
            "source": _same("Synthetic (mapapp)", drawn),
            "source_scale": _same("Other", drawn),
            "notes": notes,
            "fatalities": pa.array(drawn.dead),
            "tags": empty,
            "timestamp": _same("1700000000", drawn),
        }
    )


def _ucdp(drawn: _Drawn, numbered: _Numbered) -> pa.Table:
    area, place = _places(drawn)
    one = _taken(_FORCES, drawn.side)
    two = _taken(_FORCES, (drawn.side + 1) % len(_FORCES))
    last = drawn.day + np.array([0, 6, 29]).astype("timedelta64[D]")[drawn.dated]
    midnight = " 00:00:00.000"
    number = _numbers(drawn, numbered)
    empty, zero = _same("", drawn), _same("0", drawn)
    dyad = _joined(one, " - ", two)
    lon, lat = pa.array(drawn.lon), pa.array(drawn.lat)
    return pa.table(
        {
            "id": _ids(drawn, numbered),
            "relid": _joined("SYN-", number),
            "year": pa.array(drawn.day.astype("datetime64[Y]").astype(np.int64) + 1970),
            "active_year": _same("1", drawn),
            "code_status": _same("Clear", drawn),
            "type_of_violence": pa.array(drawn.kind + 1),
            "conflict_dset_id": zero,
            "conflict_new_id": zero,
            "conflict_name": _same("Synthetic", drawn),
            "dyad_dset_id": zero,
            "dyad_new_id": zero,
            "dyad_name": dyad,
            "side_a_dset_id": zero,
            "side_a_new_id": zero,
            "side_a": one,
            "side_b_dset_id": zero,
            "side_b_new_id": zero,
            "side_b": two,
            "number_of_sources": _same("1", drawn),
            "source_article": _same(WARNING, drawn),
            "source_office": _same("Synthetic (mapapp)", drawn),
            "source_date": _joined(_day_texts(drawn.day), midnight),
            "source_headline": _same("Synthetic", drawn),
            "source_original": empty,
            "where_prec": _taken((1, 2, 4), drawn.located),
            "where_coordinates": place,
            "where_description": place,
            "adm_1": _joined(area, " governorate"),
            "adm_2": _joined(area, " district"),
            "latitude": lat,
            "longitude": lon,
            "geom_wkt": _joined("POINT (", lon, " ", lat, ")"),
            "priogrid_gid": zero,
            "country": _same("Syria", drawn),
            "country_id": _same("652", drawn),
            "region": _same("Middle East", drawn),
            "event_clarity": _same("1", drawn),
            "date_prec": _taken((1, 3, 4), drawn.dated),
            "date_start": _joined(_day_texts(drawn.day), midnight),
            "date_end": _joined(_day_texts(last), midnight),
            "deaths_a": zero,
            "deaths_b": zero,
            "deaths_civilians": zero,
            "deaths_unknown": pa.array(drawn.dead),
            "best": pa.array(drawn.dead),
            "high": pa.array(drawn.dead),
            "low": zero,
            "gwnoa": empty,
            "gwnob": empty,
        }
    )


def _sheet(drawn: _Drawn, numbered: _Numbered) -> pa.Table:
    _, place = _places(drawn)
    return pa.table(
        {
            "id": _ids(drawn, numbered),
            "date": _day_texts(drawn.day),
            "latitude": pa.array(drawn.lat),
            "longitude": pa.array(drawn.lon),
            "kind": _taken(_PLAIN, drawn.kind),
            "place": place,
            "source": _same("Synthetic (mapapp)", drawn),
        }
    )

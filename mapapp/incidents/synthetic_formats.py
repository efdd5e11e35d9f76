"""Synthetic incidents as tables in the formats of real exports; every row says that it is synthetic."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mapapp.incidents.synthetic_values import ACLED, FORCES, PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from mapapp.incidents.synthetic_values import Centre, Drawn

_NOON = 43_200  # seconds
MARK = "SYNTHETIC-"  # prefix of every id
WARNING = "SYNTHETIC: test data, these events never happened."


class Numbered(NamedTuple):
    """What the ids of a batch are made from: the seed, and the number of rows before it."""

    seed: int
    start: int


def acled_table(drawn: Drawn, numbered: Numbered, centres: Sequence[Centre]) -> pa.Table:
    """Return rows as an ACLED export: 31 columns, notes of 300 to 500 characters."""
    province, country, place = _places(drawn, centres)
    kind, under, disorder = (_taken(column, drawn.kind) for column in list(zip(*ACLED, strict=True))[:3])
    one = _taken(FORCES, drawn.side)
    two = _taken(FORCES, (drawn.side + 1) % len(FORCES))
    day = _day_texts(drawn.day)
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
            "iso": empty,
            "region": empty,
            "country": country,
            "admin1": province,
            "admin2": province,
            "admin3": place,
            "location": place,
            "latitude": pa.array(drawn.lat),
            "longitude": pa.array(drawn.lon),
            "geo_precision": pa.array(drawn.located + 1),
            "source": _same("Synthetic (mapapp)", drawn),
            "source_scale": _same("Other", drawn),
            "notes": _acled_notes(drawn, day, (one, two), place, under),
            "fatalities": pa.array(drawn.dead),
            "tags": empty,
            "timestamp": pa.array(drawn.reported.astype("datetime64[s]").astype(np.int64) + _NOON),
        }
    )


def _acled_notes(
    drawn: Drawn, day: pa.Array, sides: tuple[pa.Array, pa.Array], place: pa.Array, sub_event: pa.Array
) -> pa.Array:
    """Return notes as long as ACLED's usually are; each begins with the warning."""
    one, two = sides
    longer = _taken(
        (
            "The exchange lasted several hours and moved between the village and the hills beside it. ",
            "Rockets and artillery shells fell on the outskirts and on the road that leads out of it. ",
            "Accounts of the fighting differ, and the number of the wounded is not known. ",
        ),
        drawn.village % 3,
    )
    return _joined(
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
        sub_event,
        "). ",
        longer,
        "Both sides are invented, as are the place, the day and everything else in this note, which is only "
        "as long as such notes usually are. ",
        "Fatalities: ",
        pa.array(drawn.dead),
        ".",
    )


def ucdp_table(drawn: Drawn, numbered: Numbered, centres: Sequence[Centre]) -> pa.Table:
    """Return rows as UCDP GED 23.1: 49 columns."""
    province, country, place = _places(drawn, centres)
    one = _taken(FORCES, drawn.side)
    two = _taken(FORCES, (drawn.side + 1) % len(FORCES))
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
            "adm_1": province,
            "adm_2": province,
            "latitude": lat,
            "longitude": lon,
            "geom_wkt": _joined("POINT (", lon, " ", lat, ")"),
            "priogrid_gid": zero,
            "country": country,
            "country_id": zero,
            "region": empty,
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


def plain_table(drawn: Drawn, numbered: Numbered, centres: Sequence[Centre]) -> pa.Table:
    """Return rows as a plain table with seven columns."""
    *_, place = _places(drawn, centres)
    return pa.table(
        {
            "id": _ids(drawn, numbered),
            "date": _day_texts(drawn.day),
            "latitude": pa.array(drawn.lat),
            "longitude": pa.array(drawn.lon),
            "kind": _taken(PLAIN, drawn.kind),
            "place": place,
            "source": _same("Synthetic (mapapp)", drawn),
        }
    )


def _taken(values: Iterable[object], index: NDArray[np.int64]) -> pa.Array:
    return pa.array(list(values)).take(pa.array(index))


def _joined(*parts: object) -> pa.Array:
    """Concatenate texts row by row; numbers become text."""
    texts = [part if isinstance(part, str) else pc.cast(part, pa.string()) for part in parts]
    return pc.binary_join_element_wise(*texts, "")


def _ids(drawn: Drawn, numbered: Numbered) -> pa.Array:
    """Return the ids; those of two seeds differ, so that both can be stored."""
    numbers = pc.cast(_numbers(drawn, numbered), pa.string())
    return _joined(MARK, f"{numbered.seed}-", pc.utf8_lpad(numbers, 8, "0"))


def _numbers(drawn: Drawn, numbered: Numbered) -> pa.Array:
    return pa.array(np.arange(drawn.day.size) + numbered.start + 1)


def _day_texts(days: NDArray[np.datetime64]) -> pa.Array:
    return pc.cast(pa.array(days.astype("datetime64[D]")), pa.string())


def _places(drawn: Drawn, centres: Sequence[Centre]) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Return the provinces, countries and places of the rows."""
    name, province, country = (
        _taken([getattr(centre, part) for centre in centres], drawn.area)
        for part in ("name", "province", "country")
    )
    return province, country, _joined("Village ", pa.array(drawn.village + 1), " of ", name)


def _same(text: str, drawn: Drawn) -> pa.Array:
    return pa.repeat(pa.scalar(text), drawn.day.size)

"""Reads and checks every row of a file in SQL, and records the error of each invalid row.

The table ``raw`` has one row per row of the file, in the same order; ``rowid`` is the row's number from 0.
``bad`` is the first error found in a row; if set, ``cells`` holds the original cells. In rows to skip,
``bad`` is one of `SKIPPED`. Texts that are only stored, such as notes, are most of a file. They are not in
``raw`` but in a `SortedTexts`, in which each has the number in ``kept``.

Most days are ISO dates and most coordinates plain numbers: these are read by SQL alone. Only for other cells
functions of `dates` and `coordinates` are called.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb
from duckdb.func import FunctionNullHandling, PythonUDFType

from mapapp.errors import short_repr
from mapapp.incidents.coordinates import angles, points
from mapapp.incidents.dates import DayReader
from mapapp.incidents.mapping_file import DAY_PARTS, TEXTS, IncidentFileError
from mapapp.incidents.readers.table import NO_POINT
from mapapp.incidents.text_sort import DAY
from mapapp.incidents.vocabulary import DATED, DATED_CODES, LOCATED, LOCATED_CODES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from typing import Any

    import pyarrow as pa

    from mapapp.incidents.column_mapping import ColumnMapping
    from mapapp.incidents.mapping_file import Dates
    from mapapp.incidents.text_sort import SortedTexts
    from mapapp.incidents.vocabulary import Format

FIRST_YEAR = 1900
EMPTY, HXL = "an empty row", "a row of HXL tags"
COUNTED = {EMPTY: ("empty row", "empty rows"), HXL: ("HXL row", "HXL rows")}
SKIPPED = (EMPTY, HXL)  # rows that are neither stored nor rejected
# the field to show an example of, for an error found in a row
ABOUT = {
    "the date does not exist": "first",
    "the last day does not exist": "last",
    f"the date is before {FIRST_YEAR}": "first",
    "the date is in the future": "first",
    "the last day is in the future": "last",
    "the last day is before the first": "last",
    "the coordinates are not numbers": "lat",
    "the latitude is out of range; it looks swapped with the longitude": "lat",
    "the latitude is out of range": "lat",
    "the longitude is out of range": "lon",
    "the geometry is not a point": "lat",
}
_SAMPLE = 1000  # rows
# fields of which every row's cell is read; the first day may be in several columns
_READ = ("id", "last", "lat", "lon", "point", "kind", "subkind", "country", "dated", "located", "published")
_NOTHING = "NULL::VARCHAR"  # for a column the file does not have
_ISO = r"\d{4}-(0[1-9]|1\d)-(0[1-9]|[1-9]\d)([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?"
# as programs write an empty cell; not with IN, for which the database joins, and loses the order of the rows
_NO_LAST_DAY = " ".join(
    f"WHEN '{word}' THEN NULL" for word in ("-", "--", "n/a", "na", "nan", "nat", "null", "none")
)
_HXL = r"#[a-z][a-z0-9_]*(\s*\+\s*[a-z][a-z0-9_]*)*"
_KEEP = ", ".join(f"'{what}': {what}_stored" for what in TEXTS)
_KEEP = f"keep({{'{DAY}': {DAY}, {_KEEP}}})"  # returns a number for each row
# the first error found in a row; NULL if there is none. All cells are looked at only in rows without a day:
# in one condition with AND, the database would do so in every row
_FIRST_ERROR = f"""coalesce(CASE WHEN first IS NULL THEN
    CASE WHEN trim(concat({{cells}})) = '' THEN '{EMPTY}' WHEN {{hxl}} THEN '{HXL}' END END, CASE
    WHEN id IS NULL THEN 'the id is missing'
    WHEN first_text IS NULL THEN 'the date is missing'
    WHEN first IS NULL OR year(first) < 1 THEN 'the date does not exist'
    WHEN last_text IS NOT NULL AND until IS NULL THEN 'the last day does not exist'
    WHEN year(first) < {FIRST_YEAR} THEN 'the date is before {FIRST_YEAR}'
    WHEN first > $today THEN 'the date is in the future'
    WHEN last > $today THEN 'the last day is in the future'
    WHEN last < first THEN 'the last day is before the first'
    WHEN lat_text IS NULL OR lon_text IS NULL THEN 'the coordinates are missing'
    WHEN starts_with(lat_text, '{NO_POINT}') THEN 'the geometry is not a point'
    WHEN lat IS NULL OR lon IS NULL OR NOT isfinite(lat) OR NOT isfinite(lon)
        THEN 'the coordinates are not numbers'
    WHEN abs(lat) > 90 AND abs(lat) <= 180 AND abs(lon) <= 90
        THEN 'the latitude is out of range; it looks swapped with the longitude'
    WHEN abs(lat) > 90 THEN 'the latitude is out of range'
    WHEN abs(lon) > 180 THEN 'the longitude is out of range'
    WHEN lat = 0 AND lon = 0 THEN 'the coordinates are 0, 0, which usually means unknown'
END)"""


def check_rows(  # noqa: PLR0913, PLR0917 - what is read, how, and where it goes
    connection: duckdb.DuckDBPyConnection,
    source: str,
    parameters: dict[str, Any],
    mapping: ColumnMapping,
    today: date,
    texts: SortedTexts,
) -> list[str]:
    """Make the table ``raw`` from a source of text columns.

    Parameters
    ----------
    connection
        The database.
    source
        SQL expression that reads the file.
    parameters
        The parameters of that expression.
    mapping
        The columns of the file.
    today
        The last day an incident may have.
    texts
        Where the texts of the rows are kept.

    Returns
    -------
    list of str
        What was assumed about the days, as sentences for the user.

    Raises
    ------
    IncidentFileError
        If the order of day and month in the dates is ambiguous.
    """
    sample = DayReader(mapping.settings.dates, today)
    for first, last in connection.execute(
        f"SELECT {_first(mapping)}, {_text(mapping, 'last')} FROM {source} LIMIT {_SAMPLE}",  # noqa: S608 - columns by number
        parameters,
    ).fetchall():
        for text in filter(None, (first, last)):
            sample.read(text)
    order = mapping.settings.dates or sample.evident_order()
    reader = DayReader(order, today)
    _make(connection, source, parameters, mapping, reader, texts)
    if mapping.settings.dates is None:
        if reader.unordered or (reader.day_first and reader.month_first):
            order = _decided(reader)
        if order != reader.order:  # the order shows only after the first rows
            reader = DayReader(order, today)
            connection.execute("DROP TABLE raw")
            _make(connection, source, parameters, mapping, reader, texts)
    reader.zoned = reader.zoned or sample.zoned
    assumed = order and mapping.settings.dates is None
    return [*([_assumed(order)] if order and assumed else []), *reader.notes()]


def _make(  # noqa: PLR0913, PLR0917 - the parameters of `check_rows`
    connection: duckdb.DuckDBPyConnection,
    source: str,
    parameters: dict[str, Any],
    mapping: ColumnMapping,
    reader: DayReader,
    texts: SortedTexts,
) -> None:
    """Make the table ``raw`` with one reading of days."""
    columns = [f"c{at}" for at in range(_width(connection, source, parameters))]
    cells = ", ".join(columns)
    tags = " AND ".join(
        f"(regexp_full_match(trim({column}), $hxl) OR coalesce(trim({column}), '') = '')"
        for column in columns
    )
    errors = _FIRST_ERROR.format(cells=cells, hxl=f"({tags})")
    texts.clear()
    with _functions(connection, reader, texts):
        connection.execute(
            f"""
            CREATE TABLE raw AS
            SELECT {_KEEP} AS kept, id, first, last, lon, lat, word, under, country, dated, located, bad,
                   if(published < $today + INTERVAL 2 DAY, published, NULL) AS published,
                   coalesce(published >= $today + INTERVAL 2 DAY, false) AS ahead,
                   CASE WHEN bad IS NOT NULL THEN [{cells}] END AS cells
            FROM (SELECT *, {errors} AS bad
                  FROM (SELECT * REPLACE (coalesce(until, month_end, first) AS last, {_WIDER} AS dated)
                        FROM (SELECT *, {_DAYS}
                              FROM (SELECT *, {_values(mapping)}
                                    FROM (SELECT *, {_cells(mapping)}, {_texts(mapping)} FROM {source})))))
            """,  # noqa: S608 - no text from files; columns are numbered
            {**parameters, "today": reader.today, "hxl": _HXL},
        )


# days from texts; a first day without a day of the month covers all of the month or year
_DAYS = f"""
    CASE WHEN first_iso THEN TRY_CAST(left(first_text, 10) AS DATE) ELSE first_day(first_text) END AS first,
    CASE WHEN NOT first_iso THEN last_day_covered(first_text) END AS month_end,
    CASE WHEN last_text IS NULL THEN NULL
         WHEN regexp_full_match(last_text, '{_ISO}') THEN TRY_CAST(left(last_text, 10) AS DATE)
         ELSE last_day_covered(last_text) END AS until,
    NULL::DATE AS last
"""
_WIDER = f"""
    CASE WHEN month_end IS NULL OR month_end = first THEN dated
         WHEN month_end - first < 31 THEN greatest(dated, {DATED.index("month")}::UTINYINT)
         ELSE {DATED.index("longer")}::UTINYINT END
"""


@contextmanager
def _functions(
    connection: duckdb.DuckDBPyConnection, reader: DayReader, texts: SortedTexts
) -> Iterator[None]:
    """Define the SQL functions that read what SQL cannot, and the one that keeps texts."""
    functions: dict[str, tuple[Callable[[pa.Array], pa.Array], str]] = {  # DuckDB wants one parameter each
        "first_day": (lambda texts: reader.column(texts, 0), "DATE"),
        "last_day_covered": (lambda texts: reader.column(texts, 1), "DATE"),
        "latitude": (lambda texts: angles(texts, "lat"), "DOUBLE"),
        "longitude": (lambda texts: angles(texts, "lon"), "DOUBLE"),
        "point_latitude": (lambda texts: points(texts, "lat"), "DOUBLE"),
        "point_longitude": (lambda texts: points(texts, "lon"), "DOUBLE"),
    }
    for name, (function, kind) in functions.items():
        connection.create_function(  # "special": they return null for text that they cannot read
            name,
            function,
            ["VARCHAR"],
            kind,
            type=PythonUDFType.ARROW,
            null_handling=FunctionNullHandling.SPECIAL,
        )
    connection.create_function(
        "keep",
        texts.keep,
        [f"STRUCT({DAY} DATE, {', '.join(f'{what} VARCHAR' for what in TEXTS)})"],
        "INTEGER",
        type=PythonUDFType.ARROW,
        null_handling=FunctionNullHandling.SPECIAL,
        side_effects=True,
    )
    try:
        yield
    except (duckdb.Error, RuntimeError):
        if texts.failure:
            raise texts.failure from None
        raise
    finally:
        for name in [*functions, "keep"]:
            connection.remove_function(name)


def _text(mapping: ColumnMapping, what: str) -> str:
    """Return the SQL expression for the text of a field's cell; NULL if it is empty."""
    if what not in mapping.index:
        return _NOTHING
    cell = f"c{mapping.index[what]}"
    # the database trims slowly, and few cells need it: those that begin or end with a space, also a wide one
    bare = f"strlen({cell}) = length({cell}) AND {cell} >= '!' AND NOT ends_with({cell}, ' ')"
    return f"CASE WHEN {bare} THEN {cell} ELSE nullif(trim({cell}), '') END"


def _first(mapping: ColumnMapping) -> str:
    """Return the SQL expression for the text of the first day, put together if it has several columns."""
    if "first" in mapping.index:
        return _text(mapping, "first")
    year, month, day = (rf"regexp_replace({_text(mapping, part)}, '\.0+$', '')" for part in DAY_PARTS)
    two = (
        "CASE WHEN {0} IS NULL OR starts_with({0}, '-') THEN '00' "
        "WHEN length({0}) = 1 THEN '0' || {0} ELSE {0} END"
    )
    # with fewer than four digits, the year could be read as a day
    year = rf"CASE WHEN regexp_full_match({year}, '\pN{{1,3}}') THEN lpad({year}, 4, '0') ELSE {year} END"
    return f"({year} || '-' || {two.format(month)} || '-' || {two.format(day)})"


def _cells(mapping: ColumnMapping) -> str:
    """Return the SQL columns with the texts of cells that are read for every row; NULL where empty."""
    cells = ", ".join(f"{_text(mapping, what)} AS {what}_cell" for what in _READ)
    return f"{_first(mapping)} AS first_text, {cells}"


def _values(mapping: ColumnMapping) -> str:
    """Return the SQL columns with the values of a row, read from its cells; NULL where they cannot be."""
    lat_text, lon_text = "lat_cell", "lon_cell"
    lat, lon = (f"TRY_CAST(replace({found}, ',', '.') AS DOUBLE)" for found in (lat_text, lon_text))
    lat, lon = f"coalesce({lat}, latitude({lat_text}))", f"coalesce({lon}, longitude({lon_text}))"
    if "point" in mapping.index:
        lat_text = lon_text = "point_cell"
        lat, lon = f"point_latitude({lat_text})", f"point_longitude({lat_text})"
    identity = "id_cell" if "id" in mapping.index else "''"
    dated = _code(mapping, "dated", DATED, DATED_CODES)
    located = _code(mapping, "located", LOCATED, LOCATED_CODES)
    return f"""{identity} AS id, regexp_full_match(first_text, '{_ISO}') AS first_iso,
        CASE lower(last_cell) {_NO_LAST_DAY} ELSE last_cell END AS last_text,
        {lat_text} AS lat_text, {lon_text} AS lon_text, {lat} AS lat, {lon} AS lon,
        kind_cell AS word, {_under(mapping)} AS under, country_cell AS country,
        {dated} AS dated, {located} AS located, {_moment("published_cell")} AS published"""


def _texts(mapping: ColumnMapping) -> str:
    """Return the SQL columns with the texts of a row that are stored as they are; NULL where empty."""
    index = mapping.index
    return ", ".join(
        f"nullif(c{index[what]}, '') AS {what}_stored" if what in index else f"{_NOTHING} AS {what}_stored"
        for what in TEXTS
    )


def _under(mapping: ColumnMapping) -> str:
    """Return the SQL expression for the word of the finer kind.

    Before 2019, ACLED had one type for protests and riots; who took part tells them apart: 5 stands for
    rioters and 6 for protesters.
    """
    who = [_text(mapping, what) for what in ("inter1", "interaction", "actor1") if what in mapping.index]
    if "kind" not in mapping.index or not who:
        return "subkind_cell"
    rioters, protesters = (
        " OR ".join(rf"regexp_matches(lower({text}), '{pattern}')" for text in who)
        for pattern in (r"^[1-8]?5[0-8]?(\.0+)?$|\brioters\b", r"^[1-8]?6[0-8]?(\.0+)?$|\bprotesters\b")
    )
    return f"""CASE WHEN subkind_cell IS NOT NULL THEN subkind_cell
        WHEN lower(kind_cell) = 'riots/protests' THEN
        CASE WHEN {rioters} THEN 'Riots' WHEN {protesters} THEN 'Protests' END END"""


def _decided(reader: DayReader) -> Dates:
    """Return the order of day and month that all dates of a file require."""
    if order := reader.evident_order():
        return order
    example = reader.unordered or reader.day_first
    both = f", and both occur (such as {short_repr(reader.day_first)} and {short_repr(reader.month_first)})"
    raise IncidentFileError(
        f"the dates can be read day first or month first (such as {short_repr(example)})"
        f"{both if reader.day_first else ''}; set dates: day-first or dates: month-first in a mapping file "
        "(--mapping)"
    )


def _assumed(order: Dates) -> str:
    """Return what was assumed about the order of day and month, as a sentence for the user."""
    read, other = order.replace("-", " "), "month-first" if order == "day-first" else "day-first"
    return (
        f"days such as 02/03/2019 are read {read}, because other dates in the file require it; if that "
        f"is wrong, set dates: {other} in a mapping file (--mapping)"
    )


def _width(connection: duckdb.DuckDBPyConnection, source: str, parameters: dict[str, Any]) -> int:
    return len(connection.execute(f"DESCRIBE SELECT * FROM {source}", parameters).fetchall())  # noqa: S608 - no text from files


def _moment(text: str) -> str:
    """Return the SQL expression that reads a point in time as UTC, in whole seconds, or NULL.

    It may be in seconds (10 digits) or milliseconds (13 digits) since 1970, or in ISO form; without a time
    zone it is in UTC.
    """
    zoned = f"make_timestamp(epoch_us(TRY_CAST({text} AS TIMESTAMPTZ)))"
    moment = (
        rf"CASE WHEN regexp_full_match({text}, '\d{{10}}(\.\d*)?') "
        f"THEN epoch_ms(1000 * CAST(left({text}, 10) AS BIGINT)) "
        rf"WHEN regexp_full_match({text}, '\d{{13}}(\.\d*)?') "
        f"THEN epoch_ms(CAST(left({text}, 13) AS BIGINT)) "
        rf"WHEN regexp_full_match({text}, '{_ISO}') THEN if(regexp_matches({text}, ':.*[Z+-]'), {zoned}, "
        f"TRY_CAST({text} AS TIMESTAMP)) END"
    )
    return f"CAST(date_trunc('second', {moment}) AS TIMESTAMP_S)"


def _code(
    mapping: ColumnMapping, what: str, words: tuple[str, ...], known: dict[Format, dict[int, int]]
) -> str:
    """Return the SQL expression for a row's precision, as an index; unknown codes mean the least precise."""
    if what not in mapping.index:
        return "0::UTINYINT"
    text, codes = f"{what}_cell", known[mapping.codes_of(what)]
    numbers = " ".join(f"WHEN {code} THEN {at}" for code, at in codes.items())
    usual = " ".join(f"WHEN '{code}' THEN {at}" for code, at in codes.items())
    spelled = " ".join(f"WHEN '{word}' THEN {at}" for at, word in enumerate(words))
    return (
        f"CAST(CASE {text} {usual} {spelled} ELSE "
        f"coalesce(CASE TRY_CAST({text} AS DOUBLE) {numbers or 'WHEN NULL THEN 0'} END, "
        f"CASE lower({text}) {spelled} END, {len(words) - 1}) END AS UTINYINT)"
    )

"""Reads and checks every row of a file in SQL, and records the error of each invalid row.

The table ``raw`` has one row per row of the file, in the same order; ``rowid`` is the row's number from 0.
``bad`` is the first error found in a row; if set, ``cells`` holds the original cells. Texts that are only
stored, such as notes, are most of a file. They are not in ``raw`` but read again when the rows are written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapapp.incidents.mapping_file import TEXTS, IncidentFileError
from mapapp.incidents.vocabulary import DATED, DATED_CODES, LOCATED, LOCATED_CODES

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    import duckdb

    from mapapp.incidents.column_mapping import ColumnMapping

FIRST_YEAR = 1900
_NOTHING = "NULL::VARCHAR"  # for a column the file does not have
_SLASHED = r"\d{1,2}[/-]\d{1,2}[/-]\d{4}.*"
_ISO = r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?"
_WRITTEN = (
    "%d %B %Y",
    "%d-%B-%Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d.%m.%Y",
    "%Y/%m/%d",
    "%d %B, %Y",
    "%B %d, %Y",
    "%d-%b-%y",
)
_ORDERED = {"day-first": ("%d/%m/%Y", "%d-%m-%Y"), "month-first": ("%m/%d/%Y", "%m-%d-%Y")}
# the first error found in a row; NULL if there is none
_FIRST_ERROR = f"""CASE
    WHEN id IS NULL THEN 'the id is missing'
    WHEN first_text IS NULL THEN 'the date is missing'
    WHEN first IS NULL THEN 'the date does not exist'
    WHEN last_text IS NOT NULL AND last IS NULL THEN 'the last day does not exist'
    WHEN year(first) < {FIRST_YEAR} THEN 'the date is before {FIRST_YEAR}'
    WHEN greatest(first, last) > $today THEN 'the date is in the future'
    WHEN last < first THEN 'the last day is before the first'
    WHEN lat_text IS NULL OR lon_text IS NULL THEN 'the coordinates are missing'
    WHEN lat IS NULL OR lon IS NULL OR NOT isfinite(lat) OR NOT isfinite(lon)
        THEN 'the coordinates are not numbers'
    WHEN abs(lat) > 90 AND abs(lat) <= 180 AND abs(lon) <= 90
        THEN 'the latitude is out of range; it looks swapped with the longitude'
    WHEN abs(lat) > 90 THEN 'the latitude is out of range'
    WHEN abs(lon) > 180 THEN 'the longitude is out of range'
    WHEN lat = 0 AND lon = 0 THEN 'the coordinates are 0, 0, which usually means unknown'
END"""


def check_rows(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    parameters: dict[str, Any],
    mapping: ColumnMapping,
    today: date,
) -> str:
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

    Returns
    -------
    str
        What was assumed about the order of day and month; empty if nothing was.

    Raises
    ------
    IncidentFileError
        If the order of day and month in the dates is ambiguous.
    """
    order = _order(connection, source, parameters, mapping)
    cells = ", ".join(f"c{at}" for at in range(_width(connection, source, parameters)))
    connection.execute(
        f"""
        CREATE TABLE raw AS
        SELECT id, first, last, lon, lat, word, under, country, dated, located, bad,
               if(published < $today + INTERVAL 2 DAY, published, NULL) AS published,
               coalesce(published >= $today + INTERVAL 2 DAY, false) AS ahead,
               CASE WHEN bad IS NOT NULL THEN [{cells}] END AS cells
        FROM (SELECT *, {_FIRST_ERROR} AS bad FROM (SELECT *, {_values(mapping, order)} FROM {source}))
        """,  # noqa: S608 - no text from files; columns are numbered
        {**parameters, "today": today},
    )
    return "" if order is None or mapping.settings.dates else _assumed(order)


def _values(mapping: ColumnMapping, order: str | None) -> str:
    """Return the SQL columns with the values of a row, read from its text; NULL where they cannot be."""
    column = {what: f"nullif(trim(c{at}), '')" for what, at in mapping.index.items()}

    def text(what: str) -> str:
        return column.get(what, _NOTHING)

    first, last = _day(text("first"), order), _day(text("last"), order)
    lat, lon = (f"TRY_CAST(replace({text(what)}, ',', '.') AS DOUBLE)" for what in ("lat", "lon"))
    identity = text("id") if "id" in column else "''"
    dated = _code(text("dated"), DATED, DATED_CODES[mapping.format])
    located = _code(text("located"), LOCATED, LOCATED_CODES[mapping.format])
    return f"""{identity} AS id, {text("first")} AS first_text, {first} AS first,
        {text("last")} AS last_text, coalesce({last}, {first}) AS last,
        {text("lat")} AS lat_text, {text("lon")} AS lon_text, {lat} AS lat, {lon} AS lon,
        {text("kind")} AS word, {text("subkind")} AS under, {text("country")} AS country,
        {dated} AS dated, {located} AS located,
        {_moment(text("published"))} AS published"""


def text_columns(mapping: ColumnMapping) -> str:
    """Return the SQL columns with the texts of a row that are stored as they are; NULL where empty."""
    index = mapping.index
    return ", ".join(
        f"nullif(c{index[what]}, '') AS {what}" if what in index else f"{_NOTHING} AS {what}"
        for what in TEXTS
    )


def _assumed(order: str) -> str:
    """Return what was assumed about the order of day and month, as a sentence for the user."""
    read, other = order.replace("-", " "), "month-first" if order == "day-first" else "day-first"
    return (
        f"days such as 02/03/2019 are read {read}, because other dates in the file require it; if that "
        f"is wrong, set dates: {other} in a mapping file (--mapping)"
    )


def _width(connection: duckdb.DuckDBPyConnection, source: str, parameters: dict[str, Any]) -> int:
    return len(connection.execute(f"DESCRIBE SELECT * FROM {source}", parameters).fetchall())  # noqa: S608 - no text from files


def _day(text: str, order: str | None) -> str:
    """Return the SQL expression that reads a date, or NULL; ISO first, because most are."""
    forms = (*_WRITTEN, *(_ORDERED[order] if order else ()))
    listed = ", ".join(f"'{form}'" for form in forms)
    return (
        f"CASE WHEN regexp_full_match({text}, '{_ISO}') THEN TRY_CAST(left({text}, 10) AS DATE) "
        rf"WHEN regexp_matches({text}, '\d') THEN CAST(try_strptime({text}, [{listed}]) AS DATE) END"
    )


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


def _code(text: str, words: tuple[str, ...], codes: dict[int, int]) -> str:
    """Return the SQL expression for a row's precision, as an index; unknown codes mean the least precise."""
    if text == _NOTHING:
        return "0::UTINYINT"
    numbers = " ".join(f"WHEN {code} THEN {at}" for code, at in codes.items())
    spelled = " ".join(f"WHEN '{word}' THEN {at}" for at, word in enumerate(words))
    return (
        f"CAST(coalesce(CASE TRY_CAST({text} AS DOUBLE) {numbers or 'WHEN NULL THEN 0'} END, "
        f"CASE lower({text}) {spelled} END, {len(words) - 1}) AS UTINYINT)"
    )


def _order(
    connection: duckdb.DuckDBPyConnection, source: str, parameters: dict[str, Any], mapping: ColumnMapping
) -> str | None:
    """Return how dates such as 03/04/2019 are read: as the mapping file says, or as other dates show."""
    if mapping.settings.dates:
        return mapping.settings.dates
    at = mapping.index["first"]
    probe = f"SELECT c{at} AS day FROM {source}"  # noqa: S608 - no text from files
    slashed = f"regexp_full_match(trim(day), '{_SLASHED}')"
    few = connection.execute(
        f"SELECT count(*) FROM (SELECT * FROM ({probe}) LIMIT 1000) WHERE {slashed}",  # noqa: S608 - no text from files
        parameters,
    ).fetchone()
    if not few or not few[0]:
        return None
    days, months = connection.execute(
        f"""SELECT count(*) FILTER (CAST(parts[1] AS INT) > 12), count(*) FILTER (CAST(parts[2] AS INT) > 12)
            FROM (SELECT regexp_split_to_array(trim(day), '[/-]') AS parts FROM ({probe}) WHERE {slashed})""",  # noqa: S608 - no text from files
        parameters,
    ).fetchall()[0]
    if days and not months:
        return "day-first"
    if months and not days:
        return "month-first"
    raise IncidentFileError(
        "the dates can be read day first or month first (such as 03/04/2019)"
        f"{', and both occur' if days else ''}; set dates: day-first or dates: month-first in a mapping file "
        "(--mapping)"
    )

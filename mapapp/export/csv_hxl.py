"""CSV of statements: column names follow conflict-event datasets; the second row has HXL tags.

No date is more precise than the article. ``event_date`` holds a day only where the article's words give it
(of an interval: its first day); ``date_earliest`` and ``date_latest`` always hold the bounds; with
``article-date`` in ``when_basis``, the article gives no date and the bounds are our interpretation.

Every row has ``latitude`` and ``longitude``, because mapping tools expect them, but the point is not always
where the event happened. Three columns explain it:

- ``point_basis``: ``position`` is the position of the place itself, which the article names; any other value
  is a representative point (``inside-area``, ``on-line``, ``among-several``,
  ``linked-place``, ``seat``; see `mapapp.core.location.Location`);
- ``geo_precision``, by ACLED's scheme: 1 for a position, 2 for one area or line smaller than a province,
  3 for anything wider, such as a province or a country, or for several places;
- ``radius_km``: the whole location lies within this distance of the point. It includes ``tolerance_km``, the
  error of the geometry.

A seat of government is the location only if a statement has no other place; otherwise it is listed in
``other_locations``. ``time_precision``, by the same scheme, is 1 for a day, 2 for a week, 3 for anything
longer or for no date given.

``article`` says whose statement it is, ``number`` counts within that article, and ``number_shown`` is what
the map shows: 7, or B7 with several articles.

Each kind of quantity used in the folder has columns of its own, such as ``dead_min``, ``dead_best``,
``dead_max``, ``dead_unit`` and, in the article's words, ``dead_as_said``. Further quantities of the same kind
in one statement are in columns that end in ``_2`` and so on, with the same tags, as is usual in HXL. They are
never summed.

``source_url`` is a complete URL or empty; partial addresses go into ``source_locator``.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, cast

from mapapp.core.drafts import has_drafts
from mapapp.export import rows
from mapapp.text.labels import event_kind_words
from mapapp.view_rows import quantity_columns, statement_rows

if TYPE_CHECKING:
    from mapapp.core.model import Atlas
    from mapapp.core.select import Selection
    from mapapp.core.view import View
    from mapapp.export.rows import Cell
    from mapapp.view_rows import Row

COLUMNS = {
    "event_id_cnty": "#event+code",
    "number": "#event+number",
    "number_shown": "#event+number+text",
    "article": "#meta+article+code",
    "article_title": "#meta+article+name",
    "article_publisher": "#meta+article+publisher",
    "article_date": "#date+published",
    "event_date": "#date+occurred",
    "date_earliest": "#date+start",
    "date_latest": "#date+end",
    "date_edtf": "#date+edtf",
    "when_basis": "#date+basis",
    "time_precision": "#date+precision+code",
    "said": "#date+said+edtf",
    "in_window": "#event+certainty",
    "event_type": "#event+type",
    "sub_event_type": "#event+type+modality",
    "title": "#event+name",
    "said_by": "#group+name+speaker",
    "via": "#group+name+outlet",
    "actor1": "#group+name+first",
    "actor2": "#group+name+second",
    "assoc_actors": "#group+name+others",
    "country": "#country+name",
    "iso3": "#country+code",
    "admin1": "#adm1+name",
    "admin1_pcode": "#adm1+code",
    "location": "#loc+name",
    "location_id": "#loc+code",
    "location_role": "#loc+role",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "point_basis": "#geo+basis",
    "geo_precision": "#geo+precision+code",
    "radius_km": "#geo+radius+km",
    "tolerance_km": "#geo+tolerance+km",
    "other_locations": "#loc+name+others",
    "source": "#meta+source",
    "source_url": "#meta+url",
    "source_locator": "#meta+source+locator",
    "quotation": "#description+quotation",
    "notes": "#description+notes",
    "article_sha256": "#meta+hash",
    "data_version": "#meta+version",
}
_WEEK = 7


def table(atlas: Atlas, view: View, selection: Selection) -> bytes:
    """Return the statements shown as CSV, in UTF-8 with a byte-order mark, which spreadsheets need."""
    columns = COLUMNS | quantity_columns(atlas) | ({"draft": "#meta+draft"} if has_drafts(atlas) else {})
    found = [_row(atlas, statement) for statement in statement_rows(atlas, selection, view.names).rows]
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerows([columns.keys(), columns.values()])
    writer.writerows([_text(row[key]) for key in columns] for row in found)
    return written.getvalue().encode("utf-8-sig")


def _text(value: Cell) -> str:
    if isinstance(value, str):
        return rows.neutral(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value.isoformat() if isinstance(value, date) else f"{value}"


def _row(atlas: Atlas, row: Row) -> dict[str, Cell]:
    """Return one statement as a row, with column names as in conflict-event datasets."""
    statement = rows.joined(row)
    actors = cast("list[str]", row["actor_names"])
    event = atlas.event[str(statement["event"])]
    article, when = atlas.article[event.article], event.when
    first, last = rows.begun(when) if when.basis == "words" else (None, None)
    return statement | {
        "event_id_cnty": statement["event"],
        "event_date": first if first == last else None,
        "date_earliest": statement["earliest"],
        "date_latest": statement["latest"],
        "date_edtf": statement["when"],
        "time_precision": _time_precision(first, last),
        "in_window": statement["certainty"],
        "event_type": event_kind_words(atlas.profile, event.kind),
        "sub_event_type": statement["modality"],
        "said_by": statement["said_by_name"],
        "via": statement["via_name"],
        "actor1": actors[0] if actors else None,
        "actor2": actors[1] if len(actors) > 1 else None,
        "assoc_actors": "; ".join(actors[2:]),
        "country": statement["countries"],
        "admin1_pcode": statement["admin1_pcodes"],
        "location_id": statement["location_ids"],
        "notes": statement["note"],
        "source": rows.article_source(atlas, article),
        "source_url": statement["article_url"],
        "source_locator": atlas.source[article.source].locator,
        "data_version": rows.version(atlas),
    }


def _time_precision(first: date | None, last: date | None) -> int:
    if first is None or last is None:
        return 3
    days = (last - first).days + 1
    return 1 if days == 1 else 2 if days <= _WEEK else 3

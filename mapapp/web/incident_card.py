"""One incident of the reader's own records, for the card the browser makes of it. Plain text, not HTML."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mapapp.text.dates import day_words
from mapapp.text.messages import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapapp.incidents.store import Dataset

_LONGEST = 1500  # characters of a record's note that a card shows
_OWN = ("type", "actor1", "actor2", "fatalities", "place", "admin1", "source", "id")


def card(record: Dataset, row: Mapping[str, object]) -> dict[str, object]:
    """Return one incident: when and where, as precisely as its record has it, and the record's own words.

    Parameters
    ----------
    record
        Whose row it is.
    row
        From `mapapp.incidents.query.Queries.incident`: days as ``date``, both ends included.

    Returns
    -------
    dict
        ``synthetic``; ``note``, empty for none; ``rows``, pairs of the catalogue's key of a label and a text;
        ``source``.
    """
    rows = [("incident-when", _when(row)), ("incident-located", words(f"incident-located-{row['located']}"))]
    rows += [(f"incident-{field}", str(row[field])) for field in _OWN if row.get(field) not in (None, "")]
    note = str(row.get("notes") or "")
    return {
        "synthetic": record.synthetic,
        "note": note if len(note) <= _LONGEST else f"{note[:_LONGEST]} …",
        "rows": rows,
        "source": words("incident-from", title=record.title, licence=record.licence, file=record.file),
    }


def _when(row: Mapping[str, object]) -> str:
    first, last = row["first"], row["last"]
    if not isinstance(first, date) or not isinstance(last, date):  # pragma: no cover - the store holds days
        raise TypeError
    days = (
        day_words(first)
        if first == last
        else words("date-range", first=day_words(first), last=day_words(last))
    )
    return days if row["dated"] == "day" else f"{days} ({words('record-dated-' + str(row['dated']))})"

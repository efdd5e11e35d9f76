"""One incident of the reader's own data as plain text, for the card that the browser builds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mapapp.core.sanitize import clean
from mapapp.text.dates import day_words
from mapapp.text.messages import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapapp.incidents.store import Dataset

_LONGEST = 1500  # most characters of a note on a card
_OWN = ("type", "actor1", "actor2", "fatalities", "place", "admin1", "source", "id")


def card(record: Dataset, row: Mapping[str, object]) -> dict[str, object]:
    """Return the content of an incident's card: time and place as precisely as recorded, and further columns.

    Texts from files are on one line, and without characters that could reverse the text around them.

    Parameters
    ----------
    record
        The dataset that the row belongs to.
    row
        From `mapapp.incidents.query.Queries.incident`: days as ``date``, both ends included.

    Returns
    -------
    dict
        ``synthetic``; ``note``, empty if there is none; ``rows``, pairs of the message key of a label and
        a text; ``source``.
    """
    rows = [("incident-when", _when(row)), ("incident-located", words(f"incident-located-{row['located']}"))]
    rows += [
        (f"incident-{field}", clean(str(row[field]))) for field in _OWN if row.get(field) not in (None, "")
    ]
    note = clean(str(row.get("notes") or ""))
    origin = {name: clean(getattr(record, name)) for name in ("title", "licence", "file")}
    return {
        "synthetic": record.synthetic,
        "note": note if len(note) <= _LONGEST else f"{note[:_LONGEST]} …",
        "rows": rows,
        "source": words("incident-from", **origin),
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
    return days if row["dated"] == "day" else f"{days} ({words('incidents-dated-' + str(row['dated']))})"

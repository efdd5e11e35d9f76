"""One incident of the reader's own records, as a card. All its text is the record's, and escaped."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mapapp.render.text import day_words, html, join, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from mapapp.incidents.store import Record

_LONGEST = 1500  # characters of a record's note that a card shows
_OWN = ("type", "actor1", "actor2", "fatalities", "place", "admin1", "source", "id")


def card(record: Record, row: Mapping[str, object]) -> Markup:
    """Return one incident: when and where, as precisely as its record has it, and the record's own words.

    Parameters
    ----------
    record
        Whose row it is.
    row
        From `mapapp.incidents.query.Queries.incident`: days as ``date``, both ends included.
    """
    rows = [("incident-when", _when(row)), ("incident-located", words(f"incident-located-{row['located']}"))]
    rows += [(f"incident-{field}", str(row[field])) for field in _OWN if row.get(field) not in (None, "")]
    notes = str(row.get("notes") or "")
    cut = notes if len(notes) <= _LONGEST else f"{notes[:_LONGEST]} …"
    return html(
        "{synthetic}{notes}<dl>{rows}</dl><p class='sources'>{source}</p>",
        synthetic=_synthetic(record),
        notes=html("<blockquote>{notes}</blockquote>", notes=cut) if cut else "",
        rows=join(html("<dt>{label}</dt><dd>{text}</dd>", label=words(key), text=text) for key, text in rows),
        source=words("incident-from", title=record.title, licence=record.licence, file=record.file),
    )


def missing() -> Markup:
    """Return what stands for an incident that the records no longer hold."""
    return html("<p class='none'>{text}</p>", text=words("incident-missing"))


def _synthetic(record: Record) -> Markup | str:
    return html('<p class="synthetic">{text}</p>', text=words("record-synthetic")) if record.synthetic else ""


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

"""The card of an incident shows the texts of its row."""

from __future__ import annotations

from pathlib import Path

from exports import imported, row, text

from mapapp.incidents.query import Queries
from mapapp.incidents.store import open_store
from mapapp.web.incident_card import card

REVERSING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def test_no_text_of_a_row_reverses_what_is_around_it(tmp_path: Path) -> None:
    """Letters that join, and marks of direction that only order what is next to them, stay."""
    note = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u200f(1)"
    hostile = row(actor1=f"{REVERSING}Force A", notes=f"five \u202edaed\n{note}", location="\u2067Idlib")
    imported(tmp_path, text([hostile]).encode(), "ex\u202eport.csv")
    store = open_store(tmp_path / "store")
    assert store is not None
    dataset = store.datasets[0]
    found = Queries(store).incident(dataset.key, 0)

    shown = card(dataset, found)

    assert not {*REVERSING} & {*str(shown["note"]), *str(shown["rows"])}
    assert shown["note"] == f"five daed {note}"
    assert ("incident-actor1", "Force A") in shown["rows"]  # type: ignore[operator]
    assert "\u202e" not in str(shown["source"])

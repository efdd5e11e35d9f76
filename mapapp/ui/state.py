"""The state of the page and the requests of the browser's script. Independent of Streamlit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mapapp.core.address import LONGEST
from mapapp.core.model import Atlas
from mapapp.core.view import View


@dataclass(frozen=True)
class PageState:
    """What the page shows: data, its folder, the view, its address, and whether there is incident data."""

    atlas: Atlas
    root: Path
    view: View
    address: str
    recorded: bool = False


def asked_incident(value: object) -> str | None:
    """Return the incident whose card the script requests, as ``record/number``; ``None`` for none."""
    asked = value.get("incident") if isinstance(value, dict) else None
    return asked if isinstance(asked, str) and len(asked) <= LONGEST else None


def asks_for_comparison(value: object) -> bool:
    """Return whether the script has asked for what changed hands between snapshots."""
    return isinstance(value, dict) and value.get("compare") is True

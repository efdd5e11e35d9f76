"""The state of the page and the reports of the browser's script. Independent of Streamlit.

The script reports the view as address parameters, so one parser reads both:
`mapapp.core.address`.
"""

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


@dataclass(frozen=True)
class Report:
    """A report of the browser's script: the address parameters of the view it shows.

    ``turn`` identifies the last view sent to it; ``acted`` is whether the reader has done anything since.
    """

    address: dict[str, str]
    turn: str = "None"
    acted: bool = True


def from_frame(value: object) -> Report | None:
    """Return the report in a value of the component; ``None`` if it is not a report."""
    address = value.get("address") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(address, dict):
        return None
    return Report(
        address={str(key): str(item) for key, item in address.items()},
        turn=str(value.get("turn")),
        acted=value.get("acted") is not False,
    )


def asked_incident(value: object) -> str | None:
    """Return the incident whose card the script requests, as ``record/number``; ``None`` for none."""
    asked = value.get("incident") if isinstance(value, dict) else None
    return asked if isinstance(asked, str) and len(asked) <= LONGEST else None

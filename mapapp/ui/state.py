"""The page's state: the view in its address, and what the browser's script reports. Knows no Streamlit.

The script reports the view in the spelling of the address bar, so there is one reader for both:
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
    """What the page shows: data, folder, view, its address, and whether there are records."""

    atlas: Atlas
    root: Path
    view: View
    address: str
    recorded: bool = False


@dataclass(frozen=True)
class Report:
    """What the browser's script says of the map: the ``address`` of what it shows.

    ``turn`` names the last view it took over from here; ``acted`` is whether the reader did anything since.
    """

    address: dict[str, str]
    turn: str = "None"
    acted: bool = True


def from_frame(value: object) -> Report | None:
    """Return what the browser's script reports, or ``None`` where it has reported nothing yet."""
    address = value.get("address") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(address, dict):
        return None
    return Report(
        address={str(key): str(item) for key, item in address.items()},
        turn=str(value.get("turn")),
        acted=value.get("acted") is not False,
    )


def asked_incident(value: object) -> str | None:
    """Return the incident whose card the script asks for, as ``record/number``; ``None`` for none."""
    asked = value.get("incident") if isinstance(value, dict) else None
    return asked if isinstance(asked, str) and len(asked) <= LONGEST else None

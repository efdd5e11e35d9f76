"""The page's state: the view in its address, and what the browser's script reports. Knows no Streamlit.

The script reports the view in the spelling of the address bar, so there is one reader for both:
`mapapp.core.address`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from mapapp.core import address
from mapapp.core.address import LONGEST
from mapapp.core.edtf import Window
from mapapp.core.model import Atlas
from mapapp.core.select import View
from mapapp.render.payload import address_table
from mapapp.render.text import words

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Shown:
    """What the page shows: data, folder, view, its address, and whether there are records."""

    atlas: Atlas
    root: Path
    view: View
    address: str
    recorded: bool = False


def default_view(atlas: Atlas) -> View:
    """Return the view the page opens on: the article's day, as known on it."""
    day = atlas.article.date
    return View(window=Window(day, day), known=day)


def read_address(given: Mapping[str, str], atlas: Atlas) -> tuple[View, tuple[str, ...]]:
    """Return the view an address asks for, and remarks on what in it could not be used.

    Parameters
    ----------
    given
        Query parameters, the last value of each. Unknown ones are left alone: other software adds its own.
    atlas
        What ids and days are checked against.
    """
    view, remarks = address.read(given, address_table(atlas))
    return view, tuple(
        words("remark", key=remark.key, what=words(remark.code, **remark.values), got=remark.got)
        for remark in remarks
    )


def write_address(view: View, atlas: Atlas) -> dict[str, str]:
    """Return the query parameters that ask for ``view``; what is as usual is left out."""
    return address.write(view, address_table(atlas))


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


def address_of(view: View, atlas: Atlas, here: str | None) -> str:
    """Return the full address of a view; ``here`` is where the page is, or ``None`` where that is not known.

    The window is always told, for the usual one is the data's to choose.
    """
    bare = urlsplit(here or "")._replace(query="", fragment="").geturl()
    days = {"from": str(view.window.first), "to": str(view.window.last)}
    return f"{bare}?{urlencode(days | write_address(view, atlas), safe=',')}"

"""The view in the spelling of the address bar, both ways. Knows no Streamlit.

The browser's script reports the view in the same spelling, so there is one reader for both. Nothing from
outside is trusted: what does not parse, or names something unknown, gives way to the default with a remark.

============== =========================================================== ===================
parameter      value                                                       default
============== =========================================================== ===================
``from``       first day of the window, ISO                                the article's day
``to``         last day of the window, ISO, included                       the article's day
``sure``       ``1``: only what certainly falls in the window              ``0``
``known``      ISO day whose knowledge counts, or ``all``                  the article's day
``who``        ids of actors, or ``article``; comma between                everyone
``kind``       kinds of statement and of incident; comma between           all
``hide``       layers switched off; comma between                          none
``select``     id of a place, event or background fact                     none
``names``      ``en``, ``ar``, ``tr`` or ``ru``                            ``en``
``background`` ``0`` hides background events                               ``1``
``base``       a base map from the network, or ``none``                    ``none``
``at``         latitude, longitude and zoom of the frame's middle          fitted to the story
``screen``     ``clean``: no controls; title, key, scale, date and credit   ``full``
============== =========================================================== ===================
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args
from urllib.parse import urlencode, urlsplit

from mapapp.core.dates import Window, read_day
from mapapp.core.errors import DateError, shown
from mapapp.core.model import LANGUAGES, Atlas, Kind, Lang
from mapapp.core.select import View
from mapapp.incidents.words import KINDS as INCIDENT_KINDS
from mapapp.render.payload import BASE_MAPS, SCREEN_LAYERS, SWITCHABLE
from mapapp.render.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date


PARAMETERS = (
    "from",
    "to",
    "sure",
    "known",
    "who",
    "kind",
    "hide",
    "select",
    "names",
    "background",
    "base",
    "at",
    "screen",
)
_LONGEST = 2000  # characters of one value; longer ones are not read
_AT = 3  # latitude, longitude, zoom
_FRAME = (85, 180, 18)  # how far each may go on a web map


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


class _Reader:
    """Reads one address, gathering remarks instead of failing."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.given = given
        self.remarks: list[str] = []

    def remark(self, key: str, what: str) -> None:
        """Note that a parameter was not used, and why."""
        self.remarks.append(words("remark", key=key, what=what, got=shown(self.given[key])))

    def day(self, key: str, default: date) -> date:
        """Read an ISO day."""
        if key not in self.given:
            return default
        try:
            return read_day(self.given[key])
        except DateError as error:
            self.remark(key, error.what)
            return default

    def one(self, key: str, allowed: Iterable[str], default: str) -> str:
        """Read one of the allowed words."""
        if key not in self.given:
            return default
        if self.given[key] in allowed:
            return self.given[key]
        self.remark(key, words("remark-unknown"))
        return default

    def several(self, key: str, allowed: Iterable[str]) -> frozenset[str] | None:
        """Read words with commas between; ``None`` where the parameter is absent or names nothing known."""
        if key not in self.given:
            return None
        asked = [word for word in self.given[key].split(",") if word]
        known = frozenset(asked) & frozenset(allowed)
        if len(known) < len(set(asked)):
            self.remark(key, words("remark-unknown"))
            return known or None
        return known

    def lang(self) -> Lang:
        """Read the language of names."""
        asked = self.one("names", LANGUAGES, "en")
        return next((lang for lang in LANGUAGES if lang == asked), "en")

    def at(self) -> tuple[float, float, float] | None:
        """Read the frame's middle and zoom."""
        if "at" not in self.given:
            return None
        try:
            numbers = tuple(float(part) for part in self.given["at"].split(","))
        except ValueError:
            numbers = ()
        if len(numbers) == _AT and all(map(math.isfinite, numbers)):
            lat, lon, zoom = numbers
            if abs(lat) <= _FRAME[0] and abs(lon) <= _FRAME[1] and 1 <= zoom <= _FRAME[2]:
                return lat, lon, zoom
        self.remark("at", words("remark-at"))
        return None


def read_address(given: Mapping[str, str], atlas: Atlas) -> tuple[View, tuple[str, ...]]:
    """Return the view an address asks for, and remarks on what in it could not be used.

    Parameters
    ----------
    given
        Query parameters, the last value of each. Unknown ones are left alone: other software adds its own.
    atlas
        What ids and days are checked against.
    """
    short = {key: value for key, value in given.items() if key in PARAMETERS and len(value) <= _LONGEST}
    reader = _Reader(short)
    reader.remarks += [
        words("remark", key=key, what=words("remark-long"), got=shown(given[key]))
        for key in given
        if key in PARAMETERS and key not in short
    ]
    usual = default_view(atlas)
    first = reader.day("from", usual.window.first)
    last = reader.day("to", max(first, usual.window.last) if "from" in short else usual.window.last)
    if first > last and "from" not in short:
        first = last
    window = Window(first, last) if first <= last else usual.window
    if first > last:
        reader.remark("from", words("remark-reversed", to=last))
    hidden = reader.several("hide", SWITCHABLE)
    selected: str | None = None
    if "select" in short:
        selected = reader.one("select", {*atlas.place, *atlas.event, *atlas.fact}, "") or None
    known = None if short.get("known") == "all" else reader.day("known", atlas.article.date)
    return View(
        window=window,
        certainty="certain" if reader.one("sure", ("0", "1"), "0") == "1" else "possible",
        said_by=reader.several("who", {event.said_by for event in atlas.events}),
        kinds=reader.several("kind", (*get_args(Kind), *INCIDENT_KINDS)),
        layers=frozenset(SCREEN_LAYERS) - hidden if hidden else None,
        known=known,
        selected=selected,
        lang=reader.lang(),
        background=reader.one("background", ("0", "1"), "1") == "1",
        camera=reader.at(),
        base=reader.one("base", ("none", *BASE_MAPS), "none"),
        clean=reader.one("screen", ("full", "clean"), "full") == "clean",
    ), tuple(reader.remarks)


def write_address(view: View, atlas: Atlas) -> dict[str, str]:
    """Return the query parameters that ask for ``view``; what is as usual is left out."""
    usual = default_view(atlas)
    hidden = sorted(frozenset(SWITCHABLE) - view.layers) if view.layers is not None else []
    given: dict[str, str | None] = {
        "from": str(view.window.first) if view.window != usual.window else None,
        "to": str(view.window.last) if view.window != usual.window else None,
        "sure": "1" if view.certainty == "certain" else None,
        "known": None if view.known == usual.known else "all" if view.known is None else str(view.known),
        "who": None if view.said_by is None else ",".join(sorted(view.said_by)),
        "kind": None if view.kinds is None else ",".join(sorted(view.kinds)),
        "hide": ",".join(hidden) or None,
        "select": view.selected,
        "names": view.lang if view.lang != usual.lang else None,
        "background": None if view.background else "0",
        "base": view.base if view.base != usual.base else None,
        "screen": "clean" if view.clean else None,
        "at": "{:.4f},{:.4f},{:.2f}".format(*view.camera) if view.camera else None,
    }
    return {key: value for key, value in given.items() if value is not None}


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
    return asked if isinstance(asked, str) and len(asked) <= _LONGEST else None


def address_of(view: View, atlas: Atlas, here: str | None) -> str:
    """Return the full address of a view; ``here`` is where the page is, or ``None`` where that is not known.

    The window is always told, for the usual one is the data's to choose.
    """
    bare = urlsplit(here or "")._replace(query="", fragment="").geturl()
    days = {"from": str(view.window.first), "to": str(view.window.last)}
    return f"{bare}?{urlencode(days | write_address(view, atlas), safe=',')}"

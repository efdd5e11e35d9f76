"""A view in the spelling of the address bar, both ways: what may stand there, and what it means.

What may stand there is one table, made for an atlas by `table`. The browser's script is given the same table.
``web/static/rules.js`` is the browser's half of this module, and a test compares the two.

Nothing from outside is trusted: what does not parse, or names something unknown, gives way to the default
with a remark. Numbers are plain decimals and days are ISO days, both in the digits 0 to 9.

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

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from math import floor
from typing import TYPE_CHECKING, Literal

from mapapp.core.edtf import Window, read_day
from mapapp.core.model import LANGUAGES
from mapapp.core.view import View
from mapapp.errors import DateError, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

LONGEST = 2000  # characters of one value; longer ones are not read
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True)
class Number:
    """One number of a parameter: between ``low`` and ``high``, written with so many ``decimals``.

    Where ``turn`` is not 0, the numbers go round: a longitude of 181 is one of -179.
    """

    low: float
    high: float
    decimals: int
    turn: float = 0


@dataclass(frozen=True)
class Parameter:
    """What one parameter may hold: a day, one word, words with commas between, or numbers likewise.

    ``usual`` is what holds where the parameter is left out. ``allowed`` are the words; for a day, those that
    may stand in its place.
    """

    kind: Literal["day", "word", "words", "numbers"]
    usual: str | None = None
    allowed: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()


@dataclass(frozen=True)
class Table:
    """What an address may hold for one atlas; ``always`` are the layers that cannot be switched off."""

    parameters: Mapping[str, Parameter]
    always: tuple[str, ...]
    longest: int = LONGEST


@dataclass(frozen=True)
class Remark:
    """What of an address was not used: the parameter, why (a key of the catalogue), and what stood there."""

    key: str
    code: str
    got: str
    values: Mapping[str, str] = field(default_factory=dict)


_PARAMETERS = {
    "from": Parameter("day"),
    "to": Parameter("day"),
    "sure": Parameter("word", "0", ("0", "1")),
    "known": Parameter("day", allowed=("all",)),
    "who": Parameter("words"),
    "kind": Parameter("words"),
    "hide": Parameter("words"),
    "select": Parameter("word"),
    "names": Parameter("word", LANGUAGES[0], LANGUAGES),
    "background": Parameter("word", "1", ("0", "1")),
    "base": Parameter("word", "none"),
    "at": Parameter("numbers", numbers=(Number(-85, 85, 4), Number(-180, 180, 4, 360), Number(1, 18, 2))),
    "screen": Parameter("word", "full", ("full", "clean")),
}
PARAMETERS = tuple(_PARAMETERS)


def table(day: date, always: Iterable[str], allowed: Mapping[str, Iterable[str]]) -> Table:
    """Return what an address may hold.

    Parameters
    ----------
    day
        The article's day: the usual window, and the usual day whose knowledge counts.
    always
        Layers that cannot be switched off.
    allowed
        The words of ``who``, ``kind``, ``hide``, ``select`` and ``base``, which are the atlas's own.
    """
    filled = {
        name: replace(
            parameter,
            usual=str(day) if parameter.kind == "day" else parameter.usual,
            allowed=tuple(dict.fromkeys(allowed.get(name, parameter.allowed))),
        )
        for name, parameter in _PARAMETERS.items()
    }
    return Table(filled, tuple(always))


class _Reader:
    """Reads one address, gathering remarks instead of failing."""

    def __init__(self, given: Mapping[str, str], parameters: Mapping[str, Parameter]) -> None:
        self.given = {name: given[name] for name in parameters if name in given}
        self.parameters = parameters
        self.remarks: list[Remark] = []

    def remark(self, name: str, code: str, **values: str) -> None:
        """Note that a parameter was not used, and why."""
        self.remarks.append(Remark(name, code, short_repr(self.given[name]), values))

    def drop_long(self, longest: int) -> None:
        """Leave out what is too long to be read."""
        for name in [name for name, value in self.given.items() if len(value) > longest]:
            self.remark(name, "remark-long")
            del self.given[name]

    def day(self, name: str, usual: date) -> date:
        """Read an ISO day."""
        if name not in self.given:
            return usual
        try:
            return read_day(self.given[name])
        except DateError:
            self.remark(name, "remark-no-day" if _ISO.fullmatch(self.given[name]) else "remark-day")
            return usual

    def word(self, name: str) -> str | None:
        """Read one of the allowed words."""
        usual = self.parameters[name].usual
        if name not in self.given:
            return usual
        if self.given[name] in self.parameters[name].allowed:
            return self.given[name]
        self.remark(name, "remark-unknown")
        return usual

    def several(self, name: str) -> frozenset[str] | None:
        """Read words with commas between; ``None`` where the parameter is absent or names nothing known."""
        if name not in self.given:
            return None
        asked = {word for word in self.given[name].split(",") if word}
        known = asked & {*self.parameters[name].allowed}
        if known != asked:
            self.remark(name, "remark-unknown")
        return frozenset(known) if known or not asked else None

    def numbers(self, name: str) -> tuple[float, ...] | None:
        """Read numbers with commas between."""
        if name not in self.given:
            return None
        parts, wanted = self.given[name].split(","), self.parameters[name].numbers
        if len(parts) == len(wanted) and all(map(_NUMBER.fullmatch, parts)):
            found = tuple(map(float, parts))
            if all(number.low <= value <= number.high for value, number in zip(found, wanted, strict=True)):
                return found
        self.remark(name, "remark-at")
        return None


def read(given: Mapping[str, str], table: Table) -> tuple[View, tuple[Remark, ...]]:
    """Return the view an address asks for, and remarks on what in it could not be used.

    Parameters
    ----------
    given
        Query parameters, the last value of each. Unknown ones are left alone: other software adds its own.
    """
    reader = _Reader(given, table.parameters)
    reader.drop_long(table.longest)
    article = read_day(table.parameters["from"].usual or "")
    first = reader.day("from", article)
    last = reader.day("to", max(first, article) if "from" in reader.given else article)
    if first > last and "from" not in reader.given:
        first = last
    if first > last:
        reader.remark("from", "remark-reversed", to=str(last))
        first = last = article
    hidden = reader.several("hide") or frozenset()
    lang = reader.word("names")
    at = reader.numbers("at")
    return View(
        window=Window(first, last),
        certainty="certain" if reader.word("sure") == "1" else "possible",
        said_by=reader.several("who"),
        kinds=reader.several("kind"),
        layers=frozenset((*table.always, *table.parameters["hide"].allowed)) - hidden if hidden else None,
        known=None if reader.given.get("known") == "all" else reader.day("known", article),
        selected=reader.word("select"),
        lang=next(known for known in LANGUAGES if known == lang),
        background=reader.word("background") == "1",
        camera=None if at is None else (at[0], at[1], at[2]),
        base=reader.word("base") or "none",
        clean=reader.word("screen") == "clean",
    ), tuple(sorted(reader.remarks, key=lambda remark: PARAMETERS.index(remark.key)))


def write(view: View, table: Table) -> dict[str, str]:
    """Return the query parameters that ask for ``view``; what is as usual is left out."""
    hidden = () if view.layers is None else {*table.parameters["hide"].allowed} - view.layers
    numbers = table.parameters["at"].numbers
    given: dict[str, str | None] = {
        "from": str(view.window.first),
        "to": str(view.window.last),
        "sure": "1" if view.certainty == "certain" else "0",
        "known": "all" if view.known is None else str(view.known),
        "who": None if view.said_by is None else ",".join(sorted(view.said_by)),
        "kind": None if view.kinds is None else ",".join(sorted(view.kinds)),
        "hide": ",".join(sorted(hidden)) or None,
        "select": view.selected,
        "names": view.lang,
        "background": "1" if view.background else "0",
        "base": view.base,
        "at": ",".join(map(_written, view.camera, numbers)) if view.camera else None,
        "screen": "clean" if view.clean else "full",
    }
    usual = {name for name, value in given.items() if value == table.parameters[name].usual}
    if not {"from", "to"} <= usual:  # the two go together
        usual -= {"from", "to"}
    return {name: value for name, value in given.items() if value is not None and name not in usual}


def _written(value: float, number: Number) -> str:
    """Return a number within its bounds: half is rounded away from 0, as in the browser; 0 has no sign."""
    if number.turn and not number.low <= value <= number.high:
        value -= number.turn * floor((value - number.low) / number.turn)
    kept = Decimal(min(max(value, number.low), number.high))
    rounded = kept.quantize(Decimal(1).scaleb(-number.decimals), ROUND_HALF_UP)
    return str(abs(rounded) if rounded == 0 else rounded)

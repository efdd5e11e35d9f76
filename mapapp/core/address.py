"""The address of a view: its parameters, and how they are read and written.

Each parameter is declared once, in `PARAMETERS`. It has the same name everywhere: as a field of `View`, in
the script, on the command line (with ``-`` for ``_``) and in the Python API. `table` fills in the values an
atlas allows; the table is also sent to the browser. Its counterpart is ``web/src/address.js``: a test
compares the two.

Nothing from outside is trusted: a value that cannot be read, or names something unknown, is replaced by the
default, with a remark. Numbers are plain decimals and days are ISO dates, both in ASCII digits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from math import floor
from typing import TYPE_CHECKING, Any, Literal

from mapapp.core.edtf import Window, read_day
from mapapp.core.view import View
from mapapp.errors import DateError, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

LONGEST = 2000  # characters of one value; longer ones are not read
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True)
class Number:
    """One number of a parameter: its limits, and the ``decimals`` it is written with.

    If ``turn`` is not 0, values wrap around: a longitude of 181 is read as -179. The message for a value
    out of range has the key ``remark-`` and ``name``.
    """

    name: str
    low: float
    high: float
    decimals: int
    turn: float = 0


@dataclass(frozen=True)
class Parameter:
    """The definition of one parameter.

    Attributes
    ----------
    kind
        ``day``; ``flag``, which is 0 or 1; one ``word``; ``words`` or ``numbers`` separated by commas;
        ``step``, which is one of the allowed numbers.
    default
        The value of a missing parameter. ``None``: all, or nothing selected.
    allowed
        The allowed words; for a day, words allowed instead of a date.
    numbers
        The numbers it holds, in order.
    follows
        The parameter whose value is the default of this one, if it is present and allowed here.
    alias
        Its older spelling, which addresses still accept. ``alias_values`` translates older values, where they
        differ.
    metavar, meaning
        How the command line and the documentation name the value, and what it does.
    """

    kind: Literal["day", "flag", "word", "words", "numbers", "step"]
    default: str | None = None
    allowed: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    follows: str = ""
    alias: str = ""
    alias_values: Mapping[str, str] = field(default_factory=dict)
    metavar: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class Table:
    """The parameters of an address, with the values that one atlas allows.

    ``steps`` has the parameters of each step of the story. An address with ``step`` need not repeat them;
    those it has count. An empty text stands for the default.
    """

    parameters: Mapping[str, Parameter]
    steps: tuple[Mapping[str, str], ...] = ()
    longest: int = LONGEST

    def step(self, number: str | None) -> Mapping[str, str]:
        """Return the parameters of a step; none if there is no such step."""
        known = number is not None and number in self.parameters["step"].allowed
        return self.steps[int(number or 1) - 1] if known else {}


@dataclass(frozen=True)
class Remark:
    """A value in an address that was not used.

    ``key`` is the parameter as it was spelled, ``code`` the key of the message that says why.
    """

    key: str
    code: str
    got: str
    values: Mapping[str, str] = field(default_factory=dict)


PARAMETERS = {
    "first": Parameter(
        "day",
        alias="from",
        metavar="DAY",
        meaning="first day of the window (default: the day of the first article, or an earlier day "
        "if most statements are about the time before it)",
    ),
    "last": Parameter(
        "day",
        alias="to",
        metavar="DAY",
        meaning="last day of the window, inclusive (default: the day of the last article)",
    ),
    "certain": Parameter(
        "flag",
        "0",
        ("0", "1"),
        alias="sure",
        metavar="1",
        meaning="1: show only what certainly falls in the window",
    ),
    "as_of": Parameter(
        "day",
        allowed=("all",),
        alias="known",
        metavar="DAY",
        meaning="hide items that began after this day; 'all': none (default: the day of the last article)",
    ),
    "said_by": Parameter(
        "words",
        alias="who",
        metavar="IDS",
        meaning="ids of actors, or 'article' for the article (default: everyone)",
    ),
    "kinds": Parameter(
        "words", alias="kind", metavar="KINDS", meaning="kinds of statement and of incident (default: all)"
    ),
    "hidden": Parameter(
        "words", "", alias="hide", metavar="LAYERS", meaning="layers to hide (default: none)"
    ),
    "selected": Parameter(
        "word",
        alias="select",
        metavar="ID",
        meaning="place, statement or background fact to select",
    ),
    "article": Parameter(
        "word", metavar="ID", meaning="article whose statements to show (default: all articles)"
    ),
    "names": Parameter(
        "word",
        follows="language",
        alias="lang",
        metavar="LANG",
        meaning="language of place names, one of the map's (default: that of language, or else its first)",
    ),
    "language": Parameter(
        "word",
        metavar="LANG",
        meaning="language of the interface and of what mapapp writes: en, ar, tr or ru (default: on the "
        "screen, the browser's; else en)",
    ),
    "background": Parameter(
        "flag",
        "1",
        ("0", "1"),
        metavar="0",
        meaning="0: hide background (information not from the article)",
    ),
    "base_map": Parameter(
        "word", "none", alias="base", metavar="MAP", meaning="base map from the network (default: none)"
    ),
    "camera": Parameter(
        "numbers",
        numbers=(
            Number("latitude", -85, 85, 4),
            Number("longitude", -180, 180, 4, 360),
            Number("zoom", 1, 18, 2),
        ),
        alias="at",
        metavar="LAT,LON,ZOOM",
        meaning="centre and zoom of the map (default: fitted to the data)",
    ),
    "screenshot": Parameter(
        "flag",
        "0",
        ("0", "1"),
        alias="screen",
        alias_values={"full": "0", "clean": "1"},
        metavar="1",
        meaning="1: hide the controls; show only title, legend, scale, date and credit",
    ),
    "step": Parameter(
        "step",
        metavar="N",
        meaning="step of the story, from 1; what the address does not say is as in the step (default: none)",
    ),
    "compare": Parameter(
        "day", metavar="DAY", meaning="day whose areas to compare with those of the last day (default: none)"
    ),
}
SPELLINGS = frozenset(
    spelling for name, parameter in PARAMETERS.items() for spelling in (name, parameter.alias) if spelling
)


def table(
    days: Window,
    languages: Sequence[str],
    allowed: Mapping[str, Iterable[str]],
    steps: Sequence[Mapping[str, str]] = (),
) -> Table:
    """Return the parameters with the allowed values filled in.

    Parameters
    ----------
    days
        The default window. Its last day is also the default of ``as_of``.
    languages
        Of names, the default one first.
    allowed
        The words that depend on the atlas, by parameter.
    steps
        The parameters of each step of the story.
    """
    defaults = {
        "first": str(days.first),
        "last": str(days.last),
        "as_of": str(days.last),
        "names": languages[0],
    }
    numbers = (str(number) for number, _ in enumerate(steps, 1))
    words = {"names": languages, "step": numbers, **allowed}
    filled = {
        name: replace(
            parameter,
            default=defaults.get(name, parameter.default),
            allowed=tuple(dict.fromkeys(words.get(name, parameter.allowed))),
        )
        for name, parameter in PARAMETERS.items()
    }
    return Table(filled, tuple(steps))


class _Reader:
    """Reads one address, gathering remarks instead of failing."""

    def __init__(self, query: Mapping[str, str], table: Table) -> None:
        self.parameters = table.parameters
        self.values: dict[str, str] = {}
        self.spelling: dict[str, str] = {}
        self.remarks: list[Remark] = []
        self.query = query
        for name, parameter in table.parameters.items():
            spellings = [one for one in (name, parameter.alias) if one and one in query]
            if not spellings:
                continue
            spelling = self.spelling[name] = spellings[0]
            for older in spellings[1:]:
                self.remarks.append(Remark(older, "remark-alias", short_repr(query[older]), {"name": name}))
            if len(query[spelling]) > table.longest:
                self.remark(name, "remark-long")
            elif spelling == name:
                self.values[name] = query[name]
            else:
                self.values[name] = parameter.alias_values.get(query[spelling], query[spelling])
        self._take_step(table)

    def _take_step(self, table: Table) -> None:
        """Take from the step what the address does not say; the window is taken whole."""
        has_days = {"first", "last"} & self.spelling.keys()
        for name, value in table.step(self.values.get("step")).items():
            if name not in self.spelling and not (has_days and name in ("first", "last")):
                self.values[name] = value

    def remark(self, name: str, code: str, **values: str) -> None:
        """Note that a parameter was not used, and why."""
        spelling = self.spelling[name]
        self.remarks.append(Remark(spelling, code, short_repr(self.query[spelling]), values))

    def day(self, name: str, default: str | None) -> date | None:
        """Read an ISO day; ``None`` for a word that replaces it, or if there is no default."""
        value = self.values.get(name)
        if value is not None and value in self.parameters[name].allowed:
            return None
        otherwise = None if default is None else read_day(default)
        if value is None:
            return otherwise
        try:
            return read_day(value)
        except DateError:
            self.remark(name, "remark-no-day" if _ISO.fullmatch(value) else "remark-day")
            return otherwise

    def word(self, name: str) -> str | None:
        """Read one of the allowed words; no text is the default, if that is none of them."""
        parameter = self.parameters[name]
        default = _default(parameter, self.values.get(parameter.follows))
        if name not in self.values or (default is None and not self.values[name]):
            return default
        if self.values[name] in parameter.allowed:
            return self.values[name]
        if parameter.kind == "step" and parameter.allowed:
            self.remark(name, "remark-step", low="1", high=str(len(parameter.allowed)))
        else:
            self.remark(name, "remark-unknown")
        return default

    def words(self, name: str) -> frozenset[str] | None:
        """Read words separated by commas; return the default if none of them is allowed."""
        default = None if self.parameters[name].default is None else frozenset[str]()
        if name not in self.values:
            return default
        asked = {word for word in self.values[name].split(",") if word}
        known = asked & {*self.parameters[name].allowed}
        if known != asked:
            self.remark(name, "remark-unknown")
        return frozenset(known) if known or not asked else default

    def numbers(self, name: str) -> tuple[float, ...] | None:
        """Read numbers separated by commas."""
        if not self.values.get(name):
            return None
        parts, wanted = self.values[name].split(","), self.parameters[name].numbers
        if len(parts) != len(wanted) or not all(map(_NUMBER.fullmatch, parts)):
            self.remark(name, "remark-numbers")
            return None
        found = tuple(map(float, parts))
        outside = [
            number
            for value, number in zip(found, wanted, strict=True)
            if not number.low <= value <= number.high
        ]
        for number in outside:
            self.remark(name, f"remark-{number.name}", low=f"{number.low:g}", high=f"{number.high:g}")
        return None if outside else found

    def window(self) -> Window:
        """Read the window; a missing or invalid end is the default one, unless that reverses the window."""
        opens, closes = (read_day(self.parameters[name].default or "") for name in ("first", "last"))
        before = len(self.remarks)
        first = self.day("first", str(opens)) or opens
        is_given = "first" in self.values and len(self.remarks) == before
        last = self.day("last", str(max(first, closes) if "first" in self.values else closes)) or closes
        if first > last and not is_given:
            first = last
        if first > last:
            self.remark("first", "remark-reversed", last=str(last))
            first, last = opens, closes
        return Window(first, last)

    def value(self, name: str) -> Any:  # noqa: ANN401 - each kind of parameter has a type of its own
        """Read any parameter but the window's."""
        kind = self.parameters[name].kind
        if kind == "day":
            return self.day(name, self.parameters[name].default)
        if kind == "flag":
            return self.word(name) == "1"
        if kind == "step":
            number = self.word(name)
            return None if number is None else int(number)
        return {"word": self.word, "words": self.words, "numbers": self.numbers}[kind](name)


def read(query: Mapping[str, str], table: Table) -> tuple[View, tuple[Remark, ...]]:
    """Return the view that an address describes, and remarks on values that were not used.

    Parameters
    ----------
    query
        Query parameters, the last value of each. Unknown ones are ignored: other software adds its own.
    """
    reader = _Reader(query, table)
    window = reader.window()
    values = {name: reader.value(name) for name in table.parameters if name not in ("first", "last")}
    view = View(window=window, **values)
    order = [spelling for name, one in table.parameters.items() for spelling in (name, one.alias)]
    return view, tuple(sorted(reader.remarks, key=lambda remark: order.index(remark.key)))


def write(view: View, table: Table) -> dict[str, str]:
    """Return the parameters that describe ``view``, without those at their default or as in its step."""
    query: dict[str, str] = {}
    step = table.step(None if view.step is None else str(view.step))
    for name, parameter in table.parameters.items():
        text = text_of(_value_of(view, name), parameter)
        followed = _value_of(view, parameter.follows) if parameter.follows else None
        if text is None and name in step:
            query[name] = ""
        elif text is not None and text != step.get(name, _default(parameter, followed)):
            query[name] = text
    if {"first", "last"} & query.keys():  # one end alone would be read with another default
        query = {"first": str(view.window.first), "last": str(view.window.last)} | query
    return {name: query[name] for name in table.parameters if name in query}


def _default(parameter: Parameter, followed: str | None) -> str | None:
    """Return the default of a parameter, given the value of the one that it follows."""
    return followed if followed in parameter.allowed else parameter.default


def _value_of(view: View, name: str) -> Any:  # noqa: ANN401 - as above
    return getattr(view.window if name in ("first", "last") else view, name)


def text_of(value: Any, parameter: Parameter) -> str | None:  # noqa: ANN401 - as above
    """Return a parameter's text; ``None`` if it has its default and can be left out."""
    if parameter.kind == "flag":
        return "1" if value else "0"
    if value is None or value == "":
        return next(iter(parameter.allowed), None) if parameter.kind == "day" else None
    if parameter.kind == "words":
        return ",".join(sorted(value))
    if parameter.kind == "numbers":
        return ",".join(map(_decimal, value, parameter.numbers))
    return str(value)


def _decimal(value: float, number: Number) -> str:
    """Clamp a number to its limits and round it half away from 0, as in the browser; 0 has no sign."""
    if number.turn and not number.low <= value <= number.high:
        value -= number.turn * floor((value - number.low) / number.turn)
    kept = Decimal(min(max(value, number.low), number.high))
    rounded = kept.quantize(Decimal(1).scaleb(-number.decimals), ROUND_HALF_UP)
    return str(abs(rounded) if rounded == 0 else rounded)

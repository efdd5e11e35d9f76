"""Reads and writes view addresses, with the ids and layers of one atlas."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from mapapp.base_maps import BASE_MAPS
from mapapp.core import address, story
from mapapp.core.snapshots import dated_layers, gaps
from mapapp.core.story_frame import opening_days
from mapapp.core.view import View
from mapapp.errors import Issue, short_repr
from mapapp.incidents.vocabulary import KINDS as INCIDENT_KINDS
from mapapp.text.locales import LANGUAGES
from mapapp.text.messages import words
from mapapp.text.remarks import read_with

_MOST_LISTED = 20  # values that a message lists; of more, it names the nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mapapp.core.model import Atlas


def address_table(atlas: Atlas) -> address.Table:
    """Return the address parameters with the values that ``atlas`` allows."""
    profile = atlas.profile
    return address.table(
        opening_days(atlas),
        profile.languages,
        {
            "said_by": (event.said_by for event in atlas.events),
            "kinds": (*profile.event_kinds, *INCIDENT_KINDS),
            "hidden": profile.switchable,
            "selected": (*atlas.place, *atlas.event, *atlas.fact),
            "article": atlas.article,
            "language": LANGUAGES,
            "base_map": ("none", *BASE_MAPS),
        },
        [_of_step(step) for step in story.steps(atlas)],
    )


def _of_step(step: story.Step) -> dict[str, str]:
    """Return the parameters of a step of the story."""
    query = {"first": str(step.window.first), "last": str(step.window.last)}
    found = {"hidden": step.hidden, "selected": step.shown, "camera": step.camera}
    for name, value in found.items():
        if value and (text := address.text_of(value, address.PARAMETERS[name])):
            query[name] = text
    return query


def step_view(atlas: Atlas, number: int) -> View:
    """Return the view of a step of the story, which must exist."""
    view, _ = read_address({"step": str(number)}, atlas)
    return view


def default_view(atlas: Atlas) -> View:
    """Return the initial view: the days the map opens on, as known on the day of the last article."""
    days = opening_days(atlas)
    return View(window=days, as_of=days.last, names=atlas.profile.languages[0])


def read_address(query: Mapping[str, str], atlas: Atlas) -> tuple[View, tuple[str, ...]]:
    """Return the view that an address describes, and remarks on values that were not used.

    Parameters
    ----------
    query
        Query parameters, the last value of each. Unknown ones are ignored: other software adds its own.
    atlas
        The atlas whose ids and days are valid.
    """
    return read_with(query, address_table(atlas), comparable=bool(dated_layers(atlas)))


def check_address(
    query: Mapping[str, str], atlas: Atlas, spelled: Callable[[str], str] = str
) -> tuple[View, tuple[Issue, ...]]:
    """Return the view an address asks for, and its faults with how to fix them.

    For callers that refuse a faulty address; `read_address` falls back to defaults.

    Parameters
    ----------
    query, atlas
        As for `read_address`.
    spelled
        Returns the name of a parameter as the user knows it, such as ``--as-of``.
    """
    table = address_table(atlas)
    view, remarks = address.read(query, table)
    faults = tuple(_fault(remark, query[remark.key], table, spelled) for remark in remarks)
    return view, faults or tuple(_incomparable(view, atlas, spelled))


def _incomparable(view: View, atlas: Atlas, spelled: Callable[[str], str]) -> Iterable[Issue]:
    """Yield why two days cannot be compared."""
    if view.compare is not None and not dated_layers(atlas):
        where = spelled("compare")
        yield Issue(words("compare-impossible"), str(view.compare), words("compare-leave-out"), where)
        return
    for gap in gaps(atlas, view):
        where = spelled("compare" if gap.day == view.compare else "last")
        nearest = _either(tuple(map(str, gap.nearest)))
        yield Issue(words("compare-no-snapshot"), str(gap.day), words("compare-use", days=nearest), where)


def check_values(values: Mapping[str, object], atlas: Atlas) -> tuple[View, tuple[Issue, ...]]:
    """Return the view that Python values ask for, and their faults with how to fix them.

    Parameters
    ----------
    values
        Values by parameter: text or a date for a day, a bool for a flag, text or several texts for words;
        ``None`` where not given.
    atlas
        What ids and days are checked against.
    """
    parameters = address_table(atlas).parameters
    query: dict[str, str] = {}
    faults: list[Issue] = []
    for name, value in values.items():
        parameter = parameters[name]
        if value is None and parameter.kind != "flag":
            continue
        text = _text_of(value, parameter)
        if text is None:
            faults.append(_wrong_type(name, value, parameters))
        else:
            query[name] = text
    view, more = check_address(query, atlas)
    order = [*parameters]
    return view, tuple(sorted((*faults, *more), key=lambda fault: order.index(fault.where)))


def _text_of(value: object, parameter: address.Parameter) -> str | None:
    """Return a Python value as the address has it; ``None`` if it has the wrong type."""
    if parameter.kind == "flag":
        is_flag = not isinstance(value, str) and str(value) in ("True", "False")  # numpy's bool, too
        return str(int(bool(value))) if is_flag else None
    if isinstance(value, str):
        return value
    if parameter.kind == "step" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if parameter.kind == "day" and isinstance(value, date):
        return str(value)[:10]  # of a time of day, its day
    if parameter.kind == "words" and isinstance(value, Iterable):
        parts = [*value]
        return ",".join(parts) if all(isinstance(part, str) for part in parts) else None
    return None


def _wrong_type(name: str, value: object, parameters: Mapping[str, address.Parameter]) -> Issue:
    parameter = parameters[name]
    if parameter.kind == "flag":
        return Issue("expected True or False", short_repr(value), where=name)
    if parameter.kind == "day":
        fix = _usable_days(parameter, parameters)
        return Issue("expected a date or text", short_repr(value), fix, name)
    if parameter.kind == "step":
        return Issue("expected a number", short_repr(value), _choices((), parameter.allowed), name)
    what = "expected text or a list of texts" if parameter.kind == "words" else "expected text"
    return Issue(what, short_repr(value), f"use one such as {parameter.allowed[0]}", name)


def _usable_days(parameter: address.Parameter, parameters: Mapping[str, address.Parameter]) -> str:
    example = parameter.default or parameters["last"].default
    return f"use {_either((f'a day such as {example}', *parameter.allowed))}"


def _fault(remark: address.Remark, value: str, table: address.Table, spelled: Callable[[str], str]) -> Issue:
    name, parameter = next(
        (name, one) for name, one in table.parameters.items() if remark.key in (name, one.alias)
    )
    got, values = remark.got, remark.values
    match remark.code:
        case "remark-step":
            fix = f"use a number from {values['low']} to {values['high']}"
        case "remark-unknown":
            parts = value.split(",") if parameter.kind == "words" else [value]
            unknown = sorted({*parts} - {*parameter.allowed, ""}) or parts
            got = ", ".join(map(short_repr, unknown))
            fix = _choices(unknown, parameter.allowed)
        case "remark-day" | "remark-no-day":
            fix = _usable_days(parameter, table.parameters)
        case "remark-long":
            fix = f"use at most {table.longest} characters"
        case "remark-alias":
            values = {"name": spelled(name)}
            fix = "leave one of them out"
        case "remark-reversed":
            fix = "put the earlier day first"
        case _:
            ranges = ", ".join(f"{one.name} {one.low:g} to {one.high:g}" for one in parameter.numbers)
            fix = f"use {parameter.metavar}: {ranges}"
    return Issue(words(remark.code, **values), got, fix, spelled(remark.key))


def _choices(unknown: Iterable[str], allowed: tuple[str, ...]) -> str:
    """Return what can be used instead: all of a few values, the nearest of many."""
    if not allowed:
        return "leave it out, for this map has none"
    if len(allowed) <= _MOST_LISTED:
        return f"choose from {', '.join(allowed)}"
    near = dict.fromkeys(match for word in unknown for match in get_close_matches(word, allowed, cutoff=0.7))
    if near:
        return f"did you mean {_either((*near,))}?"
    return f"choose from {len(allowed)} values such as {', '.join(allowed[:3])}"


def _either(values: tuple[str, ...]) -> str:
    return ", or ".join((", ".join(values[:-1]), values[-1])) if len(values) > 1 else values[0]


def write_address(view: View, atlas: Atlas) -> dict[str, str]:
    """Return the query parameters that describe ``view``, without those at their default."""
    return address.write(view, address_table(atlas))


def address_of(view: View, atlas: Atlas, here: str | None) -> str:
    """Return the full address of a view.

    It always names the window: the default window depends on the data.

    Parameters
    ----------
    here
        Address of the page; ``None`` if unknown: only the query is returned.
    """
    bare = urlsplit(here or "")._replace(query="", fragment="").geturl()
    days = {"first": str(view.window.first), "last": str(view.window.last)}
    return f"{bare}?{urlencode(days | write_address(view, atlas), safe=',')}"

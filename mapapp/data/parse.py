"""Validates a plain value against the schema; returns an entry or all its issues."""

from __future__ import annotations

import difflib
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from mapapp.data.schema import KEYS
from mapapp.errors import Issue, short_repr

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

MOST_VALUES = 5000  # of one entry

T = TypeVar("T")


def parse(entry: type[T], value: object) -> T | list[Issue]:
    """Return a value as an entry, or every issue that prevents it.

    Parameters
    ----------
    entry
        One of the dataclasses of `schema`.
    value
        What a YAML or JSON file holds there.
    """
    if not isinstance(value, dict):
        what, fix = _WORDING["dataclass_type"]
        return [Issue(what, short_repr(value), fix)]
    if (count := _size(value)) > MOST_VALUES:
        return [Issue("the entry has too many values", str(count), f"keep it under {MOST_VALUES}")]
    try:
        made: T = _adapter(entry).validate_python(value)  # type: ignore[arg-type] # a class is hashable
    except ValidationError as error:
        # pydantic also calls a list too short if its only item is invalid, which would be misleading
        details = [d for d in error.errors(include_url=False) if d["type"] != "too_short" or not d["input"]]
        return [_issue(detail) for detail in details]
    return made


def _size(value: object) -> int:
    """Count the values nested in an entry."""
    todo, count = [value], 0
    while todo:
        item = todo.pop()
        parts = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
        count += len(parts)
        todo.extend(part for part in parts if isinstance(part, dict | list))
    return count


@cache
def _adapter(entry: Any) -> TypeAdapter[Any]:
    return TypeAdapter(entry)


_KILOMETRES = ("not a distance in kilometres", "write a number from 0 to 1000")
_WORDING = {  # type of pydantic's error: what is wrong, how to fix it
    "missing": ("the key is missing", "add it"),
    "literal_error": ("not one of the allowed values", "use {expected}"),
    "string_type": ("not text", "put it in quotes"),
    "too_short": ("the list is empty", "write at least one item"),
    "tuple_type": ("not a list", "write it as a list, in [ ]"),
    "dataclass_type": ("expected a mapping of keys to values", "see data/README.md for its keys"),
    "float_type": _KILOMETRES,
    "finite_number": _KILOMETRES,
    "greater_than_equal": _KILOMETRES,
    "less_than_equal": _KILOMETRES,
}


def _issue(detail: ErrorDetails) -> Issue:
    """Word one of pydantic's errors."""
    *_, last = steps = detail["loc"] or ("",)
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")
    context: dict[str, Any] = detail.get("ctx", {})
    got = "" if detail["type"] == "missing" else short_repr(detail["input"])
    if detail["type"] == "issue":
        issue: Issue = context["issue"]
        return replace(issue, got=issue.got or got, where=path)
    if detail["type"] == "unexpected_keyword_argument":
        near = difflib.get_close_matches(str(last), KEYS, 1)
        fix = f"did you mean {near[0]}? Otherwise remove it" if near and near[0] != last else "remove it"
        return Issue("unknown key", got, fix, where=path)
    what, fix = _WORDING.get(detail["type"], (detail["msg"], "see data/README.md for its structure"))
    return Issue(what, got, fix.replace("{expected}", str(context.get("expected"))), where=path)

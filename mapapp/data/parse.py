"""Validates a plain value against the schema; returns an entry or all its issues."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from mapapp.data.fields import BRANCH
from mapapp.errors import Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    made: T | list[Issue] = parse_value(entry, value)
    return made


def parse_value(kind: Any, value: object) -> Any:
    """Return a value of an annotated type of `fields`, or every issue that prevents it."""
    try:
        return _adapter(kind).validate_python(value)
    except ValidationError as error:
        # pydantic also calls a list too short if its only item is invalid, which would be misleading
        details = [d for d in error.errors(include_url=False) if d["type"] != "too_short" or not d["input"]]
        return [_issue(detail, kind) for detail in details]


def unknown_key(key: str, value: object, known: Iterable[str]) -> Issue:
    """Return the issue with a key that does not exist."""
    near = difflib.get_close_matches(key, [*known], 1)
    fix = f"did you mean {near[0]}? Otherwise remove it" if near and near[0] != key else "remove it"
    return Issue("unknown key", short_repr(value), fix, where=key)


def first_key(path: str) -> str:
    """Return the first key of a path in an entry, such as names of names.en, or places of places[2].id."""
    return re.split(r"[.\[]", path, maxsplit=1)[0]


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


@cache
def _keys(entry: Any) -> frozenset[str]:
    """Return the keys of an entry and of all entries in it."""
    found: set[str] = set()
    todo: list[Any] = [_adapter(entry).json_schema()]
    while todo:
        part = todo.pop()
        if isinstance(part, dict):
            found |= part.get("properties", {}).keys()
            todo += part.values()
        elif isinstance(part, list):
            todo += part
    return frozenset(found)


_WORDING = {  # type of pydantic's error: what is wrong, how to fix it
    "missing": ("the key is missing", "add it"),
    "literal_error": ("not one of the allowed values", "use {expected}"),
    "string_type": ("not text", "put it in quotes"),
    "too_short": ("the list is empty", "write at least one item"),
    "too_long": ("the list is too long", "write at most {max_length} items"),
    "tuple_type": ("not a list", "write it as a list, in [ ]"),
    "dict_type": ("expected a mapping of keys to values", "write it as a mapping, in { }"),
    "dataclass_type": ("expected a mapping of keys to values", "see data/README.md for its keys"),
    "bool_type": ("neither true nor false", "write true or false"),
    "bool_parsing": ("neither true nor false", "write true or false"),
}


def _issue(detail: ErrorDetails, kind: Any) -> Issue:
    """Word one of pydantic's errors."""
    # of a value that may be one of several things, pydantic's path also says which
    steps = [step for step in detail["loc"] if step != "[key]" and not str(step).startswith(BRANCH)]
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")
    context: dict[str, Any] = detail.get("ctx", {})
    got = "" if detail["type"] == "missing" else short_repr(detail["input"])
    if detail["type"] == "issue":
        issue: Issue = context["issue"]
        return replace(issue, got=issue.got or got, where=path)
    if detail["type"] == "unexpected_keyword_argument":
        return replace(unknown_key(str(steps[-1]), detail["input"], _keys(kind)), where=path)
    what, fix = _WORDING.get(detail["type"], (detail["msg"], "see data/README.md for its structure"))
    for name in ("expected", "max_length"):
        fix = fix.replace(f"{{{name}}}", str(context.get(name)))
    return Issue(what, got, fix, where=path)

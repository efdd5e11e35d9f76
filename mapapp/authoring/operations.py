"""What can be done to a data folder: put or remove an entry, or several at once.

An operation says what an entry is to be. `apply` turns it into the texts of the files that change; whether
the result is right is for the checks of the whole folder to say.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields
from typing import Any, Literal, get_args

from mapapp.authoring.documents import feature_id
from mapapp.errors import Issue, MapappError, short_repr

Kind = Literal["event", "place", "source", "actor", "background", "article"]
_DEEPEST = 30  # levels of nesting of an entry; geometry has 5


class OperationError(MapappError):
    """An operation that cannot be understood, or applied to this folder; ``issue`` says why.

    Parameters
    ----------
    item
        Id of the entry that it is about; empty if it has none.
    """

    def __init__(self, issue: Issue, item: str = "") -> None:
        self.issue = issue
        self.item = item
        super().__init__(str(issue.at(item)))


@dataclass(frozen=True)
class Put:
    """Write an entry: a new one, or another version of the one with its id.

    Parameters
    ----------
    kind
        What it is.
    entry
        The whole entry as its file holds it: a mapping for YAML files, a GeoJSON feature for a place. Keys
        left out are removed. What is said of an article has the article's id besides, which its file does
        not hold and which cannot be changed.
    article
        Of an event: the id of the article whose statements it belongs to. ``None`` for where it is, or for
        the only article.
    layer
        Of a place: the layer it belongs to. ``None`` for where it is.
    after
        Id of the entry that it follows; empty to make it the first. ``None`` for where it is, or the end.
    was
        Its id so far, if that changes. Whatever refers to it is changed, too.
    """

    kind: Kind
    entry: dict[str, Any]
    article: str | None = None
    layer: str | None = None
    after: str | None = None
    was: str | None = None


@dataclass(frozen=True)
class Remove:
    """Remove an entry. What refers to it is a fault then, unless it is removed or changed with it."""

    kind: Kind
    id: str


@dataclass(frozen=True)
class Unmap:
    """List other passages of an article as saying nothing for the map.

    Parameters
    ----------
    article
        Its id.
    passages
        All of them, as the file holds them.
    """

    article: str
    passages: list[dict[str, Any]]


@dataclass(frozen=True)
class Many:
    """Several operations, applied together or not at all, in their order."""

    operations: tuple[Operation, ...] = field(default=())


Operation = Put | Remove | Unmap | Many


def to_json(operation: Operation) -> dict[str, Any]:
    """Return an operation as a mapping for JSON: its fields, and in ``do`` what it does."""
    if isinstance(operation, Many):
        return {"do": "many", "operations": [to_json(part) for part in operation.operations]}
    name = type(operation).__name__.lower()
    return {"do": name, **{key: part for key, part in vars(operation).items() if part is not None}}


def from_json(value: object) -> Operation:
    """Return the operation that a mapping describes, as `to_json` makes it.

    Raises
    ------
    OperationError
        If it describes none.
    """
    _check_values(value)
    return _operation(value)


def _operation(value: object) -> Operation:
    if not isinstance(value, dict):
        raise OperationError(Issue("expected a mapping of keys to values", short_repr(value)))
    known: dict[str, type[Put | Remove | Unmap | Many]] = {
        "put": Put, "remove": Remove, "unmap": Unmap, "many": Many
    }  # fmt: skip
    kind = known.get(str(value.get("do")))
    if kind is None:
        fix = f"use {', '.join(known)}"
        raise OperationError(Issue("no such operation", short_repr(value.get("do")), fix, where="do"))
    rest = {key: part for key, part in value.items() if key != "do"}
    allowed = {key.name for key in fields(kind)}
    if unknown := rest.keys() - allowed:
        key = min(unknown)
        raise OperationError(Issue("unknown key", short_repr(rest[key]), "remove it", where=key))
    if kind is Many:
        return _many(rest.get("operations"))
    if kind is Unmap:
        return _unmap(rest)
    if rest.get("kind") not in get_args(Kind):
        fix = f"use {', '.join(get_args(Kind))}"
        raise OperationError(Issue("no such kind of entry", short_repr(rest.get("kind")), fix, where="kind"))
    for key in allowed - {"kind", "entry"}:
        if not isinstance(rest.get(key), str) and (rest.get(key) is not None or kind is Remove):
            raise OperationError(Issue("not text", short_repr(rest.get(key)), where=key))
    if kind is Put and not isinstance(rest.get("entry"), dict):
        what = "expected a mapping of keys to values"
        raise OperationError(Issue(what, short_repr(rest.get("entry")), where="entry"))
    return kind(**rest)


def _many(parts: object) -> Many:
    if not isinstance(parts, list):
        raise OperationError(Issue("not a list", short_repr(parts), where="operations"))
    return Many(tuple(map(_operation, parts)))


def _unmap(rest: dict[str, Any]) -> Unmap:
    article, passages = rest.get("article"), rest.get("passages")
    if not isinstance(article, str):
        raise OperationError(Issue("not text", short_repr(article), where="article"))
    if not isinstance(passages, list) or not all(isinstance(one, dict) for one in passages):
        raise OperationError(Issue("not a list of passages", short_repr(passages), where="passages"))
    return Unmap(article, passages)


def _check_values(value: object) -> None:
    """Refuse values that no file can hold."""
    level: list[object] = [value]
    for _ in range(_DEEPEST):
        inner: list[object] = []
        for part in level:
            if isinstance(part, dict):
                inner += [*part, *part.values()]
            elif isinstance(part, list):
                inner += part
            elif isinstance(part, str):
                if any("\ud800" <= letter <= "\udfff" for letter in part):
                    raise OperationError(
                        Issue("the text holds half a character", short_repr(part), "type it again")
                    )
            elif isinstance(part, float) and not math.isfinite(part):
                raise OperationError(Issue("a number is not finite", repr(part), "write a finite number"))
            elif part is not None and not isinstance(part, bool | int | float):
                raise OperationError(Issue("not a value of JSON", short_repr(part)))
        if not inner:
            return
        level = inner
    raise OperationError(Issue("the entry is nested too deeply", "", f"use at most {_DEEPEST} levels"))


def ids_of(operation: Operation) -> frozenset[str]:
    """Return the ids of the entries that an operation puts or removes."""
    if isinstance(operation, Many):
        return frozenset().union(*map(ids_of, operation.operations))
    if isinstance(operation, Unmap):
        return frozenset()
    return frozenset([operation.id if isinstance(operation, Remove) else own_id(operation)])


def renamings(operation: Operation) -> dict[str, str]:
    """Return the old ids that an operation changes, each with the new one."""
    if isinstance(operation, Many):
        return {old: new for part in operation.operations for old, new in renamings(part).items()}
    if isinstance(operation, Put) and operation.was:
        return {operation.was: own_id(operation)}
    return {}


def own_id(put: Put) -> str:
    """Return the id of the entry that an operation puts; empty if it has none."""
    return feature_id(put.entry) if put.kind == "place" else str(put.entry.get("id", ""))

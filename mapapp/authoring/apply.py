"""Applies operations to the texts of a data folder."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from mapapp.authoring.contents import FILES, Contents, article_of, id_of
from mapapp.authoring.features import settled
from mapapp.authoring.operations import Many, OperationError, Put, Unmap, own_id
from mapapp.authoring.renaming import rename
from mapapp.data.load import EVENTS, GEO
from mapapp.data.schema import ActorEntry, ArticleEntry, FactEntry, SourceEntry
from mapapp.errors import Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapapp.authoring.operations import Kind, Operation, Remove

# the keys of entries in the order in which people write them
_ORDER: dict[Kind, tuple[str, ...]] = {
    "event": (
        *("id", "draft", "title", "titles", "kind", "modality", "said_by", "via", "actors", "when", "said"),
        *("passages", "places", "quantities", "note", "notes", "reviewed"),
    ),
    "source": tuple(key.name for key in fields(SourceEntry)),
    "actor": tuple(key.name for key in fields(ActorEntry)),
    "article": ("id", *(key.name for key in fields(ArticleEntry))),
    "background": tuple(dict.fromkeys(("id", "draft", *(key.name for key in fields(FactEntry))))),
}


def applied(operation: Operation, files: Mapping[str, bytes]) -> dict[str, bytes | None]:
    """Return the new content of each file that an operation changes; ``None`` for one that is removed.

    Parameters
    ----------
    files
        The bytes of all files of the folder, by name.

    Raises
    ------
    OperationError
        If it cannot be applied.
    DataError
        If a file that it needs cannot be read.
    EditError
        If a file cannot be changed without touching anything else.
    """
    contents = Contents(files)
    _apply(operation, contents)
    return contents.changed


def _apply(operation: Operation, contents: Contents) -> None:
    if isinstance(operation, Many):
        for part in operation.operations:
            _apply(part, contents)
    elif isinstance(operation, Put):
        _put(operation, contents)
        if operation.was and operation.was != own_id(operation):
            rename(operation.kind, operation.was, own_id(operation), contents)
    elif isinstance(operation, Unmap):
        _unmap(operation, contents)
    else:
        _remove(operation, contents)


def _put(put: Put, contents: Contents) -> None:
    kind, name = put.kind, own_id(put)
    if not name:
        raise OperationError(Issue("the entry has no id", fix="give it one", where="id"))
    old_id = put.was or name
    here = contents.file_with(kind, old_id)
    if put.was and here is None:
        raise _missing(kind, put.was)
    if kind == "article" and (here is None or name != old_id):
        fix = "make another folder with mapapp new"
        raise OperationError(Issue("an article cannot be added or renamed here", short_repr(name), fix), name)
    file = _file_for(put, here, contents)
    if here is not None and here != file:
        rest = [item for item in contents.entries(kind, here) if id_of(kind, item) != old_id]
        contents.put_entries(kind, here, rest)
    entries = [*contents.entries(kind, file)]
    at = next((number for number, item in enumerate(entries) if id_of(kind, item) == old_id), None)
    if at is None:
        entries.append(_ready(put, None))
        at = len(entries) - 1
    else:
        entries[at] = _ready(put, entries[at])
        if put.after is not None:  # first changed where it is, so that its text moves as it stands
            contents.put_entries(kind, file, entries, {old_id: name})
            old_id = name
    if put.after is not None:
        entries = _moved(put, entries, at)
    contents.put_entries(kind, file, entries, {old_id: name})


def _remove(remove: Remove, contents: Contents) -> None:
    kind = remove.kind
    if kind == "article":
        fix = "remove its files by hand, with its statements"
        raise OperationError(
            Issue("an article cannot be removed here", short_repr(remove.id), fix), remove.id
        )
    file = contents.file_with(kind, remove.id)
    if file is None:
        raise _missing(kind, remove.id)
    rest = [item for item in contents.entries(kind, file) if id_of(kind, item) != remove.id]
    contents.put_entries(kind, file, rest)


def _unmap(unmap: Unmap, contents: Contents) -> None:
    file = _file_of_article(unmap.article, "", contents)
    rest = {key: part for key, part in contents.value(file).items() if key != "unmapped"}
    contents.put_yaml(file, {**rest, **({"unmapped": unmap.passages} if unmap.passages else {})})


def _missing(kind: Kind, name: str) -> OperationError:
    fix = "it may have been removed or renamed; load the folder again"
    return OperationError(Issue(f"there is no such {kind}", short_repr(name), fix), name)


def _file_for(put: Put, here: str | None, contents: Contents) -> str:
    """Return the file that an entry belongs in."""
    if put.kind == "place":
        return _file_of_layer(put, here)
    if put.kind == "article" and here is not None:
        return here
    if put.kind != "event":
        return FILES[put.kind]
    if put.article is None and here is not None:
        return here
    files = {article_of(contents.value(name)): name for name in contents.names(EVENTS, ".yaml")}
    if put.article is None and len(files) == 1:
        return next(iter(files.values()))
    return _file_of_article(put.article, own_id(put), contents)


def _file_of_article(article: str | None, item: str, contents: Contents) -> str:
    """Return the file with the statements of an article; ``item`` is the entry that asks for it."""
    files = {article_of(contents.value(name)): name for name in contents.names(EVENTS, ".yaml")}
    if article not in files:
        fix = f"use one of {', '.join(sorted(filter(None, files)))}"
        issue = Issue("there is no such article", short_repr(article), fix, where="article")
        raise OperationError(issue, item)
    return files[article]


def _file_of_layer(put: Put, here: str | None) -> str:
    if put.layer is None and here is not None:
        return here
    if not put.layer or "/" in put.layer or "\\" in put.layer or put.layer.startswith("."):
        issue = Issue(
            "there is no such layer", short_repr(put.layer), "name the place's layer", where="layer"
        )
        raise OperationError(issue, own_id(put))
    return f"{GEO}/{put.layer}.geojson"


def _ready(put: Put, old: Any) -> dict[str, Any]:
    """Return an entry as it is to stand in its file, in the place of an old one."""
    if put.kind == "place":
        return settled(put.entry, old)
    return _ordered(put.entry, _ORDER[put.kind], old if isinstance(old, dict) else {})


def _ordered(entry: dict[str, Any], order: tuple[str, ...], old: dict[str, Any]) -> dict[str, Any]:
    """Return an entry with the keys it had in their order, and each new one where people write it."""
    keys = [key for key in old if key in entry]
    for key in sorted(
        entry.keys() - {*keys}, key=lambda key: order.index(key) if key in order else len(order)
    ):
        before = order[: order.index(key)] if key in order else keys
        keys.insert(max((keys.index(other) + 1 for other in before if other in keys), default=0), key)
    return {key: entry[key] for key in keys}


def _moved(put: Put, entries: list[Any], at: int) -> list[Any]:
    """Return a list with the entry at an index moved to where an operation wants it."""
    rest = entries[:at] + entries[at + 1 :]
    if not put.after:
        return [entries[at], *rest]
    place = next((number for number, item in enumerate(rest) if id_of(put.kind, item) == put.after), None)
    if place is None:
        what, fix = "there is no such entry to follow", "name another"
        raise OperationError(Issue(what, short_repr(put.after), fix, where="after"), own_id(put))
    return [*rest[: place + 1], entries[at], *rest[place + 1 :]]

"""Describes the forms of the author's panel: the fields of each kind of entry, from `mapapp.data.schema`.

The panel knows no field by name but those that need a control of their own; allowed words come from the
profile.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from mapapp.data import fields as values
from mapapp.data.schema import FACTS, ActorEntry, ArticleEntry, EventEntry, FactEntry, PlaceEntry, SourceEntry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapapp.core.names import Names
    from mapapp.core.profile import Profile

ENTRIES: dict[str, type] = {
    "event": EventEntry,
    "place": PlaceEntry,
    "background": FactEntry,
    "actor": ActorEntry,
    "source": SourceEntry,
    "article": ArticleEntry,
}
# what is written when a folder is made, and names its files
_FIXED = {("ArticleEntry", name) for name in ("file", "sha256", "source", "original")}
_TEXTS: dict[Any, str] = {
    values.Text: "text",
    values.Note: "long",
    values.Exact: "text",
    values.Context: "text",
    values.Words: "words",
    values.Edtf: "edtf",
    values.OptionalEdtf: "edtf",
    values.Kilometres: "number",
    values.Number: "number",
    values.Url: "text",
    values.IsoDay: "day",
    values.NamesByLanguage: "names",
    values.Language: "text",
    values.Id: "id",
    values.ActorId: "id",
    values.Fact: "text",
}
# what the ids of a field refer to: a kind of entry, or a vocabulary of the profile
_REFERS: dict[tuple[str, str], str] = {
    ("EventEntry", "kind"): "event_kinds",
    ("EventEntry", "modality"): "modalities",
    ("EventEntry", "said_by"): "speaker",
    ("EventEntry", "via"): "actor",
    ("EventEntry", "actors"): "actor",
    ("LinkEntry", "id"): "place",
    ("QuantityEntry", "kind"): "quantities",
    ("FactEntry", "sources"): "source",
    ("FactEntry", "places"): "place",
    ("FactEntry", "explains"): "event",
    ("FactEntry", "differs"): "event",
    ("PlaceEntry", "kind"): "place_kinds",
    ("PlaceEntry", "within"): "place",
    ("PlaceEntry", "sources"): "source",
    ("StatusEntry", "status"): "statuses",
    ("StatusEntry", "sources"): "source",
    ("ActorEntry", "kind"): "actor_kinds",
    ("ActorEntry", "of"): "actor",
}
_MAY_BE_BLANK = (values.Note, values.OptionalEdtf)
_LONG = frozenset({("FactEntry", "text"), ("SourceEntry", "title")})


@dataclass(frozen=True)
class Field:
    """One field of a form.

    Attributes
    ----------
    kind
        Its control: ``text``, ``long``, ``words``, ``edtf``, ``number``, ``day``, ``names``, ``id``,
        ``flag``, ``choice``, or ``group`` for further fields.
    many
        Whether it is a list.
    required
        Whether its key must be there.
    blank
        Whether it may be empty text even so.
    refers
        What its ids are of; empty if it has none.
    choices
        The values allowed, where the schema itself lists them.
    fields
        Those of a group.
    """

    name: str
    kind: str
    many: bool
    required: bool
    refers: str
    blank: bool = False
    choices: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()


@cache
def form(entry: type) -> tuple[Field, ...]:
    """Return the fields of a class of `data.schema`, in its order."""
    hints = get_type_hints(entry, include_extras=True)
    return tuple(
        _field(entry.__name__, field.name, hints[field.name], required=field.default is MISSING)
        for field in fields(entry)
        if field.name not in FACTS and (entry.__name__, field.name) not in _FIXED
    )


def _field(entry: str, name: str, hint: Any, *, required: bool) -> Field:
    refers = _REFERS.get((entry, name), "")
    if hint not in _TEXTS and get_origin(hint) in {Union, UnionType}:
        (hint,) = (one for one in get_args(hint) if one is not type(None))
    many, item = _listed(hint)
    if is_dataclass(item) and isinstance(item, type):
        return Field(name, "group", many, required, refers, fields=form(item))
    if get_origin(item) is Literal:
        return Field(name, "choice", many, required, refers, choices=get_args(item))
    if item is bool:
        return Field(name, "flag", many, required, refers)
    kind = "choice" if refers else "long" if (entry, name) in _LONG else _TEXTS[item]
    return Field(name, kind, many, required, refers, item in _MAY_BE_BLANK)


def _listed(hint: Any) -> tuple[bool, Any]:
    """Return whether a type is of a list, and the type of its items."""
    bare = get_args(hint)[0] if get_origin(hint) is Annotated and hint not in _TEXTS else hint
    return (True, get_args(bare)[0]) if get_origin(bare) is tuple else (False, hint)


def vocabularies(profile: Profile) -> dict[str, dict[str, str]]:
    """Return the words that the profile allows, each with its label in the first language of names."""

    def labels(table: Mapping[str, Any]) -> dict[str, str]:
        return {word: _label(word, entry) for word, entry in table.items()}

    return {
        "event_kinds": labels(profile.event_kinds),
        "modalities": labels(profile.modalities),
        "place_kinds": labels(profile.place_kinds),
        "actor_kinds": labels(profile.actor_kinds),
        "statuses": {word: _label(word, names) for word, names in profile.statuses.items()},
        "quantities": labels(profile.quantities),
    }


def _label(word: str, entry: Any) -> str:
    names: Names | None = entry if hasattr(entry, "texts") else getattr(entry, "labels", None)
    return next(iter(names.texts.values())) if names else word.replace("-", " ").capitalize()

"""Which column of a file means what: recognised by its head, or told by a small mapping file.

A mapping file is YAML or JSON; every part may be left out, and what it tells goes before what is recognised::

    format: csv               # acled, ucdp or csv: whose codes the columns hold
    columns:                  # our name: the file's
      id: Nr
      first: Day              # the day, or the first day
      last: Until
      lat: Y
      lon: X
      kind: Sort of incident
    kinds: {Barrage: shelling}   # the file's word: one of our kinds
    dates: day-first          # or month-first: how 03/04/2020 is meant
    encoding: windows-1256    # of a CSV file that is not UTF-8
    delimiter: ";"
    swapped: keep             # takes rows as they are that look like latitude and longitude swapped

Other names for ``columns``: subkind, dated, located, admin1, place, actor1, actor2, fatalities, notes,
source, country.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from mapapp.data.files import Files
from mapapp.errors import Issue, MapappError, short_repr
from mapapp.incidents.vocabulary import FORMATS, KINDS, Format

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Dates = Literal["day-first", "month-first"]
TEXTS = ("admin1", "place", "actor1", "actor2", "fatalities", "notes", "source")
FIELDS = ("id", "first", "last", "lat", "lon", "kind", "subkind", "dated", "located", "country", *TEXTS)
_NEEDED = ("first", "lat", "lon")
_MOST_TOLD = 40  # of a file's columns in a message
_ACLED: dict[str, tuple[str, ...]] = {
    "id": ("event_id_cnty",),
    "first": ("event_date",),
    "kind": ("event_type",),
    "subkind": ("sub_event_type",),
    "dated": ("time_precision",),
    "located": ("geo_precision",),
    "lat": ("latitude",),
    "lon": ("longitude",),
    "country": ("country",),
    "admin1": ("admin1",),
    "place": ("location",),
    "actor1": ("actor1",),
    "actor2": ("actor2",),
    "fatalities": ("fatalities",),
    "notes": ("notes",),
    "source": ("source",),
}
_UCDP: dict[str, tuple[str, ...]] = {
    "id": ("id",),
    "first": ("date_start",),
    "last": ("date_end",),
    "kind": ("type_of_violence",),
    "dated": ("date_prec",),
    "located": ("where_prec",),
    "lat": ("latitude",),
    "lon": ("longitude",),
    "country": ("country",),
    "admin1": ("adm_1",),
    "place": ("where_coordinates",),
    "actor1": ("side_a",),
    "actor2": ("side_b",),
    "fatalities": ("best",),
    "notes": ("source_headline",),
    "source": ("source_article",),
}
_PLAIN = {
    "id": ("id", "event_id", "incident_id", "uid", "nr", "no", "number", "ref"),
    "first": ("first", "date", "day", "event_date", "date_start", "start_date", "start", "incident_date"),
    "last": ("last", "date_end", "end_date", "end"),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "longitude", "lng", "long", "x"),
    "kind": ("kind", "type", "event_type", "incident_type", "category"),
    "subkind": ("sub_event_type", "subtype"),
    "country": ("country",),
    "admin1": ("admin1", "governorate", "province", "adm_1", "adm1"),
    "place": ("place", "location", "town", "village", "community", "site"),
    "actor1": ("actor1", "actor", "side_a"),
    "actor2": ("actor2", "side_b", "target"),
    "fatalities": ("fatalities", "deaths", "killed"),
    "notes": ("notes", "note", "description", "summary", "details", "comment"),
    "source": ("source", "sources", "url", "link"),
}
_NAMES: dict[Format, dict[str, tuple[str, ...]]] = {"acled": _ACLED, "ucdp": _UCDP, "csv": _PLAIN}
# what each format alone has, and must have
_OWN: dict[Format, frozenset[str]] = {
    "acled": frozenset({"event_id_cnty", "event_date", "event_type"}),
    "ucdp": frozenset({"type_of_violence", "date_start", "date_end"}),
    "csv": frozenset(),
}
_MUST: dict[Format, tuple[str, ...]] = {
    "acled": ("id", "first", "lat", "lon", "kind"),
    "ucdp": ("id", "first", "last", "lat", "lon", "kind"),
    "csv": _NEEDED,
}
_MEANT = {
    "id": "the id",
    "first": "the day",
    "last": "the last day",
    "lat": "the latitude",
    "lon": "the longitude",
    "kind": "the kind of incident",
}
_WORDS = {"acled": "an ACLED export", "ucdp": "a UCDP GED export", "csv": "a plain table"}


class RecordError(MapappError):
    """A file of incidents, or its mapping, that cannot be used; nothing stored is changed by it."""


@dataclass(frozen=True)
class Told:
    """What a mapping file tells; everything may be left to be recognised."""

    format: Format | None = None
    columns: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    dates: Dates | None = None
    encoding: str | None = None
    delimiter: str | None = None
    keep_swapped: bool = False


@dataclass(frozen=True)
class Mapping:
    """Which column means what: ``columns`` gives the file's name for ours, ``index`` its position."""

    format: Format
    columns: dict[str, str]
    index: dict[str, int]
    told: Told

    @property
    def plain(self) -> dict[str, object]:
        """The mapping as a manifest keeps it."""
        told = self.told
        return {
            "format": self.format,
            "columns": self.columns,
            "kinds": told.kinds,
            "dates": told.dates,
            "encoding": told.encoding,
            "delimiter": told.delimiter,
            "swapped": "keep" if told.keep_swapped else None,
        }


def read_mapping(path: Path) -> Told:
    """Read a mapping file, YAML or JSON.

    Raises
    ------
    RecordError
        If it cannot be read or says what it cannot mean: one line that says what and where.
    """
    files = Files(path.parent)
    value = files.json(path.name) if path.suffix.lower() == ".json" else files.yaml(path.name)
    if files.issues:
        raise RecordError("\n".join(map(str, files.issues)))
    if not isinstance(value, dict):
        raise _wrong(path, "it is no mapping", value, "write keys such as columns: {id: Nr}")
    known = {"format", "columns", "kinds", "dates", "encoding", "delimiter", "swapped"}
    if strange := sorted(value.keys() - known):
        raise _wrong(path, "there is no such key", strange[0], f"use {', '.join(sorted(known))}")
    columns, kinds = (_texts(path, key, value.get(key)) for key in ("columns", "kinds"))
    if strange := sorted(columns.keys() - set(FIELDS)):
        raise _wrong(path, "columns: there is no such name", strange[0], f"use {', '.join(FIELDS)}")
    if strange := sorted(set(kinds.values()) - set(KINDS)):
        raise _wrong(path, "kinds: there is no such kind", strange[0], f"use {', '.join(KINDS)}")
    for key, allowed in {
        "format": FORMATS,
        "dates": ("day-first", "month-first"),
        "delimiter": (",", ";", "\t", "|"),
        "swapped": ("keep",),
    }.items():
        if value.get(key) is not None and value[key] not in allowed:
            raise _wrong(path, f"{key} cannot be that", value[key], f"use {' or '.join(map(repr, allowed))}")
    encoding = value.get("encoding")
    if encoding is not None and not _is_encoding(encoding):
        raise _wrong(path, "there is no such encoding", encoding, "use one such as utf-8 or windows-1256")
    return Told(
        value.get("format"),
        columns,
        kinds,
        value.get("dates"),
        encoding,
        value.get("delimiter"),
        "swapped" in value,
    )


def _is_encoding(name: object) -> bool:
    try:
        return isinstance(name, str) and isinstance("".encode(name), bytes) and bool(codecs.lookup(name))
    except (LookupError, ValueError):
        return False


def _texts(path: Path, key: str, value: Any) -> dict[str, str]:  # noqa: ANN401 - what a file holds is Any
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise _wrong(path, f"{key} is no mapping of text to text", value, "put text in quotes")
    return value


def _wrong(path: Path, what: str, got: object, fix: str) -> RecordError:
    return RecordError(str(Issue(what, short_repr(got), fix, file=path.name)))


def recognise(file: str, header: Sequence[str], told: Told) -> Mapping:
    """Find out which column means what.

    Raises
    ------
    RecordError
        If a needed column is missing or stands twice: says what was looked for and what the file has.
    """
    names = [_tidy(name) for name in header]
    form = told.format or _format(names)
    columns: dict[str, str] = {}
    index: dict[str, int] = {}
    for what in FIELDS:
        wanted = (told.columns[what],) if what in told.columns else _NAMES[form].get(what, ())
        for name in wanted:
            places = [at for at, known in enumerate(names) if known == _tidy(name)]
            if len(places) > 1:
                raise RecordError(
                    f"{file}: two columns are named {short_repr(header[places[0]])}; rename one of them, "
                    "or name another in the mapping"
                )
            if places and places[0] not in index.values():
                columns[what], index[what] = header[places[0]], places[0]
                break
        else:
            if what in told.columns:
                raise _missing(
                    file, f"{what} named {short_repr(told.columns[what])}, as the mapping says", header
                )
    if missing := [what for what in _MUST[form] if what not in index]:
        looked = ", nor for ".join(f"{_MEANT[what]} ({', '.join(_NAMES[form][what])})" for what in missing)
        raise _missing(file, f"{looked} in what is read as {_WORDS[form]}", header)
    return Mapping(form, columns, index, told)


def _format(names: Sequence[str]) -> Format:
    """Return the format that has what only it has; one such column may be missing, and is told later."""
    for form in FORMATS:
        if _OWN[form] and len(_OWN[form] & {*names}) >= len(_OWN[form]) - 1:
            return form
    return "csv"


def recognised(header: Sequence[str]) -> int:
    """Return how many columns of a head some format knows; under a wrong delimiter few."""
    known = {name for form in FORMATS for names in _NAMES[form].values() for name in names}
    return len(known & {_tidy(name) for name in header})


def _missing(file: str, what: str, header: Sequence[str]) -> RecordError:
    has = ", ".join(map(short_repr, header[:_MOST_TOLD])) + (", …" if len(header) > _MOST_TOLD else "")
    return RecordError(
        f"{file}: no column for {what}; the file has: {has}; check it, or say in a --mapping which is which"
    )


def _tidy(name: str) -> str:
    return "_".join(name.strip().strip("\ufeff").casefold().replace("_", " ").split())

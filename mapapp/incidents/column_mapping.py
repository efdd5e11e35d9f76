"""Recognises the meaning of a file's columns from their names and the mapping file."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from mapapp.errors import short_repr
from mapapp.incidents.mapping_file import DAY_PARTS, FIELDS, IncidentFileError, MappingSettings
from mapapp.incidents.vocabulary import FORMATS, Format

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MOST_LISTED = 40  # columns of a file in a message
_MOST_NAMES = 4  # names a column could have
_ACLED: dict[str, tuple[str, ...]] = {
    "id": ("event_id_cnty",),
    "first": ("event_date",),
    "kind": ("event_type",),
    "subkind": ("sub_event_type",),
    "inter1": ("inter1",),
    "interaction": ("interaction",),
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
    "published": ("timestamp",),
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
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN: dict[str, list[str]] = yaml.load(
    (files("mapapp.incidents") / "column_names.yaml").read_text("utf-8"),
    _Loader,  # noqa: S506 - one of the two safe ones
)
_NAMES: Mapping[Format, Mapping[str, Sequence[str]]] = {"acled": _ACLED, "ucdp": _UCDP, "csv": _PLAIN}
# columns by which a format is recognised: all of them must be there
_CHARACTERISTIC: dict[Format, frozenset[str]] = {
    "acled": frozenset({"eventidcnty", "eventdate", "eventtype"}),
    "ucdp": frozenset({"typeofviolence", "datestart", "dateend"}),
}
_REQUIRED: dict[Format, tuple[str, ...]] = {
    "acled": ("id", "first", "lat", "lon", "kind"),
    "ucdp": ("id", "first", "last", "lat", "lon", "kind"),
    "csv": ("first", "lat", "lon"),
}
_DESCRIPTIONS = {
    "id": "the id",
    "first": "the day",
    "last": "the last day",
    "lat": "the latitude",
    "lon": "the longitude",
    "kind": "the kind of incident",
}
_CLUES = {  # in the names of columns, the surest first
    "first": ("date", "day", "datum", "fecha", "tarih", "дата", "تاريخ", "start", "time"),
    "lat": ("lat", "north", r"\by\b"),
    "lon": ("lon", "lng", "east", r"\bx\b"),
    "point": ("coord", "gps", "point", "geo", "posi"),
    "id": (r"\bid\b|_id|id_", "ref", "number"),
    "last": ("end", "last", "until"),
    "kind": ("type", "kind", "categ"),
}
_WORDS = {"acled": "an ACLED export", "ucdp": "a UCDP GED export", "csv": "a plain table"}


@dataclass(frozen=True)
class ColumnMapping:
    """The columns of a file.

    Attributes
    ----------
    format
        The format whose codes the columns contain.
    columns
        The file's column name for each of `FIELDS` found.
    index
        Its position, from 0.
    settings
        The mapping file.
    """

    format: Format
    columns: dict[str, str]
    index: dict[str, int]
    settings: MappingSettings

    def without(self, what: str) -> ColumnMapping:
        """Return the mapping without a field."""
        return replace(
            self,
            columns={field: name for field, name in self.columns.items() if field != what},
            index={field: at for field, at in self.index.items() if field != what},
        )

    def shown(self, what: str) -> list[int]:
        """Return the positions of the columns that show a field to the user."""
        instead = {"first": DAY_PARTS, "lat": ("point",), "lon": ("point",)}
        fields = (what,) if what in self.index else instead.get(what, ())
        return [self.index[field] for field in fields if field in self.index]

    def codes_of(self, what: str) -> Format:
        """Return whose codes a column contains: in a plain table its name tells."""
        name = _tidy(self.columns.get(what, ""))
        if self.format != "csv":
            return self.format
        published: tuple[Format, ...] = ("acled", "ucdp")
        return next((form for form in published if name in map(_tidy, _NAMES[form].get(what, ()))), "csv")

    @property
    def for_manifest(self) -> dict[str, object]:
        """The mapping as JSON, as the store's manifest keeps it."""
        settings = self.settings
        return {
            "format": self.format,
            "columns": self.columns,
            "kinds": settings.kinds,
            "dates": settings.dates,
            "encoding": settings.encoding,
            "delimiter": settings.delimiter,
            "swapped": "keep" if settings.keep_swapped else None,
        }


def recognise(file: str, header: Sequence[str], settings: MappingSettings) -> ColumnMapping:
    """Recognise the meaning of each column.

    Parameters
    ----------
    file
        The file's name, for messages.
    header
        The names of its columns.
    settings
        The mapping file; columns it does not list are recognised by name.

    Raises
    ------
    IncidentFileError
        If a required column is missing, or two columns have the same name.
    """
    names = [_tidy(name) for name in header]
    form = settings.format or _format(names)
    found = _find(file, header, names, form, settings)
    missing = [what for what in _REQUIRED[form] if what not in found]
    if missing and form != "csv" and not settings.format:  # it may still be read as a plain table
        plain = _find(file, header, names, "csv", settings)
        if all(what in plain for what in _REQUIRED["csv"]):
            form, found, missing = "csv", plain, []
    if "first" in missing and {"year", "month"} <= found.keys():
        missing.remove("first")
    if "point" in found and {"lat", "lon"} & {*missing}:
        missing = [what for what in missing if what not in {"lat", "lon"}]
        found = {what: at for what, at in found.items() if what not in {"lat", "lon"}}
    if missing:
        looked = ", or for ".join(
            f"{_DESCRIPTIONS[what]} ({', '.join(_NAMES[form][what][:_MOST_NAMES])})" for what in missing
        )
        raise _missing(file, f"{looked} in a file read as {_WORDS[form]}", header, missing)
    unused = {*DAY_PARTS} if "first" in found else set()
    unused |= {"point"} if {"lat", "lon"} <= found.keys() else set()
    index = {what: at for what, at in found.items() if what not in unused}
    return ColumnMapping(form, {what: header[at] for what, at in index.items()}, index, settings)


def _find(
    file: str, header: Sequence[str], names: Sequence[str], form: Format, settings: MappingSettings
) -> dict[str, int]:
    """Return the position of the column for each field that has one."""
    found: dict[str, int] = {}
    known = _NAMES[form]
    for what in FIELDS:
        chosen = what in settings.columns
        if not chosen and what == "first" and "first" not in settings.columns and _has_parts(settings):
            continue
        for name in (settings.columns[what],) if chosen else known.get(what, ()):
            places = [at for at, other in enumerate(names) if other == _tidy(name)]
            if len(places) > 1:
                exact = [at for at in places if header[at].strip() == name]
                places = exact if len(exact) == 1 else places
            if len(places) > 1:
                raise IncidentFileError(
                    f"{file}: two columns are named {short_repr(header[places[0]])}; rename one of them, or "
                    "choose another column in the mapping file"
                )
            if places and places[0] not in found.values():
                found[what] = places[0]
                break
        else:
            if chosen:
                raise _missing(
                    file,
                    f"{what} named {short_repr(settings.columns[what])}, as in the mapping file",
                    header,
                )
    if "first" not in found and "day" in found and not {"year", "month"} <= found.keys():
        found["first"] = found.pop("day")  # a whole date, not the day of a month
    return found


def _has_parts(settings: MappingSettings) -> bool:
    return {"year", "month"} <= settings.columns.keys()


def _format(names: Sequence[str]) -> Format:
    """Return the format whose characteristic columns are in the header; else a plain table."""
    return next((form for form, columns in _CHARACTERISTIC.items() if columns <= {*names}), "csv")


def is_vague_id(name: str) -> bool:
    """Return whether a column of this name may hold something other than ids, such as a count."""
    return _tidy(name) in {"id", "uid", "nr", "no", "number", "ref"}


def recognised(header: Sequence[str]) -> int:
    """Return how many column names of a header are known; with a wrong delimiter, few are."""
    return len(_known_names() & {_tidy(name) for name in header})


@cache
def _known_names() -> frozenset[str]:
    return frozenset(_tidy(name) for form in FORMATS for names in _NAMES[form].values() for name in names)


def _missing(file: str, what: str, header: Sequence[str], missing: Sequence[str] = ()) -> IncidentFileError:
    has = ", ".join(map(short_repr, header[:_MOST_LISTED])) + (", …" if len(header) > _MOST_LISTED else "")
    likely = {field: name for field in missing if (name := _likeliest(field, header))}
    if (
        {"lat", "lon"} <= {*missing}
        and not {"lat", "lon"} & {*likely}
        and (both := _likeliest("point", header))
    ):
        likely["point"] = both
    listed = ", ".join(f"{field}: {short_repr(name)}" for field, name in likely.items())
    assign = f"set, for example, columns: {{{listed}}}" if likely else "assign the columns"
    return IncidentFileError(
        f"{file}: no column for {what}; the file has: {has}; check the file, or {assign} in a mapping file "
        "(--mapping)"
    )


def _likeliest(field: str, header: Sequence[str]) -> str | None:
    """Return the column whose name looks most like one for a field that is missing."""
    for clue in _CLUES.get(field, ()):
        for name in header:
            if re.search(clue, name.casefold()):
                return name
    return None


def _tidy(name: str) -> str:
    """Return a column's name as it is compared: small letters and digits, without what is in brackets."""
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", name)
    tidy = "".join(char for char in bare.casefold() if char.isalnum())
    return tidy or "".join(char for char in name.casefold() if char.isalnum())

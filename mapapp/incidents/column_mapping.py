"""Recognises the meaning of a file's columns from their names and the mapping file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapapp.errors import short_repr
from mapapp.incidents.mapping_file import FIELDS, IncidentFileError, MappingSettings
from mapapp.incidents.vocabulary import FORMATS, Format

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEEDED = ("first", "lat", "lon")
_MOST_LISTED = 40  # columns of a file in a message
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
    "published": (
        "timestamp",
        "updated",
        "updated_at",
        "last_updated",
        "last_modified",
        "modified",
        "date_modified",
    ),
}
_NAMES: dict[Format, dict[str, tuple[str, ...]]] = {"acled": _ACLED, "ucdp": _UCDP, "csv": _PLAIN}
# columns by which a format is recognised
_CHARACTERISTIC: dict[Format, frozenset[str]] = {
    "acled": frozenset({"event_id_cnty", "event_date", "event_type"}),
    "ucdp": frozenset({"type_of_violence", "date_start", "date_end"}),
    "csv": frozenset(),
}
_REQUIRED: dict[Format, tuple[str, ...]] = {
    "acled": ("id", "first", "lat", "lon", "kind"),
    "ucdp": ("id", "first", "last", "lat", "lon", "kind"),
    "csv": _NEEDED,
}
_DESCRIPTIONS = {
    "id": "the id",
    "first": "the day",
    "last": "the last day",
    "lat": "the latitude",
    "lon": "the longitude",
    "kind": "the kind of incident",
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
    columns: dict[str, str] = {}
    index: dict[str, int] = {}
    for what in FIELDS:
        wanted = (settings.columns[what],) if what in settings.columns else _NAMES[form].get(what, ())
        for name in wanted:
            places = [at for at, known in enumerate(names) if known == _tidy(name)]
            if len(places) > 1:
                raise IncidentFileError(
                    f"{file}: two columns are named {short_repr(header[places[0]])}; rename one of them, or "
                    "choose another column in the mapping file"
                )
            if places and places[0] not in index.values():
                columns[what], index[what] = header[places[0]], places[0]
                break
        else:
            if what in settings.columns:
                raise _missing(
                    file, f"{what} named {short_repr(settings.columns[what])}, as in the mapping file", header
                )
    if missing := [what for what in _REQUIRED[form] if what not in index]:
        looked = ", or for ".join(
            f"{_DESCRIPTIONS[what]} ({', '.join(_NAMES[form][what])})" for what in missing
        )
        raise _missing(file, f"{looked} in a file read as {_WORDS[form]}", header)
    return ColumnMapping(form, columns, index, settings)


def _format(names: Sequence[str]) -> Format:
    """Return the format whose characteristic columns, all but one, are in the header; else plain CSV."""
    for form in FORMATS:
        if _CHARACTERISTIC[form] and len(_CHARACTERISTIC[form] & {*names}) >= len(_CHARACTERISTIC[form]) - 1:
            return form
    return "csv"


def recognised(header: Sequence[str]) -> int:
    """Return how many column names of a header are known; with a wrong delimiter, few are."""
    known = {name for form in FORMATS for names in _NAMES[form].values() for name in names}
    return len(known & {_tidy(name) for name in header})


def _missing(file: str, what: str, header: Sequence[str]) -> IncidentFileError:
    has = ", ".join(map(short_repr, header[:_MOST_LISTED])) + (", …" if len(header) > _MOST_LISTED else "")
    return IncidentFileError(
        f"{file}: no column for {what}; the file has: {has}; check the file, or assign the columns in a "
        "mapping file (--mapping)"
    )


def _tidy(name: str) -> str:
    return "_".join(name.strip().strip("\ufeff").casefold().replace("_", " ").split())

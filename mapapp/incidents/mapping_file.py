"""Reads a mapping file, with which users correct how the columns of an export are recognised.

A mapping file is YAML or JSON. All keys are optional; the rest is recognised from the export::

    format: csv               # acled, ucdp or csv: whose codes the columns contain
    columns:                  # field: column name in the file
      id: Nr
      first: Day              # the day, or the first day
      last: Until
      lat: Y
      lon: X
      kind: Incident type
    kinds: {Barrage: shelling}   # the file's word: one of our kinds
    dates: day-first          # or month-first: how to read 03/04/2019
    encoding: windows-1256    # of a CSV file that is not UTF-8
    delimiter: ";"
    swapped: keep             # accept rows whose latitude and longitude look swapped

Other names for ``columns``: year, month and day where they have columns of their own; point for latitude and
longitude in one column; subkind, inter1, interaction, dated, located, admin1, place, actor1, actor2,
fatalities, notes, source, country, published (when the publisher last changed the row).
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from mapapp.data.files import Files
from mapapp.errors import Issue, MapappError, short_repr
from mapapp.incidents.vocabulary import FORMATS, KINDS, Format

if TYPE_CHECKING:
    from pathlib import Path

Dates = Literal["day-first", "month-first"]
TEXTS = ("admin1", "place", "actor1", "actor2", "fatalities", "notes", "source")
DAY_PARTS = ("year", "month", "day")  # used where no column holds the first day
FIELDS = (
    *("id", "first", *DAY_PARTS, "last", "lat", "lon", "point", "kind", "subkind", "dated", "located"),
    *("inter1", "interaction", "country", *TEXTS, "published"),
)


class IncidentFileError(MapappError):
    """A file of incidents or a mapping file that cannot be used. The store has not changed."""


@dataclass(frozen=True)
class MappingSettings:
    """The content of a mapping file; ``None`` and empty values are recognised from the export."""

    format: Format | None = None
    columns: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    dates: Dates | None = None
    encoding: str | None = None
    delimiter: str | None = None
    keep_swapped: bool = False


def read_mapping(path: Path) -> MappingSettings:
    """Read a mapping file.

    Parameters
    ----------
    path
        JSON if its name ends in ``.json``, else YAML.

    Raises
    ------
    IncidentFileError
        If it cannot be read, or a value is not allowed.
    """
    files = Files(path.parent)
    value = files.json(path.name) if path.suffix.lower() == ".json" else files.yaml(path.name)
    if files.issues:
        raise IncidentFileError("\n".join(map(str, files.issues)))
    if not isinstance(value, dict):
        raise _error(
            path, "expected a mapping of keys to values", value, "write keys such as columns: {id: Nr}"
        )
    known = {"format", "columns", "kinds", "dates", "encoding", "delimiter", "swapped"}
    if unknown := sorted(value.keys() - known):
        raise _error(path, "unknown key", unknown[0], f"use {', '.join(sorted(known))}")
    columns, kinds = (_texts(path, key, value.get(key)) for key in ("columns", "kinds"))
    if unknown := sorted(columns.keys() - set(FIELDS)):
        raise _error(path, "columns: unknown name", unknown[0], f"use {', '.join(FIELDS)}")
    if unknown := sorted(set(kinds.values()) - set(KINDS)):
        raise _error(path, "kinds: unknown kind", unknown[0], f"use {', '.join(KINDS)}")
    for key, allowed in {
        "format": FORMATS,
        "dates": ("day-first", "month-first"),
        "delimiter": (",", ";", "\t", "|"),
        "swapped": ("keep",),
    }.items():
        if value.get(key) is not None and value[key] not in allowed:
            raise _error(
                path, f"{key}: not an allowed value", value[key], f"use {' or '.join(map(repr, allowed))}"
            )
    encoding = value.get("encoding")
    if encoding is not None and not _is_encoding(encoding):
        raise _error(path, "unknown encoding", encoding, "use, for example, utf-8 or windows-1256")
    return MappingSettings(
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
        raise _error(path, f"{key}: expected a mapping of text to text", value, "put text in quotes")
    return value


def _error(path: Path, what: str, got: object, fix: str) -> IncidentFileError:
    return IncidentFileError(str(Issue(what, short_repr(got), fix, file=path.name)))

"""What the page shows of an atlas before anything is asked for, and how it is kept between starts.

To read, check and word the data takes longer than all else that a page needs. So its outcome is kept in the
user's cache folder, one file for each state of the data, the program and the language; what is kept is drawn
without the data being loaded. Anything wrong with a kept file, and it is made anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from mapapp.core.address import PARAMETERS, Table
from mapapp.data import atomic_write
from mapapp.data import kept as data_kept

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_KIND = "page"
_MOST = 32  # kept, of about a megabyte each
_VALUES = "drawn.json"


@dataclass(frozen=True)
class Drawn:
    """What the page shows of an atlas, in one language.

    Attributes
    ----------
    page
        The document of the map's frame, one of ``files``.
    files
        Names of the files that the browser loads, in `mapapp.server.map_files.folder`.
    fonts
        The CSS that loads the fonts into the page.
    title, title_language, lead
        The header.
    languages
        The languages of the interface, with their own names.
    table
        What is valid in an address.
    comparable
        Whether days can be compared.
    areas
        Changes if any area does that incidents are counted in.
    """

    page: str
    files: tuple[str, ...]
    fonts: str
    title: str
    title_language: str
    lead: str
    languages: Mapping[str, str]
    table: Table
    comparable: bool
    areas: str


def is_kept(name: str) -> bool:
    """Return whether something is kept under a key."""
    return data_kept.exists(_KIND, name)


def kept(key: Callable[[], str], target: Path, make: Callable[[], Drawn]) -> Drawn:
    """Return what is kept under a key, with its files in a folder; if there is nothing, make and keep it.

    Parameters
    ----------
    key
        Returns the key of the data as it is, from `mapapp.data.kept.key`. If that changes while the map is
        made, it cannot be told of which data it was made, and it is not kept.
    target
        The folder that is served, where ``make`` puts the files too.
    """
    name = key()
    found = data_kept.read(_KIND, name)
    if found is not None:
        with suppress(ValueError, KeyError, TypeError, AttributeError):  # else it is not what we keep
            drawn = _drawn(json.loads(found[_VALUES]))
            for file in drawn.files:
                if not (target / file).exists():
                    atomic_write.write(target / file, found[file])
            return drawn
    made = make()
    files = {file: (target / file).read_bytes() for file in made.files}
    if key() == name:
        data_kept.keep(_KIND, name, {_VALUES: json.dumps(_values(made)).encode(), **files}, _MOST)
    return made


def _values(drawn: Drawn) -> dict[str, Any]:
    """Return the values for JSON; of the table, what depends on the data."""
    table = {name: [one.default, one.allowed] for name, one in drawn.table.parameters.items()}
    values = asdict(replace(drawn, table=Table({})))
    return values | {"table": table, "steps": [dict(step) for step in drawn.table.steps]}


def _drawn(values: dict[str, Any]) -> Drawn:
    table = {
        name: replace(PARAMETERS[name], default=default, allowed=tuple(allowed))
        for name, (default, allowed) in values.pop("table").items()
    }
    steps = tuple(values.pop("steps"))
    return Drawn(**values | {"table": Table(table, steps), "files": tuple(values["files"])})

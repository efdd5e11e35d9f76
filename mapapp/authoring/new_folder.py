"""Makes a data folder for an article, with drafts of its statements.

The folder is made aside, under a hidden name next to it, and then renamed: it is there as a whole or not at
all.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import shapely

from mapapp.authoring.base_layers import base_layers
from mapapp.authoring.first_drafts import draft_statements
from mapapp.authoring.folder_files import FolderFiles
from mapapp.authoring.places_named import is_country, likeliest
from mapapp.authoring.suggest import suggest
from mapapp.authoring.towns import largest_towns, town_named
from mapapp.data.atomic_write import named
from mapapp.data.checks.article import check
from mapapp.data.load import gather
from mapapp.data.temporary_folder import lock, remove_unlocked
from mapapp.errors import MapappError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from mapapp.authoring.base_map import Box
    from mapapp.authoring.folder_files import NewArticle
    from mapapp.authoring.gazetteer import Gazetteer
    from mapapp.authoring.suggest import Suggestions

_LONGEST_NAME = 50  # characters of the folder's name in the hidden one's
_SETTLEMENT = "P"  # feature class


class NewFolderError(MapappError):
    """A folder that cannot be made."""


def make_folder(  # noqa: PLR0913 - what it is made of
    folder: Path,
    article: NewArticle,
    template: str,
    region: Box,
    *,
    about: str = "land",
    gazetteer: Gazetteer | None = None,
) -> None:
    """Make a data folder.

    Parameters
    ----------
    folder
        Where; nothing may be there yet.
    template
        One of `mapapp.authoring.folder_files.TEMPLATES`.
    region
        What the map opens on.
    about
        Id of the place of the base map that a sentence is about which names none.
    gazetteer
        For towns; ``None`` for a map without.

    Raises
    ------
    NewFolderError
        If something is there already, or it cannot be written.
    """
    _refuse_existing(folder)
    if not folder.parent.is_dir():
        raise NewFolderError(f"{named(folder.parent)}: no such folder; create it first")
    try:
        with _aside(folder) as part:
            _fill(part, FolderFiles(article, template, region), region, about, gazetteer)
            _refuse_existing(folder)
            part.rename(folder)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise NewFolderError(
            f"{named(folder)}: it cannot be written: {reason}; choose another place, or free some space"
        ) from None


def _refuse_existing(folder: Path) -> None:
    if os.path.lexists(folder):
        raise NewFolderError(f"{named(folder)}: it exists already; choose another name")


def _fill(part: Path, files: FolderFiles, region: Box, about: str, gazetteer: Gazetteer | None) -> None:
    """Write all files: first those without drafts, then, from what is suggested for these, the drafts."""
    land = shapely.union_all([shapely.geometry.shape(one["geometry"]) for one in files.layers["land"]])
    towns = largest_towns(region, files.languages, land) if gazetteer else {}
    _write(
        part, files.fixed() | files.drafted([], files.layers | {base_layers().settlements: [*towns.values()]})
    )
    atlas = gather(part).atlas
    if atlas is None:
        raise _internal(part)
    article = atlas.articles[0]
    if about not in atlas.place:
        about = "land"
    found = suggest(article, atlas, gazetteer)
    all_towns = towns | _towns_named(found, towns, files.languages, land)
    place_of = {name: name for name in atlas.place}
    place_of |= {name: feature["id"] for name, feature in all_towns.items()}
    layers = files.layers | {base_layers().settlements: [*all_towns.values()]}
    _write(part, files.drafted(draft_statements(article, atlas.profile, found, place_of, about), layers))
    if check(part):  # a suggestion that does not fit the rest
        plain = draft_statements(article, atlas.profile, None, {}, about)
        _write(part, files.drafted(plain, files.layers | {base_layers().settlements: [*towns.values()]}))
        if check(part):
            raise _internal(part)


def _internal(part: Path) -> NewFolderError:
    return NewFolderError(f"internal error: {check(part)[0]}; please report it")


def _towns_named(
    found: Suggestions, known: Mapping[str, Any], languages: list[str], land: BaseGeometry
) -> dict[str, dict[str, Any]]:
    """Return drafts of the settlements that the article names and the folder does not have."""
    made = {}
    for one in likeliest(found.places):
        new = not one.own and one.id not in known and one.id not in made
        if new and one.feature_class == _SETTLEMENT and not is_country(one):
            feature = town_named(one, languages, land)
            if feature:
                made[one.id] = feature
    return made


def _write(part: Path, contents: Mapping[str, bytes]) -> None:
    for name, data in contents.items():
        file = part / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """Yield a hidden folder next to another; it is removed at the end if it is still there.

    What killed processes left behind there is removed first.
    """
    prefix = f".{folder.name[:_LONGEST_NAME]}."
    ours = re.compile(rf"{re.escape(prefix)}[0-9a-f]{{8}}\.part")
    for left in folder.parent.iterdir():
        if ours.fullmatch(left.name) and left.is_dir() and not left.is_symlink():
            remove_unlocked(left)
    part = folder.with_name(f"{prefix}{secrets.token_hex(4)}.part")
    part.mkdir()
    handle = lock(part)
    try:
        yield part
    finally:
        if handle is not None:
            os.close(handle)
        shutil.rmtree(part, ignore_errors=True)

"""Unpacks compressed files and archives with one table, up to a size."""

from __future__ import annotations

import gzip
import lzma
import struct
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from mapapp.errors import plain, short_repr
from mapapp.incidents.mapping_file import IncidentFileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

MOST = 20 << 30  # bytes of a table
MOST_OF_WORKBOOK = 2 << 30  # bytes of all parts of a workbook, which is read as a whole
_CHUNK = 1 << 20
_TABLES = frozenset(
    {
        *(".csv", ".tsv", ".txt", ".tab", ".json", ".geojson", ".ndjson", ".xlsx", ".xlsb", ".xls", ".ods"),
        *(".parquet", ".gpkg", ".gz"),
    }
)
_SHAPEFILE = frozenset({".shp", ".dbf", ".shx"})
_DAMAGE = (  # what zipfile and the decompressors raise for damaged and locked archives
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, IndexError, OSError, RuntimeError, ValueError),
)
_ENCRYPTED = 1  # bit of a member's flags


class Unpacked(NamedTuple):
    """A file from an archive, and a note for the user."""

    path: Path
    note: str


def ungzip(path: Path, folder: Path) -> Unpacked:
    """Unpack a .gz file into a folder.

    Raises
    ------
    IncidentFileError
        If it is damaged, or larger than `MOST` when unpacked.
    """
    target = folder / (path.stem if path.suffix.lower() == ".gz" else path.name)
    try:
        with gzip.open(path) as source:
            _copy(source, target, path)
    except (OSError, EOFError, zlib.error):
        raise IncidentFileError(f"{plain(path.name)}: the .gz file is damaged; download it again") from None
    return Unpacked(target, "")


def is_workbook(path: Path) -> bool:
    """Return whether a zip file is a workbook.

    Raises
    ------
    IncidentFileError
        If it is damaged, another office document, or a workbook larger than `MOST_OF_WORKBOOK`.
    """
    with _opened(path) as archive:
        names = {*archive.namelist()}
        kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
        if any(name.startswith(("word/", "ppt/")) for name in names) or b"opendocument.text" in kind:
            raise IncidentFileError(
                f"{plain(path.name)}: this is a document, not a table; save its table as CSV or .xlsx"
            )
        if not (any(name.startswith("xl/workbook.") for name in names) or b"spreadsheet" in kind):
            return False
        size = 0  # counted, as an archive may lie about it
        for member in archive.infolist():
            with archive.open(member) as part:
                while data := part.read(_CHUNK):
                    size += len(data)
                    if size > MOST_OF_WORKBOOK:
                        raise _too_large(path, MOST_OF_WORKBOOK)
    return True


def unzip(path: Path, folder: Path) -> Unpacked:
    """Unpack the only table of a .zip file into a folder.

    Raises
    ------
    IncidentFileError
        If there is no table in it or more than one, or it is damaged, locked, or larger than `MOST`.
    """
    name = plain(path.name)
    with _opened(path) as archive:
        members = [member for member in archive.infolist() if not _is_aside(member)]
        if any(PurePosixPath(member.filename).suffix.lower() in _SHAPEFILE for member in members):
            raise IncidentFileError(f"{name}: {SHAPEFILE}")
        tables = [member for member in members if PurePosixPath(member.filename).suffix.lower() in _TABLES]
        if len(tables) > 1:  # a text beside a table says what it is
            tables = [one for one in tables if not one.filename.lower().endswith(".txt")] or tables
        if len(tables) != 1:
            listed = ", ".join(short_repr(one.filename) for one in (tables or members)[:10])
            more = ", …" if len(tables or members) > 10 else ""  # noqa: PLR2004 - as many are listed
            what = f"{len(tables)} tables" if tables else "no table"
            fix = "unpack it and import them one by one" if tables else "unpack it, and import a table"
            raise IncidentFileError(f"{name}: the archive has {what} ({listed}{more}); {fix}")
        (member,) = tables
        if member.flag_bits & _ENCRYPTED:
            raise IncidentFileError(f"{name}: the archive has a password; unpack it first")
        target = folder / PurePosixPath(member.filename).name
        with archive.open(member) as source:
            _copy(source, target, path)
    return Unpacked(target, f"read from {short_repr(member.filename)} in the archive")


SHAPEFILE = "this is part of a shapefile; export it as GeoPackage, GeoJSON or CSV"


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip file, and raise `IncidentFileError` if it is damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except _DAMAGE as error:
        raise IncidentFileError(
            f"{plain(path.name)}: the file is a workbook or an archive, and is damaged or locked "
            f"({plain(str(error), 150)}); download it again, or unpack it"
        ) from None


def _is_aside(member: zipfile.ZipInfo) -> bool:
    """Return whether a member is a folder, or was put there by the program that packed it."""
    parts = PurePosixPath(member.filename).parts
    return member.is_dir() or not parts or parts[0] == "__MACOSX" or parts[-1].startswith(".")


def _copy(source: IO[bytes] | gzip.GzipFile, target: Path, path: Path) -> None:
    size = 0
    with target.open("wb") as copy:
        while data := source.read(_CHUNK):
            size += len(data)
            if size > MOST:
                raise _too_large(path, MOST)
            copy.write(data)


def _too_large(path: Path, most: int) -> IncidentFileError:
    return IncidentFileError(
        f"{plain(path.name)}: unpacked, the file has more than {most >> 30} GB; split it into smaller ones"
    )

"""Keeps what takes long to make in the user's cache folder, so that the next start need not make it again.

Each piece of work is one archive, named after a hash of what it was made of. Nothing depends on it: what
cannot be read, or is damaged, is made again, and what cannot be written is not kept.
"""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mapapp.data import atomic_write
from mapapp.data.folders import cache_folder
from mapapp.errors import MapappError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PROGRAM = Path(__file__).resolve().parents[1]
_UNREADABLE = (
    OSError,
    ValueError,
    EOFError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
)  # damaged archives


def _program() -> str:
    """Return a hash of the program and its packages, by the dates of its files and the names of versions."""
    digest = hashlib.sha256(sys.version.encode())
    for place in map(Path, sys.path):
        digest.update("\0".join(sorted(found.name for found in place.glob("*.*-info"))).encode())
    for path in sorted(_PROGRAM.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            status = path.stat()
            digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    return digest.hexdigest()


_RUNNING = _program()  # of the code in memory; its files may be replaced while it runs


def key(entries: Iterable[Path], *others: str) -> str:
    """Return the key of what this program makes of files and of ``others``.

    Of each file its name and content count; of what is no file, such as a folder, its name and what it is.
    """
    digest = hashlib.sha256()
    for text in (_RUNNING, *others):
        digest.update(text.encode() + b"\0")
    for path in entries:
        try:
            what, content = ("file", path.read_bytes()) if path.is_file() else (str(path.is_dir()), b"")
        except OSError as error:
            what, content = str(error.errno), b""
        digest.update(f"{path}\0{path.resolve()}\0{what}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:32]


def exists(kind: str, name: str) -> bool:
    """Return whether something is kept under a key, damaged or not."""
    folder = cache_folder()
    return folder is not None and (folder / f"{kind}-{name}.zip").is_file()


def read(kind: str, name: str) -> dict[str, bytes] | None:
    """Return what is kept under a key, by name; ``None`` if nothing is, or it is damaged."""
    folder = cache_folder()
    if folder is not None:
        with (
            suppress(*_UNREADABLE),
            zipfile.ZipFile(io.BytesIO((folder / f"{kind}-{name}.zip").read_bytes())) as archive,
        ):
            return {member: archive.read(member) for member in archive.namelist()}
    return None


def keep(kind: str, name: str, contents: Mapping[str, bytes], most: int) -> None:
    """Keep ``contents`` under a key, and only the ``most`` latest of their kind; if possible.

    Nothing is kept once the program's files have changed: the next start may find other code than what made
    the contents.
    """
    folder = cache_folder()
    if folder is None or _program() != _RUNNING:
        return
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in contents.items():  # each as of 1980, before which a clock may be
            archive.writestr(zipfile.ZipInfo(member), content, zipfile.ZIP_DEFLATED)
    with suppress(OSError, MapappError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with atomic_write.writing(folder / f"{kind}-{name}.zip") as temporary:
            temporary.chmod(0o600)  # it may have the whole text of an article
            temporary.write_bytes(held.getvalue())
        others = sorted(folder.glob(f"{kind}-*.zip"), key=lambda other: other.stat().st_mtime_ns)
        for old in others[:-most]:
            old.unlink(missing_ok=True)

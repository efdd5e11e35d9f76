"""Keeps what takes long to make in the user's cache folder, so that the next start need not make it again.

Each piece of work is one archive, named after a hash of what it was made of. Nothing depends on it: what
cannot be read, or is damaged, is made again, and what cannot be written is not kept.
"""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mapapp.data import atomic_write
from mapapp.data.folders import cache_folder
from mapapp.errors import MapappError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FORMAT = "1"
_PROGRAM = Path(__file__).resolve().parents[1]


def key(files: Iterable[Path], *others: str) -> str:
    """Return the key of what is made of files and of ``others``.

    Of the files, names and contents count. The program and its packages are taken to be the same while its
    files have the same size and date, and the packages have the same versions.
    """
    digest = hashlib.sha256()
    packages = sorted(found.name for place in sys.path for found in Path(place).glob("*.dist-info"))
    for text in (_FORMAT, sys.version, *packages, *others):
        digest.update(text.encode() + b"\0")
    for path in sorted(_PROGRAM.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            status = path.stat()
            digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:32]


def read(kind: str, name: str) -> dict[str, bytes] | None:
    """Return what is kept under a key, by name; ``None`` if nothing is, or it is damaged."""
    folder = cache_folder()
    if folder is not None:
        with (
            suppress(OSError, ValueError, zipfile.BadZipFile),
            zipfile.ZipFile(io.BytesIO((folder / f"{kind}-{name}.zip").read_bytes())) as archive,
        ):
            return {member: archive.read(member) for member in archive.namelist()}
    return None


def keep(kind: str, name: str, contents: Mapping[str, bytes], most: int) -> None:
    """Keep ``contents`` under a key, and only the ``most`` latest of their kind; if possible."""
    folder = cache_folder()
    if folder is None:
        return
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in contents.items():
            archive.writestr(member, content)
    with suppress(OSError, MapappError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with atomic_write.writing(folder / f"{kind}-{name}.zip") as temporary:
            temporary.chmod(0o600)  # it may have the whole text of an article
            temporary.write_bytes(held.getvalue())
        others = sorted(folder.glob(f"{kind}-*.zip"), key=lambda other: other.stat().st_mtime_ns)
        for old in others[:-most]:
            old.unlink(missing_ok=True)

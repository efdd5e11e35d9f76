"""Reproducible zip files: the same content gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_OLDEST = (1980, 1, 1, 0, 0, 0)  # the earliest time in a zip; ours carry no timestamps
_PLAIN_FILE = 0o100644 << 16  # rw-r--r--
_UNIX = 3


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of files, in the order of their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, _OLDEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = _UNIX
            info.external_attr = _PLAIN_FILE
            archive.writestr(info, data)
    return out.getvalue()

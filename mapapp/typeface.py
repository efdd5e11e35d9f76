"""The typeface of screen and paper: IBM Plex Sans and IBM Plex Sans Arabic, which come as packages.

Both families are under the SIL Open Font License. The fonts of the system are never needed.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    import uharfbuzz as hb

LATIN, ARABIC = "IBM Plex Sans", "IBM Plex Sans Arabic"
FOLDERS = tuple(
    Path(str(files(package) / "files"))
    for package in ("fontpkg_ibm_plex_sans", "fontpkg_ibm_plex_sans_arabic")
)
_ARABIC_RANGE = "U+0600-06FF,U+0750-077F,U+08A0-08FF,U+FB50-FDFF,U+FE70-FEFC"


class FontFile(NamedTuple):
    """A font file: its ``weights`` on screen, and its ``letters`` (CSS ``unicode-range``; empty for all)."""

    family: str
    weights: str
    path: Path
    letters: str = ""


FILES = (
    FontFile(LATIN, "100 700", FOLDERS[0] / "IBMPlexSans[wdth,wght].ttf"),
    FontFile(ARABIC, "100 500", FOLDERS[1] / "IBMPlexSansArabic-Regular.ttf", _ARABIC_RANGE),
    FontFile(ARABIC, "501 900", FOLDERS[1] / "IBMPlexSansArabic-SemiBold.ttf", _ARABIC_RANGE),
)


def font_faces(address: Callable[[FontFile], str | None]) -> str:
    """Return the CSS that loads the fonts; ``address`` gives the URL of a file, ``None`` to leave it out."""
    rules = []
    for file in FILES:
        if url := address(file):
            letters = f";unicode-range:{file.letters}" if file.letters else ""
            rules.append(
                f'@font-face{{font-family:"{file.family}";font-weight:{file.weights};font-display:swap;'
                f'src:url("{url}"){letters}}}'
            )
    return "".join(rules)


@cache
def face(path: Path) -> hb.Face:
    """Return an opened font file."""
    import uharfbuzz  # noqa: PLC0415 - needed only to draw figures and serve fonts

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))


@cache
def letters_of(path: Path) -> frozenset[int]:
    """Return the code points of a font file."""
    return frozenset(face(path).unicodes)


def subset(path: Path, letters: frozenset[str], weight: int | None = None) -> bytes:
    """Return a font file with only some letters, at the normal width.

    Parameters
    ----------
    letters
        The characters to keep; those the font lacks are ignored.
    weight
        The one weight to keep of a variable font; ``None`` keeps all.
    """
    import uharfbuzz  # noqa: PLC0415 - as above

    opened, wanted = face(path), uharfbuzz.SubsetInput()
    wanted.flags = (
        uharfbuzz.SubsetFlags.NO_HINTING
    )  # hinting is a fifth of the file and helps only on coarse screens
    wanted.unicode_set.update({ord(letter) for letter in letters} & letters_of(path))
    if "[" in path.name:  # a variable font: its axes are in its name
        wanted.pin_axis_location(opened, "wdth", 100)
        if weight is not None:
            wanted.pin_axis_location(opened, "wght", weight)
    return bytes(uharfbuzz.subset(opened, wanted).blob.data)

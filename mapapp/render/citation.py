"""The citation of exactly one view: what was seen, in which version of the data, when and where.

The work has no date of its own, since it changes with its data: its version and the day of access stand for
it, and the styles that ask for a year say so in their own way.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, Literal, get_args

from babel.dates import format_date

from mapapp.render.formats import record
from mapapp.render.text import LANG, day_words, words

if TYPE_CHECKING:
    from datetime import date

    from mapapp.core.model import Atlas
    from mapapp.core.select import View

Style = Literal["apa", "chicago", "bibtex", "ris", "csl-json"]
STYLES: tuple[Style, ...] = get_args(Style)

_AUTHOR = "mapapp"
_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{letter: f"\\{letter}" for letter in "{}$&%#_"},
}


def cite(atlas: Atlas, view: View, style: Style, *, address: str, accessed: date | None) -> str:
    """Return the citation of ``view`` in a style, ending in a line break.

    Parameters
    ----------
    style
        ``apa`` and ``chicago`` are plain text, the others are for reference managers.
    address
        Where the view is found again. One that is no web address is told as text, never as a link.
    accessed
        The day of access; ``None`` leaves it out.
    """
    told = _Told(atlas, view, address, accessed)
    writers = {
        "apa": told.apa,
        "chicago": told.chicago,
        "bibtex": told.bibtex,
        "ris": told.ris,
        "csl-json": told.csl_json,
    }
    return writers[style]()


class _Told:
    """What every style tells, each in its own order."""

    def __init__(self, atlas: Atlas, view: View, address: str, accessed: date | None) -> None:
        self.title = record.title(atlas, view)
        self.version = record.version(atlas)
        self.address = record.clean(address)
        self.link = self.address.startswith(("http://", "https://"))
        self.accessed = accessed
        self.article = record.article_text(atlas)
        view_hash = hashlib.sha256(f"{atlas.fingerprint} {self.address}".encode()).hexdigest()
        self.key = f"{_AUTHOR}-{atlas.article.id}-{view_hash[:8]}"  # two views in one report are two entries

    def apa(self) -> str:
        day = self.accessed and day_words(self.accessed)
        if self.link:
            where = words("cite-apa-from", date=day, address=self.address) if day else self.address
        else:
            where = words("cite-view", address=self.address)
            where = f"{words('cite-apa-retrieved', date=day)} {where}" if day else where
        return words("cite-apa", author=_AUTHOR, title=self.title, version=self.version, where=where) + "\n"

    def chicago(self) -> str:
        parts = [words("cite-chicago", author=_AUTHOR, title=self.title, version=self.version)]
        if self.accessed:
            day = format_date(self.accessed, "MMMM d, y", locale=LANG)
            parts.append(words("cite-chicago-accessed", date=day))
        parts.append(f"{self.address}." if self.link else words("cite-view", address=self.address))
        return " ".join(parts) + "\n"

    def bibtex(self) -> str:
        note = self.article if self.link else f"{self.article} {words('cite-view', address=self.address)}"
        fields = {
            "author": f"{{{_tex(_AUTHOR)}}}",
            "title": f"{{{_tex(self.title)}}}",
            "version": _tex(self.version),
            "type": _tex(words("cite-map")),
        }
        if self.link:
            fields["url"] = re.sub(r"[{}\\\s]", lambda found: f"%{ord(found[0]):02X}", self.address)
        if self.accessed:
            fields["urldate"] = self.accessed.isoformat()
        fields["note"] = _tex(note)
        lines = "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items())
        return f"@misc{{{self.key},\n{lines}}}\n"

    def ris(self) -> str:
        fields = [("TY", "MAP"), ("ID", self.key), ("AU", _AUTHOR), ("TI", self.title)]
        fields.append(("ET", words("cite-version", version=self.version)))
        if self.accessed:
            fields.append(("Y2", f"{self.accessed:%Y/%m/%d}/"))
        fields.append(("UR", self.address) if self.link else ("N1", words("cite-view", address=self.address)))
        fields += [("N1", self.article), ("LA", LANG), ("ER", "")]
        return "".join(f"{tag}  - {value}\r\n" for tag, value in fields)

    def csl_json(self) -> str:
        item: dict[str, Any] = {
            "id": self.key,
            "type": "map",
            "title": self.title,
            "author": [{"literal": _AUTHOR}],
            "version": self.version,
            "language": LANG,
            "note": self.article,
        }
        if self.accessed:
            day = self.accessed
            item["accessed"] = {"date-parts": [[day.year, day.month, day.day]]}
        if self.link:
            item["URL"] = self.address
        else:
            item["archive_location"] = self.address
        return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _tex(text: str) -> str:
    """Return ``text`` as TeX prints it, letter by letter."""
    return "".join(_TEX.get(letter, letter) for letter in text)

"""Citations of a view.

The date is that of the latest change to the data; if there is none, styles that require a year use their own
form of "no date". The data version identifies the content. Because the page behind an address may change,
every style gives the date of access.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, Literal, get_args

from babel.dates import format_date

from mapapp.export import rows
from mapapp.text.messages import LANG, words
from mapapp.text.printed_address import printed, public

if TYPE_CHECKING:
    from datetime import date

    from mapapp.core.model import Atlas
    from mapapp.core.view import View

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
        Address of the view; if it is not public, only its query is given, as text.
    accessed
        The day of access; ``None`` leaves it out.
    """
    citation = _Citation(atlas, view, address, accessed)
    writers = {
        "apa": citation.apa,
        "chicago": citation.chicago,
        "bibtex": citation.bibtex,
        "ris": citation.ris,
        "csl-json": citation.csl_json,
    }
    return writers[style]()


class _Citation:
    """The parts of a citation, which each style puts in its own order."""

    def __init__(self, atlas: Atlas, view: View, address: str, accessed: date | None) -> None:
        self.title = rows.title(atlas, view)
        self.version = rows.version(atlas)
        self.link = public(address)
        self.address = rows.clean(printed(address))
        self.issued = atlas.issued
        self.accessed = accessed
        self.notes = [rows.article_text(atlas)]
        if not self.link:
            self.notes.append(words("cite-view", address=self.address))
        view_hash = hashlib.sha256(f"{atlas.fingerprint} {self.address}".encode()).hexdigest()
        self.key = f"{_AUTHOR}-{atlas.article.id}-{view_hash[:8]}"  # one for each view

    def apa(self) -> str:
        if self.accessed:
            there = self.address if self.link else words("cite-apa-view", address=self.address)
            where = words("cite-apa-from", date=_day(self.accessed), address=there)
        else:
            where = self.address if self.link else words("cite-view", address=self.address)
        text = words(
            "cite-apa",
            author=_AUTHOR,
            year=self.issued.year if self.issued else words("cite-no-date"),
            title=self.title,
            version=words("cite-version", version=self.version),
            where=where,
        )
        return f"{text}\n"

    def chicago(self) -> str:
        version = words("cite-version", version=self.version)
        version = f"{version}, {_day(self.issued)}" if self.issued else version
        parts = [words("cite-chicago", author=_AUTHOR, title=self.title, version=version)]
        if self.accessed:
            parts.append(words("cite-chicago-accessed", date=_day(self.accessed)))
        parts.append(self.address if self.link else words("cite-view", address=self.address))
        return " ".join(parts) + ".\n"

    def bibtex(self) -> str:
        fields = {
            "author": f"{{{_tex(_AUTHOR)}}}",
            "title": f"{{{_tex(self.title)}}}",
            "type": _tex(words("cite-map")),
            "version": _tex(self.version),
        }
        if self.issued:
            fields["year"] = str(self.issued.year)
        if self.link:
            fields["url"] = re.sub(r"[{}\\\s]", lambda found: f"%{ord(found[0]):02X}", self.address)
        if self.accessed:
            fields["urldate"] = self.accessed.isoformat()
        fields["note"] = _tex(" ".join(self.notes))
        lines = "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items())
        return f"@misc{{{self.key},\n{lines}}}\n"

    def ris(self) -> str:
        fields = [("TY", "MAP"), ("ID", self.key), ("AU", _AUTHOR), ("TI", self.title)]
        if self.issued:
            fields += [("PY", str(self.issued.year)), ("DA", f"{self.issued:%Y/%m/%d}/")]
        fields.append(("ET", words("cite-version", version=self.version)))
        if self.accessed:
            fields.append(("Y2", f"{self.accessed:%Y/%m/%d}/"))
        if self.link:
            fields.append(("UR", self.address))
        fields += [*(("N1", note) for note in self.notes), ("LA", LANG), ("ER", "")]
        return "".join(f"{tag}  - {value}\r\n" for tag, value in fields)

    def csl_json(self) -> str:
        item: dict[str, Any] = {
            "id": self.key,
            "type": "map",
            "title": self.title,
            "author": [{"literal": _AUTHOR}],
            "version": self.version,
            "language": LANG,
            "note": " ".join(self.notes),
        }
        for key, day in (("issued", self.issued), ("accessed", self.accessed)):
            if day:
                item[key] = {"date-parts": [[day.year, day.month, day.day]]}
        if self.link:
            item["URL"] = self.address
        return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _day(day: date) -> str:
    """Return a day as APA and Chicago write it, as in November 22, 2026."""
    return format_date(day, "MMMM d, y", locale=LANG)


def _tex(text: str) -> str:
    """Return ``text`` with TeX's special characters escaped."""
    return "".join(_TEX.get(letter, letter) for letter in text)

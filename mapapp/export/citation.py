"""Citations of a view.

The date is that of the latest change to the data; if there is none, styles that require a year use their own
form of "no date". The data version identifies the content. Because the page behind an address may change,
every style gives the date of access. Where there is no address, an evidence pack can be named by its hash.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, Literal, get_args

from mapapp.export import rows
from mapapp.text.authored import publisher_words
from mapapp.text.dates import long_day_words, year_words
from mapapp.text.direction import turned_round
from mapapp.text.labels import article_title, articles_shown
from mapapp.text.locales import current_language, direction, in_language_of_view
from mapapp.text.messages import words
from mapapp.text.printed_address import printed, public

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mapapp.core.model import Article, Atlas
    from mapapp.core.view import View

Style = Literal["apa", "chicago", "bibtex", "ris", "csl-json"]
STYLES: tuple[Style, ...] = get_args(Style)

AUTHOR = "mapapp"
_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{letter: f"\\{letter}" for letter in "{}$&%#_"},
}


@in_language_of_view
def cite(  # noqa: PLR0913 - a citation has many parts
    atlas: Atlas,
    view: View,
    style: Style,
    *,
    address: str,
    accessed: date | None,
    pack: str | None = None,
    authors: Sequence[str] = (),
) -> str:
    """Return the citation of ``view`` in a style, ending in a line break.

    Parameters
    ----------
    style
        ``apa`` and ``chicago`` are plain text, the others are for reference managers.
    address
        Address of the view. If it is not public, its query is given as text, unless ``pack`` names the view.
    accessed
        The day of access; ``None`` leaves it out.
    pack
        SHA-256 of the manifest of an evidence pack of the view.
    authors
        Authors as they should be printed; mapapp if there are none.
    """
    citation = _Citation(atlas, view, address, accessed, pack, authors)
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

    def __init__(  # noqa: PLR0913, PLR0917 - the parameters of `cite`
        self,
        atlas: Atlas,
        view: View,
        address: str,
        accessed: date | None,
        pack: str | None,
        authors: Sequence[str],
    ) -> None:
        self.authors = [rows.clean(author) for author in authors] or [AUTHOR]
        self.title = rows.title(atlas, view)
        self.version = rows.version(atlas)
        self.link = public(address)
        self.address = rows.clean(printed(address))
        self.issued = atlas.issued
        self.accessed = accessed
        self.pack = words("cite-pack", sha=pack) if pack else ""
        articles = articles_shown(atlas, view)
        self.based_on = words("cite-based-on", articles="; ".join(_article(atlas, one) for one in articles))
        self.notes = [_with_hash(atlas, one) for one in articles]
        if self.pack:
            self.notes.append(f"{_capitalised(self.pack)}.")
        elif not self.link:
            self.notes.append(words("cite-view", address=self.address))
        view_hash = hashlib.sha256(f"{atlas.fingerprint} {self.address}".encode()).hexdigest()
        self.key = f"{AUTHOR}-{articles[0].id}-{view_hash[:8]}"  # one for each view

    def apa(self) -> str:
        version = words("cite-version", version=self.version)
        text = words(
            "cite-apa",
            author=_joined(self.authors, "&"),
            year=year_words(self.issued.year) if self.issued else words("cite-no-date"),
            title=self.title,
            version=f"{version}; {self.pack}" if self.pack else version,
        )
        where = self._apa_where()
        return " ".join(filter(None, (text, self.based_on, where))) + "\n"

    def _apa_where(self) -> str:
        """Return where and when the view was retrieved; not where, if an evidence pack is named instead."""
        if not self.accessed:
            return (
                self.address if self.link else "" if self.pack else words("cite-view", address=self.address)
            )
        day = long_day_words(self.accessed)
        if self.pack and not self.link:
            return words("cite-apa-on", date=day)
        there = self.address if self.link else words("cite-apa-view", address=self.address)
        if direction() == "rtl" and not self.link:
            there = turned_round(there)  # it may begin with our name, in Latin letters
        return words("cite-apa-from", date=day, address=there)

    def chicago(self) -> str:
        version = words("cite-version", version=self.version)
        version = f"{version}, {long_day_words(self.issued)}" if self.issued else version
        author = _joined(self.authors, words("cite-and"))
        parts = [words("cite-chicago", author=author, title=self.title, version=version), self.based_on]
        if self.pack:
            parts.append(f"{_capitalised(self.pack)}.")
        if self.accessed:
            parts.append(words("cite-chicago-accessed", date=long_day_words(self.accessed)))
        if self.link:
            parts.append(f"{self.address}.")
        elif not self.pack:
            parts.append(f"{words('cite-view', address=self.address)}.")
        return " ".join(parts) + "\n"

    def bibtex(self) -> str:
        fields = {
            "author": " and ".join(f"{{{_tex(author)}}}" for author in self.authors),
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
        fields = [
            ("TY", "MAP"),
            ("ID", self.key),
            *(("AU", author) for author in self.authors),
            ("TI", self.title),
        ]
        if self.issued:
            fields += [("PY", str(self.issued.year)), ("DA", f"{self.issued:%Y/%m/%d}/")]
        fields.append(("ET", words("cite-version", version=self.version)))
        if self.accessed:
            fields.append(("Y2", f"{self.accessed:%Y/%m/%d}/"))
        if self.link:
            fields.append(("UR", self.address))
        fields += [*(("N1", note) for note in self.notes), ("LA", current_language()), ("ER", "")]
        return "".join(f"{tag}  - {value}\r\n" for tag, value in fields)

    def csl_json(self) -> str:
        item: dict[str, Any] = {
            "id": self.key,
            "type": "map",
            "title": self.title,
            "author": [{"literal": author} for author in self.authors],
            "version": self.version,
            "language": current_language(),
            "note": " ".join(self.notes),
        }
        for key, day in (("issued", self.issued), ("accessed", self.accessed)):
            if day:
                item[key] = {"date-parts": [[day.year, day.month, day.day]]}
        if self.link:
            item["URL"] = self.address
        return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _article(atlas: Atlas, article: Article) -> str:
    """Return an article as part of a sentence: its author, if known, title, publisher, day and address."""
    key = "cite-article-by" if article.author else "cite-article"
    text = words(
        key,
        author=rows.clean(article.author),
        title=rows.clean(article_title(atlas, article)),
        publisher=rows.clean(publisher_words(atlas.source[article.source])),
        date=long_day_words(article.date),
    )
    url = rows.article_url(atlas, article)
    return f"{text}, {rows.clean(url)}" if url else text


def _with_hash(atlas: Atlas, article: Article) -> str:
    return words("cite-article-hash", article=_article(atlas, article), sha=article.sha256)


def _joined(authors: Sequence[str], conjunction: str) -> str:
    """Return authors as one text, without a full stop at the end, which the style adds."""
    *others, last = authors
    text = last
    if others:
        comma = "," if len(others) > 1 or "," in others[0] else ""
        text = f"{', '.join(others)}{comma} {conjunction} {last}"
    return text.rstrip(".")


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _tex(text: str) -> str:
    """Return ``text`` with TeX's special characters escaped."""
    return "".join(_TEX.get(letter, letter) for letter in text)

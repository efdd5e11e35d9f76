"""Reads the tables of languages: what Unicode's CLDR does not say about them.

``languages/README.md`` describes the keys; ``scripts.yaml`` is about scripts. Only the files of the languages
in use are read.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import yaml
from babel import Locale, UnknownLocaleError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is ten times as fast
_CORE = files("mapapp.core")
_NONE: Mapping[Any, Any] = MappingProxyType({})
_PIECE = re.compile(r"\s+|\S[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]*")


class Fold(NamedTuple):
    """How text of a language is normalised before its words are looked for."""

    case: Literal["lower", "dotted-i", "keep"] = "lower"
    marks: Literal["keep", "remove"] = "keep"
    letters: Mapping[str, str] = _NONE

    def __call__(self, text: str) -> str:
        """Return the text with ASCII digits, single spaces, no invisible characters, and folded letters."""
        text = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
        text = " ".join("".join(char for char in text if unicodedata.category(char) != "Cf").split())
        text = unicodedata.normalize("NFC", text)
        if self.case == "dotted-i":
            text = text.replace("I", "\N{LATIN SMALL LETTER DOTLESS I}").replace(
                "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "i"
            )
        if self.case != "keep":
            text = text.lower()
        if self.marks == "remove":
            text = "".join(char for char in text if unicodedata.category(char) != "Mn")
        for letter, other in self.letters.items():
            text = text.replace(letter, other)
        return text

    def with_places(self, text: str) -> tuple[str, list[int]]:
        """Return the folded text, and the offset in ``text`` of each of its characters, and of its end.

        The text is folded piece by piece, each a letter with its marks, or a run of spaces.
        """
        folded: list[str] = []
        places: list[int] = []
        known: dict[str, str] = {}
        for piece in _PIECE.finditer(text):
            if (new := known.get(piece[0])) is None:
                new = known[piece[0]] = " " if piece[0].isspace() else self(piece[0])
            folded.append(new)
            places += [piece.start()] * len(new)
        return "".join(folded), [*places, len(text)]


class LanguageTable(NamedTuple):
    """The file of a language; ``languages/README.md`` describes its keys."""

    locales: Sequence[str] = ()
    fold: Fold = Fold()
    prefix: str = ""
    month_endings: Mapping[str, str] = _NONE
    weekday_endings: Mapping[str, str] = _NONE
    short_months: Mapping[int, Sequence[str]] = _NONE
    homonyms: Sequence[str] = ()
    dates: Sequence[str] = ()
    parts: Mapping[str, Sequence[str]] = _NONE
    month_first: str = ""
    words: Mapping[str, int | tuple[int, int]] = _NONE
    limits: Mapping[str, tuple[int, int]] = _NONE
    numbers: Mapping[str, int] = _NONE
    tens: str = ""
    units: Mapping[str, str] = _NONE
    ago: Sequence[str] = ()
    past_count: Sequence[str] = ()
    one: Mapping[str, str] = _NONE
    two: Mapping[str, str] = _NONE
    one_ago: Sequence[str] = ()
    last: Sequence[str] = ()
    past: Sequence[str] = ()
    this: Sequence[str] = ()
    next: Sequence[str] = ()
    ending: str = ""
    abbreviations: Sequence[str] = ()
    before_number: Sequence[str] = ()
    after_number: Sequence[str] = ()
    ordinal_point: bool = False
    function_words: Sequence[str] = ()
    foreign_letters: str = ""


class Scripts(NamedTuple):
    """The file ``scripts.yaml``, which describes its keys."""

    default: str
    languages: Mapping[str, Sequence[str]]
    unknown: Mapping[str, str]
    joined: Mapping[str, Sequence[str]]
    unspaced: Sequence[str]


def _read(name: str) -> dict[str, Any]:
    text = _CORE.joinpath(name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
    return loaded


@cache
def languages_with_tables() -> frozenset[str]:
    """Return the codes of the languages that have a file."""
    return frozenset(file.name.removesuffix(".yaml") for file in _CORE.joinpath("languages").iterdir())


@cache
def language_table(language: str) -> LanguageTable:
    """Return the table of a BCP 47 tag's language; an empty one if it has no file."""
    code = language.partition("-")[0].lower()
    if code not in languages_with_tables():
        return LanguageTable()
    values = _read(f"languages/{code}.yaml")
    return LanguageTable(**values | {"fold": Fold(**values.get("fold", {}))})


SCRIPTS = Scripts(**_read("scripts.yaml"))
DEFAULT_LANGUAGE = SCRIPTS.default


def script_of(char: str) -> str:
    """Return a character's script: the first word of its Unicode name."""
    return unicodedata.name(char, "?").split()[0]


@cache
def cldr_locale(language: str) -> Locale | None:
    """Return the CLDR locale that fits a BCP 47 tag best; ``None`` if CLDR does not know the language."""
    parts = language.replace("_", "-").split("-")
    if parts[0].lower() == "und":
        return None
    for count in range(len(parts), 0, -1):
        try:
            return Locale.parse("-".join(parts[:count]), sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return None


def has_ordinal_point(language: str) -> bool:
    """Return whether CLDR writes a full stop after the day of a month, as after other ordinals."""
    locale = cldr_locale(language)
    return locale is not None and "d." in locale.datetime_skeletons["MMMMd"].pattern

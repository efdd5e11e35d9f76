"""Types of the single values in data files, each with its check.

A value that fails its check raises pydantic's error with an `Issue` inside; `parse` extracts it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, get_args

from babel import Locale, UnknownLocaleError
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError, core_schema

from mapapp.core.edtf import When, read_day, read_when
from mapapp.core.letters import hidden, is_visible, letter, tags
from mapapp.core.model import ARTICLE
from mapapp.core.profile import Shape
from mapapp.errors import DateError, Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Callable

BRANCH = "="  # begins the step of a path in which pydantic says which of several types a value has
ENTRY, WORD = f"{BRANCH}entry", f"{BRANCH}word"
MOST_LANGUAGES = 20  # of names
LONGEST_TEXT = 5000  # characters of one text
_LONGEST_ID = 80  # characters; ids are part of addresses
_LARGEST_FACT = 1e15  # far more than any area, length or count of a place

_ORIGINAL = r"[a-z0-9]+(-[a-z0-9]+)*\.(txt|html?|docx|pdf)"
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\uffff\ud800-\udfff]")
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# most texts: ordinary letters of three scripts, digits and signs that can neither hide nor be code
_LETTERS = (
    r"A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0401\u0410-\u044f\u0451\u0621-\u063a\u0641-\u064a"
)
_ORDINARY = re.compile(rf"[{_LETTERS} .,;()'/%\u2019\u2013-]*[{_LETTERS})][.)]?")
_CODE = (
    ("HTML", re.compile(r"</?[a-z!?]|&(?:#\w+|[a-z]\w{1,30});", re.IGNORECASE)),
    ("template code", re.compile(r"\{\{|\{%|\{#|\$\{|<%|#\{")),
    ("a script URL", re.compile(r"(?:java|vb)script\s*:|data\s*:\s*text/html", re.IGNORECASE)),
)


def deceptive_characters(text: str) -> Issue | None:
    """Return the first character that breaks or disguises the text around it, as an issue.

    This is all that is refused in the article and in words copied from it. Markup and template code are
    ordinary text there; they are escaped wherever the text is output.
    """
    for name, found in (
        ("a control character", _CONTROLS.search(text)),
        ("a character that changes the writing direction", _BIDI_CONTROLS.search(text)),
        ("an invisible tag character", tags(text)),
    ):
        if found:
            char = found if isinstance(found, str) else found[0]
            return Issue(f"the text contains {name}", letter(char), "remove it")
    return None


def unsafe_text(text: str) -> Issue | None:
    """Return what must not be in a text written for this project: markup, code, invisible characters."""
    if issue := deceptive_characters(text):
        return issue
    for name, pattern in _CODE:
        if match := pattern.search(text):
            near = text[max(0, match.start() - 10) : match.end() + 20]
            return Issue(f"the text contains {name}", short_repr(near), "write plain text")
    if char := hidden(text):
        return Issue("the text contains an invisible character", letter(char), "remove it")
    return None


def _invalid(what: str, fix: str, got: str = "") -> PydanticCustomError:
    return _error(Issue(what, got, fix))


def _error(issue: Issue) -> PydanticCustomError:
    return PydanticCustomError("issue", "{issue}", {"issue": issue})


def _safe(text: str, unsafe: Callable[[str], Issue | None] = unsafe_text) -> str:
    if len(text) <= LONGEST_TEXT and _ORDINARY.fullmatch(text):
        return text
    if issue := unsafe(text):
        raise _error(issue)
    if text and not is_visible(text):
        got = ", ".join(map(letter, text[:2]))
        raise _invalid("the text has no visible character", "write visible text", got)
    if len(text) > LONGEST_TEXT:
        raise _invalid(
            f"the text is too long ({len(text)} characters)", f"keep it under {LONGEST_TEXT} characters"
        )
    return text


def _trimmed(text: str) -> str:
    if not text.strip():
        raise _invalid("the text is empty", "fill it in")
    if text != text.strip():
        raise _invalid("the text begins or ends with a space", "remove it")
    return text


def _text(text: str) -> str:
    return _safe(_trimmed(text))


def _words(text: str) -> str:
    return _copied(_trimmed(text))


def _copied(text: str) -> str:
    if not text.strip():
        raise _invalid("the passage is empty", "copy its words from the article")
    return _safe(text, deceptive_characters)


def _context(text: str) -> str:
    return _copied(text) if text.strip() else text


def _id(text: str) -> str:
    if len(text) > _LONGEST_ID or not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", text):
        raise _invalid(
            "not a valid id", "use lower-case letters, digits and single hyphens, as in north-district"
        )
    return text


def _fact_key(text: str) -> str:
    if not re.fullmatch("[a-z][a-z0-9]*(_[a-z0-9]+)*", text) or len(text) > _LONGEST_ID:
        raise _invalid("not a valid key", "use lower-case letters, digits and single underscores")
    return text


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _actor_id(text: str) -> str:
    if text == ARTICLE:
        fix = f"choose another: said_by: {ARTICLE} means that the article itself makes the statement"
        raise _invalid("the id is reserved", fix)
    return _id(text)


def _edtf(text: object) -> When:
    if not isinstance(text, str):
        raise PydanticKnownError("string_type")
    try:
        return read_when(text)
    except DateError as error:
        raise _error(replace(error.issue, got="")) from None


def _optional_edtf(text: object) -> When | None:
    return _edtf(text) if text != "" else None


def _url(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s\"'<>\\]{3,1000}", text):
        raise _invalid("not a web address", "write the full address, beginning with https:// or http://")
    return _safe(text)


def _file_name(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.txt", text):
        raise _invalid(
            "not a valid file name of an article",
            "write the name of a file in seeds/, such as floods-2022-08-29.txt",
        )
    return text


def _original_name(text: str) -> str:
    if not re.fullmatch(_ORIGINAL, text):
        raise _invalid(
            "not a valid file name of an original",
            "write the name of a file in seeds/originals/, such as floods-2022-08-29.docx",
        )
    return text


def _iso_day(text: str) -> str:
    try:
        read_day(text)
    except DateError as error:
        raise _error(replace(error.issue, got="")) from None
    return text


def _language(text: str) -> str:
    if not _is_language(text):
        raise _invalid("not a language tag", "write a BCP 47 tag, such as fr or pt-BR")
    return text


@lru_cache(maxsize=500)  # the same few for every name
def _is_language(tag: str) -> bool:
    if not re.fullmatch("[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", tag):
        return False
    try:
        Locale.parse(tag.partition("-")[0])
    except (ValueError, UnknownLocaleError):
        return tag.startswith("und-")
    return True


def _sha256(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise _invalid("not a SHA-256 digest", "write its 64 lower-case hexadecimal digits")
    return text


def _hxl(text: str) -> str:
    if not re.fullmatch(_HXL, text):
        raise _invalid("not an HXL tag", "write a tag and its attributes, such as #affected+killed")
    return text


def _fact(value: object) -> str | int | float:
    if isinstance(value, str):
        return _text(value)
    # a huge integer does not fit a float, and infinity is not below the limit
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _LARGEST_FACT:
        raise _invalid("neither text nor a number", "write text or a number, or leave the key out")
    return value


def _by_language(value: object) -> object:
    if isinstance(value, str):
        raise _invalid("the text has no language", "write its language before it, as in {en: …}")
    return value


@dataclass(frozen=True)
class Between:
    """Restricts numbers to those from ``low`` to ``high``, both included; ``what`` is said of others."""

    low: float
    high: float
    what: str

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        """Return the check, as pydantic asks for it."""
        return core_schema.no_info_plain_validator_function(self._checked)

    def __get_pydantic_json_schema__(self, schema: object, handler: object) -> dict[str, Any]:
        """Return the JSON Schema, as pydantic asks for it."""
        return {"type": "number", "minimum": self.low, "maximum": self.high}

    def _checked(self, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _invalid(self.what, self._fix)
        if not self.low <= value <= self.high:  # compared before it becomes a float, which it may not fit
            raise _invalid(self.what, self._fix)
        return float(value)

    @property
    def _fix(self) -> str:
        return f"write a number from {self.low:g} to {self.high:g}"


def entry_or_word(value: object) -> str:
    """Return which of the two a value is meant to be that may be an entry or a word in its place."""
    return WORD if isinstance(value, str) else ENTRY


def _shown(pattern: str, description: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern, "description": description})


def _described(description: str, **more: object) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "minLength": 1, "description": description, **more})


_ID = "^[a-z0-9]+(-[a-z0-9]+)*$"
_TAG = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$"
_HXL = r"^#[a-z]+(\+[a-z0-9_]+)*$"
_TIME = "A time in EDTF (ISO 8601-2), such as 1999-12, 1999-12-31/2001-02 or 1999-12-31/.. (open end)"

Text = Annotated[str, AfterValidator(_text), _described("Plain text, without markup", maxLength=LONGEST_TEXT)]
Note = Annotated[
    str,
    AfterValidator(_safe),
    _described("Plain text, which may be empty", minLength=0, maxLength=LONGEST_TEXT),
]
Exact = Annotated[str, AfterValidator(_copied), _described("Words of the article, copied exactly")]
Words = Annotated[  # without space around them
    str, AfterValidator(_words), _described("Words of the article, copied exactly from one of the passages")
]
Context = Annotated[
    str, AfterValidator(_context), _described("Words of the article next to the passage", minLength=0)
]
Id = Annotated[
    str,
    AfterValidator(_id),
    _shown(_ID, "Lower-case letters, digits and single hyphens, as in north-district"),
]
ActorId = Annotated[
    str, AfterValidator(_actor_id), _shown(_ID, f"Lower-case letters, digits and hyphens; not {ARTICLE}")
]
Ids = tuple[Id, ...]
SomeIds = Annotated[tuple[Id, ...], Field(min_length=1)]
Edtf = Annotated[When, PlainValidator(_edtf), _described(_TIME)]
OptionalEdtf = Annotated[
    When | None, PlainValidator(_optional_edtf), _described(f"{_TIME}; empty if it is not known", minLength=0)
]
FactKey = Annotated[
    str,
    AfterValidator(_fact_key),
    _shown("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", "Lower-case letters, digits and single underscores"),
]
Url = Annotated[str, AfterValidator(_url), _shown(r"^https?://\S{3,1000}$", "A web address")]
FileName = Annotated[
    str, AfterValidator(_file_name), _shown(r"^[a-z0-9]+(-[a-z0-9]+)*\.txt$", "The name of a file in seeds/")
]
OriginalName = Annotated[
    str, AfterValidator(_original_name), _shown(f"^{_ORIGINAL}$", "The name of a file in seeds/originals/")
]
IsoDay = Annotated[
    str, AfterValidator(_iso_day), _shown("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "A day, as 1999-12-31")
]
Language = Annotated[
    str, AfterValidator(_language), _shown(_TAG, "A BCP 47 language tag, such as fr or pt-BR")
]
Languages = Annotated[tuple[Language, ...], Field(min_length=1, max_length=MOST_LANGUAGES)]
NamesByLanguage = Annotated[
    dict[Language, Text],
    Field(min_length=1),
    BeforeValidator(_by_language),
    WithJsonSchema(
        {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": _TAG},
            "additionalProperties": {"type": "string", "minLength": 1},
            "description": "Text by language: a BCP 47 tag and the text, such as {en: River, fr: Rivière}",
        }
    ),
]
Shapes = Annotated[
    tuple[Shape, ...],
    Field(min_length=1),
    BeforeValidator(_listed),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": [*get_args(Shape)]},
                {"type": "array", "items": {"enum": [*get_args(Shape)]}, "minItems": 1},
            ],
            "description": "What the places of the layer are: one shape, or a list of them",
        }
    ),
]
Sha256 = Annotated[
    str, AfterValidator(_sha256), _shown("^[0-9a-f]{64}$", "SHA-256 of the file, 64 hexadecimal digits")
]
Fact = Annotated[
    str | int | float | None, PlainValidator(_fact), WithJsonSchema({"type": ["string", "number"]})
]
HxlTag = Annotated[str, AfterValidator(_hxl), _shown(_HXL, "An HXL tag with its attributes")]
_DEGREES = "not an angle in degrees"
Camera = Annotated[
    tuple[
        Annotated[float, Between(-85, 85, _DEGREES)],
        Annotated[float, Between(-180, 180, _DEGREES)],
        Annotated[float, Between(1, 18, "not a zoom level")],
    ],
    WithJsonSchema(
        {
            "type": "array",
            "prefixItems": [
                {"type": "number", "minimum": -85, "maximum": 85},
                {"type": "number", "minimum": -180, "maximum": 180},
                {"type": "number", "minimum": 1, "maximum": 18},
            ],
            "minItems": 3,
            "maxItems": 3,
            "description": "Latitude, longitude and zoom of the map's centre",
        }
    ),
]
Number = Annotated[float, Between(0, _LARGEST_FACT, "not a quantity")]
Kilometres = Annotated[float, Between(0, 1000, "not a distance in kilometres")]

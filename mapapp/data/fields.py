"""Types of the single values in data files, each with its check.

A value that fails its check raises pydantic's error with an `Issue` inside; `parse` extracts it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, Field, PlainValidator
from pydantic_core import PydanticCustomError, PydanticKnownError

from mapapp.core.edtf import When, read_day, read_when
from mapapp.core.letters import hidden, is_visible, letter, tags
from mapapp.errors import DateError, Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Callable

ARTICLE = "article"  # as said_by: the article itself makes the statement
LONGEST_TEXT = 5000  # characters of one text
_LONGEST_ID = 80  # characters; ids are part of addresses
_LARGEST_FACT = 1e15  # far more than any area, length or count of a place

_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\uffff\ud800-\udfff]")
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
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
            "not a valid id", "use lower-case letters, digits and single hyphens, as in zone-idlib"
        )
    return text


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
            "write the name of a file in seeds/, such as idlib-2020-02-19.txt",
        )
    return text


def _iso_day(text: str) -> str:
    try:
        read_day(text)
    except DateError as error:
        raise _error(replace(error.issue, got="")) from None
    return text


def _language(text: str) -> str:
    try:
        Locale.parse(text.partition("-")[0])
    except (ValueError, UnknownLocaleError):
        known = text.startswith("und-")
    else:
        known = True
    if not known or not re.fullmatch("[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", text):
        raise _invalid("not a language tag", "write a BCP 47 tag, such as en, ar, tr or ru")
    return text


def _sha256(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise _invalid("not a SHA-256 digest", "write its 64 lower-case hexadecimal digits")
    return text


def _fact(value: object) -> str | int | float:
    if isinstance(value, str):
        return _text(value)
    # a huge integer does not fit a float, and infinity is not below the limit
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _LARGEST_FACT:
        raise _invalid("neither text nor a number", "write text or a number, or leave the key out")
    return value


Text = Annotated[str, AfterValidator(_text)]
Note = Annotated[str, AfterValidator(_safe)]  # may be empty
Exact = Annotated[str, AfterValidator(_copied)]  # words of the article
Words = Annotated[str, AfterValidator(_words)]  # words of the article, without space around them
Context = Annotated[str, AfterValidator(_context)]  # words of the article, or nothing
Id = Annotated[str, AfterValidator(_id)]
ActorId = Annotated[str, AfterValidator(_actor_id)]
Ids = tuple[Id, ...]
SomeIds = Annotated[tuple[Id, ...], Field(min_length=1)]
Edtf = Annotated[When, PlainValidator(_edtf)]
OptionalEdtf = Annotated[When | None, PlainValidator(_optional_edtf)]  # empty text where it is not known
Url = Annotated[str, AfterValidator(_url)]
FileName = Annotated[str, AfterValidator(_file_name)]
IsoDay = Annotated[str, AfterValidator(_iso_day)]
Language = Annotated[str, AfterValidator(_language)]
Sha256 = Annotated[str, AfterValidator(_sha256)]
Fact = Annotated[str | int | float | None, PlainValidator(_fact)]
Kilometres = Annotated[float, Field(strict=True, ge=0, le=1000, allow_inf_nan=False)]

"""The data files as people write them: which keys there are, what each may hold, and how a slip is explained.

Plain frozen dataclasses, read by pydantic; ``load`` turns them into the values of ``model``. Unknown keys are
faults everywhere.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, ConfigDict, Field, PlainValidator, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError, PydanticKnownError

from mapapp.core.edtf import DateBasis, When, read_day, read_when
from mapapp.core.letters import hidden, is_visible, letter, tags
from mapapp.core.model import Basis, Confidence, Kind, Modality, Role
from mapapp.errors import DateError, Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Callable

ARTICLE = "article"  # said_by: the article speaks for itself
_HUGE = 1e15  # no figure of a place comes near
MOST_PARTS = 5000  # values of one item
LONGEST_TEXT = 5000  # characters of any one text
STATUSES = Literal["agreed", "in-force", "retaken", "open", "surrounded", "left"]
FACTS = (
    "iso2",
    "iso3",
    "pcode",
    "iso",
    "area_km2",
    "length_km",
    "depth_km",
    "extent",
    "as_of",
    "idlib_share_pct",
    "operator",
    "number",
    "country",
    "geonames",
    "ref",
)

_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\uffff\ud800-\udfff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CODE = (
    ("HTML", re.compile(r"</?[a-z!?]|&(?:#\w+|[a-z]\w{1,30});", re.IGNORECASE)),
    ("template code", re.compile(r"\{\{|\{%|\{#|\$\{|<%|#\{")),
    ("a script address", re.compile(r"(?:java|vb)script\s*:|data\s*:\s*text/html", re.IGNORECASE)),
)


def disguised(text: str) -> Issue | None:
    """Return what in an article's text, or in words copied from it, breaks or disguises what is around it.

    Markup and template code are text like any other there: they are escaped wherever the text comes out.
    """
    for name, found in (
        ("a control character", _CONTROLS.search(text)),
        ("a character that turns the writing direction", _TURNING.search(text)),
        ("an invisible tag character", tags(text)),
    ):
        if found:
            char = found if isinstance(found, str) else found[0]
            return Issue(f"the text holds {name}", letter(char), "remove it")
    return None


def hostile(text: str) -> Issue | None:
    """Return what in ``text`` has no business in a text of ours: markup, code, unseen characters."""
    if issue := disguised(text):
        return issue
    for name, pattern in _CODE:
        if match := pattern.search(text):
            near = text[max(0, match.start() - 10) : match.end() + 20]
            return Issue(f"the text holds {name}", short_repr(near), "write plain text")
    if char := hidden(text):
        return Issue("the text holds an invisible character", letter(char), "remove it")
    return None


def _error(issue: Issue) -> PydanticCustomError:
    return PydanticCustomError("issue", "{issue}", {"issue": issue})


def _plain_text(text: str, refused: Callable[[str], Issue | None] = hostile) -> str:
    if issue := refused(text):
        raise _error(issue)
    if text and not is_visible(text):
        got = ", ".join(map(letter, text[:2]))
        raise _error(Issue("the text has no visible character", got, "write letters that can be read"))
    if len(text) > LONGEST_TEXT:
        what = f"the text is too long ({len(text)} characters)"
        raise _error(Issue(what, fix=f"keep it under {LONGEST_TEXT} characters"))
    return text


def _some_text(text: str) -> str:
    if not text.strip():
        raise _error(Issue("the text is empty", fix="fill it in"))
    if text != text.strip():
        raise _error(Issue("the text begins or ends with a space", fix="remove it"))
    return _plain_text(text)


def _some_words(text: str) -> str:
    """Check words copied from the article that begin and end with a word."""
    if text != text.strip():
        raise _error(Issue("the text begins or ends with a space", fix="remove it"))
    if not text:
        raise _error(Issue("the text is empty", fix="fill it in"))
    return _copied(text)


def _copied(text: str) -> str:
    """Check words copied from the article."""
    if not text.strip():
        raise _error(Issue("the passage is empty", fix="copy its words from the article"))
    return _plain_text(text, disguised)


def _beside(text: str) -> str:
    """Check the words before or after a passage; they may be none."""
    return text and _copied(text) if text.strip() else text


def _id(text: str) -> str:
    if len(text) > 80 or not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", text):  # noqa: PLR2004 - ids go into addresses
        raise _error(
            Issue("that is not an id", fix="use small letters, digits and single hyphens, as in zone-idlib")
        )
    return text


def _actor_id(text: str) -> str:
    if text == ARTICLE:
        raise _error(
            Issue(
                "the id is reserved",
                fix=f"choose another: said_by: {ARTICLE} means that the article speaks for itself",
            )
        )
    return _id(text)


def _edtf(text: object) -> When:
    if not isinstance(text, str):
        raise PydanticKnownError("string_type")
    try:
        return read_when(text)
    except DateError as error:
        raise _error(replace(error.issue, got="")) from None


def _url(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s\"'<>\\]{3,1000}", text):
        raise _error(
            Issue("that is not a web address", fix="write it whole, beginning with https:// or http://")
        )
    return _plain_text(text)


def _file(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.txt", text):
        raise _error(
            Issue(
                "that is not the name of an article's file",
                fix="write a bare name in seeds/, such as idlib-2020-02-19.txt",
            )
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
        raise _error(
            Issue("that is not the tag of a language", fix="write a BCP 47 tag, such as en, ar, tr or ru")
        )
    return text


def _sha256(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise _error(Issue("that is not a SHA-256", fix="write its 64 small hexadecimal digits"))
    return text


def _fact(value: object) -> str | int | float:
    if isinstance(value, str):
        return _some_text(value)
    # a huge integer does not fit a float, and infinity is not below the limit
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _HUGE:
        raise _error(
            Issue("that is neither a text nor a number", fix="write a text or a number, or leave the key out")
        )
    return value


Text = Annotated[str, AfterValidator(_some_text)]
Note = Annotated[str, AfterValidator(_plain_text)]
Exact = Annotated[str, AfterValidator(_copied)]
Words = Annotated[str, AfterValidator(_some_words)]
ActorId = Annotated[str, AfterValidator(_actor_id)]
Id = Annotated[str, AfterValidator(_id)]
Ids = tuple[Id, ...]
SomeIds = Annotated[tuple[Id, ...], Field(min_length=1)]
Edtf = Annotated[When, PlainValidator(_edtf)]
Fact = Annotated[str | int | float | None, PlainValidator(_fact)]
Kilometres = Annotated[float, Field(strict=True, ge=0, le=1000, allow_inf_nan=False)]

_FORBID = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class WrittenNames:
    """Names in the four languages; all are needed."""

    __pydantic_config__ = _FORBID

    en: Text
    ar: Text
    tr: Text
    ru: Text


@dataclass(frozen=True)
class WrittenWhen:
    """A time read from the article's words, with those words."""

    __pydantic_config__ = _FORBID

    edtf: Edtf
    text: Words
    basis: DateBasis = "words"


@dataclass(frozen=True)
class WrittenFactWhen:
    """A time from another source."""

    __pydantic_config__ = _FORBID

    edtf: Edtf


@dataclass(frozen=True)
class WrittenPassage:
    """A stretch of the article; ``prefix`` and ``suffix`` tell it from others that read the same."""

    __pydantic_config__ = _FORBID

    exact: Exact
    prefix: Annotated[str, AfterValidator(_beside)] = ""
    suffix: Annotated[str, AfterValidator(_beside)] = ""


@dataclass(frozen=True)
class WrittenLink:
    """A place of an event."""

    __pydantic_config__ = _FORBID

    id: Id
    role: Role
    words: Words | None = None
    note: Note = ""


@dataclass(frozen=True)
class WrittenEvent:
    """One statement of the article."""

    __pydantic_config__ = _FORBID

    id: Id
    title: Text
    kind: Kind
    modality: Modality
    said_by: Id
    when: WrittenWhen
    passages: Annotated[tuple[WrittenPassage, ...], Field(min_length=1)]
    places: Annotated[tuple[WrittenLink, ...], Field(min_length=1)]
    actors: Ids = ()
    said: WrittenWhen | None = None
    via: Id | None = None
    note: Note = ""


@dataclass(frozen=True)
class WrittenArticle:
    """The head of an event file: whose statements these are."""

    __pydantic_config__ = _FORBID

    file: Annotated[str, AfterValidator(_file)]
    sha256: Annotated[str, AfterValidator(_sha256)]
    source: Id
    date: Annotated[str, AfterValidator(_iso_day)] | None = None
    language: Annotated[str, AfterValidator(_language)] | None = None


@dataclass(frozen=True)
class WrittenActor:
    """One entry of ``actors.yaml``."""

    __pydantic_config__ = _FORBID

    id: ActorId
    names: WrittenNames
    kind: Literal["state", "person", "armed-force", "armed-group", "party", "outlet"]
    of: Id | None = None
    note: Note = ""


@dataclass(frozen=True)
class WrittenSource:
    """One entry of ``sources.yaml``. ``date`` is EDTF text, or empty where it is not known."""

    __pydantic_config__ = _FORBID

    id: Id
    title: Text
    publisher: Text
    date: Annotated[When | None, PlainValidator(lambda text: _edtf(text) if text != "" else None)]
    licence: Text
    leaning: Note
    url: Annotated[str, AfterValidator(_url)] | None = None
    locator: Text | None = None


@dataclass(frozen=True)
class WrittenFact:
    """One entry of ``background.yaml``."""

    __pydantic_config__ = _FORBID

    id: Id
    text: Text
    when: WrittenFactWhen
    sources: SomeIds
    confidence: Confidence
    places: Ids = ()
    explains: Ids = ()
    differs: Ids = ()
    note: Note = ""


@dataclass(frozen=True)
class WrittenStatus:
    """What a place was for a time."""

    __pydantic_config__ = _FORBID

    status: STATUSES
    when: Edtf
    sources: SomeIds
    note: Note = ""


@dataclass(frozen=True)
class WrittenDatedNames:
    """What a place was called for a time."""

    __pydantic_config__ = _FORBID

    when: Edtf
    names: WrittenNames


@dataclass(frozen=True)
class WrittenPlace:
    """The properties of a feature in ``data/geo/``; the last fifteen are the further figures in `FACTS`."""

    __pydantic_config__ = _FORBID

    id: Id
    names: WrittenNames
    kind: Id
    valid: Edtf
    basis: Basis
    tolerance_km: Kilometres
    confidence: Confidence
    sources: SomeIds
    note: Note
    within: Ids = ()
    statuses: tuple[WrittenStatus, ...] = ()
    names_when: tuple[WrittenDatedNames, ...] = ()
    iso2: Fact = None
    iso3: Fact = None
    pcode: Fact = None
    iso: Fact = None
    area_km2: Fact = None
    length_km: Fact = None
    depth_km: Fact = None
    extent: Fact = None
    as_of: Fact = None
    idlib_share_pct: Fact = None
    operator: Fact = None
    number: Fact = None
    country: Fact = None
    geonames: Fact = None
    ref: Fact = None


_SHAPES = (
    WrittenNames,
    WrittenWhen,
    WrittenPassage,
    WrittenLink,
    WrittenEvent,
    WrittenArticle,
    WrittenActor,
    WrittenSource,
    WrittenFact,
    WrittenStatus,
    WrittenDatedNames,
    WrittenPlace,
)
_KEYS = sorted({field.name for written in _SHAPES for field in fields(written)})

T = TypeVar("T")


def read(shape: type[T], value: object) -> T | list[Issue]:
    """Return ``value`` as ``shape``, or all that keeps it from being one."""
    if not isinstance(value, dict):
        what, fix = _MEANT["dataclass_type"]
        return [Issue(what, short_repr(value), fix)]
    if (count := _size(value)) > MOST_PARTS:
        return [Issue("the item holds too many values", str(count), f"keep it under {MOST_PARTS}")]
    try:
        made: T = _adapter(shape).validate_python(value)  # type: ignore[arg-type] # a class is hashable
    except ValidationError as error:
        # a list whose only item is faulty also counts as too short: saying so would mislead
        details = [d for d in error.errors(include_url=False) if d["type"] != "too_short" or not d["input"]]
        return [_explained(detail) for detail in details]
    return made


def _size(value: object) -> int:
    """Count the values nested in an item."""
    todo, count = [value], 0
    while todo:
        item = todo.pop()
        parts = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
        count += len(parts)
        todo.extend(part for part in parts if isinstance(part, dict | list))
    return count


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


_KILOMETRES = ("that is not a number of kilometres", "write a number from 0 to 1000")
_MEANT = {  # type of pydantic's error: what is wrong, how to fix it
    "missing": ("the key is missing", "add it"),
    "literal_error": ("that is not one of the words used here", "use {expected}"),
    "string_type": ("that is not text", "put it in quotes"),
    "too_short": ("the list is empty", "name at least one"),
    "tuple_type": ("that is not a list", "write it as a list, in [ ]"),
    "dataclass_type": ("that is not a mapping", "write its keys and values, as the README shows"),
    "float_type": _KILOMETRES,
    "finite_number": _KILOMETRES,
    "greater_than_equal": _KILOMETRES,
    "less_than_equal": _KILOMETRES,
}


def _explained(detail: ErrorDetails) -> Issue:
    """Put one of pydantic's findings into our words."""
    *_, last = steps = detail["loc"] or ("",)
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")
    context: dict[str, Any] = detail.get("ctx", {})
    got = "" if detail["type"] == "missing" else short_repr(detail["input"])
    if detail["type"] == "issue":
        issue: Issue = context["issue"]
        return replace(issue, got=issue.got or got, where=path)
    if detail["type"] == "unexpected_keyword_argument":
        near = difflib.get_close_matches(str(last), _KEYS, 1)
        fix = f"did you mean {near[0]}? Otherwise remove it" if near and near[0] != last else "remove it"
        return Issue("unknown key", got, fix, where=path)
    what, fix = _MEANT.get(detail["type"], (detail["msg"], "see the README for its shape"))
    return Issue(what, got, fix.replace("{expected}", str(context.get("expected"))), where=path)

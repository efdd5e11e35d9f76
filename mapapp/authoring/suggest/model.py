"""What is suggested: each suggestion with its words, the rule that found it, and how certain it is.

``start`` and ``end`` are character offsets in the article's text, end excluded; ``words`` is exactly the text
between them. Each suggestion lies in one of the sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mapapp.core.edtf import DateBasis

Certainty = Literal["high", "medium", "low"]


@dataclass(frozen=True)
class Sentence:
    """A sentence, or a heading or dateline (``heading``), of which no statement is drafted."""

    start: int
    end: int
    words: str
    heading: bool = False


@dataclass(frozen=True)
class TimeMention:
    """Words for a time.

    Attributes
    ----------
    edtf
        The time they are read as, in EDTF; ``None`` if they cannot be read.
    basis
        As of a statement's time: whether it follows from the words, from the article's date, or was read in
        a way that a person must confirm.
    rule
        Why they were read so, as a sentence.
    """

    start: int
    end: int
    words: str
    edtf: str | None
    basis: DateBasis
    rule: str
    certainty: Certainty


@dataclass(frozen=True)
class Candidate:
    """A place that words may mean.

    Attributes
    ----------
    id
        Of a place of the folder if ``own``, else of the gazetteer: ``geonames:…`` or ``natural-earth:…``.
    name
        In the article's language if there is one.
    names
        All its names that are known, in any language.
    lon, lat
        A point in it, in degrees.
    feature_class
        ``A`` country or province, ``P`` settlement, ``H`` water, ``T`` relief, ``L`` other area, as in
        GeoNames; empty if the folder does not say.
    population
        ``None`` if it is not known.
    country
        ISO 3166 code; empty if it is not known, or the place lies in several countries.
    distance_km
        To the nearest other place that the article names without doubt; ``None`` if there is none.
    """

    id: str
    own: bool
    name: str
    names: tuple[str, ...]
    lon: float
    lat: float
    feature_class: str
    population: int | None
    country: str
    distance_km: float | None


@dataclass(frozen=True)
class PlaceMention:
    """Words that name a place.

    ``candidates`` are the places they may mean, the likeliest first; empty if neither the folder nor the
    gazetteer knows the name. Several that are meant together, such as all posts, have ``all_of_them`` set.
    """

    start: int
    end: int
    words: str
    candidates: tuple[Candidate, ...]
    rule: str
    certainty: Certainty
    all_of_them: bool = False


@dataclass(frozen=True)
class Quotation:
    """A passage in quotation marks, marks included."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class SpeakerMention:
    """Words that name who says something.

    ``actors`` are ids of the folder's actors whose names are in the words, the likeliest first. ``cue`` is
    the word for saying. ``quotation`` is the number of the quotation that is attributed to them; ``None`` if
    there is none.
    """

    start: int
    end: int
    words: str
    actors: tuple[str, ...]
    cue: str
    quotation: int | None
    rule: str
    certainty: Certainty


@dataclass(frozen=True)
class DraftStatement:
    """A draft of a statement: a sentence with the suggestions in it, by their numbers.

    ``kind`` is that of the profile which the words name; ``None`` if they name none, or several. ``speaker``
    is ``None`` if the article itself says it, or somebody whom no rule found.
    """

    sentence: int
    start: int
    end: int
    words: str
    places: tuple[int, ...]
    times: tuple[int, ...]
    speaker: int | None
    kind: str | None
    draft: bool = True


@dataclass(frozen=True)
class Suggestions:
    """All suggestions for one article, each kind in the order of the text.

    ``with_gazetteer`` says whether places were looked up beyond the folder's own.
    """

    article: str
    language: str
    with_gazetteer: bool
    sentences: tuple[Sentence, ...]
    times: tuple[TimeMention, ...]
    places: tuple[PlaceMention, ...]
    quotations: tuple[Quotation, ...]
    speakers: tuple[SpeakerMention, ...]
    statements: tuple[DraftStatement, ...]

"""Reads the words that the rules look for, one file a language; ``languages/README.md`` describes the keys.

All words are regular expressions or plain words, matched against text made plain by `SuggestTable.plain`,
which keeps every offset.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from mapapp.authoring.name_keys import name_key
from mapapp.core.language_tables import Fold, language_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is ten times as fast
_FOLDER = files("mapapp.authoring").joinpath("languages")
_NOTHING = re.compile(r"(?!)")
_SAME = {
    **dict.fromkeys("\u2019\u2018\u02bc\u00b4`\u2032", "'"),
    **dict.fromkeys("\u00a0\u202f\u2009", " "),
}


@dataclass(frozen=True)
class SuggestTable:
    """The compiled file of a language; an empty one recognises only names of places, by their capital letter.

    Patterns of what is before something end at it, those of what is after begin at it.
    """

    fold: Fold
    letters: dict[str, str] = field(default_factory=dict)  # those made plain before
    cased: bool = True
    join: re.Pattern[str] = _NOTHING
    lead: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    trail: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    range_from: re.Pattern[str] = _NOTHING
    range_to: re.Pattern[str] = _NOTHING
    day_before: re.Pattern[str] = _NOTHING
    joined_and: re.Pattern[str] = _NOTHING
    not_year: re.Pattern[str] = _NOTHING
    year_before: re.Pattern[str] = _NOTHING
    year_after: re.Pattern[str] = _NOTHING
    bare_month: bool = False
    future: re.Pattern[str] = _NOTHING
    next: re.Pattern[str] = _NOTHING
    previous: re.Pattern[str] = _NOTHING
    other_times: re.Pattern[str] = _NOTHING
    fixed_times: tuple[tuple[re.Pattern[str], str], ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    decades: Mapping[str, str] = field(default_factory=dict)
    inner_apostrophe: bool = False
    ending: re.Pattern[str] = _NOTHING
    located: re.Pattern[str] = _NOTHING
    cases: tuple[tuple[str, str], ...] = ()
    prefixes: tuple[re.Pattern[str], ...] = ()
    article: str = ""
    kinds_after: re.Pattern[str] = _NOTHING
    kinds_before: re.Pattern[str] = _NOTHING
    names_before: frozenset[str] = frozenset()
    locative: re.Pattern[str] = _NOTHING
    strong_locative: re.Pattern[str] = _NOTHING
    unlisted_before: re.Pattern[str] = _NOTHING
    unlisted_after: re.Pattern[str] = _NOTHING
    cue_after: re.Pattern[str] = _NOTHING
    conjunction: re.Pattern[str] = _NOTHING
    adjectives: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = ()
    directions: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    dashed_particles: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    after_place: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    stop: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    given_names: frozenset[str] = frozenset()
    demonyms: frozenset[str] = frozenset()
    verb: str = "either"
    verbs: re.Pattern[str] = _NOTHING
    attached: str = ""
    quoting: re.Pattern[str] = _NOTHING
    helpers: re.Pattern[str] = _NOTHING
    according: re.Pattern[str] = _NOTHING
    according_to_after: re.Pattern[str] = _NOTHING
    not_verbs_before: re.Pattern[str] = _NOTHING
    words_of_people: re.Pattern[str] = _NOTHING
    determiners: re.Pattern[str] = _NOTHING
    pronouns: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()

    def plain(self, text: str) -> str:
        """Return text in which each character is replaced by one: lower case, folded letters, plain marks."""
        for char in {*text} - self.letters.keys():
            self.letters[char] = self._plain_letter(char)
        return "".join(map(self.letters.__getitem__, text))

    def _plain_letter(self, char: str) -> str:
        if char in _SAME:
            return _SAME[char]
        if self.fold.case == "dotted-i" and char == "I":
            return "\N{LATIN SMALL LETTER DOTLESS I}"
        if char == "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}":
            return "i"
        other = self.fold.letters.get(char, char) or char
        lower = other.lower()
        return lower if len(lower) == 1 else other


@cache
def suggest_table(language: str) -> SuggestTable:
    """Return the table of a BCP 47 tag's language; an empty one if it has no file."""
    code = language.partition("-")[0].lower()
    fold = language_table(code).fold
    if code not in table_codes():
        return SuggestTable(fold)
    raw = _read(code)
    times, places, speech = raw["times"], raw["places"], raw["speech"]
    return SuggestTable(
        fold=fold,
        cased=raw["cased"],
        join=re.compile(times["join"]),
        lead={name: re.compile(rf"(?<!\w)(?:{words})$") for name, words in times["lead"].items()},
        trail={name: re.compile(words) for name, words in times["trail"].items()},
        range_from=re.compile(rf"(?<!\w)(?:{times['range_from']})$"),
        range_to=re.compile(times["range_to"]),
        day_before=re.compile(rf"(?<!\w)(?:{times['day_before']})"),
        joined_and=re.compile(times["joined_and"]) if "joined_and" in times else _NOTHING,
        not_year=re.compile(times["not_year"]) if "not_year" in times else _NOTHING,
        year_before=re.compile(times["year_before"]),
        year_after=re.compile(times["year_after"]),
        bare_month=times["bare_month"],
        future=re.compile(times["future"]),
        next=re.compile(times["next"]),
        previous=re.compile(times["previous"]),
        other_times=_word(times["others"]),
        fixed_times=tuple((re.compile(words), name) for name, words in times["fixed"].items()),
        numbers=raw["numbers"],
        decades=raw.get("decades", {}),
        units={name: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for name, words in raw["units"].items()},
        inner_apostrophe=places.get("inner_apostrophe", False),
        ending=_after(places["ending"]),
        located=_after(places.get("located", "")),
        cases=tuple((ending, nominative) for ending, nominative in places.get("cases", ())),
        prefixes=tuple(re.compile(f"^(?:{prefix})") for prefix in places.get("prefixes", ())),
        article=places.get("article", ""),
        kinds_after=re.compile(rf"[ -](?:{places['kinds_after']})(?!\w)"),
        kinds_before=_before(places["kinds_before"]),
        names_before=_keys(places["names_before"]),
        locative=_before(places["locative"]),
        strong_locative=_before(places["strong_locative"]),
        unlisted_after=_after(places.get("unlisted_after", "")),
        unlisted_before=_before(places.get("unlisted_before", "")),
        cue_after=re.compile(places["cue_after"]),
        conjunction=re.compile(places["and"]),
        adjectives=tuple(
            (re.compile(f"(?:{ending})$"), tuple(names)) for ending, names in places.get("adjectives", ())
        ),
        verb=speech["verb"],
        verbs=_word(speech["verbs"]),
        attached=speech.get("attached", ""),
        quoting=_word(speech.get("quoting", "")),
        helpers=_word(speech["helpers"]),
        according=_word(speech["according"]),
        according_to_after=_after(speech["according_to_after"]),
        not_verbs_before=_before(speech["not_verbs_before"]),
        words_of_people=_word(speech["words_of_people"]),
        determiners=_word(speech["determiners"]),
        pronouns=_keys(speech["pronouns"]),
        joining=_keys(speech["joining"]),
        directions=_keys(places["directions"]),
        particles=_keys(places["particles"]),
        dashed_particles=_keys(places.get("dashed_particles", ())),
        titles=_keys(places["titles"]),
        after_place=_keys(places["after_place"]),
        organisations=_keys(places["organisations"]),
        stop=_keys(places["stop"]),
        common=_keys(places["common"]),
        given_names=_keys(places["given_names"]),
        demonyms=_keys(places["demonyms"]),
    )  # fmt: skip


@cache
def table_codes() -> tuple[str, ...]:
    """Return the codes of the languages that have a table."""
    return tuple(
        sorted(file.name.removesuffix(".yaml") for file in _FOLDER.iterdir() if file.name.endswith(".yaml"))
    )


def other_names(kind: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield names of countries (by code) or regions (by name) that the gazetteer does not have.

    Parameters
    ----------
    kind
        ``countries``, ``regions`` or ``settlements`` (by name and country).
    """
    for code in table_codes():
        yield from ((name, names) for name, names in _read(code)["places"].get(kind, {}).items())


@cache
def _read(code: str) -> dict[str, Any]:
    text = _FOLDER.joinpath(f"{code}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
    return loaded


def _keys(words: Sequence[object]) -> frozenset[str]:
    return frozenset(name_key(str(word)) for word in words)


def _word(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)") if words else _NOTHING


def _before(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})\s+(?:the\s+)?$") if words else _NOTHING


def _after(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words})(?!\w)") if words else _NOTHING

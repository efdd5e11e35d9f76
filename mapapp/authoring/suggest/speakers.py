"""Finds who says something: by words such as "said" and "according to", and by quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from mapapp.authoring.name_keys import name_key
from mapapp.authoring.suggest.model import Quotation, SpeakerMention
from mapapp.authoring.suggest_tables import suggest_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapapp.authoring.suggest.model import Certainty, Sentence, TimeMention
    from mapapp.authoring.suggest_tables import SuggestTable
    from mapapp.core.model import Actor, Atlas

_QUOTATIONS = re.compile(
    "\u201c[^\u201c\u201d\r\n]+\u201d|\u201e[^\u201e\u201c\u201d\r\n]+[\u201c\u201d]|\u00ab[^\u00ab\u00bb\r\n]+\u00bb"
    "|\"[^\"\r\n]+\"|(?<!\\w)'[^'\r\n]{12,}'(?!\\w)|(?<!\\w)\u2018[^\u2018\r\n]{12,}?\u2019(?!\\w)"
)
_LETTERS = r"[^\W_][\w\u0300-\u036f\u064b-\u0652]*"
_WORD = re.compile(rf"[A-Z]\.(?:[A-Z]\.)*|{_LETTERS}(?:[-'\u2019\u2010][^\W_]\w*)*")
_WORD_BEFORE_ENDING = re.compile(rf"{_LETTERS}(?:[-\u2010][^\W_]\w*)*")
_MOST_WORDS, _MOST_WITHOUT_CASE = 9, 4  # of who speaks
_LONGEST_APPOSITION = 80  # characters between two commas that say who somebody is
_LONGEST_LEAD = 25  # characters after a quotation, in which only "he said" has room
_SHORTEST_NAME = 3  # letters of an actor's name
_ATTRIBUTED = "The words beside them attribute what is said to them."
_SAYING = "They are beside a word for saying."
Place = tuple[int, int]


class _Word(NamedTuple):
    start: int
    end: int
    word: str
    plain: str
    key: str


class _Line(NamedTuple):
    """A sentence: its text without its times, its words, and the insides of its quotations."""

    text: str
    plain: str
    words: tuple[_Word, ...]
    quoted: tuple[Place, ...]
    table: SuggestTable

    def is_quoted(self, at: int) -> bool:
        return any(start <= at < end for start, end in self.quoted)


def quotations(text: str) -> tuple[Quotation, ...]:
    """Return the passages in quotation marks; each lies in one line, but may be of several sentences."""
    return tuple(Quotation(match.start(), match.end(), match[0]) for match in _QUOTATIONS.finditer(text))


def speaker_mentions(
    sentences: Sequence[Sentence],
    quoted: Sequence[Quotation],
    times: Sequence[TimeMention],
    language: str,
    atlas: Atlas | None,
) -> tuple[SpeakerMention, ...]:
    """Return who says something in each sentence.

    Parameters
    ----------
    sentences
        Where to look; headings are left out.
    quoted
        The article's quotations.
    times
        Its times, which are skipped: "she said on Sunday".
    language
        BCP 47 tag of the article.
    atlas
        The folder, whose actors are looked for in the words; ``None`` if there is none yet.
    """
    table = suggest_table(language)
    actors = atlas.actors if atlas else ()
    found: list[SpeakerMention] = []
    for sentence in sentences:
        seen: list[Place] = []
        line = _line(sentence, quoted, times, table)
        for (start, end), cue, rule in () if sentence.heading else _in_line(line):
            if line.is_quoted(start) or any(start < stop and begin < end for begin, stop in seen):
                continue
            seen.append((start, end))
            words = sentence.words[start:end]
            said, who = _quotation(sentence, quoted), _actors(words, actors)
            certainty: Certainty = "high" if who or said is not None else "medium"
            found.append(
                SpeakerMention(
                    sentence.start + start, sentence.start + end, words, who, cue, said, rule, certainty
                )
            )
    return tuple(sorted(found, key=lambda one: one.start))


def _line(
    sentence: Sentence, quoted: Sequence[Quotation], times: Sequence[TimeMention], table: SuggestTable
) -> _Line:
    text = sentence.words
    first, last = (bisect_left(times, at, key=lambda one: one.start) for at in (sentence.start, sentence.end))
    for one in times[first:last]:
        start, end = one.start - sentence.start, one.end - sentence.start
        text = text[:start] + " " * (end - start) + text[end:]
    plain = table.plain(text)
    pattern = _WORD_BEFORE_ENDING if table.verb == "last" else _WORD
    words = tuple(
        _Word(match.start(), match.end(), match[0], plain[slice(*match.span())], name_key(match[0]))
        for match in pattern.finditer(text)
    )
    inside = tuple(
        (one.start - sentence.start + 1, one.end - sentence.start - 1)
        for one in quoted[slice(*quotations_in(sentence, quoted))]
    )
    return _Line(text, plain, words, inside, table)


def _in_line(line: _Line) -> Iterator[tuple[Place, str, str]]:
    """Yield the offsets of who speaks in a sentence, the words that say so, and the rule."""
    table = line.table
    for match in table.according.finditer(line.plain):
        if not line.is_quoted(match.start()) and (who := _after(line, match.end())):
            yield who, match[0], _ATTRIBUTED
    for match in table.according_to_after.finditer(line.plain):
        if not line.is_quoted(match.start()) and (who := _before(line, match.start())):
            yield who, match[0].strip(), _ATTRIBUTED
    for match in table.verbs.finditer(line.plain):
        name = table.cased and line.text[match.start()].isupper()  # such as States
        if (
            name
            or line.is_quoted(match.start())
            or table.not_verbs_before.search(line.plain, 0, match.start())
        ):
            continue
        for who in _beside(line, match):
            yield who, match[0], _SAYING


def _beside(line: _Line, verb: re.Match[str]) -> Iterator[Place]:
    """Yield who is named beside a word for saying; both sides of one for quoting."""
    if line.table.verb == "first":
        found = [_after(line, verb.end())]
    elif line.table.verb == "last":
        found = [_first(line, verb.start())]
    else:
        found = [_before(line, verb.start()), _after(line, verb.end())]
        if line.table.verb == "after comma" and line.plain[: verb.start()].rstrip().endswith(","):
            found.reverse()
        if not line.table.quoting.fullmatch(verb[0]):
            found = [next((one for one in found if one), None)]
    yield from (one for one in found if one)


def _is_part(word: _Word, table: SuggestTable) -> bool:
    """Return whether a word can be a part of who speaks."""
    if not table.cased:
        return word.key not in table.pronouns
    return (
        word.word[0].isupper()
        or word.key in table.titles | table.particles | table.joining
        or bool(table.words_of_people.fullmatch(word.plain))
        or bool(table.determiners.fullmatch(word.plain))
    )


def _phrase(words: list[_Word], table: SuggestTable) -> Place | None:
    """Return who is named by words, without small words at both ends; ``None`` if nobody is."""
    while words and (
        words[0].key in table.joining | table.pronouns and not table.determiners.fullmatch(words[0].plain)
    ):
        words = words[1:]
    while words and (
        words[-1].key in table.joining | table.particles or table.determiners.fullmatch(words[-1].plain)
    ):
        words = words[:-1]
    if not words or (words[0].key in table.pronouns and not table.determiners.fullmatch(words[0].plain)):
        return None
    if table.cased and not _names_somebody(words, table):
        return None
    return words[0].start, words[-1].end


def _names_somebody(words: Sequence[_Word], table: SuggestTable) -> bool:
    capitals = [word for word in words if word.word[0].isupper()]
    return (
        len(capitals) > 1
        or any(word.key not in table.pronouns | table.stop for word in capitals)
        or any(word.key in table.titles or table.words_of_people.fullmatch(word.plain) for word in words)
    )


def _before(line: _Line, at: int) -> Place | None:
    """Return who is named directly before an offset, or before what explains who it is."""
    table, words, limit = line.table, [word for word in line.words if word.end <= at], at
    while words and table.helpers.fullmatch(words[-1].plain):
        limit = words.pop().start
    if not words or words[-1].key in table.pronouns:
        return None
    if line.text[words[-1].end : limit].strip() == ",":
        comma = line.text.rfind(",", 0, words[-1].end)
        if comma <= 0 or words[-1].end - comma > _LONGEST_APPOSITION:
            return None
        words, limit = [word for word in words if word.end <= comma], comma
    taken: list[_Word] = []
    while words and len(taken) < _MOST_WORDS and _is_part(words[-1], table):
        if line.text[words[-1].end : limit].strip(" ."):
            break
        taken.insert(0, words.pop())
        limit = taken[0].start
    found = _phrase(taken, table)
    possessive = found and any(word.end == found[1] and table.ending.search(word.plain) for word in taken)
    return None if possessive else found


def _after(line: _Line, at: int) -> Place | None:
    """Return who is named directly after an offset."""
    table, limit = line.table, at
    words = [word for word in line.words if word.start >= at]
    while words and (helper := table.helpers.match(line.plain, words[0].start)):
        limit = helper.end()
        words = [word for word in words if word.start >= limit]
    taken: list[_Word] = []
    for word in words[: _MOST_WORDS if table.cased else _MOST_WITHOUT_CASE]:
        apart = line.text[limit : word.start].strip(" ")
        if apart or not _is_part(word, table) or (not table.cased and _ends_phrase(word, taken, table)):
            break
        taken.append(word)
        limit = word.end
    return _phrase(taken, table)


def _ends_phrase(word: _Word, taken: Sequence[_Word], table: SuggestTable) -> bool:
    """Return whether a word begins something new, where no letter is a capital."""
    attached = word.plain[0] in table.attached and not table.words_of_people.fullmatch(word.plain)
    return attached or (bool(taken) and table.verbs.fullmatch(word.plain) is not None)


def _first(line: _Line, at: int) -> Place | None:
    """Return who is named at the beginning of a sentence, or of what follows a quotation in it."""
    ends = [end for _, end in line.quoted if end < at]
    opening = bool(line.quoted) and line.quoted[0][0] <= 1  # the sentence begins with a quotation
    start = max(ends, default=0) if opening or (ends and at - ends[-1] > _LONGEST_LEAD) else 0
    taken: list[_Word] = []
    for word in [word for word in line.words if start <= word.start and word.end <= at][:_MOST_WORDS]:
        if taken and line.text[taken[-1].end : word.start].strip(" "):
            break
        if not _is_part(word, line.table):
            break
        taken.append(word)
    return _phrase(taken, line.table)


def quotations_in(sentence: Sentence, quoted: Sequence[Quotation]) -> tuple[int, int]:
    """Return the numbers of the first quotation that is partly in a sentence, and of the first after it."""
    first = bisect_right(quoted, sentence.start, key=lambda one: one.end)
    return first, max(first, bisect_left(quoted, sentence.end, key=lambda one: one.start))


def _quotation(sentence: Sentence, quoted: Sequence[Quotation]) -> int | None:
    """Return the number of the longest quotation that is, in part, in a sentence."""
    inside = [
        (quoted[number].end - quoted[number].start, number)
        for number in range(*quotations_in(sentence, quoted))
    ]
    return max(inside)[1] if inside else None


def _actors(words: str, actors: Sequence[Actor]) -> tuple[str, ...]:
    """Return the folder's actors of whom a name, or its last word, is in the words; the longest first."""
    key = f" {name_key(words)}"
    found: list[tuple[int, str]] = []
    for actor in actors:
        names = map(name_key, actor.names.texts.values())
        forms = {form for name in names for form in (name, name.replace(" ", ""), name.rpartition(" ")[2])}
        longest = max((len(form) for form in forms if f" {form}" in key), default=0)
        if longest >= _SHORTEST_NAME:
            found.append((-longest, actor.id))
    return tuple(name for _, name in sorted(found))

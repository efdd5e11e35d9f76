"""Splits an article into sentences, in any script, and finds the date it begins with.

A sentence ends at a character with Unicode's property Sentence_Terminal. A full stop does not end it if it
belongs to an abbreviation, initial, ordinal or ellipsis; nor does any mark followed by a lower-case letter.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mapapp.core.edtf import read_day
from mapapp.core.language_tables import DEFAULT_LANGUAGE, has_ordinal_point, language_table
from mapapp.core.time_expressions import read_words

if TYPE_CHECKING:
    from mapapp.core.time_spans import TimeExpression

_TERMINALS = (  # Sentence_Terminal outside ASCII, and the Tibetan shad
    "\u037e\u0589\u061d-\u061f\u06d4\u0700-\u0702\u07f9\u0837\u0839\u083d\u083e\u0964\u0965\u0f0d\u0f0e\u104a\u104b"
    "\u1362\u1367\u1368\u166e\u1735\u1736\u17d4\u17d5\u1803\u1809\u1944\u1945\u1aa8-\u1aab\u1b4e\u1b4f\u1b5a\u1b5b"
    "\u1b5e\u1b5f\u1b7d-\u1b7f\u1c3b\u1c3c\u1c7e\u1c7f\u203c\u203d\u2047-\u2049\u2cf9-\u2cfb\u2e2e\u2e3c\u2e53\u2e54"
    "\u3002\ua4ff\ua60e\ua60f\ua6f3\ua6f7\ua876\ua877\ua8ce\ua8cf\ua92f\ua9c8\ua9c9\uaa5d-\uaa5f\uaaf0\uaaf1\uabeb"
    "\ufe12\ufe15\ufe16\ufe52\ufe56\ufe57\uff01\uff0e\uff1f\uff61\U00010a56\U00010a57\U00010f55-\U00010f59"
    "\U00010f86-\U00010f89\U00011047\U00011048\U000110be-\U000110c1\U00011141-\U00011143\U000111c5\U000111c6\U000111cd"
    "\U000111de\U000111df\U00011238\U00011239\U0001123b\U0001123c\U000112a9\U0001144b\U0001144c\U000115c2\U000115c3"
    "\U000115c9-\U000115d7\U00011641\U00011642\U0001173c-\U0001173e\U00011944\U00011946\U00011a42\U00011a43"
    "\U00011a9b\U00011a9c\U00011c41\U00011c42\U00011ef7\U00011ef8\U00011f43\U00011f44\U00016a6e\U00016a6f\U00016af5"
    "\U00016b37\U00016b38\U00016b44\U00016e98\U0001bc9f\U0001da88"
)
_CLOSERS = r"[\"'\u2018\u2019\u201c\u201d\u00ab\u00bb\u2039\u203a)\]}\u3009\u300b\u300d\u300f\u3011\uff09]*"
# terminals of other scripts are unambiguous; those in ASCII also occur in numbers and names
_ENDS = re.compile(rf"(?:[{_TERMINALS}]+[.!?]*{_CLOSERS}|[.!?…]+{_CLOSERS}(?=\s|$))")
_STOP = re.compile(rf"\.{_CLOSERS}$")
_ELLIPSIS = re.compile(rf"(?:\.\.+|…){_CLOSERS}$")
_INITIAL = r"[^\W\d_]"
_ORDINAL = r"(?<![\w.,])\d{1,2}\.$"
# in scripts without terminal punctuation, lines are sentences
_NO_MARKS = re.compile("[\u0e00-\u0eff]")
_WORD = re.compile(r"\w+")
_DATE = re.compile(r"\s*date (\S+)\s*")
_LONE_DAY = re.compile(r"\s*(\d{4}-\d\d-\d\d)(?!\S)\s*")
_DASH = "[-\u2010-\u2015]{1,3}"
_AGENCY = r"(?:\s?\([^()\r\n]{1,40}\)|\s?/[^/\r\n]{1,40}/)"
_PLACE_WORD = r"[^\s\d,\u060c\u3001\uff0c:()/]{1,40}"
_DATE_WORD = rf"[^\s:\uff1a{_TERMINALS}]{{1,40}}"
_DATELINE = re.compile(
    # at most four words for the place, which a comma, an agency in brackets or a dash ends
    rf"\s*(?:(?!\d){_PLACE_WORD}(?:\s{_PLACE_WORD}){{0,3}}"
    rf"(?:{_AGENCY}?\s?[,\u060c\u3001\uff0c]\s?|{_AGENCY}\s(?:{_DASH}\s)?|\s{_DASH}\s))?"
    # at most five words for the date, which a dash, a colon, an agency in slashes or the line's end ends
    rf"(?P<day>{_DATE_WORD}(?:\s{_DATE_WORD}){{0,4}}?)"
    rf"(?:{_AGENCY}?\.?(?:\s*{_DASH}\s+|\s?[\u2013-\u2015]\s?|:\s+|\uff1a\s*|\s*(?:[\r\n]+|$))"
    rf"|\.?\s?/[^/\r\n]{{1,40}}/\.?\s+)"
)
_NAME_IN_CAPITALS = re.compile(r"([^\W\d_]{2,})(?:\s([^\W\d_]+))?\.\s+")  # of an agency, after the dash


class _Stops(NamedTuple):
    """Patterns for full stops that do not end a sentence in a language; ``numbered`` if a number follows."""

    abbreviated: re.Pattern[str]
    numbered: re.Pattern[str]


@cache
def _stops(language: str) -> _Stops:
    table = language_table(language)
    found = {form for word in table.abbreviations for form in (word, word[0].upper() + word[1:])}
    words = "|".join([_INITIAL, *map(re.escape, found)])
    patterns = [rf"(?<!\w)(?:{words})\.$"]
    if table.after_number:
        patterns.append(rf"\d\s?(?:{'|'.join(map(re.escape, table.after_number))})\.$")
    if table.ordinal_point or (not table.locales and has_ordinal_point(language)):
        patterns.append(_ORDINAL)
    numbered = "|".join(map(re.escape, table.before_number))
    return _Stops(
        re.compile("|".join(patterns)),
        re.compile(rf"(?<!\w)(?:{numbered})\.$" if numbered else r"(?!)"),
    )


def sentences(text: str, language: str = DEFAULT_LANGUAGE) -> list[tuple[int, int]]:
    """Return the character offsets of an article's sentences, end excluded.

    The article's date line and headings (lines without terminal punctuation) are left out. Text after the
    last terminal punctuation of a line counts as a sentence.

    Parameters
    ----------
    text
        The article.
    language
        Its BCP 47 tag.
    """
    found = []
    begin = after_date_line(text, language)
    for line in re.finditer(r"[^\r\n\u0085\u2028\u2029]+", text):
        start = max(line.start(), begin)
        last = line.start() + len(line[0].rstrip())
        ends = [
            stop.end()
            for stop in _ENDS.finditer(text, start, last)
            if _is_end(text, stop.end(), last, language)
        ]
        if not ends and _NO_MARKS.search(text, start, last):
            ends = [last]
        for end in [*ends, last] if ends else []:
            if _WORD.search(text, start, end):
                found.append((end - len(text[start:end].lstrip()), end))
                start = end
    return found


def _is_end(text: str, end: int, last: int, language: str) -> bool:
    """Return whether the terminal mark before ``end`` ends a sentence."""
    if end == last:
        return True
    before, after = text[max(0, end - 12) : end], text[end:last].lstrip()
    follows = after.lstrip("\"'\u2018\u201c\u00ab\u2039([{")[:1]
    if follows.islower():
        return False
    if _ELLIPSIS.search(before):
        return follows.isupper()
    if not _STOP.search(before):
        return True
    before = before.rstrip("\"'\u2019\u201d\u00bb)]}")
    stops = _stops(language)
    return not (stops.abbreviated.search(before) or (stops.numbered.search(before) and follows.isdecimal()))


def date_line(text: str, language: str = DEFAULT_LANGUAGE) -> tuple[date, int] | None:
    """Return the date an article begins with, and the offset at which its text continues.

    That is ``date 2024-05-31``, an ISO date alone, or a dateline: a place or an agency, and a full date, up
    to a dash, a colon or the end of the line. ``None`` if there is none.

    Raises
    ------
    DateError
        If what follows ``date`` is not a day.
    """
    if match := _DATE.match(text) or _LONE_DAY.match(text):
        return read_day(match[1]), match.end()
    found = _dateline(text, language)
    if found is None or not found.named.years:
        return None
    named = found.named
    try:
        return date(*named.years, *named.months, *named.days), found.end
    except ValueError:
        return None


def after_date_line(text: str, language: str) -> int:
    """Return the offset at which the text after an article's date line begins; 0 if it has none.

    A dateline without a year gives no date, but is no sentence either, if it names a place or an agency.
    """
    if match := _DATE.match(text) or _LONE_DAY.match(text):
        return match.end()
    found = _dateline(text, language)
    return found.end if found and (found.named.years or found.placed) else 0


class _Dateline(NamedTuple):
    """What a dateline names, where the text after it begins, and whether it names a place or an agency."""

    named: TimeExpression
    end: int
    placed: bool


def _dateline(text: str, language: str) -> _Dateline | None:
    """Return the dateline an article begins with: one day of one month, of one year at most."""
    match = _DATELINE.match(text)
    if match is None:
        return None
    named = read_words(match["day"], language)
    if not (len(named.months) == len(named.days) == 1 and len(named.years) <= 1):
        return None
    end = match.end()
    agency = _NAME_IN_CAPITALS.match(text, end)
    if agency and agency[1].isupper() and not (agency[2] or agency[1])[0].islower():
        end = agency.end()
    return _Dateline(named, end, placed=bool(text[: match.start("day")].strip()))

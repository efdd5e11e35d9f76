"""The article's words for a statement, shortened around what sets it apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mapapp.core.model import Atlas
from mapapp.render.cards import quotation

if TYPE_CHECKING:
    from mapapp.core.model import Event

_WEIGHTY = 4  # letters, from which on a word tells something
_STEM = 5  # letters by which a word is known again: calls, called
_TITLE = 3  # how much more a word weighs that the statement's title has too
_EDGE = 0.5  # how much it weighs to begin or end where a passage does
_TURNS = frozenset({"not", "no", "never", "nor", "without"})  # to leave one out would turn the sense about
_CUT = "…"
# what follows these hangs on what is before: "clashes" of "an uptick of clashes" does not stand alone
_TIES = frozenset({"between", "by", "of", "than"})
_ARTICLES = frozenset({"a", "an", "the", "his", "her", "its", "their", "our"})


@dataclass(frozen=True)
class Quotes:
    """The quotations of an article's statements."""

    atlas: Atlas

    @cached_property
    def _shared(self) -> list[int]:
        """How many statements rest on each character of the article."""
        counts = [0] * (len(self.atlas.article.text) + 1)
        for event in self.atlas.events:
            for passage in event.passages:
                for at in range(passage.start, passage.end):
                    counts[at] += 1
        return counts

    @cached_property
    def _done(self) -> dict[tuple[str, int], str]:
        return {}

    def quoted(self, event: Event, room: int) -> str:
        """Return the article's words for a statement in about ``room`` characters, in quotation marks.

        What is kept is what few other statements rest on and what its title takes up; nothing is cut within
        a word, and what is left out shows as an ellipsis.
        """
        key = event.id, room
        if key not in self._done:
            whole = quotation(event).replace(f" {_CUT}”", f"\u00a0{_CUT}”")
            self._done[key] = whole if len(whole) <= room else self._best(event, room)
        return self._done[key]

    def _best(self, event: Event, room: int) -> str:
        words = self._words(event)
        best: tuple[float, int, int] = (-1.0, 0, 0)
        chosen = words[:1]
        turned = False
        for first, start in enumerate(words):
            before = words[first - 1] if first and not start.opens else None
            turned = before is not None and (turned or before.turns)
            if turned or not (start.weight or start.opens) or _tied(words, first):
                continue
            score = length = 0.0
            for last in range(first, len(words)):
                word = words[last]
                score += word.weight
                length += len(word.text) + 1 + (2 if word.opens and last > first else 0)
                if length + 4 > room and last > first:
                    break
                if not (word.weight or word.closes) or _torn(words, last):
                    continue
                edges = _EDGE * (start.opens + word.closes)
                if (found := (score + edges, int(length), -first)) > best:
                    best, chosen = found, words[first : last + 1]
        return _set(chosen, cut=(chosen[0] is not words[0], chosen[-1] is not words[-1]))

    def _words(self, event: Event) -> list[_Word]:
        title = {word[:_STEM] for word in _letters(event.title)}
        words = []
        last = None
        for passage in sorted(event.passages, key=lambda passage: passage.start):
            found = list(re.finditer(r"\S+", passage.exact))
            for number, match in enumerate(found):
                letters = _letters(match[0])
                turns = not _TURNS.isdisjoint(letters)
                telling = [word for word in letters if len(word) >= _WEIGHTY]
                weight = max((_TITLE if word[:_STEM] in title else 1 for word in telling), default=0)
                words.append(
                    _Word(
                        match[0],
                        (_TITLE if turns else weight) / max(1, self._shared[passage.start + match.start()]),
                        opens=number == 0 and passage.start != last,
                        closes=number == len(found) - 1,
                        turns=turns,
                    )
                )
            last = passage.end + 1
        return words


@dataclass(frozen=True)
class _Word:
    """A word of a quotation, and what it weighs.

    Whether it ``opens`` after words left out, ``closes`` a passage, ``turns`` the sense of what follows.
    """

    text: str
    weight: float
    opens: bool
    closes: bool
    turns: bool


def _tied(words: list[_Word], at: int) -> bool:
    """Return whether a word hangs on what is before it in its passage, by a tie."""
    while not words[at].opens:
        if words[at].text.casefold() in _TIES or words[at - 1].text.casefold() in _TIES:
            return True
        at -= 1
        if words[at].text.casefold() not in _ARTICLES:
            break
    return False


def _torn(words: list[_Word], last: int) -> bool:
    """Return whether to end with a word would tear a name apart, or leave a tie or what it ties open."""
    word, after = words[last], words[last + 1] if last + 1 < len(words) else None
    if after is None or after.opens:
        return False
    name = word.text[:1].isupper() and word.text[-1].isalnum() and after.text[:1].isupper()
    passive = word.text.endswith("ed") and after.text == "by"
    return name or passive or word.text.casefold() in _TIES | _ARTICLES or after.text == "of"


def _letters(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _set(words: list[_Word], *, cut: tuple[bool, bool]) -> str:
    text = words[0].text
    for word in words[1:]:
        text += f" {_CUT} {word.text}" if word.opens else f" {word.text}"
    text = text.strip('"').replace('"', "'")
    if cut[0]:
        text = f"{_CUT}\u00a0{text}"
    if cut[1] or text[-1] in ",;" or text[-1].isalnum():  # as where nothing is cut: the sentence goes on
        text = text.rstrip(" ,;") + f"\u00a0{_CUT}"
    return f"“{text}”"

"""Makes a draft statement for each sentence of an article, so that nothing of it is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mapapp.authoring.places_named import is_country
from mapapp.core.dated_words import compare_with_words, is_guess
from mapapp.core.edtf import read_when
from mapapp.core.sentences import sentences
from mapapp.core.time_expressions import read_words
from mapapp.data.fields import LONGEST_TEXT, unsafe_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mapapp.authoring.suggest.model import PlaceMention, Suggestions, TimeMention
    from mapapp.core.model import Article
    from mapapp.core.profile import Profile

_LONGEST_TITLE = 120  # characters
_LONGEST_CONTEXT = 1000  # characters next to a passage that tell it from others with the same words
DRAFT_NOTE = "Drafted by rules: check when, where and who."
_SPEAKER = 'Perhaps said by "{}".'
NO_PLACE = "No place has been chosen yet."
_CODE = str.maketrans("", "", "<>{}&$%#`")


def draft_statements(
    article: Article,
    profile: Profile,
    found: Suggestions | None,
    place_of: Mapping[str, str],
    about: str,
) -> list[dict[str, Any]]:
    """Return a draft statement for each sentence, as entries of an events file.

    Parameters
    ----------
    found
        What is suggested for the article; ``None`` for drafts with no more than the sentence.
    place_of
        The ids of the folder's places, by the ids of suggested ones. Others are not linked.
    about
        Id of the place that a sentence is about which names none.
    """
    kind = "statement" if "statement" in profile.event_kinds else next(iter(profile.event_kinds))
    modality = next(name for name, entry in profile.modalities.items() if entry.by_article)
    drafts = []
    for number, (start, end) in enumerate(sentences(article.text, article.language), start=1):
        sentence = article.text[start:end]
        notes = [DRAFT_NOTE]
        if found and (speaker := next((one for one in found.speakers if start <= one.start < end), None)):
            notes.append(_SPEAKER.format(safe_title(speaker.words, _LONGEST_TITLE)))
        drafts.append(
            {
                "id": f"sentence-{number}",
                "draft": True,
                "title": safe_title(sentence, _LONGEST_TITLE).rstrip(". ") or f"Sentence {number}",
                "kind": kind,
                "modality": modality,
                "said_by": "article",
                "when": _time(article, found, start, end),
                "passages": [*passages(article.text, start, end)],
                "places": _places(found, place_of, start, end)
                or [{"id": about, "role": "about", "note": NO_PLACE}],
                "note": " ".join(notes),
            }
        )
    return drafts


def _time(article: Article, found: Suggestions | None, start: int, end: int) -> dict[str, str]:
    """Return the first time of a sentence that a statement may have, or else any day so far.

    The article's own day comes last: it may be that of a dateline.
    """
    inside = [one for one in (found.times if found else ()) if start <= one.start and one.end <= end]
    for mention in sorted(inside, key=lambda one: one.edtf == f"{article.date}"):
        if _fits(article, mention):
            basis = {} if mention.basis == "words" else {"basis": mention.basis}
            return {"edtf": str(mention.edtf), "text": mention.words, **basis}
    words = article.text[start:end].split()
    undated = next((word for word in words if _is_undated(word, article.language)), None)
    if undated is None:  # a reading would have to agree with words that name a month or a year
        return {"edtf": "../..", "text": words[0][:LONGEST_TEXT], "basis": "read"}
    return {"edtf": f"[..{article.date}]", "text": undated[:LONGEST_TEXT], "basis": "read"}


def _fits(article: Article, mention: TimeMention) -> bool:
    """Return whether a time agrees with its words, and is not later than the article."""
    if mention.edtf is None or len(mention.words) > LONGEST_TEXT:
        return False
    when = replace(read_when(mention.edtf), text=mention.words, basis=mention.basis)
    if when.earliest is not None and when.earliest > article.date:
        return False
    return not is_guess(when, article.language) and not any(
        compare_with_words(when, article.date, article.language)
    )


def _places(
    found: Suggestions | None, place_of: Mapping[str, str], start: int, end: int
) -> list[dict[str, str]]:
    """Return links to the places that a sentence names, each once."""
    links: dict[str, dict[str, str]] = {}
    for mention in found.places if found else ():
        if (
            start <= mention.start
            and mention.end <= end
            and mention.certainty != "low"
            and mention.candidates
        ):
            name = place_of.get(mention.candidates[0].id)
            if name is not None and name not in links:
                links[name] = {"id": name, "role": _role(mention), "words": mention.words}
    return [*links.values()]


def _role(mention: PlaceMention) -> str:
    likely = mention.candidates[0]
    return "about" if likely.feature_class != "P" or is_country(likely) else "site"


def passages(text: str, start: int, end: int) -> Iterator[dict[str, str]]:
    """Yield entries for a stretch of the article: one, or several if it is too long for one.

    Where the same words stand elsewhere, too, the entry has as much of what is next to them as it needs.
    """
    while start < end:
        stop = min(end, start + LONGEST_TEXT)
        exact = text[start:stop].rstrip()
        entry = {"exact": exact}
        if text.find(exact) != text.rfind(exact):
            entry |= _context(text, start, exact)
        yield entry
        start = stop + len(text[stop:end]) - len(text[stop:end].lstrip())


def _context(text: str, start: int, exact: str) -> dict[str, str]:
    """Return the shortest prefix that makes a passage unique, or else a suffix."""
    for size in range(1, min(start, _LONGEST_CONTEXT) + 1):
        prefix = text[start - size : start]
        if text.find(prefix + exact) == text.rfind(prefix + exact) and prefix.strip():
            return {"prefix": prefix}
    after = start + len(exact)
    for size in range(1, _LONGEST_CONTEXT):
        suffix = text[after : after + size]
        if text.find(exact + suffix) == text.rfind(exact + suffix) and suffix.strip():
            return {"suffix": suffix}
    return {}


def safe_title(text: str, longest: int) -> str:
    """Return a text on one line as a title: without what looks like markup or code, and not too long."""
    line = " ".join(text.split())
    if unsafe_text(line):
        line = " ".join("".join(filter(str.isprintable, line)).translate(_CODE).split())
    if unsafe_text(line):
        line = " ".join("".join(char for char in line if char.isalnum() or char in " .,-").split())
    return line if len(line) <= longest else f"{line[: longest - 1].rsplit(' ', 1)[0].rstrip(' .,;:')}…"


def _is_undated(word: str, language: str) -> bool:
    named = read_words(word, language)
    return not (named.years or named.months)

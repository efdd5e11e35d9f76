"""Drafts statements: a sentence that names a place or a time, with what it names."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from mapapp.authoring.suggest.model import DraftStatement
from mapapp.authoring.suggest.speakers import quotations_in
from mapapp.authoring.suggest_tables import suggest_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapapp.authoring.suggest.model import (
        PlaceMention,
        Quotation,
        Sentence,
        SpeakerMention,
        TimeMention,
    )
    from mapapp.core.model import Atlas

_SHORTEST = 5  # letters of a word that may name a kind


def draft_statements(  # noqa: PLR0913, PLR0917 - all that was found
    sentences: Sequence[Sentence],
    times: Sequence[TimeMention],
    places: Sequence[PlaceMention],
    speakers: Sequence[SpeakerMention],
    quoted: Sequence[Quotation],
    language: str,
    atlas: Atlas | None,
) -> tuple[DraftStatement, ...]:
    """Return a draft for each sentence with a place or a time; none for headings."""
    found = []
    speaker_of = {
        speaker.quotation: number
        for number, speaker in reversed([*enumerate(speakers)])
        if speaker.quotation is not None
    }
    for number, sentence in enumerate(sentences):
        in_places = _inside(sentence, places)
        in_times = _inside(sentence, times)
        if sentence.heading or not (in_places or in_times):
            continue
        speaker = next(iter(_inside(sentence, speakers)), None)
        if speaker is None:
            speaker = _quoted_speaker(sentence, speaker_of, quoted)
        found.append(
            DraftStatement(
                number, sentence.start, sentence.end, sentence.words, in_places, in_times, speaker,
                _kind(sentence, language, atlas),
            )
        )  # fmt: skip
    return tuple(found)


def _inside(
    sentence: Sentence, mentions: Sequence[TimeMention | PlaceMention | SpeakerMention]
) -> tuple[int, ...]:
    first = bisect_left(mentions, sentence.start, key=lambda one: one.start)
    last = bisect_left(mentions, sentence.end, key=lambda one: one.start)
    return tuple(range(first, last))


def _quoted_speaker(
    sentence: Sentence, speaker_of: Mapping[int, int], quoted: Sequence[Quotation]
) -> int | None:
    """Return who says a quotation that a sentence is a part of."""
    inside = range(*quotations_in(sentence, quoted))
    return next((speaker_of[number] for number in inside if number in speaker_of), None)


def _kind(sentence: Sentence, language: str, atlas: Atlas | None) -> str | None:
    """Return the kind of statement that a word of the sentence names; ``None`` if not just one."""
    if atlas is None:
        return None
    table = suggest_table(language)
    plain = table.plain(sentence.words)
    found = set()
    for kind, profile in atlas.profile.event_kinds.items():
        for word in re.findall(r"\w+", table.plain(profile.labels.text(language))):
            if len(word) >= _SHORTEST and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", plain):
                found.add(kind)
    return found.pop() if len(found) == 1 else None

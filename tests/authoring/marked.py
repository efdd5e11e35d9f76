"""Texts in which what is named was marked by hand, and how much of it suggestions find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from mapapp.authoring.gazetteer import Gazetteer
from mapapp.authoring.suggest import Suggestions, suggest
from mapapp.authoring.suggest.model import PlaceMention, SpeakerMention, TimeMention
from mapapp.core.model import Article, Atlas

FOLDER = Path(__file__).parent / "texts"
ROOT = Path(__file__).resolve().parents[2]
SHIPPED = "idlib"
TEXTS = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))
Mention = PlaceMention | SpeakerMention | TimeMention


@dataclass(frozen=True)
class Score:
    """What of the marked words was found: offsets, and the suggestions found there."""

    marked: tuple[tuple[int, int], ...]
    found: tuple[Mention | None, ...]
    false: tuple[Mention, ...]

    @property
    def recall(self) -> float:
        """Return the share of the marked words that were found."""
        return sum(one is not None for one in self.found) / len(self.found)

    @property
    def precision(self) -> float:
        """Return the share of the suggestions that are at marked words."""
        hits = sum(one is not None for one in self.found)
        return hits / (hits + len(self.false))


def marked(name: str) -> tuple[Article, dict[str, Any]]:
    """Return a text as an article, and what is marked in it."""
    values = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    text = values["text"] if "text" in values else (ROOT / values["file"]).read_text("utf-8")
    day = date.fromisoformat(values["date"])
    return Article(name, text, day, "", "source", values["language"]), values


def suggestions(name: str, atlas: Atlas, gazetteer: Gazetteer | None) -> Suggestions:
    """Return the suggestions for a text; for the shipped article with the folder's own places."""
    return suggest(marked(name)[0], atlas if name == SHIPPED else None, gazetteer)


def score(text: str, words: Sequence[str], mentions: Sequence[Mention]) -> Score:
    """Compare suggestions with words marked in order; a suggestion is right if it overlaps them."""
    spans, at = [], 0
    for one in words:
        start = text.index(one, at)
        at = start + len(one)
        spans.append((start, at))
    left = list(mentions)
    found: list[Mention | None] = []
    for start, end in spans:
        hit = next((one for one in left if one.start < end and start < one.end), None)
        found.append(hit)
        if hit:
            left.remove(hit)
    return Score(tuple(spans), tuple(found), tuple(left))

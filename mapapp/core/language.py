"""Guesses the language of an article from its letters and words, and its writing direction."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Literal

from mapapp.core.language_tables import DEFAULT_LANGUAGE, SCRIPTS, language_table, script_of

_MOST = 20_000  # characters examined


def language_of(text: str) -> str:
    """Return the BCP 47 tag that the letters of a text suggest, and its words where languages share a script.

    Only the languages of ``scripts.yaml`` are guessed. A text in another language of their script is tagged
    with the script alone if its letters show it, and a text in another script as unknown.
    """
    text = text[:_MOST]
    scripts = Counter(script_of(char) for char in text if char.isalpha())
    if not scripts:
        return DEFAULT_LANGUAGE
    for script, others in SCRIPTS.joined.items():
        if script in scripts:
            scripts[script] += sum(scripts.pop(other, 0) for other in others)
    script = max(scripts, key=lambda name: scripts[name])
    guesses = SCRIPTS.languages.get(script)
    if guesses is None:
        return "und"
    words = Counter(re.findall(r"\w+", text.lower()))
    language = max(
        guesses, key=lambda guess: sum(words[word] for word in language_table(guess).function_words)
    )
    foreign = set(language_table(language).foreign_letters) & set(text.lower())
    return SCRIPTS.unknown[script] if foreign else language


@lru_cache(maxsize=4096)  # the same notes and names are shown in many places
def direction_of(text: str) -> Literal["ltr", "rtl"]:
    """Return the writing direction of most letters of a text."""
    found = Counter(map(unicodedata.bidirectional, text))
    return "rtl" if found["R"] + found["AL"] > found["L"] else "ltr"

"""Guesses the language of an article from its letters, and its writing direction."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Literal

_OF_SCRIPT = {  # by the first word of a letter's Unicode name; other scripts are tagged as unknown
    "ARABIC": "ar",
    "CYRILLIC": "ru",
    "DEVANAGARI": "hi",
    "HEBREW": "he",
    "GREEK": "el",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "ETHIOPIC": "am",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "THAI": "th",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
}
# letters that Arabic, Russian and Hindi do not use: the text is in another language of the script
_FOREIGN = {
    "ar": (re.compile("[پچژڤگکیےٹڈڑںہھەێۆڵڕڼښڅځډړېۍ]"), "und-Arab"),
    "ru": (re.compile("[іїєґўјљњћџђѓќѕәғқңөұүһҷҳӣӯ]", re.IGNORECASE), "und-Cyrl"),
    "hi": (re.compile("[ळऴऍॲॳॴॵॶॷ]"), "und-Deva"),
}
_ENGLISH = frozenset({"the", "of", "and", "to", "in", "on", "at", "is", "was", "by", "for", "that", "with"})
_TURKISH = frozenset(
    {"ve", "bir", "bu", "ile", "için", "da", "de", "olarak", "daha", "olan", "ise", "sonra", "dedi"}
)
_MOST = 20_000  # characters examined


def language_of(text: str) -> str:
    """Return the BCP 47 tag that the letters of a text suggest; Latin script means English or Turkish."""
    text = text[:_MOST]
    scripts = Counter(unicodedata.name(char, "?").split()[0] for char in text if char.isalpha())
    if not scripts:
        return "en"
    if scripts["HIRAGANA"] + scripts["KATAKANA"]:  # Japanese mixes them with Chinese characters
        scripts["HIRAGANA"] += scripts.pop("CJK", 0)
    script = max(scripts, key=lambda name: scripts[name])
    if script == "LATIN":
        words = Counter(re.findall(r"\w+", text.lower()))
        english, turkish = (sum(words[word] for word in known) for known in (_ENGLISH, _TURKISH))
        return "tr" if turkish > english else "en"
    language = _OF_SCRIPT.get(script, "und")
    foreign, unknown = _FOREIGN.get(language, (None, ""))
    return unknown if foreign and foreign.search(text) else language


def direction_of(text: str) -> Literal["ltr", "rtl"]:
    """Return the writing direction of most letters of a text."""
    found = Counter(map(unicodedata.bidirectional, text))
    return "rtl" if found["R"] + found["AL"] > found["L"] else "ltr"

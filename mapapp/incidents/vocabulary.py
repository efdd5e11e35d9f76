"""The vocabulary of incidents: kinds, precision of dates and locations, and their codes in each format.

The kinds are defined by this project. They classify what was reported and do not attribute blame.

=============== =============================================================== ==============================
kind            ACLED ``event_type`` or ``sub_event_type``                      UCDP ``type_of_violence``
=============== =============================================================== ==============================
clashes         Battles                                                         1 state-based, 2 non-state
shelling        Shelling/artillery/missile attack
air-strikes     Air/drone strike
explosions      the rest of Explosions/Remote violence
civilians       Violence against civilians                                      3 one-sided
protests        Protests
riots           Riots
other           Strategic developments, and unknown words
unstated        an empty cell, or no such column
=============== =============================================================== ==============================

UCDP classifies by the parties of a conflict, not by means: its ``clashes`` include shelling and air strikes.
"""

from __future__ import annotations

from typing import Literal

Format = Literal["acled", "ucdp", "csv"]
FORMATS: tuple[Format, ...] = ("acled", "ucdp", "csv")
KINDS = (
    "clashes", "shelling", "air-strikes", "explosions", "civilians", "protests", "riots", "other", "unstated",
)  # fmt: skip
DATED = ("day", "week", "month", "longer")  # precision of an incident's date
LOCATED = ("place", "near", "area")  # precision of its location

# ACLED's time_precision and geo_precision and UCDP's date_prec and where_prec, as indices of the above;
# unknown codes mean the least precise
DATED_CODES: dict[Format, dict[int, int]] = {
    "acled": {1: 0, 2: 1, 3: 2},
    "ucdp": {1: 0, 2: 1, 3: 1, 4: 2, 5: 3},
    "csv": {},
}
LOCATED_CODES: dict[Format, dict[int, int]] = {
    "acled": {1: 0, 2: 1, 3: 2},
    "ucdp": {1: 0, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 7: 2},
    "csv": {},
}

_ACLED = {
    "battles": "clashes",
    "explosions/remote violence": "explosions",
    "violence against civilians": "civilians",
    "protests": "protests",
    "riots": "riots",
    "strategic developments": "other",
    # sub-event types
    "shelling/artillery/missile attack": "shelling",
    "air/drone strike": "air-strikes",
    # exports from before 2019
    "battle-no change of territory": "clashes",
    "battle-government regains territory": "clashes",
    "battle-non-state actor overtakes territory": "clashes",
    "battle-non-state actors overtake territory": "clashes",
    "battle-non-state actors overtakes territory": "clashes",
    "battle": "clashes",
    "remote violence": "explosions",
    "strategic development": "other",
    "headquarters or base established": "other",
    "non-violent transfer of territory": "other",
    "non-violent activity by a conflict actor": "other",
}
_UCDP = {"1": "clashes", "2": "clashes", "3": "civilians"}
UCDP_WORDS = {"1": "state-based conflict", "2": "non-state conflict", "3": "one-sided violence"}
_PLAIN = {
    "clashes": ("clash", "battle", "battles", "fighting", "armed clash", "armed clashes", "ground fighting"),
    "shelling": ("shell", "artillery", "artillery shelling", "mortar", "rocket", "rockets", "missile"),
    "air-strikes": (
        "air strike", "air strikes", "airstrike", "airstrikes", "air raid", "air raids", "drone strike",
    ),
    "explosions": (
        "explosion", "bombing", "bombing/explosion", "bomb", "car bomb", "ied", "landmine", "mine",
        "suicide bomb",
    ),
    "civilians": (
        "violence against civilians", "attack on civilians", "kidnapping", "abduction",
        "hostage taking (kidnapping)",
    ),
    "protests": ("protest", "demonstration", "demonstrations"),
    "riots": ("riot", "mob violence"),
    "other": (),
    "unstated": (),
}  # fmt: skip


def kind_words(form: Format, codes: Format) -> dict[str, str]:
    """Return the kind of incident for each word of a format, in lower case with single spaces.

    Plain tables may also contain the words of the publishers, and the codes of the one named by ``codes``.
    """
    spelled = {word: _UCDP[code] for code, word in UCDP_WORDS.items()}
    if form == "acled":
        return dict(_ACLED)
    if form == "ucdp":
        return _UCDP | spelled
    plain = {word: kind for kind, words in _PLAIN.items() for word in words}
    known = _ACLED | spelled | (_UCDP if codes == "ucdp" else {})
    return known | plain | {kind: kind for kind in KINDS} | {kind.replace("-", " "): kind for kind in KINDS}

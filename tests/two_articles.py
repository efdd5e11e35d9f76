"""A small folder with two articles about the same days, quantities, and drafts."""

from __future__ import annotations

import hashlib
from typing import Any

import yaml
from tiny import Tiny, feature, point

OLDER, NEWER = "northland-2020-02-19", "floods-2020-02-21"
TEXT = """Floods in Rivertown

Floods drove 7,000 people from Rivertown, between 5,000 and 9,000 by another count. At least 12 died."""


def two_articles() -> Tiny:
    """Return the small folder with a second article, which has quantities; nothing is a draft."""
    tiny = Tiny()
    assert tiny.profile is not None
    tiny.profile["quantities"] = {
        "displaced": {"label": {"en": "Displaced"}, "unit": {"en": "people"}, "hxl": "#affected+displaced"},
        "dead": {"label": {"en": "Dead"}, "unit": {"en": "people"}, "hxl": "#affected+killed"},
        "homes": {"label": {"en": "Homes"}, "unit": {"en": "houses"}},
    }
    tiny.sources.append(
        {
            "id": "herald",
            "title": "Our copy of the Herald",
            "publisher": "Herald",
            "date": "2020-02-21",
            "licence": "its own",
            "leaning": "",
            "locator": "page 1",
            "no_url": "On paper only",
        }
    )
    place = {"id": "rivertown", "role": "site", "words": "Rivertown"}
    event: dict[str, Any] = {
        "kind": "clashes",
        "modality": "reported",
        "said_by": "article",
        "note": "The article gives no day.",
    }
    when = {"edtf": "2020-02-21", "basis": "article-date"}
    second = {
        "article": {
            "file": f"{NEWER}.txt",
            "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
            "source": "herald",
            "date": "2020-02-21",
            "title": "Floods in Rivertown",
            "author": "Doe, J.",
            "url": "https://example.org/floods",
        },
        "events": [
            {
                "id": "driven-out",
                "title": "Thousands driven out",
                **event,
                "when": {**when, "text": "drove"},
                "passages": [{"exact": TEXT.split("\n")[2].split(" At least", maxsplit=1)[0]}],
                "places": [place],
                "quantities": [
                    {"kind": "displaced", "words": "7,000 people", "best": 7000},
                    {"kind": "displaced", "words": "between 5,000 and 9,000", "min": 5000, "max": 9000},
                ],
            },
            {
                "id": "some-died",
                "title": "Some died",
                **event,
                "when": {**when, "text": "died"},
                "passages": [{"exact": "At least 12 died."}],
                "places": [{"id": "rivertown", "role": "site", "note": "The article is about it."}],
                "quantities": [{"kind": "dead", "words": "At least 12", "min": 12}],
            },
        ],
    }
    tiny.instead |= {
        f"seeds/{NEWER}.txt": TEXT.encode(),
        f"data/events/{NEWER}.yaml": yaml.safe_dump(second, sort_keys=False).encode(),
    }
    return tiny


def with_drafts() -> Tiny:
    """Return the folder with a draft of each: a statement, a place and a background fact."""
    tiny = two_articles()
    tiny.event("soldiers-leave")["draft"] = True
    tiny.layers["towns"].append(feature("hamlet", point(37.3, 35.7), kind="village", draft=True))
    tiny.facts[1] |= {"draft": True}
    return tiny

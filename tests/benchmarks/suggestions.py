"""Measures suggestions: recall and precision in texts marked by hand, and time.

Run it as ``python tests/benchmarks/suggestions.py``; it takes measurements and asserts nothing. A suggestion
is right if it overlaps marked words; *read* is the share of dates read as by hand. Below the table are the
named places of the hand-made statements of the shipped article.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "authoring"))

from marked import ROOT, SHIPPED, TEXTS, marked, score, suggestions

from mapapp.authoring.gazetteer import open_gazetteer
from mapapp.authoring.name_keys import name_key
from mapapp.authoring.suggest import suggest
from mapapp.data.load import load

_WORDS = 1500  # of the article whose suggestions are timed
_ROUNDS = 5


def percent(share: float) -> str:
    """Return a share as a whole percentage."""
    return f"{100 * share:.0f} %"


def main() -> None:
    """Print the table, and the times."""
    atlas = load(ROOT)
    gazetteer = open_gazetteer(on_index=lambda: print("indexing …", file=sys.stderr))
    columns = (
        "text",
        "places: recall",
        "precision",
        "times: recall",
        "precision",
        "read",
        "speakers: recall",
    )
    print(f"| {' | '.join((*columns, 'precision'))} |")
    print(f"| --- {'| ---: ' * len(columns)}|")
    for name in TEXTS:
        article, values = marked(name)
        found = suggestions(name, atlas, gazetteer)
        places = score(article.text, values["places"], found.places)
        times = score(article.text, [words for words, _ in values["times"]], found.times)
        speakers = score(article.text, values["speakers"], found.speakers)
        read = [
            one.edtf == edtf
            for one, (_, edtf) in zip(times.found, values["times"], strict=True)
            if one and edtf
        ]
        cells = [
            *(places.recall, places.precision, times.recall, times.precision, sum(read) / len(read)),
            *(speakers.recall, speakers.precision),
        ]
        print(f"| {name} | {' | '.join(map(percent, cells))} |")
        if name == SHIPPED:
            right = [
                one.candidates[0].id == place
                for one, place in zip(places.found, values["ids"], strict=True)
                if one
            ]
            first = f"likeliest candidate right: {percent(sum(right) / len(right))}"
            found_there = found
    links = [
        (event, link)
        for event in atlas.events
        for link in event.places
        if link.words
        and any(name_key(one) in name_key(link.words) for one in atlas.place[link.id].names.texts.values())
    ]
    hits = [
        any(
            link.id in {one.id for one in mention.candidates}
            and any(one.start <= mention.start and mention.end <= one.end for one in event.passages)
            for mention in found_there.places
        )
        for event, link in links
    ]
    print(
        f"\nshipped article: {first}; named places of its statements found: {percent(sum(hits) / len(hits))}"
    )
    for language in ("en", "ar", "tr", "ru"):
        text = next(article.text for article, _ in map(marked, TEXTS) if article.language == language)
        article = replace(
            marked(SHIPPED)[0], language=language, text=text * (_WORDS // len(text.split()) + 1)
        )
        took = []
        for _ in range(_ROUNDS):
            start = time.perf_counter()
            suggest(article, atlas, gazetteer)
            took.append(time.perf_counter() - start)
        count = len(article.text.split())
        print(f"{language}: {count} words in {statistics.median(took):.2f} s")
    start = time.perf_counter()
    open_gazetteer().close()
    print(f"gazetteer opened in {1000 * (time.perf_counter() - start):.1f} ms")


if __name__ == "__main__":
    main()

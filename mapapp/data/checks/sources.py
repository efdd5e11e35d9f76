"""Checks what the data rests on: each source can be followed, nothing certain rests on one side's word.

A source is partisan if its ``leaning`` says that it belongs to, speaks for or is close to a government or
a side of the conflict; the words are those of `_PARTISAN`. Sources with the same leaning count as one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapapp.errors import Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapapp.core.model import Atlas, Fact, Place, Source

_PARTISAN = re.compile(
    r"state media|state-funded|\bpro-|government|opposition|\blinked|close to|party to", re.IGNORECASE
)
_SEVERAL = "mixed"  # how the leaning of an entry begins that stands for publishers of different sides


def is_partisan(source: Source) -> bool:
    """Return whether a source's leaning says that it speaks for one side."""
    return not source.leaning.startswith(_SEVERAL) and bool(_PARTISAN.search(source.leaning))


def address_issues(atlas: Atlas) -> Iterator[tuple[str, Issue]]:
    """Yield an issue for each source without an address and without a reason why not, with its id."""
    for source in atlas.sources:
        if source.url is None and source.no_url is None:
            fix = "add url, or say in no_url why there is no address"
            got = source.locator or source.title
            yield source.id, Issue("the source has no address to follow", short_repr(got), fix, where="url")
        elif source.url is not None and source.no_url is not None:
            fix = "remove no_url, or the url that cannot be followed"
            got = short_repr(source.no_url)
            yield (
                source.id,
                Issue("the source has an address and a reason for having none", got, fix, where="no_url"),
            )


def one_sided_issues(atlas: Atlas) -> Iterator[tuple[Fact | Place, Issue]]:
    """Yield an issue for each fact and place of high confidence that rests on one partisan voice."""
    places = (place for layer in atlas.layers for place in layer.places)
    items: list[Fact | Place] = [*atlas.facts, *places]
    for item in items:
        sources = [atlas.source[name] for name in item.sources if name in atlas.source]
        voices = {source.leaning for source in sources}
        if item.confidence == "high" and len(voices) == 1 and all(map(is_partisan, sources)):
            fix = "add a source of another leaning, or lower the confidence"
            got = f"{', '.join(item.sources)}: {voices.pop()}"
            yield item, Issue("high confidence rests on one partisan source", got, fix, where="confidence")

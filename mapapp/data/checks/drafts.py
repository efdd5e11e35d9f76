"""Checks what may be published: drafts, and what nobody has reviewed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mapapp.errors import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mapapp.core.model import Atlas, Event, Fact, Place
_NAMED = 3  # of the entries of a file that nobody has reviewed


def unreviewed_issues(atlas: Atlas, file_of: Mapping[str, str]) -> Iterator[Issue]:
    """Check that nothing is a draft, and that somebody has reviewed each statement, place and fact.

    What nobody has reviewed is one issue for each file. Places of the base map need no review; those that are
    computed are as good as what they are computed from.
    """
    layers = atlas.profile.layers
    items: list[Event | Place | Fact] = [*atlas.events, *atlas.facts]
    for layer in atlas.layers:
        if layers[layer.id].group != "base" and layers[layer.id].changes is None:
            items += layer.places
    unreviewed: dict[str, list[str]] = defaultdict(list)
    for item in items:
        file = file_of[item.id]
        if item.draft:
            fix = "finish it and remove draft: true, or remove it"
            yield Issue("is a draft", "", fix, where=item.id, file=file)
        if item.reviewed is None:
            unreviewed[file].append(item.id)
    for file, ids in unreviewed.items():
        what = f"nobody has reviewed {len(ids)} of its entries" if len(ids) > 1 else "nobody has reviewed it"
        where, got = ("", ", ".join(ids[:_NAMED])) if len(ids) > 1 else (ids[0], "")
        more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
        fix = "compare each with its sources, then add reviewed: {by: name, on: day}"
        yield Issue(what, f"{got}{more}", fix, where=where, file=file)

"""What changed hands between two days, in words and round numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapapp.text.dates import day_words
from mapapp.text.direction import isolated
from mapapp.text.labels import kind_words
from mapapp.text.locales import local
from mapapp.text.messages import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mapapp.core.compare import Comparison, Estimate, Holder
    from mapapp.core.model import Atlas
    from mapapp.core.profile import Profile


# by whether the profile says who holds such areas, and whether the size is known exactly
_GAINED = {
    (True, False): "compare-gained",
    (True, True): "compare-gained-exactly",
    (False, False): "compare-gained-kind",
    (False, True): "compare-gained-kind-exactly",
}
_LOST = {
    (True, False): "compare-lost",
    (True, True): "compare-lost-exactly",
    (False, False): "compare-lost-kind",
    (False, True): "compare-lost-kind-exactly",
}


_HEADS = ("compare-held-on", "compare-gained-head", "compare-lost-head", "compare-net-head")
_CONTESTED_HEADS = ("compare-was-on", "compare-new-head", "compare-ended-head", "compare-net-head")


def comparison_words(atlas: Atlas, comparison: Comparison) -> list[str]:
    """Return the sentences on a comparison: what each holder gained and lost, the largest change first."""
    days = {"first": day_words(comparison.first), "last": day_words(comparison.last)}
    if comparison.same:
        return [words("compare-same", **days)]
    said = [
        (km2.best, _sentence(atlas.profile, holder, keys, km2, days))
        for holder in comparison.holders
        for keys, change in ((_GAINED, holder.gained), (_LOST, holder.lost))
        if (km2 := change.km2.rounded).best
    ]
    return [text for _, text in sorted(said, key=lambda one: -one[0])] or [words("compare-no-change", **days)]


def _sentence(
    profile: Profile,
    holder: Holder,
    keys: Mapping[tuple[bool, bool], str],
    km2: Estimate,
    days: Mapping[str, str],
) -> str:
    name = profile.place_kinds[holder.kind].holder if holder.kind in profile.place_kinds else None
    key = keys[name is not None, km2.is_exact]
    named = (
        {"holder": isolated(local(name))} if name else {"kind": isolated(kind_words(profile, holder.kind))}
    )
    return words(key, least=km2.least, best=km2.best, most=km2.most, **named, **days)


def holder_rows(holder: Holder, first: str, last: str) -> Iterator[tuple[str, str]]:
    """Yield what a holder held on two days, gained and lost, each as a label and an area in words.

    Parameters
    ----------
    first, last
        The two days in words.
    """
    on, *heads = _CONTESTED_HEADS if holder.contested else _HEADS
    yield words(on, day=first), estimate_words(holder.earlier)
    yield words(on, day=last), estimate_words(holder.later)
    changed = zip(heads, (holder.gained.km2, holder.lost.km2, holder.net), strict=True)
    yield from ((words(key), estimate_words(km2)) for key, km2 in changed if km2.rounded.best)


def estimate_words(km2: Estimate) -> str:
    """Return an area in round numbers: the best value, and the least and most in brackets if they differ."""
    return rounded_words(km2.rounded)


def rounded_words(numbers: Estimate) -> str:
    """Return an area that is in round numbers, as `estimate_words` does."""
    if numbers.is_exact:
        return words("compare-exactly", n=numbers.best)
    return words("quantity-between", best=numbers.best, least=numbers.least, most=numbers.most)

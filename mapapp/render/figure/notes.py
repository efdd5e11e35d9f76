"""What stands beside the map in words: title, numbered notes, background, sources. Not yet set."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mapapp.core.model import Atlas
from mapapp.core.select import View, select
from mapapp.render.cards import byline, quotation
from mapapp.render.payload import LAYERS, home_of
from mapapp.render.text import catalogue, day_words, edtf_words, when_words, words

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from mapapp.core.dates import When, Window
    from mapapp.core.model import Event, Fact, Place, Status
    from mapapp.core.select import Selection
    from mapapp.render.figure.sheet import Look, Run

WHOLE = 10_000  # characters of a quotation that is not shortened
LENGTHS = (WHOLE, 220, 150, 110, 80, 60, 48)  # how far quotations may be shortened to make room
_ROW = 3  # numbers in a row, from which on only the first and last are said
# whose sources come first, after the article's
_FIRST = ("zones", "contact-lines", "control", "posts", "dmz", "land", "countries", "governorates", "towns")
_RANK = {layer: number for number, layer in enumerate(_FIRST)}
_OFTEN = 3  # statements of one time, from which on it is said once for all


@dataclass(frozen=True)
class Notes:
    """A view in words. Numbers are the statements' places in the article's order, from 1."""

    atlas: Atlas
    view: View

    @cached_property
    def shown(self) -> Selection:
        """What the view shows."""
        return select(self.atlas, self.view)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each statement that shows."""
        return {event.id: number for number, (event, _) in enumerate(self.shown.events, 1)}

    @cached_property
    def marks(self) -> dict[str, list[int]]:
        """The numbers of the statements that speak of each place."""
        found: dict[str, list[int]] = {}
        for event, _ in self.shown.events:
            for link in event.places:
                found.setdefault(link.id, []).append(self.numbers[event.id])
        return found

    def name(self, place: Place) -> str:
        """Return what a place was called on the window's last day, in the reader's language."""
        last = self.view.window.last
        for dated in place.names_when:
            first = dated.when.earliest
            if (first is None or first <= last) and (dated.when.latest is None or last <= dated.when.latest):
                return str(getattr(dated.names, self.view.lang))
        return str(getattr(place.names, self.view.lang))

    @property
    def title(self) -> str:
        """Say what is shown."""
        home = home_of(self.atlas)
        when = window_words(self.view.window)
        if home is None or self.view.camera is not None:
            return words("figure-title-anywhere", when=when)
        return words("figure-title", place=self.name(self.atlas.place[home]), when=when)

    @property
    def lead(self) -> list[str]:
        """Say whose words, how many of them, as known when, and what was left out."""
        atlas, view = self.atlas, self.view
        article = atlas.source[atlas.article.source]
        count = len(self.shown.events)
        lines = [
            words(
                "figure-lead-one" if count == 1 else "figure-lead-other",
                n=count,
                all=len(atlas.events),
                title=article.title,
                byline=byline(atlas),
            ),
            words("figure-known-all")
            if view.known is None
            else words("as-known", date=day_words(view.known)),
        ]
        if view.certainty == "certain":
            lines.append(words("figure-certain"))
        if view.said_by is not None:
            lines.append(words("figure-only-who", who=", ".join(map(self._who, sorted(view.said_by)))))
        if view.kinds is not None:
            lines.append(
                words(
                    "figure-only-kinds", kinds=", ".join(words(f"kind-{kind}") for kind in sorted(view.kinds))
                )
            )
        hidden = [layer for layer in LAYERS if view.layers is not None and layer not in view.layers]
        if hidden:
            lines.append(
                words("figure-hidden", layers=", ".join(words(f"layer-{layer}") for layer in hidden))
            )
        if not view.background:
            lines.append(words("figure-hidden", layers=words("layer-facts")))
        if view.selected is not None:
            lines.append(words("figure-selected", what=self._selected(view.selected)))
        if view.base != "none":
            lines.append(words("figure-no-base"))
        return lines

    @property
    def state(self) -> str:
        """The day whose state the map draws; empty where the window is that one day."""
        window, known = self.view.window, self.view.known
        last = min(window.last, known or window.last)
        return "" if window.first == window.last else day_words(last)

    def _selected(self, item: str) -> str:
        if item in self.atlas.event:
            return self.atlas.event[item].title
        return self.name(self.atlas.place[item]) if item in self.atlas.place else self.atlas.fact[item].text

    def _who(self, actor: str) -> str:
        if actor == "article":
            return words("the-article")
        return str(getattr(self.atlas.actor[actor].names, self.view.lang))

    def said(self, event: Event) -> str:
        """Say who says it, and through whom the article has it."""
        said = words(f"modality-{event.modality}", who=self._who(event.said_by))
        return said if event.via is None else words("modality-via", said=said, via=self._who(event.via))

    @property
    def empty(self) -> str:
        """Say why no statement shows."""
        view = self.view
        if view.known is not None and self.atlas.article.date > view.known:
            return words("empty-unknown")
        everything = select(self.atlas, replace(view, said_by=None, kinds=None))
        return words("empty-filters" if everything.events else "empty-window")

    @cached_property
    def usual(self) -> When | None:
        """The time most statements share, so that it need not be said with each; ``None`` where few do."""
        times = Counter(event.when.edtf for event, _ in self.shown.events).most_common(1)
        if not times or times[0][1] < _OFTEN:
            return None
        return next(event.when for event, _ in self.shown.events if event.when.edtf == times[0][0])

    def footnote(self, event: Event, room: int, look: Look) -> list[Run]:
        """Return one numbered note: what, who says it, when, the article's words.

        Unless `usual` has it: then the time is not said again, nor that the article itself reports.

        ``room`` is how many characters of the article's words there is room for.
        """
        when = (
            ""
            if self.usual and event.when.edtf == self.usual.edtf
            else f"{_capital(when_words(event.when))}."
        )
        own = event.modality == "reported" and event.said_by == "article" and not event.via
        who = "" if self.usual and own else f"{self.said(event)}."
        runs = [(f"{event.title}.", look), (f"{who} {when}", replace(look, color="soft"))]
        return [*runs, (shortened(quotation(event), room), replace(look, color="article"))] if room else runs

    def off(self, marked: Container[str], there: Container[str]) -> list[str]:
        """Say which places bear no mark, with their numbers: those beyond the map, those ``there`` on it."""
        lines: dict[bool, dict[str, list[str]]] = {False: {}, True: {}}  # places by their numbers
        for place, numbers in self.marks.items():
            if place not in marked:
                alike = lines[place in there].setdefault(ranges(numbers), [])
                alike.append(self.name(self.atlas.place[place]))
        away, cramped = (
            "; ".join(f"{', '.join(names)} {numbers}" for numbers, names in lines[inside].items())
            for inside in (False, True)
        )
        return [
            *([words("figure-off", places=away)] if away else []),
            *([words("figure-cramped", places=cramped)] if cramped else []),
        ]

    def background(self, fact: Fact, look: Look) -> list[Run]:
        """Return one background fact with its sources in short."""
        sources = "; ".join(dict.fromkeys(self._short(source) for source in fact.sources))
        return [
            (f"{_capital(when_words(fact.when))}.", replace(look, color="soft")),
            (fact.text, look),
            (f"({sources})", replace(look, color="soft")),
        ]

    def _short(self, item: str) -> str:
        source = self.atlas.source[item]
        when = edtf_words(source.date)
        return f"{source.publisher}, {when}" if when else source.publisher

    def sources(self, places: Iterable[tuple[Place, Status | None]], facts: Iterable[Fact]) -> list[str]:
        """Return the sources' ids of what shows: the article, then of the map, then of the background."""
        ids = [self.atlas.article.source]
        for place, status in sorted(places, key=lambda shown: _RANK.get(shown[0].layer, len(_RANK))):
            ids += [*(status.sources if status else ()), *place.sources]
        for fact in facts:
            ids += fact.sources
        return list(dict.fromkeys(ids))

    def cited(self, ids: Sequence[str], look: Look, *, licences: bool = True) -> list[Run]:
        """Return sources in short, in the order given: the article with its address, of others who and when.

        The licence stands with those that have another than most, unless there is no room for ``licences``.
        """
        usual = Counter(source.licence for source in self.atlas.sources).most_common(1)[0][0]

        def short(item: str, at: str | None = None) -> str:
            licence = self.atlas.source[item].licence
            said = self._short(item) + (f", {at}" if at else "")
            return f"{said} ({licence})" if licences and licence != usual else said

        quiet = replace(look, color="soft")
        rest = [item for item in ids if item != self.atlas.article.source]
        parts = dict.fromkeys(short(item) for item in rest)
        runs: list[Run] = []
        if len(rest) < len(ids):
            own = self.atlas.source[self.atlas.article.source]
            runs.append((short(own.id, own.url or own.locator) + (";" if parts else "."), look))
        if parts:
            runs.append(("; ".join(parts) + ".", quiet))
        if licences and any(self.atlas.source[item].licence == usual for item in ids):
            runs.append((words("figure-licence", licence=usual), quiet))
        return runs

    @property
    def alt(self) -> str:
        """Say in one paragraph what the figure shows, for those who do not see it."""
        parts = [words("figure-alt", title=self.title), *self.lead]
        parts += [f"{number}: {self.atlas.event[event].title}." for event, number in self.numbers.items()]
        if not self.shown.events:
            parts.append(self.empty)
        return " ".join(parts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def window_words(window: Window) -> str:
    """Word a window: one day, or from day to day."""
    first, last = day_words(window.first), day_words(window.last)
    return first if first == last else words("date-range", first=first, last=last)


def key_words(place: Place, status: Status | None) -> str:
    """Word a class of places for the key."""
    key = f"legend-{place.layer}-{place.kind}" + (f"-{status.status}" if status else "")
    if key in catalogue():
        return catalogue()[key]
    kind = catalogue().get(f"place-kind-{place.kind}", place.kind)
    return f"{kind}, {words(f'status-{status.status}')}" if status else kind


def shortened(quoted: str, room: int) -> str:
    """Shorten a quotation at a word to about ``room`` characters; what is left out shows as an ellipsis."""
    if len(quoted) <= room:
        return quoted
    return quoted[: quoted.rfind(" ", 0, room)].rstrip(" ,;.…") + "\u00a0…”"


def ranges(numbers: Sequence[int]) -> str:
    """Word numbers in short: from a first to a last where three or more follow each other."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(
        f"{part[0]}\N{EN DASH}{part[-1]}" if len(part) >= _ROW else ", ".join(map(str, part))
        for part in parts
    )

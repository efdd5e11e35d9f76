"""The texts of the figure: title, numbered notes, background, precision and sources, before layout."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mapapp.core.layers import GROUPS, LAYERS
from mapapp.core.model import LANGUAGES, STATEMENT_KINDS, Atlas
from mapapp.core.select import select
from mapapp.core.view import View
from mapapp.figure.fonts import drawable, runs_right_to_left
from mapapp.text.dates import day_words, end_words, when_words
from mapapp.text.messages import LANG, catalogue, words, words_or
from mapapp.text.quotation import quotation
from mapapp.text.titles import names_on, places_shown_first, view_title

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence
    from datetime import date

    from mapapp.core.edtf import When
    from mapapp.core.model import Event, Fact, Names, Place, Status
    from mapapp.core.select import Selection

_ROW = 3  # consecutive numbers from which a range is written
# layers in the order in which their sources are listed, after the article
_FIRST = ("zones", "contact-lines", "control", "posts", "dmz", "land", "countries", "governorates", "towns")
_RANK = {layer: number for number, layer in enumerate(_FIRST)}
_HELD = ("figure-headline-held", "figure-headline-held-anywhere")  # titles where control is drawn
_DUE = ("demand", "threat", "plan")  # kinds of statement whose time ends on the day they fall due


@dataclass(frozen=True)
class Part:
    """A stretch of text in a colour of the palette; ``link`` is the address it leads to."""

    text: str
    color: str = "ink"
    link: str | None = None


@dataclass(frozen=True)
class Item:
    """An item of a list: its number, or what it begins with, its text, and words quoted from the article."""

    number: str
    parts: tuple[Part, ...]
    quote: str = ""


@dataclass(frozen=True)
class Notes:
    """The texts of a view. Statements are numbered in the order of the article, from 1.

    ``beyond`` is whether the whole selection lies outside the map's frame; ``held`` is whether who held what
    may be in it.
    """

    atlas: Atlas
    view: View
    beyond: bool = False
    held: bool = True

    @cached_property
    def selection(self) -> Selection:
        """Statements, places and facts that the view shows."""
        return select(self.atlas, self.view)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each visible statement."""
        return {event.id: number for number, (event, _) in enumerate(self.selection.events, 1)}

    @cached_property
    def marks(self) -> dict[str, list[int]]:
        """The numbers of the statements about each place."""
        found: dict[str, list[int]] = {}
        for event, _ in self.selection.events:
            for link in event.places:
                found.setdefault(link.id, []).append(self.numbers[event.id])
        return found

    @cached_property
    def highlighted(self) -> frozenset[str]:
        """The ids of the selected place, or of the places of the selected statement or fact."""
        chosen = self.view.selected
        if chosen in self.atlas.event:
            return frozenset(link.id for link in self.atlas.event[chosen].places)
        if chosen in self.atlas.fact:
            return frozenset(self.atlas.fact[chosen].places)
        return frozenset([chosen] if chosen else [])

    @property
    def main(self) -> list[str]:
        """The ids of the selected places to which the map on the screen zooms."""
        return places_shown_first(self.atlas, self.view)

    def label(self, place: Place) -> str:
        """Return a place's name on the map in the reader's language, or in one that the fonts can display."""
        return self._named(place, self.view.names)

    def label_lang(self, place: Place) -> str:
        """Return the language of a label; empty if it is that of the figure."""
        own = self.view.names
        return own if own != LANG and self.label(place) == getattr(self._names(place), own) else ""

    def name(self, place: Place) -> str:
        """Return the name of a place for a sentence, which is in English."""
        return self._named(place, LANG)

    def _named(self, place: Place, lang: str) -> str:
        names = self._names(place)
        found = (str(getattr(names, other)) for other in dict.fromkeys((lang, LANG, *LANGUAGES)))
        return next((name for name in found if name and drawable(name)), place.id)

    def _names(self, place: Place) -> Names:
        """Return the names of a place on the last day of the time window."""
        return names_on(place, self.view.window.last)

    @property
    def replaced(self) -> list[str]:
        """The names used for visible places whose own name no font can display."""
        return [
            self.label(place)
            for place, *_ in self.selection.places
            if not drawable(str(getattr(self._names(place), self.view.names)))
        ]

    @property
    def unquoted(self) -> list[int]:
        """The numbers of the statements whose quotation no font can display."""
        return [
            self.numbers[event.id]
            for event, _ in self.selection.events
            if not drawable(quotation(self.atlas.article, event).text)
        ]

    @property
    def broken(self) -> bool:
        """Whether any other text has characters that no font can display."""
        texts = [text for event, _ in self.selection.events for text in (event.title, event.note)]
        texts += [text for fact, _ in self.selection.facts for text in (fact.text, fact.note)]
        texts += [text for source in self.atlas.sources for text in (source.title, source.publisher)]
        return not all(map(drawable, texts))

    @property
    def headline(self) -> str:
        """The title that states what is to be seen."""
        if self.held and any(place.layer == "control" for place, *_ in self.selection.places):
            return view_title(self.atlas, self.view, self.name, _HELD)
        return self.title

    @property
    def title(self) -> str:
        """The title of the figure; without the story's area if the map is framed elsewhere."""
        return view_title(self.atlas, self.view, self.name)

    @property
    def lead(self) -> list[str]:
        """The lines under the title: article, counts, “as known” date, filters."""
        atlas, view = self.atlas, self.view
        article = atlas.source[atlas.article.source]
        count = len(self.selection.events)
        everyone = replace(view, said_by=None, kinds=None)
        in_time = len(select(atlas, everyone).events)
        filtered = in_time - count
        lines = [
            words(
                "figure-lead-filtered" if filtered else "figure-lead",
                n=count,
                window=in_time,
                hidden=filtered,
                all=len(atlas.events),
                title=article.title,
                byline=words(
                    "article-byline",
                    publisher=article.publisher,
                    date=day_words(atlas.article.date),
                ),
            ),
            words("figure-known-all", date=day_words(self._last_day))
            if view.as_of is None
            else words("as-known", date=day_words(view.as_of)),
        ]
        if view.certain:
            lines.append(words("figure-certain"))
        if view.said_by is not None:
            lines.append(words("figure-only-who", who=", ".join(map(self._who, sorted(view.said_by)))))
        if view.kinds is not None:
            own = [words(f"kind-{kind}") for kind in sorted(view.kinds & STATEMENT_KINDS)]
            if own:
                lines.append(words("figure-only-kinds", kinds=", ".join(own)))
            if not view.kinds <= STATEMENT_KINDS:
                lines.append(words("figure-no-incidents"))
        hidden = [layer for layer in LAYERS if layer in view.hidden]
        if hidden:
            lines.append(
                words("figure-hidden", layers=", ".join(words(f"layer-{layer}") for layer in hidden))
            )
        if not view.background:
            lines.append(words("figure-hidden", layers=words("layer-facts")))
        if view.selected is not None and not self.highlighted.isdisjoint(
            place.id for place, *_ in self.selection.places
        ):
            key = "figure-selected-beyond" if self.beyond else "figure-selected"
            lines.append(words(key, what=self._selected(view.selected)))
        if view.base_map != "none":
            lines.append(words("figure-no-base"))
        return lines

    @property
    def _last_day(self) -> date:
        """The latest day on which anything in the data began."""
        atlas = self.atlas
        whens = [fact.when for fact in atlas.facts]
        for place in atlas.place.values():
            whens += [place.valid, *(status.when for status in place.statuses)]
        days = [when.earliest for when in whens if when.earliest]
        return max([atlas.article.date, *days])

    @property
    def day(self) -> date:
        """The day whose state the map draws."""
        last = max(self._last_day, self.view.window.first)  # beyond the data nothing is known
        return min(self.view.window.last, self.view.as_of or self.view.window.last, last)

    @cached_property
    def background_days(self) -> dict[str, int]:
        """Places in background facts up to that day, each with the ordinal of the latest such day."""
        days: dict[str, int] = {}
        for fact in self.atlas.facts if self.view.background else ():
            since = fact.when.earliest
            if since and since <= self.day:
                days |= {place: max(days.get(place, 0), since.toordinal()) for place in fact.places}
        return days

    def _selected(self, item: str) -> str:
        if item in self.atlas.event:
            return self.atlas.event[item].title
        if item in self.atlas.place:
            return isolated(self.name(self.atlas.place[item]))
        return self.atlas.fact[item].text

    def _who(self, actor: str) -> str:
        if actor == "article":
            return words("the-article")
        return isolated(str(getattr(self.atlas.actor[actor].names, LANG)))

    def said(self, event: Event) -> str:
        """Return who makes a statement, and the outlet through which the article quotes it."""
        said = words(f"modality-{event.modality}", who=self._who(event.said_by))
        return said if event.via is None else words("modality-via", said=said, via=self._who(event.via))

    @property
    def empty(self) -> str:
        """The reason why no statement is visible."""
        view = self.view
        if view.as_of is not None and self.atlas.article.date > view.as_of:
            return words("empty-unknown")
        everything = select(self.atlas, replace(view, said_by=None, kinds=None))
        return words("empty-filters" if everything.events else "empty-window")

    def short(self, event: Event) -> Item:
        """Return the short note on a statement: its title, whose statement it is, and its words."""
        parts = [Part(f"{event.title}."), Part(f"{self.said(event)}.", "soft")]
        if event.id in self._possible:
            parts.append(Part(words("figure-possible"), "soft"))
        return Item(str(self.numbers[event.id]), tuple(parts), self._quotation(event))

    @cached_property
    def _possible(self) -> frozenset[str]:
        """The ids of the statements that may fall outside the window."""
        return frozenset(event.id for event, certainty in self.selection.events if certainty == "possible")

    def _quotation(self, event: Event) -> str:
        """Return the words of the article for a statement; empty if the fonts lack letters of it."""
        said = quotation(self.atlas.article, event).text
        return said if drawable(said) else ""

    def statement(self, event: Event) -> Item:
        """Return the whole note on a statement: title, speaker, time, quotation and our interpretation."""
        parts = [Part(f"{event.title}."), Part(f"{self.said(event)}. {self.time(event)}.", "soft")]
        if event.note:
            parts.append(Part(f"{words('reading-label')}: {event.note}", "soft"))
        return Item(str(self.numbers[event.id]), tuple(parts), self._quotation(event))

    def time(self, event: Event) -> str:
        """Return the time a statement is about and, if it differs, when it was said."""
        said = _said(event)
        when = _capital(when_words(event.when))
        if said.edtf == event.when.edtf or (
            said.earliest == event.when.earliest and event.when.latest is None
        ):
            return when
        spoken = when_words(said)
        if len(said.ends) == 1:
            spoken = words("figure-on", date=spoken)
        due = event.when.ends[-1]
        if event.when.throughout and due and event.kind in _DUE:
            return words("figure-said-due", said=spoken, due=end_words(due))
        return words("figure-said-of", said=spoken, when=when)

    @property
    def font_remarks(self) -> list[str]:
        """Remarks on text that the fonts cannot display."""
        lines = []
        if replaced := self.replaced:
            lines.append(words("figure-no-font-names", names=", ".join(map(isolated, replaced))))
        if unquoted := self.unquoted:
            lines.append(words("figure-no-font-quotes", numbers=ranges(unquoted)))
        if self.broken:
            lines.append(words("figure-no-font", sign="\ufffd"))
        return lines

    def off(self, marked: Container[str], there: Container[str]) -> list[str]:
        """Return remarks on places without a mark: those off the map, and those ``there`` without space."""
        lines: dict[bool, dict[str, list[str]]] = {False: {}, True: {}}  # places by their numbers
        for place, numbers in self.marks.items():
            if place not in marked:
                alike = lines[place in there].setdefault(ranges(numbers), [])
                alike.append(isolated(self.name(self.atlas.place[place])))
        away, cramped = (
            "; ".join(f"{', '.join(names)} {numbers}" for numbers, names in lines[inside].items())
            for inside in (False, True)
        )
        return [
            *([words("figure-off", places=away)] if away else []),
            *([words("figure-cramped", places=cramped)] if cramped else []),
        ]

    def background(self, fact: Fact) -> Item:
        """Return the whole note on a background fact, with the numbers of its sources."""
        parts = [
            Part(f"{_capital(when_words(fact.when))}.", "soft"),
            Part(fact.text),
            self._cited(fact.sources),
        ]
        if fact.note:
            parts.append(Part(f"{words('reading-label')}: {fact.note}", "soft"))
        return Item("\u2013", tuple(parts))

    def _cited(self, sources: Iterable[str]) -> Part:
        """Return the numbers of sources in square brackets."""
        numbers = sorted({self.source_numbers[item] for item in sources})
        return Part(f"[{ranges(numbers)}]", "soft")

    @cached_property
    def source_numbers(self) -> dict[str, int]:
        """The number of each source used: of the article, then of the map, then of the background."""
        places = [(place, status) for place, _, status in self.selection.places]
        ids = [self.atlas.article.source]
        for place, status in sorted(places, key=lambda shown: _RANK.get(shown[0].layer, len(_RANK))):
            ids += [*(status.sources if status else ()), *place.sources]
        for fact, _ in self.selection.facts:
            ids += fact.sources
        return {item: number for number, item in enumerate(dict.fromkeys(ids), 1)}

    def source(self, item: str) -> Item:
        """Return one source in full: title, publisher, date, address, leaning, licence."""
        source = self.atlas.source[item]
        when = when_words(source.date)
        key = "source-line" if when else "source-line-undated"
        said = words(key, title=source.title, publisher=source.publisher, date=when)
        parts = [Part(f"{said}.")]
        if source.url:
            parts.append(Part(source.url, "record", source.url))
        elif at := source.locator or source.no_url:
            parts.append(Part(f"{at.rstrip('.')}.", "soft"))
        more = [part.rstrip(".") for part in (source.leaning, source.note, source.licence) if part]
        parts.append(Part(f"{'; '.join(more)}.", "soft"))
        return Item(str(self.source_numbers[item]), tuple(parts))

    def precision(self, drawn: Iterable[tuple[Place, Status | None]]) -> list[Item]:
        """Return how sure each mark is: one item for marks with the same basis, precision and sources."""
        alike: dict[tuple[str, str, float, str, tuple[str, ...]], list[Place]] = {}
        for place, status in drawn:
            if GROUPS.get(place.layer) == "base":
                continue
            sources = (*(status.sources if status else ()), *place.sources)
            key = place.layer, place.basis, place.tolerance_km, place.confidence, tuple(sorted({*sources}))
            alike.setdefault(key, []).append(place)
        items = []
        for (_, basis, km, confidence, sources), places in alike.items():
            names = ", ".join(isolated(self.name(place)) for place in places)
            point = basis == "traced" and all(place.geometry.geom_type == "Point" for place in places)
            text = words(
                "figure-precision",
                layer=words(f"layer-{places[0].layer}"),
                names=names,
                basis=words("basis-point" if point else f"basis-{basis}"),
                precision=words("precision", km=f"{km:g}", confidence=words(f"confidence-{confidence}")),
            )
            items.append(Item("\u2013", (Part(text), self._cited(sources))))
        return items


def isolated(name: str) -> str:
    """Return a name so that it keeps its own direction: in Unicode isolates if it runs from right to left."""
    return f"\u2068{name}\u2069" if runs_right_to_left(name) else name


def _said(event: Event) -> When:
    """Return when a statement was made; the time it is about if that is all there is."""
    return event.said or event.when


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def key_words(place: Place, status: Status | None) -> str:
    """Return the name of a class of places in the key of the map.

    Contact lines have the name of their kind: the key gives the day itself.
    """
    key = f"legend-{place.layer}-{place.kind}" + (f"-{status.status}" if status else "")
    if key in catalogue() and place.layer != "contact-lines":
        return words(key)
    kind = words_or(f"place-kind-{place.kind}", place.kind)
    return f"{kind}, {words(f'status-{status.status}')}" if status else kind


def ranges(numbers: Sequence[int]) -> str:
    """Return numbers as text, with ranges for three or more consecutive ones."""
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

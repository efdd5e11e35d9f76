"""The texts of the figure: numbered notes, background, precision and sources, before layout."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mapapp.core.language import direction_of, language_of
from mapapp.core.snapshots import compared_areas
from mapapp.figure.fonts import drawable
from mapapp.figure.lead import Lead
from mapapp.figure.note_items import Item, Part, Quote, ranges
from mapapp.text.authored import (
    authored_language,
    event_note,
    event_title,
    note_language,
    publisher_words,
    title_language,
    untranslated_words,
)
from mapapp.text.comparison import holder_rows
from mapapp.text.dates import day_words, end_words, when_words
from mapapp.text.direction import isolated
from mapapp.text.labels import (
    article_title,
    basis_words,
    class_words,
    kind_words,
    layer_words,
)
from mapapp.text.messages import in_a_row, words
from mapapp.text.quantities import quantity_words
from mapapp.text.quotation import quotation, quoted

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from mapapp.core.edtf import When
    from mapapp.core.model import Article, Event, Fact, Place, Quantity, Status

_BASE = "base"  # group of layers that are the ground


@dataclass(frozen=True)
class Notes(Lead):
    """The texts of a view."""

    @property
    def replaced(self) -> list[str]:
        """The names used for visible places whose own name no font can display."""
        return [
            self.label(place)
            for place, *_ in self.selection.places
            if not drawable(self._names(place).text(self._wanted))
        ]

    @property
    def unquoted(self) -> list[str]:
        """The numbers of the statements whose quotation no font can display."""
        return [
            self.numbers[event.id]
            for event, _ in self.selection.events
            if not drawable(quotation(self._article(event), event).text)
        ]

    @property
    def broken(self) -> bool:
        """Whether any other text has characters that no font can display."""
        texts = [
            text for event, _ in self.selection.events for text in (event_title(event), event_note(event))
        ]
        texts += [text for fact, _ in self.selection.facts for text in (fact.text, fact.note)]
        texts += [text for source in self.atlas.sources for text in (source.title, publisher_words(source))]
        texts += [article_title(self.atlas, article) for article in self.articles]
        texts += [self.said(event) for event, _ in self.selection.events]
        texts += [
            text
            for event, _ in self.selection.events
            for quantity in event.quantities
            for text in (quantity_words(self.atlas, self._article(event), quantity), quantity.note)
        ]
        texts += [
            class_words(self.profile, place, status.status if status else None)
            for place, _, status in self.selection.places
        ]
        texts += [layer_words(self.profile, layer) for layer in self.profile.listed]
        return not all(map(drawable, texts))

    def short(self, event: Event) -> Item:
        """Return the short note on a statement: its title, whose statement it is, and its words."""
        parts = [*self._begin(event), Part(self.said(event), "soft")]
        if event.id in self._possible:
            parts.append(Part(words("figure-possible"), "soft"))
        return Item(self.numbers[event.id], tuple(parts), self._quotation(event))

    def _begin(self, event: Event) -> list[Part]:
        """Return what each note on a statement begins with: title, draft, quantities, article."""
        parts = [Part(isolated(f"{event_title(event)}."), lang=title_language(self.atlas, event))]
        if event.draft:
            parts.append(Part(words("figure-draft")))
        for quantity in event.quantities:
            parts += self._quantity(quantity, self._article(event))
        if letter := self.atlas.letters[event.article]:
            publisher = publisher_words(self.atlas.source[self._article(event).source])
            parts.append(
                Part(words("figure-of-article", letter=letter, publisher=isolated(publisher)), "soft")
            )
        return parts

    def _quantity(self, quantity: Quantity, article: Article) -> list[Part]:
        """Return a quantity, the article's words for it, and our remark."""
        value = quantity_words(self.atlas, article, quantity)
        said, note = quoted(article, quantity.words), quantity.note.rstrip(".")
        parts = [Part(value)]
        if drawable(said) and said not in value:
            lang = article.language if direction_of(said) == article.direction else ""
            parts.append(Part(isolated(said), "article", lang=lang))
        if note:
            parts.append(Part(f"({isolated(note)})", "soft"))
        return [*parts[:-1], replace(parts[-1], text=f"{parts[-1].text}.")]

    @cached_property
    def _possible(self) -> frozenset[str]:
        """The ids of the statements that may fall outside the window."""
        return frozenset(event.id for event, certainty in self.selection.events if certainty == "possible")

    def _quotation(self, event: Event) -> Quote | None:
        """Return the words of the article for a statement; ``None`` if the fonts lack letters of it.

        They have the language of the article, unless their letters run the other way.
        """
        article = self._article(event)
        said = quotation(article, event).text
        if not drawable(said):
            return None
        direction = direction_of(said)
        lang = article.language if direction == article.direction else language_of(said)
        return Quote(said, lang, direction == "rtl")

    def statement(self, event: Event) -> Item:
        """Return the whole note on a statement: title, speaker, time, quotation and our interpretation."""
        parts = [*self._begin(event), Part(f"{self.said(event)} {self.time(event)}.", "soft")]
        if event.note:
            parts += _reading(event_note(event), note_language(self.atlas, event))
        return Item(self.numbers[event.id], tuple(parts), self._quotation(event))

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
        if event.when.throughout and due and self.profile.is_future(event.kind):
            return words("figure-said-due", said=spoken, due=end_words(due))
        return words("figure-said-of", said=spoken, when=when)

    @property
    def font_remarks(self) -> list[str]:
        """Remarks on text that the fonts cannot display."""
        lines = []
        if replaced := self.replaced:
            lines.append(words("figure-no-font-names", names=in_a_row(map(isolated, replaced))))
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
            Part(isolated(fact.text), lang=authored_language(self.atlas)),
            *([Part(words("figure-draft"))] if fact.draft else []),
            self._cited(fact.sources),
        ]
        if fact.note:
            parts += _reading(fact.note, authored_language(self.atlas))
        return Item("\u2013", tuple(parts))

    def _cited(self, sources: Iterable[str]) -> Part:
        """Return the numbers of sources in square brackets."""
        return Part(f"[{ranges(str(self.source_numbers[item]) for item in sources)}]", "soft")

    @cached_property
    def source_numbers(self) -> dict[str, int]:
        """The number of each source used: of the articles, then of the map, then of the background."""
        places = [(place, status) for place, _, status in self.selection.places]
        layers = self.profile.layers
        order = sorted(self.profile.listed, key=lambda layer: layers[layer].group == _BASE)
        ids = [article.source for article in self.articles]
        for place, status in sorted(places, key=lambda shown: order.index(shown[0].layer)):
            ids += [*(status.sources if status else ()), *place.sources]
        for place in compared_areas(self.atlas, self.view):
            ids += place.sources
        for fact, _ in self.selection.facts:
            ids += fact.sources
        return {item: number for number, item in enumerate(dict.fromkeys(ids), 1)}

    @property
    def untranslated(self) -> str:
        """How many of the author's texts in the notes are in another language; empty if none."""
        events = [event for event, _ in self.selection.events]
        facts = [fact for fact, _ in self.selection.facts]
        sources = [self.atlas.source[item] for item in self.source_numbers]
        return untranslated_words(self.atlas, events, facts, [], sources)

    def compared_items(self) -> list[Item]:
        """Return what each holder held, gained and lost, and how the least and the most are found."""
        found = self.comparison
        if found is None:
            return []
        days = day_words(found.first), day_words(found.last)
        items = [
            Item(
                "\u2013",
                (
                    Part(f"{isolated(kind_words(self.profile, holder.kind))}."),
                    *(
                        Part(words("account-size", label=label, size=size), "soft")
                        for label, size in holder_rows(holder, *days)
                    ),
                ),
            )
            for holder in found.kinds
        ]
        return [*items, Item("\u2013", (Part(words("compare-method"), "soft"),))]

    def source(self, item: str) -> Item:
        """Return one source in full: title, publisher, date, address, leaning, licence."""
        source = self.atlas.source[item]
        when = when_words(source.date)
        key = "source-line" if when else "source-line-undated"
        named = {"title": isolated(source.title), "publisher": isolated(publisher_words(source))}
        said = words(key, date=when, **named)
        parts = [Part(f"{said}.")]
        if source.url:
            parts.append(Part(source.url, "record", source.url))
        elif at := source.locator or source.no_url:
            parts.append(Part(f"{at.rstrip('.')}.", "soft"))
        more = [isolated(part.rstrip(".")) for part in (source.leaning, source.note, source.licence) if part]
        parts.append(Part(f"{'; '.join(more)}.", "soft", lang=authored_language(self.atlas)))
        return Item(str(self.source_numbers[item]), tuple(parts))

    def precision(
        self, drawn: Iterable[tuple[Place, Status | None]], *, by_source: bool = True
    ) -> list[Item]:
        """Return how sure each mark is: one item for marks with the same basis and precision.

        ``by_source`` is whether marks with different sources have items of their own.
        """
        alike: dict[tuple[str, str, float, str, tuple[str, ...]], list[Place]] = {}
        cited: dict[tuple[str, str, float, str, tuple[str, ...]], dict[str, None]] = {}
        for place, status in drawn:
            if self.profile.layers[place.layer].group == _BASE:
                continue
            sources = (*(status.sources if status else ()), *place.sources)
            apart = tuple(sorted({*sources})) if by_source else ()
            key = place.layer, basis_words(place), place.tolerance_km, place.confidence, apart
            alike.setdefault(key, []).append(place)
            cited.setdefault(key, {}).update(dict.fromkeys(sources))
        items = []
        for group, places in alike.items():
            _, basis, km, confidence, _ = group
            names = in_a_row(isolated(self.name(place)) for place in places)
            text = words(
                "figure-precision",
                layer=isolated(layer_words(self.profile, places[0].layer)),
                names=names,
                basis=basis,
                precision=words("precision", km=km, confidence=words(f"confidence-{confidence}")),
            )
            items.append(Item("\u2013", (Part(text), self._cited(cited[group]))))
        return items


def _reading(note: str, lang: str) -> list[Part]:
    """Return our interpretation of a statement or fact, which is in a language (BCP 47)."""
    return [Part(f"{words('reading-label')}:", "soft"), Part(isolated(note), "soft", lang=lang)]


def _said(event: Event) -> When:
    """Return when a statement was made; the time it is about if that is all there is."""
    return event.said or event.when


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

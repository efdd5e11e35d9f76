"""The texts of the figure: title, numbered notes, background, precision and sources, before layout."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

from mapapp.core.language import direction_of, language_of
from mapapp.core.model import ARTICLE, Atlas
from mapapp.core.select import select
from mapapp.core.view import View
from mapapp.figure.fonts import drawable
from mapapp.text.dates import day_words, end_words, when_words
from mapapp.text.direction import isolated
from mapapp.text.labels import (
    article_title,
    articles_shown,
    byline,
    event_kind_words,
    key_words,
    kind_words,
    layer_words,
    who_says,
)
from mapapp.text.messages import LANG, words
from mapapp.text.quantities import quantity_words
from mapapp.text.quotation import quotation, quoted
from mapapp.text.titles import names_on, places_shown_first, title_instead, view_title

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from datetime import date

    from mapapp.core.edtf import When
    from mapapp.core.model import Article, Event, Fact, Place, Quantity, Status
    from mapapp.core.names import Names
    from mapapp.core.profile import Profile
    from mapapp.core.select import Selection

_ROW = 3  # consecutive numbers from which a range is written
_MOST_ARTICLES = 4  # that the lead names
_BASE = "base"  # group of layers that are the ground
_NUMBER = re.compile("([A-Z]*)([0-9]+)")  # of a statement: the letter of its article, and its number there


@dataclass(frozen=True)
class Part:
    """A stretch of text in a colour of the palette.

    ``link`` is the address it leads to; ``lang`` its language as a BCP 47 tag, if it is not the figure's.
    """

    text: str
    color: str = "ink"
    link: str | None = None
    lang: str = ""


@dataclass(frozen=True)
class Quote:
    """Words quoted from an article, with their language (BCP 47) and whether they run from right to left."""

    text: str
    lang: str
    rtl: bool


@dataclass(frozen=True)
class Item:
    """An item of a list: its number, or what it begins with, its text, and words quoted from an article."""

    number: str
    parts: tuple[Part, ...]
    quote: Quote | None = None


@dataclass(frozen=True)
class Notes:
    """The texts of a view. Statements have the numbers they have on the screen and in all exports.

    ``beyond`` is whether the whole selection lies outside the map's frame. ``drawn`` has the ids of the
    places on the map, ``named`` of those with their names on it; ``None`` before it is drawn.
    """

    atlas: Atlas
    view: View
    beyond: bool = False
    drawn: frozenset[str] | None = None
    named: frozenset[str] | None = None

    @cached_property
    def selection(self) -> Selection:
        """Statements, places and facts that the view shows."""
        return select(self.atlas, self.view)

    @property
    def profile(self) -> Profile:
        """The profile of the map."""
        return self.atlas.profile

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """The articles whose statements the view may show."""
        return articles_shown(self.atlas, self.view)

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The number of each visible statement."""
        return {event.id: self.atlas.numbers[event.id] for event, _ in self.selection.events}

    @cached_property
    def marks(self) -> dict[str, list[str]]:
        """The numbers of the statements about each place."""
        found: dict[str, list[str]] = {}
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
        return _in_fonts(self._names(place), self._wanted, place.id)[1]

    def label_lang(self, place: Place) -> str:
        """Return the language that a label is really in; empty if it is that of the figure."""
        used = _in_fonts(self._names(place), self._wanted, place.id)[0]
        return "" if used == LANG else used

    def name(self, place: Place) -> str:
        """Return the name of a place for a sentence, which is in the figure's language."""
        return _in_fonts(self._names(place), LANG, place.id)[1]

    @property
    def _wanted(self) -> str:
        """The language that names on the map are to be in."""
        return self.view.names or self.profile.languages[0]

    def _names(self, place: Place) -> Names:
        """Return the names of a place on the last day of the time window."""
        return names_on(place, self.view.window.last)

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

    def _article(self, event: Event) -> Article:
        return self.atlas.article[event.article]

    @property
    def broken(self) -> bool:
        """Whether any other text has characters that no font can display."""
        texts = [text for event, _ in self.selection.events for text in (event.title, event.note)]
        texts += [text for fact, _ in self.selection.facts for text in (fact.text, fact.note)]
        texts += [text for source in self.atlas.sources for text in (source.title, source.publisher)]
        texts += [article_title(self.atlas, article) for article in self.articles]
        texts += [self.said(event) for event, _ in self.selection.events]
        texts += [
            text
            for event, _ in self.selection.events
            for quantity in event.quantities
            for text in (quantity_words(self.atlas, self._article(event), quantity), quantity.note)
        ]
        texts += [class_words(self.profile, place, status) for place, _, status in self.selection.places]
        texts += [layer_words(self.profile, layer) for layer in self.profile.listed]
        return not all(map(drawable, texts))

    @property
    def headline(self) -> str:
        """The title that states what is to be seen."""
        there = {place.layer for place in self._in_sight}
        layers = (layer for layer in self.profile.layers.values() if layer.id in there)
        more = next((layer.headline.text(LANG) for layer in layers if layer.headline), "")
        return view_title(self.atlas, self.view, self.name, more, self._titled)

    @property
    def _titled(self) -> str:
        """The map's own title if it has no area, in a language that the fonts can display; else empty."""
        own = title_instead(self.atlas)
        if own and not drawable(own):
            return _in_fonts(self.profile.title, LANG, "")[1] if self.profile.title else ""
        return own

    @property
    def titled_in_fonts(self) -> bool:
        """Whether the fonts can display the title of the map, if it is that of the figure."""
        return drawable(title_instead(self.atlas))

    @property
    def _in_sight(self) -> list[Place]:
        """The places on the map; before it is drawn, those that may be on it."""
        places = (place for place, *_ in self.selection.places)
        return [place for place in places if self.drawn is None or place.id in self.drawn]

    @property
    def lead(self) -> list[str]:
        """The lines under the title: articles, counts, “as known” date, filters, drafts."""
        view = self.view
        lines = [
            self._counts,
            words("figure-known-all", date=day_words(self._last_day))
            if view.as_of is None
            else words("as-known", date=day_words(view.as_of)),
            *self._filters,
        ]
        if view.selected is not None and not self.highlighted.isdisjoint(
            place.id for place, *_ in self.selection.places
        ):
            key = "figure-selected-beyond" if self.beyond else "figure-selected"
            lines.append(words(key, what=self._selected(view.selected)))
        if view.base_map != "none":
            lines.append(words("figure-no-base"))
        if self.drafts:
            lines.append(words("figure-drafts", n=self.drafts))
        return [*lines, *self._fallback]

    @property
    def _filters(self) -> list[str]:
        """What the view leaves out."""
        atlas, view = self.atlas, self.view
        lines = []
        if view.article is not None and len(atlas.articles) > 1:
            lines.append(words("figure-only-article", letter=atlas.letters[view.article]))
        if view.certain:
            lines.append(words("figure-certain"))
        if view.said_by is not None:
            lines.append(words("figure-only-who", who=", ".join(map(self._who, sorted(view.said_by)))))
        if view.kinds is not None:
            known = self.profile.event_kinds.keys()
            own = [isolated(event_kind_words(self.profile, kind)) for kind in sorted(view.kinds & known)]
            if own:
                lines.append(words("figure-only-kinds", kinds=", ".join(own)))
            if not view.kinds <= known:
                lines.append(words("figure-no-incidents"))
        hidden = [layer for layer in ("events", *self.profile.listed) if layer in view.hidden]
        if hidden:
            named = ", ".join(isolated(layer_words(self.profile, layer)) for layer in hidden)
            lines.append(words("figure-hidden", layers=named))
        if not view.background:
            lines.append(words("figure-hidden", layers=words("layer-facts")))
        return lines

    @property
    def _counts(self) -> str:
        """How many statements there are, of which articles."""
        atlas, articles = self.atlas, self.articles
        count = len(self.selection.events)
        in_time = len(select(atlas, replace(self.view, said_by=None, kinds=None)).events)
        filtered = in_time - count
        key = "figure-lead" if len(articles) == 1 else "figure-lead-several"
        shown = {article.id for article in articles}
        counts = words(
            f"{key}-filtered" if filtered else key,
            n=count,
            window=in_time,
            hidden=filtered,
            all=sum(event.article in shown for event in atlas.events),
            articles=len(articles),
        )
        named = [self.article_words(article) for article in articles[:_MOST_ARTICLES]]
        if more := len(articles) - len(named):
            named.append(words("figure-lead-more", n=more))
        return " ".join((counts, *named))

    def article_words(self, article: Article) -> str:
        """Return an article's letter, if there are several, its title and its byline."""
        letter = self.atlas.letters[article.id]
        return words(
            "figure-lead-letter" if letter else "figure-lead-article",
            letter=letter,
            title=isolated(article_title(self.atlas, article)),
            byline=byline(self.atlas, article),
        )

    @cached_property
    def draft_numbers(self) -> frozenset[str]:
        """The numbers of the statements that are drafts."""
        return frozenset(self.numbers[event.id] for event, _ in self.selection.events if event.draft)

    @property
    def drafts(self) -> int:
        """The number of drafts among what is shown."""
        return (
            sum(event.draft for event, _ in self.selection.events)
            + sum(fact.draft for fact, _ in self.selection.facts)
            + sum(place.draft for place in self._in_sight)
        )

    @property
    def _fallback(self) -> list[str]:
        """A remark on the names on the map that are not known in the language asked for."""
        wanted = self.view.names
        shown = [place for place in self._in_sight if self.named is None or place.id in self.named]
        used = [self._names(place).language(wanted) for place in shown]
        others = [tag for tag in used if tag not in (wanted, wanted.partition("-")[0])]
        if not wanted or not others:
            return []
        given = ", ".join(map(language_words, dict.fromkeys(others)))
        asked = language_words(wanted)
        return [words("figure-names-missing", asked=asked, used=given, n=len(others), all=len(shown))]

    @property
    def _last_day(self) -> date:
        """The latest day on which anything in the data began."""
        atlas = self.atlas
        whens = [fact.when for fact in atlas.facts]
        for place in atlas.place.values():
            whens += [place.valid, *(status.when for status in place.statuses)]
        days = [when.earliest for when in whens if when.earliest]
        return max([atlas.day, *days])

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
            return isolated(self.atlas.event[item].title)
        if item in self.atlas.place:
            return isolated(self.name(self.atlas.place[item]))
        return isolated(self.atlas.fact[item].text)

    def _who(self, actor: str) -> str:
        return words("the-article") if actor == ARTICLE else self._speakers[actor]

    @cached_property
    def _speakers(self) -> dict[str, str]:
        """The name of each actor for a sentence."""
        actors = self.atlas.actors
        return {actor.id: isolated(_in_fonts(actor.names, LANG, actor.id)[1]) for actor in actors}

    def said(self, event: Event) -> str:
        """Return who makes a statement, and the outlet through which the article quotes it, as a sentence."""
        return who_says(self.atlas, event, self._speakers, ".")

    @property
    def empty(self) -> str:
        """The reason why no statement is visible."""
        view = self.view
        if view.as_of is not None and all(article.date > view.as_of for article in self.articles):
            return words("empty-unknown")
        everything = select(self.atlas, replace(view, said_by=None, kinds=None))
        return words("empty-filters" if everything.events else "empty-window")

    def short(self, event: Event) -> Item:
        """Return the short note on a statement: its title, whose statement it is, and its words."""
        parts = [*self._begin(event), Part(self.said(event), "soft")]
        if event.id in self._possible:
            parts.append(Part(words("figure-possible"), "soft"))
        return Item(self.numbers[event.id], tuple(parts), self._quotation(event))

    def _begin(self, event: Event) -> list[Part]:
        """Return what each note on a statement begins with: title, draft, quantities, article."""
        parts = [Part(isolated(f"{event.title}."))]
        if event.draft:
            parts.append(Part(words("figure-draft")))
        for quantity in event.quantities:
            parts += self._quantity(quantity, self._article(event))
        if letter := self.atlas.letters[event.article]:
            publisher = self.atlas.source[self._article(event).source].publisher
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
            parts.append(Part(f"{words('reading-label')}: {isolated(event.note)}", "soft"))
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
            Part(isolated(fact.text)),
            *([Part(words("figure-draft"))] if fact.draft else []),
            self._cited(fact.sources),
        ]
        if fact.note:
            parts.append(Part(f"{words('reading-label')}: {isolated(fact.note)}", "soft"))
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
        for fact, _ in self.selection.facts:
            ids += fact.sources
        return {item: number for number, item in enumerate(dict.fromkeys(ids), 1)}

    def source(self, item: str) -> Item:
        """Return one source in full: title, publisher, date, address, leaning, licence."""
        source = self.atlas.source[item]
        when = when_words(source.date)
        key = "source-line" if when else "source-line-undated"
        named = {"title": isolated(source.title), "publisher": isolated(source.publisher)}
        said = words(key, date=when, **named)
        parts = [Part(f"{said}.")]
        if source.url:
            parts.append(Part(source.url, "record", source.url))
        elif at := source.locator or source.no_url:
            parts.append(Part(f"{at.rstrip('.')}.", "soft"))
        more = [isolated(part.rstrip(".")) for part in (source.leaning, source.note, source.licence) if part]
        parts.append(Part(f"{'; '.join(more)}.", "soft"))
        return Item(str(self.source_numbers[item]), tuple(parts))

    def precision(self, drawn: Iterable[tuple[Place, Status | None]]) -> list[Item]:
        """Return how sure each mark is: one item for marks with the same basis, precision and sources."""
        alike: dict[tuple[str, str, float, str, tuple[str, ...]], list[Place]] = {}
        for place, status in drawn:
            if self.profile.layers[place.layer].group == _BASE:
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
                layer=isolated(layer_words(self.profile, places[0].layer)),
                names=names,
                basis=words("basis-point" if point else f"basis-{basis}"),
                precision=words("precision", km=f"{km:g}", confidence=words(f"confidence-{confidence}")),
            )
            items.append(Item("\u2013", (Part(text), self._cited(sources))))
        return items


def _said(event: Event) -> When:
    """Return when a statement was made; the time it is about if that is all there is."""
    return event.said or event.when


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _in_fonts(names: Names, wanted: str, otherwise: str) -> tuple[str, str]:
    """Return a name that the fonts can display and its language: that wanted, or else the next one known.

    If there is none, ``otherwise``, which is in no language.
    """
    tags = dict.fromkeys((names.language(wanted), *names.texts))
    found = ((tag, names.texts[tag]) for tag in tags)
    return next(((tag, text) for tag, text in found if text and drawable(text)), ("", otherwise))


def language_words(tag: str) -> str:
    """Return the name of a language in the figure's; its tag if it has none."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(LANG) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def class_words(profile: Profile, place: Place, status: Status | None) -> str:
    """Return the name of a class of places in the key of the map.

    Lines of one day have the name of their kind: the key gives the day itself.
    """
    layer = profile.layers[place.layer]
    if status is None and layer.snapshot and "line" in layer.shapes:
        return kind_words(profile, place.kind)
    return key_words(profile, place.kind, status.status if status else None)


def number_order(number: str) -> tuple[int, str, int]:
    """Return the place of a statement's number in the order of articles and statements."""
    letters, digits = _NUMBER.fullmatch(number).groups()  # type: ignore[union-attr] # all numbers match
    return len(letters), letters, int(digits)


def ranges(numbers: Iterable[str]) -> str:
    """Return numbers in their order as text, with ranges for three or more consecutive ones of an article."""
    parts: list[list[str]] = []
    last: tuple[int, str, int] | None = None
    for number in sorted({*numbers}, key=number_order):
        order = number_order(number)
        if last and order == (*last[:2], last[2] + 1):
            parts[-1].append(number)
        else:
            parts.append([number])
        last = order
    return ", ".join(
        f"{part[0]}\N{EN DASH}{part[-1]}" if len(part) >= _ROW else ", ".join(part) for part in parts
    )

"""HTML of the side panel: cards of statements, places and background facts, and the marked article."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mapapp.core.relations import facts_of
from mapapp.text.dates import day_words, number_words
from mapapp.text.labels import article_title, credit, who_says
from mapapp.text.messages import LANG, words
from mapapp.text.quantities import quantity_words
from mapapp.text.quotation import quotation, quoted
from mapapp.web.templating import began, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from markupsafe import Markup

    from mapapp.core.model import Article, Atlas, Event, Fact, Place, PlaceLink


def event_card(atlas: Atlas, event: Event) -> Markup:
    """Return the card of one statement: speaker, quotation, quantities, time, places and our reading."""
    article = atlas.article[event.article]
    differing = [fact for fact in facts_of(atlas, event.id) if event.id in fact.differs]
    return render(
        "event_card.html",
        atlas=atlas,
        event=event,
        article=article,
        who=who_says(atlas, event),
        quotation=quotation(article, event).text,
        quantities=[(quantity_words(atlas, article, one), one.words, one.note) for one in event.quantities],
        differing=sorted(differing, key=lambda fact: began(fact.when), reverse=True),  # newest first
        places=[_place_of(atlas, article, link) for link in event.places],
    )


def _place_of(atlas: Atlas, article: Article, link: PlaceLink) -> tuple[Place, str, str]:
    """Return a place of a statement, its role in words, and the words of the article that name it."""
    role = words(f"role-{link.role}")
    if not link.words:
        role = f"{role}, {words('not-named')}"
    why = quoted(article, link.words) if link.words else ""
    return atlas.place[link.id], role, f"{why} {link.note}".strip()


def fact_card(atlas: Atlas, fact: Fact) -> Markup:
    """Return the card of one background fact, with its sources."""
    return render("fact_card.html", atlas=atlas, fact=fact)


def place_card(atlas: Atlas, place: Place) -> Markup:
    """Return the head of a place's card: kind, names and precision."""
    others = [(tag, text) for tag, text in place.names.texts.items() if tag != place.names.language(LANG)]
    return render(
        "place_card.html", atlas=atlas, place=place, other_names=others, precision=_precision(place)
    )


def place_details(atlas: Atlas, place: Place) -> Markup:
    """Return the evidence for a place: its statuses over time, basis, figures, note and sources."""
    return render(
        "place_details.html",
        atlas=atlas,
        place=place,
        precision=_precision(place),
        figures=_figures(atlas, place),
    )


def _precision(place: Place) -> str:
    return words(
        "precision", km=f"{place.tolerance_km:g}", confidence=words(f"confidence-{place.confidence}")
    )


def _figures(atlas: Atlas, place: Place) -> list[str]:
    figures = dict(place.facts)
    worded: dict[str, Callable[[object], str]] = {
        "area_km2": lambda n: words("facts-area", n=number_words(float(str(n)))),
        "length_km": lambda n: words("facts-length", n=number_words(float(str(n)))),
        "depth_km": lambda n: words("facts-depth", n=n),
        "extent": lambda text: words("facts-extent", text=text),
        "number": lambda n: words("facts-number", n=n),
    }
    own = {
        key: text.text(LANG).replace("{n}", str(figures[key]))
        for key, text in atlas.profile.place_facts.items()
        if key in figures
    }
    return [word(figures[key]) for key, word in worded.items() if key in figures] + [*own.values()]


def about(atlas: Atlas) -> Markup:
    """Return the text under “About”: how the map is made, and every source with its licence."""
    articles = [
        words(
            "about-article",
            title=article_title(atlas, article),
            publisher=atlas.source[article.source].publisher,
            date=day_words(article.date),
            sha=article.sha256,
        )
        for article in atlas.articles
    ]
    places = atlas.place.values()
    used = {source for place in places for source in place.sources}
    used |= {source for fact in atlas.facts for source in fact.sources}
    used |= {source for place in places for status in place.statuses for source in status.sources}
    used |= {article.source for article in atlas.articles}
    sources = [source for source in atlas.sources if source.id in used]
    return render("about.html", articles=articles, credit=credit(atlas), sources=sources)


def article_paragraphs(atlas: Atlas, article: Article, *, plain: bool = False) -> tuple[Markup, ...]:
    """Return an article's paragraphs, with the ids of the events that each piece of text supports.

    Pieces begin and end where a passage does; the event with the shortest passage comes first. ``plain``
    leaves the events out.
    """
    events = [event for event in atlas.events if event.article == article.id and not plain]
    spans = [(passage.start, passage.end, event) for event in events for passage in event.passages]
    cuts = sorted({0, len(article.text), *(edge for start, end, _ in spans for edge in (start, end))})
    paragraphs: list[Markup] = []
    for match in re.finditer(r"[^\n]+", article.text):
        edges = [match.start(), *(cut for cut in cuts if match.start() < cut < match.end()), match.end()]
        pieces: list[tuple[str, tuple[Event, ...]]] = []
        for start, end in pairwise(edges):
            covering = sorted(
                (span for span in spans if span[0] <= start and end <= span[1]),
                key=lambda span: span[1] - span[0],
            )
            over = tuple(dict.fromkeys(event.id for *_, event in covering))
            by_id = {event.id: event for *_, event in covering}
            pieces.append((article.text[start:end], tuple(by_id[item] for item in over)))
        heading = not any(over for _, over in pieces) and not match.group().rstrip().endswith(
            (".", "?", "!", '"')
        )
        paragraphs.append(render("paragraph.html", tag="h3" if heading else "p", stretches=pieces))
    return tuple(paragraphs)

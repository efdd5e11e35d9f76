"""HTML of the side panel: cards of statements, places and background facts, and the marked article."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mapapp.core.language import direction_of
from mapapp.core.relations import facts_of
from mapapp.text.dates import day_words, number_words
from mapapp.text.messages import words
from mapapp.text.quotation import quotation, quoted
from mapapp.web.templating import began, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from markupsafe import Markup

    from mapapp.core.model import Article, Atlas, Event, Fact, Place, PlaceLink


def who_says(atlas: Atlas, event: Event) -> str:
    """Return who makes a statement, and the outlet through which the article quotes it."""
    speaker = "" if event.said_by == "article" else atlas.actor[event.said_by].names.en
    said = words(f"modality-{event.modality}", who=speaker)
    if event.via is None:
        return said
    return words("modality-via", said=said, via=atlas.actor[event.via].names.en)


def event_card(atlas: Atlas, event: Event) -> Markup:
    """Return the card of one statement: speaker, quotation, time, places and our interpretation."""
    differing = [fact for fact in facts_of(atlas, event.id) if event.id in fact.differs]
    return render(
        "event_card.html",
        atlas=atlas,
        event=event,
        who=who_says(atlas, event),
        quotation=quotation(atlas.article, event).text,
        differing=sorted(differing, key=lambda fact: began(fact.when), reverse=True),  # newest first
        places=[_place_of(atlas, link) for link in event.places],
    )


def _place_of(atlas: Atlas, link: PlaceLink) -> tuple[Place, str, str]:
    """Return a place of a statement, its role in words, and the words of the article that name it."""
    role = words(f"role-{link.role}")
    if not link.words:
        role = f"{role}, {words('not-named')}"
    why = quoted(atlas.article, link.words) if link.words else ""
    return atlas.place[link.id], role, f"{why} {link.note}".strip()


def fact_card(atlas: Atlas, fact: Fact) -> Markup:
    """Return the card of one background fact, with its sources."""
    return render("fact_card.html", atlas=atlas, fact=fact)


def place_card(place: Place) -> Markup:
    """Return the head of a place's card: kind, names and precision."""
    names = place.names
    return render(
        "place_card.html",
        place=place,
        other_names=[text for text in (names.ar, names.tr, names.ru) if text],
        precision=_precision(place),
    )


def place_details(atlas: Atlas, place: Place) -> Markup:
    """Return the evidence for a place: its statuses over time, basis, figures, note and sources."""
    return render(
        "place_details.html", atlas=atlas, place=place, precision=_precision(place), figures=_figures(place)
    )


def _precision(place: Place) -> str:
    return words(
        "precision", km=f"{place.tolerance_km:g}", confidence=words(f"confidence-{place.confidence}")
    )


def _figures(place: Place) -> list[str]:
    figures = dict(place.facts)
    worded: dict[str, Callable[[object], str]] = {
        "area_km2": lambda n: words("facts-area", n=number_words(float(str(n)))),
        "length_km": lambda n: words("facts-length", n=number_words(float(str(n)))),
        "depth_km": lambda n: words("facts-depth", n=n),
        "extent": lambda text: words("facts-extent", text=text),
        "idlib_share_pct": lambda n: words("facts-share", n=n),
        "number": lambda n: words("facts-number", n=n),
    }
    return [word(figures[key]) for key, word in worded.items() if key in figures]


def about(atlas: Atlas) -> Markup:
    """Return the text under “About”: how the map is made, and every source with its licence."""
    source = atlas.source[atlas.article.source]
    article = words(
        "about-article",
        title=source.title,
        publisher=source.publisher,
        date=day_words(atlas.article.date),
        sha=atlas.article.sha256,
    )
    return render("about.html", atlas=atlas, article=article)


def byline(atlas: Atlas) -> str:
    """Return the article's publisher and date on one line."""
    publisher = atlas.source[atlas.article.source].publisher
    if direction_of(publisher) == "rtl":
        publisher = f"\u2068{publisher}\u2069"  # isolated, so that the date after it runs from left to right
    return words("article-byline", publisher=publisher, date=day_words(atlas.article.date))


def article_paragraphs(article: Article, events: Iterable[Event]) -> tuple[Markup, ...]:
    """Return the article's paragraphs, with the ids of the events that each piece of text supports.

    Pieces begin and end where a passage does; the event with the shortest passage comes first.
    """
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

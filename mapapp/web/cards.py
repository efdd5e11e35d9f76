"""HTML of the side panel: cards of statements, places and background facts, and the marked article."""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from mapapp.core.relations import facts_of
from mapapp.core.sentences import after_date_line
from mapapp.text.authored import authored_language, publisher_words, untranslated_words
from mapapp.text.dates import day_words
from mapapp.text.labels import article_title, credit, who_says
from mapapp.text.locales import current_language, digits, local, number_words
from mapapp.text.messages import words
from mapapp.text.quantities import quantity_words
from mapapp.text.quotation import cut_sign, quotation, quoted, quoted_spans
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
        role = words("in-a-row", one=role, other=words("not-named"))
    why = quoted(article, link.words) if link.words else ""
    return atlas.place[link.id], role, f"{why} {link.note}".strip()


def fact_card(atlas: Atlas, fact: Fact) -> Markup:
    """Return the card of one background fact, with its sources."""
    return render("fact_card.html", atlas=atlas, fact=fact)


def place_card(atlas: Atlas, place: Place) -> Markup:
    """Return the head of a place's card: kind, names and precision."""
    others = [
        (tag, text)
        for tag, text in place.names.texts.items()
        if tag != place.names.language(current_language())
    ]
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
    return words("precision", km=place.tolerance_km, confidence=words(f"confidence-{place.confidence}"))


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
        key: local(text).replace("{n}", str(figures[key]))
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
            publisher=publisher_words(atlas.source[article.source]),
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
    return render(
        "about.html",
        articles=articles,
        credit=credit(atlas),
        sources=sources,
        language=authored_language(atlas),
        missing=untranslated_words(atlas, atlas.events, atlas.facts, atlas.place.values(), sources),
    )


def article_paragraphs(atlas: Atlas, article: Article, *, plain: bool = False) -> tuple[Markup, ...]:
    """Return an article's paragraphs, with the ids of the events that each piece of text supports.

    Pieces begin and end where a passage does; the event with the shortest passage comes first. The number of
    each event stands before its first passage; the dateline is a piece of its own. ``plain`` leaves the
    events out. Of an article with ``quotes_only``, what no event quotes is left out, with a sign for it.
    """
    own = [event for event in atlas.events if event.article == article.id]
    shown = quoted_spans(article, own) if article.quotes_only else [(0, len(article.text))]
    events = [] if plain else own
    spans = [(passage.start, passage.end, event) for event in events for passage in event.passages]
    dateline = after_date_line(article.text, article.language)
    begins = {event.id: min(passage.start for passage in event.passages) for event in events}
    of_events = (edge for start, end, _ in spans for edge in (start, end))
    cuts = sorted({0, dateline, len(article.text), *of_events, *chain.from_iterable(shown)})
    paragraphs: list[Markup] = []
    left_out = False  # at the end of the paragraph before
    for match in re.finditer(r"[^\n]+", article.text):
        edges = [match.start(), *(cut for cut in cuts if match.start() < cut < match.end()), match.end()]
        pieces: list[tuple[str, tuple[Event, ...], str, bool]] = []
        for start, end in pairwise(edges):
            text = article.text[start:end]
            if any(map(str.isalnum, text)) and not any(one <= start and end <= other for one, other in shown):
                if not left_out:
                    pieces.append((f" {cut_sign(article)} ", (), "", False))
                left_out = True
                continue
            left_out = left_out and not any(map(str.isalnum, text))
            covering = sorted(
                (span for span in spans if span[0] <= start and end <= span[1]),
                key=lambda span: span[1] - span[0],
            )
            over = tuple(dict.fromkeys(event.id for *_, event in covering))
            by_id = {event.id: event for *_, event in covering}
            numbers = " ".join(
                digits(atlas.numbers[event.id]) for event in events if begins[event.id] == start
            )
            said = tuple(by_id[item] for item in over)
            pieces.append((text, said, numbers, end <= dateline))
        if not any(text.strip() for text, *_ in pieces):
            continue
        ends_sentence = match.group().rstrip().endswith((".", "?", "!", '"'))
        heading = not (article.quotes_only or ends_sentence or any(over for _, over, *_ in pieces))
        paragraphs.append(render("paragraph.html", tag="h3" if heading else "p", stretches=pieces))
    return tuple(paragraphs)

"""What the reader reads, as HTML: cards of statements, places and background, and the marked article."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mapapp.core.language import direction_of
from mapapp.core.relations import facts_of
from mapapp.text.dates import day_number, day_words, number_words, when_words
from mapapp.text.html import html, join
from mapapp.text.messages import catalogue, kind_words, words
from mapapp.text.quotation import quotation, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from markupsafe import Markup

    from mapapp.core.edtf import When
    from mapapp.core.model import Article, Atlas, Event, Fact, Names, Place, PlaceLink, Status


def name(item_id: str, names: Names) -> Markup:
    """Mark a name so that the script can show it in the reader's language."""
    return html('<bdi data-name="{id}">{text}</bdi>', id=item_id, text=names.en)


def chip(place: Place, note: str = "") -> Markup:
    """Return a button that selects a place."""
    return html(
        '<button type="button" class="chip" data-select="{id}">{name}{note}</button>',
        id=place.id,
        name=name(place.id, place.names),
        note=html('<span class="chip-note">{note}</span>', note=note) if note else "",
    )


def symbol(kind: str) -> Markup:
    """Return the symbol of a kind of statement."""
    return html(
        '<svg class="symbol" viewBox="0 0 16 16" aria-hidden="true"><use href="#kind-{kind}"/></svg>',
        kind=kind,
    )


def who_says(atlas: Atlas, event: Event) -> Markup:
    """Say who says it, and through whom the article has it; a sentence, so its names are in its language."""
    if event.said_by == "article":
        said = html("{text}", text=words(f"modality-{event.modality}"))
    else:
        said = html(catalogue()[f"modality-{event.modality}"], who=atlas.actor[event.said_by].names.en)
    if event.via is None:
        return said
    return html(catalogue()["modality-via"], said=said, via=atlas.actor[event.via].names.en)


def event_card(atlas: Atlas, event: Event) -> Markup:
    """Return the card of one statement: who says it, when, the article's words, where, our reading."""
    rows = [_row("when-label", _when(event.when))]
    if event.said is not None and event.said.edtf != event.when.edtf:
        rows.append(_row("said-label", _when(event.said)))
    rows.append(_row("where-label", join((_link(atlas, link) for link in event.places), " ")))
    if event.note:
        rows.append(_row("reading-label", html("{note}", note=event.note)))
    return html(
        '<section class="card said" data-card="{id}"><p class="card-kind">{symbol} {kind} · {who}</p>'
        '<h4>{title}</h4><blockquote lang="{lang}" dir="auto">{quote}</blockquote>{contrast}'
        "<dl>{rows}</dl></section>",
        id=event.id,
        symbol=symbol(event.kind),
        kind=words(f"kind-{event.kind}"),
        who=who_says(atlas, event),
        title=html(
            '<button type="button" class="title" data-select="{id}">{title}</button>',
            id=event.id,
            title=event.title,
        ),
        lang=atlas.article.language,
        quote=quotation(atlas.article, event).text,
        contrast=_contrast(atlas, event),
        rows=join(rows),
    )


def _contrast(atlas: Atlas, event: Event) -> Markup:
    """Set the article beside the record where they differ; empty where they do not."""
    against = [fact for fact in facts_of(atlas, event.id) if event.id in fact.differs]
    against.sort(key=lambda fact: _known(fact.when), reverse=True)  # the latest first
    if not against:
        return html("")
    items = (
        html(
            '<li data-known="{known}">{text} <span class="note">{when}</span>'
            "<details><summary>{label}</summary>{sources}</details></li>",
            known=_known(fact.when),
            text=_whole(fact.text),
            when=when_words(fact.when),
            label=words("sources-label"),
            sources=source_lines(atlas, fact.sources),
        )
        for fact in against
    )
    return html(
        '<div class="contrast"><div><h5>{says}</h5><p>{title}.</p></div>'
        "<div><h5>{record}</h5><ul>{items}</ul></div></div>",
        says=words("article-says"),
        title=event.title,
        record=words("record-says"),
        items=join(items),
    )


def _whole(text: str) -> str:
    """Keep a number and its per cent sign on one line."""
    return text.replace(" %", "\u00a0%")


def _known(when: When) -> int:
    return day_number(when.earliest) or -(10**6)


def fact_card(atlas: Atlas, fact: Fact) -> Markup:
    """Return the card of one background fact, with its sources."""
    places = [atlas.place[place] for place in fact.places]
    return html(
        '<section class="card ours" data-card="{id}" data-known="{known}"><p class="card-kind">{when}</p>'
        "<p>{text}</p>{places}{note}{sources}</section>",
        id=fact.id,
        known=_known(fact.when),
        when=_when(fact.when),
        text=_whole(fact.text),
        places=html("<p>{chips}</p>", chips=join((chip(place) for place in places), " ")) if places else "",
        note=html('<p class="note">{note}</p>', note=fact.note) if fact.note else "",
        sources=source_lines(atlas, fact.sources),
    )


def place_card(place: Place) -> Markup:
    """Return the head of a place's card: what it is, its names, how precise it is."""
    others = [text for text in (place.names.ar, place.names.tr, place.names.ru) if text]
    return html(
        '<section class="card place-card" data-card="{id}"><p class="card-kind">{kind}</p><h4>{name}</h4>'
        '<p class="other-names">{others}</p>'
        '<p class="other-names"><span class="standing-now"></span>{precision}</p></section>',
        id=place.id,
        kind=kind_words(place.kind),
        name=name(place.id, place.names),
        others=join((html("<bdi>{text}</bdi>", text=text) for text in others), " · "),
        precision=_precision(place),
    )


def place_details(atlas: Atlas, place: Place) -> Markup:
    """Return what a place's mark rests on: its standings through time, basis, figures, note, sources."""
    rows: list[Markup] = []
    if place.statuses:
        items = join(_status(atlas, status) for status in place.statuses)
        rows.append(_row("standing-label", html("<ul>{items}</ul>", items=items)))
    rows.append(_row("valid-label", html("{text}", text=when_words(place.valid))))
    rows.append(_row("basis-label", html("{text}", text=words(f"basis-{place.basis}"))))
    rows.append(_row("precision-label", html("{text}", text=_precision(place))))
    rows += [html("<dt></dt><dd>{text}</dd>", text=line) for line in _figures(place)]
    if place.note:
        rows.append(_row("reading-label", html("{note}", note=place.note)))
    rows.append(_row("sources-label", source_lines(atlas, place.sources)))
    return html('<section class="card ours"><dl>{rows}</dl></section>', rows=join(rows))


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


def _status(atlas: Atlas, status: Status) -> Markup:
    return html(
        '<li data-known="{known}"><b>{status}</b> {when}{note}{sources}</li>',
        known=_known(status.when),
        status=words(f"status-{status.status}"),
        when=when_words(status.when),
        note=html('<br><span class="note">{note}</span>', note=status.note) if status.note else "",
        sources=source_lines(atlas, status.sources),
    )


def _row(key: str, content: Markup) -> Markup:
    return html("<dt>{label}</dt><dd>{content}</dd>", label=words(key), content=content)


def _when(when: When) -> Markup:
    """Word a time with the source's own words beside it, and offer to go there."""
    own = html(' <q class="own-words">{text}</q>', text=when.text) if when.text else ""
    first, last = when.earliest or when.latest, when.latest or when.earliest
    go = (
        html(
            ' <button type="button" class="link" data-window="{first}/{last}">{text}</button>',
            first=first,
            last=last,
            text=words("show-time"),
        )
        if first and last
        else ""
    )
    return html("{text}{own}{go}", text=when_words(when), own=own, go=go)


def _link(atlas: Atlas, link: PlaceLink) -> Markup:
    place = atlas.place[link.id]
    role = words(f"role-{link.role}")
    button = chip(place, role if link.words else f"{role}, {words('not-named')}")
    why = quoted(atlas.article, link.words) if link.words else ""
    return html(
        '<span class="link-place" title="{why}">{button}</span>',
        why=f"{why} {link.note}".strip(),
        button=button,
    )


def source_lines(atlas: Atlas, ids: Iterable[str]) -> Markup:
    """Word sources as a list; an address is a link the reader may follow, opened apart."""
    return html(
        '<ul class="sources">{items}</ul>',
        items=join(html("<li>{line}</li>", line=source_line(atlas, item)) for item in ids),
    )


def source_line(atlas: Atlas, source_id: str) -> Markup:
    """Word one source: title, publisher, date, whose voice it is."""
    source = atlas.source[source_id]
    when = when_words(source.date)
    text = words(
        "source-line" if when else "source-line-undated",
        title=source.title,
        publisher=source.publisher,
        date=when,
    )
    if source.url:
        return html(
            '<a href="{url}" target="_blank" rel="noopener noreferrer">{text}</a> '
            '<span class="leaning">{leaning}</span>',
            url=source.url,
            text=text,
            leaning=source.leaning,
        )
    where = f" ({source.locator})" if source.locator else ""
    return html(
        '{text}{where} <span class="leaning">{leaning}</span>', text=text, where=where, leaning=source.leaning
    )


def about(atlas: Atlas) -> Markup:
    """Say how the map is made, what it rests on, and name every source with its licence."""
    source = atlas.source[atlas.article.source]
    article = words(
        "about-article",
        title=source.title,
        publisher=source.publisher,
        date=day_words(atlas.article.date),
        sha=atlas.article.sha256,
    )
    lines = [
        words("about-method"),
        words("about-shapes"),
        words("about-known"),
        article,
        words("about-attribution"),
    ]
    sources = (
        html("<li>{line} <i>{licence}</i></li>", line=source_line(atlas, item.id), licence=item.licence)
        for item in atlas.sources
    )
    return html(
        "{text}<h4>{heading}</h4><ul>{sources}</ul>",
        text=join(html("<p>{line}</p>", line=line) for line in lines),
        heading=words("about-sources"),
        sources=join(sources),
    )


def byline(atlas: Atlas) -> str:
    """Say who published the article and when."""
    publisher = atlas.source[atlas.article.source].publisher
    if direction_of(publisher) == "rtl":
        publisher = f"\u2068{publisher}\u2069"  # isolated: the day after it runs from left to right
    return words("article-byline", publisher=publisher, date=day_words(atlas.article.date))


def article_paragraphs(article: Article, events: Iterable[Event]) -> tuple[Markup, ...]:
    """Return the article's paragraphs, each stretch marked with the events whose passages it belongs to.

    Stretches are cut wherever a passage starts or ends; the event with the shortest passage comes first.
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
        paragraphs.append(
            html(
                "<{tag}>{pieces}</{tag}>",
                tag="h3" if heading else "p",
                pieces=join(_piece(*piece) for piece in pieces),
            )
        )
    return tuple(paragraphs)


def _piece(text: str, events: tuple[Event, ...]) -> Markup:
    if not events:
        return html('<span class="unmarked">{text}</span>', text=text)
    return html(
        '<span class="passage" role="button" tabindex="0" data-events="{ids}" title="{titles}">{text}</span>',
        ids=" ".join(event.id for event in events),
        titles=" · ".join(event.title for event in events),
        text=text,
    )

"""The content of the cards; text of the data is escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hostile import HOSTILE, harmless, hostile_atlas
from tiny import Tiny

from mapapp.core.edtf import read_when
from mapapp.core.model import Atlas
from mapapp.data.load import load
from mapapp.text.labels import byline, who_says
from mapapp.web import cards


@pytest.fixture
def bad(tiny_atlas: Atlas) -> Atlas:
    """Return the small atlas, every text of it hostile."""
    return hostile_atlas(tiny_atlas)


def test_every_text_of_the_hostile_atlas_is_hostile(bad: Atlas) -> None:
    places = list(bad.place.values())
    assert {place.names.text("ru") for place in places} == {place.note for place in places} == {HOSTILE}
    assert {event.title for event in bad.events} == {fact.text for fact in bad.facts} == {HOSTILE}
    assert (
        {source.licence for source in bad.sources}
        == {source.publisher for source in bad.sources}
        == {HOSTILE}
    )
    assert HOSTILE in bad.articles[0].text


def test_a_quotation_is_in_the_articles_language(tiny_atlas: Atlas) -> None:
    (article,) = tiny_atlas.articles
    arabic = replace(
        tiny_atlas, articles=(replace(article, text=f"{'ا' * 2000}{article.text}", language="ar"),)
    )
    card = cards.event_card(arabic, arabic.events[0])
    assert '<blockquote lang="ar" dir="rtl">' in card
    assert '<blockquote lang="en" dir="ltr">' in cards.event_card(tiny_atlas, tiny_atlas.events[0])


def test_a_publisher_in_arabic_leaves_the_day_after_it_where_it_is(tiny_atlas: Atlas) -> None:
    (article,) = tiny_atlas.articles
    source = article.source
    sources = tuple(
        replace(one, publisher="عنب بلدي") if one.id == source else one for one in tiny_atlas.sources
    )
    assert byline(replace(tiny_atlas, sources=sources), article) == "\u2068عنب بلدي\u2069, 19 February 2020"
    assert "\u2068" not in byline(tiny_atlas, article)


def test_an_events_card_holds_an_attack_as_text(bad: Atlas) -> None:
    for event in bad.events:
        read = harmless(cards.event_card(bad, replace(event, note=HOSTILE)))
        assert read.text.count(HOSTILE) >= 3  # title, reading and place


def test_a_facts_card_holds_an_attack_as_text(bad: Atlas) -> None:
    for fact in bad.facts:
        read = harmless(cards.fact_card(bad, replace(fact, note=HOSTILE)))
        assert read.text.count(HOSTILE) >= 3


def test_a_places_card_holds_an_attack_as_text(bad: Atlas) -> None:
    for place in bad.place.values():
        assert (
            harmless(cards.place_card(bad, place)).text.count(HOSTILE) == 5
        )  # its kind, and a name for each language
        harmless(cards.place_details(bad, place))


def test_sources_hold_an_attack_as_text(bad: Atlas) -> None:
    read = harmless(cards.about(bad))
    assert set(read.attributes["href"]) == {HOSTILE}
    assert read.text.count(HOSTILE) >= 4 * len(bad.sources)  # title, publisher, whose voice, licence


def test_the_articles_paragraphs_hold_an_attack_as_text(bad: Atlas) -> None:
    paragraphs = cards.article_paragraphs(bad, bad.articles[0])
    assert len(paragraphs) == 2
    assert "".join(harmless(paragraph).text for paragraph in paragraphs) == bad.articles[0].text.replace(
        "\n", ""
    )


def test_the_articles_paragraphs_are_its_text_and_nothing_else(atlas: Atlas) -> None:
    paragraphs = cards.article_paragraphs(atlas, atlas.articles[0])
    lines = [re.sub("<[^>]+>", "", paragraph.replace("</span>", "")) for paragraph in paragraphs]
    unescaped = [paragraph.unescape() for paragraph in map(type(paragraphs[0]), lines)]
    assert unescaped == [line for line in atlas.articles[0].text.split("\n") if line]


def test_the_dateline_is_set_apart_from_the_first_sentence(atlas: Atlas) -> None:
    first = cards.article_paragraphs(atlas, atlas.articles[0])[0]
    assert re.findall(r'<span class="unmarked dateline">([^<]*)</span>', first) == [" date 2020-02-19 "]


def test_every_event_can_be_reached_from_the_article(atlas: Atlas) -> None:
    found = re.findall(r'data-events="([^"]*)"', "".join(cards.article_paragraphs(atlas, atlas.articles[0])))
    assert {event for ids in found for event in ids.split()} == set(atlas.event)


def test_the_event_with_the_shortest_passage_comes_first(atlas: Atlas) -> None:
    found = re.findall(
        r'data-events="([^"]*)"[^>]*>([^<]*)<', "".join(cards.article_paragraphs(atlas, atlas.articles[0]))
    )
    shortest = {
        (event.id, passage.exact): len(passage.exact) for event in atlas.events for passage in event.passages
    }
    for ids, _ in found:
        first, *rest = ids.split()
        mine = min(length for (event, _), length in shortest.items() if event == first)
        assert all(mine <= max(n for (event, _), n in shortest.items() if event == other) for other in rest)


def test_the_speaker_line_names_speaker_and_outlet(atlas: Atlas) -> None:
    said = re.sub("<[^>]+>", "", who_says(atlas, atlas.event["erdogan-come-at-night"]))
    assert said.startswith("Recep Tayyip Erdogan threatens, as quoted by TRT")
    said = who_says(atlas, atlas.event["sochi-demilitarised-zone"])
    assert said == "The article reports"


def test_article_and_other_sources_are_side_by_side_where_they_differ(atlas: Atlas) -> None:
    differing = {event for fact in atlas.facts for event in fact.differs}
    assert differing
    for event in atlas.events:
        assert ('class="contrast"' in cards.event_card(atlas, event)) is (event.id in differing)


def test_background_is_never_presented_as_the_articles(atlas: Atlas) -> None:
    for fact in atlas.facts:
        card = cards.fact_card(atlas, fact)
        assert "blockquote" not in card
        assert 'class="card ours"' in card
        assert 'class="sources"' in card


def test_a_time_with_one_known_end_offers_only_that_day(atlas: Atlas) -> None:
    event = replace(atlas.events[0], when=read_when("2020-02-19/.."), said=None)
    assert 'data-window="2020-02-19/2020-02-19"' in cards.event_card(atlas, event)
    event = replace(event, when=read_when("../.."))
    assert "data-window" not in cards.event_card(atlas, event)


def test_a_quantity_is_worded_with_its_bounds_and_the_articles_words(tiny: Tiny, tmp_path: Path) -> None:
    assert tiny.profile is not None
    kind = {"label": {"en": "Displaced"}, "unit": {"en": "people"}}
    tiny.profile["quantities"] = {"displaced": kind}
    tiny.event("zone-guarded")["quantities"] = [
        {"kind": "displaced", "words": "the zone", "min": 900, "best": 1000},
        {"kind": "displaced", "words": "is wide", "max": 40000},
    ]
    made = load(tiny.write(tmp_path))
    text = re.sub("<[^>]+>", "", cards.event_card(made, made.event["zone-guarded"]))
    assert "Displaced: 1,000 (at least 900) people the zone" in text
    assert "Displaced: at most 40,000 people is wide" in text


def test_a_draft_says_that_it_is_one(tiny_atlas: Atlas) -> None:
    event, place, fact = tiny_atlas.events[0], tiny_atlas.place["rivertown"], tiny_atlas.facts[0]
    cards_ = (cards.event_card(tiny_atlas, event), cards.place_card(tiny_atlas, place))
    assert not any("draft-tag" in card for card in (*cards_, cards.fact_card(tiny_atlas, fact)))
    assert "draft-tag" in cards.event_card(tiny_atlas, replace(event, draft=True))
    assert "draft-tag" in cards.place_card(tiny_atlas, replace(place, draft=True))
    assert "draft-tag" in cards.fact_card(tiny_atlas, replace(fact, draft=True))


def test_the_byline_says_who_and_when(atlas: Atlas) -> None:
    assert byline(atlas, atlas.articles[0]).endswith(", 19 February 2020")


def test_a_town_is_based_on_a_position_and_a_road_on_a_traced_line(atlas: Atlas) -> None:
    assert "a position in the sources" in cards.place_details(atlas, atlas.place["place-sarmin"])
    road = next(place for place in atlas.place.values() if place.layer == "roads")
    assert "a line traced" in cards.place_details(atlas, road)

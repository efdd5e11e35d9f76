"""The shipped data is valid and agrees with the article word for word."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path

import pytest

from mapapp.core.edtf import Window
from mapapp.core.model import Atlas
from mapapp.core.relations import events_of
from mapapp.core.select import select
from mapapp.core.sentences import sentences
from mapapp.core.view import View
from mapapp.data.checks.article import check

SHA256 = "b02e3a06b705fb57ef9b049c501f05a7003918b456d26562df5c2870ac829e42"
HEADING = "Russia-Turkey talks on Idlib"


def shown(atlas: Atlas, first: str, last: str) -> set[str]:
    """Return the ids of places and events in a window."""
    selection = select(
        atlas, View(Window(date.fromisoformat(first), date.fromisoformat(last)), as_of=atlas.day)
    )
    return {event.id for event, _ in selection.events} | {place.id for place, _, _ in selection.places}


def statuses(atlas: Atlas, day: str) -> dict[str, str | None]:
    """Return what each place was on a day."""
    asked = View(Window(date.fromisoformat(day), date.fromisoformat(day)), as_of=atlas.day)
    return {place.id: status.status if status else None for place, _, status in select(atlas, asked).places}


def test_the_data_has_no_fault(root: Path) -> None:
    assert list(map(str, check(root))) == []


def test_the_article_is_kept_byte_for_byte(root: Path, atlas: Atlas) -> None:
    data = (root / "seeds" / "idlib-2020-02-19.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest() == SHA256 == atlas.articles[0].sha256
    assert atlas.articles[0].text.encode() == data
    assert atlas.day == date(2020, 2, 19)


def test_every_word_of_the_article_is_in_a_passage(atlas: Atlas) -> None:
    text = atlas.articles[0].text
    covered = {
        at for event in atlas.events for passage in event.passages for at in range(passage.start, passage.end)
    }
    heading = text.index(f"\n{HEADING}\n") + 1
    covered |= set(range(len(" date 2020-02-19"))) | set(range(heading, heading + len(HEADING)))
    missed = [word[0] for word in re.finditer(r"\w+", text) if not covered.issuperset(range(*word.span()))]
    assert missed == []


def test_every_passage_occurs_once_at_its_offsets(atlas: Atlas) -> None:
    for event in atlas.events:
        for passage in event.passages:
            assert atlas.articles[0].text[passage.start : passage.end] == passage.exact


def test_these_are_the_events(atlas: Atlas) -> None:
    assert sorted(atlas.event) == [
        "ankara-ceasefire-breach",
        "ankara-retaliation-threat",
        "astana-four-zones",
        "astana-now-nur-sultan",
        "astana-talks",
        "demand-halt-offensive",
        "demand-putin-pressure",
        "demand-retreat-from-posts",
        "dozen-forces",
        "erdogan-akp-speech",
        "erdogan-come-at-night",
        "erdogan-demands-unmet",
        "erdogan-not-leave-idlib",
        "erdogan-offensive-any-moment",
        "erdogan-offensive-any-time",
        "erdogan-safe-haven",
        "erdogan-talks-no-result",
        "erdogan-trump-call",
        "fourth-zone-extent",
        "fourth-zone-not-damascus",
        "idlib-clashes",
        "major-part-al-nusra",
        "russia-talks-continue",
        "secure-zone-aim",
        "sochi-demilitarised-zone",
        "threat-if-unmet",
        "three-zones-government",
        "turkey-preparations-made",
    ]


def test_every_sentence_has_an_event(atlas: Atlas) -> None:
    found = sentences(atlas.articles[0].text)
    assert len(found) == 18
    spans = [(passage.start, passage.end) for event in atlas.events for passage in event.passages]
    assert all(any(start < last and end > first for first, last in spans) for start, end in found)


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("In 2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("In September 2018", date(2018, 9, 1), date(2018, 9, 30)),
        ("on Wednesday", date(2020, 2, 19), date(2020, 2, 19)),
        ("at any moment", date(2020, 2, 19), None),
        ("by the end of February", date(2020, 2, 19), date(2020, 2, 29)),
    ],
)
def test_the_articles_times_are_read_as_expected(
    words: str, earliest: date, latest: date | None, atlas: Atlas
) -> None:
    read = {(event.when.earliest, event.when.latest) for event in atlas.events if event.when.text == words}
    assert read == {(earliest, latest)}


def test_threats_and_demands_are_made_by_a_named_actor(atlas: Atlas) -> None:
    for event in atlas.events:
        if event.modality in ("claimed", "demanded", "threatened"):
            assert event.said_by in atlas.actor
        if event.kind == "threat":
            assert event.modality == "threatened"


@pytest.mark.parametrize(
    ("first", "last"),
    [("2023-12-01", "2023-12-31"), ("2020-02-20", "2020-02-29"), ("2020-02-20", "2100-12-31")],
)
def test_after_the_articles_day_no_event_is_certain(first: str, last: str, atlas: Atlas) -> None:
    window = Window(date.fromisoformat(first), date.fromisoformat(last))
    assert select(atlas, View(window, certain=True)).events == ()
    assert select(atlas, View(window)).events


def test_what_is_threatened_is_certain_on_the_articles_day(atlas: Atlas) -> None:
    day = View(Window(atlas.day, atlas.day), certain=True)
    assert {"threat-if-unmet", "demand-putin-pressure"} <= {
        event.id for event, _ in select(atlas, day).events
    }


def test_in_2017_there_are_four_zones_and_astana_but_no_demilitarised_zone(atlas: Atlas) -> None:
    ids = shown(atlas, "2017-01-01", "2017-12-31")
    assert {
        "zone-idlib",
        "zone-homs",
        "zone-ghouta",
        "zone-south",
        "place-nur-sultan",
        "astana-four-zones",
    } <= ids
    assert not any(name.startswith("dmz") for name in ids)


def test_on_the_articles_day_one_zone_is_not_wholly_under_government_control(atlas: Atlas) -> None:
    then = statuses(atlas, "2020-02-19")
    zones = {name: status for name, status in then.items() if name.startswith("zone-")}
    assert [name for name, status in zones.items() if status != "government"] == ["zone-idlib"]
    assert len(zones) == 4


def test_on_the_articles_day_there_is_one_snapshot_of_control(atlas: Atlas) -> None:
    ids = shown(atlas, "2017-01-01", "2020-02-19")
    assert [name for name in sorted(ids) if name.startswith("opposition-area")] == [
        "opposition-area-2020-02-19"
    ]


def test_some_posts_are_surrounded_on_the_articles_day(atlas: Atlas) -> None:
    then = statuses(atlas, "2020-02-19")
    turkish = {name: status for name, status in then.items() if re.fullmatch(r"post-tr-\d\d", name)}
    assert len(turkish) == 12
    assert set(turkish.values()) == {"open", "surrounded"}


def test_idlib_governorate_has_the_events_of_places_in_it(atlas: Atlas) -> None:
    found = events_of(atlas, "governorate-idlib")
    assert any(via is None for _, via, _ in found)
    assert any(via is not None for _, via, _ in found)


def test_every_source_has_a_licence(atlas: Atlas) -> None:
    assert all(source.licence for source in atlas.sources)

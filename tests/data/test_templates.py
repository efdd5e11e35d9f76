"""The templates are complete, valid folders, whose every fact is marked as invented."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from mapapp.core.model import Atlas
from mapapp.core.sentences import sentences
from mapapp.core.story_frame import home
from mapapp.data.checks.article import check
from mapapp.data.load import load
from mapapp.data.tidy import tidied

TEMPLATES = Path(str(files("mapapp"))) / "templates"
NAMES = ["conflict", "disaster", "politics"]


@pytest.fixture(scope="module", params=NAMES)
def template(request: pytest.FixtureRequest) -> Path:
    return TEMPLATES / str(request.param)


@pytest.fixture(scope="module")
def template_atlas(template: Path) -> Atlas:
    return load(template)


def test_there_are_these_templates() -> None:
    assert sorted(path.name for path in TEMPLATES.iterdir() if path.is_dir()) == NAMES


def test_a_template_has_no_fault(template: Path) -> None:
    assert list(map(str, check(template))) == []


def test_its_article_is_short_and_each_sentence_has_a_statement(template_atlas: Atlas) -> None:
    (article,) = template_atlas.articles
    assert 6 <= len(sentences(article.text)) <= 10
    assert len(template_atlas.events) >= 6


def test_everything_in_it_is_said_to_be_invented(template_atlas: Atlas) -> None:
    for source in template_atlas.sources:
        assert "invented" in source.leaning
        assert "nvented" in source.note
    for place in template_atlas.place.values():
        assert place.sources == ("example",)
    assert all("example" in fact.sources for fact in template_atlas.facts)


def test_every_source_in_it_is_used(template_atlas: Atlas) -> None:
    used = {article.source for article in template_atlas.articles}
    for place in template_atlas.place.values():
        used |= {*place.sources, *(source for status in place.statuses for source in status.sources)}
    for fact in template_atlas.facts:
        used |= {*fact.sources}
    assert used == {source.id for source in template_atlas.sources}


def test_its_lead_fits_any_number_of_articles_and_its_data_has_a_date(template_atlas: Atlas) -> None:
    assert template_atlas.profile.lead is None
    assert template_atlas.issued is not None


def test_it_lies_in_the_open_sea_where_nobody_lives(template_atlas: Atlas) -> None:
    (south, west), (north, east) = home(template_atlas)
    assert -50 < south < north < -25
    assert -35 < west < east < -15


def test_its_vocabulary_is_wider_than_its_example(template_atlas: Atlas) -> None:
    profile = template_atlas.profile
    assert not profile.plain
    assert set(profile.event_kinds) > {event.kind for event in template_atlas.events}
    assert set(profile.place_kinds) > {place.kind for place in template_atlas.place.values()}
    symbols = [kind.symbol for kind in profile.event_kinds.values()]
    assert len(set(symbols)) > len(symbols) / 2
    assert profile.quantities


def test_every_key_of_its_vocabulary_is_a_word_and_not_a_name_of_a_story(template: Path) -> None:
    text = (template / "data/map.yaml").read_text("utf-8")
    assert not re.search(r"syria|idlib|turk|russia", text, re.IGNORECASE)


def test_one_template_has_names_in_two_languages() -> None:
    profiles = [load(TEMPLATES / name).profile for name in NAMES]
    assert any(len(profile.languages) == 2 for profile in profiles)


def test_quantities_are_read_from_the_disaster() -> None:
    found = [one for event in load(TEMPLATES / "disaster").events for one in event.quantities]
    assert [(one.kind, one.best, one.least, one.most) for one in found] == [
        ("flooded-area", 340, None, None),
        ("dead", None, 46, None),
        ("displaced", 12000, None, None),
        ("reached", None, None, 3000),
    ]


def test_what_changed_hands_is_computed_in_the_conflict() -> None:
    atlas = load(TEMPLATES / "conflict")
    assert [place.kind for place in atlas.place.values() if place.layer == "advance"] == ["to-government"]


def test_its_places_are_laid_out_as_tidy_does(template: Path) -> None:
    for file in (template / "data/geo").iterdir():
        text = file.read_text("utf-8")
        assert tidied(json.loads(text), file.stem) == text

"""Several articles in one folder, quantities in statements, drafts and reviews."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from tiny import EVENTS, SEED, Tiny

from mapapp.core.model import Quantity, Review
from mapapp.data.checks.article import check
from mapapp.data.load import load
from mapapp.data.tidy import restored, tidied

SECOND, SECOND_SEED = "data/events/b-letter.yaml", "seeds/b-letter.txt"
TEXT = "date 2018-01-05 Northland is calm."


def add_second(tiny: Tiny, *, text: str = TEXT, **event: Any) -> None:
    """Add a second article, older than the first, with one statement."""
    head = {"file": "b-letter.txt", "sha256": hashlib.sha256(text.encode()).hexdigest(), "source": "paper"}
    statement = {
        "id": "north-calm",
        "title": "The north is calm",
        "kind": "control",
        "modality": "reported",
        "said_by": "article",
        "when": {"edtf": "2018-01-05", "text": "is", "basis": "article-date"},
        "passages": [{"exact": "Northland is calm."}],
        "places": [{"id": "northland", "role": "subject", "words": "Northland"}],
        **event,
    }
    tiny.instead |= {
        SECOND: yaml.safe_dump({"article": head, "events": [statement]}).encode(),
        SECOND_SEED: text.encode(),
    }


@pytest.mark.parametrize(
    ("written", "fix"), [(None, "the key is missing; add"), ("", '(got ""); write'), ("later", '"); write')]
)
def test_a_missing_digest_of_the_article_is_named(
    written: str | None, fix: str, tiny: Tiny, tmp_path: Path
) -> None:
    tiny.instead[EVENTS] = json.dumps(
        {"article": {**tiny.head} | ({} if written is None else {"sha256": written}), "events": tiny.events}
    ).encode()
    (fault,) = map(str, check(tiny.write(tmp_path)))
    assert fault.startswith(f"{EVENTS}: article.sha256: ")
    assert fault.endswith(f"{fix} sha256: {hashlib.sha256(tiny.article).hexdigest()}")


def test_what_nobody_has_reviewed_is_one_line_for_each_file(tiny: Tiny, tmp_path: Path) -> None:
    reviewed = {"by": "A. Editor", "on": "2020-03-01"}
    for fact in tiny.facts:
        fact["reviewed"] = reviewed
    told = list(map(str, check(tiny.write(tmp_path), strict=True)))
    fix = "; compare each with its sources, then add reviewed: {by: name, on: day}"
    assert [line for line in told if "events" in line] == [
        f"{EVENTS}: nobody has reviewed 6 of its entries (got clashes-go-on, truce-broken, war-threatened and 3 more){fix}"
    ]
    assert f"data/geo/posts.geojson: post-one: nobody has reviewed it{fix}" in told
    assert not any("background" in line for line in told)


def test_without_the_article_its_digest_is_only_missing(tiny: Tiny, tmp_path: Path) -> None:
    tiny.instead |= {EVENTS: json.dumps({"article": tiny.head, "events": tiny.events}).encode(), SEED: None}
    faults = check(tiny.write(tmp_path))
    assert [(fault.file, fault.what) for fault in faults] == [
        (EVENTS, "the key is missing"),
        (SEED, "the file is missing"),
    ]


def test_articles_are_in_the_order_of_their_dates(tiny: Tiny, tmp_path: Path) -> None:
    add_second(tiny)
    atlas = load(tiny.write(tmp_path))
    assert [article.id for article in atlas.articles] == ["b-letter", "northland-2020-02-19"]
    assert atlas.day == date(2020, 2, 19)
    assert atlas.events[0].id == "north-calm"
    assert atlas.article[atlas.event["north-calm"].article].date == date(2018, 1, 5)


def test_statements_keep_their_numbers_when_an_article_is_added(tiny: Tiny, tmp_path: Path) -> None:
    alone = load(tiny.write(tmp_path / "alone"))
    assert alone.numbers["clashes-go-on"] == "1"
    assert alone.numbers["zone-guarded"] == "6"
    add_second(tiny)
    both = load(tiny.write(tmp_path / "both"))
    assert {event.id: event.number for event in alone.events} == {
        event.id: event.number for event in both.events if event.article != "b-letter"
    }
    assert (both.numbers["north-calm"], both.numbers["zone-guarded"]) == ("A1", "B6")


def test_what_an_article_says_is_not_certain_after_its_own_date(tiny: Tiny, tmp_path: Path) -> None:
    add_second(tiny, when={"edtf": "2018-01-05/..", "text": "is", "basis": "article-date"})
    assert load(tiny.write(tmp_path)).event["north-calm"].when.certain_to == date(2018, 1, 5)


@pytest.mark.parametrize(
    ("change", "file", "where", "words"),
    [
        (lambda d: add_second(d, id="quiet-zone"), EVENTS, "quiet-zone", f"used twice (got also in {SECOND})"),
        (lambda d: add_second(d, id="rivertown"), SECOND, "rivertown", "also in data/geo/towns.geojson"),
        (lambda d: (add_second(d), d.instead.update({"data/events/c.yaml": d.instead[SECOND]})),
         "data/events/c.yaml", "article.file", f"the article is used twice (got also in {SECOND})"),
        (lambda d: add_second(d, kind="rumour"), SECOND, "north-calm.kind", "not one of the profile's words"),
        (lambda d: add_second(d, text=f"{TEXT} It rains."), SECOND, "events", "sentence 2 of the article is not covered"),
        (lambda d: (add_second(d), d.instead.update({SECOND: b"article: [\n"})), SECOND, "", "the file is not YAML"),
        (lambda d: (add_second(d), d.instead.update({SECOND_SEED: None})), SECOND_SEED, "", "the file is missing"),
        (lambda d: (add_second(d), d.instead.update({SECOND_SEED: TEXT.encode() + b" "})), SECOND_SEED, "",
         "the article's SHA-256 does not match"),
        (lambda d: (add_second(d), d.instead.update({SECOND: b"artcle: {}\nevents: []\n"})), SECOND, "artcle",
         "did you mean article?"),
    ],
)  # fmt: skip
def test_a_second_article_at_fault_is_reported_and_the_first_is_checked(  # noqa: PLR0913, PLR0917 - a table
    change: Callable[[Tiny], object], file: str, where: str, words: str, tiny: Tiny, tmp_path: Path
) -> None:
    change(tiny)
    tiny.event("truce-broken")["said_by"] = "x"
    faults = check(tiny.write(tmp_path))
    told = [str(fault) for fault in faults]
    assert any((fault.file, fault.where) == (file, where) and words in str(fault) for fault in faults), told
    assert any(fault.where == "truce-broken.said_by" for fault in faults), told


def test_statements_of_a_lost_article_are_not_missed_elsewhere(tiny: Tiny, tmp_path: Path) -> None:
    add_second(tiny)
    tiny.facts[0]["explains"] = ["north-calm"]
    tiny.instead[SECOND] = b"article: [\n"
    assert [fault.file for fault in check(tiny.write(tmp_path))] == [SECOND]


def test_an_article_without_a_date_has_that_of_its_source(tiny: Tiny, tmp_path: Path) -> None:
    tiny.article = tiny.article[len(" date 2020-02-19 ") :]
    tiny.sources[0]["date"] = "2020-02-19"
    assert load(tiny.write(tmp_path)).day == date(2020, 2, 19)


@pytest.mark.parametrize("day", ["", "2020", "2020-02", "2020-02-19?", "2020-02-18/2020-02-19"])
def test_a_source_that_does_not_say_the_day_does_not_date_an_article(
    day: str, tiny: Tiny, tmp_path: Path
) -> None:
    tiny.article = tiny.article[len(" date 2020-02-19 ") :]
    tiny.sources[0]["date"] = day
    (fault,) = check(tiny.write(tmp_path))
    assert (fault.file, fault.what) == (SEED, "the article has no date")


def test_the_title_author_and_address_of_an_article_are_kept(tiny: Tiny, tmp_path: Path) -> None:
    tiny.head |= {"title": "A quiet zone", "author": "N. N.", "url": "https://example.org/x"}
    (article,) = load(tiny.write(tmp_path)).articles
    assert (article.title, article.author, article.url) == ("A quiet zone", "N. N.", "https://example.org/x")


# --- quantities -------------------------------------------------------------------------------------------


@pytest.fixture
def counted(tiny: Tiny) -> Tiny:
    """Return the small folder with a vocabulary of quantities."""
    assert tiny.profile is not None
    tiny.profile["quantities"] = {
        "dead": {"label": {"en": "Dead"}, "unit": {"en": "people"}, "hxl": "#affected+killed"},
        "flooded": {"label": {"en": "Flooded"}, "unit": {"en": "km²"}},
    }
    return tiny


@pytest.mark.parametrize(
    "values",
    [{"best": 3}, {"min": 2, "max": 4}, {"min": 2, "best": 3, "max": 3}, {"best": 0}, {"min": 0.5}],
)
def test_a_quantity_has_a_value_or_bounds(values: dict[str, float], counted: Tiny, tmp_path: Path) -> None:
    entry = {"kind": "dead", "words": "Clashes", "note": "As counted.", **values}
    counted.event("clashes-go-on")["quantities"] = [entry]
    (found,) = load(counted.write(tmp_path)).event["clashes-go-on"].quantities
    least, most = values.get("min"), values.get("max")
    assert found == Quantity("dead", "Clashes", values.get("best"), least, most, "As counted.")


def test_a_quantity_without_a_tag_has_one_of_its_own(counted: Tiny, tmp_path: Path) -> None:
    quantities = load(counted.write(tmp_path)).profile.quantities
    assert quantities["dead"].hxl == "#affected+killed"
    assert quantities["flooded"].hxl == "#indicator+flooded"


@pytest.mark.parametrize(
    ("change", "where", "words"),
    [
        ({"best": None}, "quantities[0]", "the quantity has no value"),
        ({"best": 3, "min": 4}, "quantities[0]", "min, best and max are not in ascending order (got 4, 3)"),
        ({"best": 3, "max": 2}, "quantities[0]", "not in ascending order"),
        ({"best": -1}, "quantities[0].best", "not a quantity (got -1); write a number from 0"),
        ({"best": "three"}, "quantities[0].best", "not a quantity"),
        ({"best": True}, "quantities[0].best", "not a quantity"),
        ({"best": 10**400}, "quantities[0].best", "not a quantity"),
        ({"best": 3, "kind": "hurt"}, "quantities[0].kind", "use dead, flooded, or add it to data/map.yaml"),
        ({"best": 3, "words": "three"}, "quantities[0].words", "not in any of the event's passages"),
        ({"best": 3, "unit": "x"}, "quantities[0].unit", "unknown key"),
    ],
)
def test_a_quantity_at_fault_is_reported(
    change: dict[str, Any], where: str, words: str, counted: Tiny, tmp_path: Path
) -> None:
    entry = {"kind": "dead", "words": "Clashes", **change}
    counted.event("clashes-go-on")["quantities"] = [
        {key: value for key, value in entry.items() if value is not None}
    ]
    (fault,) = check(counted.write(tmp_path))
    assert fault.where == f"clashes-go-on.{where}"
    assert words in str(fault)


# --- drafts and reviews -----------------------------------------------------------------------------------


def test_statements_places_and_facts_say_who_checked_them(tiny: Tiny, tmp_path: Path) -> None:
    review = {"by": "A. Editor", "on": "2026-11-01"}
    entries = (tiny.event("quiet-zone"), tiny.place("rivertown")["properties"], tiny.facts[0])
    for entry in entries:
        entry["reviewed"] = review
    atlas = load(tiny.write(tmp_path))
    expected = Review("A. Editor", date(2026, 11, 1))
    found = (atlas.event["quiet-zone"], atlas.place["rivertown"], atlas.fact["zone-signed"])
    assert [item.reviewed for item in found] == [expected] * 3
    assert not any(item.draft for item in found)


@pytest.mark.parametrize(
    ("entry", "where"),
    [
        ({"reviewed": {"by": "A"}}, "reviewed.on"),
        ({"reviewed": {"by": " ", "on": "2026-11-01"}}, "reviewed.by"),
        ({"reviewed": {"by": "A", "on": "yesterday"}}, "reviewed.on"),
        ({"reviewed": "A"}, "reviewed"),
        ({"draft": "perhaps"}, "draft"),
    ],
)
def test_a_review_needs_a_name_and_a_day(
    entry: dict[str, Any], where: str, tiny: Tiny, tmp_path: Path
) -> None:
    tiny.event("quiet-zone").update(entry)
    (fault,) = check(tiny.write(tmp_path))
    assert fault.where == f"quiet-zone.{where}"


def test_what_a_gis_program_does_to_reviews_and_own_values_is_undone(tiny: Tiny, tmp_path: Path) -> None:
    assert tiny.profile is not None
    tiny.profile["place_facts"] = {"people": {"en": "{n} people"}, "beds": {"en": "{n} beds"}}
    town = tiny.place("rivertown")["properties"]
    town |= {"draft": True, "reviewed": {"by": "A", "on": "2026-11-01"}, "people": 1200}
    before = json.loads(tidied({"features": tiny.layers["towns"]}, "towns"))
    town |= {"reviewed": json.dumps(town["reviewed"]), "people": 1200.0, "beds": None}
    tiny.place("faraway")["properties"] |= {"draft": None, "reviewed": None, "people": None, "beds": None}
    for event in tiny.events:  # what refers to a draft must be one
        event["draft"] = True
    tiny.facts = []
    assert check(tiny.write(tmp_path)) == []
    saved = json.loads((tmp_path / "data/geo/towns.geojson").read_text("utf-8"))
    assert json.loads(tidied(saved, "towns")) == before
    assert restored(saved)["features"][0]["properties"]["people"] == 1200

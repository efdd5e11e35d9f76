"""What belongs together."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny import Tiny

from mapapp.core.errors import UnknownIdError
from mapapp.core.join import events_of, facts_of, inside, places_of
from mapapp.core.load import load
from mapapp.core.model import Atlas


def test_an_event_has_its_places_in_its_order(tiny_atlas: Atlas) -> None:
    found = places_of(tiny_atlas, tiny_atlas.event["quiet-zone"])
    assert [(place.id, link.role) for place, link in found] == [
        ("rivertown", "site"),
        ("zone-idlib", "subject"),
    ]


def test_a_place_has_its_own_events_first_then_those_of_places_in_it(tiny_atlas: Atlas) -> None:
    found = [(event.id, via, role) for event, via, role in events_of(tiny_atlas, "northland")]
    assert found == [
        ("clashes-go-on", None, "subject"),
        ("war-threatened", None, "about"),
        ("quiet-zone", "rivertown", "site"),
        ("soldiers-leave", "post-one", "subject"),
        ("zone-guarded", "zone-idlib", "subject"),
    ]


def test_containment_reaches_through_every_level_and_names_each_event_once(tiny_atlas: Atlas) -> None:
    found = [event.id for event, _, _ in events_of(tiny_atlas, "syria")]
    assert sorted(found) == sorted(event.id for event in tiny_atlas.events)
    assert inside(tiny_atlas, "zone-idlib") == {"post-one"}
    assert inside(tiny_atlas, "rivertown") == frozenset()


def test_a_ring_of_containment_does_not_hang(tiny: Tiny, tmp_path: Path) -> None:
    tiny.place("syria")["properties"]["within"] = ["zone-idlib"]
    atlas = load(tiny.write(tmp_path))
    assert "syria" not in inside(atlas, "syria")


def test_a_place_that_does_not_exist_is_told(tiny_atlas: Atlas) -> None:
    with pytest.raises(UnknownIdError, match="there is no place 'atlantis'"):
        events_of(tiny_atlas, "atlantis")


def test_facts_belong_to_places_and_to_events_they_explain_or_stand_against(tiny_atlas: Atlas) -> None:
    assert [fact.id for fact in facts_of(tiny_atlas, "zone-idlib")] == ["zone-signed"]
    assert [fact.id for fact in facts_of(tiny_atlas, "quiet-zone")] == ["zone-signed"]
    assert [fact.id for fact in facts_of(tiny_atlas, "war-threatened")] == ["truce-later"]
    assert facts_of(tiny_atlas, "clashes-go-on") == ()

"""Relations between events, places and background facts."""

from __future__ import annotations

import pytest

from mapapp.core.model import Atlas
from mapapp.core.relations import events_of, facts_of, inside, places_of
from mapapp.errors import UnknownIdError


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


def test_an_area_has_the_events_of_all_places_in_it_each_once(tiny_atlas: Atlas) -> None:
    found = [event.id for event, _, _ in events_of(tiny_atlas, "syria")]
    assert sorted(found) == sorted(event.id for event in tiny_atlas.events)
    assert inside(tiny_atlas, "zone-idlib") == {"post-one"}
    assert inside(tiny_atlas, "rivertown") == frozenset()


def test_a_zone_in_two_areas_does_not_put_its_places_into_both(tiny_atlas: Atlas) -> None:
    assert "southland" in tiny_atlas.place["zone-idlib"].within
    assert "post-one" not in inside(tiny_atlas, "southland")


def test_an_unknown_place_raises_an_error(tiny_atlas: Atlas) -> None:
    with pytest.raises(UnknownIdError, match="there is no place 'atlantis'"):
        events_of(tiny_atlas, "atlantis")


def test_facts_belong_to_places_and_to_events_they_explain_or_contradict(tiny_atlas: Atlas) -> None:
    assert [fact.id for fact in facts_of(tiny_atlas, "zone-idlib")] == ["zone-signed"]
    assert [fact.id for fact in facts_of(tiny_atlas, "quiet-zone")] == ["zone-signed"]
    assert [fact.id for fact in facts_of(tiny_atlas, "war-threatened")] == ["truce-later"]
    assert facts_of(tiny_atlas, "clashes-go-on") == ()

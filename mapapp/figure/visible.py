"""What a figure shows of a view: its statements and places, their numbers and names, and its day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mapapp.core.compare import comparison
from mapapp.core.model import Atlas
from mapapp.core.select import select
from mapapp.core.view import View
from mapapp.figure.note_items import in_fonts
from mapapp.text.direction import isolated
from mapapp.text.labels import articles_shown, who_says
from mapapp.text.locales import current_language
from mapapp.text.messages import words
from mapapp.text.titles import names_on, places_shown_first

if TYPE_CHECKING:
    from datetime import date

    from mapapp.core.compare import Comparison
    from mapapp.core.model import Article, Event, Place
    from mapapp.core.names import Names
    from mapapp.core.profile import Profile
    from mapapp.core.select import Selection


@dataclass(frozen=True)
class Visible:
    """What a figure shows of a view.

    Statements have the numbers they have on the screen and in all exports. ``beyond`` is whether the whole
    selection lies outside the map's frame. ``drawn`` has the ids of the places on the map, ``named`` of those
    with their names on it; ``None`` before it is drawn.
    """

    atlas: Atlas
    view: View
    beyond: bool = False
    drawn: frozenset[str] | None = None
    named: frozenset[str] | None = None

    @cached_property
    def selection(self) -> Selection:
        """Statements, places and facts that the view shows."""
        return select(self.atlas, self.view)

    @cached_property
    def comparison(self) -> Comparison | None:
        """What the view compares; ``None`` if nothing, or no area is known for one of the days."""
        return comparison(self.atlas, self.view)

    @property
    def profile(self) -> Profile:
        """The profile of the map."""
        return self.atlas.profile

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """The articles whose statements the view may show."""
        return articles_shown(self.atlas, self.view)

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The number of each visible statement."""
        return {event.id: self.atlas.numbers[event.id] for event, _ in self.selection.events}

    @cached_property
    def marks(self) -> dict[str, list[str]]:
        """The numbers of the statements about each place."""
        found: dict[str, list[str]] = {}
        for event, _ in self.selection.events:
            for link in event.places:
                found.setdefault(link.id, []).append(self.numbers[event.id])
        return found

    @cached_property
    def highlighted(self) -> frozenset[str]:
        """The ids of the selected place, or of the places of the selected statement or fact."""
        chosen = self.view.selected
        if chosen in self.atlas.event:
            return frozenset(link.id for link in self.atlas.event[chosen].places)
        if chosen in self.atlas.fact:
            return frozenset(self.atlas.fact[chosen].places)
        return frozenset([chosen] if chosen else [])

    @property
    def main(self) -> list[str]:
        """The ids of the selected places to which the map on the screen zooms."""
        return places_shown_first(self.atlas, self.view)

    def label(self, place: Place) -> str:
        """Return a place's name on the map in the reader's language, or in one that the fonts can display."""
        return in_fonts(self._names(place), self._wanted, place.id)[1]

    def label_lang(self, place: Place) -> str:
        """Return the language that a label is really in; empty if it is that of the figure."""
        used = in_fonts(self._names(place), self._wanted, place.id)[0]
        return "" if used == current_language() else used

    def name(self, place: Place) -> str:
        """Return the name of a place for a sentence, which is in the figure's language."""
        return in_fonts(self._names(place), current_language(), place.id)[1]

    @property
    def _wanted(self) -> str:
        """The language that names on the map are to be in."""
        return self.view.names or self.profile.languages[0]

    def _names(self, place: Place) -> Names:
        """Return the names of a place on the last day of the time window."""
        return names_on(place, self.view.window.last)

    def _article(self, event: Event) -> Article:
        return self.atlas.article[event.article]

    @property
    def _in_sight(self) -> list[Place]:
        """The places on the map; before it is drawn, those that may be on it."""
        places = (place for place, *_ in self.selection.places)
        return [place for place in places if self.drawn is None or place.id in self.drawn]

    @cached_property
    def draft_numbers(self) -> frozenset[str]:
        """The numbers of the statements that are drafts."""
        return frozenset(self.numbers[event.id] for event, _ in self.selection.events if event.draft)

    @property
    def drafts(self) -> int:
        """The number of drafts among what is shown."""
        return (
            sum(event.draft for event, _ in self.selection.events)
            + sum(fact.draft for fact, _ in self.selection.facts)
            + sum(place.draft for place in self._in_sight)
        )

    @property
    def _last_day(self) -> date:
        """The latest day on which anything in the data began."""
        atlas = self.atlas
        whens = [fact.when for fact in atlas.facts]
        for place in atlas.place.values():
            whens += [place.valid, *(status.when for status in place.statuses)]
        days = [when.earliest for when in whens if when.earliest]
        return max([atlas.day, *days])

    @property
    def day(self) -> date:
        """The day whose state the map draws."""
        last = max(self._last_day, self.view.window.first)  # beyond the data nothing is known
        return min(self.view.window.last, self.view.as_of or self.view.window.last, last)

    @cached_property
    def background_days(self) -> dict[str, int]:
        """Places in background facts up to that day, each with the ordinal of the latest such day."""
        days: dict[str, int] = {}
        for fact in self.atlas.facts if self.view.background else ():
            since = fact.when.earliest
            if since and since <= self.day:
                days |= {place: max(days.get(place, 0), since.toordinal()) for place in fact.places}
        return days

    @cached_property
    def _speakers(self) -> dict[str, str]:
        """The name of each actor for a sentence."""
        actors = self.atlas.actors
        return {
            actor.id: isolated(in_fonts(actor.names, current_language(), actor.id)[1]) for actor in actors
        }

    def said(self, event: Event) -> str:
        """Return who makes a statement, and the outlet through which the article quotes it, as a sentence."""
        return who_says(self.atlas, event, self._speakers, ".")

    @property
    def empty(self) -> str:
        """The reason why no statement is visible."""
        view = self.view
        if view.as_of is not None and all(article.date > view.as_of for article in self.articles):
            return words("empty-unknown")
        everything = select(self.atlas, replace(view, said_by=None, kinds=None))
        return words("empty-filters" if everything.events else "empty-window")

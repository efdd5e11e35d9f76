"""The text account of a view: what the map shows, in sentences, for readers who cannot see it.

`mapapp.text.account_parts` words what does not depend on the view; this module puts together what a view
shows. On the page `web/src/account.js` does so, and has to agree: a test compares the two.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from mapapp.core.compare import comparison
from mapapp.core.select import select
from mapapp.core.snapshots import gaps
from mapapp.text.account_parts import class_id, entries_listed, listed, own_words, parts
from mapapp.text.comparison import comparison_words, holder_rows
from mapapp.text.dates import day_number, day_words
from mapapp.text.labels import kind_words
from mapapp.text.locales import digits, in_language_of_view
from mapapp.text.messages import words
from mapapp.text.titles import window_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from mapapp.core.model import Atlas, Place
    from mapapp.core.select import Selection
    from mapapp.core.view import View
    from mapapp.text.account_parts import Parts, PlaceParts

_HEADING = 3  # names of places in a heading
_LEAST_PRECISE = 5  # places named as the least precise
ARTICLE, ADDED = "article", "added"  # whose words an entry is; empty: it only counts what is shown


@dataclass(frozen=True)
class Quote:
    """Words of an article, in quotation marks, with their language (BCP 47) and direction."""

    text: str
    lang: str
    dir: str


@dataclass(frozen=True)
class Entry:
    """Some sentences of an account, with whose they are (``article``, ``added`` or neither)."""

    voice: str
    text: str
    quote: Quote | None = None


@dataclass(frozen=True)
class Section:
    """A section of an account; the lead has an empty title.

    ``groups`` are entries under headings of their own.
    """

    title: str
    entries: tuple[Entry, ...]
    groups: tuple[tuple[str, tuple[Entry, ...]], ...] = ()


@in_language_of_view
def account(atlas: Atlas, view: View, made: Parts | None = None) -> tuple[Section, ...]:
    """Return the account of a view.

    Parameters
    ----------
    made
        The `parts` of the atlas, if they are at hand.
    """
    return _Account(atlas, view, made or parts(atlas)).sections()


def plain_account(sections: Iterable[Section]) -> str:
    """Return an account as plain text, in lines."""
    lines: list[str] = []
    for section in sections:
        if section.title:
            lines += ["", section.title, ""]
        lines += map(_line, section.entries)
        for heading, entries in section.groups:
            lines += ["", heading, *map(_line, entries)]
    return "\n".join(lines).strip() + "\n"


def account_values(sections: Iterable[Section]) -> list[dict[str, Any]]:
    """Return an account as plain values for JSON."""
    return [asdict(section) for section in sections]


class _Account:
    """Puts an account together. The script's functions of the same names do the same."""

    def __init__(self, atlas: Atlas, view: View, made: Parts) -> None:
        self.atlas, self.view, self.made = atlas, view, made
        self.selection: Selection = select(atlas, view)
        self.comparison = comparison(atlas, view)
        self.standing = {
            place.id: status.status if status else None for place, _, status in self.selection.places
        }
        self.shown = [place for place, *_ in self.selection.places if place.id in made["places"]]
        self.numbers = {event.id: digits(atlas.numbers[event.id]) for event, _ in self.selection.events}
        self.spoken: dict[str, list[str]] = {}
        for event, _ in self.selection.events:
            for link in event.places:
                self.spoken.setdefault(link.id, []).append(self.numbers[event.id])

    def sections(self) -> tuple[Section, ...]:
        snapshots = [self._snapshot(name) for name in self._layers(snapshot=True)]
        others = [self._layer(name) for name in self._layers(snapshot=False)]
        return (
            Section("", self._lead()),
            Section(words("account-setting"), tuple(Entry(ADDED, text) for text in self.made["setting"])),
            *snapshots,
            *self._compared(),
            *(section for section in others if section.entries),
            self._statements(),
            self._background(),
            Section(words("account-sure"), self._sure()),
        )

    def _lead(self) -> tuple[Entry, ...]:
        atlas, view, made = self.atlas, self.view, self.made
        articles = [item for item in atlas.article if view.article in (None, item)]
        texts = [words("account-title", title=made["title"], when=window_words(view.window))]
        texts += [made["articles"][item][1] for item in articles]
        published = [
            item for item in articles if view.as_of is None or atlas.article[item].date <= view.as_of
        ]
        if not published and view.as_of is not None:
            texts.append(words("account-unpublished", date=day_words(view.as_of)))
        else:
            count = len(self.selection.events)
            whole = sum(event.article in articles for event in atlas.events)
            in_time = len(select(atlas, replace(view, said_by=None, kinds=None)).events)
            texts.append(
                words("account-count-certain" if view.certain else "account-count", n=count, all=whole)
            )
            if in_time > count:
                texts.append(words("account-filtered", n=in_time - count))
        known = "account-known-all" if view.as_of is None else "account-known"
        texts.append(words(known, date=day_words(view.as_of or view.window.last)))
        texts += self._filters()
        return tuple(Entry("", text) for text in texts)

    def _filters(self) -> list[str]:
        view, made = self.view, self.made
        texts = []
        if view.article is not None and len(self.atlas.articles) > 1:
            texts.append(words("account-only-article", title=made["articles"][view.article][0]))
        if view.said_by is not None:
            names = [made["speakers"][item] for item in sorted(view.said_by)]
            texts.append(
                words("account-only-who", who=listed(names)) if names else words("account-no-speaker")
            )
        if view.kinds is not None:
            kinds = [made["kinds"][item] for item in sorted(view.kinds) if item in made["kinds"]]
            texts.append(
                words("account-only-kinds", kinds=listed(kinds)) if kinds else words("account-no-kind")
            )
        if hidden := [made["layers"][item] for item in sorted(view.hidden) if item in made["layers"]]:
            texts.append(words("account-hidden", layers=listed(hidden)))
        if not view.background:
            texts.append(words("account-no-background"))
        if self.comparison:
            first, last = day_words(self.comparison.first), day_words(self.comparison.last)
            texts.append(words("account-compared", first=first, last=last))
        texts += [words("compare-gap", day=day_words(gap.day)) for gap in gaps(self.atlas, view)]
        if view.selected is not None and (what := self._selected(view.selected)):
            texts.append(words("account-selected", what=what))
        return texts

    def _selected(self, item: str) -> str:
        """Return what is selected, if it is shown."""
        if item in self.numbers:
            return words("account-number", number=self.numbers[item])
        if item in self.standing and item in self.made["places"]:
            return self._name(item)
        return ""

    def _layers(self, *, snapshot: bool) -> list[str]:
        """Return the layers that are not hidden and have places, in the order of the panel."""
        filled = {place.layer for item in self.made["places"] for place in (self.atlas.place[item],)}
        profile = self.atlas.profile
        return [
            name
            for name in profile.listed
            if name in filled and name not in self.view.hidden and profile.layers[name].snapshot == snapshot
        ]

    def _snapshot(self, layer: str) -> Section:
        """Return the section of a layer of which the map shows one day."""
        label, here = self.made["layers"][layer], self._here(layer)
        title = words("account-snapshot", layer=label, date=day_words(self._day))
        if not here:
            return Section(title, (Entry("", words("account-none", layer=label)),))
        return Section(title, self._entries(here))

    def _compared(self) -> Iterator[Section]:
        """Yield the section on what changed hands between two days, if any are compared."""
        found = self.comparison
        if found is None:
            return
        days = {"first": day_words(found.first), "last": day_words(found.last)}
        texts = comparison_words(self.atlas, found)
        if not found.same:
            texts.append(words("compare-method"))
        yield Section(
            words("compare-title", **days),
            tuple(Entry(ADDED, text) for text in texts),
            tuple(
                (
                    kind_words(self.atlas.profile, holder.kind),
                    tuple(
                        Entry("", words("account-size", label=label, size=size))
                        for label, size in holder_rows(holder, **days)
                    ),
                )
                for holder in (() if found.same else found.kinds)
            ),
        )

    @property
    def _day(self) -> date:
        """The day of snapshots and statuses."""
        window, known = self.view.window, self.view.as_of
        return max(window.first, min(window.last, known or window.last))

    def _layer(self, layer: str) -> Section:
        here = self._here(layer)
        title = words("account-layer", layer=self.made["layers"][layer], n=len(here))
        return Section(title, self._entries(here))

    def _here(self, layer: str) -> list[Place]:
        return [place for place in self.shown if place.layer == layer]

    def _entries(self, places: Sequence[Place]) -> tuple[Entry, ...]:
        """Return the entries for the places of one layer: each area and line, and each class of points."""
        near = [place for place in places if not self._parts(place)["beyond"]]
        counts = Counter(class_id(place, self.standing[place.id]) for place in places)
        texts = []
        if 1 < len(counts) < len(places):
            classes = [
                words("account-class", n=n, kind=self._class(name)) for name, n in sorted(counts.items())
            ]
            texts.append(words("account-classes", classes=entries_listed(classes)))
        texts += [self._place_text(place) for place in near if self._parts(place)["shape"] != "point"]
        by_class: dict[str, list[str]] = {}
        for place in near:
            if self._parts(place)["shape"] == "point":
                point = class_id(place, self.standing[place.id])
                by_class.setdefault(point, []).append(self._point(place.id))
        texts += [
            words("account-class-places", places=entries_listed(points), kind=self._class(name))
            for name, points in sorted(by_class.items())
        ]
        if far := [self._point(place.id) for place in places if self._parts(place)["beyond"]]:
            texts.append(words("account-beyond", places=entries_listed(far)))
        return tuple(Entry(ADDED, text) for text in texts)

    def _place_text(self, place: Place) -> str:
        own = self._parts(place)
        status = self.standing[place.id]
        name, kind = self._name(place.id), self._class(class_id(place, status))
        texts = [words("account-place" if kind != name else "account-place-only", name=name, kind=kind)]
        if status and status in self.made["statuses"]:
            texts.append(
                words("account-status", date=day_words(self._day), status=self.made["statuses"][status])
            )
        texts.append(own["about"])
        texts += self._related("account-inside", own["inside"])
        texts += self._related("account-edge", own["edge"])
        through = [
            words("account-through-one", name=self._name(item), km=km)
            for item, km in own["through"]
            if item in self.standing
        ]
        if through:
            texts.append(words("account-through", places=entries_listed(through)))
        if beside := [self._name(item) for item in own["beside"] if item in self.standing]:
            texts.append(words("account-beside", places=entries_listed(beside)))
        if numbers := self.spoken.get(place.id):
            texts.append(words("account-place-statements", n=len(numbers), numbers=listed(numbers)))
        return " ".join(texts)

    def _related(self, key: str, items: Sequence[str]) -> list[str]:
        """Return a sentence for each layer of points that are shown."""
        by_layer: dict[str, list[str]] = {}
        for item in items:
            if item in self.standing:
                by_layer.setdefault(self.atlas.place[item].layer, []).append(self._name(item))
        return [
            words(key, layer=self.made["layers"][layer], places=entries_listed(names))
            for layer, names in by_layer.items()
        ]

    def _statements(self) -> Section:
        """Return the statements by place, the place with the most of them first."""
        title = own_words(self.atlas, "account-article")
        groups: dict[tuple[str, ...], list[Entry]] = {}
        for event, sure in self.selection.events:
            own = self.made["events"][event.id]
            text = own["text"] if sure == "certain" else f"{own['text']} {words('account-possible')}"
            groups.setdefault(tuple(own["places"]), []).append(Entry(ARTICLE, text, Quote(**own["quote"])))
        if not groups:
            return Section(title, (Entry("", words("account-silent")),))
        ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
        return Section(
            title,
            self._seats(),
            tuple((self._heading(places, len(entries)), tuple(entries)) for places, entries in ordered),
        )

    def _heading(self, places: Sequence[str], n: int) -> str:
        named = [self._placed(item) for item in places[:_HEADING]]
        more = len(places) - len(named)
        what = listed(named)
        if more:
            what = words("account-more-places", places=what, n=more)
        return words("account-statements-here", place=what, n=n)

    def _seats(self) -> tuple[Entry, ...]:
        """Return the places that are linked only as somebody's seat, with the numbers of the statements."""
        seats: dict[str, list[str]] = {}
        for event, _ in self.selection.events:
            for item in self.made["events"][event.id]["seats"]:
                seats.setdefault(item, []).append(self.numbers[event.id])
        if not seats:
            return ()
        said = [
            words("account-seat", place=self._point(item), n=len(numbers), numbers=listed(numbers))
            for item, numbers in seats.items()
        ]
        return (Entry(ADDED, words("account-seats", places=entries_listed(said))),)

    def _background(self) -> Section:
        texts = [self.made["facts"][fact.id] for fact, _ in self.selection.facts]
        entries = [Entry(ADDED, text) for text in texts] or [Entry("", words("account-no-background-here"))]
        return Section(own_words(self.atlas, "account-background"), tuple(entries))

    def _sure(self) -> tuple[Entry, ...]:
        texts = []
        near = [place for place in self.shown if not self._parts(place)["beyond"]]
        if near:
            least = sorted(near, key=lambda place: -place.tolerance_km)[:_LEAST_PRECISE]
            errors = [
                words("account-error", name=self._name(place.id), km=place.tolerance_km) for place in least
            ]
            texts.append(words("account-least", places=entries_listed(errors)))
            low = sum(self._parts(place)["low"] for place in near)
            texts.append(words("account-low", n=low, all=len(near)))
        may = sum(sure == "possible" for _, sure in self.selection.events)
        if may:
            texts.append(words("account-may", n=may))
        elif self.selection.events:
            texts.append(words("account-all-certain"))
        drafts = sum(event.draft for event, _ in self.selection.events)
        drafts += sum(place.draft for place in self.shown)
        drafts += sum(fact.draft for fact, _ in self.selection.facts)
        if drafts:
            texts.append(words("account-drafts", n=drafts))
        texts.append(words("account-no-opinion"))
        return tuple(Entry("", text) for text in texts)

    def _parts(self, place: Place) -> PlaceParts:
        return self.made["places"][place.id]

    def _class(self, name: str) -> str:
        return self.made["classes"][name]

    def _name(self, item: str) -> str:
        """Return the name of a place on the last day of the window."""
        last = day_number(self.view.window.last)
        own = self.made["places"].get(item) or self.made["base"][item]
        return next(
            text
            for low, high, text in own["names"]
            if (low is None or low <= last) and (high is None or last <= high)
        )

    def _point(self, item: str) -> str:
        """Return the name of a place with its distance and direction, if it has any."""
        off = self.made["places"][item]["off"] if item in self.made["places"] else ""
        return words("account-point", name=self._name(item), where=off) if off else self._name(item)

    def _placed(self, item: str) -> str:
        """Return the name of a place with its kind, distance and direction: places may share a name."""
        own = self.made["places"].get(item) or self.made["base"][item]
        off = self.made["places"][item]["off"] if item in self.made["places"] else ""
        name, kind = self._name(item), own["kind"]
        if not off:
            return words("account-placed-kind", name=name, kind=kind)
        return words("account-placed", name=name, kind=kind, where=off)


def _line(entry: Entry) -> str:
    said = f"- {words(f'account-voice-{entry.voice}')}: {entry.text}" if entry.voice else f"- {entry.text}"
    return f"{said} {entry.quote.text}" if entry.quote else said

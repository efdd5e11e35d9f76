"""The handout of a story: a page for each step, with its map, whose words they are, and how sure it is."""

from __future__ import annotations

import gc
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from mapapp.core.story import Step, steps
from mapapp.figure import fonts
from mapapp.figure.extras import Extras
from mapapp.figure.figure_errors import FigureError
from mapapp.figure.key import key_rows
from mapapp.figure.map_sheet import credit_words, draw_map_sheet
from mapapp.figure.note_items import Item, Part
from mapapp.figure.notes import Notes
from mapapp.figure.page import Head, about_items, item_data, language_data, map_size, part_data
from mapapp.figure.read_view import PREFIX
from mapapp.figure.sheet import Description, Look, broken
from mapapp.figure.sizes import SIZES, USUAL_SIZE
from mapapp.figure.typeset import set_handout
from mapapp.text.authored import event_title
from mapapp.text.dates import day_words
from mapapp.text.direction import isolated
from mapapp.text.labels import map_title
from mapapp.text.locales import current_language, digits, in_language_of_view, local
from mapapp.text.messages import words
from mapapp.text.printed_address import printed, public
from mapapp.theme import LIGHT
from mapapp.view_address import step_view, write_address

if TYPE_CHECKING:
    from mapapp.core.model import Atlas, Event
    from mapapp.core.view import View
    from mapapp.figure.drawing import Map
    from mapapp.figure.sizes import Size

_TITLE = 0.82  # size of the title of a step, as a share of that of a figure
_LEADING = 1.28  # height of a line of the title in multiples of the size of its text
_AROUND_TITLE = 4.5  # millimetres between the title, what is above it and the map
_SPARE = 2.5  # millimetres by which the map is lower than its room, so that it surely fits


@dataclass(frozen=True)
class _StepNotes(Notes):
    """The texts of a step; its sources have the numbers they have in the whole handout."""

    numbering: dict[str, int] = field(default_factory=dict, compare=False)

    @cached_property
    def source_numbers(self) -> dict[str, int]:
        """The number of each source of the handout; one cited for the first time gets the next."""
        return _Numbers(self.numbering)

    def cite(self, source: str) -> None:
        """Give a source a number, so that it is listed."""
        self.numbering.setdefault(source, len(self.numbering) + 1)

    @cached_property
    def marks(self) -> dict[str, list[str]]:
        """The number of the statement that the step shows, for each of its places; else all numbers."""
        event = self.atlas.event.get(self.view.selected or "")
        if event is None:
            return super().marks
        return {link.id: [self.atlas.numbers[event.id]] for link in event.places}


class _Numbers(dict[str, int]):
    """Numbers that are given out when they are asked for; all steps share ``given``."""

    def __init__(self, given: dict[str, int]) -> None:
        super().__init__()
        self._given = given

    def __getitem__(self, item: str) -> int:
        return self._given.setdefault(item, len(self._given) + 1)


@in_language_of_view
def handout(
    atlas: Atlas,
    view: View,
    *,
    size: str = USUAL_SIZE,
    address: str | None = None,
    extras: Extras | None = None,
) -> bytes:
    """Return the handout of an atlas's story as a tagged PDF; the same data gives the same bytes.

    Parameters
    ----------
    view
        Its language, and that of its names, are used; all else is as each step says.
    size
        One of `mapapp.figure.sizes.HANDOUT_SIZES`.
    address
        Address of the page that shows the map; ``None`` if unknown.
    extras
        Who made it and when; a handout has no other title and no logo.

    Raises
    ------
    FigureError
        If there are no steps.
    """
    story = steps(atlas)
    if not story:
        raise FigureError(words("handout-nothing"))
    extras = extras or Extras()
    page, numbering = SIZES[size], dict[str, int]()
    maps: dict[str, str] = {}
    pages = []
    collecting = gc.isenabled()
    gc.disable()  # it takes a tenth of the time
    try:
        for at, step in enumerate(story):
            names = view.names or atlas.profile.languages[0]
            shown = replace(step_view(atlas, step.number), names=names, language=view.language)
            link = _address(shown, atlas, address)
            notes = _StepNotes(atlas, shown, numbering=numbering)
            made, drawing, maps[f"map-{at}"] = _page(notes, step, len(story), page, link, extras.credit)
            pages.append(made)
    finally:
        if collecting:
            gc.enable()
    whole = _document(atlas, pages, page, extras)
    link = _address(replace(step_view(atlas, 1), language=view.language), atlas, address)
    whole |= {
        "keyword": f"{PREFIX}{link}",
        "sections": [
            _section("figure-sources", [drawing.notes.source(item) for item in numbering]),
            _section("figure-about", about_items(drawing, link, extras, ())),
        ],
    }
    return set_handout(whole, maps)


def _address(view: View, atlas: Atlas, here: str | None) -> str:
    """Return the address of a step, which need not name more than its number."""
    bare = urlsplit(here or "")._replace(query="", fragment="").geturl()
    return f"{bare}?{urlencode(write_address(view, atlas), safe=',')}"


def _document(atlas: Atlas, pages: list[dict[str, Any]], page: Size, extras: Extras) -> dict[str, Any]:
    """Return the whole handout for `handout.typ`, but for its last pages."""
    title = fonts.clean(words("handout-title", title=map_title(atlas)))
    day = extras.produced or atlas.issued or atlas.day
    return {
        "look": asdict(page),
        "colors": LIGHT,
        "fonts": [fonts.LATIN, fonts.ARABIC],
        **language_data(),
        "title": title,
        "title_size": page.title * _TITLE,
        "leading": _LEADING - 0.72,
        "head": fonts.clean(extras.credit) or fonts.clean(map_title(atlas)),
        "alt": fonts.clean(words("handout-alt", title=map_title(atlas), n=len(pages))),
        "author": fonts.clean(extras.credit) or "mapapp",
        "date": [day.year, day.month, day.day],
        "page": words("figure-page", number="{number}", pages="{pages}"),
        "steps": pages,
        "sources_title": words("handout-sources"),
    }


def _page(  # noqa: PLR0913, PLR0917 - what is on a page
    notes: _StepNotes, step: Step, count: int, page: Size, address: str, maker: str
) -> tuple[dict[str, Any], Map, str]:
    """Return the page of a step for `handout.typ`, its drawing, and the map as SVG."""
    atlas = notes.atlas
    title = fonts.clean(isolated(_title(atlas, step)))
    look = Look(page.title * _TITLE, bold=True)
    lines = len(broken(f"0000 {title}", look, page.wide - 2 * page.margin))
    high = (lines * look.size * _LEADING + page.notes) * fonts.POINT + _AROUND_TITLE
    wide, most = map_size(page, Head(title, "", look.size, high))
    drawing = draw_map_sheet(notes, page, wide, most - _SPARE, maker)
    notes = drawing.notes  # type: ignore[assignment] # with what is on the map
    rows = key_rows(atlas, drawing.drawn, drawing, day_words(notes.day))
    alt = " ".join(
        (
            words("handout-map-alt", step=step.number, all=count, title=title.rstrip(".")),
            words("figure-alt-key", rows="; ".join(isolated(row.text) for row in rows if not row.head)),
        )
    )
    about = Description(title, fonts.clean(alt), credit_words(atlas), current_language())
    own = step.own
    shown = [(place, status) for place, status in drawing.drawn if place.id in notes.highlighted]
    items = [item_data(item) for item in _items(notes, step)]  # first, for its sources come first
    precision = notes.precision(shown, by_source=False)
    link = address if public(address) else None
    foot = (
        Part(words("figure-address"), "soft"),
        Part(isolated(printed(address)), "record" if link else "ink", link),
    )
    made = {
        "label": words("story-step", step=step.number, all=count),
        "number": digits(atlas.numbers[step.shown or ""]) if own is None else "",
        "title": title,
        "head": high,
        "map": {"wide": drawing.sheet.wide, "high": drawing.sheet.high},
        "alt": about.alt,
        "own": {"lines": _lines(local(own.text)) if own.text else [], "note": words("story-own")}
        if own
        else None,
        "items": items,
        "sections": [_section("figure-precision-title", precision)] if precision else [],
        "foot": [part_data(part) for part in foot],
    }
    return made, drawing, drawing.sheet.svg(about, address, "page").decode()


def _section(key: str, items: list[Item]) -> dict[str, Any]:
    return {"title": words(key), "color": "ink", "items": [item_data(item) for item in items]}


def _lines(text: str) -> list[str]:
    return [fonts.clean(line) for line in text.split("\n") if line]


def _title(atlas: Atlas, step: Step) -> str:
    """Return the title of a step: the author's, or that of the statement."""
    return local(step.own.title) if step.own else event_title(atlas.event[step.shown or ""])


def _items(notes: _StepNotes, step: Step) -> list[Item]:
    """Return what the step shows: a statement with its words, or a background fact with its sources."""
    atlas = notes.atlas
    if step.shown in atlas.event:
        event = atlas.event[step.shown]
        notes.cite(atlas.article[event.article].source)
        return [_statement(notes, event, titled=step.own is not None)]
    if step.shown in atlas.fact:
        return [notes.background(atlas.fact[step.shown])]
    return []


def _statement(notes: Notes, event: Event, *, titled: bool) -> Item:
    """Return the note on a statement; its title is left out where it is that of the page."""
    whole = notes.statement(event)
    number = Part(digits(notes.atlas.numbers[event.id]), "article")
    return replace(whole, parts=(number, *whole.parts) if titled else whole.parts[1:])

"""The pages of a figure as data: what is said where, for Typst to set."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

import segno

from mapapp.figure import fonts
from mapapp.figure.key import key_rows
from mapapp.figure.logo import logo_data
from mapapp.figure.map_sheet import credit_words
from mapapp.figure.note_items import Item, Part, ranges
from mapapp.figure.own_layers import own_key, own_notes
from mapapp.figure.read_view import PREFIX
from mapapp.figure.sheet import Look, broken, width
from mapapp.text.authored import event_title
from mapapp.text.dates import day_words
from mapapp.text.direction import isolated
from mapapp.text.labels import kind_words, layer_words
from mapapp.text.locales import current_language, digits, direction, number_words, within_sentence
from mapapp.text.messages import in_a_row, words
from mapapp.text.printed_address import printed, public, whereabouts
from mapapp.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapapp.core.model import Article, Event
    from mapapp.figure.attachments import Attachment
    from mapapp.figure.drawing import Map
    from mapapp.figure.extras import Extras
    from mapapp.figure.notes import Notes
    from mapapp.figure.sizes import Size

_LOGO_ROOM = 45.0  # millimetres that a logo takes from the head
_GAP = 5.0  # millimetres between the map and the notes beside it, as in `page.typ`
_ABOVE_NOTES = 2.5  # millimetres between the map and the notes below it, as in `page.typ`
_LEADING = 1.28  # height of a line of the head in multiples of the size of its text
_CODE = (14.0, 25.0)  # millimetres: smallest and largest side of the QR code
_MODULE = 0.38  # least millimetres of one module of the QR code
_QUIET = 3  # modules of quiet zone around it
_ALMOST = 0.985  # share of the room that a title may fill, so that it surely fits
_SHRINK = 0.75  # least share of its size to which a title shrinks to fit one line
_LONGEST = 200  # characters of an address on the first page
_LONG = 24  # letters of a word that may have to be broken
_LANGUAGE = re.compile("[a-z]{2,3}", re.IGNORECASE)
# of an address, after which a line may end; not after a hyphen, which readers of a PDF would take away
_PIECE = re.compile(r"[^/&?=_,.:]{0,24}[/&?=_,.:]?")


@dataclass(frozen=True)
class Head:
    """The title and the lead of a page; ``size`` of the title in points, ``high`` in millimetres."""

    title: str
    lead: str
    size: float
    high: float


def head_of(notes: Notes, size: Size, extras: Extras) -> Head:
    """Return the head of a page: the title shrinks a little rather than take a second line."""
    title = fonts.clean(extras.title or notes.headline)
    lead = fonts.clean(extras.subtitle or " ".join(part.rstrip(".") + "." for part in notes.lead))
    room = size.wide - 2 * size.margin - (_LOGO_ROOM if extras.logo else 0)
    look = Look(size.title, bold=True)
    look = replace(look, size=size.title * max(_SHRINK, min(1, _ALMOST * room / max(width(title, look), 1))))
    small = Look(size.notes)
    lines = len(broken(title, look, room)) * look.size + len(broken(lead, small, room)) * small.size
    return Head(title, lead, look.size, lines * _LEADING * fonts.POINT + 2.5)


def map_size(size: Size, head: Head) -> tuple[float, float]:
    """Return width and height of the map on a page, in millimetres."""
    wide = size.wide - 2 * size.margin - (size.beside + _GAP if size.beside else 0)
    high = size.high - 2 * size.margin - head.high - (size.below + _ABOVE_NOTES if size.below else 0)
    return wide, high


def alt_text(drawing: Map, head: Head, extras: Extras) -> str:
    """Return the alternative text: what the figure shows, in one paragraph."""
    notes = drawing.notes
    key = key_rows(notes.atlas, drawing.drawn, drawing, day_words(notes.day))
    rows = [isolated(row.text) for row in key if not row.head] + own_key(extras.own_layers)
    said = [
        f"{digits(number)}: {isolated(event_title(notes.atlas.event[event]))}."
        for event, number in notes.numbers.items()
    ]
    parts = [
        words("figure-alt", title=head.title.rstrip(".")),
        head.lead,
        words("figure-alt-key", rows="; ".join(rows)),
        words("figure-alt-notes", notes=" ".join(said)) if said else notes.empty,
        *crowded_words(drawing),
    ]
    return fonts.clean(" ".join(parts))


def page_data(  # noqa: PLR0913 - what is on a page
    drawing: Map,
    head: Head,
    size: Size,
    address: str,
    extras: Extras,
    *,
    files: Sequence[Attachment],
    pages: bool,
    only_map: bool,
) -> dict[str, Any]:
    """Return the pages of a figure for `page.typ`.

    Parameters
    ----------
    files
        What is attached to a PDF.
    pages
        Whether pages with the notes in full follow the map.
    only_map
        Whether there is nothing but the map, on a page of its size.
    """
    notes = drawing.notes
    atlas = notes.atlas
    sheet = drawing.sheet
    count = len(notes.selection.events)
    look = asdict(size)
    if only_map:
        look |= {"wide": sheet.wide, "high": sheet.high, "margin": 0}
    where = words("figure-where-pages") if pages else whereabouts(address)
    more = words("figure-more-notes" if count else "figure-more-sources", n=count, where=where)
    day = extras.produced or atlas.issued or atlas.day
    return {
        "look": look,
        "colors": LIGHT,
        "fonts": [fonts.LATIN, fonts.ARABIC],
        **language_data(),
        "title": head.title,
        "title_size": head.size,
        "lead": head.lead,
        "lead_width": size.wide - 2 * size.margin - (_LOGO_ROOM if extras.logo else 0),
        "logo_width": _LOGO_ROOM - _GAP,
        "leading": _LEADING - 0.72,
        "head": head.high,
        "alt": alt_text(drawing, head, extras),
        "author": fonts.clean(extras.credit) or "mapapp",
        "keyword": f"{PREFIX}{address}",
        "date": [day.year, day.month, day.day],
        "map": {"wide": sheet.wide, "high": sheet.high},
        "only_map": only_map,
        "logo": logo_data(extras.logo) if extras.logo else None,
        "notes_title": words("figure-notes"),
        "notes": [item_data(notes.short(event)) | {"order": order} for order, event in _by_worth(drawing)],
        "total": count,
        "empty": "" if count else notes.empty,
        "more": " ".join(
            (more, *(crowded_words(drawing) if size.most and not pages else ()), *notes.font_remarks)
        ),
        "foot": [
            part_data(part) for part in foot_parts(notes, address, _LONGEST if size.most else _LONGEST // 2)
        ],
        "code": _code(address),
        "page": words("figure-page", number="{number}", pages="{pages}"),
        "sections": _sections(drawing, address, extras, files) if pages and not only_map else [],
        "attachments": [asdict(file) for file in files],
    }


def _by_worth(drawing: Map) -> list[tuple[int, Event]]:
    """Return the statements with their place in the article's order.

    Those about what is selected come first, then those marked on the map.
    """
    notes = drawing.notes
    marked = {number for place in drawing.marked for number in notes.marks.get(place, ())}
    chosen = {number for place in notes.highlighted for number in notes.marks.get(place, ())}
    events = list(enumerate((event for event, _ in notes.selection.events), 1))

    def worth(found: tuple[int, Event]) -> tuple[bool, bool, int]:
        order, event = found
        number = notes.numbers[event.id]
        return number not in chosen, number not in marked, order

    return sorted(events, key=worth)


def item_data(item: Item) -> dict[str, Any]:
    """Return an item of a list for Typst."""
    quote = item.quote
    return {
        "number": digits(item.number),
        "parts": [part_data(part) for part in item.parts],
        "quote": {"text": fonts.clean(quote.text), "rtl": quote.rtl, "lang": _language(quote.lang)}
        if quote
        else None,
    }


def _language(tag: str) -> str:
    """Return the language of a tag as Typst takes it: two or three letters, without region and script."""
    language = tag.partition("-")[0]
    return language if _LANGUAGE.fullmatch(language) else "und"


def language_data() -> dict[str, Any]:
    """Return the language of a document for Typst, with its direction and its digits."""
    return {
        "lang": current_language(),
        "rtl": direction() == "rtl",
        "digits": [*digits("0123456789")],
    }


def part_data(part: Part) -> dict[str, Any]:
    """Return a stretch of text for Typst."""
    text = fonts.clean(isolated(part.text) if direction() == "rtl" else part.text)
    said: dict[str, Any] = {"text": text, "color": part.color, "link": part.link}
    said["lang"] = _language(part.lang or current_language())
    if any(len(word) > _LONG for word in said["text"].split()):
        said["pieces"] = _PIECE.findall(said["text"])[:-1] or [said["text"]]
    return said


def foot_parts(notes: Notes, address: str, most: int | None = None) -> list[Part]:
    """Return where the view can be found and which data it is drawn from.

    An address longer than ``most`` characters is cut; the file has it whole.
    """
    atlas = notes.atlas
    shown = printed(address)
    cut = most is not None and len(shown) > most
    shown = f"{shown[:most]}…" if cut else shown
    parts = [Part(words("figure-address"), "soft")]
    parts.append(
        Part(
            isolated(shown) or "?",
            "record" if public(address) else "ink",
            address if public(address) else None,
        )
    )
    if not address.strip("?"):
        parts.append(Part(words("figure-address-default"), "soft"))
    if cut:
        parts.append(Part(words("figure-address-cut"), "soft"))
    if not public(address):
        parts.append(Part(words("figure-no-address"), "soft"))
    elif _code(address) is None:
        parts.append(Part(words("figure-no-code"), "soft"))
    version = atlas.fingerprint[:12]
    data = (
        words("figure-data-dated", date=day_words(atlas.issued), data=version)
        if atlas.issued
        else words("figure-data", data=version)
    )
    parts.append(Part(f"{data}.", "soft"))
    return parts


def _code(address: str) -> dict[str, Any] | None:
    """Return the QR code of a public address as SVG, its side in millimetres, and its alternative text.

    ``None`` if the address is not public, or too long for a code that can be read.
    """
    if not public(address):
        return None
    try:
        code = segno.make(address, error="m", micro=False)
    except segno.DataOverflowError:
        return None
    side = max(_CODE[0], (len(code.matrix) + 2 * _QUIET) * _MODULE)
    if side > _CODE[1]:
        return None
    out = BytesIO()
    code.save(out, kind="svg", border=_QUIET, xmldecl=False, dark=LIGHT["ink"])
    return {"svg": out.getvalue().decode(), "side": side, "alt": words("figure-code-alt")}


def _sections(
    drawing: Map, address: str, extras: Extras, files: Sequence[Attachment]
) -> list[dict[str, Any]]:
    """Return what follows the map: notes and background in full, precision, sources, and about the figure."""
    notes = drawing.notes
    statements = [notes.statement(event) for event, _ in notes.selection.events]
    statements += [] if statements else [Item("", (Part(notes.empty),))]
    statements += [Item("\u2013", (Part(remark, "soft"),)) for remark in remarks(drawing)]
    facts = [notes.background(fact) for fact, _ in notes.selection.facts]
    if notes.view.background and not facts:
        facts = [Item("", (Part(words("figure-no-background"), "soft"),))]
    sections = [
        ("figure-notes-full", "article", statements),
        ("figure-background", "ink", facts),
        ("compare-open", "ink", notes.compared_items()),
        ("figure-precision-title", "ink", notes.precision(drawing.drawn)),
        ("figure-sources", "ink", [notes.source(item) for item in notes.source_numbers]),
        ("figure-about", "ink", about_items(drawing, address, extras, files)),
    ]
    return [
        {"title": words(title), "color": color, "items": [item_data(item) for item in items]}
        for title, color, items in sections
        if items
    ]


def remarks(drawing: Map) -> list[str]:
    """Return where to find the numbers that are not on the map, and what is not drawn."""
    notes = drawing.notes
    lines = notes.off(drawing.marked, drawing.shapes.keys() | drawing.blots)
    if drawing.grouped:
        what = "; ".join(
            f"{isolated(kind_words(drawing.profile, kind))} {ranges(numbers)}"
            for (_, kind), numbers in drawing.grouped.items()
        )
        lines.append(words("figure-grouped", what=what))
    return [*lines, *crowded_words(drawing), *notes.font_remarks]


def crowded_words(drawing: Map) -> list[str]:
    """Return how many places of which layers are too close together at this scale; empty if none are."""
    if not drawing.crowded:
        return []
    layers = in_a_row(
        f"{isolated(within_sentence(layer_words(drawing.profile, layer)))} ({number_words(count)})"
        for layer, count in sorted(drawing.crowded.items())
    )
    return [words("figure-crowded", layers=layers), words("figure-crowded-where")]


def about_items(drawing: Map, address: str, extras: Extras, files: Sequence[Attachment]) -> list[Item]:
    """Return what there is to know about the figure itself."""
    notes = drawing.notes
    atlas = notes.atlas
    produced = (
        words("figure-produced", date=day_words(extras.produced))
        if extras.produced
        else words("figure-produced-undated")
    )
    lines = [
        words("about-method"),
        words("about-shapes"),
        words("about-known"),
        *own_notes(extras.own_layers, drawing.projection),
        credit_words(atlas),
        *(_article_line(notes, article) for article in notes.articles),
        notes.untranslated,
        words("figure-data", data=atlas.fingerprint) + ".",
        produced,
    ]
    if files:
        lines.append(words("figure-attached", files=", ".join(file.name for file in files)))
    return [
        *(Item("\u2013", (Part(fonts.clean(line)),)) for line in lines if line),
        Item("\u2013", tuple(foot_parts(notes, address))),
    ]


def _article_line(notes: Notes, article: Article) -> str:
    """Return the SHA-256 of an article; of several, of which one it is."""
    sha = words("figure-article", article=article.sha256) + "."
    return f"{notes.article_words(article)} {sha}" if notes.atlas.letters[article.id] else sha

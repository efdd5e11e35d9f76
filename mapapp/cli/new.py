"""The command ``new``: a data folder from an article."""

from __future__ import annotations

import re
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from mapapp.authoring.base_map import Box, around, the_world
from mapapp.authoring.extract.document import extract
from mapapp.authoring.folder_files import TEMPLATES, NewArticle
from mapapp.authoring.gazetteer import GazetteerError, open_gazetteer
from mapapp.authoring.new_folder import make_folder
from mapapp.authoring.places_named import country_called, places_called, region_named, region_of
from mapapp.authoring.suggest import suggest
from mapapp.cli.options import MisuseError, OneOf, day, examples
from mapapp.core.language import language_of
from mapapp.core.model import Article
from mapapp.core.sentences import date_line, sentences
from mapapp.data.fields import Language, Url
from mapapp.data.parse import parse_value
from mapapp.errors import DateError, short_repr

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from mapapp.authoring.base_map import World
    from mapapp.authoring.extract.extracted import Extracted
    from mapapp.authoring.gazetteer import Gazetteer

Known = TypeVar("Known")
_UNKNOWN_LICENCE = "not stated"
_MOST_NAMED = 6  # places of one name
_FIRST = 5  # paragraphs that may begin with a date: after the title and the names of authors
_ABOUT_DATE = "the day of publication, such as 2024-05-31"


def _checked(kind: object) -> Callable[[str], str]:
    """Return a reader of values that a data file takes as ``kind``."""

    def read(text: str) -> str:
        value = parse_value(kind, text)
        if isinstance(value, list):
            raise click.BadParameter(f"{value[0].what} (got {short_repr(text)}); {value[0].fix}")
        return text

    return read


def _box(text: str) -> Box:
    """Read a box: west, south, east and north in degrees."""
    numbers = re.fullmatch(r"\s*".join([r"(-?\d+(?:\.\d+)?)"] + [r",\s*(-?\d+(?:\.\d+)?)"] * 3), text.strip())
    fix = "write west,south,east,north in degrees, such as 35.5,34,39,37.5"
    if numbers is None:
        raise click.BadParameter(f"not a box (got {short_repr(text)}); {fix}")
    box = Box(*map(float, numbers.groups()))
    inside = -180 <= box.west < box.east <= 180 and -85 <= box.south < box.north <= 85  # noqa: PLR2004 - of the map
    if not inside:
        raise click.BadParameter(f"the box has no size, or is not on the map (got {short_repr(text)}); {fix}")
    return box


@click.command(
    epilog=examples(
        "mapapp new my-story --article report.docx",
        'mapapp new my-story --article page.html --date 2024-05-31 --language en --licence "CC BY 4.0"',
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--article",
    "document",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path),
    help="The article: .txt, .html, .docx or .pdf.",
)
@click.option(
    "--date",
    "published",
    metavar="DAY",
    type=day,
    help="Day of publication.  [default: what the document says]",
)
@click.option(
    "--language",
    metavar="TAG",
    type=_checked(Language),
    help="Language of the article.  [default: as its words suggest]",
)
@click.option(
    "--licence",
    metavar="TEXT",
    help=f"What the text may be used for, such as CC BY 4.0.  [default: {_UNKNOWN_LICENCE}]",
)
@click.option("--title", metavar="TEXT", help="Its title.  [default: what the document says]")
@click.option("--author", metavar="TEXT", help="Its author.  [default: what the document says]")
@click.option("--publisher", metavar="TEXT", help="Who published it.  [default: what the document says]")
@click.option(
    "--url", metavar="URL", type=_checked(Url), help="Its address.  [default: what the document says]"
)
@click.option(
    "--template", type=OneOf(TEMPLATES), default="plain", show_default=True, help="The profile to begin with."
)
@click.option(
    "--place",
    metavar="NAME",
    help="A country, province or town that the map opens on, such as 'Tripoli, LB'.  "
    "[default: what the article names]",
)
@click.option(
    "--bbox", "box", metavar="W,S,E,N", type=_box, help="The box that the map opens on, in degrees."
)
def new(
    folder: Path,
    document: Path,
    published: date | None,
    language: str | None,
    licence: str | None,
    title: str | None,
    author: str | None,
    publisher: str | None,
    url: str | None,
    template: str,
    place: str | None,
    box: Box | None,
) -> None:
    """Make a data folder from an article.

    DIR is made; nothing may be there yet. Date, language and licence are asked for in a terminal if they are
    not given.
    """
    if place is not None and box is not None:
        raise MisuseError("--place: given together with --bbox; leave one of them out")
    found = extract(document)
    language = language or _ask(
        "language", "Language of the article", language_of(found.text), _checked(Language)
    )
    published = published or _published(found, language)
    licence = licence or _ask("licence", "Licence of its text", _UNKNOWN_LICENCE, str)
    article = NewArticle(
        text=found.text,
        original=document.read_bytes(),
        suffix=document.suffix.lower(),
        date=published,
        language=language,
        licence=licence,
        title=title or found.title,
        author=author or found.author,
        publisher=publisher or found.publisher,
        url=url or found.url,
    )
    gazetteer = _opened_gazetteer()
    region, about = _region(article, place, box, gazetteer)
    make_folder(folder, article, template, region, about=about, gazetteer=gazetteer)
    count = len(sentences(article.text, language))
    for remark in found.remarks:
        print(remark)
    print(f"Date {published}, language {language}, licence: {licence}.")
    print(f"{folder}: {count} sentences, each a draft. Check it with: mapapp check --data {folder}")


def _published(found: Extracted, language: str) -> date:
    """Return the day of publication: as the text or its document says, confirmed in a terminal."""
    known = next(
        filter(None, map(partial(_date_of, language), found.text.split("\n\n")[:_FIRST])), found.published
    )
    if known is not None:
        return _ask("date", _ABOUT_DATE, known, day)
    if not _asks():
        raise MisuseError(f"--date: the document does not say its date; give {_ABOUT_DATE}")
    answer: date = click.prompt(_ABOUT_DATE, value_proc=day, err=True)
    return answer


def _date_of(language: str, paragraph: str) -> date | None:
    """Return the date that a paragraph begins with."""
    try:
        found = date_line(paragraph, language)
    except DateError:
        return None
    return found[0] if found else None


def _ask(name: str, question: str, known: Known, read: Callable[[str], Known]) -> Known:
    """Return what is known, or in a terminal what the user answers."""
    if not _asks():
        print(f"--{name} is not given; it was taken as {known}.", file=sys.stderr)
        return known
    answer: Known = click.prompt(
        question, default=None if known is None else str(known), value_proc=read, err=True
    )
    return answer


def _asks() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _region(
    article: NewArticle, place: str | None, box: Box | None, gazetteer: Gazetteer | None
) -> tuple[Box, str]:
    """Return what the map opens on, and the id of the country that the article is mostly about."""
    world = the_world()
    text = Article("", article.text, article.date, "", "", article.language)
    named = None if place is not None else region_named(world, suggest(text, None, gazetteer))
    if box is not None:
        return box, named[1] if named else "land"
    if place is not None:
        country = country_called(world, place)
        if country is not None:
            return around([world.main_box(country)]), country.id
        return _region_called(world, place, gazetteer)
    if named is None:
        raise MisuseError("--place: the article names no place that is known; give --place or --bbox")
    return named


def _region_called(world: World, place: str, gazetteer: Gazetteer | None) -> tuple[Box, str]:
    """Return the region of a town or province, if the name means just one."""
    got = f"got {short_repr(place)}"
    found = places_called(gazetteer, world, place) if gazetteer else []
    if gazetteer is None or not found:
        kinds = "a country" if gazetteer is None else "a country, province or town"
        raise MisuseError(f"--place: no such place ({got}); write the name of {kinds}, or give --bbox")
    names = dict.fromkeys(f"{one.name}, {one.country}" for one in found)
    if len(names) > 1 and ", " not in place:
        which = "; ".join([*names][:_MOST_NAMED])
        raise MisuseError(f"--place: several places are called so ({got}); write one of: {which}")
    one, *others = found
    count = f"; others of that name there: {len(others)}" if others else ""
    print(f"The map opens on {one.name}, {one.country}, at {one.lat:.2f}, {one.lon:.2f}{count}.")
    return region_of(gazetteer, world, one)


def _opened_gazetteer() -> Gazetteer | None:
    """Return the gazetteer; without it, say so."""
    try:
        return open_gazetteer(on_index=_say_index)
    except GazetteerError as error:
        print(f"No towns, and no places as drafts: {error}", file=sys.stderr)
        return None


def _say_index() -> None:
    print("Indexing the names of places once; this takes about half a minute …", file=sys.stderr, flush=True)

"""The command ``suggest``: list what the rules find in an article. It writes nothing."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mapapp.authoring.gazetteer import GazetteerError, open_gazetteer
from mapapp.authoring.suggest import suggest as suggest_for
from mapapp.cli.options import MisuseError, OneOf, examples
from mapapp.core.sanitize import clean
from mapapp.data.atomic_write import named
from mapapp.data.load import load
from mapapp.errors import short_repr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapapp.authoring.gazetteer import Gazetteer
    from mapapp.authoring.suggest import Suggestions
    from mapapp.authoring.suggest.model import PlaceMention


@click.command(epilog=examples("mapapp suggest my-story", "mapapp suggest my-story --format json"))
@click.argument("folder", metavar="DIR")
@click.option("--article", "wanted", metavar="ID", help="Only this article.  [default: all]")
@click.option(
    "--format",
    "form",
    type=OneOf(["text", "json"]),
    default="text",
    show_default=True,
    help="Format of the list.",
)
@click.option(
    "--own-places",
    is_flag=True,
    help="Look only for the folder's own places, not for those of the gazetteer.",
)
def suggest(folder: str, wanted: str | None, form: str, own_places: bool) -> None:  # noqa: FBT001
    """Suggest times, places and speakers for an article.

    Rules and lists of words find them, offline; nothing is written. Places outside the folder are looked up
    in a gazetteer, which needs the extra "author"; the first time, this takes about half a minute.
    """
    root = Path(folder)
    if not root.is_dir():
        raise MisuseError(f"DIR: no such folder (got {named(root)}); name one that holds seeds/ and data/")
    atlas = load(root)
    if wanted is not None and wanted not in atlas.article:
        known = ", ".join(atlas.article)
        raise MisuseError(f"--article: no such article (got {short_repr(wanted)}); choose from {known}")
    gazetteer = None if own_places else _opened_gazetteer()
    chosen = [one for one in atlas.articles if wanted in (None, one.id)]
    found = [suggest_for(article, atlas, gazetteer) for article in chosen]
    if gazetteer:
        gazetteer.close()
    if form == "json":
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        print("\n\n".join("\n".join(_lines(one)) for one in found))


def _opened_gazetteer() -> Gazetteer:
    try:
        return open_gazetteer(on_index=_say_index)
    except GazetteerError as error:
        raise GazetteerError(f"{error}, or use only the folder's own (--own-places)") from None


def _say_index() -> None:
    print("Indexing the names of places once; this takes about half a minute …", file=sys.stderr, flush=True)


def _lines(found: Suggestions) -> Iterator[str]:
    """Yield the suggestions for an article, each sentence with what is in it."""
    yield f"Article {found.article} ({found.language})"
    for sentence in found.sentences:
        inside = [
            *((one.start, f"time: {_words(one.words)}: {one.edtf or 'not read'}") for one in found.times),
            *((one.start, f"place: {_words(one.words)}: {_candidates(one)}") for one in found.places),
            *(
                (
                    one.start,
                    f"speaker: {_words(one.words)}{': ' if one.actors else ''}{', '.join(one.actors)}",
                )
                for one in found.speakers
            ),
        ]
        lines = [line for start, line in sorted(inside) if sentence.start <= start < sentence.end]
        yield ""
        yield f"{'Heading: ' if sentence.heading else ''}{clean(sentence.words)}"
        yield from (f"  {line}" for line in lines)
    yield ""
    yield (
        f"{len(found.statements)} statements could be drafted, from {len(found.times)} times, "
        f"{len(found.places)} places and {len(found.speakers)} speakers."
    )


def _words(words: str) -> str:
    return clean(words)


def _candidates(mention: PlaceMention) -> str:
    if not mention.candidates:
        return f"unknown ({mention.certainty})"
    names = [
        one.id if one.own else f"{one.id} {one.name}{f', {one.country}' if one.country else ''}"
        for one in mention.candidates[:3]
    ]
    more = len(mention.candidates) - len(names)
    return f"{' or '.join(names)}{f' or {more} more' if more else ''} ({mention.certainty})"

"""The commands that make something of a view: ``figure``, ``page``, ``data``, ``pack``, ``cite``.

The options that ask for a view are spelled as in the address bar and read by the same reader; what the page
would remark on is misuse here. A file appears whole or not at all: it is written aside, then renamed.
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mapapp.core import address
from mapapp.core.address import PARAMETERS
from mapapp.core.edtf import Window, certainly, read_day
from mapapp.core.model import STATEMENT_KINDS
from mapapp.core.select import select
from mapapp.data.atomic_write import named, refuse_data, writing
from mapapp.data.load import load
from mapapp.errors import DateError, MapappError, plain, short_repr
from mapapp.export import FORMS
from mapapp.text.messages import words
from mapapp.view_address import address_of, address_table, remark_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mapapp.core.model import Atlas, Event
    from mapapp.core.view import View

COMMANDS = ("figure", "page", "data", "pack", "cite")
SIZES = ("a4", "a4-landscape", "half-page", "slide", "square")
USUAL_SIZE = "a4-landscape"
DPI = (72, 600)  # fewer cannot be read in print, more take gigabytes to draw
STYLES = ("apa", "chicago", "bibtex", "ris", "csl-json")
ENDINGS = {
    "figure": ("svg", "pdf", "png"),
    "page": ("html",),
    "data": FORMS,
    "pack": ("zip",),
}
_ABOUT = {
    "figure": "draw the view as a printable page with its evidence: .svg, .pdf or .png",
    "page": "write the map as one HTML file that needs no server and no network",
    "data": "write what the view shows as data, for GIS programs, spreadsheets and gazetteers",
    "pack": "write page, figures, data, sources and hashes as one .zip",
    "cite": "print the citation of exactly this view",
}


class MisuseError(MapappError):
    """A question that cannot be asked."""


def add_commands(commands: Any) -> list[argparse.ArgumentParser]:  # noqa: ANN401 - argparse names no type for it
    """Add the commands to the parser's, and return them."""
    added = []
    for command in COMMANDS:
        about = _ABOUT[command]
        parser = commands.add_parser(command, help=about, description=about, allow_abbrev=False)
        if command in ENDINGS:
            parser.add_argument("out", metavar="OUT", help=f"file to write: {_either(ENDINGS[command])}")
        if command == "figure":
            parser.add_argument("--size", choices=SIZES, default=USUAL_SIZE, help=f"default: {USUAL_SIZE}")
            parser.add_argument("--dpi", type=_dpi, default=300, metavar="N", help="of a PNG (default: 300)")
        if command == "cite":
            parser.add_argument("--style", choices=STYLES, default="apa", help="default: apa")
            parser.add_argument("--accessed", type=day, metavar="DAY", help="day of access (default: today)")
        asked = parser.add_argument_group("the view, spelled as in the address bar")
        for name, parameter in PARAMETERS.items():
            spellings = [
                f"--{spelling.replace('_', '-')}" for spelling in (name, parameter.alias) if spelling
            ]
            asked.add_argument(
                *spellings, dest=f"view_{name}", metavar=parameter.metavar, help=parameter.meaning
            )
        parser.add_argument("--url", type=_url, metavar="BASE", help="where the map is served: makes a link")
        added.append(parser)
    return added


def run(given: argparse.Namespace, root: Path) -> int:
    """Carry out one of `COMMANDS` on the data in ``root``; 0 when it is done.

    Raises
    ------
    MisuseError
        If what is asked for cannot be: one line that says why.
    """
    form = _form(given.command, given.out) if given.command in ENDINGS else ""
    atlas = load(root)
    view = _view(given, atlas)
    _refuse_empty(atlas, view, given.command)
    link = address_of(view, atlas, given.url)
    if given.command == "cite":
        from mapapp.export.citation import cite  # noqa: PLC0415 - only what is asked for is loaded

        accessed = given.accessed or date.today()  # noqa: DTZ011 - the reader's own day
        sys.stdout.write(cite(atlas, view, given.style, address=link, accessed=accessed))
        return 0
    _write(given.out, root, partial(_made, _Asked(given.command, form, atlas, view, link, root), given))
    return 0


class _Asked(NamedTuple):
    """What is to be made, and of what."""

    command: str
    form: Any  # one of the endings of the command
    atlas: Atlas
    view: View
    address: str
    root: Path


def _made(asked: _Asked, given: argparse.Namespace) -> bytes:
    """Return the file asked for. What draws is loaded only when something is to be drawn."""
    _tell(given.out)
    if asked.command == "figure":
        from mapapp.figure import draw  # noqa: PLC0415

        return draw(
            asked.atlas, asked.view, asked.form, size=given.size, dpi=given.dpi, address=asked.address
        )
    if asked.command == "page":
        from mapapp.web.standalone_page import page  # noqa: PLC0415

        return page(asked.atlas, asked.view).encode()
    if asked.command == "data":
        from mapapp.export import write  # noqa: PLC0415

        return write(asked.atlas, asked.view, asked.form, asked.address)
    from mapapp.evidence_pack import pack  # noqa: PLC0415

    return pack(asked.atlas, asked.view, asked.root, address=asked.address, progress=_tell)


def _tell(what: str) -> None:
    """Say on a terminal what is being made; elsewhere nobody waits and watches."""
    if sys.stderr.isatty():
        print(f"mapapp: making {plain(what)} …", file=sys.stderr)


def _form(command: str, out: str) -> str:
    """Read the form from the file's ending."""
    name = Path(out).name.lower()
    endings = (ending for ending in ENDINGS[command] if name.removesuffix(f".{ending}") not in ("", name))
    ending = next(endings, None)
    if ending is None:
        message = (
            f"no {command} is written so (got {short_repr(out)}); end its name in {_either(ENDINGS[command])}"
        )
        raise MisuseError(message)
    return ending


def _either(endings: Sequence[str]) -> str:
    *others, last = (f".{ending}" for ending in endings)
    return f"{', '.join(others)} or {last}" if others else last


def _dpi(text: str) -> int:
    lowest, highest = DPI
    if not (text.isascii() and text.isdigit() and lowest <= int(text[:6]) <= highest):
        what = f"that cannot be drawn (got {short_repr(text)}); write a number from {lowest} to {highest}"
        raise argparse.ArgumentTypeError(what)
    return int(text)


def day(text: str) -> date:
    """Read a day given to a command; argparse words the error."""
    try:
        return read_day(text)
    except DateError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _url(text: str) -> str:
    sound = text.isprintable() and not {*text} & {*' ?#"<>{}\\'}
    if not (text.startswith(("http://", "https://")) and sound):
        what = f"that is no address to build on (got {short_repr(text)}); write one such as https://example.org/map"
        raise argparse.ArgumentTypeError(what)
    return text


def _view(given: argparse.Namespace, atlas: Atlas) -> View:
    """Read the view as the address bar is read; a remark there is misuse here."""
    asked = {
        key.removeprefix("view_"): value
        for key, value in vars(given).items()
        if key.startswith("view_") and value is not None
    }
    view, remarks = address.read(asked, address_table(atlas))
    if remarks:
        raise MisuseError(" ".join(remark_words(one, f"--{one.key.replace('_', '-')}") for one in remarks))
    return view


def _refuse_empty(atlas: Atlas, view: View, command: str) -> None:
    """Refuse a time the data knows nothing of; for a file of what shows, also a view without a statement.

    A page can be moved to another time, and what is not there can be cited.
    """
    from mapapp.figure.figure_errors import refuse_beyond  # noqa: PLC0415 - only what is asked for is loaded

    if command not in ("page", "cite"):
        _refuse_silent(atlas, view)
    refuse_beyond(atlas, view)


def _refuse_silent(atlas: Atlas, view: View) -> None:
    """Refuse a view without a statement, and name the nearest window that has one."""
    if select(atlas, view).events:
        return
    if view.as_of is not None and view.as_of < atlas.article.date:
        raise MisuseError(f"{words('empty-unknown')} Its date is {atlas.article.date}.")
    always = replace(view, window=Window(date.min, date.max), certain=False)
    windows = [
        (window, event)
        for event, _ in select(atlas, always).events
        if (window := _window(event)) and (not view.certain or certainly(event.when, window))
    ]
    if not windows:
        strange = view.kinds is not None and not view.kinds <= STATEMENT_KINDS
        message = (
            f"{words('empty-filters')} {words('figure-no-incidents')}" if strange else words("empty-filters")
        )
        raise MisuseError(message)
    nearest, event = min(windows, key=lambda found: _apart(found[0], view.window))
    everyone = replace(view, said_by=None, kinds=None, certain=False)
    why = words("empty-filters" if select(atlas, everyone).events else "empty-window")
    message = f"{why} Nearest is --first {nearest.first} --last {nearest.last}: {event.title}"
    raise MisuseError(message)


def _window(event: Event) -> Window | None:
    """Return the shortest window that holds an event: an open one by its known end alone."""
    first, last = event.when.earliest or event.when.latest, event.when.latest or event.when.earliest
    return Window(first, last) if first and last else None


def _apart(one: Window, other: Window) -> int:
    """Return the days between two windows."""
    return max((one.first - other.last).days, (other.first - one.last).days, 0)


def _write(out: str, root: Path, make: Callable[[], bytes]) -> None:
    """Put what ``make`` returns into a file that appears whole or not at all.

    The file aside is opened before the work begins, so that a path that cannot be written is told at once.
    """
    with ExitStack() as stack:
        with _telling(out):
            path = Path(os.path.realpath(out))  # through a link, to the file it stands for
            _refuse(path)
            refuse_data(path, root)
            aside = stack.enter_context(writing(path))
        data = make()
        with _telling(out):
            aside.write_bytes(data)
            stack.close()


def _refuse(path: Path) -> None:
    """Refuse to write where there is no folder, or over what is not a file, such as a folder or a device."""
    if not path.parent.is_dir():
        message = f"there is no folder {named(path.parent)}; make it first, or write elsewhere"
        raise MisuseError(message)
    if path.exists() and not path.is_file():
        message = f"{named(path)} is no file; name a file to write"
        raise MisuseError(message)


@contextmanager
def _telling(out: str) -> Iterator[None]:
    """Tell in one line why a file cannot be written."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"{named(out)} cannot be written ({reason}); write elsewhere, or make room for it"
        raise MisuseError(message) from None

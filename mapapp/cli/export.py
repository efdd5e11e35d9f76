"""The commands that write a view: ``figure``, ``page``, ``data``, ``pack`` and ``cite``; and ``story``.

View options are parsed like the address, but invalid values are errors here rather than remarks.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args
from urllib.parse import parse_qsl

import click

from mapapp.cli.options import (
    MisuseError,
    OneOf,
    ViewCommand,
    author,
    base_url_option,
    data_option,
    day,
    drafts_option,
    examples,
    parameter_options,
    read_view_options,
    spelled,
    view_options,
    whole_number,
)
from mapapp.cli.output_file import Output, output_file, write_output
from mapapp.core.drafts import without_drafts
from mapapp.core.edtf import Window, certainly
from mapapp.core.select import select
from mapapp.data.load import load
from mapapp.errors import plain, short_repr
from mapapp.export import FORMS, comparison_note, rows, write
from mapapp.export.citation import AUTHOR, STYLES, Style
from mapapp.export.citation import cite as citation
from mapapp.figure import Extras, Form, draw, font_gaps
from mapapp.figure.figure_errors import refuse_beyond
from mapapp.figure.logo import read_logo
from mapapp.figure.own_layers import read_own_file
from mapapp.figure.sizes import HANDOUT_SIZES, SIZES, USUAL_SIZE
from mapapp.text.labels import articles_shown
from mapapp.text.messages import words
from mapapp.text.printed_address import public
from mapapp.view_address import address_of, check_address

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mapapp.core.model import Atlas, Event
    from mapapp.core.view import View
    from mapapp.credentials.signing_key import SigningKey

_DPI = (72, 600)  # a lower resolution is illegible in print, a higher one takes gigabytes of memory


class _Asked(NamedTuple):
    """A view of an atlas, and its address."""

    atlas: Atlas
    view: View
    address: str


@click.command(
    cls=ViewCommand,
    epilog=examples(
        "mapapp figure map.pdf",
        "mapapp figure map.svg --size slide --first 2018-09-01 --last 2018-09-30",
    ),
)
@click.argument("out", type=output_file(get_args(Form)), metavar="OUT")
@click.option("--size", type=OneOf([*SIZES]), default=USUAL_SIZE, show_default=True, help="Size of the page.")
@click.option(
    "--dpi",
    type=whole_number(*_DPI),
    default=300,
    show_default=True,
    metavar="N",
    help="Dots per inch of a PNG.",
)
@click.option("--lang", metavar="LANG", hidden=True)  # an older spelling of --language, of this command alone
@click.option("--map-only", is_flag=True, help="Leave out everything but the map with its key and source.")
@click.option(
    "--text-as-paths", is_flag=True, help="Draw letters on the map as shapes, for programs without the fonts."
)
@click.option("--title", metavar="TEXT", help="Title.  [default: what is to be seen]")
@click.option("--subtitle", metavar="TEXT", help="Line below it.  [default: article, counts, filters]")
@click.option("--credit", metavar="TEXT", default="", help="Who made the figure.")
@click.option("--logo", type=click.Path(), metavar="FILE", help="Logo at the top right: .svg or .png.")
@click.option(
    "--own-layer",
    "own_files",
    type=click.Path(),
    multiple=True,
    metavar="FILE",
    help="Layer of your own over the map: .geojson, .kml, .gpx or .csv; may be repeated.",
)
@click.option("--produced", type=day, metavar="DAY", help="Day of production.  [default: today]")
@click.option(
    "--sign",
    "key_file",
    type=click.Path(),
    metavar="KEY",
    help="Sign the figure (C2PA) with the key and certificates in this PEM file.",
)
@view_options
@drafts_option
@data_option
def figure(
    out: Output,
    size: str,
    dpi: int,
    map_only: bool,  # noqa: FBT001 - click passes options by name
    text_as_paths: bool,  # noqa: FBT001
    title: str | None,
    subtitle: str | None,
    credit: str,
    logo: str | None,
    own_files: tuple[str, ...],
    produced: date | None,
    key_file: str | None,
    lang: str | None,
    root: Path,
    drafts: bool,  # noqa: FBT001
    base_url: str | None,
    **asked: str | None,
) -> None:
    """Draw the view as a printable page with its evidence.

    OUT is the file to write: .svg (the map with its key), .png (a page with it) or .pdf (that page, and the
    evidence on the pages after it).
    """
    key = _signing_key(key_file) if key_file is not None else None
    extras = Extras(
        title=title,
        subtitle=subtitle,
        credit=credit,
        logo=read_logo(logo) if logo is not None else None,
        produced=produced or date.today(),  # noqa: DTZ011 - the reader's own day
        own_layers=tuple(map(read_own_file, own_files)),
    )
    if asked["language"] is not None and lang is not None:
        what = words("remark-alias", name="--language")
        raise MisuseError(f"--lang: {what}; leave one of them out")
    asked["language"] = asked["language"] or lang
    atlas, view, link = _read_view(root, asked, base_url, drafts=drafts, statements=True)

    def make() -> bytes:
        drawn = draw(
            atlas,
            view,
            out.form,
            size=size,
            dpi=dpi,
            address=link,
            map_only=map_only,
            text_as_paths=text_as_paths,
            extras=extras,
            warn=_note,
        )
        if key is None:
            return drawn
        from mapapp.credentials.sign import sign, view_made  # noqa: PLC0415 - few figures are signed

        options = {
            "size": size,
            "dpi": dpi if out.form == "png" else None,
            "map-only": map_only,
            "text-as-paths": text_as_paths,
            "title": title,
            "subtitle": subtitle,
            "credit": credit,
            "produced": str(extras.produced),
            "drafts": drafts,
        }
        files = {"--logo": logo} if logo is not None else {}
        files |= {f"--own-layer {number}": file for number, file in enumerate(own_files, 1)}
        hashes = {name: sha256(Path(file).read_bytes()).hexdigest() for name, file in files.items()}
        return sign(drawn, out.form, key, view_made(atlas, view, link, options, hashes))

    _write(out, root, make)
    _say_gaps(font_gaps(atlas, view, extras, alone=map_only or out.form == "svg"))


@click.command(
    cls=ViewCommand, epilog=examples("mapapp story handout.pdf", "mapapp story handout.pdf --size a4")
)
@click.argument("out", type=output_file(["pdf"]), metavar="OUT")
@click.option(
    "--size", type=OneOf(HANDOUT_SIZES), default=USUAL_SIZE, show_default=True, help="Size of the pages."
)
@click.option("--credit", metavar="TEXT", default="", help="Who made the handout.")
@click.option("--produced", type=day, metavar="DAY", help="Day of production.  [default: today]")
@parameter_options("names", "language")
@base_url_option
@drafts_option
@data_option
def story(
    out: Output,
    size: str,
    credit: str,
    produced: date | None,
    root: Path,
    drafts: bool,  # noqa: FBT001
    base_url: str | None,
    **asked: str | None,
) -> None:
    """Print the story as a handout: a page for each step.

    OUT is the file to write: .pdf. Each page has the map of a step, and what the article says with whose
    words they are, when, and how sure; the last pages have the sources.
    """
    atlas = _load(root, drafts=drafts)
    view = read_view_options(asked, atlas)
    extras = Extras(credit=credit, produced=produced or date.today())  # noqa: DTZ011 - the reader's own day

    def make() -> bytes:
        from mapapp.figure.handout import handout  # noqa: PLC0415 - slow to load

        return handout(atlas, view, size=size, address=base_url, extras=extras)

    _write(out, root, make)


@click.command(
    cls=ViewCommand, epilog=examples("mapapp page map.html", "mapapp page map.html --hidden events")
)
@click.argument("out", type=output_file(["html"]), metavar="OUT")
@view_options
@drafts_option
@data_option
def page(out: Output, root: Path, base_url: str | None, drafts: bool, **asked: str | None) -> None:  # noqa: FBT001
    """Write the map as one HTML file that works offline.

    OUT is the file to write: .html. It needs no server and no network. With --base-url, the address of the
    folder it will be put in, or of the file itself, it names its own address, and a picture for links to it
    is written beside it, under the same name with .png.
    """
    from mapapp.exported_page import (  # noqa: PLC0415 - slow to load
        exported_page,
        picture,
        picture_name,
        published_at,
    )

    atlas, view, _ = _read_view(root, asked, base_url, drafts=drafts)
    if base_url is not None and not public(base_url):
        fix = "leave it out, or use the address that readers will open"
        raise MisuseError(f"--base-url: only this machine can open it (got {short_repr(base_url)}); {fix}")
    published = base_url and published_at(base_url, Path(out.path).name)
    if published:
        _write(Output(picture_name(out.path), "png"), root, lambda: picture(atlas, view))
    _write(out, root, lambda: exported_page(atlas, view, published or None).encode())


@click.command(
    cls=ViewCommand,
    epilog=examples("mapapp data view.gpkg", "mapapp data view.csv --first 2018-09-01 --last 2018-09-30"),
)
@click.argument("out", type=output_file(FORMS), metavar="OUT")
@view_options
@drafts_option
@data_option
def data(out: Output, root: Path, base_url: str | None, drafts: bool, **asked: str | None) -> None:  # noqa: FBT001
    """Write the data of the view for GIS programs and spreadsheets.

    OUT is the file to write: .gpkg, .geojson, .parquet (GeoParquet), .csv, .kml, .kmz (with icons), .lpf.json
    (Linked Places) or .jsonld (Web Annotations). With --compare, .gpkg, .geojson, .kml and .kmz have the land
    gained and lost, too.
    """
    atlas, view, link = _read_view(root, asked, base_url, drafts=drafts, statements=True)
    _write(out, root, lambda: write(atlas, view, out.form, link))
    if note := comparison_note(atlas, view, out.form):
        _note(note)


@click.command(cls=ViewCommand, epilog=examples("mapapp pack view.zip"))
@click.argument("out", type=output_file(["zip"]), metavar="OUT")
@view_options
@drafts_option
@data_option
def pack(out: Output, root: Path, base_url: str | None, drafts: bool, **asked: str | None) -> None:  # noqa: FBT001
    """Write page, figures, data, sources and hashes as one .zip.

    OUT is the file to write: .zip. It contains the data files, so a folder with drafts needs --drafts.
    """
    from mapapp.evidence_pack import pack as evidence_pack  # noqa: PLC0415 - the other commands do without it

    atlas, view, link = _read_view(root, asked, base_url, drafts=drafts, statements=True)
    _write(out, root, lambda: evidence_pack(atlas, view, root, address=link, progress=_progress))
    _say_gaps(font_gaps(atlas, view, Extras()))


@click.command(
    cls=ViewCommand,
    epilog=examples("mapapp cite", "mapapp cite --style bibtex --first 2018-09-01 --last 2018-09-30"),
)
@click.option("--style", type=OneOf(STYLES), default="apa", show_default=True, help="Style of citation.")
@click.option("--accessed", type=day, metavar="DAY", help="Day of access.  [default: today]")
@click.option(
    "--author",
    "authors",
    type=author,
    multiple=True,
    metavar="NAME",
    help=f"Author, as it should be printed; repeat it for each of several.  [default: {AUTHOR}]",
)
@click.option(
    "--pack",
    "packed",
    metavar="FILE",
    help="Evidence pack to cite: gives the view, and names the pack by the SHA-256 of its manifest.json.",
)
@view_options
@drafts_option
@data_option
def cite(
    style: Style,
    accessed: date | None,
    authors: tuple[str, ...],
    packed: str | None,
    root: Path,
    drafts: bool,  # noqa: FBT001
    base_url: str | None,
    **asked: str | None,
) -> None:
    """Print a citation of the view."""
    digest = None
    if packed is None:
        atlas, view, link = _read_view(root, asked, base_url, drafts=drafts)
    else:
        (atlas, view, link), digest = _read_packed_view(packed, root, asked, base_url, drafts=drafts)
    accessed = accessed or date.today()  # noqa: DTZ011 - the reader's own day
    text = citation(atlas, view, style, address=link, accessed=accessed, pack=digest, authors=authors)
    sys.stdout.write(text)


def _signing_key(file: str) -> SigningKey:
    """Read the key before anything is drawn; its passphrase is never an argument, which others could see."""
    from mapapp.credentials.signing_key import read_signing_key  # noqa: PLC0415 - few figures are signed

    def passphrase() -> str | None:
        if (given := os.environ.get("MAPAPP_SIGN_PASSPHRASE")) is not None:
            return given
        if not sys.stdin.isatty():
            return None
        typed: str = click.prompt("Passphrase of the key", hide_input=True, err=True)
        return typed

    return read_signing_key(file, passphrase)


def _read_packed_view(
    file: str, root: Path, asked: Mapping[str, str | None], base_url: str | None, *, drafts: bool
) -> tuple[_Asked, str]:
    """Return the view of an evidence pack, and the SHA-256 of its manifest.

    Raises
    ------
    MisuseError
        If the file cannot be read, is not a pack, or is not one of this data; or if a view is asked for, too.
    """
    from mapapp.evidence_pack import PackError, read_pack  # noqa: PLC0415 - as above

    if given := [name for name, value in asked.items() if value is not None]:
        why = "not possible with --pack, which cites the view of the pack; leave one of them out"
        raise MisuseError(f"{spelled(given[0])}: {why}")
    try:
        with open(file, "rb") as opened:  # noqa: PTH123 - Path would take "" for the working directory
            packed = read_pack(opened)
    except PackError as error:
        fix = "use a .zip that mapapp pack has written"
        raise MisuseError(f"--pack: {error} (got {short_repr(file)}); {fix}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise MisuseError(
            f"--pack: cannot be read: {reason} (got {short_repr(file)}); choose another file"
        ) from None
    atlas = _load(root, drafts=drafts)
    if packed.data_version != atlas.fingerprint:
        version = short_repr(packed.data_version[: len(rows.version(atlas))])
        fix = "cite it with --data and the data it was made from"
        raise MisuseError(f"--pack: made from other data (got version {version}); {fix}")
    here, _, query = packed.address.partition("?")
    view, faults = check_address(dict(parse_qsl(query, keep_blank_values=True)), atlas)
    if faults:
        raise MisuseError(f"--pack: its view is not valid: {faults[0]}")
    refuse_beyond(atlas, view)
    return _Asked(atlas, view, address_of(view, atlas, base_url or here)), packed.sha256


def _read_view(
    root: Path,
    asked: Mapping[str, str | None],
    base_url: str | None,
    *,
    drafts: bool,
    statements: bool = False,
) -> _Asked:
    """Read the view from the options, by the rules of the address bar.

    Parameters
    ----------
    asked
        The values of the options under the names used in the address bar; ``None`` if not given.
    drafts
        Whether drafts are shown, too.
    statements
        Whether a view without a statement is an error. It is for figures and data; on a page the reader can
        change the time, and an empty view can be cited.

    Raises
    ------
    MisuseError
        If a value cannot be used, or the view shows no statement.
    FigureError
        If the window lies outside the time the data covers.
    """
    atlas = _load(root, drafts=drafts)
    view = read_view_options(asked, atlas)
    if statements:
        _refuse_silent(atlas, view)
    refuse_beyond(atlas, view)
    return _Asked(atlas, view, address_of(view, atlas, base_url))


def _load(root: Path, *, drafts: bool) -> Atlas:
    atlas = load(root)
    return atlas if drafts else without_drafts(atlas)


def _refuse_silent(atlas: Atlas, view: View) -> None:
    """Refuse a view without a statement, and name the nearest window that has one."""
    if select(atlas, view).events:
        return
    oldest = articles_shown(atlas, view)[0].date
    if view.as_of is not None and view.as_of < oldest:
        raise MisuseError(f"{words('empty-unknown')} Its date is {oldest}.")
    always = replace(view, window=Window(date.min, date.max), certain=False)
    windows = [
        (window, event)
        for event, _ in select(atlas, always).events
        if (window := _window(event)) and (not view.certain or certainly(event.when, window))
    ]
    if not windows:
        only_incidents = view.kinds is not None and not view.kinds <= atlas.profile.event_kinds.keys()
        why = words("empty-filters")
        raise MisuseError(f"{why} {words('figure-no-incidents')}" if only_incidents else why)
    nearest, event = min(windows, key=lambda found: _days_between(found[0], view.window))
    unfiltered = replace(view, said_by=None, kinds=None, certain=False)
    why = words("empty-filters" if select(atlas, unfiltered).events else "empty-window")
    offer = f"Nearest statement: --first {nearest.first} --last {nearest.last} ({event.title})"
    raise MisuseError(f"{why} {offer}")


def _window(event: Event) -> Window | None:
    """Return the shortest window that contains an event; if one end is open, the day of the other end."""
    first, last = event.when.earliest or event.when.latest, event.when.latest or event.when.earliest
    return Window(first, last) if first and last else None


def _days_between(one: Window, other: Window) -> int:
    return max((one.first - other.last).days, (other.first - one.last).days, 0)


def _write(out: Output, root: Path, make: Callable[[], bytes]) -> None:
    def made() -> bytes:
        _progress(out.path)
        return make()

    write_output(out.path, root, made)


def _say_gaps(gaps: Sequence[str]) -> None:
    """Print on stderr which texts of a figure its fonts cannot display."""
    if gaps:
        what, fix = ", ".join(gaps), "mapapp page shows them"
        _note(f"the figure's fonts lack letters of {what}; {fix}")


def _note(text: str) -> None:
    print(f"mapapp: note: {plain(text)}", file=sys.stderr)


def _progress(file: str) -> None:
    """Print what is being written, if stderr is a terminal."""
    if sys.stderr.isatty():
        print(f"mapapp: writing {plain(file)} …", file=sys.stderr)

"""The command line: ``check`` the data, list ``events``, ``run`` the page, and write what `outputs` makes.

Exit codes: 0 all well, 1 faults in the data, 2 misuse. Errors are lines of text, never a traceback.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import sys
import tomllib
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from mapapp.cli import export, incidents
from mapapp.cli.export import MisuseError, day
from mapapp.core.edtf import Window
from mapapp.core.relations import events_of
from mapapp.core.sanitize import neutral
from mapapp.core.select import select
from mapapp.core.view import View
from mapapp.data.atomic_write import write
from mapapp.data.checks.article import check
from mapapp.data.fields import ARTICLE
from mapapp.data.load import GEO, default_root, load
from mapapp.data.tidy import tidied
from mapapp.errors import DataError, MapappError, UnknownIdError, plain
from mapapp.text.dates import when_words
from mapapp.text.quotation import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapapp.core.model import Article, Atlas, Event
    from mapapp.errors import Issue

FINE, FAULTY, MISUSED = 0, 1, 2
_PACKAGE = Path(__file__).resolve().parents[1]
_COLUMNS = (
    "id", "title", "kind", "modality", "said_by", "when", "edtf", "earliest_possible", "latest_possible",
    "places", "passages",
)  # fmt: skip


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        message = f"{message}; see {self.prog} --help"
        raise MisuseError(message)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Parameters
    ----------
    argv
        Arguments after the program's name; those of the process where not given.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = _command(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except DataError as error:
        return _complain(_summary(error.faults), FAULTY)
    except MapappError as error:
        return _complain(f"mapapp: {plain(str(error))}", MISUSED)
    except BrokenPipeError:
        # whoever read our output has gone; keep the interpreter from complaining about it at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAULTY
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - the last door: a reader gets a line, not a traceback
        return _complain(f"mapapp: a fault of mapapp itself: {plain(repr(error))}; please report it", FAULTY)
    return code


def _complain(message: str, code: int) -> int:
    print(message, file=sys.stderr)
    return code


def _summary(faults: Sequence[Issue]) -> str:
    count = sum(fault.more or 1 for fault in faults)
    lines = "\n".join(map(str, faults))
    return f"{lines}\n{count:,} fault{'s' if count != 1 else ''} found."


def _command(argv: list[str]) -> int:
    # what follows a bare -- is streamlit's; argparse would mix it with ours
    split = argv.index("--") if "--" in argv else len(argv)
    given = _parser().parse_args(argv[:split])
    rest = argv[split + 1 :]
    if rest and given.command != "run":
        message = f"mapapp {given.command} takes nothing after --"
        raise MisuseError(message)
    root = _root(given.data)
    if given.command == "check":
        return _check(root, given.format)
    if given.command == "events":
        return _events(root, given)
    if given.command == "tidy":
        return _tidy(root)
    if given.command == incidents.COMMAND:
        return incidents.run(given, root)
    if given.command in export.COMMANDS:
        return export.run(given, root)
    return _run(root, given.port, rest)


def _parser() -> _Parser:
    parser = _Parser(
        prog="mapapp",
        description="One news article on one map that can be defended line by line.",
        epilog="Exit codes: 0 all well, 1 faults in the data, 2 misuse.",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    about = "check the data: exit code 0 if it can be defended, else 1 with every fault"
    checking = commands.add_parser("check", help=about, description=about, allow_abbrev=False)
    checking.add_argument("--format", choices=("text", "json"), default="text", help="text (default) or json")

    about = "write the map's files as the shipped ones are, after a GIS program has saved them"
    tidying = commands.add_parser("tidy", help=about, description=about, allow_abbrev=False)

    about = "list what the article says, in its order"
    listing = commands.add_parser("events", help=about, description=about, allow_abbrev=False)
    listing.add_argument(
        "--format", choices=("text", "json", "csv"), default="text", help="text (default), json or csv"
    )
    listing.add_argument(
        "--first", "--from", dest="first", type=day, metavar="DAY", help="first day, such as 2018-09-17"
    )
    listing.add_argument("--last", "--to", dest="last", type=day, metavar="DAY", help="last day, included")
    listing.add_argument("--place", metavar="ID", help="only events of this place or of places in it")
    listing.add_argument(
        "--said-by", metavar="WHO", help="only what this actor says; 'article' for the article itself"
    )
    listing.add_argument(
        "--as-of",
        "--as-known",
        dest="as_of",
        type=day,
        metavar="DAY",
        help="leave out what began after this day",
    )

    about = "open the map in the browser; options after -- go to streamlit"
    running = commands.add_parser(
        "run",
        help=about,
        description=about,
        allow_abbrev=False,
        usage="%(prog)s [-h] [--port N] [--data DIR] [-- …]",
    )
    running.add_argument("--port", type=_port, metavar="N", help="port of this machine to serve on")
    for command in (
        checking,
        tidying,
        listing,
        running,
        *export.add_commands(commands),
        *incidents.add_command(commands),
    ):
        command.add_argument(
            "--data",
            metavar="DIR",
            help="folder that holds seeds/ and data/ (default: MAPAPP_DATA, else the one shipped)",
        )
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65536):  # noqa: PLR2004 - ports there are
        message = f"not a valid port (got {text}); write a number from 1 to 65535"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _root(given: str | None) -> Path:
    root = default_root() if given is None else Path(given)
    try:
        there = root.is_dir()
    except (OSError, ValueError):
        there = False
    if not there:
        where = "--data" if given is not None else "MAPAPP_DATA"
        message = f"there is no such folder (got {root}); {where} names one that holds seeds/ and data/"
        raise MisuseError(message)
    return root


def _check(root: Path, form: str) -> int:
    faults = check(root)
    if form == "json":
        listed = [
            {
                "file": fault.file,
                "item": fault.where,
                "what": fault.what,
                "got": fault.got,
                "fix": fault.fix,
                "more": fault.more,
                "message": str(fault),
            }
            for fault in faults
        ]
        print(json.dumps({"ok": not faults, "faults": listed}, ensure_ascii=False, indent=2))
    elif faults:
        print(_summary(faults))
    else:
        print("No faults found.")
    return FAULTY if faults else FINE


def _tidy(root: Path) -> int:
    """Write files of places anew that another program has saved; none where there is a fault."""
    atlas = load(root)
    changed = []
    for layer in atlas.layers:
        file = root / GEO / f"{layer.id}.geojson"
        before = file.read_bytes()
        after = tidied(json.loads(before), layer.id).encode()
        if after != before:
            write(file, after)
            changed.append(f"{GEO}/{layer.id}.geojson")
    print("\n".join(f"{file}: written anew" for file in changed) or "All files are tidy.")
    return FINE


def _events(root: Path, given: argparse.Namespace) -> int:
    window = Window(given.first or date.min, given.last or date.max)
    atlas = load(root)
    said = partial(_quoting, atlas.article)
    rows = [_row(event) for event in _asked(atlas, window, given)]
    if given.format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    elif given.format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows([_cell(value) for value in _cells(row)] for row in map(said, rows))
    else:
        print("\n\n".join(map(_paragraph, map(said, rows))) or "Nothing the article says falls there.")
    return FINE


def _asked(atlas: Atlas, window: Window, given: argparse.Namespace) -> Iterable[Event]:
    who: str | None = given.said_by
    if who is not None and who != ARTICLE and who not in atlas.actor:
        message = f"there is no actor {who!r}; those who speak are {', '.join(_speakers(atlas))}"
        raise UnknownIdError(message)
    view = View(window=window, said_by=None if who is None else frozenset({who}), as_of=given.as_of)
    chosen = [event for event, _ in select(atlas, view).events]
    if given.place is None:
        return chosen
    there = {event.id for event, _, _ in events_of(atlas, given.place)}
    return [event for event in chosen if event.id in there]


def _speakers(atlas: Atlas) -> list[str]:
    return sorted({event.said_by for event in atlas.events})


def _row(event: Event) -> dict[str, Any]:
    """Return a statement as it is listed: its time in words, and the first and last day it may have been."""
    return {
        "id": event.id,
        "title": event.title,
        "kind": event.kind,
        "modality": event.modality,
        "said_by": event.said_by,
        "when": {
            "words": when_words(event.when),
            "edtf": event.when.edtf,
            "earliest_possible": event.when.earliest and event.when.earliest.isoformat(),
            "latest_possible": event.when.latest and event.when.latest.isoformat(),
        },
        "places": [link.id for link in event.places],
        "passages": [passage.exact for passage in event.passages],
    }


def _quoting(article: Article, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its passages in quotation marks, each on one line."""
    return row | {"passages": [quoted(article, passage) for passage in row["passages"]]}


def _cell(value: object) -> str:
    text = " | ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return neutral(text)


def _cells(row: dict[str, Any]) -> Iterator[object]:
    flat = {**row, **row["when"], "when": row["when"]["words"]}
    return (flat[column] for column in _COLUMNS)


def _paragraph(row: dict[str, Any]) -> str:
    return "\n".join(
        [
            f"{row['when']['words']}: {row['title']}",
            f"  {row['id']}: {row['kind']}, {row['modality']}, said by {row['said_by']}",
            f"  places: {', '.join(row['places'])}",
            *(f"  {passage}" for passage in row["passages"]),
        ]
    )


def _run(root: Path, port: int | None, rest: list[str]) -> int:
    """Hand over to streamlit. Of two values of one setting the later counts, so ``rest`` comes last."""
    os.environ["MAPAPP_DATA"] = str(root.resolve())
    settings = _settings() | ({"server.port": str(port)} if port is not None else {})
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(_PACKAGE / "app.py")),
        *(f"--{name}={value}" for name, value in settings.items()),
        *rest,
    ]
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606 - no shell; the arguments are the caller's own


def _settings() -> dict[str, str]:
    """Return the page's settings as options, so that no setting of the environment stands in their way."""
    file = _PACKAGE / ".streamlit" / "config.toml"
    return dict(_flat(tomllib.loads(file.read_text("utf-8"))))


def _flat(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, str(value).lower() if isinstance(value, bool) else str(value)

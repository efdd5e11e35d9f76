"""Options that several commands share, and how their values are read.

View options are generated from the address parameters and parsed by the same code.
"""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mapapp.cli.reporting import RefusedOptionsError
from mapapp.core.address import PARAMETERS
from mapapp.core.edtf import read_day
from mapapp.core.letters import is_visible
from mapapp.core.sanitize import clean
from mapapp.data.atomic_write import named
from mapapp.data.folders import default_root
from mapapp.errors import DateError, Issue, MapappError, short_repr
from mapapp.text.messages import words
from mapapp.view_address import check_address

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from mapapp.core.model import Atlas
    from mapapp.core.view import View

_LONGEST_NAME = 200  # characters
Decorated = TypeVar("Decorated", bound="Callable[..., Any]")

# Older spellings of the view options, by parameter. The address also has `lang` for `names`, but the option
# --lang is an older spelling of --language.
_OLDER = MappingProxyType(
    {name: one.alias for name, one in PARAMETERS.items() if one.alias not in ("", "lang")}
)


class MisuseError(MapappError):
    """The command line is not valid."""


class OneOf(click.Choice[str]):
    """A choice from a list of words."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:  # noqa: ARG002
        """List the allowed values."""
        return f"unknown value (got {short_repr(value)}); choose from {', '.join(self.choices)}"


def day(text: str) -> date:
    """Read a day in ISO form."""
    try:
        return read_day(text)
    except DateError as error:
        raise click.BadParameter(str(error)) from None


def whole_number(lowest: int, highest: int) -> Callable[[object], int]:
    """Return a reader of whole numbers in the digits 0 to 9, both bounds included."""

    def read(value: object) -> int:
        text = str(value)
        digits = text.isascii() and text.isdigit()
        if not (digits and lowest <= int(text[:20]) <= highest):
            fix = f"use a whole number from {lowest} to {highest}"
            whole = text.isascii() and text.removeprefix("-").isdigit()
            what = "out of range" if whole else "not a whole number"
            raise click.BadParameter(f"{what} (got {short_repr(text)}); {fix}")
        return int(text)

    return read


def author(text: str) -> str:
    """Check the name of an author."""
    if len(text) > _LONGEST_NAME:
        raise click.BadParameter(
            f"the name is too long (got {short_repr(text)}); use at most {_LONGEST_NAME} characters"
        )
    name = clean(text).strip()
    if not is_visible(name):
        fix = 'write it as it should be printed, such as "Doe, J."'
        raise click.BadParameter(f"no name (got {short_repr(text)}); {fix}")
    return name


def base_url(text: str) -> str:
    """Check the address of a page, which has no query and no fragment."""
    valid = text.isprintable() and not {*text} & {*' ?#"<>{}\\'}
    if not (text.startswith(("http://", "https://")) and valid):
        fix = "use, for example, https://example.org/map"
        raise click.BadParameter(f"not a valid base URL (got {short_repr(text)}); {fix}")
    return text


def examples(*lines: str) -> str:
    """Return example command lines for the end of a command's help."""
    return "\n".join(("\b", f"Example{'s' if len(lines) > 1 else ''}:", *(f"  {line}" for line in lines)))


def data_option(command: Decorated) -> Decorated:
    """Add ``--data``; the command gets the folder as ``root``."""
    return click.option(
        "--data",
        "root",
        metavar="DIR",
        callback=_root,
        help="Folder that holds seeds/ and data/.  [default: MAPAPP_DATA, or the shipped data]",
    )(command)


def _root(_context: click.Context, _option: click.Parameter, given: str | None) -> Path:
    root = default_root() if given is None else Path(given)
    try:
        found = root.is_dir()
    except (OSError, ValueError):
        found = False
    if not found:
        where = "MAPAPP_DATA" if given is None else "--data"
        message = f"{where}: no such folder (got {named(root)}); name one that holds seeds/ and data/"
        raise MisuseError(message)
    return root


def drafts_option(command: Decorated) -> Decorated:
    """Add the flag ``--drafts``; the command calls `without_drafts` unless it is set."""
    return click.option("--drafts", is_flag=True, help="Include drafts.  [default: leave them out]")(command)


class ViewCommand(click.Command):
    """A command on one view: its help lists the view options in a separate section."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the two sections, and the older spellings in one line."""
        own: list[tuple[str, str]] = []
        view: list[tuple[str, str]] = []
        for option in self.get_params(ctx):
            record = option.get_help_record(ctx) if isinstance(option, click.Option) else None
            if record:
                (view if option.name in PARAMETERS else own).append(record)
        for title, records in (("Options", own), ("View options, as in the address bar", view)):
            with formatter.section(title):
                formatter.write_dl(records)
        formatter.write_paragraph()
        names = [option.name for option in self.get_params(ctx)]
        older = ", ".join(spelled(alias) for alias in _OLDER.values() if alias in names)
        formatter.write_text(f"Older spellings still work: {older}.")


def view_options(command: Decorated) -> Decorated:
    """Add all view options and ``--base-url``; see `parameter_options`."""
    return parameter_options(*PARAMETERS)(base_url_option(command))


def base_url_option(command: Decorated) -> Decorated:
    """Add ``--base-url``."""
    return click.option(
        "--base-url", type=base_url, metavar="URL", help="Public URL of the map, used for links."
    )(command)


def parameter_options(
    *names: str, defaults: Mapping[str, str] = MappingProxyType({})
) -> Callable[[Decorated], Decorated]:
    """Return a decorator that adds options for parameters of the address.

    They are passed to the command under the names used in the address bar. Older spellings are separate
    hidden options; the address parser resolves them.

    Parameters
    ----------
    names
        The parameters.
    defaults
        Defaults to show in the help where they differ from those of the address bar.
    """

    def add(command: Decorated) -> Decorated:
        for name in reversed(names):
            parameter = PARAMETERS[name]
            metavar = parameter.metavar
            if name in _OLDER:
                older = click.option(spelled(_OLDER[name]), _OLDER[name], metavar=metavar, hidden=True)
                command = older(command)
            text = _help(parameter.meaning, defaults.get(name))
            command = click.option(spelled(name), name, metavar=metavar, help=text)(command)
        return command

    return add


def read_view_options(
    asked: Mapping[str, str | None], atlas: Atlas, defaults: Mapping[str, str] = MappingProxyType({})
) -> View:
    """Return the view that options ask for; the address parser reads them.

    Parameters
    ----------
    asked
        Values by the names used in the address bar; ``None`` where not given.
    atlas
        What ids and days are checked against.
    defaults
        Values for parameters not given in either spelling, where they differ from the address bar's.

    Raises
    ------
    RefusedOptionsError
        If a value cannot be used.
    """
    given = {name: value for name, value in asked.items() if value is not None}
    left_out = {
        name: value for name, value in defaults.items() if not {name, _OLDER.get(name)} & given.keys()
    }
    view, faults = check_address(left_out | given, atlas, spelled)
    if faults:
        raise RefusedOptionsError(faults)
    return view


def _help(meaning: str, own_default: str | None) -> str:
    """Return the description of a parameter in click's style."""
    text, _, rest = meaning.partition(" (default: ")
    usual = rest.removesuffix(")")
    sentence, default = f"{text[:1].upper()}{text[1:]}.", own_default or usual
    return f"{sentence}  [default: {default}]" if default else sentence


def spelled(name: str) -> str:
    """Return the command-line option for an address parameter."""
    return f"--{name.replace('_', '-')}"


class OlderSpellings(click.Command):
    """A command with some of the view options, which also accepts their older spellings."""

    _NAMES = MappingProxyType({older: name.replace("_", "-") for name, older in _OLDER.items()})

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; refuse an option given in both spellings, as `ViewCommand` does."""
        given = {word.partition("=")[0] for word in takewhile(lambda word: word != "--", args)}
        faults = [
            Issue(words("remark-alias", name=spelled(name)), "", "leave one of them out", spelled(older))
            for older, name in self._NAMES.items()
            if {spelled(older), spelled(name)} <= given
        ]
        if faults:
            raise RefusedOptionsError(faults)
        ctx.token_normalize_func = lambda name: self._NAMES.get(name, name)
        return super().parse_args(ctx, args)

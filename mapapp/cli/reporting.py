"""Exit codes and error messages."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from mapapp.errors import MapappError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapapp.errors import Issue

FINE, FAULTY, MISUSED, INTERRUPTED = 0, 1, 2, 130


class RefusedOptionsError(MapappError):
    """Options that cannot be used; ``faults`` says of each why."""

    def __init__(self, faults: Iterable[Issue]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class SuggestingGroup(click.Group):
    """A group that answers a mistyped command with the nearest one. Click does so itself from 8.4 on.

    It then knows only the commands that are loaded.
    """

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            if not near:
                raise
            raise click.UsageError(f"no such command {args[0]!r}. Did you mean {near[0]!r}?", ctx) from None


def summary(faults: Sequence[Issue]) -> str:
    """Return faults, one a line, and their number."""
    count = sum(fault.more or 1 for fault in faults)
    lines = "\n".join(map(str, faults))
    return f"{lines}\n{count:,} fault{'s' if count != 1 else ''} found."


def one_line(error: click.ClickException) -> str:
    """Return an error of click as ``where: what (got …); how to fix``."""
    param = getattr(error, "param", None)
    if isinstance(error, click.BadParameter) and param and not isinstance(error, click.MissingParameter):
        where = param.opts[0] if isinstance(param, click.Option) else param.human_readable_name
        return f"{where}: {error.message}"
    what = " ".join(error.format_message().split()).rstrip(".")
    what = what[:1].lower() + what[1:]
    context = error.ctx if isinstance(error, click.UsageError) else None
    asks = what.endswith(("?", "?)"))  # click's suggestion of a similar word
    return what if asks else f"{what}; see {context.command_path if context else 'mapapp'} --help"


def complain(message: str, code: int) -> int:
    """Print a message on stderr, and return the exit code."""
    print(message, file=sys.stderr)
    return code

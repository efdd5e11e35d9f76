"""Exit codes and error messages."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapapp.errors import Issue

FINE, FAULTY, MISUSED, INTERRUPTED = 0, 1, 2, 130


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

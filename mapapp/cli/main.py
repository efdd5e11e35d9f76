"""The command line. Each command's module is imported when the command is used.

Exit codes: 0 success, 1 faults in the data, 2 usage error. Errors are printed as text, without a traceback.
"""

from __future__ import annotations

import errno
import gc
import io
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem, shell_complete

from mapapp.cli.reporting import (
    FAULTY,
    FINE,
    INTERRUPTED,
    MISUSED,
    RefusedOptionsError,
    SuggestingGroup,
    complain,
    one_line,
    summary,
)
from mapapp.errors import DataError, MapappError, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {  # one-line descriptions, so that `mapapp --help` need not import every command
    "new": "Make a data folder from an article.",
    "check": "Check the data and list every fault.",
    "tidy": "Undo the changes GIS programs make when saving GeoJSON files.",
    "schema": "Print the JSON Schema of a kind of data file.",
    "events": "List the statements of the articles in order of appearance.",
    "describe": "Describe the view in words, for readers who cannot see the map.",
    "compare": "Compare who held what on DAY with the last day of the window.",
    "run": "Open the map in the browser.",
    "edit": "Edit a data folder in the browser.",
    "figure": "Draw the view as a printable page with its evidence.",
    "story": "Print the story as a handout: a page for each step.",
    "page": "Write the map as one HTML file that works offline.",
    "data": "Write the data of the view for GIS programs and spreadsheets.",
    "pack": "Write page, figures, data, sources and hashes as one .zip.",
    "cite": "Print a citation of the view.",
    "verify": "Say who signed a figure, and which view and data made it.",
    "suggest": "Suggest times, places and speakers for an article.",
    "incidents": "Import, list, count and remove datasets of incidents.",
}
_MODULES = {"tidy": "check", **dict.fromkeys(("figure", "story", "page", "data", "pack", "cite"), "export")}
# what libraries would do as they load: start a thread for each core to multiply matrices, of which we have
# none; and search all installed packages for plugins of pydantic
_SPARED = {"OPENBLAS_NUM_THREADS": "1", "PYDANTIC_DISABLE_PLUGINS": "__all__"}
_OBJECTS = 50_000  # made before Python looks for garbage, of which commands leave little: instead of 700
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_COMPLETE = "_MAPAPP_COMPLETE"  # the variable in which a shell asks for completions


class _Commands(SuggestingGroup):
    """The commands, each imported when it is first needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"mapapp.cli.{_MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([*COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        names = [
            CompletionItem(name, help=about)
            for name, about in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return names + click.Command.shell_complete(self, ctx, incomplete)


@click.group(
    cls=_Commands,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""Exit codes: 0 success, 1 faults in the data, 2 usage error.

    \b
    Shell completion, for bash (also zsh_source, fish_source):
      eval "$(_MAPAPP_COMPLETE=bash_source mapapp)"
    """,
)
def mapapp() -> None:
    """Map news articles, with a source for every mark."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Parameters
    ----------
    argv
        Arguments after the program's name; ``None`` for those of the process.
    """
    os.environ.update(_SPARED | os.environ)
    gc.set_threshold(_OBJECTS)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = _run(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except DataError as error:
        code = complain(summary(error.faults), FAULTY)
    except RefusedOptionsError as error:
        code = complain("\n".join(f"mapapp: {fault}" for fault in error.faults), MISUSED)
    except MapappError as error:
        code = complain(f"mapapp: {plain(str(error))}", MISUSED)
    except click.ClickException as error:
        code = complain(f"mapapp: {plain(one_line(error))}", MISUSED)
    except BrokenPipeError:
        _drop_output()  # the reading end of the pipe is closed
        code = FAULTY
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last resort: users get a line, not a traceback
        code = complain(f"mapapp: {plain(_unforeseen(error))}", FAULTY)
    return code


def _unforeseen(error: Exception) -> str:
    """Return what to say of an error that no command expects."""
    if isinstance(error, ModuleNotFoundError) and error.name:
        package = error.name.partition(".")[0]
        return f"the Python package {package} is not installed; install mapapp again with all its packages"
    if isinstance(error, OSError) and error.errno in _FULL:
        _drop_output()
        return f"the output cannot be written: {os.strerror(error.errno)}; free some space"
    return f"internal error: {error!r}; please report it"


def _drop_output() -> None:
    """Keep the interpreter from writing the rest of the output, and reporting that it cannot, at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(argv: list[str]) -> int:
    # not click's own main, which prints an empty line on Ctrl-C
    if _COMPLETE in os.environ:
        return shell_complete(mapapp, {}, "mapapp", _COMPLETE, os.environ[_COMPLETE])
    try:
        with mapapp.make_context("mapapp", argv) as context:
            mapapp.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    return FINE

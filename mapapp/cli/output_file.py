"""Output files: type from the file extension, written atomically."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from mapapp.cli.options import MisuseError
from mapapp.data.atomic_write import named, refuse_data, writing
from mapapp.errors import short_repr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Output(NamedTuple):
    """A file to write, and its type: the file extension in lower case, without the dot."""

    path: str
    form: Any


def output_file(endings: Sequence[str]) -> Callable[[str], Output]:
    """Return a reader of paths that must end in one of ``endings``."""

    def read(path: str) -> Output:
        name = Path(path).name.lower()
        form = next((one for one in endings if name.removesuffix(f".{one}") not in ("", name)), None)
        if form is None:
            *others, last = (f".{ending}" for ending in endings)
            use = f"{', '.join(others)} or {last}" if others else last
            raise click.BadParameter(f"unsupported file type (got {short_repr(path)}); use {use}")
        return Output(path, form)

    return read


def write_output(out: str, root: Path, make: Callable[[], bytes]) -> None:
    """Write what ``make`` returns to a file, atomically.

    The temporary file is opened before ``make`` is called, so that an unwritable path fails at once.
    """
    with ExitStack() as stack:
        with refusing_os_errors(out):
            path = Path(os.path.realpath(out))  # write to the target of a symbolic link
            refuse_no_folder(path)
            if path.exists() and not path.is_file():
                raise MisuseError(f"OUT: not a regular file (got {named(path)}); name a file to write")
            refuse_data(path, root)
            aside = stack.enter_context(writing(path))
        data = make()
        with refusing_os_errors(out):
            aside.write_bytes(data)
            stack.close()


def refuse_no_folder(path: Path) -> None:
    """Refuse to write into a folder that does not exist."""
    if not path.parent.is_dir():
        message = f"OUT: no such folder (got {named(path.parent)}); create it first, or choose another path"
        raise MisuseError(message)


@contextmanager
def refusing_os_errors(out: str) -> Iterator[None]:
    """Turn operating-system errors into one-line messages."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = (
            f"OUT: cannot be written: {reason} (got {named(out)}); choose another path, or free some space"
        )
        raise MisuseError(message) from None

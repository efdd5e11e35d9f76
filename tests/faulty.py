"""Programs started in an environment with a fault."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
_CAPBSET_DROP = 24  # of Linux' prctl
_OVERRIDES = (1, 2)  # capabilities to write and to read what permissions forbid

# what `sitecustomize` does before the program begins
NOBODY = "import pwd\ndef _missing(uid):\n    raise KeyError(uid)\npwd.getpwuid = _missing\n"


def environment(**more: str) -> dict[str, str]:
    """Return the environment without settings of mapapp, and with ``more``."""
    usual = {key: value for key, value in os.environ.items() if not key.startswith(("MAPAPP_", "XDG_"))}
    return usual | {"PYTHONPATH": str(ROOT)} | more


def at(day: date) -> dict[str, str]:
    """Return the environment of programs whose clock shows ``day``; skip where there is no faketime."""
    program = shutil.which("faketime")
    if program is None:
        assert os.environ.get("CI") != "true", "faketime is missing (on Debian: apt-get install faketime)"
        pytest.skip(
            "the clock cannot be set here: there is no faketime (on Debian: apt-get install faketime)"
        )
    told = subprocess.run(  # noqa: S603 - a known program
        [program, f"{day} 12:00:00", "env"], capture_output=True, text=True, check=True
    )
    given = dict(line.split("=", 1) for line in told.stdout.splitlines() if "=" in line)
    return environment(**{name: given[name] for name in ("LD_PRELOAD", "FAKETIME")})


def beginning(folder: Path, code: str) -> dict[str, str]:
    """Return the environment of programs that run ``code`` first; ``folder`` takes it."""
    (folder / "sitecustomize.py").write_text(code, encoding="utf-8")
    return environment(PYTHONPATH=os.pathsep.join((str(folder), str(ROOT))))


def mapapp(
    *command: str | Path,
    env: dict[str, str] | None = None,
    before: Callable[[], None] | None = None,
    output: int = subprocess.PIPE,
) -> subprocess.CompletedProcess[str]:
    """Run a command of mapapp, with ``before`` called in its process first."""
    return subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-m", "mapapp", *map(str, command)],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=env or environment(),
        check=False,
        preexec_fn=before,
    )


def small_files(largest: int) -> Callable[[], None]:
    """Return what ends each write past ``largest`` bytes of a file with an error, as a full disk does."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))


def obey_permissions() -> None:
    """Let permissions bind this process, and those it becomes, even if it is root's."""
    libc = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() == 0:
        for capability in _OVERRIDES:
            if libc.prctl(_CAPBSET_DROP, capability, 0, 0, 0):
                raise OSError(ctypes.get_errno(), "prctl")


@contextmanager
def read_only(folder: Path) -> Iterator[Path]:
    """Make a folder that none who obeys permissions can write to."""
    folder.chmod(0o500)
    try:
        yield folder
    finally:
        folder.chmod(0o700)


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """Return the message with which a command failed, which must be one line and no traceback."""
    assert done.returncode in {1, 2}, done
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("mapapp: "), done.stderr
    assert "internal error" not in done.stderr, done.stderr
    return done.stderr.removeprefix("mapapp: ").rstrip("\n")


def on_a_full_disk(folder: Path, size: str) -> list[str]:
    """Return what starts a command with a small disk mounted at ``folder``; skip if none can be."""
    mounting = f'mount -t tmpfs -o size={size} none "$0" && exec "$@"'
    command = ["unshare", "-rm", "sh", "-c", mounting, str(folder)]
    try:
        tried = subprocess.run([*command, "true"], capture_output=True, check=False)  # noqa: S603 - our own
    except FileNotFoundError:
        pytest.skip(
            "a small disk cannot be mounted here: there is no unshare; only the limit of files was tried"
        )
    if tried.returncode:
        pytest.skip(
            f"a small disk cannot be mounted here ({tried.stderr.decode().strip()}); only the limit was tried"
        )
    return command

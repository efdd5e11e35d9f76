"""The running author's panel for tests: `mapapp edit` on a copy of a template."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
INDEX = ROOT / ".pytest_cache" / "d" / "gazetteer"  # as tests/authoring keeps it


def copy_of_template(folder: Path, name: str = "conflict") -> Path:
    """Copy a template of the package to a folder that can be edited."""
    return Path(shutil.copytree(ROOT / "mapapp" / "templates" / name, folder / "story"))


@contextmanager
def editing(folder: Path) -> Iterator[str]:
    """Start the command, stop it at the end; give the start address, which holds the token."""
    usual = {key: value for key, value in os.environ.items() if key != "MAPAPP_DATA"}
    usual["MAPAPP_CACHE"] = str(INDEX)
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "mapapp", "edit", str(folder), "--no-browser"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=usual,
    ) as process:
        assert process.stdout is not None
        said = ""
        while "http://" not in said:  # it may say first that it indexes the names of places
            if not (line := process.stdout.readline()):
                pytest.fail(f"mapapp edit did not start: {said}")
            said += line
        try:
            yield line.split()[-1]
        finally:
            process.terminate()
            process.wait(20)

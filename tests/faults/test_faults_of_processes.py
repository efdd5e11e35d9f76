"""Killed processes leave nothing that the next one does not remove, and what others are using stays."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from faulty import environment

pytestmark = pytest.mark.slow

HOLD = """
from mapapp.data.temporary_folder import temporary_folder
with temporary_folder() as folder:
    (folder / "file").write_text("x")
    print(folder, flush=True)
    input()
"""


def holding(env: dict[str, str]) -> tuple[subprocess.Popen[str], Path]:
    """Start a process that has a temporary folder."""
    process = subprocess.Popen(  # noqa: S603 - our own
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


@pytest.mark.fault(
    "A command killed (kill -9)",
    seen="nothing",
    kept="folders that other commands are using",
    recovery="the next command that needs a temporary folder removes those of killed ones",
)
def test_temporary_folders_of_killed_processes_are_removed_and_those_in_use_are_not(tmp_path: Path) -> None:
    env = environment(TMPDIR=str(tmp_path))
    killed, left = holding(env)
    alive, used = holding(env)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert left.is_dir()
    assert oct(left.stat().st_mode & 0o777) == oct(0o700)
    third, other = holding(env)
    assert not left.exists()
    assert (used / "file").exists()
    for process in (alive, third):
        process.communicate("\n")
    assert not used.exists()
    assert not other.exists()
    assert [*tmp_path.iterdir()] == []

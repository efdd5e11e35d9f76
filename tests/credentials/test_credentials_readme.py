"""What the README says of signing is what happens."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is missing")
def test_the_recipe_for_a_key_of_your_own_works(tmp_path: Path) -> None:
    text = (ROOT / "mapapp/credentials/README.md").read_text(encoding="utf-8")
    (recipe,) = re.findall(r"<!-- tested -->\n```sh\n(.*?)```", text, re.DOTALL)
    program = tmp_path / "bin" / "mapapp"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mapapp "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    done = subprocess.run(  # noqa: S603 - our own commands
        ["/bin/sh", "-ec", recipe],
        cwd=tmp_path,
        env=os.environ | {"PATH": f"{program.parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "map.png: intact" in done.stdout
    assert "leads to an authority that you trust" in done.stdout

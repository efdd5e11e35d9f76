"""The machine a result was measured on."""

from __future__ import annotations

import datetime as dt
import os
import platform
import time
from importlib.metadata import version
from pathlib import Path

_PACKAGES = ("streamlit", "streamlit-folium", "folium", "pydeck", "playwright")

_CALM = 0.12  # share of the processors in use
_PATIENCE = 5  # seconds


def settle() -> None:
    """Wait until the machine is at rest: a page that is closed keeps a browser busy for a while."""
    end = time.monotonic() + _PATIENCE
    before = _ticks()
    while time.monotonic() < end:
        time.sleep(0.1)
        now = _ticks()
        idle, passed = now[0] - before[0], now[1] - before[1]
        if passed and 1 - idle / passed < _CALM:
            return
        before = now


def _ticks() -> tuple[int, int]:
    """Return what all processors have spent at rest, and in all."""
    fields = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:]
    spent = [int(field) for field in fields[:8]]
    return spent[3] + spent[4], sum(spent)


def facts(browser: str) -> dict[str, object]:
    """Return cores, memory, load at the start, versions and the day."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    models = [line.partition(":")[2].strip() for line in info.splitlines() if line.startswith("model name")]
    return {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "cores": len(os.sched_getaffinity(0)),
        "processor": models[0] if models else platform.machine(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "load": round(os.getloadavg()[0], 1),
        "system": platform.system(),
        "python": platform.python_version(),
        "chromium": browser,
        **{name: version(name) for name in _PACKAGES},
    }

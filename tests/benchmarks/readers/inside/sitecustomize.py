"""Tells from inside a server, on SIGUSR1, how many objects of some kinds it holds.

Python imports this module at its start if its folder is in ``PYTHONPATH``. The answer is a JSON file at
``BENCHMARK_INSIDE``.
"""

import gc
import json
import os
import signal
import threading
from collections import Counter
from pathlib import Path

_KINDS = ("AppSession", "ScriptRunner", "SessionState", "MediaFile", "MemoryFile")


def _tell(_signal: int, _frame: object) -> None:
    gc.collect()
    counts = Counter(type(thing).__name__ for thing in gc.get_objects())
    told = {
        "objects": sum(counts.values()),
        "python_threads": threading.active_count(),
        "kinds": {kind: counts[kind] for kind in _KINDS},
        "most": dict(counts.most_common(60)),
    }
    target = Path(os.environ["BENCHMARK_INSIDE"])
    part = target.with_suffix(".part")
    part.write_text(json.dumps(told), encoding="utf-8")
    part.replace(target)


if "BENCHMARK_INSIDE" in os.environ:
    signal.signal(signal.SIGUSR1, _tell)

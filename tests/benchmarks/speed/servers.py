"""The server of one app: started as by its user, observed from outside, stopped by its process id (Linux)."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[3]
_DEADLINE = 60  # seconds until a server must listen
_LIBC = ctypes.CDLL(None, use_errno=True)


def import_incidents(csv: Path, store: Path) -> None:
    """Store the events for the app, as its user would."""
    command = [sys.executable, "-m", "mapapp", "incidents", "import", str(csv), "--store", str(store)]
    subprocess.run(  # noqa: S603 - our own command
        command, cwd=ROOT, env=_environment({}), check=True, stdout=subprocess.DEVNULL
    )


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    usual = {key: value for key, value in os.environ.items() if not key.startswith("MAPAPP_")}
    return {**usual, "PYTHONPATH": str(ROOT), **more}


class Server:
    """``streamlit run SCRIPT`` on a port the system hands out, listening once this returns."""

    def __init__(self, script: Path, environment: Mapping[str, str], log: Path) -> None:
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            port = held.getsockname()[1]
        options = {"address": "127.0.0.1", "port": port, "headless": "true"}
        command = [sys.executable, "-m", "streamlit", "run", str(script), "--browser.gatherUsageStats=false"]
        command += [f"--server.{name}={value}" for name, value in options.items()]
        self.log = log
        self.address = f"http://127.0.0.1:{port}"
        self.started = time.time() * 1000  # milliseconds since 1970, as the browser tells them
        with log.open("ab") as output:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                command,
                cwd=ROOT,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=_environment(environment),
            )
        try:
            self._await(port)
        except BaseException:
            self.stop()
            raise

    def _await(self, port: int) -> None:
        end = time.monotonic() + _DEADLINE
        while time.monotonic() < end and self._process.poll() is None:
            with socket.socket() as asking:
                if asking.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.005)
        said = self.log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise RuntimeError(f"{self.address}: no server listens after {_DEADLINE} s; it said:\n{said}")

    def cpu(self) -> float:
        """Return the processor time used so far, ended threads included, in milliseconds."""
        clock = ctypes.c_int()
        if _LIBC.clock_getcpuclockid(self._process.pid, ctypes.byref(clock)):
            raise ProcessLookupError(f"{self.address}: the server has ended; see {self.log}")
        return time.clock_gettime(clock.value) * 1000

    def memory(self) -> float:
        """Return the memory held now, in MB (10^6 bytes)."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024 / 1e6

    def held(self) -> dict[str, float]:
        """Return what the process holds: memory in MB (resident, and its share of that), handles, threads."""
        process = Path(f"/proc/{self._process.pid}")
        shares = (process / "smaps_rollup").read_text(encoding="ascii").splitlines()
        pss = next(line for line in shares if line.startswith("Pss:"))
        return {
            "rss_mb": self.memory(),
            "pss_mb": int(pss.split()[1]) * 1024 / 1e6,
            "handles": sum(1 for _ in (process / "fd").iterdir()),
            "threads": sum(1 for _ in (process / "task").iterdir()),
        }

    def ask(self, signal: int) -> None:
        """Send the process a signal."""
        self._process.send_signal(signal)

    def stop(self) -> None:
        """End the server."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

"""Readers come, act and go for minutes; what the servers hold is sampled meanwhile."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from typing import TYPE_CHECKING

from readers.crowd import Pace, Waits, visit
from readers.reader import FailedError, Reader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readers.recording import Recording
    from speed.servers import Server

_EVERY = 60  # seconds between samples
_DOWNLOADS = 0.2  # share of readers who download a file
_SILENT = 100  # seconds until a connection that answers nothing is dropped; the server gives up before
AFTER = 240  # seconds from the last reader to the last sample: Streamlit keeps a lost session for 120


async def churn(  # noqa: C901 - its helpers share what it counts
    stages: Mapping[str, tuple[Server, Recording]], minutes: float, a_minute: float, say: object
) -> dict[str, list[dict[str, float]]]:
    """Have readers come to all apps at once, so many ``a_minute`` to each; return the samples of each app.

    Half of them close the page, a quarter is cut off, a quarter falls silent. A sample has ``minute``,
    ``came``, ``failed``, what `Server.held` and `Server.inside` return, and at the end ``over``.
    """
    began = time.monotonic()
    waits = {name: Waits() for name in stages}
    samples: dict[str, list[dict[str, float]]] = {name: [] for name in stages}

    def sample() -> None:
        for name, (server, _) in stages.items():
            taken = {
                "minute": round((time.monotonic() - began) / 60, 2),
                "came": waits[name].came,
                "failed": len(waits[name].failed),
                **server.held(),
                **server.inside(),
            }
            samples[name].append(taken)
            say(f"{name}: {taken} {waits[name].failed[-1:]}")  # type: ignore[operator]

    async def come(name: str, number: int) -> None:
        server, recording = stages[name]
        draw = random.Random(f"{name} {number}")  # noqa: S311 - no secret
        reader = Reader(server.address, recording, Pace().deadline)
        going = await visit(reader, recording, Pace(), draw, waits[name])
        if going and recording.export.messages and draw.random() < _DOWNLOADS:
            try:
                await reader.act(recording.export)
                await reader.download(draw.choice(sorted(reader.downloads)))
            except FailedError as error:
                waits[name].failed.append(str(error))
        match draw.choice(("close", "close", "cut", "silence")):
            case "close":
                await reader.leave()
            case "cut":
                await reader.vanish()
            case _:
                await reader.fall_silent()
                await asyncio.sleep(_SILENT)
                await reader.vanish()

    async with asyncio.TaskGroup() as group:
        sampled = began
        number = 0
        while time.monotonic() < began + minutes * 60:
            for name in stages:
                group.create_task(come(name, number))
            number += 1
            await asyncio.sleep(60 / a_minute)
            if time.monotonic() >= sampled + _EVERY:
                sampled += _EVERY
                await asyncio.to_thread(sample)
    sys.stderr.flush()
    await asyncio.sleep(AFTER)
    sample()
    return samples

"""Many readers at once: how long they wait, what fails, and what they cost the servers."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readers.reader import FailedError, Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readers.recording import Recording
    from speed.servers import Server


@dataclass(frozen=True)
class Pace:
    """So many readers come a second; each pauses for ``think`` seconds (evenly spread) before each act."""

    rate: float = 10.0
    think: tuple[float, float] = (2.0, 6.0)
    deadline: float = 60.0


@dataclass
class Waits:
    """What readers saw: milliseconds to the first map and to each change, and what failed."""

    first: list[float] = field(default_factory=list)
    acts: dict[str, list[float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    came: int = 0


async def visit(reader: Reader, recording: Recording, pace: Pace, draw: random.Random, waits: Waits) -> bool:
    """Open the page and do what was recorded; return False after a failure, which is noted."""
    waits.came += 1
    try:
        began = time.perf_counter()
        await reader.open()
        waits.first.append((time.perf_counter() - began) * 1000)
        await reader.settle()
        for name, exchange in recording.acts:
            if not exchange.messages and not exchange.files:
                continue  # the browser does it alone
            await asyncio.sleep(draw.uniform(*pace.think))
            began = time.perf_counter()
            await reader.act(exchange)
            waits.acts.setdefault(name, []).append((time.perf_counter() - began) * 1000)
    except FailedError as error:
        waits.failed.append(str(error))
        return False
    return True


async def crowd(
    addresses: Sequence[str], recording: Recording, count: int, pace: Pace, servers: Sequence[Server]
) -> dict:
    """Have ``count`` readers come, act and stay until all are done; reader by reader on the next server.

    Returns the waits, and the growth of all servers together while all pages are open.
    """
    before = [server.held() for server in servers]
    cpu = sum(server.cpu() for server in servers)
    own = time.process_time()
    began = time.perf_counter()
    waits = Waits()
    readers = [Reader(addresses[at % len(addresses)], recording, pace.deadline) for at in range(count)]

    async def come(at: int) -> None:
        await asyncio.sleep(at / pace.rate)
        await visit(readers[at], recording, pace, random.Random(at), waits)  # noqa: S311 - no secret

    await asyncio.gather(*(come(at) for at in range(count)))
    seconds = time.perf_counter() - began
    after = [server.held() for server in servers]
    cost = sum(server.cpu() for server in servers) - cpu
    await asyncio.gather(*(reader.leave() for reader in readers))
    return {
        "readers": count,
        "servers": len(addresses),
        "first": waits.first,
        "acts": waits.acts,
        "failed": waits.failed,
        "seconds": seconds,
        "cpu_ms": cost,
        "own_cpu_ms": (time.process_time() - own) * 1000,
        "held": {
            name: sum(now[name] - then[name] for now, then in zip(after, before, strict=True))
            for name in (after or [{}])[0]
        },
    }

"""The measurements as a table: medians, 95th percentiles, and ratios to mapapp."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

BEGIN, END = "<!-- speed -->\n", "<!-- end of speed -->"
ORDER = ("app", "folium", "deck", "floor")
VERSIONS = ("python", "chromium", "streamlit", "streamlit-folium", "pydeck")
TITLES = {"app": "mapapp", "folium": "streamlit-folium", "deck": "pydeck", "floor": "bare page"}


@dataclass(frozen=True)
class Row:
    """One line of the table: which samples, which number of theirs, in what unit."""

    title: str
    measure: str
    of: tuple[str, ...]
    unit: str


ROWS = (
    Row("first map, cold", "cold", ("ms",), "ms"),
    Row("  until article shown", "cold", ("article_ms",), "ms"),
    Row("  until header shown", "cold", ("whole_ms",), "ms"),
    Row("first map, warm", "warm", ("ms",), "ms"),
    Row("  until article shown", "warm", ("article_ms",), "ms"),
    Row("  until header shown", "warm", ("whole_ms",), "ms"),
    Row("time step", "step", ("ms",), "ms"),
    Row("  until time bar and panel follow", "step", ("whole_ms",), "ms"),
    Row("layer switched", "layer", ("ms",), "ms"),
    Row("  until frame ready", "layer", ("made_ms",), "ms"),
    Row("click to card", "click", ("ms",), "ms"),
    Row("socket, time step", "step", ("down", "up"), "B"),
    Row("socket, click", "click", ("down", "up"), "B"),
    Row("server CPU, time step", "step", ("cpu_ms",), "ms"),
    Row("memory, one more page", "memory", ("mb",), "MB"),
)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that ``share`` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def number(value: float, unit: str) -> str:
    """Write a number with its unit, three digits that count."""
    for factor, bigger in {"ms": ((1000, "s"),), "B": ((1_000_000, "MB"), (1000, "kB"))}.get(unit, ()):
        if abs(value) >= factor:
            value, unit = value / factor, bigger
            break
    if abs(value) >= 100 or unit == "B":
        return f"{value:.0f} {unit}"
    return f"{value:.1f} {unit}" if abs(value) >= 10 or unit == "ms" else f"{value:.2f} {unit}"


def times(value: float, own: float) -> str:
    """Write how many times ``own`` a value is; empty where nothing can be divided by."""
    if own <= 0 or value <= 0:
        return ""
    ratio = value / own
    return f"{ratio:.0f} ×" if ratio >= 10 else f"{ratio:.1f} ×" if ratio >= 1 else f"{ratio:.2f} ×"


def values(size: dict[str, Any], row: Row, name: str) -> list[float]:
    """Return a contestant's numbers for a row."""
    samples = size["samples"].get(row.measure, {}).get(name, [])
    return [sum(sample[key] for key in row.of) for sample in samples]


def cell(size: dict[str, Any], row: Row, name: str) -> str:
    """Return the median, the 95th percentile, the ratio to the app; or why there is none."""
    late = size["late"].get(row.measure, {}).get(name)
    got = values(size, row, name)
    if row.of in {("article_ms",), ("whole_ms",)} and name != "app":
        return "–"  # the others draw all at once
    if not got:
        why = late or size["late"].get("cold", {}).get(name)
        return f"did not finish ({why})" if why else "–"
    middle = statistics.median(got)
    text = number(middle, row.unit)
    if row.unit == "ms" and len(got) > 1:
        text += f" ({number(percentile(got, 0.95), row.unit)})"
    own = values(size, row, "app")
    if name != "app" and own:
        ratio = times(middle, statistics.median(own))
        text += f", {ratio}" if ratio else ""
    return f"{text}, then did not finish ({late})" if late else text


def lines(result: dict[str, Any]) -> list[list[str]]:
    """Return the table, head first."""
    made = [["marks", "", *(TITLES[name] for name in ORDER)]]
    for size in result["sizes"]:
        for at, row in enumerate(ROWS):
            marks = f"{size['marks']:,}" if at == 0 else ""
            made.append([marks, row.title, *(cell(size, row, name) for name in ORDER)])
    return made


def about(result: dict[str, Any]) -> str:
    """Return the machine and how to read the table, in two sentences."""
    facts = result["machine"]
    versions = ", ".join(f"{name} {facts[name]}" for name in VERSIONS)
    return (
        f"{facts['date']}: {facts['cores']} cores ({facts['processor']}), {facts['memory_gb']} GB, software "
        f"rendering, load {facts['load']} at the start, {facts['seconds'] / 60:.0f} minutes; {versions}. "
        "Median (95th percentile), ratio to mapapp."
    )


def plain(result: dict[str, Any]) -> str:
    """Return the table for a terminal."""
    made = lines(result)
    widths = [max(len(line[at]) for line in made) for at in range(len(made[0]))]
    padded = ([text.ljust(width) for text, width in zip(line, widths, strict=True)] for line in made)
    body = "\n".join("  ".join(line).rstrip() for line in padded)
    return f"{about(result)}\n\n{body}\n"


def markdown(result: dict[str, Any]) -> str:
    """Return the table for the README."""
    head, *rest = lines(result)
    rows = [head, ["---:", "---", *("---:" for _ in ORDER)], *rest]
    return f"{about(result)}\n\n" + "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n"


def put(readme: str, result: dict[str, Any]) -> str:
    """Return the README with the table in its place."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"README.md: no {BEGIN.strip()} before {END} (got neither or one); put both back")
    return f"{before}{begin}{markdown(result)}{end}{after}"

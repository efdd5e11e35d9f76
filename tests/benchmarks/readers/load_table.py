"""The measurements of the load as tables."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Any

from speed.table import number, percentile

if TYPE_CHECKING:
    from collections.abc import Sequence

_TITLES = {
    "app": "mapapp",
    "folium": "streamlit-folium",
    "floor": "bare page",
    "page": "`mapapp page`, a simple web server",
}
_VERSIONS = ("python", "streamlit", "streamlit-folium", "chromium")
_MINUTES = 8  # rows of the churn's table, about


def waits(values: Sequence[float]) -> str:
    """Return median and 95th percentile of milliseconds."""
    if not values:
        return "–"
    return f"{number(statistics.median(values), 'ms')} ({number(percentile(values, 0.95), 'ms')})"


def short(run: dict[str, Any]) -> str:
    """Return a run in one line."""
    acts = ", ".join(f"{name} {waits(values)}" for name, values in run["acts"].items())
    why = f" {sorted(set(run['failed']))[:3]}" if run["failed"] else ""
    cpu = run["cpu_ms"] / run["readers"]
    return (
        f"{run['readers']} readers in {run['seconds']:.0f} s, {len(run['failed'])} failed{why}; "
        f"first {waits(run['first'])}; "
        f"{acts}; CPU {cpu:.0f} ms each, own {run['own_cpu_ms'] / run['readers']:.0f}; held {run['held']}"
    )


def loaded(result: dict[str, Any]) -> str:
    """Return the table of the load, with a line before it."""
    rows = [
        (
            "readers",
            "",
            "failed",
            "first map",
            "click",
            "step",
            "server CPU each",
            "memory each",
            "handles each",
        ),
        ("---:", "---", *["---:"] * 7),
    ]
    for run in sorted(result["runs"], key=lambda run: run["readers"]):
        count = run["readers"]
        title = _TITLES[run["app"]] + (f", {run['servers']} servers" if run["servers"] > 1 else "")
        held = run["held"]
        cost = (
            [
                number(run["cpu_ms"] / count, "ms"),
                number(held["rss_mb"] / count, "MB"),
                f"{held['handles'] / count:.1f}",
            ]
            if held
            else ["–"] * 3
        )
        acts = [waits(run["acts"].get(name, [])) for name in ("click", "step")]
        rows.append((str(count), title, f"{len(run['failed'])}", waits(run["first"]), *acts, *cost))
    return f"{_about(result)} Median (95th percentile).\n\n{_table(rows)}"


def churned(result: dict[str, Any]) -> str:
    """Return the table of the churn, with a line before it."""
    rows = [
        (
            "minute",
            "",
            "came",
            "failed",
            "memory",
            "handles",
            "threads",
            "sessions",
            "objects",
            "temporary files",
        ),
        ("---:", "---", *["---:"] * 8),
    ]
    for name, samples in result["churn"].items():
        every = max(1, len(samples) // _MINUTES)
        for sample in [*samples[:-1:every], samples[-1]]:
            rows.append(  # noqa: PERF401 - reads better than a nested generator
                (
                    f"{sample['minute']:.0f}",
                    _TITLES[name],
                    f"{sample['came']}",
                    f"{sample['failed']}",
                    f"{sample['rss_mb']:.0f} MB",
                    f"{sample['handles']}",
                    f"{sample['threads']}",
                    f"{sample['kinds']['AppSession']}",
                    f"{sample['objects']:,}",
                    f"{sample['files']}, {sample['files_mb']:.1f} MB",
                )
            )
    return (
        f"{_about(result)} {result['a_minute']:g} readers a minute to each app, "
        f"for {result['minutes']:g} minutes; "
        f"the last row is after all had gone.\n\n{_table(rows)}"
    )


def put(readme: str, place: str, table: str) -> str:
    """Return the README with a table in its place."""
    begin, end = f"<!-- {place} -->\n", f"<!-- end of {place} -->"
    before, found, rest = readme.partition(begin)
    _, ended, after = rest.partition(end)
    if not found or not ended:
        raise ValueError(f"README.md: no {begin.strip()} before {end}; put both back")
    return f"{before}{begin}{table}{end}{after}"


def _about(result: dict[str, Any]) -> str:
    facts = result["machine"]
    versions = ", ".join(f"{name} {facts[name]}" for name in _VERSIONS)
    took = f", {facts['seconds'] / 60:.0f} minutes" if "seconds" in facts else ""
    return (
        f"{facts['date']}: {facts['cores']} cores ({facts['processor']}), readers included, "
        f"{facts['memory_gb']} GB, load {facts['load']} at the start{took}; {versions}."
    )


def _table(rows: Sequence[Sequence[str]]) -> str:
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)

"""The commands ``incidents lag`` and ``incidents around``: what recent counts can and cannot say yet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from mapapp.cli.incidents_store import store_folder, store_option, stored_in
from mapapp.cli.options import MisuseError, data_option, examples
from mapapp.data.load import load
from mapapp.errors import plain, short_repr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mapapp.core.model import Event
    from mapapp.incidents.query import Queries
    from mapapp.incidents.reporting_lag import ReportingLag
    from mapapp.incidents.store import Dataset

_EPOCH = date(1970, 1, 1)
_SHOWN = (0, 1, 2, 4, 8)  # weeks
_NORMAL = 1.645  # standard deviations on either side of 90 % of a normal distribution
_DAYS, _FEWEST = 28, 7  # compared on either side; of these that the data must cover
_BASES = {
    "exports": "the exports in which they first appeared",
    "changes": "the publisher's times of their last change, which may be later than the first report",
}


@click.command(epilog=examples("mapapp incidents lag"))
@store_option
@data_option
def lag(store: str | None, root: Path) -> None:
    """Show how late incidents become known.

    For each publisher: the share of the incidents of a week that was known so many weeks after its end. It
    takes several exports, or the publisher's times of change.
    """
    from mapapp.incidents.known_since import publishers, reporting_lags  # noqa: PLC0415 - duckdb is slow to load

    stored = stored_in(store_folder(store, root))
    found = {one.datasets: one.lag for one in reporting_lags(stored)}
    for datasets in publishers(stored):
        print(plain(datasets[0].title))
        if datasets in found:
            _show(found[datasets])
        else:
            print(f"  {_why_unknown(datasets)}")


def _why_unknown(datasets: Sequence[Dataset]) -> str:
    """Return why the reporting lag of a publisher is not known."""
    from mapapp.incidents.known_since import is_weekly  # noqa: PLC0415 - duckdb is slow to load

    days = sorted({dataset.exported for dataset in datasets if dataset.exported})
    if not days:
        return "not known: say with --exported of which day each export is, and import them again"
    if not is_weekly(days):
        return "not known: the exports are more than a week apart and have no column with times of change"
    return "not known: it takes weekly exports of at least 12 weeks, or a column with times of change"


def _show(found: ReportingLag) -> None:
    print(f"  from {found.number:,} incidents known by {_EPOCH + timedelta(days=found.seen)},")
    print(f"  by {_BASES[found.basis]}")
    print("  weeks after   known   90 % interval")
    for weeks in _SHOWN:
        if weeks >= len(found.share):
            break
        share, off = found.share[weeks], _NORMAL * found.error[weeks]
        low, high = max(0.0, share - off), min(1.0, share + off)
        print(f"  {weeks:>11}  {100 * share:>4.0f} %   {100 * low:.0f} to {100 * high:.0f} %")
    print(f"  {len(found.share) - 1:>11}   100 %   taken as complete")


@click.command(epilog=examples("mapapp incidents around ID --place AREA"))
@click.argument("statement", metavar="STATEMENT")
@click.option("--place", "area", metavar="ID", help="Only this area.  [default: all areas of the statement]")
@store_option
@data_option
def around(statement: str, area: str | None, store: str | None, root: Path) -> None:
    """Compare incidents in the four weeks before and after what a statement says.

    STATEMENT is its id (see `mapapp events`). Incidents are counted by their first day, for each area of the
    statement. The rates have exact 90 % intervals. The comparison does not show why they differ.
    """
    from mapapp.incidents.query import Queries  # noqa: PLC0415 - duckdb takes half a second to load
    from mapapp.incidents.spatial_join import areas_of  # noqa: PLC0415

    atlas = load(root)
    stored = stored_in(store_folder(store, root))
    event = next((event for event in atlas.events if event.id == statement), None)
    if event is None:
        known = ", ".join(event.id for event in atlas.events)
        raise MisuseError(f"STATEMENT: no such statement (got {short_repr(statement)}); choose from {known}")
    known_areas = areas_of(atlas).ids
    if area is not None and area not in known_areas:
        raise MisuseError(
            f"--place: no such area (got {short_repr(area)}); choose from {', '.join(known_areas)}"
        )
    linked = dict.fromkeys(link.id for link in event.places if link.id in known_areas)
    if area is None and not linked:
        raise MisuseError(
            f"STATEMENT: is about no area of the map (got {short_repr(statement)}); add one with --place"
        )
    print(f"{plain(event.title)} ({event.when.earliest or 'unknown'} to {event.when.latest or 'unknown'})")
    queries = Queries(stored)
    for place in [area] if area else linked:
        print(plain(place))
        _compare(queries, event, place)
    for dataset in stored.datasets:
        print(f"Source: {plain(dataset.title)}; {plain(dataset.licence)}")


def _compare(queries: Queries, event: Event, place: str) -> None:
    """Print the rates in an area before and after a statement's time."""
    from mapapp.incidents.completeness import incomplete  # noqa: PLC0415 - loads numpy
    from mapapp.incidents.query import Asked  # noqa: PLC0415 - as above
    from mapapp.incidents.rates import rate_interval, ratio_interval  # noqa: PLC0415 - loads scipy
    from mapapp.incidents.store import covered  # noqa: PLC0415 - as above

    earliest, latest = event.when.earliest, event.when.latest
    if earliest is None or latest is None:
        print("  its time has no known beginning or end, so nothing is surely before or after it")
        return
    start, end = covered(queries.store)
    counted = []
    for name, first, last in (
        ("before", earliest - timedelta(days=_DAYS), earliest - timedelta(days=1)),
        ("after", latest + timedelta(days=1), latest + timedelta(days=_DAYS)),
    ):
        asked = Asked(place, max(first, start), min(last, end))
        days = (asked.last - asked.first).days + 1
        if days < _FEWEST:
            print(f"  {name}: the incident data covers fewer than {_FEWEST} of the {_DAYS} days")
            continue
        number = sum(n for day, n in queries.by_day(asked) if day >= asked.first)
        filling = incomplete(queries, asked) is not None
        rate = f"{7 * number / days:.1f} a week"
        if filling:  # an interval around what is known so far would leave out what is still to come
            said = f"at least {rate}; reports are still coming in"
        else:
            low, high = (7 * end for end in rate_interval(number, days))
            said = f"{rate} ({low:.1f} to {high:.1f})"
        print(f"  {name}: {number:,} in {days} days ({asked.first} to {asked.last}), {said}")
        counted.append((number, days, filling))
    if any(filling for *_, filling in counted):
        print("  after / before: too early to compare, as counts of days still being reported are too low")
    elif len(counted) == 2 and counted[0][0]:  # noqa: PLR2004 - before and after
        (before, before_days, _), (after, after_days, _) = counted
        low, high = ratio_interval((before, before_days), (after, after_days))
        print(
            f"  after / before: {after / after_days / (before / before_days):.2f} ({low:.2f} to {high:.2f})"
        )
    print("  90 % intervals, as if incidents came independently; this does not show why the rates differ")

"""Python and the script decide alike: cases made here are replayed in node with the script's rules."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tiny import Tiny

from mapapp.base_maps import BASE_MAPS
from mapapp.core import address
from mapapp.core.edtf import When, Window, certainly, possibly, read_day, read_when
from mapapp.core.model import Atlas, OwnStep, Status
from mapapp.core.names import Names
from mapapp.core.select import select
from mapapp.core.story import steps
from mapapp.core.view import View
from mapapp.data.load import load
from mapapp.errors import DateError
from mapapp.text.dates import day_number
from mapapp.view_address import address_table, step_view
from mapapp.web.payload import opening, payload

Case = dict[str, Any]
SOURCES = Path(str(files("mapapp.web") / "src"))
MODULES = ("days.js", "rules.js", "address.js")
REPLAY = Path(__file__).with_name("replay.js")
NEEDED = ("articles", "layers", "places", "events", "facts", "address")
KEPT = {"geometry", "names", "namesWhen", "explains"}  # of no matter to a rule, and long
START = date(2020, 1, 20)  # the days that cases lie on: few, so that ends meet
EARLY = st.sampled_from([date(1950, 1, 1), date(1960, 6, 1), date(1969, 12, 31)])  # numbered below 0

near = st.integers(0, 60).map(lambda n: START + timedelta(days=n))
any_day = st.dates(date(1, 1, 1), date(9999, 12, 31))
one_time = near.map(str) | st.sampled_from(["2020-01", "2020-02", "2020-03", "2019", "2020", "2021"])
marked = st.tuples(one_time, st.sampled_from(["", "", "", "~", "?", "%"])).map("".join)


def forward(edtf: str) -> bool:
    """Return whether a time can be meant."""
    try:
        read_when(edtf)
    except DateError:
        return False
    return True


whens = (
    marked
    | st.tuples(marked | st.just(".."), marked | st.just("..")).map("/".join)
    | st.tuples(one_time | st.just(""), one_time | st.just("")).map(lambda pair: f"[{pair[0]}..{pair[1]}]")
).filter(forward).map(read_when)  # fmt: skip
windows = st.tuples(near, near).map(lambda pair: Window(*sorted(pair)))
held_times = whens | one_time.map(lambda last: read_when(f"../{last}")) | st.just(read_when("../.."))
statuses = st.lists(
    st.builds(Status, st.sampled_from(["open", "surrounded", "government"]), held_times, st.just(())),
    max_size=4,
).map(tuple)


def node() -> str:
    """Return where node is; without it the test is skipped, where ``CI`` is ``true`` it fails."""
    found = shutil.which("node")
    if found is None:
        reason = "no node found; the script's rules are tested in it (on Debian: apt-get install nodejs)"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return str(found)


def drawn(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """Draw so many values, the same ones each time."""
    found: list[Any] = []

    @settings(
        max_examples=count,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(value: Any) -> None:
        found.append(value)

    draw()
    return found


def some_of(values: Any) -> st.SearchStrategy[frozenset[str] | None]:
    """Draw none, or a set of some of the values."""
    return st.none() | st.frozensets(st.sampled_from(sorted(values)), max_size=6)


def views(atlas: Atlas, days: st.SearchStrategy[date]) -> st.SearchStrategy[View]:
    """Draw views of an atlas."""
    degrees = (
        st.floats(-1000, 1000)
        | st.integers(-9_000_000, 9_000_000).map(lambda n: n / 20_000)
        | st.sampled_from([180.0, -180.0, 179.99999, 180.00001, 85.0, -85.0, -0.0, -0.00001, 0.03125, 540.0])
    )
    return st.builds(
        View,
        window=st.tuples(days, days).map(lambda pair: Window(*sorted(pair))),
        certain=st.booleans(),
        said_by=some_of({event.said_by for event in atlas.events}),
        kinds=some_of(atlas.profile.event_kinds),
        hidden=some_of(atlas.profile.switchable).map(lambda hidden: hidden or frozenset()),
        as_of=st.none() | days | st.just(atlas.day),
        article=st.none() | st.sampled_from([*atlas.article]),
        selected=st.none() | st.sampled_from(sorted({*atlas.place, *atlas.event, *atlas.fact})),
        names=st.sampled_from(atlas.profile.languages),
        background=st.booleans(),
        camera=st.none() | st.tuples(degrees, degrees, st.floats(0, 20)),
        base_map=st.sampled_from(["none", *BASE_MAPS]),
        screenshot=st.booleans(),
        step=st.none() | st.sampled_from([step.number for step in steps(atlas)]),
    ).flatmap(lambda view: st.just(view) | departures(atlas, view))


def departures(atlas: Atlas, view: View) -> st.SearchStrategy[View]:
    """Draw views that differ from a step of the story in few settings."""
    if view.step is None:
        return st.just(view)
    step = step_view(atlas, view.step)
    kept = st.sets(st.sampled_from(["window", "hidden", "selected", "camera", "as_of"]), max_size=2)
    return kept.map(lambda names: replace(step, **{name: getattr(view, name) for name in names}))


def made_up(tiny: Atlas) -> st.SearchStrategy[Atlas]:
    """Draw atlases of the tiny one's shape, at other times, said by others."""
    speakers = st.sampled_from(["article", "south", "leader"])
    (only,) = tiny.articles
    two = (replace(only, id="earlier", date=only.date - timedelta(days=9)), only)

    def build(whens_: list[When], who: list[str], kinds: list[str], held: list[tuple[Status, ...]]) -> Atlas:
        times = iter(whens_)
        return replace(
            tiny,
            articles=two,
            events=tuple(
                replace(
                    event,
                    when=next(times),
                    article=two[event.number % 2].id,
                    said_by=by,
                    kind=kind,
                    modality="reported" if by == "article" else "claimed",
                )
                for event, by, kind in zip(tiny.events, who, kinds, strict=True)
            ),
            facts=tuple(replace(fact, when=next(times)) for fact in tiny.facts),
            layers=tuple(
                replace(
                    layer,
                    places=tuple(
                        replace(place, valid=next(times), statuses=held[n % len(held)])
                        for n, place in enumerate(layer.places)
                    ),
                )
                for layer in tiny.layers
            ),
        )

    count = len(tiny.events) + len(tiny.facts) + len(tiny.place)
    each = len(tiny.events)
    return st.builds(
        build,
        st.lists(whens, min_size=count, max_size=count),
        st.lists(speakers, min_size=each, max_size=each),
        st.lists(st.sampled_from([*tiny.profile.event_kinds]), min_size=each, max_size=each),
        st.lists(statuses, min_size=3, max_size=3),
    )


# what a reader, or somebody who means ill, may write: with the ways in which two languages could part
DIGITS = st.sampled_from(
    [
        *(
            "0",
            "5",
            "35",
            "35.8",
            "-35.8",
            "+35",
            "035",
            "-0",
            "35.",
            ".5",
            "3_5",
            "0x23",
            "1e1",
            "1E1",
            "1.5e0",
        ),
        *(
            " 35",
            "35 ",
            "٣٥",
            "３５",
            "5.٣",
            "²",
            "inf",
            "-inf",
            "nan",
            "Infinity",
            "NaN",
            "",
            "--1",
            "1.2.3",
        ),
        *("85", "85.0000001", "-85", "180", "-180", "180.00001", "181", "540", "18", "18.01", "1", "0.99"),
        *("9" * 400, "0." + "3" * 60, "3５"),
    ]
)
STRANGE = st.text(
    st.characters(max_codepoint=0x5FF, exclude_categories=("Cs", "Cn"))
    | st.sampled_from('\u200b\u202e\u2028\ufeff\ufffd\U000e0041\U0001f5fa中\x00\x7f\xa0\xad\t\n\r"\\%{}é'),
    max_size=8,
)
DAYS = st.sampled_from(
    [
        *("0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2020-02-30", "2019-02-29"),
        *("2020-00-10", "2020-13-01", "2020-1-1", "20200219", "+2020-01-01", "-2020-01-01"),
        *("2020-02-19T00:00", "٢٠٢٠-٠٢-١٩", "２０２０-02-19", " 2020-02-19", "2020-02-19 ", "2020-02-19\n"),
        *("2020_02_19", "all", "ALL", "", "2018-09-17", "2020-02-19", "1969-12-31", "1970-01-01"),
        *("2020-02-29", "2100-02-29"),
    ]
)  # fmt: skip
LONG = st.sampled_from(
    ["x" * 1999, "x" * 2000, "x" * 2001, "\U0001f5fa" * 1001, "\U0001f5fa" * 2000, "\U0001f5fa" * 2001]
    + ["x" * n for n in (56, 57, 58, 59, 60)] + ["\U0001f5fa" * n for n in (57, 58, 59, 60)]
)  # fmt: skip


def values(name: str, atlas: Atlas) -> st.SearchStrategy[str]:
    """Draw what may stand after a parameter's name."""
    parameter = address_table(atlas).parameters[name]
    words = st.sampled_from([*parameter.allowed, "nobody", "__proto__", "constructor", "", " ", "land"])
    kinds = {
        "day": DAYS | near.map(str),
        "word": words | words.map(str.upper),
        "flag": words,
        "step": words | words | st.sampled_from(["0", "1.0", "01", "1e0", "-1", "99", "٣", " 1"]),
        "words": st.lists(words, max_size=4).map(",".join),
        "numbers": st.lists(DIGITS, min_size=3, max_size=3).map(",".join) | st.lists(DIGITS).map(",".join),
    }
    plain = st.tuples(st.integers(-90, 90), st.floats(-190, 190).map("{:.4f}".format), st.integers(0, 19))
    if name == "camera":
        odd = st.tuples(st.integers(0, 2), DIGITS).map(
            lambda part: ",".join(part[1] if at == part[0] else "5" for at in range(3))
        )
        return odd | odd | kinds["numbers"] | plain.map(lambda parts: ",".join(map(str, parts))) | STRANGE
    return kinds[parameter.kind] | kinds[parameter.kind] | STRANGE | LONG


def queries(atlas: Atlas) -> st.SearchStrategy[str]:
    """Draw what may follow the question mark: parameters twice, coded oddly or not at all, and of others."""
    coded = st.sampled_from([quote, lambda text: quote(text, safe=","), plus])
    pair = st.one_of(
        [
            st.tuples(st.just(spelling), coded, values(name, atlas)).map(
                lambda part: f"{part[0]}={part[1](part[2])}"
            )
            for name in address.PARAMETERS
            for spelling in (name, address.PARAMETERS[name].alias or name)
        ]
    )
    odd = st.sampled_from(
        [
            *(
                "from",
                "=",
                "&",
                "at",
                "said_by=%",
                "said_by=%zz",
                "selected=%ff%fe",
                "said_by=%F0%9F",
                "names=a=b",
                "utm=x",
            ),
            *("FROM=2018-09-17", "__proto__=x", "selected=%EF%BB%BFzone-idlib", "toString=1", "as_of=all"),
            *("hidden=posts&hidden=dmz", "first=2018-09-17;to=x"),
        ]
    )
    parts = st.lists(pair | odd, max_size=5)
    step = st.sampled_from([f"step={step.number}" for step in steps(atlas)])
    return (parts | st.tuples(step, parts).map(lambda found: [found[0], *found[1]])).map("&".join)


def plus(text: str) -> str:
    """Code a text as a form does."""
    return quote(text, safe=" ").replace(" ", "+")


def wire(view: View) -> Case:
    """Return a view as the script takes it over, in values of JSON."""
    return dict(json.loads(json.dumps(opening(view))))


def given_of(atlas: Atlas) -> Case:
    """Return what the script is given of an atlas, as far as a rule needs it."""
    whole = {key: value for key, value in payload(atlas).items() if key in NEEDED}
    for kind in ("places", "events", "facts"):
        whole[kind] = [{key: value for key, value in item.items() if key not in KEPT} for item in whole[kind]]
    whole["articles"] = [{"id": article["id"], "day": article["day"]} for article in whole["articles"]]
    return dict(json.loads(json.dumps(whole)))


def select_case(name: str, atlas: Atlas, view: View) -> Case:
    """Return what a view shows, by Python."""
    found = select(atlas, view)
    grade = {"certain": 2, "possible": 1}
    expected = {
        "events": [[event.id, grade[sure]] for event, sure in found.events],
        "places": [[place.id, status and status.status] for place, _, status in found.places],
        "facts": [fact.id for fact, _ in found.facts],
    }
    return {"rule": "select", "atlas": name, "view": wire(view), "expected": expected}


def read_case(name: str, atlas: Atlas, query: str) -> Case:
    """Return what an address asks for, by Python."""
    view, remarks = address.read(dict(parse_qsl(query, keep_blank_values=True)), address_table(atlas))
    told = [[remark.key, remark.code, remark.got, dict(remark.values)] for remark in remarks]
    return {"rule": "read", "atlas": name, "query": query, "expected": [wire(view), told]}


def day_case(text: str) -> Case:
    """Return the day a text names, by Python."""
    try:
        expected = str(read_day(text))
    except DateError:
        expected = None  # type: ignore[assignment]
    return {"rule": "day", "text": text, "expected": expected}


def certainty_case(when: When, window: Window) -> Case:
    """Return how surely a time falls in a window, by Python."""
    ends = {
        "earliest": when.earliest,
        "latest": when.latest,
        "certainFrom": when.certain_from,
        "certainTo": when.certain_to,
    }
    shift = (day_number(START) or 0) + 30  # to about 1970-01-01, which is day 0
    time = {key: None if day is None else (day_number(day) or 0) - shift for key, day in ends.items()}
    time |= {"throughout": when.throughout, "uncertain": when.uncertain}  # type: ignore[dict-item]
    days = {"first": (day_number(window.first) or 0) - shift, "last": (day_number(window.last) or 0) - shift}
    expected = 2 if certainly(when, window) else 1 if possibly(when, window) else 0
    return {"rule": "certainty", "time": time, **days, "expected": expected}


OWN = (  # steps with everything that a step can have
    OwnStep(Names({"en": "Where"}), camera=(35.5, -0.00001, 9.0), hidden=("towns", "roads")),
    OwnStep(Names({"en": "What"}), show="quiet-zone", first=START),
    OwnStep(Names({"en": "Who"}), show="rivertown", last=date(2020, 1, 31), camera=(36.0, 37.25, 10.0)),
)
PARTED = (  # what the two once read differently, or could
    *(
        "kinds=shelling",
        "as_of=all",
        "known=all",
        "camera=85,180,18",
        "camera=-85,-180,1",
        "kinds=clashes,air-strikes",
        "camera=0x23,36,9",
        "camera=3_5,36,9",
        "camera=2_6,6_8,8",
        "camera=35,396,9",
    ),
    *(
        "camera=1e1,36,9",
        "camera=35,3.6e1,9",
        "camera=35.5e0,36,9",
        "camera=+35,36,9",
        "camera= 35,36,9",
        "camera=٣٥,36,9",
        "camera=35,inf,9",
    ),
    *(
        "first=0000-01-01",
        "last=٢٠٢٠-٠٢-١٩",
        "first=0001-01-01",
        "said_by=",
        "said_by=%F0%9F%97%BA",
        "selected=a&selected=zone-idlib",
        "step=2&selected=",
        "step=2&from=2020-01-01",
        "step=1&camera=&hidden=",
        "step=01",
        "camera=",
    ),
)


@pytest.fixture(scope="module")
def written(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Return the cases, by Python: over the shipped atlas, and over made-up ones."""
    tiny = replace(load(Tiny().write(tmp_path_factory.mktemp("tiny"))), story=OWN)
    atlases = {"shipped": atlas} | {str(n): one for n, one in enumerate(drawn(made_up(tiny), 40))}
    cases = [day_case(text) for text in drawn(DAYS | any_day.map(str) | STRANGE, 500)]
    cases += [
        certainty_case(*pair) for pair in drawn(st.tuples(st.sampled_from(drawn(whens, 300)), windows), 2000)
    ]
    broad = near | st.dates(date(2017, 1, 1), date(2020, 12, 31))
    shown = [("shipped", view) for view in drawn(views(atlas, broad), 300)]
    asked = drawn(views(tiny, near | near | EARLY), 1000)
    shown += [(str(n % 40), view) for n, view in enumerate(asked)]
    cases += [select_case(name, atlases[name], view) for name, view in shown]
    asked_for = [*PARTED, *drawn(queries(atlas), 2000)]
    cases += [read_case("shipped", atlas, query) for query in asked_for]
    cases += [read_case("0", atlases["0"], query) for query in drawn(queries(atlases["0"]), 700)]
    for name, count in (("shipped", 1500), ("0", 500)):
        table = address_table(atlases[name])
        for view in drawn(views(atlases[name], any_day | near | st.just(atlas.day)), count):
            given_ = wire(view)
            for key in ("said_by", "kinds", "hidden"):
                given_[key] = sorted(given_[key] or (), reverse=True) or given_[key]
            case = {"rule": "write", "atlas": name, "view": given_}
            cases.append(case | {"expected": address.write(view, table)})
    cases = [case for start in range(50) for case in cases[start::50]]  # mixed, so that a fault shows early
    return {"atlases": {name: given_of(one) for name, one in atlases.items()}, "cases": cases}


@pytest.fixture
def replayed(written: Case, tmp_path: Path) -> Callable[..., Any]:
    """Return a function that replays the cases in node, and returns what it found."""
    sources = tmp_path / "src"  # a copy, which mutants may be written to
    sources.mkdir()
    (sources / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    for name in MODULES:
        shutil.copy(SOURCES / name, sources)

    def run(**more: object) -> Any:
        file = tmp_path / "cases.json"
        file.write_text(json.dumps(written | more), encoding="utf-8")
        command = [node(), str(REPLAY), str(sources), str(file)]
        ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)  # noqa: S603 - ours
        return json.loads(ran.stdout)

    return run


@pytest.mark.slow
def test_the_script_decides_reads_and_writes_as_python_does(
    written: Case, replayed: Callable[..., Any]
) -> None:
    assert len(written["cases"]) > 5000
    found = replayed()
    assert found == [], found[:3]


SWAPS = (
    *(("<=", "<"), (">=", ">"), (" < ", " <= "), (" > ", " >= "), ("&&", "||"), ("||", "&&"), ("===", "!==")),
    *(("Math.min", "Math.max"), ("Math.max", "Math.min"), ("-Infinity", "Infinity"), ("!view", "view")),
    *((".has(", ".delete("), ("? 2 : 1", "? 1 : 2"), (".sort()", ""), ("filter(Boolean)", "slice()")),
    *((" + ", " - "), (" - ", " + "), ("null", "undefined"), (".size", ".length"), ('"all"', '"ALL"')),
    *(("[...", "["), ("[0-9]", "\\d?"), ("[0-9]+", "\\S+"), ("?.[0-9]+)?", ""), ("longest", "shortest")),
    *(("toFixed(decimals)", "toFixed(3)"), ("turn ", "0 ")),
)


SAME = (  # what a swap would not change
    "code < 0x100 ",  # the letters of these numbers are printable
    "code < 0x10000",
    "value < low",  # no turn is taken from what lies on the edge
    "first > closes",
    "first > last && !isGiven",
    "view.as_of === null ? null : dayOf",
    "view.as_of === null ? null : toIso",
)


def mutants() -> list[tuple[str, str, str]]:
    """Return the script's rules with one fault each: where it is, in which module, and that module's text."""
    return [mutant for module in MODULES for mutant in mutants_of(module)]


def mutants_of(module: str) -> list[tuple[str, str, str]]:
    """Return one module with one fault each."""
    source = (SOURCES / module).read_text(encoding="utf-8")
    code = re.sub(r"/\*.*?\*/|//[^\n]*", lambda found: " " * len(found[0]), source, flags=re.DOTALL)
    same = [range(code.index(part), code.index(part) + len(part)) for part in SAME if part in code]
    found = []
    for right, wrong in SWAPS:
        for at in [match.start() for match in re.finditer(re.escape(right), code)]:
            if any(at in span for span in same):
                continue
            line = source.count("\n", 0, at)
            name = f"{module}:{line + 1}: {right} -> {wrong}: {source.splitlines()[line].strip()}"
            found.append((name, module, source[:at] + wrong + source[at + len(right) :]))
    return found


@pytest.mark.slow
def test_a_rule_changed_only_in_the_script_is_detected(replayed: Callable[..., Any]) -> None:
    changed = mutants()
    assert len(changed) > 100
    survived = replayed(mutants=changed)
    assert not survived, "\n".join(survived)

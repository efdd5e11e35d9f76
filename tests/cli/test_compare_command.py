"""The command ``compare``, from outside: its three formats say the same, and faulty days are refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tiny import Tiny

from mapapp.cli.main import main

TEMPLATES = Path(__file__).resolve().parents[2] / "mapapp" / "templates"


def compared(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert main(["compare", *options]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_text_json_and_csv_have_the_same_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    days = ("2020-01-28", "--last", "2020-02-19")
    text = compared(capsys, *days)
    record = json.loads(compared(capsys, *days, "--format", "json"))
    rows = [*csv.DictReader(io.StringIO(compared(capsys, *days, "--format", "csv")))]
    assert (record["first"], record["last"], record["same"]) == ("2020-01-28", "2020-02-19", False)
    assert text.splitlines()[:2] == record["sentences"]
    listed = {(row["measure"], row["kind"]): row for row in rows if row["measure"] != "transfer"}
    assert len(listed) == 5 * len(record["holders"])
    for holder in record["holders"]:
        for measure in ("held_first", "held_last", "gained", "lost", "net"):
            numbers, row = holder[measure], listed[measure, holder["kind"]]
            for bound in ("min", "best", "max"):
                assert float(row[f"km2_{bound}"]) == numbers[bound]
                assert float(row[f"rounded_{bound}"]) == numbers["rounded"][bound]
            assert numbers["min"] <= numbers["best"] <= numbers["max"]
            if numbers["best"] and measure in ("gained", "lost"):
                best, least, most = (f"{numbers['rounded'][bound]:,}" for bound in ("best", "min", "max"))
                assert f"{best} ({least} to {most})" in text
                sentence = f"about {best} km², {least} to {most},"
                assert sentence in text or holder["kind"] == "contested"  # which nobody holds
    moved = [(row["from"], row["to"], float(row["km2_best"])) for row in rows if row["measure"] == "transfer"]
    assert moved == [(one["from"], one["to"], one["km2"]["best"]) for one in record["transfers"]]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["2019-07-01"], "no areas are known for this day (got 2019-07-01); use 2019-05-05, or 2019-08-31"),
        (["2020-01-28", "--last", "2019-06-01"], "--last: no areas are known for this day (got 2019-06-01)"),
        (["2020-03-10"], "--compare: no areas are known for this day (got 2020-03-10); use 2020-02-22"),
        (["2020-02-30"], 'the date does not exist (got "2020-02-30"); use a day such as 2020-02-19'),
        (["yesterday"], '--compare: not a valid day (got "yesterday"); use a day such as 2020-02-19'),
        ([], "missing argument 'DAY'"),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_compared_is_refused(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *options]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("mapapp: ")
    assert said in err
    assert "Traceback" not in err


def test_a_map_without_dated_areas_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "2020-01-01", "--data", str(TEMPLATES / "politics")]) == 2
    assert "this map has no areas of single days to compare" in capsys.readouterr().err


def test_areas_that_the_profile_gives_no_holder_are_worded_by_their_kind(
    tiny: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = compared(capsys, "2018-10-01", "--data", str(tiny.write(tmp_path)))
    days = "From 1 October 2018 to 19 February 2020"
    said = f"{days} about 3,200 km², 2,500 to 4,000, ceased to be this kind of area: Area."
    assert text.splitlines()[0] == said


def test_the_nearest_day_that_an_error_names_can_be_compared(capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(TEMPLATES / "conflict")
    assert main(["compare", "2000-01-01", "--data", folder]) == 2
    nearest = capsys.readouterr().err.rsplit(maxsplit=1)[-1]
    text = compared(capsys, nearest, "--data", folder)
    assert "compared, in km² (least to most)" in text

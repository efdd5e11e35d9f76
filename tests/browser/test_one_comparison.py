"""One comparison in all four outputs: screen, figure, data file and command have the same numbers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import geopandas as gpd
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from visit import Visit

from mapapp.cli.main import main

Open = Callable[..., Visit]
DAYS = ("--first", "2020-03-06", "--last", "2020-03-06", "--as-of", "all", "--compare", "2020-02-19")
ASKED = "?first=2020-03-06&last=2020-03-06&as_of=all&compare=2020-02-19"
BOUNDS = ("min", "best", "max")
LABELS = {  # of what is held, and of contested land
    "held_first": ("Held on 19", "On 19"),
    "held_last": ("Held on 6", "On 6"),
    "gained": ("Gained", "New"),
    "lost": ("Lost", "No longer so"),
    "net": ("Net change", "Net change"),
}


def said(numbers: Iterable[float]) -> str:
    least, best, most = (f"{number:,g}" for number in numbers)
    return best if least == best == most else f"{best} ({least} to {most})"


def test_screen_figure_data_and_command_have_the_same_numbers(
    standalone: Open, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", DAYS[-1], *DAYS[2:-2], "--format", "json"]) == 0
    command = json.loads(capsys.readouterr().out)
    rounded = {
        (holder["label"], measure): tuple(holder[measure]["rounded"][bound] for bound in BOUNDS)
        for holder in command["holders"]
        for measure in LABELS
        if holder[measure]["rounded"]["best"] or measure.startswith("held")
    }
    assert len(rounded) >= 8

    here = standalone(ASKED)
    here.find(".compare-said summary").click()
    expect(here.find(".compare-said dd").first).to_be_visible()
    on_screen = {}
    for name in here.find(".compare-said dt").all_inner_texts():
        head = f"dt[text()='{name}']"
        rows = here.find(f"xpath=//{head}/following-sibling::dd[preceding-sibling::dt[1][self::{head}]]")
        for row in rows.all():
            label, size = row.locator("span").all_inner_texts()
            measure = next(key for key, start in LABELS.items() if label.startswith(start))
            on_screen[name, measure] = size
    assert on_screen == {key: said(numbers) for key, numbers in rounded.items()}

    here.find(".account-box summary").click()
    for sentence in command["sentences"]:
        expect(here.find(".account")).to_contain_text(sentence)

    figure = tmp_path / "compared.pdf"
    assert main(["figure", str(figure), *DAYS]) == 0
    printed = " ".join(" ".join(page.extract_text() for page in PdfReader(figure).pages).split())
    assert all(sentence in printed for sentence in command["sentences"])
    for (name, measure), numbers in rounded.items():
        contested = f"{name}. On" in printed
        start = printed.index(f"{name}. On" if contested else f"{name}. Held on")
        row = printed[printed.index(LABELS[measure][contested], start) :]
        assert row.split(": ", 1)[1].startswith(f"{said(numbers)} km²."), (name, measure)

    data = tmp_path / "compared.gpkg"
    assert main(["data", str(data), *DAYS]) == 0
    changes = gpd.read_file(data, layer="changes")
    in_file = {
        (row["label"], row["change"]): tuple(row[f"rounded_{bound}"] for bound in BOUNDS)
        for _, row in changes.iterrows()
    }
    assert in_file == {key: numbers for key, numbers in rounded.items() if key[1] in ("gained", "lost")}
    exact = {
        (holder["label"], change): tuple(holder[change][bound] for bound in BOUNDS)
        for holder in command["holders"]
        for change in ("gained", "lost")
        if holder[change]["best"]
    }
    assert exact == {
        (row["label"], row["change"]): tuple(row[f"km2_{bound}"] for bound in BOUNDS)
        for _, row in changes.iterrows()
    }

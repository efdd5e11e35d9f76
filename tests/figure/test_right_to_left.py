"""Figures of a map whose names and words run from right to left: each part keeps its own direction."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from figures import figure, map_of, page_of, view_of
from renderers import Word, boxes_of, run
from tiny import Tiny, feature, point, second_article

import mapapp
from mapapp.core.model import Atlas, Event, Quantity
from mapapp.data.load import load
from mapapp.figure.bidi import visual_runs
from mapapp.figure.notes import Notes
from mapapp.text.labels import who_says
from mapapp.text.locales import language
from mapapp.text.messages import words

ARTICLE = "article=second-2020-03-01"
_LEVEL = 0.7  # millimetres by which the feet of words of a line may differ, as their fonts do


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Return a map whose title, labels and one of its articles are in Arabic."""
    tiny = Tiny()
    second_article(tiny)
    assert tiny.profile
    tiny.profile |= {
        "title": {"en": "درنة: المقال"},
        "home": [35.0, 34.0, 39.0, 37.0],
        "quantities": {
            "killed": {"label": {"en": "قتلى"}, "unit": {"en": "شخص"}},
            "fled": {"label": {"en": "نازحون"}, "unit": {"en": "شخص"}},
        },
    }
    town = {"kind": "town", "within": ["southland", "syria"], "draft": True}
    tiny.layers["towns"].append(feature("drafton", point(37.6, 35.3), **town))
    tiny.profile["modalities"]["reported"]["label"] = {"en": "يذكر المقال"}
    tiny.profile["modalities"]["claimed"]["label"] = {"en": "{who} يقول"}
    return load(tiny.write(tmp_path_factory.mktemp("arabic")))


def parts_of(atlas: Atlas, event: Event) -> list[str]:
    return [part.text for part in Notes(atlas, view_of(atlas, "")).short(event).parts]


def test_label_unit_and_quotation_of_a_quantity_each_keep_their_direction(arabic: Atlas) -> None:
    killed = arabic.event["killed"]
    assert "\u2068قتلى\u2069: at least 12 \u2068شخص\u2069" in parts_of(arabic, killed)
    assert "\u2068“12 جنديا على الأقل”\u2069." in parts_of(arabic, killed)
    bare = replace(killed, quantities=(Quantity("killed", "12 جنديا"),))
    assert "\u2068قتلى\u2069: \u2068“12 جنديا”\u2069." in parts_of(arabic, bare)


def test_a_sentence_from_right_to_left_is_one_isolate_with_its_full_stop(arabic: Atlas) -> None:
    killed = arabic.event["killed"]
    assert "\u2067يذكر المقال.\u2069" in parts_of(arabic, killed)
    claimed = replace(killed, modality="claimed", said_by="leader")
    assert "\u2067Leader يقول.\u2069" in parts_of(arabic, claimed)
    by = "\u2067Leader يقول\u2069, as quoted by Gazette."
    assert by in parts_of(arabic, replace(claimed, via="gazette"))
    assert who_says(arabic, claimed) == "\u2067Leader يقول\u2069"


def test_a_sentence_from_left_to_right_is_as_it_was(tiny_atlas: Atlas) -> None:
    said = [who_says(tiny_atlas, event, stop=".") for event in tiny_atlas.events]
    assert "Leader demands." in said
    assert not re.search("[\u2066-\u2069]", " ".join(said))


@pytest.mark.slow
def test_the_alternative_text_keeps_the_direction_of_each_title(arabic: Atlas) -> None:
    assert "B1: \u2068قتل 12 جنديا\u2069." in page_of(arabic, "")["alt"]


@pytest.mark.slow
def test_the_page_sets_the_parts_of_a_note_from_left_to_right(arabic: Atlas, tmp_path: Path) -> None:
    (tmp_path / "figure.pdf").write_bytes(figure(arabic, ARTICLE, "pdf"))
    run(["qpdf", "figure.pdf", "--pages", ".", "2", "--", "second.pdf"], tmp_path)
    boxes = boxes_of((tmp_path / "second.pdf").read_bytes(), "pdf", tmp_path)
    for text in ("قتلى least شخص الأقل على", "المقال يذكر March"):
        assert " ".join(order_of(text, boxes)) == text


def test_a_page_in_arabic_runs_from_right_to_left(atlas: Atlas) -> None:
    with language("ar"):
        data = page_of(atlas, "names=ar")
        first, *others = atlas.events
        untranslated = replace(first, titles={})
        english = page_of(replace(atlas, events=(untranslated, *others)), "names=ar")
    assert (data["lang"], data["rtl"], "".join(data["digits"])) == ("ar", True, "0123456789")
    assert data["notes"][0]["number"] == "1"
    assert data["notes"][0]["parts"][0]["text"] == f"{first.titles['ar']}."
    text = english["notes"][0]["parts"][0]["text"]
    assert (text[0], text[-1]) == ("\u2068", "\u2069")  # its full stop stays at its end
    assert not page_of(atlas, "")["rtl"]


def test_the_key_is_mirrored_for_arabic(atlas: Atlas) -> None:
    with language("ar"):
        heading = words("group-as-said")
        lines = [line for line in map_of(atlas, "names=ar").sheet.texts() if line.text == heading]
    assert [line.align for line in lines] == ["right"]


@pytest.mark.parametrize(
    ("text", "rtl", "drawn"),
    [
        ("عام ٢٠١٨ م", True, [" م", "٢٠١٨", "عام "]),
        ("4، 8، 15", True, ["15", "، ", "8", "، ", "4"]),
        ("4، 8، 15", False, ["4، 8، 15"]),
        ("قبل UTM 37N (WGS 84)، بعد", True, ["، بعد", "UTM 37N (WGS 84)", "قبل "]),
        ("قبل \u2068Natural Earth.\u2069. بعد", True, [". بعد", "Natural Earth.", "قبل "]),
        ("Held by \u2067نظام 12\u2069, 2020", False, ["Held by ", "12", "نظام ", ", 2020"]),
        ("50% من 1,200–1,500", True, ["1,500", "–", "1,200", " من ", "50%"]),
    ],
)
def test_a_line_is_drawn_in_runs_of_one_direction(text: str, rtl: bool, drawn: list[str]) -> None:
    assert [run.text for run in visual_runs(text, rtl=rtl)] == drawn


def test_lists_of_numbers_and_the_credit_run_from_right_to_left(atlas: Atlas) -> None:
    with language("ar"):
        texts = [line.text for line in map_of(atlas, "names=ar").sheet.texts()]
    lists = [text for text in texts if re.search("[0-9]،", text)]
    assert len(lists) > 2
    assert all(text.startswith("\u2067") and text.endswith("\u2069") for text in lists)
    assert not [text for text in texts if text.startswith("\u2067") and text[1:-1].isdigit()]


def order_of(text: str, boxes: list[Word]) -> list[str]:
    """Return words from left to right, as they stand on the first line that has the last of them."""
    *_, last = (letters(word) for word in text.split())
    foot = next(box.foot for box in boxes if letters(box.text) == last)
    line = {letters(box.text): box.left for box in reversed(boxes) if abs(box.foot - foot) < _LEVEL}
    return sorted(text.split(), key=lambda word: line[letters(word)])


def letters(word: str) -> str:
    """Return the letters of a word, sorted: programs turn around letters that share a glyph."""
    return "".join(sorted(filter(str.isalpha, word)))


@pytest.mark.slow
def test_a_page_in_arabic_with_vowel_signs_on_the_map_can_be_archived() -> None:
    politics = load(Path(mapapp.__file__).parent / "templates" / "politics")
    with language("ar"):
        pdf = figure(politics, "", "pdf")
    assert pdf.startswith(b"%PDF")

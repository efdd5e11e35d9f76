"""Key, credit and furniture of a map are whole and apart from each other, at every size in every language."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from figures import map_of
from shapely.geometry import Polygon, box

from mapapp.core.model import Atlas
from mapapp.figure.drawing import Map
from mapapp.figure.sizes import SIZES
from mapapp.text.locales import language

pytestmark = pytest.mark.slow
DAY = "first=2020-02-19&last=2020-02-19"
QUERIES = {"one day": DAY, "two days": f"{DAY}&compare=2020-01-28"}
_TEXT = re.compile(
    r'<text[^>]* x="([-\d.]+)" y="([-\d.]+)"[^>]*? font-size="([\d.]+)"([^>]*) textLength="([\d.]+)"'
)
_ANCHOR = {"middle": 0.5, "end": 1.0}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
@pytest.mark.parametrize("tag", ["en", "ar", "tr", "ru"])
@pytest.mark.parametrize("size", SIZES)
def test_key_credit_scale_bar_and_arrow_are_whole_and_apart(
    atlas: Atlas, size: str, tag: str, query: str
) -> None:
    with language(tag):
        drawing = map_of(atlas, f"{query}&names={tag}", size)
    frame = box(*drawing.projection.at)
    sheet = box(0, 0, drawing.sheet.wide, drawing.sheet.high).buffer(0.02)  # as exact as the SVG
    key, bar = box(*drawing.key), box(*drawing.scale_bar)
    assert frame.covers(key)
    assert frame.covers(bar)
    assert not key.intersects(bar)
    assert key.area < 0.52 * frame.area
    lines = lines_of(drawing, "key")
    assert len(lines) > 8
    assert [line for line in lines if not key.covers(line)] == []
    assert [pair for pair in combinations(lines, 2) if pair[0].intersection(pair[1]).area > 0.2] == []
    furniture = lines_of(drawing, "furniture")
    assert len(furniture) > 4  # three numbers, their unit and the letter of the arrow
    assert [line for line in furniture if not frame.covers(line) or key.intersects(line)] == []
    source = lines_of(drawing, "source")
    assert source
    assert [line for line in source if not sheet.covers(line) or frame.intersects(line)] == []


def test_the_credit_stays_on_the_sheet_in_a_wider_font(atlas: Atlas) -> None:
    drawing = map_of(atlas, DAY)
    lines = lines_of(drawing, "source")
    assert len(lines) > 1
    assert max(line.bounds[2] for line in lines) <= 0.87 * drawing.sheet.wide


@pytest.mark.parametrize("size", SIZES)
def test_no_size_leaves_out_a_class_of_posts(atlas: Atlas, size: str) -> None:
    drawn = {
        (place.kind, status.status if status else "") for place, status in map_of(atlas, DAY, size).points
    }
    assert {
        ("military-point", "open"),
        ("military-point", "surrounded"),
        ("observation-post", "open"),
    } <= drawn


def lines_of(drawing: Map, layer: str) -> list[Polygon]:
    """Return the rectangles of the lines of text in a layer, in millimetres from the lower left corner."""
    body = drawing.sheet.body("page")  # where each line says how long it is
    start = body.index(f'<g id="{layer}"')
    found = []
    for x, y, size, rest, long in _TEXT.findall(body[start : body.index("</g>", start)]):
        anchor = re.search('text-anchor="(.*?)"', rest)
        left = float(x) - (_ANCHOR[anchor[1]] if anchor else 0) * float(long)
        foot = drawing.sheet.high - float(y)
        # from the baseline up: capitals
        found.append(box(left, foot, left + float(long), foot + 0.7 * float(size)))
    return found

"""The theme's symbols as shapes equal those drawn by an SVG renderer."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
import renderers
import shapely
from PIL import Image
from shapely.geometry.base import BaseGeometry

from mapapp.symbols import drawing, outline
from mapapp.theme import EVENT_SYMBOLS, PLACE_SYMBOLS

_FINE = 20  # pixels for a unit of the grid
_SYMBOLS = [
    *((f"statement, {name}", svg, drawing(name)) for name, svg in EVENT_SYMBOLS.items()),
    *((f"place, {name}", svg, outline(name)) for name, svg in PLACE_SYMBOLS.items()),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("drawn", "shape"), [case[1:] for case in _SYMBOLS], ids=[case[0] for case in _SYMBOLS]
)
def test_a_symbol_has_the_shape_that_its_svg_shows(drawn: str, shape: BaseGeometry, tmp_path: Path) -> None:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="{16 * _FINE}" '
        f'height="{16 * _FINE}">{drawn}</svg>'
    )
    (tmp_path / "symbol.svg").write_text(svg, encoding="utf-8")
    picture = Image.open(io.BytesIO(renderers.run(["rsvg-convert", "symbol.svg"], tmp_path)))
    shown = np.asarray(picture.convert("RGBA"))[..., 3] > 127
    across = (np.arange(16 * _FINE) + 0.5) / _FINE - 8
    ours = shapely.contains_xy(shape, *np.meshgrid(across, -across))
    assert shown.any()
    assert (shown ^ ours).sum() < 0.02 * shown.sum()  # pixels on a slanting edge may go either way

"""The map of a notebook in a real browser: drawn offline, and accepting further layers."""

from __future__ import annotations

from pathlib import Path

import folium
import geopandas as gpd
import shapely
from playwright.sync_api import Browser

import mapapp


def test_a_notebooks_map_is_drawn_offline_with_a_layer_and_a_popup_of_ones_own(
    browser: Browser, tmp_path: Path
) -> None:
    shown = mapapp.load().view().map()
    own = gpd.GeoDataFrame({"name": ["mine"]}, geometry=[shapely.Point(36.63, 35.93)], crs="EPSG:4326")
    folium.GeoJson(own).add_to(shown)
    folium.Marker((35.9, 36.6), popup="a popup of one's own").add_to(shown)
    folium.LayerControl(collapsed=False).add_to(shown)
    file = tmp_path / "map.html"
    shown.save(file)
    asked: list[str] = []
    wrong: list[str] = []
    with browser.new_context(viewport={"width": 1000, "height": 700}) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(file.as_uri())
        page.locator("path.leaflet-interactive").first.wait_for(state="attached")
        assert page.locator("path.leaflet-interactive").count() > 80
        assert page.locator(".leaflet-control-layers-overlays label", has_text="Contact line").count() == 1
        credit = page.locator(".leaflet-control-attribution")
        assert "GeoNames, CC BY 4.0" in credit.inner_text()
        assert credit.locator("svg, img").count() == 0
        marker = page.locator("img.leaflet-marker-icon").last
        assert marker.evaluate("image => image.naturalWidth") == 25
        marker.click(force=True)
        assert "a popup of one's own" in page.locator(".leaflet-popup-content").inner_text()
    assert wrong == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []

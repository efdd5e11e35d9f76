"""A view as an ordinary folium map, for notebooks; needs no network and accepts additional folium layers."""

from __future__ import annotations

import base64
import re
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element, Figure
from markupsafe import escape
from shapely.geometry import mapping

from mapapp import theme
from mapapp.core.relations import places_of
from mapapp.core.story_frame import home
from mapapp.text.authored import event_title
from mapapp.text.dates import when_words
from mapapp.text.html import html, join, safe_json
from mapapp.text.labels import credit, event_kind_words, kind_words, layer_words, status_words
from mapapp.text.locales import local
from mapapp.text.messages import words

if TYPE_CHECKING:
    from mapapp.core.model import Atlas, Event, Place, Status
    from mapapp.core.profile import Profile, Style
    from mapapp.core.select import Selection

_LEAFLET = "xstatic.pkg.leaflet"
_POINT_PIXELS, _STATEMENT_PIXELS = 4, 7  # radius of a place and of a statement
_HATCHED = 0.25  # opacity used instead of hatches, which Leaflet does not support


def notebook_map(atlas: Atlas, selection: Selection) -> folium.Map:
    """Return a new folium map of what a view shows.

    Each layer of the map is a ``folium.FeatureGroup``, so that a ``folium.LayerControl`` lists them. Leaflet
    and its images are embedded, and no tiles are loaded. Add your own layers with ``.add_to``.

    Parameters
    ----------
    atlas
        The atlas the selection was made from; it determines the initial extent.
    selection
        The items a view shows, from `mapapp.core.select.select`.
    """
    made = folium.Map(tiles=None, zoom_snap=0.25)
    made.default_js, made.default_css = [], []
    figure = made.get_root()
    if isinstance(figure, Figure):
        figure.header.add_child(Element(_leaflet(credit(atlas))), name="leaflet")
    for layer, items in groupby(selection.places, key=lambda item: item[0].layer):
        of_base = atlas.profile.layers[layer].group == "base"
        group = folium.FeatureGroup(name=layer_words(atlas.profile, layer), control=not of_base)
        places = [(place, status) for place, _, status in items]
        _shapes(atlas.profile, places, clickable=not of_base).add_to(group)
        group.add_to(made)
    statements = folium.FeatureGroup(name=words("layer-events"))
    for event, certainty in selection.events:
        for place in {place.id: place for place, _ in places_of(atlas, event)}.values():  # each once
            if place.geometry.geom_type == "Point":
                _statement(atlas.profile, event, place, possible=certainty == "possible").add_to(statements)
    statements.add_to(made)
    made.fit_bounds(home(atlas))
    return made


def _leaflet(sources: str) -> str:
    """Return Leaflet as script and style elements, with embedded images; ``sources`` are credited."""
    folder = files(_LEAFLET) / "data"
    script = (folder / "leaflet.js").read_text(encoding="utf-8").split("//# sourceMappingURL")[0]
    style = re.sub(
        r"url\((images/[\w.-]+\.png)\)",
        lambda found: f"url({_picture(found[1])})",
        (folder / "leaflet.css").read_text(encoding="utf-8"),
    )
    icons = {
        "iconUrl": _picture("images/marker-icon.png"),
        "iconRetinaUrl": _picture("images/marker-icon-2x.png"),
        "shadowUrl": _picture("images/marker-shadow.png"),
    }
    ours = "".join(f'L.Icon.Default.prototype.options.{key}="{value}";' for key, value in icons.items())
    ours += 'L.Icon.Default.imagePath="";'
    prefix = safe_json(f"Leaflet | {escape(sources)}")  # Leaflet's default prefix has a flag
    ours += f"L.Control.Attribution.prototype.options.prefix={prefix};"
    # all that folium's popups need of jQuery
    ours += (
        "window.$=window.$||(text=>{const holder=document.createElement('template');"
        "holder.innerHTML=text.trim();return [holder.content.firstElementChild];});"
    )
    size = ".folium-map{width:100%;height:100%;min-height:20rem}html,body{height:100%;margin:0}"
    raw = f"<style>{style}{size}{_background()}</style><script>{script}\n{ours}</script>"
    return "{% raw %}" + raw + "{% endraw %}"


def _background() -> str:
    return f".leaflet-container{{background:{theme.LIGHT['water']}}}"


def _picture(name: str) -> str:
    data = files(_LEAFLET).joinpath("data", *name.split("/")).read_bytes()
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"


def _shapes(
    profile: Profile, places: list[tuple[Place, Status | None]], *, clickable: bool
) -> folium.GeoJson:
    features = [
        {
            "type": "Feature",
            "properties": {
                "label": str(_label(profile, place, status)),
                "style": _style(
                    profile.style(
                        place.layer, place.kind, status.status if status else None, unsure=place.unsure
                    )
                ),
            },
            "geometry": mapping(place.geometry),
        }
        for place, status in places
    ]
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        style_function=lambda feature: feature["properties"]["style"],
        marker=folium.CircleMarker(radius=_POINT_PIXELS),
        tooltip=folium.GeoJsonTooltip(["label"], labels=False, sticky=True) if clickable else None,
        control=False,
    )


def _label(profile: Profile, place: Place, status: Status | None) -> Any:  # noqa: ANN401 - Markup from mapapp.text.html
    lines = [
        html("<b>{name}</b>", name=local(place.names)),
        html("{kind}", kind=kind_words(profile, place.kind)),
        *([html("{status}", status=status_words(profile, status.status))] if status else []),
        html("{precision}", precision=words("within-km", km=place.tolerance_km)),
    ]
    return join(lines, "<br>")


def _style(look: Style) -> dict[str, object]:
    opacity = max(_HATCHED, look.opacity) if look.hatch is not None else look.opacity
    return {
        "color": theme.LIGHT[look.stroke],
        "weight": look.width,
        "opacity": 1 if look.width else 0,
        "dashArray": look.dash,
        "fill": look.fill is not None,
        "fillColor": theme.LIGHT[look.fill] if look.fill else None,
        "fillOpacity": opacity,
    }


def _statement(profile: Profile, event: Event, place: Place, *, possible: bool) -> folium.CircleMarker:
    lon, lat = place.geometry.centroid.coords[0]
    quoted = join(html("<blockquote>{text}</blockquote>", text=passage.exact) for passage in event.passages)
    card = html(
        "<b>{title}</b><br>{kind}, {when}{quoted}",
        title=event_title(event),
        kind=event_kind_words(profile, event.kind),
        when=when_words(event.when),
        quoted=quoted,
    )
    colour = theme.LIGHT["article"]
    return folium.CircleMarker(
        (lat, lon),
        radius=_STATEMENT_PIXELS,
        color=colour,
        weight=2,
        fill=False,
        dash_array="3 3" if possible else None,
        popup=folium.Popup(_still(str(card)), max_width=320),
    )


def _still(text: str) -> str:
    """Escape template code in text of the data: folium renders popups as templates inside a script."""
    return "".join(f"&#{ord(letter)};" if letter in "{}`\\$" else letter for letter in text)

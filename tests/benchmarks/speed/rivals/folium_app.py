"""An ordinary streamlit-folium app, as in its documentation, with all recommended optimisations.

The data is cached; the marks are circles on a canvas (``prefer_canvas``); they go in by
``feature_group_to_add``, which spares the map a remount; only the click comes back (``returned_objects``).
Two liberties, both in its favour: Leaflet comes from this server, and what circles do not need is not loaded
(jQuery, Bootstrap, Awesome Markers, fonts). No tiles. FastMarkerCluster is left out: its script is in no
Python package, streamlit-folium's documentation does not teach it, and it draws bubbles, not the marks.
"""

import os
from importlib.resources import files

import folium
import pandas as pd
import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit_folium import st_folium

declare_component("leaflet", path=str(files("xstatic.pkg.leaflet") / "data"))
folium.Map.default_js = [("leaflet", "../folium_app.leaflet/leaflet.js")]
folium.Map.default_css = [("leaflet_css", "../folium_app.leaflet/leaflet.css")]


@st.cache_data
def events() -> pd.DataFrame:
    """Read the events once."""
    return pd.read_parquet(os.environ["BENCHMARK_EVENTS"])


st.set_page_config(layout="wide")
table = events()
days = table["date"].min().date(), table["date"].max().date()
first, last = st.slider("Days", *days, value=days)
group = folium.FeatureGroup(name="Events")
if st.checkbox("Events", value=True):
    here = table[table["date"].between(pd.Timestamp(first), pd.Timestamp(last))]
    for lat, lon in zip(here["lat"], here["lon"], strict=True):
        folium.CircleMarker((lat, lon), radius=3, weight=1, fill=True).add_to(group)
view = folium.Map(location=(35.0, 39.0), zoom_start=7, tiles=None, prefer_canvas=True)
said = st_folium(
    view,
    key="map",
    height=560,
    use_container_width=True,
    returned_objects=["last_object_clicked"],
    feature_group_to_add=group,
)
with st.container(key="context"):
    at = said and said.get("last_object_clicked")
    if at:
        for row in table[(table["lat"] == at["lat"]) & (table["lon"] == at["lng"])].itertuples():
            st.write(f"{row.id}: {row.kind} on {row.date:%Y-%m-%d}")

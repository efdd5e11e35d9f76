"""An ordinary ``st.pydeck_chart`` app, written as in Streamlit's documentation.

The data is cached; the layer takes only the columns it draws; the click is a selection event. No base map.
"""

import os

import pandas as pd
import pydeck
import streamlit as st


@st.cache_data
def events() -> pd.DataFrame:
    """Read the events once."""
    return pd.read_parquet(os.environ["BENCHMARK_EVENTS"])


st.set_page_config(layout="wide")
table = events()
days = table["date"].min().date(), table["date"].max().date()
first, last = st.slider("Days", *days, value=days)
layers = []
if st.checkbox("Events", value=True):
    here = table[table["date"].between(pd.Timestamp(first), pd.Timestamp(last))]
    layers = [
        pydeck.Layer(
            "ScatterplotLayer",
            data=here[["id", "lon", "lat"]],
            id="events",
            get_position=["lon", "lat"],
            get_fill_color=[51, 136, 255],
            radius_min_pixels=3,
            radius_max_pixels=3,
            pickable=True,
            auto_highlight=True,
        )
    ]
chart = pydeck.Deck(
    layers,
    initial_view_state=pydeck.ViewState(latitude=35.0, longitude=39.0, zoom=6),
    map_provider=None,
)
event = st.pydeck_chart(chart, on_select="rerun", selection_mode="single-object", height=560, key="map")
with st.container(key="context"):
    for chosen in event.selection["objects"].get("events", []):
        for row in table[table["id"] == chosen["id"]].itertuples():
            st.write(f"{row.id}: {row.kind} on {row.date:%Y-%m-%d}")

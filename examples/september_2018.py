"""A walk through the Python API, as in a notebook: what one article says of September 2018.

Run it with ``python examples/september_2018.py``. It writes ``september-2018.gpkg`` and
``september-2018.pdf`` into the folder it is run in.
"""

import geopandas as gpd
from shapely import Point

import mapapp

# Load the article that comes with mapapp, and keep what falls in September 2018.
atlas = mapapp.load()
view = atlas.view(first="2018-09-01", last="2018-09-30", said_by=["article"])

# The statements are a GeoDataFrame: a row for each statement and place, with the article's words.
events = view.events
print(events[["number", "title", "when", "place_name", "role"]].to_string(index=False))

# Join them to a frame of your own: which statements are about an area in which one of these cities lies?
cities = gpd.GeoDataFrame(
    {"city": ["Idlib", "Homs"]}, geometry=[Point(36.63, 35.93), Point(36.72, 34.73)], crs="EPSG:4326"
)
joined = gpd.sjoin(cities, events, predicate="within")
print(joined[["city", "title", "place_name"]].to_string(index=False))

# In a notebook the last line of a cell shows the map; it needs no network.
page = view.map()._repr_html_()
print(f"The map is {len(page):,} characters of HTML.")

# Save what the view shows: as data for a GIS program, and as a page to print.
print(view.to_file("september-2018.gpkg"))
print(view.figure("september-2018.pdf"))

"""The server of the app, around Streamlit's: its headers, compressed files, and those of the map.

It starts before the page does and needs none of the page's packages.
"""

"""The server of the app, around Streamlit's: its headers, and compressed files.

It starts before the page does and needs none of the page's packages.
"""

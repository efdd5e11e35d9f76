"""The Streamlit page around the map."""

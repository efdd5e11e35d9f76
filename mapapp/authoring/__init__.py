"""Turns an article into a data folder, and edits it: the only part of mapapp that writes data."""

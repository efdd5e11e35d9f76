"""Incident data next to the article: importing exports, storing them, querying the store."""

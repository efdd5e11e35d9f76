"""Incident records beside the article: reading exports, storing them, and asking the store."""

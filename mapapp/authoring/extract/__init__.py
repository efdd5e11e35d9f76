"""Reads the text of an article, and what else is said of it, out of a document."""

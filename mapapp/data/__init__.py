"""Loads a data folder as an atlas, checks it, and writes its files."""

"""Readers of the file types of a layer of the reader's own, one module each."""

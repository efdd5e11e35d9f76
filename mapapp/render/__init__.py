"""Turns values into words, marks and a map. Knows no screen and no address bar."""

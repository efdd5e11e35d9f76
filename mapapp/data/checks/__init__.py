"""The checks behind ``mapapp check``: what no single file can show to be wrong."""

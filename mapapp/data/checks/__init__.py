"""The checks behind ``mapapp check`` that compare entries with each other and with the article."""

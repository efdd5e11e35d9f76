"""What the browser shows: the data it is sent, its page, its script and its style."""

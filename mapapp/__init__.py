"""One news article in, one map out that can be defended line by line."""

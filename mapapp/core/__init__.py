"""Knows article and geography: dates, values, loading, checking, joining, selecting. Draws nothing."""

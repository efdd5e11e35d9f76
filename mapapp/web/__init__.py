"""Browser side: payload, page, scripts and styles."""

"""Wording: messages, dates and numbers, quotations, HTML."""

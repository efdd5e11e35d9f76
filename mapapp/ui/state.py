"""The requests of the browser's script. Independent of Streamlit."""

from __future__ import annotations

from mapapp.core.address import LONGEST


def asked_incident(value: object) -> str | None:
    """Return the incident whose card the script requests, as ``record/number``; ``None`` for none."""
    asked = value.get("incident") if isinstance(value, dict) else None
    return asked if isinstance(asked, str) and len(asked) <= LONGEST else None


def asks_for_comparison(value: object) -> bool:
    """Return whether the script has asked for what changed hands between snapshots."""
    return isinstance(value, dict) and value.get("compare") is True

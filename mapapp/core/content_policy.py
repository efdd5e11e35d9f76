"""Parts of content security policies."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode


def script_hashes(html: str) -> str:
    """Return the hashes of a page's inline scripts, as ``script-src`` takes them, separated by spaces."""
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    return " ".join(
        f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts
    )

"""How a page is shared: the code that embeds it, and the metadata for sites that link to it."""

from __future__ import annotations

from dataclasses import dataclass

from mapapp.text.html import html

PLACEHOLDER = "map.html"  # of a page of which nobody knows yet where it will be


@dataclass(frozen=True)
class Published:
    """The public addresses of a page and of a picture of it, 1,200 by 630 pixels."""

    page: str
    picture: str


def embed_code(title: str, address: str) -> str:
    """Return the HTML by which another page shows this one: text, which is not yet escaped as such."""
    return str(
        html(
            '<iframe src="{address}" title="{title}" width="100%" height="600" loading="lazy" '
            'allow="fullscreen" style="border:0"></iframe>',
            address=address,
            title=title,
        )
    )

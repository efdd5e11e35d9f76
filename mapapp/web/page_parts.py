"""The parts of the standalone page that do not depend on the view it opens on.

To word them in every language takes most of the time of writing a page. So they are kept in the user's cache
folder, under a key made of everything in the atlas: articles of which only quotations may be published, and
an atlas with or without its drafts, have parts of their own.
"""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import shapely

from mapapp.data import kept
from mapapp.text import account_parts
from mapapp.text.html import safe_json
from mapapp.text.labels import map_lead, map_title, title_language
from mapapp.text.locales import current_language, language
from mapapp.web import assets, cards, payload
from mapapp.web.comparison_table import comparison_json
from mapapp.web.embed import PLACEHOLDER, embed_code
from mapapp.web.templating import render
from mapapp.web.texts import other_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from mapapp.core.model import Atlas
    from mapapp.web.embed import Published
    from mapapp.web.payload_types import Payload

_KIND, _KEPT = "exported", 16  # of one or two megabytes each
_NOWHERE = shapely.Point()


@dataclass(frozen=True)
class Parts:
    """What is the same on every page of an atlas, in one language.

    Attributes
    ----------
    head
        The HTML of the header.
    script
        The script with the data of the map.
    languages
        What the page says otherwise in the other languages, for a script.
    account
        What the account of a view is put together from.
    compared
        What changed hands between snapshots, packed; empty if there are no two.
    letters
        The characters of what is shown of these texts, also of those that are packed, each once.
    """

    head: str
    script: str
    languages: str
    account: account_parts.Parts
    compared: str
    letters: str


def parts(atlas: Atlas, published: Published | None) -> Parts:
    """Return the parts in the current language: those that are kept, or new ones, which are then kept.

    Parameters
    ----------
    published
        Where the page will be; ``None`` if that is not known.
    """
    name = kept.key((), current_language(), repr(published), *_content(atlas))
    found = kept.read(_KIND, name)
    if found is not None:
        with suppress(ValueError, KeyError, TypeError):  # else it is not what we keep
            texts: dict[str, Any] = {part: content.decode() for part, content in found.items()}
            return Parts(**texts | {"account": json.loads(texts["account"])})
    made = _made(atlas, published)
    texts = vars(made) | {"account": json.dumps(made.account, ensure_ascii=False)}
    kept.keep(_KIND, name, {part: text.encode() for part, text in texts.items()}, _KEPT)
    return made


def _content(atlas: Atlas) -> Iterator[str]:
    """Yield everything in an atlas as text; its fingerprint does not tell drafts and licences apart."""
    yield repr(replace(atlas, layers=()))
    for layer in atlas.layers:
        yield layer.id
        for place in layer.places:
            yield repr(replace(place, geometry=_NOWHERE))  # the text of a geometry would be cut
            yield place.geometry.wkb_hex


def _made(atlas: Atlas, published: Published | None) -> Parts:
    head = _head(atlas, published)
    data = payload.payload(atlas)
    script = payload.script(data)
    others = _other_languages(atlas, data, published)
    letters: set[str] = set().union(head, *assets.scripts(script), *others.values())
    return Parts(
        head=head,
        script=script,
        languages=safe_json({tag: _packed(text) for tag, text in others.items()}),
        account=account_parts.parts(atlas),
        compared=_compared(atlas),
        letters="".join(sorted(letters)),
    )


def _head(atlas: Atlas, published: Published | None) -> Markup:
    address = published.page if published else PLACEHOLDER
    return render(
        "page_head.html",
        title=map_title(atlas),
        title_language=title_language(atlas),
        lead=map_lead(atlas),
        about=cards.about(atlas),
        embed=embed_code(map_title(atlas), address),
        published=published,
        placeholder=PLACEHOLDER,
    )


def _other_languages(atlas: Atlas, data: Payload, published: Published | None) -> dict[str, str]:
    """Return what the page says otherwise in each other language, as JSON: its head, texts of the payload."""
    found = {}
    for tag, texts in other_texts(atlas, data).items():
        with language(tag):
            found[tag] = json.dumps({"head": _head(atlas, published), "texts": texts}, ensure_ascii=False)
    return found


def _compared(atlas: Atlas) -> str:
    """Return what changed hands between snapshots, packed; empty if there are no two."""
    table = comparison_json(atlas)
    return _packed(table) if table != "{}" else ""


def _packed(text: str) -> str:
    """Return text compressed, in letters that an HTML page can hold."""
    return b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()

"""The description of an evidence pack as an RO-Crate: JSON-LD for repositories and other software.

https://www.researchobject.org/ro-crate/specification/1.2/
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from rocrate.model.contextentity import ContextEntity
from rocrate.rocrate import ROCrate

from mapapp.export import rows
from mapapp.export.citation import AUTHOR
from mapapp.text.authored import publisher_words
from mapapp.text.labels import article_title, credit
from mapapp.text.messages import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapapp.core.model import Article, Atlas
    from mapapp.core.view import View

_VERSION = "1.2"  # its context defines sha256
_PLAIN = "text/plain"
_MEDIA_TYPES = {
    "bib": "application/x-bibtex",
    "csl.json": "application/vnd.citationstyles.csl+json",
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
    "html": "text/html",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "kml": "application/vnd.google-earth.kml+xml",
    "kmz": "application/vnd.google-earth.kmz",
    "lpf.json": "application/ld+json",
    "md": "text/markdown",
    "parquet": "application/vnd.apache.parquet",
    "pdf": "application/pdf",
    "png": "image/png",
    "ris": "application/x-research-info-systems",
    "svg": "image/svg+xml",
    "txt": _PLAIN,
    "yaml": "application/yaml",
}


def ro_crate(
    atlas: Atlas, view: View, address: str, files: Mapping[str, bytes], later: Iterable[str]
) -> bytes:
    """Return ``ro-crate-metadata.json`` of a pack; the same bytes for the same input.

    Parameters
    ----------
    address
        Address of the view, or only its query.
    files
        The files of the pack by name.
    later
        Names of files that are made after this one, and so are listed without size and hash.
    """
    crate = ROCrate(version=_VERSION)
    root = crate.root_dataset
    del root["datePublished"]  # of today; the same pack would be different tomorrow
    about = (
        words("data-pack-about", title=rows.title(atlas, view)),
        words("data-pack-view", address=address),
    )
    root["name"] = rows.title(atlas, view)
    root["description"] = rows.clean(" ".join(about))
    if atlas.issued:
        root["datePublished"] = atlas.issued.isoformat()
    first, last = view.window.first.isoformat(), view.window.last.isoformat()
    root["temporalCoverage"] = first if first == last else f"{first}/{last}"
    root["version"] = atlas.fingerprint
    root["author"] = _entity(crate, "#author", "Organization", name=AUTHOR)
    root["license"] = _entity(
        crate,
        "#licences",
        "CreativeWork",
        name=words("data-crate-licences"),
        description=f"{words('data-crate-licences-of')} {words('about-credit', credit=credit(atlas))}",
    )
    articles = [_article(atlas, crate, number, article) for number, article in enumerate(atlas.articles)]
    root["citation"] = articles[0] if len(articles) == 1 else articles
    for name, data in sorted(files.items()):
        known = {"contentSize": str(len(data)), "sha256": hashlib.sha256(data).hexdigest()}
        _add_file(crate, name, known)
    for name in sorted(later):
        _add_file(crate, name, {"description": words("data-crate-later")})
    return (json.dumps(crate.metadata.generate(), ensure_ascii=False, indent=1) + "\n").encode()


def _article(atlas: Atlas, crate: ROCrate, number: int, article: Article) -> ContextEntity:
    source, end = atlas.source[article.source], f"-{number + 1}" if number else ""
    url = rows.clean(rows.article_url(atlas, article) or "")
    known: dict[str, object] = {"url": url} if url else {}
    if article.author:
        known["author"] = _entity(crate, f"#article-author{end}", "Person", name=rows.clean(article.author))
    return _entity(
        crate,
        rows.article_urn(article),
        "NewsArticle",
        name=rows.clean(article_title(atlas, article)),
        inLanguage=article.language,
        publisher=_entity(
            crate, f"#publisher{end}", "Organization", name=rows.clean(publisher_words(source))
        ),
        datePublished=article.date.isoformat(),
        sha256=article.sha256,
        **known,
    )


def _entity(crate: ROCrate, identifier: str, kind: str, **properties: object) -> ContextEntity:
    entity = ContextEntity(crate, identifier, {"@type": kind, **properties})
    return crate.add(entity)


def _add_file(crate: ROCrate, name: str, properties: Mapping[str, Any]) -> None:
    crate.add_file(
        dest_path=name, properties={"name": name, "encodingFormat": _media_type(name), **properties}
    )


def _media_type(name: str) -> str:
    """Return the media type of a file by the longest ending that is known; a file without one is text."""
    endings = name.rpartition("/")[2].split(".")[1:]
    return next(
        (
            _MEDIA_TYPES[ending]
            for at in range(len(endings))
            if (ending := ".".join(endings[at:])) in _MEDIA_TYPES
        ),
        _PLAIN,
    )

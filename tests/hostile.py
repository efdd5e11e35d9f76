"""An atlas in which every text is an attack, which must come out as text."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from mapapp.core.names import Names

if TYPE_CHECKING:
    from mapapp.core.model import Atlas
    from mapapp.core.profile import Profile

HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}\"'&</script>{% raise %}"

# Ids, vocabularies and dates are looked up rather than shown, and `load` lets nothing else into them.
_KEPT = {
    *("id", "layer", "kind", "modality", "said_by", "via", "of", "role", "basis", "confidence", "status"),
    *("article", "edtf", "date", "precision", "mark", "source", "sha256", "fingerprint"),
}
_FIGURES = (("extent", HOSTILE), ("depth_km", HOSTILE), ("number", HOSTILE))


def poison(value: Any) -> Any:
    """Return ``value`` with every text in it replaced, ids and vocabularies left as they are."""
    if isinstance(value, str):
        return HOSTILE
    if isinstance(value, tuple):
        return tuple(map(poison, value))
    if isinstance(value, Names):
        return Names(dict.fromkeys(value.texts, HOSTILE))
    if isinstance(value, dict):
        return dict.fromkeys(value, HOSTILE)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {}
    for field in fields(value):
        part = getattr(value, field.name)
        ids = isinstance(part, tuple) and all(isinstance(item, str) for item in part)
        if ids or (isinstance(part, str) and field.name in _KEPT):
            continue
        changed[field.name] = poison(part)
    return replace(value, **changed)


def hostile_atlas(atlas: Atlas) -> Atlas:
    """Return ``atlas`` with every text in it replaced by `HOSTILE`."""
    bad = poison(replace(atlas, profile=None))
    layers = tuple(
        replace(layer, places=tuple(replace(place, kind="town", facts=_FIGURES) for place in layer.places))
        for layer in bad.layers
    )
    articles = tuple(
        replace(article, text=_body(len(own.text)))
        for article, own in zip(bad.articles, atlas.articles, strict=True)
    )
    return replace(bad, profile=_hostile_profile(atlas.profile), layers=layers, articles=articles)


def _body(length: int) -> str:
    """Return a text of two paragraphs that is as long as another."""
    body = (HOSTILE * (length // len(HOSTILE) + 1))[:length]
    return body[: length // 2] + "\n\n" + body[length // 2 + 2 :]


def _hostile_profile(profile: Profile) -> Profile:
    """Return a profile with every text in it replaced; what it names things by is left as it is."""
    bad = _hostile_texts(profile)
    modalities = {  # who speaks is said all the same
        name: replace(entry, labels=Names(dict.fromkeys(entry.labels.texts, f"{{who}} {HOSTILE}")))
        for name, entry in bad.modalities.items()
    }
    return replace(bad, modalities=modalities)


def _hostile_texts(value: Any) -> Any:
    if isinstance(value, Names):
        return Names(dict.fromkeys(value.texts, HOSTILE))
    if isinstance(value, dict):
        return {key: _hostile_texts(part) for key, part in value.items()}
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return replace(
        value, **{field.name: _hostile_texts(getattr(value, field.name)) for field in fields(value)}
    )


class Read(HTMLParser):
    """What a browser makes of a piece of HTML: its tags, attributes and text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, list[str]] = {}
        self.text = ""
        self.feed(str(markup))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Gather a tag."""
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, []).append(value or "")

    def handle_data(self, data: str) -> None:
        """Gather text."""
        self.text += data


def harmless(markup: str) -> Read:
    """Read a piece of HTML made from the hostile atlas; fail where the attack became part of the page."""
    read = Read(markup)
    assert not read.tags & {"img", "script"}
    assert not [name for name in read.attributes if name.startswith("on") or name == "src"]
    assert "{{7*7}}" in read.text or any(
        "{{7*7}}" in value for values in read.attributes.values() for value in values
    )
    return read

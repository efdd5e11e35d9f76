"""The words of a map's profile and names, in the language of the interface or of the reader.

What a profile has no word for is called by its own id.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

from mapapp.core.model import ARTICLE, OUR_BASES
from mapapp.core.sanitize import clean
from mapapp.text.authored import publisher_words
from mapapp.text.dates import day_words
from mapapp.text.direction import isolated, runs_right_to_left, turned_round
from mapapp.text.locales import current_language, local
from mapapp.text.messages import catalogue, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapapp.core.model import Article, Atlas, Event, Place
    from mapapp.core.names import Names
    from mapapp.core.profile import Profile
    from mapapp.core.view import View

_ATTRIBUTION = re.compile(
    r"(?:CC[ -]BY(?:-SA)?|ODbL|ODC-BY|OGL)(?: v?\d(?:\.\d)?)?", re.IGNORECASE
)  # licences that ask for it
_BETWEEN = " · "


def in_lang(names: Names, lang: str) -> str:
    """Return a name in the reader's language, or in the one that stands in for it."""
    return clean(names.text(lang))


def speaker(atlas: Atlas, actor_id: str, lang: str) -> str:
    """Return the name of an actor; the article itself is one of them."""
    actor = atlas.actor.get(actor_id)
    return in_lang(actor.names, lang) if actor else words("the-article")


def map_title(atlas: Atlas) -> str:
    """Return the title of the whole map: the profile's, else that of the only article."""
    if atlas.profile.title:
        return local(atlas.profile.title)
    if len(atlas.articles) == 1:
        return article_title(atlas, atlas.articles[0])
    return words("app-title-several", n=len(atlas.articles))


def title_language(atlas: Atlas) -> str:
    """Return the language of the title of the whole map."""
    if atlas.profile.title:
        return atlas.profile.title.language(current_language())
    (only, *others) = atlas.articles
    return current_language() if others or not only.title else only.language


def map_lead(atlas: Atlas) -> str:
    """Return the line below the title: what this is, and of when."""
    first, last = day_words(atlas.articles[0].date), day_words(atlas.day)
    dates = first if first == last else words("date-range", first=first, last=last)
    if atlas.profile.lead:
        return local(atlas.profile.lead).replace("{date}", dates)
    if len(atlas.articles) == 1:
        return words("app-lead", date=dates)
    return words("app-lead-several", n=len(atlas.articles), dates=dates)


def articles_shown(atlas: Atlas, view: View) -> tuple[Article, ...]:
    """Return the articles whose statements a view may show: all, or the one chosen."""
    return (atlas.article[view.article],) if view.article else atlas.articles


def article_title(atlas: Atlas, article: Article) -> str:
    """Return an article's own title, else what its source is called in our words."""
    return article.title or atlas.source[article.source].title


def byline(atlas: Atlas, article: Article) -> str:
    """Return an article's publisher and date on one line."""
    said = publisher_words(atlas.source[article.source])
    publisher = isolated(said)  # the date after it runs from left to right
    return words("article-byline", publisher=publisher, date=day_words(article.date))


def byline_of_text(atlas: Atlas, article: Article) -> str:
    """Return an article's byline above its text; if that is not whole, with the reason."""
    line = byline(atlas, article)
    return f"{line}. {words('article-quotes-only')}" if article.quotes_only else line


def layer_words(profile: Profile, layer: str) -> str:
    """Return the name of a layer: one of the profile's, or ``events``, ``facts`` or ``incidents``."""
    if layer in profile.layers:
        return local(profile.layers[layer].labels)
    return words(f"layer-{layer}")


def kind_words(profile: Profile, kind: str) -> str:
    """Return the name of a kind of place."""
    return local(profile.place_kinds[kind].labels) if kind in profile.place_kinds else _plain(kind)


def event_kind_words(profile: Profile, kind: str) -> str:
    """Return the name of a kind of statement."""
    return local(profile.event_kinds[kind].labels) if kind in profile.event_kinds else _plain(kind)


def status_words(profile: Profile, status: str) -> str:
    """Return the name of a status of a place."""
    return local(profile.statuses[status]) if status in profile.statuses else status.replace("-", " ")


def key_words(profile: Profile, place_kind: str, status: str | None) -> str:
    """Return what the key of the map says of a class of places."""
    kind = profile.place_kinds.get(place_kind)
    own = (kind.key_when.get(status) if status else kind.key) if kind else None
    if own:
        return local(own)
    name = kind_words(profile, place_kind)
    return words("in-a-row", one=name, other=status_words(profile, status)) if status else name


def class_words(profile: Profile, place: Place, status: str | None) -> str:
    """Return the name of a place's class, as in the key of the map.

    Lines of one day have the name of their kind: the day itself stands in a heading.
    """
    layer = profile.layers[place.layer]
    if status is None and layer.snapshot and "line" in layer.shapes:
        return kind_words(profile, place.kind)
    return key_words(profile, place.kind, status)


def modality_words(profile: Profile, modality: str, who: str) -> str:
    """Return how the article says something, with the speaker's name in it."""
    return local(profile.modalities[modality].labels).replace("{who}", who)


def who_says(atlas: Atlas, event: Event, who: Mapping[str, str] | None = None, stop: str = "") -> str:
    """Return who makes a statement, and the outlet through which the article quotes it.

    A sentence of the profile that runs from right to left is isolated, whatever the direction of the name.

    Parameters
    ----------
    who
        The names of actors as they should be printed; ``None`` for their names in the interface's language.
    stop
        What ends the sentence.
    """

    def name(actor: str) -> str:
        return who[actor] if who is not None else in_lang(atlas.actor[actor].names, current_language())

    speaking = "" if event.said_by == ARTICLE else name(event.said_by)
    said = modality_words(atlas.profile, event.modality, speaking)
    turned = runs_right_to_left(modality_words(atlas.profile, event.modality, ""))
    if event.via is None:
        return turned_round(f"{said}{stop}") if turned else f"{said}{stop}"
    said = turned_round(said) if turned else said
    return words("modality-via", said=said, via=name(event.via)) + stop


def credit(atlas: Atlas) -> str:
    """Return the sources to name below the map: those that places use and that must be credited."""
    places = atlas.place.values()
    used = {source for place in places for source in place.sources}
    said = [_credit(atlas, source.id) for source in atlas.sources if source.id in used]
    if any(_is_own(place) for place in places):
        said.append(words("credit-own"))
    return _BETWEEN.join(dict.fromkeys(filter(None, said)))


def _credit(atlas: Atlas, source_id: str) -> str:
    source = atlas.source[source_id]
    if source.credit is not None:
        return source.credit
    return f"{publisher_words(source)}, {source.licence}" if _ATTRIBUTION.fullmatch(source.licence) else ""


def _is_own(place: Place) -> bool:
    """Return whether we drew a place; points traced from sources are the sources' own positions."""
    return place.basis in OUR_BASES and not _is_position(place)


def _is_position(place: Place) -> bool:
    return place.basis == "traced" and place.geometry.geom_type == "Point"


def basis_words(place: Place) -> str:
    """Return what the geometry of a place is based on."""
    return words("basis-point" if _is_position(place) else f"basis-{place.basis}")


def profile_messages(profile: Profile) -> dict[str, str]:
    """Return the profile's words as messages, for the scripts of the page."""
    found = {f"layer-{layer}": layer_words(profile, layer) for layer in profile.layers}
    found |= {f"kind-{kind}": event_kind_words(profile, kind) for kind in profile.event_kinds}
    found |= {f"place-kind-{kind}": kind_words(profile, kind) for kind in profile.place_kinds}
    found |= {f"status-{status}": status_words(profile, status) for status in profile.statuses}
    for kind, entry in profile.place_kinds.items():
        for status in (None, *entry.key_when):
            found["-".join(filter(None, ("key", kind, status)))] = key_words(profile, kind, status)
        if entry.holder:
            found[f"holder-{kind}"] = local(entry.holder)
    for layer in profile.layers.values():
        if layer.unmarked:
            found[f"unmarked-{layer.id}"] = local(layer.unmarked)
    return {key: text for key, text in found.items() if key not in catalogue()}


def language_names(languages: Iterable[str]) -> list[tuple[str, str]]:
    """Return languages with their own names, such as those of a choice."""
    found = []
    for tag in languages:
        try:
            name = Locale.parse(tag, sep="-").get_display_name(tag.replace("-", "_")) or tag
        except (UnknownLocaleError, ValueError):
            name = tag
        found.append((tag, name[:1].upper() + name[1:]))
    return found


def _plain(name: str) -> str:
    return name.replace("-", " ").capitalize()

"""The title and the lead of a figure: what it shows, counted, and what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapapp.core.model import ARTICLE
from mapapp.core.select import select
from mapapp.core.snapshots import gaps
from mapapp.figure.fonts import drawable
from mapapp.figure.note_items import in_fonts, language_words
from mapapp.figure.visible import Visible
from mapapp.text.authored import event_title
from mapapp.text.comparison import comparison_words
from mapapp.text.dates import day_words
from mapapp.text.direction import isolated
from mapapp.text.labels import article_title, byline, event_kind_words, layer_words
from mapapp.text.locales import current_language, local
from mapapp.text.messages import in_a_row, words
from mapapp.text.titles import title_instead, view_title

if TYPE_CHECKING:
    from mapapp.core.model import Article

_MOST_ARTICLES = 4  # that the lead names


@dataclass(frozen=True)
class Lead(Visible):
    """The title and the lead of a view."""

    @property
    def compared(self) -> list[str]:
        """What changed hands, in sentences; or which day has no snapshot."""
        if self.comparison is not None:
            return comparison_words(self.atlas, self.comparison)
        return [words("compare-gap", day=day_words(gap.day)) for gap in gaps(self.atlas, self.view)]

    @property
    def headline(self) -> str:
        """The title that states what is to be seen."""
        there = {place.layer for place in self._in_sight}
        layers = (layer for layer in self.profile.layers.values() if layer.id in there)
        more = next((local(layer.headline) for layer in layers if layer.headline), "")
        return view_title(self.atlas, self.view, self.name, more, self._titled)

    @property
    def _titled(self) -> str:
        """The map's own title if it has no area, in a language that the fonts can display; else empty."""
        own = title_instead(self.atlas)
        if own and not drawable(own):
            return in_fonts(self.profile.title, current_language(), "")[1] if self.profile.title else ""
        return own

    @property
    def titled_in_fonts(self) -> bool:
        """Whether the fonts can display the title of the map, if it is that of the figure."""
        return drawable(title_instead(self.atlas))

    @property
    def lead(self) -> list[str]:
        """The lines under the title: articles, counts, “as known” date, filters, drafts."""
        view = self.view
        lines = [
            *self.compared,
            self._counts,
            words("figure-known-all", date=day_words(self._last_day))
            if view.as_of is None
            else words("as-known", date=day_words(view.as_of)),
            *self._filters,
        ]
        if view.selected is not None and not self.highlighted.isdisjoint(
            place.id for place, *_ in self.selection.places
        ):
            key = "figure-selected-beyond" if self.beyond else "figure-selected"
            lines.append(words(key, what=self._selected(view.selected)))
        if view.base_map != "none":
            lines.append(words("figure-no-base"))
        if self.drafts:
            lines.append(words("figure-drafts", n=self.drafts))
        return [*lines, *self._fallback]

    @property
    def _filters(self) -> list[str]:
        """What the view leaves out."""
        atlas, view = self.atlas, self.view
        lines = []
        if view.article is not None and len(atlas.articles) > 1:
            lines.append(words("figure-only-article", letter=atlas.letters[view.article]))
        if view.certain:
            lines.append(words("figure-certain"))
        if view.said_by is not None:
            lines.append(words("figure-only-who", who=in_a_row(map(self._who, sorted(view.said_by)))))
        if view.kinds is not None:
            known = self.profile.event_kinds.keys()
            own = [isolated(event_kind_words(self.profile, kind)) for kind in sorted(view.kinds & known)]
            if own:
                lines.append(words("figure-only-kinds", kinds=in_a_row(own)))
            if not view.kinds <= known:
                lines.append(words("figure-no-incidents"))
        hidden = [layer for layer in ("events", *self.profile.listed) if layer in view.hidden]
        if hidden:
            named = in_a_row(isolated(layer_words(self.profile, layer)) for layer in hidden)
            lines.append(words("figure-hidden", layers=named))
        if not view.background:
            lines.append(words("figure-hidden", layers=words("layer-facts")))
        return lines

    @property
    def _counts(self) -> str:
        """How many statements there are, of which articles."""
        atlas, articles = self.atlas, self.articles
        count = len(self.selection.events)
        in_time = len(select(atlas, replace(self.view, said_by=None, kinds=None)).events)
        filtered = in_time - count
        key = "figure-lead" if len(articles) == 1 else "figure-lead-several"
        shown = {article.id for article in articles}
        counts = words(
            f"{key}-filtered" if filtered else key,
            n=count,
            window=in_time,
            hidden=filtered,
            all=sum(event.article in shown for event in atlas.events),
            articles=len(articles),
        )
        named = [self.article_words(article) for article in articles[:_MOST_ARTICLES]]
        if more := len(articles) - len(named):
            named.append(words("figure-lead-more", n=more))
        return " ".join((counts, *named))

    def article_words(self, article: Article) -> str:
        """Return an article's letter, if there are several, its title and its byline."""
        letter = self.atlas.letters[article.id]
        return words(
            "figure-lead-letter" if letter else "figure-lead-article",
            letter=letter,
            title=isolated(article_title(self.atlas, article)),
            byline=byline(self.atlas, article),
        )

    @property
    def _fallback(self) -> list[str]:
        """A remark on the names on the map that are not known in the language asked for."""
        wanted = self.view.names
        shown = [place for place in self._in_sight if self.named is None or place.id in self.named]
        used = [self._names(place).language(wanted) for place in shown]
        others = [tag for tag in used if tag not in (wanted, wanted.partition("-")[0])]
        if not wanted or not others:
            return []
        given = in_a_row(map(language_words, dict.fromkeys(others)))
        asked = language_words(wanted)
        return [words("figure-names-missing", asked=asked, used=given, n=len(others), all=len(shown))]

    def _selected(self, item: str) -> str:
        if item in self.atlas.event:
            return isolated(event_title(self.atlas.event[item]))
        if item in self.atlas.place:
            return isolated(self.name(self.atlas.place[item]))
        return isolated(self.atlas.fact[item].text)

    def _who(self, actor: str) -> str:
        return words("the-article") if actor == ARTICLE else self._speakers[actor]

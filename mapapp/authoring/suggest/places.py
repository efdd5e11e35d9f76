"""Finds the names of places in running text, with what they may mean.

The folder's own places come first, then the gazetteer's. A name counts as a place where the words around it
say so, or where nothing else of that name is likely; towns that are little known count only near places that
the article names anyway. Adjectives, persons and organisations named after places do not count.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapapp.authoring.name_keys import name_key
from mapapp.authoring.suggest.model import PlaceMention
from mapapp.authoring.suggest.names import SHORTEST, possible_names
from mapapp.authoring.suggest.people import people
from mapapp.authoring.suggest.place_rules import Rules
from mapapp.authoring.suggest.surroundings import Surroundings
from mapapp.authoring.suggest.unlisted_places import Unlisted
from mapapp.authoring.suggest.words import texts
from mapapp.authoring.suggest_tables import suggest_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapapp.authoring.gazetteer import Entry, Gazetteer
    from mapapp.authoring.suggest.model import Sentence
    from mapapp.authoring.suggest.names import Name
    from mapapp.authoring.suggest.own_places import OwnPlaces
    from mapapp.authoring.suggest.place_rules import Judged
    from mapapp.authoring.suggest.words import Text
    from mapapp.authoring.suggest_tables import SuggestTable

_MOST_ENTRIES = 32  # of one name
_OTHER_NAME = 3.0  # what the rank of a place loses where the name is another's main one


def place_mentions(
    sentences: Sequence[Sentence],
    language: str,
    own: OwnPlaces,
    gazetteer: Gazetteer | None,
    taken: Iterable[tuple[int, int]] = (),
) -> tuple[PlaceMention, ...]:
    """Return the names of places in the sentences of an article.

    Parameters
    ----------
    sentences
        Where to look.
    language
        BCP 47 tag of the article.
    own
        The places of the folder.
    gazetteer
        ``None`` to look only for the folder's own.
    taken
        Offsets in the article of words that name something else, such as times.
    """
    table = suggest_table(language)
    found = texts(sentences, taken, table)
    names = _names(found, own, gazetteer, table)
    rules = _rules(found, names, own, table)
    mentions: list[PlaceMention] = []
    used: list[list[tuple[int, int]]] = []
    for text in found:
        used.append([*text.taken])
        for name, judged in _chosen(names.get(text.number, ()), rules, used[-1]):
            mentions.append(_mention(name, judged, rules.around, own, gazetteer, language))
        mentions += _of_kind(text, own, rules.around, language, used[-1])
    if gazetteer:
        unlisted = Unlisted(table, rules.people)
        for _ in range(2):  # a name that is seen to be one late is one from the start
            for text, spans in zip(found, used, strict=True):
                mentions += unlisted.find(text, spans)
    return tuple(sorted(mentions, key=lambda one: one.start))


def _names(
    found: Sequence[Text], own: OwnPlaces, gazetteer: Gazetteer | None, table: SuggestTable
) -> dict[int, list[Name]]:
    """Return all names that some place has, by the number of their sentence, with these places."""
    possible = [name for text in found for name in possible_names(text, table)]
    entries = gazetteer.look_up(key for name in possible for key in name.keys) if gazetteer else {}
    kept: dict[int, list[Name]] = {}
    for name in possible:
        exact = next(iter(name.keys))
        if table.cased or not name.is_one_word or len(exact) >= SHORTEST:
            found_here: dict[str, Entry] = {}
            for key, changed in name.keys.items():
                short = changed and name.is_one_word and len(key) <= SHORTEST
                for entry in entries.get(key, ()):
                    if entry.is_country or not short:
                        found_here.setdefault(entry.id, entry)
            unchanged = {key for key, changed in name.keys.items() if not changed}
            name.inflected = bool(found_here) and unchanged.isdisjoint(entries)
            name.entries = sorted(_weighed(found_here.values(), table), key=lambda entry: -entry.rank)
            del name.entries[_MOST_ENTRIES:]
        name.own = tuple(dict.fromkeys(one for key in name.keys for one in own.by_key.get(key, ())))
        if name.own or name.entries:
            kept.setdefault(name.text.number, []).append(name)
    return kept


def _weighed(entries: Iterable[Entry], table: SuggestTable) -> Iterator[Entry]:
    """Yield places; those that have the name beside another count less where it is the main one of some."""
    found = [*entries]
    others = table.cased and any(entry.main for entry in found)
    for entry in found:
        yield replace(entry, rank=entry.rank - _OTHER_NAME) if others and not entry.main else entry


def _rules(found: Sequence[Text], names: dict[int, list[Name]], own: OwnPlaces, table: SuggestTable) -> Rules:
    """Return the rules, with the names that are certain alone, and then with those near them."""
    longer = {
        number: [(name.first, name.last) for name in here if not name.is_one_word]
        for number, here in names.items()
    }
    rules = Rules(table, people(found, longer, table), Surroundings(), names)
    every = [name for here in names.values() for name in here]
    unsure = []
    for name in every:
        if rules.judge(name, alone=True):
            rules.confirm(name)
            rules.around.add([own.places[one] for one in name.own], name.entries)
        else:
            unsure.append(name)
    for name in unsure:  # names in lists, and those named again
        if rules.judge(name, alone=False):
            rules.confirm(name)
    return rules


def _chosen(
    names: Sequence[Name], rules: Rules, used: list[tuple[int, int]]
) -> Iterator[tuple[Name, Judged]]:
    """Yield the names of a sentence that are places, the longest first, without those inside others."""
    for name in sorted(names, key=lambda one: (one.first - one.last, one.start)):
        if any(name.start < end and start < name.end for start, end in used):
            continue
        if judged := rules.judge(name, alone=False):
            used.append((name.start, judged.end))
            yield name, judged


def _mention(  # noqa: PLR0913, PLR0917 - what it is made from
    name: Name,
    judged: Judged,
    around: Surroundings,
    own: OwnPlaces,
    gazetteer: Gazetteer | None,
    language: str,
) -> PlaceMention:
    sentence = name.text.sentence
    with_kind = judged.end > name.end
    entries = [
        *name.entries,
        *(_regions(name.entries[0], gazetteer) if with_kind and gazetteer and name.entries else ()),
    ]
    candidates = around.candidates(
        [own.places[one] for one in name.own],
        list({entry.id: entry for entry in entries}.values()),
        language,
        wants_region=with_kind,
    )
    return PlaceMention(
        sentence.start + name.start, sentence.start + judged.end, sentence.words[name.start : judged.end],
        candidates, judged.rule, judged.certainty,
    )  # fmt: skip


def _regions(town: Entry, gazetteer: Gazetteer) -> list[Entry]:
    """Return the regions of a town's country that are called as the town is."""
    key = name_key(town.name)
    return [
        entry
        for entry in gazetteer.look_up([key]).get(key, ())
        if entry.feature_class == "A" and entry.country == town.country and not entry.is_country
    ]


def _of_kind(
    text: Text, own: OwnPlaces, around: Surroundings, language: str, used: list[tuple[int, int]]
) -> Iterator[PlaceMention]:
    """Yield words that name a kind of the folder's places, such as "observation posts"."""
    for pattern, kind, places in own.kinds:
        for match in pattern.finditer(text.plain):
            start, end = match.span()
            if any(start < stop and begin < end for begin, stop in used):
                continue
            used.append((start, end))
            offset, words = text.sentence.start, text.sentence.words[start:end]
            candidates = tuple(around.own_candidate(own.places[one], language) for one in places)
            rule = f"The words name a kind of the folder's places: {kind}."
            yield PlaceMention(
                offset + start, offset + end, words, candidates, rule, "medium", all_of_them=len(places) > 1
            )

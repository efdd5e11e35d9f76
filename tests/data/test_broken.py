"""Each kind of broken data gets its own clear message: file, item, what is wrong, how to fix it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import tiny as written
import yaml
from shapely.geometry import Polygon
from tiny import EVENTS, SEED, Tiny, box, feature, point

from mapapp.data import files, geojson
from mapapp.data.checks.article import check
from mapapp.data.load import load
from mapapp.errors import DataError

ACTORS, BACKGROUND, SOURCES = "data/actors.yaml", "data/background.yaml", "data/sources.yaml"


class Broken(NamedTuple):
    """One way to break the data, and what must be said about it."""

    title: str
    change: Callable[[Tiny], object]
    file: str
    item: str
    words: str


def geo(layer: str) -> str:
    return f"data/geo/{layer}.geojson"


def put(target: dict[str, Any], **values: Any) -> None:
    target.update(values)


def drop(target: dict[str, Any], key: str) -> None:
    del target[key]


def shape(name: str, geometry: Any) -> Callable[[Tiny], None]:
    return lambda data: data.place(name).update(geometry=geometry)


def properties(name: str, **values: Any) -> Callable[[Tiny], None]:
    return lambda data: data.place(name)["properties"].update(values)


def event(name: str, **values: Any) -> Callable[[Tiny], None]:
    return lambda data: data.event(name).update(values)


def when(edtf: str, text: str = "In September 2018", **more: str) -> Callable[[Tiny], None]:
    return event("quiet-zone", when={"edtf": edtf, "text": text, **more})


def instead(file: str, content: bytes | None) -> Callable[[Tiny], None]:
    return lambda data: data.instead.update({file: content})


def swapped(name: str) -> Callable[[Tiny], None]:
    def change(data: Tiny) -> None:
        geometry = data.place(name)["geometry"]
        turned = json.loads(json.dumps(geometry["coordinates"]))
        rings = [turned] if geometry["type"] == "Point" else [at for ring in turned for at in ring]
        for position in rings:
            position.reverse()
        if geometry["type"] == "Polygon":
            turned[0].reverse()
        geometry["coordinates"] = turned

    return change


def polygon(*positions: list[float]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [list(positions)]}


def line(*positions: list[Any]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": list(positions)}


def holed(outer: list[list[float]], hole: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [outer, hole]}


BROKEN = [
    # files
    Broken("a file is missing", instead(ACTORS, None), ACTORS, "", "the file is missing"),
    Broken("the article is missing", instead(SEED, None), SEED, "", "the file is missing"),
    Broken("a file is empty", instead(SOURCES, b" \n"), SOURCES, "", "the file is empty"),
    Broken("a file holds nothing but a comment", instead(SOURCES, b"# later\n"), SOURCES, "", "contains nothing"),
    Broken("a file is not UTF-8", instead(ACTORS, b"- id: s\xfcd\n"), ACTORS, "", "not UTF-8 (got byte 0xfc in line 1)"),
    Broken("a file has a byte-order mark", instead(ACTORS, b"\xef\xbb\xbf- id: s\n"), ACTORS, "", "byte-order mark"),
    Broken("there is no event file", instead(EVENTS, None), "data/events", "", "no file ending in .yaml"),
    Broken("a second event file has no keys", instead("data/events/b.yaml", b"{}"), "data/events/b.yaml", "article", "the key is missing"),
    Broken("a file would be ignored", instead("data/geo/a.json", b"{}"), "data/geo/a.json", "", "would be ignored"),
    Broken("a layer is unknown", instead("data/geo/a.geojson", b"{}"), "data/geo/a.geojson", "", "unknown layer"),
    # YAML
    Broken("YAML is broken", instead(ACTORS, b"- id: [a\n- b"), ACTORS, "", "the file is not YAML"),
    Broken("YAML has an alias", instead(ACTORS, b"- &a {id: x}\n- *a"), ACTORS, "", "anchors and aliases"),
    Broken("YAML has a tag", instead(ACTORS, b"- !!python/name:os.system x"), ACTORS, "", "YAML tags are not supported"),
    Broken("YAML has a key twice", instead(ACTORS, b"- {id: a, id: b}"), ACTORS, "", 'the key "id" is written twice'),
    Broken("YAML has a merge key", instead(ACTORS, b"- {<<: {a: 1}}"), ACTORS, "", "merge keys are not supported"),
    Broken("YAML has a key that is a list", instead(ACTORS, b"- {[a]: b}"), ACTORS, "", "a key is not text"),
    Broken("YAML has a key twice, once in quotes", instead(ACTORS, b'- {on: a, "on": b}'), ACTORS, "", 'the key "on" is written twice'),
    Broken("YAML is nested without end", instead(ACTORS, b"[" * 200_000), ACTORS, "", "nested too deeply"),
    Broken("YAML has a control character", instead(ACTORS, b"- id: \x07"), ACTORS, "", "not YAML"),
    Broken("YAML has a number of 5000 digits", instead(ACTORS, b"- " + b"9" * 5000), ACTORS, "", "cannot be read"),
    Broken("YAML holds several documents", instead(ACTORS, b"--- []\n--- []"), ACTORS, "", "not YAML"),
    Broken("a list is a mapping", instead(ACTORS, b"{id: a}"), ACTORS, "", "not a list"),
    Broken("an item is a text", instead(ACTORS, b"- south"), ACTORS, "[0]", "expected a mapping of keys to values"),
    Broken("an event file is a list", instead(EVENTS, b"- a"), EVENTS, "", "expected a mapping"),
    Broken("an event file has no events", instead(EVENTS, b"article: {}"), EVENTS, "events", "the key is missing"),
    # JSON
    Broken("JSON is broken", instead(geo("roads"), b'{"type": '), geo("roads"), "", "the file is not JSON"),
    Broken("JSON has a key twice", instead(geo("roads"), b'{"a": 1, "a": 2}'), geo("roads"), "", "written twice"),
    Broken("JSON is nested without end", instead(geo("roads"), b"[" * 200_000), geo("roads"), "", "nested too deeply"),
    Broken("JSON has a number of 5000 digits", instead(geo("roads"), b"9" * 5000), geo("roads"), "", "too long"),
    Broken("JSON is no collection", instead(geo("roads"), b"[]"), geo("roads"), "", "not a FeatureCollection"),
    Broken("JSON says null", instead(geo("roads"), b"null"), geo("roads"), "", "the file contains nothing"),
    # keys and values
    Broken("an event has an unknown key", event("quiet-zone", saidby=1), EVENTS, "quiet-zone.saidby", "did you mean said_by"),
    Broken("a title is translated into its own language", event("quiet-zone", titles={"en": "x"}), EVENTS, "quiet-zone.titles", "first language is not a translation"),
    Broken("a note is in a language that the map lacks", event("quiet-zone", notes={"fr": "x"}), EVENTS, "quiet-zone.notes", "not one of the map's languages"),
    Broken("a translated title holds a script", event("quiet-zone", titles={"ar": "<script>x</script>"}), EVENTS, "quiet-zone.titles.ar", "contains HTML"),
    Broken("an event lacks a key", lambda d: drop(d.event("quiet-zone"), "title"), EVENTS, "quiet-zone.title", "missing"),
    Broken("a head has an unknown key", lambda d: put(d.head, day="x"), EVENTS, "article.day", "unknown key"),
    Broken("a kind is unknown", event("quiet-zone", kind="deal"), EVENTS, "quiet-zone.kind", "not one of the profile's words (got \"deal\"); use agreement, talks"),
    Broken("a role is unknown", lambda d: put(d.event("quiet-zone")["places"][0], role="x"), EVENTS,
           "quiet-zone.places[0].role", "use 'site'"),
    Broken("a text is a number", event("quiet-zone", title=3), EVENTS, "quiet-zone.title", "put it in quotes"),
    Broken("a date is a number", lambda d: put(d.event("quiet-zone")["when"], edtf=2018), EVENTS,
           "quiet-zone.when.edtf", "put it in quotes"),
    Broken("a text is empty", event("quiet-zone", title=" "), EVENTS, "quiet-zone.title", "the text is empty"),
    Broken("an event has no passage", event("quiet-zone", passages=[]), EVENTS, "quiet-zone.passages", "write at least one"),
    Broken("an event has no place", event("quiet-zone", places=[]), EVENTS, "quiet-zone.places", "write at least one"),
    Broken("an actor is called article", lambda d: put(d.actors[0], id="article"), ACTORS, "article.id", "the id is reserved"),
    Broken("a name is of accents only", lambda d: put(d.actors[0]["names"], en="\u0301"), ACTORS, "south.names.en",
           "the text has no visible character (got U+0301 COMBINING ACUTE ACCENT)"),
    Broken("a name is of a blank letter", lambda d: put(d.actors[0]["names"], en="\u3164"), ACTORS, "south.names.en", "an invisible character"),
    Broken("a name is of blank braille", lambda d: put(d.actors[0]["names"], en="\u2800"), ACTORS, "south.names.en", "an invisible character"),
    Broken("a name hides a space of no width", lambda d: put(d.actors[0]["names"], en="So\u200buth"), ACTORS, "south.names.en",
           "an invisible character (got U+200B ZERO WIDTH SPACE)"),
    Broken("a name hides a joiner between Latin letters", lambda d: put(d.actors[0]["names"], en="So\u200duth"), ACTORS,
           "south.names.en", "U+200D ZERO WIDTH JOINER"),
    Broken("a name hides tags", lambda d: put(d.actors[0]["names"], en="South\U000e0041"), ACTORS, "south.names.en", "U+E0041"),
    Broken("a name hides a variation", lambda d: put(d.actors[0]["names"], en="S\ufe0fouth"), ACTORS, "south.names.en", "U+FE0F"),
    Broken("an article's language is none", lambda d: put(d.head, language="arabic language"), EVENTS, "article.language", "not a language tag"),
    Broken("the changelog is of the year 2999", instead("data/CHANGELOG.md", b"## 2999-01-01"), "data/CHANGELOG.md", "",
           "in the future (got 2999-01-01)"),
    Broken("a passage has another space", event("quiet-zone", passages=[{"exact": "In September 2018, both\u00a0agreed"}]), EVENTS,
           "quiet-zone.passages[0]", "character 24 is U+00A0 NO-BREAK SPACE, where the article has U+0020 SPACE"),
    Broken("a passage has a look-alike", event("quiet-zone", passages=[{"exact": "In S\u0435ptember 2018"}]), EVENTS,
           "quiet-zone.passages[0]", "U+0435 CYRILLIC SMALL LETTER IE, where the article has U+0065 LATIN SMALL LETTER E"),
    Broken("a passage has a soft hyphen", event("quiet-zone", passages=[{"exact": "In Sep\u00adtember 2018"}]), EVENTS,
           "quiet-zone.passages[0]", "U+00AD SOFT HYPHEN, is extra"),
    Broken("a prefix has a look-alike", lambda d: put(d.event("zone-guarded")["passages"][1], prefix="\u0430nd "), EVENTS,
           "zone-guarded.passages[1]", "U+0430 CYRILLIC SMALL LETTER A"),
    Broken("words have a look-alike", lambda d: put(d.event("quiet-zone")["places"][0], words="Rivert\u043ewn"), EVENTS,
           "quiet-zone.places[0].words", "U+043E CYRILLIC SMALL LETTER O, where the article has U+006F"),
    Broken("a reading by a person has no note", when("2018-09", "both agreed", basis="read"), EVENTS, "quiet-zone.when.basis", "needs a note"),
    Broken("a reading by a person is not what the words say", when("2018-08", basis="read"), EVENTS, "quiet-zone.when.edtf", "not match the month"),
    Broken("an id has an underscore", lambda d: put(d.actors[0], id="the_south"), ACTORS, "the_south.id", "not a valid id"),
    Broken("a name is missing", lambda d: drop(d.actors[0]["names"], "en"), ACTORS, "south.names", "there is no name in en (got ar, tr, ru)"),
    Broken("a source has no licence", lambda d: drop(d.sources[1], "licence"), SOURCES, "map.licence", "key is missing"),
    Broken("a licence is empty", lambda d: put(d.sources[1], licence=""), SOURCES, "map.licence", "the text is empty"),
    Broken("an address is none", lambda d: put(d.sources[1], url="javascript:alert(1)"), "data/sources.yaml", "map.url", "not a web address"),
    Broken("an address is a file", lambda d: put(d.sources[1], url="file:///etc/passwd"), "data/sources.yaml", "map.url", "not a web address"),
    Broken("a fact has no source", lambda d: put(d.facts[0], sources=[]), BACKGROUND, "zone-signed.sources", "at least one item"),
    Broken("a place has no source", properties("rivertown", sources=[]), geo("towns"), "rivertown.sources", "at least one item"),
    Broken("a place has an unknown key", properties("rivertown", color="red"), geo("towns"), "rivertown.color", "unknown key"),
    Broken("a place lacks a tolerance", lambda d: drop(d.place("rivertown")["properties"], "tolerance_km"), geo("towns"),
           "rivertown.tolerance_km", "missing"),
    Broken("a tolerance is negative", properties("rivertown", tolerance_km=-1), geo("towns"), "rivertown.tolerance_km", "from 0"),
    Broken("a tolerance is a text", properties("rivertown", tolerance_km="2"), geo("towns"), "rivertown.tolerance_km", "a number"),
    Broken("a figure is a list", properties("rivertown", geonames=[1]), geo("towns"), "rivertown.geonames", "nor a number"),
    Broken("a figure is an empty list", properties("rivertown", geonames=[]), geo("towns"), "rivertown.geonames", "leave the key out"),
    Broken("a status is unknown", lambda d: put(d.place("post-one")["properties"]["statuses"][0], status="gone"), geo("posts"),
           "post-one.statuses[0].status", "use agreed, in-force"),
    Broken("a feature has an unknown member", lambda d: put(d.place("rivertown"), extra=[]), geo("towns"), "rivertown.extra", "unknown key"),
    Broken("a feature's ids differ", lambda d: put(d.place("rivertown"), id="x"), geo("towns"), "rivertown.id", "not the one in its"),
    Broken("a feature is none", lambda d: d.layers["towns"].append("x"), geo("towns"), "features[2]", "not a feature"),  # type: ignore[arg-type]
    Broken("a layer has another's name", lambda d: put(d.members, towns={"name": "posts"}), geo("towns"), "name", 'write "towns"'),
    Broken("a layer has metadata", lambda d: put(d.members, towns={"metadata": {}}), geo("towns"), "metadata", "unknown key"),
    Broken("a layer is empty", lambda d: d.layers["roads"].clear(), geo("roads"), "features", "the layer is empty"),
    # hostile text
    Broken("a source has no address", lambda d: drop(d.sources[1], "no_url"), "data/sources.yaml", "map.url", "no address to follow"),
    Broken("a source has an address and none", lambda d: d.sources[0].update(no_url="Lost."), "data/sources.yaml", "paper.no_url", "a reason for having none"),
    Broken("one side's word is certain", lambda d: d.sources[1].update(leaning="state media"), "data/background.yaml", "truce-later.confidence", "one partisan source"),
    Broken("a title holds a script", event("quiet-zone", title="<script>x</script>"), EVENTS, "quiet-zone.title", "contains HTML"),
    Broken("a note holds an entity", event("quiet-zone", note="a &lt; b"), EVENTS, "quiet-zone.note", "contains HTML"),
    Broken("a title holds a template", event("quiet-zone", title="{{ 7*7 }}"), EVENTS, "quiet-zone.title", "template code"),
    Broken("a name holds a template", lambda d: put(d.place("rivertown")["properties"]["names"], tr="${x}"), geo("towns"),
           "rivertown.names.tr", "template code"),
    Broken("a figure holds HTML", properties("rivertown", ref="<img src=x>"), geo("towns"), "rivertown.ref", "contains HTML"),
    Broken("a fact holds a script address", lambda d: put(d.facts[0], text="see JavaScript:x"), BACKGROUND, "zone-signed.text", "script URL"),
    Broken("a name turns the direction", lambda d: put(d.actors[0]["names"], ar="a\u202eb"), ACTORS, "south.names.ar", "writing direction"),
    Broken("a name holds a null", lambda d: put(d.place("rivertown")["properties"]["names"], ru="a\0b"), geo("towns"),
           "rivertown.names.ru", "control character"),
    Broken("a name holds half a character", lambda d: put(d.place("rivertown")["properties"]["names"], ru="a\ud800"), geo("towns"),
           "", "not UTF-8"),
    Broken("a name escapes half a character", lambda d: put(d.instead, **{geo("roads"): json.dumps({
        "type": "FeatureCollection", "name": "roads", "features": [feature("r", line([36, 35], [37, 35]), note="\ud800")],
    }).encode()}), geo("roads"), "r.note", "control character"),
    # the article and its passages
    Broken("the article was changed", lambda d: put(d.head, sha256="0" * 64), SEED, "", "the article's SHA-256 does not match"),
    Broken("a hash is none", lambda d: put(d.head, sha256="abc"), EVENTS, "article.sha256", "64"),
    Broken("the article has no date", lambda d: put(vars(d), article=d.article[17:]), SEED, "", "write date: in data/events/northland-2020-02-19.yaml, under article"),
    Broken("the article's date is none", lambda d: put(vars(d), article=d.article.replace(b"02-19", b"02-31")), SEED, "",
           "the date does not exist"),
    Broken("the article is elsewhere", lambda d: put(d.head, file="../../secret.txt"), EVENTS, "article.file", "name of a file in seeds/"),
    Broken("a passage is not in the article", event("quiet-zone", passages=[{"exact": "In September 2018, both argued"}]), EVENTS,
           "quiet-zone.passages[0]", "differs at character 26"),
    Broken("a passage is in it twice", event("quiet-zone", passages=[{"exact": "zone"}]), EVENTS, "quiet-zone.passages[0]",
           "more than once (got 3); add prefix or suffix"),
    Broken("a prefix is wrong", event("quiet-zone", passages=[{"exact": "a quiet zone", "prefix": "in "}]), EVENTS,
           "quiet-zone.passages[0]", "not between that prefix and suffix"),
    Broken("a passage is empty", event("quiet-zone", passages=[{"exact": ""}]), EVENTS, "quiet-zone.passages[0].exact",
           "the passage is empty"),
    Broken("a passage is a space", event("quiet-zone", passages=[{"exact": " "}]), EVENTS, "quiet-zone.passages[0].exact",
           'the passage is empty (got " "); copy its words from the article'),
    Broken("words lie in no passage", event("quiet-zone", passages=[{"exact": "In September 2018, both agreed in Rivertown"},
           {"exact": "quiet zone"}]), EVENTS, "events", 'sentence 3 of the article is only partly covered by passages (got "on a")'),
    Broken("words lie in no passage in two places", event("truce-broken", passages=[{"exact": "Southland says the truce"},
           {"exact": "on Wednesday."}]), EVENTS, "events", 'sentence 2 of the article is only partly covered by passages (got "was broken … its leader said")'),
    Broken("a passage ends within a word", event("clashes-go-on", passages=[{"exact": "Clashes went on in North"}],
           places=[{"id": "northland", "role": "subject", "words": "North"}]), EVENTS, "events", 'only partly covered by passages (got "Northland")'),
    Broken("a sentence has no event", lambda d: d.events.pop(3), EVENTS, "events", "sentence 3 of the article is not covered by any event"),
    Broken("words are in no passage", lambda d: put(d.event("quiet-zone")["places"][0], words="Northland"), EVENTS,
           "quiet-zone.places[0].words", "not in any of the event's passages"),
    Broken("words of time are in no passage", when("2018", "2018?"), EVENTS, "quiet-zone.when.text", "not in any of the event's"),
    Broken("a link says nothing", lambda d: drop(d.event("war-threatened")["places"][0], "note"), EVENTS,
           "war-threatened.places[0]", "is not explained"),
    Broken("a place is linked twice", lambda d: d.event("quiet-zone")["places"].append(d.event("quiet-zone")["places"][0]), EVENTS,
           "quiet-zone.places", "listed twice"),
    Broken("a claim has no speaker", event("truce-broken", said_by="article"), EVENTS, "truce-broken.said_by", "need a speaker"),
    Broken("an actor reports", event("quiet-zone", said_by="south", actors=["south"]), EVENTS, "quiet-zone.said_by",
           "reported statements are made by the article itself (got south); write article"),
    Broken("an actor assesses", event("zone-guarded", modality="assessed", said_by="south", actors=["south"]), EVENTS,
           "zone-guarded.said_by", "assessed statements are made by the article itself"),
    Broken("a speaker has no part", event("truce-broken", actors=["leader"]), EVENTS, "truce-broken.said_by",
           "the speaker is not among the event's actors (got south); add it to actors"),
    Broken("a threat is reported as done", event("war-threatened", modality="reported"), EVENTS, "war-threatened.modality",
           "a threat cannot be reported"),
    Broken("an outlet is a state", event("truce-broken", via="south"), EVENTS, "truce-broken.via", "not an outlet"),
    # dates
    Broken("a date is impossible", when("2018-09-31"), EVENTS, "quiet-zone.when.edtf", "the date does not exist"),
    Broken("an interval is reversed", when("2018-10/2018-09"), EVENTS, "quiet-zone.when.edtf", "the interval ends before it begins"),
    Broken("a date is prose", when("last autumn"), EVENTS, "quiet-zone.when.edtf", "not a date"),
    Broken("a date is endless", when("2018/" * 4000), EVENTS, "quiet-zone.when.edtf", "the date is too long"),
    Broken("a date is more precise than its words", when("2018-09-17"), EVENTS, "quiet-zone.when.edtf",
           'more precise than its words (got 2018-09-17 from "In September 2018"); write only the month'),
    Broken("a date is of another month", when("2018-08"), EVENTS, "quiet-zone.when.edtf", "not match the month in its words"),
    Broken("a date is of another year", when("2017-09"), EVENTS, "quiet-zone.when.edtf", "not match the year in its words"),
    Broken("a date is of another weekday", lambda d: put(d.event("truce-broken")["said"], edtf="2020-02-18"), EVENTS,
           "truce-broken.said.edtf", "not match the weekday in its words"),
    Broken("an article's date is not in the reading", when("2018-09", basis="article-date"), EVENTS, "quiet-zone.when.edtf",
           "does not include the article's date"),
    Broken("a guess has no note", event("clashes-go-on", note=""), EVENTS, "clashes-go-on.when.edtf",
           'the words give no date, and no note explains the interpretation (got 2020-02~/2020-02-19 from "went on")'),
    Broken("a guess of when it was said has no note", lambda d: put(d.event("truce-broken"), said={"edtf": "2020-02?", "text": "says"}),
           EVENTS, "truce-broken.said.edtf", "the words give no date, and no note"),
    Broken("what happened is later than its article", when("2021", "2018"), EVENTS, "quiet-zone.when.edtf", "later than the article"),
    Broken("a place's time is reversed", properties("rivertown", valid="2020/2018"), geo("towns"), "rivertown.valid", "ends before"),
    Broken("a place's time is a day", properties("rivertown", valid="2020"), geo("towns"), "rivertown.valid", "not an interval"),
    Broken("statuses are out of order", lambda d: d.place("post-one")["properties"]["statuses"].reverse(), geo("posts"),
           "post-one.statuses[1].when", "not in order of their first day"),
    Broken("statuses overlap", lambda d: put(d.place("post-one")["properties"]["statuses"][0], when="2018-01-01/2020-02-12"),
           geo("posts"), "post-one.statuses[1].when", "overlaps the one before it"),
    Broken("two pictures are of one time", properties("held-2020", valid="2019-05-05/2020-02-22"), geo("control"), "held-2020.valid",
           "the snapshot covers the same days as held-2018 (got 2019-05-05/2020-02-22 and 2018-09-17/2019-05-05)"),
    Broken("a status outlives its place", properties("post-one", valid="2018-01-01/2019"), geo("posts"),
           "post-one.statuses[1].when", "begins after the end of the place's validity"),
    # ids
    Broken("an event's id is used twice", lambda d: d.events.append(d.events[0]), EVENTS, "clashes-go-on", "used twice"),
    Broken("an event has a place's id", event("quiet-zone", id="rivertown"), EVENTS, "rivertown", "also in data/geo/towns"),
    Broken("a place's id is used twice", lambda d: d.layers["towns"].append(d.layers["towns"][0]), geo("towns"), "rivertown", "used twice"),
    Broken("a source's id is used twice", lambda d: d.sources.append(d.sources[0]), SOURCES, "paper", "used twice"),
    Broken("an event names no place", lambda d: put(d.event("quiet-zone")["places"][0], id="x"), EVENTS, "quiet-zone.places",
           'there is no such place (got "x")'),
    Broken("an event names no actor", event("quiet-zone", actors=["x"]), EVENTS, "quiet-zone.actors", "no such actor"),
    Broken("a speaker is nobody", event("truce-broken", said_by="x"), EVENTS, "truce-broken.said_by", "no such actor"),
    Broken("an outlet is nobody", event("truce-broken", via="x"), EVENTS, "truce-broken.via", "no such actor"),
    Broken("an article has no source", lambda d: put(d.head, source="x"), EVENTS, "article.source", "no such source"),
    Broken("a place names no source", properties("rivertown", sources=["x"]), geo("towns"), "rivertown.sources", "no such source"),
    Broken("a status names no source", lambda d: put(d.place("post-one")["properties"]["statuses"][0], sources=["x"]), geo("posts"),
           "post-one.statuses[0].sources", "no such source"),
    Broken("a place is nowhere", properties("rivertown", within=["x"]), geo("towns"), "rivertown.within", "no such place"),
    Broken("a fact names no source", lambda d: put(d.facts[0], sources=["x"]), BACKGROUND, "zone-signed.sources", "no such source"),
    Broken("a fact names no place", lambda d: put(d.facts[0], places=["x"]), BACKGROUND, "zone-signed.places", "no such place"),
    Broken("a fact explains nothing", lambda d: put(d.facts[0], explains=["x"]), BACKGROUND, "zone-signed.explains", "no such event"),
    Broken("a fact differs from nothing", lambda d: put(d.facts[1], differs=["x"]), BACKGROUND, "truce-later.differs", "no such event"),
    Broken("an actor is of nobody", lambda d: put(d.actors[1], of="x"), ACTORS, "leader.of", "no such actor"),
    Broken("an actor is of itself", lambda d: put(d.actors[0], of="leader"), ACTORS, "leader.of", "circular reference"),
    Broken("an id is named twice", properties("rivertown", sources=["map", "map"]), geo("towns"), "rivertown.sources", "listed twice"),
    # geometry
    Broken("the CRS is another", lambda d: put(d.members, towns={"crs": {"type": "name", "properties": {"name": "EPSG:32637"}}}),
           geo("towns"), "crs", "not in WGS 84"),
    Broken("the CRS is nonsense", lambda d: put(d.members, towns={"crs": 3}), geo("towns"), "crs", "not in WGS 84"),
    Broken("coordinates are metres", shape("rivertown", point(340_000, 3_940_000)), geo("towns"), "rivertown.geometry", "look like metres"),
    Broken("a latitude is out of range", shape("rivertown", point(100, 95)), geo("towns"), "rivertown.geometry", "out of range"),
    Broken("lat and lon are swapped beyond the pole", shape("rivertown", point(35, 137)), geo("towns"), "rivertown.geometry", "look swapped"),
    Broken("a post is swapped", swapped("post-one"), geo("posts"), "post-one.geometry", "look swapped"),
    Broken("a town is swapped", swapped("rivertown"), geo("towns"), "rivertown.geometry", "look swapped"),
    Broken("a zone is swapped", swapped("zone-idlib"), geo("zones"), "zone-idlib.geometry", "look swapped"),
    Broken("an area of control is swapped", lambda d: (properties("held-2020", within=["syria"])(d), swapped("held-2020")(d)), geo("control"), "held-2020.geometry", "look swapped"),
    Broken("a coordinate is not finite", instead(geo("roads"), b'{"features": [NaN]}'), geo("roads"), "", "not finite (got NaN)"),
    Broken("a coordinate is huge", shape("rivertown", point(10**400, 1)), geo("towns"), "rivertown.geometry", "not finite"),
    Broken("a coordinate is a text", shape("rivertown", {"type": "Point", "coordinates": ["37", "35"]}), geo("towns"),
           "rivertown.geometry", "not a pair of numbers"),
    Broken("a position has a height", shape("rivertown", {"type": "Point", "coordinates": [37, 35, 200]}), geo("towns"),
           "rivertown.geometry", "not two-dimensional"),
    Broken("there is no geometry", shape("rivertown", None), geo("towns"), "rivertown.geometry", "has no geometry"),
    Broken("a geometry is empty", shape("zone-idlib", {"type": "Polygon", "coordinates": []}), geo("zones"), "zone-idlib.geometry", "empty"),
    Broken("a geometry is of no type", shape("zone-idlib", {"type": "Circle"}), geo("zones"), "zone-idlib.geometry", "unknown geometry type"),
    Broken("brackets are missing", shape("zone-idlib", {"type": "Polygon", "coordinates": [[37, 35], [38, 35]]}), geo("zones"),
           "zone-idlib.geometry", "not nested as the geometry type requires"),
    Broken("a point stands for an area", shape("zone-idlib", point(37.5, 35.5)), geo("zones"), "zone-idlib.geometry",
           "a Point cannot represent an area"),
    Broken("a line stands for an area", shape("held-2020", line([37, 35], [38, 35])), geo("control"), "held-2020.geometry",
           "a LineString cannot represent an area"),
    Broken("an area stands for a post", shape("post-one", box(37, 35, 38, 36)), geo("posts"), "post-one.geometry", "cannot represent"),
    Broken("an outline crosses itself", shape("zone-idlib", polygon([37, 35.2], [38, 36], [38, 35.2], [37, 36], [37, 35.2])),
           geo("zones"), "zone-idlib.geometry", "crosses itself (got Self-intersection at 37.5 35.6)"),
    Broken("a hole lies outside", shape("zone-idlib", holed(box(37, 35.2, 38, 36)["coordinates"][0],
           [[39, 35], [39, 36], [39.5, 36], [39, 35]])), geo("zones"), "zone-idlib.geometry", "not valid (got Hole lies outside"),
    Broken("a ring is not closed", shape("zone-idlib", polygon([37, 35.2], [38, 35.2], [38, 36], [37, 36])), geo("zones"),
           "zone-idlib.geometry", "a ring is not closed"),
    Broken("a ring is too short", shape("zone-idlib", polygon([37, 35.2], [38, 35.2], [37, 35.2])), geo("zones"),
           "zone-idlib.geometry", "fewer than four"),
    Broken("a line has one position", shape("road-one", line([36, 35])), geo("roads"), "road-one.geometry", "fewer than two"),
    Broken("a ring crosses the antimeridian", shape("faraway", point(33, 37)) and (lambda d: (d.place("land").update(
           geometry=polygon([177, -19], [-179, -19], [-179, -16], [177, -16], [177, -19])))), geo("land"), "land.geometry",
           "crosses the antimeridian (got 177 to -179 near latitude -19); split it"),
    Broken("a line crosses the antimeridian", shape("road-one", line([179, 10], [-179.5, 11])), geo("roads"), "road-one.geometry",
           "crosses the antimeridian"),
    Broken("a line counts degrees beyond the antimeridian", shape("road-one", line([178, 10], [182, 11])), geo("roads"),
           "road-one.geometry", "crosses the antimeridian"),
    Broken("the name of the CRS is a list", lambda d: put(d.members, towns={"crs": {"properties": {"name": ["EPSG:4326"]}}}),
           geo("towns"), "crs", "not in WGS 84"),
    # figures
    Broken("an area is not as stated", properties("zone-idlib", area_km2=8500), geo("zones"), "zone-idlib.area_km2",
           "the value differs from the geometry (got 8500, measured 8043.2 km2); correct one of them"),
    Broken("a length is not as stated", properties("road-one", length_km=200), geo("roads"), "road-one.length_km",
           "the value differs from the geometry (got 200, measured 239.7 km)"),
    Broken("an area is a text", properties("zone-idlib", area_km2="8072"), geo("zones"), "zone-idlib.area_km2", "not a number"),
    Broken("a tolerance is huge", properties("rivertown", tolerance_km=10**400), geo("towns"), "rivertown.tolerance_km", "0 to 1000"),
    Broken("a figure is huge", properties("zone-idlib", area_km2=10**400), geo("zones"), "zone-idlib.area_km2", "nor a number"),
    # the ground
    Broken("a town lies outside its governorate", properties("rivertown", within=["southland"]), geo("towns"), "rivertown.within",
           "does not lie in southland (got 11.1 km away, tolerance 4 km)"),
    Broken("a place lies in a point", properties("rivertown", within=["post-one"]), geo("towns"), "rivertown.within", "refers to a point or line"),
    Broken("areas lie in each other", properties("syria", within=["northland"]), geo("countries"), "syria.within", "circular reference"),
    Broken("a post stands outside its zone", shape("post-one", point(38.5, 35.6)), geo("posts"), "post-one.within",
           "does not lie in zone-idlib (got 45"),
    Broken("a zone lies abroad", shape("zone-idlib", box(41, 34, 42, 35)), geo("zones"), "zone-idlib.within", "does not lie in syria"),
    Broken("a town stands in the sea", lambda d: (shape("faraway", point(29, 37))(d), properties("faraway", within=[])(d)),
           geo("towns"), "faraway.geometry", "not on land"),
    Broken("governorates overlap", shape("southland", box(36, 34, 40, 35.52)), geo("governorates"), "northland.geometry",
           "the area overlaps southland"),
    Broken("governorates leave a gap", shape("southland", box(36, 34, 40, 35.48)), geo("countries"), "syria.geometry", "leave a gap"),
    Broken("governorates extend beyond their country", shape("southland", box(36, 33.98, 40, 35.5)), geo("countries"), "syria.geometry", "extend beyond the country"),
]  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN, ids=[broken.title for broken in BROKEN])
def test_broken_data_is_reported_with_file_path_and_reason(
    broken: Broken, tiny: Tiny, tmp_path: Path
) -> None:
    broken.change(tiny)
    faults = check(tiny.write(tmp_path))
    told = [str(fault) for fault in faults]
    assert any(
        (fault.file, fault.where) == (broken.file, broken.item) and broken.words in str(fault)
        for fault in faults
    ), told
    assert all(line.isprintable() and len(line) < 1200 for line in told), told


def test_the_small_folder_itself_has_no_issues(tiny: Tiny, tmp_path: Path) -> None:
    assert check(tiny.write(tmp_path)) == []


def test_one_mistake_is_one_fault(tiny: Tiny, tmp_path: Path) -> None:
    event("quiet-zone", places=tiny.event("quiet-zone")["places"] * 2)(tiny)
    event("truce-broken", said_by="x")(tiny)
    assert [fault.what for fault in check(tiny.write(tmp_path))] == [
        "the id is listed twice",
        "the id is listed twice",
        "there is no such actor",
    ]


def test_areas_and_lengths_within_5_percent_of_the_geometry_pass(tiny: Tiny, tmp_path: Path) -> None:
    properties("zone-idlib", area_km2=8300, depth_km=3)(tiny)
    properties("road-one", length_km=230.5)(tiny)
    properties("rivertown", area_km2=12)(tiny)  # a point has no area to hold it against
    tiny.place("zone-idlib")["geometry"]["coordinates"].append(
        [[37.4, 35.5], [37.4, 35.52], [37.42, 35.52], [37.42, 35.5], [37.4, 35.5]]
    )
    assert check(tiny.write(tmp_path)) == []


@pytest.mark.parametrize(
    ("valid", "kind"),
    [
        ("2019-05-06/2020-02-22", "area"),
        ("2019-05~/2020", "area"),
        ("2018/2020?", "area"),
        ("2018/2020", "town"),
    ],
)
def test_snapshots_that_may_not_overlap_pass(valid: str, kind: str, tiny: Tiny, tmp_path: Path) -> None:
    properties("held-2020", valid=valid, kind=kind)(tiny)
    assert check(tiny.write(tmp_path)) == []


def test_a_snapshot_is_compared_with_the_one_that_lasts_longest(tiny: Tiny, tmp_path: Path) -> None:
    properties("held-2018", valid="../..")(tiny)
    tiny.layers["control"].append(feature("held-2019", box(37, 35.4, 37.8, 36), valid="2019/2019-12-31"))
    told = [(fault.where, fault.what) for fault in check(tiny.write(tmp_path))]
    assert told == [
        ("held-2019.valid", "the snapshot covers the same days as held-2018"),
        ("held-2020.valid", "the snapshot covers the same days as held-2018"),
    ]


def test_all_faults_are_listed_at_once(tiny: Tiny, tmp_path: Path) -> None:
    tiny.instead |= {"data/geo/roads.geojson": b"{", ACTORS: b"- id: [", "data/geo/x.geojson": b"{}"}
    tiny.event("quiet-zone")["when"]["edtf"] = "2018-09-17"
    tiny.event("truce-broken")["kind"] = "rumour"
    tiny.sources[1]["licence"] = ""
    tiny.facts[0]["places"] = ["nowhere"]
    properties("rivertown", within=["southland"])(tiny)
    told = "\n".join(map(str, check(tiny.write(tmp_path))))
    for part in (
        "roads.geojson: the file is not JSON",
        "actors.yaml: the file is not YAML",
        "x.geojson: unknown layer",
        "quiet-zone.when.edtf: the date is more precise",
        "truce-broken.kind",
        "map.licence",
        "rivertown.within: the place does not lie in southland",
    ):
        assert part in told


@pytest.mark.parametrize("code", ["&amp;", "<b", "${5}", "{{7*7}}", "</script>", "javascript:alert(1)"])
def test_an_article_and_words_copied_from_it_may_contain_code(code: str, tiny: Tiny, tmp_path: Path) -> None:
    tiny.article += f" On {code} both agreed.".encode()
    exact = {"exact": f"On {code} both agreed.", "prefix": "wide. "}
    passages = [{"exact": "The zone is guarded, and the zone is wide."}, exact]
    event("zone-guarded", passages=passages)(tiny)
    put(tiny.event("zone-guarded")["places"][0], words=f"On {code}")
    assert list(map(str, check(tiny.write(tmp_path)))) == []


def test_a_folder_about_another_country_is_checked_in_the_same_way(tiny: Tiny, tmp_path: Path) -> None:
    """Lima lies twelve degrees south: in the zone of Syria's grid its distances came out twice too long."""
    tiny.layers["governorates"].append(feature("lima-region", box(-77.2, -12.3, -76.5, -11.5)))
    tiny.layers["towns"].append(feature("lima", point(-77.26, -12.0), within=["lima-region"], kind="town"))
    tiny.layers["land"][0]["geometry"] = box(-78, -30, 45, 40)
    assert [f"{fault.where} {fault.got}" for fault in check(tiny.write(tmp_path))] == [
        "lima.within 6.5 km away, tolerance 4 km"
    ]


@pytest.mark.parametrize(
    ("layer", "geometry"),
    [
        ("roads", line([29, 41], [28.5, 41.2])),
        ("zones", box(28.6, 40.7, 29.4, 41.3)),
        ("governorates", box(35.9, 35.9, 35.99, 36.9)),
        ("posts", point(29, 41)),
    ],
)
def test_places_elsewhere_in_the_world_do_not_look_swapped(
    layer: str, geometry: dict[str, Any], tiny: Tiny, tmp_path: Path
) -> None:
    tiny.layers["land"][0]["geometry"] = box(20, 30, 45, 45)
    tiny.layers[layer].append(feature("elsewhere", geometry))
    assert list(map(str, check(tiny.write(tmp_path)))) == []


@pytest.mark.parametrize("loader", ["SafeLoader", "CSafeLoader"])
@pytest.mark.parametrize("text", [b"[" * 200_000, b"{a: " * 50_000, b"- " * 50_000, b"? " * 5_000])
def test_deep_nesting_gives_the_same_message_with_either_yaml_parser(
    loader: str, text: bytes, tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SafeLoader", getattr(yaml, loader))
    tiny.instead[ACTORS] = text
    told = [str(fault) for fault in check(tiny.write(tmp_path)) if fault.file == ACTORS]
    fix = "flatten it to the structure described in data/README.md"
    assert told == [f"{ACTORS}: the file is nested too deeply (got line 1); {fix}"]


@pytest.mark.parametrize(
    ("item", "more"), [(b"- \n", 890), (b"- {id: south, kind: state}\n", 890), (b"-\n  x: 1\n", 890)]
)
def test_of_a_huge_list_the_first_faults_of_a_kind_and_their_number_are_listed(
    item: bytes, more: int, tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_ITEMS", 900)
    tiny.instead[ACTORS] = item * 2_000
    told = [fault for fault in check(tiny.write(tmp_path)) if fault.file == ACTORS]
    assert len(told) < 40
    assert any("only the first 900 items are checked (got 2000 items)" in str(fault) for fault in told)
    assert any(fault.more >= more - 20 for fault in told)
    assert sum(fault.more or 1 for fault in told) >= 900


def test_a_huge_number_of_features_is_reported_in_the_same_way(tiny: Tiny, tmp_path: Path) -> None:
    tiny.layers["roads"] = [{} for _ in range(30_000)]
    told = [str(fault) for fault in check(tiny.write(tmp_path)) if fault.file == geo("roads")]
    assert len(told) == 12
    assert f"{geo('roads')}: not a feature: and 9990 more of this kind" in told


def test_an_entry_with_too_many_values_is_one_fault(tiny: Tiny, tmp_path: Path) -> None:
    tiny.event("quiet-zone")["passages"] = [None] * 10_000
    tiny.place("zone-idlib")["properties"]["statuses"] = [{}] * 10_000
    told = [str(fault) for fault in check(tiny.write(tmp_path)) if "too many values" in fault.what]
    assert len(told) == 2


def test_a_swapped_area_is_blamed_and_not_the_places_in_it(tiny: Tiny, tmp_path: Path) -> None:
    swapped("southland")(tiny)
    tiny.place("rivertown")["properties"]["within"] = ["southland"]
    tiny.place("rivertown")["geometry"] = point(37.2, 34.6)
    told = [fault.where for fault in check(tiny.write(tmp_path)) if "swapped" in fault.what]
    assert told == ["southland.geometry"]


def test_a_swapped_layer_is_blamed_and_not_the_country(tiny: Tiny, tmp_path: Path) -> None:
    for name in ("zone-idlib", "northland", "southland"):
        swapped(name)(tiny)
    told = [fault.where for fault in check(tiny.write(tmp_path)) if "swapped" in fault.what]
    assert "syria.geometry" not in told
    assert {"northland.geometry", "southland.geometry"} <= set(told)


def test_a_ring_may_have_either_orientation(tiny: Tiny, tmp_path: Path) -> None:
    tiny.place("zone-idlib")["geometry"]["coordinates"][0].reverse()
    zone = load(tiny.write(tmp_path)).place["zone-idlib"].geometry
    assert isinstance(zone, Polygon)
    assert zone.exterior.is_ccw


def test_loading_raises_the_same_faults_as_checking(tiny: Tiny, tmp_path: Path) -> None:
    tiny.sources[1]["licence"] = ""
    tiny.actors[0]["kind"] = "planet"
    with pytest.raises(DataError) as raised:
        load(tiny.write(tmp_path))
    assert [fault.where for fault in raised.value.faults] == ["south.kind", "map.licence"]
    assert list(raised.value.faults) == check(tmp_path)


def test_a_reference_to_an_invalid_entry_is_not_a_second_fault(tiny: Tiny, tmp_path: Path) -> None:
    tiny.actors[0]["kind"] = "planet"
    tiny.place("rivertown")["geometry"] = None
    assert [fault.where for fault in check(tiny.write(tmp_path))] == ["south.kind", "rivertown.geometry"]


def test_a_huge_file_is_refused_without_reading_it(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BIGGEST", 5_000)
    tiny.instead[ACTORS] = b"# " + b"x" * 6_000
    told = list(map(str, check(tiny.write(tmp_path))))
    assert any(f"{ACTORS}: the file is too big (got 0.0 MB)" in line for line in told)


def test_a_layer_with_too_many_positions_is_refused(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geojson, "MOST_POSITIONS", 3)
    monkeypatch.setattr("mapapp.data.places.MOST_POSITIONS", 3)
    told = list(map(str, check(tiny.write(tmp_path))))
    assert any("zones.geojson: the layer has too many positions (got 5)" in line for line in told)


def test_a_link_out_of_the_folder_is_not_followed(tiny: Tiny, tmp_path: Path) -> None:
    root = tiny.write(tmp_path / "data-folder")
    secret = tmp_path / "secret.yaml"
    secret.write_bytes((root / ACTORS).read_bytes())
    (root / ACTORS).unlink()
    (root / ACTORS).symlink_to(secret)
    assert [str(fault) for fault in check(root)] == [
        f"{ACTORS}: the file is outside the data folder; replace the link with the file itself"
    ]


def test_a_folder_in_place_of_a_file_is_reported(tiny: Tiny, tmp_path: Path) -> None:
    root = tiny.write(tmp_path)
    (root / ACTORS).unlink()
    (root / ACTORS).mkdir()
    assert [fault.what for fault in check(root)] == ["the path is not a file"]


def test_an_empty_folder_lists_everything_that_is_missing(tmp_path: Path) -> None:
    told = [(fault.file, fault.what) for fault in check(tmp_path)]
    assert [file for file, _ in told] == [ACTORS, BACKGROUND, "data/events", "data/geo", SOURCES]


def test_a_smaller_folder_can_pass(tiny: Tiny, tmp_path: Path) -> None:
    for layer in ("land", "control", "roads"):
        del tiny.layers[layer]
    tiny.facts.clear()
    assert check(tiny.write(tmp_path)) == []


@pytest.mark.parametrize(
    "text",
    ["a < b and b > c", "R&D; M&S", "50 % {of} it", "إدلب", "naïve – “quoted”", "two\nlines", "AT&T", "x <3"],
)
def test_plain_text_is_not_mistaken_for_markup(text: str, tiny: Tiny, tmp_path: Path) -> None:
    tiny.event("quiet-zone")["note"] = text
    assert check(tiny.write(tmp_path)) == []


@pytest.mark.parametrize("name", [name for name in written.ARTICLE.split("\n") if name.endswith("Northland")])
def test_a_heading_needs_no_event(name: str, tiny: Tiny, tmp_path: Path) -> None:
    assert name == "Talks on Northland"
    assert check(tiny.write(tmp_path)) == []

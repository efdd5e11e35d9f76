"""Reading the profile, data/map.yaml: each kind of fault is named, and the rest of the folder is checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tiny import PROFILE, Tiny

from mapapp.core.profile import Style
from mapapp.data.checks.article import check
from mapapp.data.load import load
from mapapp.data.profile_checks import RESERVED_LAYERS
from mapapp.errors import Issue

Profile = dict[str, Any]


class Broken(NamedTuple):
    """One way to break a profile, where that is reported and in which words."""

    title: str
    change: Callable[[Profile], object]
    where: str
    words: str


def layer(profile: Profile, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(entry for entry in profile["layers"] if entry["id"] == name)
    return found


def put(**values: Any) -> Callable[[Profile], None]:
    return lambda profile: profile.update(values)


def on_layer(name: str, **values: Any) -> Callable[[Profile], None]:
    return lambda profile: layer(profile, name).update(values)


def on_tiny_layer(name: str, **values: Any) -> Callable[[Tiny], None]:
    return lambda data: layer(data.profile or {}, name).update(values)


def on(section: str, key: str, **values: Any) -> Callable[[Profile], None]:
    return lambda profile: profile[section][key].update(values)


def on_changes(**values: Any) -> Callable[[Profile], None]:
    return lambda profile: layer(profile, "advance")["changes"].update(values)


BROKEN = [
    # keys
    Broken("a key is misspelt", put(lede={"en": "x"}), "lede", "unknown key (got a mapping); did you mean lead?"),
    Broken("a key is unheard of", put(projection="x"), "projection", 'unknown key (got "x"); remove it'),
    Broken("a layer's key is misspelt", on_layer("towns", shapes="point"), "layers.towns.shapes", "did you mean shape?"),
    Broken("a style's key is misspelt", on_layer("towns", style={"colour": "ink"}), "layers.towns.style.colour", "unknown key"),
    Broken("a kind's key is misspelt", on("event_kinds", "talks", symbols="x"), "event_kinds.talks.symbols", "did you mean symbol?"),
    Broken("there is no title", lambda p: p.pop("title"), "title", "the key is missing"),
    Broken("there are no layers", lambda p: p.pop("layers"), "layers", "the profile lists no layers"),
    Broken("layers are a mapping", put(layers={"a": 1}), "layers", "the profile lists no layers (got a mapping)"),
    Broken("a layer is a text", lambda p: p["layers"].append("roads"), "layers[15]", "expected a mapping of keys to values"),
    Broken("kinds are a list", put(place_kinds=["town"]), "place_kinds", "expected a mapping of keys to values"),
    Broken("statuses are a text", put(statuses="open"), "statuses", "expected a mapping of keys to values"),
    # values
    Broken("a title has no language", put(title="A map"), "title", "the text has no language"),
    Broken("a title is in another language", put(title={"ar": "x"}), "title", "not in the map's first language (got ar); add it in en"),
    Broken("a lead is in another language", put(lead={"tr": "x"}), "lead", "not in the map's first language"),
    Broken("a language is none", put(languages=["en", "arabic language"]), "languages[1]", "not a language tag"),
    Broken("languages are a text", put(languages="en"), "languages", "not a list"),
    Broken("there is no language", put(languages=[]), "languages", "the list is empty"),
    Broken("a colour is unknown", on_layer("towns", style={"edge": "pink"}), "layers.towns.style.edge", "use 'violet', 'ochre'"),
    Broken("a fill is unknown", on_layer("towns", style={"fill": "pink"}), "layers.towns.style.fill", "'none'"),
    Broken("a shape is unknown", on_layer("towns", shape="dot"), "layers.towns.shape[0]", "use 'area', 'line' or 'point'"),
    Broken("a symbol is unknown", on("place_kinds", "town", symbol="heart"), "place_kinds.town.symbol", "use 'triangle'"),
    Broken("an event's symbol is unknown", on("event_kinds", "talks", symbol="heart"), "event_kinds.talks.symbol", "use 'handshake'"),
    Broken("a role is unknown", on_layer("towns", role="sea"), "layers.towns.role", "use 'land', 'country', 'province' or 'settlement'"),
    Broken("a width is negative", on_layer("towns", style={"width": -1}), "layers.towns.style.width", "from 0 to 40"),
    Broken("a width is a text", on_layer("towns", style={"width": "2"}), "layers.towns.style.width", "not a number of pixels"),
    Broken("an opacity is huge", on_layer("towns", style={"opacity": 10**400}), "layers.towns.style.opacity", "from 0 to 1"),
    Broken("a zoom level is too much", on_layer("towns", names={"zoom": [3, 99]}), "layers.towns.names.zoom[1]", "from 0 to 24"),
    Broken("zoom levels are reversed", on_layer("towns", names={"zoom": [12, 3]}), "layers.towns.names.zoom", "the first zoom level is after the last"),
    Broken("a kind's zoom levels are reversed", on("place_kinds", "town", name={"rank": 1, "zoom": [12, 3]}), "place_kinds.town.name.zoom",
           "the first zoom level is after the last"),
    Broken("names are a wrong word", on_layer("towns", names="no"), "layers.towns.names", "use 'none'"),
    Broken("a kind's name is a wrong word", on("place_kinds", "town", name="no"), "place_kinds.town.name", "use 'none'"),
    Broken("a flag is a word", on_layer("towns", main="maybe"), "layers.towns.main", "neither true nor false"),
    Broken("a tag is none", put(quantities={"dead": {"label": {"en": "Dead"}, "unit": {"en": "people"}, "hxl": "killed"}}),
           "quantities.dead.hxl", "not an HXL tag"),
    Broken("a key of places is none", put(place_facts={"Share Of": {"en": "{n}"}}), "place_facts", "not a valid key"),
    Broken("a key of places is one that all have", put(place_facts={"kind": {"en": "{n}"}}), "place_facts.kind", "the key is reserved"),
    Broken("a key of places is a column of every export", put(place_facts={"name_en": {"en": "{n}"}}), "place_facts.name_en", "the key is reserved"),
    Broken("a value of places is not in its text", put(place_facts={"beds": {"en": "beds"}}), "place_facts.beds.en", "write {n} where it goes"),
    Broken("a kind's id is none", lambda p: p["place_kinds"].update({"Town Hall": {"label": {"en": "x"}}}), "place_kinds", "not a valid id"),
    Broken("a layer's id is none", lambda p: p["layers"].append({**layer(p, "roads"), "id": "../etc"}), "layers.../etc.id", "not a valid id"),
    # text
    Broken("a title holds HTML", put(title={"en": "<b>x</b>"}), "title.en", "contains HTML"),
    Broken("a label holds a template", on_layer("towns", label={"en": "{{ 7*7 }}"}), "layers.towns.label.en", "template code"),
    Broken("a label turns the direction", on("place_kinds", "town", label={"en": "a\u202eb"}), "place_kinds.town.label.en", "writing direction"),
    Broken("a status holds a script address", lambda p: p["statuses"].update(open={"en": "javascript:x"}), "statuses.open.en", "a script URL"),
    Broken("a label is empty", on_layer("towns", label={"en": " "}), "layers.towns.label.en", "the text is empty"),
    # what must exist
    Broken("a layer has the kind of no place", on_layer("towns", kinds={"hamlet": {}}), "layers.towns.kinds", 'unknown kind (got "hamlet")'),
    Broken("a layer has an unknown status", on_layer("towns", statuses={"gone": {}}), "layers.towns.statuses", 'unknown status (got "gone")'),
    Broken("a key has an unknown status", on("place_kinds", "town", key_when={"gone": {"en": "x"}}), "place_kinds.town.key_when", "unknown status"),
    Broken("a kind has an unknown modality", on("event_kinds", "talks", modality="sung"), "event_kinds.talks.modality", "unknown modality"),
    Broken("the panel has an unknown layer", put(panel=["towns", "seas"]), "panel", 'unknown layer (got "seas")'),
    Broken("the panel has a layer twice", put(panel=["towns", "zones", "towns"]), "panel", 'the layer is listed more than once (got "towns"); list it once'),
    # placeholders
    Broken("a layer's label has a placeholder", on_layer("towns", label={"en": "Towns {who}"}), "layers.towns.label.en",
           'a placeholder that nothing fills in (got "{who}"); write it without braces'),
    Broken("a headline has a placeholder", on_layer("towns", headline={"en": "x {n}"}), "layers.towns.headline.en", "placeholder"),
    Broken("a place's kind has a placeholder", on("place_kinds", "town", label={"en": "{n}"}), "place_kinds.town.label.en", "placeholder"),
    Broken("a key has a placeholder", on("place_kinds", "town", key_when={"open": {"en": "{}"}}), "place_kinds.town.key_when.open.en", "placeholder"),
    Broken("a statement's kind has a placeholder", on("event_kinds", "talks", label={"en": "{who} talks"}), "event_kinds.talks.label.en", "placeholder"),
    Broken("an actor's kind has a placeholder", on("actor_kinds", "state", label={"en": "{who}"}), "actor_kinds.state.label.en", "placeholder"),
    Broken("a status has a placeholder", lambda p: p["statuses"].update(open={"en": "{n} open"}), "statuses.open.en", "placeholder"),
    Broken("a quantity has a placeholder", put(quantities={"dead": {"label": {"en": "Dead"}, "unit": {"en": "{n} people"}}}), "quantities.dead.unit.en", "placeholder"),
    Broken("a modality has a wrong placeholder", on("modalities", "claimed", label={"en": "{who} in {place}"}), "modalities.claimed.label.en", "use {who}, or no braces"),
    Broken("a lead has a wrong placeholder", put(lead={"en": "{day}"}), "lead.en", "use {date}, or no braces"),
    Broken("a title has a placeholder", put(title={"en": "{date}"}), "title.en", "placeholder"),
    Broken("a value has a wrong placeholder", put(place_facts={"beds": {"en": "{n} {unit}"}}), "place_facts.beds.en", "use {n}, or no braces"),
    Broken("a change has a wrong placeholder", on_changes(names={"en": "{first} {last} {km2}"}), "layers.advance.changes.names.en",
           "use {first}, {last}, {n}, or no braces"),
    Broken("the map opens on no place", put(home="nowhere"), "home", 'there is no such place (got "nowhere")'),
    Broken("the map opens on a line", put(home=[30, 34, 30, 36]), "home", "the box has no size, or is not on the map (got 30, 34, 30, 36)"),
    Broken("the map opens beyond the pole", put(home=[30, 34, 31, 96]), "home", "the box has no size, or is not on the map"),
    Broken("the map opens on three numbers", put(home=[30, 34, 31]), "home[3]", "the key is missing"),
    Broken("the map opens on words", put(home="North Land"), "home", "not a valid id"),
    Broken("a claim has no speaker", on("modalities", "claimed", label={"en": "Claim"}), "modalities.claimed.label.en",
           "the label does not say who speaks"),
    Broken("the article's report has a speaker", on("modalities", "reported", label={"en": "{who}"}), "modalities.reported.label.en",
           "remove {who}, or by: article"),
    Broken("two layers are the ground", on_layer("lakes", role="land"), "layers", "more than one layer has the role land (got lakes, land)"),
    Broken("a layer is listed twice", lambda p: p["layers"].append(layer(p, "towns")), "layers.towns", "listed more than once"),
    # computed layers
    Broken("changes are of no layer", on_changes(of="seas"), "layers.advance.changes.of", "unknown layer"),
    Broken("changes are of no snapshots", on_changes(of="zones"), "layers.advance.changes.of", "the layer has no snapshots to compare"),
    Broken("changes are of no kind", on_changes(kind="sea"), "layers.advance.changes.kind", "unknown kind"),
    Broken("lost land is of no kind", on_changes(lost={"kind": "sea", "note": {"en": "x"}}), "layers.advance.changes.lost.kind", "unknown kind"),
    Broken("changes have no dates", on_changes(names={"en": "{n} km²"}), "layers.advance.changes.names.en", "does not say between which dates"),
]  # fmt: skip


def profile_faults(tiny: Tiny, root: Path) -> list[Issue]:
    return [fault for fault in check(tiny.write(root)) if fault.file == PROFILE]


@pytest.mark.parametrize("broken", BROKEN, ids=[broken.title for broken in BROKEN])
def test_a_broken_profile_is_reported_once_and_nothing_else_is(
    broken: Broken, tiny: Tiny, tmp_path: Path
) -> None:
    assert tiny.profile is not None
    broken.change(tiny.profile)
    faults = check(tiny.write(tmp_path))
    told = [str(fault) for fault in faults]
    assert any((fault.file, fault.where) == (PROFILE, broken.where) for fault in faults), told
    assert any(broken.words in line for line in told), told
    assert {fault.file for fault in faults} == {PROFILE}, told
    assert len(told) <= 3, told


@pytest.mark.parametrize("broken", BROKEN, ids=[broken.title for broken in BROKEN])
def test_a_fault_elsewhere_is_reported_as_well(broken: Broken, tiny: Tiny, tmp_path: Path) -> None:
    tiny.sources[1]["licence"] = ""
    tiny.event("quiet-zone")["when"]["edtf"] = "2018-09-17"
    assert tiny.profile is not None
    broken.change(tiny.profile)
    told = {fault.where for fault in check(tiny.write(tmp_path)) if fault.file != PROFILE}
    assert told == {"map.licence", "quiet-zone.when.edtf"}


def test_all_faults_of_a_profile_are_listed_at_once(tiny: Tiny, tmp_path: Path) -> None:
    assert tiny.profile is not None
    chosen = (
        "a key is misspelt",
        "a colour is unknown",
        "a kind has an unknown modality",
        "a claim has no speaker",
    )
    for broken in BROKEN:
        if broken.title in chosen:
            broken.change(tiny.profile)
    assert [fault.where for fault in profile_faults(tiny, tmp_path)] == [
        "event_kinds.talks.modality",
        "layers.towns.style.edge",
        "lede",
        "modalities.claimed.label.en",
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"- a", "expected a mapping of keys to values"),
        (b"title", "expected a mapping"),
        (b"", "the file is empty"),
        (b"# later", "the file contains nothing"),
        (b"title: [", "the file is not YAML"),
        (b"a: &a [x]\nb: *a", "anchors and aliases are not supported"),
        (b"[" * 100_000, "nested too deeply"),
        (b"a: !!python/name:os.system x", "YAML tags are not supported"),
        (b"title: {en: x}\ntitle: {en: y}", "written twice"),
    ],
)
def test_a_file_that_holds_no_profile_is_one_fault(
    content: bytes, words: str, tiny: Tiny, tmp_path: Path
) -> None:
    tiny.instead[PROFILE] = content
    (fault,) = check(tiny.write(tmp_path))
    assert fault.file == PROFILE
    assert words in str(fault)


NOT_READ: list[tuple[str, Callable[[Tiny], object]]] = [
    ("is not YAML", lambda d: d.instead.update({PROFILE: b"title: {en: ["})),
    ("is empty", lambda d: d.instead.update({PROFILE: b""})),
    ("is a list", lambda d: d.instead.update({PROFILE: b"- a"})),
    ("has no layers", lambda d: d.profile.pop("layers")),
    ("has a language that is none", lambda d: d.profile["languages"].append("pt_BR")),
    ("has its languages under another key", lambda d: d.profile.update(langauges=d.profile.pop("languages"))),
    ("has its place facts under another key", lambda d: d.profile.update(placefacts=d.profile.pop("place_facts"))),
    ("has its actor kinds under another key", lambda d: d.profile.update(actors_kinds=d.profile.pop("actor_kinds"))),
    ("has a layer with a misspelt id", lambda d: layer(d.profile, "zones").update(idd=layer(d.profile, "zones").pop("id"))),
    ("has a layer with a role that is none", on_tiny_layer("land", role="earth")),
    ("has changes that are none", on_tiny_layer("advance", changes={"of": "control"})),
    ("has a kind with a misspelt key", lambda d: d.profile["event_kinds"]["vow"].update(futur=d.profile["event_kinds"]["vow"].pop("future"))),
    ("has an outlet that is none", lambda d: d.profile["actor_kinds"]["outlet"].update(outlet="perhaps")),
]  # fmt: skip


@pytest.mark.parametrize("change", [change for _, change in NOT_READ], ids=[title for title, _ in NOT_READ])
def test_what_the_profile_might_have_said_is_no_fault_elsewhere(
    change: Callable[[Tiny], object], tiny: Tiny, tmp_path: Path
) -> None:
    assert tiny.profile is not None
    tiny.profile["place_facts"] = {"beds": {"en": "{n} beds"}}
    tiny.place("rivertown")["properties"]["beds"] = 12
    tiny.profile["event_kinds"]["vow"] = {"label": {"en": "Vow"}, "future": True}
    tiny.profile["modalities"]["vowed"] = {"label": {"en": "{who} vows"}}
    tiny.event("soldiers-leave").update(
        kind="vow", modality="vowed", when={"edtf": "2020-02-29", "text": "by the end of February"}, note="x"
    )
    tiny.event("war-threatened").update(modality="vowed", kind="vow")
    tiny.event("truce-broken")["places"].append(
        {"id": "to-government-2018-09-17-to-2020-02-17", "role": "about", "note": "x"}
    )
    for held in ("held-2018", "held-2020"):
        properties = tiny.place(held)["properties"]
        properties |= {"kind": "opposition-held", "as_of": properties["valid"].partition("/")[0]}
    assert check(tiny.write(tmp_path / "whole")) == []
    change(tiny)
    faults = check(tiny.write(tmp_path / "broken"))
    assert faults
    assert {fault.file for fault in faults} == {PROFILE}, list(map(str, faults))


@pytest.mark.parametrize("name", sorted(RESERVED_LAYERS))
@pytest.mark.parametrize("is_plain", [False, True])
def test_no_layer_has_the_id_of_something_else(name: str, is_plain: bool, tiny: Tiny, tmp_path: Path) -> None:
    tiny.layers[name] = tiny.layers.pop("roads")
    if is_plain:
        tiny.profile = None
    else:
        assert tiny.profile is not None
        layer(tiny.profile, "roads")["id"] = name
        tiny.profile["panel"] = []
    (fault,) = check(tiny.write(tmp_path))
    assert "reserved" in fault.what


def test_a_layer_may_be_called_like_a_property_of_objects(tiny: Tiny, tmp_path: Path) -> None:
    assert tiny.profile is not None
    tiny.layers["constructor"] = tiny.layers.pop("roads")
    layer(tiny.profile, "roads")["id"] = "constructor"
    tiny.profile["panel"] = ["constructor"]
    atlas = load(tiny.write(tmp_path))
    assert atlas.profile.listed[0] == "constructor"


def test_of_many_layers_and_kinds_only_the_first_are_read(tiny: Tiny, tmp_path: Path) -> None:
    assert tiny.profile is not None
    tiny.instead[PROFILE] = (
        b"title: {en: x}\nlayers:\n"
        + b"- {}\n" * 10_100
        + b"place_kinds:\n"
        + b"".join(b"  k%d: {}\n" % number for number in range(10_100))
    )
    told = list(map(str, profile_faults(tiny, tmp_path)))
    assert len(told) < 80
    assert any("only the first 10000 items are checked (got 10100 items)" in line for line in told)


def test_a_vocabulary_may_have_words_that_nothing_uses(tiny: Tiny, tmp_path: Path) -> None:
    assert tiny.profile is not None
    tiny.profile["quantities"] = {"dead": {"label": {"en": "Dead"}, "unit": {"en": "people"}}}
    tiny.profile["place_kinds"]["volcano"] = {"label": {"en": "Volcano"}}
    assert check(tiny.write(tmp_path)) == []


def test_the_smallest_profile_has_a_title_and_layers(tiny: Tiny, tmp_path: Path) -> None:
    style = {"edge": "ink", "width": 1}
    label = {"en": "x"}
    tiny.profile = {
        "title": {"en": "A map"},
        "languages": ["en", "ar", "tr", "ru"],
        "layers": [
            {
                "id": name,
                "group": "article",
                "label": label,
                "shape": ["area", "line", "point"],
                "style": style,
            }
            for name in tiny.layers
        ],
    }
    told = [fault for fault in check(tiny.write(tmp_path)) if not fault.more]
    assert {fault.what for fault in told} == {"not one of the profile's words"}
    assert {fault.fix for fault in told} == {"add it to data/map.yaml"}


@pytest.mark.parametrize(
    ("change", "file", "where", "words"),
    [
        (lambda d: d.layers.update(seas=d.layers["roads"]), "data/geo/seas.geojson", "", "unknown layer"),
        (lambda d: d.layers.update(advance=d.layers["roads"]), "data/geo/advance.geojson", "", "the layer is computed"),
        (lambda d: d.place("road-one").update(geometry={"type": "Point", "coordinates": [37, 35]}),
         "data/geo/roads.geojson", "road-one.geometry", "a Point cannot represent a line"),
        (lambda d: d.place("rivertown")["properties"].update(kind="hamlet"),
         "data/geo/towns.geojson", "rivertown.kind", "not one of the profile's words"),
        (lambda d: d.place("post-one")["properties"]["statuses"][0].update(status="gone"),
         "data/geo/posts.geojson", "post-one.statuses[0].status", "not one of the profile's words"),
        (lambda d: d.event("quiet-zone").update(modality="sung"),
         "data/events/northland-2020-02-19.yaml", "quiet-zone.modality", "use reported, claimed"),
        (lambda d: d.actors[0].update(kind="planet"), "data/actors.yaml", "south.kind", "use state, person"),
        (lambda d: d.actors[0].update(names={"tr": "x"}), "data/actors.yaml", "south.names", "there is no name in en"),
        (lambda d: d.actors[0].update(names={"en": "x", "fr": "y"}), "data/actors.yaml", "south.names",
         "not one of the map's languages (got fr); use en, ar, tr, ru"),
        (lambda d: d.place("rivertown")["properties"].update(names_when=[{"when": "../2019", "names": {"fr": "x"}}]),
         "data/geo/towns.geojson", "rivertown.names_when[0].names", "not one of the map's languages"),
    ],
)  # fmt: skip
def test_data_has_to_agree_with_the_profile(  # noqa: PLR0913, PLR0917 - a table
    change: Callable[[Tiny], object], file: str, where: str, words: str, tiny: Tiny, tmp_path: Path
) -> None:
    change(tiny)
    found = [fault for fault in check(tiny.write(tmp_path)) if (fault.file, fault.where) == (file, where)]
    assert any(words in str(fault) for fault in found), found


def test_the_place_the_map_opens_on_may_be_in_a_file_that_cannot_be_read(tiny: Tiny, tmp_path: Path) -> None:
    tiny.instead["data/geo/zones.geojson"] = b"{"
    assert [fault.file for fault in check(tiny.write(tmp_path / "file"))] == ["data/geo/zones.geojson"]
    del tiny.instead["data/geo/zones.geojson"]
    tiny.place("zone-idlib")["geometry"] = None
    assert [fault.where for fault in check(tiny.write(tmp_path / "place"))] == ["zone-idlib.geometry"]


def test_a_name_needs_only_the_first_language(tiny: Tiny, tmp_path: Path) -> None:
    tiny.actors[0]["names"] = {"ru": "Юг", "en": "South"}
    south = load(tiny.write(tmp_path)).actor["south"].names
    assert list(south.texts) == ["en", "ru"]
    assert (south.text("ru"), south.text("tr"), south.language("tr")) == ("Юг", "South", "en")


def test_a_layer_that_is_not_listed_comes_last_in_the_panel(tiny: Tiny, tmp_path: Path) -> None:
    assert tiny.profile is not None
    tiny.profile["panel"] = ["towns", "zones"]
    listed = load(tiny.write(tmp_path)).profile.listed
    assert listed[:4] == ("towns", "zones", "posts", "relief")
    assert len(listed) == len(tiny.profile["layers"])


def test_a_style_is_that_of_the_status_then_the_kind_then_the_layer(tiny: Tiny, tmp_path: Path) -> None:
    assert tiny.profile is not None
    layer(tiny.profile, "posts").update(
        style={"edge": "ink", "width": 2, "fill": "paper", "dash": [2, 1.5]},
        kinds={"town": {"edge": "blue"}},
        statuses={"left": {"fill": "none", "dash": []}},
    )
    profile = load(tiny.write(tmp_path)).profile
    assert profile.style("posts", "city", None) == Style("ink", 2, "2 1.5", "paper")
    assert profile.style("posts", "town", "open") == Style("blue", 2, "2 1.5", "paper")
    assert profile.style("posts", "town", "left") == Style("ink", 2, None, None)


def test_values_of_the_profiles_own_are_kept_with_places(tiny: Tiny, tmp_path: Path) -> None:
    assert tiny.profile is not None
    tiny.profile["place_facts"] = {"people": {"en": "{n} people"}}
    tiny.place("rivertown")["properties"]["people"] = 1200
    assert dict(load(tiny.write(tmp_path)).place["rivertown"].facts)["people"] == 1200
    tiny.place("rivertown")["properties"]["people"] = ["many"]
    (fault,) = check(tiny.write(tmp_path))
    assert (fault.where, fault.what) == ("rivertown.people", "neither text nor a number")


@pytest.mark.parametrize(
    ("as_of", "what"),
    [("last week", "not a date"), ("2020-02-31", "the date does not exist"), (2020, "not text")],
)
def test_the_day_of_a_snapshot_that_is_none_is_a_fault(
    as_of: object, what: str, tiny: Tiny, tmp_path: Path
) -> None:
    tiny.place("held-2018")["properties"] |= {"kind": "opposition-held", "as_of": as_of}
    tiny.place("held-2020")["properties"] |= {"kind": "opposition-held", "as_of": "2020-02-17"}
    (fault,) = check(tiny.write(tmp_path))
    assert (fault.where, fault.what) == ("held-2018.as_of", what)


def test_a_wrong_word_is_reported_together_with_the_other_faults_of_its_entry(
    tiny: Tiny, tmp_path: Path
) -> None:
    tiny.event("quiet-zone").update(kind="riot", modality="sung", title="")
    tiny.place("rivertown")["properties"] |= {"kind": "hamlet", "tolerance_km": -1}
    tiny.actors[0] |= {"kind": "king", "of": 3}
    issues = [str(issue) for issue in check(tiny.write(tmp_path))]
    for where in ("quiet-zone.kind", "quiet-zone.modality", "rivertown.kind", "south.kind"):
        assert any(f"{where}: not one of the profile's words" in issue for issue in issues), where
    for where in ("quiet-zone.title", "rivertown.tolerance_km", "south.of"):
        assert any(where in issue for issue in issues), where


def test_a_word_that_is_no_word_is_one_fault(tiny: Tiny, tmp_path: Path) -> None:
    tiny.event("quiet-zone")["kind"] = "Riot And More"
    found = [str(issue) for issue in check(tiny.write(tmp_path)) if issue.where == "quiet-zone.kind"]
    assert len(found) == 1

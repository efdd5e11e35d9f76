"""The citation of a view: complete in every style, and safe for any content."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from hostile import hostile_atlas

from mapapp.core.edtf import Window
from mapapp.core.model import Atlas
from mapapp.core.view import View
from mapapp.export.citation import STYLES, Style, cite
from mapapp.text.locales import language

DAY = date(2020, 2, 19)
VIEW = View(Window(DAY, DAY), as_of=DAY)
LINK = "https://example.org/map?first=2020-02-19&last=2020-02-19&selected=zone_x%20y#z"
QUERY = "?first=2020-02-19&last=2020-02-19"
SEEN = date(2026, 11, 23)


PACK = "0123456789abcdef" * 4  # the SHA-256 of a manifest


def cited(  # noqa: PLR0913 - as `cite`
    atlas: Atlas,
    style: Style,
    address: str = LINK,
    view: View = VIEW,
    *,
    pack: str | None = None,
    authors: tuple[str, ...] = (),
) -> str:
    """Cite the article's day."""
    return cite(atlas, view, style, address=address, accessed=SEEN, pack=pack, authors=authors)


def notes(text: str, style: Style) -> str:
    """Return the notes of a citation for a reference manager."""
    if style == "csl-json":
        return str(json.loads(text)[0]["note"])
    start = r"^N1  - (.*)" if style == "ris" else r"^  note = \{(.*)\},$"
    return " ".join(re.findall(start, text.replace("\r", ""), re.MULTILINE))


@pytest.mark.parametrize("style", STYLES)
def test_every_style_gives_title_version_day_and_address(atlas: Atlas, style: Style) -> None:
    text = cited(atlas, style)
    assert "Idlib: what one article says, 19 February 2020, as known that day" in text
    assert atlas.fingerprint[:12] in text
    assert LINK in text
    assert re.search(r"November 23, 2026|2026-11-23|2026/11/23|2026,\s+11,\s+23", text)
    assert text.endswith("\n")


@pytest.mark.parametrize("style", STYLES)
def test_without_a_day_of_access_there_is_none(atlas: Atlas, style: Style) -> None:
    text = cite(atlas, VIEW, style, address=LINK, accessed=None)
    assert LINK in text
    assert not re.search(r"Retrieved|Accessed|urldate|^Y2|accessed", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("style", "told"),
    [
        ("apa", "mapapp. (2026). "),
        ("chicago", ", November 26, 2026. Based on “"),
        ("bibtex", "  year = {2026},\n"),
        ("ris", "PY  - 2026\r\nDA  - 2026/11/26/\r\n"),
        ("csl-json", "2026,\n          11,\n          26\n"),
    ],
)
def test_a_view_is_dated_by_its_data_in_every_style(atlas: Atlas, style: Style, told: str) -> None:
    assert told in cited(atlas, style)
    assert told not in cited(replace(atlas, issued=None), style)


TITLE = "Idlib: what one article says, 19 February 2020, as known that day"
BASED = (
    "Based on “Report on Idlib (headline not recorded)”, Sputnik International (identified by us), "
    "February 19, 2020."
)


@pytest.mark.parametrize(
    ("address", "dated", "apa", "chicago"),
    [
        (
            "https://example.org/map",
            True,
            (
                "mapapp. (2026). {title} (Data version {version}) [Map]. {based} "
                "Retrieved November 23, 2026, from https://example.org/map"
            ),
            (
                "mapapp. “{title}.” Map. Data version {version}, November 26, 2026. {based} "
                "Accessed November 23, 2026. https://example.org/map."
            ),
        ),
        (
            QUERY,
            False,
            (
                "mapapp. (n.d.). {title} (Data version {version}) [Map]. {based} "
                "Retrieved November 23, 2026, from mapapp with this data version, view "
                "?first=2020-02-19&last=2020-02-19"
            ),
            (
                "mapapp. “{title}.” Map. Data version {version}. {based} Accessed November 23, 2026. "
                "View in mapapp with this data version: ?first=2020-02-19&last=2020-02-19."
            ),
        ),
    ],
)
def test_apa_and_chicago_read_as_those_styles_do(
    atlas: Atlas, address: str, dated: bool, apa: str, chicago: str
) -> None:
    shown = atlas if dated else replace(atlas, issued=None)
    version = atlas.fingerprint[:12]
    assert cited(shown, "apa", address) == apa.format(title=TITLE, based=BASED, version=version) + "\n"
    assert (
        cited(shown, "chicago", address) == chicago.format(title=TITLE, based=BASED, version=version) + "\n"
    )


def test_the_title_tells_window_selection_and_what_was_known(atlas: Atlas) -> None:
    view = View(
        Window(date(2018, 9, 1), date(2018, 9, 30)), as_of=None, selected="governorate-aleppo", names="tr"
    )
    title = json.loads(cited(atlas, "csl-json", view=view))[0]["title"]
    assert title == (
        "Idlib: what one article says, 1 September 2018 to 30 September 2018, "
        "including later events; selected: Aleppo"
    )


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("here", ["http://localhost:8501", "http://127.0.0.1:8501/", "http://192.168.0.7/x"])
def test_a_private_address_is_not_cited(atlas: Atlas, style: Style, here: str) -> None:
    assert cited(atlas, style, here + QUERY) == cited(atlas, style, QUERY)


@pytest.mark.parametrize("style", STYLES)
def test_an_address_that_is_not_a_link_is_cited_as_text(atlas: Atlas, style: Style) -> None:
    text = cited(atlas, style, QUERY)
    assert not re.search(r"^UR  -|\burl =|\"URL\"|from \?", text, re.MULTILINE)
    assert QUERY.replace("&", r"\&" if style == "bibtex" else "&") in text


@pytest.mark.parametrize("style", STYLES)
def test_without_an_address_the_evidence_pack_is_named_by_its_hash(atlas: Atlas, style: Style) -> None:
    text = cited(atlas, style, QUERY, pack=PACK)
    assert text.count(PACK) == 1
    assert "evidence pack" in text.lower()
    assert "?first" not in text  # the manifest of the pack has the view


@pytest.mark.parametrize("style", STYLES)
def test_an_address_and_an_evidence_pack_are_both_named(atlas: Atlas, style: Style) -> None:
    text = cited(atlas, style, pack=PACK)
    assert text.count(PACK) == 1
    assert LINK in text
    if style in ("bibtex", "ris", "csl-json"):
        assert PACK in notes(text, style)


@pytest.mark.parametrize(
    ("accessed", "address", "apa", "chicago"),
    [
        (None, QUERY, "", ""),
        (SEEN, QUERY, " Retrieved November 23, 2026.", " Accessed November 23, 2026."),
        (
            SEEN,
            "https://example.org/map",
            " Retrieved November 23, 2026, from https://example.org/map",
            " Accessed November 23, 2026. https://example.org/map.",
        ),
    ],
)
def test_apa_and_chicago_name_an_evidence_pack(
    atlas: Atlas, accessed: date | None, address: str, apa: str, chicago: str
) -> None:
    version, pack = atlas.fingerprint[:12], f"SHA-256 of manifest.json: {PACK}"
    found = {
        style: cite(atlas, VIEW, style, address=address, accessed=accessed, pack=PACK)
        for style in ("apa", "chicago")
    }
    assert found == {
        "apa": (
            f"mapapp. (2026). {TITLE} (Data version {version}; evidence pack, {pack}) [Map]. {BASED}{apa}\n"
        ),
        "chicago": (
            f"mapapp. “{TITLE}.” Map. Data version {version}, November 26, 2026. {BASED} "
            f"Evidence pack, {pack}.{chicago}\n"
        ),
    }


@pytest.mark.parametrize(
    ("authors", "apa", "chicago"),
    [
        (("Desk of Maps",), "Desk of Maps. (2026)", "Desk of Maps. “Idlib"),
        (("Doe, J.",), "Doe, J. (2026)", "Doe, J. “Idlib"),
        (("Doe, J.", "Roe, R."), "Doe, J., & Roe, R. (2026)", "Doe, J., and Roe, R. “Idlib"),
        (("A", "B"), "A & B. (2026)", "A and B. “Idlib"),
        (("A", "B", "C"), "A, B, & C. (2026)", "A, B, and C. “Idlib"),
    ],
)
def test_authors_are_joined_as_the_style_does(
    atlas: Atlas, authors: tuple[str, ...], apa: str, chicago: str
) -> None:
    assert cited(atlas, "apa", authors=authors).startswith(apa)
    assert cited(atlas, "chicago", authors=authors).startswith(chicago)


def test_reference_managers_get_each_author_as_given(atlas: Atlas) -> None:
    authors = ("Centre for Research and Maps", "Jane & Co {x}")
    bibtex, ris, csl = (cited(atlas, style, authors=authors) for style in ("bibtex", "ris", "csl-json"))
    assert r"  author = {{Centre for Research and Maps} and {Jane \& Co \{x\}}}," in bibtex
    assert re.findall(r"^AU  - (.*)\r$", ris, re.MULTILINE) == [*authors]
    assert json.loads(csl)[0]["author"] == [{"literal": author} for author in authors]


@pytest.mark.parametrize("style", STYLES)
def test_the_author_is_mapapp_unless_another_is_named(atlas: Atlas, style: Style) -> None:
    assert cited(atlas, style) == cited(atlas, style, authors=("mapapp",))
    without_key = re.sub(r"mapapp-idlib-[\w-]+", "", cited(atlas, style, authors=("Jane",)))
    assert "mapapp" not in without_key


def test_two_views_have_two_keys(atlas: Atlas) -> None:
    def key(address: str) -> str:
        found = re.match(r"@misc\{([a-z0-9-]+),\n", cited(atlas, "bibtex", address))
        assert found
        return found[1]

    assert key("?first=2018-01-01") != key("?first=2018-01-02")
    assert key(QUERY) == json.loads(cited(atlas, "csl-json", QUERY))[0]["id"]


def test_specials_of_bibtex_are_escaped(atlas: Atlas) -> None:
    event = replace(atlas.events[0], title="50% of {A_B} & C#1 cost $5 ~ x^2 \\input{/etc/passwd}")
    changed = replace(atlas, events=(event, *atlas.events[1:]))
    text = cited(changed, "bibtex", view=replace(VIEW, selected=event.id))
    title = next(line for line in text.splitlines() if line.startswith("  title"))
    assert title.endswith(
        r"50\% of \{A\_B\} \& C\#1 cost \$5 \textasciitilde{} x\textasciicircum{}2 "
        r"\textbackslash{}input\{/etc/passwd\}}},"
    )


def test_braces_of_bibtex_are_balanced_whatever_is_cited(atlas: Atlas) -> None:
    text = cited(hostile_atlas(atlas), "bibtex", "https://example.org/{}\\ x")
    depth = 0
    for letter in re.sub(r"\\[{}]", "", text):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        assert depth >= 0
    assert depth == 0
    assert "https://example.org/%7B%7D%5C%20x" in text


def test_no_line_of_ris_can_be_smuggled_in(atlas: Atlas) -> None:
    event = replace(atlas.events[0], title="x\r\nER  - \nTY  - BOOK\u2028AU  - Nobody")
    changed = replace(atlas, events=(event, *atlas.events[1:]))
    author = "y\r\nER  - \x85AU  - Nobody"
    text = cited(changed, "ris", view=replace(VIEW, selected=event.id), authors=(author,))
    lines = text.split("\r\n")
    assert [line[:2] for line in lines] == [
        *("TY", "ID", "AU", "TI", "PY", "DA", "ET", "Y2", "UR", "N1", "LA", "ER", ""),
    ]
    assert all(line.isprintable() and line[2:6] == "  - " for line in lines[:-1])


def test_csl_json_names_the_fields_reference_managers_read(atlas: Atlas) -> None:
    (item,) = json.loads(cited(atlas, "csl-json"))
    assert item["type"] == "map"
    assert item["URL"] == LINK
    assert item["accessed"] == {"date-parts": [[2026, 11, 23]]}
    assert item["issued"] == {"date-parts": [[2026, 11, 26]]}
    assert item["author"] == [{"literal": "mapapp"}]
    assert atlas.articles[0].sha256 in item["note"]


def test_in_arabic_the_view_that_begins_with_our_name_runs_from_right_to_left(atlas: Atlas) -> None:
    with language("ar"):
        text = cited(atlas, "apa", QUERY)
    assert re.search("\u2067mapapp .*\u2068[?]first=2020-02-19.*\u2069\u2069", text)

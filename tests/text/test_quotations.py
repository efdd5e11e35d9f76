"""Quotations are verbatim in every format."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from dataclasses import replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import pyogrio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from renderers import run
from tiny import Tiny

from mapapp.cli.main import main
from mapapp.core.edtf import Window
from mapapp.core.model import Article, Atlas, Event, Passage
from mapapp.core.select import select
from mapapp.core.view import View
from mapapp.data.load import load
from mapapp.export import FORMS, write
from mapapp.figure import draw
from mapapp.figure.sizes import SIZES
from mapapp.text.messages import words
from mapapp.text.quotation import CUT, marks, quotation, quoted
from mapapp.web.cards import event_card
from mapapp.web.payload import payload

ROOT = Path(__file__).resolve().parents[2]
ODD = (
    ' date 2020-02-19 "We shall stay," he said, "at \'any\' cost". They wrote: “No … never”. '
    "Prices rose 5 %, from $3;  it is said (again). Was that all?\n\n"
    "A heading\n\n"
    "In 2017, one, two, and three met during their talks in a capital (now renamed). «Enough!» was the word. "
    "=1+1 is no sum. Ça va, naïve ﬁt.\n\n"
    "في 10 سبتمبر 2023 وصل 18 ألفا إلى المدينة. وقال المتحدث «لا عودة» يوم 11 سبتمبر."
)
ARABIC = (
    " date 2020-02-19 في 10 سبتمبر 2019 ضربت العاصفة المدينة وقتل 18 شخصا. وقال الناطق باسم WHO إن 250 منزلا "
    'دمرت في 3 أيام.\n\nوأعلنت الإدارة "قطع الطريق رقم 5" في 12 سبتمبر 2019.'
)


def pieces_of(said: str, article: Article) -> list[str]:
    """Return what a reader takes for the article's words in a quotation of ours."""
    opening, closing = marks(article)
    assert said.startswith(opening), said
    assert said.endswith(closing), said
    cut = CUT if CUT not in article.text else f"[{CUT}]"
    inner = said[len(opening) : -len(closing)]
    parted = re.split(f"{re.escape(closing)} {re.escape(opening)}|{re.escape(cut)}", inner)
    return [piece.strip(" ") for piece in parted if piece.strip(" ")]


def assert_verbatim(said: str, article: Article) -> None:
    pieces = pieces_of(said, article)
    assert pieces
    for piece in pieces:
        assert piece in article.text


class Quotes(HTMLParser):
    """The text of block quotations."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.inside = False
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Open one."""
        if tag == "blockquote":
            self.inside = True
            self.said.append("")

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        self.inside = self.inside and tag != "blockquote"

    def handle_data(self, data: str) -> None:
        """Gather its text."""
        if self.inside:
            self.said[-1] += data


@cache
def shipped() -> Atlas:
    return load(ROOT)


@cache
def boxed() -> Atlas:
    """Return the shipped atlas with boxes for areas: no quotation depends on shapes, and shapes cost time."""
    layers = tuple(
        replace(
            layer,
            places=tuple(
                replace(place, geometry=place.geometry.envelope) if place.geometry.area else place
                for place in layer.places
            ),
        )
        for layer in shipped().layers
    )
    return replace(shipped(), layers=layers)


def with_article(atlas: Atlas, text: str, spans: list[tuple[int, int]]) -> Atlas:
    """Return an atlas of a made-up article, whose statements rest on the spans, two each."""
    events: list[Event] = []
    for number, event in enumerate(atlas.events[: len(spans) // 2]):
        pair = spans[2 * number : 2 * number + 2]
        passages = tuple(Passage(text[start:end], start, end) for start, end in pair)
        events.append(replace(event, passages=passages, when=replace(event.when, text=None)))
    return replace(atlas, articles=(replace(atlas.articles[0], text=text),), events=tuple(events))


@st.composite
def spans_of(build: st.DrawFn, text: str, count: int = 12) -> list[tuple[int, int]]:
    """Return stretches of a text that begin and end with words."""
    words = [(found.start(), found.end()) for found in re.finditer(r"\S+", text)]
    starts = build(st.lists(st.integers(0, len(words) - 1), min_size=count, max_size=count))
    lengths = build(st.lists(st.integers(0, 12), min_size=count, max_size=count))
    return [
        (words[start][0], words[min(start + length, len(words) - 1)][1])
        for start, length in zip(starts, lengths, strict=True)
    ]


def outlets(atlas: Atlas, view: View) -> dict[str, list[str]]:
    """Return what each data outlet quotes, statement by statement."""
    address = "?first=1"
    cards = Quotes(" ".join(event_card(atlas, event) for event in atlas.events)).said
    held = payload(atlas)["cards"]
    page = Quotes(" ".join(str(held[event.id]) for event in atlas.events)).said
    rows = list(csv.DictReader(io.StringIO(write(atlas, view, "csv", address).decode("utf-8-sig"))))[1:]
    places = json.loads(write(atlas, view, "geojson", address))["features"]
    statements = [place for place in places if place["id"].startswith("urn:mapapp:event:")]
    kml = ET.fromstring(write(atlas, view, "kml", address))  # noqa: S314 - our own
    name = "{http://www.opengis.net/kml/2.2}"
    return {
        "cards": cards,
        "page": page,
        "csv": [row["quotation"] for row in rows],
        "geojson": [statement["properties"]["quotation"] for statement in statements],
        "kml": [
            data.findtext(f"{name}value") or ""
            for data in kml.iter(f"{name}Data")
            if data.get("name") == "quotation"
        ],
    }


def exact_of(atlas: Atlas, view: View) -> list[str]:
    collection = json.loads(write(atlas, view, "jsonld", "?"))
    return [item["target"]["selector"][0]["exact"] for item in collection["first"]["items"]]


EVERYTHING = View(window=Window(date(1, 1, 1), date(9999, 12, 31)))


def assert_all_verbatim(atlas: Atlas, view: View) -> None:
    count = len(select(atlas, view).events)
    for outlet, said in outlets(atlas, view).items():
        assert len(said) >= count, outlet
        for quote in said:
            assert_verbatim(quote, atlas.articles[0])
    for exact in exact_of(atlas, view):
        assert exact in atlas.articles[0].text


@pytest.mark.slow
@settings(max_examples=25)
@given(first=st.dates(date(2017, 1, 1), date(2020, 2, 19)), days=st.integers(0, 1200))
def test_every_format_quotes_the_shipped_article_verbatim(first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    assert_all_verbatim(boxed(), View(window=Window(first, last)))


@pytest.mark.slow
@settings(max_examples=25)
@given(data=st.data(), text=st.sampled_from([ODD, ARABIC, ODD.replace("“", "[…] “")]))
def test_every_format_quotes_unusual_articles_verbatim(data: st.DataObject, text: str) -> None:
    assert_all_verbatim(with_article(boxed(), text, data.draw(spans_of(text))), EVERYTHING)


@settings(max_examples=200)
@given(data=st.data(), text=st.sampled_from([ODD, ARABIC]))
def test_no_word_that_a_statement_rests_on_is_left_out(data: st.DataObject, text: str) -> None:
    atlas = with_article(shipped(), text, data.draw(spans_of(text)))
    for event in atlas.events:
        whole = quotation(atlas.articles[0], event)
        assert_verbatim(whole.text, atlas.articles[0])
        for passage in event.passages:  # no word a statement rests on is lost
            for word in filter(lambda word: re.search(r"\w", word), passage.exact.split()):
                assert any(word in piece for piece in whole.pieces)


def test_a_cut_within_a_sentence_is_not_made(atlas: Atlas) -> None:
    said = quotation(atlas.articles[0], atlas.event["astana-talks"]).text
    assert said == (
        "“In 2017, Russia, Turkey, and Iran created four de-escalation zones in Syria during their talks in "
        "the Kazakh capital Astana […]”"
    )


SAID = {
    "erdogan-offensive-any-time": '“In other words, the Idlib offensive could begin at any time", TRThaber '
    "quoted the president as saying.”",
    "turkey-preparations-made": '“"Turkey has made all necessary preparations to kick off an operation in '
    "Idlib. […] TRThaber quoted the president as saying.”",
    "erdogan-akp-speech": "“[…] Turkish President Erdogan said on Wednesday.” “Speaking at a parliamentary "
    "meeting with his ruling AKP party, […]”",
}


@pytest.mark.parametrize("event", SAID)
def test_the_articles_own_quotation_marks_stay(atlas: Atlas, event: str) -> None:
    assert quotation(atlas.articles[0], atlas.event[event]).text == SAID[event]


def test_our_quotation_marks_are_never_the_articles_own(atlas: Atlas) -> None:
    for text, pair in [("plain", "“”"), ("he “said”", "«»"), ("“a” «b»", "‹›"), ("“a” «b» ‹c›", "⟨⟩")]:
        assert marks(replace(atlas.articles[0], text=text)) == tuple(pair)


def test_a_line_break_of_the_article_ends_a_quotation(atlas: Atlas) -> None:
    assert quoted(atlas.articles[0], "One\n\ntwo.") == "“One” “two.”"


def run_cli(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["events", "--data", str(ROOT), *arguments]) == 0
    return capsys.readouterr().out


def test_the_list_of_the_command_line_quotes_verbatim(
    atlas: Atlas, capsys: pytest.CaptureFixture[str]
) -> None:
    for line in run_cli(capsys).splitlines():
        if line.startswith("  “"):
            assert_verbatim(line.strip(), atlas.articles[0])
    for row in csv.DictReader(io.StringIO(run_cli(capsys, "--format", "csv"))):
        for part in row["passages"].split(" | "):
            assert_verbatim(part, atlas.articles[0])
    for event in json.loads(run_cli(capsys, "--format", "json")):
        assert all(passage in atlas.articles[0].text for passage in event["passages"])


def test_geopackage_geoparquet_and_evidence_pack_quote_verbatim(atlas: Atlas, tmp_path: Path) -> None:
    (tmp_path / "view.gpkg").write_bytes(write(atlas, EVERYTHING, "gpkg", "?"))
    layers = [name for name, _ in pyogrio.list_layers(tmp_path / "view.gpkg")]
    frames = (pyogrio.read_dataframe(tmp_path / "view.gpkg", layer=name) for name in layers)
    said = [text for frame in frames if "quotation" in frame for text in frame["quotation"]]
    assert len(said) >= len(atlas.events)
    parquet = gpd.read_parquet(io.BytesIO(write(atlas, EVERYTHING, "parquet", "?")))
    assert all(words in atlas.articles[0].text for passages in parquet["passages"] for words in passages)
    said += list(parquet["quotation"])
    for quote in said:
        assert_verbatim(quote, atlas.articles[0])
    assert set(FORMS) == {"gpkg", "geojson", "parquet", "csv", "kml", "kmz", "lpf.json", "jsonld"}


# ---------- figures ----------


def squeezed(text: str) -> str:
    """Return a text without spaces, which lines break, and with ligatures taken apart."""
    return re.sub(r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", unicodedata.normalize("NFKC", text))


def quoted_in(notes: str, article: Article) -> list[str]:
    """Return the pieces of what stands between our marks in the squeezed text of a figure."""
    opening, closing = marks(article)
    cut = CUT if CUT not in article.text else f"[{CUT}]"
    found = re.findall(f"{opening}([^{opening}{closing}]+){closing}", notes)
    return [piece for quote in found for piece in re.split(re.escape(squeezed(cut)), quote) if piece]


def assert_figure_verbatim(said: str, atlas: Atlas) -> int:
    pieces = quoted_in(said, atlas.articles[0])
    whole = squeezed(atlas.articles[0].text)
    for piece in pieces:
        assert piece in whole
    return len(pieces)


def text_of_pdf(data: bytes, folder: Path) -> str:
    """Return the squeezed text of a PDF in reading order, without the foot of its pages."""
    (folder / "figure.pdf").write_bytes(data)
    text = run(["pdftotext", "-raw", "figure.pdf", "-"], folder).decode()
    said = squeezed(re.sub(r"^.*\n?Page \d+ of \d+\n?", "", text, flags=re.MULTILINE))
    return said.replace(squeezed(words("about-known")), "")  # our own words between such marks


@pytest.mark.slow
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(
    first=st.dates(date(2017, 1, 1), date(2020, 2, 19)),
    days=st.integers(0, 1100),
    size=st.sampled_from(list(SIZES)),
)
def test_a_figure_of_any_window_and_size_quotes_verbatim(
    tmp_path_factory: pytest.TempPathFactory, first: date, days: int, size: str
) -> None:
    last = date.fromordinal(first.toordinal() + days)
    view = View(window=Window(first, last), as_of=date(2020, 2, 19))
    pdf = draw(shipped(), view, "pdf", size=size, address="?")
    assert_figure_verbatim(text_of_pdf(pdf, tmp_path_factory.mktemp("figure")), shipped())


@pytest.mark.slow
def test_the_pdf_has_every_quotation_in_full_and_one_changed_character_is_detected(
    atlas: Atlas, tmp_path: Path
) -> None:
    view = View(window=Window(date(2017, 1, 1), date(2020, 2, 19)))

    def pages(some: Atlas) -> str:
        return text_of_pdf(draw(some, view, "pdf", size="a4", address="?"), tmp_path)

    said = pages(atlas)
    assert assert_figure_verbatim(said, atlas) > len(atlas.events)
    for event in atlas.events:
        assert squeezed(quotation(atlas.articles[0], event).text) in said, event.id
    wrong = replace(atlas.articles[0], text=atlas.articles[0].text.replace("clashes", "crashes"))
    with pytest.raises(AssertionError):
        assert_figure_verbatim(pages(replace(atlas, articles=(wrong,))), atlas)


def arabic(tiny: Tiny, root: Path) -> Atlas:
    """Return the small folder with an article in Arabic whose sentences hold numbers."""
    sentences = [part for part in re.split(r"(?<=\.)\s+", ARABIC.removeprefix(" date 2020-02-19 ")) if part]
    tiny.article = ARABIC.encode()
    tiny.events = [
        {
            "id": f"arabic-{number}",
            "title": "خبر",
            "kind": "clashes",
            "modality": "reported",
            "said_by": "article",
            "when": {"edtf": "2020-02-19", "text": sentence.split()[0], "basis": "article-date"},
            "passages": [{"exact": sentence}],
            "places": [{"id": "northland", "role": "about", "note": "Not named."}],
            "note": "",
        }
        for number, sentence in enumerate(sentences)
    ]
    tiny.facts = []
    return load(tiny.write(root))


def in_order(run_of_text: str) -> str:
    """Return a run of text of a PDF as it is read: signs and Arabic come from left to right, as drawn."""
    return run_of_text if re.search("[0-9A-Za-z]", run_of_text) else run_of_text[::-1]


def alike(text: str) -> str:
    """Return a text with the letters of each Arabic word sorted: some are one sign in the font."""
    return re.sub(
        "[\u0600-\u06ff]+", lambda word: "".join(sorted(word[0])), unicodedata.normalize("NFKC", text)
    )


@pytest.mark.slow
@pytest.mark.parametrize("size", ["a4", "slide"])
def test_arabic_with_numbers_keeps_its_order_in_a_figure(tiny: Tiny, tmp_path: Path, size: str) -> None:
    atlas = arabic(tiny, tmp_path)
    view = View(window=Window(date(2020, 2, 19), date(2020, 2, 19)))
    (tmp_path / "figure.pdf").write_bytes(draw(atlas, view, "pdf", size=size, address="?"))
    structure = run(["pdfinfo", "-struct-text", "figure.pdf"], tmp_path).decode()
    said = squeezed(alike("".join(map(in_order, re.findall(r'^ *"(.*)"$', structure, re.MULTILINE)))))
    for event in atlas.events:
        assert squeezed(alike(quotation(atlas.articles[0], event).text)) in said, event.id


def test_a_quotation_ends_where_sentences_end_in_the_articles_language(tiny_atlas: Atlas) -> None:
    text = "Türkiye, 5. maddeyi kabul etmedi, bugün 2. Ordu Northland'a girdi."
    article = replace(tiny_atlas.articles[0], text=text, language="tr")
    words = ("Türkiye, 5. maddeyi kabul etmedi", "Northland'a girdi.")
    passages = tuple(Passage(part, text.index(part), text.index(part) + len(part)) for part in words)
    said = quotation(article, replace(tiny_atlas.events[0], passages=passages))
    assert said.pieces == (text,)

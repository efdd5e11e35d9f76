"""What is read out of documents, and why some cannot be read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from documents import (
    PARAGRAPHS,
    STORY,
    encrypted,
    packed,
    page,
    paragraphs_of_page,
    pdf,
    saved,
    scan,
    word,
)
from hypothesis import given
from hypothesis import strategies as st

from mapapp.authoring.extract import document
from mapapp.authoring.extract import pdf as pdf_reader
from mapapp.authoring.extract import word as word_reader
from mapapp.authoring.extract.document import extract
from mapapp.authoring.extract.extracted import Extracted, ExtractError
from mapapp.authoring.extract.paragraphs import paragraphs, split
from mapapp.data.fields import deceptive_characters

BODY = "\n\n".join(PARAGRAPHS)
ARABIC = (
    "هطلت أمطار غزيرة على شمال البلاد يوم الاثنين 12 مايو. وقال مسؤول إن المياه ارتفعت مترين.",
    "غادر الناس منازلهم والحمد لله.",
)


def read(folder: Path, name: str, data: bytes) -> Extracted:
    """Write a document and return what is read out of it."""
    path = folder / name
    path.write_bytes(data)
    return extract(path)


def refused(folder: Path, name: str, data: bytes) -> str:
    """Write a document that cannot be read, and return why, without its path."""
    with pytest.raises(ExtractError) as error:
        read(folder, name, data)
    message = str(error.value)
    assert message.isprintable()
    assert name in message
    return message.rpartition(f'{name}": ')[2]


# text files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_text_file_is_read_in_every_encoding_of_unicode(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, "a.txt", STORY.encode(encoding)).text == STORY.strip()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [STORY.strip(), "Вода в реке поднялась на два метра за ночь."])
def test_a_text_in_utf_16_without_a_mark_is_read_and_said(tmp_path: Path, encoding: str, text: str) -> None:
    found = read(tmp_path, "a.txt", text.encode(encoding))
    assert found.text == text
    assert found.remarks == ("The file has no byte-order mark; it was read as UTF-16.",)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Сильные дожди затопили север страны в понедельник, сообщило министерство. " * 5),
        ("cp1256", "هطلت أمطار غزيرة على شمال البلاد يوم الاثنين وقال مسؤول إن المياه ارتفعت مترين. " * 5),
    ],
)
def test_an_old_encoding_is_recognised_and_said(tmp_path: Path, encoding: str, text: str) -> None:
    found = read(tmp_path, "a.txt", text.encode(encoding))
    assert found.text == text.strip()
    assert found.remarks == (f"The file does not say its encoding; it was read as {encoding}.",)


def test_an_encoding_that_cannot_be_told_is_refused(tmp_path: Path) -> None:
    turkish = "Şiddetli yağış pazartesi günü ülkenin kuzeyini sel altında bıraktı, bakanlık açıkladı. " * 5
    assert refused(tmp_path, "c.txt", turkish.encode("cp1254")) == (
        "the encoding of the file is not certain (got cp1250 or cp1252 or cp1254); save it as UTF-8"
    )
    assert refused(tmp_path, "a.txt", b"caf\xe9") == "the encoding of the file is unknown; save it as UTF-8"
    assert refused(tmp_path, "b.txt", b"ab\0cd" * 99) == "the file is not text; save it as UTF-8 text"


def test_lines_are_paragraphs_where_no_line_is_empty() -> None:
    assert split("One.\r\nTwo.\rThree.") == ["One.", "Two.", "Three."]
    assert paragraphs(split("One\nline.\n \nTwo.\u2029Three.")) == "One\nline.\n\nTwo.\n\nThree."


def test_invisible_characters_go_and_joiners_stay() -> None:
    assert paragraphs(["a\u00adb\u200bc\u202ed\ufeff\te\u00a0\u2009f\x07"]) == "abcd e f"
    assert paragraphs(["می\u200cخواهم \u200fأ"]) == "می\u200cخواهم \u200fأ"
    assert paragraphs(["bad \ufffd"]) == "bad □"


@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_text_becomes_one_that_an_article_may_have(blocks: list[str]) -> None:
    made = paragraphs(blocks)
    assert deceptive_characters(made) is None
    assert made == made.strip()
    assert paragraphs(split(made)).split() == made.split()
    assert not any(two in made for two in ("  ", "\n\n\n", " \n", "\n "))


# web pages


def test_a_web_page_gives_its_article_and_what_it_says_of_it(tmp_path: Path) -> None:
    found = read(tmp_path, "a.html", page(paragraphs_of_page()).encode())
    assert found.text == f"Flood in Sylhet\n\n{BODY}"
    assert (found.title, found.author, found.publisher) == ("Flood in Sylhet", "Anika Rahman", "The Valley")
    assert (f"{found.published}", found.url) == ("2023-09-20", "https://example.org/flood")


def test_a_web_page_is_read_in_the_encoding_that_it_names(tmp_path: Path) -> None:
    text = (
        "Сильные дожди затопили север страны в понедельник, сообщило министерство по чрезвычайным ситуациям."
    )
    made = page(f"<p>{text}</p><p>{text[:-1]} во вторник.</p>").replace("utf-8", "windows-1251")
    assert text in read(tmp_path, "a.htm", made.encode("cp1251")).text


def test_a_web_page_in_utf_8_is_read_so_whatever_it_names(tmp_path: Path) -> None:
    text = "Сильные дожди затопили север страны в понедельник, сообщило министерство."
    for wrong in ("windows-1251", "iso-8859-1", "x-unknown"):
        made = page(f"<p>{text}</p><p>{text[:-1]} во вторник.</p>").replace("utf-8", wrong)
        assert text in read(tmp_path, "a.html", made.encode()).text


def test_hostile_markup_of_a_web_page_stays_text_or_goes(tmp_path: Path) -> None:
    head = '<meta name="author" content="&lt;script&gt;alert(1)&lt;/script&gt;">'
    body = (
        paragraphs_of_page()
        + "<p>Then <img src=x onerror=alert(1)> came {{ 7*7 }} &lt;b&gt;boats&lt;/b&gt;.</p>"
    )
    found = read(
        tmp_path, "a.html", page(body + "<script>alert(2)</script><style>p{}</style>", head).encode()
    )
    assert "Written by a script" not in found.text
    assert "alert" not in found.text
    assert found.text.endswith("{{ 7*7 }} <b>boats</b>.")
    assert "Cookie" not in found.text


def test_a_web_page_without_an_article_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "a.html", page("").replace("Flood in Sylhet", "").encode()).startswith(
        "no article was found in the web page"
    )
    assert refused(tmp_path, "b.html", b"<html>" + b"<div>" * 20_000).startswith(
        "the web page is nested too deeply"
    )
    assert refused(tmp_path, "c.html", b"<html>" + b"<p>Rain." * 60_000) == (
        "the web page is too big (got 60001 elements); save the text of the article alone as .txt"
    )


# Word documents


def test_a_word_document_gives_its_paragraphs_title_and_author(tmp_path: Path) -> None:
    found = read(tmp_path, "a.docx", word())
    assert found.text == STORY.strip()
    assert (found.title, found.author) == ("Flood in Sylhet", "A. Rahman")


def test_tables_boxes_links_and_changes_of_a_word_document_are_read_as_printed(tmp_path: Path) -> None:
    made: Any = docx.Document()
    made.add_paragraph("Before the table.")
    table = made.add_table(2, 2)
    for number, cell in enumerate([*table.rows[0].cells, *table.rows[1].cells]):
        cell.text = f"cell {number}"
    paragraph = made.add_paragraph("Kept ")
    box = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for part in (
        f"<w:ins {space}><w:r><w:t>inserted</w:t></w:r></w:ins>",
        f"<w:del {space}><w:r><w:delText>deleted</w:delText></w:r></w:del>",
        f"<w:hyperlink {space}><w:r><w:t xml:space='preserve'> and linked</w:t></w:r></w:hyperlink>",
        f"<w:sdt {space}><w:sdtContent><w:r><w:t> and chosen</w:t></w:r></w:sdtContent></w:sdt>",
        f"<w:r {space}><w:pict>{box}</w:pict></w:r>",
        f"<w:r {space}><w:t>.</w:t></w:r>",
    ):
        paragraph._p.append(  # noqa: SLF001 - python-docx has no other way
            docx.oxml.parse_xml(part)
        )
    found = read(tmp_path, "a.docx", saved(made))
    assert found.text.split("\n\n") == [
        "Before the table.",
        "cell 0 | cell 1",
        "cell 2 | cell 3",
        "Kept inserted and linked and chosen.",
        "In a box.",
    ]
    assert "tracked changes" in found.remarks[0]


def test_a_damaged_word_document_or_another_zip_file_is_refused(tmp_path: Path) -> None:
    whole = word()
    broken = "the Word document is damaged; open it in a word processor and save it again"
    assert refused(tmp_path, "a.docx", whole[: len(whole) // 2]) == broken
    assert refused(tmp_path, "b.docx", packed(word__document_xml=b"<w:document>")) == broken
    assert refused(tmp_path, "c.docx", packed(a_txt=b"text")).startswith(
        "it is a zip file, not a Word document"
    )


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/document.xml", b"w:body", b"w:bode"),
        ("docProps/core.xml", b"package/2006", b"package/1006"),
        ("_rels/.rels", b"xmlns=", b"ymlns="),
        ("[Content_Types].xml", b"xmlns=", b"ymlns="),
    ],
)
def test_a_word_document_whose_parts_are_not_what_they_should_be_is_refused(
    tmp_path: Path, part: str, old: bytes, new: bytes
) -> None:
    with zipfile.ZipFile(io.BytesIO(word())) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    assert old in parts[part]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as changed:
        for name, content in parts.items():
            changed.writestr(name, content.replace(old, new) if name == part else content)
    assert refused(tmp_path, "a.docx", out.getvalue()).startswith("the Word document is damaged; open it")


def test_a_word_document_whose_compressed_data_is_damaged_is_refused(tmp_path: Path) -> None:
    whole = word()
    at = whole.index(b"[Content_Types].xml") + len(b"[Content_Types].xml")
    damaged = whole[:at] + bytes(byte ^ 0xFF for byte in whole[at : at + 20]) + whole[at + 20 :]
    assert refused(tmp_path, "a.docx", damaged).startswith("the Word document is damaged; open it")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = packed(word__document_xml=b"<w/>", word__media_bin=b"0" * (word_reader.MOST_BYTES + 1))
    assert len(bomb) < 1_000_000
    assert "unpacks to too much" in refused(tmp_path, "a.docx", bomb)


def test_entities_of_a_word_document_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hidden words", encoding="utf-8")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as whole, zipfile.ZipFile(out, "w") as other:
        for part in whole.infolist():
            data = whole.read(part)
            if part.filename == "word/document.xml":
                entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()
                data = data.replace(b"?>", b"?>" + entity, 1).replace(b"Heavy rain", b"&e; rain")
            other.writestr(part, data)
    (tmp_path / "a.docx").write_bytes(out.getvalue())
    assert "hidden words" not in extract(tmp_path / "a.docx").text


# PDFs


def test_a_pdf_gives_its_paragraphs_with_divided_words_put_together(tmp_path: Path) -> None:
    found = read(tmp_path, "a.pdf", pdf())
    assert found.text == BODY
    assert (found.title, found.author) == ("Flood in Sylhet", "A. Rahman")


def test_columns_are_read_one_by_one_without_running_heads_and_page_numbers(tmp_path: Path) -> None:
    different = [f"{number}. {PARAGRAPHS[0]} Part {number} ends here." for number in range(1, 14)]
    furniture = '#set page(header: [The Valley], footer: context counter(page).display("1 / 1", both: true))'
    found = read(tmp_path, "a.pdf", pdf(furniture, different, columns=2))
    assert " ".join(found.text.split()) == " ".join(" ".join(different).split())
    assert found.remarks[0] == 'Left out, because most pages repeat them: "The Valley".'


def test_a_pdf_from_right_to_left_is_read_in_order_with_its_ligatures(tmp_path: Path) -> None:
    found = read(tmp_path, "a.pdf", pdf('#set text(lang: "ar", font: "IBM Plex Sans Arabic")', ARABIC))
    assert found.text == "\n\n".join(ARABIC)


def test_an_encrypted_a_scanned_and_a_damaged_pdf_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "a.pdf", encrypted("secret")) == (
        "the PDF is encrypted; save it without a password first"
    )
    assert read(tmp_path, "b.pdf", encrypted("")).text == BODY  # opens without a password
    assert refused(tmp_path, "c.pdf", scan()).startswith("the PDF has no text, so it may be a scan")
    assert refused(tmp_path, "d.pdf", b"%PDF-1.7\nnothing").startswith("the PDF is damaged")


def test_a_pdf_of_too_many_pages_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "_MOST_PAGES", 1)
    many = pdf("", [" ".join(PARAGRAPHS)] * 9)
    assert refused(tmp_path, "a.pdf", many).startswith("the PDF has too many pages (got ")


# any document


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.pdf", page("").encode(), "the content is not that of a PDF (got web page); rename it to .html"),
        ("a.docx", b"%PDF-1.7", "the content is not that of a Word document (got PDF); rename it to .pdf"),
        ("a.txt", b"{\\rtf1 text}", "the content is not that of a text (got a Rich Text file); open it in"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "the content is not that of a Word document (got an old or",
        ),
        ("a.doc", b"x", "unsupported file type (got an old Word document; open it in a word processor"),
        ("a.odt", b"x", "unsupported file type (got an OpenDocument text; open it in a word processor"),
        ("a.rtf", b"x", "unsupported file type (got a Rich Text file; open it in a word processor"),
        ("a.png", b"x", "unsupported file type (got a picture; type the text"),
        ("a.xyz", b"x", 'unsupported file type (got ".xyz"); use .txt, .html, .docx or .pdf'),
        ("a.txt", b" \n\t", "the document is empty; check that it is the right file"),
        ("a.txt", b"1 2 3", "the document has no text; check that it is the right file"),
    ],
)
def test_what_is_no_document_is_refused_with_what_to_do(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    assert refused(tmp_path, name, data).startswith(message)


def test_a_document_that_is_missing_a_folder_or_too_big_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ExtractError, match="the document cannot be read: No such file or directory"):
        extract(tmp_path / "a.txt")
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(ExtractError, match="not a file"):
        extract(tmp_path / "b.txt")
    monkeypatch.setattr(document, "BIGGEST", 10)
    assert refused(tmp_path, "c.txt", b"A longer text.").startswith("the document is too big (got 14 bytes)")


@given(st.sampled_from([".txt", ".html", ".docx", ".pdf"]), st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, ending: str, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / f"a{ending}"
    path.write_bytes(data)
    try:
        read_or_refused = extract(path).text
    except ExtractError as error:
        read_or_refused = str(error)
        assert "\n" not in read_or_refused
    assert read_or_refused


def test_without_the_author_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "find_spec", lambda _: None)
    assert refused(tmp_path, "a.docx", word()) == (
        "reading it needs the author extra; install it with: python -m pip install -e '.[author]'"
    )

"""The evidence pack: a view and everything needed to check it, in one reproducible zip file."""

from __future__ import annotations

import hashlib
import json
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, get_args

from mapapp.core.drafts import has_drafts
from mapapp.core.select import select
from mapapp.data.files import Files
from mapapp.data.load import ACTORS, BACKGROUND, CHANGES, EVENTS, GEO, SOURCES, load
from mapapp.data.profile import FILE as PROFILE
from mapapp.data.story import STORY
from mapapp.errors import DataError, MapappError
from mapapp.export import FORMS, rows, write
from mapapp.export.archive import zipped
from mapapp.export.citation import STYLES, cite
from mapapp.figure import Form as FigureForm
from mapapp.figure import draw_figure, write_figure
from mapapp.text.dates import day_words
from mapapp.text.file_names import file_name
from mapapp.text.labels import article_title, credit
from mapapp.text.locales import in_language_of_view
from mapapp.text.messages import words
from mapapp.text.printed_address import printed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mapapp.core.model import Article, Atlas
    from mapapp.core.view import View
    from mapapp.figure import Figure

_ENDINGS = {"apa": "apa.txt", "chicago": "chicago.txt", "bibtex": "bib", "ris": "ris", "csl-json": "csl.json"}


_CRATE, _MANIFEST, _SUMS = "ro-crate-metadata.json", "manifest.json", "SHA256SUMS"
_LARGEST_MANIFEST = 5_000_000  # bytes; ours have some ten thousand


class ChangedError(MapappError):
    """The data on disk has changed since it was loaded."""


class DraftsError(MapappError):
    """The data folder has drafts, which a pack without drafts would contain all the same."""


class PackError(MapappError):
    """A file is not an evidence pack."""


@dataclass(frozen=True)
class PackedView:
    """The view of an evidence pack.

    Attributes
    ----------
    sha256
        SHA-256 of the pack's manifest, by which the pack is cited. The manifest has the hash of every file
        except itself, ``SHA256SUMS`` and the citations, which contain its own.
    address
        Address of the view; only its query if it was not public.
    data_version
        Fingerprint of the data it was made from.
    """

    sha256: str
    address: str
    data_version: str


@in_language_of_view
def pack(
    atlas: Atlas,
    view: View,
    root: Path,
    *,
    address: str,
    progress: Callable[[str], None] = lambda _: None,
) -> bytes:
    """Return the evidence pack of ``view`` as a zip.

    Parameters
    ----------
    root
        The data folder that ``atlas`` was loaded from. Its files go into the pack, except the article, which
        is identified by its hash. The page in the pack has its text if its licence allows.
    address
        The address of the view; only its query is written if the host is not public.
    progress
        Called with the name of each file before it is made.

    Raises
    ------
    ChangedError
        If the data folder has changed since ``atlas`` was loaded.
    DraftsError
        If the folder has drafts and ``atlas`` is without them.
    """
    address = printed(address)
    files: dict[str, bytes] = {}
    for name, made in _parts(atlas, view, root, address):
        progress(name)
        files[name] = made()
    cited = {style: f"cite/{file_name(atlas, view)}.{_ENDINGS[style]}" for style in STYLES}
    progress(_CRATE)
    files[_CRATE] = _crate(atlas, view, address, files, [*cited.values(), _MANIFEST, _SUMS])
    progress(_MANIFEST)
    files[_MANIFEST] = _manifest(atlas, view, address, files)
    sha256 = _hash(files[_MANIFEST])
    for style, name in cited.items():
        progress(name)
        files[name] = cite(atlas, view, style, address=address, accessed=None, pack=sha256).encode()
    files[_SUMS] = "".join(f"{_hash(data)}  {name}\n" for name, data in sorted(files.items())).encode()
    return zipped(files)


def read_pack(file: BinaryIO) -> PackedView:
    """Return the view of an evidence pack. Only its manifest is read.

    Raises
    ------
    PackError
        If the file is not an evidence pack.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            (manifest,) = (info for info in archive.infolist() if info.filename == _MANIFEST)
            with archive.open(manifest) as opened:
                data = opened.read(_LARGEST_MANIFEST + 1)
        found = json.loads(data) if len(data) <= _LARGEST_MANIFEST else None
    # what zipfile and the decompressors raise for damaged, encrypted and unusual files, and JSON that is none
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, RuntimeError,
            ValueError):  # fmt: skip
        found = None
    about = found if isinstance(found, dict) else {}
    address, data_version = about.get("view"), about.get("data_version")
    if not isinstance(address, str) or not isinstance(data_version, str):
        raise PackError("not an evidence pack")
    return PackedView(_hash(data), address, data_version)


def _parts(atlas: Atlas, view: View, root: Path, address: str) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield the name of each file and a function that makes it."""
    inputs = _inputs(atlas, root)  # first, so that changed data is reported before any work
    name = file_name(atlas, view)
    yield "README.txt", partial(_readme, atlas, view, address)
    yield "page.html", partial(_page, atlas, view)
    drawn = cache(partial(draw_figure, atlas, view))  # once, when the first is written
    for figure in get_args(FigureForm):
        yield f"figure/{name}.{figure}", partial(_figure, drawn, figure, address)
    for form in FORMS:
        yield f"data/{name}.{form}", partial(write, atlas, view, form, address)
    for article in atlas.articles:
        yield f"evidence/articles/{article.id}.json", partial(_article, atlas, view, article)
    yield "evidence/sources.json", partial(_sources, atlas, view)
    for path, data in inputs.items():
        yield f"evidence/{Path(path).name}" if path == CHANGES else f"inputs/{path}", partial(bytes, data)


def _page(atlas: Atlas, view: View) -> bytes:
    from mapapp.exported_page import exported_page  # noqa: PLC0415 - slow to import

    return exported_page(atlas, view).encode()


def _figure(drawn: Callable[[], Figure], form: FigureForm, address: str) -> bytes:
    return write_figure(drawn(), form, address=address)


def _crate(atlas: Atlas, view: View, address: str, files: dict[str, bytes], later: list[str]) -> bytes:
    from mapapp.export.ro_crate import ro_crate  # noqa: PLC0415 - rocrate is slow to import

    return ro_crate(atlas, view, address, files, later)


def _article(atlas: Atlas, view: View, article: Article) -> bytes:
    source = atlas.source[article.source]
    passages = [
        {
            "number_shown": atlas.numbers[event.id],
            "event": event.id,
            "statement": event.title,
            "exact": passage.exact,
            "start": passage.start,
            "end": passage.end,
        }
        for event, _ in select(atlas, view).events
        if event.article == article.id
        for passage in event.passages
    ]
    return _json(
        {
            "id": article.id,
            "title": article_title(atlas, article),
            "author": article.author,
            "publisher": source.publisher,
            "date": article.date.isoformat(),
            "language": article.language,
            "sha256": article.sha256,
            "where": rows.article_url(atlas, article) or source.locator,
            "passages": passages,
        }
    )


def _sources(atlas: Atlas, view: View) -> bytes:
    used = rows.sources_used(atlas, select(atlas, view), view)
    found = [atlas.source[item] for item in used]
    return _json([vars(source) | {"date": source.date.edtf if source.date else ""} for source in found])


def _inputs(atlas: Atlas, root: Path) -> dict[str, bytes]:
    """Return the files of the data folder by name, after checking that they have not changed."""
    try:
        whole = load(root)
    except DataError:
        unchanged = False
    else:
        unchanged = whole.fingerprint == atlas.fingerprint
        if unchanged and has_drafts(whole) and not has_drafts(atlas):
            raise DraftsError(
                "the folder has drafts, and a pack contains its files; finish or remove them, or add --drafts"
            )
    files = Files(root)
    names = [ACTORS, BACKGROUND, SOURCES, *files.names(EVENTS, ".yaml"), *files.names(GEO, ".geojson")]
    names += [name for name in (PROFILE, STORY, CHANGES) if (root / name).is_file()]
    found = {name: data for name in sorted(names) if (data := files.bytes(name)) is not None}
    if not unchanged or files.issues:
        raise ChangedError("the data has changed since it was loaded; create the pack again")
    return found


def _readme(atlas: Atlas, view: View, address: str) -> bytes:
    parts = ("figure", "data", "cite", "evidence")
    lines = [
        words("data-pack-about", title=rows.title(atlas, view)),
        words("data-pack-view", address=rows.clean(address)),
        words("data-pack-version", version=atlas.fingerprint),
        *([words("data-pack-date", date=day_words(atlas.issued))] if atlas.issued else []),
        *(rows.article_text(atlas, article) for article in atlas.articles),
        "",
        f"- {words('data-pack-page')}",
        *(f"- {words(f'data-pack-{part}')}" for part in parts),
        f"- {words('data-pack-inputs')}",
        f"- {words('data-pack-crate')}",
        f"- {words('data-pack-manifest')}",
        f"- {words('data-pack-sums')}",
        "",
        words("about-credit", credit=credit(atlas)),
        words("about-shapes"),
    ]
    return ("\n".join(lines) + "\n").encode()


def _manifest(atlas: Atlas, view: View, address: str, files: dict[str, bytes]) -> bytes:
    return _json(
        {
            "title": rows.title(atlas, view),
            "view": address,
            "data_version": atlas.fingerprint,
            "data_date": atlas.issued and atlas.issued.isoformat(),
            "articles": [{"id": article.id, "sha256": article.sha256} for article in atlas.articles],
            "files": [
                {"name": name, "bytes": len(data), "sha256": _hash(data)}
                for name, data in sorted(files.items())
            ],
        }
    )


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()

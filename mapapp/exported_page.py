"""The page that needs no server, with a drawing of the map for browsers without JavaScript; its picture."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

from mapapp.core.licences import for_publication
from mapapp.figure.figure_errors import FigureError
from mapapp.text.locales import in_language_of_view
from mapapp.web.embed import Published
from mapapp.web.standalone_page import Drawing, page

if TYPE_CHECKING:
    from mapapp.core.model import Atlas
    from mapapp.core.view import View


def published_at(base_url: str, name: str) -> Published:
    """Return the addresses of a page and its picture.

    Parameters
    ----------
    base_url
        Address of the folder they will be put in, or of the page itself if it ends in ``.html``.
    name
        Name of the file of the page. The picture has the same name, but ends in ``.png``.
    """
    folder = base_url if urlsplit(base_url).path.endswith((".html", "/")) else f"{base_url}/"
    address = folder if folder.endswith(".html") else urljoin(folder, quote(name))
    return Published(address, urljoin(address, quote(picture_name(name))))


def picture_name(name: str) -> str:
    """Return the name, or the path, of the picture of a page."""
    return f"{name[: name.rindex('.')]}.png"


@in_language_of_view
def exported_page(atlas: Atlas, view: View, published: Published | None = None) -> str:
    """Return the page that opens on ``view``. The same input gives the same text.

    Of an article whose licence does not allow its text to be published, it has what statements quote.
    ``published`` is where it will be; ``None`` if that is not known.
    """
    shown = for_publication(atlas)
    return page(shown, view, _drawing(shown, view), published)


def picture(atlas: Atlas, view: View) -> bytes:
    """Return a PNG of 1,200 by 630 pixels that shows the view, for links to it.

    Raises
    ------
    FigureError
        If the time window or the requested frame contains no data.
    """
    from mapapp.figure.shared_picture import shared_picture  # noqa: PLC0415 - slow to load

    return shared_picture(atlas, view)


def _drawing(atlas: Atlas, view: View) -> Drawing:
    from mapapp.figure.inline_map import inline_map  # noqa: PLC0415 - slow to load

    try:
        return Drawing(svg=inline_map(atlas, view))
    except FigureError as error:  # the reader of the page can choose another view; without script, it says so
        return Drawing(why_none=str(error))

"""The public Python API: an atlas, views of it, and the files a view can be exported to.

::

    import mapapp

    atlas = mapapp.load()
    view = atlas.view(first="2018-09-01", last="2018-09-30")
    view.events  # a GeoDataFrame: a row for each statement and place
    view.map()  # a folium.Map
    view.figure("map.pdf")
"""

from __future__ import annotations

import warnings
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

from mapapp.core.drafts import without_drafts
from mapapp.core.select import select
from mapapp.data.atomic_write import named, refuse_data, write
from mapapp.data.folders import default_root
from mapapp.data.load import load as load_atlas
from mapapp.errors import MapappError
from mapapp.text.locales import language as in_language
from mapapp.view_address import address_of, check_values

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence

    import folium
    import geopandas as gpd
    import pandas as pd

    from mapapp.core import model
    from mapapp.core.select import Selection
    from mapapp.core.view import View as Question

Day = date | str
_AS_IN_STEP = MappingProxyType({"certain": False, "background": True, "hidden": ()})


class ViewError(MapappError, ValueError):
    """A parameter of a view is not valid, or a file of it cannot be written."""


def load(folder: str | os.PathLike[str] | None = None, *, drafts: bool = False) -> Atlas:
    """Read a data folder.

    Parameters
    ----------
    folder
        Folder that holds ``seeds/`` and ``data/``. ``None``: the folder named by ``MAPAPP_DATA``, else the
        map shipped with mapapp.
    drafts
        Whether to keep statements, places and background facts that are drafts. Frames and data files then
        have a column ``draft``, if there are any.

    Raises
    ------
    mapapp.DataError
        If anything is wrong with the data; ``faults`` holds everything found, in all files.

    Examples
    --------
    >>> import mapapp
    >>> atlas = mapapp.load()
    >>> atlas.date == max(article.date for article in atlas.articles)
    True
    """
    root = default_root() if folder is None else Path(folder)
    atlas = load_atlas(root)
    return Atlas(atlas if drafts else without_drafts(atlas), root)


class Atlas:
    """One or several articles, joined to their places, actors, background and sources.

    Attributes
    ----------
    data : mapapp.core.model.Atlas
        Everything loaded, as immutable objects.
    folder : pathlib.Path
        The folder it was loaded from.
    """

    def __init__(self, data: model.Atlas, folder: Path) -> None:
        self.data = data
        self.folder = folder

    def __repr__(self) -> str:
        """Return the ids of the articles and the numbers of items."""
        events, places = len(self.data.events), len(self.data.place)
        return f"<Atlas {', '.join(self.data.article)}: {events} statements, {places} places>"

    @property
    def date(self) -> date:
        """The day the newest article was published."""
        return self.data.day

    @property
    def articles(self) -> tuple[model.Article, ...]:
        """The articles, oldest first: their texts, unchanged, with their dates, titles and languages."""
        return self.data.articles

    def view(  # noqa: PLR0913 - one for each parameter of the address
        self,
        first: Day | None = None,
        last: Day | None = None,
        *,
        certain: bool = False,
        as_of: Day | None = None,
        said_by: str | Iterable[str] | None = None,
        kinds: str | Iterable[str] | None = None,
        hidden: str | Iterable[str] = (),
        selected: str | None = None,
        article: str | None = None,
        names: str | None = None,
        language: str | None = None,
        background: bool = True,
        compare: Day | None = None,
        step: int | None = None,
    ) -> View:
        """Return a view; the parameters are those of the address bar.

        Parameters
        ----------
        first, last
            The window, both days included; ISO text or dates (of a time, its day). ``None``: from the
            day of the first article, or an earlier day if most statements are about the time before it,
            to the day of the last article.
        certain
            Keep only what certainly falls in the window.
        as_of
            Hide items that began after this day; ``"all"`` hides nothing. ``None``: the day
            of the last article.
        said_by
            Id of an actor, or several; ``"article"`` for the articles themselves. ``None``: everyone.
        kinds
            Kind of statement, or several. ``None``: all.
        hidden
            Layer to hide, or several.
        selected
            Id of the place, statement or background fact to select.
        article
            Id of the article whose statements to show. ``None``: all articles.
        names
            Language of names on the map, in figures and in frames, as a BCP 47 tag. ``None``: the map's
            first.
        language
            Language of what mapapp writes: ``en``, ``ar``, ``tr`` or ``ru``. ``None``: ``en``; on a page,
            that of the reader's browser.
        background
            Whether to show background: information that is not from the article.
        compare
            A day whose areas to compare with those of the last day, as in `View.changes` and in figures.
            ``None``: nothing is compared.
        step
            Number of a step of the story, from 1: what is not asked for is as in that step, where
            ``certain=False``, ``background=True`` and an empty ``hidden`` count as not asked for.
            ``None``: no step.

        Raises
        ------
        ViewError
            If a value is unknown, not a valid date, or of a wrong type; the message has a line for each.

        Examples
        --------
        >>> import mapapp
        >>> atlas = mapapp.load()
        >>> view = atlas.view("2018-01-01", "2018-12-31", said_by="article", as_of="all")
        >>> sorted(view.events["said_by"].unique())
        ['article']
        """
        asked = {
            "first": first,
            "last": last,
            "certain": certain,
            "as_of": as_of,
            "said_by": said_by,
            "kinds": kinds,
            "hidden": hidden,
            "selected": selected,
            "article": article,
            "names": names,
            "language": language,
            "background": background,
            "compare": compare,
            "step": step,
        }
        if step is not None:
            asked = {name: value for name, value in asked.items() if value != _AS_IN_STEP.get(name)}
        question, faults = check_values(asked, self.data)
        if faults:
            raise ViewError("\n".join(map(str, faults)))
        return View(self, question)


class View:
    """The statements, places and background that a time window and filters select from an atlas.

    Frames are in WGS 84 (EPSG:4326), longitude first.
    """

    def __init__(self, atlas: Atlas, question: Question) -> None:
        self.atlas = atlas
        self.question = question

    def __repr__(self) -> str:
        """Return the window and the numbers of items shown."""
        window = self.question.window
        return f"<View {window.first} to {window.last}: {len(self.selection.events)} statements>"

    def _repr_html_(self) -> str:
        """Show the map in a notebook."""
        return str(self.map()._repr_html_())

    @cached_property
    def selection(self) -> Selection:
        """The items shown, as immutable objects."""
        return select(self.atlas.data, self.question)

    @cached_property
    def events(self) -> gpd.GeoDataFrame:
        """The statements shown: a row for each statement and place. See `mapapp.frames.event_frame`.

        Examples
        --------
        >>> import mapapp
        >>> atlas = mapapp.load()
        >>> statement = atlas.data.events[0]
        >>> events = atlas.view("0001-01-01", "9999-12-31").events
        >>> places = events.loc[events["event"] == statement.id, "place"]
        >>> places.tolist() == [link.id for link in statement.places]
        True
        """
        from mapapp.frames import event_frame  # noqa: PLC0415 - geopandas is slow to load

        with in_language(self.question.language):
            return event_frame(self.atlas.data, self.selection, self.question.names)

    @cached_property
    def places(self) -> gpd.GeoDataFrame:
        """The places shown, a row each. See `mapapp.frames.place_frame`.

        Examples
        --------
        >>> import mapapp
        >>> places = mapapp.load().view().places
        >>> places.crs.to_epsg(), bool(places["tolerance_km"].gt(0).all())
        (4326, True)
        """
        from mapapp.frames import place_frame  # noqa: PLC0415 - as above

        with in_language(self.question.language):
            return place_frame(self.atlas.data, self.selection)

    @cached_property
    def changes(self) -> gpd.GeoDataFrame:
        """The land gained and lost between the two days compared. See `mapapp.frames.change_frame`.

        Examples
        --------
        >>> import mapapp
        >>> changes = mapapp.load().view(compare="2018-09-17").changes
        >>> bool((changes["km2_min"] <= changes["km2_best"]).all())
        True
        """
        from mapapp.frames import change_frame  # noqa: PLC0415 - as above

        return change_frame(self.atlas.data, self.question)

    @cached_property
    def background(self) -> pd.DataFrame:
        """The background facts shown, a row each. See `mapapp.frames.background_frame`.

        Examples
        --------
        >>> import mapapp
        >>> "text" in mapapp.load().view("2018-09-01", "2018-09-30").background
        True
        """
        from mapapp.frames import background_frame  # noqa: PLC0415 - as above

        with in_language(self.question.language):
            return background_frame(self.atlas.data, self.selection)

    @cached_property
    def quantities(self) -> pd.DataFrame:
        """The quantities in the statements shown, a row each. See `mapapp.frames.quantity_frame`.

        Examples
        --------
        >>> import mapapp
        >>> [*mapapp.load().view().quantities.columns[3:8]]
        ['kind', 'label', 'min', 'best', 'max']
        """
        from mapapp.frames import quantity_frame  # noqa: PLC0415 - as above

        with in_language(self.question.language):
            return quantity_frame(self.atlas.data, self.selection)

    def address(self, base: str | None = None) -> str:
        """Return the address of this view.

        Parameters
        ----------
        base
            URL of the app. ``None``: return only the query.

        Examples
        --------
        >>> import mapapp
        >>> mapapp.load().view("2018-09-01", "2018-09-30").address()
        '?first=2018-09-01&last=2018-09-30'
        """
        return address_of(self.question, self.atlas.data, base)

    def map(self) -> folium.Map:
        """Return a new folium map of the view. It works offline, and you can add further folium layers.

        Examples
        --------
        >>> import folium, mapapp
        >>> shown = mapapp.load().view().map()
        >>> _ = folium.LayerControl().add_to(shown)
        """
        from mapapp.web.notebook_map import notebook_map  # noqa: PLC0415 - folium is slow to load

        with in_language(self.question.language):
            return notebook_map(self.atlas.data, self.selection)

    def figure(  # noqa: PLR0913 - each is a choice of its own
        self,
        path: str | os.PathLike[str],
        *,
        size: str = "a4-landscape",
        dpi: int = 300,
        map_only: bool = False,
        text_as_paths: bool = False,
        title: str | None = None,
        subtitle: str | None = None,
        credit: str = "",
        logo: str | os.PathLike[str] | None = None,
        produced: date | None = None,
        own_layers: Sequence[str | os.PathLike[str]] = (),
    ) -> Path:
        """Write the printable figure and return its path.

        Parameters
        ----------
        path
            Ends in ``.svg`` (the map with its key), ``.png`` (a page with it) or ``.pdf`` (that page, and the
            evidence on the pages after it).
        size
            ``a4``, ``a4-landscape``, ``letter``, ``half-page``, ``square`` or ``slide``.
        dpi
            Dots per inch of a PNG.
        map_only
            Leave out everything but the map with its key and source line; an SVG is always that.
        text_as_paths
            Draw the letters of the map as shapes, for programs that lack the fonts.
        title, subtitle
            Instead of those computed from the view; the map alone has none.
        credit
            Who made the figure.
        logo
            An SVG or PNG file, for the top right corner.
        produced
            The day of production, printed on the last page of a PDF; ``None`` leaves it out, so that the same
            view and data always give the same bytes.
        own_layers
            GeoJSON, KML, GPX or CSV files (WGS 84) to draw over the map; the key and the notes name them as
            added by the maker of the figure.

        Warns
        -----
        UserWarning
            If something of an own layer lies off the map.

        Raises
        ------
        ViewError
            If the file type or the size is unknown, or the file cannot be written.
        FigureError
            If the window or the map extent contains no data, or a file cannot be used.
        DataError
            If a layer has faults.

        Examples
        --------
        >>> import mapapp, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     mapapp.load().view().figure(f"{folder}/map.svg").name
        'map.svg'
        """
        from mapapp.figure import SIZES, Extras, Form, draw  # noqa: PLC0415 - slow to load
        from mapapp.figure.logo import read_logo  # noqa: PLC0415
        from mapapp.figure.own_layers import read_own_file  # noqa: PLC0415

        form = _form(path, get_args(Form))
        if size not in SIZES:
            raise ViewError(f"size: unknown page size (got {size!r}); use {', '.join(SIZES)}")
        off: list[str] = []
        drawn = draw(
            self.atlas.data,
            self.question,
            form,
            size=size,
            dpi=dpi,
            address=self.address(),
            map_only=map_only,
            text_as_paths=text_as_paths,
            extras=Extras(
                title,
                subtitle,
                credit,
                read_logo(logo) if logo is not None else None,
                produced,
                tuple(map(read_own_file, own_layers)),
            ),
            warn=off.append,
        )
        for line in off:
            warnings.warn(line, stacklevel=2)
        return _write(path, drawn, self.atlas.folder)

    def page(self, path: str | os.PathLike[str], *, base_url: str | None = None) -> Path:
        """Write the map as one HTML file that works offline, and return its path.

        Parameters
        ----------
        path
            Ends in ``.html``.
        base_url
            Public address of the folder the file will be put in, or of the file itself. The page then names
            its own address, and a picture for links to it is written beside it, under the same name with
            ``.png``.

        Raises
        ------
        ViewError
            If the file type is unknown, or the file cannot be written.
        FigureError
            If there is a ``base_url``, and the window or the map extent contains no data.

        Examples
        --------
        >>> import mapapp, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     mapapp.load().view().page(f"{folder}/map.html").name
        'map.html'
        """
        from mapapp.exported_page import exported_page, picture, picture_name, published_at  # noqa: PLC0415 - slow

        _form(path, ("html",))
        data, question, folder = self.atlas.data, self.question, self.atlas.folder
        published = base_url and published_at(base_url, Path(path).name)
        if published:
            _write(picture_name(str(path)), picture(data, question), folder)
        return _write(path, exported_page(data, question, published or None).encode(), folder)

    def to_file(self, path: str | os.PathLike[str]) -> Path:
        """Write what the view shows as data, and return the file's path.

        Parameters
        ----------
        path
            Ends in ``.gpkg`` (layers and tables, with styles for QGIS), ``.geojson``, ``.parquet`` (`events`
            as GeoParquet), ``.csv`` (statements, with HXL tags), ``.kml``, ``.kmz`` (with icons),
            ``.lpf.json`` (Linked Places) or ``.jsonld`` (Web Annotations).

        Warns
        -----
        UserWarning
            If the view compares two days, and the file has no rows of the comparison. The rows of `changes`
            are in ``.gpkg``, ``.geojson``, ``.kml`` and ``.kmz``.

        Raises
        ------
        ViewError
            If the file type is unknown, or the file cannot be written.

        Examples
        --------
        >>> import geopandas, mapapp, tempfile
        >>> view = mapapp.load().view()
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = view.to_file(f"{folder}/view.gpkg")
        ...     statements = geopandas.read_file(path, layer="events")
        >>> {*statements["event"]} == {*view.events["event"]}
        True
        """
        from mapapp import export  # noqa: PLC0415 - slow to load

        form = _form(path, export.FORMS)
        data = export.write(self.atlas.data, self.question, form, self.address())
        if note := export.comparison_note(self.atlas.data, self.question, form):
            warnings.warn(f"{Path(path).name}: {note}", stacklevel=2)
        return _write(path, data, self.atlas.folder)

    def cite(self, style: str = "apa", *, accessed: date | None = None) -> str:
        """Return the citation of this view.

        Parameters
        ----------
        style
            ``apa``, ``chicago``, ``bibtex``, ``ris`` or ``csl-json``.
        accessed
            The day of access. ``None``: today, in UTC.

        Raises
        ------
        ViewError
            If the style is unknown.

        Examples
        --------
        >>> import datetime, mapapp
        >>> mapapp.load().view().cite(accessed=datetime.date(2026, 11, 23))  # doctest: +ELLIPSIS
        'mapapp. (...). ... [Map]. Based on ... Retrieved November 23, 2026...'
        """
        from mapapp.export.citation import STYLES, cite  # noqa: PLC0415 - slow to load

        if style not in STYLES:
            raise ViewError(f"style: unknown citation style (got {style!r}); use {', '.join(STYLES)}")
        named_style: Any = style
        day = accessed or datetime.now(UTC).date()
        return cite(self.atlas.data, self.question, named_style, address=self.address(), accessed=day)


def _form(path: str | os.PathLike[str], allowed: Sequence[str]) -> Any:  # noqa: ANN401 - one of those allowed
    name = Path(path).name.lower()
    form = next((form for form in allowed if name.removesuffix(f".{form}") not in ("", name)), None)
    if form is None:
        raise ViewError(f"{path}: unsupported file type; use {', '.join(f'.{name}' for name in allowed)}")
    return form


def _write(path: str | os.PathLike[str], data: bytes, folder: Path) -> Path:
    target = Path(path)
    try:
        refuse_data(target, folder)
        write(target, data)
    except OSError as error:
        raise ViewError(
            f"{named(target)} cannot be written ({error.strerror}); choose another path"
        ) from None
    return target

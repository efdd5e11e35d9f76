"""Answers the questions of the author's panel about one open data folder."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from mapapp.authoring.coverage import coverage
from mapapp.authoring.edit_page import page_data
from mapapp.authoring.first_drafts import DRAFT_NOTE, NO_PLACE
from mapapp.authoring.forms import ENTRIES, form, vocabularies
from mapapp.authoring.gazetteer_places import entry_of, found_in, ready_place
from mapapp.authoring.operations import from_json
from mapapp.authoring.panel_suggestions import (
    candidate_item,
    drop,
    read_dropped,
    restore_dropped,
    suggestion_items,
)
from mapapp.authoring.panel_texts import panel_texts
from mapapp.authoring.places_named import is_country, likeliest
from mapapp.authoring.save import ChangedOutsideError
from mapapp.authoring.session import OutdatedError, RefusedError, Session
from mapapp.authoring.suggest import suggest
from mapapp.core.edtf import read_when
from mapapp.core.licences import allows_text
from mapapp.errors import DateError, MapappError, short_repr
from mapapp.text.dates import when_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from typing import Self

    from mapapp.authoring.faults import Fault
    from mapapp.authoring.gazetteer import Gazetteer
    from mapapp.authoring.suggest import Suggestions
    from mapapp.core.model import Atlas

    Given = Mapping[str, Any]
    Answer = Callable[[Given], Any]

_MISSING = "the key is missing"  # what the check says of a field that is not filled in yet


class NoPlaceError(MapappError):
    """A place that the gazetteer does not have."""


class Desk:
    """The answers, by method and name of the request.

    Parameters
    ----------
    session
        The open data folder.
    root
        The folder.
    gazetteer
        Where places outside the folder are looked up; ``None`` for none.
    without
        Why there is none, as a sentence.
    """

    def __init__(
        self, session: Session, root: Path, gazetteer: Gazetteer | None = None, without: str = ""
    ) -> None:
        self._session, self._root = session, root
        self._gazetteer, self._without = gazetteer, without
        self._suggested: tuple[str, dict[str, Suggestions]] = ("", {})  # for a revision of the folder
        self.answers: dict[tuple[str, str], Answer] = {
            ("GET", "page"): self._page,
            ("GET", "state"): self._state,
            ("GET", "disk"): self._disk,
            ("POST", "preview"): self._preview,
            ("POST", "apply"): self._apply,
            ("POST", "undo"): lambda _: self._stepped(self._session.undo),
            ("POST", "redo"): lambda _: self._stepped(self._session.redo),
            ("POST", "keep"): self._keep,
            ("POST", "take"): self._take,
            ("POST", "when"): self._when,
            ("GET", "suggestions"): self._suggestions,
            ("POST", "drop"): self._drop,
            ("GET", "gazetteer"): self._named,
            ("GET", "gazetteer-place"): self._ready_place,
            ("POST", "licence"): self._licence,
        }

    @classmethod
    @contextmanager
    def opened(cls, root: Path, gazetteer: Gazetteer | None = None, without: str = "") -> Iterator[Self]:
        """Open a data folder for editing; it is closed at the end."""
        with closing(Session.open(root)) as session:
            yield cls(session, root, gazetteer, without)

    def answered(self, answer: Answer, given: Given) -> tuple[int, Any]:
        """Return the status and content of an answer; what is wrong with a request is in it."""
        try:
            return 200, answer(given)
        except (ChangedOutsideError, OutdatedError) as error:
            return 409, {"error": str(error)}
        except RefusedError as error:
            return 422, {"error": str(error), "faults": [_fault(fault) for fault in error.faults]}
        except MapappError as error:
            return 422, {"error": str(error)}
        except (KeyError, TypeError, ValueError) as error:
            return 400, {"error": f"not a request of this page: {error!r}"}

    def _page(self, given: Given) -> dict[str, Any]:
        state = self._session.state()
        if state.atlas is None:
            faults = [{**_fault(fault), "line": self._session.line_of(fault)} for fault in state.faults]
            return {"state": {**self._state({}), "faults": faults}, "texts": panel_texts()}
        return {
            **page_data(state.atlas, given.get("language")),
            "state": self._state({}),
            "texts": panel_texts(),
            "forms": {kind: [asdict(field) for field in form(entry)] for kind, entry in ENTRIES.items()},
            "vocabularies": vocabularies(state.atlas.profile),
            "layers": _layers(state.atlas),
            "languages": [*state.atlas.profile.languages],
            "draftNote": DRAFT_NOTE,
            "articles": {one.id: one.text for one in state.atlas.articles},
            "noPlace": NO_PLACE,
            "speaking": [name for name, one in state.atlas.profile.modalities.items() if not one.by_article],
        }

    def _state(self, _given: Given) -> dict[str, Any]:
        state = self._session.state()
        atlas = state.atlas
        return {
            "revision": state.revision,
            "faults": [_fault(fault) for fault in state.faults],
            "changedOutside": state.changed_outside,
            "canUndo": state.can_undo,
            "canRedo": state.can_redo,
            "forms": self._session.forms(),
            "entries": self._session.entries(),
            "coverage": {one.id: coverage(atlas, one) for one in atlas.articles} if atlas else {},
        }

    def _disk(self, given: Given) -> dict[str, Any]:
        """Return what other programs have made of the folder since a revision."""
        disk = self._session.on_disk()
        if disk.revision == given["revision"]:
            return {"revision": disk.revision, "changed": False}
        return {
            "revision": disk.revision,
            "changed": True,
            "files": disk.changed_outside,
            "entries": disk.entries,
            "unreadable": [_fault(fault) for fault in disk.unreadable],
        }

    def _take(self, _given: Given) -> dict[str, Any]:
        """Take in what other programs have written; not what cannot be read, once there is a map."""
        unreadable = self._session.on_disk().unreadable
        if unreadable and self._session.state().atlas is not None:
            raise RefusedError(unreadable)
        return self._stepped(self._session.take_from_disk)

    def _preview(self, given: Given) -> dict[str, Any]:
        operation = from_json(given["operation"])
        return {"faults": [_fault(fault) for fault in self._session.preview(operation)]}

    def _apply(self, given: Given) -> dict[str, Any]:
        self._session.apply(from_json(given["operation"]), str(given["revision"]))
        return self._state({})

    def _stepped(self, step: Callable[[], Any]) -> dict[str, Any]:
        step()
        return self._state({})

    def _keep(self, given: Given) -> dict[str, Any]:
        """Keep an unfinished form; without a value, forget it."""
        self._session.keep_form(str(given["name"]), given.get("value"))
        return {}

    def _when(self, given: Given) -> dict[str, Any]:
        """Return a time in words, or why it is not one."""
        try:
            return {"words": when_words(read_when(str(given["text"])))}
        except DateError as error:
            return {"fault": f"{error.issue.what}; {error.issue.fix}"}

    def _found(self) -> dict[str, Suggestions]:
        """Return the suggestions for each article, as the folder is now."""
        state = self._session.state()
        if self._suggested[0] != state.revision:
            articles = state.atlas.articles if state.atlas else ()
            found = {one.id: suggest(one, state.atlas, self._gazetteer) for one in articles}
            self._suggested = state.revision, found
        return self._suggested[1]

    def _suggestions(self, _given: Given) -> dict[str, Any]:
        """Return the suggestions for each article, and those that were dropped."""
        found, atlas = self._found(), self._session.state().atlas
        articles = atlas.articles if atlas else ()
        return {
            "articles": {
                one.id: suggestion_items(found[one.id], one.text) for one in articles if one.id in found
            },
            "dropped": read_dropped(self._root),
            "without": self._without,
        }

    def _drop(self, given: Given) -> dict[str, Any]:
        """Keep a suggestion as dropped; without one, forget all that were."""
        suggestion = given["suggestion"]
        if suggestion is None:
            return {"dropped": restore_dropped(self._root)}
        named = {key: suggestion[key] for key in ("article", "what", "start", "words")}
        return {"dropped": drop(self._root, named)}

    def _named(self, given: Given) -> dict[str, Any]:
        """Return the places of the gazetteer whose names begin with a text."""
        if self._gazetteer is None:
            return {"found": []}
        named = [one for found in self._found().values() for one in likeliest(found.places)]
        anchors = [(one.lon, one.lat) for one in named if not is_country(one)]
        return {"found": [*map(candidate_item, found_in(self._gazetteer, str(given["text"]), anchors))]}

    def _ready_place(self, given: Given) -> dict[str, Any]:
        """Return a place of the gazetteer as the folder would have it."""
        atlas = self._session.state().atlas
        entry = entry_of(self._gazetteer, str(given["id"]), str(given["name"])) if self._gazetteer else None
        if entry is None or atlas is None:
            raise NoPlaceError(f"id: the gazetteer has no such place (got {short_repr(given['id'])})")
        return ready_place(entry, atlas)

    def _licence(self, given: Given) -> dict[str, Any]:
        """Return whether a licence allows an article's text to be published."""
        return {"allowed": allows_text(str(given["text"]))}


def _layers(atlas: Atlas) -> list[dict[str, Any]]:
    """Return the layers that have a file, with the shapes and kinds of their places."""
    filled = {layer.id: layer for layer in atlas.layers}
    return [
        {
            "id": name,
            "label": next(iter(layer.labels.texts.values())),
            "shapes": layer.shapes,
            "group": layer.group,
            "snapshot": layer.snapshot,
            "covers": layer.covers,
            "kinds": sorted(
                {*layer.kinds, *(place.kind for place in (filled[name].places if name in filled else ()))}
            ),
        }
        for name, layer in atlas.profile.layers.items()
        if layer.changes is None
    ]


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "item": fault.item,
        "path": fault.path,
        "text": f"{fault.message}; {fault.fix}" if fault.fix else fault.message,
        "file": fault.file,
        "missing": fault.message == _MISSING,
    }

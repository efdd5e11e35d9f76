"""Reads untrusted files: text, YAML and JSON as plain values, and reports everything rejected as an issue.

Nothing here knows what the values mean. Files must be inside the data folder, of limited size and UTF-8.
YAML is read without aliases, tags and dates (a date stays text), and its keys as they are written; JSON
without duplicate keys and NaN.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from mapapp.errors import DataError, Issue, Issues, short_repr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

BIGGEST = 20_000_000  # bytes of one file
MOST_ITEMS = 10_000  # of one list of entries or features; the rest of a longer list is not read
MOST_VALUES = 200_000  # of one YAML file
_DEEPEST = 50  # levels of nesting in a YAML file; the schema needs 6
_TOO_DEEP = Issue(
    "the file is nested too deeply", fix="flatten it to the structure described in data/README.md"
)
SafeLoader: Any = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # the C parser, where available, is ten times as fast
_scalars = yaml.SafeLoader("")
_PLAIN_TAGS = {
    "tag:yaml.org,2002:bool": _scalars.construct_yaml_bool,
    "tag:yaml.org,2002:int": _scalars.construct_yaml_int,
    "tag:yaml.org,2002:float": _scalars.construct_yaml_float,
    "tag:yaml.org,2002:null": _scalars.construct_yaml_null,
}
_TEXT_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:value"}
_KEY_TAGS = _TEXT_TAGS | _PLAIN_TAGS.keys()


class _RefusedError(Exception):
    """A file that cannot be read; ``issue`` says why."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        super().__init__(str(issue))


class Files:
    """Reads the files of a data folder, collecting issues and the fingerprint of everything read.

    Parameters
    ----------
    root
        The data folder. File names are relative to it, with ``/`` between folders.
    instead
        Content of files to read instead of those in the folder, by name; ``None`` for those to be left out.

    Attributes
    ----------
    cut
        Lists of which only the first `MOST_ITEMS` items were read.
    """

    def __init__(self, root: Path, instead: Mapping[str, bytes | None] | None = None) -> None:
        self.root = root
        self._instead = instead or {}
        self._issues = Issues()
        self.cut: set[str] = set()
        self._hash = hashlib.sha256()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all files read so far, with their names, as hex."""
        return self._hash.hexdigest()

    def report(self, issue: Issue) -> None:
        """Add an issue. After the first few of a kind in a file, the others are only counted."""
        self._issues.add(issue)

    @property
    def issues(self) -> tuple[Issue, ...]:
        """All issues: the first few of each kind in a file, and how many more there are."""
        return self._issues.all()

    def names(self, folder: str, suffix: str) -> list[str]:
        """Return the names of a folder's files with a suffix, sorted; report others, or if there is none."""
        place = self.root / folder
        try:
            found = sorted(path.name for path in place.iterdir() if not path.name.startswith("."))
        except OSError as error:
            self.report(
                Issue("the folder cannot be read", _reason(error), "check the data folder", file=folder)
            )
            return []
        here = {file.rpartition("/")[2]: data for file, data in self._instead.items() if _is_in(file, folder)}
        found = sorted({name for name in (*found, *here) if here.get(name, b"") is not None})
        for name in found:
            if not name.endswith(suffix):
                fix = f"rename it so that it ends in {suffix}, or move it out of {folder}"
                self.report(Issue("the file would be ignored", fix=fix, file=f"{folder}/{name}"))
        taken = [f"{folder}/{name}" for name in found if name.endswith(suffix)]
        if not taken:
            self.report(
                Issue(f"the folder has no file ending in {suffix}", fix="add at least one", file=folder)
            )
        return taken

    def has(self, file: str) -> bool:
        """Return whether there is a file or folder of this name."""
        return self._instead[file] is not None if file in self._instead else (self.root / file).exists()

    def bytes(self, file: str) -> bytes | None:
        """Return the bytes of a file, or ``None`` after reporting why it cannot be read."""
        path = self.root / file
        data = self._instead.get(file)
        try:
            if file in self._instead and data is None:
                self.report(Issue("the file is missing", fix="add the file", file=file))
                return None
            if not path.resolve().is_relative_to(self.root.resolve()):
                self.report(
                    Issue(
                        "the file is outside the data folder",
                        fix="replace the link with the file itself",
                        file=file,
                    )
                )
                return None
            if data is None and not path.is_file():
                what = "the path is not a file" if path.exists() else "the file is missing"
                self.report(Issue(what, fix="add the file", file=file))
                return None
            if (size := path.stat().st_size if data is None else len(data)) > BIGGEST:
                limit = (
                    f"keep each file under {BIGGEST // 1_000_000} MB; for a map layer, simplify its geometry"
                )
                self.report(Issue("the file is too big", f"{size / 1e6:.1f} MB", limit, file=file))
                return None
            data = path.read_bytes() if data is None else data
        except (OSError, ValueError, RuntimeError) as error:
            self.report(
                Issue(
                    "the file cannot be read", _reason(error), "check the file and its permissions", file=file
                )
            )
            return None
        self._hash.update(file.encode(errors="surrogateescape") + b"\0" + hashlib.sha256(data).digest())
        return data

    def text(self, file: str) -> str | None:
        """Return a file as text, or ``None`` after reporting why it cannot be read."""
        data = self.bytes(file)
        if data is None:
            return None
        if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
            self.report(
                Issue("the file starts with a byte-order mark", fix="save it as UTF-8 without BOM", file=file)
            )
            return None
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            got = f"byte 0x{data[error.start]:02x} in line {line}"
            self.report(Issue("the file is not UTF-8", got, "save it as UTF-8", file=file))
            return None
        if not text.strip():
            self.report(Issue("the file is empty", fix="add its content, or restore it", file=file))
            return None
        return text

    def yaml(self, file: str) -> Any:
        """Return the content of a YAML file, or ``None`` after reporting why it cannot be read.

        Of a list with more than `MOST_ITEMS` items only the first are read; the file is then added to `cut`.
        """

        def read(text: str) -> Any:
            end = _check_events(text)
            if end is not None:
                self.shorten(file, MOST_ITEMS + text.count("\n-", end - 1))
            return _read_yaml(text[:end])

        return self._parsed(file, read)

    def json(self, file: str) -> Any:
        """Return the content of a JSON file, or ``None`` after reporting why it cannot be read."""
        return self._parsed(file, _read_json)

    def shorten(self, file: str, count: int) -> None:
        """Report that only the first items of a file, of ``count``, are read."""
        self.cut.add(file)
        what, fix = f"the list is too long; only the first {MOST_ITEMS} items are checked", "shorten it"
        self.report(Issue(what, f"{count} items", fix, file=file))

    def _parsed(self, file: str, read: Callable[[str], Any]) -> Any:
        text = self.text(file)
        if text is None:
            return None
        try:
            value = read(text)
        except _RefusedError as error:
            self.report(error.issue.at("", file))
        except RecursionError:
            self.report(_TOO_DEEP.at("", file))
        else:
            if value is None:
                self.report(
                    Issue("the file contains nothing", "null", "add entries, or restore it", file=file)
                )
            return value
        return None


def read_yaml(text: str) -> Any:
    """Return the content of a YAML text.

    Raises
    ------
    DataError
        If it is not YAML, or holds what a data file must not hold; the issue names no file.
    """
    try:
        _check_events(text)
        return _read_yaml(text)
    except _RefusedError as error:
        raise DataError([error.issue]) from None
    except RecursionError:
        raise DataError([_TOO_DEEP]) from None


def read_json(text: str) -> Any:
    """Return the content of a JSON text; raises as `read_yaml` does."""
    try:
        return _read_json(text)
    except _RefusedError as error:
        raise DataError([error.issue]) from None
    except RecursionError:
        raise DataError([_TOO_DEEP]) from None


def _is_in(file: str, folder: str) -> bool:
    return file.rpartition("/")[0] == folder


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__


def _read_yaml(text: str) -> Any:
    try:
        node = yaml.compose(text, Loader=SafeLoader)
    except yaml.YAMLError as error:
        _refuse_yaml(error)
    return None if node is None else _value(node)


def _check_events(text: str) -> int | None:
    """Refuse what is not safe to construct: aliases, deep nesting, too many values, and invalid YAML.

    Returns
    -------
    int or None
        Offset at which to cut a list with too many items; ``None`` for any other file.
    """
    depth = count = items = 0
    is_list = False  # of items that begin with a hyphen
    try:
        for event in yaml.parse(text, Loader=SafeLoader):
            if getattr(event, "anchor", None) is not None:
                _refuse(
                    "YAML anchors and aliases are not supported", event, "write the value out in each place"
                )
            begins = isinstance(event, yaml.CollectionStartEvent)
            if depth == 0 and begins:
                is_list = isinstance(event, yaml.SequenceStartEvent) and not event.flow_style
            elif depth == 1 and is_list and isinstance(event, yaml.NodeEvent):
                items += 1
                if items > MOST_ITEMS:
                    mark: Any = event.start_mark
                    return text.rindex("\n-", 0, mark.index) + 1
            depth += begins - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                _refuse(_TOO_DEEP.what, event, _TOO_DEEP.fix)
            count += 1
            if count > 2 * MOST_VALUES:
                _refuse("the file has too many values", event, f"keep it under {MOST_VALUES} values")
    except yaml.YAMLError as error:
        _refuse_yaml(error)
    return None


def _refuse_yaml(error: yaml.YAMLError) -> NoReturn:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
    if re.search("nest|depth|recurs", problem):  # the library reached its own limit first
        _refuse(_TOO_DEEP.what, mark, _TOO_DEEP.fix)
    where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "unknown position"
    raise _RefusedError(Issue("the file is not YAML", f"{problem}, {where}", "correct that line")) from None


def _value(node: yaml.Node) -> Any:
    """Construct the value of a YAML node, refusing what a data file does not need."""
    if isinstance(node, yaml.MappingNode) and node.tag == "tag:yaml.org,2002:map":
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if key_node.tag == "tag:yaml.org,2002:merge":
                _refuse("YAML merge keys are not supported", key_node, "write the values out")
            key = _key(key_node)
            if key in mapping:
                _refuse(f"the key {short_repr(key)} is written twice", key_node, "keep one of them")
            mapping[key] = _value(value_node)
        return mapping
    if isinstance(node, yaml.SequenceNode) and node.tag == "tag:yaml.org,2002:seq":
        return [_value(item) for item in node.value]
    return _scalar(node)


def _key(node: yaml.Node) -> str:
    """Return a key as it is written: YAML takes plain on, off, yes, no, y, n, null and 1 for other values."""
    if not isinstance(node, yaml.ScalarNode) or node.tag not in _KEY_TAGS:
        _refuse("a key is not text", node, "write a word")
    return str(node.value)


def _scalar(node: yaml.Node) -> str | float | bool | None:
    if isinstance(node, yaml.ScalarNode) and node.tag in _TEXT_TAGS:
        return str(node.value)
    if not isinstance(node, yaml.ScalarNode) or node.tag not in _PLAIN_TAGS:
        _refuse("YAML tags are not supported", node, "write plain text, numbers, lists and mappings")
    try:
        value: float | bool | None = _PLAIN_TAGS[node.tag](node)
    except (ValueError, KeyError, OverflowError):
        _refuse("a value cannot be read", node, "put text in quotes; write numbers with digits only")
    return value


def _refuse(what: str, node: yaml.Node | yaml.Event | yaml.Mark | None, fix: str) -> NoReturn:
    mark: Any = getattr(node, "start_mark", node)
    raise _RefusedError(Issue(what, f"line {mark.line + 1}" if mark else "", fix))


def _read_json(text: str) -> Any:
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except json.JSONDecodeError as error:
        got = f"{error.msg}, line {error.lineno}, column {error.colno}"
        raise _RefusedError(Issue("the file is not JSON", got, "correct that line")) from None
    except ValueError:  # an integer of thousands of digits
        raise _RefusedError(Issue("a number is too long", "more than 4300 digits", "shorten it")) from None
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        count = Counter(key for key, _ in pairs)
        twice = next(key for key, number in count.items() if number > 1)
        owner = f"in {short_repr(value['id'])}" if "id" in value and twice != "id" else ""
        raise _RefusedError(Issue(f"the key {short_repr(twice)} is written twice", owner, "keep one of them"))
    return value


def _constant(name: str) -> NoReturn:
    raise _RefusedError(
        Issue("a number is not finite", name, "write a finite number, or leave the value out")
    )

"""The catalogue of messages: every key used exists, and every key is used."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
import yaml
from babel import Locale
from jinja2 import Environment, nodes

from mapapp.text.messages import catalogue, words
from mapapp.web.texts import PYTHON_ONLY

PACKAGE = Path(__file__).resolve().parents[2] / "mapapp"
SCRIPT = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted((PACKAGE / "web" / "src").rglob("*.js"))
)
TEMPLATES = [
    Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    for path in sorted((PACKAGE / "web" / "templates").glob("*.html"))
]


def template_keys() -> Iterator[str]:
    """Yield every key the templates ask for: whole, or its fixed beginning followed by ``*``."""
    for template in TEMPLATES:
        for call in template.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "words":
                match call.args:
                    case [nodes.Const(value=str(text))]:
                        yield text
                    case [nodes.Concat(nodes=[nodes.Const(value=str(text)), *_])]:
                        yield f"{text}*"
                    case _:
                        raise AssertionError(call)


@cache
def modules() -> dict[Path, ast.Module]:
    """Return the syntax trees of the sources."""
    paths = (path for path in PACKAGE.rglob("*.py") if "shipped" not in path.parts)
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def python_calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield every call of ``words`` with its key: whole, or its fixed beginning followed by ``*``."""
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute) and node.args:
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                if name == "words":
                    yield from ((key, node) for key in keys_of(node.args[0]))


def keys_of(node: ast.expr) -> Iterator[str]:
    """Yield the keys an expression can stand for."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            yield f"{text}*"
        case ast.IfExp(body=one, orelse=other):
            yield from keys_of(one)
            yield from keys_of(other)


def script_keys() -> Iterator[str]:
    """Yield every key the script asks for, whole or as the beginning of one."""
    for inner in re.findall(r"\bwords\(((?:[^()]|\([^()]*\))*)\)", SCRIPT):
        asked = re.sub(r",\s*\{.*", "", inner, flags=re.DOTALL)  # the values filled in
        for text, joined in re.findall(r'"([a-z][\w-]*)"\s*(\+)?', asked):
            if text in catalogue() or joined or asked.strip() == f'"{text}"':
                yield f"{text}*" if joined else text


def literals() -> set[str]:
    """Return every string in the sources: keys also travel as arguments, as in ``section("via", …)``."""
    found = set(re.findall(r'"([a-z][\w-]*)"', SCRIPT)) | set(template_keys())
    for tree in modules().values():
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    return found


def beginnings() -> set[str]:
    """Return the fixed beginnings of keys that are put together."""
    found = set(re.findall(r"`([a-z][a-z-]*-)\$\{", SCRIPT))
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                found.add(str(node.values[0].value))
    found |= {key[:-1] for key in template_keys() if key.endswith("*")}
    return {text for text in found if re.fullmatch(r"[a-z][a-z-]*-", text)}


def endings() -> set[str]:
    """Return the ends of keys that are put together from another key."""
    found = set()
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and len(node.values) == 2:
                one, other = node.values
                if isinstance(one, ast.FormattedValue) and isinstance(other, ast.Constant):
                    found.add(str(other.value))
    return {text for text in found if re.fullmatch(r"-[a-z-]*[a-z]", text)}


def test_every_key_that_python_uses_exists() -> None:
    asked = {key for key, _ in python_calls()}
    assert len(asked) > 20
    for key in asked:
        there = (
            any(known.startswith(key[:-1]) for known in catalogue())
            if key.endswith("*")
            else key in catalogue()
        )
        assert there, key


@pytest.mark.parametrize("keys", [script_keys, template_keys])
def test_every_key_that_script_and_templates_use_exists(
    keys: Callable[[], Iterator[str]],
) -> None:
    asked = set(keys())
    assert len(asked) > 20
    for key in asked:
        there = (
            any(known.startswith(key[:-1]) for known in catalogue())
            if key.endswith("*")
            else key in catalogue()
        )
        assert there, key


def test_the_script_gets_every_message_that_it_uses() -> None:
    mine = set(re.findall(r'"([a-z][\w.-]*)"', SCRIPT)) & catalogue().keys()
    assert [key for key in mine if key.startswith(PYTHON_ONLY)] == []
    assert {key for key in script_keys() if key.startswith(PYTHON_ONLY)} == set()


def test_every_key_is_used() -> None:
    used, started = literals(), tuple(beginnings())
    ends = endings()
    used |= {key + end for key in used for end in ends}
    assert [key for key in catalogue() if key not in used and not key.startswith(started)] == []


def forms(message: str | dict[str, str]) -> dict[str, str]:
    """Return the texts of a message by plural form; of one that has none, its only text."""
    return message if isinstance(message, dict) else {"": message}


def placeholders(key: str) -> set[str]:
    """Return the names to be filled in."""
    texts = forms(catalogue()[key]).values()
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_python_fills_in_every_name() -> None:
    for key, call in python_calls():
        if (
            key in catalogue()
            and all(keyword.arg for keyword in call.keywords)
            and getattr(call.func, "id", "") == "words"
        ):
            assert {keyword.arg for keyword in call.keywords} >= placeholders(key), key


def test_the_script_fills_in_every_name() -> None:
    calls = re.findall(r'\bwords\("([\w-]+)"(?:,\s*\{((?:[^{}]|\{[^{}]*\})*)\})?\)', SCRIPT)
    assert len(calls) > 20
    for key, given in calls:
        flat = re.sub(r"\([^()]*\)", "", given)  # the arguments of functions are no names
        named = {part.split(":")[0].strip() for part in flat.split(",") if part.strip()}
        assert named - {"n"} == placeholders(key) - {"n"}, key  # some only choose their form by it


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "text" / "locale").glob("*.yaml")), ids=lambda path: path.stem
)
def test_a_catalogue_is_plain_text_with_no_key_twice(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    keys = [line.split(":")[0] for line in source.splitlines() if line and not line.startswith(("#", " "))]
    assert len(keys) == len(set(keys))
    for key, message in yaml.safe_load(source).items():
        for text in forms(message).values():
            assert isinstance(text, str), key
            assert text.strip(), key
            assert not re.search(r"[<>]|\{\{|\{%", text), key


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "text" / "locale").glob("*.yaml")), ids=lambda path: path.stem
)
def test_a_message_with_plural_forms_has_each_that_its_language_needs(path: Path) -> None:
    needed = {*Locale.parse(path.stem).plural_form.tags, "other"}
    counted = [
        message
        for message in yaml.safe_load(path.read_text(encoding="utf-8")).values()
        if isinstance(message, dict)
    ]
    assert counted
    for message in counted:
        assert message.keys() == needed, message


@pytest.mark.parametrize(
    ("n", "worded"),
    [(0, "0 statements in"), (1, "1 statement in"), (2, "2 statements in"), (21, "21 statements in")],
)
def test_the_number_chooses_the_plural_form(n: int, worded: str) -> None:
    assert words("statements", n=n).startswith(worded)


def test_a_message_with_plural_forms_needs_its_number() -> None:
    with pytest.raises(KeyError):
        words("statements")

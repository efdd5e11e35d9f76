"""The one catalogue of the screen's words: every key asked for is there, and every key is asked for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
import yaml

from mapapp.text.messages import catalogue

PACKAGE = Path(__file__).resolve().parents[2] / "mapapp"
SCRIPT = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted((PACKAGE / "web" / "static").glob("*.js"))
)


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
                if name in ("words", "_row"):
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
    found = set(re.findall(r'"([a-z][\w-]*)"', SCRIPT))
    for tree in modules().values():
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    return found


def beginnings() -> set[str]:
    """Return the fixed beginnings of keys that are put together."""
    found = set(re.findall(r'words\("([a-z][\w-]*-)"\s*\+', SCRIPT)) | set(
        re.findall(r'"([a-z]+-)" \+', SCRIPT)
    )
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                found.add(str(node.values[0].value))
    return {text for text in found if re.fullmatch(r"[a-z][a-z-]*-", text)}


def test_every_key_python_asks_for_is_there() -> None:
    asked = {key for key, _ in python_calls()}
    assert len(asked) > 20
    for key in asked:
        there = (
            any(known.startswith(key[:-1]) for known in catalogue())
            if key.endswith("*")
            else key in catalogue()
        )
        assert there, key


def test_every_key_the_script_asks_for_is_there() -> None:
    asked = set(script_keys())
    assert len(asked) > 20
    for key in asked:
        there = (
            any(known.startswith(key[:-1]) for known in catalogue())
            if key.endswith("*")
            else key in catalogue()
        )
        assert there, key


def test_no_key_is_dead() -> None:
    used, started = literals(), tuple(beginnings())
    assert [key for key in catalogue() if key not in used and not key.startswith(started)] == []


def placeholders(key: str) -> set[str]:
    """Return the names to be filled in."""
    return {name for _, name, _, _ in Formatter().parse(catalogue()[key]) if name is not None}


def test_python_fills_in_every_name() -> None:
    for key, call in python_calls():
        if (
            key in catalogue()
            and all(keyword.arg for keyword in call.keywords)
            and getattr(call.func, "id", "") == "words"
        ):
            assert {keyword.arg for keyword in call.keywords} >= placeholders(key), key


def test_the_script_fills_in_every_name() -> None:
    for key, given in re.findall(r'words\("([\w-]+)"(?:,\s*\{([^{}]*)\})?\)', SCRIPT):
        named = {part.split(":")[0].strip() for part in given.split(",") if part.strip()}
        assert named == placeholders(key), key


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "text" / "locale").glob("*.yaml")), ids=lambda path: path.stem
)
def test_a_catalogue_is_plain_text_with_no_key_twice(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    keys = [line.split(":")[0] for line in source.splitlines() if line and not line.startswith(("#", " "))]
    assert len(keys) == len(set(keys))
    for key, said in yaml.safe_load(source).items():
        assert isinstance(said, str), key
        assert said.strip() or key == "", key
        assert not re.search(r"[<>]|\{\{|\{%", said), key

"""Reads the elements of an untrusted XML text, whatever their namespace."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from mapapp.data.own_layer_readers.collector import Collector

_DOCTYPE = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def root_of(text: str, name: str, into: Collector) -> ET.Element | None:
    """Return the root element of an XML text; ``None``, with a fault, if it cannot be read or is another."""
    if _DOCTYPE.search(text):
        into.fault("doctype")
        return None
    try:
        root = ET.fromstring(text)  # noqa: S314 - without a document type there are no entities
    except (ET.ParseError, ValueError):
        into.fault("syntax")
        return None
    if local(root) != name:
        into.fault("root", local(root))
        return None
    return root


def local(element: ET.Element) -> str:
    """Return the name of an element without its namespace; empty for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: ET.Element, *names: str) -> list[ET.Element]:
    """Return the elements of these names directly within another."""
    return [child for child in element if local(child) in names]

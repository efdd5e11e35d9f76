"""W3C Web Annotations: each passage of the article, linked to the statement derived from it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mapapp.export import rows

if TYPE_CHECKING:
    from mapapp.core.model import Atlas, Event, Passage
    from mapapp.core.select import Selection
    from mapapp.core.view import View

# The first is the standard's context, which must be referenced by URL; the second defines the terms added
# here.
CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "sdo": "https://schema.org/",
        "Claim": "sdo:Claim",
        "claimInterpreter": "sdo:claimInterpreter",
        "name": "sdo:name",
        "about": {"@id": "sdo:about", "@type": "@id", "@container": "@set"},
        "temporalCoverage": "sdo:temporalCoverage",
        "additionalType": {"@id": "sdo:additionalType", "@type": "@id", "@container": "@set"},
        "abstract": "sdo:abstract",
        "version": "sdo:version",
        "identifier": "sdo:identifier",
        "sha256": "sdo:sha256",
    },
]
_AROUND = 32  # characters of prefix and suffix, by which a passage can be located again


def web_annotations(atlas: Atlas, view: View, selection: Selection, address: str) -> bytes:
    """Return one annotation for each passage of each statement shown.

    Offsets count the characters (Unicode code points) of the article's text, end excluded. The target is the
    article, named by the SHA-256 of its bytes; the body is the statement.
    """
    items = [
        _annotation(atlas, view, event, passage, number)
        for event, _ in selection.events
        for number, passage in enumerate(event.passages, start=1)
    ]
    collection = {
        "@context": CONTEXT,
        "id": rows.urn("annotations", atlas.article.id),
        "type": "AnnotationCollection",
        "label": rows.title(atlas, view),
        "identifier": address,
        "version": atlas.fingerprint,
        "total": len(items),
        "first": {
            "id": rows.urn("annotations", f"{atlas.article.id}:1"),
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    }
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode()


def _annotation(atlas: Atlas, view: View, event: Event, passage: Passage, number: int) -> dict[str, Any]:
    text = atlas.article.text
    return {
        "id": rows.urn("annotation", f"{event.id}:{number}"),
        "type": "Annotation",
        "motivation": "describing",
        "body": _statement(atlas, view, event),
        "target": {
            "type": "SpecificResource",
            "source": {
                "id": rows.article_urn(atlas),
                "type": "Text",
                "format": "text/plain",
                "language": atlas.article.language,
                "sha256": atlas.article.sha256,
            },
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": passage.exact,
                    "prefix": text[max(0, passage.start - _AROUND) : passage.start],
                    "suffix": text[passage.end : passage.end + _AROUND],
                },
                {"type": "TextPositionSelector", "start": passage.start, "end": passage.end},
            ],
        },
    }


def _statement(atlas: Atlas, view: View, event: Event) -> dict[str, Any]:
    statement = {
        "id": rows.urn("event", event.id),
        "type": "Claim",
        "name": rows.clean(event.title),
        "additionalType": [rows.urn("kind", event.kind), rows.urn("modality", event.modality)],
        "claimInterpreter": rows.speaker(atlas, event.said_by, view.names),
        "temporalCoverage": event.when.edtf,
        "about": [rows.urn("place", link.id) for link in event.places],
    }
    return statement | ({"abstract": rows.clean(event.note)} if event.note else {})

"""W3C Web Annotations: each passage of the article, linked to the statement derived from it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mapapp.core.drafts import has_drafts
from mapapp.core.licences import allows_text
from mapapp.export import rows
from mapapp.text.authored import event_note, event_title, publisher_words
from mapapp.text.labels import article_title, articles_shown
from mapapp.text.locales import current_language, local
from mapapp.text.quotation import quoted_spans
from mapapp.view_rows import quantity_columns

if TYPE_CHECKING:
    from mapapp.core.model import Article, Atlas, Event, Passage, Quantity
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
        "publisher": "sdo:publisher",
        "author": "sdo:author",
        "datePublished": "sdo:datePublished",
        "url": {"@id": "sdo:url", "@type": "@id"},
    },
]
# Terms added where statements have quantities, and where some are drafts.
_QUANTITIES: dict[str, Any] = {
    "PropertyValue": "sdo:PropertyValue",
    "additionalProperty": {"@id": "sdo:additionalProperty", "@container": "@set"},
    "propertyID": {"@id": "sdo:propertyID", "@type": "@id"},
    "minValue": "sdo:minValue",
    "value": "sdo:value",
    "maxValue": "sdo:maxValue",
    "unitText": "sdo:unitText",
    "description": "sdo:description",
}
_DRAFTS = {"creativeWorkStatus": "sdo:creativeWorkStatus"}
_AROUND = 32  # characters of prefix and suffix, by which a passage can be located again


def web_annotations(atlas: Atlas, view: View, selection: Selection, address: str) -> bytes:
    """Return one annotation for each passage of each statement shown.

    Offsets count the characters (Unicode code points) of the article's text, end excluded. The target is the
    article, named by the SHA-256 of its bytes; the body is the statement.
    """
    name = "+".join(article.id for article in articles_shown(atlas, view))
    context = [*CONTEXT]
    if quantity_columns(atlas):
        context.append(_QUANTITIES)
    if has_drafts(atlas):
        context.append(_DRAFTS)
    items = [
        _annotation(atlas, view, event, passage, number)
        for event, _ in selection.events
        for number, passage in enumerate(event.passages, start=1)
    ]
    collection = {
        "@context": context,
        "id": rows.urn("annotations", name),
        "type": "AnnotationCollection",
        "label": rows.title(atlas, view),
        "identifier": address,
        "version": atlas.fingerprint,
        "total": len(items),
        "first": {
            "id": rows.urn("annotations", f"{name}:1"),
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    }
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode()


def _annotation(atlas: Atlas, view: View, event: Event, passage: Passage, number: int) -> dict[str, Any]:
    article = atlas.article[event.article]
    text = article.text
    first, last = _publishable(atlas, article, passage)
    return {
        "id": rows.urn("annotation", f"{event.id}:{number}"),
        "type": "Annotation",
        "motivation": "describing",
        "body": _statement(atlas, view, event),
        "target": {
            "type": "SpecificResource",
            "source": _article(atlas, article),
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": passage.exact,
                    "prefix": text[max(first, passage.start - _AROUND) : passage.start],
                    "suffix": text[passage.end : min(last, passage.end + _AROUND)],
                },
                {"type": "TextPositionSelector", "start": passage.start, "end": passage.end},
            ],
        },
    }


def _publishable(atlas: Atlas, article: Article, passage: Passage) -> tuple[int, int]:
    """Return the span around a passage that may be published: all, or what statements quote."""
    if allows_text(atlas.source[article.source].licence):
        return 0, len(article.text)
    spans = quoted_spans(article, atlas.events)
    own = (passage.start, passage.end)
    return next((span for span in spans if span[0] <= own[0] and own[1] <= span[1]), own)


def _article(atlas: Atlas, article: Article) -> dict[str, Any]:
    known = {"author": rows.clean(article.author), "url": rows.clean(rows.article_url(atlas, article) or "")}
    return {
        "id": rows.article_urn(article),
        "type": "Text",
        "format": "text/plain",
        "language": article.language,
        "textDirection": article.direction,
        "sha256": article.sha256,
        "identifier": article.id,
        "name": rows.clean(article_title(atlas, article)),
        "publisher": rows.clean(publisher_words(atlas.source[article.source])),
        "datePublished": article.date.isoformat(),
        **{key: value for key, value in known.items() if value},
    }


def _statement(atlas: Atlas, view: View, event: Event) -> dict[str, Any]:
    statement: dict[str, Any] = {
        "id": rows.urn("event", event.id),
        "type": "Claim",
        "name": rows.clean(event_title(event)),
        "additionalType": [rows.urn("kind", event.kind), rows.urn("modality", event.modality)],
        "claimInterpreter": rows.speaker(atlas, event.said_by, view.names),
        "temporalCoverage": event.when.edtf,
        "about": [rows.urn("place", link.id) for link in event.places],
    }
    if event.note:
        statement["abstract"] = rows.clean(event_note(event))
    if event.quantities:
        statement["additionalProperty"] = [_quantity(atlas, one) for one in event.quantities]
    if event.draft:
        statement["creativeWorkStatus"] = "Draft"
    return statement


def _quantity(atlas: Atlas, quantity: Quantity) -> dict[str, Any]:
    """Return a quantity; ``description`` has the article's words for it."""
    kind = atlas.profile.quantities[quantity.kind]
    found: dict[str, Any] = {
        "type": "PropertyValue",
        "propertyID": rows.urn("quantity", quantity.kind),
        "name": local(kind.labels),
        "minValue": quantity.least,
        "value": quantity.best,
        "maxValue": quantity.most,
        "unitText": kind.unit_in(current_language()),
        "description": rows.clean(quantity.words),
    }
    return {key: value for key, value in found.items() if value is not None}

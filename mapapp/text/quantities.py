"""Quantities of statements, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapapp.text.direction import isolated
from mapapp.text.locales import current_language, local, number_words
from mapapp.text.messages import words
from mapapp.text.quotation import quoted

if TYPE_CHECKING:
    from mapapp.core.model import Article, Atlas, Quantity


def quantity_words(atlas: Atlas, article: Article, quantity: Quantity) -> str:
    """Return a quantity with its kind and unit, such as "Displaced: 7,000 (5,000 to 9,000) people".

    What runs from right to left keeps its direction. Where the article gives no number, its words stand for
    it, in quotation marks.
    """
    kind = atlas.profile.quantities[quantity.kind]
    label, value = isolated(local(kind.labels)), _value(quantity)
    if not value:
        return words("quantity-in-words", kind=label, said=isolated(quoted(article, quantity.words)))
    unit = isolated(kind.unit_in(current_language()) or "")
    return words("quantity", kind=label, value=value, unit=unit).rstrip()


def _value(quantity: Quantity) -> str:
    """Return the numbers of a quantity; empty if it has none."""
    best, least, most = (
        "" if value is None else number_words(value)
        for value in (quantity.best, quantity.least, quantity.most)
    )
    if best and least and most:
        return words("quantity-between", best=best, least=least, most=most)
    bounds = words("quantity-range", least=least, most=most) if least and most else ""
    if not bounds and (least or most):
        bounds = words("quantity-least", n=least) if least else words("quantity-most", n=most)
    return f"{best} ({bounds})" if best and bounds else best or bounds

"""Licence and title of each format, from its publisher's web pages, which are authoritative."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapapp.incidents.vocabulary import Format

LICENCES: dict[Format, str] = {
    "acled": (
        "ACLED terms of use: the data must be clearly and prominently acknowledged as ACLED's, with "
        "a link to "
        "acleddata.com; the raw data may not be passed on to others"
    ),
    "ucdp": (
        "CC BY 4.0, Uppsala Conflict Data Program; cite Sundberg and Melander (2013), Introducing the UCDP "
        "Georeferenced Event Dataset, Journal of Peace Research 50(4), and the release used"
    ),
    "csv": "Licence not stated",
}
SYNTHETIC = "No licence: synthetic test data"
TITLES: dict[Format, str] = {
    "acled": "Armed Conflict Location & Event Data (ACLED)",
    "ucdp": "UCDP Georeferenced Event Dataset (UCDP GED)",
    "csv": "",
}

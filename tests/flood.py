"""A folder made of an invented article of twelve sentences about floods, in a country that exists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml

from mapapp.authoring.base_map import Box
from mapapp.authoring.folder_files import NewArticle
from mapapp.authoring.new_folder import make_folder

TEXT = """Floods on the Sava

Heavy rain fell in the hills around Kranj on 3 October 2023. The river flooded the lower streets of Celje \
on 4 October 2023. In Krško, two schools closed on 5 October 2023. The mayor of Brežice said on Thursday \
that 300 people had left their homes. Soldiers brought sandbags to Novo Mesto on Friday. Trains between \
Ljubljana and Zagreb stopped running on 6 October 2023.

By Saturday, the water had fallen in Maribor. A bridge in Radeče was closed on 7 October 2023. Nobody was \
hurt. The damage has not been counted yet. Insurers asked people to keep their receipts. Such floods are rare.
"""
DAY = date(2023, 10, 9)


def flood_without_statements(folder: Path) -> Path:
    """Make the folder without towns and statements; return it."""
    article = NewArticle(TEXT, TEXT.encode(), ".txt", DAY, "en", "CC BY 4.0")
    make_folder(folder, article, "disaster", Box(13, 45, 17, 47))
    events = next((folder / "data" / "events").glob("*.yaml"))
    value = yaml.safe_load(events.read_text("utf-8"))
    events.write_text(yaml.safe_dump({**value, "events": []}, allow_unicode=True), "utf-8")
    return folder

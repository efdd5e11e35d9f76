"""Bring the translations into step with the English messages: ``python tests/text/update_translations.py``.

Run it after a change of ``en.yaml``, and after editing a PO file with a program. In each PO file it adds new
messages without a translation, drops those that are gone, and marks a translation whose English has changed
as fuzzy. A fuzzy translation is not used; remove the mark once the translation fits again. Prints how much is
left to do in each language.
"""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path

import yaml
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from babel.plural import to_gettext

from mapapp.text.locales import LANGUAGES, SOURCE
from mapapp.text.messages import plural_forms

FOLDER = Path(__file__).resolve().parents[2] / "mapapp" / "text" / "locale"
TRANSLATIONS = [FOLDER / f"{tag}.po" for tag in LANGUAGES if tag != SOURCE]
HEAD = """# Translation of the interface of mapapp; how to translate: README.md beside this file.
msgid ""
msgstr ""
"Language: {tag}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {forms}\\n"

"""


def english() -> dict[str, str | tuple[str, str]]:
    """Return each English message by key: its text, or its forms for one and for other numbers."""
    loaded = yaml.safe_load((FOLDER / "en.yaml").read_text(encoding="utf-8"))
    return {
        key: text if isinstance(text, str) else (text["one"], text["other"]) for key, text in loaded.items()
    }


def comments() -> dict[str, list[str]]:
    """Return the comment above each key of the English messages, as lines."""
    found: dict[str, list[str]] = {}
    above: list[str] = []
    for line in (FOLDER / "en.yaml").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            above.append(line[2:])
            continue
        if key := re.match(r"[\w.-]+(?=:)", line):
            found[key[0]] = above
        above = []
    return found


def numbers_of(tag: str) -> dict[str, list[int | float]]:
    """Return some numbers for each plural form of a language, by CLDR's name of the form."""
    rule = Locale.parse(tag).plural_form
    numbers = [*range(200), *(n + 0.5 for n in range(1, 4))]
    return {form: [n for n in numbers if rule(n) == form] for form in plural_forms(tag)}


def form_comment(tag: str) -> str:
    """Return which numbers each ``msgstr[…]`` of a language is for."""
    return "; ".join(
        f"[{index}] {', '.join(map(str, numbers[:3]))}{' …' if len(numbers) > 3 else ''}"
        for index, numbers in enumerate(numbers_of(tag).values())
    )


def texts(message: Message) -> tuple[str, ...]:
    """Return the translation of a message, or of each of its plural forms."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def read(path: Path) -> dict[str, Message]:
    """Return the messages of a PO file by key; none of a file that is not there."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        entries = read_po(file, locale=path.stem, abort_invalid=True)
    return {str(entry.context): entry for entry in entries if entry.id}


def updated(path: Path) -> bytes:
    """Return what the PO file should hold."""
    old, notes = read(path), comments()
    forms = plural_forms(path.stem)
    rule = to_gettext(Locale.parse(path.stem).plural_form)
    catalog = Catalog(locale=path.stem)
    catalog.mime_headers = [("Plural-Forms", f"{rule};")]  # Babel's own rules lack a form of Russian
    numbers = form_comment(path.stem)
    for key, source in english().items():
        before = old.get(key)
        plain = isinstance(source, str)
        string, flags = "" if plain else ("",) * len(forms), set()
        if before and any(texts(before)) and isinstance(before.string, str) == plain:
            string, flags = before.string, {*before.flags} & {"fuzzy"} if before.id == source else {"fuzzy"}
        entry = catalog.add(
            source,
            string,
            flags=flags,
            auto_comments=notes[key] if plain else [*notes[key], numbers],
            user_comments=before.user_comments if before else (),
            context=key,
        )
        entry.flags.discard("python-brace-format")  # what checks that does not know plural forms
    written = BytesIO()
    write_po(written, catalog, width=0, omit_header=True)
    return HEAD.format(tag=path.stem, forms=rule).encode() + written.getvalue()


def main() -> None:
    """Update all translations."""
    for path in TRANSLATIONS:
        path.write_bytes(updated(path))
        messages = read(path).values()
        fuzzy = sum(message.fuzzy for message in messages)
        empty = sum(not all(texts(message)) for message in messages)
        sys.stdout.write(f"{path.stem}: {len(messages)} messages, {empty} not translated, {fuzzy} fuzzy\n")


if __name__ == "__main__":
    main()

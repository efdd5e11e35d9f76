"""Names in several languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Names:
    """A name, or another text, in one or more languages.

    ``texts`` is by BCP 47 tag. The first stands in for languages that are missing.
    """

    texts: Mapping[str, str] = field(hash=False)

    def language(self, wanted: str) -> str:
        """Return the language the name is shown in to a reader of ``wanted``.

        That is ``wanted`` or, where there is no such name, the same language without region or script, or
        else the first.
        """
        for tag in (wanted, wanted.partition("-")[0]):
            if tag in self.texts:
                return tag
        return next(iter(self.texts))

    def text(self, wanted: str) -> str:
        """Return the name as it is shown to a reader of ``wanted``; see `language`."""
        return self.texts[self.language(wanted)]

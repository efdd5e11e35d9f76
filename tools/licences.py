"""The packages that mapapp needs at run time, and their licences, as their metadata state them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import Distribution, distribution

from license_expression import AND, OR, LicenseSymbol, get_spdx_licensing
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

EXTRAS = ("author", "sign")  # of mapapp, for its users; the others are for developers

COMPATIBLE = {  # a program under the MIT licence may need packages under these
    *(
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC0-1.0",
        "CNRI-Python",
        "ISC",
        "MIT",
        "MIT-0",
        "MIT-CMU",
    ),
    *("OFL-1.1", "PSF-2.0", "Unlicense", "Zlib"),
    *("LGPL-2.1-or-later", "MPL-2.0"),  # for packages that are imported, unchanged, and can be replaced
}

# For packages whose metadata name no licence, or none of several: the licence, and where it is stated.
STATED = {
    "altair": ("BSD-3-Clause", "LICENSE in the package"),
    "arcp": ("Apache-2.0", "License field of the metadata"),
    "c2pa-python": ("MIT OR Apache-2.0", "License field of the metadata"),
    "fastkml": ("LGPL-2.1-or-later", "headers of the modules"),
    "itsdangerous": ("BSD-3-Clause", "LICENSE.txt in the package"),
    "jinja2": ("BSD-3-Clause", "LICENSE.txt in the package"),
    "justext": ("BSD-2-Clause", "License field of the metadata"),
    "protobuf": ("BSD-3-Clause", "License field of the metadata"),
    "pydeck": ("Apache-2.0", "License field of the metadata"),
    "pygeoif": ("LGPL-2.1-or-later", "headers of the modules"),
    "pyogrio": ("MIT", "License field of the metadata"),
    "pypdfium2": ("BSD-3-Clause AND Apache-2.0", "licenses/LICENSES in the package"),
    "scipy": ("BSD-3-Clause", "License field of the metadata"),
    "segno": ("BSD-3-Clause", "LICENSE in the package"),
    "streamlit-folium": ("MIT", "LICENSE in the repository randyzwitch/streamlit-folium"),
    "uharfbuzz": ("Apache-2.0", "License field of the metadata"),
    "uvloop": ("MIT OR Apache-2.0", "README in the metadata"),
    "xstatic-leaflet": ("BSD-2-Clause", "the licence of Leaflet, which the metadata refer to"),
}

_CLASSIFIERS = {  # those that leave no choice of versions or clauses
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_SPDX = get_spdx_licensing()


class LicenceError(Exception):
    """A package does not state its licence."""


@dataclass(frozen=True)
class Package:
    """A package that mapapp needs.

    Parameters
    ----------
    name
        Its normalised name.
    version
        The version that is installed.
    licence
        SPDX expression.
    needs
        Names of the packages that it needs itself, sorted.
    optional
        Whether only the extras of mapapp need it.
    """

    name: str
    version: str
    licence: str
    needs: tuple[str, ...]
    optional: bool


def packages() -> list[Package]:
    """Return mapapp and all the packages that it needs in this environment, sorted by name.

    Raises
    ------
    LicenceError
        If a package states no licence and `STATED` has none for it.
    """
    required = _closure(())
    return [
        Package(name, distribution(name).version, licence_of(distribution(name)), needs, name not in required)
        for name, needs in sorted(_closure(EXTRAS).items())
    ]


def _closure(extras: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return what mapapp with these extras needs: names, each with the names that it needs itself."""
    found: dict[str, set[str]] = {}
    waiting, seen = [("mapapp", ("", *extras))], set()
    while waiting:
        asked = waiting.pop()
        if asked in seen:
            continue
        seen.add(asked)
        name, wanted = asked
        needs = found.setdefault(name, set())
        for text in distribution(name).requires or ():
            needed = Requirement(text)
            if needed.marker and not any(needed.marker.evaluate({"extra": extra}) for extra in wanted):
                continue
            other = canonicalize_name(needed.name)
            waiting.append((other, ("", *sorted(needed.extras))))
            if other != name:
                needs.add(other)
    return {name: tuple(sorted(needs)) for name, needs in found.items()}


def licence_of(package: Distribution) -> str:
    """Return the licence of a package as an SPDX expression.

    Raises
    ------
    LicenceError
        If its metadata name none, or none of several, and `STATED` has none for it.
    """
    metadata, name = package.metadata, canonicalize_name(package.name)
    if expression := metadata.get("License-Expression"):
        return str(expression)
    if name in STATED:
        return STATED[name][0]
    classified = {
        _CLASSIFIERS.get(line, line)
        for line in metadata.get_all("Classifier", ())
        if line.startswith("License :: ")
    }
    if len(classified) == 1 and (licence := classified.pop()) in COMPATIBLE:
        return licence
    if (licence := metadata.get("License", "")) in COMPATIBLE:
        return str(licence)
    raise LicenceError(f"{name}: its metadata state no single licence; look it up and add it to STATED")


def is_compatible(licence: str) -> bool:
    """Return whether an SPDX expression can be met with licences of `COMPATIBLE` alone."""

    def allowed(part: object) -> bool:
        if isinstance(part, AND):
            return all(map(allowed, part.args))
        if isinstance(part, OR):
            return any(map(allowed, part.args))
        return isinstance(part, LicenseSymbol) and part.key in COMPATIBLE

    return allowed(_SPDX.parse(licence, validate=True))

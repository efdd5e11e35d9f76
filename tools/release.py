"""Build the wheel, and say what someone who installs it gets.

    python tools/release.py FOLDER

Needs ``pip install -e ".[release]"``. Writes into FOLDER, which is made if there is none:

- ``mapapp-VERSION-py3-none-any.whl``, built from the last commit, without anything that is not committed
- ``mapapp-VERSION.cdx.json``, the bill of materials (CycloneDX 1.6): every package that is needed, as
  installed here, with its licence; Leaflet; and the data sets of the shipped map
- ``constraints.txt``: the same versions with the hashes of their files, for ``pip install --require-hashes``
- ``licences.md``, a table

The same commit gives the same bytes in the same environment: the date in the files is that of the commit, or
that of SOURCE_DATE_EPOCH. None of the files says where packages come from. Exits with 1 if a licence is
missing or not compatible, or if a package cannot be resolved.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

import yaml
from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from licences import EXTRAS, LicenceError, Package, is_compatible, packages
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parents[1]
_ARCHIVE = "committed.tar"


class ReleaseError(Exception):
    """The files cannot be written; the message says why."""


def main(arguments: list[str]) -> int:
    """Write all the files; return the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python tools/release.py FOLDER\n")
        return 2
    try:
        written = release(Path(arguments[0]))
    except (LicenceError, ReleaseError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for file in written:
        print(f"{sha256(file.read_bytes()).hexdigest()}  {file.name}")
    return 0


def release(folder: Path) -> list[Path]:
    """Write all the files into a folder and return their paths.

    Raises
    ------
    LicenceError, ReleaseError
        If a package states no licence or has one that is not compatible, or a program fails.
    """
    needed = packages()
    refused = [f"{each.name} ({each.licence})" for each in needed if not is_compatible(each.licence)]
    if refused:
        raise ReleaseError(f"licences not in COMPATIBLE of tools/licences.py: {', '.join(refused)}")
    time = commit_time()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as copy:
        committed(Path(copy))
        wheel = build_wheel(Path(copy), folder, time)
    version = next(each.version for each in needed if each.name == "mapapp")
    texts = {
        f"mapapp-{version}.cdx.json": bill_of_materials(needed, wheel, time),
        "constraints.txt": constraints(needed),
        "licences.md": table(needed),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [wheel, *(folder / name for name in texts)]


def commit_time() -> int:
    """Return SOURCE_DATE_EPOCH if it is set, or else when the last commit was made, in seconds since 1970."""
    stated = os.environ.get("SOURCE_DATE_EPOCH")
    return int(stated or _run("git", "log", "-1", "--format=%ct"))


def committed(folder: Path) -> None:
    """Copy the files of the last commit into a folder, which is made if there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    _run("git", "archive", "--output", str(folder / _ARCHIVE), "HEAD")
    with tarfile.open(folder / _ARCHIVE) as files:
        files.extractall(folder, filter="data")
    (folder / _ARCHIVE).unlink()


def build_wheel(source: Path, folder: Path, time: int) -> Path:
    """Build the wheel of a copy of the project.

    Parameters
    ----------
    source
        The copy.
    folder
        Where the wheel is written.
    time
        Date of every file in it, in seconds since 1970.
    """
    _run(
        *(sys.executable, "-m", "hatchling", "build", "--target", "wheel"),
        cwd=source,
        environment={"SOURCE_DATE_EPOCH": str(time)},
    )
    (built,) = (source / "dist").glob("*.whl")
    return Path(shutil.copy(built, folder))


def bill_of_materials(needed: list[Package], wheel: Path, time: int) -> str:
    """Return the CycloneDX document, checked against its schema."""
    digest = sha256(wheel.read_bytes()).hexdigest()
    licences = LicenseFactory()
    components = {
        each.name: Component(
            name=each.name,
            version=each.version,
            bom_ref=f"{each.name}@{each.version}",
            type=ComponentType.APPLICATION if each.name == "mapapp" else ComponentType.LIBRARY,
            scope=ComponentScope.OPTIONAL if each.optional else ComponentScope.REQUIRED,
            purl=PackageURL("pypi", name=each.name, version=each.version),
            licenses=[licences.make_from_string(each.licence)],
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)] if each.name == "mapapp" else (),
        )
        for each in needed
    }
    package = components["xstatic-leaflet"]
    version = ".".join(str(package.version).split(".")[:3])  # the fourth number is the package's own
    package.components = [
        Component(
            name="leaflet",
            version=version,
            bom_ref=f"leaflet@{version}",
            purl=PackageURL("npm", name="leaflet", version=version),
            licenses=[licences.make_from_string("BSD-2-Clause")],
        )
    ]
    own = components.pop("mapapp")
    own.components = _data_sets()
    bom = Bom(
        serial_number=uuid5(NAMESPACE_OID, digest),
        metadata=BomMetaData(component=own, timestamp=datetime.fromtimestamp(time, UTC)),
        components=components.values(),
    )
    for each in needed:
        bom.register_dependency(
            components.get(each.name, own), [components[name] for name in each.needs if name in components]
        )
    text: str = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2)
    if fault := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise ReleaseError(f"the bill of materials does not match its schema: {fault}")
    return f"{text}\n"


def _data_sets() -> list[Component]:
    """Return the data sets that the shipped map uses, as ``data/sources.yaml`` names them."""
    sources = yaml.safe_load((ROOT / "data" / "sources.yaml").read_text(encoding="utf-8"))
    return [
        Component(
            name=f"{source['publisher']}: {source['title']}",
            bom_ref=f"data-{source['id']}",
            type=ComponentType.DATA,
            licenses=[DisjunctiveLicense(name=source["licence"])],
        )
        for source in sources
        if source["leaning"] == "data set"
    ]


def table(needed: list[Package]) -> str:
    """Return the licences as a table in Markdown."""
    rows = (
        f"| {each.name} | {each.version} | {each.licence} | {'optional' if each.optional else 'required'} |"
        for each in needed
    )
    return "\n".join(("| Package | Version | Licence | Needed |", "| --- | --- | --- | --- |", *rows, ""))


def constraints(needed: list[Package]) -> str:
    """Return the installed versions with the hashes of all their files, for all systems that mapapp runs on.

    Packages that only other systems need are added in the newest version that the others allow.
    """
    with tempfile.TemporaryDirectory() as folder:
        installed = Path(folder) / "installed.txt"
        installed.write_text(
            "".join(f"{each.name}=={each.version}\n" for each in needed if each.name != "mapapp"), "utf-8"
        )
        extras = [part for extra in EXTRAS for part in ("--extra", extra)]
        return _run(
            *(
                sys.executable,
                "-m",
                "uv",
                "--quiet",
                "pip",
                "compile",
                "pyproject.toml",
                *extras,
                "--universal",
            ),
            *("--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"),
            *("--no-emit-find-links", "--constraint", str(installed)),
        )


def _run(*command: str, cwd: Path = ROOT, environment: dict[str, str] | None = None) -> str:
    """Run a program and return what it prints."""
    done = subprocess.run(  # noqa: S603 - our own commands, without a shell
        command,
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise ReleaseError(f"{' '.join(command)} failed:\n{done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

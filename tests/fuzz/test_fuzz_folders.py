"""Broken data folders give a list of faults, and strange addresses give a view with remarks."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from fuzzing import briefly, broken, plain_refusal
from hypothesis import given
from hypothesis import strategies as st
from tiny import Tiny

from mapapp.core.address import PARAMETERS
from mapapp.core.model import Atlas
from mapapp.data.load import gather, load
from mapapp.errors import DataError
from mapapp.view_address import check_address, read_address, write_address


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small valid folder."""
    return Tiny().write(tmp_path_factory.mktemp("folder"))


@briefly(80)
@given(data=st.data())
def test_a_folder_with_a_broken_file_is_read_or_refused(folder: Path, data: st.DataObject) -> None:
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))
    name = data.draw(st.sampled_from(names))
    content = data.draw(broken((folder / name).read_bytes()))
    for fault in gather(folder, {name: content}).issues:
        plain_refusal(DataError([fault]))


@briefly(30)
@given(data=st.data())
def test_a_folder_with_every_file_broken_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    copy = Tiny().write(tmp_path_factory.mktemp("broken"))
    for path in sorted(copy.rglob("*.*")):
        if data.draw(st.booleans()):
            path.write_bytes(data.draw(broken(path.read_bytes())))
    try:
        load(copy)
    except DataError as error:
        plain_refusal(error)


def test_the_small_folder_is_valid(folder: Path) -> None:
    assert load(folder).events


ADDRESS = (
    b"first=2018-09-01&last=2020-02-19&as_of=2020-02-19&names=ar&selected=zone-idlib&said_by=article,sana"
    b"&center=35.9,36.6&zoom=9&compare=2020-01-28&step=3&hide=roads&lang=ru&base=none"
)


@briefly(200)
@given(broken(ADDRESS) | st.dictionaries(st.sampled_from(sorted(PARAMETERS)), st.text(max_size=20)))
def test_any_address_gives_a_view_that_can_be_addressed(
    atlas: Atlas, written: bytes | dict[str, str]
) -> None:
    query = written if isinstance(written, dict) else dict(parse_qsl(written.decode("utf-8", "replace")))
    view, remarks = read_address(query, atlas)
    assert all(remark.isprintable() for remark in remarks)
    again, none = read_address(write_address(view, atlas), atlas)
    assert (again, none) == (view, ())
    for fault in check_address({key: query[key] for key in query if key in PARAMETERS}, atlas)[1]:
        plain_refusal(DataError([fault]))

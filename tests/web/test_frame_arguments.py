"""The component gets the arguments that streamlit-folium would pass for folium's map."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from folium_frame import OURS, passed_on, written
from hostile import HOSTILE

from mapapp.web import frame_arguments as tried
from mapapp.web.frame_arguments import frame_arguments

SHOWN = {"page": "./map/a.html", "record": {"about": HOSTILE, "rows": "i.bin"}, "failed": HOSTILE}


def test_the_file_is_what_the_installed_versions_write() -> None:
    file = Path(tried.__file__).with_name("static") / "folium_map.json"
    assert file.read_text(encoding="utf-8") == written()


def test_the_frame_is_told_what_streamlit_folium_would_tell_it() -> None:
    expected = passed_on(SHOWN, {"mapapp": "../a/b.js"})
    told = frame_arguments(SHOWN, "../a/b.js", {})
    assert list(told["js_links"]) == expected["js_links"]
    assert told["feature_group"] is None
    assert told["default"] is None  # the script says what it stands for
    assert expected["default"] == {}
    deviating = {*OURS, "default"}
    assert json.loads(json.dumps({name: told[name] for name in told if name not in deviating})) == {
        name: expected[name] for name in expected if name not in deviating
    }


def test_a_call_stays_a_call_whatever_its_argument_says() -> None:
    called = frame_arguments(SHOWN, "a.js", {"tell": {"name": HOSTILE}, "reopen": {}})["feature_group"]
    first, second = called.splitlines()
    assert first.startswith('mapapp.tell({"name":')
    assert first.endswith("});")
    assert "<" not in first
    assert second == "mapapp.reopen({});"


def test_the_page_loads_neither_folium_nor_pandas() -> None:
    code = "import sys, mapapp.ui.page; print(*{'folium', 'pandas', 'streamlit_folium'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    assert ran.stdout.strip() == ""

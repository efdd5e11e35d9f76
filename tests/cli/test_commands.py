"""The command line, from outside: what it prints, where, and how it exits."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tiny import Tiny

import mapapp
from mapapp.cli.main import COMMANDS, main


@pytest.fixture
def folder(tiny: Tiny, tmp_path: Path) -> str:
    """Return the path of a right data folder."""
    return str(tiny.write(tmp_path))


@pytest.fixture
def broken(tiny: Tiny, tmp_path: Path) -> str:
    """Return the path of a data folder with two faults."""
    tiny.sources[1]["licence"] = ""
    tiny.event("quiet-zone")["title"] = "\x1b[31m<b>"
    return str(tiny.write(tmp_path))


def listed(folder: str, capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    """Return the ids that ``events`` lists."""
    assert main(["events", "--data", folder, "--format", "json", *options]) == 0
    return [row["id"] for row in json.loads(capsys.readouterr().out)]


def test_check_of_right_data_exits_with_0(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", folder]) == 0
    assert capsys.readouterr() == ("No faults found.\n", "")


def test_check_of_broken_data_exits_with_1_and_lists_every_fault(
    broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--data", broken]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "2 faults found."
    assert lines[0].startswith("data/events/northland-2020-02-19.yaml: quiet-zone.title: the text contains")
    assert lines[1].startswith("data/sources.yaml: map.licence: the text is empty")
    assert all(line.isprintable() for line in lines)


def test_check_lists_faults_as_json_too(broken: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", broken, "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is False
    assert told["faults"][1] == {
        "file": "data/sources.yaml",
        "item": "map.licence",
        "what": "the text is empty",
        "got": '""',
        "fix": "fill it in",
        "more": 0,
        "message": 'data/sources.yaml: map.licence: the text is empty (got ""); fill it in',
    }


def test_check_of_right_data_as_json(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", folder, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"ok": True, "faults": []}


def test_the_environment_points_to_a_folder(
    folder: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPAPP_DATA", folder)
    assert main(["events"]) == 0
    assert "Clashes go on" in capsys.readouterr().out


def test_every_event_is_listed_with_all_its_parts(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["events", "--data", folder, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows[3] == {
        "id": "quiet-zone",
        "number": 4,
        "number_shown": "4",
        "article": "northland-2020-02-19",
        "title": "Both agree on a quiet zone",
        "kind": "agreement",
        "modality": "reported",
        "said_by": "article",
        "when": {
            "words": "September 2018",
            "edtf": "2018-09",
            "earliest_possible": "2018-09-01",
            "latest_possible": "2018-09-30",
        },
        "places": ["rivertown", "zone-idlib"],
        "quantities": [],
        "passages": ["In September 2018, both agreed in Rivertown on a quiet zone."],
    }
    assert rows[2]["when"]["latest_possible"] is None


def test_events_read_well_as_text(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["events", "--data", folder, "--last", "2018-12-31"]) == 0
    assert capsys.readouterr().out == (
        "September 2018: Both agree on a quiet zone\n"
        "  quiet-zone: agreement, reported, said by article\n"
        "  places: rivertown, zone-idlib\n"
        "  “In September 2018, both agreed in Rivertown on a quiet zone.”\n"
    )


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--last", "2018-12-31"], ["quiet-zone"]),
        (["--first", "2018-09-30", "--last", "2018-09-30"], ["quiet-zone"]),
        (["--first", "2020-03-01"], ["war-threatened"]),
        (["--first", "2018-10-01", "--last", "2019-12-31"], []),
        (["--said-by", "leader"], ["war-threatened", "soldiers-leave"]),
        (["--said-by", "article", "--place", "rivertown"], ["quiet-zone"]),
        (["--place", "southland"], ["truce-broken", "quiet-zone", "zone-guarded"]),
        (["--kinds", "agreement"], ["quiet-zone"]),
        (["--kinds", "agreement,threat", "--said-by", "article"], ["quiet-zone"]),
        (["--certain", "1", "--last", "2018-12-31"], ["quiet-zone"]),
        (["--certain", "1", "--first", "2018-09-02", "--last", "2018-09-29"], []),
        (["--as-of", "2020-02-18"], []),
        (["--as-of", "2020-02-19", "--place", "rivertown"], ["quiet-zone"]),
    ],
)
def test_events_can_be_filtered(
    options: list[str], expected: list[str], folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert listed(folder, capsys, *options) == expected


def test_an_empty_list_is_a_sentence_in_text_and_empty_in_other_formats(
    folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["events", "--data", folder, "--last", "1950-01-01"]) == 0
    assert capsys.readouterr().out == "No statement matches.\n"
    assert listed(folder, capsys, "--last", "1950-01-01") == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_spreadsheet_executes_nothing_in_a_csv(
    start: str, tiny: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny.event("quiet-zone")["title"] = f'{start}HYPERLINK("x"), "y"'
    assert (
        main(["events", "--data", str(tiny.write(tmp_path)), "--format", "csv", "--last", "2018-12-31"]) == 0
    )
    head, row = csv.reader(io.StringIO(capsys.readouterr().out))
    times = ["when", "edtf", "earliest_possible", "latest_possible"]
    about = ["id", "number", "number_shown", "article", "title", "kind", "modality", "said_by"]
    assert head == [*about, *times, "places", "quantities", "passages"]
    assert row[4] == f'\'{start}HYPERLINK("x"), "y"'
    assert row[12] == "rivertown | zone-idlib"


def test_events_takes_several_speakers_and_all_days(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    def ids(*options: str) -> list[str]:
        assert main(["events", "--data", folder, "--format", "json", *options]) == 0
        return [row["id"] for row in json.loads(capsys.readouterr().out)]

    both = ids("--said-by", "article,leader")
    assert set(both) == {*ids("--said-by", "article"), *ids("--said-by", "leader")}
    assert len(ids("--said-by", "article")) < len(both)
    assert ids("--as-of", "all") == ids()
    assert main(["events", "--data", folder, "--said-by", "article,nobody"]) == 2
    assert '--said-by: unknown value (got "nobody")' in capsys.readouterr().err


def test_an_open_end_is_an_empty_cell(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["events", "--data", folder, "--format", "csv", "--first", "2020-03-01"]) == 0
    _, row = csv.reader(io.StringIO(capsys.readouterr().out))
    assert row[8:12] == ["from 19 February 2020 onwards", "2020-02-19/..", "2020-02-19", ""]


MISUSED = {
    "no command": ([], "missing command; see mapapp --help"),
    "an unknown command": (["xyzzy"], "no such command 'xyzzy'; see mapapp --help"),
    "a mistyped command": (["event"], "no such command 'event'. Did you mean 'events'?\n"),
    "a mistyped command of a group": (
        ["incidents", "improt"],
        "no such command 'improt'. Did you mean 'import'?\n",
    ),
    "an unknown option": (["check", "--dat", "."], "no such option"),
    "an unknown format": (
        ["check", "--format", "xml"],
        '--format: unknown value (got "xml"); choose from text, json',
    ),
    "a folder that is none": (
        ["check", "--data", "/no/such/folder"],
        '--data: no such folder (got "/no/such/folder"); name one that holds',
    ),
    "a file for a folder": (["check", "--data", __file__], "--data: no such folder"),
    "a folder's name with a null": (["check", "--data", "a\0b"], "--data: no such folder"),
    "an impossible day": (["events", "--first", "2018-02-30"], '(got "2018-02-30")'),
    "a month for a day": (["events", "--last", "2018-02"], "--last: "),
    "prose for a day": (["events", "--as-of", "\x1b[2Jnow"], "--as-of: "),
    "a window that runs backward": (
        ["events", "--first", "2020-01-01", "--last", "2019-01-01"],
        '--first: the first day is after the last, 2019-01-01 (got "2020-01-01"); put the earlier day first',
    ),
    "an unknown place": (["events", "--place", "atlantis"], '--place: no such place (got "atlantis"); use'),
    "an unknown actor": (
        ["events", "--said-by", "nemo"],
        '--said-by: unknown value (got "nemo"); choose from article, ',
    ),
    "an unknown kind": (["events", "--kinds", "war"], '--kinds: unknown value (got "war"); choose from '),
    "an option that changes no list": (["events", "--camera", "35,36,9"], "no such option"),
    "a day in both spellings": (
        ["events", "--from", "2018-09-01", "--first", "2018-09-01"],
        '--from: an older name for --first, which is also present (got "2018-09-01"); leave one of them out',
    ),
    "incidents since a day in both spellings": (
        ["incidents", "count", "--first=2018-09-01", "--from", "2018-09-01"],
        "--from: an older name for --first, which is also present; leave one of them out",
    ),
    "a port that is none": (
        ["run", "--port", "0"],
        '--port: out of range (got "0"); use a whole number from 1 to',
    ),
    "a port of letters": (["run", "--port", "http"], "--port: not a whole number"),
    "streamlit's options for another": (
        ["check", "--", "--server.headless=true"],
        "got unexpected extra argument",
    ),
}


@pytest.mark.parametrize(("arguments", "words"), MISUSED.values(), ids=MISUSED.keys())
def test_misuse_exits_with_2_and_one_line(
    arguments: list[str],
    words: str,
    folder: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MAPAPP_DATA", folder)
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("mapapp: ")
    assert words in err
    assert err.count("\n") == 1
    assert err.rstrip("\n").isprintable()


def test_events_of_broken_data_list_the_faults_and_exit_with_1(
    broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["events", "--data", broken]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("2 faults found.\n")


def test_an_internal_error_is_one_line_too(
    folder: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_root: Path, *, strict: bool) -> None:  # noqa: ARG001 - as the check
        message = "oh\nno"
        raise RuntimeError(message)

    monkeypatch.setattr("mapapp.data.checks.article.check", fail)
    assert main(["check", "--data", folder]) == 1
    assert (
        capsys.readouterr().err == r"mapapp: internal error: RuntimeError('oh\nno'); please report it" + "\n"
    )


def test_a_missing_package_is_named(
    folder: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_root: Path, *, strict: bool) -> None:  # noqa: ARG001 - as the check
        import uharfbuzz  # noqa: F401, PLC0415 - which is hidden

    monkeypatch.setitem(sys.modules, "uharfbuzz", None)
    monkeypatch.setattr("mapapp.data.checks.article.check", fail)
    assert main(["check", "--data", folder]) == 1
    said = (
        "mapapp: the Python package uharfbuzz is not installed; install mapapp again with all its packages\n"
    )
    assert capsys.readouterr().err == said


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS), ["incidents", "import"]])
def test_help_explains_each_command(
    command: list[str], flag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, flag]) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"Usage: {' '.join(['mapapp', *command])}")
    assert "-h, --help" in told
    if command and command != ["incidents"]:
        assert f"  {' '.join(['mapapp', *command])}" in told.split("Example")[1]


def test_the_list_of_commands_says_what_each_commands_own_help_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--help"]) == 0
    listed = capsys.readouterr().out
    for name, about in COMMANDS.items():
        assert main([name, "--help"]) == 0
        assert f"\n\n  {about}\n" in capsys.readouterr().out
        assert f"  {name:<9}  {about}\n" in listed


def test_help_loads_no_library_of_maps_and_tables(root: Path) -> None:
    code = (
        "import sys; from mapapp.cli.main import COMMANDS, main; main(['--help']); "
        "print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    loaded = set(done.stderr.split())
    assert "click" in loaded
    assert not loaded & {
        "numpy",
        "pandas",
        "shapely",
        "folium",
        "typst",
        "duckdb",
        "pyarrow",
        "pydantic",
    }


OLDER = {
    "--from": ("--first", "2020-03-01"),
    "--to": ("--last", "2018-12-31"),
    "--as-known": ("--as-of", "2020-02-18"),
    "--known": ("--as-of", "2020-02-18"),
}


@pytest.mark.parametrize("older", OLDER)
def test_an_older_spelling_works_but_is_not_in_the_list_of_options(
    older: str, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name, value = OLDER[older]
    assert listed(folder, capsys, older, value) == listed(folder, capsys, name, value)
    assert main(["events", "--help"]) == 0
    told = capsys.readouterr().out
    assert f"  {name} " in told
    assert f"  {older} " not in told
    spellings = "Older spellings still work: --from, --to, --sure, --known, --who, --kind."
    assert spellings in " ".join(told.split())


def test_events_without_a_window_are_all_as_the_help_says(
    folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["events", "--help"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Without --first and --last it lists the statements of all days" in told
    assert "First day of the window. [default: no limit]" in told
    assert "Last day of the window, inclusive. [default: no limit]" in told
    assert "'all': none. [default: all]" in told
    everything = listed(folder, capsys)
    assert everything == listed(
        folder, capsys, "--first", "0001-01-01", "--last", "9999-12-31", "--as-of", "all"
    )
    assert {
        *listed(folder, capsys, "--last", "2019-01-01"),
        *listed(folder, capsys, "--first", "2019-01-02"),
    } == {*everything}


def test_a_shell_is_offered_commands_and_options(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_MAPAPP_COMPLETE", "bash_complete")
    for words, offered in {
        "mapapp c": ["plain,check", "plain,compare", "plain,cite"],
        "mapapp events --fo": ["plain,--format"],
        "mapapp events --format j": ["plain,json"],
        "mapapp figure --fr": [],
    }.items():
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
        assert main([]) == 0
        assert capsys.readouterr().out.split() == offered


def test_run_hands_over_to_streamlit(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(os, "execv", lambda program, command: calls.append((program, command)))
    monkeypatch.setenv("MAPAPP_DATA", "elsewhere")
    assert main(["run", "--data", folder, "--port", "8600", "--", "--server.headless=true", "--", "x"]) == 0
    [(program, command)] = calls
    assert program == sys.executable
    assert command[:4] == [sys.executable, "-m", "streamlit", "run"]
    assert command[4] == str(Path(mapapp.__file__).with_name("app.py"))
    assert "--browser.gatherUsageStats=false" in command
    assert "--client.toolbarMode=minimal" in command
    assert "--server.port=8600" in command
    assert any(option.startswith("--theme.") for option in command)  # the look goes along to any folder
    assert command[-3:] == ["--server.headless=true", "--", "x"]
    assert os.environ["MAPAPP_DATA"] == str(Path(folder).resolve())


def test_run_takes_options_of_streamlit_only_after_a_double_dash(
    folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "execv", lambda *_: pytest.fail("it ran"))
    assert main(["run", "--data", folder, "extra"]) == 2
    assert main(["run", "--data", folder, "--server.headless=true"]) == 2
    assert capsys.readouterr().err.count("see mapapp run --help") == 2


def test_run_passes_on_who_may_embed_the_app_and_refuses_what_is_no_site(
    folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calls: list[object] = []
    monkeypatch.setattr(os, "execv", lambda *command: calls.append(command))
    monkeypatch.setenv("MAPAPP_DATA", "")  # the command sets both
    monkeypatch.setenv("MAPAPP_EMBED_ON", "")
    run = ["run", "--data", folder]
    assert main([*run, "--embed-on", "https://example.org", "--embed-on", "http://localhost:8000"]) == 0
    assert os.environ["MAPAPP_EMBED_ON"] == "https://example.org http://localhost:8000"
    assert len(calls) == 1
    for wrong in ("example.org", "https://example.org/page", "https://a.org; script-src *", "*"):
        assert main([*run, "--embed-on", wrong]) != 0
        assert "--embed-on: not the address of a site" in capsys.readouterr().err
    assert len(calls) == 1


def _started(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "mapapp", *arguments]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False)  # noqa: S603


def test_the_module_runs_and_writes_utf_8_whatever_the_terminal(
    root: Path, tiny: Tiny, tmp_path: Path
) -> None:
    tiny.event("quiet-zone")["title"] = "إدلب"
    done = _started(root, "events", "--data", str(tiny.write(tmp_path)))
    assert (done.returncode, done.stderr) == (0, b"")
    assert "إدلب" in done.stdout.decode("utf-8")


def test_a_closed_pipe_is_not_an_error(root: Path, folder: str) -> None:
    code = "import sys; from mapapp.cli.main import COMMANDS, main; sys.exit(main(sys.argv[1:]))"
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "wb") as gone:
        command = [sys.executable, "-c", code, "events", "--data", folder]
        done = subprocess.run(command, cwd=root, stdout=gone, stderr=subprocess.PIPE, check=False)  # noqa: S603
    assert done.stderr == b""


def test_a_time_is_formatted_as_on_its_card(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An uptick "about February 2020" does not start on 1 January, the first day that may have been."""
    assert main(["events", "--place", "governorate-idlib", "--data", str(root)]) == 0
    listed = capsys.readouterr().out
    assert listed.startswith("about February 2020 to 19 February 2020: The article says that clashes")
    assert "2020-01-01" not in listed

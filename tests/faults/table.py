"""Run the tests of faults, and write what they show as a table into the README beside this file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
README = HERE / "README.md"
BEGIN, END = "<!-- table of faults -->\n", "<!-- end of the table -->\n"
HEAD = "| Fault | What is seen | What is kept | Recovery | Test |\n| --- | --- | --- | --- | --- |\n"


class Rows:
    """Collects a row for each test of a fault, and which were skipped."""

    def __init__(self) -> None:
        self.rows: dict[str, str] = {}
        self.skipped: set[str] = set()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Read the marks."""
        for item in items:
            if mark := item.get_closest_marker("fault"):
                name = item.name.partition("[")[0]
                told = (mark.args[0], *(mark.kwargs[part] for part in ("seen", "kept", "recovery")))
                self.rows[name] = f"| {' | '.join(told)} | `{item.path.name}`: `{name}` |\n"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what could not be tried here."""
        if report.skipped:
            self.skipped.add(report.location[2].partition("[")[0])


def main() -> int:
    """Write the table if all tests passed; return pytest's exit code."""
    found = Rows()
    code = int(
        pytest.main(
            ["-q", "-n", "0", "-m", "fault", str(HERE), str(HERE.parent / "browser")], plugins=[found]
        )
    )
    if code or found.skipped:
        print("The table was not written; not passed:", sorted(found.skipped) or "see above")  # noqa: T201
        return code or 1
    text = README.read_text("utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    README.write_text(before + BEGIN + HEAD + "".join(found.rows.values()) + END + after, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

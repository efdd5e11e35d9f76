"""Do what docs/tutorial.md describes, command by command and click by click, and take its pictures.

    python tests/tutorial.py

writes the pictures anew; ``tests/browser/test_tutorial.py`` does the same in a temporary folder.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from editing import editing
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
TUTORIAL = ROOT / "docs" / "tutorial.md"
OWN = ROOT / "docs" / "tutorial"  # its text and its pictures
SIZE = {"width": 1280, "height": 760}
_COLOURS = 128  # of a picture, which keeps it small


def commands() -> list[str]:
    """Return the commands of the tutorial, in order."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", TUTORIAL.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def pictures() -> list[str]:
    """Return the names of the pictures that the tutorial shows, in order."""
    return re.findall(r"!\[[^]]+\]\(tutorial/([\w-]+\.png)\)", TUTORIAL.read_text("utf-8"))


class Walk:
    """The way through the tutorial, in one folder.

    Parameters
    ----------
    folder
        An empty folder to work in.
    shown
        Where the pictures go.

    Attributes
    ----------
    said
        What each command printed, by command.
    """

    def __init__(self, browser: Browser, folder: Path, shown: Path) -> None:
        self.folder, self.said = folder, dict[str, str]()
        self._shown = shown
        self._context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
        self._context.add_init_script("try { localStorage.setItem('mapapp-key-closed', '1') } catch {}")
        self.page: Page = self._context.new_page()

    def go(self) -> None:
        """Do all of it."""
        shutil.copy(OWN / "storm.txt", self.folder)
        for command in commands():
            if command.startswith("python -m mapapp edit "):
                with editing(self.folder / shlex.split(command)[-1]) as address:
                    self._edit(address)
            else:
                self._run(command)
        self._look()
        self._context.close()

    def _run(self, command: str) -> None:
        python, *arguments = shlex.split(command)
        assert python == "python", command
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, *arguments], cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        self.said[command] = done.stdout

    def _picture(self, name: str) -> None:
        file = self._shown / f"{name}.png"
        self.page.mouse.move(1, 1)
        self.page.screenshot(path=file, animations="disabled", caret="hide")
        _compress(file)

    # --- the author's panel

    def _edit(self, address: str) -> None:
        self.page.goto(address)
        self._ready()
        self._picture("drafts")
        self._check_licence()
        self._open("sentence-5")
        self._save("Drop", "removed")
        self._say_who()
        self._accept_the_place()
        self._correct_the_flood()
        self._correct_the_night()
        self._correct_the_harbour()
        self._put_the_bridge_on_the_map()
        self._plan_the_schools()
        self._list("event")
        expect(self.page.locator(".edit-coverage")).to_contain_text("6 of 6 sentences")
        self._picture("finished")

    def _check_licence(self) -> None:
        self._list("article")
        self.page.locator(".edit-body .edit-entry").click()
        expect(self.page.locator(".edit-verdict")).to_contain_text("Yes")

    def _say_who(self) -> None:
        for name in ("Road office", "Harbour master"):
            self._list("actor")
            self._press("New actor")
            self._field("English", "Names").fill(name)
            self._field("Kind").select_option("authority")
            self._save("Save", "saved")

    def _accept_the_place(self) -> None:
        self._list("place")
        self.page.locator(".edit-draft .edit-entry", has_text="Selfoss").click()
        self._save("Accept and save", "saved")

    def _correct_the_flood(self) -> None:
        self._open("sentence-1")
        self._field("What is said").fill("The road office says that the road to the coast is flooded")
        self._field("Kind").select_option("road-closure")
        self._field("How it is said").select_option("claimed")
        self._field("Said by").select_option(label="Road office")
        expect(self.page.locator(".edit-reading").first).to_have_text("11 November 2024")
        self._picture("statement")
        self._save("Accept and save", "saved")

    def _correct_the_night(self) -> None:
        self._field("Kind").select_option("displacement")
        self._field("Date (EDTF)", "When").fill("2024-11-11/2024-11-12")
        self._field("Words of the article for it", "When").fill("the night")
        self._field("How the date follows", "When").select_option("read")
        note = "The night between Monday and Tuesday, the two days that the report names."
        self.page.locator('.edit-form [data-path="note"] textarea').fill(note)
        self._save("Accept and save", "saved")

    def _correct_the_harbour(self) -> None:
        self._field("Kind").select_option("damage")
        self._field("How it is said").select_option("claimed")
        self._field("Said by").select_option(label="Harbour master")
        self._save("Accept and save", "saved")

    def _put_the_bridge_on_the_map(self) -> None:
        self._field("Kind").select_option("damage")
        self._pick("Find a sentence of the article", "nobody")
        self._press("Remove Iceland")
        self._pick("Find a place", "Stone Ford")
        expect(self.page.locator(".edit-form h2")).to_have_text("New place")
        self._field("Layer").select_option("sites")
        self.page.locator("#edit-lat").fill("63.9")
        self.page.locator("#edit-lon").fill("-20.6")
        self._press("Put it here")
        self._field("Kind").select_option("bridge")
        self._field("What its shape is based on").select_option("reconstructed")
        self._field("Tolerance in km").fill("5")
        self._field("Confidence").select_option("low")
        self._pick("Sources", "Storm floods")
        self.page.evaluate("mapappEdit.map.setView([63.95, -20.6], 8, { animate: false })")
        self.page.evaluate("document.querySelector('.edit-coordinates').scrollIntoView()")
        self._picture("place")
        self._save("Save", "saved")
        self._save("Accept and save", "saved")

    def _plan_the_schools(self) -> None:
        self._field("Kind").select_option("plan")
        self._field("Date (EDTF)", "When").fill("2024-11-14")
        self._field("Words of the article for it", "When").fill("on Thursday")
        self._field("How the date follows", "When").select_option("words")
        self._save("Accept and save", "saved")

    # --- what is published

    def _look(self) -> None:
        self.page.goto((self.folder / "storm.html").as_uri())
        self.page.wait_for_selector("html[data-ready='1']", state="attached")
        self.page.locator(".article-text [tabindex]").first.click()
        self._picture("page")
        with Image.open(self.folder / "storm.png") as figure:
            figure.thumbnail((1000, 1000))
            figure.convert("RGB").save(self._shown / "figure.png")
        _compress(self._shown / "figure.png")

    # --- the panel's controls

    def _ready(self) -> None:
        self.page.wait_for_selector(
            "html[data-editing='1'][data-ready='1'][data-suggested='1']", state="attached"
        )

    def _list(self, kind: str) -> None:
        self.page.locator(f'.edit-lists [data-kind="{kind}"]').click()

    def _open(self, entry: str) -> None:
        self._list("event")
        self.page.locator(f'[data-entry="{entry}"]').click()

    def _press(self, name: str) -> None:
        self.page.locator(".edit").get_by_role("button", name=name, exact=True).click()

    def _field(self, label: str, group: str | None = None) -> Locator:
        form = self.page.locator(".edit-form")
        within = form.get_by_role("group", name=group, exact=True) if group else form
        labels = within.locator("label", has_text=re.compile(rf"^{re.escape(label)}"))
        return labels.first.locator("xpath=..").locator("input, select, textarea").first

    def _pick(self, label: str, text: str) -> None:
        box = self.page.locator(".edit-form").get_by_role("combobox", name=label)
        box.fill(text)
        box.press("Enter")

    def _save(self, button: str, done: str) -> None:
        """Press a button that changes the folder, and wait until the page was loaded again."""
        self.page.evaluate("document.documentElement.dataset.old = 1")
        self._press(button)
        reloaded_or_refused = """() => !document.documentElement.dataset.old
          || document.querySelector('.edit-fault:not(output)')"""
        self.page.wait_for_function(reloaded_or_refused)
        wrong = self.page.locator(".edit-fault:not(output)").all_inner_texts()
        assert self.page.evaluate("!document.documentElement.dataset.old"), wrong
        self._ready()
        expect(self.page.locator(".edit-said")).to_contain_text(f"was {done}")


def _compress(file: Path) -> None:
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(_COLOURS).save(file, optimize=True)


def main() -> None:
    """Take the pictures anew."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        Walk(browser, Path(folder), OWN).go()
        browser.close()


if __name__ == "__main__":
    main()

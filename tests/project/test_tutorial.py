"""docs/first-pivot.md, followed to the letter by somebody who knows nothing else."""

from __future__ import annotations

import html
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.world.command import warm_command
from tests.world.site import ROOT
from tests.world.waiting import PATIENCE, wait_until

GUIDE = (ROOT / "docs" / "first-pivot.md").read_text("utf-8")
# A bold word says what to do with the box under it; a box without one would be left undone.
STEP = re.compile(r"(?:^\*\*([A-Z][a-z ]+)\*\*\n\n)?^```\w*\n(.*?)^```$", re.M | re.S)
PAGE = "content/pivots/teacher-to-data-analyst.md"


class Reader:
    """Does what each box says, in the folder where the boxes above it led."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        # A folder with the command `pivotgen`.
        self.programs = programs
        self.said = ""
        self.status = 0
        self.found = ""
        # The second terminal: what runs there, and the file with what it said.
        self.other: subprocess.Popen[bytes] | None = None
        self.log = folder / "second-terminal"
        self.address = ""

    @property
    def env(self) -> dict[str, str]:
        # The folder of the tests' own interpreter holds the `python` that has pivotgen.
        programs = (str(self.programs), str(Path(sys.executable).parent), os.environ["PATH"])
        return {**os.environ, "PATH": os.pathsep.join(programs)}

    def start(self, command: str) -> None:
        with self.log.open("wb") as log:
            self.other = subprocess.Popen(
                command.split(), cwd=self.folder, env=self.env, stdout=log, stderr=log
            )
        wait_until(lambda: "Preview at" in self.log.read_text("utf-8"), "the preview never began")
        # Another number where the port was busy, as the guide says.
        self.said = re.sub(r":\d+/", ":8000/", self.log.read_text("utf-8"))
        self.status = 0

    def open(self, address: str) -> None:
        found = re.search(r":(\d+)/", self.log.read_text("utf-8"))
        assert found
        self.address = address.strip().replace(":8000/", f":{found[1]}/")
        wait_until(lambda: "Nothing to show yet" not in self.page(), "it never built")
        self.said = self.page()

    def page(self) -> str:
        try:
            with urlopen(self.address, timeout=PATIENCE) as answer:
                return html.unescape(answer.read().decode("utf-8"))
        except HTTPError as error:
            return error.read().decode("utf-8")

    def press(self, key: str) -> None:
        assert key == "Ctrl-C\n"
        assert self.other
        # The preview followed every save, the last one too.
        wait_until(lambda: "From Marks to Measures" in self.page(), "a save was lost")
        wait_until(lambda: "not published" not in self.page(), "the last save was lost")
        self.other.send_signal(signal.SIGINT)
        self.other.wait(PATIENCE)
        self.said = self.log.read_text("utf-8")
        assert "Traceback" not in self.said

    def type(self, commands: str) -> None:
        self.said = ""
        for command in commands.splitlines():
            if command.startswith("cd "):
                self.folder /= command.removeprefix("cd ")
                continue
            done = subprocess.run(
                command,
                shell=True,
                cwd=self.folder,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=60,
            )
            self.said += done.stdout
            self.status = done.returncode
            assert self.status in (0, 1), self.said

    def see(self, text: str) -> None:
        for line in text.splitlines():
            assert line in self.said, self.said
        assert (self.status == 1) == ("error[" in text), self.said

    def find(self, text: str) -> None:
        assert (self.folder / PAGE).read_text("utf-8").count(text) == 1, text
        self.found = text

    def write(self, text: str) -> None:
        file = self.folder / PAGE
        assert self.found
        file.write_text(file.read_text("utf-8").replace(self.found, text), "utf-8")
        self.found = ""

    def delete(self, text: str) -> None:
        self.find(text)
        self.write("")


@pytest.fixture
def reader(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    programs = tmp_path_factory.mktemp("programs")
    reader = Reader(tmp_path, programs)
    with warm_command(programs):
        yield reader
        if reader.other:
            reader.other.terminate()
            reader.other.wait()


def test_whoever_follows_the_first_guide_publishes_a_page_without_a_warning(
    reader: Reader, tmp_path: Path
) -> None:
    does = {
        "Type": reader.type,
        "Type in the second terminal": reader.start,
        "Open in your browser": reader.open,
        "Press in the second terminal": reader.press,
        "You see": reader.see,
        "Find": reader.find,
        "Write": reader.write,
        "Delete": reader.delete,
    }
    steps = STEP.findall(GUIDE)
    assert len(steps) == GUIDE.count("\n```") // 2 > 20
    assert [what for what, _ in steps].count("Press in the second terminal") == 1
    for what, box in steps:
        does[what](box)
    page = tmp_path / "my-site/public/pivots/teacher-to-data-analyst/index.html"
    assert "From Marks to Measures" in page.read_text("utf-8")
    assert reader.status == 0


def test_a_build_with_drafts_shows_the_page_that_a_build_leaves_out(reader: Reader) -> None:
    reader.type('pivotgen init a\ncd a\npivotgen new "Teacher" "Data Analyst"')
    page = reader.folder / "public/pivots/teacher-to-data-analyst/index.html"
    reader.type("pivotgen build --drafts")
    assert "TODO what helps most" in page.read_text("utf-8")
    reader.type("pivotgen build")
    assert not page.exists()

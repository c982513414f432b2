"""docs/first-pivot.md, followed to the letter by somebody who knows nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

GUIDE = (ROOT / "docs" / "first-pivot.md").read_text("utf-8")
# A bold word says what to do with the box under it; a box without one would be left undone.
STEP = re.compile(r"(?:^\*\*([A-Z][a-z ]+)\*\*\n\n)?^```\w*\n(.*?)^```$", re.M | re.S)
PAGE = "content/pivots/registered-nurse-to-software-engineer.md"


class Reader:
    """Does what each box says, in the folder where the boxes above it led."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said = ""
        self.status = 0
        self.found = ""

    def type(self, commands: str) -> None:
        # The folder of the tests' own interpreter holds the `pivotgen` under test.
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        self.said = ""
        for command in commands.splitlines():
            if command.startswith("cd "):
                self.folder /= command.removeprefix("cd ")
                continue
            done = subprocess.run(
                command,
                shell=True,
                cwd=self.folder,
                env={**os.environ, "PATH": path},
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
            assert line in self.said
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


def test_whoever_follows_the_first_guide_publishes_a_page_without_a_warning(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    does = {
        "Type": reader.type,
        "You see": reader.see,
        "Find": reader.find,
        "Write": reader.write,
        "Delete": reader.delete,
    }
    steps = STEP.findall(GUIDE)
    assert len(steps) == GUIDE.count("\n```") // 2 > 20
    for what, box in steps:
        does[what](box)
    page = tmp_path / "my-site/public/pivots/registered-nurse-to-software-engineer/index.html"
    assert "From Orders to Questions" in page.read_text("utf-8")
    assert reader.status == 0


def test_the_preview_of_the_guide_shows_the_page_that_a_build_leaves_out(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    reader.type('pivotgen init a\ncd a\npivotgen new "Registered Nurse" "Software Engineer"')
    page = reader.folder / "public/pivots/registered-nurse-to-software-engineer/index.html"
    reader.type("pivotgen build --drafts")
    assert "TODO what helps most" in page.read_text("utf-8")
    reader.type("pivotgen build")
    assert not page.exists()

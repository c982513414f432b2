"""A small site: write its files, run the real program on it, read what the program made."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from tests.world.warm import run_warm

# The folder of this repository.
ROOT = Path(__file__).resolve().parents[2]

PIVOT = """\
---
title: "From {a} to {b}: A View"
description: What carries over from {a} to {b}, and what does not.
from: {a}
to: {b}
window: 3–9 months
tldr:
  - One *point*.
skills:
  - Negotiation
faqs:
  - question: Is it hard?
    answer: Less than **it** looks.
---
## Your built-in advantages

Some text.
"""

# This repository's own settings, without its other languages and what leads to files that a small
# site lacks.
_LEADS_TO_FILES = (
    r"    (?:navigation|footer|image|languages|labels|calls)="
    r"(?:[({]\n(?:        .*\n)+    [)}],|.*)\n"
)
SETTINGS = re.sub(_LEADS_TO_FILES, "", (ROOT / "build.py").read_text("utf-8")).replace(
    'url="/assessment/"', 'url="https://next.example/"'
)

DATED_PIVOT = PIVOT.replace("tldr:", "updated: 2026-01-01\ntldr:")

ROLE = "---\nname: {name}\ndescription: What a {name} is there for.\n---\nSome text.\n"


class World:
    """A site in a folder of its own, with the real layouts, assets and settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("layouts", "assets"):
            shutil.copytree(ROOT / name, folder / name)
        (folder / "build.py").write_text(SETTINGS, "utf-8")
        (folder / "content" / "pivots").mkdir(parents=True)
        (folder / "content" / "roles").mkdir()

    def write(self, path: str, text: str | bytes) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def setting(self, text: str) -> None:
        """Add a setting, such as `page_size=9`, to build.py."""
        settings = (self.folder / "build.py").read_text("utf-8")
        self.write("build.py", settings.replace("Config(", f"Config(\n    {text},", 1))

    def targets(self, text: str) -> None:
        """Name the places that the site is deployed to, such as `"production": Folder("www")`."""
        settings = (self.folder / "build.py").read_text("utf-8")
        kinds = "from pivotgen import S3, Azure, Folder, Server\n"
        self.write("build.py", f"{kinds}{settings}")
        self.setting(f"targets={{{text}}}")

    def pivot(self, a: str, b: str, text: str = PIVOT) -> str:
        """Write a pivot from `a` to `b`, and return its path."""
        path = f"content/pivots/{a}-to-{b}.md".lower().replace(" ", "-")
        self.write(path, text.replace("{a}", a).replace("{b}", b))
        return path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the program on this site, in a process of its own."""
        return run_warm(["--site", str(self.folder), *words], ROOT)

    def read(self, path: str) -> str:
        """The text of a file of the built site."""
        return (self.folder / "public" / path).read_text("utf-8")

    def tree(self, folder: str = "public") -> dict[str, bytes]:
        """The bytes of every file in one folder of this site, by path."""
        root = self.folder / folder
        return {
            file.relative_to(root).as_posix(): file.read_bytes()
            for file in sorted(root.rglob("*"))
            if file.is_file()
        }

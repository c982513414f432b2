"""A tiny world: write files, run the real program, read what it made."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

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


class World:
    """A site in a folder of its own, with the real layouts, assets and settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("layouts", "assets"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copy(ROOT / "build.py", folder / "build.py")
        (folder / "content" / "pivots").mkdir(parents=True)
        (folder / "content" / "roles").mkdir()

    def write(self, path: str, text: str | bytes) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def pivot(self, a: str, b: str, text: str = PIVOT) -> str:
        path = f"content/pivots/{a}-to-{b}.md".lower().replace(" ", "-")
        self.write(path, text.replace("{a}", a).replace("{b}", b))
        return path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pivotgen", "--site", str(self.folder), *words]
        return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60)

    def read(self, path: str) -> str:
        return (self.folder / "public" / path).read_text("utf-8")

    def tree(self, out: str = "public") -> dict[str, bytes]:
        root = self.folder / out
        return {
            file.relative_to(root).as_posix(): file.read_bytes()
            for file in sorted(root.rglob("*"))
            if file.is_file()
        }


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)

"""A tiny world: write files, run the real program, read what it made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

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


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real content, built once."""
    out = tmp_path_factory.mktemp("real") / "public"
    command = [sys.executable, "build.py", "build", "--out", str(out)]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert result.returncode == 0, result.stderr
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Real Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        missing("Chromium", "on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
        with playwright.chromium.launch(executable_path=program, args=arguments) as browser:
            yield browser


@pytest.fixture(scope="module")
def axe() -> str:
    """The accessibility checker, as a script for a page."""
    package = find_spec("axe_playwright_python")
    assert package
    assert package.origin
    return (Path(package.origin).parent / "axe.min.js").read_text("utf-8")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture(scope="session")
def address(public: Path) -> Iterator[str]:
    """Where a real web server shows the real site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(public)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def missing(what: str, mend: str) -> None:
    """Skip for want of a program, or fail where nothing may be skipped."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing; {mend}")
    pytest.skip(f"{what} is missing; {mend}")

"""What Vercel answers for a deployment, as the documents of its Build Output API say.

Routes are tried in their order. Those with `continue` add headers, another one ends the search;
with `check` its path is looked up as if it had been asked for. Then files are tried, and the routes
behind `hit` add headers to what is there; the routes behind `error` say what is sent otherwise.
"""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.world.hosting import NODE, Answer, node_with
from tests.world.site import ROOT


@dataclass
class Deployment:
    """A built site for Vercel."""

    public: Path

    def __post_init__(self) -> None:
        self.file = self.public / ".hosts" / "vercel" / "config.json"
        self.config: dict[str, Any] = json.loads(self.file.read_text("utf-8"))
        self.phases: dict[str, list[dict[str, Any]]] = {"": []}
        phase = ""
        for route in self.config["routes"]:
            if "handle" in route:
                phase = route["handle"]
                self.phases[phase] = []
            else:
                self.phases[phase].append(route)

    def ask(self, path: str) -> Answer:
        """The answer for a path, which may be percent-encoded."""
        headers: dict[str, str] = {}
        wanted, status = path, 0
        for route, match in self._fitting("", path):
            filled = {k.lower(): _filled(v, match) for k, v in route.get("headers", {}).items()}
            assert not headers.keys() & filled.keys(), "which of both counts is nowhere written"
            headers |= filled
            if route.get("continue"):
                continue
            status = route.get("status", 0)
            if 300 <= status < 400:
                return Answer(status, headers, b"")
            wanted = _filled(route["dest"], match)
            break
        file = self._file(wanted)
        if not file:
            [(route, _), *_] = self._fitting("error", path)
            status, file = route["status"], self._file(route["dest"])
        assert file
        for route, match in self._fitting("hit", wanted):
            assert route["continue"]
            if status < 400:
                headers |= {k.lower(): _filled(v, match) for k, v in route["headers"].items()}
        # What Vercel says of pages by itself.
        headers.setdefault("content-type", "text/html; charset=utf-8")
        return Answer(status or 200, headers, file.read_bytes())

    def _fitting(self, phase: str, path: str) -> list[tuple[dict[str, Any], re.Match[str]]]:
        pairs = []
        for route in self.phases[phase]:
            flags = 0 if route.get("caseSensitive") else re.I
            if match := re.search(route["src"], path, flags):
                pairs.append((route, match))
        return pairs

    def _file(self, path: str) -> Path | None:
        place = self.public / unquote(path).lstrip("/")
        for file in (place, place / "index.html"):
            if file.is_file() and not path.startswith("//"):
                return file
        return None

    def refused(self) -> str:
        """What Vercel's own library does not take of the routes, or ""."""
        node = node_with(NODE / "@vercel" / "routing-utils" / "package.json")
        script = str(ROOT / "tests" / "world" / "vercel.mjs")
        command = [node, script, str(NODE), str(self.file)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        message: str = json.loads(done.stdout)
        return message


def _filled(text: str, match: re.Match[str]) -> str:
    return re.sub(r"\$(\d)", lambda number: match[int(number[1])] or "", text)

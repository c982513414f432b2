"""A site that changes again and again while it is deployed, and what holds for its readers."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping

from tests.world.site import PIVOT, World

_NAMES = ("Chef", "Baker", "Cook", "Waiter", "Pilot", "Nurse", "Tailor", "Miner")
_TARGETS = ("Nurse", "Teacher")
_LINK = re.compile(rb'(?:href|src)="(/[^"#?]*)')
# Where every site has something.
HOME = "index.html"


class MovingSite:
    """Its pages come and go, and its style and words change."""

    def __init__(self, world: World, chance: random.Random, url: str = "") -> None:
        """`url` is where readers see it, if that is not the address in its settings."""
        self.world = world
        self._words = ("--base-url", url) if url else ()
        self.chance = chance
        self._pivots: set[tuple[str, str]] = set()
        # The bytes that each file had in any version of the site.
        self.versions: dict[str, set[bytes]] = {}
        for name in _NAMES[:5]:
            self._write(name, _TARGETS[0])

    def change(self) -> None:
        """Edit some pages, add one and take one away, and perhaps change the style of all."""
        chance = self.chance
        for pair in chance.sample(sorted(self._pivots), 2):
            self._write(*pair)
        if len(self._pivots) > 3:
            gone = chance.choice(sorted(self._pivots))
            self._pivots.remove(gone)
            (self.world.folder / self._path(*gone)).unlink()
        self._write(chance.choice(_NAMES), "Teacher")
        if chance.random() < 0.5:
            style = self.world.folder / "assets/style.css"
            text = style.read_text("utf-8").partition("/* moving")[0]
            style.write_text(f"{text}/* moving {chance.random()} */\n", "utf-8")

    def build(self) -> dict[str, bytes]:
        """Build it, and remember the bytes of its files."""
        result = self.world.run("build", *self._words)
        assert result.returncode == 0, result.stderr
        files = {
            path: data
            for path, data in self.world.tree().items()
            if not path.startswith(("_", "."))
        }
        for path, data in files.items():
            self.versions.setdefault(path, set()).add(data)
        return files

    def _write(self, a: str, b: str) -> None:
        words = f"Words of {self.chance.random()}."
        self.world.pivot(a, b, PIVOT.replace("Some text.", words))
        self._pivots.add((a, b))

    def _path(self, a: str, b: str) -> str:
        return f"content/pivots/{a}-to-{b}.md".lower()


def links_of(data: bytes) -> set[str]:
    """The paths of the files that a page names on its own site."""
    return {path_of(match.decode()) for match in _LINK.findall(data)}


def path_of(address: str) -> str:
    """The file at an address."""
    return f"{address}index.html"[1:] if address.endswith("/") else address[1:]


def check_links(files: Mapping[str, bytes], entries: Iterable[str]) -> None:
    """From the front page and every address that readers know, all that is named is there."""
    for path, data in files.items():
        if path.endswith(".html"):
            missing = {
                link for link in links_of(data) if link.startswith("assets/") and link not in files
            }
            assert not missing, f"{path} lacks {missing}"
    seen: set[str] = set()
    todo = [path for path in {HOME, *entries} if path in files and path.endswith(".html")]
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        for link in links_of(files[path]):
            assert link in files, f"{path} names {link}, which is not there"
            if link.endswith(".html"):
                todo.append(link)

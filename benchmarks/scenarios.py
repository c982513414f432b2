"""What happens to a site between two builds, and how to see that the build took notice."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.locked import move_lists
from benchmarks.tool import Tool


class StaleError(Exception):
    """A build ended well and its pages do not show what was edited."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A text that must stand in a file of public/ after the build."""

    page: str
    text: str

    def check(self, public: Path) -> None:
        """Raise StaleError when the text is not there."""
        page = public / self.page
        if not page.is_file() or self.text not in page.read_text("utf-8"):
            raise StaleError(f"{self.page} does not show `{self.text}`")


# Changes a folder of work in a way of its own in each round, so that there is always a change.
Edit = Callable[[Tool, Path, int], Sign]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One line of the results."""

    # In the files of results.
    key: str
    # In the tables.
    title: str
    edit: Edit


def cold(tool: Tool, folder: Path, number: int) -> Sign:
    """Nothing is left of earlier builds."""
    tool.forget(folder)
    return Sign("index.html", "Your next role starts in the one you have")


def nothing(tool: Tool, folder: Path, number: int) -> Sign:
    """Nothing changed at all."""
    return Sign("index.html", "Your next role starts in the one you have")


def body(tool: Tool, folder: Path, number: int) -> Sign:
    """One paragraph more in the body of one pivot."""
    pivot = _pivot(folder, 1 / 3)
    line = f"Round {number} adds this paragraph."
    with pivot.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    return Sign(_page(pivot), f"<p>{line}</p>")


def title(tool: Tool, folder: Path, number: int) -> Sign:
    """Another headline for one pivot, which lists and neighbours show as well."""
    pivot = _pivot(folder, 1 / 2)
    text = pivot.read_text("utf-8")
    changed = re.sub(
        r'^title: "(.*?)(, round \d+)?"$',
        rf'title: "\1, round {number}"',
        text,
        count=1,
        flags=re.M,
    )
    pivot.write_text(changed, "utf-8")
    return Sign(_page(pivot), f", round {number}</")


def role(tool: Tool, folder: Path, number: int) -> Sign:
    """Another name for one role, in every pivot that names it; and the old name the round after."""
    pivot = _pivot(folder, 2 / 3)
    found = re.search(r"^to: (.*)$", pivot.read_text("utf-8"), re.M)
    if found is None:
        raise StaleError(f"{pivot.name} names no role")
    old = found.group(1)
    new = old.removeprefix("Chief ") if old.startswith("Chief ") else f"Chief {old}"
    for file in (folder / "content" / "pivots").glob("*.md"):
        text = file.read_text("utf-8")
        changed = re.sub(rf"^(from|to): {re.escape(old)}$", rf"\1: {new}", text, flags=re.M)
        if changed != text:
            file.write_text(changed, "utf-8")
    move_lists(folder, old, new)
    return Sign(f"to/{new.lower().replace(' ', '-')}/index.html", f"Paths into {new}")


def layout(tool: Tool, folder: Path, number: int) -> Sign:
    """One more attribute in the layout of all pivot pages."""
    file = folder / tool.layout
    mark = f'<div class="prose" data-round="{number}">'
    text = re.sub(r'<div class="prose"[^>]*>', mark, file.read_text("utf-8"), count=1)
    file.write_text(text, "utf-8")
    return Sign(_page(_pivot(folder, 1 / 5)), mark)


SCENARIOS = (
    Scenario("cold", "cold", cold),
    Scenario("nothing", "nothing changed", nothing),
    Scenario("body", "one body edited", body),
    Scenario("title", "one title edited", title),
    Scenario("role", "one role renamed", role),
    Scenario("layout", "one layout edited", layout),
)


def check_out(tool: Tool, folder: Path, fresh: Path, kept: tuple[str, ...]) -> None:
    """Lay out a fresh checkout with new dates on every file, and what a cache would restore."""
    for path in folder.iterdir():
        if path.name in kept or path.name not in ("public", *tool.memory):
            if path.is_dir():
                shutil.copytree(path, fresh / path.name, copy_function=shutil.copyfile)
            else:
                shutil.copyfile(path, fresh / path.name)


def _pivot(folder: Path, part: float) -> Path:
    """The same pivot in every tool's folder."""
    # Translations have a further dot.
    files = sorted((folder / "content" / "pivots").glob("*.md"))
    files = [file for file in files if "." not in file.stem]
    return files[int(len(files) * part)]


def _page(pivot: Path) -> str:
    return f"pivots/{pivot.stem}/index.html"

"""What the first answer of the finder costs a reader, in Chromium with a slow processor.

The page is a real one; the moves are those of a generated site of each size, or of our own.
"""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from benchmarks.corpus import ROOT, generate
from benchmarks.finder_search import search_files
from pivotgen.kinds import moves
from pivotgen.model.address import FINDER, output_of, pivot_address
from pivotgen.model.names import slug_of
from pivotgen.model.page import PlanInputs
from pivotgen.model.role import Role
from pivotgen.model.site import Node, Site
from pivotgen.model.window import Window

# The moves of our own site; all other sizes are generated.
OURS = 73
# How many times slower the processor is made: about a phone of the middle.
_SLOWER = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What the first answer costs on a site of so many moves."""

    moves: int
    roles: int
    # Compressed, in bytes: the page with its styles and scripts; and what those load.
    page: int
    data: int
    # Milliseconds from the first letter to the list of roles, from the press to the answer, and of
    # scripts until then.
    listed: float
    answered: float
    scripts: float
    # Bytes that a search for two words loads beside the page, and milliseconds to its results.
    search_data: int = 0
    searched: float = 0


def answers(
    sizes: Sequence[int], work: Path, rounds: int, tell: Callable[[str], None]
) -> list[Answer]:
    """The first answer on a site of each size, the middle of the rounds."""
    public = work / "public"
    command = [sys.executable, "build.py", "build", "--out", str(public)]
    command += ["--memory", str(work / "memory")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    measured = []
    for size in sizes:
        origin, target, roles, words = _questions(public, size)
        tell(f"the finder with {size:,} moves")
        with _served(public) as address:
            runs = [_measure(public, address, origin, target) for _ in range(rounds)]
            searches = [_search(public, address, words) for _ in range(rounds)]
        (page, data), *_ = (run[:2] for run in runs)
        listed, answered, scripts = (median(run[at] for run in runs) for at in (2, 3, 4))
        of_search = searches[0][0], median(run[1] for run in searches)
        measured.append(Answer(size, roles, page, data, listed, answered, scripts, *of_search))
    return measured


def _questions(public: Path, size: int) -> tuple[str, str, int, str]:
    """Put that many pivots into the files of the finder; two roles, how many there are, and what
    to search for."""
    if size == OURS:
        count = len(list((ROOT / "content/roles").glob("*.md")))
        return "Registered Nurse", "UX Designer", count, "workaround roadmap"
    for folder in ("moves", "search", "words"):
        shutil.rmtree(public / "find" / folder, ignore_errors=True)
    site = generated_graph(size)
    files, words = search_files(site, generate(size))
    for output, data in files.items():
        file = public / output
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
    for page in moves.KIND.pages(PlanInputs(site=site, page_size=60, assets={})):
        file = public / page.output
        file.parent.mkdir(exist_ok=True)
        assert isinstance(page.recipe, moves.MovesRecipe)
        file.write_text(page.recipe.text, "utf-8")
    roles = list(site.roles.values())
    return roles[0].name, roles[len(roles) // 2].name, len(roles), words


def generated_graph(size: int) -> Site:
    """The roles and the moves of a generated site."""
    names: dict[str, str] = {}
    nodes: dict[str, Node] = {}
    into: dict[str, list[str]] = {}
    out: dict[str, list[str]] = {}
    for number, text in enumerate(generate(size)):
        origin, target = slug_of(text.origin), slug_of(text.target)
        names |= {origin: text.origin, target: text.target}
        least, most = text.file.split("window: ")[1].split(" months")[0].split("–")
        window = Window(int(least), int(most), "month")
        nodes[text.slug] = Node(
            *(text.slug, "", number, origin, target, (), None, None, False, (), ()),
            address=pivot_address(text.slug),
            window=window,
        )
        out.setdefault(origin, []).append(text.slug)
        into.setdefault(target, []).append(text.slug)
    return Site(
        nodes=nodes,
        roles={slug: Role(names[slug], slug, None) for slug in sorted(names)},
        skills={},
        into={role: tuple(slugs) for role, slugs in into.items()},
        out={role: tuple(slugs) for role, slugs in out.items()},
        with_skill={},
        neighbours={},
        pages={},
        addresses={},
        pivots={},
        prose={},
    )


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        pass


@contextmanager
def _served(public: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(public)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _measure(
    public: Path, address: str, origin: str, target: str
) -> tuple[int, int, float, float, float]:
    """Bytes of the page and of its data; then milliseconds to the list and the answer, scripts."""
    with _slow_page() as (page, session, asked):
        page.goto(address + FINDER)
        of_page = len(asked)
        page.evaluate(_TIMES, [origin, target])
        listed = _time(page, "listed")
        page.evaluate(_PRESS)
        answered = _time(page, "answered")
        metrics = session.send("Performance.getMetrics")["metrics"]
        scripts = next(one["value"] for one in metrics if one["name"] == "ScriptDuration")
    sizes = [_compressed(public, url.removeprefix(address)) for url in asked]
    return sum(sizes[:of_page]), sum(sizes[of_page:]), listed, answered, scripts * 1000


def _search(public: Path, address: str, words: str) -> tuple[int, float]:
    """Bytes that a search loads when its address is opened, and milliseconds to the results."""
    with _slow_page() as (page, _, asked):
        page.goto(f"{address}{FINDER}?{urlencode({'q': words})}", wait_until="commit")
        page.wait_for_selector(".finder-results li")
        shown = page.evaluate("performance.now()")
    loaded = [url for url in asked if url.endswith(".json") or "/search." in url]
    return sum(_compressed(public, url.removeprefix(address)) for url in loaded), shown


@contextmanager
def _slow_page() -> Iterator[tuple[Any, Any, list[str]]]:
    """A page of a slow browser, its session, and the addresses that it asks for."""
    from playwright.sync_api import sync_playwright

    asked: list[str] = []
    with sync_playwright() as playwright:
        names = ("chromium-headless-shell", "chromium", "chromium-browser")
        program = next(filter(None, map(shutil.which, names)), None)
        arguments = ["--no-sandbox"]
        with playwright.chromium.launch(executable_path=program, args=arguments) as browser:
            page = browser.new_page()
            page.on("request", lambda request: asked.append(request.url))
            session = page.context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
            session.send("Performance.enable")
            yield page, session, asked


# Types a name into the first field as its first letter, and watches for the list and the answer.
_TIMES = """([origin, target]) => {
  const [from, to] = document.querySelectorAll(".finder input");
  window.times = {};
  window.watch = (name, ready) => {
    const start = performance.now();
    const look = () => {
      if (ready()) window.times[name] = performance.now() - start;
      else setTimeout(look);
    };
    look();
  };
  to.value = target;
  from.focus();
  from.value = origin;
  from.dispatchEvent(new InputEvent("input", { bubbles: true }));
  window.watch("listed", () => !document.querySelector("#finder-from-roles").hidden);
}"""
_PRESS = """() => {
  document.querySelector(".finder .button").click();
  window.watch("answered", () => document.querySelector(".finder-answer h2"));
}"""


def _time(page: Any, name: str) -> float:
    while not page.evaluate(f"window.times.{name} > 0"):
        page.wait_for_timeout(10)
    return float(page.evaluate(f"window.times.{name}"))


def _compressed(public: Path, path: str) -> int:
    file = public / output_of(path.partition("?")[0])
    return len(gzip.compress(file.read_bytes(), 9)) if file.is_file() else 0

"""`python -m benchmarks.clusters`: what a build on a cluster costs the machine with the site.

A scheduler and two workers run on this machine, and the store is SeaweedFS. So the clock says
little; what is told is the CPU of the machine with the site, which limits how many workers help.
docs/benchmarks-cluster.json keeps the last figures, and docs/benchmarks.md shows them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks import deploys
from benchmarks.corpus import ROOT, write_corpus
from benchmarks.page import results_page
from benchmarks.parts import read_parts

# What a site costs at once, such as imports and layouts, is the same in both.
SIZES = (2_000, 10_000)
# The file with the figures, beside the page.
FILE = "benchmarks-cluster.json"
_STORE = "workers put pages into a store"
# Milliseconds of CPU for each further page that the machine with the site may need.
PROMISES = {_STORE: 0.5}


@dataclass(frozen=True, slots=True)
class Build:
    """What one build cost: seconds of CPU on each side, on the clock, and megabytes of memory."""

    name: str
    pivots: int
    files: int
    own: float
    workers: float
    wall: float
    memory: float


def main() -> int:
    """Measure, write the page, and return 1 where a promise is missed."""
    from tests.world.running import free_port
    from tests.world.services import KEY, SECRET, seaweedfs

    os.environ |= {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET}
    address = f"tcp://127.0.0.1:{free_port()}"
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pivotgen-cluster-")))
        store, site = folder / "store", folder / "site"
        store.mkdir()
        endpoint = stack.enter_context(seaweedfs(store))
        pids = stack.enter_context(_cluster(address, folder))
        settings = deploys.SETTINGS.format(endpoint=endpoint)
        builds: list[Build] = []
        for pivots in SIZES:
            shutil.rmtree(site, ignore_errors=True)
            write_corpus(site, pivots)
            # Each size has a bucket of its own.
            own = settings.replace('"bench"', f'"bench-{pivots}"')
            (site / "build.py").write_text(own, "utf-8")
            builds += [_measure(site, pivots, pids, _Way(*way)) for way in _ways(address)]
    _write(builds, ROOT / "docs")
    print("\n".join(section(ROOT / "docs")))
    return 0 if all(_is_kept(name, builds) for name in PROMISES) else 1


def section(out: Path) -> list[str]:
    """The last figures as lines of Markdown; none where there are none."""
    file = out / FILE
    if not file.is_file():
        return []
    builds = [Build(**row) for row in json.loads(file.read_text("utf-8"))]
    largest = [build for build in builds if build.pivots == SIZES[-1]]
    return [
        "## On a cluster",
        "",
        f"{SIZES[-1]:,} pivots with two workers, all on the same machine "
        "(`make bench-cluster`). What the machine with the site needs itself is what no number of "
        f"workers takes away from it; what each further page needs is told by {SIZES[0]:,} pivots "
        "beside them.",
        "",
        "| build | files | CPU of the machine with the site | each further page "
        "| CPU of the workers | clock | memory | must |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
        *(
            f"| {build.name} | {build.files:,} | {build.own:.1f} s "
            f"| {_each(build.name, builds):.2f} ms | {build.workers:.1f} s | {build.wall:.0f} s "
            f"| {build.memory:.0f} MB | {_promise(build.name, builds)} |"
            for build in largest
        ),
        "",
    ]


def _each(name: str, builds: Sequence[Build]) -> float:
    """Milliseconds of CPU for each further page on the machine with the site."""
    small, large = (build for build in builds if build.name == name)
    return 1_000 * (large.own - small.own) / (large.files - small.files)


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to build."""

    name: str
    words: Sequence[str]
    # Whether it follows a build that did the same.
    again: bool = False


def _ways(address: str) -> Iterator[tuple[Any, ...]]:
    yield "two processes of this machine", ["build", "--workers", "2"]
    yield "pages come back as bytes", ["build", "--cluster", address]
    yield _STORE, ["deploy", "--cluster", address]
    yield "the same, nothing changed", ["deploy", "--cluster", address], True


@contextmanager
def _cluster(address: str, folder: Path) -> Iterator[Sequence[int]]:
    """A scheduler and two workers; the numbers of the workers' processes."""
    port = address.rpartition(":")[2]
    with ExitStack() as stack:
        _start(stack, "scheduler", ["--host", "127.0.0.1", "--port", port], folder)
        words = [address, "--nthreads", "1", "--no-nanny"]
        pids = [_start(stack, "worker", words, folder) for _ in range(2)]
        yield pids


def _start(stack: ExitStack, program: str, words: Sequence[str], folder: Path) -> int:
    command = [sys.executable, "-m", f"distributed.cli.dask_{program}", *words, "--no-dashboard"]
    with (folder / f"{program}.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=log, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process.pid


def _measure(site: Path, pivots: int, pids: Sequence[int], way: _Way) -> Build:
    """Build the site in a process of its own; from the beginning, unless it is done again."""
    if not way.again:
        for folder in ("public", ".pivotgen"):
            shutil.rmtree(site / folder, ignore_errors=True)
    # Those who wait for nobody do not count.
    pids = pids if "--cluster" in way.words else ()
    before, start = _cpu(pids), time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "pivotgen", "--site", str(site), *way.words, "--json"],
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout
    report = json.loads(process.stdout.read())
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    assert status == 0, report["problems"]
    own, workers = usage.ru_utime + usage.ru_stime, _cpu(pids) - before
    memory = usage.ru_maxrss * 1024 / 1e6
    costs = (round(value, 2) for value in (own, workers, wall, memory))
    return Build(way.name, pivots, report["files"], *costs)


def _cpu(pids: Sequence[int]) -> float:
    """Seconds that processes have used."""
    ticks = 0
    for number in pids:
        fields = Path(f"/proc/{number}/stat").read_text("ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _promise(name: str, builds: Sequence[Build]) -> str:
    words = "kept" if _is_kept(name, builds) else "missed"
    return f"{PROMISES[name]} ms for each further page: {words}" if name in PROMISES else ""


def _is_kept(name: str, builds: Sequence[Build]) -> bool:
    return name not in PROMISES or _each(name, builds) <= PROMISES[name]


def _write(builds: list[Build], out: Path) -> None:
    """Keep the figures, and write the page that shows them."""
    rows = json.dumps([asdict(each) for each in builds], indent=1)
    (out / FILE).write_text(f"{rows}\n", "utf-8")
    lines = [*deploys.section(out), *section(out)]
    page = results_page(read_parts(out / "benchmarks.json"), "benchmarks.svg", lines)
    (out / "benchmarks.md").write_text(page, "utf-8")


if __name__ == "__main__":
    sys.exit(main())

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

from benchmarks import deploys
from benchmarks.corpus import ROOT, write_corpus
from benchmarks.page import results_page
from benchmarks.parts import read_parts

PIVOTS = 10_000
# The file with the figures, beside the page.
FILE = "benchmarks-cluster.json"
# Milliseconds of CPU per page that the machine with the site may need.
PROMISES = {"workers put pages into a store": 0.5}


@dataclass(frozen=True, slots=True)
class Build:
    """What one build cost: seconds of CPU on each side, on the clock, and megabytes of memory."""

    name: str
    files: int
    own: float
    workers: float
    wall: float
    memory: float

    @property
    def each(self) -> float:
        """Milliseconds of CPU per file on the machine with the site."""
        return 1_000 * self.own / self.files


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
        write_corpus(site, PIVOTS)
        endpoint = stack.enter_context(seaweedfs(store))
        pids = stack.enter_context(_cluster(address, folder))
        settings = deploys.SETTINGS.format(endpoint=endpoint)
        (site / "build.py").write_text(settings, "utf-8")
        on_cluster = ["--cluster", address]
        builds = [
            _measure(site, pids, "two processes of this machine", ["build", "--workers", "2"]),
            _measure(site, pids, "pages come back as bytes", ["build", *on_cluster]),
            _measure(site, pids, "workers put pages into a store", ["deploy", *on_cluster]),
            _measure(site, pids, "the same, nothing changed", ["deploy", *on_cluster], again=True),
        ]
    _write(builds, ROOT / "docs")
    print("\n".join(section(ROOT / "docs")))
    return 0 if all(map(_is_kept, builds)) else 1


def section(out: Path) -> list[str]:
    """The last figures as lines of Markdown; none where there are none."""
    file = out / FILE
    if not file.is_file():
        return []
    builds = [Build(**row) for row in json.loads(file.read_text("utf-8"))]
    return [
        "## On a cluster",
        "",
        f"{PIVOTS:,} pivots with two workers, all on the same machine "
        "(`python -m benchmarks.clusters`). What the machine with the site needs itself is what no "
        "number of workers takes away from it.",
        "",
        "| build | files | CPU of the machine with the site | each page | of the workers | clock "
        "| memory | must |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
        *(
            f"| {build.name} | {build.files:,} | {build.own:.1f} s | {build.each:.2f} ms "
            f"| {build.workers:.1f} s | {build.wall:.1f} s | {build.memory:.0f} MB "
            f"| {_promise(build)} |"
            for build in builds
        ),
        "",
    ]


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


def _measure(
    site: Path, pids: Sequence[int], name: str, words: Sequence[str], *, again: bool = False
) -> Build:
    """Build the site in a process of its own; from the beginning, unless it is done again."""
    if not again:
        for folder in ("public", ".pivotgen"):
            shutil.rmtree(site / folder, ignore_errors=True)
    before, start = _cpu(pids), time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "pivotgen", "--site", str(site), *words, "--json"],
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
    return Build(name, report["files"], *costs)


def _cpu(pids: Sequence[int]) -> float:
    """Seconds that processes have used."""
    ticks = 0
    for number in pids:
        fields = Path(f"/proc/{number}/stat").read_text("ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _promise(build: Build) -> str:
    bound = PROMISES.get(build.name)
    words = "kept" if _is_kept(build) else "missed"
    return "" if bound is None else f"{bound} ms each page: {words}"


def _is_kept(build: Build) -> bool:
    return build.each <= PROMISES.get(build.name, build.each)


def _write(builds: list[Build], out: Path) -> None:
    """Keep the figures, and write the page that shows them."""
    rows = json.dumps([asdict(each) for each in builds], indent=1)
    (out / FILE).write_text(f"{rows}\n", "utf-8")
    lines = [*deploys.section(out), *section(out)]
    page = results_page(read_parts(out / "benchmarks.json"), "benchmarks.svg", lines)
    (out / "benchmarks.md").write_text(page, "utf-8")


if __name__ == "__main__":
    sys.exit(main())

"""`python -m benchmarks.deploys`: what a deploy of a large site to a store costs whoever deploys.

With `--growth` it measures how `lock` and `deploy` grow from 10,000 pivots to 100,000, and leaves
the other figures; that takes half an hour. The store is SeaweedFS on this machine, so only the
client's CPU, memory and bytes are told. docs/benchmarks-deploy.json keeps the last figures, and
docs/benchmarks.md shows them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from benchmarks.corpus import ROOT, write_corpus
from benchmarks.page import results_page
from benchmarks.parts import read_parts

PIVOTS = 10_000
# Pivots of the sites that show how the cost grows.
SIZES = (10_000, 100_000)
# The file with the figures, beside the page.
FILE = "benchmarks-deploy.json"
# What is promised: seconds of CPU, megabytes of memory, megabytes sent.
PROMISES = {"first": (16.0, 150.0, None), "three pages": (3.0, None, 2.0)}
SETTINGS = """\
from pivotgen import Config, S3, main

config = Config(
    name="Benchmark",
    base_url="https://example.com",
    targets={{"production": S3("bench", endpoint="{endpoint}", verify=False)}},
)
if __name__ == "__main__":
    main(config)
"""


@dataclass(frozen=True, slots=True)
class Deploy:
    """What one deploy or one `lock` cost: bytes sent, seconds of CPU, and megabytes of memory."""

    name: str
    files: int
    sent: int
    cpu: float
    memory: float
    pivots: int = PIVOTS


@dataclass(frozen=True, slots=True)
class Figures:
    """The last figures: of deploys of one site, and of sites of growing size."""

    deploys: tuple[Deploy, ...] = ()
    growth: tuple[Deploy, ...] = ()


def main(words: Sequence[str]) -> int:
    """Measure, write the page, and return 1 where a promise is missed."""
    from tests.world.services import KEY, SECRET

    parser = argparse.ArgumentParser(prog="python -m benchmarks.deploys", description=__doc__)
    parser.add_argument("--growth", action="store_true", help="how the cost grows with a site")
    wanted = parser.parse_args(words)
    os.environ |= {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET}
    figures = _figures(ROOT / "docs")
    if wanted.growth:
        grown = [
            row
            for pivots in SIZES
            for row in _deploys(pivots, ("lock", "first", "nothing changed"))
        ]
        figures = replace(figures, growth=tuple(grown))
    else:
        names = ("first", "nothing changed", "three pages")
        figures = replace(figures, deploys=tuple(_deploys(PIVOTS, names)))
    _write(figures, ROOT / "docs")
    print("\n".join(section(ROOT / "docs")))
    return 0 if all(map(_is_kept, figures.deploys)) else 1


def _deploys(pivots: int, names: Sequence[str]) -> Iterator[Deploy]:
    """Build a site of that size, then do and measure each of these."""
    from tests.world.services import seaweedfs

    with tempfile.TemporaryDirectory(prefix="pivotgen-deploys-") as name:
        folder = Path(name)
        store, site = folder / "store", folder / "site"
        store.mkdir()
        write_corpus(site, pivots)
        with seaweedfs(store) as endpoint:
            (site / "build.py").write_text(SETTINGS.format(endpoint=endpoint), "utf-8")
            _build(site)
            for name in names:
                if name == "three pages":
                    for file in sorted((site / "content/pivots").glob("*.md"))[:3]:
                        file.write_text(file.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
                measured = _measure(site, name, pivots)
                print(measured, file=sys.stderr, flush=True)
                yield measured


def section(out: Path) -> list[str]:
    """The last figures as lines of Markdown; none where there are none."""
    figures = _figures(out)
    return [*_deploy_section(figures.deploys), *_growth_section(figures.growth)]


def _figures(out: Path) -> Figures:
    file = out / FILE
    if not file.is_file():
        return Figures()
    rows = json.loads(file.read_text("utf-8"))
    return Figures(**{name: tuple(Deploy(**row) for row in rows[name]) for name in rows})


def _deploy_section(deploys: Sequence[Deploy]) -> list[str]:
    if not deploys:
        return []
    return [
        "## Deploying",
        "",
        "The built site to SeaweedFS on the same machine (`python -m benchmarks.deploys`). CPU and "
        "memory are those of `pivotgen deploy`, which builds first.",
        "",
        "| deploy | files | sent | CPU | memory | must |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
        *(
            f"| {each.name} | {each.files:,} | {each.sent / 1e6:.1f} MB | {each.cpu:.1f} s "
            f"| {each.memory:.0f} MB | {_promise(each)} |"
            for each in deploys
        ),
        "",
    ]


_TITLES = {
    "lock": "`lock`",
    "first": "first deploy",
    "nothing changed": "deploy, nothing changed",
}


def _growth_section(growth: Sequence[Deploy]) -> list[str]:
    if not growth:
        return []
    return [
        "### How it grows",
        "",
        "`lock` writes the line of each address into an empty pivots.lock; the first deploy "
        "makes each page anew with its new day, and the next finds nothing changed "
        "(`python -m benchmarks.deploys --growth`).",
        "",
        "| | pivots | files | CPU | CPU per pivot | memory |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        *(
            f"| {_TITLES[each.name]} | {each.pivots:,} | {each.files:,} | {each.cpu:.1f} s "
            f"| {each.cpu / each.pivots * 1e3:.2f} ms | {each.memory:.0f} MB |"
            for each in sorted(growth, key=lambda row: (row.name, row.pivots))
        ),
        "",
    ]


def _build(site: Path) -> None:
    words = [sys.executable, "-m", "pivotgen", "--site", str(site), "build"]
    subprocess.run(words, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def _measure(site: Path, name: str, pivots: int) -> Deploy:
    """Lock or deploy the site in a process of its own."""
    words = ["lock"] if name == "lock" else ["deploy", "--json"]
    process = subprocess.Popen(
        [sys.executable, "-m", "pivotgen", "--site", str(site), *words],
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, said.decode()
    cpu, memory = round(usage.ru_utime + usage.ru_stime, 2), round(usage.ru_maxrss * 1024 / 1e6, 1)
    if name == "lock":
        files = sum(len(names) for _, _, names in os.walk(site / "public"))
        return Deploy(name, files, 0, cpu, memory, pivots)
    report = json.loads(said)
    return Deploy(name, report["files"], report["sent"], cpu, memory, pivots)


def _promise(deploy: Deploy) -> str:
    """What is promised of a deploy, and whether it is kept."""
    cpu, memory, sent = PROMISES.get(deploy.name, (None, None, None))
    bounds = ((cpu, "s"), (memory, "MB"), (sent, "MB sent"))
    words = ", ".join(f"{bound:.0f} {unit}" for bound, unit in bounds if bound is not None)
    return f"{words}: {'kept' if _is_kept(deploy) else 'missed'}" if words else ""


def _is_kept(deploy: Deploy) -> bool:
    """Whether a deploy costs no more than is promised."""
    cpu, memory, sent = PROMISES.get(deploy.name, (None, None, None))
    measured = ((deploy.cpu, cpu), (deploy.memory, memory), (deploy.sent / 1e6, sent))
    return all(bound is None or value <= bound for value, bound in measured)


def _write(figures: Figures, out: Path) -> None:
    """Keep the figures, and write the page that shows them."""
    rows = json.dumps(asdict(figures), indent=1)
    (out / FILE).write_text(f"{rows}\n", "utf-8")
    from benchmarks.clusters import section as cluster_section

    lines = [*section(out), *cluster_section(out)]
    page = results_page(read_parts(out / "benchmarks.json"), "benchmarks.svg", lines)
    (out / "benchmarks.md").write_text(page, "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

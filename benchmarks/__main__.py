"""`python -m benchmarks`: measure, check the promises, write the results page."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError
from pathlib import Path

from benchmarks.contest import compete
from benchmarks.corpus import ROOT, generate, write_corpus
from benchmarks.growth import grow
from benchmarks.machine import machine
from benchmarks.measure import CommandError
from benchmarks.page import promise_table, results_page
from benchmarks.peers.eleventy import ELEVENTY
from benchmarks.peers.hugo import HUGO
from benchmarks.peers.pelican import PELICAN
from benchmarks.peers.pivotgen import PIVOTGEN
from benchmarks.plot import results_plot
from benchmarks.results import Results, promises
from benchmarks.scenarios import StaleError

_PEERS = {"hugo": HUGO, "eleventy": ELEVENTY, "pelican": PELICAN}


def main(words: Sequence[str]) -> int:
    """Run what `words` ask for; 1 when a build failed or a promise is missed, 0 otherwise."""
    wanted = _arguments(words)
    tools = [PIVOTGEN, *(_PEERS[name] for name in wanted.peers)]
    try:
        versions = {tool.name: tool.version() for tool in tools}
    except (FileNotFoundError, PackageNotFoundError) as error:
        print(f"{error}; `make .venv/bench` installs all tools", file=sys.stderr)
        return 1
    try:
        with _work(wanted.keep) as work:
            place = machine(work)
            corpus = work / "corpus"
            write_corpus(corpus, wanted.pivots)
            texts = list(generate(wanted.pivots))
            runs = compete(corpus, texts, tools, work, wanted.rounds, _tell)
            growth = [grow(PIVOTGEN, size, work, _tell) for size in wanted.sizes]
    except (CommandError, StaleError) as error:
        print(error, file=sys.stderr)
        return 1
    results = Results(place, versions, wanted.pivots, wanted.rounds, runs, growth)
    _write(results, wanted.out)
    print("\n".join(promise_table(results)))
    missed = [one for one in promises(results) if one.kept is False]
    return 1 if missed and wanted.pivots >= 10_000 else 0


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    def sizes(text: str) -> list[int]:
        return [int(size) for size in text.split(",") if size]

    def peers(text: str) -> list[str]:
        names = [name for name in text.split(",") if name]
        if unknown := set(names) - set(_PEERS):
            raise argparse.ArgumentTypeError(f"{min(unknown)} is none of {', '.join(_PEERS)}")
        return names

    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    add = parser.add_argument
    add("--pivots", type=int, default=10_000, metavar="N", help="size of the shared site")
    add("--rounds", type=int, default=3, metavar="N", help="how often each build is measured")
    add(
        "--sizes",
        type=sizes,
        default=[1_000, 10_000, 100_000],
        metavar="N,N",
        help="sites that pivotgen builds alone; 1000000 takes 35 GB of disk; '' for none",
    )
    add(
        "--peers",
        type=peers,
        default=list(_PEERS),
        metavar="NAME,NAME",
        help="who is measured beside pivotgen: hugo, eleventy, pelican",
    )
    add("--out", type=Path, default=ROOT / "docs", metavar="DIR", help="where the results go")
    add("--keep", type=Path, metavar="DIR", help="work in this new folder and leave it")
    wanted = parser.parse_args(words)
    if wanted.keep and wanted.keep.exists():
        parser.error("--keep: this folder exists already")
    return wanted


@contextmanager
def _work(keep: Path | None) -> Iterator[Path]:
    """A folder for corpora and builds, gone afterwards unless it is to be kept."""
    if keep:
        keep.mkdir(parents=True)
        yield keep.resolve()
        return
    folder = Path(tempfile.mkdtemp(prefix="pivotgen-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _write(results: Results, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / "benchmarks.md").write_text(results_page(results, "benchmarks.svg"), "utf-8")
    (out / "benchmarks.svg").write_text(results_plot(results), "utf-8")
    raw = json.dumps(asdict(results), ensure_ascii=False, indent=1)
    (out / "benchmarks.json").write_text(f"{raw}\n", "utf-8")


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

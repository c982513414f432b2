"""`python -m benchmarks [PART]`: measure, check the promises, write the results page.

The parts are `contest` (the default), `disk` (the same builds where TMPDIR is on a disk), `python`
(what a Python built without optimisation costs), `finder` (what an answer costs a reader),
`languages` (a site in three languages against the same in one) and `large` (the largest sites).
docs/benchmarks.json keeps the last figures of each.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError
from pathlib import Path

from benchmarks import clusters, deploys
from benchmarks.contest import compete
from benchmarks.corpus import ROOT, generate, write_corpus
from benchmarks.finder import answers
from benchmarks.growth import grow
from benchmarks.languages import speak
from benchmarks.machine import machine
from benchmarks.measure import CommandError
from benchmarks.page import promise_table, results_page
from benchmarks.parts import CONTEST, FINDER, LANGUAGES, PARTS, read_parts, write_parts
from benchmarks.peers.eleventy import ELEVENTY
from benchmarks.peers.hugo import HUGO
from benchmarks.peers.pelican import PELICAN
from benchmarks.peers.pivotgen import PIVOTGEN, PLAIN_PYTHON
from benchmarks.plot import results_plot
from benchmarks.results import Results, promises
from benchmarks.scenarios import StaleError

_PEERS = {"hugo": HUGO, "eleventy": ELEVENTY, "pelican": PELICAN, "plain": PLAIN_PYTHON}


def main(words: Sequence[str]) -> int:
    """Run what `words` ask for; 1 when a build failed or a promise is missed, 0 otherwise."""
    wanted = _arguments(words)
    tools = [PIVOTGEN, *(_PEERS[name] for name in wanted.peers)]
    try:
        versions = {tool.name: tool.version() for tool in tools}
    except (FileNotFoundError, PackageNotFoundError) as error:
        print(f"{error}; `make .venv/bench` installs all tools", file=sys.stderr)
        return 1
    if wanted.part == FINDER:
        with _work(wanted.keep) as work:
            found = answers(wanted.sizes, work, wanted.rounds, _tell)
            results = Results(machine(work), {}, 0, wanted.rounds, [], [], found)
        _write(read_parts(wanted.out / "benchmarks.json") | {FINDER: results}, wanted.out)
        return 0
    if wanted.part == LANGUAGES:
        return _speak(wanted, versions)
    try:
        with _work(wanted.keep) as work:
            place = machine(work)
            corpus = work / "corpus"
            write_corpus(corpus, wanted.pivots)
            texts = list(generate(wanted.pivots))
            runs = compete(corpus, texts, tools, work, wanted.rounds, _tell, wanted.scenarios)
            growth = [grow(PIVOTGEN, size, work, _tell) for size in wanted.sizes]
    except (CommandError, StaleError) as error:
        print(error, file=sys.stderr)
        return 1
    results = Results(place, versions, wanted.pivots, wanted.rounds, runs, growth)
    parts = read_parts(wanted.out / "benchmarks.json") | {wanted.part: results}
    _write(parts, wanted.out)
    if wanted.part != CONTEST:
        return 0
    print("\n".join(promise_table(parts)))
    missed = [promise for promise in promises(results) if promise.kept is False]
    return 1 if missed and wanted.pivots >= 10_000 else 0


def _speak(wanted: argparse.Namespace, versions: dict[str, str]) -> int:
    try:
        with _work(wanted.keep) as work:
            spoken = tuple(speak(PIVOTGEN, wanted.pivots, work, wanted.rounds, _tell))
            place = machine(work)
    except (CommandError, StaleError) as error:
        print(error, file=sys.stderr)
        return 1
    results = Results(place, versions, wanted.pivots, wanted.rounds, [], [], (), spoken)
    _write(read_parts(wanted.out / "benchmarks.json") | {LANGUAGES: results}, wanted.out)
    return 0


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
    add("part", nargs="?", default=CONTEST, choices=PARTS, help="what to measure")
    add("--pivots", type=int, metavar="N", help="size of the shared site")
    add("--rounds", type=int, metavar="N", help="how often each build is measured")
    add(
        "--sizes",
        type=sizes,
        metavar="N,N",
        help="sites that pivotgen builds alone; 1000000 takes 35 GB of disk; '' for none",
    )
    add(
        "--peers",
        type=peers,
        metavar="NAME,NAME",
        help=f"who is measured beside pivotgen: {', '.join(_PEERS)}",
    )
    add("--out", type=Path, default=ROOT / "docs", metavar="DIR", help="where the results go")
    add("--keep", type=Path, metavar="DIR", help="work in this new folder and leave it")
    wanted = parser.parse_args(words)
    if wanted.keep and wanted.keep.exists():
        parser.error("--keep: this folder exists already")
    for name, usual in asdict(PARTS[wanted.part]).items():
        if getattr(wanted, name, None) is None:
            setattr(wanted, name, usual)
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


def _write(parts: Mapping[str, Results], out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    lines = [*deploys.section(out), *clusters.section(out)]
    page = results_page(parts, "benchmarks.svg", lines)
    (out / "benchmarks.md").write_text(page, "utf-8")
    if CONTEST in parts:
        (out / "benchmarks.svg").write_text(results_plot(parts[CONTEST]), "utf-8")
    write_parts(out / "benchmarks.json", parts)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

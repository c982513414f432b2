"""The benchmark is worth nothing when its corpus, its gauge or its table is wrong."""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.contest import Run
from benchmarks.corpus import ROOT, generate, write_corpus
from benchmarks.finder import Answer
from benchmarks.growth import Size
from benchmarks.machine import machine
from benchmarks.measure import CommandError, Cost, measure
from benchmarks.page import results_page
from benchmarks.parts import CONTEST, DISK, FINDER, LARGE, PARTS, read_parts, write_parts
from benchmarks.peers.pivotgen import PIVOTGEN
from benchmarks.plot import results_plot
from benchmarks.results import Results, promises
from benchmarks.scenarios import SCENARIOS, StaleError
from benchmarks.verify import verify

PYTHON = sys.executable


def test_a_corpus_is_the_same_every_time_and_no_move_comes_twice() -> None:
    texts = list(generate(300))
    assert texts == list(generate(300))
    assert len({(text.origin, text.target) for text in texts}) == 300
    assert len({text.slug for text in texts}) == 300


def test_every_role_of_a_corpus_has_about_its_share_of_pivots() -> None:
    into = Counter(text.target for text in generate(2_500))
    assert 50 <= len(into) <= 60
    assert min(into.values()) > 30


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated site of forty pivots."""
    folder = tmp_path_factory.mktemp("corpus") / "site"
    write_corpus(folder, 40)
    return folder


def test_pivotgen_shows_every_edit_and_has_all_pages(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    PIVOTGEN.prepare(small, folder)
    for scenario in SCENARIOS:
        sign = scenario.edit(PIVOTGEN, folder, 1)
        if scenario.key not in ("cold", "nothing"):
            with pytest.raises(StaleError):
                sign.check(folder / "public")
        measure(PIVOTGEN.command(folder), folder)
        sign.check(folder / "public")
        if scenario.key == "cold":
            assert verify(folder / "public", list(generate(40)), siblings=4) == []


def test_a_site_that_lacks_something_is_found_out(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    PIVOTGEN.prepare(small, folder)
    measure(PIVOTGEN.command(folder), folder)
    public, texts = folder / "public", list(generate(40))
    page = public / "pivots" / texts[0].slug / "index.html"
    whole = page.read_text("utf-8")
    for there, instead, fault in (
        ("Trading", "Keeping", "headline"),
        ('href="/pivots/', 'href="/elsewhere/', "links to other pivots"),
        ("FAQPage", "WebPage", "other questions"),
        ("BreadcrumbList", "ItemList", "breadcrumbs"),
        ("The mindset shift", "A shift", "lacks"),
    ):
        page.write_text(whole.replace(there, instead), "utf-8")
        assert any(fault in complaint for complaint in verify(public, texts, siblings=4)), there
    page.unlink()
    assert verify(public, texts, siblings=4) == [f"/pivots/{texts[0].slug}/ is missing"]


# A program that runs itself as its own child, so deep; the last of them works, and holds memory.
# Each writes down what it used itself.
BURN = """
import subprocess, sys, time
depth, program, notes = int(sys.argv[1]), sys.argv[2], sys.argv[3]
if depth:
    subprocess.run([sys.executable, program, str(depth - 1), program, notes])
else:
    held = bytearray(b"x") * 80_000_000
    while time.process_time() < 0.4:
        sum(range(1000))
with open(notes, "a") as file:
    print(time.process_time(), file=file)
"""


def test_a_grandchild_counts_in_cpu_and_in_memory(tmp_path: Path) -> None:
    program, notes = tmp_path / "burn.py", tmp_path / "notes"
    program.write_text(BURN, "utf-8")
    cost = measure([PYTHON, str(program), "2", str(program), str(notes)], tmp_path)
    used = [float(line) for line in notes.read_text("utf-8").splitlines()]
    assert len(used) == 3
    # Nobody is forgotten, and nobody is counted twice.
    assert sum(used) <= cost.cpu < 2 * sum(used)
    assert 80e6 <= cost.memory < 250e6
    # The grandchild works alone, so everybody waits at least as long as it works.
    assert cost.wall >= used[0]


def test_memory_that_forked_workers_share_counts_once(tmp_path: Path) -> None:
    program = tmp_path / "share.py"
    program.write_text(
        "import os, time\n"
        "held = bytearray(b'x') * 80_000_000\n"
        "children = []\n"
        "for _ in range(3):\n"
        "    child = os.fork()\n"
        "    if not child:\n"
        "        time.sleep(1)\n"
        "        os._exit(0)\n"
        "    children.append(child)\n"
        "for child in children:\n"
        "    os.waitpid(child, 0)\n",
        "utf-8",
    )
    assert 80e6 <= measure([PYTHON, str(program)], tmp_path).memory < 160e6


def test_an_orphan_that_ends_soon_is_counted_and_a_failure_is_told(tmp_path: Path) -> None:
    program = tmp_path / "orphan.py"
    program.write_text(
        "import os, time\n"
        "if not os.fork():\n"
        "    while time.process_time() < 0.4:\n"
        "        sum(range(1000))\n"
        "    os._exit(0)\n",
        "utf-8",
    )
    assert measure([PYTHON, str(program)], tmp_path).cpu >= 0.4
    with pytest.raises(CommandError, match="ended with 3:\nno luck"):
        measure([PYTHON, "-c", "print('no luck', flush=True); raise SystemExit(3)"], tmp_path)


def _results() -> Results:
    runs = [
        Run(tool, scenario.key, number, Cost(cpu * number, wall, memory))
        for scenario in SCENARIOS
        for number in (1, 2, 3)
        for tool, cpu, wall, memory in (
            ("pivotgen", 3.0, 0.5 + number / 10, 30_000_000),
            ("Hugo", 6.0, 10.0, 100_000_000),
        )
    ]
    sizes = [
        Size(pivots, pivots * 2, *[Cost(pivots / 1000, 1.0, memory)] * 3)
        for pivots, memory in ((10_000, 100_000_000), (100_000, 300_000_000))
    ]
    versions = {"pivotgen": "1", "Hugo": "2"}
    return Results(machine(Path("/")), versions, 10_000, 3, runs, sizes)


def test_promises_are_ratios_of_the_same_round_and_a_missed_one_is_missed() -> None:
    found = {promise.title: promise for promise in promises(_results())}
    cpu = found["cold, CPU"].measured
    assert cpu is not None
    assert (cpu.least, cpu.middle, cpu.most) == (0.5, 0.5, 0.5)
    assert found["cold, CPU"].kept
    body = found["one body edited, wall"].measured
    assert body is not None
    assert (body.least, body.middle, body.most) == pytest.approx((0.06, 0.07, 0.08))
    assert found["nothing changed, wall"].kept is False
    assert found["peak memory, 100,000 pivots against 10,000"].kept is False
    assert found["peak memory of a million pivots, GiB"].kept is None


def test_the_results_page_tells_ratios_misses_and_the_machine_but_no_place() -> None:
    results = _results()
    page = results_page({CONTEST: results}, "benchmarks.svg")
    assert "| cold, CPU | 0.8 | 0.5 | 0.50 | aim reached |" in page
    assert "| nothing changed, wall | 0.06 | 0.02 | 0.070 (0.060–0.080) | **missed** |" in page
    assert "| one body edited, wall | 0.08 | 0.03 | 0.070 (0.060–0.080) | kept |" in page
    assert results.machine.processor in page
    assert str(Path.home()) not in page


def test_what_was_measured_at_other_times_stays_on_the_page(tmp_path: Path) -> None:
    whole = _results()
    million = Size(1_000_000, 1_100_000, *[Cost(1_500.0, 900.0, 2**31)] * 3)
    runs = [run for run in whole.runs if run.scenario == "cold"]
    answer = Answer(10_000, 112, 20_400, 12_000, 81.2, 40.4, 55.0)
    parts = {
        CONTEST: whole,
        DISK: replace(whole, runs=runs, growth=[]),
        FINDER: replace(whole, runs=[], growth=[], answers=(answer,)),
        LARGE: replace(whole, pivots=100_000, rounds=1, runs=runs[:2], growth=[million]),
    }
    file = tmp_path / "benchmarks.json"
    assert read_parts(file) == {}
    write_parts(file, parts)
    assert read_parts(file) == parts
    page = results_page(read_parts(file), "benchmarks.svg")
    assert "| peak memory of a million pivots, GiB | 6 |  | 2.00 | kept |" in page
    assert "| 1,000,000 | 1,100,000 |" in page
    assert "| 1.50 ms | 900.0 |" in page
    assert "| first answer of the finder, 10,000 moves, kB | 50 |  | 32.40 | kept |" in page
    assert "| 10,000 | 112 | 20.4 kB | 12.0 kB | 81 ms | 40 ms | 55 ms |" in page
    on_disk = page.partition("## On a disk\n")[2].partition("\n## ")[0]
    assert "10,000 pivots, 3 rounds" in on_disk
    assert on_disk.count("\n| cold | pivotgen | 6.00 |") == 1
    assert "nothing changed" not in on_disk
    assert "Python without optimisation" not in page


def test_each_part_has_a_target_that_measures_it() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert {name for name in PARTS if re.search(rf"-m benchmarks {name}$", makefile, re.M)} == set(
        PARTS
    )


def test_the_plot_has_a_bar_for_every_tool_in_every_scenario() -> None:
    plot = results_plot(_results())
    assert plot.count("<rect") == 2 * len(SCENARIOS) + 2
    assert plot.count("10.00 s") == len(SCENARIOS)

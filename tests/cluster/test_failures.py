"""Workers, schedulers and builds that die: the right bytes all the same, or a problem in words."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from pivotgen.problems.codes import codes
from tests.cluster.conftest import clean_tree, own_code
from tests.world.cluster import PATIENCE, Cluster, Place, cluster, until_busy
from tests.world.site import ROOT, World
from tests.world.waiting import wait_until

# Seconds at each call, so that a test can do something meanwhile.
SLOW = 0.01


@pytest.fixture
def full(workers: Cluster) -> Cluster:
    """Two workers, however many earlier tests have killed."""
    while len(workers.workers) < 2:
        count = len(workers.workers)
        workers.add_worker()
        workers.wait_for(count + 1)
    return workers


@pytest.fixture
def beside() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


Run = Future[CompletedProcess[str]]


def start(site: World, address: str, beside: ThreadPoolExecutor) -> Run:
    return beside.submit(site.run, "build", "--cluster", address)


def kill(processes: list[int]) -> None:
    for number in processes:
        os.kill(number, signal.SIGKILL)


def everybody(workers: Cluster) -> list[int]:
    return list(workers.client.run(os.getpid).values())


@pytest.mark.parametrize("slow", [{"parsing": 0.003}, {"rendering": SLOW}], ids=str)
def test_the_work_of_a_killed_worker_is_done_again(
    slow: dict[str, float], site: World, full: Cluster, beside: ThreadPoolExecutor
) -> None:
    own_code(site, **slow)
    build = start(site, full.address, beside)
    busy = until_busy(full)
    assert not build.done()
    kill(busy[:1])
    assert build.result().returncode == 0, build.result().stderr
    assert site.tree() == clean_tree(site)


def test_a_build_waits_for_a_worker_that_comes_back(
    site: World, full: Cluster, beside: ThreadPoolExecutor
) -> None:
    own_code(site, rendering=SLOW)
    build = start(site, full.address, beside)
    until_busy(full)
    kill(everybody(full))
    full.wait_for(0)
    assert not build.done()
    full.add_worker()
    assert build.result().returncode == 0, build.result().stderr
    assert site.tree() == clean_tree(site)


def test_a_build_that_nobody_helps_ends_with_a_problem(
    site: World, full: Cluster, beside: ThreadPoolExecutor
) -> None:
    assert site.run("build").returncode == 0
    before = site.tree()
    own_code(site, rendering=SLOW)
    build = start(site, full.address, beside)
    until_busy(full)
    started = time.monotonic()
    kill(everybody(full))
    result = build.result()
    assert PATIENCE - 1 <= time.monotonic() - started < PATIENCE + 10
    assert result.returncode == 1
    message = f"error[no-cluster]: the cluster at {full.address} has had no worker for {PATIENCE} s"
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert site.tree() == before
    assert not list((site.folder / ".pivotgen").glob("**/*.html"))
    # What was begun is taken up by a build here.
    own_code(site)
    assert site.run("build").returncode == 0
    assert site.tree() == clean_tree(site)


def test_a_build_that_is_killed_leaves_nothing_that_hurts_the_next(
    site: World, full: Cluster
) -> None:
    own_code(site, rendering=SLOW)
    words = ["--site", str(site.folder), "build", "--cluster", full.address]
    build = subprocess.Popen([sys.executable, "-m", "pivotgen", *words], cwd=ROOT)
    # Parsing takes no time here, so whoever is at work for long is rendering.
    wait_until(lambda: (site.folder / ".pivotgen/.pivotgen-unfinished").exists(), "it renders not")
    until_busy(full)
    build.kill()
    assert build.wait() == -signal.SIGKILL
    assert not (site.folder / "public").exists()
    assert site.run("build").returncode == 0
    assert site.tree() == clean_tree(site)
    wait_until(lambda: not full.busy, "the workers go on for nobody")


def refused(site: World, full: Cluster, folder: Path) -> str:
    """What a build says that a worker with the pivotgen of a folder is refused for."""
    worker = full.add_worker({"PYTHONPATH": str(folder)})
    full.wait_for(3)
    try:
        result = site.run("build", "--cluster", full.address)
    finally:
        full.kill(worker)
        full.wait_for(2)
    assert result.returncode == 1
    return result.stderr


def test_a_worker_with_another_pivotgen_is_refused(
    site: World, full: Cluster, apart: Place, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = full.folder / "other"
    for name in ("pivotgen", "layouts", "assets"):
        (other / name).parent.mkdir(exist_ok=True)
        subprocess.run(["cp", "-r", str(ROOT / name), str(other / name)], check=True)
    file = other / "pivotgen/model/phrases.py"
    file.write_text(file.read_text("utf-8") + "# Another release.\n", "utf-8")
    stderr = refused(site, full, other)
    assert "error[worker-differs]: a worker has pivotgen 0.1.0 (" in stderr
    assert not (site.folder / "public").exists()


def test_a_worker_without_pivotgen_is_refused(site: World, full: Cluster) -> None:
    empty = full.folder / "empty"
    empty.mkdir()
    (empty / "pivotgen").mkdir()
    (empty / "pivotgen/__init__.py").write_text("", "utf-8")
    stderr = refused(site, full, empty)
    assert "error[worker-differs]: a worker cannot run pivotgen as this machine" in stderr
    assert "Traceback" not in stderr


def test_a_worker_that_lacks_what_settings_import_is_told(
    site: World, full: Cluster, tmp_path: Path
) -> None:
    text = (site.folder / "build.py").read_text("utf-8")
    site.write("build.py", text + "\nimport os\nif os.environ.get('FAR'):\n    import not_there\n")
    full.client.run(_be_far, "1")
    try:
        result = site.run("build", "--cluster", full.address)
    finally:
        full.client.run(_be_far, "")
    assert result.returncode == 1
    assert "error[worker-differs]: a worker cannot run build.py: ModuleNotFound" in result.stderr


def _be_far(value: str) -> None:
    os.environ["FAR"] = value


def test_a_scheduler_that_dies_is_told(
    site: World, apart: Place, beside: ThreadPoolExecutor, tmp_path: Path
) -> None:
    folder = apart.certificates.parent / "dying"
    folder.mkdir()
    place = Place("127.0.0.1", "127.0.0.1", "tcp", apart.certificates)
    own_code(site, rendering=SLOW)
    with cluster(place, folder, 1) as running:
        build = start(site, running.address, beside)
        until_busy(running)
        running.kill(running.started[0])
        result = build.result()
    assert result.returncode == 1
    assert "error[no-cluster]: the scheduler at" in result.stderr
    assert "does not answer any more" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_layout_that_kills_workers_ends_with_a_problem(
    site: World, apart: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert site.run("build").returncode == 0
    before = site.tree()
    text = (site.folder / "own.py").read_text("utf-8")
    deadly = text.replace(
        "    return f", "    import os; os.environ.get('FAR') and os._exit(9)\n    return f"
    )
    site.write("own.py", deadly)
    folder = apart.certificates.parent / "deadly"
    folder.mkdir()
    # Fewer deaths than usual have to do, because starting a worker takes a second.
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "1")
    with cluster(apart, folder, 0, port=8797) as running:
        running.add_worker({"FAR": "1"}, again=True)
        running.add_worker({"FAR": "1"}, again=True)
        running.wait_for(2)
        result = site.run("build", "--cluster", running.address)
    assert result.returncode == 1
    assert result.stderr.startswith(codes()["worker-died"].cases[1].wrong.output)
    assert site.tree() == before

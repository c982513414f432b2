"""What a site survives: killed builds, full disks, strangers, two builds at once, a bad ledger."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from tests.world.builds import CONFIG, build_here, tree
from tests.world.killing import changes_of_a_build, kill_a_build
from tests.world.site import ROOT, World
from tests.world.waiting import wait_until


def clean(world: World) -> dict[str, bytes]:
    """The files that a build from nothing makes of the same sources."""
    folder = world.folder / "copy"
    folder.mkdir()
    copy = World(folder)
    for name in ("content", "layouts"):
        for path, data in world.tree(name).items():
            copy.write(f"{name}/{path}", data)
    assert copy.run("build").returncode == 0
    tree = copy.tree()
    shutil.rmtree(copy.folder)
    return tree


def processes_of(world: World) -> list[str]:
    """Command lines of the processes that build this site, workers included."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = file.read_text("utf-8", "replace").replace("\0", " ")
            found += [words] if str(world.folder) in words else []
    return found


# How much of its changes a build has made when it is killed.
SHARES = (0.4, 0.02, 0.3, 0.55, 0.75, 0.97)


@pytest.mark.parametrize("workers", [(), ("--workers", "2")], ids=["alone", "with workers"])
def test_a_build_killed_at_any_step_is_mended_by_the_next(
    filled: World, tmp_path_factory: pytest.TempPathFactory, workers: tuple[str, ...]
) -> None:
    base = (filled.folder / "layouts" / "base.html").read_text("utf-8")
    pages_waited = pages_were_mixed = False
    for number, share in enumerate(SHARES):
        # Every page is another one in each round, and one page comes and another goes.
        mark = f"<!-- round {number} -->"
        filled.write("layouts/base.html", base.replace("</html>", f"{mark}</html>"))
        filled.pivot(f"Guest {number}", "Nurse")
        earlier = filled.folder / "content" / "pivots" / f"guest-{number - 1}-to-nurse.md"
        earlier.unlink(missing_ok=True)
        rehearsal = tmp_path_factory.mktemp("rehearsal") / "site"
        shutil.copytree(filled.folder, rehearsal)
        total = changes_of_a_build(rehearsal, *workers)
        kill_a_build(filled.folder, max(1, round(share * total)), *workers)
        new = old = 0
        for file in (filled.folder / "public").rglob("*.html"):
            text = file.read_text("utf-8")
            assert text.rstrip().endswith("</html>"), file
            new, old = (new + 1, old) if mark in text else (new, old + 1)
        print(f"killed before change {round(share * total)} of {total}: {new} new, {old} old")
        pages_were_mixed |= bool(new and old)
        pages_waited |= any((filled.folder / ".pivotgen").rglob(".pivotgen-unfinished/*/*/*"))
        if number == 0:
            # The builds from here on change a site that is there.
            assert filled.run("build").returncode == 0
    assert pages_waited, "no build was killed while its pages waited to be published"
    assert pages_were_mixed, "no build was killed while it published its pages"
    assert filled.run("build").returncode == 0
    assert filled.tree() == clean(filled)


def test_workers_end_with_a_build_that_is_killed(filled: World) -> None:
    slow = "import time\n\nfilters = {'wait': lambda text: time.sleep(60) or text}\n"
    text = (filled.folder / "build.py").read_text("utf-8")
    filled.write("build.py", slow + text.replace("Config(", "Config(\n    filters=filters,", 1))
    filled.write("layouts/pivot.html", "{{ view.body|wait }}")
    command = [sys.executable, "-m", "pivotgen", "--site", str(filled.folder), "build"]
    process = subprocess.Popen([*command, "--workers", "2"], cwd=ROOT)
    wait_until(lambda: len(processes_of(filled)) == 3, "the workers never started")
    process.kill()
    process.wait()
    wait_until(lambda: not processes_of(filled), "a worker is left")


def test_a_full_disk_is_told_and_the_next_build_is_whole(filled: World) -> None:
    small = filled.folder / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "none", str(small)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this machine does not let a test mount a small file system")
    try:
        result = filled.run("build", "--out", str(small / "public"))
        assert result.returncode == 1
        assert "error[cannot-write]" in result.stderr
        assert "No space left on device" in result.stderr
        assert "Traceback" not in result.stderr
        for file in (small / "public").rglob("*"):
            assert file.is_dir() or not file.name.endswith("unfinished")
        subprocess.run(["mount", "-o", "remount,size=20m", str(small)], check=True)
        assert filled.run("build", "--out", str(small / "public")).returncode == 0
        filled.run("build")
        assert filled.tree("small/public") == filled.tree()
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_public_being_a_file_or_a_link_is_refused(filled: World, tmp_path: Path) -> None:
    filled.write("public", "a file")
    assert filled.run("build").returncode == 2
    (filled.folder / "public").unlink()
    (elsewhere := filled.folder / "elsewhere").mkdir()
    (filled.folder / "public").symlink_to(elsewhere)
    result = filled.run("build")
    assert result.returncode == 2
    assert "is not a folder of its own" in result.stderr
    assert not any(elsewhere.iterdir())


def test_two_builds_at_once_both_end_well(filled: World) -> None:
    command = [sys.executable, "-m", "pivotgen", "--site", str(filled.folder), "build", "--clean"]
    both = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for process in both:
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said
    tree = filled.tree()
    assert not any(name.endswith("unfinished") for name in tree)


def test_a_folder_that_cannot_be_written_is_told(filled: World) -> None:
    closed = filled.folder / "closed"
    closed.mkdir()
    if os.geteuid() == 0:
        # A superuser may write everywhere, except where nobody may.
        mount = ["mount", "-t", "tmpfs", "-o", "ro", "none", str(closed)]
        if subprocess.run(mount, capture_output=True).returncode:
            pytest.skip("this machine does not let a test mount a read-only file system")
    else:
        closed.chmod(0o555)
    try:
        result = filled.run("build", "--out", str(closed / "public"))
        assert result.returncode == 1
        assert "error[cannot-write]: cannot write" in result.stderr
        assert "Traceback" not in result.stderr
    finally:
        if os.geteuid() == 0:
            subprocess.run(["umount", str(closed)], check=True)


def test_a_limit_on_file_size_is_told_and_leaves_every_file_whole(filled: World) -> None:
    filled.run("build")
    before = filled.tree()
    command = f"ulimit -f 8; exec {sys.executable} -m pivotgen --site {filled.folder} build --clean"
    result = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert result.returncode == 1
    assert "error[cannot-write]" in result.stderr
    assert "Traceback" not in result.stderr
    assert filled.tree() == before
    assert filled.run("build", "--verify").returncode == 0


def test_a_file_at_an_address_that_was_only_planned_is_not_ours(filled: World) -> None:
    filled.run("build")
    base = (filled.folder / "layouts" / "base.html").read_text()
    # What only the making of a page brings to light.
    filled.write("layouts/base.html", base + "{{ 1 / (view.head.url|length * 0) }}")
    path = filled.pivot("Cook", "Nurse")
    assert "ZeroDivisionError" in filled.run("build").stderr
    filled.write("public/pivots/cook-to-nurse/index.html", "mine")
    (filled.folder / path).unlink()
    filled.write("layouts/base.html", base)
    assert filled.run("build").returncode == 0
    assert filled.tree()["pivots/cook-to-nurse/index.html"] == b"mine"


def test_a_link_inside_public_that_leads_out_is_told_and_not_followed(
    filled: World, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "mine.txt").write_text("mine")
    (filled.folder / "public").mkdir()
    (filled.folder / "public" / "pivots").symlink_to(outside)
    result = filled.run("build")
    assert result.returncode == 1
    assert "error[cannot-write]: cannot write pivots" in result.stderr
    assert "Traceback" not in result.stderr
    assert tree(outside) == {"mine.txt": b"mine"}
    (filled.folder / "public" / "pivots").unlink()
    assert filled.run("build", "--verify").returncode == 0


def test_sources_that_change_while_they_are_read_are_right_next_time(filled: World) -> None:
    path = filled.folder / "content" / "pivots" / "role-a-to-nurse.md"
    text = path.read_text("utf-8")
    stop = threading.Event()

    def change() -> None:
        for number in itertools.count():
            path.write_text(text.replace("Some text.", f"Number {number % 7}."), "utf-8")
            if stop.is_set():
                return

    build_here(filled.folder, CONFIG, filled.folder / "public")
    pages = {filled.read("pivots/role-a-to-nurse/index.html")}
    writer = threading.Thread(target=change)
    writer.start()
    try:
        # A build that meets the file half written publishes nothing, so there may be many of them.
        for number in range(500):
            build_here(filled.folder, CONFIG, filled.folder / "public")
            pages.add(filled.read("pivots/role-a-to-nurse/index.html"))
            if number >= 15 and len(pages) > 2:
                break
    finally:
        stop.set()
        writer.join()
    assert len(pages) > 2, "the text never changed while it was built"
    assert not build_here(filled.folder, CONFIG, filled.folder / "public").problems
    assert filled.tree() == clean(filled)

"""What a site has called after each of its builds."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from pivotgen import BuildOptions, BuildReport, Config, build, check
from tests.world.builds import CONFIG
from tests.world.edits import configure, edit
from tests.world.running import Preview
from tests.world.site import PIVOT, ROOT, World

GUIDE = (ROOT / "docs" / "library.md").read_text("utf-8")
LIST, TELL = re.findall(r"```python\n([^`]*?)```", GUIDE.partition("## After each build")[2])


def calling(call: Callable[[BuildReport], object]) -> Config:
    return replace(CONFIG, after_build=call)


def settings_with(world: World, function: str) -> int:
    """Have build.py call a function `own` after each build; the line on which it starts."""
    configure(world, "after_build=own")
    edit(world, "build.py", "config = Config(\n", f"{function}\n\nconfig = Config(\n")
    text = (world.folder / "build.py").read_text("utf-8")
    return text[: text.index(function)].count("\n") + 1


def test_it_gets_the_report_of_every_build_that_has_no_error(world: World) -> None:
    path = world.pivot("Chef", "Nurse")
    reports: list[BuildReport] = []
    config = calling(reports.append)
    done = build(world.folder, config)
    assert reports == [done]
    assert "pivots/chef-to-nurse/index.html" in done.written
    build(world.folder, config)
    assert (reports[1].written, reports[1].removed, reports[1].files) == ((), (), done.files)
    # One build is told once, however often it is made to compare.
    build(world.folder, config, BuildOptions(drafts=True, preview=True, verify=True))
    assert [(each.drafts, each.preview) for each in reports[2:]] == [(True, True)]
    edit(world, path, "tldr:", "tl_dr:")
    assert not build(world.folder, config).ok
    assert len(reports) == 3


def test_neither_a_check_nor_a_question_nor_the_preview_calls_it(world: World) -> None:
    world.pivot("Chef", "Nurse")
    settings_with(world, "def own(report):\n    open(__file__ + '.called', 'x').close()\n")
    for words in (("check",), ("why", "/"), ("status",), ("gaps",), ("fmt", "--check")):
        world.run(*words)
    check(world.folder)
    Preview(world).end()
    called = world.folder / "build.py.called"
    assert not called.exists()
    assert world.run("build").returncode == 0
    assert called.exists()


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("    return report.nobody", 1, "AttributeError: 'BuildReport' object has no"),
        ("    for page in report.written:\n        raise KeyError(page)", 2, "KeyError: '"),
        ("    import sys\n    sys.exit('enough')", 2, "SystemExit: enough"),
        ("    own(report)", 1, "RecursionError: maximum recursion depth"),
        ("    raise ValueError('two\\nlines')", 1, "ValueError: two lines"),
    ],
)
def test_its_fault_is_told_at_its_line_and_the_site_is_published(
    world: World, body: str, line: int, message: str
) -> None:
    world.pivot("Chef", "Nurse")
    start = settings_with(world, f"def own(report):\n{body}\n")
    result = world.run("build")
    assert result.returncode == 1
    told = f"build.py:{start + line}:1: error[own-code]: after_build failed: {message}"
    assert told in result.stderr
    assert "the site is published" in result.stderr
    assert "Traceback" not in result.stderr + result.stdout
    assert "Chef" in world.read("pivots/chef-to-nurse/index.html")


def test_its_fault_in_a_library_is_told_where_the_site_called_it(world: World) -> None:
    world.pivot("Chef", "Nurse")
    start = settings_with(world, "def own(report):\n    import json\n    json.loads('{')\n")
    assert f"build.py:{start + 2}:1: error[own-code]" in world.run("build").stderr


def test_a_warning_of_the_site_stands_beside_its_fault(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.write("layouts/phrases/es.yaml", "skip: Saltar\n")
    config = replace(calling(lambda report: report.files / 0), language="es")
    report = build(world.folder, config)
    assert {problem.code for problem in report.problems} == {"phrases", "own-code"}
    assert [*report.problems] == sorted(report.problems)
    assert not report.ok
    assert report.files > 0


def test_it_may_build_and_check_the_site_itself(world: World) -> None:
    world.pivot("Chef", "Nurse")
    inner: list[bool] = []

    def own(report: BuildReport) -> None:
        options = BuildOptions(out=world.folder / "second", workers=2)
        inner.extend([build(world.folder, CONFIG, options).ok, check(world.folder, CONFIG).ok])

    assert build(world.folder, calling(own), BuildOptions(workers=2)).ok
    assert inner == [True, True]


def test_a_change_of_it_makes_no_page_again(world: World) -> None:
    world.pivot("Chef", "Nurse")
    build(world.folder, CONFIG)
    for config in (calling(lambda report: None), calling(lambda report: report.ok), CONFIG):
        report = build(world.folder, config)
        assert (report.rendered, report.parsed, report.written) == (0, 0, ())


def test_what_it_prints_does_not_mix_with_the_report_for_programs(world: World) -> None:
    world.pivot("Chef", "Nurse")
    settings_with(world, "def own(report):\n    print('told')\n")
    result = world.run("build", "--json")
    assert json.loads(result.stdout)["problems"] == []
    assert result.stderr == "told\n"
    assert world.run("build").stdout.startswith("told\n")


@pytest.mark.parametrize("wrong", ["build.py", 5, ("a",)])
def test_what_cannot_be_called_is_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match="after_build must be a function"):
        replace(CONFIG, after_build=wrong)


def test_the_list_of_changes_of_the_guide_is_written(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(LIST, names)
    path = world.pivot("Chef", "Nurse")
    world.pivot("Baker", "Nurse")
    build(world.folder, names["config"])
    (world.folder / path).unlink()
    build(world.folder, names["config"])
    lines = (tmp_path / "changes.txt").read_text("utf-8").splitlines()
    assert "- pivots/chef-to-nurse/index.html" in lines
    assert "+ to/nurse/index.html" in lines


def test_the_search_engines_of_the_guide_are_told(world: World) -> None:
    posted: list[dict[str, Any]] = []

    class Engine(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(202)
            self.end_headers()

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Engine)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    names: dict[str, Any] = {}
    here = f"http://127.0.0.1:{server.server_port}/"
    exec(TELL.replace("https://api.indexnow.org/", here), names)
    config = calling(names["tell_search_engines"])
    world.pivot("Chef", "Nurse", PIVOT)
    try:
        build(world.folder, config, BuildOptions(preview=True, out=world.folder / "look"))
        assert build(world.folder, config).ok
        build(world.folder, config)
    finally:
        server.shutdown()
        server.server_close()
    [told] = posted
    assert told["host"] == "aicareerpivot.com"
    assert "https://aicareerpivot.com/pivots/chef-to-nurse/" in told["urlList"]

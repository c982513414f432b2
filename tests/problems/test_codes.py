"""Codes: every page is right, and every code has one."""

from __future__ import annotations

import ast
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count

import pytest

from pivotgen.commands import help as pages
from pivotgen.commands.build import BuildOptions, build
from pivotgen.commands.check import CheckOptions, check
from pivotgen.commands.deploy import deploy
from pivotgen.disk.places import Places
from pivotgen.edits.save import save
from pivotgen.engines.ask import Reply
from pivotgen.engines.far_work import compare
from pivotgen.engines.stores.folder import open_folder
from pivotgen.memory.ledger import open_ledger
from pivotgen.model.cluster import Cluster, ClusterError
from pivotgen.model.edit import Change
from pivotgen.model.release import Holder, Manifest, Release
from pivotgen.model.schedule import Schedule
from pivotgen.model.targets import Azure, Folder, Target
from pivotgen.problems.codes import Case, Example, codes
from pivotgen.problems.excerpt import excerpt
from pivotgen.release.lease import holding
from pivotgen.release.verify import Reader, verify
from tests.world import examples
from tests.world.builds import CONFIG
from tests.world.site import PIVOT, ROOT, World

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAMES = [name for name, _, _ in examples.CASES]


@pytest.mark.parametrize(("code", "case"), [example[1:] for example in examples.CASES], ids=NAMES)
def test_the_wrong_example_is_told_word_for_word_as_its_page_says(
    world: World, code: str, case: Case
) -> None:
    assert _said(world, code, case, case.wrong) == case.wrong.output


@pytest.mark.parametrize(("code", "case"), [example[1:] for example in examples.CASES], ids=NAMES)
def test_the_right_example_has_no_error_and_nothing_of_its_code(
    world: World, code: str, case: Case
) -> None:
    assert _said(world, code, case, case.right) == ""
    problems, _ = examples.problems_of_example(case, case.right)
    assert not [problem for problem in problems if problem.level == "error"]


def _said(world: World, code: str, case: Case, example: Example) -> str:
    if code == "config":
        examples.lay_out(world, examples.files_of(case, example))
        stderr = world.run("check").stderr.split("more:")[0]
        return stderr if "[config]" in stderr else ""
    told = zip(*examples.problems_of_example(case, example), strict=True)
    return "".join(excerpt for problem, excerpt in told if problem.code == code)


def _busy(world: World) -> str:
    with open_ledger(world.folder / ".pivotgen"):
        [problem] = build(world.folder, CONFIG).problems
    return excerpt(problem, None) + "\n"


def _cannot_write(world: World) -> str:
    (world.folder / "public" / "404.html").mkdir(parents=True)
    return world.run("build").stderr


def _ledger(world: World) -> str:
    world.run("build")
    world.write(".pivotgen/ledger.sqlite", "scrambled\n" * 99)
    stderr = world.run("build").stderr
    shutil.rmtree(world.folder / ".pivotgen")
    shutil.rmtree(world.folder / "public")
    assert world.run("build").stderr == ""
    return stderr


def _leads_outside(world: World) -> str:
    path = world.folder / "content" / "pivots" / "chef-to-nurse.md"
    path.unlink()
    path.symlink_to("/etc/hostname")
    stderr = world.run("check").stderr
    path.unlink()
    world.pivot("Chef", "Nurse")
    assert world.run("build").returncode == 0
    return stderr


def _ledger_key(world: World) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", "/dev/null")
        result = world.run("build")
        assert result.returncode == 0
        patch.setenv("PIVOTGEN_LEDGER_KEY", "5" * 64)
        assert world.run("build").stderr == ""
    return result.stderr


def _not_reproduced(world: World) -> str:
    layout = world.folder / "layouts" / "skill.html"
    layout.write_text(layout.read_text("utf-8").replace("view.name", "view.name|stamp"), "utf-8")
    stamps = count()
    config = replace(CONFIG, filters={"stamp": lambda _: next(stamps)})
    [problem] = build(world.folder, config, BuildOptions(verify=True)).problems
    same = replace(CONFIG, filters={"stamp": str})
    assert not build(world.folder, same, BuildOptions(verify=True)).problems
    return examples.excerpt_of(world, problem)


def _changed_meanwhile(world: World) -> str:
    path = "content/pivots/chef-to-nurse.md"
    other = world.pivot("Baker", "Nurse")
    before = {name: (world.folder / name).read_bytes() for name in (other, path)}
    changes = [Change(one, data, data + b"!") for one, data in before.items()]
    world.write(path, before[path] + b"\nMy own words.\n")
    [problem] = save(Places(world.folder), changes)
    assert (world.folder / other).read_bytes() == before[other]
    return examples.excerpt_of(world, problem)


def _cannot_read(world: World) -> str:
    path = world.folder / "content" / "pivots" / "chef-to-nurse.md"
    path.unlink()
    path.symlink_to("/proc/self/mem")
    world.setting('outside=["/proc"]')
    return world.run("check").stderr


def _no_content(world: World) -> str:
    world.run("build")
    before = world.tree()
    (world.folder / "content" / "pivots").rename(world.folder / "drafts")
    stderr = world.run("build").stderr
    assert world.tree() == before
    return stderr


def _worker_died(world: World) -> str:
    text = (world.folder / "build.py").read_text("utf-8")
    deadly = "import os\n\nfilters = {'die': lambda _: os.kill(os.getpid(), 9)}\n"
    world.write("build.py", deadly + text.replace("Config(", "Config(\n    filters=filters,", 1))
    world.write("layouts/skill.html", "{{ view.name|die }}")
    return world.run("build", "--workers", "2").stderr


def _worker_lost(world: World) -> str:
    # The first worker to get here dies, and leaves a mark for the others.
    mark = world.folder / "mark"
    deadly = (
        "import os\n\ndef die(text):\n"
        f"    try:\n        os.close(os.open({str(mark)!r}, os.O_CREAT | os.O_EXCL))\n"
        "    except FileExistsError:\n        return text\n"
        "    os.kill(os.getpid(), 9)\n\nfilters = {'die': die}\n"
    )
    text = (world.folder / "build.py").read_text("utf-8")
    world.write("build.py", deadly + text.replace("Config(", "Config(\n    filters=filters,", 1))
    skill = (world.folder / "layouts" / "skill.html").read_text("utf-8")
    world.write("layouts/skill.html", skill.replace("view.name", "view.name|die", 1))
    result = world.run("build", "--workers", "2")
    assert result.returncode == 0
    built = world.tree()
    assert mark.exists()
    assert world.run("build", "--clean", "--workers", "1").returncode == 0
    assert world.tree() == built
    return result.stderr


def _external_link(world: World) -> str:
    class Gone(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_error(404)

        def do_GET(self) -> None:
            self.do_HEAD()

        def log_message(self, *words: object) -> None:
            pass

    [case] = codes()["external-link"].cases
    server = ThreadingHTTPServer(("127.0.0.1", 0), Gone)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    # The page names a site of the world outside; a server on this machine stands in for it.
    here, there = f"http://127.0.0.1:{server.server_port}/handbook", "https://example.org/handbook"
    text = case.right.files[0].text.replace(f"{there}/2026", here)
    world.pivot("Chef", "Nurse", f"{PIVOT}\n{text}")
    try:
        options = CheckOptions(external=True, private=True, today=date(2026, 11, 24))
        report = check(world.folder, CONFIG, options)
    finally:
        server.shutdown()
        server.server_close()
    [problem] = [one for one in report.problems if one.code == "external-link"]
    return examples.excerpt_of(world, problem).replace(here, there)


def _deployed(world: World, target: Target) -> str:
    [problem] = deploy(world.folder, replace(CONFIG, targets={"production": target})).problems
    return excerpt(problem, None) + "\n"


def _deploy_failed(world: World) -> str:
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AZURE_")]:
            patch.delenv(name)
        return _deployed(world, Azure("account"))


def _deploy_refused(world: World) -> str:
    world.write("www/public/index.html", "somebody's")
    return _deployed(world, Folder("www"))


def _deploy_held(world: World) -> str:
    target = Folder("www")
    with holding(open_folder(target, world.folder), Holder("1", "ana on desk")):
        return _deployed(world, target)


def _stale_lock(world: World) -> str:
    assert world.run("lock").returncode == 0
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text.", "Other words."))
    [problem] = deploy(world.folder, replace(CONFIG, targets={"here": Folder("www")})).problems
    assert not (world.folder / "www").exists()
    return excerpt(problem, None) + "\n"


def _not_as_deployed(world: World) -> str:
    return _deployed(world, Folder("www", url="http://127.0.0.1:9", patience=0))


def _open_store(world: World) -> str:
    def ask_one(url: str) -> Reply:
        is_state = url.endswith("/_pivotgen/state")
        return Reply(200, b'{"nonce": ""}') if is_state else Reply(404)

    plan = Schedule(release=Release(""), want=Manifest(), steps=())
    reader = Reader(url="https://example.com", ask=ask_one)
    verify(plan, reader)
    [problem] = reader.problems
    return excerpt(problem, None) + "\n"


def _host_limit(world: World) -> str:
    lines = (f"/old-{number}/: /to/nurse/\n" for number in range(2_001))
    world.write("content/redirects.yaml", "".join(lines))
    [problem] = build(world.folder, replace(CONFIG, hosts=("cloudflare",))).problems
    return excerpt(problem, None) + "\n"


def _on_cluster(world: World, address: str) -> str:
    config = replace(CONFIG, cluster=Cluster(patience=1))
    [problem] = build(world.folder, config, BuildOptions(cluster=address)).problems
    return excerpt(problem, None) + "\n"


def _no_cluster(world: World) -> str:
    return _on_cluster(world, "tcp://127.0.0.1:1")


def _open_cluster(world: World) -> str:
    return _on_cluster(world, "tcp://10.0.0.7:8786")


def _worker_differs(world: World) -> str:
    with pytest.raises(ClusterError) as refusal:
        compare({"jinja2": "3.1.6"}, {"jinja2": "3.1.5"}, "a worker")
    return excerpt(refusal.value.problem(), None) + "\n"


MACHINE: dict[str, Callable[[World], str]] = {
    "deploy-failed": _deploy_failed,
    "deploy-held": _deploy_held,
    "deploy-refused": _deploy_refused,
    "not-as-deployed": _not_as_deployed,
    "stale-lock": _stale_lock,
    "open-cluster": _open_cluster,
    "open-store": _open_store,
    "busy": _busy,
    "cannot-read": _cannot_read,
    "cannot-write": _cannot_write,
    "changed-meanwhile": _changed_meanwhile,
    "external-link": _external_link,
    "host-limit": _host_limit,
    "leads-outside": _leads_outside,
    "ledger": _ledger,
    "ledger-key": _ledger_key,
    "no-cluster": _no_cluster,
    "no-content": _no_content,
    "not-reproduced": _not_reproduced,
    "worker-died": _worker_died,
    "worker-differs": _worker_differs,
    "worker-lost": _worker_lost,
}


@pytest.mark.parametrize("name", examples.MACHINE_CODES)
def test_what_only_a_machine_brings_about_is_told_as_its_page_says(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("pivotgen.memory.ledger_file._PATIENCE", 0.1)
    world.pivot("Chef", "Nurse")
    assert MACHINE[name](world).split("more:")[0] == codes()[name].cases[0].wrong.output


def test_every_code_of_the_source_has_a_page_and_every_page_a_code() -> None:
    assert set(_codes_of_the_source()) == set(codes())


def test_every_case_shows_what_is_said() -> None:
    for name, code in codes().items():
        assert code.cases, name
        for case in code.cases:
            assert f"[{name}]: " in case.wrong.output, name
            assert not case.right.output, name


def test_the_list_in_docs_is_what_the_pages_say() -> None:
    text = (ROOT / "docs" / "errors.md").read_text("utf-8")
    assert text == pages.markdown() + "\n", "pivotgen help --markdown > docs/errors.md"


def test_help_shows_why_the_wrong_with_its_caret_and_the_right(world: World) -> None:
    stdout = world.run("help", "unknown-key").stdout
    wrong, right = stdout.index("    | tl_dr:\n"), stdout.index("    | tldr:\n")
    assert 0 < stdout.index("A misspelt key would be passed over") < wrong < right
    assert wrong < stdout.index("    tl_dr:\n        ^\n") < right


def test_help_lists_every_code_and_knows_commands_and_near_names(world: World) -> None:
    listed = world.run("help").stdout.splitlines()
    assert [line.split()[0] for line in listed] == sorted(codes())
    assert "--strict" in world.run("help", "check").stdout
    for word in ("todo", "TODO", "[todo]", "error[todo]:", "unknown_key"):
        assert " | " in world.run("help", word).stdout, word
    unknown = world.run("help", "unknwon-key")
    assert unknown.returncode == 2
    assert "did you mean `unknown-key`?" in unknown.stderr


def test_a_report_names_the_help_once(world: World) -> None:
    world.write("content/pivots/a.md", "x")
    world.write("content/pivots/b.md", "x")
    stderr = world.run("check").stderr
    assert stderr.endswith("more: pivotgen help no-frontmatter\n")
    assert stderr.count("more:") == 1


def test_a_report_names_the_help_of_its_first_error_before_that_of_a_warning(world: World) -> None:
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text.", "[Nobody at all](nobody.md)"))
    stderr = world.run("check").stderr
    assert stderr.index("warning[thin-section]") < stderr.index("error[dead-link]")
    assert stderr.endswith("more: pivotgen help dead-link\n")


def _codes_of_the_source() -> Iterator[str]:
    """Every literal that is given as the code of a problem, wherever one is made."""
    for file in sorted((ROOT / "pivotgen").rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        makers = {"Problem", "of_file", *_with_code(tree)}
        yield from _codes_of_faults(tree)
        yield from _codes_of_exceptions(tree)
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.Module):
                yield from _given(function, makers, file.name)


def _codes_of_faults(tree: ast.Module) -> Iterator[str]:
    """The codes of faults of a header that are no plain mistakes of YAML."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("fault", "certain"):
            literals = (text for value in node.args for text in _literals(value, tree))
            yield from (text for text in literals if KEBAB.fullmatch(text))


def _codes_of_exceptions(tree: ast.Module) -> Iterator[str]:
    """The codes of exceptions that become problems, which their classes name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for line in node.body:
                if isinstance(line, ast.Assign | ast.AnnAssign) and line.value is not None:
                    names = line.targets if isinstance(line, ast.Assign) else [line.target]
                    if any(getattr(one, "id", "") == "code" for one in names):
                        yield from _literals(line.value, tree)


def _with_code(tree: ast.Module) -> Iterator[str]:
    """Functions and classes of a module that are given a code."""
    for node in ast.walk(tree):
        for inner in ast.iter_child_nodes(node):
            if isinstance(inner, ast.FunctionDef) and "code" in _parameters(inner):
                if isinstance(node, ast.ClassDef) and inner.name == "__init__":
                    yield node.name
                else:
                    yield inner.name


def _parameters(function: ast.FunctionDef) -> list[str]:
    return [one.arg for one in (*function.args.args, *function.args.kwonlyargs)]


def _given(function: ast.FunctionDef | ast.Module, makers: set[str], where: str) -> Iterator[str]:
    own = _parameters(function) if isinstance(function, ast.FunctionDef) else []
    for call in _calls(function):
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name not in makers:
            continue
        found = [
            text
            for value in call.args
            for text in _literals(value, function)
            if KEBAB.fullmatch(text)
        ]
        passed = any(isinstance(one, ast.Name) and one.id == "code" for one in call.args)
        named = any(isinstance(one, ast.Attribute) and one.attr == "code" for one in call.args)
        unpacked = any(isinstance(one, ast.Starred) for one in call.args)
        handed_on = (passed and "code" in own) or named or (unpacked and not found)
        assert found or handed_on, f"{where}:{call.lineno} says no code that can be found"
        yield from found


def _calls(scope: ast.FunctionDef | ast.Module) -> Iterator[ast.Call]:
    """Calls in this scope, functions inside it left out."""
    waiting: list[ast.AST] = [*ast.iter_child_nodes(scope)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef):
            continue
        if isinstance(node, ast.Call):
            yield node
        waiting += ast.iter_child_nodes(node)


def _literals(value: ast.expr, scope: ast.AST) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from _literals(value.body, scope)
        yield from _literals(value.orelse, scope)
    elif isinstance(value, ast.Name) and value.id == "code":
        for node in ast.walk(scope):
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code":
                yield from _literals(node.value, scope)

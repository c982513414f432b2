"""Lsp: a scripted editor speaks the protocol with the real server over its two streams."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from tests.world.editor import Editor, has, lacks
from tests.world.site import ROLE, ROOT, World


def test_a_writer_meets_a_misspelt_key_mends_it_and_renames_a_role_across_files(
    world: World, start_editor: Callable[..., Editor]
) -> None:
    first = world.pivot("Chef", "Nurse")
    second = world.pivot("Baker", "Chef")
    world.write("content/roles/chef.md", ROLE.replace("{name}", "Chef"))
    editor = start_editor()
    editor.open(first)
    good = editor.buffers[first]
    editor.type(first, good.replace("tldr:", "tl_dr:"))
    [problem] = [one for one in editor.problems(first, has("unknown-key")) if "tl_dr" in str(one)]
    assert problem["range"] == {
        "start": {"line": 6, "character": 0},
        "end": {"line": 6, "character": 5},
    }
    assert problem["severity"] == 1
    assert "did you mean `tldr`?" in problem["message"]
    context = {"diagnostics": [problem]}
    given = {"textDocument": {"uri": editor.uri(first)}, "range": problem["range"]}
    [action, every] = editor.ask("textDocument/codeAction", context=context, **given)
    assert (action["kind"], every["kind"]) == ("quickfix", "source.fixAll.pivotgen")
    fixed = editor.edited(first, action["edit"]["changes"][editor.uri(first)])
    assert fixed == good
    editor.type(first, fixed)
    editor.problems(first, lacks("unknown-key", "missing-key"))

    editor.type(first, good.replace("to: Nurse", "to: Ba"))
    found = editor.ask("textDocument/completion", **editor.at(first, "to: Ba|"))["items"]
    [baker] = [one for one in found if one["label"] == "Baker"]
    assert "out of it" in baker["detail"]
    editor.type(first, editor.edited(first, [baker["textEdit"]]))
    assert "to: Baker\n" in editor.buffers[first]
    editor.type(first, good)

    place = editor.at(first, "from: Ch|ef")
    assert editor.ask("textDocument/prepareRename", **place)["placeholder"] == "Chef"
    editor.save(editor.ask("textDocument/rename", newName="Cook", **place))
    assert "from: Cook\n" in (world.folder / first).read_text()
    assert "to: Cook\n" in (world.folder / second).read_text()
    cook = (world.folder / "content/roles/cook.md").read_text()
    assert "name: Cook\n" in cook
    assert "- Chef" in cook
    assert not (world.folder / "content/roles/chef.md").exists()
    assert "/from/cook/" in (world.folder / "content/redirects.yaml").read_text()
    assert editor.leave() == 0
    assert world.run("check").returncode == 0


def test_half_typed_text_does_not_end_the_session(
    world: World, start_editor: Callable[..., Editor]
) -> None:
    first = world.pivot("Chef", "Nurse")
    editor = start_editor()
    editor.open(first)
    good = editor.buffers[first]
    for text in ("", "---", "---\n", "---\nfrom: [", '---\nfrom: "Ch', "---\n- a\n b: {", "\ud83d"):
        editor.type(first, text)
        line = text.count("\n")
        place = {"line": line, "character": 99}
        for question in ("completion", "hover", "definition", "prepareRename"):
            editor.ask(
                f"textDocument/{question}",
                textDocument={"uri": editor.uri(first)},
                position=place,
            )
    for end in range(4, good.index("Some text"), 7):
        editor.type(first, good[:end])
        place = {"line": good[:end].count("\n"), "character": 3}
        uri = {"uri": editor.uri(first)}
        editor.ask("textDocument/completion", textDocument=uri, position=place)
    editor.type(first, good.replace("from: Chef", "from: [Chef"))
    editor.problems(first, has("yaml-syntax"))
    editor.type(first, good)
    editor.problems(first, lacks("yaml-syntax"))
    assert editor.leave() == 0
    assert editor.process.stderr.read() == b""


def test_a_renaming_that_cannot_be_says_why(
    world: World, start_editor: Callable[..., Editor]
) -> None:
    first = world.pivot("Chef", "Nurse")
    world.write("content/roles/chef.md", ROLE.replace("{name}", "Chef"))
    editor = start_editor({})
    editor.open(first)
    place = editor.at(first, "from: Ch|ef")
    taken = editor.answer("textDocument/rename", newName="Nurses", **place)
    assert "there is a role `Nurse` already" in taken["error"]["message"]
    alone = editor.answer("textDocument/rename", newName="Cook", **place)
    assert "cannot create and rename files" in alone["error"]["message"]
    assert editor.ask("textDocument/prepareRename", **editor.at(first, "Some te|xt.")) is None


def test_what_build_py_prints_does_not_disturb_the_editor(
    world: World, start_editor: Callable[..., Editor]
) -> None:
    settings = (world.folder / "build.py").read_text()
    world.write("build.py", f'print("hello")\n{settings}')
    first = world.pivot("Chef", "Nurse")
    editor = start_editor()
    editor.open(first, "x")
    editor.problems(first, has("no-frontmatter"))
    assert editor.leave() == 0


def test_what_build_py_reads_is_not_what_the_editor_says(
    world: World, start_editor: Callable[..., Editor]
) -> None:
    settings = (world.folder / "build.py").read_text()
    world.write("build.py", f"import sys\nassert sys.stdin.read() == ''\n{settings}")
    first = world.pivot("Chef", "Nurse")
    editor = start_editor()
    editor.open(first, "x")
    editor.problems(first, has("no-frontmatter"))
    assert editor.leave() == 0


def test_what_yaml_makes_of_a_text_is_shown_as_it_is_typed_beside_other_mistakes(
    world: World, start_editor: Callable[[], Editor]
) -> None:
    first = world.pivot("Chef", "Nurse")
    editor = start_editor()
    editor.open(first)
    good = editor.buffers[first]
    editor.type(first, good.replace("to: Nurse", "to: Nurse #1").replace("window:", "window"))
    problems = editor.problems(first, has("cut-text"))
    assert [one["code"] for one in problems] == ["cut-text", "yaml-syntax"]
    assert [one["range"]["start"] for one in problems] == [
        {"line": 4, "character": 10},
        {"line": 5, "character": 0},
    ]
    assert editor.leave() == 0


def test_without_its_library_one_line_names_it(world: World) -> None:
    hidden = "import sys; sys.modules['pygls'] = None; from pivotgen.cli import run; run()"
    result = subprocess.run(
        [sys.executable, "-c", hidden, "lsp", "--site", str(world.folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 2
    assert '"pygls>=2"' in (ROOT / "pyproject.toml").read_text()
    assert result.stderr == "lsp needs another library: python -m pip install 'pygls>=2'\n"

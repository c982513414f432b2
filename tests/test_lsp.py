"""Lsp: a scripted editor speaks the protocol with the real server over its two streams."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pivotgen.commands.workspace import Workspace
from tests.conftest import ROOT, World
from tests.corpus import CONFIG

ALL = {
    "workspace": {
        "workspaceEdit": {
            "documentChanges": True,
            "resourceOperations": ["create", "rename", "delete"],
        }
    }
}
PATIENCE = 30.0
ROLE = "---\nname: {name}\ndescription: What a {name} is there for.\n---\nSome text.\n"


class Editor:
    """One session: it keeps its buffers, and does to them what the server asks for."""

    def __init__(self, world: World, capabilities: dict[str, Any]) -> None:
        self.world = world
        command = [sys.executable, "-m", "pivotgen", "lsp", "--site", str(world.folder)]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.buffers: dict[str, str] = {}
        self._version = self._id = 0
        self._answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self._told: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        root = world.folder.as_uri()
        given = {"processId": None, "rootUri": root, "capabilities": capabilities}
        self.server = self.ask("initialize", **given)["capabilities"]
        self.tell("initialized")

    def _listen(self) -> None:
        assert self.process.stdout
        while head := self.process.stdout.readline():
            assert head.startswith(b"Content-Length: "), head
            size = int(head.split(b":")[1])
            while self.process.stdout.readline() != b"\r\n":
                pass
            message = json.loads(self.process.stdout.read(size))
            (self._told if "method" in message else self._answers).put(message)

    def _send(self, **message: Any) -> None:
        assert self.process.stdin
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.process.stdin.flush()

    def tell(self, method: str, **given: Any) -> None:
        self._send(method=method, params=given)

    def answer(self, method: str, **given: Any) -> dict[str, Any]:
        self._id += 1
        self._send(id=self._id, method=method, **({"params": given} if given else {}))
        answer = self._answers.get(timeout=PATIENCE)
        assert answer["id"] == self._id
        return answer

    def ask(self, method: str, **given: Any) -> Any:
        answer = self.answer(method, **given)
        assert "error" not in answer, answer
        return answer["result"]

    def uri(self, path: str) -> str:
        return (self.world.folder / path).as_uri()

    def open(self, path: str, text: str | None = None) -> None:
        if text is None:
            text = (self.world.folder / path).read_bytes().decode()
        self.buffers[path] = text
        document = {"uri": self.uri(path), "languageId": "markdown", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)

    def type(self, path: str, text: str) -> None:
        self.buffers[path] = text
        self._version += 1
        document = {"uri": self.uri(path), "version": self._version}
        self.tell("textDocument/didChange", textDocument=document, contentChanges=[{"text": text}])

    def problems(
        self, path: str, right: Callable[[list[dict[str, Any]]], bool]
    ) -> list[dict[str, Any]]:
        """The first problems told of a file that are as they should be."""
        while True:
            told = self._told.get(timeout=PATIENCE)
            given = told["params"]
            if told["method"] == "textDocument/publishDiagnostics":
                if given["uri"] == self.uri(path) and right(given["diagnostics"]):
                    found: list[dict[str, Any]] = given["diagnostics"]
                    return found
            else:
                pytest.fail(str(told))

    def at(self, path: str, words: str) -> dict[str, Any]:
        """The place of the | in `words`, counted as the protocol does by default."""
        text = self.buffers[path]
        before, after = words.split("|")
        assert text.count(before + after) == 1, words
        offset = text.index(before + after) + len(before)
        lines = text[:offset].split("\n")
        position = {"line": len(lines) - 1, "character": len(lines[-1].encode("utf-16-le")) // 2}
        return {"textDocument": {"uri": self.uri(path)}, "position": position}

    def edited(self, path: str, edits: list[dict[str, Any]]) -> str:
        """The buffer with edits made as an editor makes them."""
        lines = self.buffers.get(path, "").split("\n")
        starts = [sum(len(one) + 1 for one in lines[:at]) for at in range(len(lines) + 1)]
        text = self.buffers.get(path, "")

        def offset(place: dict[str, int]) -> int:
            line = lines[place["line"]] if place["line"] < len(lines) else ""
            words = line.encode("utf-16-le")[: place["character"] * 2].decode("utf-16-le")
            return min(starts[min(place["line"], len(lines))] + len(words), len(text))

        for edit in sorted(edits, key=lambda one: offset(one["range"]["start"]), reverse=True):
            start, end = (offset(edit["range"][name]) for name in ("start", "end"))
            text = f"{text[:start]}{edit['newText']}{text[end:]}"
        return text

    def save(self, answer: dict[str, Any]) -> None:
        """Do to the files what a WorkspaceEdit with document changes says."""
        folder = self.world.folder

        def path(uri: str) -> str:
            return Path(uri.removeprefix("file://")).relative_to(folder).as_posix()

        for step in answer["documentChanges"]:
            if step.get("kind") == "rename":
                old, new = path(step["oldUri"]), path(step["newUri"])
                (folder / old).rename(folder / new)
                self.buffers.pop(old, None)
            elif step.get("kind") == "create":
                self.world.write(path(step["uri"]), "")
            else:
                name = path(step["textDocument"]["uri"])
                if name not in self.buffers:
                    self.buffers[name] = (folder / name).read_bytes().decode()
                self.buffers[name] = self.edited(name, step["edits"])
                self.world.write(name, self.buffers[name])

    def leave(self) -> int:
        self.ask("shutdown")
        self.tell("exit")
        return self.process.wait(PATIENCE)


@pytest.fixture
def start(world: World) -> Iterator[Callable[..., Editor]]:
    editors: list[Editor] = []

    def begin(capabilities: dict[str, Any] = ALL) -> Editor:
        editors.append(Editor(world, capabilities))
        return editors[-1]

    yield begin
    for one in editors:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()
        for stream in (one.process.stdin, one.process.stdout, one.process.stderr):
            assert stream
            stream.close()


def _codes(found: list[dict[str, Any]]) -> list[str]:
    return [one["code"] for one in found]


def _has(code: str) -> Callable[[list[dict[str, Any]]], bool]:
    return lambda found: code in _codes(found)


def _lacks(*codes: str) -> Callable[[list[dict[str, Any]]], bool]:
    return lambda found: not set(codes) & set(_codes(found))


def test_a_writer_meets_a_misspelt_key_mends_it_and_renames_a_role_across_files(
    world: World, start: Callable[..., Editor]
) -> None:
    first = world.pivot("Chef", "Nurse")
    second = world.pivot("Baker", "Chef")
    world.write("content/roles/chef.md", ROLE.replace("{name}", "Chef"))
    editor = start()
    editor.open(first)
    good = editor.buffers[first]
    editor.type(first, good.replace("tldr:", "tl_dr:"))
    [problem] = [one for one in editor.problems(first, _has("unknown-key")) if "tl_dr" in str(one)]
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
    mended = editor.edited(first, action["edit"]["changes"][editor.uri(first)])
    assert mended == good
    editor.type(first, mended)
    editor.problems(first, _lacks("unknown-key", "missing-key"))

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


def test_the_open_text_counts_and_not_the_file(world: World, start: Callable[..., Editor]) -> None:
    first, second = world.pivot("Chef", "Nurse"), world.pivot("Nurse", "Chef")
    editor = start()
    editor.open(first)
    editor.open(second)
    linked = editor.buffers[first] + "\n[back](nurse-to-chef.md#a-new-heading)\n"
    editor.type(first, linked)
    told = editor.problems(first, _has("dead-fragment"))
    [problem] = [one for one in told if one["code"] == "dead-fragment"]
    assert problem["range"]["start"]["line"] == linked.count("\n") - 1
    editor.type(second, editor.buffers[second] + "\n## A new heading\n\nText.\n")
    editor.problems(first, _lacks("dead-fragment"))
    assert "A new heading" not in (world.folder / second).read_text()
    editor.tell("textDocument/didClose", textDocument={"uri": editor.uri(second)})
    editor.problems(first, _has("dead-fragment"))
    assert not (world.folder / "public").exists()


def test_places_are_counted_in_the_units_of_the_editor(
    world: World, start: Callable[..., Editor]
) -> None:
    path = world.pivot("Chef", "Nurse")
    text = (world.folder / path).read_text().replace("\n", "\r\n")
    text = text.replace("skills:\r\n  - Negotiation", "skills: [😀 joy, {bad: x}]")
    editor = start()
    editor.open(path, text)
    [problem] = editor.problems(path, _has("wrong-type"))
    line = text.split("\r\n").index("skills: [😀 joy, {bad: x}]")
    assert problem["range"]["start"] == {"line": line, "character": 17}


def test_a_mend_keeps_the_line_ends_of_the_file(world: World, start: Callable[..., Editor]) -> None:
    path = world.pivot("Chef", "Nurse")
    good = (world.folder / path).read_text().replace("\n", "\r\n").replace("Less", "😀 Less")
    editor = start()
    editor.open(path, good.replace("skills:\r\n  - Negotiation", "skills: Negotiation"))
    [problem] = editor.problems(path, _has("wrong-type"))
    [action, _] = editor.ask(
        "textDocument/codeAction",
        textDocument={"uri": editor.uri(path)},
        range=problem["range"],
        context={"diagnostics": [problem]},
    )
    mended = editor.edited(path, action["edit"]["changes"][editor.uri(path)])
    assert "skills:\r\n  - Negotiation\r\n" in mended
    assert mended.count("\n") == mended.count("\r\n")


def test_keys_skills_and_links_are_completed_where_they_belong(
    world: World, start: Callable[..., Editor]
) -> None:
    first = world.pivot("Chef", "Nurse")
    world.pivot("Nurse", "Chef")
    editor = start()
    editor.open(first)
    editor.problems(first, _lacks("unknown-key"))
    good = editor.buffers[first]

    def labels(text: str, words: str) -> dict[str, dict[str, Any]]:
        editor.type(first, text)
        found = editor.ask("textDocument/completion", **editor.at(first, words))["items"]
        return {one["label"]: one for one in found}

    keys = labels(good.replace("tldr:", "upd\ntldr:"), "upd|")
    assert "updated" in keys
    assert "last changed" in keys["updated"]["documentation"]["value"]
    assert not {"title", "from", "question"} & set(keys)
    inner = labels(good.replace("    answer: Less", "    a\n    answer: Less"), "    a|\n")
    assert set(inner) == set()
    asked = labels(good.replace("    answer: Less than **it** looks.", "    a"), "    a|\n")
    assert set(asked) == {"answer"}
    skills = labels(good.replace("- Negotiation", "- Neg"), "- Neg|")
    assert skills["Negotiation"]["textEdit"]["newText"] == "Negotiation"
    assert "chef-to-nurse.md" not in skills
    links = labels(good + "\nSee [it](nur", "[it](nur|")
    assert links["nurse-to-chef.md"]["detail"] == "From Nurse to Chef: A View"
    assert labels(good + "\nfrom: x\n", "\nfrom: x|") == {}
    parts = labels(good + "\nSee [it](nurse-to-chef.md#", "nurse-to-chef.md#|")
    assert parts["nurse-to-chef.md#your-built-in-advantages"]["detail"] == (
        "your built in advantages"
    )
    assert not set(links) & set(parts)


def test_hover_explains_and_definition_leads_to_the_file(
    world: World, start: Callable[..., Editor]
) -> None:
    first, second = world.pivot("Chef", "Nurse"), world.pivot("Nurse", "Chef")
    world.write("content/roles/nurse.md", ROLE.replace("{name}", "Nurse"))
    editor = start()
    editor.open(first)
    editor.type(first, editor.buffers[first] + "\nSee [it](nurse-to-chef.md).\n")
    editor.problems(first, _lacks("dead-link"))
    editor.ask("textDocument/completion", **editor.at(first, "to: Nurse|"))

    def said(words: str) -> str:
        found = editor.ask("textDocument/hover", **editor.at(first, words))
        return found["contents"]["value"] if found else ""

    assert "How long the move usually takes" in said("win|dow:")
    assert "3–9 months" in said("win|dow:")
    assert said("to: Nu|rse") == (
        "**Nurse**\n\nWhat a Nurse is there for.\n\n1 path into it, 1 out of it"
    )
    assert said("- Nego|tiation") == "**Negotiation**\n\nin 2 pivots"
    assert said("Some te|xt.") == ""

    def leads(words: str) -> str | None:
        found = editor.ask("textDocument/definition", **editor.at(first, words))
        return found["uri"] if found else None

    assert leads("to: Nu|rse") == editor.uri("content/roles/nurse.md")
    assert leads("from: Ch|ef") is None
    assert leads("](nurse-to|-chef.md)") == editor.uri(second)


def test_a_layout_is_looked_at_as_it_is_typed_and_not_as_it_was_saved(
    world: World, start: Callable[..., Editor]
) -> None:
    world.pivot("Chef", "Nurse")
    path = "layouts/skill.html"
    good = (world.folder / path).read_text("utf-8")
    world.write(path, good.replace("view.name", "view.nmae"))
    editor = start()
    editor.open(path)
    [problem] = editor.problems(path, _has("layout"))
    assert "`view.nmae` does not exist" in problem["message"]
    # Mended in the editor alone; then broken there alone.
    editor.type(path, good)
    editor.problems(path, _lacks("layout"))
    editor.type(path, good.replace("view.name }}", "view.name }"))
    [problem] = editor.problems(path, _has("layout"))
    assert "unexpected `}`" in problem["message"]
    line = good.split("\n").index("<h1>{{ view.name }}</h1>")
    assert problem["range"]["start"] == {"line": line, "character": 17}
    # A check of the whole site reads the disk, which has other mistakes than the editor.
    workspace = Workspace(CONFIG, world.folder)
    assert [one.path for one in workspace.check()] == [path]
    workspace.set_text(path, good)
    assert workspace.check() == []
    assert editor.leave() == 0


def test_half_typed_text_does_not_end_the_session(
    world: World, start: Callable[..., Editor]
) -> None:
    first = world.pivot("Chef", "Nurse")
    editor = start()
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
    editor.problems(first, _has("yaml-syntax"))
    editor.type(first, good)
    editor.problems(first, _lacks("yaml-syntax"))
    assert editor.leave() == 0
    assert editor.process.stderr
    assert editor.process.stderr.read() == b""


def test_a_renaming_that_cannot_be_says_why(world: World, start: Callable[..., Editor]) -> None:
    first = world.pivot("Chef", "Nurse")
    world.write("content/roles/chef.md", ROLE.replace("{name}", "Chef"))
    editor = start({})
    editor.open(first)
    place = editor.at(first, "from: Ch|ef")
    taken = editor.answer("textDocument/rename", newName="Nurses", **place)
    assert "there is a role `Nurse` already" in taken["error"]["message"]
    alone = editor.answer("textDocument/rename", newName="Cook", **place)
    assert "cannot create and rename files" in alone["error"]["message"]
    assert editor.ask("textDocument/prepareRename", **editor.at(first, "Some te|xt.")) is None


def test_what_build_py_prints_does_not_disturb_the_editor(
    world: World, start: Callable[..., Editor]
) -> None:
    settings = (world.folder / "build.py").read_text()
    world.write("build.py", f'print("hello")\n{settings}')
    first = world.pivot("Chef", "Nurse")
    editor = start()
    editor.open(first, "x")
    editor.problems(first, _has("no-frontmatter"))
    assert editor.leave() == 0


def test_without_the_extra_one_line_names_it(world: World) -> None:
    hidden = "import sys; sys.modules['pygls'] = None; from pivotgen.cli import run; run()"
    said = subprocess.run(
        [sys.executable, "-c", hidden, "lsp", "--site", str(world.folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert said.returncode == 2
    assert said.stderr == "lsp needs the extra `lsp`: python -m pip install 'pivotgen[lsp]'\n"

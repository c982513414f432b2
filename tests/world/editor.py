"""A scripted editor that speaks the language server protocol with the real server."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.world.site import ROOT, World
from tests.world.waiting import PATIENCE
from tests.world.warm import PipedProgram, Run

EVERY_CAPABILITY = {
    "workspace": {
        "workspaceEdit": {
            "documentChanges": True,
            "resourceOperations": ["create", "rename", "delete"],
        }
    }
}


class Editor:
    """One session: it keeps its buffers, and does to them what the server asks for."""

    def __init__(self, world: World, capabilities: dict[str, Any]) -> None:
        self.world = world
        words = ["lsp", "--site", str(world.folder)]
        self.process = PipedProgram(Run(words=words, cwd=str(ROOT)))
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
        while head := self.process.stdout.readline():
            assert head.startswith(b"Content-Length: "), head
            size = int(head.split(b":")[1])
            while self.process.stdout.readline() != b"\r\n":
                pass
            message = json.loads(self.process.stdout.read(size))
            (self._told if "method" in message else self._answers).put(message)

    def _send(self, **message: Any) -> None:
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

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process.close()


def has(code: str) -> Callable[[list[dict[str, Any]]], bool]:
    """Whether a problem of this code is among those of a file."""
    return lambda problems: code in _codes(problems)


def lacks(*codes: str) -> Callable[[list[dict[str, Any]]], bool]:
    """Whether no problem of these codes is among those of a file."""
    return lambda problems: not set(codes) & set(_codes(problems))


def _codes(problems: list[dict[str, Any]]) -> list[str]:
    return [problem["code"] for problem in problems]

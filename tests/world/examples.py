"""The examples of the error codes, laid out as sites by the rules in the README beside them."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from pivotgen.commands.build import build
from pivotgen.commands.check import CheckOptions, check
from pivotgen.engines.settings import SETTINGS_FILE, read_settings
from pivotgen.model.config import Config
from pivotgen.model.problem import Problem, any_errors
from pivotgen.problems.codes import Case, Example, File, codes
from pivotgen.problems.excerpt import excerpt
from tests.world.site import PIVOT, ROOT, SETTINGS, World

# Every case that files bring about, and those that only a machine can.
CASES = [
    (f"{name} {case.title or 'plain'}", name, case)
    for name, code in codes().items()
    for case in code.cases
    if case.wrong.files
]
MACHINE_CODES = [
    name for name, code in codes().items() if not all(case.wrong.files for case in code.cases)
]

_ROLE = "---\nname: {role}\ndescription: What a {role} is there for.\n---\nSome text.\n"
_ALWAYS = "content/pivots/chef-to-nurse.md"
# A top-level key with its indented lines.
_KEY = re.compile(r"^(\w+):.*\n(?:[ ].*\n)*", re.M)


def files_of(case: Case, example: Example) -> dict[str, bytes]:
    """Every file of one of the case's two examples, by path."""
    right = {file.path: _around(file) for file in case.right.files}
    written = {_ALWAYS: _good(_ALWAYS).encode()}
    for file in example.files:
        text = right[file.path] if file in case.right.files else _wrong(case, file, right)
        written[file.path] = _bytes(text) if file.escaped else text.encode()
    return written


def lay_out(world: World, files: dict[str, bytes]) -> None:
    """Write the files of an example into a site."""
    for path, data in files.items():
        world.write(path, data)


def problems_of(world: World) -> list[Problem]:
    """The problems that `check` and `build` find; after an error, nothing may be written."""
    config = read_settings(world.folder)
    assert isinstance(config, Config)
    checked = check(world.folder, config, CheckOptions(today=date(2026, 11, 24)))
    built = build(world.folder, config)
    written = (world.folder / "public").exists()
    # What comes after a build does not undo it.
    assert written != any_errors(
        problem for problem in built.problems if "after_build" not in problem.message
    )
    return sorted({*checked.problems, *built.problems})


@cache
def problems_of_example(case: Case, example: Example) -> tuple[list[Problem], list[str]]:
    """The problems of one of the case's two examples, and each as a terminal shows it."""
    with TemporaryDirectory() as folder:
        world = World(Path(folder))
        lay_out(world, files_of(case, example))
        problems = problems_of(world)
        return problems, [excerpt_of(world, problem) for problem in problems]


def excerpt_of(world: World, problem: Problem) -> str:
    """A problem as a terminal shows it, with its line of the file."""
    file = world.folder / problem.path
    return excerpt(problem, file.read_bytes() if file.is_file() else None) + "\n"


def _wrong(case: Case, file: File, right: dict[str, str]) -> str:
    if _whole(file):
        return file.text
    texts = [other.text for other in case.right.files if other.path == file.path]
    [anchor] = texts or [""]
    if not anchor:
        return _around(file)
    assert right[file.path].count(anchor) == 1, (file.path, anchor)
    return right[file.path].replace(anchor, file.text)


def _around(file: File) -> str:
    """The file that holds the lines of an example."""
    base = _good(file.path)
    if _whole(file):
        return file.text
    if file.text in base:
        return base
    if file.path == SETTINGS_FILE:
        return base.replace("Config(\n", f"Config(\n{file.text}", 1)
    if file.language != "yaml":
        return f"{base}\n{file.text}"
    for match in reversed(list(_KEY.finditer(file.text))):
        chunk = match.group()
        own = re.compile(rf"^{match[1]}:.*\n(?:[ ].*\n)*", re.M)
        if there := own.search(base):
            base = base[: there.start()] + chunk + base[there.end() :]
        else:
            base = base.replace("---\n", f"---\n{chunk}", 1)
    return base


def _whole(file: File) -> bool:
    return file.whole or file.text.startswith("---\n") or not _good(file.path)


def _good(path: str) -> str:
    """The good file of this path: a pivot or a role for its name, or the site's own."""
    file = PurePosixPath(path)
    if file.parent.as_posix() == "content/pivots" and "-to-" in file.stem:
        a, b = (_name(part) for part in file.stem.split("-to-"))
        return PIVOT.replace("{a}", a).replace("{b}", b)
    if file.parent.as_posix() == "content/roles":
        return _ROLE.replace("{role}", _name(file.stem))
    if path == SETTINGS_FILE:
        return SETTINGS
    own = ROOT / path
    return own.read_text("utf-8") if own.is_file() and "content" not in file.parts else ""


def _name(stem: str) -> str:
    return stem.replace("-", " ").title()


def _bytes(text: str) -> bytes:
    """The text with its escapes put in: \\xe9 is that byte, \\u2028 that character."""

    def put(match: re.Match[str]) -> bytes:
        word = match.group()
        if word.startswith("\\x"):
            return bytes([int(word[2:], 16)])
        return word.encode().decode("unicode_escape").encode()

    parts, at = [], 0
    for match in re.finditer(r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|[0tn])", text):
        parts += [text[at : match.start()].encode(), put(match)]
        at = match.end()
    return b"".join([*parts, text[at:].encode()])

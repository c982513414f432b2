"""The rules that the code of the house keeps, beyond what the linters check."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions

import pytest

from tests.world.site import ROOT

PACKAGE = ROOT / "pivotgen"
FILES = sorted(PACKAGE.rglob("*.py"))
TREES = {file.relative_to(ROOT).as_posix(): ast.parse(file.read_text("utf-8")) for file in FILES}

MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 60
MOST_PARAMETERS = 5
# Names that the house has given up for the terms of the field.
FORMER_NAMES = {
    *("Crew", "settle_in", "Desk", "stock", "Stock", "make", "produce", "Shared", "Setting"),
    *("replan", "refresh", "relate", "spell", "ties", "bridge", "Bridges"),
    *("Words", "fill", "shelf", "Shelf", "book", "keep", "mistrust", "sign", "resign", "neat"),
    *("tidy", "tidied", "wording", "righting", "mend", "mended", "tricks", "trick", "closed"),
    *("seal", "unseal", "pick", "Wish", "Manners", "Told", "one", "found", "said", "told"),
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions() -> Iterator[tuple[str, Function]]:
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield f"{path}:{node.lineno} {node.name}", node


def is_command_line_callback(node: Function) -> bool:
    return any(
        "click" in ast.unparse(one) or "option" in ast.unparse(one) for one in node.decorator_list
    )


def test_no_file_is_longer_than_a_few_screens() -> None:
    lines = {file.name: file.read_text("utf-8").count("\n") for file in FILES}
    assert {name: count for name, count in lines.items() if count >= MOST_LINES} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    lengths = {name: (node.end_lineno or 0) - node.lineno + 1 for name, node in functions()}
    assert {name: n for name, n in lengths.items() if n >= MOST_LINES_OF_A_FUNCTION} == {}


def test_no_function_has_more_than_five_parameters() -> None:
    counts = {}
    for name, node in functions():
        given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        own = [one for one in given if one.arg not in ("self", "cls")]
        if not is_command_line_callback(node):
            counts[name] = len(own)
    assert {name: n for name, n in counts.items() if n > MOST_PARAMETERS} == {}


def names_in(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name that the code gives to something, and its line."""
    for node in ast.walk(tree):
        if isinstance(node, Function | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno


def test_nothing_is_called_by_a_name_that_the_house_has_given_up() -> None:
    used = [
        f"{path}:{line} {name}"
        for path, tree in TREES.items()
        for name, line in names_in(tree)
        if name.strip("_") in FORMER_NAMES
    ]
    assert used == []


def borrowed() -> set[str]:
    """The modules of all libraries that pyproject.toml asks for, apart from the command line's."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["lsp"]]
    names = {re.split(r"[<>=\[]", one)[0].lower().replace("_", "-") for one in wanted} - {"click"}
    return {
        module
        for module, owners in packages_distributions().items()
        if names & {owner.lower().replace("_", "-") for owner in owners}
    }


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_borrowed_libraries_are_imported_by_engines_only() -> None:
    libraries = borrowed()
    assert {"jinja2", "yaml", "markdown_it", "msgspec", "tornado"} <= libraries
    outside = [
        f"{path}: {name}"
        for path, tree in TREES.items()
        if not path.startswith("pivotgen/engines/")
        for name in imports(tree)
        if name.partition(".")[0] in libraries
    ]
    assert outside == []


@pytest.mark.parametrize("room", ["kinds", "pipeline", "stages.worker_pool"])
def test_a_room_that_every_build_imports_loads_no_slow_library(room: str) -> None:
    program = f"import sys, pivotgen.{room}; print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = {name.partition(".")[0] for name in result.stdout.split()}
    assert (
        loaded & {"jinja2", "yaml", "markdown_it", "frontmatter", "tornado", "livereload"} == set()
    )


def test_only_one_file_writes_addresses() -> None:
    written = re.compile(
        r"(?<!content)/(?:pivots|to|from|skills|page)/|index\.html|feed\.(?:xml|json)|404\.html"
    )
    found = []
    for path, tree in TREES.items():
        writers = "address.py", "address_shape.py", "header.py"
        if path in [f"pivotgen/model/{name}" for name in writers]:
            continue
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | Function)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        found += [
            f"{path}:{node.lineno} {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
            and written.search(node.value)
        ]
    assert found == []

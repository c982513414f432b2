"""What is wrong in build.py is told at its line and column, whatever stops it."""

from __future__ import annotations

import pytest

from pivotgen.engines.settings import read_settings
from pivotgen.model.problem import Problem
from tests.world.site import World

GOOD = 'config = Config(name="A", base_url="https://a.example")\n'
HEAD = "from pivotgen import Config\n"
# Faults of the syntax, each with its line; their columns differ from one Python to the next.
SYNTAX = {
    "a comma that is missing": (f'{HEAD}config = Config(name="A" base_url="b")\n', 2),
    "a bracket that is open": (f"{HEAD}\nconfig = Config(\n", 3),
    "a line that is indented": (f"{HEAD}{GOOD}   x = 1\n", 3),
    "a quote that is open": (f'{HEAD}\n\nconfig = Config(name="A)\n', 4),
}
FAULTS = {
    "a name that does not exist": (f"{HEAD}\nx = nobody\n{GOOD}", 3),
    "an error further in": (f"{HEAD}def f():\n    raise OSError('x')\n\nf()\n{GOOD}", 3),
    "a module that does not exist": (f"import nobody_knows\n{HEAD}{GOOD}", 1),
    "a module that ends the program": (f"{HEAD}{GOOD}\nraise SystemExit(3)\n", 4),
}


@pytest.mark.parametrize("name", SYNTAX)
def test_a_fault_of_the_syntax_is_told_where_python_sees_it(world: World, name: str) -> None:
    text, line = SYNTAX[name]
    world.write("build.py", text)
    problem = read_settings(world.folder)
    assert isinstance(problem, Problem)
    assert (problem.path, problem.line) == ("build.py", line)
    assert problem.column > 1


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_at_the_last_line_of_the_settings(world: World, name: str) -> None:
    text, line = FAULTS[name]
    world.write("build.py", text)
    problem = read_settings(world.folder)
    assert isinstance(problem, Problem)
    assert (problem.path, problem.line, problem.column) == ("build.py", line, 1)

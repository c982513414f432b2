"""Faults in the rules and filters of a site are told at their lines, and never as a traceback."""

from __future__ import annotations

import pytest

from tests.world.site import PIVOT, World

GOOD = PIVOT.replace("Some text.", "Some text. " * 40)


def configure(world: World, code: str, settings: str) -> int:
    """Put code and settings into build.py; the line on which the code starts."""
    text = (world.folder / "build.py").read_text("utf-8")
    text = text.replace("config = Config(", f"{code}\n\nconfig = Config(\n    {settings},", 1)
    world.write("build.py", text)
    return text[: text.index(code)].count("\n") + 1


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("    return [site.nobody]", 1, "AttributeError: 'Site' object has no attribute 'nobody'"),
        ("    yield 1 / 0", 1, "ZeroDivisionError: division by zero"),
        (
            "    for slug in site.nodes:\n        raise KeyError(slug)",
            2,
            "KeyError: 'chef-to-nurse'",
        ),
        ("    import sys\n    sys.exit('enough')", 2, "SystemExit: enough"),
        ("    return ['too few']", 0, "reported `'too few'`, which is no complete Problem"),
        ("    return [Problem('a', '1', 1, 'x', 'y')]", 0, "which is no complete Problem"),
        ("    return [Problem('a', 0, 1, 'x', 'y')]", 0, "which is no complete Problem"),
        ("    return 5", 0, "TypeError: 'int' object is not iterable"),
        ("    return own(site)", 1, "RecursionError"),
    ],
)
def test_a_rule_that_fails_is_named_with_its_line(
    world: World, body: str, line: int, message: str
) -> None:
    world.pivot("Chef", "Nurse", GOOD)
    code = f"from pivotgen.model.problem import Problem\n\n\ndef own(site):\n{body}\n"
    start = configure(world, code, "checks=(own,)") + 3
    result = world.run("check")
    assert result.returncode == 1
    assert f"build.py:{start + line}:1: error[own-code]: the rule `own` " in result.stderr
    assert message in result.stderr
    assert "Traceback" not in result.stderr + result.stdout


def test_a_rule_that_reports_nothing_at_all_is_a_good_rule(world: World) -> None:
    world.pivot("Chef", "Nurse", GOOD)
    configure(world, "def own(site):\n    pass\n", "checks=(own,)")
    assert world.run("check").stdout == "No problems.\n"


def test_a_fault_in_a_module_beside_the_settings_is_told_there(world: World) -> None:
    world.pivot("Chef", "Nurse", GOOD)
    world.write(
        "rules.py", "def few(site):\n    return count(site)\n\n\ndef count(site):\n    1 / 0\n"
    )
    code = (
        "import sys\nfrom pathlib import Path\n\nsys.path.insert(0, str(Path(__file__).parent))\n"
    )
    configure(world, f"{code}from rules import few\n", "checks=(few,)")
    result = world.run("check")
    assert "rules.py:6:1: error[own-code]: the rule `few` failed: ZeroDivisionError" in (
        result.stderr
    )


def test_a_rule_that_fails_hides_no_other_problem(world: World) -> None:
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text.", "[a](nobody.md)"))
    configure(world, "def own(site):\n    1 / 0\n", "checks=(own,)")
    stderr = world.run("check").stderr
    assert "error[own-code]" in stderr
    assert "error[dead-link]" in stderr


@pytest.mark.parametrize("words", [("build",), ("build", "--workers", "2"), ("check",)])
@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("    return text.nobody()", "AttributeError: 'str' object has no attribute 'nobody'"),
        ("    return len(5)", "TypeError: object of type 'int' has no len()"),
    ],
)
def test_a_filter_that_fails_is_told_at_its_line_with_the_layout_that_called_it(
    world: World, words: tuple[str, ...], body: str, message: str
) -> None:
    world.pivot("Chef", "Nurse", GOOD)
    start = configure(world, f"def loud(text):\n{body}\n", 'filters={"loud": loud}')
    world.write("layouts/skill.html", "\n<h1>{{ view.name|loud }}</h1>\n")
    result = world.run(*words)
    assert result.returncode == 1
    expected = f"build.py:{start + 1}:1: error[own-code]: a filter failed, called in "
    assert f"{expected}layouts/skill.html:2: {message} (while making /skills/negotiation/)" in (
        result.stderr
    )
    assert "Traceback" not in result.stderr


def test_a_filter_that_ends_the_program_is_a_fault_too(world: World) -> None:
    world.pivot("Chef", "Nurse", GOOD)
    configure(world, "def loud(text):\n    raise SystemExit(0)\n", 'filters={"loud": loud}')
    world.write("layouts/skill.html", "<h1>{{ view.name|loud }}</h1>\n")
    result = world.run("build")
    assert result.returncode == 1
    assert "a filter failed, called in layouts/skill.html: SystemExit: 0" in result.stderr


def test_what_a_filter_of_a_library_refuses_is_a_fault_of_the_layout(world: World) -> None:
    world.pivot("Chef", "Nurse", GOOD)
    configure(world, "import math\n", 'filters={"root": math.sqrt}')
    world.write("layouts/skill.html", "{{ view.name|root }}")
    assert "layouts/skill.html:1:1: error[layout]: TypeError" in world.run("build").stderr


@pytest.mark.parametrize("setting", ['editor="Us"', 'navigation=("About",)', "checks=3"])
def test_a_setting_of_another_type_is_told_in_the_settings(world: World, setting: str) -> None:
    world.pivot("Chef", "Nurse")
    name = setting.partition("=")[0]
    settings = f'name="Us", base_url="https://u.example", {setting}'
    world.write("build.py", f"from pivotgen import Config\n\nconfig = Config({settings})\n")
    for command in ("build", "check", "status"):
        stderr = world.run(command).stderr
        assert f"build.py:3:1: error[config]: {name} must be" in stderr
        assert "Traceback" not in stderr

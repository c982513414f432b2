"""Text made to be slow ends in bounded time: the kinds of the CommonMark pathological set."""

from __future__ import annotations

import pytest

from tests.conftest import PIVOT, World

N = 10_000
TEXTS = {
    "nested strong emphasis": "*a **a " * N + "b" + " a** a*" * N,
    "emphasis that never closes": "a_ " * N,
    "emphasis that never opens": "_a " * N,
    "links that never close": "a]" * N,
    "links that never open": "[a" * N,
    "mismatched openers and closers": "*a_ " * N,
    "openers and closers by three": "a**b" + "c* " * N,
    "links with emphasis": "[ a_" * N,
    "brackets before a link": "[" * N + "a" + "]" * N,
    "nested quotes": "> " * N + "a",
    "nested lists": "".join(f"{'  ' * depth}* a\n" for depth in range(300)),
    "backticks of every length": "".join("e" + "`" * n for n in range(1, 1_500)),
    "unclosed links": "[a](<b" * N,
    "unclosed addresses": "[a](b" * N,
    "unclosed comments": "</" + "<!--" * N,
    "tables of one column": "|a\n" * N,
    "a long line": "word " * 400_000,
    "references": "".join(f"[{n}]: /x\n" for n in range(N)),
    "entities": "&" * N + "amp;" * N,
    "deep brackets in the header": "",
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_made_to_be_slow_is_built_or_told_about(world: World, name: str) -> None:
    text = PIVOT.replace("Some text.", TEXTS[name])
    if not TEXTS[name]:
        text = PIVOT.replace("from: {a}", f"slug: {'[' * N}\nfrom: {{a}}")
    world.pivot("Chef", "Nurse", text)
    # The world's own limit of a minute is what a hang runs into.
    said = world.run("build")
    assert said.returncode in (0, 1)
    assert "Traceback" not in said.stderr


def test_two_sources_of_one_address_are_both_named(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.pivot("Baker", "Nurse", PIVOT.replace("from:", "slug: chef-to-nurse\nfrom:"))
    said = world.run("build").stderr
    assert "content/pivots/chef-to-nurse.md:1:1: error[address-clash]" in said
    assert "content/pivots/baker-to-nurse.md already has the address" in said


def test_a_file_name_that_differs_by_case_alone_cannot_take_an_address(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.write("content/pivots/Chef-to-nurse.md", PIVOT)
    assert "Chef-to-nurse.md:1:1: error[bad-file-name]" in world.run("build").stderr

"""Text made to be slow ends in bounded time: the kinds of the CommonMark pathological set."""

from __future__ import annotations

import pytest

from tests.world.site import PIVOT, World

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

"""Text made to be slow ends in bounded time: the kinds of the CommonMark pathological set."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pivotgen.engines.markdown.page import MarkdownPage
from tests.world.counting import steps_of
from tests.world.site import PIVOT, World

N = 10_000
# Each text of a size, by what it is full of.
TEXTS: dict[str, Callable[[int], str]] = {
    "nested strong emphasis": lambda n: "*a **a " * n + "b" + " a** a*" * n,
    "emphasis that never closes": lambda n: "a_ " * n,
    "emphasis that never opens": lambda n: "_a " * n,
    "links that never close": lambda n: "a]" * n,
    "links that never open": lambda n: "[a" * n,
    "mismatched openers and closers": lambda n: "*a_ " * n,
    "openers and closers by three": lambda n: "a**b" + "c* " * n,
    "links with emphasis": lambda n: "[ a_" * n,
    "brackets before a link": lambda n: "[" * n + "a" + "]" * n,
    "nested quotes": lambda n: "> " * n + "a",
    "nested lists": lambda n: "".join(f"{'  ' * depth}* a\n" for depth in range(n * 3 // 100)),
    "backticks of every length": lambda n: "".join(
        "e" + "`" * length for length in range(1, n * 3 // 20)
    ),
    "unclosed links": lambda n: "[a](<b" * n,
    "unclosed addresses": lambda n: "[a](b" * n,
    "unclosed comments": lambda n: "</" + "<!--" * n,
    "tables of one column": lambda n: "|a\n" * n,
    "a long line": lambda n: "word " * (40 * n),
    "references": lambda n: "".join(f"[{number}]: /x\n" for number in range(n)),
    "quotation marks": lambda n: "\"a' " * n,
    "lost links": lambda n: "[a](b c) [a] (/b/) " * n,
    "links of other programs": lambda n: "[[a]] ![[b]] " * n,
    "open braces": lambda n: "{{< {% {#a " * n,
    "percent signs and equals signs": lambda n: "%%a ==b " * n,
    "addresses": lambda n: "https://a.org/b?c " * n,
    "mail addresses": lambda n: "ana@a.org " * n,
    "footnotes": lambda n: "[^a] " * n + "\n\n[^a]: b",
    "definitions of footnotes": lambda n: "".join(f"[^{number}]: b\n" for number in range(n)),
    "terms": lambda n: "a\n: b\n\n" * n,
    "callouts": lambda n: "> [!NOTE]\n> a\n\n" * n,
    "tasks": lambda n: "- [ ] a\n" * n,
    "entities": lambda n: "&" * n + "amp;" * n,
}
SLOW_PIVOTS = {
    **{name: PIVOT.replace("Some text.", text(N)) for name, text in TEXTS.items()},
    "deep brackets in the header": PIVOT.replace("from: {a}", f"slug: {'[' * N}\nfrom: {{a}}"),
}


@pytest.mark.parametrize("name", SLOW_PIVOTS)
def test_a_text_made_to_be_slow_is_built_or_told_about(world: World, name: str) -> None:
    world.pivot("Chef", "Nurse", SLOW_PIVOTS[name])
    # Only a build that hangs runs into the time limit of the world.
    result = world.run("build")
    assert result.returncode in (0, 1)
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_four_times_as_long_takes_about_four_times_the_work(name: str) -> None:
    def steps_per_character(size: int) -> float:
        text = TEXTS[name](size)
        return steps_of(lambda: MarkdownPage("a.md", text).render_blocks(text, 1)) / len(text)

    # What is only done once in a process does not count.
    MarkdownPage("a.md", "").render_blocks("See ana@a.org and https://a.org/*b*", 1)
    # Work that grows with the square of the length would take four times the steps here.
    assert steps_per_character(1_200) < 1.5 * steps_per_character(300)

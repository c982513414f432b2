"""`fmt`: how wide a line may be, and how wide a folded one gets."""

from __future__ import annotations

from tests.world.site import PIVOT, World

LINE = "description: What carries over from {a} to {b}, and what does not."
START = "description: "


def tidied(world: World, text: str) -> list[str]:
    """The lines of the description after `fmt`."""
    path = world.pivot("Chef", "Nurse", PIVOT.replace(LINE, f"{START}{text}"))
    result = world.run("fmt")
    assert result.returncode == 0, result.stderr
    lines = (world.folder / path).read_text("utf-8").split("\n")
    first = next(at for at, line in enumerate(lines) if line.startswith(START))
    last = next(at for at, line in enumerate(lines) if line.startswith("from:"))
    return lines[first:last]


def test_a_line_of_180_characters_stays_and_a_longer_one_is_folded(world: World) -> None:
    most = "word " * 33 + "ab"
    assert len(f"{START}{most}") == 180
    assert tidied(world, most) == [f"{START}{most}"]
    assert tidied(world, f"{most}c")[0] == f"{START}>-"


def test_a_folded_line_gets_160_characters_and_not_one_more(world: World) -> None:
    # With the two blanks before it, the 158th character of the text is the 160th of the line.
    fits = "word " * 31 + "abc"
    assert len(f"  {fits}") == 160
    rest = "and some more words that are there to be folded"
    assert tidied(world, f"{fits} {rest}") == [f"{START}>-", f"  {fits}", f"  {rest}"]
    long = "word " * 31 + "abcd"
    assert tidied(world, f"{long} {rest}")[1:] == [f"  {long[:-5]}", f"  abcd {rest}"]

"""`reading`: how hard each pivot is to read."""

from __future__ import annotations

import pytest

from tests.world.site import World
from tests.world.texts import GOOD_PIVOT, PIVOT_PATH

HEAD = GOOD_PIVOT.split("## Your")[0].replace("A *calm* voice carries over.", "Go.")
HEAD = HEAD.replace("Less than you would like.", "No.")


@pytest.mark.parametrize(
    ("text", "row"),
    [
        # With “Go.” and “No.”: 6 words in 3 sentences, none of them long.
        ("Dogs eat raw meat.", "  2  very easy        6    4 words"),
        # 11 words in 5 sentences, for a colon ends one, and 3 long: 2.2 + 27.3.
        (
            "Patient nurses eat here: waiting. Stop, I said, because.",
            " 29  easy            11    4 words",
        ),
        # 7 words in 3 sentences and 3 long, for marks and digits are no letters: 2.3 + 42.9.
        ("Hospitals wouldn’t need 20261124 administration.", " 45  hard             7    5 words"),
    ],
)
def test_lix_is_words_per_sentence_and_the_share_of_long_words_without_headings(
    world: World, text: str, row: str
) -> None:
    world.write(PIVOT_PATH, f"{HEAD}## An unconscionably extraordinary heading\n\n{text}\n")
    result = world.run("reading")
    assert result.stdout.splitlines()[1:] == [f"{row}  {PIVOT_PATH}:18"]
    assert result.returncode == 0


def test_the_hardest_page_comes_first_with_the_line_of_its_longest_sentence(world: World) -> None:
    world.write(PIVOT_PATH, f"{HEAD}Dogs eat.\nThey sleep after that all day.\n")
    hard = "content/pivots/baker-to-medic.md"
    text = f"{HEAD}Unquestionably complicated administration.\n"
    world.write(hard, text.replace("Chef", "Baker").replace("Nurse", "Medic"))
    [_, first, second] = world.run("reading").stdout.splitlines()
    assert first.endswith(f"3 words  {hard}:16")
    assert second.endswith(f"6 words  {PIVOT_PATH}:17")


def test_a_site_with_an_error_is_told_of_the_error(world: World) -> None:
    world.write(PIVOT_PATH, GOOD_PIVOT.replace("tldr:", "tl_dr:"))
    result = world.run("reading")
    assert (result.returncode, result.stdout) == (1, "")
    assert "error[unknown-key]" in result.stderr

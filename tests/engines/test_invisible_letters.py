"""Invisible characters: which may be taken away, and which are somebody's letters."""

from __future__ import annotations

import pytest

from tests.world.site import PIVOT, World


def pivot(text: str) -> str:
    return PIVOT.replace("Some text.", text)


# U+0092 is a quote of Windows-1252 that was read as something else.
@pytest.mark.parametrize(
    "text", ["It isn\x92t so.", "Caf\x80 price.", "It isn\x92t\u2028so.", "Last \x9f one.\x07"]
)
def test_letters_of_another_encoding_are_left_to_their_author(world: World, text: str) -> None:
    path = world.pivot("Chef", "Nurse", pivot(text))
    before = (world.folder / path).read_bytes()
    result = world.run("check", "--fix", "--yes")
    assert result.returncode == 1
    assert "error[invisible-character]" in result.stderr
    assert (world.folder / path).read_bytes() == before


def test_characters_that_mean_nothing_are_taken_away(world: World) -> None:
    text = "One\u2028two \u2028three\u2029 four. Fi\x07ve\ufeff.\x7f Six\x00."
    path = world.pivot("Chef", "Nurse", pivot(text))
    result = world.run("check", "--fix", "--yes")
    assert result.returncode == 0, result.stderr
    written = (world.folder / path).read_text("utf-8")
    assert "\nOne two three four. Five. Six.\n" in written
    assert "1 file fixed." in result.stdout


def test_the_first_one_is_told_where_it_stands(world: World) -> None:
    path = world.pivot("Chef", "Nurse", pivot("Fine.\n\nNot \x92 fine \x93."))
    assert f"{path}:19:5: error[invisible-character]" in world.run("build").stderr


GOOD = PIVOT.replace("{a}", "Chef").replace("{b}", "Nurse")
# What is changed in a good file, what it becomes, and the place that is told.
WITHOUT_WIDTH = {
    "behind a name": ("to: Nurse", "to: Nurse\u200b", "5:10"),
    "before a name": ("to: Nurse", "to: \u200bNurse", "5:5"),
    "inside a name": ("to: Nurse", "to: Nu\u200brse", "5:7"),
    "a joiner behind a skill": ("- Negotiation", "- Negotiation\u2060", "10:16"),
    "a soft hyphen behind a skill": ("- Negotiation", "- Negotiation\xad", "10:16"),
    "a mark of direction behind a name": ("to: Nurse", "to: Nurse\u200e", "5:10"),
    "a mark of direction inside quotes": ("A View", "A View\u200f", "2:35"),
    "in place of a blank": ("to: Nurse", "to:\u200b Nurse", "5:4"),
    "in a link": ("Some text.", "See [it](https://exam\u200bple.com/).", "17:22"),
    "a soft hyphen in a link": ("Some text.", "See [it](https://exam\xadple.com/).", "17:22"),
    "in an address": (
        "tldr:",
        "aliases:\n  - /old\u2060er/\ntldr:",
        "8:9",
    ),
    "in the text": ("Some text.", "Some\u200b text.", "17:5"),
}


@pytest.mark.parametrize("name", WITHOUT_WIDTH)
def test_a_character_without_width_is_told_and_taken_away(world: World, name: str) -> None:
    old, new, place = WITHOUT_WIDTH[name]
    path = world.pivot("Chef", "Nurse", GOOD.replace(old, new))
    stderr = world.run("build").stderr
    assert f"{path}:{place}: error[invisible-character]: there is an invisible character" in stderr
    assert stderr.count(": error[") == 1
    assert world.run("check", "--fix", "--yes").returncode == 0
    written = (world.folder / path).read_text("utf-8")
    assert not any(character in written for character in "\u200b\u2060\xad\u200e\u200f")
    assert world.run("build").returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        "Bundes\xadausbildung is a long word.",
        "\u0e1e\u0e22\u0e32\u200b\u0e1a\u0e32\u0e25 is Thai.",
        "\u05e2\u05d1 C++\u200e is mixed.",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 joins no letters.",
        "A family \U0001f468\u200d\U0001f469\u200d\U0001f467 here.",
    ],
)
def test_what_belongs_to_a_text_stays_there(world: World, words: str) -> None:
    world.pivot("Chef", "Nurse", pivot(words))
    assert world.run("build").returncode == 0
    assert words.partition(" is ")[0] in world.read("pivots/chef-to-nurse/index.html")


def test_one_character_hides_no_other_problem_and_says_how_many_there_are(world: World) -> None:
    text = GOOD.replace("from: Chef", "from: Chef\u200b").replace("3–9 months", "soon")
    path = world.pivot("Chef", "Nurse", text.replace("Some text.", "See\u200b [it](nobody.md)."))
    stderr = world.run("build").stderr
    assert f"{path}:4:11: error[invisible-character]" in stderr
    assert "(U+200B) here, and 1 more in this file" in stderr
    assert f"{path}:6:9: error[bad-window]" in stderr

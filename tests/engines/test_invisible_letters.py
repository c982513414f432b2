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

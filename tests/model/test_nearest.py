"""Nearest: which names are worth a comparison with a misspelt word, and how many at most."""

from __future__ import annotations

from pivotgen.model.nearest import Nearest


def numbered(count: int) -> list[str]:
    """So many names that share with `qz` its start and nothing else."""
    return [f"q{number:05}" for number in range(count)]


def test_twenty_names_are_compared_as_they_are_and_of_more_those_that_share_letters() -> None:
    names = numbered(19)
    assert Nearest([*names, "none"]).likely("qz") == ["none", *names]
    assert Nearest([*names, "none", "other"]).likely("qz") == names


def test_the_twenty_that_share_the_most_are_compared() -> None:
    assert Nearest([*numbered(30), "q00x", "yz"]).likely("q00xz") == ["q00x", *numbered(19)]


def test_no_more_than_six_thousand_names_are_looked_at_those_with_a_rare_pair_first() -> None:
    # One name shares the end of the word, and all others its start.
    assert len(Nearest(["yz", *numbered(5_999)]).likely("qz")) == 20
    assert Nearest(["yz", *numbered(6_000)]).likely("qz") == ["yz"]
    # With nothing rarer, the first names of a longer row are looked at.
    assert Nearest(numbered(7_000)).likely("qz") == numbered(20)


def test_names_and_words_of_more_than_two_hundred_letters_are_no_misspellings() -> None:
    long = "q" * 200
    assert Nearest([long, f"{long}q"]).likely(long) == [long]
    assert Nearest([long]).likely(f"{long}q") == []

"""Words: digests that stand in files of sites for years."""

from __future__ import annotations

from pivotgen.model.words import joined, words_digest


def test_a_digest_of_today_is_that_of_every_later_version() -> None:
    assert words_digest(["Ask for “nights”.", "Café"], ["content/pivots/a.md"]).hex() == GOLDEN
    assert (
        words_digest(['Ask\nfor  "nights".', "Cafe\u0301"], ["content/pivots/a.md"]).hex() == GOLDEN
    )


GOLDEN = "d29f9b49e5f9106e"


def test_where_links_lead_is_part_of_it() -> None:
    assert words_digest(["a"], ["/b/"]) != words_digest(["a"], ["/c/"])
    assert words_digest(["a"], []) != words_digest(["b"], [])


def test_what_a_page_says_itself_and_what_its_file_says_both_count() -> None:
    assert joined(b"own", b"") == b"own"
    assert joined(b"", b"file") == b"file"
    assert joined(b"own", b"file") not in (joined(b"own", b"other"), b"own", b"file")

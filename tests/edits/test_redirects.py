"""The file of redirects: how it is read, and how a renaming changes it."""

from __future__ import annotations

import pytest

from pivotgen.engines.redirects.add import add_moves
from pivotgen.engines.redirects.read import read_redirects
from pivotgen.model.claims import Claims
from pivotgen.model.redirect import Redirect


def test_comments_and_quotes_of_the_redirects_stay_and_new_lines_are_sorted_in() -> None:
    data = b"# ours\n'/a/': /to/b/  # why\n/z/: /to/y/\n/to/n/: /to/q/\n"
    assert add_moves(data, {"/to/b/": "/to/n/"}).decode() == (
        "# ours\n'/a/': /to/n/  # why\n/to/b/: /to/n/\n/z/: /to/y/\n"
    )


def test_redirects_without_a_last_slash_mean_the_address_with_one() -> None:
    found, problems = read_redirects(b"/to/a: /to/b\n", {"/to/b/"}, Claims(list))
    assert (found, problems) == ([Redirect("/to/a/", "/to/b/")], [])


def test_addresses_of_the_file_are_found_however_they_are_written() -> None:
    data = "/to/%E4%B9%A6/: /to/a/#b\n/x/: '/to/書/?q'\n".encode()
    moves = {"/to/%E6%9B%B8/": "/to/%E6%9C%AC/", "/to/a/": "/to/c/"}
    assert add_moves(data, moves).decode() == (
        "/to/a/: /to/c/\n/to/%E4%B9%A6/: /to/c/#b\n/to/書/: /to/本/\n/x/: '/to/本/?q'\n"
    )


@pytest.mark.parametrize("data", [b"", b"# only a note\n"])
def test_a_file_without_redirects_is_fine(data: bytes) -> None:
    assert read_redirects(data, set(), Claims(list)) == ([], [])


@pytest.mark.parametrize("data", [b"[" * 5000, b"/a/: \0\n", b"/a/: {b: c}\n", b"*a: /b/\n"])
def test_redirects_that_are_none_are_told_without_a_traceback(data: bytes) -> None:
    found, [problem, *_] = read_redirects(data, {"/b/"}, Claims(list))
    assert found == []
    assert problem.code in ("yaml-syntax", "bad-path", "invisible-character")


def test_a_redirect_from_a_pivots_own_alias_names_the_pivot() -> None:
    taken = Claims(list)
    taken.take("/old/", "content/pivots/a-to-b.md")
    _, [problem] = read_redirects(b"/old/: /new/\n", {"/new/"}, taken)
    assert problem.code == "address-clash"
    assert "content/pivots/a-to-b.md" in problem.message


def redirects(text: str, known: set[str]) -> dict[str, str | None]:
    """Where the old addresses of a file without problems lead."""
    read, problems = read_redirects(text.encode(), known, Claims(list), {"/alias/": "/page/"})
    assert problems == []
    return {redirect.old: redirect.new for redirect in read}


def test_a_chain_is_read_as_redirects_to_its_end() -> None:
    text = "/a/: /b\n/b/: '/c/'\n/c/: /d/#x\n/e/: /a/\n"
    assert redirects(text, {"/d/"}) == dict.fromkeys(("/a/", "/b/", "/c/", "/e/"), "/d/#x")


def test_the_last_part_that_a_chain_names_is_kept() -> None:
    assert redirects("/a/: /b/#x\n/b/: /d/\n/c/: /a/\n/e/: /c/?q#y\n", {"/d/"}) == {
        "/a/": "/d/#x",
        "/b/": "/d/",
        "/c/": "/d/#x",
        "/e/": "/d/#x",
    }


def test_a_chain_may_end_at_an_alias_or_at_an_address_that_is_gone() -> None:
    text = "/a/: /b/\n/b/: /alias/#x\n/c/: /d/\n/d/: gone\n/e/: 'gone'\n"
    assert redirects(text, {"/page/"}) == {
        "/a/": "/page/#x",
        "/b/": "/page/#x",
        "/c/": None,
        "/d/": None,
        "/e/": None,
    }


def test_a_loop_is_told_once_with_all_its_members_and_not_for_those_on_the_way_into_it() -> None:
    text = "/in/: /b/\n/a/: /b/\n/b/: /c/\n/c/: /a/\n/x/: /x/\n/more/: /in/\n"
    read, problems = read_redirects(text.encode(), {"/d/"}, Claims(list))
    assert read == []
    assert [(problem.line, problem.code, problem.message) for problem in problems] == [
        (2, "redirect-loop", "these addresses lead to each other: /a/ to /b/ to /c/ to /a/"),
        (5, "redirect-loop", "/x/ leads to itself"),
    ]


def test_of_a_chain_only_the_line_that_leads_nowhere_is_told() -> None:
    _, [problem] = read_redirects(b"/a/: /b/\n/b/: /none/\n", {"/d/"}, Claims(list))
    assert (problem.line, problem.code) == (2, "dead-redirect")


def test_an_address_cannot_be_gone_and_lead_somewhere() -> None:
    _, [problem] = read_redirects(b"/a/: gone\n/a: /d/\n", {"/d/"}, Claims(list))
    assert (problem.line, problem.code) == (2, "duplicate-key")


def test_a_page_is_not_gone() -> None:
    taken = Claims(list)
    taken.take("/here/", "content/pages/here.md")
    _, [problem] = read_redirects(b"/here/: gone\n", {"/here/"}, taken)
    assert (problem.code, "content/pages/here.md" in problem.message) == ("address-clash", True)


@pytest.mark.parametrize("typed", ["Gone", "'GONE'", "~", "410", ""])
def test_a_tombstone_in_another_form_is_told(typed: str) -> None:
    _, [problem] = read_redirects(f"/a/: {typed}\n".encode(), {"/d/"}, Claims(list))
    assert problem.code == "bad-path"


def test_addresses_that_are_gone_are_added_and_what_led_to_them_is_gone_with_them() -> None:
    data = b"/a/: /b/#x  # once\n/c/: gone\n"
    added = add_moves(data, {"/b/": None, "/d/": "/e/", "/c/": "/e/"})
    assert added.decode() == "/a/: gone  # once\n/b/: gone\n/c/: /e/\n/d/: /e/\n"


def test_a_page_that_comes_back_is_no_longer_gone() -> None:
    assert add_moves(b"/a/: gone\n", {"/b/": "/a/"}).decode() == "/b/: /a/\n"


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("/a/: /c/ #fees", 10, "cut-text"),
        ("/a/: !x /c/", 6, "yaml-tag"),
        ("/a/: &x /c/", 6, "yaml-alias"),
    ],
)
def test_what_yaml_would_leave_out_of_a_line_is_told(line: str, column: int, code: str) -> None:
    data = f"/z/: /c/  # ours\n{line}\n".encode()
    _, [problem] = read_redirects(data, {"/c/"}, Claims(list))
    # Nobody knows which address was meant.
    assert (problem.line, problem.column, problem.code, problem.edits) == (2, column, code, ())


def test_values_inside_many_others_end_without_a_traceback() -> None:
    data = b"/a/: " + b"[" * 900 + b"]" * 900 + b"\n/b/: /c/ #d\n"
    _, [problem, *_] = read_redirects(data, {"/c/"}, Claims(list))
    assert problem.line == 1

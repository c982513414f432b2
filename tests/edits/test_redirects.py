"""The file of redirects: how it is read, and how a renaming changes it."""

from __future__ import annotations

import pytest

from pivotgen.edits.apply import apply_edits
from pivotgen.engines.redirects import add_moves, read_redirects
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


@pytest.mark.parametrize(
    ("typed", "fixed"),
    [
        ("/b/", "/c/"),
        ("/b", "/c/"),
        ("'/b/'", "'/c/'"),
        ('"/b"  # moved', '"/c/"  # moved'),
    ],
)
def test_a_redirect_to_a_redirect_is_fixed_inside_its_quotes(typed: str, fixed: str) -> None:
    text = f"# ours\r\n/a/: {typed}\r\n/b/: '/c/'\r\n"
    _, [problem] = read_redirects(text.encode(), {"/c/"}, Claims(list))
    assert problem.code == "redirect-chain"
    assert apply_edits(text.encode(), problem.edits).decode() == text.replace(typed, fixed, 1)


@pytest.mark.parametrize("typed", ['"/\\x62/"', "|-\n  /b/", ">-\n  /b/"])
def test_a_redirect_whose_address_is_typed_in_another_form_is_left_to_its_author(
    typed: str,
) -> None:
    text = f"/a/: {typed}\n/b/: /c/\n"
    _, [problem] = read_redirects(text.encode(), {"/c/"}, Claims(list))
    assert (problem.code, problem.edits) == ("redirect-chain", ())


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

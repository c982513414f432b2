"""What several commands print: how much a terminal shows, and which help is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from pivotgen.cli import _print
from pivotgen.model.problem import Level, Problem


def test_a_list_of_files_names_five_and_counts_the_rest() -> None:
    names = [f"{letter}.md" for letter in "abcdefg"]
    assert _print.list_files(names[:1]) == "a.md"
    assert _print.list_files(names[:5]) == "a.md, b.md, c.md, d.md, e.md"
    assert _print.list_files(names[:6]) == "a.md, b.md, c.md, d.md, e.md and 1 more"
    assert _print.list_files(names) == "a.md, b.md, c.md, d.md, e.md and 2 more"
    assert (_print.count_files(1), _print.count_files(2)) == ("1 file", "2 files")


def problems(errors: int, warnings: int) -> list[Problem]:
    return [
        *(Problem("w.md", n, 1, "thin-section", "w", level=Level.WARNING) for n in range(warnings)),
        *(Problem("z.md", n, 1, "dead-link", "e") for n in range(errors)),
    ]


@pytest.mark.parametrize(
    ("errors", "warnings", "every", "terminal", "cut"),
    [
        (20, 30, False, True, False),
        (20, 31, False, True, True),
        (20, 31, True, True, False),
        (20, 31, False, False, False),
        (51, 0, False, True, True),
    ],
)
def test_a_terminal_shows_fifty_problems_errors_first(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    errors: int,
    warnings: int,
    every: bool,
    terminal: bool,
    cut: bool,
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal, raising=False)
    _print.print_problems(tmp_path, problems(errors, warnings), every=every)
    text = capsys.readouterr().err
    assert text.count("[dead-link]") == min(errors, 50 if cut else errors)
    assert text.count("[dead-link]") + text.count("[thin-section]") == (
        50 if cut else errors + warnings
    )
    counted = f"50 of {errors + warnings} problems ({errors} errors and {warnings} warnings)"
    assert (counted in text) == cut
    assert text.endswith("more: pivotgen help dead-link\n")


def test_nothing_is_printed_where_nothing_is_wrong(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _print.print_problems(tmp_path, [])
    assert capsys.readouterr().err == ""


def test_the_help_of_the_first_error_is_named_or_else_that_of_the_first_warning(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    warning, error = problems(1, 1)
    other = Problem("z.md", 9, 1, "dead-asset", "e")
    unknown = Problem("z.md", 9, 1, "nobody-knows", "e")
    for given, named in (
        ([warning], "thin-section"),
        ([warning, error, other], "dead-link"),
        ([other, error, warning], "dead-asset"),
        ([unknown, warning], "thin-section"),
    ):
        _print.print_problems(tmp_path, given)
        assert capsys.readouterr().err.endswith(f"more: pivotgen help {named}\n")


def test_the_line_of_a_file_of_content_is_that_of_the_folder_that_stands_in(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for folder in ("content", "drafts"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.md").write_text(f"in {folder}\n")
    given = [Problem("content/a.md", 1, 1, "dead-link", "e")]
    _print.print_problems(tmp_path, given)
    assert "    in content\n" in capsys.readouterr().err
    _print.print_problems(tmp_path, given, content=tmp_path / "drafts")
    assert "    in drafts\n" in capsys.readouterr().err

"""Explanation: the page of a code, as text for a terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from pivotgen.problems.codes import Case, Code, Example


def explanation(code: Code) -> str:
    """Return the page for a terminal: the reason, then each case, first wrong and then right."""
    return "\n".join([f"{code.name}: {code.summary}", "", *wrap(code.why, 88), *_case_lines(code)])


def explanation_markdown(code: Code) -> str:
    """Return the same page as Markdown, without a heading."""
    lines = [f"**{code.summary}.** {code.why}"]
    for case in code.cases:
        lines += ["", f"Wrong{_title(case)}:", *_fenced_lines(case.wrong)]
        lines += ["", "Right:", *_fenced_lines(case.right)]
    return "\n".join(lines)


def _case_lines(code: Code) -> Iterator[str]:
    for case in code.cases:
        yield from ("", f"Wrong{_title(case)}:")
        yield from _example_lines(case.wrong)
        yield from ("", "Right:")
        yield from _example_lines(case.right)


def _title(case: Case) -> str:
    return f" ({case.title})" if case.title else ""


def _example_lines(example: Example) -> Iterator[str]:
    for file in example.files:
        yield from ("", f"    {file.path}")
        yield from (f"    | {line}".rstrip() for line in file.text.splitlines())
    for text in (example.commands, example.output):
        if text:
            yield ""
            yield from (f"    {line}".rstrip() for line in text.splitlines())


def _fenced_lines(example: Example) -> Iterator[str]:
    for file in example.files:
        # Four backticks, because the example may contain a fence of three.
        yield from ("", f"`{file.path}`", "", f"````{file.language}")
        yield from file.text.splitlines()
        yield "````"
    for language, text in (("sh", example.commands), ("text", example.output)):
        if text:
            yield from ("", f"````{language}", *text.splitlines(), "````")

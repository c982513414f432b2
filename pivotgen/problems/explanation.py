"""Explanation: the page of one code, as text for a terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from pivotgen.problems.codes import Case, Code, Example


def explanation(code: Code) -> str:
    """For a terminal: why it is wrong, then each case, wrong and right."""
    return "\n".join([f"{code.name}: {code.summary}", "", *wrap(code.why, 88), *_cases(code)])


def explanation_markdown(code: Code) -> str:
    """The same as Markdown, without a heading."""
    lines = [f"**{code.summary}.** {code.why}"]
    for case in code.cases:
        lines += ["", f"Wrong{_titled(case)}:", *_fenced(case.wrong)]
        lines += ["", "Right:", *_fenced(case.right)]
    return "\n".join(lines)


def _cases(code: Code) -> Iterator[str]:
    for case in code.cases:
        yield from ("", f"Wrong{_titled(case)}:")
        yield from _shown(case.wrong)
        yield from ("", "Right:")
        yield from _shown(case.right)


def _titled(case: Case) -> str:
    return f" ({case.title})" if case.title else ""


def _shown(example: Example) -> Iterator[str]:
    for file in example.files:
        yield from ("", f"    {file.path}")
        yield from (f"    | {line}".rstrip() for line in file.text.splitlines())
    for text in (example.commands, example.said):
        if text:
            yield ""
            yield from (f"    {line}".rstrip() for line in text.splitlines())


def _fenced(example: Example) -> Iterator[str]:
    for file in example.files:
        # Four backticks, since an example may show a fence of its own.
        yield from ("", f"`{file.path}`", "", f"````{file.language}")
        yield from file.text.splitlines()
        yield "````"
    for language, text in (("sh", example.commands), ("text", example.said)):
        if text:
            yield from ("", f"````{language}", *text.splitlines(), "````")

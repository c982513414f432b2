"""`help`: what a code means, from its page."""

from __future__ import annotations

from collections.abc import Iterator

from pivotgen.codes import Case, Code, Example, codes


def explanation(code: Code) -> str:
    """The page of one code for a terminal: why it is wrong, then each case, wrong and right."""
    return "\n".join([f"{code.name}: {code.summary}", "", *_wrapped(code.why), *_cases(code)])


def overview() -> str:
    """Every code, one a line."""
    width = max(map(len, codes()))
    return "\n".join(f"{name:{width}}  {code.summary}" for name, code in codes().items())


def markdown() -> str:
    """Every page in one: docs/errors.md."""
    lines = [
        "# Errors and warnings",
        "",
        "What `pivotgen help --markdown` prints; a test holds it to the pages in",
        "`pivotgen/codes/`. An error stops a build; a warning does not.",
        "",
        *(f"- [`{name}`](#{name}) {code.summary}" for name, code in codes().items()),
    ]
    for name, code in codes().items():
        lines += ["", f"## {name}", "", f"**{code.summary}.** {code.why}"]
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


def _wrapped(text: str) -> list[str]:
    # Imported late: no other command wraps text.
    from textwrap import wrap

    return wrap(text, 88)

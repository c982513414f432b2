"""As text: the differences of two sites for a terminal, and in Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pivotgen.differences.compare_sites import Changed, PageDifference, SiteDifferences
from pivotgen.model.lazy_dataclass import dataclass

# How many rows of one kind, and how many letters of a value, are shown.
_ROWS = 20
_LETTERS = 160
_NOTHING = "Nothing that a reader would notice has changed."


@dataclass(frozen=True, slots=True)
class _Form:
    """How lines are marked."""

    head: str
    row: str
    inner: str
    quote: str
    escapes: str = ""

    def value(self, text: str) -> str:
        short = text if len(text) <= _LETTERS else f"{text[: _LETTERS - 1]}…"
        for mark in self.escapes:
            short = short.replace(mark, f"\\{mark}")
        return f"{self.quote}{short}{self.quote}"


_TEXT = _Form("", "  ", "    ", '"')
_MARKDOWN = _Form("### ", "- ", "  - ", "", r"\`*_[]<>#|~")


def as_text(differences: SiteDifferences) -> str:
    """The differences in plain text."""
    return "\n".join(_lines(differences, _TEXT)) + "\n"


def as_markdown(differences: SiteDifferences) -> str:
    """The differences in Markdown; what a page says is inert in it."""
    return "\n".join(_lines(differences, _MARKDOWN)) + "\n"


def summary(differences: SiteDifferences) -> str:
    """The differences in one line, such as "2 pages added, 1 page changed"."""
    changed = sum(len(pages) for _, pages in differences.changed)
    parts = [
        f"{count_of(number, 'page')} {word}"
        for number, word in (
            (len(differences.added), "added"),
            (len(differences.removed), "removed"),
            (changed, "changed"),
        )
        if number
    ]
    if differences.same_words:
        parts.append(layout_line(differences))
    if differences.others:
        parts.append(count_of(len(differences.others), "other file"))
    return "; ".join(parts) if parts else _NOTHING


def layout_line(differences: SiteDifferences) -> str:
    """Such as "1 layout change, 412 pages, visible text unchanged"."""
    changes = count_of(differences.layouts, "layout change")
    pages = count_of(len(differences.same_words), "page")
    return f"{changes}, {pages}, visible text unchanged"


def count_of(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"


def _lines(differences: SiteDifferences, form: _Form) -> Iterator[str]:
    yield f"{form.head}{summary(differences)}"
    for word, pages in (("Added", differences.added), ("Removed", differences.removed)):
        if pages:
            yield from _block(form, f"{word}:", pages)
    if differences.changed:
        yield from ("", "Changed:", *([""] if form is _MARKDOWN else []))
    for difference, pages in differences.changed:
        others = f" and {count_of(len(pages) - 1, 'other page')}" if len(pages) > 1 else ""
        yield f"{form.row}{form.value(pages[0])}{others}"
        yield from _page_lines(difference, form)
    if differences.others:
        yield from _block(form, "Other files:", differences.others)


def _block(form: _Form, head: str, names: Sequence[str]) -> Iterator[str]:
    yield from ("", head, *([""] if form is _MARKDOWN else []))
    yield from (f"{form.row}{form.value(name)}" for name in names[:_ROWS])
    if len(names) > _ROWS:
        yield f"{form.row}and {len(names) - _ROWS:,} more"


def _page_lines(difference: PageDifference, form: _Form) -> Iterator[str]:
    rows = [
        *(_changed_line("", row, form) for row in difference.facts),
        *(_changed_line("question ", row, form) for row in difference.questions),
        *(f"link added: {form.value(link)}" for link in difference.links_added),
        *(f"link removed: {form.value(link)}" for link in difference.links_removed),
        *(_changed_line("structured data ", row, form) for row in difference.data),
        *(_text_line(old, new, form) for old, new in difference.texts),
    ]
    yield from (f"{form.inner}{row}" for row in rows[:_ROWS])
    if len(rows) > _ROWS:
        yield f"{form.inner}and {count_of(len(rows) - _ROWS, 'more change')}"


def _changed_line(kind: str, row: Changed, form: _Form) -> str:
    name = f"{kind}{form.value(row.name) if kind else row.name}"
    return f"{name}: {_text_line(row.old, row.new, form)}"


def _text_line(old: str, new: str, form: _Form) -> str:
    if not old:
        return f"new: {form.value(new)}"
    if not new:
        return f"gone: {form.value(old)}"
    return f"{form.value(old)} → {form.value(new)}"

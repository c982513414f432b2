"""As page: the differences of two sites side by side, as one page without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from html import escape

from pivotgen.differences.as_text import layout_line, summary
from pivotgen.differences.compare_sites import Changed, PageDifference, SiteDifferences

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:76rem;padding:0 1rem}"
    "table{border-collapse:collapse;table-layout:fixed;width:100%}"
    "th,td{border:1px solid #bbb;padding:.4rem .6rem;text-align:start;vertical-align:top;"
    "overflow-wrap:anywhere}th{background:#f3f3f3;width:12rem}"
    "del{background:#fdd}ins{background:#dfd}h2{font-size:1.1rem;margin-top:2rem}"
)


def as_page(differences: SiteDifferences) -> str:
    """The differences as HTML; whatever a page says is only text in it."""
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(summary(differences))}</title>\n<style>{_STYLE}</style>\n"
        f"<h1>{escape(summary(differences))}</h1>\n{''.join(_parts(differences))}</html>\n"
    )


def _parts(differences: SiteDifferences) -> Iterator[str]:
    for word, names in (
        ("Added", differences.added),
        ("Removed", differences.removed),
        ("Other files", differences.others),
    ):
        if names:
            rows = "".join(f"<li>{escape(name)}</li>\n" for name in names)
            yield f"<h2>{word}</h2>\n<ul>\n{rows}</ul>\n"
    for difference, pages in differences.changed:
        yield f"<h2>{', '.join(escape(page) for page in pages)}</h2>\n"
        rows = "".join(_rows(difference))
        yield f"<table>\n<tr><th></th><th>before</th><th>now</th></tr>\n{rows}</table>\n"
    if differences.same_words:
        yield f"<h2>{escape(layout_line(differences))}</h2>\n"


def _rows(difference: PageDifference) -> Iterator[str]:
    for row in difference.facts:
        yield _row(row.name, row.old, row.new)
    for row in difference.questions:
        yield _row(f"question: {row.name}", row.old, row.new)
    for link in difference.links_removed:
        yield _row("link", link, "")
    for link in difference.links_added:
        yield _row("link", "", link)
    for old, new in difference.texts:
        yield _row("text", old, new)
    for row in difference.data:
        yield _row(f"structured data: {row.name}", row.old, row.new)


def _row(name: str, old: str, new: str) -> str:
    before, after = _marked(Changed(name, old, new))
    return f"<tr><th>{escape(name)}</th><td>{before}</td><td>{after}</td></tr>\n"


def _marked(row: Changed) -> tuple[str, str]:
    """Both texts, with the words marked that only one of them has."""
    old, new = row.old.split(" "), row.new.split(" ")
    before, after = [], []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = escape(" ".join(old[a:b])), escape(" ".join(new[c:d]))
        if tag == "equal":
            before.append(gone)
            after.append(come)
        else:
            before += [f"<del>{gone}</del>"] if gone else []
            after += [f"<ins>{come}</ins>"] if come else []
    return " ".join(before), " ".join(after)

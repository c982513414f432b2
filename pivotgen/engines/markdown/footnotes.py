"""Footnotes: `[^1]` in the text, and `[^1]: the note` on a line of its own.

Notes of one page are numbered through, in the order in which the text refers to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.footnote import footnote_plugin

from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.phrases import placeholder

_DEFINED = "defined footnotes"


@dataclass(frozen=True, slots=True)
class LostNote:
    """The definition of a footnote that no reader sees."""

    label: str
    # Its line in the text, from 0.
    line: int
    # Whether a later definition has the same label; else nothing refers to it.
    is_repeated: bool


def footnotes(parser: MarkdownIt) -> None:
    """Add footnotes to a parser. Notes inside a sentence, `^[note]`, are no part of it."""
    parser.use(footnote_plugin, inline=False)
    parser.core.ruler.before("footnote_tail", "defined_footnotes", _note_definitions)


def lost_notes(env: EnvType) -> list[LostNote]:
    """The definitions in a parsed text that no reader sees."""
    if _DEFINED not in env:
        return []
    defined: list[tuple[str, int]] = env[_DEFINED]
    numbers = env.get("footnotes", {}).get("refs", {})
    last = {label: place for place, (label, _) in enumerate(defined)}
    return [
        LostNote(label, line, last[label] != place)
        for place, (label, line) in enumerate(defined)
        if last[label] != place or numbers.get(f":{label}", -1) < 0
    ]


def set_notes(tokens: Sequence[Token], before: int, new_id: Callable[[str], str]) -> int:
    """Make HTML of the tokens of footnotes in one text; return how many notes it has.

    The texts of the page so far have `before` notes. `new_id` gives an id like the one it gets
    that the page does not have yet.
    """
    numbers = [token.meta["id"] for token in tokens if token.type == "footnote_open"]
    notes = {number: new_id(f"fn-{before + number + 1}") for number in numbers}
    references: dict[tuple[int, int], str] = {}
    for token in _of_footnotes(tokens):
        if token.type != "footnote_ref":
            continue
        number, place = token.meta["id"], token.meta["subId"]
        shown = before + number + 1
        suffix = f"-{place + 1}" if place else ""
        references[number, place] = own = new_id(f"fnref-{shown}{suffix}")
        token.content = (
            f'<sup class="note"><a href="#{notes[number]}" id="{own}" role="doc-noteref">'
            f"{shown}</a></sup>"
        )
        token.type = "html_inline"
    for token in _of_footnotes(tokens):
        token.content = _html_of(token, before, notes, references)
        token.type = "html_block"
    return len(notes)


def _html_of(
    token: Token, before: int, notes: dict[int, str], references: dict[tuple[int, int], str]
) -> str:
    """The HTML of a token in the list of notes."""
    match token.type:
        case "footnote_block_open":
            label = placeholder("footnotes")
            start = f' start="{before + 1}"' if before else ""
            # A page may have several of these lists, so they are no landmarks.
            return f'<div class="notes">\n<ol{start} aria-label="{label}">\n'
        case "footnote_block_close":
            return "</ol>\n</div>\n"
        case "footnote_open":
            return f'<li id="{notes[token.meta["id"]]}">'
        case "footnote_close":
            return "</li>\n"
        case _:
            target = references.get((token.meta["id"], token.meta["subId"]))
            if target is None:
                # The reference stood in a note that is not shown.
                return ""
            label = placeholder("footnote_back")
            arrow = "\N{LEFTWARDS ARROW WITH HOOK}\N{VARIATION SELECTOR-15}"
            link = f'<a class="note-back" href="#{target}" role="doc-backlink"'
            return f' {link} aria-label="{label}">{arrow}</a>'


def _of_footnotes(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type.startswith("footnote_"):
            yield token
        for child in token.children or ():
            if child.type == "footnote_ref":
                yield child


def _note_definitions(state: StateCore) -> None:
    """Note every definition before those that nothing refers to are dropped."""
    opened = (token for token in state.tokens if token.type == "footnote_reference_open")
    defined = [(token.meta["label"], token.map[0] if token.map else 0) for token in opened]
    if defined:
        state.env[_DEFINED] = defined

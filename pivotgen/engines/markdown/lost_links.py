"""Lost links: what is said of text that was meant as a link, and how it becomes one."""

from __future__ import annotations

import re

from pivotgen.engines.markdown.marks import Remains
from pivotgen.model.edit import Edit
from pivotgen.model.problem import Problem

_LINK = "[words](other-file.md)"


def lost_link(
    path: str, place: tuple[int, int], source: str, remains: Remains, *, has_blocks: bool
) -> Problem:
    """The problem of text that was meant as a link; `source` is its line of the file.

    `has_blocks` says whether it stands where definitions and footnotes can be written.
    """
    kind, text = remains.kind, remains.text
    if kind in ("reference", "note"):
        return _undefined(path, place, remains, has_blocks=has_blocks)
    messages = {
        "wiki": (f"`{text}` is a link of another program", f"write {_LINK}"),
        "blank": (
            "the address of this link has a blank in it, so it is no link",
            f"put it in angle brackets: (<{remains.part}>)",
        ),
        "gap": (
            "there is a blank between the words of this link and its address",
            "delete the blank",
        ),
        "swapped": ("the brackets of this link are the wrong way round", f"write {remains.part}"),
        "unclosed": ("this link is never closed", f"end it with a round bracket: {_LINK}"),
        "broken": (
            "this is meant as a link and is none",
            f"write {_LINK}; an address with brackets goes in <>: [words](<a(b).md>)",
        ),
    }
    if text.startswith("!"):
        shown = text.removeprefix("![[").removesuffix("]]")
        messages["wiki"] = (
            f"`{text}` is an image of another program",
            f"write ![what it shows](/assets/{shown})",
        )
    message, hint = messages[kind]
    return Problem(
        path, *place, "lost-link", message, hint, edits=_edits(path, place, source, remains)
    )


def _undefined(path: str, place: tuple[int, int], remains: Remains, *, has_blocks: bool) -> Problem:
    if remains.kind == "note":
        message = f"there is no footnote `{remains.text}`"
        hint = f"write it below, on a line of its own: {remains.text}: …"
        if not has_blocks:
            hint = "take it out: footnotes are for the text and for answers"
    else:
        # `[words][]` names its definition by its words.
        label = remains.part or re.findall(r"\[([^\[\]]*)\]", remains.text)[0]
        message = f"nothing says where the link `[{label}]` leads"
        hint = "write the address here: [words](https://…)"
        if has_blocks:
            hint = f"add a line `[{label}]: https://…`, or {hint}"
    return Problem(path, *place, "undefined-reference", message, hint)


def _edits(path: str, place: tuple[int, int], source: str, remains: Remains) -> tuple[Edit, ...]:
    """The fix, where only one is possible and the text stands in the file as the reader sees it."""
    line, column = place
    text = remains.text
    if not source.startswith(text, column - 1) or not remains.part:
        return ()
    match remains.kind:
        case "blank":
            new = text.replace(f"({remains.part}", f"(<{remains.part}>")
        case "gap":
            new = text.replace(f"]{remains.part}(", "](")
        case _:
            new = remains.part
    return (Edit(path, line, column, line, column + len(text), new),)

"""Elements: the HTML of callouts and task lists, in tokens that the engine made of them."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from pivotgen.model.phrases import placeholder

# A box, and a box with a tick. Readers cannot change them, so they are no form controls.
_BOXES = {False: ("\N{BALLOT BOX}", "task_open"), True: ("\N{BALLOT BOX WITH CHECK}", "task_done")}


def set_elements(tokens: Sequence[Token]) -> None:
    """Make HTML of callouts and tasks; their labels are placeholders of phrases."""
    for number, token in enumerate(tokens):
        if token.type == "alert_open":
            kind = str(token.meta["kind"]).lower()
            token.attrs = {"class": f"callout callout-{kind}", "role": "note"}
            title = Token("text", "", 0, content=placeholder(f"callout_{kind}"))
            # The title follows at once, in English words of the engine.
            tokens[number + 1].attrs = {"class": "callout-title"}
            tokens[number + 2].children = [title]
        elif token.type == "list_item_open" and "checked" in token.meta:
            box, phrase = _BOXES[token.meta["checked"]]
            mark = f'<span class="box" role="img" aria-label="{placeholder(phrase)}">{box}</span>'
            token.content = f'<li class="task">{mark} '
            token.type = "html_block"
        elif token.attrs.get("class") == "contains-task-list":
            token.attrs = {**token.attrs, "class": "tasks"}


def set_alignment(tokens: Sequence[Token]) -> None:
    """Give the cells of tables a class for their alignment; pages allow no `style` in a tag."""
    for token in tokens:
        if token.type in ("th_open", "td_open") and "style" in token.attrs:
            _, _, side = str(token.attrs.pop("style")).partition("text-align:")
            token.attrSet("class", f"cell-{side}")


def is_title(tokens: Sequence[Token], number: int) -> bool:
    """Whether a token is the title of a callout, which no writer typed."""
    return number > 0 and tokens[number - 1].type == "alert_title_open"

"""Placeholders: names in braces in a text of the settings or of a phrase, such as "{to}"."""

from __future__ import annotations

from string import Formatter


def fault_of_placeholders(setting: str, text: str, *known: str) -> str:
    """What is wrong with the placeholders of a setting, in plain words; "" when nothing is."""
    if odd := odd_placeholder(text):
        return f"`{odd}` in {setting} does more than stand for a text"
    if unknown := placeholders(text) - set(known):
        names = " and ".join(f"`{{{name}}}`" for name in known)
        return f"`{{{min(unknown)}}}` in {setting} is unknown; {names} exist"
    return ""


def placeholders(text: str) -> set[str]:
    """The names in braces of a text; text that is not a pattern has none."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return set()


def odd_placeholder(text: str) -> str:
    """The first placeholder that is more than a name in braces, or "".

    A format such as `{x:>99}` could make a text of any length, and an attribute or an item could
    show what is no text.
    """
    try:
        for _, name, form, conversion in Formatter().parse(text):
            if name is not None and (form or conversion or not name.isidentifier()):
                mark = f"!{conversion}" if conversion else ""
                return f"{{{name}{mark}{f':{form}' if form else ''}}}"
    except ValueError:
        pass
    return ""

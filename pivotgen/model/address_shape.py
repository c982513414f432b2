"""Address shapes: which kind of page an address is of, and which pages it is a part of."""

from __future__ import annotations

import re

# The root of any language, whether the site has it or not.
_ROOT = r"(?:/[a-z]{2,3}(?:-[a-z0-9]{2,8})*)?"
_OF_CONTENT = re.compile(rf"({_ROOT}/(?:pivots|to|from|skills)/)[^/]+/((?:questions/)?)")
_QUESTIONS = re.compile(rf"({_ROOT}/to/[^/]+/)questions/")
_FURTHER_PAGE = re.compile(
    rf"({_ROOT}(?:/|/(?:roles|skills)/|/(?:to|from|skills)/[^/]+/(?:questions/)?))page/[0-9]+/"
)
_HUB = re.compile(rf"{_ROOT}/(?:to|from|skills)/.*", re.DOTALL)


def list_of(address: str) -> str:
    """The address of the list that a further page belongs to; "" where this is none of a list."""
    match = _FURTHER_PAGE.fullmatch(address)
    return match[1] if match else ""


def pages_above(address: str) -> tuple[str, ...]:
    """The pages that this one is a part of, the nearest first.

    A further page of a list is a part of the list, and the questions about a role of its list.
    """
    of = list_of(address)
    role = _QUESTIONS.fullmatch(of or address)
    return (*((of,) if of else ()), *((role[1],) if role else ()))


def page_shape(address: str) -> str:
    """What the address of a page has in common with others of its kind, such as "/to/:name/".

    Where somebody chose the address, it is that itself.
    """
    of = list_of(address)
    match = _OF_CONTENT.fullmatch(of or address)
    shape = f"{match[1]}:name/{match[2]}" if match else of or address
    return f"{shape}page/:number/" if of else shape


def is_hub(address: str) -> bool:
    """Whether this is the address of a role's or a skill's list, which pivots make."""
    return bool(_HUB.fullmatch(address))

"""Languages: their codes, and what the settings say about the languages of a site."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

# What a language has of a text that nobody has translated.
PAGE, NONE = "page", "none"
POLICIES = (PAGE, NONE)

# A code by BCP 47, as far as sites need them: "fr", "pt-BR", "zh-Hant".
_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?(?:-[a-z0-9]{5,8})*")
# Languages that are read from right to left, and scripts that turn any language.
_RIGHT_TO_LEFT = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]
)
_SCRIPTS = frozenset(["Arab", "Hebr", "Nkoo", "Syrc", "Thaa"])


def is_code(text: str) -> bool:
    """Whether this is the code of a language, in the form in which browsers write it."""
    return bool(_CODE.fullmatch(text))


def direction_of(language: str) -> str:
    """How a language is read: "ltr" or "rtl"."""
    first, *rest = language.split("-")
    scripts = [part for part in rest if len(part) == 4]
    is_right = bool(set(scripts) & _SCRIPTS) if scripts else first in _RIGHT_TO_LEFT
    return "rtl" if is_right else "ltr"


def fault_of_languages(own: str, others: Sequence[str], untranslated: Mapping[str, str]) -> str:
    """What is wrong with the languages of the settings, in plain words; "" when nothing is."""
    for code in others:
        if not is_code(code):
            fixed = _usual(code)
            hint = f"; write `{fixed}`" if fixed else ", such as `fr` or `pt-BR`"
            return f"`{code}` in languages is no code of a language{hint}"
    roots = [code.lower() for code in dict.fromkeys((own, *others))]
    if len(set(roots)) < len(roots):
        return "two of the languages have one address; codes differ by more than capitals"
    for code, policy in untranslated.items():
        if others and code not in others:
            near = get_close_matches(code, others, 1)
            hint = f"did you mean `{near[0]}`?" if near else "name it in languages first"
            return f"`{code}` in untranslated is no other language of the site; {hint}"
        if policy not in POLICIES:
            return f"`{policy}` in untranslated is unknown; {' and '.join(POLICIES)} exist"
    return ""


def _usual(text: str) -> str:
    """The usual form of a code that is written with other capitals or an underline, or ""."""
    parts = text.replace("_", "-").split("-")
    rest = [
        part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part
        for part in parts[1:]
    ]
    fixed = "-".join([parts[0].lower(), *rest])
    return fixed if is_code(fixed) else ""

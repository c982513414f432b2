"""Phrase calls: whether a phrase that a layout asks for by its name is there."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from jinja2 import nodes

from pivotgen.engines.layouts.template_check.findings import Findings
from pivotgen.model.phrases import Phrases
from pivotgen.model.placeholders import placeholders


class PhraseCalls:
    """Checks of the phrases that layouts ask for."""

    def __init__(self, phrases: Phrases | None, findings: Findings) -> None:
        """Without `phrases` nothing is checked."""
        self._phrases = phrases.phrases if phrases else None
        self._findings = findings

    def check_key(self, at: tuple[str, int], name: str) -> None:
        """Check `phrases["name"]`. `at` is the layout and the line."""
        self._check(at, name, frozenset())

    def check_call(self, file: str, method: str, call: nodes.Call) -> None:
        """Check `phrases.say("name", …)`, `phrases.count("name", 2)` or `phrases.forms("name")`."""
        if not call.args or self._phrases is None:
            return
        at = file, call.lineno
        for name in _texts(call.args[0]):
            given = frozenset(keyword.key for keyword in call.kwargs)
            if method == "forms":
                # A script fills in what they need.
                if f"{name}.other" not in self._phrases:
                    self._check(at, f"{name}.other", frozenset(), marked=name)
            elif method == "count":
                self._check_forms(at, name, given | {"count"})
            elif not call.dyn_kwargs:
                self._check(at, name, given)

    def _check_forms(self, at: tuple[str, int], name: str, given: frozenset[str]) -> None:
        """Check both forms of a phrase that goes with a count; a missing pair is one problem."""
        forms = [f"{name}.one", f"{name}.other"]
        missing = [form for form in forms if form not in (self._phrases or ())]
        for form in missing[:1] or forms:
            self._check(at, form, given, marked=name)

    def _check(
        self, at: tuple[str, int], name: str, given: frozenset[str], *, marked: str = ""
    ) -> None:
        """Add a problem when the phrase is missing or needs more than the names that are given.

        `marked` is what the layout writes, if that is not the whole name.
        """
        if self._phrases is None:
            return
        if name not in self._phrases:
            near = get_close_matches(name, self._phrases, 1)
            hint = f"did you mean `{near[0]}`?" if near else "phrases stand in layouts/phrases/"
            self._findings.add(at, marked or name, f"there is no phrase `{name}`", hint)
        elif needed := placeholders(self._phrases[name]) - given:
            first = min(needed)
            hint = f'write phrases.say("{name}", {first}=…)'
            if marked:
                hint = f'write phrases.count("{marked}", …, {first}=…)'
            message = f"the phrase `{name}` needs `{first}`"
            self._findings.add(at, marked or name, message, hint)


def _texts(node: nodes.Node) -> Iterator[str]:
    """The texts that an expression may be, as far as they are written out."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, nodes.CondExpr):
        yield from _texts(node.expr1)
        if node.expr2:
            yield from _texts(node.expr2)

"""Macros: whether a call gives a macro what it takes, and the names its body then sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jinja2 import nodes

from pivotgen.engines.layouts.syntax_tree import nodes_of
from pivotgen.engines.layouts.template_check.findings import Findings, did_you_mean
from pivotgen.engines.layouts.template_check.scope import UNKNOWN, Macro, Scope, Value
from pivotgen.model.lazy_dataclass import dataclass

# What Jinja gives a macro that uses the name.
_IMPLICIT = ("caller", "varargs", "kwargs")


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a call hands over."""

    positional: Sequence[Value]
    named: Mapping[str, Value]
    # Whether there may be more, from `*list` or `**mapping`.
    more: bool = False

    def without_first(self) -> Arguments:
        """The same arguments without the first one."""
        return Arguments(self.positional[1:], self.named, self.more)


def bind_arguments(macro: Macro, arguments: Arguments) -> Scope:
    """The scope of a macro's body when it is called with these arguments.

    The value of a parameter that is left to its default is unknown here.
    """
    parameters = parameter_names(macro)
    names: dict[str, Value] = dict.fromkeys((*_IMPLICIT, *parameters), UNKNOWN)
    names |= dict(zip(parameters, arguments.positional, strict=False))
    names |= {name: value for name, value in arguments.named.items() if name in names}
    return macro.place.scope.inner(names)


def defaults_used(macro: Macro, arguments: Arguments) -> list[tuple[str, nodes.Expr]]:
    """The parameters that a call leaves to their defaults, each with its default."""
    if arguments.more:
        return []
    defaults = macro.node.defaults
    pairs = zip(parameter_names(macro)[-len(defaults) :], defaults, strict=True) if defaults else ()
    given = {*parameter_names(macro)[: len(arguments.positional)], *arguments.named}
    return [(name, default) for name, default in pairs if name not in given]


def check_arguments(
    macro: Macro, arguments: Arguments, at: tuple[str, int], called: str, findings: Findings
) -> None:
    """Add a problem for arguments that Jinja would refuse.

    `at` is the layout and the line of the call, `called` the macro as it is written there.
    """
    parameters = parameter_names(macro)
    shown = f"`{called.rpartition('.')[2]}({', '.join(parameters)})`"
    word = called.rpartition(".")[2]
    count, most = len(arguments.positional), len(parameters)
    if count > most and not _uses(macro, "varargs"):
        takes = f"{most} argument" if most == 1 else f"{most or 'no'} arguments"
        given = "1 is given" if count == 1 else f"{count} are given"
        message = f"`{called}` takes {takes}, and {given}"
        findings.add(at, word, message, f"it is {shown}", path=called)
    for name in arguments.named:
        if name in parameters or _uses(macro, "kwargs"):
            continue
        if name != "caller":
            hint = f"{did_you_mean(name, parameters)}it is {shown}"
            findings.add(at, name, f"`{called}` has no argument `{name}`", hint)
        elif not _uses(macro, "caller"):
            message = f"`{called}` shows nothing of what stands in a `call` block"
            findings.add(at, word, message, "write `{{ caller() }}` in the macro", path=called)


def parameter_names(macro: Macro) -> list[str]:
    """The names of a macro's parameters, in their order."""
    return [parameter.name for parameter in macro.node.args]


def _uses(macro: Macro, name: str) -> bool:
    body = nodes_of(*macro.node.body)
    return any(isinstance(node, nodes.Name) and node.name == name for node in body)

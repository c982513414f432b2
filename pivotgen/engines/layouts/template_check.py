"""Closed: what a layout asks for that its page does not have, found without making a page.

It follows names as far as they are passed plainly: through loops, `set`, macros, includes and
extends. Where it cannot know what a value is, it is silent.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from difflib import get_close_matches
from functools import cache
from typing import Any

from jinja2 import meta, nodes

from pivotgen.engines.layouts.template_errors import stopped
from pivotgen.model.config import placeholders
from pivotgen.model.phrases import Phrases
from pivotgen.model.problem import Problem
from pivotgen.model.view import Chrome

_GIVEN = ("view", "site", "graph")
# Macros that call each other are followed no deeper.
_DEPTH = 12

# What is known of each name: its type, a macro with its file, the macros of a file, or None.
Names = dict[str, Any]


def closed(
    texts: Mapping[str, str],
    asts: Mapping[str, nodes.Template],
    known: Iterable[str],
    views: Mapping[str, type[Any]],
    words: Phrases | None,
) -> list[Problem]:
    """Every name, attribute, layout and phrase that is not there.

    `known` are the functions; without `words`, phrases are not looked at.
    """
    walk = _Walk(texts, asts, {*known, *_GIVEN}, words)
    for layout, view in views.items():
        if layout in asts:
            walk.page(layout, view)
    return sorted(
        replace(found, message=f"{found.message}{stopped(kinds, views)}", hint=hint)
        for found, (hint, kinds) in walk.found.items()
    )


class _Walk:
    def __init__(
        self,
        texts: Mapping[str, str],
        asts: Mapping[str, nodes.Template],
        known: set[str],
        words: Phrases | None,
    ) -> None:
        # With the hint of the first kind of page that it was found for, and all those kinds.
        self.found: dict[Problem, tuple[str, set[str]]] = {}
        self._words = words
        self._kind = ""
        self._lines = {name: text.splitlines() for name, text in texts.items()}
        self._asts = asts
        self._known = known
        self._macros = {
            name: {one.name: (name, one) for one in ast.find_all(nodes.Macro)}
            for name, ast in asts.items()
        }
        # Attributes that a layout asks about before it uses them.
        self._asked = {name: set(_asked(ast)) for name, ast in asts.items()}
        self._told: dict[str, tuple[set[str], set[str]]] = {}
        self._stack: list[str] = []
        self._seen: set[str] = set()

    def page(self, kind: str, view: type[Any]) -> None:
        """Follow the layout of one kind of page."""
        self._seen, self._kind = set(), kind
        self._file(kind, {"view": view, "site": Chrome, "graph": str}, None)
        declared = set(self._known)
        for one in self._seen:
            declared |= self._names(one)[0]
        for one in sorted(self._seen):
            for lost in sorted(self._names(one)[1] - declared):
                self._lost(one, lost, declared)

    def _names(self, file: str) -> tuple[set[str], set[str]]:
        """The names that a file gives, and those that it expects; pages share most files."""
        if file not in self._told:
            ast = self._asts[file]
            self._told[file] = _declared(ast), meta.find_undeclared_variables(ast)
        return self._told[file]

    def _lost(self, file: str, name: str, declared: set[str]) -> None:
        asked = self._asked[file]
        for node in self._asts[file].find_all(nodes.Name):
            if node.name == name and node.ctx == "load" and name not in asked:
                near = get_close_matches(name, sorted(declared), 1)
                hint = "a layout sees `view`, `site` and `graph`"
                hint = f"did you mean `{near[0]}`? {hint}" if near else hint
                self._tell(file, node.lineno, name, f"there is no `{name}` here", hint)

    def _file(self, name: str, names: Names, asked_by: tuple[str, nodes.Node] | None) -> None:
        if name not in self._asts:
            if asked_by:
                self._missing(name, *asked_by)
            return
        if name in self._stack:
            # An include may end by a condition; what extends itself never does.
            if asked_by and isinstance(asked_by[1], nodes.Extends):
                way = " → ".join([*self._stack[self._stack.index(name) :], name])
                said = f"this layout extends itself: {way}"
                hint = "let one of them extend no other"
                self._tell(asked_by[0], asked_by[1].lineno, name, said, hint)
            return
        self._seen.add(name)
        self._stack.append(name)
        self._body(name, self._asts[name].body, names)
        self._stack.pop()

    def _missing(self, name: str, file: str, node: nodes.Node) -> None:
        near = get_close_matches(name, sorted(self._asts), 1)
        hint = f"did you mean `{near[0]}`?" if near else "write it, or name another"
        self._tell(file, node.lineno, name, f"there is no layout `{name}`", hint)

    def _body(self, file: str, body: Iterable[nodes.Node], names: Names) -> None:
        for node in body:
            self._node(file, node, names)

    def _node(self, file: str, node: nodes.Node, names: Names) -> None:
        match node:
            case nodes.Extends() | nodes.Include() | nodes.Import() | nodes.FromImport():
                self._other(file, node, names)
            case nodes.For():
                kind = self._type(file, node.iter, names)
                inner = {**names, "loop": None}
                _bind(node.target, _element(kind), inner)
                if node.test:
                    self._type(file, node.test, inner)
                self._body(file, node.body, inner)
                self._body(file, node.else_, dict(names))
            case nodes.If():
                self._type(file, node.test, names)
                branches = [dict(names) for _ in range(3)]
                self._body(file, node.body, branches[0])
                self._body(file, node.elif_, branches[1])
                self._body(file, node.else_, branches[2])
                for name in {key for branch in branches for key in branch}:
                    kinds = [branch.get(name) for branch in branches]
                    names[name] = kinds[0] if all(one == kinds[0] for one in kinds) else None
            case nodes.Assign():
                if isinstance(node.target, nodes.Tuple) and isinstance(node.node, nodes.Tuple):
                    for target, value in zip(node.target.items, node.node.items, strict=False):
                        _bind(target, self._type(file, value, names), names)
                else:
                    _bind(node.target, self._type(file, node.node, names), names)
            case nodes.Macro():
                names[node.name] = (file, node)
            case nodes.Block():
                self._body(file, node.body, dict(names))
            case nodes.Expr():
                self._type(file, node, names)
            case nodes.Output():
                self._body(file, node.nodes, names)
            case _:
                # Statements that bind names in ways of their own: nothing is known inside.
                inner = dict.fromkeys(_declared(node))
                self._body(file, node.iter_child_nodes(), {**names, **inner})

    def _other(self, file: str, node: Any, names: Names) -> None:
        """A layout that this one names."""
        if not isinstance(node.template, nodes.Const) or not isinstance(node.template.value, str):
            return
        other = node.template.value
        if isinstance(node, nodes.Extends | nodes.Include):
            if not (isinstance(node, nodes.Include) and node.ignore_missing):
                shared = names if isinstance(node, nodes.Extends) else dict(names)
                self._file(other, shared, (file, node))
        elif other not in self._asts:
            self._missing(other, file, node)
        else:
            self._seen.add(other)
            macros = self._macros[other]
            if isinstance(node, nodes.Import):
                names[node.target] = macros
            else:
                for one in node.names:
                    old, new = one if isinstance(one, tuple) else (one, one)
                    names[new] = macros.get(old)

    def _type(self, file: str, node: nodes.Node | None, names: Names) -> Any:
        """What an expression is, as far as it can be known; faults inside it are told."""
        match node:
            case nodes.Name():
                return names.get(node.name)
            case nodes.Getattr():
                return self._attribute(file, node, self._type(file, node.node, names), node.attr)
            case nodes.Getitem(arg=nodes.Const(value=str() as key)):
                kind = self._type(file, node.node, names)
                if _bare(kind) is Phrases:
                    self._phrase(file, node.lineno, key, None)
                    return str
                # Whatever finds its items itself may have this one.
                own = hasattr(kind, "__getitem__")
                return None if own else self._attribute(file, node, kind, key)
            case nodes.Getitem():
                kind = self._type(file, node.node, names)
                self._type(file, node.arg, names)
                return kind if isinstance(node.arg, nodes.Slice) else _element(kind)
            case nodes.Call():
                self._call(file, node, names)
                return None
            case None:
                return None
            case _:
                self._body(file, (one for one in node.iter_child_nodes()), names)
                return None

    def _call(self, file: str, node: nodes.Call, names: Names) -> None:
        called = self._type(file, node.node, names)
        self._asks(file, node, names)
        given = [self._type(file, one, names) for one in node.args]
        named = {one.key: self._type(file, one.value, names) for one in node.kwargs}
        if isinstance(node.node, nodes.Name) and node.node.name == "once" and given:
            called, given = given[0], given[1:]
        if not isinstance(called, tuple) or len(self._stack) > _DEPTH:
            return
        where, macro = called
        inner: Names = {**self._macros[where], **{one.name: None for one in macro.args}}
        inner |= {one.name: kind for one, kind in zip(macro.args, given, strict=False)}
        inner |= {key: kind for key, kind in named.items() if key in inner}
        self._seen.add(where)
        self._stack.append(f"{where} {macro.name}")
        if self._stack.count(self._stack[-1]) == 1:
            self._body(where, macro.body, inner)
        self._stack.pop()

    def _asks(self, file: str, node: nodes.Call, names: Names) -> None:
        """Look at the phrase that `words.say(...)` or `words.count(...)` asks for by its name."""
        method = node.node
        if not isinstance(method, nodes.Getattr) or method.attr not in ("say", "count"):
            return
        if not node.args or _bare(self._type(file, method.node, names)) is not Phrases:
            return
        given = {one.key for one in node.kwargs}
        for name in _constants(node.args[0]):
            if method.attr == "count":
                forms = [f"{name}.{form}" for form in ("one", "other")]
                # Where both are not there, one says so.
                lost = [one for one in forms if self._words and one not in self._words.phrases]
                for one in lost[:1] or forms:
                    self._phrase(file, node.lineno, one, {"count"}, name)
            elif not node.dyn_kwargs:
                self._phrase(file, node.lineno, name, given)

    def _phrase(
        self, file: str, line: int, name: str, given: set[str] | None, word: str = ""
    ) -> None:
        """Tell a phrase that there is not, or that lacks a name; None when it is given none."""
        if self._words is None:
            return
        phrases = self._words.phrases
        if name not in phrases:
            near = get_close_matches(name, phrases, 1)
            hint = f"did you mean `{near[0]}`?" if near else "phrases stand in layouts/phrases/"
            self._tell(file, line, word or name, f"there is no phrase `{name}`", hint)
        elif lost := placeholders(phrases[name]) - (given or set()):
            first = min(lost)
            hint = f'write phrases.say("{name}", {first}=…)'
            self._tell(file, line, name, f"the phrase `{name}` needs `{first}`", hint)

    def _attribute(self, file: str, node: Any, kind: Any, name: str) -> Any:
        kind = _bare(kind)
        if isinstance(kind, dict):
            return kind.get(name)
        if not is_dataclass(kind):
            return None
        if name in (hints := _hints(typing.cast(Any, kind))):
            return hints[name]
        path = _path(node)
        if hasattr(kind, name) or (path and path in self._asked[file]):
            return None
        there = [one.name for one in fields(kind)]
        near = get_close_matches(name, there, 1)
        owner = _path(node.node) or "this"
        page = f" of {self._stack[0]}" if owner == "view" and self._stack else ""
        if kind is Phrases:
            hint = f'a phrase is written {owner}["{name}"]'
            self._tell(file, node.lineno, name, f"`{path or name}` does not exist", hint)
            return None
        hint = f"did you mean `{near[0]}`? " if near else ""
        hint += f"`{owner}`{page} has {', '.join(f'`{one}`' for one in there)}"
        self._tell(file, node.lineno, name, f"`{path or name}` does not exist", hint)
        return None

    def _tell(self, file: str, line: int, word: str, message: str, hint: str) -> None:
        lines = self._lines[file]
        words = lines[line - 1] if line <= len(lines) else ""
        match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", words)
        column = match.start() + 1 if match else 1
        problem = Problem(f"layouts/{file}", line, column, "layout", message)
        self.found.setdefault(problem, (hint, set()))[1].add(self._kind)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _bare(kind: Any) -> Any:
    """The type without `| None`; None for any other choice of types."""
    if isinstance(kind, types.UnionType):
        kinds = [one for one in typing.get_args(kind) if one is not type(None)]
        return kinds[0] if len(kinds) == 1 else None
    return kind


def _element(kind: Any) -> Any:
    kind = _bare(kind)
    return typing.get_args(kind)[0] if typing.get_origin(kind) is tuple else None


def _constants(node: nodes.Node) -> Iterable[str]:
    """The texts that an expression may be, as far as they are written out."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, nodes.CondExpr):
        yield from _constants(node.expr1)
        if node.expr2:
            yield from _constants(node.expr2)


def _bind(target: nodes.Node, kind: Any, names: Names) -> None:
    if isinstance(target, nodes.Name):
        names[target.name] = kind
    else:
        names |= dict.fromkeys(one.name for one in target.find_all(nodes.Name))


def _declared(node: nodes.Node) -> set[str]:
    """Every name that a layout gives a value, wherever it does."""
    found = {one.name for one in node.find_all(nodes.Name) if one.ctx != "load"}
    found |= {one.name for one in node.find_all(nodes.Macro)}
    found |= {one.target for one in node.find_all(nodes.Import)}
    for one in node.find_all(nodes.FromImport):
        found |= {name[1] if isinstance(name, tuple) else name for name in one.names}
    return found


def _asked(ast: nodes.Template) -> Iterable[str]:
    """What stands before `is defined` or `|default`."""
    for test in ast.find_all(nodes.Test):
        if test.name in ("defined", "undefined"):
            yield _path(test.node)
    for one in ast.find_all(nodes.Filter):
        if one.name in ("default", "d") and one.node:
            yield _path(one.node)


def _path(node: nodes.Node) -> str:
    """An expression as it is written, such as "view.card.title"; "" when it is not so plain."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        owner = _path(node.node)
        return f"{owner}.{node.attr}" if owner else ""
    return ""

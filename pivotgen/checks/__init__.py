"""Checks: rules of quality, one per file.

A rule is a module of this folder with `check(site)`; it is found by being there. Rules warn and
never stop a build. A site adds its own with `Config(checks=...)`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable

from pivotgen.model.problem import Problem
from pivotgen.model.site import Site

Rule = Callable[[Site], Iterable[Problem]]


def rules() -> list[Rule]:
    """Every rule of this folder, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f"{__name__}.{name}").check for name in names]

"""pivotgen: the static site generator for career-pivot sites."""

from pivotgen.cli import main
from pivotgen.model.config import Config, Party
from pivotgen.model.pivot import Call
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site

__all__ = ["Call", "Config", "Level", "Party", "Problem", "Site", "main"]

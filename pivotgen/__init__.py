"""pivotgen: the static site generator for career-pivot sites."""

from pivotgen.cli import main
from pivotgen.model.config import Config, Party
from pivotgen.model.pivot import Call

__all__ = ["Call", "Config", "Party", "main"]

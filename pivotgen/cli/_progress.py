"""Progress: how far long work has come, on a terminal only."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from pivotgen.cli._terminal import draw

# From how many steps on a bar shows the progress: few, where each step waits for another site.
_LONG = 500
_LONG_WAIT = 10
# How many steps the bar has.
_BAR = 30


@dataclass(slots=True)
class Bar:
    """A bar on one line of the terminal; it goes when the work is done."""

    # The stage and the step that the terminal shows.
    shown: tuple[str, int] = ("", 0)

    def show(self, stage: str, done: int, total: int) -> None:
        """Show how much of a stage is done, where that moves the bar."""
        steps = done * _BAR // total
        long = _LONG_WAIT if stage == "asking" else _LONG
        if total < long or self.shown == (stage, steps) or not sys.stderr.isatty():
            return
        self.shown = (stage, steps)
        bar = f"{'█' * steps}{'░' * (_BAR - steps)} {stage} {done:,} of {total:,}"
        draw(bar if done < total else "")

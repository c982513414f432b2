"""The law of incremental builds, put to the test by random edits."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.pipeline.law import Law

# How many steps `make law` asks for; `make test` takes fewer, and the same ones every time.
_STEPS = int(os.environ.get("PIVOTGEN_LAW", "0"))


_TOGETHER = 50


def test_after_any_edits_the_tree_is_the_one_of_a_clean_build() -> None:
    Law.steps = Law.compared = 0
    run_state_machine_as_test(
        Law,
        settings=settings(
            max_examples=2 * _STEPS // _TOGETHER if _STEPS else 8,
            stateful_step_count=_TOGETHER if _STEPS else 25,
            derandomize=not _STEPS,
            database=None,
            deadline=None,
            # A failure among few steps is told as it was found: looking for a shorter one takes
            # minutes.
            phases=[Phase.generate, *([Phase.shrink] if _STEPS else [])],
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(f"{Law.steps} steps, {Law.compared} trees compared")
    assert Law.steps >= (_STEPS or 60)

"""How thorough tests with random examples are: `make proof` tries many more than `make test`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

PROOF = os.environ.get("PIVOTGEN_PROOF") == "1"
_TIMES = 25


def tries(number: int) -> settings:
    """So many random examples, and 25 times as many in a proof; each may take its time."""
    return settings(
        max_examples=number * (_TIMES if PROOF else 1),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )

"""Programs that a test needs and that this machine may lack."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def lacking(program: str, remedy: str) -> NoReturn:
    """Skip the test for want of a program, or fail it where no test may be skipped."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{program} is missing; {remedy}")
    pytest.skip(f"{program} is missing; {remedy}")

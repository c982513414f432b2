"""The tests themselves: what they cost whoever runs one of them."""

from __future__ import annotations

import pytest

from tests.conftest import IMPORTS_PLAYWRIGHT


def test_a_test_without_a_browser_does_not_wait_for_playwright(
    pytestconfig: pytest.Config,
) -> None:
    # A run of all tests has imported every file of them by now.
    assert not pytestconfig.stash[IMPORTS_PLAYWRIGHT]

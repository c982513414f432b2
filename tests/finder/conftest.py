"""The real site as a host sends it, with its headers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world.host import hosted


@pytest.fixture(scope="session")
def host(public: Path) -> Iterator[str]:
    """The address of the real site."""
    with hosted(public) as port:
        yield f"http://127.0.0.1:{port}"

"""The stores that deploys are tried with: each is started by the first test that asks for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from pivotgen.model.targets import Target
from tests.world.services import ACCOUNT_KEY, KEY, SECRET
from tests.world.site import World
from tests.world.targets import KINDS, Services


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """The servers that were asked for."""
    with ExitStack() as stack:
        yield Services(stack, tmp_path_factory.mktemp)


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys of all stores in the environment, and nothing else for them."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "AZURE_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_KEY", ACCOUNT_KEY)


@pytest.fixture(params=KINDS)
def target(
    request: pytest.FixtureRequest, services: Services, keys: None, tmp_path: Path
) -> Target:
    """An empty target of each kind."""
    return services.new_target(str(request.param), tmp_path)


@pytest.fixture
def site(world: World) -> World:
    for name in ("Chef", "Baker", "Cook", "Waiter"):
        world.pivot(name, "Nurse")
    world.write("static/notes.txt", "Notes.\n")
    return world

"""Deploys to a real store that are killed anywhere, with requests of other threads on their way."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest

from pivotgen.commands._targets import open_target
from pivotgen.model.release import CLOCK, PRIVATE, Attributes
from pivotgen.model.targets import S3
from pivotgen.release.look import state_of
from tests.world.killing import run_deploy
from tests.world.moving_site import MovingSite, check_links
from tests.world.services import KEY, SECRET, seaweedfs
from tests.world.site import World
from tests.world.thorough import PROOF

# In a proof all of them, otherwise a tenth.
KILLS = 50 if PROOF else 5
# How many requests of a killed deploy a server may still work on, in seconds.
_LATE = 0.3


def visible(target: S3, folder: Path) -> dict[str, bytes]:
    store = open_target(target, folder)
    rows = ((key, store.get(key)) for key, _ in store.list() if not key.startswith(PRIVATE))
    return {key: stored.data for key, stored in rows if stored}


def test_readers_have_a_whole_site_however_often_a_deploy_is_killed(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    folder = tmp_path / "store"
    folder.mkdir()
    with seaweedfs(folder) as endpoint:
        target = S3("killed", endpoint=endpoint, verify=False)
        # This store makes a bucket when something comes into it.
        open_target(target, world.folder).put(CLOCK, b"", Attributes())
        settings = (world.folder / "build.py").read_text("utf-8")
        world.write("build.py", f"from pivotgen import S3\n{settings}")
        place = f'S3("killed", endpoint="{endpoint}", verify=False)'
        world.setting(f'targets={{"production": {place}}}')
        chance = random.Random(7)
        site = MovingSite(world, chance)
        kills = 0
        while kills < KILLS:
            entries = set(visible(target, world.folder))
            back = ["--rollback"] if kills and chance.random() < 0.2 else []
            for _ in range(chance.randint(1, 3)):
                words = [*back, "--max-deletes", "100"]
                number = chance.randint(2, 60) * chance.choice([1, -1])
                done = run_deploy(world.folder, *words, killed_at=number)
                assert done.returncode in (0, -signal.SIGKILL), done.stderr
                if done.returncode == 0:
                    break
                kills += 1
                time.sleep(_LATE)
                files = visible(target, world.folder)
                check_links(files, entries)
                entries &= files.keys()
                if not back and chance.random() < 0.3:
                    site.change()
            done = run_deploy(world.folder, *back, "--max-deletes", "100")
            assert done.returncode == 0, done.stderr
            files = visible(target, world.folder)
            if not back:
                built = site.build()
                assert {path: data for path, data in files.items() if path in built} == built
                assert all(path.startswith("assets/") for path in files.keys() - built.keys())
            check_links(files, files)
            state = state_of(open_target(target, world.folder))
            assert (state.holder, state.next, state.dropped) == (None, "", ())
            site.change()

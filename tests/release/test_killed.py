"""Deploys to a real store that are killed anywhere, with requests of other threads on their way."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

from pivotgen.commands._targets import open_target
from pivotgen.model.release import CLOCK, Attributes
from pivotgen.model.targets import S3
from pivotgen.release.look import state_of
from tests.world.killing import run_deploy
from tests.world.moving_site import MovingSite, check_links
from tests.world.services import seaweedfs
from tests.world.site import World
from tests.world.targets import visible
from tests.world.thorough import PROOF

# In a proof all of them, otherwise a tenth.
KILLS = 50 if PROOF else 5
# How many requests of a killed deploy a server may still work on, in seconds.
_LATE = 0.3


def test_readers_have_a_whole_site_however_often_a_deploy_is_killed(
    world: World, keys: None, tmp_path: Path
) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    with seaweedfs(folder) as endpoint:
        target = S3("killed", endpoint=endpoint, verify=False)
        # This store makes a bucket when something comes into it.
        open_target(target, world.folder).put(CLOCK, b"", Attributes())
        world.targets(f'"production": S3("killed", endpoint="{endpoint}", verify=False)')
        chance = random.Random(7)
        site = MovingSite(world, chance)
        kills = 0
        while kills < KILLS:
            entries = set(visible(target, world))
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
                files = visible(target, world)
                check_links(files, entries)
                entries &= files.keys()
                if not back and chance.random() < 0.3:
                    site.change()
            done = run_deploy(world.folder, *back, "--max-deletes", "100")
            assert done.returncode == 0, done.stderr
            files = visible(target, world)
            if not back:
                built = site.build()
                assert {path: data for path, data in files.items() if path in built} == built
                assert all(path.startswith("assets/") for path in files.keys() - built.keys())
            check_links(files, files)
            state = state_of(open_target(target, world.folder))
            assert (state.holder, state.next, state.dropped) == (None, "", ())
            site.change()

"""A cluster for the tests of one file, and sites that its workers cannot see."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.world.builds import Tree, tree
from tests.world.cluster import PATIENCE, Cluster, Place, cluster, place
from tests.world.services import KEY, SECRET
from tests.world.site import World

# A plugin and a filter of the site's own, in a module beside build.py. Each takes its time, so
# that a test can do something meanwhile.
_OWN_CODE = """\
import time


def loud(text):
    time.sleep({rendering})
    return f"{text}!"


def plugin(parser):
    def rule(state):
        time.sleep({parsing})
        for token in state.tokens:
            for child in token.children or ():
                child.content = child.content.replace("points", "POINTS")

    parser.core.ruler.push("own", rule)
"""

_IMPORTS = """\
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from own import loud, plugin
from pivotgen import Cluster
from pivotgen import"""


@pytest.fixture(scope="session")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Where clusters run; nothing of the folder of this session's sites can be seen there."""
    with (
        tempfile.TemporaryDirectory(prefix="cluster-", dir="/var/tmp") as name,
        place(Path(name), tmp_path_factory.getbasetemp()) as where,
    ):
        yield where


@pytest.fixture(scope="module")
def workers(apart: Place) -> Iterator[Cluster]:
    """A scheduler and two workers."""
    folder = apart.certificates.parent / str(id(object()))
    folder.mkdir()
    with cluster(apart, folder) as running:
        yield running


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as given:
        yield given


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)


@pytest.fixture
def site(world: World, apart: Place) -> World:
    """A site of 42 pivots with all that travels: a filter, a plugin, an old address."""
    roles = ("Chef", "Baker", "Nurse", "Teacher", "Pilot", "Judge", "Poet")
    for start in roles:
        for end in roles:
            if start != end:
                world.pivot(start, end)
    world.write("content/redirects.yaml", "/old/: /to/nurse/\n")
    world.write("static/notes.txt", "Notes.\n")
    own_code(world)
    settings = (world.folder / "build.py").read_text("utf-8")
    world.write("build.py", settings.replace("from pivotgen import", _IMPORTS, 1))
    world.setting('filters={"loud": loud}')
    world.setting("markdown=(plugin,)")
    certificates = str(apart.certificates)
    world.setting(f"cluster=Cluster(certificates={certificates!r}, patience={PATIENCE})")
    layout = (world.folder / "layouts/pivot.html").read_text("utf-8")
    marked = layout.replace(
        "{% block main %}", "{% block main %}<p>{{ view.head.title|loud }}</p>", 1
    )
    assert marked != layout
    world.write("layouts/pivot.html", marked)
    return world


def own_code(world: World, parsing: float = 0.0, rendering: float = 0.0) -> None:
    """Write the module beside build.py, whose functions take so many seconds at each call."""
    code = _OWN_CODE.replace("{parsing}", str(parsing))
    world.write("own.py", code.replace("{rendering}", str(rendering)))


def clean_tree(site: World) -> Tree:
    """What a build on this machine makes that knows of no other."""
    out, memory = site.folder / "local", site.folder / "memory"
    result = site.run("build", "--out", str(out), "--memory", str(memory))
    assert result.returncode == 0, result.stderr
    return tree(out)

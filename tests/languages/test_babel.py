"""Babel is loaded where phrases are prepared, and nowhere else, since that takes long."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.world.builds import build_here
from tests.world.languages import LANGUAGES, fill
from tests.world.site import ROOT, World

# All that a worker imports for what it parses and makes.
WORKER = (
    "pivotgen.stages.worker_pool",
    "pivotgen.stages.parse.parse",
    "pivotgen.stages.render.render_batch",
    "pivotgen.engines.layouts.layouts",
    "pivotgen.engines.markdown.engine",
    "pivotgen.engines.markdown_twin",
)
BUILD = """
import sys
from pathlib import Path
from pivotgen.pipeline import Options
from tests.world.builds import build_here
from tests.world.languages import LANGUAGES

site = Path(sys.argv[1])
report = build_here(site, LANGUAGES, site / "public")
print(report.rendered, "babel" in sys.modules)
"""


def said_by(*command: str) -> list[str]:
    result = subprocess.run(
        [sys.executable, "-c", *command], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return result.stdout.split()


def test_a_worker_loads_no_babel() -> None:
    modules = said_by(f"import sys, {', '.join(WORKER)}; print(*sys.modules)")
    assert {"jinja2", "markdown_it"} <= set(modules)
    assert not [name for name in modules if name.partition(".")[0] == "babel"]


def test_a_build_that_changes_texts_or_nothing_loads_no_babel(tmp_path: Path) -> None:
    world = fill(World(tmp_path))
    assert not build_here(world.folder, LANGUAGES, world.folder / "public").problems
    assert said_by(BUILD, str(world.folder)) == ["0", "False"]
    path = "content/pivots/chef-to-nurse.fr.md"
    world.write(path, (world.folder / path).read_text("utf-8").replace("Du texte", "Un texte"))
    assert said_by(BUILD, str(world.folder)) == ["1", "False"]
    phrases = world.folder / "layouts/phrases/fr.yaml"
    world.write("layouts/phrases/fr.yaml", phrases.read_text("utf-8") + "\n# Another line.\n")
    assert said_by(BUILD, str(world.folder))[1] == "True"

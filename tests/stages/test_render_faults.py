"""Faults of layouts: every build names the same page for the same mistake."""

from __future__ import annotations

import shutil

from tests.world.site import World


def test_a_build_after_others_names_the_page_that_a_clean_build_names(world: World) -> None:
    world.pivot("Nurse", "Pilot")
    assert world.run("build").returncode == 0
    world.pivot("Actor", "Baker")
    assert world.run("build").returncode == 0
    text = (world.folder / "layouts" / "pivot.html").read_text("utf-8")
    start = "{% block main %}"
    assert start in text
    fails = f"{start}{{{{ (view.head.title | upper)[999].x }}}}"
    world.write("layouts/pivot.html", text.replace(start, fails, 1))
    after_others = world.run("build").stderr
    shutil.rmtree(world.folder / ".pivotgen")
    assert "while making" in after_others
    assert world.run("build").stderr == after_others

"""One fault that many pages meet: it is told once, with the first page that met it."""

from __future__ import annotations

import pytest

from tests.world.site import World


@pytest.mark.parametrize("workers", [(), ("--workers", "2")])
def test_a_layout_that_fails_on_every_page_is_told_once_for_each_place(
    world: World, workers: tuple[str, ...]
) -> None:
    for name in ("Baker", "Chef", "Pilot"):
        world.pivot(name, "Nurse")
    layout = (world.folder / "layouts" / "pivot.html").read_text("utf-8")
    none = "(view.tldr|length - 1)"
    faults = (
        "{% block main %}\n"
        f"{{% if view.card.origin.text == 'Pilot' %}}{{{{ 1 / {none} }}}}{{% endif %}}\n"
        f"{{{{ 1 / {none} }}}}\n"
    )
    world.write("layouts/pivot.html", layout.replace("{% block main %}\n", faults, 1))
    result = world.run("build", *workers)
    assert result.returncode == 1
    lines = [line for line in result.stderr.split("\n") if "ZeroDivisionError" in line]
    assert len(lines) == 2
    start = layout.split("\n").index("{% block main %}") + 2
    assert lines[0].startswith(f"layouts/pivot.html:{start}:1: error[layout]: ZeroDivisionError")
    assert lines[0].endswith("(while making /pivots/pilot-to-nurse/)")
    assert lines[1].startswith(f"layouts/pivot.html:{start + 1}:1: error[layout]")
    assert lines[1].endswith("(while making /pivots/baker-to-nurse/)")
    assert not (world.folder / "public").exists()

"""Pages in another language than English."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from tests.world.html import first
from tests.world.site import PIVOT, ROOT, World


def test_a_site_in_another_language_says_so_from_the_skip_link_on(world: World) -> None:
    world.pivot("Chef", "Nurse")
    text = (world.folder / "build.py").read_text()
    world.write("build.py", text.replace("config = Config(", 'config = Config(language="es",'))
    assert world.run("build").returncode == 0
    page = LexborHTMLParser(world.read("pivots/chef-to-nurse/index.html"))
    assert first(page, "html").attributes["lang"] == "es"
    assert first(page, "a.skip").text() == "Saltar al contenido"
    assert "Paths" not in first(page, "main").text()


def test_a_spanish_page_says_no_window_in_english(world: World) -> None:
    for name, window in (("Chef", "3–9 months"), ("Baker", "6 weeks"), ("Clerk", "1–2 years")):
        world.pivot(name, "Nurse", PIVOT.replace("3–9 months", window))
    text = (world.folder / "build.py").read_text()
    world.write("build.py", text.replace("config = Config(", 'config = Config(language="es",'))
    assert world.run("build").returncode == 0
    english = {
        (path, word)
        for path, data in world.tree().items()
        if path.endswith(".html")
        for word in re.findall(r"\d (?:week|month|year)s?\b", data.decode())
    }
    assert english == set()


def test_a_language_is_read_in_its_own_direction(world: World) -> None:
    world.pivot("Chef", "Nurse")
    english = (ROOT / "layouts" / "phrases" / "en.yaml").read_text()
    world.write("layouts/phrases/ar.yaml", english.replace("direction: ltr", "direction: rtl"))
    text = (world.folder / "build.py").read_text()
    world.write("build.py", text.replace("config = Config(", 'config = Config(language="ar",'))
    assert world.run("build").returncode == 0
    assert '<html lang="ar" dir="rtl">' in world.read("index.html")


def test_words_that_are_missing_or_name_nothing_are_told(world: World) -> None:
    world.pivot("Chef", "Nurse")
    text = (world.folder / "build.py").read_text()
    world.write("build.py", text.replace("config = Config(", 'config = Config(language="es",'))
    words = (world.folder / "layouts" / "phrases" / "es.yaml").read_text()
    broken = words.replace("skip: Saltar al contenido\n", "").replace("Desde {role}", "Desde {rol}")
    world.write("layouts/phrases/es.yaml", broken)
    result = world.run("build")
    assert "layouts/phrases/es.yaml:1:1: warning[phrases]: `skip` is missing" in result.stderr
    assert "error[phrases]: `{rol}` stands for nothing in `from_role`" in result.stderr
    world.write("build.py", text.replace("config = Config(", 'config = Config(language="pl",'))
    missing = world.run("build").stderr
    assert "layouts/phrases/pl.yaml:1:1: error[phrases]: the site's language is `pl`" in missing
    assert "copy layouts/phrases/en.yaml to layouts/phrases/pl.yaml" in missing
    assert not (world.folder / "public").exists()

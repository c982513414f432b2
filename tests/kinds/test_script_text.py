"""Structured data: no text of a page may end the script element that holds it."""

from __future__ import annotations

import json
import re

import pytest

from tests.world.edits import first, page
from tests.world.site import PIVOT, World

QUESTIONS = (
    "Is </script > allowed?",
    "Is </SCRIPT /> allowed?",
    "Is <!--<script> allowed?",
    "Is A && B > C allowed?",
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A site with a pivot for each question."""
    world = World(tmp_path_factory.mktemp("asked"))
    for number, question in enumerate(QUESTIONS):
        # As typed, `<!--` would be told as a comment that is none.
        typed = json.dumps(question).replace("<!--", "\\x3c!--")
        text = PIVOT.replace("Is it hard?", typed)
        world.pivot(f"Chef {number}", "Nurse", text)
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    return world


@pytest.mark.parametrize("number", range(len(QUESTIONS)))
def test_a_question_that_looks_like_markup_is_read_back_as_it_was_asked(
    asked: World, number: int
) -> None:
    tree = page(asked, f"pivots/chef-{number}-to-nurse")
    question = " ".join(QUESTIONS[number].split())
    graph = json.loads(first(tree, "script").text())["@graph"]
    [faq] = [node for node in graph if node["@type"] == "FAQPage"]
    assert faq["mainEntity"][0]["name"] == question
    assert first(tree, "#questions ~ h3").text() == question


def test_the_script_holds_no_character_that_html_gives_a_meaning(asked: World) -> None:
    for number in range(len(QUESTIONS)):
        html = asked.read(f"pivots/chef-{number}-to-nurse/index.html")
        match = re.search(r'<script type="application/ld\+json">(.*)', html)
        assert match
        assert match[1].endswith("}</script>")
        assert not set("<>&") & set(match[1].removesuffix("</script>"))

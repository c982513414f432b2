"""The header of a file: what is read from its YAML."""

from __future__ import annotations

from pivotgen.engines.header.json_schema import json_schema
from pivotgen.model.header import PivotHeader
from tests.world.site import PIVOT, World

GOOD = PIVOT.replace("{a}", "Chef").replace("{b}", "Nurse")


def test_words_that_yaml_would_change_stay_as_typed(world: World) -> None:
    for number, word in enumerate(("no", "12:30", "010", "2026-01-01", "1e3", "on")):
        text = GOOD.replace("- Negotiation", f"- {word}").replace("from: Chef", f"from: R{number}a")
        world.write(f"content/pivots/p{number}.md", text)
    assert world.run("build").returncode == 0
    for number, word in enumerate(("no", "12:30", "010", "2026-01-01", "1e3", "on")):
        assert f">{word}</a></li>" in world.read(f"pivots/p{number}/index.html")


def test_bom_and_crlf_are_read(world: World) -> None:
    data = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    world.write("content/pivots/chef-to-nurse.md", data)
    assert world.run("build").returncode == 0
    assert "<em>point</em>" in world.read("pivots/chef-to-nurse/index.html")


def test_the_example_in_the_schema_is_valid_for_every_key() -> None:
    document = json_schema(PivotHeader)
    assert set(document["required"]) == {
        "title",
        "description",
        "from",
        "to",
        "window",
        "tldr",
        "skills",
        "faqs",
    }
    assert all(value["description"] for value in document["properties"].values())

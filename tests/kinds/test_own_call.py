"""The call to action: what a page says itself comes before what the whole site says."""

from __future__ import annotations

from tests.world.edits import first, page, with_keys
from tests.world.site import World

OWN = (
    "cta:",
    '  heading: "From {from}?"',
    '  text: "Become a {to} & more."',
    "  label: Start",
    "  url: https://example.com/start?a=1&b=2",
)


def shown(world: World, name: str) -> list[str]:
    tree = page(world, f"pivots/{name}-to-nurse")
    button = first(tree, ".call a")
    words = (first(tree, ".call h2"), first(tree, ".call p"), button)
    return [*(node.text().removesuffix(" →") for node in words), button.attributes["href"] or ""]


def test_each_part_of_a_call_comes_from_the_page_or_else_from_the_site(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.pivot("Pilot", "Nurse", with_keys(*OWN))
    parts = {"heading": 1, "text": 2, "label": 3, "url": 4}
    for name, line in parts.items():
        world.pivot(name, "Nurse", with_keys(OWN[0], OWN[line]))
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    common = shown(world, "chef")
    assert common[0] == "Is this pivot realistic for you?"
    assert "before you move toward Nurse." in common[1]
    assert common[2:] == ["Take the paper test", "https://next.example/"]
    own = shown(world, "pilot")
    assert own == [
        "From Pilot?",
        "Become a Nurse & more.",
        "Start",
        "https://example.com/start?a=1&b=2",
    ]
    for at, name in enumerate(parts):
        expected = [*common]
        expected[at] = own[at].replace("Pilot", name)
        assert shown(world, name) == expected

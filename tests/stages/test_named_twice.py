"""Names on a page: one that is given twice counts once, and a link to a role finds a full list."""

from __future__ import annotations

from tests.world.edits import links, page, with_keys
from tests.world.site import World


def test_a_skill_that_is_named_twice_lists_its_page_once(world: World) -> None:
    twice = with_keys().replace("  - Negotiation\n", "  - Negotiation\n  - Tact\n  - Negotiation\n")
    world.pivot("Chef", "Nurse", twice)
    world.pivot("Pilot", "Nurse")
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    cards = links(page(world, "skills/negotiation"), "[aria-labelledby=pivots] tbody a")
    assert cards == ["/pivots/chef-to-nurse/", "/pivots/pilot-to-nurse/"]
    assert "2 career pivots in which" in world.read("skills/negotiation/index.html")
    assert "Negotiation 2 career pivots" in page(world, "skills").text()
    assert links(page(world, "to/nurse"), "main .chips a") == [
        "/skills/negotiation/",
        "/skills/tact/",
    ]


def test_a_link_to_a_role_leads_to_the_paths_into_it_or_else_out_of_it(world: World) -> None:
    role = "---\nname: {name}\ndescription: What a {name} is for.\n---\nSome text.\n"
    for name in ("Chef", "Nurse", "Medic"):
        world.write(f"content/roles/{name.lower()}.md", role.replace("{name}", name))
    names = ("chef", "nurse", "medic")
    body = "".join(f"\n[Some {name}](../roles/{name}.md)\n" for name in names)
    world.pivot("Chef", "Nurse", with_keys(body=body))
    world.pivot("Nurse", "Medic")
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    assert links(page(world, "pivots/chef-to-nurse"), "div.prose a") == [
        "/from/chef/",
        "/to/nurse/",
        "/to/medic/",
    ]

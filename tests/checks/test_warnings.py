"""Warnings, as the whole program tells them."""

from __future__ import annotations

from tests.world.site import PIVOT, World

LONG = "Ovens teach {a} cooks that timing beats talent, and wards teach {b} staff the same."


def test_a_copied_page_is_found_with_both_places_when_only_the_roles_were_swapped(
    world: World,
) -> None:
    for a, b in (("Chef", "Nurse"), ("Baker", "Medic")):
        world.pivot(a, b, PIVOT.replace("Some text.", LONG))
    result = world.run("check")
    place = "content/pivots/chef-to-nurse.md:17:1: warning[echo]"
    assert place in result.stderr
    assert "content/pivots/baker-to-medic.md:17" in result.stderr
    assert result.returncode == 0
    assert world.run("check", "--strict").returncode == 1


def test_pages_that_share_only_turns_of_phrase_are_left_alone(world: World) -> None:
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text.", "Ask to see the rota first."))
    world.pivot("Baker", "Medic", PIVOT.replace("Some text.", "Ask to see the rota next."))
    assert "echo" not in world.run("check").stderr


def test_a_name_with_one_wrong_letter_is_a_warning(world: World) -> None:
    world.pivot("Chef", "Product Manager")
    world.pivot("Baker", "Product Manager")
    world.pivot("Clerk", "Product Manger")
    result = world.run("check")
    assert "clerk-to-product-manger.md:5:5: warning[likely-typo]" in result.stderr
    assert "hint: did you mean `Product Manager`?" in result.stderr
    assert result.returncode == 0


def test_two_names_of_one_letter_apart_that_are_used_alike_are_left_alone(world: World) -> None:
    for name in ("Chef", "Baker"):
        world.pivot(name, "Mail Sorter")
        world.pivot(name, "Nail Sorter")
    assert "likely-typo" not in world.run("check").stderr


def test_a_sites_own_filter_and_rule_are_used(world: World) -> None:
    world.pivot("Chef", "Nurse")
    text = (world.folder / "build.py").read_text()
    own = (
        "    filters={'shout': str.upper},\n    checks=(too_few,),\n"
        "    rules_off=('thin-section',),\n)\n\nif"
    )
    rule = (
        "from pivotgen import Level, Problem\n\ndef too_few(site):\n"
        "    yield Problem('build.py', 1, 1, 'too-few', str(len(site.pivots)), '', Level.WARNING)\n"
    )
    world.write("build.py", rule + text.replace(")\n\nif", own))
    layout = (world.folder / "layouts" / "skill.html").read_text()
    world.write("layouts/skill.html", layout.replace("{{ view.name }}", "{{ view.name|shout }}"))
    assert "warning[too-few]: 1" in world.run("check").stderr
    assert "warning[thin-section]" not in world.run("check").stderr
    assert world.run("build").returncode == 0
    assert ">NEGOTIATION</h1>" in world.read("skills/negotiation/index.html")

"""Renaming a role or a skill, and the redirects that it leaves behind."""

from __future__ import annotations

import pytest

from tests.world.edits import configure
from tests.world.site import PIVOT, World

ROLE = """\
---
name: Nurse  # as on the ward
field: Health
description: Keeps people well.
---
See [the way in](../pivots/chef-to-nurse.md).
"""


@pytest.fixture
def ward(world: World) -> World:
    """Three pivots that name one role in each kind of quotes, its file, and links to it."""
    world.write("content/roles/nurse.md", ROLE)
    world.pivot("Chef", "Nurse", PIVOT.replace("to: {b}", "to: 'Nurse'  # where it ends"))
    world.pivot("Nurse", "Baker", PIVOT.replace("from: {a}", 'from: "Nurse"'))
    links = "See [nurses](../roles/nurse.md), [paths](/to/nurse/) and [more](/to/nurse)."
    world.pivot("Baker", "Nurse", PIVOT.replace("Some text.", links))
    return world


def test_a_role_gets_its_new_name_in_every_source_and_nothing_else_changes(ward: World) -> None:
    before = {path: data for path, data in _content(ward).items() if "/roles/" not in path}
    done = ward.run("rename-role", "Nurse", "Registered Nurse", "--yes")
    assert done.returncode == 0, done.stderr
    now = _content(ward)
    assert set(now) == {*before, "content/roles/registered-nurse.md", "content/redirects.yaml"}
    chef = before["content/pivots/chef-to-nurse.md"]
    assert now["content/pivots/chef-to-nurse.md"] == chef.replace(
        "to: 'Nurse'", "to: 'Registered Nurse'"
    )
    back = before["content/pivots/nurse-to-baker.md"]
    assert now["content/pivots/nurse-to-baker.md"] == back.replace(
        'from: "Nurse"', 'from: "Registered Nurse"'
    )
    baker = now["content/pivots/baker-to-nurse.md"]
    assert "\nto: Registered Nurse\n" in baker
    assert "[nurses](../roles/registered-nurse.md), [paths](/to/registered-nurse/)" in baker
    assert "[more](/to/registered-nurse/)" in baker
    assert 'title: "From Baker to Nurse: A View"' in baker
    assert now["content/roles/registered-nurse.md"] == ROLE.replace(
        "Nurse  #", "Registered Nurse  #"
    ).replace("---\nSee", "aliases:\n  - Nurse\n---\nSee")


@pytest.mark.parametrize(
    ("link", "now"),
    [
        ("[a](../roles/nurse.md#hours)", "[a](../roles/carer.md#hours)"),
        ("[a](/to/nurse/#hours)", "[a](/to/carer/#hours)"),
        ("[a](<../roles/nurse.md>)", "[a](<../roles/carer.md>)"),
        ('[a](/from/nurse "Leaving")', '[a](/from/carer/ "Leaving")'),
        ("[a][b] and [b]\n\n[b]: /to/nurse/", "[a][b] and [b]\n\n[b]: /to/carer/"),
        ("[a](./../roles/nurse.md)", "[a](./../roles/carer.md)"),
        # These only begin like a link to the role.
        ("[a](/to/nurse-aide/)", "[a](/to/nurse-aide/)"),
        ("[a](../roles/nurse.md.md)", "[a](../roles/nurse.md.md)"),
        ("[a](https://example.com/to/nurse/)", "[a](https://example.com/to/nurse/)"),
        ("`[a](/to/nurse/)`", "`[a](/to/nurse/)`"),
        # What stands in code is shown as it is, also beside a link to the role.
        ("`[a](/to/nurse/#hours)` [a](/to/nurse/)", "`[a](/to/nurse/#hours)` [a](/to/carer/)"),
        ("[a](/to/nurse/#hours) ``[a](/to/nurse/)``", "[a](/to/carer/#hours) ``[a](/to/nurse/)``"),
        ("[a](/to/nurse/) `b\nc [a](/to/nurse/) d`", "[a](/to/carer/) `b\nc [a](/to/nurse/) d`"),
        ("[a](/to/nurse/)\n\n    [a](/to/nurse/)", "[a](/to/carer/)\n\n    [a](/to/nurse/)"),
        (
            "[a](/to/nurse/)\n\n```\n[b]: /to/nurse/\n```",
            "[a](/to/carer/)\n\n```\n[b]: /to/nurse/\n```",
        ),
        ("\\`[a](/to/nurse/)\\`", "\\`[a](/to/carer/)\\`"),
        ("A ` tick.\n\n[a](/to/nurse/) ` b", "A ` tick.\n\n[a](/to/carer/) ` b"),
        ("- A ` tick.\n- [a](/to/nurse/) ` b", "- A ` tick.\n- [a](/to/carer/) ` b"),
    ],
)
def test_every_form_of_a_link_follows_a_renaming(ward: World, link: str, now: str) -> None:
    ward.write("content/roles/nurse.md", f"{ROLE}\n## Hours\n\nLong.\n")
    path = ward.pivot("Chef", "Baker", PIVOT.replace("Some text.", link))
    assert ward.run("rename-role", "Nurse", "Carer", "--yes").returncode == 0
    text = (ward.folder / path).read_text("utf-8")
    assert text.endswith(f"\n\n{now}\n")


def test_after_a_renaming_the_site_builds_and_old_pages_lead_to_the_new(ward: World) -> None:
    ward.run("rename-role", "Nurse", "Registered Nurse", "--yes")
    built = ward.run("build")
    assert built.returncode == 0, built.stderr
    for side in ("to", "from"):
        page = ward.read(f"{side}/nurse/index.html")
        assert f'url=/{side}/registered-nurse/"' in page
    assert "<title>" in page


def test_whoever_still_writes_the_old_name_is_told_the_new_one(ward: World) -> None:
    ward.run("rename-role", "Nurse", "Registered Nurse", "--yes")
    ward.pivot("Cook", "Nurse")
    assert "hint: write `Registered Nurse`" in ward.run("check").stderr


def test_a_renaming_taken_back_leaves_no_redirect_from_a_page(ward: World) -> None:
    ward.run("rename-role", "Nurse", "Carer", "--yes")
    ward.run("rename-role", "Carer", "Nurse", "--yes")
    text = _content(ward)["content/redirects.yaml"].splitlines()[1:]
    assert text == ["/from/carer/: /from/nurse/", "/to/carer/: /to/nurse/"]
    assert "aliases:\n  - Carer\n" in _content(ward)["content/roles/nurse.md"]
    assert ward.run("build").returncode == 0


def test_a_second_renaming_leads_every_old_address_straight_to_the_page(ward: World) -> None:
    ward.run("rename-role", "Nurse", "Carer", "--yes")
    ward.run("rename-role", "Carer", "Registered Nurse", "--yes")
    text = _content(ward)["content/redirects.yaml"]
    assert "/to/carer/: /to/registered-nurse/\n/to/nurse/: /to/registered-nurse/\n" in text
    assert ward.run("build").returncode == 0


@pytest.mark.parametrize("aliases", ["aliases: [Sister]", "aliases:\n- Sister  # on the ward"])
def test_the_old_name_joins_the_aliases_that_are_there(ward: World, aliases: str) -> None:
    ward.write("content/roles/nurse.md", ROLE.replace("field:", f"{aliases}\nfield:"))
    assert ward.run("rename-role", "Nurse", "Carer", "--yes").returncode == 0
    text = _content(ward)["content/roles/carer.md"]
    added = {"[": "aliases: [Sister, Nurse]\n", "-": f"{aliases}\n- Nurse\n"}
    assert added["[" if "[" in aliases else "-"] in text
    assert ward.run("check").returncode == 0


def test_an_alias_that_becomes_the_name_changes_places_with_it(ward: World) -> None:
    ward.write("content/roles/nurse.md", ROLE.replace("field:", "aliases: [Carer]\nfield:"))
    assert ward.run("rename-role", "Nurse", "Carer", "--yes").returncode == 0
    assert "aliases: [Nurse]" in _content(ward)["content/roles/carer.md"]


def test_a_mere_change_of_spelling_moves_nothing(ward: World) -> None:
    assert ward.run("rename-role", "nurse", "NURSE", "--yes").returncode == 0
    now = _content(ward)
    assert "content/redirects.yaml" not in now
    assert "name: NURSE  # as on the ward" in now["content/roles/nurse.md"]
    assert "aliases" not in now["content/roles/nurse.md"]


def test_a_skill_is_renamed_and_its_page_redirected(ward: World) -> None:
    ward.pivot("Cook", "Nurse", PIVOT.replace("- Negotiation", "- Bargaining"))
    result = ward.run("rename-skill", "Negotiation", "C++: basics", "--yes")
    assert result.returncode == 0, result.stderr
    assert '  - "C++: basics"\n' in _content(ward)["content/pivots/nurse-to-baker.md"]
    assert "  - Bargaining\n" in _content(ward)["content/pivots/cook-to-nurse.md"]
    assert ward.run("build").returncode == 0
    assert 'url=/skills/cpp-basics/"' in ward.read("skills/negotiation/index.html")


@pytest.mark.parametrize(
    ("command", "old", "new", "said"),
    [
        ("rename-role", "Nurze", "Carer", "there is no role `Nurze`; did you mean `Nurse`?"),
        ("rename-role", "Nurse", "bakers", "there is a role `Baker` already"),
        ("rename-role", "Nurse", "Cook", "`Head Cook` already, another name of `Chef`"),
        ("rename-role", "Nurse", "!", "no letter"),
        ("rename-role", "Nurse", "Nurse", "called `Nurse` already"),
        ("rename-skill", "Nurse", "Carer", "there is no skill `Nurse`"),
    ],
)
def test_a_renaming_that_cannot_be_is_refused_with_the_reason(
    ward: World, command: str, old: str, new: str, said: str
) -> None:
    aliases = "aliases: [Head Cook]\n"
    ward.write("content/roles/chef.md", ROLE.replace("Nurse  #", f"Chef  # a\n{aliases}#"))
    new = "head-cook" if new == "Cook" else new
    before = _content(ward)
    result = ward.run(command, old, new, "--yes")
    assert result.returncode == 2
    assert said in " ".join(result.stderr.split())
    assert _content(ward) == before


def test_nothing_is_renamed_while_a_file_cannot_be_read(ward: World) -> None:
    ward.write("content/pivots/broken.md", "Hello\n")
    before = _content(ward)
    result = ward.run("rename-role", "Nurse", "Carer", "--yes")
    assert "broken.md:1:1: error[no-frontmatter]" in result.stderr
    assert result.returncode == 1
    assert _content(ward) == before


def test_without_a_terminal_and_without_yes_the_changes_are_only_shown(ward: World) -> None:
    before = _content(ward)
    result = ward.run("rename-role", "Nurse", "Carer")
    assert "+++ b/content/roles/carer.md" in result.stdout
    assert "+/to/nurse/: /to/carer/" in result.stdout
    assert result.returncode == 1
    assert _content(ward) == before


def test_it_says_where_the_text_still_has_the_old_name_and_that_nobody_is_corrected(
    world: World,
) -> None:
    world.pivot("Chef", "Nurse")
    stdout = world.run("rename-role", "Nurse", "Carer", "--yes").stdout
    assert "No file describes the role" in stdout
    assert "still says `Nurse`: content/pivots/chef-to-nurse.md" in stdout


def test_a_role_that_only_drafts_name_has_no_page_to_redirect(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.pivot("Chef", "Baker", PIVOT.replace("window:", "draft: true\nwindow:"))
    assert world.run("rename-role", "Baker", "Bread Maker", "--yes").returncode == 0
    assert "content/redirects.yaml" not in _content(world)
    assert world.run("build").returncode == 0


@pytest.mark.parametrize("name", ["护士", "C++ Nurse", "Infirmière"])
def test_a_name_in_any_script_builds_and_its_old_pages_lead_to_it(ward: World, name: str) -> None:
    assert ward.run("rename-role", "Nurse", name, "--yes").returncode == 0
    slug = {"护士": "护士", "C++ Nurse": "cpp-nurse", "Infirmière": "infirmière"}[name]
    assert f"/to/nurse/: /to/{slug}/\n" in _content(ward)["content/redirects.yaml"]
    assert f"content/roles/{slug}.md" in _content(ward)
    built = ward.run("build")
    assert built.returncode == 0, built.stderr
    assert ward.run("rename-role", name, "Nurse", "--yes").returncode == 0
    assert ward.run("build").returncode == 0


def test_a_file_in_plain_letters_keeps_its_name_where_it_still_fits(ward: World) -> None:
    ward.run("rename-role", "Nurse", "护士", "--yes")
    (ward.folder / "content/roles/护士.md").rename(ward.folder / "content/roles/hushi.md")
    for path, text in _content(ward).items():
        ward.write(path, text.replace("roles/护士.md", "roles/hushi.md"))
    assert ward.run("rename-role", "护士", "看护", "--yes").returncode == 0
    assert "name: 看护" in _content(ward)["content/roles/hushi.md"]
    assert ward.run("rename-role", "看护", "Carer", "--yes").returncode == 0
    assert "(../roles/carer.md)" in _content(ward)["content/pivots/baker-to-nurse.md"]
    assert ward.run("build").returncode == 0


@pytest.mark.parametrize(
    ("new", "aside", "code"),
    [
        # The mark of what is still to be written.
        ("TODO Nurse", "", "todo"),
        ("Carer " * 60, "", "too-long"),
        # An old address of another page, and a file that is published as it is.
        ("Carer", "content/pivots/chef-to-nurse.md", "address-clash"),
        ("Carer", "static/to/carer/index.html", "address-clash"),
    ],
)
def test_a_name_with_which_the_site_would_not_build_is_refused(
    ward: World, new: str, aside: str, code: str
) -> None:
    if aside.startswith("static"):
        configure(ward, f"active_files=({aside!r},)")
        ward.write(aside, "x")
    elif aside:
        text = _content(ward)[aside]
        ward.write(aside, text.replace("window:", "aliases: [/to/carer/]\nwindow:"))
    assert ward.run("build").returncode == 0
    before = _content(ward)
    result = ward.run("rename-role", "Nurse", new, "--yes")
    assert result.returncode == 1
    assert f"error[{code}]" in result.stderr
    assert "the site would not build" in result.stderr
    assert _content(ward) == before


def test_a_site_that_does_not_build_anyway_may_be_renamed(ward: World) -> None:
    ward.pivot("Cook", "Nurse", PIVOT.replace("Some text.", "[x](nowhere.md)"))
    assert ward.run("rename-role", "Nurse", "Carer", "--yes").returncode == 0


def test_a_skill_keeps_what_it_becomes_under_its_new_name(ward: World) -> None:
    item = "- name: Bargaining\n    becomes: one more bed found"
    ward.pivot("Cook", "Nurse", PIVOT.replace("- Negotiation", item))
    result = ward.run("rename-skill", "Bargaining", "Finding beds", "--yes")
    assert result.returncode == 0, result.stderr
    text = _content(ward)["content/pivots/cook-to-nurse.md"]
    assert "  - name: Finding beds\n    becomes: one more bed found\n" in text


def test_two_skills_that_are_one_are_joined_on_demand(ward: World) -> None:
    ward.pivot("Cook", "Nurse", PIVOT.replace("- Negotiation", "- Bargaining"))
    refused = ward.run("rename-skill", "Bargaining", "negotiation", "--yes")
    assert refused.returncode == 2
    assert "join the two with --join if they are one" in " ".join(refused.stderr.split())
    assert ward.run("rename-skill", "Bargaining", "negotiation", "--join", "--yes").returncode == 0
    assert "  - Negotiation\n" in _content(ward)["content/pivots/cook-to-nurse.md"]
    assert ward.run("build").returncode == 0
    assert 'url=/skills/negotiation/"' in ward.read("skills/bargaining/index.html")


def test_two_roles_that_are_one_are_joined_and_the_old_name_becomes_an_alias(ward: World) -> None:
    ward.pivot("Cook", "Carer", PIVOT.replace("Some text.", "[c](/to/carer/)"))
    assert ward.run("rename-role", "Carer", "Nurse", "--join", "--yes").returncode == 0
    assert "aliases:\n  - Carer\n" in _content(ward)["content/roles/nurse.md"]
    assert "[c](/to/nurse/)" in _content(ward)["content/pivots/cook-to-carer.md"]
    assert ward.run("build").returncode == 0
    assert 'url=/to/nurse/"' in ward.read("to/carer/index.html")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Nurse", "Baker", "content/roles/nurse.md describes `Nurse`"),
        ("Baker", "Carer", "no role `Carer` to join"),
        ("Chef", "Baker", "already about this move"),
        ("Baker", "Nurse", "the same role"),
    ],
)
def test_what_cannot_be_joined_without_a_loss_is_refused(
    ward: World, old: str, new: str, said: str
) -> None:
    before = _content(ward)
    result = ward.run("rename-role", old, new, "--join", "--yes")
    assert result.returncode in (1, 2)
    assert said in " ".join(result.stderr.split())
    assert _content(ward) == before


def test_skills_that_one_pivot_names_both_are_joined_by_hand_first(ward: World) -> None:
    both = PIVOT.replace("- Negotiation", "- Negotiation\n  - Bargaining")
    path = ward.pivot("Cook", "Nurse", both)
    result = ward.run("rename-skill", "Bargaining", "Negotiation", "--join", "--yes")
    assert f"{path}:11:5 names both" in " ".join(result.stderr.split())


def _content(world: World) -> dict[str, str]:
    return {path: data.decode() for path, data in _files(world).items()}


def _files(world: World) -> dict[str, bytes]:
    return {f"content/{path}": data for path, data in world.tree("content").items()}

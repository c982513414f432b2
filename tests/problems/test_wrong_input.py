"""Wrong input, as the whole program meets it. Every kind has its page in pivotgen/codes/."""

from __future__ import annotations

import pytest

from tests.world.builds import CONFIG, build_here
from tests.world.site import PIVOT, World

GOOD = PIVOT.replace("{a}", "Chef").replace("{b}", "Nurse")
# What is changed in a good file, what it becomes, and "line:column: error[code]".
PLACES = {
    "dead link in a folded answer": (
        "answer: Less than **it** looks.",
        "answer: >-\n      Less\n      than\n      [a](nobody.md).",
        "16:11: error[dead-link]",
    ),
    "heading too deep in a block answer": (
        "answer: Less than **it** looks.",
        "answer: |\n      Less.\n\n      ### Than",
        "16:1: error[heading-level]",
    ),
    "dead link beside its own letters": (
        "Some text.",
        "A nobody.md and [a](nobody.md).",
        "17:21: error[dead-link]",
    ),
}


@pytest.mark.parametrize("name", PLACES)
def test_a_fault_inside_an_answer_or_beside_its_like_is_told_at_its_place(
    world: World, name: str
) -> None:
    old, new, expected = PLACES[name]
    assert old in GOOD
    world.write("content/pivots/chef-to-nurse.md", GOOD.replace(old, new))
    assert f"content/pivots/chef-to-nurse.md:{expected}" in world.run("check").stderr


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (GOOD, "Hello\n", "1:1: error[no-frontmatter]"),
        ("from: Chef", 'from: "Chef', "4:7: error[yaml-syntax]"),
        ("Some text.", "See [a](nobody.md).", "17:9: error[dead-link]"),
    ],
)
def test_wrong_input_exits_one_without_a_traceback_and_writes_nothing(
    world: World, old: str, new: str, expected: str
) -> None:
    world.write("content/pivots/chef-to-nurse.md", GOOD.replace(old, new))
    result = world.run("build")
    assert f"content/pivots/chef-to-nurse.md:{expected}" in result.stderr
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert not (world.folder / "public").exists()


def test_a_byte_that_is_not_utf8_is_told_at_its_place(world: World) -> None:
    world.write("content/pivots/a-to-b.md", b"---\ntitle: caf\xe9\n---\n")
    assert "a-to-b.md:2:11: error[not-utf8]" in world.run("check").stderr


def test_a_role_spelled_two_ways_names_both_places(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.pivot("Baker", "Nurse")
    world.write(
        "content/pivots/cook-to-nurse.md",
        GOOD.replace("from: Chef", "from: Cook").replace("to: Nurse", "to: Nurses"),
    )
    stderr = world.run("check").stderr
    assert "content/pivots/cook-to-nurse.md:5:5: error[two-spellings]" in stderr
    assert "content/pivots/baker-to-nurse.md:5:5" in stderr


def test_a_link_is_told_at_its_own_place_where_another_starts_with_the_same_words(
    world: World,
) -> None:
    path = world.pivot("Chef", "Nurse", PIVOT.replace("Some text.", "[a](no.md), [b](no)."))
    stderr = world.run("check").stderr
    assert f"{path}:17:5: error[dead-link]: nothing on this site is called `no.md`" in stderr
    assert f"{path}:17:17: error[dead-link]: nothing on this site is called `no`" in stderr


def test_a_misspelt_key_is_told_once_and_a_key_that_is_nowhere_as_missing(world: World) -> None:
    text = GOOD.replace("tldr:", "tl_dr:").replace("answer:", "anwser:")
    world.write("content/pivots/chef-to-nurse.md", text.replace("window: 3–9 months\n", ""))
    stderr = world.run("check").stderr
    told = [line.split(": ", 1)[1] for line in stderr.splitlines() if ": error[" in line]
    assert told == [
        "error[missing-key]: the key `window` is missing",
        "error[unknown-key]: unknown key `tl_dr`",
        "error[unknown-key]: unknown key `anwser` in item 1 of `faqs`",
    ]


def test_problems_of_all_files_come_in_one_run(world: World) -> None:
    world.write("content/pivots/a.md", "x")
    world.write("content/pivots/b.md", GOOD.replace("tldr:", "tl_dr:"))
    stderr = world.run("check").stderr
    assert "a.md:1:1" in stderr
    assert "did you mean `tldr`?" in stderr


def test_a_link_to_a_file_with_a_problem_is_not_a_second_problem(world: World) -> None:
    broken = world.pivot("Chef", "Nurse", PIVOT.replace("3–9 months", "soon"))
    world.pivot("Baker", "Nurse", PIVOT.replace("Some text.", "[a](chef-to-nurse.md)"))
    stderr = world.run("check").stderr
    assert f"{broken}:6:9: error[bad-window]" in stderr
    assert "dead-link" not in stderr


DRAFT = PIVOT.replace("window:", "draft: true\nwindow:")


@pytest.mark.parametrize(
    ("link", "redirects", "code"),
    [
        ("[bakers](baker-to-nurse.md)", "", "draft-link"),
        ("[bakers](/pivots/baker-to-nurse/)", "", "dead-link"),
        ("[bakers](../roles/baker.md)", "", "dead-link"),
        ("Bakers.", "/old/: /pivots/baker-to-nurse/\n", "dead-redirect"),
    ],
)
def test_what_would_lead_to_a_draft_is_told_by_check_as_by_build_and_shown_by_a_preview(
    world: World, link: str, redirects: str, code: str
) -> None:
    world.pivot("Baker", "Nurse", DRAFT)
    world.pivot("Chef", "Nurse", f"{PIVOT}\nSee {link}\n")
    world.write("content/redirects.yaml", redirects)
    for command in ("check", "build"):
        result = world.run(command)
        assert (result.returncode, result.stderr.count(f"error[{code}]")) == (1, 1), command
        assert result.stderr.count(": error[") == 1
    assert world.run("build", "--drafts").returncode == 0


def test_drafts_may_link_to_each_other_without_stopping_the_site(world: World) -> None:
    world.pivot("Baker", "Nurse", DRAFT)
    world.pivot("Chef", "Nurse", f"{DRAFT}\nSee [bakers](baker-to-nurse.md).\n")
    world.pivot("Clerk", "Nurse")
    assert world.run("build").returncode == 0
    assert world.run("check").returncode == 0


def test_a_dead_link_in_a_draft_is_told_by_check_and_does_not_stop_the_site(world: World) -> None:
    world.pivot("Chef", "Nurse", f"{DRAFT}\nSee [bakers](nobody.md).\n")
    world.pivot("Clerk", "Nurse")
    assert "chef-to-nurse.md:20:14: error[dead-link]" in world.run("check").stderr
    assert world.run("build").returncode == 0


@pytest.mark.parametrize(
    "name",
    ["404.html", "robots.txt", "llms.txt", "sitemap.xml", "feed.xml", "feed.json", "ASSET"],
)
def test_no_old_address_can_be_a_file_of_the_site(world: World, name: str) -> None:
    world.pivot("Chef", "Nurse")
    assert world.run("build").returncode == 0
    if name == "ASSET":
        [name] = [one for one in world.tree() if one.endswith(".css")]
    for address in (f"/{name}", f"/{name}/", f"/{name.upper()}", f"/{name}/old"):
        world.pivot("Chef", "Nurse", PIVOT.replace("window:", f"aliases: [{address}]\nwindow:"))
        assert "md:6:11: error[address-clash]" in world.run("check").stderr, address
    world.pivot("Chef", "Nurse")
    world.write("content/redirects.yaml", f"/{name}: /to/nurse/\n")
    assert "yaml:1:1: error[address-clash]" in world.run("check").stderr


@pytest.mark.parametrize(
    ("first", "second"), [("/old/", "/OLD/"), ("/old/", "/old/index.html"), ("/a/index.html", "/a")]
)
def test_two_old_addresses_that_need_one_file_are_told(
    world: World, first: str, second: str
) -> None:
    world.pivot("Chef", "Nurse")
    world.write("content/redirects.yaml", f"{first}: /to/nurse/\n{second}: /to/nurse/\n")
    stderr = world.run("check").stderr
    assert "content/redirects.yaml:2:1: error[address-clash]" in stderr
    assert "already belongs to line 1" in stderr


@pytest.mark.parametrize("text", ["home: " + "[" * 900 + "]" * 900, "- home", "", "[" * 5000])
def test_words_that_are_none_are_told_at_their_place(world: World, text: str) -> None:
    world.pivot("Chef", "Nurse")
    world.write("layouts/phrases/en.yaml", text)
    result = world.run("check")
    assert result.stderr.startswith("layouts/phrases/en.yaml:1:")
    assert "error[phrases]" in result.stderr
    assert result.returncode == 1


def test_old_addresses_that_differ_only_by_case_clash(world: World) -> None:
    for name, old in (("Chef", "/old/"), ("Pilot", "/OLD/")):
        world.pivot(name, "Nurse", PIVOT.replace("window:", f"aliases: [{old}]\nwindow:"))
    report = build_here(world.folder, CONFIG, world.folder / "public")
    assert [(problem.code, problem.path) for problem in report.problems] == [
        ("address-clash", "content/pivots/pilot-to-nurse.md")
    ]
    assert "content/pivots/chef-to-nurse.md" in report.problems[0].message


def test_two_sources_of_one_address_are_both_named(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.pivot("Baker", "Nurse", PIVOT.replace("from:", "slug: chef-to-nurse\nfrom:"))
    stderr = world.run("build").stderr
    assert "content/pivots/chef-to-nurse.md:1:1: error[address-clash]" in stderr
    assert "content/pivots/baker-to-nurse.md already has the address" in stderr


def test_a_file_name_that_differs_by_case_alone_cannot_take_an_address(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.write("content/pivots/Chef-to-nurse.md", PIVOT)
    assert "Chef-to-nurse.md:1:1: error[bad-file-name]" in world.run("build").stderr

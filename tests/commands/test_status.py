"""`status`: every file, its state and why."""

from __future__ import annotations

import json
from datetime import date

from pivotgen.commands.status import State, status
from tests.world.builds import CONFIG
from tests.world.site import World
from tests.world.texts import GOOD_PIVOT, GOOD_ROLE

TODAY = date(2026, 11, 24)
FILE = "content/pivots/chef-to-nurse.md"


def states(world: World) -> dict[str, State]:
    return {row.path: row for row in status(CONFIG, world.folder, TODAY)[0]}


def state(world: World, text: str) -> tuple[str, str]:
    """The state of one pivot with this text, and why."""
    world.write(FILE, text)
    row = states(world)[FILE]
    return row.state, row.why


def test_a_good_page_is_published_and_says_how_old_it_is(world: World) -> None:
    assert state(world, GOOD_PIVOT) == ("published", "updated on 2026-11-01")
    undated = GOOD_PIVOT.replace("updated: 2026-11-01\n", "")
    said = "it has no `published` or `updated`, so it is in no feed"
    assert state(world, undated) == ("published", said)
    first_day = GOOD_PIVOT.replace("updated:", "published:")
    assert state(world, first_day) == ("published", "published on 2026-11-01")


def test_a_page_that_never_changed_is_stale_by_its_first_day(world: World) -> None:
    old = GOOD_PIVOT.replace("updated: 2026-11-01", "published: 2025-05-24")
    assert state(world, old) == ("stale", "published on 2025-05-24, over 18 months ago")
    changed = old.replace("published:", "updated: 2026-11-01\npublished:")
    assert state(world, changed) == ("published", "updated on 2026-11-01")


def test_the_pivots_that_are_in_no_feed_are_counted(world: World) -> None:
    undated = GOOD_PIVOT.replace("updated: 2026-11-01\n", "")
    world.write(FILE, GOOD_PIVOT)
    assert "feed" not in world.run("status").stdout
    world.write("content/pivots/baker-to-nurse.md", undated.replace("Chef", "Baker"))
    [last] = world.run("status").stdout.splitlines()[-1:]
    assert last == "1 pivot is in no feed: a feed needs `published` or `updated`."
    world.write("content/pivots/pilot-to-nurse.md", undated.replace("Chef", "Pilot"))
    draft = undated.replace("Chef", "Clerk").replace("window:", "draft: true\nwindow:")
    world.write("content/pivots/clerk-to-nurse.md", draft)
    [last] = world.run("status").stdout.splitlines()[-1:]
    assert last == "2 pivots are in no feed: a feed needs `published` or `updated`."
    report = json.loads(world.run("status", "--json").stdout)
    assert report["in_no_feed"] == 2
    assert {row["path"] for row in report["files"] if row["is_in_no_feed"]} == {
        "content/pivots/baker-to-nurse.md",
        "content/pivots/pilot-to-nurse.md",
    }


def test_a_draft_is_told_from_one_with_todos(world: World) -> None:
    draft = GOOD_PIVOT.replace("updated:", "draft: true\nupdated:")
    assert state(world, draft) == ("draft", "it says `draft: true`, and no TODO is left")
    one = draft.replace("window: 2–3 years", "window: 2–3 years  # TODO ask")
    assert state(world, one) == ("todo", "1 TODO is left, the first on line 6")
    two = one.replace("Nobody sends", "TODO. Nobody sends")
    assert state(world, two) == ("todo", "2 TODOs are left, the first on line 6")


def test_a_page_is_stale_by_its_own_age_or_that_of_a_source(world: World) -> None:
    # Eighteen months are 548 days.
    assert state(world, GOOD_PIVOT.replace("2026-11-01", "2025-05-25"))[0] == "published"
    old = GOOD_PIVOT.replace("2026-11-01", "2025-05-24")
    assert state(world, old) == ("stale", "last updated on 2025-05-24, over 18 months ago")
    source = (
        "sources:\n  - title: Handbook\n    url: https://example.com\n    accessed: 2025-05-24\n"
    )
    sourced = GOOD_PIVOT.replace("---\n## Your", f"{source}---\n## Your")
    said = "“Handbook” was last read on 2025-05-24, over 18 months ago"
    assert state(world, sourced) == ("stale", said)
    silent = "allow:\n  - rule: stale-source\n    reason: It cannot change.\n"
    assert state(world, sourced.replace("sources:", f"{silent}sources:"))[0] == "published"


def test_a_broken_page_says_its_first_error_and_how_many_follow(world: World) -> None:
    text = GOOD_PIVOT.replace("tldr:", "tl_dr:").replace("skills:", "skils:")
    kind, why = state(world, text)
    assert kind == "broken"
    assert why == "line 8: unknown key `tl_dr` (and 1 more)"
    assert state(world, "no frontmatter")[0] == "broken"
    assert state(world, GOOD_PIVOT.replace("Nobody", "TODO Nobody"))[0] == "broken"


def test_a_link_that_only_a_preview_can_follow_breaks_the_published_page(world: World) -> None:
    draft = GOOD_PIVOT.replace("Chef", "Baker").replace("updated:", "draft: true\nupdated:")
    world.write("content/pivots/baker-to-nurse.md", draft)
    kind, why = state(world, f"{GOOD_PIVOT}\nSee [bakers](baker-to-nurse.md).\n")
    assert kind == "broken"
    assert "content/pivots/baker-to-nurse.md is a draft" in why


def test_roles_are_published_only_by_pivots_that_name_them(world: World) -> None:
    world.write(FILE, GOOD_PIVOT)
    draft = GOOD_PIVOT.replace("Chef", "Baker").replace("updated:", "draft: true\nupdated:")
    world.write("content/pivots/baker-to-nurse.md", draft)
    for name in ("Nurse", "Baker", "Pilot"):
        world.write(f"content/roles/{name.lower()}.md", GOOD_ROLE.replace("Nurse", name))
    hidden = GOOD_ROLE.replace("Nurse", "Chef").replace("name:", "draft: true\nname:")
    world.write("content/roles/chef.md", hidden)
    found = states(world)
    assert found["content/roles/nurse.md"].state == "published"
    assert found["content/roles/baker.md"].why == "only drafts name this role"
    assert found["content/roles/pilot.md"].why == "no pivot names this role"
    assert found["content/roles/chef.md"].state == "draft"


def test_every_file_is_told_once_what_needs_hands_first_and_then_counted(world: World) -> None:
    world.write(FILE, GOOD_PIVOT)
    world.write("content/pivots/a-broken.md", "x")
    result = world.run("status")
    assert result.returncode == 0
    first, second, counts = result.stdout.splitlines()
    assert first.startswith("broken     content/pivots/a-broken.md: line 1: ")
    assert second.startswith(f"published  {FILE}: updated on ")
    assert counts == "2 files: 1 broken, 1 published."
    told = json.loads(world.run("status", "--json").stdout)
    assert [one["state"] for one in told["files"]] == ["broken", "published"]
    assert (told["counts"]["broken"], told["counts"]["todo"]) == (1, 0)


def test_a_site_whose_layouts_cannot_be_read_is_told_why(world: World) -> None:
    world.write(FILE, GOOD_PIVOT)
    world.write("layouts/pivot.html", "{% if %}")
    result = world.run("status")
    assert (result.returncode, result.stdout) == (1, "")
    assert "layouts/pivot.html:1" in result.stderr

"""The files of the finder: what they hold, and which edits change them."""

from __future__ import annotations

import gzip
import json

import pytest

from benchmarks.finder import generated_graph
from pivotgen.model.window import Window
from tests.world.edits import edit
from tests.world.finder import SCRIPT, graph_of, moves_files
from tests.world.site import ROLE, World

FILES = ("find/moves.json", "find/search.json", "find/map.svg", "find/map/index.html")


def built(world: World) -> dict[str, int]:
    """When each file of the finder was last written."""
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    return {path: (world.folder / "public" / path).stat().st_mtime_ns for path in FILES}


def changed(world: World, before: dict[str, int]) -> set[str]:
    return {path for path, time in built(world).items() if time != before[path]}


@pytest.mark.parametrize(
    ("old", "new", "files"),
    [
        ("Some text.", "Another text.", set()),
        ("Less than **it** looks.", "More.", set()),
        ("One *point*.", "Another point.", set()),
        ("description: What", "description: All that", set()),
        (": A View", ": Another View", {"find/search.json"}),
        ("Is it hard?", "Is it easy?", {"find/search.json"}),
        ("3–9 months", "4–9 months", {"find/moves.json"}),
        ("- Negotiation", "- Triage", {"find/search.json"}),
    ],
)
def test_an_edit_reaches_the_files_that_say_it_and_no_other(
    world: World, old: str, new: str, files: set[str]
) -> None:
    path = world.pivot("Chef", "Nurse")
    world.pivot("Nurse", "Pilot")
    before = built(world)
    edit(world, path, old, new)
    assert changed(world, before) == files


def test_a_new_move_reaches_all_of_them(world: World) -> None:
    world.pivot("Chef", "Nurse")
    before = built(world)
    world.pivot("Nurse", "Chef")
    assert changed(world, before) == set(FILES)


def test_what_readers_type_is_in_the_moves_and_on_no_page(world: World) -> None:
    world.pivot("Chef", "Nurse")
    text = ROLE.replace("{name}", "Chef").replace("description", "typed: [Xylocook]\ndescription")
    world.write("content/roles/chef.md", text)
    built(world)
    holding = [path for path, data in world.tree().items() if b"Xylocook" in data]
    assert holding == ["find/moves.json"]
    assert json.loads(world.read("find/moves.json"))["roles"][0] == "Chef\tXylocook"


def test_names_that_make_other_addresses_than_a_script_would_think_bring_theirs() -> None:
    window = Window(1, 2, "month")
    names = ["c-developer", "nurse"]
    site = graph_of(names, [("c-developer", "nurse", window)])
    assert json.loads(moves_files(site)["/find/moves.json"])["slugs"] == {}
    odd = graph_of(["медсестра", "c++"], [("медсестра", "c++", window)])
    assert json.loads(moves_files(odd)["/find/moves.json"])["slugs"] == {
        "0": "c++",
        "1": "медсестра",
    }


def test_ten_thousand_moves_are_few_bytes_and_more_are_in_files_of_their_roles() -> None:
    [whole] = moves_files(generated_graph(10_000)).values()
    assert len(gzip.compress(whole.encode(), 9)) < 16_000
    files = moves_files(generated_graph(20_100))
    assert max(len(gzip.compress(text.encode(), 9)) for text in files.values()) < 16_000
    assert len(files) == 1 + len(json.loads(files["/find/moves.json"])["roles"])


def test_the_scripts_are_as_small_as_was_promised() -> None:
    sizes = [
        len(gzip.compress(SCRIPT.with_name(f"{name}.js").read_bytes(), 9))
        for name in ("finder", "answer", "search")
    ]
    # The search is loaded by those alone who search.
    assert sum(sizes[:2]) < 8_192
    assert sizes[2] < 3_000


def test_two_pivots_about_one_move_are_told_and_stop_no_plan(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.pivot("Nurse", "Pilot")
    text = (world.folder / "content/pivots/chef-to-nurse.md").read_text("utf-8")
    world.write("content/pivots/again.md", text)
    result = world.run("lock")
    assert "error[same-move]" in result.stderr
    assert "Traceback" not in result.stderr

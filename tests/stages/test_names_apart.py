"""Names in a whole site: what is one role or skill, what is another, and what is neither."""

from __future__ import annotations

import unicodedata

import pytest

from tests.world.edits import edit, links, page, with_keys
from tests.world.site import PIVOT, ROLE, World

LANGUAGES = ["C", "C++", "C#", "F#", ".NET", "R&D", "RD"]
SCRIPTS = ["सेवक", "सेविका", "ハン", "パン", "คน", "คืน", "Кий", "Кии"]


def with_skills(*skills: str) -> str:
    return PIVOT.replace("  - Negotiation\n", "".join(f'  - "{skill}"\n' for skill in skills))


@pytest.mark.parametrize("names", [LANGUAGES, SCRIPTS])
def test_different_names_have_pages_of_their_own_and_no_fix_joins_them(
    world: World, names: list[str]
) -> None:
    for name in names:
        skills = with_skills(*names)
        path = f"content/pivots/p{names.index(name)}.md"
        world.write(path, skills.replace("{a}", f"{name} Maker").replace("{b}", "Baker"))
    before = world.tree("content")
    assert "error" not in world.run("check", "--fix", "--yes").stderr
    assert world.tree("content") == before
    assert world.run("build").returncode == 0
    chips = links(page(world, "pivots/p0"), ".carried a")
    assert len(set(chips)) == len(names)
    assert len(list((world.folder / "public" / "from").iterdir())) == len(names) + 1


def test_an_address_is_composed_even_where_the_name_is_not(world: World) -> None:
    world.write("content/pivots/p.md", PIVOT.replace("{a}", "가게 주인").replace("{b}", "Baker"))
    decomposed = unicodedata.normalize("NFD", "가게 주인")
    edit(world, "content/pivots/p.md", "from: 가게 주인", f"from: {decomposed}")
    edit(world, "content/pivots/p.md", "Some text.", "See [x](/from/가게-주인/).")
    assert world.run("build").returncode == 0
    assert (world.folder / "public/from/가게-주인/index.html").is_file()


def test_spellings_that_differ_in_a_sign_are_told_and_left_to_the_writer(world: World) -> None:
    for number, name in enumerate(["Yahoo", "Yahoo", "Yahoo!"]):
        world.pivot(f"Chef {number}", "Nurse", with_skills(name))
    checked = world.run("check", "--fix", "--yes")
    assert "the skill `Yahoo!` is written `Yahoo`" in checked.stderr
    assert "hint: write `Yahoo`, or a name with other letters" in checked.stderr
    assert '"Yahoo!"' in (world.folder / "content/pivots/chef-2-to-nurse.md").read_text("utf-8")


def test_short_words_that_differ_by_a_letter_are_no_slip(world: World) -> None:
    for number, name in enumerate(["C# Developer", "C# Developer", "F# Developer"]):
        world.write(
            f"content/pivots/p{number}.md",
            PIVOT.replace("{a}", name).replace("{b}", f"Chef {number}"),
        )
    assert "likely-typo" not in world.run("check").stderr


def test_a_name_without_its_accents_is_taken_for_a_slip_where_it_is_rare(world: World) -> None:
    for number, name in enumerate(["Résumé Writer", "Résumé Writer", "Resume Writer"]):
        text = PIVOT.replace("{a}", name).replace("{b}", f"Chef {number}")
        world.write(f"content/pivots/p{number}.md", text)
    assert "`Resume Writer` is nearly the role `Résumé Writer`" in world.run("check").stderr
    assert world.run("build").returncode == 0


@pytest.mark.parametrize(
    ("key", "name"), [("from: Chef", "🍳"), ("to: Nurse", '"***"'), ("  - Negotiation", '"…"')]
)
def test_a_name_without_a_letter_is_an_error_at_the_name(world: World, key: str, name: str) -> None:
    path = world.pivot("Chef", "Nurse")
    edit(world, path, f"\n{key}\n", f"\n{key.rpartition(' ')[0]} {name}\n")
    result = world.run("build")
    assert result.returncode == 1
    assert "error[bad-name]" in result.stderr
    assert "two-spellings" not in result.stderr


def test_a_name_is_too_long_where_no_folder_could_have_it(world: World) -> None:
    world.write(
        "content/pivots/p.md", with_skills("ば" * 90).replace("{a}", "A").replace("{b}", "B")
    )
    assert "p.md:10:5: error[bad-name]: this name is too long" in world.run("build").stderr
    world.write(
        "content/pivots/p.md", with_skills("ば" * 80).replace("{a}", "A").replace("{b}", "B")
    )
    assert world.run("build").returncode == 0


@pytest.mark.parametrize("file", ["面包师", "mianbaoshi", "cafe\u0301-面包师"])
def test_the_file_of_a_role_may_have_its_name_in_its_own_script_or_in_plain_letters(
    world: World, file: str
) -> None:
    name = "Café 面包师" if "cafe" in file else "面包师"
    slug = unicodedata.normalize("NFC", name.lower().replace(" ", "-"))
    text = PIVOT.replace("Some text.", f"[r](../roles/{file}.md) [p](/to/{slug}/#what-it-is)")
    world.write("content/pivots/p.md", text.replace("{a}", "Chef").replace("{b}", name))
    world.write(
        f"content/roles/{file}.md", ROLE.replace("{name}", name) + "\n## What it is\n\nX.\n"
    )
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    assert "What it is" in world.read(f"to/{slug}/index.html")
    to_text, to_part = links(page(world, "pivots/p"), "div.prose a")
    assert to_part == f"{to_text}#what-it-is"


def test_two_files_cannot_describe_one_role(world: World) -> None:
    world.write("content/pivots/p.md", PIVOT.replace("{a}", "Chef").replace("{b}", "面包师"))
    for file in ("面包师", "baker"):
        world.write(f"content/roles/{file}.md", ROLE.replace("{name}", "面包师"))
    assert "`面包师` also names the role at content/roles/baker.md:2:7" in world.run("build").stderr


def test_files_and_slugs_may_be_in_any_script(world: World) -> None:
    world.write(
        "content/pivots/厨师-护士.md", with_keys().replace("{a}", "Chef").replace("{b}", "Nurse")
    )
    text = with_keys("slug: повар-медсестра", "aliases: [/старое/, /%E6%97%A7/]")
    world.write("content/pivots/b.md", text.replace("{a}", "Cook").replace("{b}", "Nurse"))
    world.write("content/pages/über/uns.md", "---\ntitle: Wir\ndescription: Wir.\n---\nText.\n")
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    for path in ("pivots/厨师-护士", "pivots/повар-медсестра", "старое", "旧", "über/uns"):
        assert (world.folder / "public" / path / "index.html").is_file()
    world.write("content/pivots/Ärger.md", with_keys().replace("{a}", "A").replace("{b}", "B"))
    assert "Ärger.md:1:1: error[bad-file-name]" in world.run("build").stderr


def test_a_new_pivot_may_be_about_roles_in_any_script(world: World) -> None:
    world.pivot("Chef", "Nurse")
    assert world.run("new", "C++ Developer", "面包师").returncode == 0
    assert (world.folder / "content/pivots/cpp-developer-to-面包师.md").is_file()
    assert world.run("new", "C# Developer", "C++ Developer").returncode == 0


@pytest.mark.parametrize(("often", "is_told"), [(1, False), (2, True), (3, True)])
def test_a_name_is_a_slip_for_one_that_is_used_at_least_twice_as_often(
    world: World, often: int, is_told: bool
) -> None:
    for number, name in enumerate(["Data Analist", *["Data Analyst"] * often]):
        world.pivot(f"Chef {number}", "Nurse", with_skills(name))
    told = "nearly the skill `Data Analyst`" in world.run("check").stderr
    assert told == is_told

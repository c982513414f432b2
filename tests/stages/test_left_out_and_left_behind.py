"""What is no source is not read, and what is no longer made leaves nothing behind."""

from __future__ import annotations

from tests.world.edits import edit, with_keys
from tests.world.site import World


def test_hidden_files_and_backups_of_editors_are_not_there(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.run("build")
    before = world.tree()
    for name in ("assets/style.css~", "assets/.secret.txt", "assets/.cache/a.txt", "assets/old~/a"):
        world.write(name, "anything")
    for name in ("content/pivots/.chef.md", "content/pivots/chef-to-nurse.md~", "content/.a/b.md"):
        world.write(name, "not even frontmatter")
    world.write("layouts/.skill.html.swp.html", "{% if %}")
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    assert world.tree() == before


def test_folders_of_pages_that_are_gone_go_too_unless_a_stranger_lives_there(
    world: World,
) -> None:
    path = world.pivot("Chef", "Nurse", with_keys("aliases: [/deep/er/old/, /deep/kept/old/]"))
    gone = world.pivot("Pilot", "Nurse")
    assert world.run("build").returncode == 0
    world.write("public/deep/kept/mine.txt", "mine")
    edit(world, path, "aliases: [/deep/er/old/, /deep/kept/old/]\n", "")
    (world.folder / gone).unlink()
    result = world.run("build")
    assert result.returncode == 0
    # The two old addresses, the page, the two lists of the role that nobody names now, and the
    # questions about the role that a single pivot leads to.
    assert ", 6 removed." in result.stdout
    public = world.folder / "public"
    assert world.tree()["deep/kept/mine.txt"] == b"mine"
    folders = [path for path in public.rglob("*") if path.is_dir()]
    assert [folder for folder in folders if not any(folder.iterdir())] == []
    for name in ("deep/er", "deep/kept/old", "pivots/pilot-to-nurse", "from/pilot", "to/pilot"):
        assert not (public / name).exists(), name


def test_an_address_that_differs_by_case_alone_belongs_to_the_page_that_has_it(
    world: World,
) -> None:
    names = {
        "Baker": ("/To/Nurse/", "a page of the site"),
        "Clerk": ("/PIVOTS/Chef-to-Nurse/", "content/pivots/chef-to-nurse.md"),
        "Guide": ("/Feed.XML/", "a file of the site"),
    }
    world.pivot("Chef", "Nurse")
    for name, (address, _) in names.items():
        world.pivot(name, "Nurse", with_keys(f"aliases: [{address}]"))
    errors = world.run("build").stderr
    for name, (address, owner) in names.items():
        assert f"{address} already belongs to {owner}" in errors, name

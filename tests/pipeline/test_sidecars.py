"""Compressed copies: which files have them, when they are made, and what a build does with them."""

from __future__ import annotations

import gzip
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
import zstandard

from pivotgen.commands.why import why
from pivotgen.engines import compression
from pivotgen.model.config import Config
from pivotgen.pipeline import Options, Report, build
from pivotgen.stages.worker_pool import worker_pool
from tests.world.builds import CONFIG, Tree, build_here, clean_build, tree
from tests.world.edits import edit
from tests.world.killing import changes_of_a_build, kill_a_build
from tests.world.pictures import png, svg
from tests.world.site import World

ALL = ("br", "gz", "zst")
ENDINGS = tuple(f".{ending}" for ending in ALL)
WITH = replace(CONFIG, sidecars=ALL)
DECODED: dict[str, Callable[[bytes], bytes]] = {
    ".br": brotli.decompress,
    ".gz": gzip.decompress,
    ".zst": lambda data: zstandard.ZstdDecompressor().decompress(data),
}
LONG = "A line of a long text.\n" * 60


def built(world: World, config: Config = WITH) -> Report:
    """A build, whose bytes must be those of one that knows of none before."""
    report = build_here(world.folder, config, world.folder / "public")
    right, problems = clean_build(world.folder, config)
    assert (world.tree(), tuple(report.problems)) == (right, problems)
    return report


def copies_of(files: Tree) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name.endswith(ENDINGS)}


def wrong_copies(public: Path) -> list[str]:
    """The copies in a folder that do not say what their file says."""
    files = tree(public)
    wrong = []
    for name, data in copies_of(files).items():
        stem, ending = os.path.splitext(name)
        if stem not in files or DECODED[ending](data) != files[stem]:
            wrong.append(name)
    return wrong


def test_no_file_has_a_copy_unless_the_settings_ask_for_it(filled: World) -> None:
    built(filled, CONFIG)
    assert copies_of(filled.tree()) == {}


def test_each_file_of_text_has_a_copy_that_says_the_same_and_is_smaller(filled: World) -> None:
    filled.write("static/data/long.csv", LONG)
    filled.write("static/.well-known/long.txt", LONG)
    built(filled)
    files = filled.tree()
    assert wrong_copies(filled.folder / "public") == []
    for name in (
        *("index.html", "404.html", "sitemap.xml", "to/nurse/index.html"),
        *("data/long.csv", ".well-known/long.txt"),
    ):
        for ending in ENDINGS:
            assert len(files[f"{name}{ending}"]) < len(files[name])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("short.txt", b"A short text."),
        ("noise.txt", os.urandom(4_000)),
        ("photo.png", png(90, 90)),
        ("font.woff2", b"wOF2" + b"A" * 4_000),
        ("archive.zip", b"PK" + b"A" * 4_000),
        ("LICENSE", LONG.encode()),
    ],
)
def test_what_would_not_get_smaller_has_no_copy(world: World, name: str, data: bytes) -> None:
    world.pivot("Chef", "Nurse")
    world.write(f"static/{name}", data)
    built(world)
    assert not [path for path in copies_of(world.tree()) if path.startswith(name)]


def test_what_only_the_server_reads_has_no_copy(world: World) -> None:
    world.pivot("Chef", "Nurse")
    built(world, replace(WITH, hosts=("nginx", "caddy", "apache", "cloudfront", "netlify")))
    hidden = (".hosts", ".ht", "_")
    assert not [path for path in copies_of(world.tree()) if path.startswith(hidden)]


def test_a_media_type_of_the_settings_decides_too(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.write("static/long.glx", LONG)
    built(world, replace(WITH, media_types={".glx": "application/octet-stream"}))
    assert "long.glx.br" not in world.tree()
    built(world, replace(WITH, media_types={".glx": "application/gl+json"}))
    assert "long.glx.br" in world.tree()


def test_a_copy_is_made_anew_only_when_its_file_changes(filled: World) -> None:
    built(filled)
    page = "pivots/role-a-to-nurse/index.html"
    edit(filled, "content/pivots/role-a-to-nurse.md", "Some text.", "Other text.")
    report = built(filled)
    assert report.written_files == [page, *(f"{page}{ending}" for ending in (".br", ".zst", ".gz"))]
    # What changes no byte changes no copy either.
    edit(filled, "layouts/pivot.html", "{% extends", "{# A remark. #}{% extends")
    assert built(filled).written_files == []


def test_a_copy_is_not_made_again_for_the_same_bytes(
    filled: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(filled)
    base = filled.folder / "layouts" / "base.html"
    base.write_text("{# A remark. #}" + base.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(compression, "compressed", None)
    report = build_here(filled.folder, WITH, filled.folder / "public")
    assert report.rendered
    assert report.written_files == []


@pytest.mark.parametrize("how", ["gone", "altered", "empty", "same look"])
def test_a_lost_or_damaged_copy_is_made_again_alone(filled: World, how: str) -> None:
    built(filled)
    right = filled.tree()
    file = filled.folder / "public" / "index.html.br"
    stat, data = file.stat(), file.read_bytes()
    if how == "gone":
        file.unlink()
    else:
        file.write_bytes({"altered": data + b"!", "empty": b"", "same look": data[::-1]}[how])
        os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    report = built(filled)
    assert report.written_files == ["index.html.br"]
    assert report.rendered == 1
    assert [reason.startswith("its copy .br is") for reason in report.reasons] == [True]
    assert filled.tree() == right


def test_copies_come_and_go_with_the_setting(filled: World) -> None:
    built(filled, CONFIG)
    without = filled.tree()
    for endings in (("br",), ("br", "gz"), ("zst",), ()):
        report = built(filled, replace(CONFIG, sidecars=endings))
        copies = copies_of(filled.tree())
        assert {os.path.splitext(name)[1][1:] for name in copies} == set(endings)
        assert not set(report.written_files) & set(without)
    assert filled.tree() == without


def test_the_copies_of_a_page_go_with_it(filled: World) -> None:
    built(filled)
    (filled.folder / "content/pivots/role-a-to-nurse.md").unlink()
    report = built(filled)
    page = "pivots/role-a-to-nurse/index.html"
    assert {page, *(f"{page}{ending}" for ending in ENDINGS)} <= set(report.removed_files)
    assert not (filled.folder / "public" / page).parent.exists()


def test_a_file_that_becomes_too_small_loses_its_copies(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.write("static/form.txt", LONG)
    built(world)
    world.write("static/form.txt", "Short.")
    assert set(built(world).removed_files) == {f"form.txt{ending}" for ending in ENDINGS}


def test_old_copies_that_no_ledger_knows_are_not_left_beside_new_files(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.write("static/form.txt", LONG)
    built(world)
    shutil.rmtree(world.folder / ".pivotgen")
    world.write("static/form.txt", "Short.")
    built(world)


def test_a_site_that_came_back_from_a_cache_is_left_as_it_is(filled: World) -> None:
    built(filled)
    public = filled.folder / "public"
    shutil.copytree(public, public.with_name("copy"), copy_function=shutil.copyfile)
    shutil.rmtree(public)
    public.with_name("copy").rename(public)
    report = built(filled)
    assert (report.rendered, report.written) == (0, 0)


def test_any_number_of_workers_makes_the_same_copies(
    filled: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trees = []
    for workers in (1, 2, 3):
        out = tmp_path / f"out-{workers}"
        options = Options(memory=tmp_path / f"memory-{workers}")
        with worker_pool(workers) as pool:
            assert build(WITH, filled.folder, out, pool, options).problems == []
        trees.append(tree(out))
    assert trees[0] == trees[1] == trees[2]
    assert copies_of(trees[0])


def test_a_copy_has_no_time_and_no_machine_in_it() -> None:
    packed = compression.compressed(LONG.encode(), "gz", kept=False)
    assert packed[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    for ending in ALL:
        for kept in (False, True):
            made = {compression.compressed(LONG.encode(), ending, kept=kept) for _ in range(3)}
            assert len(made) == 1


def test_another_version_of_a_library_makes_all_copies_anew(
    filled: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(filled)
    monkeypatch.setattr(compression, "method", lambda endings: b"another")
    report = build_here(filled.folder, WITH, filled.folder / "public")
    assert report.rendered == report.files
    assert "how compressed copies are made changed" in report.reasons
    assert report.written_files == []


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("static/form.txt.br", "form.txt is the compressed copy of"),
        ("static/form.txt.GZ", "/form.txt.gz is the compressed copy of /form.txt"),
        ("static/robots.txt.zst", "/robots.txt.zst is the compressed copy of /robots.txt"),
        ("static/index.html.gz", "/index.html.gz is the compressed copy of /"),
        ("static/to/nurse/index.html.br", "is the compressed copy of /to/nurse/"),
        ("static/form.txt.br/more.csv", "/form.txt.br is the compressed copy of /form.txt"),
    ],
)
def test_a_file_with_the_name_of_a_copy_is_told_with_both_owners(
    world: World, path: str, told: str
) -> None:
    world.pivot("Chef", "Nurse")
    world.write("static/form.txt", LONG)
    world.write(path, "Mine.")
    report = build_here(world.folder, WITH, world.folder / "public")
    clash = next(each for each in report.problems if each.code == "address-clash")
    assert clash.path == path
    assert told.removeprefix("form.txt") in clash.message
    assert not (world.folder / "public").exists()


def test_an_old_address_with_the_name_of_a_copy_is_told_where_it_stands(world: World) -> None:
    path = world.pivot("Chef", "Nurse")
    world.write("static/form.txt", LONG)
    edit(world, path, "window:", "aliases: [/form.txt.br/]\nwindow:")
    report = build_here(world.folder, WITH, world.folder / "public")
    assert [(each.code, each.path, each.line) for each in report.problems] == [
        ("address-clash", path, 6)
    ]


def test_a_file_may_end_like_a_copy_where_it_is_none(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.write("static/data.csv.gz", gzip.compress(LONG.encode()))
    world.write("static/photo.png", png(3, 2))
    world.write("static/photo.png.br", "Mine.")
    world.write("static/form.txt", LONG)
    world.write("static/form.txt.zst", "Mine.")
    config = replace(CONFIG, sidecars=("br", "gz"), media_types={".br": "a/b", ".zst": "a/b"})
    assert built(world, config).problems == []
    assert world.tree()["form.txt.zst"] == b"Mine."


def test_a_copy_and_a_file_of_its_name_may_take_turns(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.write("static/form.txt", LONG)
    types = {".br": "a/b"}
    with_copies = replace(CONFIG, sidecars=("br",), media_types=types)
    without = replace(with_copies, sidecars=())
    for _ in range(2):
        built(world, with_copies)
        world.write("static/form.txt.br", "Mine.")
        built(world, without)
        assert world.tree()["form.txt.br"] == b"Mine."
        (world.folder / "static/form.txt.br").unlink()
    # The other file goes at the same time.
    world.write("static/form.txt.br", "Mine.")
    built(world, without)
    (world.folder / "static/form.txt.br").unlink()
    built(world, with_copies)
    (world.folder / "static/form.txt").unlink()
    world.write("static/form.txt.br", "Mine.")
    built(world, with_copies)
    assert world.tree()["form.txt.br"] == b"Mine."


def test_a_missing_package_is_one_line_that_names_the_extra(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.pivot("Chef", "Nurse")
    monkeypatch.setattr(compression, "find_spec", lambda name: None)
    report = build_here(world.folder, WITH, world.folder / "public")
    said = [(each.path, each.message) for each in report.problems]
    assert said == [
        ("build.py", "compressed copies that end in .br need the package `brotli`"),
        ("build.py", "compressed copies that end in .zst need the package `zstandard`"),
    ]
    assert all("pivotgen[sidecars]" in each.hint for each in report.problems)
    assert built(world, replace(CONFIG, sidecars=("gz",))).problems == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("brotli",), "did you mean `br`?"),
        ((".gz",), "did you mean `gz`?"),
        (("gzip",), "did you mean `gz`?"),
        (("zstd",), "did you mean `zst`?"),
        (("lzma",), 'there are "br", "zst", "gz"'),
        (("gz", "gz"), "sidecars names `gz` twice"),
        ("br", "sidecars must be a row of endings"),
        ((1,), "sidecars must be a row of endings"),
    ],
)
def test_a_wrong_setting_is_told(given: object, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        replace(CONFIG, sidecars=given)  # type: ignore[arg-type]


def test_why_tells_of_copies(filled: World) -> None:
    built(filled)
    out = filled.folder / "public"
    (out / "index.html.gz").unlink()
    for what in ("/", "/index.html.br"):
        lines, problems = why(WITH, filled.folder, what, out, False)
        assert problems == []
        assert "It has compressed copies: br, zst, gz." in lines
        assert "- its copy .gz is missing" in lines


def test_a_check_and_the_preview_make_no_copies(filled: World) -> None:
    assert build_here(filled.folder, WITH, None).problems == []
    out = filled.folder / "public"
    assert build_here(filled.folder, WITH, out, Options(sidecars=False)).problems == []
    assert copies_of(filled.tree()) == {}


def test_copies_have_no_address(filled: World) -> None:
    built(filled)
    assert b".br" not in filled.tree()["sitemap.xml"]
    assert b".br" not in filled.tree()["llms.txt"]


@pytest.mark.parametrize("workers", [(), ("--workers", "2")], ids=["alone", "with workers"])
def test_wherever_a_build_is_killed_no_copy_says_anything_else_than_its_file(
    world: World, tmp_path_factory: pytest.TempPathFactory, workers: tuple[str, ...]
) -> None:
    """Words change, pages come and go, a text grows and shrinks, and the setting changes."""
    world.setting('sidecars=("br", "gz")')
    world.pivot("Chef", "Nurse")
    world.pivot("Nurse", "Chef")
    assert world.run("build").returncode == 0
    public = world.folder / "public"
    settings = (world.folder / "build.py").read_text("utf-8")
    other = settings.replace('sidecars=("br", "gz")', 'sidecars=("gz", "zst")')
    base = (world.folder / "layouts" / "base.html").read_text("utf-8")
    share = 0.0
    for number in range(10):
        share = (share + 0.618) % 1
        world.write("layouts/base.html", base.replace("</html>", f"<!-- {number} --></html>"))
        world.pivot(f"Guest {number}", "Nurse")
        earlier = world.folder / f"content/pivots/guest-{number - 1}-to-nurse.md"
        earlier.unlink(missing_ok=True)
        world.write("static/form.txt", f"{number}. {LONG if number % 2 else ''}")
        world.write("build.py", other if number % 3 == 2 else settings)
        rehearsal = tmp_path_factory.mktemp("rehearsal") / "site"
        shutil.copytree(world.folder, rehearsal)
        total = changes_of_a_build(rehearsal, *workers)
        # Most changes are those of staging; what is published comes at the end.
        kill_a_build(world.folder, round((0.5 + share / 2) * total), *workers)
        assert wrong_copies(public) == []
        if number % 2:
            # What the next build finds may be as it was before the one that was killed.
            world.write("layouts/base.html", base)
            assert world.run("build").returncode == 0
            assert wrong_copies(public) == []
    assert world.run("build", "--verify").returncode == 0
    before = world.tree()
    shutil.rmtree(public)
    shutil.rmtree(world.folder / ".pivotgen")
    assert world.run("build").returncode == 0
    assert world.tree() == before


def test_a_drawing_has_copies(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.write("static/own.svg", svg("width='9' height='9'" + " " * 900))
    built(world)
    assert "own.svg.br" in world.tree()

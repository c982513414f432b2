"""Style sheets and scripts name the files that are published, or are told at their line."""

from __future__ import annotations

import re

import pytest

from tests.world.builds import CONFIG, build_here, clean_build, tree
from tests.world.site import World


@pytest.fixture
def ward(world: World) -> World:
    """A site with a few files that style sheets may name."""
    world.pivot("Chef", "Nurse")
    for path in ("assets/img/ward.png", "assets/night shift.png", "assets/fonts/a.woff2"):
        world.write(path, path)
    world.write("static/favicon.ico", "icon")
    return world


def sheet(world: World, name: str = "ward") -> str:
    """The published style sheet of a name."""
    [path] = [path for path in world.tree() if re.fullmatch(rf"assets/{name}\.\w+\.css", path)]
    return world.read(path)


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a { b: url(img/ward.png) }", r"a { b: url\(img/ward\.\w{10}\.png\) }"),
        ("a { b: URL( 'img/ward.png' ) }", r"a { b: URL\( 'img/ward\.\w{10}\.png' \) }"),
        ('a { b: url("./img/../img/ward.png") }', r'a { b: url\("img/ward\.\w{10}\.png"\) }'),
        ("a{b:url(/assets/img/ward.png)}", r"a{b:url\(img/ward\.\w{10}\.png\)}"),
        ("a{b:url('night shift.png')}", r"a{b:url\('night%20shift\.\w{10}\.png'\)}"),
        ("a{b:url(night%20shift.png)}", r"a{b:url\(night%20shift\.\w{10}\.png\)}"),
        (r"a{b:url(night\ shift.png)}", r"a{b:url\(night%20shift\.\w{10}\.png\)}"),
        (
            '@font-face{src:url(fonts/a.woff2?v=1#iefix)format("woff2")}',
            r'@font-face{src:url\(fonts/a\.\w{10}\.woff2\?v=1#iefix\)format\("woff2"\)}',
        ),
        (
            'a{b:image-set("img/ward.png" 1x type("image/png"))}',
            r'a{b:image-set\("img/ward\.\w{10}\.png" 1x type\("image/png"\)\)}',
        ),
        (
            "a{--deep:{b:{c:url(img/ward.png)}}}",
            r"a{--deep:{b:{c:url\(img/ward\.\w{10}\.png\)}}}",
        ),
        ("a{b:url(/favicon.ico)}", r"a{b:url\(\.\./favicon\.ico\)}"),
        ("/* ä */\r\na{b:url(img/ward.png)}\r\n", r"/\* ä \*/\r\na{b:url\(img/\S+\)}\r\n"),
        ("\ufeffa{b:url(img/ward.png)}", "\ufeff" + r"a{b:url\(img/ward\.\w{10}\.png\)}"),
    ],
)
def test_an_address_in_a_style_sheet_becomes_that_of_the_published_file(
    ward: World, css: str, expected: str
) -> None:
    ward.write("assets/ward.css", css)
    result = ward.run("build")
    assert (result.returncode, result.stderr) == (0, "")
    [path] = [path for path in ward.tree() if path.startswith("assets/ward.")]
    text = ward.tree()[path].decode()
    assert re.fullmatch(expected, text), text
    for address in re.findall(r"img/ward\.\w+\.png|fonts/a\.\w+\.woff2", text):
        assert f"assets/{address}" in ward.tree()


@pytest.mark.parametrize(
    "css",
    [
        "a{b:url(https://example.org/x.png)}",
        "a{b:url(//example.org/x.png)}",
        "a{b:url(data:image/png;base64,AA==)}",
        "a{b:url(#part)}",
        'a{b:url("")}',
        '@namespace svg url(http://www.w3.org/2000/svg); @namespace "img/nobody.png";',
        "/* url(nobody.png) */",
        'a{content:"url(nobody.png)"}',
        'a::after{content:"\\f101"}',
        '@charset "nobody.css";',
    ],
)
def test_what_names_no_file_of_the_site_stays_as_it_is(ward: World, css: str) -> None:
    ward.write("assets/ward.css", css)
    result = ward.run("build")
    assert (result.returncode, result.stderr) == (0, "")
    assert sheet(ward) == css


def test_imported_style_sheets_are_named_as_published_and_through_folders(ward: World) -> None:
    ward.write("assets/ward.css", '@import "parts/more.css" screen;\n@import url(parts/last.css);')
    ward.write("assets/parts/more.css", "a{b:url(../img/ward.png)}")
    ward.write("assets/parts/last.css", "a{c:d}")
    assert ward.run("build").returncode == 0
    published = ward.tree()
    addresses = re.findall(r"parts/\w+\.\w{10}\.css", sheet(ward))
    assert len(addresses) == 2
    assert all(f"assets/{address}" in published for address in addresses)
    assert re.search(r"url\(\.\./img/ward\.\w{10}\.png\)", sheet(ward, "parts/more"))


def test_a_changed_picture_changes_the_names_of_all_that_name_it(ward: World) -> None:
    ward.write("assets/style.css", '@import "more.css";')
    ward.write("assets/more.css", "a{b:url(img/ward.png)}")
    ward.run("build")
    before = ward.tree()
    ward.write("assets/img/ward.png", "another")
    ward.run("build")
    after = ward.tree()
    gone, new = before.keys() - after.keys(), after.keys() - before.keys()
    # Browsers keep a file for ever, so one with other bytes must have another name.
    assert len(gone) == len(new) == 3
    page = after["index.html"].decode()
    [style] = [path for path in new if path.startswith("assets/style.")]
    assert style in page
    assert after == clean_build(ward.folder, CONFIG)[0]


def test_builds_one_after_the_other_equal_clean_builds_whatever_style_sheets_do(
    ward: World,
) -> None:
    steps = (
        ("assets/ward.css", "a{b:url(img/ward.png)}"),
        ("assets/img/ward.png", "two"),
        ("assets/ward.css", '@import "more.css";'),
        ("assets/more.css", "a{b:url(/favicon.ico)}"),
        ("assets/ward.css", "a{b:c}"),
        ("static/favicon.ico", "three"),
        ("assets/ward.css", "a{b:url('night shift.png')}"),
    )
    for path, text in steps:
        ward.write(path, text)
        report = build_here(ward.folder, CONFIG, ward.folder / "public")
        expected, problems = clean_build(ward.folder, CONFIG)
        assert tuple(report.problems) == problems
        if not problems:
            assert tree(ward.folder / "public") == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("assets/ward.css", "a{}\nb{c:url(img/wrad.png)}", "2:9"),
        ("assets/ward.css", '@import "nobody.css";', "1:10"),
        ("assets/ward.css", "a{b:url(/nobody.ico)}", "1:9"),
        ("assets/ward.css", "a{b:url(img/)}", "1:9"),
        ("assets/ward.css", "ä{b:url(night shift.png)}", "1:5"),
        ("assets/ward.css", "a{b:url(ward.css)}", "1:9"),
        ("assets/ward.css", "a{b:image-set('img/wrad.png' 1x)}", "1:16"),
        ("static/own.css", "a{b:url(/assets/img/ward.png)}", "1:9"),
        ("static/css/own.css", "a{b:url(../assets/img/ward.png)}", "1:9"),
        ("assets/ward.js", 'import "./explorer.js"', "1:9"),
        ("assets/ward.js", "// a\nimport{a as b}from'./explorer.js';", "2:20"),
        ("assets/ward.js", 'const a = await import("/assets/explorer.js");', "1:25"),
        ("assets/ward.mjs", 'export * from "./explorer.js";', "1:16"),
        ("assets/ward.js", 'new URL("./img/ward.png", import.meta.url)', "1:10"),
        ("assets/ward.js", 'fetch("/assets/img/ward.png")', "1:8"),
        ("assets/ward.js", 'import { a } from "./nobody.js";', "1:20"),
        ("static/own.js", 'import "/assets/explorer.js";', "1:9"),
    ],
)
def test_an_address_that_will_lead_nowhere_is_told_at_its_place(
    ward: World, path: str, text: str, expected: str
) -> None:
    ward.write(path, text)
    result = ward.run("build")
    assert result.returncode == 1
    assert f"{path}:{expected}: error[dead-asset]" in result.stderr
    assert result.stderr.count("error[") == 1
    assert not (ward.folder / "public").exists()


@pytest.mark.parametrize(
    "text",
    [
        '// import "./explorer.js"\n/* import "./explorer.js" */',
        "const a = 'import \"./explorer.js\"';",
        'loader.import("./explorer.js");',
        'import { signal } from "library"; import "https://example.org/a.js";',
        'const from = "./explorer.js"; export { from };',
        "const imported = `${a} ./explorer.js`;",
    ],
)
def test_a_script_that_imports_nothing_of_the_site_is_left_alone(ward: World, text: str) -> None:
    ward.write("assets/ward.js", text)
    result = ward.run("build")
    assert (result.returncode, result.stderr) == (0, "")


def test_scripts_of_static_import_each_other_by_their_own_names(ward: World) -> None:
    ward.write("static/js/a.js", 'import "./b.js"; import("../c.js");')
    ward.write("static/js/b.js", "export {};")
    ward.write("static/c.js", "export {};")
    assert ward.run("check").returncode == 0


def test_dead_addresses_of_style_sheets_hide_no_other_problem(ward: World) -> None:
    ward.write("assets/ward.css", "a{b:url(nobody.png)}")
    path = ward.pivot("Baker", "Nurse")
    text = (ward.folder / path).read_text()
    ward.write(path, text.replace("Some text.", "[away](nobody.md)"))
    stderr = ward.run("build").stderr
    assert "error[dead-asset]" in stderr
    assert "error[dead-link]" in stderr


def test_a_style_sheet_is_remembered_and_not_parsed_again(
    ward: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ward.write("assets/ward.css", "a{b:url(img/ward.png)}")
    assert not build_here(ward.folder, CONFIG, ward.folder / "public").problems
    monkeypatch.setattr(
        "pivotgen.engines.assets.style_sheet.style_sheet_references", lambda data: 1 / 0
    )
    path = ward.pivot("Baker", "Nurse")
    report = build_here(ward.folder, CONFIG, ward.folder / "public")
    assert not report.problems
    assert (ward.folder / "public" / path.split("/", 1)[1].removesuffix(".md")).is_dir()

"""What no text may hold is refused at its place, whichever way it got in."""

from __future__ import annotations

import os
import re

import pytest

from tests.world.site import PIVOT, World

PATH = "content/pivots/chef-to-nurse.md"
# What takes the place of a line of a good pivot, and where the problem is.
HEADERS = {
    "a code of YAML for a turn of direction": (
        "Is it hard?",
        '"a\\u202eb"',
        "13:17",
        "yaml-escape",
    ),
    "a code for a mark of direction": ("Is it hard?", '"a\\u200fb"', "13:17", "yaml-escape"),
    "a code in a name": ("  - Negotiation", '  - "Nego\\x7ftiation"', "11:10", "yaml-escape"),
    "a code in a key": ("tldr:", '"x\\u2066": 1\ntldr:', "8:3", "yaml-escape"),
    "a code in a free key": ("tldr:", 'extra:\n  "x\\x1b": a\ntldr:', "9:5", "yaml-escape"),
    "a code in a free list": ("tldr:", 'extra: {a: ["x\\x85"]}\ntldr:', "8:15", "yaml-escape"),
    "an isolate as it is": ("Is it hard?", "a\u2066b\u2069", "13:16", "invisible-character"),
    "an override in quotes": ("Is it hard?", "'a\u202db'", "13:17", "invisible-character"),
    "a code of Markdown in a point": ("One *point*.", "a&#12;*b*", "9:6", "invisible-character"),
    "a code of Markdown in an answer": (
        "Less than",
        "a &#x202E;b",
        "14:15",
        "invisible-character",
    ),
    "an old address with codes": (
        "tldr:",
        "aliases:\n  - /o%E2%80%AEd/\ntldr:",
        "9:5",
        "bad-path",
    ),
    "an old address with a control character": (
        "tldr:",
        "aliases:\n  - /o%1Bd/\ntldr:",
        "9:5",
        "bad-path",
    ),
}
BODIES = {
    "a form feed": ("Some &#12;text.", "17:6"),
    "a line separator": ("Some text.\nMore &#x2028;text.", "18:6"),
    "in a heading": ("## One &#8238;two\n\nText.", "17:8"),
    "in the title of a link": ("[a](https://a.org 'b&#12;')", "17:21"),
    "in the words of a picture": ("![a&#x2029;](/assets/share.png)", "17:4"),
    "in a table": ("| a&#12; | b |\n| - | - |\n| c | d |", "17:4"),
    "in a list": ("- a\n- b *c*&#x2067;", "18:8"),
}


def lines_of(world: World) -> str:
    result = world.run("check")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    return result.stderr


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_is_refused_at_the_place(world: World, name: str) -> None:
    old, new, place, code = HEADERS[name]
    text = PIVOT.replace("{a}", "Chef").replace("{b}", "Nurse")
    assert text.count(old) == 1
    world.write(PATH, text.replace(old, new))
    line, column = place.split(":")
    found = lines_of(world)
    expected = re.findall(rf"{PATH}:(\d+):(\d+): error\[{code}\]", found)
    assert expected, found
    assert (str(int(line) - 1), column) in expected or (line, column) in expected, found


@pytest.mark.parametrize("name", BODIES)
def test_a_text_is_refused_at_the_place(world: World, name: str) -> None:
    text, place = BODIES[name]
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text.", text))
    assert f"{PATH}:{place}: error[invisible-character]" in lines_of(world)


@pytest.mark.parametrize(
    "text",
    [
        "`&#12;`",
        "    &#12;",
        "```\n&#x202e;\n```",
        "&amp;#12;",
        "a&#160;b &eacute; &zwj;",
        "x\u200fy",
    ],
)
def test_codes_that_are_shown_and_marks_that_scripts_need_stay(world: World, text: str) -> None:
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text.", f"Text.\n\n{text}\n"))
    result = world.run("build")
    assert "invisible-character" not in result.stderr
    assert result.returncode == 0


@pytest.mark.parametrize(
    "line",
    [
        '"/old\\x1b/": /pivots/chef-to-nurse/',
        '"/old\\u202e/": /pivots/chef-to-nurse/',
        '/old/: "/pivots/chef-to-nurse/#a\\u2028"',
        "/old%E2%80%AE/: /pivots/chef-to-nurse/",
        "/old%0A/: /pivots/chef-to-nurse/",
    ],
)
def test_a_redirect_is_refused_at_its_line(world: World, line: str) -> None:
    world.pivot("Chef", "Nurse")
    world.write("content/redirects.yaml", f"# Old addresses.\n{line}\n")
    codes = "invisible-character|bad-path|yaml-escape"
    assert re.search(rf"content/redirects.yaml:2:\d+: error\[(?:{codes})\]", lines_of(world))


@pytest.mark.parametrize("code", ["\\x1b", "\\u202e", "\\L", "\\x7f", "\\x0c"])
def test_a_phrase_is_refused_at_its_line(world: World, code: str) -> None:
    world.pivot("Chef", "Nurse")
    file = world.folder / "layouts/phrases/en.yaml"
    text = re.sub(
        r"(?m)^home: .*", lambda _: f'home: "Career{code} pivots"', file.read_text("utf-8")
    )
    file.write_text(text, "utf-8")
    line = text[: text.index("home:")].count("\n") + 1
    # What stands behind a backslash is told at the backslash.
    told = rf"layouts/phrases/en.yaml:{line}:\d+: error\[(?:phrases|yaml-escape)\]"
    assert re.search(told, lines_of(world))


@pytest.mark.parametrize(
    "setting",
    [
        'name="Career\\x0c pivots"',
        'name="Career\\ud800"',
        'name="a", call=Call("a\\x1b", "b", "c", "https://a.org/")',
        'name="a", authors={"ana": Party("Ana\\u202e")}',
        'name="a", footer=(Link("a\\u2028", "/"),)',
    ],
)
def test_a_setting_is_refused_at_its_line(world: World, setting: str) -> None:
    world.pivot("Chef", "Nurse")
    head = "from pivotgen import Call, Config, Party\nfrom pivotgen.model.view import Link\n"
    world.write("build.py", f'{head}config = Config(base_url="https://a.org", {setting})\n')
    assert re.search(r"build.py:3:\d+: error\[config\]: .* invisible character", lines_of(world))


@pytest.mark.parametrize("folder", ["static", "assets", "content/pivots", "content/roles"])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        (b"a\nb", "has an invisible character (U+000A) in it"),
        (b"a\x1bb", "has an invisible character (U+001B) in it"),
        ("a\u202eb".encode(), "has an invisible character (U+202E) in it"),
        ("a\u200bb".encode(), "has an invisible character (U+200B) in it"),
        (b"\xff", "is not UTF-8 text"),
        (b"a\nb\x80", "is not UTF-8 text"),
    ],
)
def test_the_name_of_a_file_is_refused(world: World, folder: str, name: bytes, said: str) -> None:
    world.pivot("Chef", "Nurse")
    os.makedirs(world.folder / folder, exist_ok=True)
    with open(os.path.join(os.fsencode(world.folder / folder), name + b".md"), "wb") as file:
        file.write(b"x")
    found = lines_of(world)
    assert f"{folder}/" in found
    assert f":1:1: error[bad-file-name]: the name of this file {said}\n" in found


def test_a_preview_goes_on_where_a_name_or_a_text_is_unfit(world: World) -> None:
    from tests.world.preview import Preview

    world.pivot("Chef", "Nurse", PIVOT.replace("Some text.", "a&#12;b"))
    world.write("static/a\x1b.txt", "x")
    preview = Preview(world.folder)
    try:
        assert "\\x1b.txt" in preview.output()
        assert preview.ask("/")[0] == 503
        assert preview.process.poll() is None
    finally:
        preview.end()

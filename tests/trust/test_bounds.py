"""No input costs more than its size is worth, and what is too long is told."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest

from pivotgen.engines.redirects.read import read_redirects
from pivotgen.model.claims import Claims
from pivotgen.model.limits import LONGEST, LONGEST_KEY
from pivotgen.model.nearest import Nearest
from pivotgen.model.problem import Problem
from pivotgen.problems.overlay import EDITOR_URL, overlay_json
from tests.world.counting import steps_of
from tests.world.site import PIVOT, ROOT, World

GOOD = PIVOT.replace("{a}", "Chef").replace("{b}", "Nurse")
PATH = "content/pivots/chef-to-nurse.md"
WORDS = " ".join(f"w{number}" for number in range(20_000))
LONG = {
    "a question": ("Is it hard?", WORDS[:59_000], "`question`"),
    "a skill": ("Negotiation", WORDS[:80_000], "item 1 of `skills`"),
    "a skill of signs": ("Negotiation", "C++ " * 20_000, "item 1 of `skills`"),
    "a title": ('"From Chef to Nurse: A View"', WORDS, "`title`"),
    "a description": (
        "What carries over from Chef to Nurse, and what does not.",
        WORDS,
        "`description`",
    ),
    "a role": ("from: Chef", f"from: {WORDS}", "`from`"),
    "a point": ("One *point*.", WORDS, "item 1 of `tldr`"),
    "an answer": ("Less than **it** looks.", WORDS, "`answer`"),
    "an author": ("tldr:", f"author: {'a' * 201}\ntldr:", "`author`"),
    "an old address": ("tldr:", f"aliases:\n  - /{'a/' * 300}\ntldr:", "item 1 of `aliases`"),
    "an address elsewhere": (
        "tldr:",
        f"cta:\n  url: https://a.org/{'a' * 2_000}\ntldr:",
        "`url`",
    ),
    "a key": ("tldr:", f"{'k' * 900}: a\ntldr:", "the key `kkkkkkkkkkkkkkkkkkkk…`"),
}


@pytest.mark.parametrize("name", LONG)
def test_a_text_that_is_too_long_is_told_in_a_moment(world: World, name: str) -> None:
    old, new, label = LONG[name]
    assert GOOD.count(old) == 1
    world.write(PATH, GOOD.replace(old, new))
    started = time.monotonic()
    result = world.run("check")
    assert time.monotonic() - started < 20
    assert result.returncode == 1
    errors = re.findall(r"error\[([a-z-]+)\]: (.*)", result.stderr)
    assert [message.partition(" has ")[0] for code, message in errors if code == "too-long"] == [
        label
    ]
    # The excerpt shows a part of the line only.
    assert len(result.stderr) < 20_000


@pytest.mark.parametrize("form", ["text", "name", "inline"])
def test_a_text_may_be_as_long_as_its_limit(world: World, form: str) -> None:
    old = {"text": "Is it hard?", "name": "Negotiation", "inline": "One *point*."}[form]
    for length, is_fine in ((LONGEST[form], True), (LONGEST[form] + 1, False)):
        world.write(PATH, GOOD.replace(old, ("word " * length)[: length - 1] + "x"))
        assert ("too-long" not in world.run("check").stderr) == is_fine
    assert LONGEST_KEY >= 100


def test_the_limits_are_written_down() -> None:
    from pivotgen.problems.codes import code

    page = code("too-long")
    assert page
    for form in ("name", "text", "inline", "markdown", "path"):
        assert f"{LONGEST[form]:,}" in page.why


@pytest.mark.parametrize(
    "phrase",
    [
        "{count:>999999999}",
        "{count!r}",
        "{count.real}",
        "{role.title}",
        "{role.url}",
        "{role.__class__}",
        "{count[0]}",
        "{count:{count}}",
        "{}",
        "{0}",
    ],
)
@pytest.mark.parametrize("name", ["home", "a_phrase_of_its_own"])
def test_a_phrase_has_no_formats(world: World, name: str, phrase: str) -> None:
    world.pivot("Chef", "Nurse")
    text = (ROOT / "layouts/phrases/en.yaml").read_text("utf-8")
    text = re.sub(rf"(?m)^{name}: .*\n", "", text) + f'{name}: "a {phrase}"\n'
    world.write("layouts/phrases/en.yaml", text)
    line = text.count("\n")
    result = world.run("check")
    assert f"layouts/phrases/en.yaml:{line}:{len(name) + 3}: error[phrases]" in result.stderr
    assert result.returncode == 1


@pytest.mark.parametrize("text", ["{from:>999999999}", "{to!r}", "{from.x}", "{to[0]}"])
def test_a_call_has_no_formats(world: World, text: str) -> None:
    world.write(PATH, GOOD.replace("tldr:", f'cta:\n  heading: "a {text}"\ntldr:'))
    assert f"{PATH}:8:12: error[unknown-name]" in world.run("check").stderr
    settings = 'Config(name="a", base_url="https://a.org", call=Call("a", "b TEXT", "c", "/d/"))'
    head = "from pivotgen import Call, Config\nconfig = "
    world.write("build.py", head + settings.replace("TEXT", text))
    result = world.run("check")
    assert "build.py:2:1: error[config]" in result.stderr


def redirected(size: int) -> object:
    # A fourth of them is enough to see how the work for each grows with the names.
    numbers = range(0, size, 4)
    lines = "".join(f"/old/page-{number}/: /nowhere/page-{number}/\n" for number in numbers)
    known = [f"/pivots/role-{number}-to-aim-{number}/" for number in range(size)]
    return read_redirects(lines.encode(), known, Claims(lambda: iter(())))


def chained(size: int) -> object:
    lines = "".join(f"/old/{number}/: /old/{number + 1}/\n" for number in range(size))
    return read_redirects(lines.encode(), ["/"], Claims(lambda: iter(())))


def in_a_circle(size: int) -> object:
    lines = "".join(f"/old/{number}/: /old/{(number + 1) % size}/\n" for number in range(size))
    return read_redirects(lines.encode(), ["/"], Claims(lambda: iter(())))


def suggested(size: int) -> object:
    names = Nearest(f"#part-of-the-page-{number}" for number in range(size))
    return [names.to(f"#prat-of-the-page-{number}") for number in range(0, size, 4)]


def shown(size: int) -> object:
    data = b"## Head\n" * size
    problems = [Problem("a.md", number, 1, "x", "y") for number in range(1, size + 1)]
    return overlay_json(problems, ROOT, EDITOR_URL, lambda path: data)


@pytest.mark.parametrize("work", [redirected, chained, in_a_circle, suggested, shown])
def test_four_times_as_much_takes_about_four_times_the_work(work: Callable[[int], object]) -> None:
    # Up to some number of names all are compared, and from there on no more than that.
    work(100)
    small, large = steps_of(lambda: work(300)), steps_of(lambda: work(1_200))
    assert large < 7 * small


@pytest.mark.parametrize(
    ("path", "text", "count"),
    [
        (
            "content/redirects.yaml",
            "".join(f"/o/{n}/: /nobody/{n}/\n" for n in range(4_000)),
            4_000,
        ),
        (PATH, GOOD.replace("Some text.", "## Head\n" * 5_000), 4_000),
        (PATH, GOOD.replace("Some text.", "[a](nobody-x.md) " * 4_000), 4_000),
        (
            PATH,
            GOOD.replace("Some text.", "".join(f"[a](#hed-{n})\n\n" for n in range(2_000))),
            2_000,
        ),
    ],
    ids=["dead redirects", "equal headings", "dead links", "dead parts"],
)
def test_thousands_of_problems_are_told_in_seconds(
    world: World, path: str, text: str, count: int
) -> None:
    world.write(PATH, GOOD)
    for number in range(60):
        world.pivot(f"Role {number}", f"Aim {number}")
    world.write(path, text)
    # A check that takes a minute runs into the time limit of the world.
    result = world.run("check")
    assert result.stderr.count("[") > count


def test_a_name_is_suggested_among_many() -> None:
    names = Nearest(f"/pivots/role-{number}-to-nurse/" for number in range(5_000))
    assert names.to("/pivots/rloe-4711-to-nurse/") == ["/pivots/role-4711-to-nurse/"]
    assert Nearest(["chef", "nurse"]).to("cheff") == ["chef"]
    assert Nearest(["chef", "nurse"]).to("x" * 10_000) == []
    assert Nearest([]).to("chef") == []

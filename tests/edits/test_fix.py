"""`check --fix`: what has one right answer is fixed, and nothing else is touched."""

from __future__ import annotations

import os
import pty
import re
import subprocess
from pathlib import Path
from tempfile import TemporaryFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pivotgen.disk.places import Places
from pivotgen.edits.apply import apply_edits, changes_for, compatible_edits
from pivotgen.edits.diff import diff
from pivotgen.edits.save import save
from pivotgen.engines.header import frontmatter, schema
from pivotgen.model.edit import Change, Edit
from pivotgen.model.header import PivotHeader
from pivotgen.model.problem import Problem
from pivotgen.problems.codes import Case
from tests.world import examples
from tests.world.site import PIVOT, ROOT, World
from tests.world.thorough import tries
from tests.world.warm import Program, Run

CHEF = "content/pivots/chef-to-nurse.md"
GOOD = PIVOT.replace("{a}", "Chef").replace("{b}", "Nurse")

# The cases of the corpus that have one right answer; the fixed file is the right example.
MENDED = {
    "bad-date single digits",
    "bad-path no slash in front",
    "bad-slug plain",
    "bad-url plain",
    "curly-quotes a name",
    "bad-path `gone` in capitals",
    "cut-text a number",
    "cut-text a text that starts with it",
    "dead-link to an address that has moved",
    "inherited-key plain",
    "lost-address a page that was renamed",
    "invisible-character a space without width behind a name",
    "invisible-character a NUL",
    "invisible-character a line separator",
    "merge-conflict in pivots.lock",
    "phrases a character that cannot be seen",
    "lost-link a blank before the address",
    "lost-link a blank in the address",
    "lost-link the brackets the wrong way round",
    "raw-mark a heading without a blank",
    "raw-mark a task without a list",
    "two-spellings a plural",
    "two-spellings an alias",
    "unknown-author a key that is misspelt",
    "unknown-author a name where the key belongs",
    "unknown-choice plain",
    "unknown-key a key of the site's own",
    "unknown-key in a question",
    "unknown-key plain",
    "wrong-type a colon that makes keys of a text",
    "wrong-type a comma in a number",
    "wrong-type a list where text is meant",
    "wrong-type neither true nor false",
    "wrong-type text where a list is meant",
    "yaml-alias an ampersand that was meant",
    "yaml-escape a folder",
    "yaml-syntax a comment of HTML",
    "yaml-syntax a key that is indented",
    "yaml-syntax a no-break space",
    "yaml-syntax a second colon",
    "yaml-syntax a tab",
    "yaml-syntax a value that starts with @",
    "yaml-syntax a value that starts with a star",
    "yaml-syntax no blank after a colon",
    "yaml-syntax no colon",
    "yaml-syntax text after a quote",
    "yaml-tag an exclamation that was meant",
}
FILES = {name: case for name, code, case in examples.CASES if code != "config"}


@pytest.mark.parametrize("name", FILES)
def test_the_wrong_example_becomes_the_right_one_or_is_left_to_its_author(
    world: World, name: str
) -> None:
    case: Case = FILES[name]
    wrong = examples.files_of(case, case.wrong)
    examples.lay_out(world, wrong)
    changes = changes_for(world.folder, examples.problems_of_example(case, case.wrong)[0])
    assert bool(changes) == (name in MENDED)
    assert save(Places(world.folder), changes) == []
    expected = examples.files_of(case, case.right) if changes else wrong
    for path, data in expected.items():
        assert (world.folder / path).read_bytes() == data
    if changes:
        # The files are now those of the right example, byte for byte.
        left = examples.problems_of_example(case, case.right)[0]
        assert changes_for(world.folder, left) == ()


def test_comments_order_quotes_line_ends_and_mark_stay(world: World) -> None:
    text = GOOD.replace("from: Chef\n", "").replace(
        "skills:\n  - Negotiation\n",
        "# carries over\nskils: 'Tact'  # one is enough\nfrom: Chef # the start\n",
    )
    world.write(CHEF, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert world.run("check", "--fix", "--yes").returncode == 0
    expected = text.replace("skils: 'Tact'", "skills:\n  - 'Tact'")
    assert (world.folder / CHEF).read_bytes() == (
        b"\xef\xbb\xbf" + expected.replace("\n", "\r\n").encode()
    )


def test_a_role_is_respelled_wherever_it_is_used_in_the_quotes_it_has(world: World) -> None:
    world.pivot("Baker", "Product Manager")
    world.pivot("Cook", "Product Manager")
    world.pivot("Clerk", "Product Manager")
    for name, written in (("Chef", "'product manager'"), ("Waiter", '"product manager"')):
        text = PIVOT.replace("to: {b}", f"to: {written}  # as ever")
        world.pivot(name, "Product Manager", text)
    result = world.run("check", "--fix", "--yes")
    assert result.returncode == 0
    for name, written in (("chef", "'Product Manager'"), ("waiter", '"Product Manager"')):
        path = f"content/pivots/{name}-to-product-manager.md"
        assert f"to: {written}  # as ever\n" in (world.folder / path).read_text("utf-8")


def test_two_spellings_that_are_used_equally_often_are_left_to_their_author(world: World) -> None:
    world.pivot("Chef", "Nurse", PIVOT.replace("- Negotiation", "- Team work"))
    world.pivot("Baker", "Nurse", PIVOT.replace("- Negotiation", "- Teamwork"))
    result = world.run("check", "--fix", "--yes")
    assert "error[two-spellings]" in result.stderr
    assert result.stdout == ""
    assert result.returncode == 1


@pytest.mark.parametrize("keys", ["draft: true\ndraf: true", "draf: true\ndrat: true"])
def test_a_misspelt_key_is_left_where_its_name_is_taken_or_wanted_twice(keys: str) -> None:
    _, problems = _header(GOOD.replace("from: Chef", f"from: Chef\n{keys}"))
    assert {problem.code for problem in problems} == {"unknown-key"}
    assert compatible_edits(problems) == {}


@pytest.mark.parametrize(
    "lines",
    [
        "title: one\n  two: three",
        "title: a: b # c",
        "title: a: \"b\" 'c'",
        "tldr: [a: b: c]",
    ],
)
def test_quotes_are_not_put_where_they_might_take_in_too_much_or_too_little(lines: str) -> None:
    document = frontmatter.split("a.md", f"---\n{lines}\n---\nText.\n".encode())
    assert isinstance(document, frontmatter.Document)
    assert [(problem.code, problem.edits) for problem in document.problems] == [("yaml-syntax", ())]


def test_what_a_mend_brings_to_light_is_mended_too_and_the_rest_is_told(world: World) -> None:
    text = GOOD.replace('"From Chef to Nurse: A View"', "From Chef to Nurse: A View")
    text = text.replace("skills:\n  - Negotiation", "skils: Negotiation")
    world.write(CHEF, text.replace("3–9 months", "soon"))
    result = world.run("check", "--fix", "--yes")
    assert (world.folder / CHEF).read_text("utf-8") == GOOD.replace("3–9 months", "soon")
    assert f"{CHEF}:6:9: error[bad-window]" in result.stderr
    assert result.stdout.endswith("\n1 file fixed.\n")
    assert "unknown-key" not in result.stderr
    assert result.returncode == 1
    again = world.run("check", "--fix", "--yes")
    assert (again.stdout, again.stderr) == ("", result.stderr)


def test_without_a_terminal_and_without_yes_the_diff_is_shown_and_nothing_changed(
    world: World,
) -> None:
    broken = GOOD.replace("tldr:", "tl_dr:")
    world.write(CHEF, broken)
    for words in (("check", "--fix"), ("check", "--diff")):
        result = world.run(*words)
        assert f"--- a/{CHEF}\n+++ b/{CHEF}\n" in result.stdout
        assert "\n-tl_dr:\n+tldr:\n" in result.stdout
        assert result.returncode == 1
        assert (world.folder / CHEF).read_text("utf-8") == broken


@pytest.mark.parametrize(("answer", "fixes"), [("y\n", True), ("n\n", False)])
def test_on_a_terminal_it_asks_after_the_diff(world: World, answer: str, fixes: bool) -> None:
    world.write(CHEF, GOOD.replace("tldr:", "tl_dr:"))
    ours, theirs = pty.openpty()
    os.write(ours, answer.encode())
    run = Run(words=["--site", str(world.folder), "check", "--fix"], cwd=str(ROOT))
    with TemporaryFile() as output:
        status = Program(run, [theirs, output.fileno(), output.fileno()]).wait()
        output.seek(0)
        said = output.read().decode()
    os.close(ours)
    os.close(theirs)
    assert said.index("+tldr:") < said.index("Change 1 file?")
    assert ((world.folder / CHEF).read_text("utf-8") == GOOD) == fixes
    assert status == (0 if fixes else 1)


def test_a_key_with_a_capital_is_put_right_and_a_text_that_begins_with_one_is_quoted(
    world: World,
) -> None:
    text = GOOD.replace('title: "From Chef to Nurse: A View"', "Title: From Chef to Nurse: A View")
    world.write(CHEF, text.replace("  - Negotiation", "  - Yes: talk: walk"))
    assert world.run("check", "--fix", "--yes").returncode == 0
    assert (world.folder / CHEF).read_text("utf-8") == GOOD.replace(
        "  - Negotiation", '  - "Yes: talk: walk"'
    )


def test_a_report_for_programs_cannot_be_mixed_with_a_diff(world: World) -> None:
    assert world.run("check", "--fix", "--format", "json").returncode == 2


def test_edits_that_touch_one_another_are_not_made_together() -> None:
    def problem(line: int, *edits: Edit) -> Problem:
        return Problem("a.md", line, 1, "unknown-key", "", edits=edits)

    one, same, over = (Edit("a.md", 1, 1, 1, end, "x") for end in (5, 5, 9))
    beside = Edit("a.md", 2, 1, 2, 1, "y")
    chosen = compatible_edits([problem(1, one), problem(2, same), problem(3, over, beside)])
    assert chosen == {"a.md": [one]}
    assert (
        apply_edits(b"abcdefgh\n!", compatible_edits([problem(1, one, beside)])["a.md"])
        == b"xefgh\ny!"
    )


def test_a_saved_file_keeps_its_mode_and_a_link_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real.md"
    real.write_text("old")
    real.chmod(0o640)
    (tmp_path / "link.md").symlink_to(real)
    assert save(Places(tmp_path), [Change("link.md", b"old", b"new")]) == []
    assert (tmp_path / "link.md").is_symlink()
    assert (real.read_text(), real.stat().st_mode & 0o777) == ("new", 0o640)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.md", "real.md"]


def test_where_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("old")
    changes = [Change("a.md", b"old", b"new"), Change("no/b.md", None, b"new")]
    [problem] = save(Places(tmp_path), changes)
    assert (problem.path, problem.line, problem.column) == ("no/b.md", 1, 1)
    assert problem.code == "cannot-write"
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_a_diff_can_be_applied_by_git(tmp_path: Path) -> None:
    changes = [
        Change("a b.md", b"one\ntwo", b"one\nthree"),
        Change("new.md", None, b"x\n"),
        Change("old.md", b"y\n", None),
    ]
    (tmp_path / "a b.md").write_bytes(b"one\ntwo")
    (tmp_path / "old.md").write_bytes(b"y\n")
    subprocess.run(
        ["git", "apply", "-"], input=diff(changes).encode(), cwd=tmp_path, check=True, timeout=30
    )
    assert (tmp_path / "a b.md").read_bytes() == b"one\nthree"
    assert {path.name for path in tmp_path.iterdir()} == {"a b.md", "new.md"}


WORDS = (
    st.text("abcdefghij KLM,.'é–", min_size=1, max_size=24)
    .map(str.strip)
    .filter(lambda text: text[:1].isalpha())
)
STYLES = st.sampled_from(["{}", '"{}"', "'{}'"])
COMMENTS = st.sampled_from(["", "  # a note", " #: [odd]"])


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, str]:
    """A good pivot in some writer's hand, and the same with one thing wrong."""

    def value(text: str) -> str:
        style = draw(STYLES)
        return style.format(text.replace("'", "''") if style == "'{}'" else text) + draw(COMMENTS)

    def entry(key: str, text: str) -> str:
        return f"{key}: {value(text)}\n"

    skill = value(draw(WORDS.filter(lambda text: "," not in text)))
    entries = {key: entry(key, draw(WORDS)) for key in ("title", "description", "from", "to")}
    entries |= {
        "window": entry("window", "3–9 months"),
        "updated": "updated: 2026-05-09\n",
        "draft": "draft: true\n",
        "tldr": f"tldr:\n  - {value(draw(WORDS))}\n",
        "skills": f"skills:\n  - {skill}\n",
        "faqs": f"faqs:\n  - question: {value(draw(WORDS))}\n    answer: {value(draw(WORDS))}\n",
        "cta": f"cta:\n  url: {value('https://example.com/a?b=c')}\n",
    }
    lines = [entries[key] for key in draw(st.permutations(list(entries)))]
    lines = [f"# about the next\n{line}" if draw(st.booleans()) else line for line in lines]
    text = f"---\n{''.join(lines)}---\nText.\n"
    old, new = draw(
        st.sampled_from(
            [
                ("skills:\n  - ", "skills: "),
                ("description:", "descripton:"),
                ("tldr:", "tlrd:"),
                ("question:", "qestion:"),
                ("https://", ""),
                ("draft: true", "draft: 'Yes'"),
                ("2026-05-09", "2026/5/9"),
            ]
        )
    )
    assert text.count(old) == 1
    return text, text.replace(old, new)


@given(damaged())
@tries(100)
def test_a_mended_header_means_what_the_good_one_meant(pair: tuple[str, str]) -> None:
    good, bad = pair
    header, problems = _header(good)
    assert not problems
    _, problems = _header(bad)
    assert problems
    fixed_text = apply_edits(bad.encode(), compatible_edits(problems)["a.md"]).decode()
    found, left = _header(fixed_text)
    assert not left
    assert found == header
    assert re.findall("#.*", fixed_text) == re.findall("#.*", good)


def _header(text: str) -> tuple[str, list[Problem]]:
    """The header without its places, and the problems."""
    document = frontmatter.split("a.md", text.encode())
    assert not isinstance(document, Problem)
    header, problems = schema.read_header("a.md", document.fields, PivotHeader)
    return re.sub(r"(line|column|end_column)=\d+", "", repr(header)), problems

"""What an editor is told of a text while somebody types it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pivotgen.commands.workspace import Workspace
from pivotgen.model.workspace import Position
from tests.world.builds import CONFIG
from tests.world.editor import Editor, has, lacks
from tests.world.edits import configure, with_keys
from tests.world.site import ROLE, World


def test_the_open_text_counts_and_not_the_file(
    world: World, start_editor: Callable[..., Editor]
) -> None:
    first, second = world.pivot("Chef", "Nurse"), world.pivot("Nurse", "Chef")
    editor = start_editor()
    editor.open(first)
    editor.open(second)
    linked = editor.buffers[first] + "\n[back](nurse-to-chef.md#a-new-heading)\n"
    editor.type(first, linked)
    told = editor.problems(first, has("dead-fragment"))
    [problem] = [one for one in told if one["code"] == "dead-fragment"]
    assert problem["range"]["start"]["line"] == linked.count("\n") - 1
    editor.type(second, editor.buffers[second] + "\n## A new heading\n\nText.\n")
    editor.problems(first, lacks("dead-fragment"))
    assert "A new heading" not in (world.folder / second).read_text()
    editor.tell("textDocument/didClose", textDocument={"uri": editor.uri(second)})
    editor.problems(first, has("dead-fragment"))
    assert not (world.folder / "public").exists()


def test_places_are_counted_in_the_units_of_the_editor(
    world: World, start_editor: Callable[..., Editor]
) -> None:
    path = world.pivot("Chef", "Nurse")
    text = (world.folder / path).read_text().replace("\n", "\r\n")
    text = text.replace("skills:\r\n  - Negotiation", "skills: [😀 joy, {bad: x}]")
    editor = start_editor()
    editor.open(path, text)
    [problem] = editor.problems(path, has("wrong-type"))
    line = text.split("\r\n").index("skills: [😀 joy, {bad: x}]")
    assert problem["range"]["start"] == {"line": line, "character": 17}


def test_a_mend_keeps_the_line_ends_of_the_file(
    world: World, start_editor: Callable[..., Editor]
) -> None:
    path = world.pivot("Chef", "Nurse")
    good = (world.folder / path).read_text().replace("\n", "\r\n").replace("Less", "😀 Less")
    editor = start_editor()
    editor.open(path, good.replace("skills:\r\n  - Negotiation", "skills: Negotiation"))
    [problem] = editor.problems(path, has("wrong-type"))
    [action, _] = editor.ask(
        "textDocument/codeAction",
        textDocument={"uri": editor.uri(path)},
        range=problem["range"],
        context={"diagnostics": [problem]},
    )
    fixed = editor.edited(path, action["edit"]["changes"][editor.uri(path)])
    assert "skills:\r\n  - Negotiation\r\n" in fixed
    assert fixed.count("\n") == fixed.count("\r\n")


def test_keys_skills_and_links_are_completed_where_they_belong(
    world: World, start_editor: Callable[..., Editor]
) -> None:
    first = world.pivot("Chef", "Nurse")
    world.pivot("Nurse", "Chef")
    editor = start_editor()
    editor.open(first)
    editor.problems(first, lacks("unknown-key"))
    good = editor.buffers[first]

    def labels(text: str, words: str) -> dict[str, dict[str, Any]]:
        editor.type(first, text)
        found = editor.ask("textDocument/completion", **editor.at(first, words))["items"]
        return {one["label"]: one for one in found}

    keys = labels(good.replace("tldr:", "upd\ntldr:"), "upd|")
    assert "updated" in keys
    assert "last changed" in keys["updated"]["documentation"]["value"]
    assert not {"title", "from", "question"} & set(keys)
    inner = labels(good.replace("    answer: Less", "    a\n    answer: Less"), "    a|\n")
    assert set(inner) == set()
    asked = labels(good.replace("    answer: Less than **it** looks.", "    a"), "    a|\n")
    assert set(asked) == {"answer"}
    skills = labels(good.replace("- Negotiation", "- Neg"), "- Neg|")
    assert skills["Negotiation"]["textEdit"]["newText"] == "Negotiation"
    assert "chef-to-nurse.md" not in skills
    named = labels(good.replace("- Negotiation", "- name: Neg"), "- name: Neg|")
    assert named["Negotiation"]["textEdit"]["newText"] == "Negotiation"
    skill = "- name: Negotiation\n    bec"
    assert set(labels(good.replace("- Negotiation", skill), "    bec|")) == {"becomes"}
    links = labels(good + "\nSee [it](nur", "[it](nur|")
    assert links["nurse-to-chef.md"]["detail"] == "From Nurse to Chef: A View"
    assert labels(good + "\nfrom: x\n", "\nfrom: x|") == {}
    parts = labels(good + "\nSee [it](nurse-to-chef.md#", "nurse-to-chef.md#|")
    assert parts["nurse-to-chef.md#your-built-in-advantages"]["detail"] == (
        "your built in advantages"
    )
    assert not set(links) & set(parts)


def test_hover_explains_and_definition_leads_to_the_file(
    world: World, start_editor: Callable[..., Editor]
) -> None:
    first, second = world.pivot("Chef", "Nurse"), world.pivot("Nurse", "Chef")
    world.write("content/roles/nurse.md", ROLE.replace("{name}", "Nurse"))
    editor = start_editor()
    editor.open(first)
    editor.type(first, editor.buffers[first] + "\nSee [it](nurse-to-chef.md).\n")
    editor.problems(first, lacks("dead-link"))
    editor.ask("textDocument/completion", **editor.at(first, "to: Nurse|"))

    def said(words: str) -> str:
        found = editor.ask("textDocument/hover", **editor.at(first, words))
        return found["contents"]["value"] if found else ""

    assert "How long the move usually takes" in said("win|dow:")
    assert "3–9 months" in said("win|dow:")
    assert said("to: Nu|rse") == (
        "**Nurse**\n\nWhat a Nurse is there for.\n\n1 path into it, 1 out of it"
    )
    assert said("- Nego|tiation") == "**Negotiation**\n\nin 2 pivots"
    # An editor shows an empty box for an explanation without words.
    for words in ("Some te|xt.", "from: Che|f", "nurse-to-chef|.md"):
        answer = editor.ask("textDocument/hover", **editor.at(first, words))
        assert answer is None or answer["contents"]["value"], words
    assert editor.ask("textDocument/hover", **editor.at(first, "Some te|xt.")) is None

    def leads(words: str) -> str | None:
        found = editor.ask("textDocument/definition", **editor.at(first, words))
        return found["uri"] if found else None

    assert leads("to: Nu|rse") == editor.uri("content/roles/nurse.md")
    assert leads("from: Ch|ef") is None
    assert leads("](nurse-to|-chef.md)") == editor.uri(second)


def test_a_layout_is_looked_at_as_it_is_typed_and_not_as_it_was_saved(
    world: World, start_editor: Callable[..., Editor]
) -> None:
    world.pivot("Chef", "Nurse")
    path = "layouts/skill.html"
    good = (world.folder / path).read_text("utf-8")
    world.write(path, good.replace("view.name", "view.nmae"))
    editor = start_editor()
    editor.open(path)
    [problem] = editor.problems(path, has("layout"))
    assert "`view.nmae` does not exist" in problem["message"]
    # Mended in the editor alone; then broken there alone.
    editor.type(path, good)
    editor.problems(path, lacks("layout"))
    editor.type(path, good.replace("view.name }}", "view.name }"))
    [problem] = editor.problems(path, has("layout"))
    assert "unexpected `}`" in problem["message"]
    line = good.split("\n").index("<h1>{{ view.name }}</h1>")
    assert problem["range"]["start"] == {"line": line, "character": 17}
    # A check of the whole site reads the disk, which has other mistakes than the editor.
    workspace = Workspace(CONFIG, world.folder)
    assert [problem.path for problem in workspace.check()] == [path]
    workspace.set_text(path, good)
    assert workspace.check() == []
    assert editor.leave() == 0


def test_a_page_is_offered_for_links_also_while_its_own_text_is_half_typed(world: World) -> None:
    first, second = world.pivot("Chef", "Nurse"), world.pivot("Nurse", "Chef")
    world.pivot("Pilot", "Nurse")
    workspace = Workspace(CONFIG, world.folder)
    workspace.set_text(first, "[it](nur")

    def offered() -> dict[str, str]:
        completions = workspace.completions(Position(first, 1, len("[it](nur") + 1))
        return {completion.label: completion.detail for completion in completions}

    workspace.check()
    other = {"pilot-to-nurse.md": "From Pilot to Nurse: A View"}
    titles = {"nurse-to-chef.md": "From Nurse to Chef: A View", **other}
    assert offered() == titles
    workspace.set_text(second, "---\ntitle: [half")
    assert second in {problem.path for problem in workspace.check()}
    assert offered() == titles
    # A page that is gone is offered no more, although others have problems.
    workspace.set_text(second, None)
    (world.folder / second).unlink()
    workspace.check()
    assert offered() == other


def test_the_authors_of_the_settings_are_completed_and_explained(
    world: World, start_editor: Callable[..., Editor]
) -> None:
    configure(world, 'authors={"ana": Party("Ana Ruiz"), "bo": Party("Bo Lind")}')
    path = world.pivot("Chef", "Nurse", with_keys("author: ana"))
    editor = start_editor()
    editor.open(path)
    editor.problems(path, lacks("unknown-author"))
    items = editor.ask("textDocument/completion", **editor.at(path, "author: an|"))["items"]
    assert [(item["label"], item["detail"]) for item in items] == [
        ("ana", "Ana Ruiz"),
        ("bo", "Bo Lind"),
    ]
    hover = editor.ask("textDocument/hover", **editor.at(path, "author: an|"))
    assert hover["contents"]["value"] == "Ana Ruiz"

"""PO files: what goes out comes back, and nothing is lost on the way."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pivotgen.commands.exchange import export_po, import_po
from pivotgen.engines.po_file import Message, PoFileError, read_po, write_po
from pivotgen.model.edit import Change
from tests.world.builds import build_here
from tests.world.languages import LANGUAGES, fill
from tests.world.site import World
from tests.world.thorough import tries

FRENCH = "content/pivots/chef-to-nurse.fr.md"
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1)
lines = st.lists(texts, min_size=1, max_size=4).map("\n".join)
# Words that stay what they are in a header and in Markdown.
words = st.lists(
    st.text(string.ascii_letters + "éàçñ’", min_size=1, max_size=9), min_size=1, max_size=6
).map(" ".join)


@tries(60)
@given(pairs=st.lists(st.tuples(lines, lines | st.just(""), st.booleans()), max_size=5))
def test_messages_come_back_as_they_went(pairs: list[tuple[str, str, bool]]) -> None:
    messages = [
        Message(f"content/pivots/a.md tldr.{number}", text, own, is_behind)
        for number, (text, own, is_behind) in enumerate(pairs, 1)
    ]
    assert read_po(write_po("fr", "A site", messages)) == ("fr", messages)


def test_what_is_no_po_file_is_refused() -> None:
    with pytest.raises(PoFileError, match="no PO file"):
        read_po('msgid "never closed\nrubbish')


def save(world: World, changes: list[Change]) -> None:
    for change in changes:
        assert change.new
        world.write(change.path, change.new)


def test_a_file_that_came_back_unchanged_changes_nothing(tmp_path: Path) -> None:
    world = fill(World(tmp_path))
    assert import_po(LANGUAGES, world.folder, export_po(LANGUAGES, world.folder, "fr")) == []


def test_new_texts_become_a_translation_that_builds(tmp_path: Path) -> None:
    world = fill(World(tmp_path))
    language, messages = read_po(export_po(LANGUAGES, world.folder, "ar"))
    path = "content/pivots/nurse-to-pilot.md"
    done = [
        message._replace(translation=_arabic(message.text))
        for message in messages
        if message.context.startswith(path)
    ]
    changes = import_po(LANGUAGES, world.folder, write_po(language, "A", done))
    assert [change.path for change in changes] == ["content/pivots/nurse-to-pilot.ar.md"]
    save(world, changes)
    assert build_here(world.folder, LANGUAGES, world.folder / "public").problems == []
    assert "untranslated" not in world.read("ar/pivots/nurse-to-pilot/index.html")


def _arabic(text: str) -> str:
    return "## مزايا\n\nنص." if text.startswith("## ") else "نص."


def test_what_is_missing_or_fuzzy_keeps_the_file_a_draft(tmp_path: Path) -> None:
    world = fill(World(tmp_path))
    language, messages = read_po(export_po(LANGUAGES, world.folder, "ar"))
    path = "content/pivots/nurse-to-pilot.md"
    some = [
        message._replace(translation="نص.", is_behind=message.context.endswith("description"))
        for message in messages
        if message.context in (f"{path} title", f"{path} description")
    ]
    [change] = import_po(LANGUAGES, world.folder, write_po(language, "A", some))
    assert change.new
    text = change.new.decode()
    assert "draft: true" in text
    assert "title: نص." in text
    assert "description: TODO What carries over" in text or 'description: "TODO What' in text


def test_a_text_whose_source_has_changed_meanwhile_changes_nothing(tmp_path: Path) -> None:
    world = fill(World(tmp_path))
    exported = export_po(LANGUAGES, world.folder, "fr").replace("un regard", "une vue")
    source = world.folder / "content/pivots/chef-to-nurse.md"
    source.write_text(source.read_text().replace("A View", "Another View"))
    changes = import_po(LANGUAGES, world.folder, exported)
    assert FRENCH not in [change.path for change in changes]


@tries(25)
@given(title=words, point=words, answer=words, section=words)
def test_what_a_translator_writes_is_what_the_next_export_has(
    title: str, point: str, answer: str, section: str
) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        world = fill(World(Path(folder)))
        kept = (world.folder / FRENCH).read_text()
        world.write(FRENCH, kept.replace("updated:", "slug: autre\nupdated:", 1))
        language, messages = read_po(export_po(LANGUAGES, world.folder, "fr"))
        path = "content/pivots/chef-to-nurse.md"
        new = {
            f"{path} title": title,
            f"{path} tldr.1": point,
            f"{path} faqs.1.answer": answer,
            f"{path} section.1": f"## {section}\n\n{answer}",
        }
        edited = [
            message._replace(translation=new.get(message.context, message.translation))
            for message in messages
        ]
        save(world, import_po(LANGUAGES, world.folder, write_po(language, "A", edited)))
        again = {
            each.context: each.translation
            for each in read_po(export_po(LANGUAGES, world.folder, "fr"))[1]
        }
        assert {context: again[context] for context in new} == new
        text = (world.folder / FRENCH).read_text()
        assert "slug: autre\nupdated: 2026-02-02\n" in text

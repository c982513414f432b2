"""Rules about translations and names: what each reports and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pivotgen.commands.check import CheckOptions, check
from pivotgen.commands.language_status import language_status
from pivotgen.model.problem import Problem
from tests.world.languages import FRENCH, LANGUAGES, NAMES, fill
from tests.world.site import World

SOURCE = "content/pivots/chef-to-nurse.md"
TRANSLATION = "content/pivots/chef-to-nurse.fr.md"
FRENCH_NAMES = "content/names.fr.yaml"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return fill(World(tmp_path))


def found(world: World, code: str, **settings: object) -> list[Problem]:
    config = replace(LANGUAGES, **settings)  # type: ignore[arg-type]
    report = check(world.folder, config, CheckOptions())
    return [problem for problem in report.problems if problem.code == code]


def places(problems: list[Problem]) -> list[tuple[str, int, int]]:
    return [(problem.path, problem.line, problem.column) for problem in problems]


def test_a_name_that_is_missing_is_told_in_the_file_where_it_belongs(world: World) -> None:
    assert found(world, "missing-name") == []
    world.write(FRENCH_NAMES, NAMES["fr"].replace("  pilot: Pilote\n", ""))
    [problem] = found(world, "missing-name")
    assert places([problem]) == [(FRENCH_NAMES, 1, 1)]
    assert "“Pilot” has no name in this language" in problem.message
    assert "add `pilot:` under `roles:`" in problem.hint


def test_a_misspelt_slug_is_told_as_one(world: World) -> None:
    world.write(FRENCH_NAMES, NAMES["fr"].replace("negotiation:", "negotation:"))
    [problem] = found(world, "missing-name")
    assert (problem.line, problem.hint) == (6, "did you mean `negotiation` by `negotation`?")


def test_a_language_without_any_names_is_told_of_each(world: World) -> None:
    (world.folder / FRENCH_NAMES).unlink()
    assert len(found(world, "missing-name")) == 4


def test_two_roles_with_one_name_are_told_at_the_second(world: World) -> None:
    world.write(FRENCH_NAMES, NAMES["fr"].replace("pilot: Pilote", "pilot: infirmier"))
    [problem] = found(world, "same-name")
    assert places([problem]) == [(FRENCH_NAMES, 4, 10)]
    assert "`nurse`" in problem.message
    # A skill may be called as a role is.
    world.write(FRENCH_NAMES, NAMES["fr"].replace("Négociation", "Pilote"))
    assert found(world, "same-name") == []


def test_a_form_that_a_phrase_asks_for_is_told_until_each_name_has_it(world: World) -> None:
    assert found(world, "missing-form") == []
    path = "layouts/phrases/fr.yaml"
    text = (world.folder / path).read_text()
    world.write(path, text.replace('from_role: "Depuis : {role}"', 'from_role: "Depuis {role.of}"'))
    assert [problem.line for problem in found(world, "missing-form")] == [2, 3, 4]
    names = NAMES["fr"].replace("Cuisinier", "{name: Cuisinier, of: le métier de cuisinier}")
    world.write(FRENCH_NAMES, names)
    assert [problem.line for problem in found(world, "missing-form")] == [3, 4]


def test_a_form_stands_where_the_phrase_has_it(world: World) -> None:
    path = "layouts/phrases/fr.yaml"
    text = (world.folder / path).read_text()
    text = text.replace('from_role: "Depuis : {role}"', 'from_role: "Depuis {role.of}"')
    world.write(path, text.replace('paths_into: "Devenir : {role}"', 'paths_into: "Être {role.a}"'))
    names = NAMES["fr"].replace("chef: Cuisinier", "chef: {name: Cuisinier, of: la cuisine}")
    names = names.replace("nurse: Infirmier", "nurse: {name: Infirmier, a: infirmier}")
    world.write(FRENCH_NAMES, names)
    assert found(world, "phrases") == []
    from tests.world.builds import build_here

    assert build_here(world.folder, LANGUAGES, world.folder / "public").problems == []
    assert "Depuis la cuisine" in world.read("fr/to/nurse/index.html")
    assert "Depuis la cuisine" in world.read("fr/pivots/pilot-to-nurse/index.html")
    assert "<h1>Être infirmier</h1>" in world.read("fr/to/nurse/index.html")
    # A name without the form stands as it is.
    assert "Depuis Pilote" in world.read("fr/to/nurse/index.html")


def test_a_translation_with_other_parts_than_its_source_is_told(world: World) -> None:
    assert found(world, "translation-structure") == []
    french = FRENCH.format(a="cuisinier", b="infirmier")
    world.write(TRANSLATION, f"{french}\n## Un de plus\n\nDu texte.\n")
    [problem] = found(world, "translation-structure")
    assert problem.message == f"2 sections here, and 1 section in {SOURCE}"
    world.write(TRANSLATION, french.replace("  - Un *point*.\n", "  - Un.\n  - Deux.\n"))
    [problem] = found(world, "translation-structure")
    assert places([problem]) == [(TRANSLATION, 6, 5)]


def test_a_link_that_a_translation_lacks_is_told(world: World) -> None:
    text = (world.folder / SOURCE).read_text()
    world.write(SOURCE, f"{text}\nSee [that](nurse-to-pilot.md#your-built-in-advantages).\n")
    messages = [problem.message for problem in found(world, "translation-structure")]
    assert f"a link to `nurse-to-pilot.md` in {SOURCE} is not here" in messages
    for language in ("fr", "ar"):
        path = SOURCE.replace(".md", f".{language}.md")
        own = (world.folder / path).read_text()
        world.write(
            path, f"{own}\n[x](nurse-to-pilot.md#vos-atouts).\n" if language == "fr" else own
        )
    left = [problem.path for problem in found(world, "translation-structure")]
    assert left == [SOURCE.replace(".md", ".ar.md")]


def test_a_translation_that_says_nothing_of_its_source_is_told_once(world: World) -> None:
    told = [(one.path, one.line, one.column) for one in found(world, "translation-behind")]
    assert [place for place in told if place[0] == TRANSLATION] == [(TRANSLATION, 1, 1)]
    silent = "allow:\n  - rule: translation-behind\n    reason: It is another text.\ntldr:"
    text = (world.folder / TRANSLATION).read_text()
    world.write(TRANSLATION, text.replace("tldr:", silent, 1))
    assert TRANSLATION not in {each.path for each in found(world, "translation-behind")}


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("content/pivots/nobody.fr.md", "no-source"),
        ("content/pivots/chef-to-nurse.es.md", "unknown-language"),
        ("content/names.es.yaml", "unknown-language"),
        ("content/pivots/chef-to-nurse.French.md", "bad-file-name"),
    ],
)
def test_a_translation_of_nothing_or_into_no_language_is_an_error(
    world: World, path: str, code: str
) -> None:
    text = FRENCH.format(a="a", b="b") if path.endswith(".md") else NAMES["fr"]
    world.write(path, text)
    assert [problem.path for problem in found(world, code)] == [path]


def test_two_translations_cannot_have_one_address(world: World) -> None:
    for name in ("chef-to-nurse", "nurse-to-pilot"):
        path = f"content/pivots/{name}.fr.md"
        text = (world.folder / path).read_text()
        world.write(path, text.replace("tldr:", "slug: le-meme\ntldr:", 1))
    [problem] = found(world, "address-clash")
    assert problem.path == "content/pivots/nurse-to-pilot.fr.md"


def test_names_that_are_no_names_are_told_at_their_place(world: World) -> None:
    text = "roles:\n  chef: Cuisinier\n  chef: Chef\n  Big Boss: Patron\n  nurse:\nskill:\n  x: y\n"
    world.write(FRENCH_NAMES, text)
    assert [problem.line for problem in found(world, "names")] == [3, 4, 5, 6]


def test_the_status_of_a_language_counts_what_is_left(world: World) -> None:
    status = language_status(LANGUAGES, world.folder, "ar")
    assert not isinstance(status, list)
    assert status.counts["missing"] == 4
    assert status.counts["unknown"] == 1
    assert status.names == ()
    assert status.phrases == status.all_phrases
    with pytest.raises(ValueError, match="`es` is no other language"):
        language_status(LANGUAGES, world.folder, "es")

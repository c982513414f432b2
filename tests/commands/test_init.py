"""`init`: a new site of one's own, and nothing of ours in it."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from pivotgen.commands.build import build
from pivotgen.commands.check import check
from pivotgen.commands.init import Beginning, init
from pivotgen.engines.settings import read_settings
from pivotgen.model.config import Config
from tests.world.site import ROOT
from tests.world.warm import run_warm

OURS = Beginning("Moves", "https://moves.example")


def test_a_new_site_has_no_warning_and_is_called_as_it_was_asked(tmp_path: Path) -> None:
    site = tmp_path / "a" / "site"
    begun = init(site, OURS)
    assert begun.files == sum(path.is_file() for path in site.rglob("*"))
    config = read_settings(site)
    assert isinstance(config, Config)
    assert (config.name, config.base_url) == ("Moves", "https://moves.example")
    assert build(site).parsed == 7
    assert check(site, config).problems == ()
    assert {"public/", ".pivotgen/"} <= set((site / ".gitignore").read_text().splitlines())
    assert (site / "requirements.txt").read_text().startswith("pivotgen==")
    assert "# Moves\n" in (site / "README.md").read_text()
    assert run_warm(["--site", str(site), "fmt", "--check"], ROOT).stdout == ""


def test_nothing_of_ours_is_in_the_files_that_are_built(tmp_path: Path) -> None:
    init(tmp_path / "site", OURS)
    assert run_warm(["--site", str(tmp_path / "site"), "build"], ROOT).returncode == 0
    built = [file for file in (tmp_path / "site" / "public").rglob("*") if file.is_file()]
    assert len(built) > 20
    picture = (ROOT / "static" / "share.png").read_bytes()
    for file in built:
        data = file.read_bytes()
        assert b"aicareerpivot" not in data.lower(), file
        assert data != picture, file


def test_a_readme_and_a_repository_may_be_there_and_stay(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "README.md").write_text("Mine.\n")
    (tmp_path / ".gitignore").write_text("notes\n")
    begun = init(tmp_path, OURS)
    assert begun.kept == (".gitignore", "README.md")
    assert (tmp_path / "README.md").read_text() == "Mine.\n"
    assert (tmp_path / ".gitignore").read_text() == "notes\n"
    assert (tmp_path / "build.py").is_file()


@pytest.mark.parametrize("name", ["build.py", "content", "requirements.txt", "static", "layouts"])
def test_what_a_site_would_need_for_itself_stands_in_the_way(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x")
    with pytest.raises(ValueError, match=f"`{name}` stands in the way"):
        init(tmp_path, OURS)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_all_that_stands_in_the_way_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "build.py").write_text("x")
    (tmp_path / "assets").mkdir()
    with pytest.raises(ValueError, match=r"`assets` and `build\.py` stand in the way"):
        init(tmp_path, OURS)


@pytest.mark.parametrize("name", ["photo.jpg", ".env", "CODE_OF_CONDUCT.md", "docs/plan.md"])
def test_a_site_begins_beside_files_of_other_names(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("Mine.")
    assert init(tmp_path, OURS).kept == ()
    assert (tmp_path / name).read_text() == "Mine."
    assert build(tmp_path).problems == ()


def test_three_commands_are_told_that_lead_on_from_where_the_writer_is(tmp_path: Path) -> None:
    elsewhere = run_warm(["init", "my site"], tmp_path).stdout
    assert "written in my site.\n" in elsewhere
    assert elsewhere.partition("Next:\n")[2].splitlines() == [
        "  cd 'my site'",
        "  pivotgen serve",
        '  pivotgen new "Software Engineer" "Product Manager"',
    ]
    (tmp_path / "here").mkdir()
    here = run_warm(["init", "."], tmp_path / "here").stdout
    assert "written in this folder.\n" in here
    assert here.partition("Next:\n")[2].splitlines() == [
        "  pivotgen serve",
        '  pivotgen new "Software Engineer" "Product Manager"',
        "  pivotgen build",
    ]


def test_an_address_that_is_none_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="base_url must start with https://"):
        init(tmp_path / "site", Beginning("Moves", "moves.example"))
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("name", ['Say "hello"', "It's\\n", "Wörter & <Wege>"])
def test_any_name_is_written_as_it_is(tmp_path: Path, name: str) -> None:
    init(tmp_path / "site", Beginning(name, "https://moves.example"))
    config = read_settings(tmp_path / "site")
    assert isinstance(config, Config)
    assert config.name == name


def test_a_language_without_phrases_gets_a_file_to_translate_and_builds(tmp_path: Path) -> None:
    words = ["init", str(tmp_path / "site"), "--language", "pl"]
    done = run_warm(words, tmp_path)
    assert "translate layouts/phrases/pl.yaml" in done.stdout
    assert run_warm(["--site", str(tmp_path / "site"), "build"], ROOT).returncode == 0
    assert '<html lang="pl"' in (tmp_path / "site" / "public" / "index.html").read_text()


def test_on_a_terminal_it_asks_for_what_no_option_says(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pivotgen", "init", "site", "--language", "es"]
    ours, theirs = pty.openpty()
    os.write(ours, b"Caminos\nhttps://caminos.example\n")
    done = subprocess.run(
        command, stdin=theirs, capture_output=True, text=True, cwd=tmp_path, timeout=60
    )
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 0, done.stderr
    settings = (tmp_path / "site" / "build.py").read_text()
    assert 'name="Caminos"' in settings
    assert 'language="es"' in settings
    assert done.stdout.index("cd site") < done.stdout.index("pivotgen serve")
    assert "pivotgen new" in done.stdout

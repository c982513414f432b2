"""What docs/architecture.md says of adding things is true: the recipes are followed in a copy."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.world.site import PIVOT, ROOT, SETTINGS

GUIDE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
ROLE = "---\nname: Nurse\nfield: Health\ndescription: Cares for patients.\n---\nSome text.\n"


def recipe(title: str) -> list[tuple[str, str, str]]:
    """The files of one recipe: for each block its language, its path and its text."""
    part = GUIDE.split(f"\n### {title}\n", 1)[1].split("\n### ", 1)[0]
    return re.findall(r"^```(\w+) (\S+)\n(.*?)^```$", part, re.M | re.S)


def follow(title: str, copy: Path) -> set[str]:
    """Change the files of the copy as the recipe says; the paths of the files it touches."""
    for language, path, text in recipe(title):
        file = copy / path
        if language != "diff":
            assert not file.exists(), path
            file.write_text(text, "utf-8")
            continue
        lines = text.splitlines(keepends=True)
        before = "".join(line[1:] for line in lines if line[0] != "+")
        after = "".join(line[1:] for line in lines if line[0] != "-")
        content = file.read_text("utf-8")
        assert content.count(before) == 1, (path, before)
        file.write_text(content.replace(before, after), "utf-8")
    return {path for _, path, _ in recipe(title)}


def run(copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", *words]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=copy,
        env={"PYTHONPATH": str(copy)},
        timeout=120,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program and its layouts, with a small site."""
    for name in ("pivotgen", "layouts", "assets"):
        # With what Python has compiled, which fits files of the same size and time.
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "build.py").write_text(SETTINGS, "utf-8")
    for name, text in (("pivots/chef-to-nurse", PIVOT), ("roles/nurse", ROLE)):
        file = tmp_path / "content" / f"{name}.md"
        file.parent.mkdir(parents=True)
        file.write_text(text.replace("{a}", "Chef").replace("{b}", "Nurse"), "utf-8")
    return tmp_path


def test_a_kind_of_page_is_added_as_the_guide_says(copy: Path) -> None:
    touched = follow("A kind of page", copy)
    assert touched == {
        *("pivotgen/kinds/fields.py", "pivotgen/kinds/__init__.py", "layouts/fields.html"),
        *("layouts/phrases/en.yaml", "layouts/phrases/es.yaml"),
    }
    result = run(copy, "-m", "pivotgen", "build")
    assert result.returncode == 0, result.stderr
    page = (copy / "public" / "fields" / "index.html").read_text("utf-8")
    assert "<h2>Health</h2>" in page
    assert '<a href="/to/nurse/">Nurse</a>' in page
    assert "/fields/</loc>" in (copy / "public" / "sitemap.xml").read_text("utf-8")
    # The template check knows its view as well.
    layout = copy / "layouts" / "fields.html"
    layout.write_text(layout.read_text("utf-8").replace("view.fields", "view.feilds"), "utf-8")
    assert "`view.feilds` does not exist" in run(copy, "-m", "pivotgen", "build").stderr


def test_a_frontmatter_key_is_added_as_the_guide_says(copy: Path) -> None:
    touched = follow("A frontmatter key", copy)
    assert touched == {
        *("pivotgen/model/header.py", "pivotgen/model/pivot.py", "pivotgen/kinds/pivot.py"),
        *("pivotgen/stages/parse/pivot.py", "layouts/pivot.html"),
        *("layouts/phrases/en.yaml", "layouts/phrases/es.yaml"),
    }
    file = copy / "content" / "pivots" / "chef-to-nurse.md"
    text = file.read_text("utf-8")
    file.write_text(text.replace("tldr:", "effort: 5 hours a week\ntldr:"), "utf-8")
    result = run(copy, "-m", "pivotgen", "build")
    assert result.returncode == 0, result.stderr
    page = copy / "public" / "pivots" / "chef-to-nurse" / "index.html"
    assert "<p>Beside a job: 5 hours a week</p>" in page.read_text("utf-8")
    # An edit of it is seen by the next build, and a page without it is as it was.
    file.write_text(text.replace("tldr:", "effort: 9 hours a week\ntldr:"), "utf-8")
    assert run(copy, "-m", "pivotgen", "build").returncode == 0
    assert "9 hours a week" in page.read_text("utf-8")
    file.write_text(text, "utf-8")
    assert run(copy, "-m", "pivotgen", "build").returncode == 0
    assert "Beside a job" not in page.read_text("utf-8")
    assert '"effort"' in run(copy, "-m", "pivotgen", "schema").stdout

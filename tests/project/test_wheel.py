"""The release: an sdist and a wheel that build outside the repository, as somebody installs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from pivotgen.commands.init import Beginning, init
from tests.world.site import World


@pytest.fixture(scope="module")
def lib(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the wheel is installed into."""
    lib = tmp_path_factory.mktemp("lib")
    pip = [sys.executable, "-m", "pip", "--quiet", "install", "--no-deps", "--no-compile"]
    subprocess.run([*pip, "--target", str(lib), str(wheel)], check=True, timeout=300)
    return lib


def run(lib: Path, folder: Path, *words: str) -> str:
    """What Python prints with only the installed pivotgen; it must succeed."""
    done = subprocess.run(
        [sys.executable, *words],
        env={**os.environ, "PYTHONPATH": str(lib)},
        cwd=folder,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_release_is_accepted_and_is_typed(dist: Path) -> None:
    files = [str(file) for file in sorted(dist.iterdir())]
    assert [name.rpartition(".")[2] for name in files] == ["whl", "gz"]
    twine = [sys.executable, "-m", "twine", "check", "--strict", *files]
    done = subprocess.run(twine, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout
    with ZipFile(files[0]) as wheel:
        names = wheel.namelist()
    assert "pivotgen/py.typed" in names
    assert "pivotgen/theme/layouts/phrases/en.yaml" in names
    assert not [name for name in names if name.startswith(("content/", "tests/"))]


USE = """\
from datetime import date
from pathlib import Path

from pivotgen import BuildOptions, BuildReport, CheckOptions, Config, Extra, Problem, build, check


def after(report: BuildReport) -> None:
    Path("changes").write_text("".join(report.removed))


config = Config(
    name="Moves",
    base_url="https://moves.example",
    after_build=after,
    extra={
        "note": str,
        "years": int,
        "share": float,
        "remote": bool,
        "asked": date,
        "tools": list[str],
        "level": ("junior", "senior"),
        "field": Extra(("a", "b"), "Which.", required=True, on=("role",)),
    },
)


def pages(report: BuildReport) -> list[str]:
    return [page.upper() for page in report.written_pages]


def first(problems: tuple[Problem, ...]) -> str:
    return problems[0].message


report = build(Path("site"), config, BuildOptions(drafts=True, workers=2))
checked = check("site", options=CheckOptions(today=date(2026, 1, 1), files=["a.md"]))
total: int = len(pages(report)) + checked.elsewhere
words: str = first(report.problems) if not checked.ok else str(report.out / "index.html")
"""


def test_a_program_that_uses_the_library_is_checked_by_its_types(lib: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    [packages] = (tmp_path / "venv" / "lib").glob("*/site-packages")
    (packages / "pivotgen").symlink_to(lib / "pivotgen")
    script = tmp_path / "use.py"

    def check(text: str) -> list[str]:
        script.write_text(text)
        options = ["--strict", "--python-executable", str(python), "--cache-dir", str(tmp_path)]
        command = [sys.executable, "-m", "mypy", *options, script.name]
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
        )
        return [line.partition(" error: ")[2] for line in done.stdout.splitlines()[:-1]]

    assert check(USE) == []
    assert check(f"{USE}report.removed_page\ncheck('site', config, BuildOptions())\n") == [
        '"BuildReport" has no attribute "removed_page"; maybe "removed_pages"?  [attr-defined]',
        'Argument 3 to "check" has incompatible type "BuildOptions"; expected "CheckOptions"  '
        "[arg-type]",
    ]


def test_an_installed_wheel_builds_a_site_with_its_own_theme(
    lib: Path, world: World, tmp_path: Path
) -> None:
    world.pivot("Chef", "Nurse")
    where = run(lib, Path("/"), "-c", "import pivotgen; print(pivotgen.__file__)")
    assert where.startswith(str(lib))
    run(lib, Path("/"), "-m", "pivotgen", "build", "--site", str(world.folder))
    run(lib, Path("/"), "-m", "pivotgen", "help", "unknown-key")
    assert (lib / "pivotgen" / "engines" / "preview" / "browser" / "overlay.js").is_file()


def test_a_new_site_of_the_wheel_is_that_of_a_checkout_and_has_nothing_of_ours(
    lib: Path, tmp_path: Path
) -> None:
    site = tmp_path / "new"
    run(lib, Path("/"), "-m", "pivotgen", "init", str(site))
    init(tmp_path / "checkout", Beginning("Career pivots", "https://example.com"))
    assert tree(site) == tree(tmp_path / "checkout")
    run(lib, site, "build.py", "check", "--strict")
    run(lib, site, "build.py", "build")
    run(lib, site, "-m", "pivotgen", "eject", "head.html")
    assert "Copied from pivotgen" in (site / "layouts" / "head.html").read_text("utf-8")
    for name, data in tree(site / "public").items():
        assert b"aicareerpivot" not in data.lower(), name


def tree(folder: Path) -> dict[str, bytes]:
    """Every file, without what Python and pivotgen leave when they run there."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not {"__pycache__", ".pivotgen"} & set(file.parts)
    }

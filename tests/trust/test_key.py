"""The key that seals the memory of builds: the user's own, kept away from the site."""

from __future__ import annotations

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pivotgen.memory.key import VARIABLE, ledger_key
from pivotgen.memory.seals import ChecksumError, Sealer
from tests.world.builds import CONFIG, build_here, tree
from tests.world.site import ROOT, World


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration folder without a key."""
    folder = tmp_path / "config"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    monkeypatch.delenv(VARIABLE, raising=False)
    return folder


def test_the_first_key_is_made_for_its_user_alone_and_stays(home: Path) -> None:
    key = ledger_key()
    file = home / "pivotgen" / "ledger-key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["ledger-key"]
    assert (len(key.key), key.fault) == (32, "")
    assert ledger_key() == key
    file.unlink()
    assert ledger_key() != key


def test_processes_that_begin_at_once_get_the_same_key(home: Path) -> None:
    script = "from pivotgen.memory.key import ledger_key; print(ledger_key().key.hex())"

    def run(_: int) -> str:
        command = [sys.executable, "-c", script]
        return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(run, range(6)))) == 1
    assert home.is_dir()


def test_a_home_folder_of_its_own_takes_the_place_of_a_missing_setting(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for value in ("", "relative/folder"):
        monkeypatch.setenv("XDG_CONFIG_HOME", value)
        assert ledger_key().fault == ""
    assert (tmp_path / ".config" / "pivotgen" / "ledger-key").is_file()


def test_a_key_of_the_environment_comes_first_and_no_file_is_made(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "4e" * 32)
    key = ledger_key()
    assert ledger_key() == key
    monkeypatch.setenv(VARIABLE, "4f" * 32)
    assert ledger_key() != key
    assert not home.exists()
    # A secret that a runner does not give is an empty text.
    monkeypatch.setenv(VARIABLE, "")
    assert ledger_key().fault == ""
    assert home.exists()


@pytest.mark.parametrize("text", ["", "short", "zz" * 32, "ab" * 31, "ab" * 33])
def test_a_file_that_is_no_key_is_not_used(home: Path, text: str) -> None:
    ledger_key()
    (home / "pivotgen" / "ledger-key").write_text(text)
    key = ledger_key()
    assert "ledger-key is not a key" in key.fault or "non-hexadecimal" in key.fault
    # It is the same for all builds of this process.
    assert ledger_key() == key


def test_a_key_that_others_can_read_is_not_used(home: Path) -> None:
    key = ledger_key()
    (home / "pivotgen" / "ledger-key").chmod(0o644)
    assert "others may read ledger-key" in ledger_key().fault
    assert ledger_key().key != key.key


def test_a_key_that_is_easy_to_guess_is_not_used(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "secret")
    assert "could be guessed" in ledger_key().fault


def test_a_key_inside_the_site_is_not_used(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "linked").mkdir(parents=True)
    (home / "link").symlink_to(home / "linked")
    for folder in (home, home / "link"):
        monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
        assert "inside this site" in ledger_key(home).fault
    assert list((home / "linked").iterdir()) == []


def test_a_build_without_a_key_that_stays_says_so_once_and_the_site_is_right(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.pivot("Chef", "Nurse")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/dev/null")
    result = world.run("build")
    assert result.returncode == 0
    assert result.stderr.count("warning[ledger-key]") == 1
    # A check writes nothing that a later build would read.
    assert "ledger-key" not in world.run("check").stderr
    before = world.tree()
    assert world.run("build").returncode == 0
    assert world.tree() == before


def test_builds_of_one_process_without_such_a_key_still_redo_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.pivot("Chef", "Nurse")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/dev/null")
    public = world.folder / "public"
    build_here(world.folder, CONFIG, public)
    assert build_here(world.folder, CONFIG, public).rendered == 0


def test_a_restored_memory_counts_where_the_key_is_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Two runners of CI, each with an empty home folder."""
    world.pivot("Chef", "Nurse")
    public, homes = world.folder / "public", tmp_path_factory.mktemp("homes")
    monkeypatch.setenv(VARIABLE, "a secret of the repository, 32 characters or more")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(homes / "first"))
    build_here(world.folder, CONFIG, public)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(homes / "second"))
    assert build_here(world.folder, CONFIG, public).rendered == 0
    right = tree(public)
    monkeypatch.delenv(VARIABLE)
    report = build_here(world.folder, CONFIG, public)
    assert (report.parsed, report.problems) == (1, [])
    assert tree(public) == right


def test_a_key_is_never_shown() -> None:
    key = bytes(range(32))
    named = ledger_key()
    for shown in (repr(named), str(named), f"{named}", repr(Sealer(key)), str(Sealer(key))):
        assert named.key.hex() not in shown
        assert repr(named.key) not in shown
        assert repr(key) not in shown


def test_a_worker_gets_the_key_with_the_seal() -> None:
    sealer = Sealer(bytes(range(32)))
    assert pickle.loads(pickle.dumps(sealer)).of("x") == sealer.of("x")


@pytest.mark.parametrize(
    "place", [("b", 1), ("a", 2), ("a",), ("a", 1, 1), ("a", "1"), ("a", b"1")]
)
def test_a_sealed_value_counts_only_in_its_place(place: tuple[object, ...]) -> None:
    sealer = Sealer(bytes(32))
    value = sealer.wrap(b"value", "a", 1)
    assert sealer.unwrap(value, "a", 1) == b"value"
    with pytest.raises(ChecksumError):
        sealer.unwrap(value, *place)
    for other in (None, 1, "", b"", value[:-1], value + b"x", b"x" + value, Sealer(b"x" * 32)):
        with pytest.raises(ChecksumError):
            sealer.unwrap(other, "a", 1)

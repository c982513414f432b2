"""What of a built site a target gets, and with which headers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pivotgen.engines.stores.folder import FolderStore
from pivotgen.model.delivery import delivery_of
from pivotgen.model.deploying import DeployError, RefusedError
from pivotgen.model.release import Attributes, Item, Manifest, Release, State
from pivotgen.model.schedule import Act, Schedule, Standing
from pivotgen.model.sending import Sending
from pivotgen.release.bodies import bodies_of
from pivotgen.release.schedule import schedule
from pivotgen.release.survey import survey
from tests.world.builds import CONFIG

FILES = {
    "index.html": "home",
    "index.html.br": "packed",
    "a/index.html": "page",
    "assets/style.1234567890.css": "style",
    "notes.txt": "notes",
    "data.gz": "no copy of anything",
    ".well-known/security.txt": "contact",
    ".hosts/nginx/server.conf": "rules",
    ".htaccess": "rules",
    "_headers": "rules",
    "_redirects": "rules",
}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return tmp_path


def sending(**given: object) -> Sending:
    return Sending(delivery=delivery_of(CONFIG), copies=("br", "gz"), **given)  # type: ignore[arg-type]


def test_a_bucket_gets_what_readers_are_sent(out: Path) -> None:
    files = survey(out, sending()).files
    rules = {".hosts/nginx/server.conf", ".htaccess", "_headers", "_redirects"}
    assert files.keys() == FILES.keys() - rules - {"index.html.br"}


def test_a_server_of_ones_own_gets_its_rules_and_compressed_copies_too(out: Path) -> None:
    files = survey(out, sending(hidden=True)).files
    assert files.keys() == FILES.keys() - {"_headers", "_redirects"}


def test_every_file_has_its_type_and_its_caching(out: Path) -> None:
    manifest = survey(out, sending(cache="no-cache"))
    page = dict(manifest.attributes_of("index.html").headers)
    assert page == {"Cache-Control": "no-cache", "Content-Type": "text/html; charset=utf-8"}
    style = dict(manifest.attributes_of("assets/style.1234567890.css").headers)
    assert "immutable" in style["Cache-Control"]


def test_other_headers_are_another_release_with_the_same_bytes(out: Path) -> None:
    first, second = survey(out, sending()), survey(out, sending(cache="no-store"))
    assert first.id != second.id
    assert first.files["index.html"].digest == second.files["index.html"].digest
    assert first.files["index.html"].blob != second.files["index.html"].blob


def test_old_addresses_are_redirects_with_a_page_of_their_own_or_without(out: Path) -> None:
    moves = {"a/index.html": "https://example.com/b/", "old/index.html": "https://example.com/"}
    manifest = survey(out, sending(moves=moves, redirects=True))
    assert manifest.attributes_of("a/index.html").redirect == "https://example.com/b/"
    assert manifest.attributes_of("old/index.html").redirect == "https://example.com/"
    assert manifest.files["old/index.html"].size == 0
    assert bodies_of(out)("old/index.html", manifest.files["old/index.html"]) == b""
    # A target that cannot answer by itself gets no file that is not there.
    assert "old/index.html" not in survey(out, sending(moves=moves)).files


def test_links_in_the_built_site_are_refused(out: Path) -> None:
    os.symlink("/etc/hostname", out / "link")
    with pytest.raises(RefusedError, match=r"link in .* is a link"):
        survey(out, sending())


def test_a_large_file_is_not_read_at_once(out: Path) -> None:
    large = out / "large.zip"
    with large.open("wb") as file:
        file.truncate((32 << 20) + 1)
    item = survey(out, sending()).files["large.zip"]
    body = bodies_of(out)("large.zip", item)
    assert body == large
    store = FolderStore(out / "www")
    store.put("large.zip", body, Attributes())
    assert dict(store.list())["large.zip"] == item.size


def test_a_file_that_changes_meanwhile_ends_the_deploy(out: Path) -> None:
    item = survey(out, sending()).files["notes.txt"]
    (out / "notes.txt").write_text("other")
    with pytest.raises(DeployError, match="was changed while it was deployed"):
        bodies_of(out)("notes.txt", item)


def plan(before: dict[str, str], after: dict[str, str]) -> Schedule:
    """The schedule from one set of files to another, each a path with a version."""

    def manifest(files: dict[str, str]) -> Manifest:
        html = Attributes()
        return Manifest(
            {path: Item(text, 1, html.id) for path, text in files.items()}, {html.id: html}
        )

    first = Release("first")
    state = State(current="first", purged="first", kept=(first,))
    listing = dict.fromkeys(before, 1)
    standing = Standing(state=state, listing=listing, manifests={"first": manifest(before)})
    return schedule(standing, manifest(after), Release("second"), 5)


def keys(schedule: Schedule, name: str) -> set[str]:
    [step] = [step for step in schedule.steps if step.name == name]
    return set(step.keys)


def test_a_compressed_copy_comes_together_with_its_page() -> None:
    before = {"index.html": "1", "a/index.html": "1", "a/index.html.br": "1"}
    after = {
        "index.html": "2",
        "index.html.br": "2",
        "a/index.html": "2",
        "a/index.html.br": "2",
        "b/index.html": "1",
        "b/index.html.br": "1",
    }
    done = plan(before, after)
    assert keys(done, "assets") == set()
    assert keys(done, "new pages") == {"b/index.html", "b/index.html.br"}
    assert keys(done, "changed pages") == after.keys() - {"b/index.html", "b/index.html.br"}


def test_an_old_copy_of_a_page_goes_before_the_pages_that_it_names() -> None:
    before = {"index.html": "1", "index.html.gz": "1", "a/index.html": "1"}
    done = plan(before, {"index.html": "2"})
    order = [step.name for step in done.steps if step.act is Act.DELETE]
    assert order == ["delete copies", "delete pages", "delete files"]
    assert keys(done, "delete copies") == {"index.html.gz"}
    assert keys(done, "delete pages") == {"a/index.html"}


@pytest.mark.parametrize("path", [".htaccess", ".hosts/nginx/maps.conf", "sitemap.xml", "feed.xml"])
def test_what_names_pages_for_machines_comes_after_the_pages(path: str) -> None:
    assert keys(plan({"index.html": "1"}, {"index.html": "1", path: "1"}), "indexes") == {path}

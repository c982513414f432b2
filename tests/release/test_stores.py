"""What only stores have: headers, redirects, profiles, large files, and twenty deploys at once."""

from __future__ import annotations

import json
import os
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pivotgen.commands._targets import open_target
from pivotgen.commands.deploy import DeployOptions
from pivotgen.engines.parallel import in_parallel
from pivotgen.engines.stores.folder import FolderStore
from pivotgen.model.deploying import ChangedError, HeldError
from pivotgen.model.release import PRIVATE, STATE, WAITING, Holder, Release
from pivotgen.model.targets import S3, Azure, Folder, Server, Target
from pivotgen.release.carry_out import Tools
from pivotgen.release.deploy import deploy
from pivotgen.release.lease import holding
from tests.world.builds import CONFIG, tree
from tests.world.deploys import LIMITS, Files, manifest, new_site
from tests.world.edits import edit
from tests.world.services import ACCOUNT_KEY, KEY, SECRET
from tests.world.site import World
from tests.world.targets import built, objects, put, visible

BUCKETS = pytest.mark.parametrize("target", ["moto", "seaweedfs"], indirect=True)
STORES = pytest.mark.parametrize("target", ["moto", "seaweedfs", "azurite"], indirect=True)


def attributes(target: Target, site: World, key: str) -> dict[str, str]:
    """What a store sends with an object."""
    import obstore

    store: Any = open_target(target, site.folder)
    return dict(obstore.get(store.store, key).attributes)


def test_a_change_of_headers_alone_is_deployed(target: Target, site: World) -> None:
    site.write("static/notes.csv", "a,b\n")
    assert put(site, target).problems == ()
    config = replace(CONFIG, media_types={".csv": "text/markdown; charset=utf-8"})
    report = put(site, target, config=config)
    assert report.problems == ()
    assert report.changed == ("notes.csv",)
    assert visible(target, site) == built(site)
    if isinstance(target, S3 | Azure):
        sent = attributes(target, site, "notes.csv")
        assert sent["Content-Type"] == "text/markdown; charset=utf-8"
        assert sent["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert put(site, target, DeployOptions(rollback="")).changed == ("notes.csv",)
    assert put(site, target).unchanged


@pytest.mark.parametrize("target", ["moto"], indirect=True)
@pytest.mark.parametrize("hosts", [(), ("nginx",)])
def test_old_addresses_are_redirects_of_the_bucket_itself(
    target: S3, site: World, hosts: tuple[str, ...]
) -> None:
    from botocore.session import Session

    site.write("content/redirects.yaml", "/was/: /to/nurse/\n/lost/: gone\n")
    config = replace(CONFIG, hosts=hosts)
    target = replace(target, website=True)
    assert put(site, target, config=config).problems == ()
    client = Session().create_client("s3", region_name="us-east-1", endpoint_url=target.endpoint)
    head = client.head_object(Bucket=target.bucket, Key="was/index.html")
    assert head["WebsiteRedirectLocation"] == f"{CONFIG.base_url}/to/nurse/"
    assert "lost/index.html" not in objects(target, site)
    assert put(site, target, config=config).unchanged
    site.write("content/redirects.yaml", "/was/: /to/nurse/#more\n/lost/: gone\n")
    assert put(site, target, config=config).problems == ()
    head = client.head_object(Bucket=target.bucket, Key="was/index.html")
    assert head["WebsiteRedirectLocation"] == f"{CONFIG.base_url}/to/nurse/#more"


@pytest.mark.parametrize("target", ["moto", "azurite"], indirect=True)
def test_a_file_too_large_for_memory_comes_whole(target: Target, site: World) -> None:
    large = site.folder / "static/large.zip"
    with large.open("wb") as file:
        file.write(b"start")
        file.truncate((32 << 20) + 5)
        file.seek(0, os.SEEK_END)
        file.write(b"end")
    assert put(site, target).problems == ()
    store = open_target(target, site.folder)
    stored = store.get("large.zip")
    assert stored
    assert stored.data == large.read_bytes()


@pytest.mark.parametrize("target", ["seaweedfs"], indirect=True)
def test_keys_come_from_a_profile_where_it_is_named(
    target: S3, site: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "credentials"
    file.write_text(f"[site]\naws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    assert put(site, replace(target, profile="site")).problems == ()
    [problem] = put(site, replace(target, profile="nobody")).problems
    assert "nobody" in problem.message
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.setenv("AWS_PROFILE", "site")
    assert put(site, target).unchanged


def test_of_twenty_whole_deploys_at_once_each_is_whole_or_refused(
    target: Target, site: World
) -> None:
    at_once = threading.Barrier(20)

    def deploy_one(number: int) -> Files | None:
        files = {
            path: row for path, row in new_site(random.Random(number)).files().items() if row[0]
        }
        store = open_target(target, site.folder)
        want = manifest(files)
        at_once.wait()
        try:
            with holding(store, Holder(str(number))) as lease:
                tools = Tools(
                    store=store,
                    lease=lease,
                    body=lambda path, item: files[path][0],
                    purge=lambda purge: None,
                    verify=lambda plan: None,
                    run=in_parallel,
                )
                deploy(want, Release(want.id), tools, LIMITS)
                return files
        except HeldError:
            return None

    with ThreadPoolExecutor(20) as pool:
        done = [files for files in pool.map(deploy_one, range(20)) if files]
    assert 0 < len(done) < 20
    seen = visible(target, site)
    pages = {path: data for path, data in seen.items() if not path.startswith("assets/")}
    # Nothing of those that were refused is there, and what is there is one of the others, whole.
    assert any(
        pages == {path: row[0] for path, row in files.items() if not path.startswith("assets/")}
        and all(seen[path] == row[0] for path, row in files.items())
        for files in done
    )


@STORES
def test_no_secret_is_printed_or_stored(target: Target, site: World) -> None:
    settings = (site.folder / "build.py").read_text("utf-8")
    name = "S3" if isinstance(target, S3) else "Azure"
    site.write("build.py", f"from pivotgen import {name}\n{settings}")
    site.setting(f'targets={{"production": {target!r}}}')
    output = []
    for words in (["--plan"], ["--json"], [], ["--rollback"]):
        result = site.run("deploy", *words)
        output += [result.stdout, result.stderr]
    assert json.loads(output[2])["release"]
    store = open_target(target, site.folder)
    stored = [store.get(key) for key, _ in store.list()]
    everything = "\n".join(output).encode() + b"".join(each.data for each in stored if each)
    everything += b"".join(tree(site.folder).values())
    for secret in (SECRET, ACCOUNT_KEY):
        assert secret.encode() not in everything
    assert SECRET not in repr(store)


def test_compressed_copies_go_where_a_server_can_choose_among_them(
    target: Target, site: World
) -> None:
    assert put(site, target, config=replace(CONFIG, sidecars=("gz",))).problems == ()
    assert (site.folder / "public/index.html.gz").is_file()
    seen = {key for key in objects(target, site) if not key.startswith(PRIVATE)}
    assert ("index.html.gz" in seen) == isinstance(target, Folder | Server)
    assert "index.html" in seen


@BUCKETS
def test_what_a_deploy_keeps_stays_below_one_folder(target: Target, site: World) -> None:
    assert put(site, target).problems == ()
    edit(site, "content/pivots/chef-to-nurse.md", "Some text.", "Other words.")
    assert put(site, target).problems == ()
    own = {key for key in objects(target, site) if key.startswith(PRIVATE)}
    assert objects(target, site).keys() - own == built(site).keys()


def test_who_comes_second_is_told_so_also_while_the_first_cleans_up(tmp_path: Path) -> None:
    first, second = (FolderStore(tmp_path / "www") for _ in range(2))
    first.put_if(STATE, b"{}", "")
    over = threading.Event()

    def clean_up() -> int:
        cleaned = 0
        while not over.is_set():
            waste = [key for key, _ in first.list() if key.startswith(WAITING)]
            first.delete(waste)
            cleaned += len(waste)
        return cleaned

    refused = rounds = 0
    with ThreadPoolExecutor(1) as pool:
        cleaning = pool.submit(clean_up)
        try:
            # Until what it wrote was taken away a few times.
            while refused < 5 and rounds < 20_000:
                rounds += 1
                second.now()
                stored = second.get(STATE)
                assert stored
                try:
                    second.put_if(STATE, b"{}", stored.tag)
                except ChangedError:
                    refused += 1
        finally:
            over.set()
    assert 5 <= refused <= cleaning.result()

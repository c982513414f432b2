"""Deploys to every kind of target: real servers, a folder, and a server that ssh reaches."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from pivotgen.commands._targets import open_target
from pivotgen.commands.deploy import DeployOptions, deploy
from pivotgen.model.deploy_report import DeployReport
from pivotgen.model.deploying import HeldError
from pivotgen.model.release import BLOBS, PRIVATE, Attributes, Holder
from pivotgen.model.targets import S3, Azure, Folder, Server, Target
from pivotgen.release.lease import holding
from tests.world.builds import CONFIG
from tests.world.services import (
    ACCOUNT,
    ACCOUNT_KEY,
    KEY,
    SECRET,
    azurite,
    moto,
    request,
    seaweedfs,
)
from tests.world.site import World
from tests.world.sshd import ssh_server

KINDS = ("moto", "seaweedfs", "azurite", "folder", "server")
New = Callable[[], Target]


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, object]]:
    """The servers that were asked for; each is started by its first test."""
    with ExitStack() as stack:
        yield {"stack": stack, "folder": tmp_path_factory}


@pytest.fixture(params=KINDS)
def target(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Target:
    """An empty target of each kind."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "AZURE_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_KEY", ACCOUNT_KEY)
    services = request.getfixturevalue("services")
    return _new(str(request.param), services, tmp_path)


def _service(services: dict[str, object], name: str) -> object:
    if name not in services:
        start = {"moto": moto, "seaweedfs": seaweedfs, "azurite": azurite, "server": ssh_server}
        folder = services["folder"].mktemp(name)  # type: ignore[attr-defined]
        services[name] = services["stack"].enter_context(start[name](folder))  # type: ignore[attr-defined]
    return services[name]


def _new(kind: str, services: dict[str, object], folder: Path) -> Target:
    name = f"site-{uuid.uuid4().hex[:8]}"
    if kind == "folder":
        return Folder(str(folder / "www"), verify=False, releases=2)
    where = _service(services, kind)
    if kind == "server":
        assert isinstance(where, tuple)
        place = str(folder / "www")
        return Server("127.0.0.1", place, options=where, verify=False, releases=2)
    endpoint = str(where)
    if kind == "azurite":
        return Azure(ACCOUNT, "site", endpoint=endpoint, prefix=name, verify=False, releases=2)
    if kind == "moto":
        assert request(int(endpoint.rpartition(":")[2]), "PUT", f"/{name}")[0] == 200
    return S3(name, endpoint=endpoint, verify=False, releases=2)


@pytest.fixture
def site(world: World) -> World:
    for name in ("Chef", "Baker", "Cook", "Waiter"):
        world.pivot(name, "Nurse")
    world.write("static/notes.txt", "Notes.\n")
    return world


def put(site: World, target: Target, options: DeployOptions | None = None) -> DeployReport:
    from dataclasses import replace

    config = replace(CONFIG, targets={"production": target})
    return deploy(site.folder, config, options or DeployOptions())


def objects(target: Target, site: World) -> dict[str, int]:
    return dict(open_target(target, site.folder).list())


def visible(target: Target, site: World) -> dict[str, bytes]:
    """Everything that readers see."""
    store = open_target(target, site.folder)
    paths = [key for key, _ in store.list() if not key.startswith(PRIVATE)]
    found = {path: store.get(path) for path in paths}
    return {path: stored.data for path, stored in found.items() if stored}


def built(site: World) -> dict[str, bytes]:
    return {path: data for path, data in site.tree().items() if not path.startswith("_")}


def test_a_site_comes_to_a_target_and_goes_back(target: Target, site: World) -> None:
    report = put(site, target)
    assert report.problems == ()
    first = built(site)
    assert visible(target, site) == first
    assert (len(report.added), report.sent) == (len(first), sum(map(len, set(first.values()))))
    assert put(site, target).unchanged
    before = objects(target, site)

    for name in ("chef", "baker", "cook"):
        page = f"content/pivots/{name}-to-nurse.md"
        text = (site.folder / page).read_text("utf-8")
        site.write(page, text.replace("Some text.", f"Other text about {name}s."))
    plan = put(site, target, DeployOptions(plan=True))
    assert objects(target, site) == before
    report = put(site, target)
    pages = {f"pivots/{name}-to-nurse/index.html" for name in ("chef", "baker", "cook")}
    assert pages == set(report.changed) == set(plan.changed)
    assert report.sent == plan.sent == sum(len(built(site)[page]) for page in pages)
    new = {key for key in objects(target, site).keys() - before.keys() if key.startswith(BLOBS)}
    assert len(new) == 3
    assert visible(target, site) == built(site)

    report = put(site, target, DeployOptions(rollback=""))
    assert report.problems == ()
    assert visible(target, site) == first


def test_a_file_of_somebody_stays(target: Target, site: World) -> None:
    store = open_target(target, site.folder)
    store.put("theirs/notes.txt", b"mine", Attributes())
    store.put("index.html", b"an older site", Attributes())
    report = put(site, target)
    [problem] = report.problems
    assert problem.code == "deploy-refused"
    assert "index.html" in problem.message
    assert visible(target, site) == {"theirs/notes.txt": b"mine", "index.html": b"an older site"}
    assert put(site, target, DeployOptions(adopt=True)).problems == ()
    assert put(site, target).unchanged
    assert visible(target, site) == {**built(site), "theirs/notes.txt": b"mine"}


def test_of_twenty_deploys_at_once_one_is_at_work(target: Target, site: World) -> None:
    def hold(number: int) -> bool:
        try:
            with holding(open_target(target, site.folder), Holder(str(number))):
                all_asked.wait()
                return True
        except HeldError:
            return False
        finally:
            asked.release()

    import threading

    asked, all_asked = threading.Semaphore(0), threading.Event()

    def release() -> None:
        for _ in range(19):
            asked.acquire()
        all_asked.set()

    with ThreadPoolExecutor(21) as pool:
        pool.submit(release)
        assert sum(pool.map(hold, range(20))) == 1


@pytest.mark.parametrize("target", ["seaweedfs", "azurite"], indirect=True)
def test_a_wrong_key_is_told_and_changes_nothing(
    target: Target, site: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong-and-secret")
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_KEY", "d3Jvbmc=")
    report = put(site, target)
    [problem] = report.problems
    assert "does not accept the key" in problem.message
    assert not any(secret in str(report) for secret in ("wrong-and-secret", "d3Jvbmc=", SECRET))


@pytest.mark.parametrize("target", ["moto", "azurite"], indirect=True)
def test_a_place_that_is_not_there_is_told(target: Target, site: World) -> None:
    from dataclasses import replace

    missing = (
        replace(target, bucket="not-there")
        if isinstance(target, S3)
        else replace(target, container="not-there")  # type: ignore[call-arg]
    )
    [problem] = put(site, missing).problems
    assert "there is no such place" in problem.message

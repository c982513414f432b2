"""Deploys to every kind of target: real servers, a folder, and a server that ssh reaches."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from pivotgen.commands._targets import open_target
from pivotgen.commands.deploy import DeployOptions
from pivotgen.model.deploying import HeldError
from pivotgen.model.release import BLOBS, Attributes, Holder
from pivotgen.model.targets import S3, Target
from pivotgen.release.lease import holding
from tests.world.services import SECRET
from tests.world.site import World
from tests.world.targets import built, objects, put, visible


def test_a_site_comes_to_a_target_and_goes_back(target: Target, site: World) -> None:
    report = put(site, target)
    assert report.problems == ()
    # Whole milliseconds, so that a log is short.
    assert report.seconds == round(report.seconds, 3) > 0
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
    missing = (
        replace(target, bucket="not-there")
        if isinstance(target, S3)
        else replace(target, container="not-there")  # type: ignore[call-arg]
    )
    [problem] = put(site, missing).problems
    assert "there is no such place" in problem.message

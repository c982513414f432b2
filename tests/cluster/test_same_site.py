"""A build on a cluster makes the site that any other build makes, and no local file is needed."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from pivotgen.model.deploying import DeployError
from pivotgen.model.release import BLOBS
from pivotgen.model.targets import S3
from tests.cluster.conftest import clean_tree, own_code
from tests.world.builds import tree
from tests.world.cluster import Cluster
from tests.world.services import moto, request
from tests.world.site import World
from tests.world.targets import objects, visible


def on_cluster(site: World, workers: Cluster, *words: str) -> dict[str, Any]:
    result = site.run("build", "--cluster", workers.address, "--json", *words)
    report: dict[str, Any] = json.loads(result.stdout)
    assert result.returncode == 0, result.stderr
    return report


def test_workers_do_not_see_sites_where_they_can_be_apart(workers: Cluster, tmp_path: Path) -> None:
    seen = workers.client.run(tmp_path.exists)
    assert set(seen.values()) == {not workers.place.is_apart}


def test_pages_that_come_back_are_those_of_a_local_build(site: World, workers: Cluster) -> None:
    report = on_cluster(site, workers)
    assert report["parsed"] == 42
    assert site.tree() == clean_tree(site)
    page = site.read("pivots/chef-to-nurse/index.html")
    assert "From Chef to Nurse: A View!" in page
    assert site.run("build").stdout.endswith("0 of them written.\n")


def test_an_edit_makes_only_what_it_reaches(site: World, workers: Cluster) -> None:
    on_cluster(site, workers)
    path = "content/pivots/chef-to-nurse.md"
    text = (site.folder / path).read_text("utf-8")
    site.write(path, text.replace("Some text.", "Other points."))
    report = on_cluster(site, workers)
    assert (report["parsed"], report["rendered"], report["written"]) == (1, 1, 1)
    assert "Other POINTS" in site.read("pivots/chef-to-nurse/index.html")
    assert site.tree() == clean_tree(site)


def test_code_of_the_site_that_changed_is_read_anew(site: World, workers: Cluster) -> None:
    on_cluster(site, workers)
    text = (site.folder / "own.py").read_text("utf-8")
    site.write("own.py", text.replace('f"{text}!"', 'f"{text}?"').replace("POINTS", "DOTS"))
    on_cluster(site, workers)
    assert "A View?" in site.read("pivots/chef-to-nurse/index.html")
    assert site.tree() == clean_tree(site)


def test_compressed_copies_come_back_too(site: World, workers: Cluster) -> None:
    site.setting('sidecars=("br", "gz")')
    on_cluster(site, workers)
    assert "index.html.br" in site.tree()
    assert site.tree() == clean_tree(site)
    # Another level of the pages' own text changes pages, and their copies with them.
    own_code(site, 0.001)
    on_cluster(site, workers, "--clean")
    assert site.tree() == clean_tree(site)


def test_pages_in_other_languages_are_those_of_a_local_build(site: World, workers: Cluster) -> None:
    site.setting('languages=("fr", "ar")')
    site.write("content/names.fr.yaml", "roles:\n  nurse: Infirmier\n")
    on_cluster(site, workers)
    assert "fr/pivots/chef-to-nurse/index.html" in site.tree()
    assert site.tree() == clean_tree(site)


def test_a_fault_of_a_layout_is_told_at_its_line(site: World, workers: Cluster) -> None:
    on_cluster(site, workers)
    before = site.tree()
    text = (site.folder / "own.py").read_text("utf-8")
    site.write("own.py", text.replace("    return f", "    text.nothing()\n    return f"))
    result = site.run("build", "--cluster", workers.address)
    local = site.run("build", "--memory", str(site.folder / "other"))
    assert result.returncode == 1
    assert "layouts/pivot.html:" in result.stderr
    assert result.stderr == local.stderr
    assert site.tree() == before


def test_a_problem_of_a_text_is_told_at_its_line(site: World, workers: Cluster) -> None:
    site.pivot("Chef", "Sailor", "---\ntitle: 1\n---\n")
    result = site.run("build", "--cluster", workers.address)
    local = site.run("build", "--memory", str(site.folder / "other"))
    assert result.returncode == 1
    assert result.stderr == local.stderr
    assert not (site.folder / "public").exists()


# A store that workers reach from where they are


@pytest.fixture
def bucket(workers: Cluster, keys: None, stack: ExitStack, tmp_path: Path) -> S3:
    """An empty bucket, and workers with the keys for it."""
    folder = tmp_path / "moto"
    folder.mkdir()
    endpoint = stack.enter_context(moto(folder, workers.place.here))
    host, _, port = endpoint.removeprefix("http://").partition(":")
    assert request(int(port), "PUT", "/bucket", host=host)[0] == 200
    return S3("bucket", endpoint=endpoint, verify=False, releases=2)


@pytest.fixture(scope="module")
def workers(workers: Cluster) -> Cluster:
    """Workers that have the keys of the store in their environment."""
    workers.client.run(_take_keys)
    return workers


def _take_keys() -> None:
    import os

    os.environ["AWS_ACCESS_KEY_ID"] = "pivotgen-tests"
    os.environ["AWS_SECRET_ACCESS_KEY"] = "this-must-never-be-shown"


def targeted(site: World, bucket: S3) -> World:
    where = f'"production": S3("bucket", endpoint="{bucket.endpoint}", verify=False, releases=2)'
    site.targets(where)
    return site


def deploy(site: World, workers: Cluster, *words: str) -> dict[str, Any]:
    result = site.run("deploy", "--cluster", workers.address, "--json", *words)
    assert result.returncode == 0, result.stderr
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def test_a_store_gets_the_site_of_a_local_build(site: World, workers: Cluster, bucket: S3) -> None:
    targeted(site, bucket)
    deploy(site, workers)
    assert not (site.folder / "public").exists()
    assert visible(bucket, site) == for_readers(clean_tree(site))
    # A deploy from this machine finds the same release, and nothing left to send.
    result = json.loads(site.run("deploy", "--json").stdout)
    assert (result["unchanged"], result["sent"]) == (True, 0)


def test_what_did_not_change_is_neither_made_nor_sent_again(
    site: World, workers: Cluster, bucket: S3
) -> None:
    targeted(site, bucket)
    first = deploy(site, workers)
    assert deploy(site, workers)["unchanged"]
    path = "content/pivots/chef-to-nurse.md"
    site.write(path, (site.folder / path).read_text("utf-8").replace("Some text.", "Others."))
    site.write("content/redirects.yaml", "/old/: /to/pilot/\n")
    second = deploy(site, workers)
    assert set(second["changed"]) == {
        "old/index.html",
        "pivots/chef-to-nurse/index.html",
    } | {path for path in second["changed"] if path.startswith("find/")}
    assert second["before"] == first["release"]
    assert visible(bucket, site) == for_readers(clean_tree(site))
    # Back, with nothing but the store.
    site.run("deploy", "--rollback")
    assert visible(bucket, site) != for_readers(clean_tree(site))


def test_blobs_that_somebody_removed_are_made_again(
    site: World, workers: Cluster, bucket: S3
) -> None:
    from pivotgen.commands._targets import open_target

    targeted(site, bucket)
    deploy(site, workers)
    blobs = [key for key in objects(bucket, site) if key.startswith(BLOBS)]
    open_target(bucket, site.folder).delete(blobs[::2])
    deploy(site, workers)
    assert visible(bucket, site) == for_readers(clean_tree(site))
    assert {key for key in objects(bucket, site) if key.startswith(BLOBS)} == set(blobs)


def test_a_plan_puts_nothing_into_the_store(site: World, workers: Cluster, bucket: S3) -> None:
    targeted(site, bucket)
    plan = deploy(site, workers, "--plan")
    assert len(plan["added"]) > 42
    assert objects(bucket, site) == {}


def test_workers_without_keys_are_told(site: World, workers: Cluster, bucket: S3) -> None:
    targeted(site, bucket)

    def forget() -> None:
        import os

        del os.environ["AWS_SECRET_ACCESS_KEY"]

    workers.client.run(forget)
    # A worker keeps the store that it has opened.
    site.write(
        "build.py",
        (site.folder / "build.py").read_text("utf-8").replace("releases=2", "releases=3"),
    )
    try:
        result = site.run("deploy", "--cluster", workers.address)
    finally:
        workers.client.run(_take_keys)
    assert result.returncode == 1
    assert "error[deploy-failed]: the keys for Amazon cannot be read" in result.stderr


def test_a_target_without_objects_gets_what_came_back(site: World, workers: Cluster) -> None:
    site.targets('"production": Folder("www", verify=False)')
    deploy(site, workers)
    assert site.tree() == clean_tree(site)
    assert tree(site.folder / "www/public") == for_readers(site.tree())


def for_readers(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if not path.startswith("_")}


def test_a_file_that_the_store_has_lost_meanwhile_is_told() -> None:
    from pivotgen.model.release import Item
    from pivotgen.release.bodies import body_in_store

    assert body_in_store("old/index.html", Item("0", 0, "a")) == b""
    with pytest.raises(DeployError, match="not in the store any more"):
        body_in_store("index.html", Item("0", 1, "a"))

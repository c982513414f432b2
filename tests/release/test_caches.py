"""Caches are told exactly what changed, in requests that their interfaces take."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest

from pivotgen.commands._targets import open_caches
from pivotgen.model.caches import Bunny, Cloudflare, CloudFront, Fastly, Purge, Webhook
from pivotgen.model.deploying import DeployError
from pivotgen.model.purging import Cache
from pivotgen.model.schedule import PurgeSet
from tests.world.purges import TOKEN, ZONE, Purges, purge_server
from tests.world.services import KEY, SECRET, moto

URL = "https://www.example.com"
NAMES = (
    "CLOUDFLARE_API_TOKEN",
    "FASTLY_API_TOKEN",
    "BUNNY_API_KEY",
    "PIVOTGEN_WEBHOOK_SECRET",
)
KINDS = ("cloudflare", "fastly", "bunny", "webhook")


@pytest.fixture
def purges(monkeypatch: pytest.MonkeyPatch) -> Iterator[Purges]:
    for name in NAMES:
        monkeypatch.setenv(name, TOKEN)
    with purge_server() as purges:
        yield purges


def setting(kind: str, purges: Purges) -> Purge:
    match kind:
        case "cloudflare":
            return Cloudflare(ZONE, api=purges.url)
        case "fastly":
            return Fastly("SU1Z0isxPaozGVKXdv0eY", api=purges.url)
        case "bunny":
            return Bunny(77, api=purges.url)
    return Webhook(f"{purges.url}/hook", batch=200)


def send(cache: Cache, purge: PurgeSet) -> list[float]:
    """Have a cache forget, and return how long it was waited for."""
    waits: list[float] = []
    for request in cache.requests(purge):
        cache.send(request, waits.append)
    return waits


def pages(count: int) -> PurgeSet:
    return PurgeSet(paths=tuple(f"to/role-{number}/index.html" for number in range(count)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [1, 100, 101, 400])
def test_every_address_that_changed_is_named_and_no_other(
    purges: Purges, kind: str, count: int
) -> None:
    [cache] = open_caches([setting(kind, purges)], URL)
    assert send(cache, pages(count)) == []
    start = "" if kind == "fastly" else URL
    assert purges.forgotten == [f"{start}/to/role-{number}/" for number in range(count)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_first_deploy_has_everything_forgotten(purges: Purges, kind: str) -> None:
    [cache] = open_caches([setting(kind, purges)], URL)
    send(cache, PurgeSet(everything=True))
    assert purges.forgotten == ["*"]


@pytest.mark.parametrize(
    ("cache", "count"),
    [
        (lambda purges: Cloudflare(ZONE, most=150, api=purges.url), 151),
        (lambda purges: Fastly("SU1Z0isxPaozGVKXdv0eY", most=30, api=purges.url), 31),
        (lambda purges: Bunny(77, most=20, api=purges.url), 21),
    ],
)
def test_beyond_a_limit_everything_is_forgotten_and_that_is_said(
    purges: Purges, cache: object, count: int
) -> None:
    [opened] = open_caches([cache(purges)], URL)  # type: ignore[operator]
    [request] = opened.requests(pages(count))
    assert f"everything, because {count} addresses are more than {count - 1}" in request.words
    send(opened, pages(count))
    assert purges.forgotten == ["*"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_interface_that_is_busy_is_asked_again_when_it_says(purges: Purges, kind: str) -> None:
    [cache] = open_caches([setting(kind, purges)], URL)
    purges.busy = 2
    assert send(cache, pages(1)) == [7.0, 7.0]
    purges.broken = 3
    assert send(cache, pages(1)) == [1.0, 2.0, 4.0]
    assert len(purges.forgotten) == 2


def test_an_interface_may_say_when_as_a_moment(purges: Purges) -> None:
    [cache] = open_caches([setting("webhook", purges)], URL)
    purges.busy, purges.later = 1, formatdate(time.time() + 60, usegmt=True)
    [seconds] = send(cache, pages(1))
    assert 30 < seconds <= 60


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_that_is_refused_is_told_at_once_and_never_shown(
    purges: Purges, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NAMES:
        monkeypatch.setenv(name, "another-and-secret")
    [cache] = open_caches([setting(kind, purges)], URL)
    with pytest.raises(DeployError, match="does not accept the key") as error:
        send(cache, pages(1))
    assert purges.requests == 1
    assert "another-and-secret" not in f"{error.value.message}{error.value.hint}{cache!r}"


def test_what_an_interface_answers_is_shown_without_the_key(purges: Purges) -> None:
    # A wrong request is answered with its own headers.
    [cache] = open_caches([Cloudflare(ZONE, api=purges.url)], URL)
    [request] = cache.requests(PurgeSet(paths=("a/index.html",)))
    too_many = type(request)(request.words, request.names * 101)
    with pytest.raises(DeployError, match="400") as error:
        cache.send(too_many, lambda seconds: None)
    assert TOKEN not in error.value.message
    assert "…" in error.value.message


@pytest.mark.parametrize("name", NAMES[:3])
def test_a_key_that_is_missing_is_told_before_anything_is_asked(
    purges: Purges, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(name)
    kind = name.partition("_")[0].lower()
    with pytest.raises(DeployError) as error:
        open_caches([setting(kind, purges)], URL)
    assert name in error.value.hint
    assert purges.requests == 0


def test_a_front_page_has_bunny_forget_everything_because_its_address_stands_for_all(
    purges: Purges,
) -> None:
    [cache] = open_caches([setting("bunny", purges)], URL)
    send(cache, PurgeSet(paths=("a/index.html", "index.html")))
    assert purges.forgotten == ["*"]


def test_cloudfront_forgets_a_page_under_both_of_its_addresses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from botocore.session import Session

    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    with moto(tmp_path) as endpoint:
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        client = Session().create_client("cloudfront", region_name="us-east-1")
        origin = {
            "Id": "s3",
            "DomainName": "b.s3.amazonaws.com",
            "S3OriginConfig": {"OriginAccessIdentity": ""},
        }
        settings = {
            "CallerReference": "1",
            "Origins": {"Quantity": 1, "Items": [origin]},
            "DefaultCacheBehavior": {"TargetOriginId": "s3", "ViewerProtocolPolicy": "allow-all"},
            "Comment": "",
            "Enabled": True,
        }
        number = client.create_distribution(DistributionConfig=settings)["Distribution"]["Id"]
        [cache] = open_caches([CloudFront(number)], URL)
        send(cache, PurgeSet(paths=("a/index.html", "feed.xml")))
        send(cache, PurgeSet(everything=True))
        rows = client.list_invalidations(DistributionId=number)["InvalidationList"]["Items"]
        asked = [
            client.get_invalidation(DistributionId=number, Id=row["Id"])["Invalidation"][
                "InvalidationBatch"
            ]["Paths"]["Items"]
            for row in rows
        ]
        assert sorted(asked) == [["/*"], ["/a/", "/a/index.html", "/feed.xml"]]
        [wrong] = open_caches([CloudFront("E000000000000")], URL)
        with pytest.raises(DeployError, match="CloudFront did not purge") as error:
            send(wrong, pages(1))
        assert SECRET not in str(error.value)

"""Targets and caches refuse settings that cannot be, in plain words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pivotgen.model.caches import Bunny, Cloudflare, CloudFront, Fastly, Webhook
from pivotgen.model.targets import S3, Azure, Folder, Server, Target
from tests.world.builds import CONFIG

WRONG: list[tuple[Callable[[], Any], str]] = [
    (lambda: S3("my bucket"), "S3 needs the name of a bucket, and `my bucket` can be none"),
    (lambda: S3("a"), "can be none"),
    (lambda: S3("bucket", endpoint="s3.example.com"), "starts with https:// in `endpoint`"),
    (lambda: S3("bucket", endpoint="https://key:secret@s3.example.com"), "starts with https://"),
    (lambda: S3("bucket", prefix="/blog/"), "needs a prefix like `blog`"),
    (lambda: S3("bucket", prefix="a/../b"), "cannot have the prefix"),
    (lambda: S3("bucket", url="www.example.com"), "starts with https:// in `url`"),
    (lambda: S3("bucket", releases=0), "must keep one release at least"),
    (lambda: S3("bucket", patience=-1), "0 or more seconds of patience"),
    (lambda: S3("bucket", patience=1.5), "patience must be a whole number"),  # type: ignore[arg-type]
    (lambda: S3("bucket", website="yes"), "website must be True or False"),  # type: ignore[arg-type]
    (lambda: S3("bucket", purge=("E2X",)), "has something in `purge` that is no cache"),  # type: ignore[arg-type]
    (lambda: Azure("My_Account"), "needs the name of an account"),
    (lambda: Azure("account", container="-"), "needs the name of a container"),
    (lambda: Folder("  "), "needs a path"),
    (lambda: Server("-oProxyCommand=rm", "/srv/a"), "needs a host"),
    (lambda: Server("host name", "/srv/a"), "needs a host"),
    (lambda: Server("host", "srv/a"), "needs the absolute path"),
    (lambda: Server("host", "/srv/a b; rm"), "needs the absolute path"),
    (lambda: Server("host", "/srv/../etc"), "needs the absolute path"),
    (lambda: CloudFront("E2 X"), "needs the id of a distribution"),
    (lambda: CloudFront("E2EXAMPLE51GZ", most=3_001), "takes 3,000 paths at most"),
    (lambda: Cloudflare("example.com"), "needs the id of a zone"),
    (lambda: Fastly("a b"), "needs the id of a service"),
    (lambda: Bunny(0), "needs the number of a pull zone"),
    (lambda: Webhook("example.com/hook"), "starts with https:// in `url`"),
    (lambda: Webhook("https://example.com/hook", batch=0), "needs a batch of at least 1"),
    (lambda: replace(CONFIG, targets={"Live Site": S3("bucket")}), "is no name of a target"),
    (lambda: replace(CONFIG, targets={"live": "s3://bucket"}), "must be S3(…), Azure(…)"),  # type: ignore[dict-item]
    (lambda: replace(CONFIG, targets={"live": Target()}), "must be S3(…), Azure(…)"),
]


@pytest.mark.parametrize(("settings", "words"), WRONG, ids=range(len(WRONG)))
def test_what_cannot_be_is_refused(settings: Callable[[], Any], words: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011
        settings()
    assert words in str(error.value)


def test_what_can_be_is_taken() -> None:
    targets = {
        "production": S3("my.bucket-1", prefix="sites/blog", purge=(CloudFront("E2EXAMPLE51GZ"),)),
        "azure": Azure("account1", url="https://www.example.com/blog"),
        "here": Folder("../www"),
        "server-2": Server("deploy@[2001:db8::1]", "/srv/www/site", options=("-p", "2222")),
    }
    assert replace(CONFIG, targets=targets).targets == targets
    assert [target.place for target in targets.values()] == [
        "s3://my.bucket-1/sites/blog",
        "azure://account1/$web/",
        "../www",
        "deploy@[2001:db8::1]:/srv/www/site",
    ]

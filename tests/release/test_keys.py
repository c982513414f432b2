"""Keys that can be none, and what services answer, are told in plain words without any secret."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pivotgen.commands._targets import open_caches, open_target
from pivotgen.engines.stores.faults import store_fault
from pivotgen.model.caches import Fastly, Purge
from pivotgen.model.deploying import DeployError
from pivotgen.model.targets import S3, Azure, Target

SECRET = "do-not-show"


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("AWS_", "AZURE_"))]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("AWS_SECRET_ACCESS_KEY", f"{SECRET}\n", "AWS_SECRET_ACCESS_KEY has a blank, a line break"),
        ("AWS_ACCESS_KEY_ID", f" {SECRET}", "AWS_ACCESS_KEY_ID has a blank"),
        ("AWS_SESSION_TOKEN", f"{SECRET}ä", "AWS_SESSION_TOKEN has a blank"),
        ("AWS_REGION", "eu central", "`eu central` is no region"),
        ("AZURE_STORAGE_ACCOUNT_KEY", SECRET, "the key for Azure in the environment is none"),
        ("AZURE_STORAGE_ACCOUNT_KEY", f"{SECRET}\r\n", "AZURE_STORAGE_ACCOUNT_KEY has a blank"),
        ("AZURE_STORAGE_SAS_TOKEN", SECRET, "the key for Azure in the environment is none"),
        ("FASTLY_API_TOKEN", f"{SECRET}\n{SECRET}", "FASTLY_API_TOKEN has a blank"),
    ],
)
def test_a_key_that_can_be_none_is_told_before_the_first_request(
    key: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "a-key")
    monkeypatch.setenv(key, value)
    place = Azure("account") if key.startswith("AZURE") else S3("bucket")
    with pytest.raises(DeployError) as error:
        _open(Fastly("service") if key.startswith("FASTLY") else place)
    assert words in error.value.message
    assert SECRET not in f"{error.value.message}{error.value.hint}"


def _open(place: Target | Purge) -> None:
    if isinstance(place, Target):
        open_target(place, Path())
    else:
        open_caches([place], "https://example.com")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("status code: 403 <Code>AccessDenied</Code>", "the key may not do that in it"),
        ("status code: 403 Forbidden", "(403)"),
        ("status code: 404 Not Found", "there is no such place: it"),
        ("status code: 501 <Code>NotImplemented</Code>", "does not know a request"),
        (
            'status code: 500 Internal Server Error: <?xml version="1.0"?><Code>SlowDown</Code>',
            "it answered with a failure, again and again: 500 SlowDown",
        ),
        ("status code: 503 Service Unavailable", "again and again: 503"),
        ("error sending request for url (https://x/?X-Amz-Signature=abc)", "cannot be reached"),
        ("odd https://x/y?X-Amz-Signature=abc and more\nDebug: all", "odd https://x/y and more"),
    ],
)
def test_an_answer_of_a_service_is_told_without_its_signature(answer: str, words: str) -> None:
    fault = store_fault(f"Generic S3 error: Server returned non-2xx {answer}", "it")
    assert words in fault.message
    assert "abc" not in fault.message
    assert "xml" not in fault.message

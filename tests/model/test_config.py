"""Settings that no site can have are refused in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import pytest

from pivotgen import Party
from pivotgen.model.cluster import Cluster
from pivotgen.model.config import Config
from pivotgen.model.pivot import Call
from pivotgen.model.targets import S3
from pivotgen.model.theme import Theme
from pivotgen.model.view import Link
from tests.world.builds import CONFIG


@pytest.mark.parametrize("size", [0, -1])
def test_a_page_of_a_list_holds_at_least_one_pivot(size: int) -> None:
    assert replace(CONFIG, page_size=1).page_size == 1
    with pytest.raises(ValueError, match="page_size must be at least 1"):
        replace(CONFIG, page_size=size)


@pytest.mark.parametrize("part", ["heading", "text", "label"])
def test_every_text_of_the_call_may_name_the_two_roles_and_nothing_else(part: str) -> None:
    whole = {"heading": "Heading", "label": "Label", "url": "https://example.com/"}
    replace(CONFIG, call=Call(**whole | {part: "From {from} to {to}, and { alone"}))
    with pytest.raises(ValueError, match=r"`\{role\}` in call is unknown"):
        replace(CONFIG, call=Call(**whole | {part: "To {to} as {role}"}))
    if part != "text":
        with pytest.raises(ValueError, match="call needs a heading, a label and a url"):
            replace(CONFIG, call=Call(**whole | {part: ""}))


WRONG: Mapping[str, list[Any]] = {
    "targets": ["s3://my-bucket", None],
    "name": [None, 3],
    "base_url": [None],
    "language": [None, ("en",)],
    "organisation": ["Us", ("Us", "/about/")],
    "editor": ["Us", Link("Us", "/about/")],
    "authors": [["ana"], "ana"],
    "call": ["Write to us", {"heading": "Next"}],
    "page_size": ["60", 6.5, True],
    "navigation": ["About", ("About",), [("About", "/about/")], Link("About", "/about/")],
    "footer": [{"About": "/about/"}, None],
    "theme": ["#0b6e4f", None],
    "image": [None, True],
    "edit_url": [None, 3],
    "report_url": [None],
    "qr_codes": [None, "yes", 1],
    "markdown_twins": [None, "yes", 1],
    "filters": [[len], {"a": 3}, {3: len}],
    "checks": [len, None],
    "other_sites": ["a.example", ["a.example"], None],
    "hsts": ["365", True, None, 36.5],
    "media_types": [".glb", [(".glb", "model/gltf-binary")]],
    "outside": ["../texts", (3,)],
    "active_files": ["static/a.html", (3,)],
    "hosts": ["netlify", (3,)],
    "sidecars": ["br", (3,)],
    "cluster": [None, "tls://10.0.0.7:8786"],
    "rules_off": ["echo", (3,)],
    "languages": ["fr", (3,), {"fr": 1}],
    "untranslated": ["none", ("ar", "none")],
    "labels": [{"fr": "À propos"}, {"fr": {"/about/": 3}}, ["fr"]],
    "calls": [Call("A", "", "B", "/c/"), {"fr": "Et vous ?"}, {3: Call()}],
    "region": [("fr",), {"fr": 3}, None],
}


@pytest.mark.parametrize("name", WRONG)
def test_a_setting_of_another_type_is_refused_with_an_example(name: str) -> None:
    for value in WRONG[name]:
        with pytest.raises(ValueError, match=f"^{name} must be .*{name}=") as refusal:
            replace(CONFIG, **{name: value})
        # The example is Python, and right.
        code = str(refusal.value).partition(", such as ")[2]
        given: dict[str, Any] = {
            "Party": Party,
            "Link": Link,
            "Call": Call,
            "Cluster": Cluster,
            "Theme": Theme,
            "shout": len,
        }
        given |= {"no_shouting": len, "S3": S3}
        assert replace(CONFIG, **eval(f"dict({code})", given))


def test_every_setting_has_a_type_that_is_looked_at() -> None:
    with_own_words = {"markdown", "extra", "after_build"}
    assert {field.name for field in fields(Config)} == WRONG.keys() | with_own_words


def test_lists_will_do_where_rows_are_asked_for() -> None:
    settings: dict[str, Any] = {
        "navigation": [Link("A", "/a/")],
        "checks": [],
        "rules_off": ["echo"],
    }
    assert replace(CONFIG, **settings)


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        (["salary"], "extra must be keys with their types"),
        ({"a-b": str}, "`a-b` cannot be a key of extra"),
        ({"salary": complex}, "the type of the extra key `salary` is"),
    ],
    ids=["no types", "a wrong name", "a wrong type"],
)
def test_keys_that_no_site_can_have_are_refused_before_anything_is_read(
    extra: Any, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        replace(CONFIG, extra=extra)

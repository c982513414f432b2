"""Setting types: what each setting of a build.py must be, told in words instead of a traceback."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pivotgen.model.cluster import Cluster
from pivotgen.model.delivery_settings import Hsts
from pivotgen.model.pivot import Call
from pivotgen.model.theme import Theme
from pivotgen.model.view import Link


def fault_of_types(config: Any, party: type[Any]) -> str:
    """What is wrong with the type of a setting; "" when nothing is.

    `party` is the type of people and organisations.
    """

    def is_party(value: object) -> bool:
        return value is None or isinstance(value, party)

    parties = {
        name: (is_party, f'a Party, such as {name}=Party("Ana Ruiz")')
        for name in ("organisation", "editor")
    }
    for name, (is_right, words) in {**_TYPES, **parties}.items():
        if not is_right(getattr(config, name)):
            return f"{name} must be {words}"
    return ""


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_mapping(value: object) -> bool:
    return isinstance(value, Mapping)


def _is_row_of(kind: type[object]) -> Callable[[object], bool]:
    def is_row(value: object) -> bool:
        return isinstance(value, tuple | list) and all(isinstance(each, kind) for each in value)

    return is_row


def _are_filters(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(name, str) and callable(function) for name, function in value.items()
    )


def _is_row_of_links_or_none(value: object) -> bool:
    return value is None or _is_row_of(Link)(value)


def _are_texts(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(part, str) for pair in value.items() for part in pair
    )


def _are_labels(value: object) -> bool:
    return isinstance(value, Mapping) and all(map(_are_texts, value.values()))


def _are_calls(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(code, str) and isinstance(call, Call) for code, call in value.items()
    )


def _is_region(value: object) -> bool:
    return isinstance(value, str) or _are_texts(value)


_LINKS = 'a row of links, such as {}=(Link("About us", "/about/"),)'
# By setting: whether a value is right, and what it must be.
_TYPES: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "name": (_is_text, 'a text, such as name="Career pivots"'),
    "base_url": (_is_text, 'a text, such as base_url="https://example.com"'),
    "language": (_is_text, 'a text, such as language="en"'),
    "languages": (_is_row_of(str), 'a row of codes, such as languages=("fr", "ar")'),
    "untranslated": (_is_mapping, 'a word by language, such as untranslated={"ar": "none"}'),
    "labels": (_are_labels, 'words by language, such as labels={"fr": {"/about/": "À propos"}}'),
    "region": (_is_region, 'a text, or one by language, such as region={"fr": "la France"}'),
    "image": (_is_text, 'a text, such as image="/assets/card.jpg"'),
    "edit_url": (_is_text, 'a text, such as edit_url="https://git.example/edit/{path}"'),
    "report_url": (_is_text, 'a text, such as report_url="https://git.example/new?at={url}"'),
    "authors": (_is_mapping, 'people by key, such as authors={"ana": Party("Ana")}'),
    "call": (
        lambda value: value is None or isinstance(value, Call),
        'a Call, such as call=Call("Your next step", "Ask us.", "Write", "https://a.example")',
    ),
    "calls": (
        _are_calls,
        'calls by language, such as calls={"fr": Call("Et vous ?", "", "Faire le test")}',
    ),
    "qr_codes": (lambda value: type(value) is bool, "True or False, such as qr_codes=True"),
    "markdown_twins": (
        lambda value: type(value) is bool,
        "True or False, such as markdown_twins=True",
    ),
    "page_size": (lambda value: type(value) is int, "a whole number, such as page_size=60"),
    "navigation": (_is_row_of_links_or_none, _LINKS.format("navigation")),
    "footer": (_is_row_of(Link), _LINKS.format("footer")),
    "theme": (
        lambda value: isinstance(value, Theme),
        'a Theme, such as theme=Theme(accent="#0b6e4f")',
    ),
    "cluster": (
        lambda value: isinstance(value, Cluster),
        "a Cluster, such as cluster=Cluster(patience=300)",
    ),
    "targets": (
        lambda value: isinstance(value, Mapping),
        "places by name, such as targets={'production': S3('my-bucket')}",
    ),
    "filters": (_are_filters, 'functions by name, such as filters={"shout": shout}'),
    "checks": (_is_row_of(object), "a row of functions, such as checks=(no_shouting,)"),
    "other_sites": (_is_mapping, 'sites and uses, such as other_sites={"a.example": "images"}'),
    "hsts": (
        lambda value: type(value) is int or isinstance(value, Hsts),
        "a number of days or an Hsts, such as hsts=365",
    ),
    "media_types": (
        _is_mapping,
        'types by ending, such as media_types={".glb": "model/gltf-binary"}',
    ),
    "outside": (_is_row_of(str), 'a row of folders, such as outside=("../content-repo",)'),
    "active_files": (
        _is_row_of(str),
        'a row of paths, such as active_files=("static/google0123.html",)',
    ),
    "hosts": (_is_row_of(str), 'a row of names, such as hosts=("netlify",)'),
    "sidecars": (_is_row_of(str), 'a row of endings, such as sidecars=("br", "gz")'),
    "rules_off": (_is_row_of(str), 'a row of names, such as rules_off=("echo",)'),
}

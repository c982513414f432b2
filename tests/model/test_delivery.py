"""How the files of a site are sent: headers by address, and media types by ending."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from pivotgen.model.config import Config
from pivotgen.model.content_policy import OWN, Need, content_policy, source_of, widened
from pivotgen.model.delivery import PLAIN, HeaderRule, delivery_of
from pivotgen.model.delivery_settings import Hsts
from tests.world.host import headers_sent, rules_in
from tests.world.site import World

CONFIG = Config(name="Moves", base_url="https://moves.example")
ADDRESSES = ("/", "/a/", "/404.html", "/feed.xml", "/share.png", "/assets/a.0123456789.png")
CORP, CSP, HSTS = (
    "Cross-Origin-Resource-Policy",
    "Content-Security-Policy",
    "Strict-Transport-Security",
)


@pytest.mark.parametrize(
    ("pattern", "address", "fits"),
    [
        ("/*", "/", True),
        ("/*", "/a/b.png", True),
        ("/assets/*", "/assets/a.css", True),
        ("/assets/*", "/assetsa/", False),
        ("/*.png", "/a/b.png", True),
        ("/*.png", "/png", False),
        ("/a.png", "/a.png", True),
        ("/a.png", "/a.pngs", False),
        ("/aa*aa", "/aaa", False),
    ],
)
def test_a_pattern_is_an_address_with_any_text_for_its_star(
    pattern: str, address: str, fits: bool
) -> None:
    assert HeaderRule(pattern, ()).fits(address) is fits


def test_pictures_may_be_shown_by_others_and_nothing_else_may() -> None:
    delivery = delivery_of(CONFIG)
    for address in ADDRESSES:
        is_picture = address.endswith(".png")
        assert delivery.headers(address)[CORP] == ("cross-origin" if is_picture else "same-origin")
        is_kept = "Cache-Control" in delivery.headers(address)
        assert is_kept is address.startswith("/assets/")


@pytest.mark.parametrize(
    "setting", ["hsts=365", "page_size=9", 'media_types={".glb": "model/gltf-binary"}']
)
def test_a_host_that_sends_all_rules_that_fit_sends_each_header_once(
    world: World, setting: str
) -> None:
    world.pivot("Chef", "Nurse")
    world.setting(setting)
    assert world.run("build").returncode == 0
    rules = rules_in(world.read("_headers"))
    [(_, policy)] = [pair for pair in rules[0].headers if pair[0] == CSP]
    delivery = delivery_of(replace(CONFIG, hsts=365 if "hsts" in setting else 0))
    for address in ADDRESSES:
        sent = headers_sent(rules, address)
        assert max(Counter(name for name, _ in sent).values()) == 1
        assert dict(sent) == {**delivery.headers(address), CSP: policy}


@pytest.mark.parametrize(
    ("setting", "header"),
    [
        (0, None),
        (1, "max-age=86400"),
        (365, "max-age=31536000"),
        (Hsts(365, subdomains=True), "max-age=31536000; includeSubDomains"),
        (Hsts(730, True, preload=True), "max-age=63072000; includeSubDomains; preload"),
    ],
)
def test_https_alone_is_asked_for_only_as_far_as_the_settings_say(
    setting: int | Hsts, header: str | None
) -> None:
    assert delivery_of(replace(CONFIG, hsts=setting)).headers("/").get(HSTS) == header


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"hsts": -1}, "hsts is a number of days"),
        ({"hsts": Hsts(True)}, "hsts is a number of days"),
        ({"hsts": Hsts(365, preload=True)}, "preload needs subdomains=True and 365 days"),
        ({"hsts": Hsts(90, True, True)}, "preload needs subdomains=True and 365 days"),
        ({"hsts": 9, "base_url": "http://a.example"}, "hsts is for sites with https://"),
        ({"other_sites": {"http://a.example": "images"}}, "is not encrypted"),
        ({"other_sites": {"a.example/x.js": "scripts"}}, "name the host alone: `a.example`"),
        ({"other_sites": {"example": "images"}}, "`example` is no host"),
        ({"other_sites": {"a.example; script-src *": "images"}}, "is no host"),
        ({"other_sites": {"'unsafe-inline'": "scripts"}}, "is no host"),
        ({"other_sites": {"*": "scripts"}}, "is no host"),
        ({"other_sites": {"a.example": "picture"}}, "write one of .*images"),
        ({"other_sites": {"a.example": "script"}}, "did you mean `scripts`"),
        ({"other_sites": {"a.example": ()}}, "says nothing of a.example"),
        ({"other_sites": {"a.example": 3}}, "says nothing of a.example"),
        ({"other_sites": {3: "images"}}, "`3` is no text"),
        ({"media_types": {"glb": "model/gltf-binary"}}, "`glb` is no ending"),
        ({"media_types": {".GLB": "model/gltf-binary"}}, "`.GLB` is no ending"),
        ({"media_types": {".glb": "model"}}, "`model` is no media type"),
        ({"media_types": {".glb": "a/b\nX-Y: z"}}, "media_types"),
        ({"media_types": {".ward": "text/html; charset=utf-8"}}, "open .* as a page"),
        ({"media_types": {".ward": "image/svg+xml"}}, "open .* as a page"),
    ],
)
def test_a_setting_that_says_nothing_sensible_is_told(
    setting: dict[str, object], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        replace(CONFIG, **setting)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("uses", "directives"),
    [
        ("images", {"img-src"}),
        ("analytics", {"script-src", "connect-src", "img-src"}),
        (("fonts", "styles"), {"font-src", "style-src"}),
        (["embeds"], {"frame-src"}),
        ("forms", {"form-action"}),
        ("data", {"connect-src"}),
        ("media", {"media-src"}),
    ],
)
@pytest.mark.parametrize("site", ["https://Stats.example/", "stats.example", "*.stats.example"])
def test_another_site_is_allowed_for_what_the_settings_say(
    uses: str | tuple[str, ...], directives: set[str], site: str
) -> None:
    policy = delivery_of(replace(CONFIG, other_sites={site: uses})).headers("/")[CSP]
    allowed = {part.split(" ")[0] for part in policy.split("; ") if "stats.example" in part}
    assert allowed == directives
    assert "Stats" not in policy
    assert ("https://*.stats.example" in policy) is (site[0] == "*")


def test_the_style_sheets_of_a_known_host_bring_their_fonts() -> None:
    policy = content_policy([Need("style-src", "https://fonts.googleapis.com")])
    assert "font-src https://fonts.gstatic.com" in policy


def test_a_policy_is_widened_by_what_is_added_alone() -> None:
    before = content_policy([Need("script-src", OWN)])
    after = widened(before, [Need("connect-src", "wss://a.example"), Need("script-src", OWN)])
    assert after.replace("connect-src wss://a.example; ", "") == before
    assert widened(after, ()) == after


@pytest.mark.parametrize("address", ["", "#part", "javascript:a()", "about:blank", "//\0/a"])
def test_an_address_that_leads_nowhere_is_not_allowed(address: str) -> None:
    assert source_of(address, "img-src") == ""
    assert source_of("data:text/javascript,a()", "script-src") == ""


def test_the_settings_say_media_types_first() -> None:
    types = {".glb": "model/gltf-binary", ".txt": "text/plain"}
    delivery = delivery_of(replace(CONFIG, media_types=types))
    assert delivery.media_type("static/Ward.GLB") == "model/gltf-binary"
    assert delivery.media_type("/notes.txt") == "text/plain"
    assert delivery.media_type("/a/") == "text/html; charset=utf-8"
    assert PLAIN.media_type("/ward.glb") == "application/octet-stream"
    assert delivery.knows("assets/ward.glb")
    assert not PLAIN.knows("assets/ward.glb")
    assert PLAIN.knows("static/.well-known/.proof")

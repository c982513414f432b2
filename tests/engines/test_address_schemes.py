"""Addresses in a header: only those of the web may become links."""

from __future__ import annotations

import re

from tests.world.edits import with_keys
from tests.world.site import World

REFUSED = {
    "javascript": "javascript:alert(document.cookie)",
    "capitals": "JavaScript:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "vbscript": "vbscript:msgbox",
    "file": "file:///etc/passwd",
    "ftp": "ftp://example.com/",
    "host": "//example.com/",
}
ACCEPTED = ("http://example.com/", "https://example.com/", "mailto:editor@example.com")


def test_a_button_that_runs_or_shows_anything_but_a_web_page_is_refused(world: World) -> None:
    for name, address in REFUSED.items():
        world.pivot(name, "Nurse", with_keys("cta:", f'  url: "{address}"'))
    result = world.run("build")
    assert result.returncode == 1
    assert not (world.folder / "public").exists()
    refused = re.findall(r"pivots/(\w+)-to-nurse\.md:\d+:\d+: error\[bad-url\]", result.stderr)
    assert sorted(refused) == sorted(REFUSED)


def test_a_source_with_such_an_address_is_refused_too(world: World) -> None:
    lines = ("sources:", "  - title: A book", "    url: javascript:alert(1)")
    world.pivot("Chef", "Nurse", with_keys(*lines, "    accessed: 2026-01-01"))
    assert "error[bad-url]" in world.run("build").stderr


def test_addresses_of_the_web_and_of_mail_are_published(world: World) -> None:
    for number, address in enumerate(ACCEPTED):
        world.pivot(f"Chef {number}", "Nurse", with_keys("cta:", f'  url: "{address}"'))
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    for number, address in enumerate(ACCEPTED):
        assert f'href="{address}"' in world.read(f"pivots/chef-{number}-to-nurse/index.html")

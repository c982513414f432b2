"""What layouts load into their pages, and the code in them that no header can allow."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

import pytest

from pivotgen.engines.layouts.page_needs import page_needs
from pivotgen.model.content_policy import content_policy

OWN = "'self'"


def needs(text: str) -> set[tuple[str, str]]:
    result = page_needs("a.html", text)
    assert result.problems == ()
    return {(need.directive, need.source) for need in result.needs}


def digest_of(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize(
    ("text", "directive", "source"),
    [
        ('<img src="https://Pictures.example/a.png">', "img-src", "https://pictures.example"),
        ("<img src=//pictures.example:8443/{{ x }}.png>", "img-src", "https://pictures.example:8443"),
        ('<img src="http://pictures.example/a.png">', "img-src", "http://pictures.example"),
        ('<img src="https://bücher.example/a.png">', "img-src", "https://xn--bcher-kva.example"),
        ('<img src="data:image/png;base64,AA==">', "img-src", "data:"),
        ('<picture><source srcset="/a.png 1x, https://b.example/a.png 2x">', "img-src", "https://b.example"),
        ('<video poster="https://b.example/a.png">', "img-src", "https://b.example"),
        ('<audio><source src="https://b.example/a.mp3">', "media-src", "https://b.example"),
        ('<IFRAME SRC="https://maps.example/?q={{ x }}">', "frame-src", "https://maps.example"),
        ('<iframe src="/own/">', "frame-src", OWN),
        ('<form action="https://forms.example/send">', "form-action", "https://forms.example"),
        ('<form action="mailto:a@b.example">', "form-action", "mailto:"),
        ("<form>", "form-action", OWN),
        ('<button formaction="https://forms.example/">', "form-action", "https://forms.example"),
        ('<object data="https://b.example/a.pdf">', "object-src", "https://b.example"),
        ('<link rel="manifest" href="/site.webmanifest">', "manifest-src", OWN),
        ('<link rel="ICON" href="https://b.example/a.ico">', "img-src", "https://b.example"),
        ('<link rel="preload" as="font" href="https://b.example/a">', "font-src", "https://b.example"),
        ('<script src="https://b.example/a.js"></script>', "script-src", "https://b.example"),
        ("<script src=\"{{ site.assets['a.js'] }}\"></script>", "script-src", OWN),
        ("<script src='/a.js'></script>", "connect-src", OWN),
        ("<style>p { background: url(https://b.example/a) }</style>", "img-src", "https://b.example"),
        ("<style>@font-face { src: url(//b.example/a) }</style>", "font-src", "https://b.example"),
        ("<style>@import 'https://b.example/a';</style>", "style-src", "https://b.example"),
        ('{% if a > "%}" %}<img src="https://b.example/a">{% endif %}', "img-src", "https://b.example"),
        ('<a {% if x == "<" %}b{% endif %}><img src="//b.example/">', "img-src", "https://b.example"),
        ('{% raw %}<img src="//b.example/{{ x }}">{% endraw %}', "img-src", "https://b.example"),
    ],
)  # fmt: skip
def test_what_is_written_out_is_allowed(text: str, directive: str, source: str) -> None:
    assert (directive, source) in needs(text)


@pytest.mark.parametrize(
    "text",
    [
        '{# <img src="https://a.example/b.png"> #}',
        '<!-- <img src="https://a.example/b.png"> -->',
        '<textarea><img src="https://a.example/b.png"></textarea>',
        '<a href="https://a.example/">A</a>',
        '<link rel="canonical" href="https://a.example/">',
        '<link rel="preconnect" href="https://a.example">',
        '<script type="application/ld+json">{{ graph|safe }}</script>',
        '<script type="application/json">{"a": "https://a.example"}</script>',
        '<p data-x="<script>">',
        '<img src="https://{{ host }}/a.png">',
        '<iframe srcdoc="<p>Hello</p>">',
        '<svg><use href="#icon"/></svg>',
    ],
)
def test_nothing_is_allowed_for_what_loads_nothing(text: str) -> None:
    assert needs(text) == set()


@pytest.mark.parametrize(
    "code", ["let a = 1 < 2;", "\nalert('{');\n", "// <p style='a'>", 'x = "é";', "a\r\nb"]
)
def test_a_script_and_a_style_sheet_that_are_the_same_on_every_page_are_allowed(code: str) -> None:
    digest = digest_of(code.replace("\r", ""))
    assert ("script-src", digest) in needs(f"<script>{code}</script>")
    assert ("script-src", digest) in needs(f'<SCRIPT type="module">{code}</SCRIPT>')
    assert ("style-src", digest) in needs(f'<style media="print">{code}</style>')
    assert ("script-src", digest) in needs(f"{{% raw %}}<script>{code}</script>{{% endraw %}}")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("<p>\n<b onclick='a()'>", (2, 4), "`onclick=` does nothing"),
        ('<p ONLOAD="a()">', (1, 4), "`onload=` does nothing"),
        ("{% if x %}\n  <p\n style='color: red'>{% endif %}", (3, 2), "`style=` has no effect"),
        ('<p style="width: {{ x }}px">', (1, 4), "`style=` has no effect"),
        ('<a href=" JavaScript:void(0)">', (1, 4), "`href=` holds a script"),
        ("<script>a = {{ x }};</script>", (1, 13), "this script has something of Jinja in it"),
        ("<script>\n{# why #}a\n</script>", (2, 1), "this script"),
        ("<style>\n {% if x %}p{% endif %}</style>", (2, 2), "this style sheet"),
    ],
)
def test_code_that_no_header_can_allow_is_told_at_its_place(
    text: str, place: tuple[int, int], words: str
) -> None:
    [problem] = page_needs("a.html", text).problems
    assert (problem.path, problem.line, problem.column) == ("layouts/a.html", *place)
    assert problem.code == "inline-code"
    assert problem.message.startswith(words)
    assert problem.hint


def test_the_policy_names_only_what_is_needed() -> None:
    plain = content_policy(())
    assert plain.startswith("default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'")
    assert "script" not in plain
    assert "unsafe" not in plain
    result = page_needs("a.html", '<script src="/a.js"></script><iframe src="/b/"></iframe>')
    policy = content_policy(result.needs)
    assert "script-src 'self'" in policy
    # Both the page that shows another and the one that is shown must agree.
    assert "frame-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy

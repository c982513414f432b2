"""Nothing that readers or crawlers see is hard-wired in English: all of it comes from phrases.

The content of this site is in Greek letters, and its phrases are numbers. So every Latin word in
what is built is one of ours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from pivotgen.kinds import KINDS, TwinKind
from tests.world.site import ROOT, World

PIVOT = """\
---
title: "Από {a} σε {b}"
description: Τι μένει και τι αλλάζει.
from: {a}
to: {b}
window: {window}
updated: 2026-01-02
draft: {draft}
aliases: [/παλιό-{a}-{b}/]
tldr:
  - Ένα *σημείο*.
skills:
  - Υπομονή
faqs:
  - question: Είναι δύσκολο;
    answer: |
      Όχι.[^1]

      [^1]: Μια σημείωση.
sources:
  - title: Πηγή
    url: https://example.com/
    accessed: 2026-01-01
---
## Τι μένει

> [!NOTE]
> Κείμενο.

> [!WARNING]
> Κείμενο.

- [ ] Ένα
- [x] Δύο

Κείμενο.[^1]

[^1]: Μια σημείωση.
"""
ROLE = "---\nname: {0}\nfield: Υγεία\naliases: [Α{0}]\ndescription: Δουλεύει.\n---\nΚείμενο.\n"
SETTINGS = """\
from pivotgen import Call, Config, Link, Party, Theme

config = Config(
    name="Δρόμοι",
    base_url="https://example.com",
    language="el",
    page_size=2,
    organisation=Party("Εταιρεία", "https://example.com"),
    editor=Party("Συντάκτες", "https://example.com"),
    call=Call(heading="Έλα", text="Προς {to}", label="Πάμε", url="https://example.com"),
    navigation=(Link("Αρχή", "/"),),
    footer=(Link("Εμείς", "/εμείς/"),),
    theme=Theme(accent="#0b6e4f"),
    edit_url="https://example.com/{path}",
    report_url="https://example.com/{url}",
)
"""
ROLES = ("Μάγειρας", "Νοσοκόμα", "Πιλότος", "Φούρναρης")
WINDOWS = ("1 week", "2–3 weeks", "1 month", "3–9 months", "1 year", "2–3 years")
# What is copied as it is has no text of ours; the words in these files are a protocol's.
# Files of words, which only large sites have, hold what pivots say.
NO_TEXT = {"asset", "theme-style", "static", "search-words"}
# What only servers read.
HOST_KINDS = {
    "apache",
    "caddy",
    "cloudfront",
    "nginx",
    "no-jekyll",
    "preview-moves",
    "redirect-rules",
    "vercel",
}
PROTOCOL = {
    "robots.txt": {"User", "agent", "Allow", "Sitemap"},
    "_headers": {
        word
        for name in ("delivery", "content_policy")
        for word in re.findall("[A-Za-z]{2,}", (ROOT / f"pivotgen/model/{name}.py").read_text())
    }
    | {"assets"},
}
# Attributes that readers see or hear, and metadata whose content they do.
ATTRIBUTES = ("alt", "title", "aria-label", "placeholder", "data-filter", "data-hint")
METADATA = ("description", "og:title", "og:description", "og:site_name", "og:image:alt")
# Values in JSON that are names of a vocabulary.
VOCABULARY = {"@context", "@type", "inLanguage", "language", "encodingFormat"}
ADDRESS = re.compile(r"https?://[^\s\"'<>)]+|\d{4}-\d\d-\d\d(?:T[\d:]+Z)?")


def numbered_phrases() -> str:
    """The English phrases with a number for all words, and with their names in braces."""
    lines = []
    for number, line in enumerate(
        (ROOT / "layouts/phrases/en.yaml").read_text("utf-8").split("\n")
    ):
        name, colon, text = line.partition(":")
        if colon and text and name != "direction" and not line.startswith("#"):
            braces = " ".join(re.findall(r"\{\w+\}", text))
            line = f'{name}: "№{number} {braces}"'
        lines.append(line)
    return "\n".join(lines)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = World(tmp_path_factory.mktemp("greek"))
    world.write("build.py", SETTINGS)
    world.write("layouts/phrases/el.yaml", numbered_phrases())
    moves = [(a, b) for a in ROLES for b in ROLES if a != b]
    for number, (a, b) in enumerate(moves):
        text = PIVOT.replace("{a}", a).replace("{b}", b)
        text = text.replace("{window}", WINDOWS[number % len(WINDOWS)])
        text = text.replace("{draft}", "true" if number == 0 else "false")
        world.write(f"content/pivots/{a}-{b}.md".lower(), text)
    for name in ROLES[:2]:
        world.write(f"content/roles/{name.lower()}.md", ROLE.format(name))
    about = "---\ntitle: Εμείς\ndescription: Ποιοι.\nupdated: 2026-01-01\n---\nΚείμενο.\n"
    world.write("content/pages/εμείς.md", about)
    world.write("content/redirects.yaml", "/αλλού/: /εμείς/\n")
    world.write("static/CNAME", "example.com")
    result = world.run("build", "--drafts")
    assert result.returncode == 0, result.stderr
    return world


def texts_of(path: str, text: str) -> Iterator[str]:
    """What readers and crawlers see of a file, without the names that a format gives."""
    if path.endswith(".html"):
        yield from texts_of_html(text)
    elif path.endswith(".json"):
        yield from texts_of_json(json.loads(text))
    elif path.endswith(".svg"):
        yield re.sub(r"<style>.*?</style>|<[^>]*>", " ", text)
    elif path.endswith(".xml"):
        # A feed holds HTML whose signs are encoded.
        yield re.sub(r"<[^>]*>", " ", unescape(re.sub(r"<[^>]*>", " ", text)))
    else:
        protocol = PROTOCOL.get(path, set())
        yield " ".join(
            word for word in re.findall(r"\w+", ADDRESS.sub(" ", text)) if word not in protocol
        )


def texts_of_html(text: str) -> Iterator[str]:
    tree = LexborHTMLParser(text)
    for node in tree.css("*"):
        attributes = node.attributes
        yield from (attributes.get(name) or "" for name in ATTRIBUTES)
        if (attributes.get("name") or attributes.get("property")) in METADATA:
            yield attributes.get("content") or ""
        if node.tag == "script" and attributes.get("type") == "application/ld+json":
            yield from texts_of_json(json.loads(node.text()))
        if node.tag not in ("script", "style"):
            yield node.text(deep=False)


def texts_of_json(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from texts_of_json(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of_json(inner, key)
    elif isinstance(value, str) and key not in VOCABULARY:
        yield value


def latin_words(path: str, text: str) -> set[str]:
    seen = (ADDRESS.sub(" ", part) for part in texts_of(path, text))
    return {word for part in seen for word in re.findall("[A-Za-z]{2,}", part)}


def test_no_output_has_a_word_of_ours_that_is_no_phrase(site: World) -> None:
    ours = {}
    for path, data in site.tree().items():
        # Numbers and addresses are written in letters there, and all else comes from the content.
        if path.startswith("assets/") or path in ("CNAME", "find/moves.json", "find/search.json"):
            continue
        if words := latin_words(path, data.decode()):
            ours[path] = words
    assert ours == {}


def test_the_site_of_this_test_has_every_kind(site: World) -> None:
    outputs = list(site.tree())
    signs = {
        "explorer": "index.html",
        "pivot": "pivots/μάγειρας-πιλότος/index.html",
        "role": "to/πιλότος/index.html",
        "roles": "roles/index.html",
        "questions": "to/πιλότος/questions/index.html",
        "skills": "skills/index.html",
        "skill": "skills/υπομονή/page/2/index.html",
        "page": "εμείς/index.html",
        "missing": "404.html",
        "redirect": "αλλού/index.html",
        "sitemap": "sitemap.xml",
        "atom": "feed.xml",
        "json-feed": "feed.json",
        "llms": "llms.txt",
        "robots": "robots.txt",
        "headers": "_headers",
        "find": "find/index.html",
        "moves": "find/moves.json",
        "role-map": "find/map/index.html",
        "search": "find/search.json",
        "map-drawing": "find/map.svg",
    }
    twins = {kind.name for kind in KINDS.values() if isinstance(kind, TwinKind)}
    assert signs.keys() | NO_TEXT | HOST_KINDS | twins == KINDS.keys()
    assert set(signs.values()) <= set(outputs)


def test_a_phrase_that_changes_reaches_the_files_without_a_layout(site: World) -> None:
    phrases = (site.folder / "layouts/phrases/el.yaml").read_text("utf-8")
    old = next(line for line in phrases.split("\n") if line.startswith("llms_summary:"))
    site.write("layouts/phrases/el.yaml", phrases.replace(old, "llms_summary: Δρόμοι."))
    assert site.run("build", "--drafts").returncode == 0
    assert "\n> Δρόμοι.\n" in site.read("llms.txt")
    kept = site.tree()
    assert site.run("build", "--drafts", "--clean").returncode == 0
    assert site.tree() == kept


def test_the_names_of_skills_stay_as_they_are_typed(world: World) -> None:
    text = PIVOT.replace("{draft}", "false").replace("{window}", "1 year").replace("Υπομονή", "SQL")
    for a in ROLES[:2]:
        world.write(f"content/pivots/{a}.md".lower(), text.replace("{a}", a).replace("{b}", "Πι"))
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    assert "shared: SQL" in world.read("pivots/μάγειρας/index.html")
    assert "in which SQL carries over" in world.read("skills/sql/index.html")

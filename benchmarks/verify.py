"""Whether a built site holds the pages and the data that it was asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import unescape
from pathlib import Path

from benchmarks.corpus import Text

_TAG = re.compile("<[^>]*>")
# Pages that are read whole; all are counted.
_SAMPLE = 40
_MOVE = re.compile(r'href="/pivots/([^"/]+)/"')
_GRAPH = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


def verify(public: Path, texts: Sequence[Text], siblings: int) -> list[str]:
    """What is wrong with the site in `public`, in plain words; nothing when all is there.

    Each pivot must link to `siblings` other pivots, or to all that its role has.
    """
    wanted = {f"pivots/{text.slug}" for text in texts}
    into: dict[str, int] = {}
    for text in texts:
        into[text.target] = into.get(text.target, 0) + 1
        wanted |= {f"from/{_slug(text.origin)}", f"to/{_slug(text.target)}"}
    there = {
        folder.relative_to(public).as_posix()
        for kind in ("pivots", "from", "to")
        for folder in (public / kind).glob("*")
        if (folder / "index.html").is_file()
    }
    faults = [f"/{page}/ is missing" for page in sorted(wanted - there)[:5]]
    faults += [f"/{page}/ is too many" for page in sorted(there - wanted)[:5]]
    faults += [
        f"/{name} is missing"
        for name in ("index.html", "404.html", "robots.txt", "sitemap.xml")
        if not (public / name).is_file()
    ]
    if faults:
        return faults
    mapped = "".join(file.read_text("utf-8") for file in public.glob("sitemap*.xml"))
    for text in texts[:: max(1, len(texts) // _SAMPLE)]:
        faults += _page(public, text, min(siblings, into[text.target] - 1))
        if f"/pivots/{text.slug}/</loc>" not in mapped:
            faults.append(f"the sitemap has no /pivots/{text.slug}/")
    return faults


def _page(public: Path, text: Text, siblings: int) -> list[str]:
    html = (public / "pivots" / text.slug / "index.html").read_text("utf-8")
    faults = []
    # Parts of the headline may be links.
    headline = _TAG.sub(
        "", unescape(html.partition("<h1")[2].partition(">")[2].partition("</h1>")[0])
    )
    if unescape(_TAG.sub("", headline)) != text.title:
        faults.append(f"{text.slug}: the headline is not `{text.title}`")
    links = set(_MOVE.findall(html)) - {text.slug}
    if len(links) < siblings:
        faults.append(f"{text.slug}: {len(links)} links to other pivots, {siblings} wanted")
    parts = [part for graph in _GRAPH.findall(html) for part in json.loads(graph)["@graph"]]
    asked = [
        one["name"] for part in parts if part["@type"] == "FAQPage" for one in part["mainEntity"]
    ]
    answers = [
        one["acceptedAnswer"]["text"]
        for part in parts
        if part["@type"] == "FAQPage"
        for one in part["mainEntity"]
    ]
    if asked != re.findall(r"^  - question: (.*)$", text.file, re.M):
        faults.append(f"{text.slug}: its structured data has other questions: {asked}")
    if answers != re.findall(r"^    answer: (.*)$", text.file, re.M):
        faults.append(f"{text.slug}: its structured data has other answers: {answers}")
    if not any(part["@type"] == "BreadcrumbList" for part in parts):
        faults.append(f"{text.slug}: no breadcrumbs in its structured data")
    for heading in re.findall(r"^## (.*)$", text.file, re.M):
        if not re.search(rf"<h2[^>]*>{heading}</h2>", unescape(html)):
            faults.append(f"{text.slug}: the body lacks `{heading}`")
    return faults


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")

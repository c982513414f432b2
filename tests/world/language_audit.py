"""An audit of a built site of several languages, from its files alone; it knows no code of ours."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

# Words that hardly stand in another language, each at least twice as likely in a sentence of four.
_WORDS = {
    "en": re.compile(r"\b(?:the|and|what|with|from|is|of|not|that|who|there)\b", re.I),
    "fr": re.compile(r"\b(?:le|la|les|des|du|et|que|qui|vous|ce|cette|dans|une|est)\b", re.I),
    "ar": re.compile(r"[\u0600-\u06ff]{2,}"),
}
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
_DIRECTIONS = {"ar": "rtl"}
# All texts of a drawing have its own direction, from left to right.
_DRAWN = "drawn"
# What is no language: the name of the site and of its editors, and addresses.
_NAMES = re.compile(r"https?://\S+|AICareerPivot|The AICareerPivot editors|TL;DR")


@dataclass(frozen=True)
class Page:
    """One page as a crawler sees it."""

    url: str
    tree: LexborHTMLParser
    language: str
    canonical: str
    alternates: Mapping[str, str]
    indexed: bool

    @property
    def is_at_home(self) -> bool:
        return self.indexed and self.canonical == self.url


def audit(
    files: Mapping[str, bytes],
    base: str,
    languages: tuple[str, ...],
    unnamed: Mapping[str, Collection[str]] | None = None,
) -> list[str]:
    """Everything that is wrong; `languages` has the site's own first.

    `unnamed` has, by language, the names that nobody has translated into it.
    """
    roots = {code: "" if code == languages[0] else f"/{code}" for code in languages}
    pages = {}
    for path, data in files.items():
        if path.endswith(".html") and b"http-equiv" not in data:
            page = _page(base, path, data)
            pages[page.url] = page
    faults = [fault for page in pages.values() for fault in _faults(page, pages, base, roots)]
    for page in pages.values():
        names = (unnamed or {}).get(page.language, ())
        faults += _foreign_names(page, page.url.removeprefix(base), names, languages[0])
    return [*faults, *_lists(files, pages, base, roots)]


def _page(base: str, path: str, data: bytes) -> Page:
    tree = LexborHTMLParser(data.decode())
    html, canonical = tree.css_first("html"), tree.css_first('link[rel="canonical"]')
    links = tree.css('link[rel="alternate"][hreflang]')
    robots = tree.css_first('meta[name="robots"]')
    return Page(
        base + "/" + path.removesuffix("index.html"),
        tree,
        (html.attributes.get("lang") or "") if html else "",
        (canonical.attributes.get("href") or "") if canonical else "",
        {link.attributes["hreflang"] or "": link.attributes["href"] or "" for link in links},
        robots is None or "noindex" not in (robots.attributes.get("content") or ""),
    )


def _faults(
    page: Page, pages: Mapping[str, Page], base: str, roots: Mapping[str, str]
) -> Iterator[str]:
    address = page.url.removeprefix(base)
    expected = next(
        (code for code, root in roots.items() if root and address.startswith(f"{root}/")),
        next(iter(roots)),
    )
    if page.language != expected:
        yield f"{address}: html says lang={page.language}"
    html = page.tree.css_first("html")
    if html and html.attributes.get("dir") != _DIRECTIONS.get(page.language, "ltr"):
        yield f"{address}: html has another direction than {page.language}"
    yield from _alternates(page, pages, address, roots)
    yield from _links(page, address, roots)
    yield from _foreign_texts(page, address)
    for script in page.tree.css('script[type="application/ld+json"]'):
        graph = json.loads(script.text())["@graph"]
        for item in graph:
            if item.get("inLanguage", page.language) != page.language:
                yield f"{address}: its data says inLanguage {item['inLanguage']}"
            if item["@type"] == "ItemList":
                for member in item["itemListElement"]:
                    if not _fits(member["url"].removeprefix(base), roots, page.language):
                        yield f"{address}: its data lists {member['url']}"


def _alternates(
    page: Page, pages: Mapping[str, Page], address: str, roots: Mapping[str, str]
) -> Iterator[str]:
    own = next(iter(roots))
    if page.indexed and not page.canonical:
        yield f"{address}: no canonical"
    if page.canonical and page.canonical not in pages:
        yield f"{address}: its canonical {page.canonical} is no page"
    if not page.is_at_home:
        if page.alternates:
            yield f"{address}: alternates on a page that is at home elsewhere"
        if page.indexed and page.language == own:
            yield f"{address}: a page of the site's own language is at home elsewhere"
        return
    if not page.alternates:
        return
    if page.alternates.get(page.language) != page.url:
        yield f"{address}: no alternate of itself"
    if page.alternates.get("x-default") != page.alternates.get(own):
        yield f"{address}: x-default is not the site's own language"
    for code, url in page.alternates.items():
        other = pages.get(url)
        if other is None:
            yield f"{address}: its alternate {url} is no page"
        elif not other.is_at_home:
            yield f"{address}: its alternate {url} is at home elsewhere"
        elif code != "x-default" and other.language != code:
            yield f"{address}: its alternate {url} is in {other.language}"
        elif other.alternates != page.alternates:
            yield f"{address}: its alternate {url} names others"


def _fits(address: str, roots: Mapping[str, str], language: str) -> bool:
    """Whether an address of the site belongs to a language."""
    if address.startswith(("/assets/", "#", "http", "mailto:")) or not address.startswith("/"):
        return True
    first = f"/{address.split('/')[1]}"
    others = [root for root in roots.values() if root]
    return first == roots[language] if roots[language] else first not in others


def _links(page: Page, address: str, roots: Mapping[str, str]) -> Iterator[str]:
    for link in page.tree.css("a[href], link[rel=alternate][type]"):
        if link.attributes.get("hreflang"):
            continue
        target = link.attributes["href"] or ""
        if not _fits(target, roots, page.language):
            yield f"{address}: leads out of its language to {target}"


def _foreign_texts(page: Page, address: str) -> Iterator[str]:
    body = page.tree.css_first("body")
    if body is None:
        return
    for node in body.traverse(include_text=True):
        if node.tag != "-text":
            continue
        text = _NAMES.sub("", node.text(deep=False) or "")
        parent = node.parent
        if parent is None or parent.tag in ("script", "style"):
            continue
        language, direction = _said_of(parent, page)
        read = _language_of(text)
        if read and read != language:
            yield f"{address}: {read} text marked as {language}: {text.strip()[:50]}"
        elif read and direction not in (_DIRECTIONS.get(read, "ltr"), _DRAWN):
            yield f"{address}: {read} text is read {direction}: {text.strip()[:50]}"


def _foreign_names(page: Page, address: str, names: Collection[str], source: str) -> Iterator[str]:
    """Names that stand by themselves in an element, in the site's own language."""
    body = page.tree.css_first("body")
    for node in body.traverse(include_text=True) if body else ():
        text = (node.text(deep=False) or "").strip() if node.tag == "-text" else ""
        if text not in names or node.parent is None:
            continue
        language, direction = _said_of(node.parent, page)
        if language != source:
            yield f"{address}: the {source} name {text} is marked as {language}"
        elif direction not in (_DIRECTIONS.get(source, "ltr"), _DRAWN):
            yield f"{address}: the {source} name {text} is read {direction}"


def _said_of(node: LexborNode, page: Page) -> tuple[str, str]:
    """The language and the direction that the nearest elements say of a text."""
    language = direction = ""
    current: LexborNode | None = node
    while current is not None:
        language = language or current.attributes.get("lang") or ""
        direction = direction or current.attributes.get("dir") or ""
        direction = direction or (_DRAWN if current.tag == "svg" else "")
        current = current.parent
    return language or page.language, direction or "ltr"


def _language_of(text: str) -> str:
    """The language that a text is surely in, or ""."""
    arabic, latin = len(_WORDS["ar"].findall(text)), len(_LATIN.findall(text))
    if arabic > latin and arabic > 1:
        return "ar"
    if arabic or latin < 3:
        return ""
    counts = {code: len(_WORDS[code].findall(text)) for code in ("en", "fr")}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] and counts[best] > 2 * min(counts.values()) else ""


def _lists(
    files: Mapping[str, bytes], pages: Mapping[str, Page], base: str, roots: Mapping[str, str]
) -> Iterator[str]:
    listed = set(re.findall(r"<loc>([^<]*)</loc>", files["sitemap.xml"].decode()))
    at_home = {page.url for page in pages.values() if page.is_at_home}
    yield from (f"the sitemap lacks {url}" for url in sorted(at_home - listed))
    yield from (f"the sitemap has {url}" for url in sorted(listed - at_home))
    for root in roots.values():
        yield from _searched(files, pages, base, root)
    for code, root in roots.items():
        for name in ("feed.xml", "feed.json", "llms.txt"):
            data = files.get(f"{root}/{name}".lstrip("/"))
            if data is None:
                continue
            urls = re.findall(rf"{re.escape(base)}(/[^\s\"<>)]*)", data.decode())
            for url in urls:
                page = pages.get(base + url)
                if not _fits(url, roots, code):
                    yield f"{root}/{name} names {url}"
                elif page is not None and not page.is_at_home and "/pivots/" in url:
                    yield f"{root}/{name} lists {url}, which nobody has translated"


def _searched(
    files: Mapping[str, bytes], pages: Mapping[str, Page], base: str, root: str
) -> Iterator[str]:
    """The files of the finder: what they lead to is there, in their own language."""
    path = f"{root}/find/search.json".lstrip("/")
    if path not in files:
        yield f"{root}/ has no search"
        return
    index = json.loads(files[path])
    addresses = [url for _, url in (*index["skills"], *index["pages"])]
    addresses += [pivot[0] for pivot in index["pivots"]]
    yield from (
        f"{path} leads to {root}{url}, which is no page"
        for url in addresses
        if f"{base}{root}{url}" not in pages
    )
    moves = json.loads(files[f"{root}/find/moves.json".lstrip("/")])
    directory = pages[f"{base}{root}/roles/"].tree.text()
    for line in moves["roles"]:
        if line.split("\t")[0] not in directory:
            yield f"{root}/find/moves.json has a role of another name: {line}"

"""Config: what a site's build.py says about the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, fields, is_dataclass
from typing import Any
from urllib.parse import urlsplit

from pivotgen.model.address import encoded_base, root_of, split_address, typed_address, with_rest
from pivotgen.model.call_settings import fault_of_calls
from pivotgen.model.cluster import Cluster
from pivotgen.model.delivery_settings import Hsts, fault_of_delivery, fault_of_sidecars
from pivotgen.model.extra import DeclaredKeys, Extra, ExtraType, declared_keys
from pivotgen.model.hosts import fault_of_hosts
from pivotgen.model.languages import fault_of_languages
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.markdown import MarkdownPlugin
from pivotgen.model.names import is_slug, slug_of
from pivotgen.model.pivot import Call
from pivotgen.model.placeholders import fault_of_placeholders
from pivotgen.model.problem import Problem
from pivotgen.model.report import AfterBuild
from pivotgen.model.setting_types import fault_of_types
from pivotgen.model.site import Site
from pivotgen.model.targets import Target, fault_of_targets
from pivotgen.model.theme import Theme
from pivotgen.model.unfit import code_point, unfit_in
from pivotgen.model.view import Link


@dataclass(frozen=True, slots=True)
class Party:
    """A person or an organisation: a name, and the address of a page about them.

    That of an author may be a page of this site, such as "/about/", or "" for none.
    """

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of one site; a name and an address are enough.

    `call` texts may use `{from}` and `{to}` for the role names. An address of this site starts with
    "/", such as "/about/" or "/assets/logo.svg".
    """

    name: str
    # Absolute address without a trailing slash.
    base_url: str
    # Who is behind the site, and who is responsible for the text; no page says it without them.
    organisation: Party | None = None
    editor: Party | None = None
    # Who writes pivots, by the key that a pivot names in `author`, such as {"ana": Party(…)}.
    authors: Mapping[str, Party] = field(default_factory=dict)
    # The call to action of pages that have none of their own; without it they have no such box.
    call: Call | None = None
    # Its words in other languages, such as {"fr": Call("Et vous ?", "…", "Faire le test")}; the
    # address is that of `call` where they give no other.
    calls: Mapping[str, Call] = field(default_factory=dict)
    # BCP 47 code of the language the site is written in; its phrases are in layouts/phrases/.
    language: str = "en"
    # The other languages of the site, such as ("fr", "ar"); each stands under its code, as in /fr/.
    languages: tuple[str, ...] = ()
    # What another language has of a text that nobody has translated: "page" is a page with the text
    # as it is and a note, "none" is no page; such as {"ar": "none"}. Without it, it is a page.
    untranslated: Mapping[str, str] = field(default_factory=dict)
    # The words of `navigation` and `footer` in other languages, by their addresses, such as
    # {"fr": {"/about/": "À propos"}}.
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    # The country whose facts pages tell where they do not say so themselves, as pages show it; in
    # several languages by their codes, such as {"en": "the United States", "fr": "la France"}.
    region: str | Mapping[str, str] = ""
    # How many pivots one page of a list holds.
    page_size: int = 60
    # Links at the top and at the foot of every page, such as Link("About us", "/about/"). Without
    # any navigation those at the top lead to all roles and to all skills; () is for none.
    navigation: tuple[Link, ...] | None = None
    footer: tuple[Link, ...] = ()
    # Colour, fonts and logo.
    theme: Theme = Theme()
    # The picture of a shared page that has none of its own: an address of this site. 1200 by 630
    # pixels are what most services show.
    image: str = ""
    # Where a reader can change the source of a page, and report an error in it. `{path}` stands for
    # the source file and `{url}` for the page, such as "https://git.example/site/edit/main/{path}".
    edit_url: str = ""
    report_url: str = ""
    # Whether the page of each pivot brings a QR code of its address for paper, about two kilobytes.
    qr_codes: bool = False
    # Whether pages have twins in Markdown, which llms.txt leads to, for programs that read text.
    markdown_twins: bool = False

    # Where the site is published, such as ("netlify",) or ("nginx",): each host gets the files with
    # its redirects and headers.
    hosts: tuple[str, ...] = ()

    # The endings of compressed copies beside the files of text, for a server of one's own, such as
    # ("br", "gz"). A host that compresses by itself needs none.
    sidecars: tuple[str, ...] = ()

    # Files of assets/ and static/ in which something may run when a browser opens them as a page,
    # such as "static/google0123.html": with the rights of the site, so name only your own.
    active_files: tuple[str, ...] = ()

    # Other sites from which pages load something, and what: images, media, fonts, styles, scripts,
    # data, analytics, embeds or forms, such as {"plausible.io": "analytics"}. Browsers load
    # nothing from a site that neither this nor a layout or a style sheet names.
    other_sites: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    # For how many days browsers ask for the site by https alone, such as 365; 0 is off.
    hsts: int | Hsts = 0
    # Media types of files by their endings, such as {".glb": "model/gltf-binary"}.
    media_types: Mapping[str, str] = field(default_factory=dict)

    # The site's own filters for layouts, by name, and its own rules for `check`.
    filters: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    checks: tuple[Callable[[Site], Iterable[Problem]], ...] = ()
    # The site's own plugins for Markdown: each gets the markdown-it parser and changes it.
    markdown: tuple[MarkdownPlugin, ...] = ()
    # The site's own keys under `extra` in frontmatter: each with its type, or with an `Extra` that
    # says more. None allows any key; what it holds is then as it looks.
    extra: Mapping[str, ExtraType | Extra] | None = None
    # Where links of the site may lead besides its own folder, relative to it, such as
    # ["../content-repo"]. Any other link that leads out of the site is an error.
    outside: Sequence[str] = ()
    # Names of rules that `check` leaves out on this site.
    rules_off: tuple[str, ...] = ()
    # Where the site is deployed to, by name, such as {"production": S3("my-bucket")}.
    targets: Mapping[str, Target] = field(default_factory=dict)
    # What a build on other machines needs to know, such as Cluster(certificates="certs").
    cluster: Cluster = Cluster()
    # Called with the report of every build that had no error, when the site is published. A check
    # or a preview does not call it.
    after_build: AfterBuild | None = None

    def __post_init__(self) -> None:
        """Check the settings; a ValueError says in plain words what is wrong."""
        for setting in fields(self):
            _check_text(setting.name, getattr(self, setting.name))
        if fault := fault_of_types(self, Party) or _fault_of_address(self.base_url):
            raise ValueError(fault)
        settings = self.hsts, self.other_sites, self.media_types
        if fault := fault_of_delivery(*settings, self.base_url):
            raise ValueError(fault)
        plugins = self.markdown
        if not isinstance(plugins, tuple | list) or not all(callable(each) for each in plugins):
            raise ValueError("markdown must be a row of functions, such as markdown=(plugin,)")
        if self.after_build is not None and not callable(self.after_build):
            raise ValueError("after_build must be a function, such as after_build=tell_readers")
        if fault := fault_of_targets(self.targets):
            raise ValueError(fault)
        declared_keys(self.extra)
        if fault := fault_of_hosts(self.hosts) or fault_of_sidecars(self.sidecars):
            raise ValueError(fault)
        if not all(place.strip() for place in self.outside):
            raise ValueError("outside has an empty name of a folder; take it out")
        if fault := fault_of_languages(self.language, self.languages, self.untranslated):
            raise ValueError(fault)
        if self.page_size < 1:
            raise ValueError("page_size must be at least 1")
        if fault := fault_of_calls(self.call, self.calls, self.languages):
            raise ValueError(fault)
        for name, pattern in (("edit_url", self.edit_url), ("report_url", self.report_url)):
            if fault := fault_of_placeholders(name, pattern, "path", "url"):
                raise ValueError(fault)
        for key, author in self.authors.items():
            _check_author(key, author)
        for name, url in (("image", self.image), ("logo", self.theme.logo)):
            if url and not url.startswith("/"):
                raise ValueError(f"{name} is an address of this site, such as /assets/{name}.png")
        object.__setattr__(self, "base_url", encoded_base(self.base_url))

    @property
    def every_language(self) -> tuple[str, ...]:
        """Every language of the site, its own first."""
        return tuple(dict.fromkeys((self.language, *self.languages)))

    def root(self, language: str) -> str:
        """What the addresses of a language begin with, such as "/fr"."""
        return root_of(language, self.language)

    def region_in(self, language: str) -> str:
        """The country whose facts pages of a language tell, or ""."""
        return self.region if isinstance(self.region, str) else self.region.get(language, "")

    @property
    def declared_keys(self) -> DeclaredKeys:
        """The site's own keys in plain values; None where any key is allowed."""
        return declared_keys(self.extra)

    @property
    def fixed_links(self) -> tuple[str, ...]:
        """Every address that the settings name for readers."""
        links = [link.url for link in (*(self.navigation or ()), *self.footer)]
        links += [author.url for author in self.authors.values()]
        return tuple(url for url in (*links, self.theme.logo, self.image) if url)

    @property
    def author_links(self) -> dict[str, Link]:
        """Each author as pages show them, by key; an address of this site is one of its pages'."""
        return {
            key: Link(author.name, _address(author.url)) for key, author in self.authors.items()
        }


def _check_text(setting: str, value: object) -> None:
    """ValueError when a text of a setting, or one in it, holds what no text may hold."""
    if isinstance(value, str):
        if character := unfit_in(value):
            raise ValueError(
                f"{setting} has an invisible character ({code_point(character)}) in it"
            )
    elif isinstance(value, Mapping):
        for key, item in value.items():
            _check_text(setting, key)
            _check_text(setting, item)
    elif isinstance(value, tuple | list | frozenset | set):
        for item in value:
            _check_text(setting, item)
    elif is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            _check_text(setting, getattr(value, part.name))


def _address(url: str) -> str:
    path, rest = split_address(url)
    return with_rest(typed_address(path), rest) if url.startswith("/") else url


def _check_author(key: str, author: Party) -> None:
    if not is_slug(key):
        near = slug_of(key) or "ana"
        raise ValueError(
            f"`{key}` is no key of an author; use small letters, digits and single hyphens, "
            f"such as `{near}`"
        )
    if not isinstance(author, Party) or not author.name.strip():
        raise ValueError(f'the author `{key}` needs a name, such as Party("Ana Ruiz")')
    if author.url and not author.url.startswith(("/", "https://", "http://")):
        raise ValueError(
            f"the address of the author `{key}` starts with https://, or with / for a page of "
            f"this site, and `{author.url}` does not"
        )


def _fault_of_address(base_url: str) -> str:
    """What is wrong with the address of a site, in plain words; "" when nothing is."""
    try:
        address = urlsplit(base_url)
        is_web = address.scheme in ("http", "https") and bool(address.hostname)
    except ValueError:
        is_web = False
    if not is_web:
        return f"base_url must start with https://, and `{base_url}` does not"
    for mark, name in (("?", "a query"), ("#", "a fragment")):
        if mark in base_url:
            return f"base_url cannot have {name}; leave out what begins with `{mark}`"
    if re.search(r"[\s\x00-\x20]", base_url):
        return f"base_url cannot have a blank in it, and `{base_url}` has one"
    return ""

"""Views: exactly what a layout may see, as frozen values that are complete from the start.

Each kind of page has its view in its file of `kinds/`; here are the parts that they share. A page
sees its neighbours only as cards, so the text of one page can never change another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Protocol

from pivotgen.model.address import HOME, base_path_of, in_language
from pivotgen.model.languages import direction_of
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.phrases import Phrases
from pivotgen.model.picture import ShareImage
from pivotgen.model.pivot import Call
from pivotgen.model.tongue import Original, Tongue
from pivotgen.model.window import Months


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere: to an address of this site, or to another site."""

    text: str
    url: str
    # The language of its words, where that is not the page's.
    language: str = ""

    def __str__(self) -> str:
        # A phrase that names a role may be given the link to it.
        return self.text

    @property
    def direction(self) -> str:
        """How words of that language are read."""
        return direction_of(self.language) if self.language else ""


@dataclass(frozen=True, slots=True)
class NameLink(Link):
    """A link to a role or a skill whose name has other forms, which phrases ask for."""

    forms: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text

    def __getattr__(self, form: str) -> str:
        if form.startswith("_"):
            raise AttributeError(form)
        return self.forms.get(form, self.text)


def named(link: Link, forms: Mapping[str, str]) -> Link:
    """The link with the forms of its name, where it has any."""
    return NameLink(link.text, link.url, link.language, forms) if forms else link


@dataclass(frozen=True, slots=True)
class Card:
    """All that another page may know of a pivot."""

    url: str
    title: str
    description: str
    # As text, such as "3–9 months".
    window: str
    # The role it leaves; the link goes to the paths out of it.
    origin: Link
    # The role it reaches; the link goes to the paths into it.
    target: Link
    skills: tuple[Link, ...]
    # The window in whole months, to compare it with others.
    months: Months
    # What the title says beside the two roles, such as "Trading the How for the Why"; the whole
    # title where that is not to be told.
    point: str
    # The pivot in a few points, as text.
    points: tuple[str, ...]
    # The language of its title, description, questions and points, where that is not the page's;
    # and how that is read.
    language: str = ""
    direction: str = ""
    # What stands between the names of its skills.
    comma: str = ", "
    # Whether the name of some skill is in another language than the page.
    mixed: bool = False

    @property
    def skill_names(self) -> str:
        """The skills in a row, as text."""
        return self.comma.join([skill.text for skill in self.skills])

    def __hash__(self) -> int:
        # Two cards of one address are hardly ever together, and the address is quick to hash.
        return hash(self.url)


@dataclass(frozen=True, slots=True)
class Asked:
    """What readers look a pivot up by. It is no part of the card, so no neighbour depends on it."""

    url: str
    title: str
    # Each with its place on the page.
    questions: tuple[Link, ...]
    # The slug of the role that it reaches.
    target: str
    draft: bool
    # The language of its words, where that is not the one in which it is shown.
    language: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """A neighbour worth going to next, and why."""

    card: Card
    # In words, such as "also needs: Systems thinking".
    reason: str


@dataclass(frozen=True, slots=True)
class Head:
    """What every page says about itself to browsers, crawlers and link previews."""

    # Path of the page on the site, such as "/pivots/a-to-b/".
    url: str
    # The same, absolute.
    canonical: str
    # For the title element; the headline is the view's own.
    title: str
    description: str
    # Open Graph type: "website" or "article".
    kind: str
    # From the home page to this one, this one included.
    crumbs: tuple[Link, ...]
    # The day the page was first published and the day its content last changed, each only where
    # somebody wrote it down.
    published: date | None = None
    updated: date | None = None
    # The picture that the page itself names for where it is shared.
    image: ShareImage | None = None
    # False for pages that search engines should leave out, such as 404.
    indexed: bool = True
    # The address of its twin in Markdown; "" for none.
    twin: str = ""
    # Where a reader can change the source of the page, and report an error in it; "" for nowhere.
    edit_url: str = ""
    report_url: str = ""
    # The same page in each language of the site; none on a site of one language.
    languages: tuple[Tongue, ...] = ()
    # Of a page whose text nobody has translated: the language of the text, and its home.
    original: Original | None = None

    @property
    def alternates(self) -> tuple[Tongue, ...]:
        """The pages that say the same in other languages, with this one; none where it is alone."""
        own = tuple(tongue for tongue in self.languages if tongue.own)
        return own if len(own) > 1 and not self.original else ()


class View(Protocol):
    """What the view of every kind has."""

    @property
    def head(self) -> Head:
        """What the page says about itself."""
        ...


@dataclass(frozen=True, slots=True)
class Chrome:
    """What every page of the site shares."""

    name: str
    base_url: str
    language: str
    # What layouts say to readers: `phrases["skip"]`, `phrases.say("from_role", role=name)`,
    # `phrases.count("pivots", 2)`.
    phrases: Phrases
    # The call to action of pages that have none of their own, where there is one.
    call: Call | None
    # Organisation behind the site, and its home page; "" where the settings name none.
    organisation: str
    organisation_url: str
    # The editor who answers for the text; "" where the settings name none.
    editor: str
    editor_url: str
    # Fingerprinted addresses of assets/, by their path under assets/: "style.css", "explorer.js".
    assets: Mapping[str, str]
    # Whether the site has feeds (it has when at least one pivot is dated).
    feeds: bool
    # Links at the top and at the foot of every page.
    navigation: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()
    # The address of the organisation's logo: that of the theme, or else the icon; "" for none.
    organisation_logo: str = ""
    # Addresses of the stylesheet with the theme's values, of the logo, and of the picture for
    # pages that are shared; "" for none.
    theme_style: str = ""
    logo: str = ""
    image: str = ""
    # The picture for shared pages that name none of their own, of the settings or of the theme.
    share_image: ShareImage | None = None
    # Patterns of addresses, with `{path}` and `{url}`; "" for none.
    edit_url: str = ""
    report_url: str = ""
    # Whether pivots bring a QR code of their address, for paper.
    qr_codes: bool = False
    # Whether pages have twins in Markdown.
    markdown_twins: bool = False
    # Whether this site is only for a look, and search engines are kept out.
    preview: bool = False
    # What every address of this language begins with, such as "/fr"; "" in the site's own.
    root: str = ""
    # The site's own language, whose words stand where nobody has translated them.
    source_language: str = ""
    # The call to action in the site's own language, for texts that nobody has translated.
    source_call: Call | None = None
    # The country whose facts pages tell where they do not say so themselves, or "".
    region: str = ""

    @property
    def source_direction(self) -> str:
        """How the site's own language is read."""
        return direction_of(self.source_language)

    @property
    def home(self) -> str:
        """The address of the front page in this language."""
        return in_language(HOME, self.root)

    def here(self, head: Head) -> str:
        """The link at the top that stands for a page: its own, or that of a list it belongs to.

        "" for none. The home page stands for itself alone.
        """
        own = [link.url for link in self.navigation]
        way = [head.url, *[crumb.url for crumb in head.crumbs[:0:-1]]]
        return next((url for url in way if url in own), "")

    @property
    def base_path(self) -> str:
        """The path of `base_url`, such as "/repo", or ""."""
        return base_path_of(self.base_url)


@dataclass(frozen=True, slots=True)
class PageLink:
    """One page of a list that is too long for one page."""

    number: int
    url: str
    current: bool
    # "prev" for the page before the current one, "next" for the one behind it, else "".
    rel: str = ""
    # Whether pages before this one are left out.
    gap: bool = False

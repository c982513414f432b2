"""Plan: a Site to Pages. Every address of the site is decided here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from heapq import merge
from itertools import islice

from pivotgen.model.claims import Claims
from pivotgen.model.page import (
    AssetRecipe,
    ExplorerRecipe,
    FeedRecipe,
    HeadersRecipe,
    ListPart,
    LlmsRecipe,
    MissingRecipe,
    Page,
    PivotRecipe,
    RedirectRecipe,
    RobotsRecipe,
    RoleRecipe,
    SitemapIndexRecipe,
    SitemapRecipe,
    SkillRecipe,
)
from pivotgen.model.problem import Problem
from pivotgen.model.redirect import Redirect
from pivotgen.model.site import Node, Site
from pivotgen.model.view import FieldEntry, Link, RoleEntry, SkillEntry

# Roles and skills that one page of the explorer lists, and links of a kind on other lists: as
# many as a reader can take in, and no page grows with the site.
_ENTRIES = 240
_LINKS = 24
_COMMON = 8
# The sitemaps.org protocol's limit for one file.
_IN_SITEMAP = 50_000
_IN_FEED = 50
# A longer llms.txt helps nobody; the sitemap has the rest.
_IN_LLMS = 1_000

_Dated = tuple[str, date | None]


def plan(
    site: Site, page_size: int, assets: Mapping[str, str], moved: Iterable[Redirect] = ()
) -> Iterator[Page]:
    """Every file of the site. Pages that show the same cards come soon after one another.

    `assets` gives the file of assets/ behind each path under public/; `moved` are addresses that
    lead elsewhere now.
    """
    for output, path in assets.items():
        yield Page(output, "asset", AssetRecipe(path=path), path)
    # Before processes have many cards at hand, because a sitemap takes much memory to make.
    yield from _discovery(site, page_size)
    yield _missing(site)
    # Pivots into one role show each other's cards, and so does the list of them.
    numbers = [node.number for node in site.nodes.values()]
    for slug in site.roles:
        yield from _pivots(site, slug, numbers)
        yield from _role(site, slug, "to", page_size)
    yield from _lists(site, page_size)
    aliases = (
        (alias.text, f"/pivots/{slug}/")
        for slug, node in site.nodes.items()
        for alias in node.aliases
    )
    for old, url in (*aliases, *((one.old, one.new) for one in moved)):
        yield Page(_output(old), "redirect", RedirectRecipe(url=url, card=_card_at(site, url)))


def claims(site: Site, page_size: int, assets: Iterable[str]) -> Claims:
    """Who has each file under public/ before old addresses are given out; `assets` are paths there.

    The feeds are there already for a site that has none yet: an address that works today must not
    stop the build on the day that somebody writes the first `updated`.
    """
    files = {page.output for page in _discovery(site, page_size)}
    files |= {"404.html", "feed.xml", "feed.json", *assets}
    owners = dict.fromkeys(files, "a file of the site")
    owners |= {_output(url): "a page of the site" for url in addresses(site, page_size)}
    owners |= {_output(f"/pivots/{node.slug}/"): node.path for node in site.nodes.values()}
    return Claims(owners)


def clashes(site: Site, taken: Claims) -> list[Problem]:
    """Aliases that a page, a file or another alias already has; `taken` holds the others after."""
    problems = []
    for node in site.nodes.values():
        for alias in node.aliases:
            url = f"{alias.text.rstrip('/')}/"
            if owner := taken.take(url, node.path):
                message, hint = f"{url} already belongs to {owner}", "take this alias out"
                place = node.path, alias.line, alias.column
                problems.append(Problem(*place, "address-clash", message, hint))
    return problems


def addresses(site: Site, page_size: int) -> set[str]:
    """The address of every page."""
    hidden = {f"/pivots/{node.slug}/" for node in site.nodes.values() if node.draft}
    return {url for url, _ in _urls(site, page_size)} | hidden


def _pivots(site: Site, role: str, numbers: Sequence[int]) -> Iterator[Page]:
    """The pages of all pivots into a role; `numbers` are those of all cards, by slug."""

    def cards(places: Iterable[int]) -> tuple[int, ...]:
        return tuple([numbers[place] for place in places])

    for slug in site.into.get(role, ()):
        node, near = site.nodes[slug], site.neighbours[slug]
        recipe = PivotRecipe(
            card=node.number,
            siblings=cards(near.siblings),
            onward=cards(near.onward),
            kindred=cards(near.kindred),
            back=None if near.back is None else numbers[near.back],
            addresses=node.addresses,
            updated=node.updated,
            draft=node.draft,
        )
        yield Page(f"pivots/{slug}/index.html", "pivot", recipe, node.path)


def _card_at(site: Site, url: str) -> int | None:
    """The card of the pivot whose page has this address."""
    node = site.nodes.get(url.removeprefix("/pivots/").rstrip("/"))
    return node.number if node and url == f"/pivots/{node.slug}/" else None


def _lists(site: Site, page_size: int) -> Iterator[Page]:
    """All pages of the other lists, by the first card on each: every list is in one order, so
    pages near one another show much the same cards."""
    roles = (_role(site, slug, "from", page_size) for slug in site.roles)
    skills = (_skill(site, slug, page_size) for slug in site.skills)
    return merge(*roles, *skills, _explorer(site, page_size), key=_first)


def _first(page: Page) -> tuple[int, ...]:
    return page.recipe.shows[:1]


def _role(site: Site, slug: str, side: str, page_size: int) -> Iterator[Page]:
    role, text = site.roles[slug], site.roles[slug].text
    slugs = (site.into if side == "to" else site.out).get(slug, ())
    other = (site.out if side == "to" else site.into).get(slug, ())
    skills = Counter(skill for one in slugs for skill in site.nodes[one].skills)
    common = sorted(skills, key=lambda skill: (-skills[skill], site.skills[skill].name))
    for part in _parts(site, f"/{side}/{slug}/", slugs, page_size):
        # The text about the role stands on one page only: the first of the paths into it.
        path = text.path if text and side == "to" and part.number == 1 else ""
        recipe = RoleRecipe(
            part=part,
            side=side,
            slug=slug,
            name=role.name,
            description=text.description if text else "",
            field=text.field if text else "",
            aliases=tuple(alias.text for alias in text.aliases) if text else (),
            addresses=site.addresses[path] if path else (),
            other_total=len(other),
            skills=tuple(_skill_link(site, skill) for skill in common[:_COMMON]),
        )
        yield Page(_output(page_url(part.base, part.number)), "role", recipe, path)


def _skill(site: Site, slug: str, page_size: int) -> Iterator[Page]:
    slugs = site.with_skill[slug]
    origins = _busiest(site, (site.nodes[one].origin for one in slugs), "from")
    targets = _busiest(site, (site.nodes[one].target for one in slugs), "to")
    for part in _parts(site, f"/skills/{slug}/", slugs, page_size):
        first = part.number == 1
        recipe = SkillRecipe(
            part=part,
            name=site.skills[slug].name,
            origins=origins if first else (),
            targets=targets if first else (),
        )
        yield Page(_output(page_url(part.base, part.number)), "skill", recipe)


def _busiest(site: Site, roles: Iterable[str], side: str) -> tuple[Link, ...]:
    """The roles named most, in alphabetical order."""
    count = Counter(roles)
    most = sorted(count, key=lambda slug: (-count[slug], slug))[:_LINKS]
    links = (Link(site.roles[slug].name, f"/{side}/{slug}/") for slug in most)
    return tuple(sorted(links, key=lambda link: link.text))


def _skill_link(site: Site, slug: str) -> Link:
    return Link(site.skills[slug].name, f"/skills/{slug}/")


def _explorer(site: Site, page_size: int) -> Iterator[Page]:
    entries = _role_entries(site)
    skills = [
        SkillEntry(_skill_link(site, slug), len(site.with_skill[slug])) for slug in site.skills
    ]
    for part in _parts(site, "/", list(site.nodes), page_size):
        start, end = (part.number - 1) * _ENTRIES, part.number * _ENTRIES
        recipe = ExplorerRecipe(
            part=part,
            roles=len(site.roles),
            fields=_by_field(entries[start:end]),
            skills=tuple(skills[start:end]),
        )
        yield Page(_output(page_url(part.base, part.number)), "explorer", recipe)


def _role_entries(site: Site) -> list[RoleEntry]:
    """Every role, by field of work; roles that nobody has put into a field come last."""
    entries = []
    for slug, role in site.roles.items():
        into, out = len(site.into.get(slug, ())), len(site.out.get(slug, ()))
        entries.append(
            RoleEntry(
                name=role.name,
                field=role.text.field if role.text else "",
                into=Link(role.name, f"/to/{slug}/") if into else None,
                into_total=into,
                out=Link(role.name, f"/from/{slug}/") if out else None,
                out_total=out,
            )
        )
    return sorted(entries, key=lambda entry: (not entry.field, entry.field, entry.name))


def _by_field(entries: Sequence[RoleEntry]) -> tuple[FieldEntry, ...]:
    fields: dict[str, list[RoleEntry]] = {}
    for entry in entries:
        fields.setdefault(entry.field, []).append(entry)
    return tuple(FieldEntry(name, tuple(roles)) for name, roles in fields.items())


def _missing(site: Site) -> Page:
    busiest = sorted(site.into, key=lambda slug: (-len(site.into[slug]), slug))[:_COMMON]
    roles = tuple(Link(site.roles[slug].name, f"/to/{slug}/") for slug in busiest)
    return Page("404.html", "missing", MissingRecipe(roles=roles))


def _discovery(site: Site, page_size: int) -> Iterator[Page]:
    """What search engines, feed readers and agents read."""
    urls = _urls(site, page_size)
    parts = []
    while part := tuple(islice(urls, _IN_SITEMAP)):
        parts.append(part)
        # All parts but the first are told from each other by number; one alone needs none.
        if len(parts) > 1:
            yield _sitemap(len(parts), part)
            parts[-1] = ()
    if len(parts) > 1:
        yield _sitemap(1, parts[0])
        names = tuple(f"sitemap-{number}.xml" for number in range(1, len(parts) + 1))
        yield Page("sitemap.xml", "sitemap-index", SitemapIndexRecipe(names=names))
    else:
        yield Page("sitemap.xml", "sitemap", SitemapRecipe(entries=parts[0] if parts else ()))
    if dated := latest(site):
        recipe = FeedRecipe(
            shows=tuple(node.number for node in dated),
            days=tuple(node.updated for node in dated if node.updated),
        )
        yield Page("feed.xml", "atom", recipe)
        yield Page("feed.json", "json-feed", recipe)
    yield Page("robots.txt", "robots", RobotsRecipe())
    yield Page("_headers", "headers", HeadersRecipe())
    public = (node.number for node in site.nodes.values() if not node.draft)
    yield Page("llms.txt", "llms", LlmsRecipe(shows=tuple(islice(public, _IN_LLMS))))


def latest(site: Site) -> list[Node]:
    """The pivots of the feeds: those that say when they changed, the newest first."""
    dated = [node for node in site.nodes.values() if node.updated and not node.draft]
    dated.sort(key=_day, reverse=True)
    return dated[:_IN_FEED]


def _day(node: Node) -> date:
    return node.updated or date.min


def _sitemap(number: int, entries: tuple[_Dated, ...]) -> Page:
    return Page(f"sitemap-{number}.xml", "sitemap", SitemapRecipe(entries=entries))


def _urls(site: Site, page_size: int) -> Iterator[_Dated]:
    """The address of every page that search engines may list."""
    for number in range(1, _pages(len(site.nodes), page_size) + 1):
        yield page_url("/", number), None
    for node in site.nodes.values():
        if not node.draft:
            yield f"/pivots/{node.slug}/", node.updated
    lists = (("to", site.roles, site.into), ("from", site.roles, site.out))
    for side, slugs, members in (*lists, ("skills", site.skills, site.with_skill)):
        for slug in slugs:
            for number in range(1, _pages(len(members.get(slug, ())), page_size) + 1):
                yield page_url(f"/{side}/{slug}/", number), None


def _parts(site: Site, base: str, slugs: Sequence[str], page_size: int) -> Iterator[ListPart]:
    """The pages of one list; an empty list has one page."""
    pages = _pages(len(slugs), page_size)
    for number in range(1, pages + 1):
        part = slugs[(number - 1) * page_size : number * page_size]
        shows = tuple([site.nodes[slug].number for slug in part])
        yield ListPart(base=base, number=number, pages=pages, total=len(slugs), shows=shows)


def _pages(total: int, page_size: int) -> int:
    return max(1, -(-total // page_size))


def page_url(base: str, number: int) -> str:
    """The address of one page of a list."""
    return base if number == 1 else f"{base}page/{number}/"


def _output(url: str) -> str:
    return f"{url.strip('/')}/index.html".lstrip("/")

"""Voices: the graph of a site in each of its other languages.

A graph in another language has the same pivots, roles and skills, with other names, addresses and
texts. What nobody has translated is there as it is, unless the settings leave it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from pivotgen.memory.lazy_parts import LazyParts
from pivotgen.model.address import own_page_address, pivot_address, readable, role_address
from pivotgen.model.languages import NONE, PAGE
from pivotgen.model.names import slug_of
from pivotgen.model.own_page import OwnPage
from pivotgen.model.picture import LinkTarget, ShareImage
from pivotgen.model.pivot import Mention
from pivotgen.model.problem import Problem
from pivotgen.model.role import Role, RoleText, Skill
from pivotgen.model.site import Node, Site
from pivotgen.model.source import ROLES, translation_path
from pivotgen.model.translation import Names, Translation, TranslationProse
from pivotgen.stages.link.link_targets import LinkTargets, Voice


@dataclass(frozen=True, slots=True)
class Language:
    """What a graph in another language is made from, beside the graph in the site's own."""

    code: str
    root: str
    names: Names
    # The number of the face of each pivot, by the path of its file.
    faces: Mapping[str, int]
    # What there is of a text that nobody has translated: "page" or "none".
    untranslated: str = PAGE
    # The forms of names that its phrases ask for.
    name_forms: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Translations:
    """All translations of a site, and the languages that it has."""

    languages: tuple[Language, ...] = ()
    # By language, then by the path of the source.
    texts: Mapping[str, Mapping[str, Translation]] = field(default_factory=dict)
    # What rules know of each translation, by its path.
    prose: LazyParts[TranslationProse] | None = None

    def shown(self, *, drafts: bool) -> Translations:
        """The same without drafts, unless these are shown."""
        if drafts:
            return self
        texts = {
            language: {path: text for path, text in of.items() if not text.draft}
            for language, of in self.texts.items()
        }
        return replace(self, texts=texts)


NO_TRANSLATIONS = Translations()


def misplaced(
    translations: Translations, sources: Iterable[str], unread: Iterable[str]
) -> Iterator[Problem]:
    """Translations of no file, and those into no language of the site."""
    known, bad = set(sources), set(unread)
    codes = [language.code for language in translations.languages]
    for language, texts in translations.texts.items():
        for source, text in texts.items():
            place = text.path, 1, 1
            if language not in codes:
                near = get_close_matches(language, codes, 1)
                hint = f"did you mean {translation_path(source, near[0])}?" if near else ""
                add = f'add it in build.py: languages=("{language}",)'
                message = f"the site has no language `{language}`"
                yield Problem(*place, "unknown-language", message, hint or add)
            elif source not in known and source not in bad:
                near = get_close_matches(source, known, 1, 0.8)
                hint = f"did you mean {translation_path(near[0], language)}?" if near else ""
                message = f"there is no {source}, which this translates"
                yield Problem(*place, "no-source", message, hint or "rename the file, or delete it")


def voices_of(site: Site, translations: Translations) -> tuple[dict[str, Site], list[Problem]]:
    """The graph in each other language, still without the addresses of links."""
    voices: dict[str, Site] = {}
    problems: list[Problem] = []
    for language in translations.languages:
        texts = translations.texts.get(language.code, {})
        voice = _voice(site, language, texts)
        if translations.prose is not None:
            paths = {source: text.path for source, text in texts.items()}
            voice = replace(voice, translated=translations.prose.keyed(paths))
        voices[language.code] = voice
        problems += _clashes(voices[language.code], texts)
    return voices, problems


def _voice(site: Site, language: Language, texts: Mapping[str, Translation]) -> Site:
    root, names = language.root, language.names
    is_sparse = language.untranslated == NONE
    nodes = {
        slug: _node(node, language, texts.get(node.path))
        for slug, node in site.nodes.items()
        if not is_sparse or node.path in texts
    }
    roles = {slug: _role(role, names, texts) for slug, role in site.roles.items()}
    pages = {}
    foreign = set()
    for path, page in site.pages.items():
        text = texts.get(path)
        if text or not is_sparse:
            shown = _page(page, text)
            pages[shown.path] = shown
            if not text:
                foreign.add(path)
    skills = {slug: _skill(skill, names) for slug, skill in site.skills.items()}
    own = {text.path for text in texts.values()}
    foreign |= {role.text.path for role in roles.values() if role.text} - own
    voice = replace(
        site,
        nodes=nodes,
        roles=roles,
        skills=skills,
        pages=pages,
        addresses={},
        images={},
        drafts=frozenset(slug for slug, node in nodes.items() if node.draft),
        language=language.code,
        root=root,
        foreign=frozenset(foreign),
        voices={},
        names=names,
        translations=texts,
        name_forms=language.name_forms,
    )
    return _sparse(voice) if len(nodes) < len(site.nodes) else voice


def _node(node: Node, language: Language, text: Translation | None) -> Node:
    number = language.faces.get(node.path, node.number)
    root = language.root
    if text is None:
        return replace(
            node,
            number=number,
            published=None,
            updated=None,
            aliases=(),
            addresses=(),
            address=f"{root}{node.address}",
            own=False,
        )
    return replace(
        node,
        number=number,
        path=text.path,
        published=text.published,
        updated=text.updated,
        draft=node.draft or text.draft,
        aliases=text.aliases,
        addresses=(),
        address=pivot_address(text.slug, root) if text.slug else f"{root}{node.address}",
    )


def _role(role: Role, names: Names, texts: Mapping[str, Translation]) -> Role:
    thing = names.roles.get(role.slug)
    text = role.text
    if text:
        own = texts.get(text.path)
        named = names.fields.get(slug_of(text.field))
        field_name = named.name.text if named else text.field
        text = replace(text, field=field_name, aliases=())
        text = _role_text(text, own) if own else text
    name = thing.name.text if thing else role.name
    return Role(name, role.slug, text, thing.forms if thing else {})


def _role_text(text: RoleText, own: Translation) -> RoleText:
    return replace(
        text,
        path=own.path,
        description=own.description.text if own.description else "",
        aliases=own.names,
        mentions=own.mentions,
        anchors=own.anchors,
    )


def _skill(skill: Skill, names: Names) -> Skill:
    thing = names.skills.get(skill.slug)
    return Skill(thing.name.text, skill.slug, thing.forms) if thing else skill


def _page(page: OwnPage, text: Translation | None) -> OwnPage:
    if text is None or text.title is None or text.description is None:
        return replace(page, aliases=(), updated=None)
    return replace(
        page,
        path=text.path,
        title=text.title,
        description=text.description,
        updated=text.updated,
        draft=page.draft or text.draft,
        aliases=text.aliases,
        mentions=text.mentions,
        anchors=text.anchors,
    )


def _images(site: Site, texts: Mapping[str, Translation]) -> Mapping[str, ShareImage]:
    """The pictures of shared pages; what they show is said in the language, or by the title."""
    images = dict(site.images)
    for path, image in site.images.items():
        if text := texts.get(path):
            images[text.path] = replace(image, alt=text.image_alt)
    return images


def _sparse(voice: Site) -> Site:
    """The graph without the roles, skills and lists of what is left out."""

    def kept(lists: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        shorter = {
            key: tuple(slug for slug in slugs if slug in voice.nodes)
            for key, slugs in lists.items()
        }
        return {key: slugs for key, slugs in shorter.items() if slugs}

    into, out, with_skill = kept(voice.into), kept(voice.out), kept(voice.with_skill)
    named = into.keys() | out.keys()
    return replace(
        voice,
        roles={slug: role for slug, role in voice.roles.items() if slug in named},
        skills={slug: skill for slug, skill in voice.skills.items() if slug in with_skill},
        into=into,
        out=out,
        with_skill=with_skill,
        neighbours={},
    )


def _clashes(voice: Site, texts: Mapping[str, Translation]) -> Iterator[Problem]:
    """Pivots that want the address of another in the same language."""
    owners: dict[str, Node] = {}
    by_path = {text.path: text for text in texts.values()}
    for node in voice.nodes.values():
        other = owners.setdefault(node.address, node)
        if other is not node and (text := by_path.get(node.path) or by_path.get(other.path)):
            owner = other if text.path == node.path else node
            message = f"{owner.path} already has the address {readable(node.address)}"
            hint = "give one of the two another `slug`"
            yield Problem(text.path, *text.place, "address-clash", message, hint)


# How links are followed.


def with_links(
    voice: Site, site: Site, texts: Sequence[RoleText], make: Callable[..., LinkTargets]
) -> tuple[Site, list[Problem]]:
    """The graph with its pictures and what is behind each link, and dead links of translations.

    A dead link of a text that nobody has translated is told where it is written. `texts` are those
    of roles in the site's own language; `make` gives the targets of links from the address of each
    file, the fragments of each, and how links are followed.
    """
    targets = _targets(voice, site, texts, make)
    problems: list[Problem] = []
    nodes = {}
    mentions = _Mentions(voice, site)
    for slug, node in voice.nodes.items():
        links = mentions.of_pivot(slug, node)
        addresses, dead = targets.addresses(node.path, links) if links else ((), [])
        nodes[slug] = replace(node, addresses=addresses) if addresses else node
        problems += dead if node.own else []
    others: dict[str, tuple[LinkTarget, ...]] = {}
    for text in voice.texts():
        others[text.path], dead = targets.addresses(text.path, text.mentions)
        problems += [] if text.path in voice.foreign else dead
    images = _images(site, voice.translations)
    return replace(voice, nodes=nodes, addresses=others, images=images), problems


class _Mentions:
    """The links of the texts of pivots in one language."""

    def __init__(self, voice: Site, site: Site) -> None:
        self._site = site
        self._by_path = {text.path: text for text in voice.translations.values()}

    def of_pivot(self, slug: str, node: Node) -> Sequence[Mention]:
        text = self._by_path.get(node.path)
        if text:
            return text.mentions
        # The source has as many placeholders as it has addresses.
        return self._site.pivots[slug].mentions if self._site.nodes[slug].addresses else ()


def _targets(
    voice: Site, site: Site, texts: Sequence[RoleText], make: Callable[..., LinkTargets]
) -> LinkTargets:
    root, translations = voice.root, voice.translations
    files: dict[str, str] = {}
    to_voice: dict[str, str] = {}
    for slug, node in voice.nodes.items():
        source = site.nodes[slug]
        files[source.path] = files[node.path] = node.address
        to_voice[source.address] = node.address
    for path, page in site.pages.items():
        files[path] = own_page_address(page.slug, root)
    of_roles = {
        slug: role_address("to" if slug in voice.into else "from", slug, root)
        for slug in voice.roles
    }
    files |= {f"{ROLES}/{slug}.md": address for slug, address in of_roles.items()}
    files |= {text.path: of_roles[text.slug] for text in texts if text.slug in of_roles}
    files |= {own.path: files[path] for path, own in translations.items() if path in files}
    slugs = {site.nodes[slug].path: slug for slug in voice.nodes}
    sources = {own.path: path for path, own in translations.items()}
    by_role = {text.path: text for text in texts}

    def anchors_of_source(path: str) -> Sequence[str] | None:
        if path in slugs:
            return site.pivots[slugs[path]].anchors
        if path in site.pages:
            return site.pages[path].anchors
        return by_role[path].anchors if path in by_role else None

    def anchors(path: str) -> Sequence[str] | None:
        path = sources.get(path, path)
        own = translations.get(path)
        return own.anchors if own else anchors_of_source(path)

    def part(path: str, fragment: str) -> str | None:
        path = sources.get(path, path)
        own = translations.get(path)
        if own is None or fragment in own.anchors:
            return None
        before = anchors_of_source(path) or ()
        if fragment not in before:
            return None
        # A translation has the sections and the questions of its source, in the same order.
        return own.anchors[before.index(fragment)] if len(before) == len(own.anchors) else ""

    spoken = Voice(lambda address: to_voice.get(address, f"{root}{address}"), part)
    return make(files, anchors, spoken)

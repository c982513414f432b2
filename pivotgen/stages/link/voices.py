"""Voices: the graph of a site in each of its other languages.

A graph in another language has the same pivots, roles and skills, with other names, addresses and
texts. What nobody has translated is there as it is, unless the settings leave it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from difflib import get_close_matches

from pivotgen.memory.lazy_parts import LazyParts
from pivotgen.model.address import pivot_address, readable
from pivotgen.model.languages import NONE, PAGE
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.names import slug_of
from pivotgen.model.own_page import OwnPage
from pivotgen.model.problem import Problem
from pivotgen.model.role import Role, RoleText, Skill
from pivotgen.model.site import Node, Site
from pivotgen.model.source import translation_path
from pivotgen.model.translation import Names, Translation, TranslationProse


@dataclass(frozen=True, slots=True)
class Language:
    """What a graph in another language is made from, beside the graph in the site's own."""

    code: str
    root: str
    names: Names
    # The number of the face of each pivot, by the path of its file.
    faces: Mapping[str, int]
    # The site's own, in which all is that nobody has translated.
    own: str
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
    translations: Translations, sources: Callable[[], Iterable[str]], unread: Iterable[str]
) -> Iterator[Problem]:
    """Translations of no file, and those into no language of the site.

    `sources` is asked for all files that may be translated, where there are translations.
    """
    if not translations.texts:
        return
    known, bad = set(sources()), set(unread)
    codes = [language.code for language in translations.languages]
    for language, texts in translations.texts.items():
        for source, text in texts.items():
            place = text.path, 1, 1
            if language not in codes:
                near = get_close_matches(language, codes, 1)
                hint = f"did you mean {translation_path(source, near[0])}?" if near else ""
                add = f'add it in build.py: languages=("{language}",); or delete the file'
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
    roles = {slug: _role(role, language, texts) for slug, role in site.roles.items()}
    pages = {}
    foreign = set()
    for path, page in site.pages.items():
        text = texts.get(path)
        if text or not is_sparse:
            shown = _page(page, text)
            pages[shown.path] = shown
            if not text:
                foreign.add(path)
    skills = {slug: _skill(skill, language) for slug, skill in site.skills.items()}
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


def _role(role: Role, language: Language, texts: Mapping[str, Translation]) -> Role:
    names = language.names
    thing = names.roles.get(role.slug)
    text, field_language = role.text, ""
    if text:
        own = texts.get(text.path)
        named = names.fields.get(slug_of(text.field))
        field_name = named.name.text if named else text.field
        field_language = language.own if text.field and not named else ""
        text = replace(text, field=field_name, aliases=())
        text = _role_text(text, own) if own else text
    if thing is None:
        return Role(role.name, role.slug, text, {}, language.own, field_language)
    return Role(thing.name.text, role.slug, text, thing.forms, "", field_language)


def _role_text(text: RoleText, own: Translation) -> RoleText:
    return replace(
        text,
        path=own.path,
        description=own.description.text if own.description else "",
        aliases=own.names,
        # Readers of this language may type the names of the source as well.
        typed=(*own.typed, *text.typed),
        mentions=own.mentions,
        anchors=own.anchors,
    )


def _skill(skill: Skill, language: Language) -> Skill:
    thing = language.names.skills.get(skill.slug)
    if thing is None:
        return replace(skill, language=language.own)
    return Skill(thing.name.text, skill.slug, thing.forms)


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

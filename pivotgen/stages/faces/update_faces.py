"""Update the faces: what the pages of other languages show of each pivot and own page.

This compares digests of all texts in each build, and makes only those faces anew whose source,
translation or names have changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from pivotgen.engines.packing import pack, unpack
from pivotgen.memory.card_rows import split_card
from pivotgen.memory.faces import Face, FaceState, face_name
from pivotgen.memory.fingerprint import digest_of
from pivotgen.memory.inputs import PartsOf
from pivotgen.model.address import pivot_address, role_address, skill_address, with_rest
from pivotgen.model.names import slug_of
from pivotgen.model.own_page import OwnPageBody
from pivotgen.model.pivot import Body, Call
from pivotgen.model.source import PAGES, PIVOTS, Digest, is_translation, translation_path
from pivotgen.model.stored_card import StoredCard
from pivotgen.model.translation import NamedThing, Names, TranslatedCard
from pivotgen.model.view import Asked, Link
from pivotgen.stages.context import BuildContext

# Faces that are made together.
_TOGETHER = 500


class _Wanted(NamedTuple):
    """A face as it should be: its source, its translation if it has one, and what decides on it."""

    name: str
    path: str
    number: int
    translation: str
    made: Digest
    # The digest of what the text of its page is made of; empty where nobody has translated it.
    body: Digest


def update_faces(build: BuildContext, names: Mapping[str, Names]) -> None:
    """Make every face anew that is not what it should be, and delete those that nobody needs."""
    faces = build.ledger.faces
    if not names and not faces.any:
        return
    states = faces.states()
    wanted = list(_wanted(build, names))
    kept = {face.name for face in wanted}
    if gone := [name for name in states if name not in kept]:
        faces.delete(gone)
    stale = [face for face in wanted if _state(states, face) != (face.made, face.number)]
    for start in range(0, len(stale), _TOGETHER):
        _renew(build, stale[start : start + _TOGETHER], names, states)
        build.options.progress("translating", start, len(stale))


def _state(states: Mapping[str, FaceState], face: _Wanted) -> tuple[Digest, int] | None:
    state = states.get(face.name)
    return (state.made, state.source) if state else None


def _wanted(build: BuildContext, names: Mapping[str, Names]) -> Iterator[_Wanted]:
    """The face of each pivot in each language, and of each own page that is translated."""
    inputs = build.ledger.inputs
    parts = {**inputs.parts_of(PIVOTS), **inputs.parts_of(PAGES)}
    keys = {
        language: digest_of([pack((build.config.root(language), build.config.language)), pack(own)])
        for language, own in names.items()
    }
    drafts = bytes([build.options.drafts])
    for path, source in parts.items():
        if is_translation(path):
            continue
        is_pivot = path.startswith(f"{PIVOTS}/")
        for language, key in keys.items():
            other = translation_path(path, language)
            own = parts.get(other)
            if own is None and not is_pivot:
                continue
            made = digest_of([key, source.card, source.asked, *_made_from(source, own, drafts)])
            body = digest_of((source.body, own.body)) if own else b""
            name = face_name(language, path)
            yield _Wanted(name, path, source.number, other if own else "", made, body)


def _made_from(source: PartsOf, translation: PartsOf | None, drafts: bytes) -> Iterable[bytes]:
    """What a translated text is made from beside cards; one without a translation needs no body."""
    if translation is None:
        return ()
    return source.body, translation.card, translation.body, drafts


def _renew(
    build: BuildContext,
    wanted: Sequence[_Wanted],
    names: Mapping[str, Names],
    states: Mapping[str, FaceState],
) -> None:
    inputs, faces = build.ledger.inputs, build.ledger.faces
    paths = [path for face in wanted for path in (face.path, face.translation) if path]
    cards = inputs.part("cards", paths)
    translated = [face for face in wanted if face.translation]
    bodies = inputs.part(
        "bodies", [path for face in translated for path in (face.path, face.translation)]
    )
    made: list[Face] = []
    same: list[tuple[str, Digest]] = []
    for wish in wanted:
        voice = _Voice(build, names[wish.name.partition("/")[0]])
        own_card = split_card(cards[wish.translation])[0] if wish.translation in cards else b""
        pair = (bodies[wish.path], bodies[wish.translation]) if wish.translation else None
        face = _face(wish, voice, (cards.get(wish.path), own_card), pair)
        state = states.get(face.name)
        if state and (state.source, *state[3:]) == (face.source, *face.digests):
            same.append((face.name, face.made))
        else:
            made.append(face)
    faces.touch(same)
    faces.store(made)


def _face(
    wish: _Wanted,
    voice: _Voice,
    cards: tuple[bytes | None, bytes],
    bodies: tuple[bytes, bytes] | None,
) -> Face:
    """A face of the packed parts of its source and of its translation, where there is one."""
    source, translation = cards
    if source is None:
        body = pack(_joined_page(*bodies)) if bodies else b""
        return _of_wish(wish, b"", b"", body)
    card, asked = split_card(source)
    own = unpack(TranslatedCard, translation) if translation else None
    if own and own.draft and not voice.drafts:
        own = None
    shown = voice.card(unpack(StoredCard, card), own)
    looked_up = voice.asked(unpack(Asked, asked), shown, own)
    body = pack(_joined(*bodies)) if own and bodies else b""
    return _of_wish(wish, pack(shown), pack(looked_up), body)


def _of_wish(wish: _Wanted, card: bytes, asked: bytes, body: bytes) -> Face:
    digest = wish.body if body else b""
    return Face(wish.name, wish.number, wish.made, card, asked, body, digest)


class _Voice:
    """How cards are shown in one language."""

    def __init__(self, build: BuildContext, names: Names) -> None:
        self._names = names
        self._own = build.config.language
        self._root = build.config.root(names.language)
        self.drafts = build.options.drafts

    def card(self, source: StoredCard, translated: TranslatedCard | None) -> StoredCard:
        """The card in this language; its words are those of the source without a translation."""
        root, language = self._root, self._names.language
        origin, target = self._role(source.origin, "from"), self._role(source.target, "to")
        forms = {
            key: dict(thing.forms)
            for key, thing in (("origin", origin[1]), ("target", target[1]))
            if thing and thing.forms
        }
        words: dict[str, Any] = {"language": self._own, "url": f"{root}{source.url}"}
        if translated:
            words = {
                "language": "",
                "url": pivot_address(translated.slug, root) if translated.slug else words["url"],
                "title": translated.title,
                "description": translated.description,
                "points": translated.points,
            }
        return replace(
            source,
            origin=origin[0],
            target=target[0],
            skills=tuple(map(self._skill, source.skills)),
            voice=language,
            forms=forms,
            **words,
        )

    def asked(self, source: Asked, card: StoredCard, translated: TranslatedCard | None) -> Asked:
        """What the pivot is looked up by in this language, with this card."""
        if translated is None:
            questions = [
                Link(question.text, f"{self._root}{question.url}") for question in source.questions
            ]
        else:
            questions = [
                Link(text, with_rest(card.url, f"#{anchor}"))
                for text, anchor in translated.questions
            ]
        return replace(
            source,
            url=card.url,
            title=card.title,
            questions=tuple(questions),
            draft=source.draft or (translated is not None and translated.draft),
            language=card.language,
        )

    def _role(self, role: Link, side: str) -> tuple[Link, NamedThing | None]:
        slug = slug_of(role.text)
        thing = self._names.roles.get(slug)
        url = role_address("to" if side == "to" else "from", slug, self._root)
        return self._named(thing, role.text, url), thing

    def _skill(self, skill: Link) -> Link:
        slug = slug_of(skill.text)
        thing = self._names.skills.get(slug)
        return self._named(thing, skill.text, skill_address(slug, self._root))

    def _named(self, thing: NamedThing | None, source: str, url: str) -> Link:
        """A link with the name in this language, or with that of the source, marked as such."""
        return Link(thing.name.text, url) if thing else Link(source, url, self._own)


def _joined(source: bytes, translation: bytes) -> Body:
    """The text of a translation with what its source alone says."""
    whole, own = unpack(Body, source), unpack(Body, translation)
    words = iter(own.becomes)
    call = own.call if whole.call != Call() or own.call != Call() else Call()
    return replace(
        own,
        references=whole.references,
        stored_extra=whole.stored_extra,
        # The words of another language would be worse than none.
        becomes=tuple(next(words, "") if each else "" for each in whole.becomes),
        call=replace(call, url=whole.call.url),
        region=own.region or whole.region,
    )


def _joined_page(source: bytes, translation: bytes) -> OwnPageBody:
    own = unpack(OwnPageBody, translation)
    return replace(own, stored_extra=unpack(OwnPageBody, source).stored_extra)

"""What of a text has changed since its translation was made, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

# The parts of a text, each with what one of it is called.
_NOUNS: Mapping[str, str] = {
    "title": "title",
    "description": "description",
    "image_alt": "text for the picture",
    "tldr": "point",
    "becomes": "skill’s turn",
    "faqs": "question",
    "cta": "call to action",
    "sections": "section",
}
# Digits of the mark of a question; those of its answer follow.
_QUESTION = 6

Marks = Mapping[str, Sequence[str]]


def marks_text(marks: Marks) -> str:
    """Marks as the key `translated` holds them, on one line."""
    return "; ".join(f"{key} {' '.join(each)}" for key, each in marks.items() if each)


def marks_in(text: str) -> dict[str, tuple[str, ...]]:
    """The marks in the key `translated`."""
    parts = (part.split() for part in text.split(";"))
    return {key: tuple(marks) for key, *marks in filter(None, parts) if key in _NOUNS}


def changes(before: Marks, now: Marks) -> Iterator[tuple[str, str]]:
    """Each part that differs: its key, and what has happened to it in words."""
    for key, noun in _NOUNS.items():
        old, new = tuple(before.get(key, ())), tuple(now.get(key, ()))
        if old == new:
            continue
        if len(old) <= 1 and len(new) <= 1 and key not in ("tldr", "faqs", "sections", "becomes"):
            yield key, f"its {noun} {_how(bool(old), bool(new))}"
        elif key == "faqs":
            yield from ((key, words) for words in _questions(old, new))
        else:
            yield from ((key, words) for words in _rows(noun, old, new))


def _how(was: bool, is_now: bool) -> str:
    return "changed" if was and is_now else "is new" if is_now else "is gone"


def _rows(noun: str, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """What happened to a row of parts, which are counted from 1."""
    for kind, first, last, start, end in SequenceMatcher(None, old, new, False).get_opcodes():
        if kind == "equal":
            continue
        both = min(last - first, end - start)
        yield from (f"{noun} {at + 1} changed" for at in range(start, start + both))
        yield from (f"{noun} {at + 1} is new" for at in range(start + both, end))
        yield from (f"what was {noun} {at + 1} is gone" for at in range(first + both, last))


def _questions(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """The same for questions: an answer is told by itself where the question has stayed."""
    before, now = ([mark[:_QUESTION] for mark in marks] for marks in (old, new))
    answers = dict(zip(before, (mark[_QUESTION:] for mark in old), strict=True))
    yield from _rows("question", before, now)
    for number, mark in enumerate(new, 1):
        answer = answers.get(mark[:_QUESTION])
        if answer is not None and answer != mark[_QUESTION:]:
            yield f"the answer of question {number} changed"

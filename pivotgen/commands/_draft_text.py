"""Draft text: the text of a new pivot's file, with TODO wherever its writer has to write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pivotgen.model.edit import quote_if_needed
from pivotgen.model.extra import ExtraKey
from pivotgen.model.lazy_dataclass import dataclass

# The sections that every pivot has, and what each has to say.
_SECTIONS = (
    (
        "Your built-in advantages",
        "two or three things this reader can do already, each shown and not claimed.",
    ),
    ("The mindset shift", "what this reader has to give up or learn to see differently."),
    ("How to make the move", "steps that can start this week, in the present job if possible."),
)
_POINTS = ("what helps most", "what is hardest", "where to begin")


@dataclass(frozen=True, slots=True)
class Answers:
    """What the writer answered; an empty answer becomes a TODO."""

    title: str = ""
    description: str = ""
    window: str = ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What the other pages of the site suggest for one move."""

    # Names of skills that may carry over.
    skills: Sequence[str]
    # Questions that other pages answer, each with the name of that page's file.
    questions: Sequence[tuple[str, str]]
    # Links to other pages, in Markdown.
    links: Sequence[str]
    # Keys of the authors of the site.
    authors: Sequence[str] = ()
    # The site's own keys that every pivot must have.
    extra: Sequence[ExtraKey] = ()


def draft_text(
    origin: str, target: str, answers: Answers, suggestions: Suggestions, today: date
) -> str:
    """The text of the file; `origin` and `target` are the names of the roles."""
    lines = [
        "---",
        *_header(origin, target, answers, today),
        *_author(suggestions.authors),
        *_skills(suggestions.skills),
        *_questions(suggestions.questions),
        *_extra(suggestions.extra, today),
        "---",
        *_body(suggestions.links),
    ]
    return "\n".join(lines)


def _header(origin: str, target: str, answers: Answers, today: date) -> Iterator[str]:
    title = answers.title or f"From {origin} to {target}: TODO what changes for this reader"
    yield f"title: {_yaml(title)}"
    todo = "TODO what carries over, and what does not, in a sentence or two"
    yield f"description: {_yaml(answers.description or todo)}"
    yield f"from: {_yaml(origin)}"
    yield f"to: {_yaml(target)}"
    if answers.window:
        yield f"window: {_yaml(answers.window)}"
    else:
        yield "window: 6–12 months  # TODO your estimate, for somebody with ordinary luck"
    yield f"published: {today}"
    # This comment must not say TODO: the writer deletes the line after the last TODO.
    yield "draft: true  # delete this line to publish the page"
    yield "tldr:"
    for point in _POINTS:
        yield f"  - TODO {point}, in one sentence"


def _author(authors: Sequence[str]) -> Iterator[str]:
    if authors:
        choice = f"  # TODO {' or '.join(authors)}" if len(authors) > 1 else ""
        yield f"author: {authors[0]}{choice}"


def _skills(skills: Sequence[str]) -> Iterator[str]:
    yield "skills:"
    if not skills:
        yield "  - TODO a skill that carries over, in the words of other pages"
        return
    yield "  # TODO keep those that carry over; pages on either side of this move name them."
    for skill in skills:
        yield f"  - {_yaml(skill)}"


def _questions(questions: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield "faqs:"
    if questions:
        yield "  # Other pages answer these. Link to them; ask what only this move raises."
    for question, file in questions:
        yield f"  #   {question} ({file})"
    yield "  - question: TODO a question that people ask about this move"
    yield "    answer: TODO the answer, as you would give it to a friend"


def _extra(keys: Sequence[ExtraKey], today: date) -> Iterator[str]:
    """The site's own keys. Where TODO cannot be a value, a comment says it."""
    if keys:
        yield "extra:"
    for key in keys:
        todo = f"TODO {key.description}".strip()
        match key.kind:
            case "text":
                yield f"  {key.name}: {_yaml(todo)}"
            case "list":
                yield f"  {key.name}:"
                yield f"    - {_yaml(todo)}"
            case "choice":
                choices = " or ".join(key.choices)
                yield f"  {key.name}: {_yaml(key.choices[0])}  # TODO {choices}"
            case kind:
                value = {"day": f"{today}", "yes or no": "false"}.get(kind, "0")
                yield f"  {key.name}: {value}  # {' '.join(todo.split())}"


def _body(links: Sequence[str]) -> Iterator[str]:
    for heading, prompt in _SECTIONS:
        yield f"## {heading}"
        yield ""
        yield f"TODO {prompt}"
        yield ""
    if links:
        yield f"TODO keep the links that help this reader, and say why: {', '.join(links)}."


def _yaml(text: str) -> str:
    """The text as a value of YAML, on one line."""
    return quote_if_needed(" ".join(text.split()))

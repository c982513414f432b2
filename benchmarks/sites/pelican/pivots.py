"""Pivots for Pelican: YAML frontmatter, hubs in both directions, siblings and structured data."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from functools import cache
from hashlib import sha256
from html import escape, unescape
from pathlib import Path
from typing import Any

import yaml
from markdown import Markdown
from pelican import signals
from pelican.generators import Generator
from pelican.readers import BaseReader

_BASE = "https://aicareerpivot.com"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# One parser for all files, and no extension that the pages do not use.
_MARKDOWN = Markdown(output_format="html")
_TAG = re.compile(r"<[^>]*>")
_cards: dict[str, str] = {}


def block(text: str) -> str:
    """Markdown to HTML."""
    return str(_MARKDOWN.reset().convert(text))


def inline(text: str) -> str:
    """One line of Markdown to HTML without its paragraph."""
    return block(text).removeprefix("<p>").removesuffix("</p>")


def slug(name: str) -> str:
    """The address of a role."""
    return name.lower().replace(" ", "-")


def card(pivot: Any) -> str:
    """A pivot as lists show it; made once, since a card stands on twelve pages or more."""
    if pivot.slug not in _cards:
        line = '<span class="line" aria-hidden="true"></span>'
        roles = f"<span>{escape(pivot.origin)}</span> {line} <span>{escape(pivot.target)}</span>"
        _cards[pivot.slug] = f"""<article class="card">
<p class="move">{roles}</p>
<h3><a href="/pivots/{pivot.slug}/">{escape(pivot.title)}</a></h3>
<p>{escape(pivot.description)}</p>
<p class="meta">{escape(pivot.window)}</p>
</article>"""
    return _cards[pivot.slug]


def graph(pivot: Any) -> str:
    """The questions and the breadcrumbs of a pivot as JSON-LD."""
    crumbs = [
        ("Career pivots", "/"),
        (f"Paths into {pivot.target}", f"/to/{slug(pivot.target)}/"),
        (pivot.title, f"/pivots/{pivot.slug}/"),
    ]
    parts = [
        {
            "@type": "FAQPage",
            "mainEntity": [
                {
                    "@type": "Question",
                    "name": faq["question"],
                    "acceptedAnswer": {
                        "@type": "Answer",
                        "text": unescape(_TAG.sub("", faq["html"])),
                    },
                }
                for faq in pivot.faqs
            ],
        },
        {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": at, "name": name, "item": _BASE + path}
                for at, (name, path) in enumerate(crumbs, 1)
            ],
        },
    ]
    text = json.dumps({"@context": "https://schema.org", "@graph": parts}, ensure_ascii=False)
    return text.replace("<", "\\u003c")


@cache
def scale(window: str) -> str:
    """The window on a scale of eight years, on which early months have more room."""
    unit = 12 if "year" in window else 1
    counts = re.findall(r"\d+", window)
    start, end = (
        f"{(int(count) * unit / 96) ** 0.5 * 100:.1f}%" for count in (counts[0], counts[-1])
    )
    axis = '<line x1="0" x2="100%" y1="8" y2="8"/>'
    span = f'<line class="span" x1="{start}" x2="{end}" y1="8" y2="8"/>'
    return f'<svg class="scale" height="16" aria-hidden="true">{axis}{span}</svg>'


def minutes(content: str) -> int:
    """How long a text takes to read."""
    return max(1, round(content.count(" ") / 230))


FILTERS = {
    "card": card,
    "graph": graph,
    "minutes": minutes,
    "scale": scale,
    "slugged": slug,
}


def assets() -> dict[str, str]:
    """Addresses of the assets with their digests, by name."""
    found = {}
    for file in sorted(Path("assets").iterdir()):
        digest = sha256(file.read_bytes()).hexdigest()[:16]
        found[file.name] = f"/assets/{file.stem}.{digest}{file.suffix}"
    return found


class PivotReader(BaseReader):  # type: ignore[misc]
    """Reads YAML frontmatter, which Pelican does not know, and renders all Markdown of a file."""

    enabled = True
    file_extensions = ("md",)

    def read(self, path: str) -> tuple[str, dict[str, Any]]:
        """HTML of the body, and the metadata."""
        _, header, body = Path(path).read_text("utf-8").split("---\n", 2)
        fields = yaml.load(header, _LOADER)
        metadata = {
            "title": fields["title"],
            "description": fields["description"],
            "origin": fields["from"],
            "target": fields["to"],
            "window": fields["window"],
            "date": self.process_metadata("date", str(fields["updated"])),
            "points": [inline(point) for point in fields["tldr"]],
            "skills": fields["skills"],
            "faqs": [{**faq, "html": block(faq["answer"])} for faq in fields["faqs"]],
        }
        return block(body), metadata


class HubGenerator(Generator):  # type: ignore[misc]
    """Writes /to/<role>/ and /from/<role>/."""

    def generate_output(self, writer: Any) -> None:
        """Write the hubs, and the assets beside them."""
        template = self.get_template("hub")
        for side, roles in self.context["hubs"].items():
            for name, pivots in roles.items():
                address = f"{side}/{slug(name)}/"
                writer.write_file(
                    f"{address}index.html",
                    template,
                    self.context,
                    side=side,
                    role=name,
                    pivots=pivots,
                    url=address,
                )
        for name, address in self.env.globals["assets"].items():
            target = Path(self.output_path + address)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((Path("assets") / name).read_bytes())


def _relate(generator: Any) -> None:
    """Sort the pivots into hubs, and give each one its siblings."""
    hubs: dict[str, dict[str, list[Any]]] = {"from": defaultdict(list), "to": defaultdict(list)}
    for pivot in generator.articles:
        hubs["from"][pivot.origin].append(pivot)
        hubs["to"][pivot.target].append(pivot)
    for pivots in hubs["to"].values():
        first = pivots[:13]
        for pivot in pivots:
            pivot.siblings = [one for one in first if one is not pivot][:12]
    generator.context["hubs"] = hubs
    # Pelican's own lists would be searched once for every article, and no page of theirs is made.
    generator.categories = []
    generator.tags = {}
    generator.authors = []


def _use_reader(readers: Any) -> None:
    readers.reader_classes["md"] = PivotReader


def register() -> None:
    """Called by Pelican when it loads the plugin."""
    signals.readers_init.connect(_use_reader)
    signals.article_generator_finalized.connect(_relate)
    signals.get_generators.connect(lambda _: HubGenerator, weak=False)

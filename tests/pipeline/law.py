"""The law of incremental builds, as a machine: any edits, then the tree of a clean build."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pivotgen.commands.lock import lock_state, new_lines
from pivotgen.model.delivery_settings import ENCODINGS
from pivotgen.model.extra import Extra, ExtraType
from pivotgen.model.hosts import HOSTS
from pivotgen.model.lock import LOCK, Recorded, lock_text
from pivotgen.model.names import slug_of
from pivotgen.model.problem import Problem, any_errors
from pivotgen.model.source import is_translation, language_of_names, translation_path
from pivotgen.model.view import Link
from pivotgen.pipeline import Options
from pivotgen.stages.site_files import THEME_FOLDERS, source_path
from tests.world.builds import CONFIG, Tree, build_here, clean_build, tree
from tests.world.pictures import svg
from tests.world.site import DATED_PIVOT, ROLE, ROOT, World

ROLES = ["Chef", "Nurse", "Pilot", "Baker", "Clerk"]
TRANSLATION = """\
---
title: "En {language} : numéro {number}"
description: Une description, {number}.
{keys}tldr:
  - Un *point*.
faqs:
  - question: Est-ce {number} ?
    answer: Oui, **{number}**.
---
## Vos atouts

Du texte, {number}, et [la suite]({target}).
"""
SKILLS = ["Negotiation", "Teaching", "Patience", "Cutting bread"]
# Lists of more than this have further pages, so that pages come and go.
PAGE_SIZE = 3

# The theme's files: where the site has none of its own, these are used.
THEME = sorted(
    file.relative_to(ROOT).as_posix()
    for folder in THEME_FOLDERS
    for file in (ROOT / folder).rglob("*")
    if file.is_file()
)
# Shows the site's own keys on every page that has any, whatever layout the page has.
HEAD = "layouts/head.html"
SHOW_KEYS = """\
{% if view.extra is defined %}
{% for name in view.extra %}
<meta name="own-{{ name }}" content="{{ view.extra[name]|string }}">
{% endfor %}
{% endif %}
"""
# What may be declared of these keys, so that the values of `extra` below are right for all of it.
DECLARED: list[Mapping[str, ExtraType | Extra] | None] = [
    None,
    {"note": str, "years": int},
    {"years": Extra(str, on=("pivot", "role", "page")), "note": str, "level": ("low", "high")},
]

# Which file of many: an index that every list is long enough for, once it is folded.
some = st.integers(0, 999)
names = st.sampled_from(ROLES)


class Law(RuleBasedStateMachine):
    """Edits as rules; after each (or, when held, after several) the law is put to the test."""

    # In all runs of this process: rules that were run, states that were compared with a clean
    # build, and those of them that were published because they had no error.
    steps = 0
    compared = 0
    published = 0

    def __init__(self) -> None:
        super().__init__()
        self.world = World(Path(tempfile.mkdtemp(prefix="pivotgen-law-")))
        self.site = self.world.folder
        self.public = self.site / "public"
        self.config = replace(CONFIG, page_size=PAGE_SIZE)
        self.drafts = False
        # Rules until the next build.
        self.held = 0
        # Texts that each file had earlier, to go back to.
        self.earlier: list[tuple[str, bytes | None]] = []
        self.strangers: Tree = {}
        # Clean trees by the state of the sources.
        self.known: dict[str, tuple[Tree, tuple[Problem, ...]]] = {}
        # Whether nothing but bodies was edited since the last build.
        self.bodies = False
        # Whether the last build had no error, and whether the ledger has been deleted since.
        self.whole = self.forgotten = False
        self.count = 0

    def teardown(self) -> None:
        shutil.rmtree(self.site)

    @initialize(number=st.integers(5, 9))
    def begin(self, number: int) -> None:
        moves = [(a, b) for a in ROLES for b in ROLES if a != b]
        for a, b in moves[::2][:number]:
            self.world.pivot(a, b, DATED_PIVOT)
        self.put("content/roles/chef.md", ROLE.format(name="Chef").encode())
        self.put(HEAD, SHOW_KEYS.encode())
        # Half of the files that have the theme's names are the theme's.
        for path in THEME[number % 2 :: 2]:
            if path != HEAD:
                self.put(path, None)

    # What the rules share.

    def step(self) -> None:
        Law.steps += 1
        self.count += 1
        self.held -= 1
        self.bodies = False

    def put(self, path: str, data: bytes | None) -> None:
        file = self.site / path
        self.earlier.append((path, file.read_bytes() if file.is_file() else None))
        if data is None:
            file.unlink(missing_ok=True)
        else:
            self.world.write(path, data)

    def files(self, pattern: str) -> list[str]:
        paths = (one.relative_to(self.site).as_posix() for one in self.site.glob(pattern))
        # Translations have rules of their own.
        return sorted(path for path in paths if not is_translation(path) or ".??." in pattern)

    def one(self, pattern: str, which: int) -> str:
        found = self.files(pattern)
        return found[which % len(found)] if found else ""

    def edit(self, path: str, change: Callable[[str], str]) -> None:
        if path:
            text = (self.site / path).read_bytes().decode("utf-8", "replace")
            self.put(path, change(text).encode())

    def text(self, path: str) -> str:
        """The text of a layout, of the site or else of the theme."""
        return source_path(self.site, path).read_text("utf-8", "replace")

    def heading_of(self, path: str) -> tuple[str, str]:
        """The first heading of a file and its anchor, or two empty texts."""
        text = (self.site / path).read_bytes().decode("utf-8", "replace")
        match = re.search(r"^## (.+)$", text, re.M)
        heading = match[1] if match else ""
        return heading, re.sub(r"\W+", "-", heading.lower())

    def header(self, which: int, old: str, new: str) -> None:
        """Replace a line of one pivot's frontmatter; or add it where it is not."""
        path = self.one("content/pivots/*.md", which)
        self.edit(path, lambda text: re.sub(old, new, text, count=1, flags=re.M))

    # Edits of a pivot.

    @rule(which=some)
    def body(self, which: int) -> None:
        alone = self.bodies
        self.step()
        if path := self.one("content/pivots/*.md", which):
            self.edit(path, lambda text: f"{text}\nMore, {self.count}.\n")
            self.bodies = alone

    @rule(which=some)
    def title(self, which: int) -> None:
        self.step()
        self.header(which, r"^title: .*", f'title: "A Title: Number {self.count}"')

    @rule(which=some, window=st.sampled_from(["3–9 months", "2 weeks", "1–2 years"]))
    def window(self, which: int, window: str) -> None:
        self.step()
        self.header(which, r"^window: .*", f"window: {window}")

    @rule(which=some, skill=st.sampled_from(SKILLS), again=st.booleans())
    def skill(self, which: int, skill: str, again: bool) -> None:
        self.step()
        first = "  - Driving\n" if again else ""
        self.header(which, r"^skills:\n(  - .*\n)+", f"skills:\n{first}  - {skill}\n")

    @rule(which=some)
    def question(self, which: int) -> None:
        self.step()
        self.header(which, r"answer: .*", f"answer: It is number *{self.count}*.")

    @rule(which=some)
    def asked(self, which: int) -> None:
        self.step()
        self.header(which, r"question: .*", f"question: Is it number {self.count}?")

    @rule(which=some, day=st.integers(1, 28))
    def day(self, which: int, day: int) -> None:
        self.step()
        self.header(which, r"^updated: .*", f"updated: 2026-02-{day:02}")

    @rule(which=some, key=st.sampled_from(["from", "to"]), name=names)
    def role(self, which: int, key: str, name: str) -> None:
        self.step()
        self.header(which, rf"^{key}: .*", f"{key}: {name}")

    @rule(which=some, other=some)
    def link(self, which: int, other: int) -> None:
        self.step()
        path, target = (self.one("content/pivots/*.md", number) for number in (which, other))
        if path and target:
            leads_to = f"{Path(target).name}#{self.heading_of(target)[1]}".removesuffix("#")
            self.edit(path, lambda text: f"{text}\nSee [that]({leads_to}).\n")

    @rule(which=some, other=some, at_once=st.booleans())
    def heading(self, which: int, other: int, at_once: bool) -> None:
        """Rename a heading that another page links to; its links follow at once, or a build later,
        and until then nothing may be published."""
        self.step()
        path, target = (self.one("content/pivots/*.md", number) for number in (which, other))
        heading, anchor = self.heading_of(target) if target else ("", "")
        if not heading:
            return
        new, name = f"Heading {self.count}", Path(target).name
        self.edit(path, lambda text: f"{text}\nSee [that]({name}#{anchor}).\n")
        self.the_law_holds()
        self.bodies = False
        self.edit(target, lambda text: text.replace(f"## {heading}\n", f"## {new}\n", 1))
        if not at_once:
            self.the_law_holds()
            self.bodies = False
        there, then = (f"({name}#{end})".encode() for end in (anchor, f"heading-{self.count}"))
        for page in self.files("content/pivots/*.md"):
            if there in (self.site / page).read_bytes():
                self.put(page, (self.site / page).read_bytes().replace(there, then))

    @rule(which=some, image=st.sampled_from(["/assets/icon.svg", "/assets/new-1.svg", "/own.svg"]))
    def image(self, which: int, image: str) -> None:
        self.step()
        path = self.one("content/pivots/*.md", which)
        self.edit(path, lambda text: f"{text}\n![A drawing]({image})\n")

    @rule(which=some, old=st.sampled_from(["/old/", "/older/", "/Old/", "/deep/old/"]))
    def alias(self, which: int, old: str) -> None:
        self.step()
        path = self.one("content/pivots/*.md", which)
        self.edit(path, lambda text: re.sub(r"^aliases: .*\n", "", text, flags=re.M))
        self.header(which, r"^window:", f"aliases: [{old}]\nwindow:")

    @rule(which=some)
    def no_alias(self, which: int) -> None:
        """Take an old address away, so that its redirect has to go."""
        self.step()
        paths = self.files("content/pivots/*.md")
        paths = [path for path in paths if b"\naliases: " in (self.site / path).read_bytes()]
        if paths:
            path = paths[which % len(paths)]
            self.edit(path, lambda text: re.sub(r"^aliases: .*\n", "", text, flags=re.M))

    @rule(which=some, word=st.sampled_from(["true", "false"]))
    def draft(self, which: int, word: str) -> None:
        self.step()
        path = self.one("content/pivots/*.md", which)
        self.edit(path, lambda text: re.sub(r"^draft: .*\n", "", text, flags=re.M))
        self.header(which, r"^window:", f"draft: {word}\nwindow:")

    @rule(which=some)
    def same_size_and_time(self, which: int) -> None:
        self.step()
        if path := self.one("content/pivots/*.md", which):
            stat = os.stat(self.site / path)
            self.edit(path, lambda text: text.replace("e text", "o text", 1))
            os.utime(self.site / path, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    @rule(
        which=some,
        folder=st.sampled_from(["pivots", "roles", "pages"]),
        keys=st.sets(st.sampled_from(["note", "years"])),
    )
    def extra(self, which: int, folder: str, keys: set[str]) -> None:
        """Add, change or remove the site's own keys of one file."""
        self.step()
        values = {"note": f"Note {self.count} & <more>", "years": str(self.count)}
        lines = "".join(f"  {key}: {values[key]}\n" for key in sorted(keys))
        block = f"extra:\n{lines}" if lines else ""
        path = self.one(f"content/{folder}/**/*.md", which)
        self.edit(
            path,
            lambda text: re.sub(
                r"^(extra:\n(  .*\n)+)?description:", f"{block}description:", text, flags=re.M
            ),
        )

    @rule(which=st.integers(0, 2))
    def declared_keys(self, which: int) -> None:
        """Declare other keys, or any."""
        self.step()
        self.config = replace(self.config, extra=DECLARED[which])

    # Files that come and go.

    @rule(a=names, b=names)
    def add(self, a: str, b: str) -> None:
        self.step()
        path = f"content/pivots/{a}-to-{b}.md".lower()
        self.put(path, DATED_PIVOT.replace("{a}", a).replace("{b}", b).encode())

    @rule(which=some)
    def delete(self, which: int) -> None:
        self.step()
        if len(self.files("content/pivots/*.md")) > 2:
            path = self.one("content/pivots/*.md", which)
            for other in self.files(f"{path.removesuffix('.md')}.??.md"):
                self.put(other, None)
            self.put(path, None)

    @rule(which=some)
    def rename(self, which: int) -> None:
        self.step()
        if path := self.one("content/pivots/*.md", which):
            data = (self.site / path).read_bytes()
            for other in self.files(f"{path.removesuffix('.md')}.??.md"):
                self.put(other, None)
            self.put(path, None)
            self.put(f"content/pivots/renamed-{self.count}.md", data)

    @rule(which=some, other=some)
    def swap(self, which: int, other: int) -> None:
        self.step()
        one, two = (self.one("content/pivots/*.md", number) for number in (which, other))
        if one != two:
            # By renaming, so that each keeps its times and only the inode tells.
            for old, new in ((one, "aside"), (two, one), ("aside", two)):
                os.rename(self.site / old, self.site / new)

    @precondition(lambda self: self.earlier)
    @rule(back=st.integers(1, 6))
    def revert(self, back: int) -> None:
        self.step()
        for _ in range(min(back, len(self.earlier))):
            path, data = self.earlier.pop()
            self.put(path, data)
            self.earlier.pop()

    # What pages share.

    @rule(name=names, gone=st.booleans())
    def role_file(self, name: str, gone: bool) -> None:
        self.step()
        text = f"{ROLE.format(name=name)}Number {self.count}.\n"
        self.put(f"content/roles/{name.lower()}.md", None if gone else text.encode())

    @rule(name=names, field=st.sampled_from(["", "Kitchens", "Wards"]))
    def field(self, name: str, field: str) -> None:
        """Change, add or remove the field of a role; a role without a file gets one."""
        self.step()
        path = f"content/roles/{name.lower()}.md"
        if not (self.site / path).is_file():
            self.put(path, ROLE.format(name=name).encode())
        line = f"field: {field}\n" if field else ""
        self.edit(
            path,
            lambda text: re.sub(
                r"^(field: .*\n)?description:", f"{line}description:", text, flags=re.M
            ),
        )

    @rule(name=names, typed=st.sampled_from(["", "[RN]", "[Cook, Top cook]"]))
    def typed(self, name: str, typed: str) -> None:
        """Change, add or remove what readers type for a role."""
        self.step()
        path = f"content/roles/{name.lower()}.md"
        if not (self.site / path).is_file():
            self.put(path, ROLE.format(name=name).encode())
        line = f"typed: {typed}\n" if typed else ""
        self.edit(
            path,
            lambda text: re.sub(
                r"^(typed: .*\n)?description:", f"{line}description:", text, flags=re.M
            ),
        )

    @rule(which=some, gone=st.booleans(), changed=st.booleans())
    def theme_file(self, which: int, gone: bool, changed: bool) -> None:
        """Take away the site's own file of a theme's name; or put one there, a copy or another."""
        self.step()
        path = THEME[which % len(THEME)]
        data = SHOW_KEYS.encode() if path == HEAD else (ROOT / path).read_bytes()
        marks = {".html": f"<!-- {self.count} -->", ".css": f"/* {self.count} */"}
        mark = marks.get(Path(path).suffix, "")
        if path.endswith(".yaml"):
            mark = f"# {self.count}\n"
            data = re.sub(rb"^skip: .*", f"skip: Skip {self.count}".encode(), data, flags=re.M)
        self.put(path, None if gone else data + (f"\n{mark}".encode() if changed else b""))

    @rule(which=some)
    def part(self, which: int) -> None:
        """Change a layout that others include by a name that only the making of a page knows."""
        self.step()
        self.put("layouts/_own.html", f"<p>Part {self.count}.</p>".encode())
        start = "{% block main %}"
        # One of those that begin a text, of the theme if need be.
        paths = [path for path in THEME if path.endswith(".html") and start in self.text(path)]
        path = paths[which % len(paths)]
        text = self.text(path)
        include = '{% set part = "_own.html" %}{% include part %}'
        if "_own.html" not in text:
            text = text.replace(start, f"{start}{include}", 1)
        self.put(path, text.encode())
        self.the_law_holds()
        self.bodies = False
        self.put("layouts/_own.html", f"<p>Other part {self.count}.</p>".encode())

    @rule(which=some, inside=st.booleans())
    def layout(self, which: int, inside: bool) -> None:
        self.step()
        path = self.one("layouts/*.html", which)
        word = f"<!-- {self.count} -->"
        self.edit(path, lambda text: text.replace("</", f"{word}</", 1) if inside else text + word)

    @rule(which=some)
    def words(self, which: int) -> None:
        self.step()
        word = f"skip: Skip {self.count}"
        path = self.one("layouts/phrases/*.yaml", which)
        self.edit(path, lambda text: re.sub("^skip: .*", word, text, flags=re.M))

    @rule(which=some)
    def asset(self, which: int) -> None:
        self.step()
        if path := self.one("assets/*", which):
            self.put(path, (self.site / path).read_bytes() + b"\n")

    @rule(number=st.integers(1, 2), gone=st.booleans())
    def own_asset(self, number: int, gone: bool) -> None:
        self.step()
        drawing = svg(f"width='{self.count}' height='9'")
        self.put(f"assets/new-{number}.svg", None if gone else drawing)

    @rule(size=st.integers(1, 3), gone=st.booleans())
    def static_picture(self, size: int, gone: bool) -> None:
        """A picture that keeps its name, so that only its size says that it is another."""
        self.step()
        self.put("static/own.svg", None if gone else svg(f"width='{size}' height='{self.count}'"))

    @rule(
        name=st.sampled_from(["CNAME", ".well-known/a.txt", "old/index.html"]), gone=st.booleans()
    )
    def static_file(self, name: str, gone: bool) -> None:
        self.step()
        self.put(f"static/{name}", None if gone else f"Number {self.count}".encode())

    @rule(name=st.sampled_from(["about", "team/us", "old"]), change=st.integers(0, 3), which=some)
    def own_page(self, name: str, change: int, which: int) -> None:
        self.step()
        path = f"content/pages/{name}.md"
        target = Path(self.one("content/pivots/*.md", which)).name
        up = "../" * name.count("/")
        draft = "true" if change == 2 else "false"
        keys = f"updated: 2026-03-{self.count % 28 + 1:02}\ndraft: {draft}"
        text = (
            f"---\ntitle: Page {self.count if change == 1 else ''}!\ndescription: Who we are.\n"
            f"{keys}\n---\nText [on]({up}../pivots/{target}) number {self.count}.\n"
        )
        self.put(path, None if change == 0 else text.encode())

    @rule(which=some, name=st.sampled_from(["about", "team/us"]))
    def link_to_page(self, which: int, name: str) -> None:
        self.step()
        path = self.one("content/pivots/*.md", which)
        self.edit(path, lambda text: f"{text}\nSee [us](../pages/{name}.md).\n")

    @rule(base=st.sampled_from(["", "/repo"]), linked=st.booleans())
    def address(self, base: str, linked: bool) -> None:
        self.step()
        footer = (Link("Us", "/about/"),) if linked else ()
        url = f"https://example.com{base}"
        self.config = replace(self.config, base_url=url, footer=footer)

    @rule(
        old=st.sampled_from(["/gone/", "/old/"]),
        name=names,
        how=st.sampled_from(["none", "moved", "chain", "gone"]),
    )
    def redirect(self, old: str, name: str, how: str) -> None:
        self.step()
        new = f"/to/{name.lower()}/"
        lines = {
            "moved": f"{old}: {new}\n",
            "chain": f"{old}: /between/\n/between/: {new}\n",
            "gone": f"{old}: gone\n",
        }
        self.put("content/redirects.yaml", lines[how].encode() if how in lines else None)

    @rule(hosts=st.lists(st.sampled_from(sorted(HOSTS)), max_size=3, unique=True))
    def hosts(self, hosts: list[str]) -> None:
        self.step()
        self.config = replace(self.config, hosts=tuple(hosts))

    @rule(endings=st.lists(st.sampled_from(sorted(ENCODINGS)), max_size=2, unique=True))
    def sidecars(self, endings: list[str]) -> None:
        """Other compressed copies, or none."""
        self.step()
        self.config = replace(self.config, sidecars=tuple(endings))

    @rule(on=st.booleans())
    def twins(self, on: bool) -> None:
        """Pages once more as Markdown, or no longer."""
        self.step()
        self.config = replace(self.config, markdown_twins=on)

    @rule(number=st.integers(1, 2), size=st.sampled_from([3, 600, 6_000]), gone=st.booleans())
    def static_text(self, number: int, size: int, gone: bool) -> None:
        """A text that is large enough for compressed copies, or is not."""
        self.step()
        text = f"Number {self.count}. ".encode() * (size // 11 + 1)
        self.put(f"static/text-{number}.txt", None if gone else text)

    @rule(ending=st.sampled_from(sorted(ENCODINGS)), gone=st.booleans())
    def named_like_a_copy(self, ending: str, gone: bool) -> None:
        self.step()
        data = f"Number {self.count}".encode()
        self.put(f"static/text-1.txt.{ending}", None if gone else data)
        if not gone and ending in self.config.sidecars:
            self.mend_later()

    @rule(which=st.sets(some, max_size=12), wrong=st.booleans(), gone=st.booleans(), day=some)
    def lock(self, which: set[int], wrong: bool, gone: bool, day: int) -> None:
        """Lock some addresses of the built site, each with the hash of its words or another one."""
        self.step()
        if gone:
            self.put(LOCK, None)
            return
        state = lock_state(self.config, self.site)
        pages = sorted((url, hashed) for url, (_, hashed) in state.pages.items())
        chosen = {pages[number % len(pages)] for number in which} if pages else set()
        then = date(2026, 1, 1) + timedelta(days=day)
        hashes = ("0" * 16, "f" * 16)
        lines = [(url, Recorded(hashed, then)) for url, hashed in chosen]
        lines += [(url, Recorded(other, then)) for url, _ in chosen if wrong for other in hashes]
        self.put(LOCK, lock_text(lines).encode())

    @rule()
    def lock_all(self) -> None:
        """Record the whole site, as the command does."""
        self.step()
        state = lock_state(self.config, self.site)
        if state.is_known:
            lines = new_lines(state, date(2026, 6, self.count % 28 + 1))
            self.put(LOCK, lock_text(lines).encode())

    @rule(page_size=st.integers(2, 4), name=st.sampled_from(["One", "Two"]), es=st.booleans())
    def settings(self, page_size: int, name: str, es: bool) -> None:
        self.step()
        language = "es" if es else "en"
        self.config = replace(self.config, page_size=page_size, name=name, language=language)

    @rule()
    def show_drafts(self) -> None:
        self.step()
        self.drafts = not self.drafts

    # Other languages.

    @rule(
        languages=st.lists(st.sampled_from(["fr", "ar"]), max_size=2, unique=True),
        sparse=st.booleans(),
    )
    def languages(self, languages: list[str], sparse: bool) -> None:
        """Add and remove languages, and have pages of what is not translated, or none."""
        self.step()
        untranslated = dict.fromkeys(languages[:1], "none") if sparse else {}
        self.config = replace(self.config, languages=tuple(languages), untranslated=untranslated)

    @rule(
        which=some,
        language=st.sampled_from(["fr", "ar"]),
        how=st.sampled_from(["text", "draft", "slug", "gone"]),
    )
    def translation(self, which: int, language: str, how: str) -> None:
        """Add, change, take back or remove the translation of a pivot."""
        self.step()
        if language not in self.config.languages:
            return
        if source := self.one("content/pivots/*.md", which):
            keys = {"draft": "draft: true\n", "slug": f"slug: en-{language}-{which}\n"}
            target = Path(self.one("content/pivots/*.md", which + 1)).name
            text = TRANSLATION.format(
                keys=keys.get(how, ""), number=self.count, language=language, target=target
            )
            path = translation_path(source, language)
            self.put(path, None if how == "gone" else text.encode())

    @rule(
        language=st.sampled_from(["fr", "ar"]),
        kind=st.sampled_from(["roles", "pages"]),
        which=some,
        gone=st.booleans(),
    )
    def other_translation(self, language: str, kind: str, which: int, gone: bool) -> None:
        self.step()
        source = self.one(f"content/{kind}/**/*.md", which)
        if not source or language not in self.config.languages:
            return
        title = f"title: Page {self.count}\n" if kind == "pages" else ""
        text = f"---\n{title}description: En {language}, {self.count}.\n---\nDu texte.\n"
        self.put(translation_path(source, language), None if gone else text.encode())

    @rule(
        language=st.sampled_from(["fr", "ar"]),
        roles=st.sets(names, max_size=3),
        skills=st.sets(st.sampled_from(SKILLS), max_size=2),
    )
    def names_file(self, language: str, roles: set[str], skills: set[str]) -> None:
        """Name some roles and skills in a language, and leave the others."""
        self.step()
        if language not in self.config.languages:
            return
        lines = ["roles:"] * bool(roles)
        lines += [f"  {slug_of(role)}: {role} {self.count % 3}" for role in sorted(roles)]
        lines += ["skills:"] * bool(skills)
        lines += [f"  {slug_of(skill)}: {skill} {self.count % 3}" for skill in sorted(skills)]
        text = "".join(f"{line}\n" for line in lines)
        self.put(f"content/names.{language}.yaml", text.encode() if lines else None)

    def forget_orphans(self, problems: Sequence[Problem]) -> None:
        """Delete translations of nothing, and into no language: most steps should build."""
        for problem in problems:
            is_ours = is_translation(problem.path) or language_of_names(problem.path)
            if is_ours and problem.code in ("no-source", "unknown-language", "address-clash"):
                self.put(problem.path, None)

    # What goes wrong: nothing is published until it is fixed, by going back or otherwise.

    @rule(which=some, broken=st.sampled_from(["---\ntitle: [", "x", "---\n---\n", "\xff"]))
    def broken_pivot(self, which: int, broken: str) -> None:
        self.step()
        if path := self.one("content/pivots/*.md", which):
            self.put(path, broken.encode("latin-1"))
            self.mend_later()

    @rule(which=some)
    def broken_layout(self, which: int) -> None:
        self.step()
        if path := self.one("layouts/*.html", which):
            self.edit(path, lambda text: text + "{% if %}")
            self.mend_later()

    @rule(which=some)
    def failing_layout(self, which: int) -> None:
        self.step()
        if path := self.one("layouts/*.html", which):
            self.edit(path, lambda text: text + "{{ nobody.knows }}")
            self.mend_later()

    @rule(which=some)
    def dead_link(self, which: int) -> None:
        self.step()
        path = self.one("content/pivots/*.md", which)
        self.edit(path, lambda text: f"{text}\n[Nowhere](nowhere.md)\n")
        self.mend_later()

    def mend_later(self) -> None:
        """Let the law see the failing state, and go back: most steps should build something."""
        self.the_law_holds()
        self.bodies = False
        path, data = self.earlier.pop()
        self.put(path, data)
        self.earlier.pop()

    # What happens to what was made.

    @precondition(lambda self: self.public.is_dir())
    @rule(which=some, how=st.sampled_from(["gone", "altered", "same look", "empty"]))
    def output(self, which: int, how: str) -> None:
        self.step()
        found = [name for name in sorted(tree(self.public)) if name not in self.strangers]
        file = self.public / found[which % len(found)]
        stat, data = file.stat(), file.read_bytes()
        if how == "gone":
            file.unlink()
        else:
            file.write_bytes({"altered": data + b"!", "same look": data[::-1], "empty": b""}[how])
            if how == "same look":
                os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    @precondition(lambda self: self.public.is_dir())
    @rule(which=some)
    def output_folder(self, which: int) -> None:
        self.step()
        found = sorted(one for one in self.public.rglob("*") if one.is_dir())
        shutil.rmtree(folder := found[which % len(found)])
        inside = f"{folder.relative_to(self.public).as_posix()}/"
        self.strangers = {
            name: data for name, data in self.strangers.items() if not name.startswith(inside)
        }

    @precondition(lambda self: self.public.is_dir())
    @rule(where=st.sampled_from(["mine.txt", "pivots/mine.txt", "to/chef/mine.txt"]))
    def stranger(self, where: str) -> None:
        self.step()
        file = self.public / where
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"mine")
        self.strangers[where] = b"mine"

    @rule()
    def ledger(self) -> None:
        self.step()
        # Without it nothing in public/ is known as ours, so what is no longer planned would stay.
        self.held = 0
        self.the_law_holds()
        if self.whole:
            shutil.rmtree(self.site / ".pivotgen", ignore_errors=True)
            self.forgotten, self.bodies = True, False

    @rule(more=st.integers(2, 4))
    def hold(self, more: int) -> None:
        """Several edits come before the next build."""
        self.step()
        self.held = more

    # The law.

    def right(self) -> tuple[Tree, tuple[Problem, ...]]:
        state = sha256(repr((self.config, self.drafts)).encode())
        lock = self.site / LOCK
        state.update(lock.read_bytes() if lock.is_file() else b"none")
        for folder in ("content", "layouts", "assets", "static"):
            for path, data in sorted(tree(self.site / folder).items()):
                state.update(repr((folder, path, data)).encode())
        if (key := state.hexdigest()) not in self.known:
            self.known[key] = clean_build(self.site, self.config, Options(drafts=self.drafts))
        return self.known[key]

    def without_copy(self, name: str) -> str:
        """The file that a compressed copy is made of, or the file itself."""
        base, _, ending = name.rpartition(".")
        return base if base and ending in self.config.sidecars else name

    def forget_lost(self, problems: Sequence[Problem]) -> None:
        """Take lost addresses out of the lock: most steps should build something."""
        lost = {problem.line for problem in problems if problem.code == "lost-address"}
        if lost:
            lines = enumerate(self.text_of(LOCK).splitlines(keepends=True), 1)
            kept = "".join(line for number, line in lines if number not in lost)
            self.put(LOCK, kept.encode())

    def text_of(self, path: str) -> str:
        return (self.site / path).read_text("utf-8")

    @invariant()
    def the_law_holds(self) -> None:
        if self.held > 0 or not self.count:
            return
        before = tree(self.public) if self.public.is_dir() else {}
        right, problems = self.right()
        options = Options(drafts=self.drafts)
        report = build_here(self.site, self.config, self.public, options)
        after = tree(self.public) if self.public.is_dir() else {}
        Law.compared += 1
        assert tuple(report.problems) == problems
        if any_errors(report.problems):
            assert after == before
            self.bodies = self.whole = False
            self.forget_lost(report.problems)
            self.forget_orphans(report.problems)
            return
        Law.published += 1
        assert after == right | self.strangers
        # Exactly what was not right is written, and exactly what is not planned is taken away; a
        # ledger that knows nothing of a file has it written whatever is there.
        wrong = [name for name, data in right.items() if before.get(name) != data]
        assert report.written == len(right if self.forgotten else wrong)
        assert report.removed == len(before.keys() - after.keys())
        # A twin may stay as it is where its page does not.
        if self.bodies and not self.config.markdown_twins:
            assert report.rendered == len({self.without_copy(name) for name in wrong})
        assert not (self.site / ".pivotgen" / ".pivotgen-unfinished").exists()
        assert build_here(self.site, self.config, self.public, options).rendered == 0
        self.bodies, self.whole, self.forgotten = True, True, False


# Rules of what is seldom met: each is tried three times as often as any other.
_SELDOM = (
    "sidecars",
    "static_text",
    "output",
    "field",
    "part",
    "heading",
    "no_alias",
    "role_file",
    "theme_file",
    "extra",
    "languages",
    "translation",
    "other_translation",
    "names_file",
)
for _name in _SELDOM:
    for _more in ("again", "once_more"):
        setattr(Law, f"{_name}_{_more}", getattr(Law, _name))

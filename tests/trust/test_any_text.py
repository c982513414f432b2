"""Whatever text stands in a site: nothing acts, and what is published can be read."""

from __future__ import annotations

import json
import os
import re
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from tests.trust.hostile import ACTS, acts_in
from tests.trust.runner import obeyed
from tests.world.site import PIVOT, World
from tests.world.terminal import on_terminal
from tests.world.thorough import tries

pieces = st.one_of(
    st.sampled_from(ACTS),
    st.sampled_from(
        ["&#12;", "&#x202e;", "\\x1b", "\\u2028", "%1b", "%E2%80%AE", "\n", '"', "'", "]]>"]
    ),
    st.sampled_from(
        ["<!--", "</script>", "&amp;", "[a](", ")", "](/", "# ", ": ", "- ", "~~~", "`"]
    ),
    st.characters(),
    st.text(max_size=5),
)
texts = st.lists(pieces, max_size=6).map("".join)


class StructuredData(HTMLParser):
    """The JSON-LD of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._is_inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_inside = tag == "script" and ("type", "application/ld+json") in attrs

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.texts.append(data)
            self._is_inside = False


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@given(header=texts, body=texts, name=texts, redirect=texts)
@tries(12)
def test_nothing_acts_and_everything_can_be_read(
    header: str, body: str, name: str, redirect: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        good = PIVOT.replace("{a}", "Chef").replace("{b}", "Nurse")
        good = good.replace("tldr:", "updated: 2026-01-01\ntldr:")
        quoted = header.replace("\n", " ")
        # Each by itself, so that an error in one does not keep the others from being published.
        for part, text in (
            ("a", good.replace("Is it hard?", json.dumps(quoted)).replace("Chef", "Ada")),
            ("b", good.replace("One *point*.", quoted).replace("Chef", "Bea")),
            ("c", good.replace("Some text.", body).replace("Chef", "Cid")),
        ):
            world.write(f"content/pivots/{part}-to-nurse.md", encoded(text))
            _judge(world)
            if not (world.folder / "public" / "pivots" / f"{part}-to-nurse").is_dir():
                (world.folder / f"content/pivots/{part}-to-nurse.md").unlink()
        world.write("content/redirects.yaml", encoded(f"/old/: /\n/{redirect}: {redirect}\n"))
        _judge(world)
        file = re.sub("[/\0]", "", name)[:60] or "a"
        static = os.path.join(os.fsencode(world.folder), b"static")
        os.makedirs(static, exist_ok=True)
        with open(os.path.join(static, encoded(file) + b".txt"), "wb") as data:
            data.write(b"x")
        _judge(world)


def _judge(world: World) -> None:
    result = world.run("build")
    assert result.returncode in (0, 1)
    assert "Traceback" not in result.stderr
    assert obeyed(result.stdout) == []
    assert obeyed(result.stderr) == []
    assert acts_in(on_terminal(world, "check", "--all")[1]) == []
    public = world.folder / "public"
    for file in public.rglob("*"):
        if file.suffix == ".xml":
            ElementTree.parse(file)
        elif file.suffix == ".json":
            json.loads(file.read_text("utf-8"))
        elif file.suffix == ".html":
            for text in StructuredData(file.read_text("utf-8")).texts:
                json.loads(text)

"""What tests of several rooms do with a small site: edit it, configure it, read its pages."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.world.site import PIVOT, World


def with_keys(*lines: str, body: str = "") -> str:
    """The text of a pivot with further lines of frontmatter, and with more text at its end."""
    keys = "".join(f"{line}\n" for line in lines)
    return PIVOT.replace("window:", f"{keys}window:", 1) + body


def edit(world: World, path: str, old: str, new: str) -> None:
    """Replace a text that a source holds exactly once."""
    text = (world.folder / path).read_text("utf-8")
    assert text.count(old) == 1, (path, old)
    world.write(path, text.replace(old, new))


def configure(world: World, settings: str) -> None:
    """Add settings, as Python arguments, to the site's build.py."""
    edit(world, "build.py", "config = Config(\n", f"config = Config(\n    {settings},\n")


def page(world: World, path: str) -> LexborHTMLParser:
    """One page of public/, by the path of its folder."""
    return LexborHTMLParser(world.read(f"{path}/index.html".lstrip("/")))


def first(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    """The first node that is chosen; there must be one."""
    node = tree.css_first(selector)
    assert node, selector
    return node


def links(tree: LexborHTMLParser, selector: str) -> list[str]:
    """Where the chosen links lead, in the order of the page."""
    return [node.attributes["href"] or "" for node in tree.css(selector)]

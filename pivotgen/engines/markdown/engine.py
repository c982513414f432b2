"""The Markdown engine: markdown-it-py with the packaged features and the site's own plugins."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_core.linkify import linkify
from markdown_it.rules_core.text_join import text_join
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.deflist import deflist_plugin

from pivotgen.engines.markdown.footnotes import footnotes
from pivotgen.engines.markdown.marks import typed
from pivotgen.engines.markdown.plain_text import Span, spans_of
from pivotgen.engines.markdown.quotes import quoted_spans, quoted_text, quotes_of, set_quotes
from pivotgen.model.markdown import MarkdownSettings

_OPTIONS = {"html": False, "linkify": True, "tasklists": True, "alerts": True}
# Rules of CommonMark's preset that are off there.
_FEATURES = ("table", "strikethrough", "linkify")


class PluginError(Exception):
    """A plugin of the site's own failed; its own exception is the cause."""


def fault_of_plugin(error: PluginError) -> tuple[str, str]:
    """What is wrong with a plugin, in words, and what to do about it."""
    cause = error.__cause__
    assert cause
    frame = traceback.extract_tb(cause.__traceback__)[-1]
    message = f"the site's own Markdown plugin fails: {type(cause).__name__}: {cause}"
    return message, f"see {Path(frame.filename).name}, line {frame.lineno}"


class Markdown:
    """The Markdown of one site."""

    def __init__(self, settings: MarkdownSettings, *, shortcut: bool = True) -> None:
        """PluginError when a plugin of the site cannot be added.

        Without `shortcut`, simple texts go through the engine too, as they must with plugins.
        """
        # Another one for other settings.
        self.key = settings.key
        # Whether simple texts may be rendered without the engine.
        self.shortcut = shortcut and not settings.plugins
        self._has_plugins = bool(settings.plugins)
        self._quotes = quotes_of(settings.language)
        self.parser = self._parser()
        with _faults_of_plugins():
            for plugin in settings.plugins:
                plugin(self.parser)

    def parse(self, text: str, env: EnvType, *, inline: bool = False) -> list[Token]:
        """The tokens of a text. PluginError when a plugin fails."""
        parse = self.parser.parseInline if inline else self.parser.parse
        if not self._has_plugins:
            return parse(text, env)
        with _faults_of_plugins():
            return parse(text, env)

    def render(self, tokens: list[Token], env: EnvType) -> str:
        """The HTML of tokens. PluginError when a plugin fails."""
        if not self._has_plugins:
            return str(self.parser.renderer.render(tokens, self.parser.options, env))
        with _faults_of_plugins():
            return str(self.parser.renderer.render(tokens, self.parser.options, env))

    def quoted_text(self, text: str) -> str:
        """A text without markup, with the quotation marks of the language."""
        return quoted_text(text, self._quotes) if self._quotes else text

    def quoted_spans(self, spans: Sequence[Span]) -> Sequence[Span]:
        """The spans of a simple text, with the quotation marks of the language."""
        text = "".join([span.words for span in spans])
        if not self._quotes or ('"' not in text and "'" not in text):
            return spans
        return quoted_spans(spans, self._quotes)

    def _parser(self) -> MarkdownIt:
        parser = MarkdownIt("commonmark", _OPTIONS).enable(_FEATURES)
        # These two rules find nothing while HTML is off.
        parser.disable(["html_block", "html_inline"])
        parser.use(deflist_plugin).use(footnotes)
        if self.shortcut:
            parser.core.ruler.at("inline", self._parse_inline)
        parser.core.ruler.at("text_join", self._finish)
        _recognise_addresses(parser)
        # Normalising an address is slow, and the same address occurs in many texts.
        parser.normalizeLink = lru_cache(4_096)(parser.normalizeLink)  # type: ignore[method-assign]
        # An address in a text is shown as it was typed.
        parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
        # The engine accepts every scheme, so that we can report a forbidden one with its place.
        parser.validateLink = lambda url: True  # type: ignore[method-assign]
        return parser

    def _parse_inline(self, state: StateCore) -> None:
        """Replace the rule of the same name in markdown-it: simple texts need no full parse."""
        for token in state.tokens:
            if token.type != "inline":
                continue
            token.children = []
            if (spans := spans_of(token.content)) is None:
                state.md.inline.parse(token.content, state.md, state.env, token.children)
                continue
            # A simple text has no marks that reach readers, so there is nothing else to note.
            token.meta["words"] = "".join([span.words for span in spans])
            for span, (words, tag, target) in zip(spans, self.quoted_spans(spans), strict=True):
                if tag:
                    name = "link" if target else tag
                    opening = Token(f"{name}_open", tag, 1)
                    if target:
                        opening.attrs = {"href": state.md.normalizeLink(target)}
                        opening.meta["words"] = span.words
                    text = Token("text", "", 0, content=words, level=1)
                    token.children += (opening, text, Token(f"{name}_close", tag, -1))
                elif words:
                    token.children.append(Token("text", "", 0, content=words))

    def _finish(self, state: StateCore) -> None:
        """Note what was typed, and set quotation marks, before escaped characters join the rest."""
        for token in state.tokens:
            if token.type == "inline" and token.children and "words" not in token.meta:
                token.meta["typed"] = typed(token.children)
                token.meta["words"] = words_of(token.children)
                for number, child in enumerate(token.children):
                    if child.type == "link_open":
                        child.meta["words"] = _link_text(token.children, number)
                if self._quotes and ('"' in token.content or "'" in token.content):
                    set_quotes(token.children, self._quotes)
        text_join(state)


@cache
def packaged(language: str = "en") -> Markdown:
    """Markdown without plugins of a site, as texts of `language` have it."""
    return Markdown(MarkdownSettings(language=language))


def words_of(children: Sequence[Token]) -> str:
    """The text of a paragraph or of a part of it, without its markup."""
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join([breaks.get(child.type, child.content) for child in children])


def _link_text(children: Sequence[Token], opening: int) -> str:
    """The text between the opening of a link and its end."""
    end = opening + 1
    while children[end].type != "link_close":
        end += 1
    return words_of(children[opening + 1 : end])


@contextmanager
def _faults_of_plugins() -> Iterator[None]:
    try:
        yield
    # A plugin is the site's own program, so an exception is a mistake of its author and not ours.
    except Exception as error:
        raise PluginError from error


def _recognise_addresses(parser: MarkdownIt) -> None:
    """Make links of https: addresses and of mail addresses in the text, and of nothing else.

    `example.com` stays text, because `README.md` and `Node.js` would be names of servers too.
    """
    assert parser.linkify, "linkify-it-py is a dependency"
    parser.linkify.set({"fuzzy_link": False, "fuzzy_ip": False})
    for scheme in ("ftp:", "//"):
        parser.linkify.add(scheme, None)
    parser.core.ruler.at("linkify", _linkify)


def _linkify(state: StateCore) -> None:
    """Replace the rule of the same name in markdown-it: most texts cannot hold an address."""
    if "://" in state.src or "@" in state.src:
        linkify(state)

"""Visible text: what readers see of HTML that Markdown was rendered to."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<[^>]*>")
# The number of a footnote and the way back from it, which mean nothing outside the page.
_NOTE = re.compile(r'<sup class="note">.*?</sup>| ?<a class="note-back"[^>]*>.*?</a>')
# Where a line of the text ends for whoever sees the page.
_LINE_END = re.compile(r"</(?:p|li|h[1-6]|dt|dd|tr|pre)>|<br />|<(?:ul|ol|dl)[^>]*>")
# Blanks that a browser joins; others, such as the one inside French quotation marks, stay.
_BLANKS = re.compile(r"[ \t\n]+")
_CELL_END = re.compile(r"</t[hd]>")


def text_of_html(rendered: str) -> str:
    """Return the visible text of HTML, on one line."""
    if "<" not in rendered and "&" not in rendered:
        return on_one_line(rendered)
    return on_one_line(html.unescape(_TAG.sub("", rendered)))


def on_one_line(text: str) -> str:
    """Return a text with a single blank for each run of blanks and line ends."""
    text = text.strip(" \t\n")
    # Most texts have no such runs.
    if "  " in text or "\n" in text or "\t" in text:
        text = _BLANKS.sub(" ", text)
    return text


def lines_of_html(rendered: str) -> str:
    """Return the visible text of HTML: each paragraph and each item of a list is a line."""
    if rendered.find("\n") == len(rendered) - 1 and "note" not in rendered:
        # Most answers are one paragraph.
        return text_of_html(rendered)
    parts = _LINE_END.split(_CELL_END.sub(", ", _NOTE.sub("", rendered)))
    lines = (text_of_html(part).rstrip(",") for part in parts)
    return "\n".join(line for line in lines if line)

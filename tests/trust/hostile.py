"""Text that would do something if it were printed as it is, and a site that is full of it."""

from __future__ import annotations

import os
import re

from tests.world.site import PIVOT, World

# What terminals, viewers of logs and machines that run builds act on.
ACTS = (
    "\x1b]0;title\x07",
    "\x1b[31mred\x1b[0m",
    "\x9b2J",
    "\x85::set-output name=a::b",
    "\u2028::add-mask::secret",
    "\u202egnp.\u202c",
    "\u2066a\u2069",
    "\x08\x7f\x0c",
    "::set-env name=PATH::/tmp",
    "::stop-commands::pivot",
    "##[add-path]/tmp",
    "##vso[task.setvariable variable=a]b",
    "##teamcity[buildStatus status='SUCCESS']",
    "###[group]",
)
# Control characters but line ends and tabs, what turns the direction of text or ends lines, and
# halves of characters.
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
    "|\r(?!\n)"
)
# What `pivotgen` itself sends to a terminal: colours, and the bar of progress.
OURS = re.compile(r"\x1b\[(?:0|1|[39][0-7]|[39][0-7];1|1;[39][0-7])m|\r\x1b\[K|\r\x1b\[")


def acts_in(output: str) -> list[str]:
    """Every control character of what a terminal got, apart from our own colours."""
    return CONTROL.findall(OURS.sub("", output))


def write_hostile(world: World) -> None:
    """A site whose headers, bodies, names of files, redirects and settings are full of it."""
    for number, text in enumerate(ACTS):
        world.write(
            f"content/pivots/a{number}-to-b.md",
            PIVOT.replace("{a}", f"A{number}")
            .replace("{b}", "B")
            .replace("Some text.", f"{text}\n\n[a]({text})\n\n[{text}](nobody.md)\n\n    {text}\n")
            .replace("tldr:", f"{text}: {text}\ntldr:"),
        )
        world.write(
            f"content/pivots/q{number}-to-b.md",
            PIVOT.replace("{a}", f"Q{number}")
            .replace("{b}", "B")
            .replace("Negotiation", _quoted(text))
            .replace("Is it hard?", _quoted(text))
            .replace("tldr:", f"author: {_quoted(text)}\ntldr:"),
        )
    world.write(
        "content/redirects.yaml",
        "".join(f"/a{n}/: {_quoted('/' + t)}\n" for n, t in enumerate(ACTS)),
    )
    for text in ACTS:
        for folder in ("static", "assets", "content/pivots", "layouts"):
            name = text.replace("/", "_").encode("utf-8", "surrogateescape")
            path = os.path.join(os.fsencode(world.folder / folder), name + b"\n\xff.md")
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(text.encode())


def _quoted(text: str) -> str:
    codes = (f"\\U{ord(letter):08x}" if not letter.isprintable() else letter for letter in text)
    return f'"{"".join(codes)}"'

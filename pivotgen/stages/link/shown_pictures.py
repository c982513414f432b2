"""Shown pictures: the size of each image of a text, or why no reader would see it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from urllib.parse import urlsplit

from pivotgen.model.address import is_elsewhere, split_address, static_address
from pivotgen.model.picture import (
    ENDINGS,
    SHARED_FORMATS,
    LinkTarget,
    Picture,
    PictureFile,
    format_by_name,
    is_shown,
)
from pivotgen.model.pivot import Mention
from pivotgen.model.problem import Problem
from pivotgen.model.source import STATIC


class ShownPictures:
    """The pictures of a site by path, and how they are shown."""

    def __init__(self, files: Mapping[str, PictureFile], hosts: Collection[str] = ()) -> None:
        """`hosts` are those of other sites whose pictures may be shown, such as "*.a.example"."""
        self._files = files
        self._hosts = hosts

    def outside(self, path: str, mention: Mention) -> str | Problem:
        """The address of an image of another site, or why none may be shown; "" for any other."""
        if not mention.image or not is_elsewhere(mention.target):
            return ""
        address = urlsplit(mention.target)
        host = address.hostname or ""
        if address.scheme == "http":
            message = f"this image comes from {host} without encryption, so browsers leave it out"
        elif _is_among(address.netloc.lower(), self._hosts):
            return mention.target
        else:
            message = f"this image comes from {host}, so browsers leave it out"
        hint = "copy it into assets/, if its licence allows that, and show it from there"
        if address.scheme != "http":
            setting = f'other_sites={{"{host}": "images"}}'
            hint = f"{hint}; or let readers ask that site, with {setting} in build.py"
        place = path, mention.line, mention.column
        return Problem(*place, "outside-image", message, hint)

    def shown(self, path: str, mention: Mention, file: str, address: str) -> LinkTarget | Problem:
        """The image at `address` as the text in `path` shows it, or what is wrong with its file.

        `file` is the path of the file, or "" when it is none of content/ and assets/.
        """
        plain = split_address(address)[0]
        file = file or self._static.get(plain, "")
        name = file or plain
        if not is_shown(name):
            what = "a page" if plain.endswith("/") else "no picture that browsers show"
            hint = "name a PNG, JPEG, WebP, AVIF, GIF or SVG file, or make a link of it without `!`"
            return _problem(path, mention, f"`{mention.target}` is {what}", hint)
        picture = self._files.get(file)
        if picture is None:
            return address
        if fault := fault_of(file, picture):
            return _problem(path, mention, *fault)
        has_size = picture.width and picture.height
        return Picture(address, picture.width, picture.height) if has_size else address

    @cached_property
    def _static(self) -> dict[str, str]:
        """The file behind each address of a picture of static/."""
        files = (path for path in self._files if path.startswith(f"{STATIC}/"))
        return {static_address(path): path for path in files}


def _is_among(host: str, hosts: Collection[str]) -> bool:
    """Whether a host is one of these, where `*.` stands for any names in front."""
    ends = (f".{host.split('.', number)[-1]}" for number in range(1, host.count(".") + 1))
    return host in hosts or any(f"*{end}" in hosts for end in ends)


def fault_of(file: str, picture: PictureFile) -> tuple[str, str] | None:
    """What is wrong with a file that should be a picture, and what to do about it."""
    promised = format_by_name(file)
    if not picture.format:
        message = f"{file} is damaged, or no {promised} picture at all"
        return message, picture.hint or "save the picture anew, and look at it in a browser"
    if picture.format != promised:
        stem = file.rpartition(".")[0].rpartition("/")[2]
        message = f"{file} is a {picture.format} picture, which its name does not say"
        return message, f"name it {stem}{ENDINGS[picture.format][0]}, and write that name here"
    return None


def fault_of_share(name: str) -> tuple[str, str] | None:
    """Why services do not take a picture of this name for a shared page, and what to do."""
    if (name_format := format_by_name(name)) in SHARED_FORMATS:
        return None
    kind = f"a picture in {name_format}" if name_format else "such a file"
    message = f"services that show shared pages do not take {kind}"
    return message, "use a JPEG or PNG, best 1200 by 630 pixels"


def _problem(path: str, mention: Mention, message: str, hint: str) -> Problem:
    return Problem(path, mention.line, mention.column, "bad-image", message, hint)

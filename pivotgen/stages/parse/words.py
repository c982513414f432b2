"""Words: the digest of what one file says: its texts, where its links lead, what its pictures are.

No markup, no blanks and no days are part of it, so it outlives other engines and layouts.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from pivotgen.engines.markdown.page_contents import PageContents
from pivotgen.model.address import readable
from pivotgen.model.own_keys import StoredKeys, StoredValue
from pivotgen.model.pivot import NamedImage
from pivotgen.model.source import Digest
from pivotgen.model.words import words_digest


def words_of_file(
    contents: PageContents,
    header: Iterable[str],
    image: NamedImage | None = None,
    extra: StoredKeys = (),
) -> Digest:
    """The digest of one file: of its Markdown, and of the texts and own keys of its header."""
    texts = [*header, *(passage.text for passage in contents.passages), *contents.code]
    # What a picture shows is text too; the words of a link are part of its passage.
    texts += [link.text for link in contents.links if link.image]
    targets = [_target(contents.path, link.target) for link in contents.links]
    if image:
        texts.append(image.alt)
        targets.append(_target(contents.path, image.mention.target))
    return words_digest([*texts, *_of_keys(extra)], targets)


def _target(path: str, target: str) -> str:
    """Where a link leads: to a file by its path in the site, so that the page itself may move."""
    target = readable(target)
    if target[:1] in ("/", "#", "") or ":" in target:
        return target
    file, mark, rest = target.partition("#")
    return posixpath.normpath(f"{posixpath.dirname(path)}/{file}") + mark + rest


def _of_keys(keys: StoredKeys) -> Iterator[str]:
    """Names and values of own keys that say anything, so that a key may be declared later."""
    for name, value in keys:
        if texts := [*_of_value(value)]:
            yield f"{name}: {' '.join(texts)}"


def _of_value(value: StoredValue) -> Iterator[str]:
    if value.parts:
        yield from _of_keys(value.parts)
    elif value.text and value != StoredValue("truth", "False"):
        yield value.text

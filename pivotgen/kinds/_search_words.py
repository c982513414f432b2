"""The words that the search knows, and the files that they stand in.

`fold` and `distance` in finder.js do the same with what readers type.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from pivotgen.model.address import own_page_address, skill_address
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.site import Site
from pivotgen.model.view import Link

# Pivots of one role, and skills and pages, in one part of what the search shows.
IN_PART = 32
OTHERS_IN_PART = 256
# The group of those parts that hold skills and pages.
GROUP_OTHERS = "others"
# A site with more pivots has files of words. Up to here one file of all titles and questions is
# about 40 kilobytes, compressed.
IN_FILE = 500
# From so many pivots on, words are parted by one letter more.
_MANY = 20_000
# Turns what stands between words into blanks, in a text without accents.
_BLANKS = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) in "+#")}
_ANY = re.compile(r"[\w+#]+")


@dataclass(frozen=True, slots=True)
class WordFiles:
    """How words are parted among files: all words with the same first letters stand in one."""

    files: int
    letters: int

    def number(self, word: str) -> int:
        """The file of a word."""
        number = 0
        for letter in word[: self.letters]:
            number = (number * 31 + ord(letter)) % self.files
        return number


def word_files(site: Site) -> WordFiles | None:
    """How the words of the site are parted; None where one file holds all that is searched."""
    if len(site.nodes) <= IN_FILE:
        return None
    return WordFiles(64, 2) if len(site.nodes) <= _MANY else WordFiles(1024, 3)


def pivots_by_role(site: Site) -> Iterator[tuple[str, list[str]]]:
    """The pivots into each role that has any, by address: the order in which they are numbered."""
    for role in sorted(site.into):
        yield role, sorted(site.into[role], key=lambda slug: site.nodes[slug].address)


def stride_of(site: Site) -> int:
    """The step from the first number of one role to that of the next."""
    return stride_for(map(len, site.into.values()))


def stride_for(counts: Iterable[int]) -> int:
    """That step for so many pivots of each role: room for whole parts of the largest."""
    return -(-max(counts) // IN_PART) * IN_PART


def other_entries(site: Site) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """The skills, and the pages of the site's own."""
    root = site.root
    skills = tuple(
        Link(skill.name, skill_address(skill.slug, root)) for skill in site.skills.values()
    )
    pages = tuple(
        Link(page.title.text, own_page_address(page.slug, root)) for page in site.pages.values()
    )
    return skills, pages


def words_in(text: str) -> set[str]:
    """The words of a text in small letters without accents."""
    if text.isascii():
        return set(text.lower().translate(_BLANKS).split())
    letters = unicodedata.normalize("NFKD", text)
    plain = "".join([letter for letter in letters if unicodedata.category(letter)[0] != "M"])
    return set(_ANY.findall(plain.lower().replace("_", " ")))


def postings(texts: Iterable[tuple[int, str]], most: int) -> dict[str, list[int]]:
    """For each word the numbers of the texts that have it; of a common word the first of them.

    These are one more than `most`, which says that there are others.
    """
    lists: dict[str, list[int]] = {}
    full: set[str] = set()
    for number, text in texts:
        for word in words_in(text) - full:
            if numbers := lists.get(word):
                numbers.append(number)
                if len(numbers) > most:
                    full.add(word)
            else:
                lists[word] = [number]
    return lists

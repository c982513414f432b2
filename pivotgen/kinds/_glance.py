"""What a pivot's page says of the move at a glance, beside its card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pivotgen.model.address import skill_address
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.site import Site
from pivotgen.model.view import Card, Link

# Skills that other paths name and this one does not: at most and at least so many are said, each
# named by at least two of the other paths and by one in so many.
_MOST_ASKED, _LEAST_ASKED, _ONE_IN = 4, 2, 6
# Other paths into a role are counted up to here; further ones are said in round numbers, so that
# a new pivot does not change the pages of a role that has many.
_COUNTED = 20
_ROUND_NUMBERS = (20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class OtherPaths:
    """How many other paths lead into the same role: `count`, or more than that."""

    count: int
    more: bool


@dataclass(frozen=True, slots=True)
class Headline:
    """The parts of a title that names both roles before a colon, the roles themselves left out."""

    before: str
    between: str
    behind: str
    point: str


@dataclass(frozen=True, slots=True)
class CarriedSkill:
    """A skill that carries over, and what it becomes in the new role; "" where nobody says."""

    text: str
    url: str
    becomes: str
    # The language of its name, where that is not the page's; and how that is read.
    language: str = ""
    direction: str = ""


class Asked:
    """What the paths into one role name, for the pages of all of them."""

    def __init__(self, site: Site, slugs: Sequence[str]) -> None:
        others = len(slugs) - 1
        self.others = OtherPaths(others, more=False)
        if others > _COUNTED:
            count = max(number for number in _ROUND_NUMBERS if number < others)
            self.others = OtherPaths(count, more=True)
        count_of = Counter(skill for slug in slugs for skill in site.nodes[slug].skills)
        least = max(2, -(-others // _ONE_IN))
        named = [skill for skill, count in count_of.items() if count >= least]
        named.sort(key=lambda skill: (-count_of[skill], skill))
        # Each with its link, which all pages share.
        self._links = {
            skill: site.skills[skill].link(skill_address(skill, site.root)) for skill in named
        }

    def beside(self, own: Sequence[str]) -> tuple[Link, ...]:
        """What other paths name beside these skills, those first that most of them name."""
        links = [link for skill, link in self._links.items() if skill not in own]
        return tuple(links[:_MOST_ASKED]) if len(links) >= _LEAST_ASKED else ()


def headline_of(card: Card) -> Headline | None:
    """The parts of the title around both roles; None where they do not stand in this order."""
    roles, colon, point = card.title.partition(":")
    before, _, rest = roles.partition(card.origin.text)
    between, target, behind = rest.partition(card.target.text)
    if not (target and between.strip() and point.strip()):
        return None
    return Headline(before, between, behind + colon, point.strip())


def carried_skills(card: Card, becomes: Sequence[str]) -> tuple[CarriedSkill, ...]:
    """The skills of a card, each with what it becomes."""
    return tuple(
        [
            CarriedSkill(skill.text, skill.url, each, skill.language, skill.direction)
            for skill, each in zip(card.skills, becomes, strict=True)
        ]
    )

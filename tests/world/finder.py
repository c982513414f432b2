"""The finder's script, asked in node; and graphs to ask it about."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pivotgen.kinds import moves
from pivotgen.model.address import address_of, pivot_address
from pivotgen.model.header import Written
from pivotgen.model.page import PlanInputs
from pivotgen.model.pivot import Notes
from pivotgen.model.role import Role, RoleText
from pivotgen.model.site import Node, Site
from pivotgen.model.window import Window
from tests.world.absent import lacking
from tests.world.site import ROOT

SCRIPT = ROOT / "assets" / "finder.js"
_DRIVER = ROOT / "tests" / "finder" / "ask.mjs"

# A role to another, and the window of the move.
Move = tuple[str, str, Window]


def asked(
    files: Mapping[str, str], questions: Sequence[tuple[str, str]], skip: str = ""
) -> list[dict[str, Any]]:
    """What the script answers to each pair of typed names; `files` are the site's, by address."""
    node = shutil.which("node")
    if not node:
        lacking("node", "on Debian: apt-get install nodejs")
    message = {"script": SCRIPT.as_uri(), "files": files, "questions": questions, "skip": skip}
    result = subprocess.run(
        [node, str(_DRIVER)], input=json.dumps(message), capture_output=True, text=True, timeout=120
    )
    assert result.returncode == 0, result.stderr
    answers: list[dict[str, Any]] = json.loads(result.stdout)
    return answers


def moves_files(site: Site) -> dict[str, str]:
    """The files of moves of a graph, by address."""
    inputs = PlanInputs(site=site, page_size=60, assets={})
    return {
        address_of(page.output): page.recipe.text
        for page in moves.KIND.pages(inputs)
        if isinstance(page.recipe, moves.MovesRecipe)
    }


def graph_of(
    roles: Iterable[str], made: Iterable[Move], fields: Mapping[str, str] | None = None
) -> Site:
    """A graph of these roles, whose names are their slugs, and of these moves."""
    nodes = {
        f"{a}-to-{b}": Node(
            slug=f"{a}-to-{b}",
            path="",
            number=0,
            origin=a,
            target=b,
            skills=(),
            published=None,
            updated=None,
            draft=False,
            aliases=(),
            addresses=(),
            window=window,
            address=pivot_address(f"{a}-to-{b}"),
        )
        for a, b, window in sorted(made)
    }
    names = sorted(roles)
    into = {
        role: tuple(slug for slug, node in nodes.items() if node.target == role) for role in names
    }
    out = {
        role: tuple(slug for slug, node in nodes.items() if node.origin == role) for role in names
    }
    return Site(
        nodes=nodes,
        roles={role: Role(role, role, _text(role, (fields or {}).get(role, ""))) for role in names},
        skills={},
        into={role: slugs for role, slugs in into.items() if slugs},
        out={role: slugs for role, slugs in out.items() if slugs},
        with_skill={},
        neighbours={},
        pages={},
        addresses={},
        pivots={},
        prose={},
    )


def _text(role: str, field: str) -> RoleText:
    return RoleText(
        path=f"content/roles/{role}.md",
        slug=role,
        name=Written(role, 2, 7),
        description="",
        field=field,
        aliases=(),
        typed=(),
        draft=False,
        mentions=(),
        anchors=(),
        stored_extra=(),
        headings=(),
        passages=(),
        notes=Notes((), (), ()),
        marks={},
    )

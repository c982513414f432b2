"""The preview of a site in a folder whose name holds what an address gives a meaning."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import urlopen

from tests.world.running import PATIENCE, Preview
from tests.world.site import World


def test_the_address_that_opens_the_editor_leads_to_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "a b #1?%41 ü"
    folder.mkdir()
    world = World(folder)
    path = world.pivot("Chef", "Nurse", "---\ntitle: [\n---\n")
    preview = Preview(world, ends=r"(Not built)")
    try:
        address = f"http://{preview.address}/_pivotgen/problems.json"
        with urlopen(address, timeout=PATIENCE) as answer:
            problem = json.load(answer)["problems"][0]
    finally:
        preview.end()
    opens = urlsplit(problem["editor"])
    assert (opens.scheme, opens.netloc, opens.query, opens.fragment) == ("vscode", "file", "", "")
    column = problem["place"].rpartition(":")[2]
    assert unquote(opens.path) == f"{folder / path}:{problem['line']}:{column}"
    assert [number for number, _ in problem["frame"]] == [1, 2, 3]

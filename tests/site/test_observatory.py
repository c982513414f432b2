"""Mozilla's Observatory, which grades the headers of a site, asks a server of this machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.world.absent import lacking
from tests.world.host import certificate_in, hosted, sending_to_https
from tests.world.site import ROOT, World

PACKAGE = ROOT / ".venv/node/node_modules/@mdn/mdn-http-observatory"


def scanned(public: Path, certificate: Path) -> Any:
    node = shutil.which("node")
    if not node or not PACKAGE.is_dir():
        lacking("Mozilla's Observatory", "sh tests/machine.sh")
    trusting = os.environ | {"NODE_EXTRA_CA_CERTS": str(certificate)}
    with hosted(public, certificate) as https, sending_to_https(https) as http:
        command = [node, str(ROOT / "tests/world/observatory.mjs"), str(PACKAGE)]
        result = subprocess.run(
            [*command, str(http), str(https)],
            capture_output=True,
            text=True,
            env=trusting,
            timeout=60,
        )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_the_headers_of_a_site_get_the_best_grade(world: World) -> None:
    world.pivot("Chef", "Nurse")
    certificate = certificate_in(world.folder)
    assert world.run("build").returncode == 0
    before = scanned(world.folder / "public", certificate)
    world.setting("hsts=365")
    assert world.run("build").returncode == 0
    result = scanned(world.folder / "public", certificate)
    assert [name for name, test in result["tests"].items() if not test["pass"]] == []
    assert result["grade"] == "A+"
    assert result["score"] >= 120
    # Without that setting https is no promise.
    assert [name for name, test in before["tests"].items() if not test["pass"]] == [
        "strict-transport-security"
    ]

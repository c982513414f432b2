"""The Nu HTML checker over every page."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from tests.world.absent import lacking
from tests.world.site import ROOT


def test_the_nu_checker_finds_no_error_in_any_page(public: Path) -> None:
    jar = ROOT / ".venv" / "node" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not shutil.which("java"):
        lacking("Java", "on Debian: apt-get install default-jre-headless")
    if not jar.is_file():
        lacking("the Nu checker", "npm install --prefix .venv/node --ignore-scripts vnu-jar")
    # Java's better compiler costs more time than it saves here; the quick one needs a larger stack.
    quick = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss4m"]
    command = ["java", *quick, "-jar", str(jar), "--format", "json", "--stdout", "--skip-non-html"]
    result = subprocess.run([*command, str(public)], capture_output=True, text=True, timeout=300)
    messages = json.loads(result.stdout)["messages"]
    errors = [
        message
        for message in messages
        if message["type"] != "info" or message.get("subType") == "warning"
    ]
    assert errors == []

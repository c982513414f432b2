"""The tests themselves: what they cost whoever runs one of them."""

from __future__ import annotations

import subprocess
import sys

from tests.world.site import ROOT


def test_a_test_without_a_browser_does_not_wait_for_playwright() -> None:
    collect = (
        "import sys, pytest\n"
        "status = pytest.main(['--collect-only', '-q', 'tests'])\n"
        "sys.exit(status or 'playwright' in sys.modules)\n"
    )
    command = [sys.executable, "-c", collect]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert result.returncode == 0, result.stdout + result.stderr

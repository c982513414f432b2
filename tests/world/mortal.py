"""Programs beside the tests that end with them, also where the tests are killed outright."""

from __future__ import annotations

import shutil
from collections.abc import Sequence


def mortal(command: Sequence[str]) -> list[str]:
    """The command, which Linux kills when the thread that starts it is gone."""
    program = shutil.which("setpriv")
    return [*([program, "--pdeathsig", "KILL", "--"] if program else []), *command]

"""`lsp`: an editor's questions about a site, answered over standard input and output."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from pivotgen.commands.workspace import Desk
from pivotgen.engines.editor.server import serve
from pivotgen.model.config import Config


def lsp(opened: Callable[[], tuple[Config, Path]]) -> int:
    """Serve one editor; `opened` gives the site. The exit status is what the protocol asks for."""
    # The two streams are the editor's alone: what build.py or a worker prints goes beside them.
    into, out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    config, site = opened()
    return serve(Desk(config, site), into, out)

"""`lsp`: answers an editor's questions about a site over standard input and output."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from pivotgen.commands.workspace import Workspace
from pivotgen.engines.editor.server import serve
from pivotgen.model.config import Config


def lsp(open_site: Callable[[], tuple[Config, Path]]) -> int:
    """Serve one editor until it leaves; return the exit status that the protocol asks for.

    `open_site` returns the settings and the folder of the site.
    """
    # The two streams belong to the editor. So whatever build.py or a worker prints goes to
    # standard error instead, and their standard input is empty.
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "rb") as empty:
        os.dup2(empty.fileno(), 0)
    os.dup2(2, 1)
    config, site = open_site()
    return serve(Workspace(config, site), incoming, outgoing)

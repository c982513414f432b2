"""Worker: everything that a worker process needs, imported once for all of them.

The server that workers are forked from imports this module; what it holds then is shared memory.
"""

from __future__ import annotations

import gc

from pivotgen.stages.parse import parse
from pivotgen.stages.render import render

__all__ = ["parse", "render"]

# The collector writes to what it looks at, and each worker would get a copy of its own.
gc.collect()
gc.freeze()

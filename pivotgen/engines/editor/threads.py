"""Threads: run slow work, so that the server can receive messages meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

from pivotgen.model.visible import visible

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Threads:
    """The two threads of one editor's session: for the open file, and for the whole site."""

    def __init__(self, server: LanguageServer) -> None:
        self._server = server
        self._pool = ThreadPoolExecutor(2)

    async def run(self, work: Callable[[*Ts], T], *arguments: *Ts) -> T:
        """Return what `work` returns; raise what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, *arguments)

    async def try_run(self, work: Callable[[*Ts], T], *arguments: *Ts) -> T | None:
        """Return what `work` returns, or None when it fails; the editor's log gets the error."""
        try:
            return await self.run(work, *arguments)
        # An error must not end the session. The next change of a text tries again.
        except Exception as error:
            message = f"pivotgen could not do this: {type(error).__name__}: {error}"
            self._server.window_log_message(
                lsp.LogMessageParams(lsp.MessageType.Error, visible(message))
            )
            return None

    def stop(self) -> None:
        """End the threads; work that has not started is dropped."""
        self._pool.shutdown(cancel_futures=True)

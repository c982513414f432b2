"""Empty targets of every kind, and what readers see of them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pivotgen.commands._targets import open_target
from pivotgen.commands.deploy import DeployOptions, deploy
from pivotgen.model.config import Config
from pivotgen.model.deploy_report import DeployReport
from pivotgen.model.release import PRIVATE
from pivotgen.model.targets import S3, Azure, Folder, Server, Target
from tests.world.builds import CONFIG
from tests.world.services import ACCOUNT, azurite, moto, request, seaweedfs
from tests.world.site import World
from tests.world.sshd import ssh_server

KINDS = ("moto", "seaweedfs", "azurite", "folder", "server")
_START: dict[str, Callable[[Path], AbstractContextManager[Any]]] = {
    "moto": moto,
    "seaweedfs": seaweedfs,
    "azurite": azurite,
    "server": ssh_server,
}


@dataclass
class Services:
    """Servers on this machine; each is started when it is first asked for."""

    stack: ExitStack
    new_folder: Callable[[str], Path]
    started: dict[str, Any] = field(default_factory=dict)

    def of(self, kind: str) -> Any:
        """The endpoint of a store, or the options of ssh."""
        if kind not in self.started:
            self.started[kind] = self.stack.enter_context(_START[kind](self.new_folder(kind)))
        return self.started[kind]

    def new_target(self, kind: str, folder: Path) -> Target:
        """A place where nothing is yet."""
        name = f"site-{uuid.uuid4().hex[:8]}"
        if kind == "folder":
            return Folder(str(folder / "www"), verify=False, releases=2)
        where = self.of(kind)
        if kind == "server":
            place = str(folder / "www")
            return Server("127.0.0.1", place, options=where, verify=False, releases=2)
        if kind == "azurite":
            return Azure(ACCOUNT, "site", endpoint=where, prefix=name, verify=False, releases=2)
        if kind == "moto":
            assert request(int(where.rpartition(":")[2]), "PUT", f"/{name}")[0] == 200
        return S3(name, endpoint=where, verify=False, releases=2)


def put(
    site: World, target: Target, options: DeployOptions | None = None, config: Config = CONFIG
) -> DeployReport:
    """Deploy a site to a target."""
    config = replace(config, targets={"production": target})
    return deploy(site.folder, config, options or DeployOptions())


def objects(target: Target, site: World) -> dict[str, int]:
    """All that a target has, and how many bytes of each."""
    return dict(open_target(target, site.folder).list())


def visible(target: Target, site: World) -> dict[str, bytes]:
    """Everything that readers see."""
    store = open_target(target, site.folder)
    rows = ((key, store.get(key)) for key, _ in store.list() if not key.startswith(PRIVATE))
    return {key: stored.data for key, stored in rows if stored}


def built(site: World) -> dict[str, bytes]:
    """What of the built site is for readers."""
    return {path: data for path, data in site.tree().items() if not path.startswith("_")}

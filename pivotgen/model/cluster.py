"""Cluster: how a build meets workers on other machines, and how it says that they cannot help."""

from __future__ import annotations

from typing import ClassVar

from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """What a site says of the cluster that `--cluster` names.

    The address is none of these, because it is another one from day to day.
    """

    # For how many seconds a build waits when no worker is there, or none any more.
    patience: int = 120
    # The folder with ca.pem, cert.pem and key.pem, relative to the site; without one, those of
    # Dask's own settings count.
    certificates: str = ""

    def __post_init__(self) -> None:
        """Check the settings; a ValueError says in plain words what is wrong."""
        if type(self.patience) is not int or self.patience < 1:
            raise ValueError("Cluster needs 1 or more seconds of patience, such as patience=120")
        if not isinstance(self.certificates, str):
            raise ValueError('Cluster needs the name of a folder, such as certificates="certs"')


class ClusterError(Exception):
    """A cluster is not there, or not there any more. Its operator can do something about it."""

    code: ClassVar[str] = "no-cluster"

    def __init__(self, message: str, hint: str) -> None:
        # Both are arguments, so that the error can travel between processes.
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def problem(self) -> Problem:
        """The same as a value."""
        return Problem.of_file("build.py", self.code, self.message, self.hint)


class OpenClusterError(ClusterError):
    """Others could read or change what is sent to a cluster."""

    code = "open-cluster"


class WorkerDiffersError(ClusterError):
    """A worker would write other bytes."""

    code = "worker-differs"

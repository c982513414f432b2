"""Cluster: how a build meets workers on other machines, and how it says that they cannot help."""

from __future__ import annotations

from dataclasses import dataclass

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
    """A build cannot go on with a cluster. Its operator can do something about it."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        # All of them are arguments, so that the error can travel between processes.
        super().__init__(code, message, hint)
        self.code = code
        self.message = message
        self.hint = hint

    def problem(self) -> Problem:
        """The same as a value."""
        return Problem("build.py", 1, 1, self.code, self.message, self.hint)


def lost(message: str, hint: str) -> ClusterError:
    """The error of a cluster that is not there, or not there any more."""
    return ClusterError("no-cluster", message, hint)


def insecure(message: str, hint: str) -> ClusterError:
    """The error of a way to a cluster that others could read or use."""
    return ClusterError("open-cluster", message, hint)


def differs(message: str, hint: str) -> ClusterError:
    """The error of workers that would write other bytes."""
    return ClusterError("worker-differs", message, hint)

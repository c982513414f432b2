"""Deploy report: what a deploy did, or what it would do."""

from __future__ import annotations

from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.problem import Problem, any_errors
from pivotgen.model.release import Release


@dataclass(frozen=True, slots=True, kw_only=True)
class DeployReport:
    """What a deploy did or, with `plan`, what it would do.

    With an error among its problems readers see what they saw before, unless the problem says
    otherwise.
    """

    problems: tuple[Problem, ...] = ()
    # The name of the target, and the place that it is.
    target: str = ""
    place: str = ""
    # Where readers see it.
    url: str = ""
    plan: bool = False
    # The release that is there now, and the one before it; "" where there is none.
    release: str = ""
    before: str = ""
    # Every release that can be gone back to, the newest first.
    kept: tuple[Release, ...] = ()
    # Paths of files that are new, other than they were, or gone.
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    # Files of others that would be overwritten.
    clashes: tuple[str, ...] = ()
    # Files of the release, and bytes that were sent.
    files: int = 0
    sent: int = 0
    # What caches were asked to forget, request by request.
    purges: tuple[str, ...] = ()
    # Whether the target had it all already.
    unchanged: bool = False
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether there was no error."""
        return not any_errors(self.problems)

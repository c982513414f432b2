"""Deploy: brings a release to a target, or back; one that readers do not get is taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from pivotgen.model.address import address_of, is_page_file, readable
from pivotgen.model.deploying import RefusedError, VerificationError
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.release import Manifest, Release
from pivotgen.model.schedule import Schedule, Standing
from pivotgen.release.carry_out import Tools, carry_out
from pivotgen.release.look import look
from pivotgen.release.schedule import schedule

# So many pages may go without a question, or a tenth of all.
_FEW = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a deploy may do without asking."""

    # How many releases are kept.
    releases: int = 5
    # How many pages may go; None is a tenth of them, and twenty at least.
    deletes: int | None = None
    # Whether files of others may be overwritten.
    adopt: bool = False
    # Asked whether more pages may go than that.
    confirm: Callable[[str], bool] = lambda question: False
    # Whether the first of two releases is of an older commit than the second.
    is_older: Callable[[Release, Release], bool] = lambda release, other: False
    # Whether somebody has said what becomes of an address that is no page any more.
    is_answered: Callable[[str], bool] = lambda address: True


def deploy(want: Manifest, release: Release, tools: Tools, limits: Limits) -> Schedule:
    """Bring a release to the target that the tools hold; what was done is returned.

    VerificationError when readers do not get it; the release before it is there again then, if
    there was one. RefusedError, HeldError and DeployError.
    """
    standing = look(tools.store, tools.lease.state)
    plan = schedule(standing, want, release, limits.releases)
    refuse(plan, standing, limits)
    if plan.is_done:
        tools.lease.leave()
        return plan
    try:
        carry_out(plan, tools, limits.releases)
    except VerificationError as error:
        raise VerificationError(f"{error.message}; {_go_back(tools, limits)}", error.hint) from None
    return plan


def refuse(plan: Schedule, standing: Standing, limits: Limits) -> None:
    """RefusedError when a schedule would do what nobody may want."""
    current = next((each for each in standing.state.kept[:1]), None)
    if current and limits.is_older(plan.release, current):
        raise RefusedError(
            f"readers have a newer commit, {_short(current)}; this is {_short(plan.release)}",
            "deploy from the newest commit; --older deploys this one all the same",
        )
    if plan.clashes and not limits.adopt:
        count = _count(len(plan.clashes), "file")
        raise RefusedError(
            f"{count} of others would be overwritten, such as {plan.clashes[0]}",
            "look what they are; --adopt takes over those at the addresses of this site",
        )
    _refuse_deletes(plan, standing, limits)


def _refuse_deletes(plan: Schedule, standing: Standing, limits: Limits) -> None:
    files = (standing.manifests.get(standing.state.current) or Manifest()).files
    pages = [path for path in plan.deleted if is_page_file(path)]
    lost = [path for path in pages if not limits.is_answered(address_of(path))]
    if lost:
        count = f"{_count(len(lost), 'address')} that readers know would be dead"
        raise RefusedError(
            f"{count} and pivots.lock lacks them, such as {readable(address_of(lost[0]))}",
            "say in content/redirects.yaml what took their place, or `gone`",
        )
    total = sum(map(is_page_file, files))
    few = max(_FEW, total // 10) if limits.deletes is None else limits.deletes
    if len(pages) > few and not limits.confirm(
        f"Delete {len(pages):,} of {_count(total, 'page')}?"
    ):
        raise RefusedError(
            f"{len(pages):,} of {_count(total, 'page')} would be deleted",
            f"if that is right, allow it with --max-deletes {len(pages)}",
        )


def _short(release: Release) -> str:
    """A commit as people write it, and its day."""
    if not release.commit:
        return "none"
    day = datetime.fromtimestamp(release.commit.seconds, UTC).strftime("%Y-%m-%d %H:%M")
    return f"{release.commit.id[:9]} of {day}"


def _go_back(tools: Tools, limits: Limits) -> str:
    """Bring the release before this one back, and say so. DeployError."""
    lease = tools.lease
    bad, *earlier = lease.state.kept
    before = next((each for each in earlier if each.id != bad.id), None)
    if before is None:
        lease.leave()
        return "there is no earlier release to go back to, so it stays"
    lease.set(lease.state.without(bad.id))
    standing = look(tools.store, lease.state)
    want = standing.manifests.get(before.id)
    if want is None:
        lease.leave()
        return f"the release before it, {before.id}, cannot be read, so it stays"
    plan = schedule(standing, want, before, limits.releases)
    faults: list[VerificationError] = []

    def verify(plan: Schedule) -> None:
        """There is nothing else to go back to, so the rest is done in any case."""
        try:
            tools.verify(plan)
        except VerificationError as error:
            faults.append(error)

    carry_out(plan, replace(tools, verify=verify), limits.releases)
    again = ", and readers do not get it either" if faults else ""
    return f"the release before it, {before.id}, was brought back{again}"


def _count(number: int, noun: str) -> str:
    plural = f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"1 {noun}" if number == 1 else f"{number:,} {plural}"

"""The laws hold through deploys that are killed at any call, and the order is what holds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pivotgen.model.schedule import Act, Schedule, Step
from pivotgen.release.carry_out import carry_out
from pivotgen.release.look import look
from pivotgen.release.schedule import schedule
from tests.release.laws import History, check_links
from tests.world.deploys import LIMITS, Dead, Deployer, Faults, Files, Memory, manifest, page
from tests.world.thorough import PROOF

# In a proof all of them, so many that 3,000 are interrupted; otherwise a twentieth.
HISTORIES = range(3_400) if PROOF else range(0, 3_400, 20)
INTERRUPTED = 3_000 if PROOF else 145
# How many histories a wrong order is tried in.
TRIALS = 400 if PROOF else 40


def test_no_law_is_broken_by_deploys_that_die_anywhere() -> None:
    interrupted = deaths = taken_over = taken_back = 0
    for seed in HISTORIES:
        history = History(seed)
        history.run()
        deaths += history.deaths
        taken_over += history.taken_over
        taken_back += history.taken_back
        interrupted += bool(history.deaths + history.taken_over + history.taken_back)
    # Otherwise the histories would prove little.
    assert interrupted >= INTERRUPTED
    assert deaths > len(HISTORIES)
    assert taken_over > len(HISTORIES) / 10
    assert taken_back > len(HISTORIES) / 10


Order = Callable[[tuple[Step, ...]], list[Step]]


def ordered(*names: str) -> Order:
    """The steps with these in another order; each takes the place of one of them."""

    def order(steps: tuple[Step, ...]) -> list[Step]:
        others = iter([next(step for step in steps if step.name == name) for name in names])
        return [next(others) if step.name in names else step for step in steps]

    return order


def joined(steps: tuple[Step, ...]) -> list[Step]:
    """Strays and changed pages in one step, in any order."""
    [strays] = [step for step in steps if step.name == "strays"]
    [changed] = [step for step in steps if step.name == "changed pages"]
    both = replace(changed, keys=(*strays.keys, *changed.keys))
    return [both if step is changed else step for step in steps if step is not strays]


def deletes_first(steps: tuple[Step, ...]) -> list[Step]:
    deletes = [step for step in steps if step.act is Act.DELETE]
    others = [step for step in steps if step.act is not Act.DELETE]
    return [*others[:3], *deletes, *others[3:]]


class Reordering(Deployer):
    """Carries out the steps of a deploy in another order."""

    steps: Order

    def deploy_files(self, files: Files, limits: object = None) -> Schedule:
        with self.hold() as lease:
            want = manifest(files)
            standing = look(self.store, lease.state)
            plan = schedule(standing, want, self.release(want), LIMITS.releases)
            plan = replace(plan, steps=tuple(self.steps(plan.steps)))
            carry_out(plan, self.tools(lease, files), LIMITS.releases)
            return plan


class ReorderedHistory(History):
    """A history whose deploys are made in another order, alone and without failing checks."""

    order: Order

    def _deployer(self) -> Deployer:
        faults = Faults()
        if self.chance.random() < 0.7:
            faults = Faults(self.chance.randint(1, 70), self.chance.random() < 0.5)
        deployer = Reordering(self.memory, faults, chance=self.chance)
        deployer.steps = self.order
        deployer.is_dead = lambda holder: True
        return deployer


WRONG = {
    "pages before assets": ordered("new pages", "strays", "changed pages", "assets"),
    "changed pages before new ones": ordered("changed pages", "new pages", "strays"),
    "deletes first": deletes_first,
}


@pytest.mark.parametrize("order", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_order_breaks_a_law(order: Order) -> None:
    caught = 0
    for seed in range(TRIALS):
        history = ReorderedHistory(seed)
        history.order = order
        try:
            history.run()
        except AssertionError:
            caught += 1
    assert caught > TRIALS / 2


def test_the_right_order_breaks_none_when_it_is_carried_out_the_same_way() -> None:
    for seed in range(TRIALS):
        history = ReorderedHistory(seed)
        history.order = list
        history.run()


def after_a_death(first: Files, second: Files, *, written: str) -> Memory:
    """A target with the first site, and of the second one what was written up to this path."""
    memory = Memory()
    Deployer(memory).deploy_files(first)
    deployer = Deployer(memory)
    deployer.order = sorted

    def law() -> None:
        if deployer.store.log and deployer.store.log[-1] == ("copy", written):
            deployer.store.faults.is_dead = True
            raise Dead

    memory.law = law
    with pytest.raises(Dead):
        deployer.deploy_files(second)
    memory.law = lambda: check_links(memory, first)
    return memory


def reordering(memory: Memory, steps: Order) -> Reordering:
    deployer = Reordering(memory)
    deployer.steps = steps
    deployer.order = sorted
    deployer.is_dead = lambda holder: True
    return deployer


FIRST = {"index.html": page("a/index.html"), "a/index.html": page("index.html")}


def test_a_page_that_was_left_behind_waits_for_new_ones_that_it_names() -> None:
    # The dead deploy has already linked to the page that only it has.
    second = {**FIRST, "a/index.html": page("s/index.html"), "s/index.html": page("index.html")}
    third = {**second, "s/index.html": page("n/index.html"), "n/index.html": page("index.html")}
    memory = after_a_death(FIRST, second, written="a/index.html")
    wrong = ordered("strays", "new pages")
    with pytest.raises(AssertionError, match=r"s/index\.html links to n/"):
        reordering(memory, wrong).deploy_files(third)
    memory = after_a_death(FIRST, second, written="a/index.html")
    reordering(memory, list).deploy_files(third)


def test_a_page_that_was_left_behind_is_written_before_known_ones_link_to_it() -> None:
    # What the dead deploy left names a page that it did not come to write.
    new = {"s/index.html": page("z/index.html"), "z/index.html": page("index.html")}
    third = {
        **FIRST,
        "a/index.html": page("s/index.html"),
        "s/index.html": page("index.html"),
    }
    memory = after_a_death(FIRST, {**FIRST, **new}, written="s/index.html")
    with pytest.raises(AssertionError, match=r"s/index\.html links to z/"):
        reordering(memory, joined).deploy_files(third)
    memory = after_a_death(FIRST, {**FIRST, **new}, written="s/index.html")
    reordering(memory, list).deploy_files(third)

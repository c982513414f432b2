"""Every address that a site ever published answers on real servers, whatever became of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from pivotgen.commands.lock import lock_state, new_lines
from pivotgen.model.address import output_of, page_address
from pivotgen.model.lock import LOCK, lock_text
from tests.world.builds import CONFIG, build_here
from tests.world.edits import edit
from tests.world.hosting import SERVERS, ask, cloudfront, netlify, open_to_servers
from tests.world.site import World

HOSTS = (*SERVERS, "netlify", "cloudfront")
ABOUT = (
    "---\ntitle: About us\ndescription: Who we are.\n---\nSee [it](../pivots/chef-to-nurse.md).\n"
)


def pivot(name: str) -> str:
    return f"content/pivots/{name}.md"


def say(world: World, *rows: str) -> None:
    """Add redirects."""
    file = world.folder / "content/redirects.yaml"
    before = file.read_text("utf-8") if file.exists() else ""
    world.write("content/redirects.yaml", before + "".join(f"{row}\n" for row in rows))


def fix(world: World) -> None:
    result = world.run("check", "--fix", "--yes")
    assert result.returncode == 0, result.stderr


def rename(world: World) -> None:
    (world.folder / pivot("chef-to-nurse")).rename(world.folder / pivot("cook-to-nurse"))
    fix(world)


def move(world: World) -> None:
    old, new = (world.folder / f"content/pages/{name}.md" for name in ("about", "team/über-uns"))
    new.parent.mkdir()
    text = old.read_text("utf-8").replace("(../pivots", "(../../pivots")
    old.unlink()
    new.write_text(text, "utf-8")
    fix(world)


def rename_again(world: World) -> None:
    (world.folder / pivot("cook-to-nurse")).rename(world.folder / pivot("köchin-to-nurse"))
    fix(world)


def swap(world: World) -> None:
    first, second = (world.folder / pivot(name) for name in ("nurse-to-pilot", "pilot-to-nurse"))
    texts = first.read_bytes(), second.read_bytes()
    second.write_bytes(texts[0])
    first.write_bytes(texts[1])


def delete(world: World) -> None:
    (world.folder / pivot("clerk-to-pilot")).unlink()
    say(world, "/pivots/clerk-to-pilot/: gone", "/to/clerk/: gone", "/from/clerk/: gone")


def merge(world: World) -> None:
    (world.folder / pivot("baker-to-nurse")).unlink()
    say(world, "/pivots/baker-to-nurse/: /pivots/chef-to-nurse/#skills")
    say(world, "/from/baker/: /from/chef/", "/to/baker/: /to/chef/")


def drop_skill(world: World) -> None:
    for file in (world.folder / "content/pivots").iterdir():
        path = file.relative_to(world.folder).as_posix()
        edit(world, path, "  - Negotiation\n", "  - Patience\n")
    say(world, "/skills/negotiation/: gone")


def rename_role(world: World) -> None:
    assert world.run("rename-role", "Nurse", "Pflegerin ä", "--yes").returncode == 0


def shrink(world: World) -> None:
    edit(world, "build.py", "page_size=1,", "page_size=9,")


STEPS: list[Callable[[World], None]] = [
    rename,
    move,
    rename_again,
    swap,
    delete,
    merge,
    drop_skill,
    rename_role,
    shrink,
]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A site at one time: its folder, and the addresses it had until then."""

    public: Path
    history: frozenset[str]


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Snapshot]:
    """The site after each step, and at the end below a base path too; by name."""
    world = World(tmp_path_factory.mktemp("history"))
    roles = ("Chef Nurse", "Baker Nurse", "Nurse Pilot", "Pilot Nurse", "Clerk Pilot")
    for pair in roles:
        world.pivot(*pair.split())
    world.write("content/pages/about.md", ABOUT)
    world.setting("page_size=1")
    lock(world, 1)
    taken: dict[str, Snapshot] = {}
    for number, step in enumerate(STEPS):
        step(world)
        taken[f"{number}"] = snapshot(world, number, "")
        if step is STEPS[-1]:
            taken[f"{number}/repo"] = snapshot(world, number, "/repo")
        lock(world, number + 2)
    return taken


def lock(world: World, day: int) -> None:
    """Record the site in its lock, as the command does."""
    state = lock_state(replace(CONFIG, page_size=page_size(world)), world.folder)
    assert state.is_known
    world.write(LOCK, lock_text(new_lines(state, date(2026, 5, day))))


def page_size(world: World) -> int:
    return 1 if "page_size=1," in (world.folder / "build.py").read_text("utf-8") else 9


def snapshot(world: World, number: int, base: str) -> Snapshot:
    # Each has a name of its own, because they share one server.
    url = f"https://s{number}.example.com{base}"
    config = replace(CONFIG, base_url=url, hosts=HOSTS, page_size=page_size(world))
    public = world.folder / "built" / f"{number}{base.replace('/', '-')}"
    report = build_here(world.folder, config, public)
    assert report.problems == []
    rows = (world.folder / LOCK).read_text("utf-8").splitlines()
    history = (page_address(row.split()[0]) for row in rows if not row.startswith("#"))
    return Snapshot(public, frozenset(history))


@pytest.fixture(scope="module", params=SERVERS)
def served(
    request: pytest.FixtureRequest,
    snapshots: Mapping[str, Snapshot],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, dict[str, int]]]:
    """The name of a host and the port of each snapshot there."""
    host: str = request.param
    names = list(snapshots)
    if host == "cloudflare":
        # It is a process for each site, and the last two have all that ever was.
        names = names[-2:]
    folder = tmp_path_factory.mktemp("server")
    open_to_servers(folder)
    for name in names:
        open_to_servers(snapshots[name].public)
    with ExitStack() as stack:
        sites = {name: snapshots[name].public for name in names}
        yield host, stack.enter_context(SERVERS[host](sites, folder))


def answer(port: int, base: str, address: str) -> str:
    """What a reader of an address gets: "page" or "gone", at once or after one redirect."""
    first = ask(port, base + address)
    if first.status in (404, 410):
        return "gone"
    if first.status == 200:
        return "page"
    assert first.status in (301, 308), (address, first.status)
    assert first.location.startswith(f"{base}/"), address
    second = ask(port, first.location.partition("#")[0])
    assert second.status == 200, (address, first.location, second.status)
    return "page"


def test_the_history_has_every_kind_of_address(snapshots: Mapping[str, Snapshot]) -> None:
    last = [*snapshots.values()][-1]
    assert len(last.history) > 35
    lists = {"/to/nurse/page/2/", "/to/nurse/questions/page/2/", "/roles/", "/skills/negotiation/"}
    assert lists | {"/about/"} <= last.history
    assert "/pivots/k%C3%B6chin-to-nurse/" in last.history


def test_every_historic_address_answers(
    served: tuple[str, dict[str, int]], snapshots: Mapping[str, Snapshot]
) -> None:
    host, ports = served
    gone_status = 404 if host == "cloudflare" else 410
    for name, port in ports.items():
        base = name.lstrip("0123456789")
        for address in snapshots[name].history:
            if answer(port, base, address) == "gone":
                assert is_gone(address), (name, address)
                assert ask(port, base + address).status == gone_status, address


def test_netlify_has_a_rule_or_a_file_for_every_historic_address(
    snapshots: Mapping[str, Snapshot],
) -> None:
    for name, taken in [*snapshots.items()][-2:]:
        base = name.lstrip("0123456789")
        addresses = sorted(taken.history)
        told = netlify(taken.public, [f"{base}{address}" for address in addresses])
        assert told["errors"] == []
        for address, row in zip(addresses, told["answers"], strict=True):
            rule = row["rule"] or {"status": 200}
            if rule["status"] == 301:
                new = rule["to"].partition("#")[0].removeprefix(base)
                assert (taken.public / output_of(new)).is_file(), address
            elif rule["status"] == 410:
                assert is_gone(address), address
            else:
                assert (taken.public / output_of(address)).is_file(), address


def test_the_function_of_cloudfront_answers_for_every_historic_address(
    snapshots: Mapping[str, Snapshot],
) -> None:
    for name, taken in [*snapshots.items()][-2:]:
        base = name.lstrip("0123456789")
        addresses = sorted(taken.history)
        rows = cloudfront(taken.public, [f"{base}{address}" for address in addresses])
        for address, row in zip(addresses, rows, strict=True):
            if row.get("statusCode") == 410:
                assert is_gone(address), address
                continue
            new = row["headers"]["location"]["value"] if "statusCode" in row else ""
            target = new.partition("#")[0].removeprefix(base) or address
            assert (taken.public / output_of(target)).is_file(), address


def is_gone(address: str) -> bool:
    """Whether nothing took the place of an address, or of the list that it belonged to."""
    return "/clerk" in address or address.startswith("/skills/negotiation/")

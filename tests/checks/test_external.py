"""`check --external`: links to other sites, asked of a real server that counts every question."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

from pivotgen.checks import _crawl
from pivotgen.checks._crawl import CrawlPolicy
from pivotgen.checks._external import ExternalCheck, check_external
from pivotgen.memory.visits import open_visits
from tests.world.parsed import site_of
from tests.world.site import World
from tests.world.texts import GOOD_PIVOT, GOOD_ROLE, PIVOT_PATH, ROLE_PATH
from tests.world.waiting import PATIENCE


@dataclass
class Clock:
    """Time that passes only while the program waits for a host's turn."""

    seconds: float = 1_000.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def monotonic(self) -> float:
        return self.seconds

    def wait(self, seconds: float) -> None:
        with self.lock:
            self.seconds += max(seconds, 0.0)


NOW = 1_800_000_000.0
DAY = 86400.0
QUICK = CrawlPolicy(pause=0.0, timeout=0.3, patience=2.0, usual_wait=0.1, private=True)


@dataclass
class Host:
    """A server on this machine: what it was asked, and how it answers."""

    address: str = ""
    clock: Clock = field(default_factory=Clock)
    # Lets go of those who asked for /slow.
    released: threading.Event = field(default_factory=threading.Event)
    # The moment, the method and the path of every question.
    asked: list[tuple[float, str, str]] = field(default_factory=list)
    # Answers to the first questions for a path: a status, and headers.
    first: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)

    def count(self) -> Counter[tuple[str, str]]:
        return Counter((method, path) for _, method, path in self.asked)


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """The server. Waiting for its turn costs no time: a clock of the test's own goes forward."""
    host = Host()
    clock = SimpleNamespace(monotonic=host.clock.monotonic)
    stop = SimpleNamespace(wait=host.clock.wait, set=lambda: None)
    events = SimpleNamespace(Event=lambda: stop, Lock=threading.Lock)
    monkeypatch.setattr(_crawl, "time", clock)
    monkeypatch.setattr(_crawl, "threading", events)

    class Answering(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            host.asked.append((host.clock.monotonic(), self.command, self.path))
            if host.first.get(self.path):
                status, headers = host.first[self.path].pop(0)
                return self.answer(status, headers)
            if self.path == "/slow":
                host.released.wait(PATIENCE)
            if self.path == "/round":
                return self.answer(302, {"Location": "/round"})
            if self.path == "/only-get":
                return self.answer(200 if self.command == "GET" else 405)
            if self.path.startswith("/moved"):
                return self.answer(301, {"Location": "/there"})
            if self.path == "/elsewhere":
                return self.answer(302, {"Location": "/there"})
            known = {"/gone": 410, "/missing": 404, "/closed": 403, "/broken": 500}
            return self.answer(known.get(self.path, 200))

        def do_GET(self) -> None:
            self.do_HEAD()

        def answer(self, status: int, headers: dict[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    host.address = f"http://127.0.0.1:{server.server_port}"
    yield host
    host.released.set()
    server.shutdown()
    server.server_close()


def check(
    host: Host,
    memory: Path,
    *paths: str,
    now: float = NOW,
    manners: CrawlPolicy = QUICK,
    base_url: str = "https://example.com",
) -> tuple[list[str], str]:
    """What is said of links to these paths, and the line that tells what was done."""
    links = " ".join(f"[Page {path}]({host.address}{path})" for path in paths)
    site = site_of({PIVOT_PATH: GOOD_PIVOT.replace("Nobody", f"{links} Nobody")})
    lines: list[str] = []
    with open_visits(memory) as visits:
        external = ExternalCheck(base_url, visits, now, lines.append, manners)
        problems = list(check_external(site, external))
    assert all(problem.code == "external-link" and problem.hint for problem in problems)
    return [problem.message.removeprefix(host.address) for problem in problems], lines[0]


def test_a_page_that_is_there_is_asked_once_and_left_alone(host: Host, tmp_path: Path) -> None:
    assert check(host, tmp_path, "/there", "/there#part")[0] == []
    assert host.count() == {("HEAD", "/there"): 1}


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/missing", "answers 404 (Not Found)"),
        ("/gone", "answers 410 (Gone)"),
        ("/broken", "answers 500 (Internal Server Error)"),
        ("/slow", "cannot be reached: it did not answer in time"),
        ("/round", "cannot be reached: it leads from one address to the next without end"),
        ("/moved", "has moved for good"),
    ],
)
def test_a_link_that_is_broken_or_moved_is_told(
    host: Host, tmp_path: Path, path: str, message: str
) -> None:
    assert check(host, tmp_path, path)[0] == [f"{path} {message}"]


@pytest.mark.parametrize("path", ["/elsewhere", "/closed", "/only-get"])
def test_a_link_that_a_reader_can_follow_is_left_alone(
    host: Host, tmp_path: Path, path: str
) -> None:
    assert check(host, tmp_path, path)[0] == []


def test_a_host_that_is_not_there_is_told(tmp_path: Path) -> None:
    nobody = Host("http://127.0.0.1:9")
    assert check(nobody, tmp_path, "/")[0] == ["/ cannot be reached: nothing answers there"]


def test_a_machine_without_a_network_blames_no_link(tmp_path: Path) -> None:
    nowhere = Host("http://127.0.0")
    found, line = check(nowhere, tmp_path, ".1:9/", ".2:9/")
    assert found == []
    assert line == "External links: none of 2 hosts could be reached; is there a network?"


def test_an_address_that_did_not_answer_is_asked_again(host: Host, tmp_path: Path) -> None:
    check(host, tmp_path, "/slow")
    check(host, tmp_path, "/slow")
    assert host.count() == {("HEAD", "/slow"): 2}


def test_answers_are_kept_as_they_come(host: Host, tmp_path: Path) -> None:
    patient = CrawlPolicy(pause=0.0, timeout=PATIENCE, private=True)
    asking = threading.Thread(
        target=check, args=(host, tmp_path, "/a", "/slow"), kwargs={"manners": patient}
    )
    asking.start()
    kept: list[str] = []
    while asking.is_alive() and not kept:
        with open_visits(tmp_path) as visits:
            kept = list(visits.recall(NOW))
    # The other answer has not come yet.
    assert asking.is_alive()
    assert kept == [f"{host.address}/a"]
    host.released.set()
    asking.join()


def test_get_is_only_asked_where_head_finds_nothing(host: Host, tmp_path: Path) -> None:
    check(host, tmp_path, "/there", "/only-get")
    assert host.count() == {
        ("HEAD", "/there"): 1,
        ("HEAD", "/only-get"): 1,
        ("GET", "/only-get"): 1,
    }


@pytest.mark.parametrize("wait", ["1", "date", "date without a zone"])
def test_a_host_that_says_when_to_come_back_is_obeyed(
    host: Host, tmp_path: Path, wait: str
) -> None:
    # The moment is so far away that a slow machine does not reach it meanwhile.
    moment = formatdate(time.time() + 600, usegmt=wait == "date")
    header = moment if wait.startswith("date") else wait
    host.first["/there"] = [(429, {"Retry-After": header})]
    patient = CrawlPolicy(pause=0.0, patience=1_000.0, private=True)
    assert check(host, tmp_path, "/there", manners=patient)[0] == []
    (first, *_), (second, *_) = host.asked
    # On the clock of the test. A moment has no fractions, and reading it takes a while.
    assert second - first >= (500 if wait.startswith("date") else 1)


@pytest.mark.parametrize(
    ("header", "wait"),
    [("soon", 7.0), ("", 7.0), ("-5", 7.0), ("0", 0.0), (formatdate(0, usegmt=True), 0.0)],
)
def test_a_wait_that_is_over_is_none_and_one_that_cannot_be_read_is_the_usual(
    host: Host, tmp_path: Path, header: str, wait: float
) -> None:
    host.first["/there"] = [(503, {"Retry-After": header})]
    patient = CrawlPolicy(pause=0.0, usual_wait=7.0, private=True)
    assert check(host, tmp_path, "/there", manners=patient)[0] == []
    (first, *_), (second, *_) = host.asked
    assert second - first == wait


def test_a_host_that_wants_a_long_rest_is_left_for_another_day(host: Host, tmp_path: Path) -> None:
    host.first["/a"] = [(503, {"Retry-After": "3600"})]
    found, line = check(host, tmp_path, "/a", "/b")
    assert (found, host.count()) == ([], {("HEAD", "/a"): 1})
    assert line == (
        "External links: 2 asked, 0 remembered, 2 left for another day as their hosts wish."
    )
    check(host, tmp_path, "/a", "/b")
    assert host.count()["HEAD", "/b"] == 1


def test_a_host_that_stays_busy_is_asked_three_times_and_no_more(
    host: Host, tmp_path: Path
) -> None:
    host.first["/there"] = [(429, {})] * 9
    assert check(host, tmp_path, "/there")[0] == []
    assert host.count() == {("HEAD", "/there"): 3}


def test_one_host_has_a_pause_between_questions(host: Host, tmp_path: Path) -> None:
    manners = CrawlPolicy(pause=0.2, timeout=2.0, private=True)
    check(host, tmp_path, "/a", "/missing", "/moved", manners=manners)
    moments = [moment for moment, *_ in host.asked]
    # Five questions, the redirect's among them.
    assert len(moments) == 5
    assert all(later - earlier == pytest.approx(0.2) for earlier, later in pairwise(moments))


def test_what_was_answered_is_remembered_and_told_again(host: Host, tmp_path: Path) -> None:
    first = check(host, tmp_path, "/there", "/missing", "/moved")
    asked = host.count()
    again = check(host, tmp_path, "/there", "/missing", "/moved", now=NOW + 60)
    assert sorted(first[0]) == sorted(again[0])
    assert host.count() == asked
    assert again[1] == "External links: 0 asked, 3 remembered."


def test_a_broken_link_is_asked_again_the_next_day_and_a_good_one_after_a_week(
    host: Host, tmp_path: Path
) -> None:
    check(host, tmp_path, "/there", "/missing")
    check(host, tmp_path, "/there", "/missing", now=NOW + DAY)
    assert (host.count()["HEAD", "/missing"], host.count()["HEAD", "/there"]) == (2, 1)
    check(host, tmp_path, "/there", now=NOW + 8 * DAY)
    assert host.count()["HEAD", "/there"] == 2


def test_a_memory_that_cannot_be_read_is_made_anew(host: Host, tmp_path: Path) -> None:
    (tmp_path / "visits.sqlite").write_bytes(b"not a database" * 99)
    check(host, tmp_path, "/there")
    check(host, tmp_path, "/there")
    assert host.count() == {("HEAD", "/there"): 1}


def test_a_memory_that_cannot_be_kept_is_done_without(host: Host, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert check(host, tmp_path / "file", "/missing")[0] == ["/missing answers 404 (Not Found)"]


def test_this_sites_own_address_is_not_asked(host: Host, tmp_path: Path) -> None:
    assert check(host, tmp_path, "/missing", base_url=host.address)[0] == []
    assert host.count() == {}


def test_links_are_told_where_they_stand_in_texts_sources_calls_and_roles(
    host: Host, tmp_path: Path
) -> None:
    gone = f"{host.address}/gone"
    header = (
        f"sources:\n  - title: Handbook\n    url: {gone}\n    accessed: 2026-11-01\n"
        f"cta:\n  url: {gone}\nskills:"
    )
    text = GOOD_PIVOT.replace("skills:", header).replace("Nobody", f"[Nobody]({gone})")
    text = text.replace("Less than", f"Less [than]({gone})")
    role = GOOD_ROLE.replace("Rounds", f"[Rounds]({gone})")
    site = site_of({PIVOT_PATH: text, ROLE_PATH: role})
    with open_visits(tmp_path) as visits:
        external = ExternalCheck("https://example.com", visits, NOW, print, QUICK)
        problems = list(check_external(site, external))
    places = sorted((problem.path, problem.line, problem.column) for problem in problems)
    assert places == [
        (PIVOT_PATH, 12, 10),
        (PIVOT_PATH, 15, 8),
        (PIVOT_PATH, 20, 25),
        (PIVOT_PATH, 29, 10),
        (ROLE_PATH, 7, 10),
    ]
    assert host.count() == {("HEAD", "/gone"): 1, ("GET", "/gone"): 1}


def test_only_the_option_asks_and_a_build_never_does(world: World, host: Host) -> None:
    linked = GOOD_PIVOT.replace("Nobody", f"[Nobody]({host.address}/gone)")
    world.write(PIVOT_PATH, linked)
    assert world.run("build").returncode == 0
    assert "external-link" not in world.run("check").stderr
    assert host.asked == []
    result = world.run("check", "--external", "--private")
    assert (
        f"{PIVOT_PATH}:23:10: warning[external-link]: {host.address}/gone answers 410"
        in result.stderr
    )
    assert "External links: 1 asked, 0 remembered." in result.stderr
    assert result.returncode == 0
    assert "0 asked, 1 remembered" in world.run("check", "--external", "--private").stderr

"""`check --external`: chains of redirects, this site's own address, and how long answers hold."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pivotgen.engines.http import HttpClient
from pivotgen.memory.visits import open_visits
from pivotgen.model.answer import Answer
from tests.world.edits import edit, with_keys
from tests.world.site import World

# Each path with the status of its redirect and where it leads.
REDIRECTS = {
    "/for-good": (301, "/there"),
    "/twice-for-good": (308, "/for-good"),
    "/for-now": (302, "/there"),
    "/now-then-good": (302, "/for-good"),
    "/good-then-now": (301, "/for-now"),
    "/good-then-gone": (301, "/gone"),
    "/to-a-part": (301, "/there?a=1&b=%C3%A9#part"),
    "/to-a-file": (301, "file:///etc/passwd"),
}


class Answering(BaseHTTPRequestHandler):
    asked: list[str]

    def do_HEAD(self) -> None:
        self.asked.append(self.path)
        status, target = REDIRECTS.get(self.path, (404 if self.path == "/gone" else 200, ""))
        self.send_response(status)
        if target:
            self.send_header("Location", target)
        self.end_headers()

    def do_GET(self) -> None:
        self.do_HEAD()

    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    Answering.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "status", "moved"),
    [
        ("/there", 200, ""),
        ("/for-good", 200, "/there"),
        ("/twice-for-good", 200, "/there"),
        ("/for-now", 200, ""),
        # What comes after a redirect for now may be another page tomorrow.
        ("/now-then-good", 200, ""),
        # As far as it is for good.
        ("/good-then-now", 200, "/for-now"),
        ("/good-then-gone", 404, ""),
    ],
)
def test_an_address_has_moved_as_far_as_all_redirects_are_for_good(
    address: str, path: str, status: int, moved: str
) -> None:
    answer = HttpClient("test", 10.0, lambda host: None, private=True).fetch(f"{address}{path}")
    assert answer == Answer(status, "", f"{address}{moved}" if moved else "")


def test_the_part_of_a_page_is_not_asked_for_and_not_forgotten(address: str) -> None:
    target = REDIRECTS["/to-a-part"][1]
    answer = HttpClient("test", 10.0, lambda host: None, private=True).fetch(
        f"{address}/to-a-part#first"
    )
    assert answer == Answer(200, "", f"{address}{target}")
    assert Answering.asked == ["/to-a-part", target.partition("#")[0]]


def test_a_redirect_to_a_file_is_not_followed(address: str) -> None:
    answer = HttpClient("test", 10.0, lambda host: None, private=True).fetch(f"{address}/to-a-file")
    assert (answer.status, answer.fault) == (0, "it leads to an address that is not a web page")


def test_the_front_page_of_this_site_is_not_asked(world: World, address: str) -> None:
    edit(world, "build.py", 'base_url="https://aicareerpivot.com",', f'base_url="{address}/own",')
    links = " ".join(f"[Part {path}]({address}{path})" for path in ("/own", "/own/a", "/owner"))
    world.pivot("Chef", "Nurse", with_keys("cta:", f"  url: {address}/own/b", body=f"\n{links}\n"))
    world.run("check", "--external", "--private")
    assert Answering.asked == ["/owner"]


def test_an_answer_holds_until_its_time_is_over(tmp_path: Path) -> None:
    answer = Answer(200, "", "https://example.com/there")
    with open_visits(tmp_path) as visits:
        visits.store("https://example.com/", answer, until=100.0)
        assert visits.recall(99.5) == {"https://example.com/": answer}
        assert visits.recall(100.0) == {}
        # What is forgotten stays forgotten.
        assert visits.recall(99.5) == {}
